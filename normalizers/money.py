"""Amounts in baht and percentages, in figures or words. What could be two things, or a part of one, is unreadable."""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from normalizers import Noticed, Observation, Unreadable
from normalizers.digits import DIGIT, arabic
from normalizers.figures import CLUSTER, is_foreign, plain, prepared, quoted, read_value, value
from normalizers.numbers import COUNTED, marker
from normalizers.words import MILLION, NUMERALS, SCALE, amount_words, number_words, scale, skeleton

# Words in these patterns without tone marks (รอยละ, ลาน, ถวน) are skeletons, as `words.skeleton` makes them.
_SATANG = Decimal("0.01")
_TOO_LARGE = Decimal(10**16)
_FIRST = f"(?:0|[1-9๑-๙]{DIGIT}{{0,2}}(?:,{DIGIT}{{3}}){{0,4}}|[1-9๑-๙]{DIGIT}{{3,14}})"
_PLAIN_BAHT = re.compile(rf"\s*+({_FIRST}(?:\.{DIGIT}{{1,2}})?+)(?: ?\.-)?+(?: ?บาท(?:ถ้วน)?)?+\s*+")
_PLAIN_PERCENT = re.compile(rf"\s*+((?:0|[1-9๑-๙]{DIGIT}?)(?:\.{DIGIT}{{1,2}})?+|100(?:\.[0๐]{{1,2}})?+) ?%?\s*+")

