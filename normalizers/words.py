"""Thai number words. Blanks and marks that OCR loses or moves do not matter; no other word is skipped."""

import re
from decimal import Decimal

_AA = "\N{THAI CHARACTER SARA AA}"
_LOST = (
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
    "\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAITAIKHU}"
)
_BLANK = " \t\n\r\f\v|\u00a0\u00ad\u200b\u200c\u200d\ufeff"
_TO_SKELETON = str.maketrans("\N{THAI CHARACTER SARA AM}", _AA, _LOST + _BLANK)


def skeleton(text: str) -> str:
    """Drop blanks, cell frames and the marks that text layers lose or move, and write SARA AM as SARA AA.

    Two spellings with one skeleton are one word of our small vocabularies, so "บำ ท" is บาท and "รอ้ ย" is ร้อย. It says
    nothing about words outside of them.

    >>> skeleton("16 ล้ านบำ ท") == skeleton("16 ล้านบาท"), skeleton("รอ้ ย") == skeleton("ร้อย")
    (True, True)
    """
    return text.translate(_TO_SKELETON).replace("เเ", "แ")


def _alternatives(*words: str) -> str:
    return "|".join(skeleton(word) for word in words)


_DIGITS = {skeleton(word): value for value, word in enumerate("หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split(), start=1)}
_DIGIT, _ELEVENTH = "|".join(_DIGITS), skeleton("เอ็ด")
_DIGITS |= {skeleton("ยี่"): 2, _ELEVENTH: 1}
_SCALES = {
    skeleton(word): size for word, size in zip("แสน หมื่น พัน ร้อย สิบ".split(), (100000, 10000, 1000, 100, 10), strict=True)
}
MILLION, POINT, MINUS, ZERO = skeleton("ล้าน"), "จุด", "ลบ", skeleton("ศูนย์")
SCALE = f"(?:(?:{'|'.join(list(_SCALES)[:-1])})?(?:{MILLION})++|{_alternatives('ร้อย', 'พัน', 'หมื่น', 'แสน')})"
"""A pattern, for skeletons, of the words that multiply a figure: พัน, ล้าน, พันล้าน, ล้านล้าน."""
NUMERALS = f"(?:{'|'.join([*_DIGITS, *_SCALES])}|{MILLION}|{POINT}|{MINUS}|{ZERO})++"
"""A pattern, for skeletons, of a run of number words; whether they make a number is for `whole` to say."""

_GROUP = re.compile(
    "".join(f"((?:{_DIGIT})?{scale})?" for scale in list(_SCALES)[:-1])
    + f"((?:{_DIGIT}|{skeleton('ยี่')})?สิบ)?({_DIGIT}|{_ELEVENTH})?"
)
_STATED = re.compile(f"{_DIGIT}|{_ELEVENTH}|สิบ")
_CLIPPED = re.compile(f"(?:{_alternatives('ร้อย', 'พัน', 'หมื่น', 'แสน', 'ล้าน')})(?:{_DIGIT})")
_FRACTION = re.compile(f"((?:{_DIGIT}|{ZERO})++)({SCALE})?")
_ONE_DIGIT = re.compile(f"{_DIGIT}|{ZERO}")
_AMOUNT = re.compile(
    f"(?:(?P<baht>{NUMERALS})บาท)?+(?:(?P<satang>{NUMERALS})สตางค)?+(?:{_alternatives('ถ้วน', 'เท่านั้น')})?+"
)
"""An amount in words, in a skeleton; it also matches nothing at all."""
_LARGEST = 10**16


def number_words(text: str) -> Decimal | None:
    """Read a text that is number words and nothing else; None for any other text.

    ศูนย์ alone is None, since it is more often a centre than a zero. So are scales without a digit ("พันล้าน", a unit) and
    the clipped "หมื่นห้า", which is 15,000 in speech and 10,005 in writing.

    >>> number_words("แปดสิบสาม"), number_words("หนึ่งร้อยยี่สิบล้าน สามแสน"), number_words("สิบสองจุดห้าล้าน")
    (Decimal('83'), Decimal('120300000'), Decimal('12500000.0'))
    >>> number_words("ศูนย์"), number_words("สองสาม"), number_words("หมื่นห้า"), number_words("สามคน")
    (None, None, None, None)
    """
    words = skeleton(text)
    sign = -1 if words.startswith(MINUS) else 1
    head, point, tail = words.removeprefix(MINUS).partition(POINT)
    value = _with_point(head, tail) if point else _whole(head)
    return None if value is None else sign * Decimal(value)


def amount_words(text: str) -> Decimal | None:
    """Read a text that is an amount in words and nothing else, with its unit; None for any other text.

    >>> amount_words("ยี่สิบเอ็ดบาทห้าสิบสตางค์"), amount_words("ศูนย์บาทถ้วน"), amount_words("ห้าสิบ สตางค์")
    (Decimal('21.50'), Decimal('0.00'), Decimal('0.50'))
    >>> amount_words("ยี่สิบเอ็ด"), amount_words("ยี่สิบบาทหนึ่งร้อยสตางค์")
    (None, None)
    """
    match = _AMOUNT.fullmatch(skeleton(text))
    if match is None or (match["baht"] is None and match["satang"] is None):
        return None
    whole, hundredths = _zero_or_number(match["baht"]), _zero_or_number(match["satang"])
    if whole is None or hundredths is None or not 0 <= hundredths < 100 or (match["satang"] and whole % 1):
        return None
    value = whole.copy_abs() + hundredths.scaleb(-2)
    exact = value.quantize(Decimal("0.01")).copy_sign(whole)
    return exact if exact == value.copy_sign(whole) else None


def _zero_or_number(words: str | None) -> Decimal | None:
    """Take ศูนย์ for 0, as only a unit behind it allows, and no words at all for 0 too."""
    return Decimal(0) if words in (None, ZERO) else number_words(words)


def scale(words: str) -> int:
    """Multiply out scale words given as a skeleton; none at all are 1.

    >>> scale(skeleton("พันล้าน")), scale(""), scale(skeleton("ล้านล้าน"))
    (1000000000, 1, 1000000000000)
    """
    head = words.replace(MILLION, "")
    return _SCALES.get(head, 1) * int("1" + "000000" * words.count(MILLION))


def _whole(words: str) -> int | None:
    """Fold groups at ล้าน: each one multiplies all that stands before it."""
    if not _STATED.search(words) or _CLIPPED.fullmatch(words) or words.startswith(_ELEVENTH):
        return None
    total = 0
    *millions, rest = words.split(MILLION)
    for place, group in enumerate(millions):
        value = _group(group) if group or place else 1
        if value is None:
            return None
        total = (total + value) * 10**6
    last = _group(rest)
    return None if last is None or total + last >= _LARGEST else total + last


def _group(words: str) -> int | None:
    """Read the words of a number below a million; only its first scale may go without a digit, and สิบ anywhere."""
    match = _GROUP.fullmatch(words)
    if match is None:
        return None
    total = _DIGITS.get(match[6] or "", 0)
    for place, (name, size) in enumerate(_SCALES.items(), start=1):
        term = match[place]
        if term == name and size > 10 and match.start(place):
            return None
        total += size * _DIGITS.get(term.removesuffix(name), 1) if term else 0
    return total


def _with_point(head: str, tail: str) -> Decimal | None:
    """Read the digits behind จุด one by one, and a scale behind them as one of the whole number."""
    whole = 0 if head == ZERO else _whole(head)
    match = _FRACTION.fullmatch(tail)
    if whole is None or match is None:
        return None
    digits = "".join(str(_DIGITS.get(word, 0)) for word in _ONE_DIGIT.findall(match[1]))
    value = Decimal(f"{whole}.{digits}") * scale(match[2] or "") if len(digits) <= 8 else None
    return value if value is not None and value < _LARGEST else None
