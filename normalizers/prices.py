"""Priced lines: where the expression behind a name begins, how many of what at which price; and totals of a text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from math import prod

from rapidfuzz import fuzz

from normalizers import Noticed, Unreadable
from normalizers.digits import DIGIT
from normalizers.figures import CLUSTER, prepared, value
from normalizers.fuzzy_match import folded
from normalizers.money import baht, noticed_baht, quantity_times_price
from normalizers.numbers import quantity
from normalizers.text import BULLET

_FACTORS = re.compile(
    rf"(?:จำนวน ?)?(?P<count>{CLUSTER.pattern}) ?(?P<unit>[ก-ฮเ-ไ][^0-9\s()×*=]*+) ?(?:[xX×*@]|คูณ) ?"
    rf"(?P<price>{CLUSTER.pattern}) ?(?:[.][-–])? ?(?:บาท)?(?P<rest>[^0-9]*+)(?:\Z|{CLUSTER.pattern})"
)
THAI = "ก-\N{THAI CHARACTER YAMAKKAN}"
"""Thai letters and marks, as a range of a pattern's set; digits are none of them."""
_COUNTED = re.compile(rf" ?([ก-ฮเ-ไ][{THAI}]*+)")
_WORD = re.compile(rf"\s*+[ก-ฮเ-ไ][{THAI}]*+(?:[./-][{THAI}]++)*+\.?+\s*+")
"""What a column of units says."""
_SUM = re.compile(
    rf"(?:จำนวน ?)?(?P<count>{CLUSTER.pattern}) ?(?P<unit>(?!บาท|เป็นเงิน|รวม|คิด)[ก-ฮเ-ไ][^0-9\s()×*=ๆ]*+) "
    rf"(?P<sum>{CLUSTER.pattern}) ?(?:[.]?[-–])? ?(?:บาท)?\Z"
)
"""So many things and what they cost in all, without the price of one."""
_WORKED_OUT = re.compile("(?:คิด|รวม)?เป็นเงิน(?:รวม)?(?:ทั้งสิ้น)?|=")
_AMOUNT = rf"(?<![0-9๐-๙,.]){DIGIT}[0-9๐-๙,.]*+"
_SPACED = rf"{_AMOUNT}(?:(?<=,) {DIGIT}{{3}}[0-9๐-๙,.]*+)*+"
"""An amount that may have a blank behind each comma."""
_MONEY = re.compile(
    rf"{_AMOUNT}\s*+(?:[-–]\s*+)?(?:บาท|(?<=[.][-–]))|(?<![0-9๐-๙,.]){DIGIT}{{1,3}}+(?:,{DIGIT}{{3}})++|{_AMOUNT}[-–]"
)
_EXPRESSIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"จำนวน\s*+{DIGIT}",
        rf"{_AMOUNT}\s*+[ก-ฮเ-ไ][ก-๛.]{{0,20}}+\s*+(?:[xX×*@]|(?:[ก-๛.]{{0,20}}?\s*+)?ละ|(?<=ๆ)|(?<=ๆ ))\s*+{DIGIT}",
        rf"(?<=[ \t]){DIGIT}[0-9๐-๙,]*+[ \t]*+(?!บาท|เป็นเงิน|รวม|คิด)[ก-ฮเ-ไ][ก-๛]{{0,20}}+[ \t]++{_AMOUNT}"
        r"\s*+(?:[-–]\s*+)?บาท",
        rf"(?:รวม|คิด)?เป็นเงิน|จำนวนเงิน|\s[=:]\s*+{DIGIT}",
        rf"{_AMOUNT}\s*+(?:[-–]\s*+)?บาท|{_AMOUNT}[-–]|(?<![0-9๐-๙,.]){DIGIT}{{1,3}}+(?:,{DIGIT}{{3}})++",
    )
)
"""Where the expression behind a name begins, the surest sign first."""
_FIGURE = re.compile(_AMOUNT)
_COST = re.compile(
    rf"(?:(?<=[\s•▪➢❖*-])|^|(?<=และ))(?=ค่า[ก-ฮเ-ไ])|^[ \t]*+(?:{BULLET}|\(?{DIGIT}{{1,2}}+[.)][ \t]*+)(?=[ก-ฮเ-ไ])"
    rf"|(?<= )(?:[•▪-] |\(?{DIGIT}{{1,2}}\s?[.)] ?)(?=[ก-ฮเ-ไ])",
    re.MULTILINE,
)
LONGEST_CUT = 24
"""Characters at the end of a line in which the last part of a cut expression stands."""
_CUT = re.compile(rf"(?:ละ|ๆ|เป็นเงิน|[=xX×]|จำนวน|{_AMOUNT}\s*+[{THAI}.]{{0,12}}+)[ \t]*+\Z")
_REST = re.compile(
    rf"\s*+(?:[{THAI}.]{{0,12}}?\s?ละ\s?{DIGIT}|{_AMOUNT}\s*+(?:[-–]\s*+)?[{THAI}]|บาท|(?:รวม|คิด)?เป็นเงิน|=|ๆ|[xX×]\s)"
)
"""What a line ends with in the middle of an expression, and what it then goes on with."""
_MARKS_TO_PRICE, _WORDS_TO_PRICE = " \t\n:=(–,-", ("รวม", "คิด", "ราคา")
"""What may stand between a name and its price."""
_IN_ALL = re.compile(r"เป็นเงิน|=|รวม|ละ[ \t]*+[0-9๐-๙]")
"""What shows that a line of a list says what a thing costs, where its name does not."""
_BAHT = re.compile(rf"{_AMOUNT}\s*+(?:[-–]\s*+)?(?:บาท(?:ถ้วน)?|(?<=[.][-–]))")
_SUMMED = re.compile("ค่าใช้จ่าย(?:รวม|ทั้ง|ใน|ดัง|เป็น| |:|ตาม|จริง|ประกอบ)|ค่าเป้าหมาย|ค่าเฉลี่ย")
"""What begins like a cost and is none, or a sum."""
_WORD_AND_FIGURE = re.compile(rf"(?<![{THAI}])([{THAI}]{{2,8}}+)\s*+{DIGIT}")
_ENDS_IN_FIGURE = re.compile(rf"{DIGIT}[ \t]*+\Z")
_COUNT, _DAMAGED, _FIGURES_OF_A_PRICE = "จำนวน", 60, 3
"""The word before a quantity, how alike a damaged one must be, and how many figures tell a price without its unit."""
_NAMED = re.compile("[ก-ฮA-Za-z]")
_COUNTED_IN = r"(?:\s*+(?:(?:สิบ|ร้อย|พัน|หมื่น|แสน)?+ล้าน)?+\s*+บาท|\s*+ลบ\.?+)?+"
_TOTALS = (
    re.compile(rf"({_SPACED}(?:\s*+[-–])?(?:\s*+[{THAI}]{{1,8}}+\.?+)?+[\s*]*+\([{THAI} ]{{8,160}}\))"),
    re.compile(
        rf"(?:รวม|ทั้งสิ้น)[^0-9๐-๙\n]{{0,80}}+({_SPACED}(?:\s*+[-–])?{_COUNTED_IN}(?!\s*+(?:[{THAI}]{{0,4}}ล้าน|ลบ)))"
    ),
)
"""An amount with the same in words behind it; an amount behind a word for a sum."""
_IN_BAHT = re.compile(rf"({_AMOUNT}(?:\s*+[-–])?\s*+บาท)")
_SATANG = Decimal("0.01")
_FIGURES_OF_A_PRODUCT = range(3, 6)
_FACTOR_IN_BAHT = re.compile(r"(?<![0-9,.])([0-9][0-9,.]*+) ?(?:[.]?[-–])? ?บาท")
_TIMES = re.compile(r"[xX×*@]|คูณ")
_AT_PRICE = re.compile(rf"{DIGIT}[^0-9๐-๙*×@\n]{{0,40}}?(?:[xX×*@]|คูณ)[ \t]*+{DIGIT}")
"""So many of something at a price."""


