"""Numbers in cells and in front of lines: plain numbers, codes, markers of lists, and quantities with their unit."""

import re
from decimal import Decimal

from normalizers import Unreadable
from normalizers.digits import DIGIT, arabic
from normalizers.figures import CLUSTER, is_foreign, plain, quoted, read_value, value
from normalizers.month_names import SHORT_MONTHS, THAI_MONTHS
from normalizers.text import BULLET, line
from normalizers.words import scale, skeleton


def number(text: str) -> Decimal | None:
    """Read a text that is a number and nothing else, in digits or words; None where the page is silent.

    Brackets around digits alone, or a minus close in front of them, make it negative. A unit makes it a `quantity`.

    >>> number("1,0OO"), number("๑๗๑๖๐๐"), number("แปดสิบสาม"), number("(1,200.00)"), number("-")
    (Decimal('1000'), Decimal('171600'), Decimal('83'), Decimal('-1200.00'), None)
    >>> number("1O/11")
    Traceback (most recent call last):
    normalizers.Unreadable: '1O/11' is not a number
    """
    return read_value(text, plain, "a number")


def small_number(text: str) -> int | None:
    """Read a whole number from 0 to 100: a score on a scale.

    >>> small_number("๓"), small_number("-")
    (3, None)
    >>> small_number("2.5")
    Traceback (most recent call last):
    normalizers.Unreadable: '2.5' is not a score
    """
    found = number(text)
    if found is None:
        return None
    score, rest = divmod(found, 1)
    if rest or not 0 <= score <= 100:
        raise Unreadable(f"{quoted(text)} is not a score")
    return round(score)


_DASHES = re.compile(r"\s*+[-\u2010-\u2015\u2212]\s*+")
_CODE = re.compile(r"[0-9]{1,12}+(?:[-./][0-9]{1,12}+){0,5}")


def code(text: str) -> str | None:
    """Read a code of figures and dashes, in Arabic digits; what holds anything else is not repaired.

    >>> code(" : 09000000-3863"), code("๐๙๐๐๐๐๐๐ – ๓๘๖๓"), code("...")
    ('09000000-3863', '09000000-3863', None)
    >>> code("O9000000-3863")
    Traceback (most recent call last):
    normalizers.Unreadable: 'O9000000-3863' is not a code of figures and dashes
    """
    shown = line(text.strip(" \t:=|"))
    if shown is None:
        return None
    figures = _DASHES.sub("-", arabic(shown))
    if not _CODE.fullmatch(figures):
        raise Unreadable(f"{shown!r} is not a code of figures and dashes")
    return figures


_FIRST = "[1-9๑-๙]"
_LEVEL = rf"\.{_FIRST}{DIGIT}?(?!{DIGIT})"
_LEVELS = rf"{_FIRST}{DIGIT}{{0,2}}(?:{_LEVEL})*+"
_UNITS = "บาท คน ราย แห่ง ครั้ง วัน เดือน ปี ชั่วโมง นาที เล่ม ชุด เครื่อง เรื่อง หน่วย รายการ ไร่ ตัน เมตร โรงเรียน โรง จุด เท่า น".split()
_MONTHS = [*THAI_MONTHS, *SHORT_MONTHS]
COUNTED = (
    f"(?:(?:{'|'.join(_UNITS)})(?![ก-๛])|{'|'.join(map(re.escape, _MONTHS))}|บาท|เปอร์เซ็นต์"
    "|(?:สิบ|ร้อย|พัน|หมื่น|แสน)?(?:ล้าน|(?:ร้อย|พัน|หมื่น|แสน)(?:บาท|คน|ละ(?!\\s?[0-9๐-๙])|[^ก-๛]|$)))"
)
"""A pattern for what follows a number that counts, measures or dates something."""
_WORDS_FOLLOW = rf"(?=\*{{0,2}}(?:[.…]{{3,20}}+\s*+|\s++)[\"“'‘(\[*]*+(?!{COUNTED})[ก-ฮเ-ไA-Za-z])"
_MARKER = re.compile(
    rf"[\s|]*+(?:#{{1,6}}+\s++)?+(?:\*\*)?+\s*+(?P<bullet>(?:\\?{BULLET})++(?=\S))?+(?:\*\*)?+"
    rf"(?:(?:\\?[(\[]\s*+(?P<bracketed>{_LEVELS})\s*+\\?[)\]]|(?P<closed>{_LEVELS})\s?\\?\)"
    rf"|(?P<dotted>{_LEVELS})(?:\\?\.(?![-–=.…0-9๐-๙])|\s\.(?=\s))"
    rf"|(?P<levels>(?:[12๑๒]{DIGIT}|{_FIRST}){_LEVEL}(?:{_LEVEL})*+){_WORDS_FOLLOW}"
    rf"|(?P<bare>{_FIRST}{DIGIT}?){_WORDS_FOLLOW})\*{{0,2}}(?:[.…]{{3,20}}+)?+\s*+)?+"
)


