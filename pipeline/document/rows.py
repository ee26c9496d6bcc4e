"""The rows of one document by table, as the last stages hand them on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any

from parsers import Form
from pipeline.document.corrections import RowKeys
from pipeline.document.merge_copies import MergedProject, MergedRow
from pipeline.model import Issue, SplitDocument
from schemas import TABLES
from schemas.base import Table, columns_of
from schemas.documents import DocumentRow

RowValues = tuple[object, ...]
"""The values of a row in the order of its table's columns."""


class TableRows(Sequence[Any]):
    """Rows of one table, kept as plain values; as a sequence they are models.

    Values read off pages go through their table's model when they are added. Where every value is our own the model
    would check it once more, for the tables with the most rows; the Arrow schema checks their types all the same.
    """

    __slots__ = ("model", "values")

    def __init__(self, model: type[Table], rows: Iterable[Table] = ()) -> None:
        """Take a table, and rows of it."""
        self.model = model
        self.values: list[RowValues] = list(map(attrgetter(*columns_of(model)), rows))

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Any]:
        return map(self._row, self.values)

    def __getitem__(self, index: Any) -> Any:
        return list(map(self._row, self.values[index])) if isinstance(index, slice) else self._row(self.values[index])

    def append(self, row: Table) -> None:
        """Add a row."""
        self.values.append(attrgetter(*columns_of(self.model))(row))

    def extend(self, columns: Sequence[str], rows: Iterable[RowValues]) -> None:
        """Add rows whose values stand in the order of some columns, which must be all that the table has."""
        in_order = columns_of(self.model)
        self.values += rows if tuple(columns) == in_order else map(itemgetter(*map(columns.index, in_order)), rows)

    def column_values(self, *columns: str) -> Iterator[Any]:
        """Of each row the value of one column, or a tuple of those of several."""
        return map(itemgetter(*map(columns_of(self.model).index, columns)), self.values)

    def sort(self) -> None:
        """Bring the rows in their table's order; a null comes last."""
        columns = [columns_of(self.model).index(column) for column in self.model.sort_by]
        if len(self.values) > 1 and columns:
            try:
                self.values.sort(key=itemgetter(*columns))
            except TypeError:  # nulls do not compare
                self.values.sort(key=lambda row: [(row[column] is None, row[column] or "") for column in columns])

    def _row(self, values: RowValues) -> Table:
        return self.model.model_validate(dict(zip(columns_of(self.model), values, strict=True)))


@dataclass(frozen=True, slots=True)
class BuiltProject:
    """A project as its rows have it: copies merged, corrections applied, every row with its key."""

    merged: MergedProject
    form: Form
    project_id: str | None
    """None for what a report says outside of its projects."""
    keys: RowKeys


@dataclass(slots=True)
class Rows:
    """The rows of one document, and what tells how they came about."""

    by_table: dict[type[Table], TableRows] = field(
        default_factory=lambda: {model: TableRows(model) for model in TABLES}
    )
    readings: dict[tuple[str, str], MergedRow] = field(default_factory=dict)
    """What each row was made of, by its table and key."""
    blocks: SplitDocument | None = None
    """The blocks that the rows were read from; None for a document that could not be read."""
    projects: list[BuiltProject] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    """What earlier stages could not place, and corrections that do not fit."""
    misreading: float = 0.0
    """The share of letters that are wrong in the words that the form prints."""

    def add(self, row: Table) -> None:
        """Put a row in its table."""
        self.by_table[type(row)].append(row)

    @property
    def document(self) -> DocumentRow:
        """The one row of the table of documents."""
        row: DocumentRow = self.by_table[DocumentRow][0]
        return row
