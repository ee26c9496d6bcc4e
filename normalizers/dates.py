"""Days and periods as Thai documents print them: Buddhist years, months in words, ranges, quarters, fiscal years."""

import re
from datetime import date
from functools import cache, lru_cache

from normalizers import Noticed, Observation, Unreadable
from normalizers.calendar_be import (
    BUDDHIST,
    FISCAL_YEARS,
    GREGORIAN,
    LEFT_OPEN,
    DatedPeriod,
    DoubtError,
    day_of,
    is_year,
)
from normalizers.digits import DIGIT, arabic
from normalizers.figures import quoted
from normalizers.month_names import MARKS, SHORT_MONTHS, THAI_MONTHS, full_names, loose

_D = "[0-9๐-๙]"
_GAP = "[ \\t\u00a0]{0,2}+"
_SPACED_YEAR = f"(?:{_D}{{4}}|{_D}{{3}} {_D})(?!{_D})"
_SHORT_MONTHS = "|".join(
    f"{first}[{MARKS}]?[.]?{_GAP}{second}[.]?"
    for first, second in (("เม", "ย"), ("ม", "[คย]"), ("ก", "[คพย]"), ("พ", "[คย]"), ("[สตธ]", "ค"))
)
_ERA = loose("พุทธศักราช", blanks=False)
DATE_PATTERN: str = (
    f"(?<!{_D})(?<!{_D}[/.-])(?:"  # and no figure right before the day, for 2 7 เมษายน may be one day in two pieces
    f"{_D}{{4}}(?:-{_D}{{1,2}}-|/{_D}{{1,2}}/){_D}{{1,2}}(?!{_D})"
    f"(?:(?:T| {{1,2}}){_D}{{2}}:{_D}{{2}}(?::{_D}{{2}}(?:[.]{_D}++)?)?)?"
    f"|(?<!{_D} ){_D}{{1,2}}{_GAP}(?:/{_GAP}{_D}{{1,2}}{_GAP}/{_GAP}(?:{_SPACED_YEAR}|{_D}{{2}}(?!{_D}))(?!/)"
    f"|[.]{_GAP}{_D}{{1,2}}{_GAP}[.]{_GAP}{_SPACED_YEAR}|-{_D}{{1,2}}-{_SPACED_YEAR}(?!-{_D})"
    f"|(?:{full_names(blanks=False)}|{_SHORT_MONTHS}){_GAP}(?:(?:[พค][.]?{_GAP}ศ[.]?|{_ERA}){_GAP})?"
    f"(?:{_SPACED_YEAR}|{_D}{{2}}(?!{_D})))"
    ")"
)
"""A linear pattern without groups of one printed day: it finds where one may stand, `thai_date` says whether it is."""

YEAR_FIRST = "year_first"
"""What is noticed of a day that is printed year, month, day."""
_FAST = re.compile("[ \t]*+([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})[ \t]*+")
_WORDED = re.compile(
    f"[ \t]*+(?:วันที่ ?)?+([0-9]{{1,2}}) {{1,3}}({'|'.join([*THAI_MONTHS, *map(re.escape, SHORT_MONTHS)])}) {{1,3}}"
    "(?:(พ[.]ศ[.]) {0,3})?+([0-9]{4}|[0-9]{2})[ \t]*+"
)
_UNTIL = re.compile(r"ถึง|(?<=\S)\s[-\u2013\u2014]\s(?=\S)")
"""What stands between the two days of a period."""
_YEAR_FIRST = re.compile(
    "[ \t]*+([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    "(?:(?:T| {1,2})[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]++)?+)?+)?+[ \t]*+"
)


def thai_date(text: str, *, fiscal_year_be: int | None = None) -> date | None:
    """Read one day, in figures or words; None where the cell is blank, a dash or dots.

    Whatever is not surely one day is `Unreadable`: a period, several dates, no year, a document's number, a day that
    never was. A two-digit year is Buddhist, unless the fiscal year of the document says otherwise.

    >>> thai_date("31/10/2560"), thai_date("๑๕ ม.ค. ๖๑"), thai_date("-")
    (datetime.date(2017, 10, 31), datetime.date(2018, 1, 15), None)
    >>> thai_date("31/11/2562")
    Traceback (most recent call last):
    normalizers.Unreadable: '31/11/2562' is not surely one day: there is no such day
    """
    return noticed_date(text, fiscal_year_be=fiscal_year_be).value


def noticed_start(text: str, *, fiscal_year_be: int | None = None) -> Noticed[date] | date | None:
    """Read the day on which a period begins, or one day alone.

    >>> noticed_start("1 ต.ค. 65 - 30 ก.ย. 66", fiscal_year_be=2566)
    datetime.date(2022, 10, 1)
    """
    read = period_start if _UNTIL.search(text) else noticed_date
    return read(text, fiscal_year_be=fiscal_year_be)


def noticed_end(text: str, *, fiscal_year_be: int | None = None) -> Noticed[date] | date | None:
    """Read the day on which a period ends, or one day alone.

    >>> noticed_end("1 ต.ค. 65 - 30 ก.ย. 66", fiscal_year_be=2566)
    datetime.date(2023, 9, 30)
    """
    read = period_end if _UNTIL.search(text) else noticed_date
    return read(text, fiscal_year_be=fiscal_year_be)