def expression_in(text: str) -> int | None:
    """Find where the expression of a priced line begins; None where the line has no price.

    >>> expression_in("ค่าอาหาร 50 คน x 35 บาท"), expression_in("ประชุมคณะกรรมการ 3 ครั้ง")
    (9, None)
    """
    if not _MONEY.search(text) and len(_FIGURE.findall(text)) < _FIGURES_OF_A_PRICE:
        return None
    if (damaged := _damaged_count(text)) is not None:
        return damaged
    return next((match.start() for pattern in _EXPRESSIONS for match in [pattern.search(text)] if match), None)


def _damaged_count(text: str) -> int | None:
    """Where a damaged "จำนวน" stands between a name and the first figure of a line with several."""
    match = _WORD_AND_FIGURE.search(text)
    if match is None or not is_named(text[: match.start(1)]) or len(_FIGURE.findall(text)) < _FIGURES_OF_A_PRICE:
        return None
    if _ENDS_IN_FIGURE.search(text, 0, match.start(1)):
        return None  # a word behind a figure is what it counts
    return match.start(1) if fuzz.ratio(folded(match[1]), folded(_COUNT)) >= _DAMAGED else None


def end_of_expression(text: str, begin: int) -> int:
    """Find the end of the line on which the amount stands; what follows is the next cell of a table without cells.

    >>> end_of_expression("ค่าอาหาร 50 คน x 35 บาท\\n= 1,750 บาท\\nค่าวัสดุ", 9)
    35
    """
    worked_out = _WORKED_OUT.search(text, begin)
    amount = _MONEY.search(text, worked_out.end() if worked_out else begin)
    end = text.find("\n", amount.end()) if worked_out and amount else -1
    return end if end >= 0 else len(text)


