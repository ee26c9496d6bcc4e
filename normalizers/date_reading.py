"""The one day or period that a text surely says, or the reason why there is none.

The grammar of printed days and periods is a set of patterns over the kinds of the text's tokens.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from normalizers.calendar_be import (
    BUDDHIST,
    GREGORIAN,
    LEFT_OPEN,
    DatedPeriod,
    DaySpan,
    DoubtError,
    buddhist,
    day_of,
    fiscal_months,
    fiscal_year_span,
    month_span,
    year_of_month,
    year_span,
)
from normalizers.date_tokens import Token, Tokens, clean, repair, stretches, tokens


class Point(NamedTuple):
    """Something of the calendar that is printed in one piece; what is not printed is None.

    `d` a day · `i` a day without a year · `m` a month · `j` a month without a year · `y` a year · `F` a fiscal year
    · `B` one without its year · `Q` quarters, `P` months of a fiscal year, from `month` to `last`. `is_completed`
    where the year of the first end of a range stands for the second.
    """

    kind: str
    year: int | None = None
    month: int = 0
    day: int = 0
    last: int = 0
    is_english: bool = False
    is_completed: bool = False


class Range(NamedTuple):
    """From one point to another; no second point where the end is open."""

    first: Point
    last: Point | None
    kind: str = "R"


_DatePart = Token | Point | Range


def _points(row: Tokens) -> list[_DatePart]:
    """Find what the tokens say of the calendar; tokens that say nothing stay between.

    >>> [(part.kind, part[1:4]) for part in _points(tokens("5 - 6 ต.ค. 65"))]
    [('1', ('5', (5,))), ('-', ('-', ())), ('d', (65, 10, 6))]
    """
    parts: list[_DatePart] = []
    for match, found in stretches(row, _POINT):
        parts += [_READERS[match.lastgroup or ""](found)] if match else found
    return parts


def _year(row: Tokens) -> int | None:
    """Give the year of a slice; two years must be the same in two eras, and an era must not contradict its year."""
    years = [token for token in row if token.kind == "y"]
    if len({buddhist(token.value) for token in years}) > 1:
        raise DoubtError("two different years stand in it")
    year = years[0] if years else row[-1] if row[-1].kind == "2" else None
    if year is None:
        return None
    eras = {token.value for token in row[: list(row).index(year)] if token.kind == "e"}
    is_named = any(token.kind in "mge" for token in row)
    if year.kind == "2" and (0 in eras or (is_named and year.value == LEFT_OPEN)):
        raise DoubtError("its year is not complete")
    if (0 in eras and year.value in BUDDHIST) or (1 in eras and year.value in GREGORIAN):
        raise DoubtError("its year is not of the era that stands beside it")
    return year.value


def _only(row: Tokens, kinds: str) -> Token:
    return next(token for token in row if token.kind in kinds)


def _day(row: Tokens) -> Point:
    return _month(row)._replace(kind="d", day=_only(row, "12").value)


def _figures(row: Tokens) -> Point:
    year, month, day = row[0].values
    return Point("d", year, month, day)


def _month(row: Tokens) -> Point:
    month = _only(row, "mg")
    return Point("m", _year(row), month.value, is_english=month.kind == "g")


def _numbered_month(row: Tokens) -> Point:
    if row[1].kind != "f":
        return Point("m", _year(row), row[1].value)
    month, year = row[1].values
    if year not in BUDDHIST and year not in GREGORIAN:
        raise DoubtError("its year is not complete")
    return Point("m", year, month)


def _bare_month(row: Tokens) -> Point:
    month = _only(row, "mg").value
    return Point("i", None, month, row[0].value) if row[0].kind in "12" else Point("j", None, month)


def _quarter(row: Tokens) -> Point:
    """Read quarters of a fiscal year; beside a Gregorian year they may as well be the calendar's, and are refused."""
    first, last, printed = row[0].values
    year = _year(row[1:]) if len(row) > 1 else None
    if printed >= 0:
        if year is not None and buddhist(year) != buddhist(printed):
            raise DoubtError("two different years stand in it")
        year = printed
    if year in GREGORIAN and not any(token.kind == "F" for token in row):
        raise DoubtError("a quarter of a Gregorian year may be of the calendar or of the fiscal year")
    if year is not None and 100 <= year < BUDDHIST[0] and year not in GREGORIAN:
        raise DoubtError("its year is not complete")
    return Point("Q", year, first * 3 - 2, last=last * 3)


