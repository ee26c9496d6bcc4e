"""Which row of one side is which row of the other: by key and content, by content, by key, by likeness.

Keys of lists count places, so one row that is lost moves all keys behind it. That is why the content goes first, and
why a key counts by itself only where it says more than a place, such as an entry's number.
"""

from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

from rapidfuzz import fuzz

Row = Mapping[str, object]
"""The values of a row by column; a column that is not there is null."""
Pair = tuple[Row | None, Row | None]
"""What was expected and what was found; None where the other side has no such row."""
Waiting = dict[int, Row]
"""Rows that have no partner yet, by their place in the table."""

PLACES = frozenset({"document_id", "project_id", "group_id", "ordinal", "row_key"})
"""Columns that say where a row stands, not what it says."""
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
