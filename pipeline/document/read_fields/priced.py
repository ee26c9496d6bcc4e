"""Priced lines: what is bought, how many at which price, and the amount; and the total that a text states for all."""

from collections.abc import Iterator, Sequence

from normalizers.digits import THAI
from normalizers.numbers import marker
from normalizers.prices import end_of_expression, expression_in, is_named, only_amount, total_in
from parsers.base import Grid, Priced, Total
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.cells import TableCell, without_number
from pipeline.document.read_fields.table_rows import begins_total, is_total
from pipeline.document.read_fields.tables import FoundTable, find_table
from pipeline.model import Field, RowId, Span

LEAST_OF_A_LIST = 2
"""So many lines in a row that begin as priced lines do make a list, though no marker stands before them."""

_FRAME = " \t\n*_|\\"
_JOINT = " \t\n*_|\\:=(–-,"
_DIGITS = frozenset("0123456789" + THAI)
_EXPRESSION = ("quantity", "unit", "unit_price", "amount")
"""The roles of the columns that one expression fills."""

Lines = tuple[Span, ...]


def read_priced(reads: Priced, joined: JoinedText) -> Iterator[Field]:
    """A row for each priced line, of the table where the block has one, else of its list.

    Where a row of the table holds one priced line, the column of amounts says what it costs.
    """
    amounts = reads.grid.place_of(reads.model.column_of("amount"))
    number = 0
    for lines, cells in _candidates(reads, joined):
        fields = list(_line(reads, JoinedText(joined.block, joined.matches, lines), number + 1)) if lines else []
        if fields and (amount := cells.get(amounts)) is not None and amount.spans:
            fields = [*fields[:-1], fields[-1]._replace(raw=amount.text(joined.matches.text), spans=amount.spans)]
        fields = fields or list(_row(reads.grid, cells, joined, number + 1))
        number += bool(fields)
        yield from fields


def _candidates(reads: Priced, joined: JoinedText) -> Iterator[tuple[Lines, dict[int, TableCell]]]:
    """Lines that may be priced, and rows of the table that have none inside."""
    table = find_table(joined, reads.grid)
    rows = [cells for cells in table.rows if not is_total(joined.matches, reads.grid, cells)] if table else []
    if table is None or any(cell.kind == "loose" for cells in table.rows for cell in cells.values()):
        listed = _listed(reads.grid, joined, joined.pieces)
        yield from ((lines, {}) for lines in listed)
        full = [cells for cells in rows if table and len(cells) == table.width] if not listed else []
        yield from (((), cells) for cells in full)
        return
    item = reads.grid.place_of(reads.model.column_of("words"))
    for cells in rows:
        inside = [lines for lines, _ in _parts(reads.grid, joined, cells[item].spans)] if item in cells else []
        priced = [lines for lines in inside if _is_priced(joined, lines)]
        yield from ((lines, cells if len(priced) == 1 else {}) for lines in priced)
        if not priced:
            yield (), cells


def _is_priced(joined: JoinedText, lines: Lines) -> bool:
    return expression_in(JoinedText(joined.block, joined.matches, lines).text) is not None


def _listed(grid: Grid, joined: JoinedText, spans: Sequence[Span]) -> list[Lines]:
    """The lines behind markers; where none of them is priced, those that begin as priced lines do, if several."""
    marked = [lines for lines, has_marker in _parts(grid, joined, spans) if has_marker]
    if any(_is_priced(joined, lines) for lines in marked):
        return marked
    texts = ((span, joined.matches.text[slice(*span)]) for span in spans)
    begun: list[Lines] = [
        (span,)
        for span, text in texts
        if text.lstrip(_FRAME).startswith(grid.lead_words) and expression_in(text) is not None
    ]
    return begun if len(begun) >= LEAST_OF_A_LIST else marked


def _parts(grid: Grid, joined: JoinedText, spans: Sequence[Span]) -> Iterator[tuple[Lines, bool]]:
    """Lines grouped by the markers that begin them, and whether one does; a total is no part of the line above it."""
    group: list[Span] = []
    has_marker = False
    for start, end in spans:
        _, size = marker(joined.matches.text[start:end])
        if group and (size or begins_total(joined.matches, grid, start, end)):
            yield tuple(group), has_marker
            group = []
        if not group:
            has_marker = size > 0
        group.append((start, end))
    if group:
        yield tuple(group), has_marker


def _line(reads: Priced, joined: JoinedText, number: int) -> Iterator[Field]:
    """The fields of a priced line: its name, and the expression behind it for every column that it fills."""
    begin = expression_in(joined.text)
    if begin is None:
        return
    _, size = marker(joined.text)
    name = joined.text[size:begin].rstrip(_JOINT)
    start = joined.position(size)
    if not is_named(name) or begins_total(joined.matches, reads.grid, start, joined.position(size + len(name))):
        return
    row = RowId(order=("row", number))
    yield joined.field(reads.model, reads.model.column_of("words"), row, (size, size + len(name)))
    for role in _EXPRESSION:
        stretch = (begin, end_of_expression(joined.text, begin))
        yield joined.field(reads.model, reads.model.column_of(role), row, stretch)


def _row(grid: Grid, cells: dict[int, TableCell], joined: JoinedText, number: int) -> Iterator[Field]:
    """The fields of a table's row that states an amount or a price."""
    by_use = sorted(cells.items(), key=lambda one: -len(grid.columns[one[0]].fills))  # a column of units knows best
    columns = {column: cell for place, cell in by_use for column in grid.columns[place].fills}
    item = grid.model.column_of("words")
    if item in columns and columns.keys() & set(grid.tells):
        columns[item] = without_number(joined.matches.text, columns[item])[2]
        for column, cell in columns.items():
            raw = cell.text(joined.matches.text)
            yield Field(grid.model, column, joined.block.copy, RowId(order=("row", number)), raw, cell.spans)


def read_total(reads: Total, joined: JoinedText) -> Iterator[Field]:
    """The total that the block states: in words or as a sum, else the only amount before what is priced."""
    table = find_table(joined, reads.grid)
    first = min((lines[0][0] for lines in _listed(reads.grid, joined, joined.pieces)), default=None)
    end = min((one for one in (first, table.start if table else None) if one is not None), default=None)
    before = JoinedText(joined.block, joined.matches, tuple(span for span in joined.pieces if end is None or span[0] < end))
    if (stretch := total_in(joined.text)) is None:
        joined, stretch = before, only_amount(before.text)
    if stretch is not None:
        found = joined.field(reads.model, reads.column, RowId(), stretch)
        yield found._replace(raw=found.raw.strip(_FRAME))
    elif table and (cell := _summed_up(reads.grid, table, joined)):
        yield Field(reads.model, reads.column, joined.block.copy, RowId(), cell.text(joined.matches.text), cell.spans)


def _summed_up(grid: Grid, table: FoundTable, joined: JoinedText) -> TableCell | None:
    """The last cell with a figure of the table's last total."""
    totals = [cells for cells in table.rows if is_total(joined.matches, grid, cells)]
    cells = (
        [cell for cell in totals[-1].values() if not _DIGITS.isdisjoint(cell.text(joined.matches.text))]
        if totals
        else []
    )
    return cells[-1] if cells else None
