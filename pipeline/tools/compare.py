"""Compare rows with rows, cell by cell: what is right, wrong, missing or spurious. All comparisons use this one.

Rows are paired by key and content, then by content, by key, and by similarity. Keys of lists count positions, so a
missing row moves all keys after it. So content comes first, and a key alone counts only if it is more than a position,
such as the number of an entry.
"""

from collections import Counter, deque
from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from schemas import CORPUS_TABLES, TABLES

PlainRow = Mapping[str, object]
"""The values of a row by column; a missing column is null."""

RowPair = tuple[PlainRow | None, PlainRow | None]
"""An expected row and the row read; None where the other side has no such row."""

Unpaired = dict[int, PlainRow]
"""Rows without a partner so far, by their position in the table."""

POSITION_COLUMNS = frozenset({"document_id", "project_id", "group_id", "ordinal", "row_key"})
"""Columns that identify a row but are no content of it."""


Verdict = Literal["right", "wrong", "missing", "spurious"]
"""Of a cell: both sides have the same value, two values, or one is null. Of a row: `wrong` if any cell is."""
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "missing", "spurious")


class VerdictWords(NamedTuple):
    """The words for the verdicts and the two sides."""

    right: str = "right"
    wrong: str = "wrong"
    missing: str = "missing"
    spurious: str = "spurious"
    expected: str = "expected"
    read: str = "found"

    def verdict(self, verdict: Verdict) -> str:
        """The word for a verdict."""
        return self[VERDICTS.index(verdict)]


