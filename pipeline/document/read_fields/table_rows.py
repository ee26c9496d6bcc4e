"""The rows of a printed table under its headings, whatever is left of what parted them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from normalizers.digits import DIGIT
from normalizers.fuzzy_match import CLOSE, folded
from parsers.base import Grid
from parsers.declarations import compiled
from pipeline.document.read_fields.cells import TableCell
from pipeline.document.scan import Matches
from pipeline.model import Span

MOST_UNKNOWN = 2
"""So many columns may stand behind the last heading that the form knows, where nothing parts the rows."""
LONGEST_PAIR = 40
"""Characters of two cells that ran together."""
SHORT_WORD = 5
"""Words of so few letters look like too many others once look-alikes are folded (รวม and ร้าน)."""

_BLANKS = re.compile(r"[ \t]++")
_FIGURE = re.compile(rf"{DIGIT}[0-9๐-๙,.]*+")
_FIGURES = re.compile(r"[0-9๐-๙,.\s*–-]*+(?:บาท)?")
_NO_LETTER = re.compile("(?![ก-๛])")


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


def begins_total(matches: Matches, grid: Grid, start: int, end: int) -> bool:
    """Whether words begin as a total does; damaged, and as the first words of others, only if they are long enough."""
    text = matches.text
    first = start + len(text[start:end]) - len(text[start:end].lstrip(" *_|\\"))
    long = {folded(words) for words in grid.totals if len(words) > SHORT_WORD}
    return any(
        text.startswith(words, first, end)
        and (len(words) > SHORT_WORD or _NO_LETTER.match(text, first + len(words), end) is not None)
        for words in grid.totals
    ) or any(match.words in long and match.score >= CLOSE for match in matches.starting_at(start, end))


def is_total(matches: Matches, grid: Grid, cells: dict[int, TableCell]) -> bool:
    """Whether a row sums up the others: its first words say so, which may reach over a column that fills nothing."""
    return any(
        begins_total(matches, grid, cell.spans[0][0], cell.spans[-1][1]) for cell in cells.values() if cell.spans
    )


def rows_under(
    matches: Matches, cells: Sequence[TableCell], headings: Headings, grid: Grid
) -> Iterator[dict[int, TableCell]]:
    """Rows as printed, or as many flattened cells as the table has columns, or lines parted by the columns' shapes."""
    shapes = _Shapes(matches.text, grid)
    printed = [cell for cell in cells if cell.row is not None]
    loose = [cell for cell in cells if cell.row is None and cell.kind != "outside"]
    rows = [list(row) for _, row in groupby(printed, key=lambda cell: cell.row)]
    if printed and printed[0].kind == "line":
        rows = _whole_rows(shapes, rows, headings) if headings.is_row else []
        loose = [] if rows else printed
    if not rows and (unknown := _unknown(shapes, loose, headings)) is not None:
        width = headings.width + unknown
        rows = list(_counted_rows(matches, loose[unknown:], width, grid))
        if rows and len(rows[-1]) < width and not shapes.fit(rows[-1], headings.columns(width)):
            rows.pop()  # lines of text behind the table
    elif not rows:
        yield from _rows_by_shape(shapes, [cell for cell in loose if cell.spans], list(headings.places.values()))
    for row in (_with_parted_cell(shapes, row, headings) for row in rows):
        found = {headings.places[cell.place]: cell for cell in row if cell.spans and cell.place in headings.places}
        if found:
            yield found


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the cells of a grid's columns look like."""

    text: str
    grid: Grid

    def of(self, column: int | None) -> str | None:
        """The shape of a column, None for one without, or that the form does not know."""
        return self.grid.columns[column].shape if column is not None else None

    def fit(self, cells: Sequence[TableCell], columns: Sequence[int | None], *, is_told: bool = False) -> bool:
        """Whether flattened cells fall into their columns: one that lost its tab shifts all behind it.

        `is_told`: whether some cells must tell it, and all of them.
        """
        told = [
            compiled(shape).fullmatch(" ".join(cell.text(self.text).split())) is not None
            for place, cell in enumerate(cells)
            if cell.spans and (shape := self.of(columns[place % len(columns)])) is not None
        ]
        return bool(told) and all(told) if is_told else not told or 2 * sum(told) > len(told)


def _whole_rows(shapes: _Shapes, rows: Sequence[list[TableCell]], headings: Headings) -> list[list[TableCell]]:
    """The rows with a cell for every column, or the first cells of one; other groups of lines are text, or a total."""
    sizes = {len(row) for row in rows}
    shift = headings.before if headings.width not in sizes and headings.width + headings.before in sizes else 0
    if headings.width + shift not in sizes:
        return []
    placed = [[cell._replace(place=cell.place - shift) for cell in row] for row in rows]
    mended = [_with_parted_cell(shapes, row, headings) if len(row) < headings.width else row for row in placed]
    return [
        row
        for row in mended
        if len(row) == headings.width + shift
        or (len(row) < headings.width and shapes.fit(row, headings.columns(), is_told=True))
    ]