_ERA = "[ep]*"
_SAME_YEAR = r"(?:\(?[ep]+y\)?|\(y\))?"
_YEAR = f"(?:y{_SAME_YEAR}|2)"
_PRODUCTIONS: tuple[tuple[str, str, Callable[[Tokens], Point]], ...] = (
    ("day", f"[12](?:-[mg]-|s[mg]s|l?[mg],?){_ERA}{_YEAR}", _day),
    ("american", "g[12],?y", _day),
    ("numbered_day", "[12]l[12][ep]+y", lambda row: Point("d", _year(row), row[2].value, row[0].value)),
    ("figures", "D", _figures),
    ("month", f"l?[mg](?:,?{_ERA}{_YEAR}|-(?:y|2(?!l?[mg])))", _month),
    ("numbered_month", "l(?:f|[12][ep]+y)", _numbered_month),
    ("year_and_month", f"[ep]+yl?[mg](?!-?,?{_ERA}[y2])", _month),
    ("fiscal", f"F{_ERA}{_YEAR}", lambda row: Point("F", _year(row))),
    ("no_year", "F", lambda _: Point("B")),
    ("quarter", f"Q(?:k*F{_ERA}[y2]|k*{_ERA}y|k*p2)?", _quarter),
    ("part", "P", lambda row: Point("P", None, row[0].value, last=row[0].values[1])),
    ("bare", "[12]?l?[mg]", _bare_month),
    ("year", f"[ep]+2|{_ERA}y{_SAME_YEAR}", lambda row: Point("y", _year(row))),
)
_POINT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _PRODUCTIONS))
_READERS = {name: read for name, _, read in _PRODUCTIONS}


def _ranges(parts: Sequence[_DatePart]) -> list[_DatePart]:
    """Join two points with a dash or ถึง between them; what one of them leaves out it takes from the other.

    >>> [(part.kind, part.first.day, part.last.day) for part in _ranges(_points(tokens("5 - 6 ต.ค. 65")))]
    [('R', 5, 6)]
    """
    joined: list[_DatePart] = []
    for match, found in stretches(parts, _RANGE):
        joined += [_range(found[0], found[-1])] if match else found
    return joined


_RANGE = re.compile(
    "[12f][-t][wlk]*[di]|[dimj][-t][wlkp]*[dimjN]|y[-t][kp]*[yN2]|F[-t]k*[FyN2]|Q[-t]k*Q",
)


def _range(first: _DatePart, last: _DatePart) -> Range:
    if isinstance(last, Token):
        if last.kind == "N" and isinstance(first, Point):
            return Range(first, None)
        last = _second_year(first, last)
    if isinstance(first, Token) and isinstance(last, Point):
        # 1/10 - 31/12/2566, or 2 - 8 พ.ย. 2566
        day, month = first.values if first.kind == "f" else (first.value, last.month)
        first = last._replace(day=day, month=month)
    if not isinstance(first, Point) or not isinstance(last, Point):
        raise DoubtError("it is no range that we know")
    if first.kind == "F" and last.kind == "y":
        last = last._replace(kind="F")
    if last.year is None:
        last = _with_year(last, first.year)._replace(is_completed=True)
    return Range(_with_year(first, last.year), last)


def _with_year(point: Point, year: int | None) -> Point:
    if point.year is not None or year is None:
        return point
    return point._replace(year=year, kind={"i": "d", "j": "m"}.get(point.kind, point.kind))


def _second_year(first: _DatePart, last: Token) -> Point:
    """Complete the second year of 2566 - 70 by the century of the first."""
    if not isinstance(first, Point) or first.year is None or first.year < 100:
        return Point(first.kind, last.value)
    if first.year in GREGORIAN:
        raise DoubtError("its second figure may be a year or a month")
    return Point(first.kind, first.year // 100 * 100 + last.value)


LONGEST = 1000
_LONG_AGO = 50

# Patterns over a row of kinds, as Token and Point name them; R is a range. What they find no date can be sure beside.
_FAULTS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        ("[12xfydimjR][,c][wlk]*[12xfdimjR]", "it has several dates, or a list of days"),
        ("[12xfy]l?[dR]|[12]w+[dR]|lW?[dR]", "a number stands right before the day"),
        (r"[12f][-.,s()|clW]++[dmR]|x[-.,s()|c]++[dmR]", "a number before the date is not understood"),
        (r"[12xfL][^-tdmRy]*+[-t][^dmRy]*+[dmR]|W[.,s()|]*+[-t][wlk]*[mj]", "the beginning is not understood"),
        (r"[dR]\(?y", "a second year stands behind the date"),
        ("[12xfydimjFQR][-t][wlkep]*[12xfydimjFQR]|[-t]k*Q", "the two ends do not make a range"),
        (
            r"[imjyFQ][.,s()|]*[-t]|R[-t]|dt|d-.|dN|d[^-tdmR]*+[-t][^dmRN12xfyij]*+[N12xfyij]",
            "the end is not understood",
        ),
    )
)