RowsByTable = Mapping[str, Sequence[PlainRow]]
Tally = Counter[Verdict]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not as expected, or a whole row, and then `column` is None."""

    table: str
    column: str | None
    verdict: Verdict
    expected: PlainRow | None
    """The expected row."""
    read: PlainRow | None
    above: PlainRow | None
    """The row read above a missing row."""

    @property
    def row(self) -> PlainRow:
        """The row that was read, else the expected one."""
        return self.read or self.expected or {}

    @property
    def expected_value(self) -> object:
        """The cell's value, or the row's values by column; None if there is none."""
        return self._value(self.expected)

    @property
    def read_value(self) -> object:
        """The cell's value, or the row's values by column; None if there is none."""
        return self._value(self.read)

    def _value(self, row: PlainRow | None) -> object:
        return row.get(self.column) if row and self.column else _cells(row) if row else None


@dataclass(slots=True)
class Comparison:
    """Counts of the verdicts, and all differences."""

    rows: dict[str, Tally] = field(default_factory=dict)
    """By table."""
    cells: dict[str, dict[str, Tally]] = field(default_factory=dict)
    """By table and column."""
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        """Add the counts of another comparison, without its differences."""
        for table, tally in other.rows.items():
            self.rows.setdefault(table, Tally()).update(tally)
        for table, columns in other.cells.items():
            for column, tally in columns.items():
                self.cell_tally(table, column).update(tally)

    def cell_tally(self, table: str, column: str) -> Tally:
        """The counts of a column, to be added to."""
        return self.cells.setdefault(table, {}).setdefault(column, Tally())

    def plain(self, words: VerdictWords) -> dict[str, object]:
        """The counts as JSON: rows by table, and cells by table and column."""
        return {
            table: {
                "rows": counts(tally, words),
                "columns": {column: counts(cells, words) for column, cells in self.cells.get(table, {}).items()},
            }
            for table, tally in self.ordered_rows()
        }

    def ordered_rows(self) -> list[tuple[str, Tally]]:
        """The counts of rows by table, in the order of the contract."""
        order = [*key_columns(), *sorted(self.rows)]
        return sorted(self.rows.items(), key=lambda counted: order.index(counted[0]))

    def count_row(self, table: str, pair: RowPair, *, above: PlainRow | None, with_positions: bool) -> None:
        """Count the cells of a pair of rows; of position columns only those that differ."""
        expected, read = pair
        verdicts = dict(_verdicts(expected or {}, read or {}, with_positions=with_positions))
        for column, verdict in verdicts.items():
            self.cell_tally(table, column)[verdict] += 1
        different = {column: verdict for column, verdict in verdicts.items() if verdict != "right"}
        of_row: Verdict = "wrong" if different else "right"
        if None in pair:
            of_row = "spurious" if expected is None else "missing"
            self.differences.append(Difference(table, None, of_row, expected, read, above))
        else:
            self.differences += [
                Difference(table, column, verdict, expected, read, above) for column, verdict in different.items()
            ]
        self.rows.setdefault(table, Tally())[of_row] += 1


def compare(expected: RowsByTable, read: RowsByTable) -> Comparison:
    """Compare the rows of one document with the expected ones, table by table.

    A missing row moves the keys and ordinals of all rows after it, and of their projects. So these are compared only if
    every row of the document has a partner.
    """
    tables = [*expected, *(table for table in read if table not in expected)]
    pairs = {
        table: pair_rows(expected.get(table, ()), read.get(table, ()), key=key_columns().get(table, ("row_key",)))
        for table in tables
    }
    with_positions = all(None not in pair for paired in pairs.values() for pair in paired)
    comparison = Comparison()
    for table, paired in pairs.items():
        above: PlainRow | None = None
        for pair in paired:
            comparison.count_row(table, pair, above=above, with_positions=with_positions)
            above = pair[1] or above
    return comparison


def counts(tally: Tally, words: VerdictWords) -> dict[str, int]:
    """Every verdict with its count, zeros included."""
    return {words.verdict(verdict): tally[verdict] for verdict in VERDICTS}


@cache
def key_columns() -> Mapping[str, Sequence[str]]:
    """The columns that identify the rows of each table."""
    return {
        model.table: (*model.sort_by, *(["row_key"] if "row_key" in model.model_fields else []))
        for model in (*TABLES, *CORPUS_TABLES)
    }


def _verdicts(expected: PlainRow, read: PlainRow, *, with_positions: bool) -> Iterator[tuple[str, Verdict]]:
    for column in [*expected, *(column for column in read if column not in expected)]:
        first, second = expected.get(column), read.get(column)
        if column in POSITION_COLUMNS and not (with_positions and first != second):
            continue
        if first == second:
            if first is not None:
                yield column, "right"
        else:
            yield column, "spurious" if first is None else "missing" if second is None else "wrong"


def _cells(row: PlainRow) -> dict[str, object]:
    """The content of a row."""
    return {column: value for column, value in row.items() if value is not None and column not in POSITION_COLUMNS}


MIN_SIMILARITY = 0.5
"""Share of the content that two rows must have in common to be a pair."""
NEIGHBOURS = 20
"""Unpaired rows before and after among which a partner is searched."""
COMPARED_CHARACTERS = 300
"""First characters of texts that are compared."""


def pair_rows(expected: Sequence[PlainRow], read: Sequence[PlainRow], *, key: Sequence[str]) -> list[RowPair]:
    """Every row with its partner, in the expected order; rows that nothing expects come last.

    `key`: the columns that identify rows of the table.

    >>> one, second, third = ({"row_key": f"/{n}", "text": text} for n, text in enumerate(("ทาสี", "ซ่อม", "ปลูก")))
    >>> pair_rows([one, second, third], [one, third | {"row_key": "/1"}], key=["row_key"])[1:]
    [({'row_key': '/1', 'text': 'ซ่อม'}, None), ({'row_key': '/2', 'text': 'ปลูก'}, {'row_key': '/1', 'text': 'ปลูก'})]
    """
    left, right = dict(enumerate(expected)), dict(enumerate(read))
    partners: dict[int, int] = {}
    for identity in (_whole, _content):
        partners |= _pair_equal(left, right, identity)
    is_distinctive = any(column not in POSITION_COLUMNS for column in key)
    partners |= _pair_equal(left, right, partial(_key, columns=key), least=0.0 if is_distinctive else MIN_SIMILARITY)
    partners |= _pair_most_similar(left, right)
    pairs: list[RowPair] = [(row, read[partners[i]] if i in partners else None) for i, row in enumerate(expected)]
    return pairs + [(None, row) for row in right.values()]


def similarity(one: PlainRow, other: PlainRow) -> float:
    """The share of their content that two rows have in common, 0 to 1; texts count by their similarity."""
    columns = sorted(_cells(one).keys() | _cells(other).keys())
    return sum(_cell_similarity(one.get(name), other.get(name)) for name in columns) / len(columns) if columns else 1.0


def _pair_equal(
    left: Unpaired, right: Unpaired, identity: Callable[[PlainRow], Hashable], *, least: float = 0.0
) -> dict[int, int]:
    """Pair rows with the same identity in order, and remove them from the unpaired ones."""
    waiting: dict[Hashable, deque[int]] = {}
    for j, row in right.items():
        waiting.setdefault(identity(row), deque()).append(j)
    partners = {}
    for i, row in left.items():
        same = waiting.get(identity(row))
        if same and (not least or similarity(row, right[same[0]]) >= least):
            partners[i] = same.popleft()
    return _remove_pairs(left, right, partners)


def _pair_most_similar(left: Unpaired, right: Unpaired) -> dict[int, int]:
    """Pair the remaining rows, the most similar first."""
    others = list(right)
    scored = [
        (similarity(row, right[j]), -abs(position - position_of_other), -i, -j)
        for position, (i, row) in enumerate(left.items())
        for position_of_other, j in enumerate(
            others[max(0, position - NEIGHBOURS) : position + NEIGHBOURS + 1], max(0, position - NEIGHBOURS)
        )
    ]
    partners: dict[int, int] = {}
    paired: set[int] = set()
    for score, _, i, j in sorted(scored, reverse=True):
        if score >= MIN_SIMILARITY and -i not in partners and -j not in paired:
            partners[-i] = -j
            paired.add(-j)
    return _remove_pairs(left, right, partners)


def _remove_pairs(left: Unpaired, right: Unpaired, partners: dict[int, int]) -> dict[int, int]:
    for i, j in partners.items():
        del left[i], right[j]
    return partners


def _whole(row: PlainRow) -> Hashable:
    return tuple((column, _hashable(row[column])) for column in sorted(row) if row[column] is not None)


def _content(row: PlainRow) -> Hashable:
    return tuple((column, _hashable(row[column])) for column in sorted(_cells(row)))


def _key(row: PlainRow, columns: Sequence[str]) -> Hashable:
    return tuple(_hashable(row.get(column)) for column in columns)


def _hashable(value: object) -> Hashable:
    value = value.items() if isinstance(value, dict) else value
    return tuple(map(_hashable, value)) if isinstance(value, list | ItemsView) else value


def _cell_similarity(one: object, other: object) -> float:
    if isinstance(one, str) and isinstance(other, str):
        return fuzz.ratio(one[:COMPARED_CHARACTERS], other[:COMPARED_CHARACTERS]) / 100
    return 1.0 if one == other else 0.0