_SILENT = re.compile(
    rf"[-–—−.…:=()]*+(?:{SCALE})?+(?:บาท|baht)?+(?:ถวน)?+[-–—−.…:=()]*+|[-(]*+ไม(?:มี|ใช|ไดใช)(?:งบประมาณ|คาใชจาย)?[-)]*+"
)
_BEFORE_WORDS = re.compile(
    r"(?:^[-(:=]*|[(:=]|เงิน|ราคา|จานวน|รวม|ทังสิน|ทังหมด|ตัวอักษร|ประมาณ|ไมเกิน|เปน|คือ|มูลคา|[0-9][.,]?[-–—=]?(?:บาท)?)\Z"
)
_SILENT_SHARE = re.compile(r"[-–—.…:=()]*+(?:รอยละ)?+[-–—.…:=()]*+(?:%|เปอรเซนต)?+[.)]*+")
_BEHIND_WORDS = re.compile(r"(?:ถวน|เทานัน)?+(?:[).]++|(?=[(/]|ตอ)|\Z)")
_PERCENT_BEHIND = re.compile(r"(?P<sign>%|เปอร?เซน[ตท]?|percent)?+(?P<rest>.*)", re.DOTALL)
_PERCENT_WORDS = re.compile(rf"\(?(?:รอยละ({NUMERALS})|({NUMERALS})เปอรเซนต)\)?")
_FOREIGN = "เหรียญ|ดอลลา|ยูโร|เยน|ปอนด|หยวน|รูปี|ริงกิต|usd|eur|jpy|gbp|cny|[$€£¥₩₫]"
_WORDS_IN = re.compile(rf"{NUMERALS}(?:บาท|สตางค)(?:{NUMERALS}สตางค)?+")
_BEFORE_BAD = re.compile(rf"(?:รอยละ|เปอรเซนต|ลบ|ถึง|จุด|(?<!ผูก)(?:สิบ|รอย|พัน|หมืน|แสน|{MILLION}))[(:=]?\Z")
_GLUED_LETTER = re.compile(r"(?:^|[^ก-๛])[ก-ฮ]\Z|[A-Za-z](?<!baht)(?<!thb)\Z")
_SPELLED_BEFORE = re.compile(rf"\({_WORDS_IN.pattern}(?:ถวน)?\)\Z|{_WORDS_IN.pattern}(?:ถวน)?(?=\(\Z)")
_MONEY_WORD = re.compile(r"งบ|เงิน|ราคา|มูลคา|บาท|คาใช|คาจาง|baht|thb|฿")
_BEFORE_NO_MONEY = re.compile(rf"(?:ปีงบประมาณ|ปี|พ\.ศ\.|ที|รหัส|เลข|\()[:=]?\Z|{_FOREIGN}")
_BEFORE_SCALE = re.compile(f"{SCALE}บาท")
_SCALE_OF_COLUMN = re.compile(rf"(?:^|[(:]|หนวย)({SCALE})บาท\)?[:=]?\Z")
_BEHIND = re.compile(
    rf"(?:[.,][-–—=]|\.)?+(?P<scale>(?:{SCALE})?+)(?P<english>(?:million|billion|thousand|trillion)?+)"
    r"(?P<unit>(?:บาท|บ\.$|baht|thb|฿|สตางค)?+)(?:ถวน|เทานัน)?+(?P<rest>.*)",
    re.DOTALL,
)
_OPEN_END = re.compile(r"[-,.+*/×@~<>±^%#$€£¥−–—]\Z")
_THREE_DECIMALS = re.compile(r"\.[0-9]{3}\Z")
_ONLY_SCALE = re.compile(SCALE)
_YEAR = re.compile("2[456][0-9]{2}")
_LETTER = re.compile("[ก-๛A-Za-z]")
_ENGLISH = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_MILLIONS = re.compile(r"^ลบ(?:\.(?!ม)|\Z)")
"""Millions of baht, cut short; with another letter behind it is a measure of volume."""
_UNIT_IN_BRACKETS = re.compile(rf"\(((?:{SCALE})?บาท)\)")
_BRACKETS = re.compile(r"\(([^()]*+)(?:\)|\Z)")
_OTHER_UNIT = re.compile(f"{MILLION}|บาท|{_FOREIGN}")
_REST_BAD = re.compile(rf"^(?:[-–—−~+x×*=]|ถึง|หรือ|คูณ|ครึง|{NUMERALS}(?:ส|\Z))|บาท|สตางค|baht|{_FOREIGN}")
_LABELS = re.compile(
    "(?:ครั้ง|งวด|ไตรมาส|กิจกรรม|รายการ|ข้อ|โครงการ|ลำดับ|ส่วน|แผน|ระยะ|รุ่น|ชุด)(?:หลัก|ย่อย)?"
    "ที่ ?[0-9]{1,2}(?=[ :)])(?! ?[-–,])"
    r"|(?:ปี|ปีงบประมาณ|พ\.ศ\.) ?2[45][0-9]{2}(?=[ :)])(?! ?[-–,])"
)
_SPLIT_GROUPS = re.compile(rf"(?<={DIGIT}), (?={DIGIT}{{3}}(?!{DIGIT}))")
_WORDS_FOLLOW = re.compile(rf"(?!{COUNTED})[ก-ฮเ-ไ][ก-๛ ]{{3}}")
_SHARE = re.compile(r"(?:\(?(?:คิดเป็น ?)?ร้อยละ ?[0-9.]++ ?%?\)?|\([0-9.]++ ?%\))\Z")
_RATE = re.compile(r"(?<=บาท) ?(?:/|ต่อ) ?(?![^\n]*บาท)[0-9][0-9,.]*+ ?[ก-ฮเ-ไA-Za-z][^0-9]*+\Z")
_SATANG_BEHIND = re.compile(r"(?<![.0-9])([0-9][0-9,]*+) ?บาท ?([0-9]{1,2}) ?(?:สตางค์|สต\.)")
_EACH = re.compile(
    rf"(?P<count>{CLUSTER.pattern}) ?(?P<unit>[^0-9]+?)ละ ?[:=]? ?(?P<price>{CLUSTER.pattern})(?P<behind>[^0-9]*+)\Z"
)
_EACH_OF = re.compile(" ?([^0-9]{1,40}?)ละ ?(?=[0-9])")
_TOTAL = re.compile("(?:คิด|รวม)?เป็นเงิน(?:รวม)?(?:ทั้งสิ้น)?|รวมเงิน|=")
_OPERATOR = re.compile(r"[0-9][^0-9+x×*]*+[+x×*][^0-9]*+[0-9]")


def baht(text: str) -> Decimal | None:
    """Read an amount in baht to the satang, None where the page is silent; scales such as ล้าน are multiplied out.

    Words in front and rates behind stay out of it; where words in brackets differ from the figures, the figures stand
    (`noticed_baht` tells). A range, a sum, a count, another currency, cells run together: unreadable. So is a broken
    group of thousands: it may have lost a digit.

    >>> baht("๑,๒๕๐,๐๐๐.- บาท"), baht("137.57 ล้านบาท"), baht("(หกหมื่นเก้าพันห้าร้อยบาทถ้วน)"), baht("-")
    (Decimal('1250000.00'), Decimal('137570000.00'), Decimal('69500.00'), None)
    >>> baht("1,25,000.00")
    Traceback (most recent call last):
    normalizers.Unreadable: '1,25,000.00' is not an amount in baht
    """
    return noticed_baht(text).value


