"""Printed tables: their cells, whether they stand in Markdown, between tabs, or one a line behind a tab.

A word processor that loses a table leaves one cell a line, each behind a tab, its empty cells as lines of a tab alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz import fuzz

from normalizers.look_alikes import folded
from parsers.base import Grid
from pipeline.likeness import wording
from pipeline.model import Span

SAME_HEADING = 80
"""How alike a cell must be to a column's heading; nothing else stands in the first cells of a table."""
LEAST_HEADINGS = 2

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_FRAME = re.compile(r"[\s|:+=_-]*+")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with the lines that it takes; `row` counts printed rows, None where one cell stands on a line."""

    spans: tuple[Span, ...]
    row: int | None
    place: int = 0

    def said(self, text: str) -> str:
        """What the cell says, its lines apart."""
        return "\n".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: where it begins, and for each row its cells by the place of the declared column."""

    start: int
    rows: tuple[dict[int, TableCell], ...]


def cells_of(text: str, pieces: Sequence[Span]) -> list[TableCell]:
    """The cells of a block's lines; a line that is no row and begins no cell goes on with the cell before it."""
    cells: list[TableCell] = []
    before: int | None = None
    for row, (start, end) in enumerate(pieces):
        line_start = max(text.rfind("\n", 0, start) + 1, before or 0)
        if before is not None:
            cells += [TableCell((), None)] * _empty_cells(text[before:line_start])
        before = end
        said = text[start:end]
        if said.count("|") > 1 or said.startswith("|"):
            if not _FRAME.fullmatch(said):
                cells += _split(text, (start, end), _BAR, row)
        elif "\t" in said:
            cells += _split(text, (start, end), _TAB, row)
        elif "\t" in text[line_start:start] or not cells or cells[-1].row is not None:
            cells.append(TableCell(((start, end),), None))
        else:
            last = cells[-1]
            cells[-1] = TableCell((*last.spans, (start, end)), None)
    return cells


def _empty_cells(gap: str) -> int:
    """How many lines of a gap hold a tab and nothing else."""
    return sum("\t" in line and not line.strip() for line in gap.split("\n")[1:])


def _split(text: str, span: Span, separator: re.Pattern[str], row: int) -> Iterator[TableCell]:
    start, end = span
    edges = [start, *(edge for match in separator.finditer(text, start, end) for edge in match.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    if text[start] == "|":
        parts = parts[1:]
    if text[end - 1] == "|":
        parts = parts[:-1]
    for place, (a, b) in enumerate(parts):
        said = text[a:b]
        left = a + len(said) - len(said.lstrip())
        yield TableCell(((left, left + len(said.strip())),) if said.strip() else (), row, place)


def find_table(text: str, pieces: Sequence[Span], grid: Grid) -> FoundTable | None:
    """The table whose headings a form declares, None where the block holds none."""
    cells = cells_of(text, pieces)
    for begin in range(len(cells)):
        headings = _headings(text, cells[begin:], grid)
        if headings is not None:
            places, size = headings
            start = min((span[0] for cell in cells[begin : begin + size] for span in cell.spans), default=0)
            return FoundTable(start, tuple(_rows(cells[begin + size :], places)))
    return None


def _headings(text: str, cells: Sequence[TableCell], grid: Grid) -> tuple[dict[int, int], int] | None:
    """The declared columns by their printed place, and how many cells the headings take."""
    kinds = _leading_headings(text, cells, grid)
    if sum(kind is not None for kind in kinds) < LEAST_HEADINGS:
        return None
    places: dict[int, int] = {}
    for cell, kind in zip(cells, kinds, strict=False):
        if kind is not None and kind >= 0 and kind not in places.values():
            places[cell.place if cell.row is not None else len(places)] = kind
    if len(places) < LEAST_HEADINGS:
        return None
    if -1 in kinds:  # a heading over several columns: theirs stand in a second row, so that only our order tells
        places = dict(enumerate(sorted(places.values())))
    return places, len(kinds)


def _leading_headings(text: str, cells: Sequence[TableCell], grid: Grid) -> list[int | None]:
    """What the first cells head, None for an empty one, up to the first that heads nothing."""
    kinds: list[int | None] = []
    for cell in cells:
        kind = _heading_of(cell.said(text), grid) if cell.spans else None
        if cell.spans and kind is None:
            break
        kinds.append(kind)
    return kinds if kinds and kinds[0] is not None else []


def _heading_of(said: str, grid: Grid) -> int | None:
    """The declared column that a cell heads, -1 for a heading over several, None where it is no heading."""
    printed = folded(said)[0]
    if not printed:
        return None
    scored = [
        (fuzz.ratio(printed, wording(words)), place)
        for place, column in enumerate(grid.columns)
        for words in column.headings
    ]
    scored += [(fuzz.ratio(printed, wording(words)), -1) for words in grid.over]
    score, place = max(scored, key=lambda one: one[0])
    return place if score >= SAME_HEADING else None


def _rows(cells: Sequence[TableCell], places: dict[int, int]) -> Iterator[dict[int, TableCell]]:
    """Rows as printed, or as many flattened cells as the table has columns."""
    printed = [cell for cell in cells if cell.row is not None]
    loose = [cell for cell in cells if cell.row is None]
    if printed:
        rows = [list(row) for _, row in groupby(printed, key=lambda cell: cell.row)]
    else:
        width = len(places)
        rows = [
            [replace(cell, place=place) for place, cell in enumerate(loose[start : start + width])]
            for start in range(0, len(loose), width)
        ]
    for row in rows:
        found = {places[cell.place]: cell for cell in row if cell.spans and cell.place in places}
        if found:
            yield found