def _with_parted_cell(shapes: _Shapes, row: list[TableCell], headings: Headings) -> list[TableCell]:
    """A row that lacks a cell, with two of its own for the one in which two figures ran together.

    Where no one blank between the two makes the row fit, those behind may stand in other columns: they are left out.
    """
    text, columns = shapes.text, headings.columns()[row[0].place :]
    fitting = [shapes.fit([cell], [column]) for cell, column in zip(row, columns, strict=False)]
    odd = [i for i, fits in enumerate(fitting) if not fits and len(_FIGURE.findall(row[i].text(text))) > 1]
    lack = next((i for i in range(odd[0] + 1, len(columns)) if i >= len(row) or not row[i].spans), 0) if odd else 0
    if not lack:
        return row
    (start, end), *others = row[odd[0]].spans
    parted = [
        [*row[: odd[0]], *halves, *row[odd[0] + 1 : lack], *row[lack + 1 :]]
        for blank in _BLANKS.finditer(text, start, min(end, start + LONGEST_PAIR))
        for halves in [[TableCell((span,), 0) for span in ((start, blank.start()), (blank.end(), end))]]
    ]
    found = [cells for cells in parted if not others and shapes.fit(cells, columns, is_told=True)]
    right = found[0] if len(found) == 1 else row[: odd[0] + 1]
    return [cell._replace(place=place) for place, cell in enumerate(right, row[0].place)]


def _unknown(shapes: _Shapes, cells: Sequence[TableCell], headings: Headings) -> int | None:
    """How many headings that the form does not know stand behind the others, so that all cells fall into columns."""
    if any(cell.kind == "loose" for cell in cells):
        return None
    widths = ((unknown, headings.columns(headings.width + unknown)) for unknown in range(MOST_UNKNOWN + 1))
    return next((count for count, columns in widths if shapes.fit(cells[count:], columns, is_told=count > 0)), None)


def _counted_rows(matches: Matches, cells: Sequence[TableCell], width: int, grid: Grid) -> Iterator[list[TableCell]]:
    """So many cells each; a total takes its figures alone."""
    begin = 0
    while begin < len(cells):
        end, spans = begin + width, cells[begin].spans
        if spans and begins_total(matches, grid, spans[0][0], spans[-1][1]):
            end = begin + 1
            while end < len(cells) and _FIGURES.fullmatch(cells[end].text(matches.text)):
                end += 1
        yield [cell._replace(place=place) for place, cell in enumerate(cells[begin:end])]
        begin = end


@dataclass(slots=True)
class _OpenRow:
    """The row at hand: the lines of each printed column, and the column that the last line fell into."""

    lines: dict[int, list[Span]] = field(default_factory=dict)
    place: int = 0

    def cells(self, columns: Sequence[int]) -> dict[int, TableCell]:
        """The row by the places of the declared columns."""
        return {columns[place]: TableCell(tuple(spans), None, kind="loose") for place, spans in self.lines.items()}


def _rows_by_shape(
    shapes: _Shapes, lines: Sequence[TableCell], columns: Sequence[int]
) -> Iterator[dict[int, TableCell]]:
    """A line in a column's shape is that column's, others go on with the text.

    A row ends where the shape of a column comes back that it already has; the text between two rows is the last
    column's up to a blank line, then the first one's. Without a blank line its shortest line ends the last column.
    """
    text, known = shapes.text, [shapes.of(column) for column in columns]
    row, before = _OpenRow(), None
    for line in lines:
        words = line.text(text)
        has_gap = before is not None and text.count("\n", before, line.spans[0][0]) > 1
        before = line.spans[-1][1]
        if row.lines and (row.place == len(columns) - 1 or (has_gap and known[row.place])):
            begun = _begun(row, _place_of(words, known, -1), has_gap=has_gap, is_shaped=known[-1] is not None)
            if begun is not None:
                yield row.cells(columns)
                row = begun
        place, shape = _place_of(words, known, row.place if row.lines else -1), known[row.place]
        together = " ".join(text[start:end] for start, end in (*row.lines.get(row.place, []), *line.spans))
        if place is not None:
            row.place = place
        elif row.lines and shape and not compiled(shape).fullmatch(together):
            row.place += 1
        row.lines.setdefault(row.place, []).extend(line.spans)
    if row.lines:
        yield row.cells(columns)


def _begun(row: _OpenRow, place: int | None, *, has_gap: bool, is_shaped: bool) -> _OpenRow | None:
    """The row that begins behind a full one, None where the line still belongs to that one.

    `place`: the first column whose shape the line has. Where text must stand before it, the last column has taken it.
    """
    if has_gap or place == 0 or is_shaped:
        return _OpenRow()
    last = row.lines.get(row.place, [])
    if place is None or len(last) < 2:
        return None
    lengths = [end - start for start, end in last[:-1]]
    size = lengths.index(min(lengths)) + 1
    begun = _OpenRow({0: last[size:]})
    del last[size:]
    return begun


def _place_of(words: str, shapes: Sequence[str | None], place: int) -> int | None:
    """The next column behind a place whose shape a line has, with at most one column of text between."""
    for ahead in range(place + 1, len(shapes)):
        shape = shapes[ahead]
        if shape is not None and compiled(shape).fullmatch(words.strip(" *")):
            return ahead
        if shape is None and ahead > place + 1:
            return None
    return None
