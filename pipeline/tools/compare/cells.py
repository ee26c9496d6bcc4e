"""Rows against rows, cell by cell: what is right, wrong, missing or spurious. The one comparison that there is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from pipeline.tools.compare.pairs import PLACES, Pair, Row, pair_rows
from schemas import CORPUS_TABLES, TABLES

Verdict = Literal["right", "wrong", "missing", "spurious"]
"""Of a cell: both sides have the same value, two values, one is null. Of a row: `wrong` if any of its cells is."""
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "missing", "spurious")


class Words(NamedTuple):
    """What the verdicts and the two sides are called."""

    right: str = "right"
    wrong: str = "wrong"
    missing: str = "missing"
    spurious: str = "spurious"
    expected: str = "expected"
    found: str = "found"

    def verdict(self, verdict: Verdict) -> str:
        """The word for a verdict."""
        return self[VERDICTS.index(verdict)]


ByTable = Mapping[str, Sequence[Row]]
Tally = Counter[Verdict]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not as expected, or a whole row, whose `column` is None."""

    table: str
    column: str | None
    verdict: Verdict
    expected: Row | None
    """The row that was expected."""
    found: Row | None
    above: Row | None
    """The row found above a row that is missing."""

    @property
    def row(self) -> Row:
        """The row as it was found, or else expected."""
        return self.found or self.expected or {}

    @property
    def expected_value(self) -> object:
        """The value of the cell, or the row's values by column; None for nothing."""
        return self._value(self.expected)

    @property
    def found_value(self) -> object:
        """The value of the cell, or the row's values by column; None for nothing."""
        return self._value(self.found)

    def _value(self, row: Row | None) -> object:
        return row.get(self.column) if row and self.column else _cells(row) if row else None


@dataclass(slots=True)
class Comparison:
    """How often each verdict fell, and every difference."""

    rows: dict[str, Tally] = field(default_factory=dict)
    """By table."""
    cells: dict[str, dict[str, Tally]] = field(default_factory=dict)
    """By table and column."""
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        """Add the counts of another comparison; whose differences they are is for the caller to say."""
        for table, tally in other.rows.items():
            self.rows.setdefault(table, Tally()).update(tally)
        for table, columns in other.cells.items():
            for column, tally in columns.items():
                self.cell_tally(table, column).update(tally)

    def cell_tally(self, table: str, column: str) -> Tally:
        """The counts of a column, to be added to."""
        return self.cells.setdefault(table, {}).setdefault(column, Tally())

    def plain(self, words: Words) -> dict[str, object]:
        """The counts for a script: rows by table, and cells by table and column."""
        return {
            table: {
                "rows": counts(tally, words),
                "columns": {column: counts(cells, words) for column, cells in self.cells.get(table, {}).items()},
            }
            for table, tally in self.in_order()
        }

    def in_order(self) -> list[tuple[str, Tally]]:
        """The counts of rows by table, in the order of the contract."""
        order = [*key_columns(), *sorted(self.rows)]
        return sorted(self.rows.items(), key=lambda counted: order.index(counted[0]))

    def judge(self, table: str, pair: Pair, *, above: Row | None, with_places: bool) -> None:
        """Count the cells of a row and its partner; of columns that say its place only those that differ."""
        expected, found = pair
        verdicts = dict(_verdicts(expected or {}, found or {}, with_places=with_places))
        for column, verdict in verdicts.items():
            self.cell_tally(table, column)[verdict] += 1
        different = {column: verdict for column, verdict in verdicts.items() if verdict != "right"}
        of_row: Verdict = "wrong" if different else "right"
        if None in pair:
            of_row = "spurious" if expected is None else "missing"
            self.differences.append(Difference(table, None, of_row, expected, found, above))
        else:
            self.differences += [
                Difference(table, column, verdict, expected, found, above) for column, verdict in different.items()
            ]
        self.rows.setdefault(table, Tally())[of_row] += 1


def compare(expected: ByTable, found: ByTable) -> Comparison:
    """Compare the rows of one document with those that were expected, table by table.

    A lost row moves the keys and ordinals of all rows behind it, and their projects' too. So these are compared only
    where every row of the document has its partner.
    """
    tables = [*expected, *(table for table in found if table not in expected)]
    pairs = {
        table: pair_rows(expected.get(table, ()), found.get(table, ()), key=key_columns().get(table, ("row_key",)))
        for table in tables
    }
    with_places = all(None not in pair for paired in pairs.values() for pair in paired)
    comparison = Comparison()
    for table, paired in pairs.items():
        above: Row | None = None
        for pair in paired:
            comparison.judge(table, pair, above=above, with_places=with_places)
            above = pair[1] or above
    return comparison


def counts(tally: Tally, words: Words) -> dict[str, int]:
    """Every verdict with its count, also those that never fell."""
    return {words.verdict(verdict): tally[verdict] for verdict in VERDICTS}


@cache
def key_columns() -> Mapping[str, Sequence[str]]:
    """The columns that tell the rows of each table apart."""
    return {
        model.table: (*model.sort_by, *(["row_key"] if "row_key" in model.model_fields else []))
        for model in (*TABLES, *CORPUS_TABLES)
    }


def _verdicts(expected: Row, found: Row, *, with_places: bool) -> Iterator[tuple[str, Verdict]]:
    for column in [*expected, *(column for column in found if column not in expected)]:
        one, other = expected.get(column), found.get(column)
        if column in PLACES and not (with_places and one != other):
            continue
        if one == other:
            if one is not None:
                yield column, "right"
        else:
            yield column, "spurious" if one is None else "missing" if other is None else "wrong"


def _cells(row: Row) -> dict[str, object]:
    """What a row says, without its place."""
    return {column: value for column, value in row.items() if value is not None and column not in PLACES}
