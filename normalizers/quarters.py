"""The quarter and the fiscal year that stand behind a heading."""

import re

from normalizers.calendar_be import FISCAL_YEARS
from normalizers.digits import DIGIT, arabic, whole

LONGEST = 80
"""Characters of a heading's end that are looked at."""

_FIGURES = re.compile(rf"(?<!{DIGIT}){DIGIT}{{1,4}}+(?!{DIGIT})")
_QUARTERS = range(1, 5)


def quarter_and_year(text: str) -> tuple[int | None, int | None]:
    """Read the quarter and the fiscal year of a heading; what it does not print, or prints twice, is None.

    Forms print "ปีงบประมาณที่ 2" where they mean the second quarter, so the figure decides and not the word before it.

    >>> quarter_and_year("ประจำปีไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๗"), quarter_and_year("ประจำปีงบประมาณที่ 1 ปีงบประมาณ 2567")
    ((2, 2567), (1, 2567))
    >>> quarter_and_year("ประจำปีงบประมาณ ๒๕๖๗"), quarter_and_year("ฉบับที่ ๑๓"), quarter_and_year("")
    ((None, 2567), (None, None), (None, None))
    """
    numbers = [whole(arabic(found)) for found in _FIGURES.findall(text[:LONGEST])]
    quarters = {number for number in numbers if number in _QUARTERS}
    years = {number for number in numbers if number in FISCAL_YEARS}
    return (quarters.pop() if len(quarters) == 1 else None, years.pop() if len(years) == 1 else None)


def year_of(text: str) -> int | None:
    """Read the one Buddhist year of a heading, whatever else it counts; None where there is none, or several.

    >>> year_of("2567 รอบ 6 เดือน"), year_of("รอบ ๖ เดือน")
    (2567, None)
    """
    return quarter_and_year(text)[1]
