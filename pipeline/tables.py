"""Printed tables: their cells, whether they stand in Markdown, between tabs, or one a line behind a tab.

A word processor that loses a table leaves one cell a line, each behind a tab, its empty cells as lines of a tab alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz, process

from normalizers.look_alikes import folded
from parsers.base import Grid
from pipeline.likeness import wording
from pipeline.model import Span

SAME_HEADING = 80
"""How alike a cell must be to a column's heading; nothing else stands in the first cells of a table."""
LEAST_HEADINGS = 2
OVER = -1
"""Stands for a heading over several columns."""
HEADING_LINES = 3
"""Lines that a heading may go over where nothing parts the cells."""

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_FRAME = re.compile(r"[\s|:+=_-]*+")


class TableCell(NamedTuple):
    """A cell with the lines that it takes; `row` counts printed rows, None where one cell stands on a line."""

    spans: tuple[Span, ...]
    row: int | None
    place: int = 0
    is_loose: bool = False
    """Whether it is only a line: nothing is left that parts the cells."""
    is_outside: bool = False
    """Whether it is text behind a table: no tab stands before it, and a blank line does."""

    def said(self, text: str) -> str:
        """What the cell says, its lines apart."""
        return "\n".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: where it begins and ends, and for each row its cells by the place of the declared column."""

    start: int
    end: int
    rows: tuple[dict[int, TableCell], ...]


def cells_of(text: str, pieces: Sequence[Span]) -> list[TableCell]:
    """The cells of a block's lines; a line that is no row and begins no cell goes on with the cell before it."""
    if not any(_shows_cell(text, piece) for piece in pieces):
        return [TableCell((piece,), None, is_loose=True) for piece in pieces]
    cells: list[TableCell] = []
    before: int | None = None
    for row, (start, end) in enumerate(pieces):
        line_start = max(text.rfind("\n", 0, start) + 1, before or 0)
        if before is not None:
            cells += [TableCell((), None)] * _empty_cells(text[before:line_start])
        gap = text[line_start if before is None else before : start]
        before = end
        said = text[start:end]
        if said.count("|") > 1 or said.startswith("|"):
            if not _FRAME.fullmatch(said):
                cells += _split(text, (start, end), _BAR, row)
        elif "\t" in said or (cells and cells[-1].row is not None and _has_tab_behind(text, end)):
            cells += _split(text, (start, end), _TAB, row, before=text.count("\t", line_start, start))
        elif not cells or cells[-1].row is not None or "\t" in gap.rpartition("\n")[2]:
            cells.append(TableCell(((start, end),), None))
        else:
            cells[-1:] = _gone_on(cells[-1], (start, end), gap)
    return cells


def _gone_on(cell: TableCell, line: Span, gap: str) -> list[TableCell]:
    """A cell and a line without a tab: they are one, unless a blank line parts the line from the table."""
    if "\n\n" in gap:
        return [cell, TableCell((line,), None, is_outside=True)]
    return [cell._replace(spans=(*cell.spans, line))]


def _has_tab_behind(text: str, end: int) -> bool:
    """Whether empty cells follow on the line, which make it a row with nothing but its first cell."""
    line_end = text.find("\n", end)
    return "\t" in text[end : line_end if line_end >= 0 else len(text)]


def _shows_cell(text: str, piece: Span) -> bool:
    """Whether a tab or a bar parts a line from the others, or its cells from each other."""
    start, end = piece
    return "\t" in text[text.rfind("\n", 0, start) + 1 : end] or text.count("|", start, end) > 1


def _empty_cells(gap: str) -> int:
    """How many lines of a gap hold a tab and nothing else."""
    return sum("\t" in line and not line.strip() for line in gap.split("\n")[1:])


