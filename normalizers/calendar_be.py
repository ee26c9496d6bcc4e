"""The Thai calendar in figures: Buddhist years, the old New Year on 1 April, fiscal years. No text is read here."""

from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

BUDDHIST = range(2400, 2701)
GREGORIAN = range(1900, 2101)
"""A four-digit year says by its value which era it is of; no other year is believed."""
FISCAL_YEARS = range(2533, 2584)
"""Buddhist years that a report may be about, 1990 to 2040: another one is misread."""
LEFT_OPEN = 25
"""พ.ศ. 25 is a year that a form left open, not the year 2525."""

_OFFSET = 543
_JANUARY_YEARS_FROM = 2484
_SHORT_YEAR = 2483
_FIRST_OLD_MONTH = 4
_FAR = timedelta(days=731)

DaySpan = tuple[date, date]


class DatedPeriod(NamedTuple):
    """A period, which is what a text about time says; `day` where one day is printed. An open end is None."""

    first: date | None
    last: date | None
    day: date | None = None


class DoubtError(Exception):
    """Why figures are no day that we can vouch for, without the text, which the caller knows; `code` is the finding."""

    def __init__(self, reason: str, *, code: str = "unreadable_value") -> None:
        super().__init__(reason)
        self.code = code


def is_year(year: int) -> bool:
    """Whether a four-digit year is one of either era.

    >>> is_year(2567), is_year(2024), is_year(2200), is_year(67)
    (True, True, False, False)
    """
    return year in BUDDHIST or year in GREGORIAN


def buddhist(year: int) -> int:
    """Give the Buddhist year of a printed year: four digits of either era, or two, which are Buddhist.

    >>> buddhist(2567), buddhist(2024), buddhist(67)
    (2567, 2567, 2567)
    """
    if year < 100:
        return 2500 + year
    return year + _OFFSET if year in GREGORIAN else year


def gregorian(year_be: int, month: int) -> int:
    """Give the Gregorian year of a month. Years before 2484 began on 1 April, and 2483 ended with December.

    >>> gregorian(2567, 1), gregorian(2480, 1), gregorian(2480, 4)
    (2024, 1938, 1937)
    >>> gregorian(2483, 3)
    Traceback (most recent call last):
    normalizers.calendar_be.DoubtError: the year 2483 had no January, February or March
    """
    if month >= _FIRST_OLD_MONTH or year_be >= _JANUARY_YEARS_FROM:
        return year_be - _OFFSET
    if year_be == _SHORT_YEAR:
        raise DoubtError(f"the year {_SHORT_YEAR} had no January, February or March", code="impossible_date")
    return year_be - _OFFSET + 1


def day_of(year: int, month: int, day: int, *, fiscal_year_be: int | None = None) -> date:
    """Build the day that is printed so; a two-digit year takes its century from the fiscal year, where one is given.

    >>> day_of(2563, 2, 29), day_of(2018, 2, 10), day_of(60, 11, 10)
    (datetime.date(2020, 2, 29), datetime.date(2018, 2, 10), datetime.date(2017, 11, 10))
    >>> day_of(18, 1, 10, fiscal_year_be=2561)
    datetime.date(2018, 1, 10)
    >>> day_of(2562, 11, 31)
    Traceback (most recent call last):
    normalizers.calendar_be.DoubtError: there is no such day
    """
    if year < 100 and fiscal_year_be is not None:
        return _nearest(year, month, day, fiscal_year_be)
    return _build(year if year in GREGORIAN else gregorian(buddhist(year), month), month, day)


def _build(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DoubtError("there is no such day", code="impossible_date") from error


def _nearest(year: int, month: int, day: int, fiscal_year_be: int) -> date:
    """Read a two-digit year as Buddhist or Gregorian, whichever falls inside or nearest the fiscal year."""
    first, last = fiscal_year_span(fiscal_year_be)
    found = []
    for full in (2500 + year - _OFFSET, 2000 + year):
        with suppress(DoubtError):
            candidate = _build(full, month, day)
            found.append((max(first - candidate, candidate - last, timedelta()), candidate))
    if not found:
        raise DoubtError("there is no such day", code="impossible_date")
    distance, nearest = min(found)
    if distance > _FAR:
        raise DoubtError(f"its year is far from the fiscal year {fiscal_year_be}", code="year_out_of_context")
    return nearest


def month_span(year: int, month: int, *, fiscal_year_be: int | None = None) -> DaySpan:
    """Give the first and last day of a month.

    >>> month_span(2567, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    first = day_of(year, month, 1, fiscal_year_be=fiscal_year_be)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def year_span(year: int) -> DaySpan:
    """Give the first and last day of a calendar year, as it was then.

    >>> year_span(2569)
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    >>> year_span(2483), year_span(2480)[1]
    ((datetime.date(1940, 4, 1), datetime.date(1940, 12, 31)), datetime.date(1938, 3, 31))
    """
    full = buddhist(year)
    first_month = 1 if full >= _JANUARY_YEARS_FROM else _FIRST_OLD_MONTH
    last_day = date(full - _OFFSET + 1, 3, 31) if full < _SHORT_YEAR else date(full - _OFFSET, 12, 31)
    return date(full - _OFFSET, first_month, 1), last_day


def fiscal_year_span(year_be: int) -> DaySpan:
    """Give the first and last day of a fiscal year: October of the year before to September.

    >>> fiscal_year_span(2561)
    (datetime.date(2017, 10, 1), datetime.date(2018, 9, 30))
    """
    return date(year_be - _OFFSET - 1, 10, 1), date(year_be - _OFFSET, 9, 30)


def fiscal_months(year_be: int, first: int, last: int) -> DaySpan:
    """Give the span from one month of a fiscal year to another, counted from October, which is 1.

    >>> fiscal_months(2567, 1, 6)
    (datetime.date(2023, 10, 1), datetime.date(2024, 3, 31))
    """
    months = ((8 + number) % 12 + 1 for number in (first, last))
    start, end = (month_span(year_of_month(year_be, month), month) for month in months)
    return start[0], end[1]


def year_of_month(fiscal_year_be: int, month: int) -> int:
    """Give the Gregorian year in which a month of a fiscal year fell.

    >>> year_of_month(2567, 10), year_of_month(2567, 9)
    (2023, 2024)
    """
    return fiscal_year_be - _OFFSET - (month >= 10)
