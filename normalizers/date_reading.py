"""From the tokens of a text to the one day or period that it surely says, or the reason why there is none."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from normalizers.calendar_be import (
    DoubtError,
    Reading,
    Span,
    buddhist,
    day_of,
    fiscal_month,
    fiscal_months,
    fiscal_year_span,
    month_span,
    year_span,
)
from normalizers.date_grammar import Part, Point, Range, points, ranges
from normalizers.date_mending import mend
from normalizers.date_tokens import Token, clean, tokens

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
def read(text: str, fiscal_year_be: int | None) -> Reading | None:
    """Read a day or period; None where nothing is printed. `DoubtError` says why there is none that is sure.

    >>> read("๑๕ ม.ค. ๖๑", None).day, read(" - ", None)
    (datetime.date(2018, 1, 15), None)
    """
    if len(text) > LONGEST:
        raise DoubtError("it is too long for a date")
    shown = clean(text)
    if not shown.strip("-.… "):
        return None
    row = mend(tokens(shown))
    parts = ranges(points(row))
    kinds = "".join(part.kind for part in parts)
    for fault, reason in _FAULTS:
        if fault.search(kinds):
            raise DoubtError(reason)
    _check_lost_figure(parts, kinds)
    return _interpret(_Said(parts, kinds, fiscal_year_be, any(token.kind in "ep" for token in row)))


_WORD_BEFORE = re.compile("W(?=-?[dmijR])")
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_MAY_BE_A_FIGURE = re.compile("(?:^|[^A-Za-z])[A-Za-z]{1,2}$|[^A-Za-zก-" + _LAST + "]$|(?:^| )[ก-ฮฯๆ]{1,2}$")


def _check_lost_figure(parts: Sequence[Part], kinds: str) -> None:
    """Refuse a date right behind a stray letter or sign, which may be a misread figure of it ("l มกราคม 2566")."""
    for match in _WORD_BEFORE.finditer(kinds):
        word = parts[match.start()]
        if isinstance(word, Token) and _MAY_BE_A_FIGURE.search(word.text):
            raise DoubtError("a stray letter or sign stands before the date")


class _Said(NamedTuple):
    """All that a text says: its parts, their kinds, the document's fiscal year, and whether ปี or พ.ศ. stands in it."""

    parts: Sequence[Part]
    kinds: str
    context: int | None
    has_marked_years: bool

    def of(self, kinds: str) -> list[Point | Range]:
        """The points of these kinds, and the ranges that begin with one."""
        found = [part for part in self.parts if not isinstance(part, Token)]
        return [part for part in found if _ends(part)[0].kind in kinds]

    def refuse(self, kinds: str, reason: str) -> None:
        """Raise the doubt where a token or point of these kinds is left over."""
        if not set(kinds).isdisjoint(self.kinds):
            raise DoubtError(reason)

    def fiscal_years(self) -> set[int]:
        """The Buddhist fiscal years that it names one by one."""
        points_of_it = (part for part in self.parts if isinstance(part, Point) and part.kind == "F")
        return {buddhist(point.year) for point in points_of_it if point.year is not None}


def _ends(part: Point | Range) -> tuple[Point, ...]:
    if isinstance(part, Point):
        return (part,)
    return (part.first, part.last) if part.last else (part.first,)


_MAY_BE_MORE = re.compile("l|W(?:คม|.*(?:าคม|ายน|ภาพันธ์?|าค|หลัง|แรก))$|W.*(?:รึ่ง|ครึ)")


def _interpret(said: _Said) -> Reading:
    if dated := said.of("dimj"):
        return _dated(said, dated)
    if any(isinstance(part, Token) and _MAY_BE_MORE.match(part.kind + part.text) for part in said.parts):
        raise DoubtError("there may be a misread month or half of a year in it")
    if said.of("QP"):
        return _of_fiscal_year(said)
    if years := said.of("F"):
        said.refuse("12xfVyL", "a number beside the fiscal year is not understood")
        if any(isinstance(part, Token) and part.kind == "U" and "ป" not in part.text for part in said.parts):
            raise DoubtError("a number of months stands beside the fiscal year")
        return _opened(said, _one(said, years))
    if years := said.of("y"):
        _check_words_around_years(said, years)
        return _opened(said, _one(said, years))
    raise DoubtError("no day and no period is printed in it")