@lru_cache(maxsize=1024)
def noticed_baht(text: str) -> Noticed[Decimal]:
    """The amount in baht, and whether the words behind the figures say another one.

    >>> noticed_baht("69,500 บาท (หกหมื่นเก้าพันบาทถ้วน)").observations[0].text
    'the digits say 69,500.00 baht, the words 69,000.00 baht'
    """
    sound = _PLAIN_BAHT.fullmatch(text)
    if sound:
        return Noticed(Decimal(arabic(sound[1]).replace(",", "")).quantize(_SATANG))
    if _SPLIT_GROUPS.search(text) and spelled_baht(joined := _SPLIT_GROUPS.sub(",", text)) == in_figures(
        prepared(joined)
    ):
        text = joined  # the words beside the figures say what the blank leaves open
    found = read_value(text, _expression, "an amount in baht", silent=_SILENT)
    return Noticed(None) if found is None else Noticed(found.quantize(_SATANG), _differing_words(prepared(text)))


@lru_cache(maxsize=1024)
def percent(text: str) -> Decimal | None:
    """Read a percentage from 0 to 100, with its sign, with ร้อยละ, or bare; None where the page is silent.

    >>> percent("5.00 %"), percent("(ร้อยละ ๖๐)"), percent("๑๒.๕ เปอร์เซ็นต์"), percent("23.00"), percent("-")
    (Decimal('5.00'), Decimal('60.00'), Decimal('12.50'), Decimal('23.00'), None)
    >>> percent("120 %")
    Traceback (most recent call last):
    normalizers.Unreadable: '120 %' is not a percentage from 0 to 100
    """
    sound = _PLAIN_PERCENT.fullmatch(text)
    if sound:
        return Decimal(arabic(sound[1])).quantize(_SATANG)
    found = read_value(text, _proportion, "a percentage from 0 to 100", silent=_SILENT_SHARE)
    if found is None:
        return None
    exact = found.quantize(_SATANG)
    if exact != found:
        raise Unreadable(f"{quoted(text)} is not a percentage to two decimals")
    return exact


def spelled_baht(text: str) -> Decimal | None:
    """The amount in words that stands beside figures, None where none can be read.

    >>> spelled_baht("69,500 บาท (หกหมื่นเก้าพันบาทถ้วน)"), spelled_baht("69,500 บาท")
    (Decimal('69000.00'), None)
    """
    shown = prepared(text)
    return _spelled(skeleton(shown)) if CLUSTER.search(shown) else None


def _differing_words(shown: str) -> tuple[Observation, ...]:
    """Notice that figures and words of one expression can both be read and are not the same amount."""
    words = spelled_baht(shown)
    figures = None if words is None else in_figures(shown)  # few amounts are in words, and those are sooner read
    if words is None or figures is None or words == figures:
        return ()
    told = f"the digits say {figures:,.2f} baht, the words {words:,.2f} baht"
    return (Observation("amount_in_words_differs", told),)


def quantity_times_price(text: str) -> tuple[Decimal, Decimal] | None:
    """Read quantity and unit price of "N at X each"; None for any other text.

    The unit must be repeated (ๆ, or the word itself) in front of ละ: "2 วัน คนละ 300" does not say how many people.

    >>> quantity_times_price("3 โรงเรียนๆ ละ 13,100.-บาท"), quantity_times_price("2 วัน คนละ 300 บาท")
    ((Decimal('3'), Decimal('13100')), None)
    """
    shown = prepared(text)
    return None if is_foreign(shown) else units_at_price(split_total(shown)[0])


def _expression(shown: str) -> Decimal | None:
    """Read a prepared text as an amount in figures or, where it has none, in words; None where it is none in satang."""
    if is_foreign(shown):
        return None
    if CLUSTER.search(shown):
        found = in_figures(shown)
    else:
        words = skeleton(shown)
        has_unit = "บาท" in words or "สตางค" in words
        found = _spelled(words) if has_unit else number_words(words.strip("()").removesuffix("ถวน"))
    is_amount = found is not None and abs(found) < _TOO_LARGE and found.quantize(_SATANG) == found
    return found if is_amount else None


def _spelled(words: str) -> Decimal | None:
    """Read the one amount in words of a skeleton; None where it has none or more, or where its start is not sure."""
    found = _WORDS_IN.search(words)
    if found is None or not _BEFORE_WORDS.search(words[: found.start()]):
        return None
    ending = _BEHIND_WORDS.match(words, found.end())
    if ending is None:
        return None
    behind = words[ending.end() :]
    if not CLUSTER.search(words) and ("บาท" in words[: found.start()] or _REST_BAD.search(behind)):
        return None
    return None if _WORDS_IN.search(behind) else amount_words(found[0])