def noticed_date(text: str, *, fiscal_year_be: int | None = None) -> Noticed[date]:
    """The day, and whether its Gregorian year is written first, as spreadsheets write it.

    >>> [code for code, _ in noticed_date("2018-2-10").observations], noticed_date("10/2/2561").observations
    (['year_first'], ())
    """
    day = _plain_day(text, fiscal_year_be, "one day")
    if day is None:
        reading = _reading(text, fiscal_year_be, "one day")
        if reading is None:
            return Noticed(None)
        if reading.day is None:
            raise _unreadable(text, "one day", DoubtError("it is a period"))
        day = reading.day
    match = _YEAR_FIRST.fullmatch(arabic(text))
    is_year_first = match is not None and int(match[1]) in GREGORIAN
    return Noticed(day, (Observation(YEAR_FIRST, f"read as {day}"),) if is_year_first else ())


def _reading(text: str, fiscal_year_be: int | None, what: str) -> DatedPeriod | None:
    if day := _plain_day(text, fiscal_year_be, what):
        return DatedPeriod(day, day, day)
    from normalizers.date_reading import read  # the grammar takes long to load, and most days do without it

    try:
        return read(text, fiscal_year_be)
    except DoubtError as doubt:
        raise _unreadable(text, what, doubt) from doubt


def _plain_day(text: str, fiscal_year_be: int | None, what: str) -> date | None:
    """Read the commonest ways of printing a day; None for all others, among them all that need a second thought."""
    figures = arabic(text)
    if match := _FAST.fullmatch(figures):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        is_plain = month <= 12 and is_year(year)
    elif match := _YEAR_FIRST.fullmatch(figures):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        is_plain = is_year(year)
    elif match := _WORDED.fullmatch(figures):
        day, year = int(match[1]), int(match[4])
        month = (THAI_MONTHS if match[2] in THAI_MONTHS else SHORT_MONTHS).index(match[2]) + 1
        is_plain = year in BUDDHIST if match[3] else is_year(year) or (year < 100 and year != LEFT_OPEN)
    else:
        return None
    try:
        return day_of(year, month, day, fiscal_year_be=fiscal_year_be) if is_plain else None
    except DoubtError as doubt:
        raise _unreadable(text, what, doubt) from doubt


def _unreadable(text: str, what: str, doubt: DoubtError) -> Unreadable:
    return Unreadable(f"{quoted(text)} is not surely {what}: {doubt}", code=doubt.code)


_ONE_EDGE = re.compile(r"[\s:*(-]*+(?:วันที่ ?)?(?:(?P<start>เริ่ม)|(?P<end>สิ้นสุด|ภายใน|จนถึง|ไม่เกิน))")
"""What says of one day that a period begins or ends on it."""


def thai_period(text: str, *, fiscal_year_be: int | None = None) -> tuple[date | None, date | None] | None:
    """Read a first and a last day: of a month, quarter, year, fiscal year or range; one day is both.

    Bare years are of the calendar, quarters of the fiscal year. An end that the text leaves open is None.

    >>> thai_period("ตุลาคม - ธันวาคม ๒๕๖๖")
    (datetime.date(2023, 10, 1), datetime.date(2023, 12, 31))
    >>> thai_period("ปีงบประมาณ พ.ศ. 2567 รอบ 6 เดือน")
    (datetime.date(2023, 10, 1), datetime.date(2024, 3, 31))
    >>> thai_period("ตั้งแต่วันที่ 16 มิถุนายน พ.ศ. 2566 เป็นต้นไป")
    (datetime.date(2023, 6, 16), None)
    >>> thai_period("สิ้นสุดวันที่ 30 ก.ย. 62")
    (None, datetime.date(2019, 9, 30))
    >>> thai_period("ไตรมาส 3")
    Traceback (most recent call last):
    normalizers.Unreadable: 'ไตรมาส 3' is not surely a period: no year is printed in it
    """
    reading = _reading(text, fiscal_year_be, "a period")
    if reading is None or reading.day is None:
        return reading and (reading.first, reading.last)
    edge = _ONE_EDGE.match(text)
    is_start, is_end = bool(edge and edge["start"]), bool(edge and edge["end"])
    return None if is_end else reading.first, None if is_start else reading.last


def period_start(text: str, *, fiscal_year_be: int | None = None) -> date | None:
    """Read the first day of a period.

    >>> period_start("ตุลาคม ๒๕๖๘ - กันยายน ๒๕๖๙"), period_start("-")
    (datetime.date(2025, 10, 1), None)
    """
    period = thai_period(text, fiscal_year_be=fiscal_year_be)
    return period[0] if period else None


def period_end(text: str, *, fiscal_year_be: int | None = None) -> date | None:
    """Read the last day of a period.

    >>> period_end("ตุลาคม ๒๕๖๘ - กันยายน ๒๕๖๙"), period_end("-")
    (datetime.date(2026, 9, 30), None)
    """
    period = thai_period(text, fiscal_year_be=fiscal_year_be)
    return period[1] if period else None


