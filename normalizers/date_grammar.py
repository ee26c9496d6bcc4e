"""The grammar of printed days and periods: patterns over the kinds of tokens, and what each of them says."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from normalizers.calendar_be import BUDDHIST, GREGORIAN, DoubtError, buddhist
from normalizers.date_tokens import Token

LEFT_OPEN = 25
"""พ.ศ. 25 is a year that a form left open, not the year 2525."""


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

    kind: str
    first: Point
    last: Point | None


Part = Token | Point | Range
Slice = Sequence[Token]


def points(row: Slice) -> list[Part]:
    """Find what the tokens say of the calendar; tokens that say nothing stay between.

    >>> from normalizers.date_tokens import tokens
    >>> [(part.kind, part[1:4]) for part in points(tokens("5 - 6 ต.ค. 65"))]
    [('1', ('5', (5,))), ('-', ('-', ())), ('d', (65, 10, 6))]
    """
    kinds = "".join(token.kind for token in row)
    found: list[Part] = []
    end = 0
    for match in _POINT.finditer(kinds):
        found += row[end : match.start()]
        found.append(_READERS[match.lastgroup or ""](row[match.start() : match.end()]))
        end = match.end()
    return [*found, *row[end:]]


def _year(found: Slice) -> int | None:
    """Give the year of a slice; two years must be the same in two eras, and an era must not contradict its year."""
    years = [token for token in found if token.kind == "y"]
    if len({buddhist(token.value) for token in years}) > 1:
        raise DoubtError("two different years stand in it")
    year = years[0] if years else found[-1] if found[-1].kind == "2" else None
    if year is None:
        return None
    _check_era(found, year)
    return year.value


def _check_era(found: Slice, year: Token) -> None:
    eras = {token.value for token in found[: list(found).index(year)] if token.kind == "e"}
    is_named = any(token.kind in "mge" for token in found)
    if year.kind == "2" and (0 in eras or (is_named and year.value == LEFT_OPEN)):
        raise DoubtError("its year is not complete")
    if (0 in eras and year.value in BUDDHIST) or (1 in eras and year.value in GREGORIAN):
        raise DoubtError("its year is not of the era that stands beside it")


def _only(found: Slice, kinds: str) -> Token:
    return next(token for token in found if token.kind in kinds)


def _day(found: Slice) -> Point:
    month = _only(found, "mg")
    return Point("d", _year(found), month.value, _only(found, "12").value, is_english=month.kind == "g")


def _day_of_numbered_month(found: Slice) -> Point:
    return Point("d", _year(found), found[2].value, found[0].value)


def _figures(found: Slice) -> Point:
    year, month, day = found[0].values
    return Point("d", year, month, day)


def _month(found: Slice) -> Point:
    month = _only(found, "mg")
    return Point("m", _year(found), month.value, is_english=month.kind == "g")


def _numbered_month(found: Slice) -> Point:
    if found[1].kind != "f":
        return Point("m", _year(found), found[1].value)
    month, year = found[1].values
    if year not in BUDDHIST and year not in GREGORIAN:
        raise DoubtError("its year is not complete")
    return Point("m", year, month)


def _bare_month(found: Slice) -> Point:
    month = _only(found, "mg").value
    return Point("i", None, month, found[0].value) if found[0].kind in "12" else Point("j", None, month)


def _calendar_year(found: Slice) -> Point:
    return Point("y", _year(found))


def _fiscal_year(found: Slice) -> Point:
    return Point("F", _year(found))


def _quarter(found: Slice) -> Point:
    """Read quarters of a fiscal year; beside a Gregorian year they may as well be the calendar's, and are refused."""
    first, last, printed = found[0].values
    year = _year(found[1:]) if len(found) > 1 else None
    if printed >= 0:
        if year is not None and buddhist(year) != buddhist(printed):
            raise DoubtError("two different years stand in it")
        year = printed
    if year in GREGORIAN and not any(token.kind == "F" for token in found):
        raise DoubtError("a quarter of a Gregorian year may be of the calendar or of the fiscal year")
    if year is not None and 100 <= year < BUDDHIST[0] and year not in GREGORIAN:
        raise DoubtError("its year is not complete")
    return Point("Q", year, first * 3 - 2, last=last * 3)


