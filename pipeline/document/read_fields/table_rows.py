"""The rows of a printed table under its headings, whatever is left of what parted them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from normalizers.digits import DIGIT
from parsers.base import Grid
from pipeline.document.read_fields.cells import TableCell
from pipeline.document.read_fields.shaped_rows import rows_by_shape
from pipeline.document.read_fields.table_headings import Headings
from pipeline.document.read_fields.totals import begins_total

MOST_UNKNOWN = 2
"""So many columns may stand behind the last heading that the form knows, where nothing parts the rows."""
LONGEST_PAIR = 40
"""Characters of two cells that ran together."""

_BLANKS = re.compile(r"[ \t]++")
_FIGURE = re.compile(rf"{DIGIT}[0-9๐-๙,.]*+")
_FIGURES = re.compile(r"[0-9๐-๙,.\s*–-]*+(?:บาท)?")


def rows_under(text: str, cells: Sequence[TableCell], headings: Headings, grid: Grid) -> Iterator[dict[int, TableCell]]:
    """Rows as printed, or as many flattened cells as the table has columns, or lines parted by the columns' shapes."""
    printed = [cell for cell in cells if cell.row is not None]
    loose = [cell for cell in cells if cell.row is None and not cell.is_outside]
    rows = [list(row) for _, row in groupby(printed, key=lambda cell: cell.row)]
    if printed and printed[0].is_flat:
        rows = _whole_rows(text, rows, headings, grid) if headings.is_row else []
        loose = [] if rows else printed
    if not rows and (unknown := _unknown(text, loose, headings, grid)) is not None:
        width = headings.width + unknown
        rows = list(_counted_rows(text, loose[unknown:], width, grid))
        if rows and len(rows[-1]) < width and not _fits(text, rows[-1], headings.columns(width), grid):
            rows.pop()  # lines of text behind the table
    elif not rows:
        told = [cell for cell in loose if cell.spans]
        yield from rows_by_shape(text, told, list(headings.places.values()), grid)
    for row in (_with_parted_cell(text, row, headings, grid) for row in rows):
        found = {headings.places[cell.place]: cell for cell in row if cell.spans and cell.place in headings.places}
        if found:
            yield found


def _whole_rows(text: str, rows: Sequence[list[TableCell]], headings: Headings, grid: Grid) -> list[list[TableCell]]:
    """The rows with a cell for every column, or the first cells of one; other groups of lines are text, or a total."""
    sizes = {len(row) for row in rows}
    shift = headings.before if headings.width not in sizes and headings.width + headings.before in sizes else 0
    if headings.width + shift not in sizes:
        return []
    placed = [[cell._replace(place=cell.place - shift) for cell in row] for row in rows]
    mended = [_with_parted_cell(text, row, headings, grid) if len(row) < headings.width else row for row in placed]
    return [
        row
        for row in mended
        if len(row) == headings.width + shift
        or (len(row) < headings.width and _fits(text, row, headings.columns(), grid, is_told=True))
    ]


def _with_parted_cell(text: str, row: list[TableCell], headings: Headings, grid: Grid) -> list[TableCell]:
    """A row that lacks a cell, with two of its own for the one in which two figures ran together.

    Where no one blank between the two makes the row fit, those behind may stand in other columns: they are left out.
    """
    columns = headings.columns()[row[0].place :]
    fitting = [_fits(text, [cell], [column], grid) for cell, column in zip(row, columns, strict=False)]
    odd = [i for i, fits in enumerate(fitting) if not fits and len(_FIGURE.findall(row[i].said(text))) > 1]
    lack = next((i for i in range(odd[0] + 1, len(columns)) if i >= len(row) or not row[i].spans), 0) if odd else 0
    if not lack:
        return row
    (start, end), *others = row[odd[0]].spans
    parted = [
        [*row[: odd[0]], *halves, *row[odd[0] + 1 : lack], *row[lack + 1 :]]
        for blank in _BLANKS.finditer(text, start, min(end, start + LONGEST_PAIR))
        for halves in [[TableCell((span,), 0) for span in ((start, blank.start()), (blank.end(), end))]]
    ]
    found = [cells for cells in parted if not others and _fits(text, cells, columns, grid, is_told=True)]
    right = found[0] if len(found) == 1 else row[: odd[0] + 1]
    return [cell._replace(place=place) for place, cell in enumerate(right, row[0].place)]


def _unknown(text: str, cells: Sequence[TableCell], headings: Headings, grid: Grid) -> int | None:
    """How many headings that the form does not know stand behind the others, so that all cells fall into columns."""
    if any(cell.is_loose for cell in cells):
        return None
    for unknown in range(MOST_UNKNOWN + 1):
        columns = headings.columns(headings.width + unknown)
        if _fits(text, cells[unknown:], columns, grid, is_told=unknown > 0):
            return unknown
    return None


def _counted_rows(text: str, cells: Sequence[TableCell], width: int, grid: Grid) -> Iterator[list[TableCell]]:
    """So many cells each; a total takes its figures alone."""
    begin = 0
    while begin < len(cells):
        end = begin + width
        if begins_total(grid, cells[begin].said(text)):
            end = begin + 1
            while end < len(cells) and _FIGURES.fullmatch(cells[end].said(text)):
                end += 1
        yield [cell._replace(place=place) for place, cell in enumerate(cells[begin:end])]
        begin = end


def _fits(
    text: str, cells: Sequence[TableCell], columns: Sequence[int | None], grid: Grid, *, is_told: bool = False
) -> bool:
    """Whether flattened cells fall into their columns: one that lost its tab shifts all behind it.

    `is_told`: whether some cells must tell it, and all of them.
    """
    shapes = [grid.columns[column].shape if column is not None else None for column in columns]
    told = [
        re.fullmatch(shape, " ".join(cell.said(text).split())) is not None
        for place, cell in enumerate(cells)
        for shape in [shapes[place % len(columns)]]
        if shape is not None and cell.spans
    ]
    return bool(told) and all(told) if is_told else not told or 2 * sum(told) > len(told)