@lru_cache(maxsize=1024)
def read(text: str, fiscal_year_be: int | None) -> DatedPeriod | None:
    """Read a day or period; None where nothing is printed. `DoubtError` says why there is none that is sure.

    >>> read("๑๕ ม.ค. ๖๑", None).day, read(" - ", None)
    (datetime.date(2018, 1, 15), None)
    """
    if len(text) > LONGEST:
        raise DoubtError("it is too long for a date")
    shown = clean(text)
    if not shown.strip("-.… "):
        return None
    row = repair(tokens(shown))
    parts = _ranges(_points(row))
    kinds = "".join(part.kind for part in parts)
    for fault, reason in _FAULTS:
        if fault.search(kinds):
            raise DoubtError(reason)
    _check_lost_figure(parts, kinds)
    return _interpret(_Parsed(parts, kinds, fiscal_year_be, any(token.kind in "ep" for token in row)))


_WORD_BEFORE = re.compile("W(?=-?[dmijR])")
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_MAY_BE_A_FIGURE = re.compile("(?:^|[^A-Za-z])[A-Za-z]{1,2}$|[^A-Za-zก-" + _LAST + "]$|(?:^| )[ก-ฮฯๆ]{1,2}$")


def _check_lost_figure(parts: Sequence[_DatePart], kinds: str) -> None:
    """Refuse a date right behind a stray letter or sign, which may be a misread figure of it ("l มกราคม 2566")."""
    for match in _WORD_BEFORE.finditer(kinds):
        word = parts[match.start()]
        if isinstance(word, Token) and _MAY_BE_A_FIGURE.search(word.text):
            raise DoubtError("a stray letter or sign stands before the date")


class _Parsed(NamedTuple):
    """All that a text says: its parts, their kinds, the document's fiscal year, and whether ปี or พ.ศ. stands in it."""

    parts: Sequence[_DatePart]
    kinds: str
    context: int | None
    has_marked_years: bool

    def of(self, kinds: str) -> list[Point | Range]:
        """The points of these kinds, and the ranges that begin with one."""
        printed = [part for part in self.parts if not isinstance(part, Token)]
        return [part for part in printed if _ends(part)[0].kind in kinds]

    def refuse(self, kinds: str, reason: str) -> None:
        """Raise the doubt where a token or point of these kinds is left over."""
        if not set(kinds).isdisjoint(self.kinds):
            raise DoubtError(reason)

    def fiscal_years(self) -> set[int]:
        """The Buddhist fiscal years that it names one by one."""
        fiscal_years = (part for part in self.parts if isinstance(part, Point) and part.kind == "F")
        return {buddhist(point.year) for point in fiscal_years if point.year is not None}


def _ends(part: Point | Range) -> tuple[Point, ...]:
    if isinstance(part, Point):
        return (part,)
    return (part.first, part.last) if part.last else (part.first,)


_MAY_BE_MORE = re.compile("l|W(?:คม|.*(?:าคม|ายน|ภาพันธ์?|าค|หลัง|แรก))$|W.*(?:รึ่ง|ครึ)")


def _interpret(parsed: _Parsed) -> DatedPeriod:
    if dated := parsed.of("dimj"):
        return _dated(parsed, dated)
    if any(isinstance(part, Token) and _MAY_BE_MORE.match(part.kind + part.text) for part in parsed.parts):
        raise DoubtError("there may be a misread month or half of a year in it")
    if parsed.of("QP"):
        return _of_fiscal_year(parsed)
    if years := parsed.of("F"):
        parsed.refuse("12xfVyL", "a number beside the fiscal year is not understood")
        if any(isinstance(part, Token) and part.kind == "U" and "ป" not in part.text for part in parsed.parts):
            raise DoubtError("a number of months stands beside the fiscal year")
        return _opened(parsed, _one(parsed, years))
    if years := parsed.of("y"):
        _check_words_around_years(parsed, years)
        return _opened(parsed, _one(parsed, years))
    raise DoubtError("no day and no period is printed in it")


def _check_words_around_years(parsed: _Parsed, years: Sequence[Point | Range]) -> None:
    """Refuse several years, and a year among other words: it may be a law's. A bracketed span says enough."""
    if len(years) > 1:
        raise DoubtError("it has several years")
    is_titled = "(R" in parsed.kinds and parsed.has_marked_years and "p" not in parsed.kinds  # (พ.ศ. 2566 - 2570)
    known = "yRek()<oU." + ("WL" if is_titled else "p")
    if set(parsed.kinds) - set(known):
        raise DoubtError("a year is not a day, and the words around it are not those of a period")