def _proportion(shown: str) -> Decimal | None:
    """Read a prepared text as a percentage; None where it is none, or is not between 0 and 100."""
    found = list(CLUSTER.finditer(shown))
    if is_foreign(shown) or len(found) > 1:
        return None
    if not found:
        match = _PERCENT_WORDS.fullmatch(skeleton(shown))
        share = number_words(match[1] or match[2]) if match else None
    else:
        share = value(found[0][0]) if _is_share(shown[: found[0].start()], shown[found[0].end() :]) else None
    return share if share is not None and 0 <= share <= 100 else None


def _is_share(before: str, behind: str) -> bool:
    """Whether figures between these words are a percentage: by its sign, by ร้อยละ, or by nothing else being there."""
    words = skeleton(before).rstrip("(:=")
    match = _PERCENT_BEHIND.fullmatch(skeleton(behind).lower())
    if match is None or _OPEN_END.search(before.rstrip()) or _GLUED_LETTER.search(before):
        return False
    if match["sign"] or words.endswith("รอยละ"):
        return not _REST_BAD.search(match["rest"]) and not match["rest"].startswith("/")
    return not match["rest"] and (not before or before.rstrip().endswith((":", "=")))


def in_figures(shown: str) -> Decimal | None:
    """Read the one amount in figures of a prepared text: a worked-out total, N at X each, or what stands alone.

    >>> in_figures("งบฯ ที่ใช้ไป (บาท)120,000"), in_figures("2 ล้าน 5 แสนบาท"), in_figures("(1,200.00)")
    (Decimal('120000'), Decimal('2500000'), Decimal('-1200.00'))
    >>> in_figures("5 คน x 300 บาท = 1,500 บาท"), in_figures("31.01 - 33.00 บาท"), in_figures("4,866 เรื่อง")
    (Decimal('1500'), None, None)
    """
    head, total = split_total(shown)
    worth = _worth(head)
    if total or worth is not None:
        return _single(total) if total else worth
    if shown[0] in "-−" and CLUSTER.match(shown, 1):
        return plain(shown)
    if shown[0] == "(" and shown.find(")") == len(shown) - 1:
        return _single(shown[1:-1].strip()) if _LETTER.search(shown) else plain(shown)
    return _single(shown)


def split_total(shown: str) -> tuple[str, str]:
    """Split a sum or a product from the total it is worked out to; no total is an empty string.

    >>> split_total("3 ชุดๆ ละ 50 บาท เป็นเงิน 150 บาท"), split_total("งวดที่ 5 = 0 บาท")
    (('3 ชุดๆ ละ 50 บาท', '150 บาท'), ('งวดที่ 5 = 0 บาท', ''))
    """
    signs = list(_TOTAL.finditer(shown))
    if len(signs) != 1:
        return shown, ""
    head, total = shown[: signs[-1].start()], shown[signs[-1].end() :].strip(" :")
    worked_out = CLUSTER.match(total) and (_worth(head.rstrip()) is not None or _OPERATOR.search(head))
    return (head.rstrip(), total) if worked_out else (shown, "")


def units_at_price(head: str) -> tuple[Decimal, Decimal] | None:
    """Read "N units, each X", where nothing else has a number; None for any other text.

    >>> units_at_price("3 โรงเรียน โรงเรียนละ 1.5 ล้านบาท"), units_at_price("2 วัน คนละ 300 บาท")
    ((Decimal('3'), Decimal('1500000.0')), None)
    """
    head = _without_labels(head)
    match = _EACH.search(head)
    if match is None or CLUSTER.search(head[: match.start()]) or not _is_repeated(match["unit"]):
        return None
    count, price, unit = value(match["count"]), value(match["price"]), _unit(match["behind"])
    if count is None or price is None or unit is None or count >= 10**7:
        return None
    return count, price * unit[0]


def _worth(head: str) -> Decimal | None:
    """What some units cost, each at a price, or each so many others at a price: "2 คน ๆ ละ 6 ชั่วโมง ๆ ละ 600"."""
    if parts := units_at_price(head):
        return parts[0] * parts[1]
    head = _without_labels(head)
    figures = CLUSTER.search(head)
    each = _EACH_OF.match(head, figures.end()) if figures else None
    if figures is None or each is None or not _is_repeated(each[1]):
        return None
    count, parts = value(figures[0]), units_at_price(head[each.end() :])
    return None if count is None or parts is None else count * parts[0] * parts[1]


def _is_repeated(unit: str) -> bool:
    """Whether a unit is named twice, by its sign or by the word itself."""
    words = unit.split()
    half = len(unit.strip()) // 2
    return bool(words) and (
        words[-1].endswith("ๆ")
        or (len(words) > 1 and words[-2].endswith(words[-1]))
        or (len(words) == 1 and words[0][:half] == words[0][half:])
    )