def _part(found: Slice) -> Point:
    first, last = found[0].values
    return Point("P", None, first, last=last)


_ERA = "[ep]*"
_SAME_YEAR = r"(?:\(?[ep]+y\)?|\(y\))?"
_YEAR = f"(?:y{_SAME_YEAR}|2)"
_PRODUCTIONS: tuple[tuple[str, str, Callable[[Slice], Point]], ...] = (
    ("day", f"[12](?:-[mg]-|s[mg]s|l?[mg],?){_ERA}{_YEAR}", _day),
    ("american", "g[12],?y", _day),
    ("numbered_day", "[12]l[12][ep]+y", _day_of_numbered_month),
    ("figures", "D", _figures),
    ("month", f"l?[mg](?:,?{_ERA}{_YEAR}|-(?:y|2(?!l?[mg])))", _month),
    ("numbered_month", "l(?:f|[12][ep]+y)", _numbered_month),
    ("year_and_month", f"[ep]+yl?[mg](?!-?,?{_ERA}[y2])", _month),
    ("fiscal", f"F{_ERA}{_YEAR}", _fiscal_year),
    ("no_year", "F", lambda _: Point("B")),
    ("quarter", f"Q(?:k*F{_ERA}[y2]|k*{_ERA}y|k*p2)?", _quarter),
    ("part", "P", _part),
    ("bare", "[12]?l?[mg]", _bare_month),
    ("year", f"[ep]+2|{_ERA}y{_SAME_YEAR}", _calendar_year),
)
_POINT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _PRODUCTIONS))
_READERS = {name: read for name, _, read in _PRODUCTIONS}


def ranges(parts: Sequence[Part]) -> list[Part]:
    """Join two points with a dash or ถึง between them; what one of them leaves out it takes from the other.

    >>> from normalizers.date_tokens import tokens
    >>> [(part.kind, part.first.day, part.last.day) for part in ranges(points(tokens("5 - 6 ต.ค. 65")))]
    [('R', 5, 6)]
    """
    kinds = "".join(part.kind for part in parts)
    found: list[Part] = []
    end = 0
    for match in _RANGE.finditer(kinds):
        found += parts[end : match.start()]
        found.append(_range(parts[match.start()], parts[match.end() - 1]))
        end = match.end()
    return [*found, *parts[end:]]


_RANGE = re.compile(
    "[12f][-t][wlk]*[di]|[dimj][-t][wlkp]*[dimjN]|y[-t][kp]*[yN2]|F[-t]k*[FyN2]|Q[-t]k*Q",
)


def _range(first: Part, last: Part) -> Range:
    if isinstance(last, Token):
        if last.kind == "N" and isinstance(first, Point):
            return Range("R", first, None)
        last = _second_year(first, last)
    if isinstance(first, Token) and isinstance(last, Point):
        first = _first_day(first, last)
    if not isinstance(first, Point) or not isinstance(last, Point):
        raise DoubtError("it is no range that we know")
    if first.kind == "F" and last.kind == "y":
        last = last._replace(kind="F")
    if last.year is None:
        last = _with_year(last, first.year)._replace(is_completed=True)
    return Range("R", _with_year(first, last.year), last)


def _with_year(point: Point, year: int | None) -> Point:
    if point.year is not None or year is None:
        return point
    return point._replace(year=year, kind={"i": "d", "j": "m"}.get(point.kind, point.kind))


def _second_year(first: Part, last: Token) -> Point:
    """Complete the second year of 2566 - 70 by the century of the first."""
    if not isinstance(first, Point) or first.year is None or first.year < 100:
        return Point(first.kind, last.value)
    if first.year in GREGORIAN:
        raise DoubtError("its second figure may be a year or a month")
    return Point(first.kind, first.year // 100 * 100 + last.value)


def _first_day(first: Token, last: Point) -> Point:
    """Read the first end of 2 - 8 พฤศจิกายน 2566 or 1/10 - 31/12/2566."""
    if first.kind == "f":
        day, month = first.values
        return last._replace(day=day, month=month)
    return last._replace(day=first.value)