def _check_words_around_years(said: _Said, years: Sequence[Point | Range]) -> None:
    """Refuse several years, and a year among other words: it may be a law's. A bracketed span says enough."""
    if len(years) > 1:
        raise DoubtError("it has several years")
    is_titled = "(R" in said.kinds and said.has_marked_years and "p" not in said.kinds  # a plan (พ.ศ. 2566 - 2570)
    known = "yRek()<oU." + ("WL" if is_titled else "p")
    if set(said.kinds) - set(known):
        raise DoubtError("a year is not a day, and the words around it are not those of a period")


def _dated(said: _Said, dated: Sequence[Point | Range]) -> Reading:
    """Read days, months and ranges; a fiscal year beside them gives the year that they lack, and must hold them."""
    ends = [end for part in dated for end in _ends(part)]
    is_exact = all(end.kind == "d" and not end.is_completed for end in ends)
    if not is_exact:
        said.refuse("12xfyV", "a number beside the month is not understood")
    years = said.fiscal_years()
    if len(years) == 1:
        dated = [_filled(part, *years) for part in dated]
    reading = _one(said, dated)
    if reading.day is None:
        _check_frame(said, reading, years)
    return _opened(said, reading)


def _filled(part: Point | Range, fiscal_year_be: int) -> Point | Range:
    if isinstance(part, Range):
        last = part.last and _filled_point(part.last, fiscal_year_be)
        return Range(part.kind, _filled_point(part.first, fiscal_year_be), last)
    return _filled_point(part, fiscal_year_be)


def _filled_point(point: Point, fiscal_year_be: int) -> Point:
    if point.kind not in "ij":
        return point
    return point._replace(kind="d" if point.kind == "i" else "m", year=fiscal_month(fiscal_year_be, point.month)[0])


def _check_frame(said: _Said, reading: Reading, years: set[int]) -> None:
    """Refuse a period outside the one fiscal year, or the quarters, that stand beside it."""
    ends = [end for end in (reading.first, reading.last) if end]
    for frame in [fiscal_year_span(year) for year in years]:
        if not all(frame[0] <= end <= frame[1] for end in ends):
            raise DoubtError("the period is not within the fiscal year beside it")
    for quarter in said.of("Q"):
        first, last = _ends(quarter)[0].month, _ends(quarter)[-1].last
        if not all(first <= (end.month + 2) % 12 + 1 <= last for end in ends):
            raise DoubtError("the period is not within the quarter beside it")


def _of_fiscal_year(said: _Said) -> Reading:
    """Read quarters and other months of a fiscal year; a quarter may stand beside a bare year, which is then fiscal."""
    said.refuse("12xfVU", "a number beside the quarter is not understood")
    years = said.fiscal_years()
    others = {buddhist(point.year) for point in said.of("y") if isinstance(point, Point) and point.year is not None}
    if not said.of("P"):
        years |= others
    elif others:
        raise DoubtError("a part of a year that may be of the calendar or fiscal")
    pieces = said.of("QP")
    if len(years) == 1:
        (year,) = years
        pieces = [_in_year(piece, year) for piece in pieces]
    return _one(said, pieces)


def _in_year(piece: Point | Range, year: int) -> Point | Range:
    """Give quarters the fiscal year that stands beside them; if they have one of their own it must be the same."""
    if any(end.year is not None and buddhist(end.year) != year for end in _ends(piece)):
        raise DoubtError("two different years stand in it")
    if isinstance(piece, Range):
        return Range(piece.kind, piece.first._replace(year=year), piece.last and piece.last._replace(year=year))
    return piece._replace(year=year)


def _one(said: _Said, parts: Sequence[Point | Range]) -> Reading:
    """Give the one reading of parts that may repeat each other."""
    readings = {_resolved(part, said.context) for part in parts}
    if len(readings) > 1:
        raise DoubtError("it has several dates or periods")
    return readings.pop()


def _resolved(part: Point | Range, context: int | None) -> Reading:
    spans = [_span(end, context) for end in _ends(part)]
    if isinstance(part, Point):
        return Reading(*spans[0], day=spans[0][0] if part.kind == "d" else None)
    if part.last is None:
        return Reading(spans[0][0], None)
    first, last = spans[0][0], spans[1][1]
    if first > last:
        raise DoubtError("it ends before it begins")
    return Reading(first, last)


def _span(point: Point, context: int | None) -> Span:
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


def _opened(said: _Said, reading: Reading) -> Reading:
    """Leave an end open where a single point stands after ตั้งแต่ or ถึง, or before เป็นต้นไป."""
    if "R" in said.kinds:
        return reading
    if _UNTIL.search(said.kinds):
        return reading._replace(first=None)
    return reading._replace(last=None) if set("<o") & set(said.kinds) else reading
