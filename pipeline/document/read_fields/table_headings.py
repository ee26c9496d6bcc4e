"""The headings of a printed table: which declared column each printed one is."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby, zip_longest
from typing import NamedTuple

from rapidfuzz import fuzz, process

from normalizers.look_alikes import folded
from parsers.base import Grid
from pipeline.document.likeness import wording
from pipeline.document.read_fields.cells import TableCell

SAME_HEADING = 80
"""How alike a cell must be to a column's heading; nothing else stands in the first cells of a table."""
SHORT = 3
"""A heading of so few letters must be whole, for another short word is as alike to it."""
LEAST_HEADINGS = 2
OVER = -1
"""Stands for a heading over several columns."""
HEADING_LINES = 3
"""Lines that a heading may go over where nothing parts the cells."""


class Headings(NamedTuple):
    """The declared columns by their printed place, and how many columns and cells the headings take."""

    places: dict[int, int]
    width: int
    size: int
    is_row: bool
    """Whether no other cell stands in the row that they end."""
    before: int
    """Cells before the first heading, each on a line of its own: text, or a column that the form does not know."""

    def columns(self, width: int = 0) -> list[int | None]:
        """The declared column of each printed one, None for one that the form does not know."""
        return [self.places.get(place) for place in range(width or self.width)]


def headings_at(text: str, cells: Sequence[TableCell], begin: int, grid: Grid) -> Headings | None:
    """The headings that begin with a cell, None where too few of a form's stand there."""
    kinds = _leading_headings(text, cells, begin, grid)
    if sum(map(len, kinds)) < LEAST_HEADINGS:
        return None
    rows = [
        _printed_row([cells[begin + place] for place, _ in row], [found for _, found in row])
        for _, group in groupby(enumerate(kinds), key=lambda one: cells[begin + one[0]].row)
        for row in [list(group)]
    ]
    layout = _layout(rows)
    places: dict[int, int] = {}
    for place, kind in enumerate(layout):
        if kind is not None and kind not in places.values():
            places[place] = kind
    if len(places) < LEAST_HEADINGS:
        return None
    behind = begin + len(kinds)
    is_row = behind == len(cells) or cells[behind].row != cells[behind - 1].row
    before = cells[begin].place if cells[begin].is_flat else 0
    return Headings(places, len(layout), len(kinds), is_row, before)


def _printed_row(cells: Sequence[TableCell], kinds: Sequence[tuple[int, ...]]) -> list[int | None]:
    """What each printed column of a row heads; what stands before the first cell on a line of its own may be text."""
    before = cells[0].place if cells[0].row is not None and not cells[0].is_flat else 0
    beside = () if cells[0].is_loose else (None,)
    return [*([None] * before), *(one for found in kinds for one in found or beside)]


def _layout(rows: Sequence[Sequence[int | None]]) -> Sequence[int | None]:
    """The columns in print, None for one that the form does not know: what the second row says stands under the first.

    A heading over several columns may have empty cells beside it, or stand for them all; where two do, or no place is
    known, only the form's own order tells.
    """
    first, second = rows[0], rows[1] if len(rows) > 1 else []
    known = {kind for kind in second if kind is not None and kind != OVER}
    if not known - set(first) and OVER not in first:
        return list(first)
    if _is_padded(first, second):
        longer = zip_longest(first, second)
        return [under if under is not None else None if kind == OVER else kind for kind, under in longer]
    over = [place for place, kind in enumerate(first) if kind == OVER] or [
        place for place, kind in enumerate(first) if kind is None
    ]
    said = [place for place, kind in enumerate(second) if kind is not None]
    if len(over) == 1 and said:
        return [*first[: over[0]], *second[said[0] : said[-1] + 1], *first[over[0] + 1 :]]
    return sorted({kind for row in rows for kind in row if kind is not None and kind != OVER})


