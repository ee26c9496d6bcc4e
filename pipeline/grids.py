"""Rows of printed tables to fields."""

from collections.abc import Iterator

from normalizers.digits import arabic
from normalizers.look_alikes import folded
from normalizers.text import line
from parsers.base import Grid
from pipeline.likeness import wording
from pipeline.model import Block, Field
from pipeline.tables import FoundTable, TableCell, find_table

LABEL = "label"
"""The column that holds a row's own number, read as it is printed."""
SHORT_WORD = 5
"""Words of so few letters look like too many others once look-alikes are folded (รวม and ร้าน)."""


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
        for place, cell in cells.items():
            for column in reads.columns[place].fills:
                said = cell.said(text)
                value = _label(said) if column == LABEL else None
                if column == LABEL and value is None:
                    continue
                yield Field(reads.model, column, block.copy, ("row", number), said, cell.spans, value=value)


def _label(said: str) -> str | None:
    """The number in a column of numbers, in Arabic digits."""
    return arabic(line(said) or "").strip(" .()") or None


def is_total(reads: Grid, cells: dict[int, TableCell], text: str) -> bool:
    """Whether a row sums up the others: its first words say so."""
    places = [place for place in cells if set(reads.columns[place].fills) - {LABEL}]
    return bool(places) and begins_total(reads, cells[min(places)].said(text))


def begins_total(reads: Grid, said: str) -> bool:
    """Whether words begin as a total does; look-alikes count only in words long enough to be no others."""
    printed, shown = folded(said), said.lstrip(" *_|\\")
    return any(
        shown.startswith(words) or (len(words) > SHORT_WORD and printed.startswith(wording(words)))
        for words in reads.totals
    )
