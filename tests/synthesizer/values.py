"""Dates, amounts and percentages as the form prints them."""

from decimal import Decimal

from tests.synthesizer.layouts import DateStyle
from tests.synthesizer.prose import thai_digits
from tests.synthesizer.report import Day
from tests.synthesizer.words import MONTHS, MONTHS_SHORT


def printed_day(day: Day, style: DateStyle) -> str:
    """The day in one of the eight styles.

    >>> [printed_day(Day(2017, 10, 31), style) for style in ("slash", "thai", "short", "two_digits")]
    ['31/10/2560', '๓๑/๑๐/๒๕๖๐', '31 ต.ค. 2560', '31/10/60']
    >>> [printed_day(Day(2018, 2, 1), style) for style in ("padded", "long", "iso", "stamp")]
    ['01/02/2561', '1 กุมภาพันธ์ พ.ศ. 2561', '2018-2-1', '2018-02-01 00:00:00']
    """
    be, month, number = day.year + 543, day.month, day.day
    slashed = f"{number}/{month}/{be}"
    return {
        "slash": slashed,
        "padded": f"{number:02}/{month:02}/{be}",
        "thai": thai_digits(slashed),
        "short": f"{number} {MONTHS_SHORT[month - 1]} {be}",
        "long": f"{number} {MONTHS[month - 1]} พ.ศ. {be}",
        "two_digits": f"{number}/{month}/{be % 100:02}",
        "iso": f"{day.year}-{month}-{number}",
        "stamp": f"{day.year}-{month:02}-{number:02} 00:00:00",
    }[style]


def printed_amount(amount: Decimal, pattern: str) -> str:
    """Baht with thousands' commas; satang are never dropped.

    >>> printed_amount(Decimal(171600), "{:,}.-"), printed_amount(Decimal("19400.50"), "{:,}")
    ('171,600.-', '19,400.50')
    """
    if amount % 1:
        return f"{amount:,.2f}"
    if ".2f" in pattern:
        return pattern.format(amount)
    return pattern.format(int(amount)) if amount else "0"


def printed_percent(percent: Decimal, pattern: str) -> str:
    """The percentage, with its sign where the pattern has one.

    >>> printed_percent(Decimal("12.5"), "{:.2f} %"), printed_percent(Decimal(100), "{:.1f}%")
    ('12.50 %', '100.0%')
    """
    return pattern.format(float(percent))
