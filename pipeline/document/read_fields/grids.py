"""Rows of printed tables to fields."""

from collections.abc import Iterator

from normalizers.digits import arabic
from normalizers.text import line
from parsers.base import Grid
from pipeline.document.read_fields.cells import TableCell, numbered
from pipeline.document.read_fields.tables import FoundTable, find_table
from pipeline.document.read_fields.totals import begins_total
from pipeline.model import Block, Field

LABEL = "label"
"""The column that holds a row's own number, read as it is printed."""
WORDS = ("text", "name", "risk")
"""The columns whose words may begin with the row's number."""


def read_grid(reads: Grid, block: Block, text: str) -> Iterator[Field]:
    """A row for each row of the table that says something; printed totals are none."""
    table = find_table(text, block.pieces, reads)
    if table is not None:
        yield from fields_of_table(reads, table, block, text)


def fields_of_table(reads: Grid, table: FoundTable, block: Block, text: str) -> Iterator[Field]:
    """The fields of a table that was found."""
    number = 0
    for cells in table.rows:
        if is_total(reads, cells, text):
            continue
        number += 1
        row = ("row", number)
        filled = {column for place in cells for column in reads.columns[place].fills}
        for place, cell in cells.items():
            for column in reads.columns[place].fills:
                found = numbered(text, cell) if column in WORDS else None
                if found and found.label and LABEL in reads.model.model_fields and LABEL not in filled:
                    yield Field(
                        reads.model, LABEL, block.copy, row, text[slice(*found.span)], (found.span,), value=found.label
                    )
                said, spans = (found.cell if found else cell).said(text), (found.cell if found else cell).spans
                value = _label(said) if column == LABEL else None
                if column == LABEL and value is None:
                    continue
                yield Field(reads.model, column, block.copy, row, said, spans, value=value)


def _label(said: str) -> str | None:
    """The number in a column of numbers, in Arabic digits."""
    return arabic(line(said) or "").strip(" .()") or None


def is_total(reads: Grid, cells: dict[int, TableCell], text: str) -> bool:
    """Whether a row sums up the others: its first words say so, which may reach over a column that fills nothing."""
    return any(begins_total(reads, cell.said(text)) for cell in cells.values())