@cache
def _fiscal_year() -> re.Pattern[str]:
    from normalizers.date_tokens import FISCAL

    return re.compile(
        f"[ (]*+(?:ประจา ?)?+(?:{FISCAL}|ปี)?+[ :]*+(?:พ ?[.]? ?ศ ?[.]?|B[.]?E[.]?|{_ERA})?+[ :…]*+"
        "(2 ?[4-7] ?[0-9] ?[0-9])[ .)]*+"
    )


_AS_OF = re.compile(r" ?\([^()0-9]{0,30}วันที่[^()]{1,40}\) ?\Z")
"""The day of the figures in brackets behind a year."""


@lru_cache(maxsize=256)
def fiscal_year(text: str) -> int | None:
    """Read a Buddhist year that stands alone or after ปีงบประมาณ and พ.ศ.; None where the cell is blank, a dash or dots.

    >>> fiscal_year("พ.ศ. ๒๕69"), fiscal_year("ปีงบประมาณ พ.ศ. 256 3"), fiscal_year("-")
    (2569, 2563, None)
    >>> fiscal_year("2566 (ข้อมูล ณ วันที่ 31 สิงหาคม 2566)")
    2566
    >>> fiscal_year("2018")
    Traceback (most recent call last):
    normalizers.Unreadable: '2018' is not surely a fiscal year: it is no Buddhist year
    """
    from normalizers.date_tokens import clean

    shown = _AS_OF.sub("", clean(text))
    if not shown.strip("-.… "):
        return None
    match = _fiscal_year().fullmatch(shown)
    year = int(match[1].replace(" ", "")) if match else 0
    if year not in FISCAL_YEARS:
        why = "a report on it cannot be" if year in BUDDHIST else "it is no Buddhist year"
        raise _unreadable(text, "a fiscal year", DoubtError(why))
    return year


_WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
_ENGLISH = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_WEEK = "อาทิตย์"


@cache
def _after_weekday() -> re.Pattern[str]:
    return re.compile(f"[ \t]{{0,3}}+(?:(?:วัน)?ที่)?[\\s(,]{{0,8}}+({DATE_PATTERN})")


def noticed_weekdays(text: str) -> tuple[Observation, ...]:
    """Notice weekdays that the full date right after them did not have.

    The date is believed; where it cannot be read nothing is said. A line may end between the two. อาทิตย์ is Sunday only
    after วัน, else it may be a week.

    >>> [text for _, text in noticed_weekdays("วันที่พุธที่ 17 มีนาคม 2563 และวันอังคารที่ 17 มีนาคม 2563")]
    ["'พุธที่ 17 มีนาคม 2563': 2020-03-17 was a Tuesday, not a Wednesday"]
    """
    if not any(name in text for name in _WEEKDAYS):  # sooner known than by the pattern
        return ()
    found: list[Observation] = []
    for name in _WEEKDAY.finditer(text):
        match = _after_weekday().match(text, name.end())
        if match and (name[0] != _WEEK or text.endswith("วัน", 0, name.start())):
            shown = text[name.start() : match.end()]
            found += _contradiction(shown, _WEEKDAYS.index(name[0]), match[1])
    return tuple(found)


def _contradiction(shown: str, weekday: int, printed: str) -> list[Observation]:
    try:
        day = thai_date(printed)
    except Unreadable:
        return []
    if day is None or day.weekday() == weekday:
        return []
    told = f"{shown!r}: {day} was a {_ENGLISH[day.weekday()]}, not a {_ENGLISH[weekday]}"
    return [Observation("weekday_contradicts_date", told)]


BEFORE_DATE = r"[\s:：;.,*_|\\(\-]*+"
"""What may stand before the date that leads a text."""
_FIGURED_DATE = re.compile(
    rf"{BEFORE_DATE}((?=[^:：\t|]{{4,30}}[:：])(?=(?:[^:：\t|0-9๐-๙]{{0,12}}{DIGIT}){{3}})[^:：\t|]{{4,30}})"
)
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_WORDED_DATE = re.compile(
    rf"{BEFORE_DATE}([0-9๐-๙OlI]{{1,2}}\s*+[ก-{_LAST}.]{{2,12}}(?:\s[ก-{_LAST}.]{{1,10}}){{0,2}}\s*+{DIGIT}{{2,4}})"
    rf"(?!{DIGIT})(?=\s|[:：;]|$)"
)
_DATE_SIGNS = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙/-. ")


def loose_date(text: str) -> re.Match[str] | None:
    """Find what has the shape of a date where a text should begin with one, however damaged; group 1 is the date.

    >>> [found and found[1] for found in map(loose_date, ("29/1l/2560 : ปลูกแล้ว", "29 ธนวาคม 2560", "ปลูกแล้ว 3 ต้น"))]
    ['29/1l/2560 ', '29 ธนวาคม 2560', None]
    """
    match = _WORDED_DATE.match(text)
    if match is None and (match := _FIGURED_DATE.match(text)):
        match = match if sum(sign in _DATE_SIGNS for sign in match[1]) >= 0.7 * len(match[1]) else None
    return match