def _split(text: str, span: Span, separator: re.Pattern[str], row: int, before: int = 0) -> Iterator[TableCell]:
    """The cells of a printed row; `before` counts the empty ones that stand in front of the span."""
    start, end = span
    edges = [start, *(edge for match in separator.finditer(text, start, end) for edge in match.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    if text[start] == "|":
        parts = parts[1:]
    if text[end - 1] == "|":
        parts = parts[:-1]
    for place, (a, b) in enumerate(parts, before):
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
            first = min((span[0] for cell in cells[begin : begin + size] for span in cell.spans), default=0)
            start = max((piece[0] for piece in pieces if piece[0] <= first), default=first)
            rows = tuple(_under(text, cells[begin + size :], places, grid))
            inside = [cell for row in rows for cell in row.values()] + cells[begin : begin + size]
            return FoundTable(start, max(end for cell in inside for _, end in cell.spans), rows)
    return None


def _under(text: str, cells: Sequence[TableCell], places: dict[int, int], grid: Grid) -> Iterator[dict[int, TableCell]]:
    """Rows under headings, which may be printed again, on the next page or over the next part of a table."""
    begin = 0
    for i, cell in enumerate(cells):
        if i < begin or cell.is_loose or (cell.row is not None and i and cells[i - 1].row == cell.row):
            continue
        again = _headings(text, cells[i:], grid)
        if again is not None and len(again[0]) * 2 > len(places):
            yield from _rows(text, cells[begin:i], places, grid)
            places, begin = again[0], i + again[1]
    yield from _rows(text, cells[begin:], places, grid)


def _headings(text: str, cells: Sequence[TableCell], grid: Grid) -> tuple[dict[int, int], int] | None:
    """The declared columns by their printed place, and how many cells the headings take."""
    kinds = _leading_headings(text, cells, grid)
    if sum(map(len, kinds)) < LEAST_HEADINGS:
        return None
    places: dict[int, int] = {}
    for cell, found in zip(cells, kinds, strict=False):
        for kind in found:
            if kind >= 0 and kind not in places.values():
                places[cell.place if cell.row is not None else len(places)] = kind
    if len(places) < LEAST_HEADINGS:
        return None
    if any(OVER in found for found in kinds):  # the columns' own headings stand in a second row: only our order tells
        places = dict(enumerate(sorted(places.values())))
    return places, len(kinds)


def _leading_headings(text: str, cells: Sequence[TableCell], grid: Grid) -> list[tuple[int, ...]]:
    """What the first cells head, nothing for an empty one, up to the first that heads nothing."""
    kinds: list[tuple[int, ...]] = []
    while len(kinds) < len(cells):
        cell = cells[len(kinds)]
        if not cell.spans:
            kinds.append(())
            continue
        lines = cells[len(kinds) : len(kinds) + (HEADING_LINES if cell.is_loose else 1)]
        said = [line.said(text) for line in lines]
        declared = _headings_of(grid)
        scored = [(*_heading_of("\n".join(said[:size]), declared), size) for size in range(1, len(said) + 1)]
        _, found, size = max(scored, key=lambda one: (one[0], -one[2]))
        if not found and cell.row is None:
            _, found = _heading_of(said[0], _pairs_of(grid))
            size = 1
        before = [kind for kind, other in zip(kinds, cells, strict=False) if other.row == cell.row]
        if not found and cell.row is not None and any(before):
            kinds.append(())  # a column that the form does not know
            continue
        if not found:
            break
        kinds += [found, *([()] * (size - 1))]
    return kinds if kinds and kinds[0] else []


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


def _heading_of(said: str, declared: _Declared) -> tuple[float, tuple[int, ...]]:
    """How alike a cell is to the heading that it comes closest to, and what that heads; nothing where none is alike."""
    found = process.extractOne(folded(said), declared.words, scorer=fuzz.ratio, score_cutoff=SAME_HEADING)
    return (found[1], declared.places[found[2]]) if found else (0.0, ())


def _rows(text: str, cells: Sequence[TableCell], places: dict[int, int], grid: Grid) -> Iterator[dict[int, TableCell]]:
    """Rows as printed, or as many flattened cells as the table has columns, or lines parted by the columns' shapes."""
    printed = [cell for cell in cells if cell.row is not None]
    loose = [cell for cell in cells if cell.row is None and not cell.is_outside]
    if not printed and loose and loose[0].is_loose:
        yield from _by_shape(text, loose, list(places.values()), grid)
        return
    if printed:
        rows = [list(row) for _, row in groupby(printed, key=lambda cell: cell.row)]
    elif not _fits(text, loose, list(places.values()), grid):
        yield from _by_shape(text, [cell for cell in loose if cell.spans], list(places.values()), grid)
        return
    else:
        width = len(places)
        rows = [
            [cell._replace(place=place) for place, cell in enumerate(loose[start : start + width])]
            for start in range(0, len(loose), width)
        ]
        if rows and len(rows[-1]) < width and not _fits(text, rows[-1], list(places.values()), grid):
            rows.pop()  # lines of text behind the table
    for row in rows:
        found = {places[cell.place]: cell for cell in row if cell.spans and cell.place in places}
        if found:
            yield found


def _fits(text: str, cells: Sequence[TableCell], columns: Sequence[int], grid: Grid) -> bool:
    """Whether flattened cells fall into their columns: one that lost its tab shifts all behind it."""
    shapes = [grid.columns[column].shape for column in columns]
    told = [
        re.fullmatch(shape, " ".join(cell.said(text).split())) is not None
        for place, cell in enumerate(cells)
        for shape in [shapes[place % len(columns)]]
        if shape is not None and cell.spans
    ]
    return not told or 2 * sum(told) > len(told)


def _by_shape(
    text: str, lines: Sequence[TableCell], columns: Sequence[int], grid: Grid
) -> Iterator[dict[int, TableCell]]:
    """Rows of a table that lost its cells: a line in a column's shape is that column's, others go on with the text.

    A row ends where the shape of a column comes back that it already has; the text between two rows is the last
    column's up to a blank line, then the first one's.
    """
    row: dict[int, list[Span]] = {}
    place = 0
    before: int | None = None
    for line in lines:
        following = _place_of(line.said(text), columns, grid, place if row else -1)
        has_gap = before is not None and text.count("\n", before, line.spans[0][0]) > 1
        before = line.spans[-1][1]
        is_full = bool(row) and place == len(columns) - 1
        if is_full and (has_gap or (following is None and _is_shaped(columns[place], grid))):
            yield _joined(row)
            row, place = {}, 0
            following = _place_of(line.said(text), columns, grid, -1)
        if following is not None:
            place = following
        elif row and _goes_on(text, [*row.get(columns[place], []), *line.spans], columns[place], grid):
            pass
        elif row and _is_shaped(columns[place], grid):
            place += 1
        row.setdefault(columns[place], []).extend(line.spans)
    if row:
        yield _joined(row)


def _joined(row: dict[int, list[Span]]) -> dict[int, TableCell]:
    return {column: TableCell(tuple(spans), None, is_loose=True) for column, spans in row.items()}


def _goes_on(text: str, spans: Sequence[Span], column: int, grid: Grid) -> bool:
    """Whether lines together have the shape of a column, as "ร้อยละ" and "95" on two lines."""
    shape = grid.columns[column].shape
    return shape is not None and re.fullmatch(shape, " ".join(text[start:end] for start, end in spans)) is not None


def _is_shaped(column: int, grid: Grid) -> bool:
    return grid.columns[column].shape is not None


def _place_of(said: str, columns: Sequence[int], grid: Grid, place: int) -> int | None:
    """The next column behind a place whose shape a line has, with at most one column of text between."""
    for ahead in range(place + 1, len(columns)):
        shape = grid.columns[columns[ahead]].shape
        if shape is not None and re.fullmatch(shape, said.strip(" *")):
            return ahead
        if shape is None and ahead > place + 1:
            return None
    return None
