"""How many of what at which price: the expression behind a priced line."""

import re
from decimal import Decimal

from normalizers import Unreadable
from normalizers.figures import CLUSTER, prepared, value
from normalizers.money import baht, quantity_times_price
from normalizers.numbers import quantity

_FACTORS = re.compile(
    rf"(?:จำนวน ?)?(?P<count>{CLUSTER.pattern}) ?(?P<unit>[ก-ฮเ-ไ][^0-9\s()×*=]*+) ?(?:[xX×*@]|คูณ) ?"
    rf"(?P<price>{CLUSTER.pattern}) ?(?:[.][-–])? ?(?:บาท)?(?P<rest>[^0-9]*+)(?:\Z|{CLUSTER.pattern})"
)
THAI = "ก-\N{THAI CHARACTER YAMAKKAN}"
"""Thai letters and marks, as a range of a pattern's set; digits are none of them."""
_COUNTED = re.compile(rf" ?([ก-ฮเ-ไ][{THAI}]*+)")
_WORD = re.compile(rf"\s*+[ก-ฮเ-ไ][{THAI}]*+\s*+")
"""What a column of units says."""
_SATANG = Decimal("0.01")
_THREE = ("count", "price", "amount")
_TIMES = re.compile(r"[xX×*@]|คูณ")


def priced_quantity(text: str) -> Decimal | None:
    """Read how many of a thing a priced line buys; None where it does not say, or counts in several ways.

    >>> priced_quantity("2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_quantity("50 คน x 35 บาท")
    (Decimal('2'), Decimal('50'))
    >>> priced_quantity("50 คน x 35 บาท x 2 มื้อ เป็นเงิน 3,500 บาท"), priced_quantity("เป็นเงิน 500 บาท")
    (None, None)
    """
    found = _parts(text)
    return found[0] if found else None


def priced_unit(text: str) -> str | None:
    """Read what a priced line counts.

    >>> priced_unit("จำนวน 2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_unit("เป็นเงิน 500 บาท")
    ('โรงเรียน', None)
    """
    found = _parts(text)
    return found[1] if found else None


def unit_price(text: str) -> Decimal | None:
    """Read the price of one in baht.

    >>> unit_price("50 คน x 35 บาท = 1,750 บาท"), unit_price("500 บาท")
    (Decimal('35'), None)
    """
    found = _parts(text)
    return found[2] if found else None


def target_value(text: str) -> Decimal | None:
    """Read the number of a target; None where it is said in words, or in several numbers.

    >>> target_value("ร้อยละ\\n95"), target_value("ไม่น้อยกว่า 5 โรงเรียน"), target_value("ผ่านเกณฑ์")
    (Decimal('95'), Decimal('5'), None)
    """
    found = _target(text)
    return found[0] if found else None


def target_unit(text: str) -> str | None:
    """Read what a target counts; `percent` for a share.

    >>> target_unit("ร้อยละ\\n95"), target_unit("5 โรงเรียน"), target_unit("ผ่านเกณฑ์")
    ('percent', 'โรงเรียน', None)
    """
    found = _target(text)
    return found[1] if found else None


def unit_in_column(text: str) -> str | None:
    """Read a column of quantities, or of units alone.

    >>> unit_in_column("6 คน"), unit_in_column("ถัง"), unit_in_column("-")
    ('คน', 'ถัง', None)
    """
    return text.strip() if _WORD.fullmatch(text) else target_unit(text)


def _target(text: str) -> tuple[Decimal, str | None] | None:
    try:
        return quantity(" ".join(text.split()))
    except Unreadable:
        return None


def priced_amount(text: str) -> Decimal | None:
    """Read what a priced line costs in all: the figure that quantity times price confirms, else as any amount.

    >>> priced_amount("จำนวน 2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท"), priced_amount("เป็นเงิน 500 บาท")
    (Decimal('30200.00'), Decimal('500.00'))
    >>> priced_amount("จำนน 2 โรงเรียน ๆ ฉะ 15,100 บท เปนเงน 30,200 บาม")
    Decimal('30200.00')
    """
    product = _confirmed(text)
    return product[2].quantize(_SATANG) if product else baht(text)


def stated_total(text: str) -> Decimal | None:
    """Read a total with its words behind it; damaged words leave the digits, words that say another amount do not.

    >>> stated_total("500 บาท (ห้าร้อยบาทถ้วน)"), stated_total("500 บท (ห้าวัอยบาถถวน)")
    (Decimal('500.00'), Decimal('500.00'))
    """
    try:
        return baht(text)
    except Unreadable:
        figures = CLUSTER.match(text)
        if figures is None:
            raise
        return baht(f"{figures[0]} บาท")


def _parts(text: str) -> tuple[Decimal, str | None, Decimal] | None:
    each = quantity_times_price(text)
    if each is not None:
        return each[0], _unit(text), each[1]
    match = _FACTORS.match(prepared(text))
    if match and not _TIMES.search(match["rest"]):
        count, price = value(match["count"]), value(match["price"])
        return None if count is None or price is None else (count, match["unit"], price)
    product = _confirmed(text)
    return (product[0], _counted(text), product[1]) if product else None


def _confirmed(text: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """Three figures of which the first two make the third: whatever happened to the words, these are no accident."""
    figures = [value(found) for found in CLUSTER.findall(prepared(text))]
    if len(figures) != len(_THREE) or None in figures:
        return None
    count, price, amount = (figure for figure in figures if figure is not None)
    return (count, price, amount) if count * price == amount and count > 1 and price > 1 else None


def _counted(text: str) -> str | None:
    """The word behind the first figure."""
    shown = prepared(text)
    figures = CLUSTER.search(shown)
    word = _COUNTED.match(shown, figures.end()) if figures else None
    return word[1] if word else None


def _unit(text: str) -> str | None:
    try:
        found = quantity(text)
    except Unreadable:
        return None
    return found[1] if found else None
