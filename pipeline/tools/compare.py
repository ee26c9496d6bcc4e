"""Rows against rows, cell by cell: what is right, wrong, missing or spurious. The one comparison that there is.

Which row of one side is which row of the other is told by key and content, by content, by key, by likeness. Keys of
lists count places, so one row that is lost moves all keys behind it. That is why the content goes first, and why a key
counts by itself only where it says more than a place, such as an entry's number.
"""

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from schemas import CORPUS_TABLES, TABLES

Row = Mapping[str, object]
"""The values of a row by column; a column that is not there is null."""

Pair = tuple[Row | None, Row | None]
"""What was expected and what was found; None where the other side has no such row."""

Waiting = dict[int, Row]
"""Rows that have no partner yet, by their place in the table."""

PLACES = frozenset({"document_id", "project_id", "group_id", "ordinal", "row_key"})
"""Columns that say where a row stands, not what it says."""


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


ALIKE = 0.5
"""Share of the content that two rows must have in common to be one row."""
NEAR = 20
"""Rows before and behind, of those left over, among which a row's partner is sought."""
READ = 300
"""First characters of a text by which it is told from another."""


def pair_rows(expected: Sequence[Row], found: Sequence[Row], *, key: Sequence[str]) -> list[Pair]:
    """Every row with its partner, in the order expected; rows that nothing expects come last.

    `key`: the columns that tell rows of the table apart.

    >>> one, other, third = ({"row_key": f"/{n}", "text": text} for n, text in enumerate(("ทาสี", "ซ่อม", "ปลูก")))
    >>> pair_rows([one, other, third], [one, third | {"row_key": "/1"}], key=["row_key"])[1:]
    [({'row_key': '/1', 'text': 'ซ่อม'}, None), ({'row_key': '/2', 'text': 'ปลูก'}, {'row_key': '/1', 'text': 'ปลูก'})]
    """
    left, right = dict(enumerate(expected)), dict(enumerate(found))
    partners: dict[int, int] = {}
    for told_by in (_whole, _content):
        partners |= _same(left, right, told_by)
    says_more_than_place = any(column not in PLACES for column in key)
    partners |= _same(left, right, partial(_key, columns=key), least=0.0 if says_more_than_place else ALIKE)
    partners |= _most_alike(left, right)
    pairs: list[Pair] = [(row, found[partners[i]] if i in partners else None) for i, row in enumerate(expected)]
    return pairs + [(None, row) for row in right.values()]


def likeness(one: Row, other: Row) -> float:
    """How much of their content two rows have in common, 0-1; of texts, how alike they are."""
    columns = sorted(_filled(one) | _filled(other))
    return sum(_cell_likeness(one.get(name), other.get(name)) for name in columns) / len(columns) if columns else 1.0


def _same(left: Waiting, right: Waiting, told_by: Callable[[Row], Hashable], *, least: float = 0.0) -> dict[int, int]:
    """Partners of the same sign, the first with the first; they wait no longer."""
    waiting: dict[Hashable, deque[int]] = {}
    for j, row in right.items():
        waiting.setdefault(told_by(row), deque()).append(j)
    partners = {}
    for i, row in left.items():
        same = waiting.get(told_by(row))
        if same and (not least or likeness(row, right[same[0]]) >= least):
            partners[i] = same.popleft()
    return _taken(left, right, partners)


def _most_alike(left: Waiting, right: Waiting) -> dict[int, int]:
    """Partners among what is left, the most alike first."""
    others = list(right)
    scored = [
        (likeness(row, right[j]), -abs(place - other), -i, -j)
        for place, (i, row) in enumerate(left.items())
        for other, j in enumerate(others[max(0, place - NEAR) : place + NEAR + 1], max(0, place - NEAR))
    ]
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, i, j in sorted(scored, reverse=True):
        if score >= ALIKE and -i not in partners and -j not in taken:
            partners[-i] = -j
            taken.add(-j)
    return _taken(left, right, partners)


def _taken(left: Waiting, right: Waiting, partners: dict[int, int]) -> dict[int, int]:
    for i, j in partners.items():
        del left[i], right[j]
    return partners


def _whole(row: Row) -> Hashable:
    return tuple((column, _fixed(row[column])) for column in sorted(row) if row[column] is not None)


def _content(row: Row) -> Hashable:
    return tuple((column, _fixed(row[column])) for column in sorted(_filled(row)))


def _key(row: Row, columns: Sequence[str]) -> Hashable:
    return tuple(_fixed(row.get(column)) for column in columns)


def _filled(row: Row) -> set[str]:
    return {column for column, value in row.items() if value is not None and column not in PLACES}


def _fixed(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


def _cell_likeness(one: object, other: object) -> float:
    if isinstance(one, str) and isinstance(other, str):
        return fuzz.ratio(one[:READ], other[:READ]) / 100
    return 1.0 if one == other else 0.0
