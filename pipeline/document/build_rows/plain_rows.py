"""Rows of tables that our own code fills with what it counted and measured: plain tuples, and models for who looks.

Values read off pages go through their table's model. Where every value is ours the model would check them ever again,
for the tables with by far the most rows; their types are those of the Arrow schema all the same, or writing fails.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from schemas.base import Table, columns_of

Plain = tuple[object, ...]
"""The values of a row, in the order of its table's columns or of some of them."""


Row_co = TypeVar("Row_co", bound=Table, covariant=True)


class PlainRows(Sequence[Row_co], Generic[Row_co]):
    """Rows of one table in the order of its columns; as a sequence they are models like all others."""

    __slots__ = ("model", "tuples")

    def __init__(self, model: type[Row_co], columns: Sequence[str] = (), tuples: Iterable[Plain] = ()) -> None:
        """Take rows whose columns stand in any order; each column of the table must be among them."""
        in_order = columns_of(model)
        self.model = model
        self.tuples = list(tuples if tuple(columns) == in_order else map(_picked(columns, in_order), tuples))

    def __len__(self) -> int:
        return len(self.tuples)

    def __iter__(self) -> Iterator[Row_co]:
        return map(self._row, self.tuples)

    def __getitem__(self, place: Any) -> Any:
        return list(map(self._row, self.tuples[place])) if isinstance(place, slice) else self._row(self.tuples[place])

    def append(self, row: Table) -> None:
        """Add a row that is a model."""
        self.tuples += plain_tuples(self.model, [row])

    def _row(self, values: Plain) -> Row_co:
        return self.model.model_validate(dict(zip(columns_of(self.model), values, strict=True)))


def plain_tuples(model: type[Table], rows: Sequence[Table]) -> list[Plain]:
    """The values of rows in the order of their table's columns."""
    return rows.tuples if isinstance(rows, PlainRows) else list(map(attrgetter(*columns_of(model)), rows))


def values_of(model: type[Table], rows: Sequence[Table], columns: Sequence[str]) -> Iterator[object]:
    """Of each row the value of one column, or a tuple of those of several."""
    if isinstance(rows, PlainRows):
        return map(_picked(columns_of(model), columns), rows.tuples)
    return map(attrgetter(*columns), rows)


def _picked(columns: Sequence[str], wanted: Sequence[str]) -> Callable[[Plain], Any]:
    return itemgetter(*map(columns.index, wanted))