def _dated(parsed: _Parsed, dated: Sequence[Point | Range]) -> DatedPeriod:
    """Read days, months and ranges; a fiscal year beside them gives the year that they lack, and must hold them."""
    ends = [end for part in dated for end in _ends(part)]
    is_exact = all(end.kind == "d" and not end.is_completed for end in ends)
    if not is_exact:
        parsed.refuse("12xfyV", "a number beside the month is not understood")
    years = parsed.fiscal_years()
    if len(years) == 1:
        (fiscal_year_be,) = years
        dated = [_completed(part, lambda point: _in_fiscal_year(point, fiscal_year_be)) for part in dated]
    reading = _one(parsed, dated)
    if reading.day is None:
        _check_frame(parsed, reading, years)
    return _opened(parsed, reading)


def _completed(part: Point | Range, complete: Callable[[Point], Point]) -> Point | Range:
    if isinstance(part, Point):
        return complete(part)
    return Range(complete(part.first), part.last and complete(part.last))


def _in_fiscal_year(point: Point, year_be: int) -> Point:
    return _with_year(point, year_of_month(year_be, point.month)) if point.kind in "ij" else point


def _check_frame(parsed: _Parsed, reading: DatedPeriod, years: set[int]) -> None:
    """Refuse a period outside the one fiscal year, or the quarters, that stand beside it."""
    ends = [end for end in (reading.first, reading.last) if end]
    for frame in [fiscal_year_span(year) for year in years]:
        if not all(frame[0] <= end <= frame[1] for end in ends):
            raise DoubtError("the period is not within the fiscal year beside it")
    for quarter in parsed.of("Q"):
        first, last = _ends(quarter)[0].month, _ends(quarter)[-1].last
        if not all(first <= (end.month + 2) % 12 + 1 <= last for end in ends):
            raise DoubtError("the period is not within the quarter beside it")


def _of_fiscal_year(parsed: _Parsed) -> DatedPeriod:
    """Read quarters and other months of a fiscal year; a quarter may stand beside a bare year, which is then fiscal."""
    parsed.refuse("12xfVU", "a number beside the quarter is not understood")
    years = parsed.fiscal_years()
    others = {buddhist(point.year) for point in parsed.of("y") if isinstance(point, Point) and point.year is not None}
    if not parsed.of("P"):
        years |= others
    elif others:
        raise DoubtError("a part of a year that may be of the calendar or fiscal")
    pieces = parsed.of("QP")
    if len(years) == 1:
        (year,) = years
        if any(end.year is not None and buddhist(end.year) != year for piece in pieces for end in _ends(piece)):
            raise DoubtError("two different years stand in it")
        pieces = [_completed(piece, lambda point: _with_year(point, year)) for piece in pieces]
    return _one(parsed, pieces)


def _one(parsed: _Parsed, parts: Sequence[Point | Range]) -> DatedPeriod:
    """Give the one reading of parts that may repeat each other."""
    readings = {_resolved(part, parsed.context) for part in parts}
    if len(readings) > 1:
        raise DoubtError("it has several dates or periods")
    return readings.pop()


def _resolved(part: Point | Range, context: int | None) -> DatedPeriod:
    spans = [_span(end, context) for end in _ends(part)]
    first, last = spans[0][0], spans[-1][1]
    if isinstance(part, Point):
        return DatedPeriod(first, last, first if part.kind == "d" else None)
    if part.last is None:
        return DatedPeriod(first, None)
    if first > last:
        raise DoubtError("it ends before it begins")
    return DatedPeriod(first, last)


def _span(point: Point, context: int | None) -> DaySpan:
    year = point.year
    if year is None:
        raise DoubtError("no year is printed in it")
    if point.is_english and year < _LONG_AGO and context is None:
        raise DoubtError("the two figures of its year may be Buddhist or Gregorian")
    if point.kind == "d":
        return (day_of(year, point.month, point.day, fiscal_year_be=context),) * 2
    if point.kind == "m":
        return month_span(year, point.month, fiscal_year_be=context)
    if point.kind == "F":
        return fiscal_year_span(buddhist(year))
    if point.kind in "QP":
        return fiscal_months(buddhist(year), point.month, point.last)
    return year_span(year)


_UNTIL = re.compile("^[^dmyFR]*t[wlke]*[dmyF]")


def _opened(parsed: _Parsed, reading: DatedPeriod) -> DatedPeriod:
    """Leave an end open where a single point stands after ตั้งแต่ or ถึง, or before เป็นต้นไป."""
    if "R" in parsed.kinds:
        return reading
    if _UNTIL.search(parsed.kinds):
        return reading._replace(first=None)
    return reading._replace(last=None) if set("<o") & set(parsed.kinds) else reading