def _is_padded(first: Sequence[int | None], second: Sequence[int | None]) -> bool:
    """Whether a second row of headings stands cell by cell under the first one."""
    said = [place for place, kind in enumerate(second) if kind is not None]
    is_free = all(place < len(first) and first[place] in (None, OVER, second[place]) for place in said)
    return bool(said) and is_free


def _leading_headings(text: str, cells: Sequence[TableCell], begin: int, grid: Grid) -> list[tuple[int, ...]]:
    """What the first cells head, nothing for an empty or unknown one, up to the first that heads nothing."""
    kinds: list[tuple[int, ...]] = []
    while begin + len(kinds) < len(cells):
        here = begin + len(kinds)
        found, size = _kinds_at(text, cells, here, grid)
        if not found and cells[here].spans and not _is_unknown(text, cells, here, kinds, grid):
            break
        kinds += [found, *([()] * (size - 1))]
    row = [found for place, found in enumerate(kinds, begin) if cells[place].row == cells[begin + len(kinds) - 1].row]
    if kinds and not any(row):
        kinds = kinds[: -len(row)]
    return kinds if kinds and kinds[0] else []


def _is_unknown(text: str, cells: Sequence[TableCell], here: int, kinds: Sequence[tuple[int, ...]], grid: Grid) -> bool:
    """Whether a cell that heads nothing is a heading that the form does not know: it stands among headings."""
    cell, first = cells[here], here - len(kinds)
    if not any(found for place, found in enumerate(kinds, first) if cells[place].row == cell.row):
        return False
    is_last = here + 1 == len(cells)
    return cell.row is not None or not (cell.is_loose or is_last or not _kinds_at(text, cells, here + 1, grid)[0])


def _kinds_at(text: str, cells: Sequence[TableCell], here: int, grid: Grid) -> tuple[tuple[int, ...], int]:
    """What a cell heads, and how many cells the heading takes; a line takes those that it goes on over."""
    cell = cells[here]
    if not cell.spans:
        return (), 1
    said = [line.said(text) for line in cells[here : here + (HEADING_LINES if cell.is_loose else 1)]]
    declared = _headings_of(grid)
    scored = [(*_heading_of("\n".join(said[:size]), declared), size) for size in range(1, len(said) + 1)]
    _, found, size = max(scored, key=lambda one: (one[0], -one[2]))
    if not found and (cell.row is None or cell.is_flat):
        _, found = _heading_of(said[0], _pairs_of(grid))
        size = 1
    return (found, size) if found else ((), 1)


class _Declared(NamedTuple):
    """Headings as they are compared, and for each the places of the columns that it heads."""

    words: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]


@cache
def _headings_of(grid: Grid) -> _Declared:
    """The headings of single columns, and those over several."""
    heads = [(words, (place,)) for place, column in enumerate(grid.columns) for words in column.headings]
    heads += [(words, (OVER,)) for words in grid.over]
    return _Declared(tuple(wording(words) for words, _ in heads), tuple(places for _, places in heads))


@cache
def _pairs_of(grid: Grid) -> _Declared:
    """Two headings of neighbouring columns that ran together in one cell."""
    words, places = _headings_of(grid)
    pairs = [
        (one + other, (*first, *second))
        for one, first in zip(words, places, strict=True)
        for other, second in zip(words, places, strict=True)
        if first != second and OVER not in first + second
    ]
    return _Declared(tuple(words for words, _ in pairs), tuple(places for _, places in pairs))


@lru_cache(maxsize=2048)
def _heading_of(said: str, declared: _Declared) -> tuple[float, tuple[int, ...]]:
    """How alike a cell is to the heading that it comes closest to, and what that heads; nothing where none is alike."""
    found = process.extractOne(folded(said), declared.words, scorer=fuzz.ratio, score_cutoff=SAME_HEADING)
    if found is None or (len(found[0]) <= SHORT and folded(said) != found[0]):
        return 0.0, ()
    return found[1], declared.places[found[2]]
