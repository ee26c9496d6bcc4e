"""A day or a period, whichever a text prints."""

from datetime import date

from normalizers import Unreadable
from normalizers.dates import thai_date, thai_period


def date_or_period(text: str) -> date | tuple[date | None, date | None] | None:
    """Read a day where one is printed, else a period."""
    try:
        return thai_date(text)
    except Unreadable:
        return thai_period(text)
