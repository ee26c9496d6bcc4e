"""Rows of a table that lost its cells: only the shapes of its columns part the lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.base import Grid
from pipeline.document.read_fields.cells import TableCell
from pipeline.model import Span


@dataclass(slots=True)
class _Row:
    """The row at hand: the lines of each printed column, and the column that the last line fell into."""

    lines: dict[int, list[Span]] = field(default_factory=dict)
    place: int = 0

    @property
    def last(self) -> list[Span]:
        """The lines of the column at hand."""
        return self.lines.get(self.place, [])

    def cells(self, columns: Sequence[int]) -> dict[int, TableCell]:
        """The row by the places of the declared columns."""
        return {columns[place]: TableCell(tuple(spans), None, is_loose=True) for place, spans in self.lines.items()}


def rows_by_shape(
    text: str, lines: Sequence[TableCell], columns: Sequence[int], grid: Grid
) -> Iterator[dict[int, TableCell]]:
    """A line in a column's shape is that column's, others go on with the text.

    A row ends where the shape of a column comes back that it already has; the text between two rows is the last
    column's up to a blank line, then the first one's. Without a blank line its shortest line ends the last column.
    """
    shapes = [grid.columns[column].shape for column in columns]
    row = _Row()
    before: int | None = None
    for line in lines:
        said = line.said(text)
        has_gap = before is not None and text.count("\n", before, line.spans[0][0]) > 1
        before = line.spans[-1][1]
        if row.lines and (row.place == len(columns) - 1 or (has_gap and shapes[row.place])):
            begun = _begun(row, _place_of(said, shapes, -1), has_gap=has_gap, is_shaped=shapes[-1] is not None)
            if begun is not None:
                yield row.cells(columns)
                row = begun
        place = _place_of(said, shapes, row.place if row.lines else -1)
        if place is not None:
            row.place = place
        elif row.lines and shapes[row.place] and not _goes_on(text, [*row.last, *line.spans], shapes[row.place] or ""):
            row.place += 1
        row.lines.setdefault(row.place, []).extend(line.spans)
    if row.lines:
        yield row.cells(columns)


def _begun(row: _Row, place: int | None, *, has_gap: bool, is_shaped: bool) -> _Row | None:
    """The row that begins behind a full one, None where the line still belongs to that one.

    `place`: the first column whose shape the line has. Where text must stand before it, the last column has taken it.
    """
    if has_gap or place == 0 or is_shaped:
        return _Row()
    if place is None or len(row.last) < 2:
        return None
    lengths = [end - start for start, end in row.last[:-1]]
    size = lengths.index(min(lengths)) + 1
    begun = _Row({0: row.last[size:]})
    del row.last[size:]
    return begun


def _goes_on(text: str, spans: Sequence[Span], shape: str) -> bool:
    """Whether lines together have the shape of a column, as "ร้อยละ" and "95" on two lines."""
    return re.fullmatch(shape, " ".join(text[start:end] for start, end in spans)) is not None


def _place_of(said: str, shapes: Sequence[str | None], place: int) -> int | None:
    """The next column behind a place whose shape a line has, with at most one column of text between."""
    for ahead in range(place + 1, len(shapes)):
        shape = shapes[ahead]
        if shape is not None and re.fullmatch(shape, said.strip(" *")):
            return ahead
        if shape is None and ahead > place + 1:
            return None
    return None
