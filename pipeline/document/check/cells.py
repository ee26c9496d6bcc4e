"""What checks ask of a row: a value of one type, and an issue with a cell that names its place."""

from datetime import date
from decimal import Decimal

from pipeline.document.merge_copies import Consensus, MergedRow
from pipeline.model import Issue, RowId
from schemas.base import Table


def value_of(row: MergedRow, column: str) -> object | None:
    """The value of a column, None where it has none."""
    return row[column].cell.value if column in row else None


def number_of(row: MergedRow, column: str) -> Decimal | None:
    """The amount or number of a column."""
    value = value_of(row, column)
    return value if isinstance(value, Decimal) else None


def day_of(row: MergedRow, column: str) -> date | None:
    """The day of a column."""
    value = value_of(row, column)
    return value if isinstance(value, date) else None


def issue_with(code: str, text: str, cell: tuple[type[Table], str, RowId], reading: Consensus | None) -> Issue:
    """What is wrong with the cell of a table, column and row, at the place where it was read."""
    model, column, row = cell
    spans = reading.cell.field.spans if reading else ()
    return Issue(code, text, spans[0] if spans else None, model.table, column, row)