def _single(shown: str) -> Decimal | None:
    """Read the one amount of an expression; numbers that belong to labels, shares and rates are left out."""
    found = list(CLUSTER.finditer(shown))
    if len(found) > 1:
        shown = _RATE.sub("", _SHARE.sub("", _without_labels(shown)))
        shown = _SATANG_BEHIND.sub(lambda match: f"{match[1]}.{match[2].zfill(2)} บาท", shown)  # 21 บาท 5 สตางค์: 21.05
        found = list(CLUSTER.finditer(shown))
    if not found:
        return None
    before, unit = shown[: found[0].start()], _unit(shown[found[-1].end() :])
    if unit is None or not _may_stand_before(before, found[0][0], explicit=unit[1]):
        return None
    if unit[0] > 1 and not unit[1] and MILLION in skeleton(shown) and "ล้าน" not in shown.replace(" ", ""):
        return None
    outer = None if unit[1] or unit[0] != 1 else _SCALE_OF_COLUMN.search(skeleton(before))
    factor = scale(outer[1]) if outer else unit[0]
    return _sum(shown, found, factor) if len(found) > 1 else _scaled(found[0][0], factor, explicit=unit[1])


def _without_labels(shown: str) -> str:
    """Drop the marker that words follow, and the numbers of instalments, quarters and years."""
    _, length = marker(shown)
    return _LABELS.sub("", shown[length:] if _WORDS_FOLLOW.match(shown, length) else shown)


def _scaled(figures: str, factor: Decimal | int, *, explicit: bool) -> Decimal | None:
    """Multiply figures by their scale. Three decimals of a baht are thousands behind a point, where a comma says so."""
    if factor == 1 and _THREE_DECIMALS.search(figures):
        figures = figures.replace(".", ",") if explicit and "," in figures else ""
    found = value(figures)
    return None if found is None else found * factor


def _sum(shown: str, found: list[re.Match[str]], last: Decimal | int) -> Decimal | None:
    """Add up "2 ล้าน 5 แสน": whole numbers, each with a scale, each less than one of the scale before."""
    gaps = [skeleton(shown[one.end() : two.start()]) for one, two in pairwise(found)]
    numbers = [number for match in found if (number := value(match[0])) is not None and number % 1 == 0]
    if last == 1 or len(numbers) < len(found) or not all(_ONLY_SCALE.fullmatch(gap) for gap in gaps):
        return None
    sizes = [*map(scale, gaps), last]
    terms = [number * size for number, size in zip(numbers, sizes, strict=True)]
    falls = all(term < size for term, size in zip(terms[1:], sizes, strict=False))
    return sum(terms, Decimal(0)) if falls else None


def _unit(behind: str) -> tuple[Decimal, bool] | None:
    """Read what stands behind figures: the factor of its scale, whether baht are named; None where it is no money."""
    words = _UNIT_IN_BRACKETS.sub(r"\1", _SHORT_MILLIONS.sub(f"{MILLION}บาท", skeleton(behind).lower()))
    words = _BRACKETS.sub(_remark, words)
    match = _BEHIND.fullmatch(words)
    if match is None or (match["english"] and not match["unit"]):
        return None
    if _REST_BAD.search(match["rest"]) if match["unit"] else match["rest"]:
        return None
    factor = Decimal(scale(match["scale"]) * _ENGLISH[match["english"]])
    return factor * (_SATANG if match["unit"].startswith("สต") else 1), bool(match["unit"])


def _remark(match: re.Match[str]) -> str:
    """Drop brackets with the amount in words or a remark; keep those that may change the amount."""
    return match[0] if _OTHER_UNIT.search(match[1]) and not _WORDS_IN.search(match[1]) else ""


def _may_stand_before(before: str, figures: str, *, explicit: bool) -> bool:
    """Whether the words in front leave the figures whole and, where no baht are named behind, make them money."""
    words = _SPELLED_BEFORE.sub("", skeleton(before).lower())
    if _OPEN_END.search(before.rstrip()) or _GLUED_LETTER.search(before.lower()) or _BEFORE_BAD.search(words):
        return False
    if _BEFORE_SCALE.search(words) and (explicit or not _SCALE_OF_COLUMN.search(words)):
        return False
    if not explicit and words and _YEAR.fullmatch(figures):
        return False
    return explicit or not words.strip(":=") or bool(_MONEY_WORD.search(words) and not _BEFORE_NO_MONEY.search(words))