def prices_in(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Find what a running text says that things cost: where each is named, and where the expression behind it stands.

    A name begins with the word for a cost; where no amount in baht follows it in its line, it is no price.

    >>> text = "จัดงาน ค่าเช่าเต็นท์ 3,500 บาท และค่าเฉลี่ย 4.6 ค่าน้ำ 2 แพ็ค ๆ ละ 60 บาท เป็นเงิน 120 บาท แล้วเสร็จ"
    >>> [(text[slice(*name)], text[slice(*price)]) for name, price in prices_in(text)]
    [('ค่าเช่าเต็นท์', '3,500 บาท'), ('ค่าน้ำ', '2 แพ็ค ๆ ละ 60 บาท เป็นเงิน 120 บาท')]
    """
    starts = [match.end() for match in _COST.finditer(text)]
    for start, after in zip_longest(starts, starts[1:], fillvalue=len(text)):
        line = text[start : min(after, _end_of_line(text, start))]
        begin, amounts = expression_in(line), list(_BAHT.finditer(line))
        if begin is None or not amounts or amounts[-1].end() <= begin or _SUMMED.match(line):
            continue
        worked_out = _WORKED_OUT.search(line, begin)
        last = next((one for one in amounts if worked_out and one.start() >= worked_out.end()), amounts[-1])
        name = named(line[:begin])
        is_cost = name.startswith("ค่า") or _IN_ALL.search(line)
        if is_cost and is_named(name) and not _FIGURE.search(name):
            yield (start, start + len(name)), (start + begin, start + last.end())


def _end_of_line(text: str, start: int) -> int:
    """Where the line ends, or the one below it, where an expression goes on there."""
    end = text.find("\n", start)
    while end >= 0 and _CUT.search(text, max(start, end - LONGEST_CUT), end) and _REST.match(text, end):
        end = text.find("\n", end + 1)
    return end if end >= 0 else len(text)


def named(text: str) -> str:
    """Cut off what leads from a name to its price.

    >>> named("ค่าป้าย รวม "), named("ค่าเช่า = ")
    ('ค่าป้าย', 'ค่าเช่า')
    """
    name = text.rstrip(_MARKS_TO_PRICE)
    while (parts := name.rpartition(" "))[0] and parts[2] in _WORDS_TO_PRICE:
        name = parts[0].rstrip(_MARKS_TO_PRICE)
    return name


def is_named(text: str) -> bool:
    """Tell whether a text has a letter, so that it can name something.

    >>> is_named("ค่าวัสดุ"), is_named("- 2 -")
    (True, False)
    """
    return _NAMED.search(text) is not None


def total_in(text: str) -> tuple[int, int] | None:
    """Find the total that a text states: best the one that stands in words too, else what a word for a sum leads.

    >>> text = "งบประมาณ 500 บาท (ห้าร้อยบาทถ้วน)"
    >>> total_in(text), total_in("500 บาท")
    ((9, 33), None)
    """
    found = (match.span(1) for pattern in _TOTALS for match in [pattern.search(text)] if match)
    return next(found, None)


def only_amount(text: str) -> tuple[int, int] | None:
    """Find the one amount in baht of a text; None where there are several.

    >>> only_amount("เป็นเงิน 500 บาท"), only_amount("500 บาท และ 200 บาท")
    ((9, 16), None)
    """
    found = [match.span(1) for match in _IN_BAHT.finditer(text)]
    return found[0] if len(found) == 1 else None


def priced_quantity(text: str) -> Decimal | None:
    """Read how many of a thing a priced line buys, several counts multiplied; None where it does not say.

    >>> priced_quantity("2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_quantity("50 คน x 35 บาท")
    (Decimal('2'), Decimal('50'))
    >>> priced_quantity("50 คน x 35 บาท x 2 มื้อ เป็นเงิน 3,500 บาท"), priced_quantity("เป็นเงิน 500 บาท")
    (Decimal('100'), None)
    >>> priced_quantity("50 คน x 35 บาท x 2 มื้อ เป็นเงิน 4,000 บาท"), priced_quantity("50 คน x 2 มื้อ x 35")
    (None, None)
    """
    return _parts(text)[0]


def priced_unit(text: str) -> str | None:
    """Read what a priced line counts.

    >>> priced_unit("จำนวน 2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_unit("เป็นเงิน 500 บาท")
    ('โรงเรียน', None)
    """
    return _parts(text)[1]


def unit_price(text: str) -> Decimal | None:
    """Read the price of one in baht.

    >>> unit_price("50 คน x 35 บาท = 1,750 บาท"), unit_price("500 บาท")
    (Decimal('35'), None)
    """
    return _parts(text)[2]


def quantity_in_column(text: str) -> Decimal | None:
    """Read a column of quantities, or of quantities and prices; words alone say none.

    >>> quantity_in_column("6 คน"), quantity_in_column("เหมาจ่าย"), quantity_in_column("18 คน x 600 บาท")
    (Decimal('6'), None, Decimal('18'))
    >>> quantity_in_column("2 คน 600")
    Traceback (most recent call last):
    normalizers.Unreadable: '2 คน 600' is not a quantity
    """
    if _AT_PRICE.search(text):
        return priced_quantity(text)
    found = quantity(text) if CLUSTER.search(prepared(text)) else None
    return found[0] if found else None


def price_in_column(text: str) -> Decimal | None:
    """Read a column of prices, or of quantities and prices.

    >>> price_in_column("600.-"), price_in_column("18 คน x 600 บาท")
    (Decimal('600.00'), Decimal('600'))
    """
    return unit_price(text) if _AT_PRICE.search(text) else baht(text)


def target_value(text: str) -> Decimal | None:
    """Read the number of a target; None where it is said in words, or in several numbers.

    >>> target_value("ร้อยละ\\n95"), target_value("ไม่น้อยกว่า 5 โรงเรียน"), target_value("ผ่านเกณฑ์")
    (Decimal('95'), Decimal('5'), None)
    """
    return _quantity(" ".join(text.split()))[0]


def target_unit(text: str) -> str | None:
    """Read what a target counts; `percent` for a share.

    >>> target_unit("ร้อยละ\\n95"), target_unit("5 โรงเรียน"), target_unit("ผ่านเกณฑ์")
    ('percent', 'โรงเรียน', None)
    """
    return _quantity(" ".join(text.split()))[1]


def unit_in_column(text: str) -> str | None:
    """Read a column of quantities, of quantities and prices, or of units alone.

    >>> unit_in_column("6 คน"), unit_in_column("ถัง"), unit_in_column("-"), unit_in_column("18 คน x 600 บาท")
    ('คน', 'ถัง', None, 'คน')
    >>> unit_in_column("ลบ.ม."), unit_in_column("คน-เดือน")
    ('ลบ.ม.', 'คน-เดือน')
    """
    if _AT_PRICE.search(text):
        return priced_unit(text)
    return text.strip() if _WORD.fullmatch(text) else target_unit(text)


def _quantity(text: str) -> tuple[Decimal | None, str | None]:
    """How many of what, as far as a text says it."""
    try:
        return quantity(text) or (None, None)
    except Unreadable:
        return None, None


@lru_cache(maxsize=256)
def priced_amount(text: str) -> Decimal | None:
    """Read what a priced line costs in all: the figure that the factors confirm, else what they are worked out to.

    >>> priced_amount("จำนวน 2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_amount("เป็นเงิน 500 บาท")
    (Decimal('30200.00'), Decimal('500.00'))
    >>> priced_amount("จำนน 2 โรงเรียน ๆ ฉะ 15,100 บท เปนเงน 30,200 บาม")
    Decimal('30200.00')
    >>> priced_amount("2 คน คนละ 3 ชั่วโมง ชั่วโมงละ 600 เป็นเงิน 3,000 บาท"), priced_amount("จำนวน 1 ชุด 5,000 บาท")
    (Decimal('3000.00'), Decimal('5000.00'))
    """
    product = _product(text)
    if product:
        return product[-1].quantize(_SATANG)
    summed = _SUM.match(prepared(text))
    if summed:
        return baht(summed["sum"])
    _, *worked_out = _WORKED_OUT.split(text)
    try:
        return baht(text)
    except Unreadable:
        if len(worked_out) != 1:
            raise
        return baht(worked_out[0])


def stated_total(text: str) -> Noticed[Decimal]:
    """Read a total with its words behind it; damaged words leave the digits, words that say another amount are noticed.

    >>> [stated_total(text).value for text in ("500 บาท (ห้าร้อยบาทถ้วน)", "500 บท (ห้าวัอยบาถถวน)")]
    [Decimal('500.00'), Decimal('500.00')]
    """
    try:
        return noticed_baht(text)
    except Unreadable:
        figures = CLUSTER.match(text)
        if figures is None:
            raise
        return noticed_baht(f"{figures[0]} บาท")


_NO_PARTS = (None, None, None)


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[Decimal | None, str | None, Decimal | None]:
    """How many, of what, and the price of one, as far as a text says it."""
    each = quantity_times_price(text)
    if each is not None:
        return each[0], _quantity(text)[1], each[1]
    shown = prepared(text)
    match = _FACTORS.match(shown)
    if match and not _TIMES.search(match["rest"]):
        count, price = value(match["count"]), value(match["price"])
        return _NO_PARTS if count is None or price is None else (count, match["unit"], price)
    summed = _SUM.match(shown)
    if summed:
        count = value(summed["count"])
        return _NO_PARTS if count is None else (count, summed["unit"], None)
    product = _product(text)
    if not product:
        return _NO_PARTS
    if len(product) == _FIGURES_OF_A_PRODUCT[0]:
        return product[0], _counted(text), product[1]
    factors = _WORKED_OUT.split(shown)[0]
    prices, unit = [value(one) for one in _FACTOR_IN_BAHT.findall(factors)], _counted(text)
    is_product = len(_TIMES.findall(factors)) == len(product) - 2  # a sign between all, none "each" among them
    if not is_product or len(prices) != 1 or not prices[0] or unit is None or unit.startswith("บาท"):
        return _NO_PARTS
    return product[-1] / prices[0], unit, prices[0]


def _product(text: str) -> list[Decimal] | None:
    """Three figures or more of which the others make the last: whatever happened to the words, that is no accident."""
    figures = [figure for found in CLUSTER.findall(prepared(text)) if (figure := value(found)) is not None]
    if len(figures) not in _FIGURES_OF_A_PRODUCT or len(figures) != len(CLUSTER.findall(prepared(text))):
        return None
    *factors, amount = figures
    is_sure = sum(factor > 1 for factor in factors) > 1 and (len(factors) > 2 or min(factors) > 1)
    return figures if is_sure and prod(factors) == amount else None


def _counted(text: str) -> str | None:
    """The word behind the first figure."""
    shown = prepared(text)
    figures = CLUSTER.search(shown)
    word = _COUNTED.match(shown, figures.end()) if figures else None
    return word[1].partition("ๆ")[0] or None if word else None