def marker(text: str, *, bare_numbers: bool = False) -> tuple[str | None, int]:
    r"""Find the marker that opens a line: its label (None for a bullet), and how many characters it takes.

    The label is in Arabic digits without brackets and dots; Markdown around it is taken too. `bare_numbers` also takes
    a number up to 99 with neither dot nor bracket, where words follow that are no unit and no month. Never taken:
    years, dates, amounts, decimals with a unit. No marker gives `(None, 0)`.

    >>> marker("**1\\. ชื่อ**"), marker("- ๑) ครู"), marker("(๑๐) ครู"), marker("2.1 เพื่อ"), marker("• ครู")
    (('1', 6), ('1', 5), ('10', 5), ('2.1', 4), (None, 2))
    >>> marker("1 . ครู"), marker("1 ) ครู"), marker("[1] ครู")
    (('1', 4), ('1', 4), ('1', 4))
    >>> marker("1  เพื่อ"), marker("1  เพื่อ", bare_numbers=True), marker("60 คน", bare_numbers=True)
    ((None, 0), ('1', 3), (None, 0))
    >>> marker("10.1 ร้อยละ 80 ของครู"), marker("10.1 ร้อยละของครู")
    (('10.1', 5), (None, 0))
    >>> marker("2.1....เพื่อ"), marker("1...เพื่อ")
    (('2.1', 7), (None, 0))
    >>> marker("10/3/2561"), marker("12.5 ล้านบาท"), marker("2561. ครู"), marker("500.- บาท")
    ((None, 0), (None, 0), (None, 0), (None, 0))
    """
    match = _MARKER.match(text)
    if match is None:
        return None, 0
    if match["bare"] and not bare_numbers:
        return None, match.end("bullet") if match["bullet"] else 0
    label = match["bracketed"] or match["closed"] or match["dotted"] or match["levels"] or match["bare"]
    return arabic(label) if label else None, match.end() if label or match["bullet"] else 0


_QUANTITY = re.compile(
    rf"(?P<before>[^0-9]*+)(?P<figures>{CLUSTER.pattern})\s*+(?P<after>[^0-9]*+)(?:(?<=ละ)|(?<=ละ )|\Z)"
)
_DATED = re.compile(f"(?:{'|'.join(map(re.escape, _MONTHS))}|น\\.)")
_PLAIN_LABELS = ("", "(", *map(skeleton, ("จำนวน", "รวม", "ทั้งหมด", "เป้าหมาย", "ระดับ", "คะแนน")))
_MILLIONS = re.compile("(?:สิบ|ร้อย|พัน|หมื่น|แสน)?(?:ล้าน)++")
_OPEN_END = re.compile(r"(?:[-,.+*/×@~<>±^%#−–—]|[A-Za-z])\Z")
_DOUBLED = re.compile(r"\A(.{2,20}?)\1(?:ละ)?\Z")
"""A unit and its repetition, which lost the blank between: "ครั้งครั้งละ"."""
_UNIT = re.compile(r"[*\s]*+[(|]?[*\s]*+([ก-ฮเ-ไA-Za-z][^\s()|ๆ]*+)")


def quantity(text: str) -> tuple[Decimal, str | None] | None:
    """Read a quantity and its unit; None where the page is silent, and no unit where none is printed.

    Words in front may stay ("จำนวน"), and of the words behind the first is the unit; that of a percentage is `percent`.

    >>> quantity("๓ โรงเรียน"), quantity("จำนวน 1,200 เล่ม"), quantity("ร้อยละ 95"), quantity("-")
    ((Decimal('3'), 'โรงเรียน'), (Decimal('1200'), 'เล่ม'), (Decimal('95'), 'percent'), None)
    >>> quantity("3 โรงเรียนๆ ละ 13,100.-บาท"), quantity("1.5 ล้านคน")
    ((Decimal('3'), 'โรงเรียน'), (Decimal('1500000.0'), 'คน'))
    >>> quantity("8 ครั้งครั้งละ 2,400 บาท"), quantity("ระดับ 4 ขึ้นไป")
    ((Decimal('8'), 'ครั้ง'), (Decimal('4'), 'ระดับ'))
    >>> quantity("60 - 70 คน")
    Traceback (most recent call last):
    normalizers.Unreadable: '60 - 70 คน' is not a quantity
    """
    return read_value(text, _quantity, "a quantity")


def _quantity(shown: str) -> tuple[Decimal, str | None] | None:
    match = None if is_foreign(shown) else _QUANTITY.match(shown)
    figures = value(match["figures"]) if match else None
    if match is None or figures is None or _OPEN_END.search(match["before"].rstrip()):
        return None
    after, words = match["after"], skeleton(match["before"]).rstrip(":=")
    if words.endswith("รอยละ") or after.startswith(("%", "เปอร์เซ็น")):
        return figures, "percent"
    if words.endswith("ระดับ"):
        return figures, "ระดับ"
    multiple = _MILLIONS.match(after)
    after = after[multiple.end() :].lstrip() if multiple else after
    unit = _UNIT.match(after)
    if _DATED.match(after) or words.endswith("ที") or (unit is None and words not in _PLAIN_LABELS):
        return None
    if after.startswith("ร้อยละ") or (unit is None and after.strip(" .()|")):
        return None
    named = _DOUBLED.sub(r"\1", unit[1]) if unit else None
    return figures * scale(skeleton(multiple[0]) if multiple else ""), named
