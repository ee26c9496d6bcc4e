"""Printed tables: where the headings stand that a form declares, and what stands in the rows under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.base import Grid
from pipeline.document.read_fields.cells import TableCell, cells_of
from pipeline.document.read_fields.table_headings import Headings, headings_at
from pipeline.document.read_fields.table_rows import rows_under
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: where it begins and ends, and for each row its cells by the place of the declared column."""

    start: int
    end: int
    rows: tuple[dict[int, TableCell], ...]
    width: int
    """How many columns its headings name."""

    def tells(self, grid: Grid) -> bool:
        """Whether a row says one of the columns that make it a row."""
        filled = {column for cells in self.rows for place in cells for column in grid.columns[place].fills}
        return not grid.tells or not filled.isdisjoint(grid.tells)


def find_table(text: str, pieces: Sequence[Span], grid: Grid) -> FoundTable | None:
    """The table whose headings a form declares, None where the block holds none."""
    cells = cells_of(text, pieces)
    for begin in range(len(cells)):
        headings = headings_at(text, cells, begin, grid)
        if headings is not None:
            behind = begin + headings.size
            first = min((span[0] for cell in cells[begin:behind] for span in cell.spans), default=0)
            start = max((piece[0] for piece in pieces if piece[0] <= first), default=first)
            start = max([start, *(end for cell in cells[:begin][-1:] if cell.is_outside for _, end in cell.spans)])
            rows = tuple(_under(text, cells[behind:], headings, grid))
            inside = [cell for row in rows for cell in row.values()] + cells[begin:behind]
            end = max(stop for cell in inside for _, stop in cell.spans)
            return FoundTable(start, end, rows, len(headings.places))
    return None


def _under(text: str, cells: Sequence[TableCell], headings: Headings, grid: Grid) -> Iterator[dict[int, TableCell]]:
    """Rows under headings, which may be printed again, on the next page or over the next part of a table."""
    begin = 0
    for i, cell in enumerate(cells):
        if i < begin or cell.is_loose or (cell.row is not None and i and cells[i - 1].row == cell.row):
            continue
        again = headings_at(text, cells, i, grid)
        if again is not None and len(again.places) * 2 > len(headings.places):
            yield from rows_under(text, cells[begin:i], headings, grid)
            headings, begin = again, i + again.size
    yield from rows_under(text, cells[begin:], headings, grid)
