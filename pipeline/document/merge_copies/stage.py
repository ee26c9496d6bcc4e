"""Cells of all copies to one reading each: the one most copies share, else the one whose words are words.

Copies meet by value after each was read by itself: a project by its code and year, an entry by its number, an item by
its place and words. Similarity between pages decides nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.text import bare
from pipeline.document.merge_copies.align import CONTAINED, Group, Row, align_items, is_same_project, reading_key
from pipeline.document.merge_copies.wordness import unknown_characters
from pipeline.model import Cell, Issue, SplitDocument
from schemas.base import Table

LISTED = {
    "objectives": "text",
    "activities": "text",
    "budget_items": "item",
    "indicators": "name",
    "risks": "risk",
}
"""The tables whose rows have no number that could be trusted to meet by, with the column of their words."""
SHOWN = 80
"""Characters of a row that a message about it shows."""
MAJORITY = 2
"""So many other copies that print a list outvote an item that one copy alone has in it."""
LINK = "link"
"""What identifies a row that was found in running text, which has no number either."""


class Reading(NamedTuple):
    """The reading that won, and what the other copies say."""

    cell: Cell
    total: int
    agreeing: int
    alternatives: tuple[str, ...] = ()
    is_tied: bool = False
    is_corrected: bool = False
    """Whether a reviewer gave the value, of which the page keeps what it prints."""
    others: tuple[Cell, ...] = ()
    """What the other copies print there, be it the same or not."""


MergedRow = dict[str, Reading]


@dataclass(frozen=True, slots=True)
class MergedProject:
    """A report with its copies merged: the rows of each table in their order."""

    copies: tuple[int, ...]
    rows: dict[type[Table], dict[tuple[object, ...], MergedRow]]
    is_outside_projects: bool = False
    """Whether it is no project but what the report says outside of its projects."""
    region: int = 0
    notes: tuple[Issue, ...] = ()
    """What was left out."""


def merge_copies(document: SplitDocument, cells: Sequence[Cell]) -> tuple[MergedProject, ...]:
    """One project for each report in the document, whatever the number of its copies."""
    by_copy: dict[int, list[Cell]] = {copy.index: [] for copy in document.copies}
    for cell in cells:
        by_copy[cell.copy].append(cell)
    merged: list[MergedProject] = []
    for number, region in enumerate(document.regions):
        here = [copy for copy in document.copies if copy.region == number]
        if region.form.holds_projects:
            merged += [
                replace(_merged([copy.index], by_copy), is_outside_projects=copy.is_outside_projects, region=number)
                for copy in here
            ]
        else:
            groups = _projects({copy.index: by_copy[copy.index] for copy in here})
            merged += [replace(_merged(group, by_copy), region=number) for group in groups]
    return tuple(merged)


def _projects(by_copy: dict[int, list[Cell]]) -> list[list[int]]:
    """The copies of each project; a copy whose header is missing belongs to the project before it."""
    groups: list[list[int]] = []
    heads: list[Row] = []
    for copy, cells in by_copy.items():
        head = {cell.column: cell for cell in cells if cell.model.table == "projects" and cell.value is not None}
        order = range(len(groups) - 1, -1, -1)
        place = next((i for i in order if is_same_project(heads[i], head)), None)
        if place is None:
            groups.append([copy])
            heads.append(head)
        else:
            groups[place].append(copy)
            heads[place] = head | heads[place]
    return groups


def _merged(copies: Sequence[int], by_copy: dict[int, list[Cell]]) -> MergedProject:
    tables: dict[type[Table], dict[tuple[object, ...], dict[str, list[Cell]]]] = {}
    notes: list[Issue] = []
    for cell in _with_common_rows(copies, by_copy):
        if isinstance(cell, Issue):
            notes.append(cell)
            continue
        model = _table_model(cell.model)
        found = tables.setdefault(model, {}).setdefault(cell.row, {}).setdefault(cell.column, [])
        if not found or found[-1].copy != cell.copy or found[-1].value is None:
            found.append(cell)  # of two places in one copy the first speaks: a header before a line below it
    merged = {
        model: {row: {column: _vote(found) for column, found in columns.items()} for row, columns in rows.items()}
        for model, rows in tables.items()
    }
    return MergedProject(tuple(copies), merged, notes=tuple(notes))


@cache
def _table_model(model: type[Table]) -> type[Table]:
    """The table itself, of which a form's template is a kind."""
    return next(base for base in reversed(model.__mro__) if issubclass(base, Table) and base is not Table)


def _with_common_rows(copies: Sequence[int], by_copy: dict[int, list[Cell]]) -> Iterator[Cell | Issue]:
    """The cells of all copies, the items of lists renumbered so that the same item has the same row."""
    if len(copies) == 1:
        yield from _said(by_copy[copies[0]])
        return
    listed: dict[str, dict[int, list[Cell]]] = {}
    for copy in copies:
        for cell in by_copy[copy]:
            if _words_in(cell) is None:
                yield cell
            else:
                listed.setdefault(cell.model.table, {}).setdefault(copy, []).append(cell)
    for table, found in listed.items():
        yield from _aligned(table, [(copy, found.get(copy, ())) for copy in copies])


def _words_in(cell: Cell) -> str | None:
    """The column with the words that a row of a list meets by, None where its row has a number or a name."""
    if cell.model.table == "strategy_links" and cell.row[0] == LINK:
        return "text"
    return LISTED.get(cell.model.table)


def _aligned(table: str, copies: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[Cell | Issue]:
    """The rows of one list, renumbered so that an item has the same row in every copy; a note for one left out."""
    said = LISTED.get(table, "text")
    lists = [(copy, _rows(cells, said)) for copy, cells in copies]
    groups = align_items([(copy, rows) for copy, rows in lists if rows], said=said)
    kept = [group for group in groups if not _is_slip(group, lists)]
    for place, group in enumerate(kept, 1):
        for row in group.rows.values():
            yield from (cell._replace(row=("item", place)) for cell in row.values())
    for group in groups:
        if group not in kept and not _is_said(group, kept):
            ((_, row),) = group.rows.items()
            text = f"one of {len(copies)} copies prints {group.text()[:SHOWN]!r} in {table}, the others do not"
            yield Issue("row_left_out", text, row[said].spans[0] if row[said].spans else None, table)


def _is_slip(group: Group, lists: Sequence[tuple[int, Sequence[Row]]]) -> bool:
    """Whether one copy alone prints an item where two others print this list too: lines run together or cut there."""
    (copy, row), *others = group.rows.items()
    kind = row["kind"].value if "kind" in row else None
    alike = [
        other
        for other, rows in lists
        if other != copy and any(kind is None or ("kind" in one and one["kind"].value == kind) for one in rows)
    ]
    return not others and len(alike) >= MAJORITY


def _is_said(group: Group, kept: Sequence[Group]) -> bool:
    """Whether the words of an item stand in the others, one behind the other."""
    others = bare(" ".join(other.text() for other in kept))
    return fuzz.partial_ratio(bare(group.text()), others, score_cutoff=CONTAINED) > 0


def _said(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of one copy without items of lists that say nothing."""
    texts = (cell for cell in cells if cell.column == _words_in(cell) and cell.value is not None)
    said = {(cell.model.table, cell.row) for cell in texts}
    yield from (cell for cell in cells if _words_in(cell) is None or (cell.model.table, cell.row) in said)


def _rows(cells: Iterable[Cell], said: str) -> list[Row]:
    rows: dict[tuple[object, ...], Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return [row for row in rows.values() if said in row and row[said].value is not None]


def _vote(cells: Sequence[Cell]) -> Reading:
    """The reading that most copies share; at a tie the one whose words are words, then that of the first copy."""
    if len(cells) == 1:
        return Reading(cells[0], 1, 1)
    readable = [cell for cell in cells if cell.value is not None]
    if not readable:
        shown = next((cell for cell in cells if cell.issue), cells[0])
        return Reading(shown, len(cells), len(cells), others=_others(cells, shown))
    votes: dict[object, list[Cell]] = {}
    for cell in readable:
        votes.setdefault(reading_key(cell.value), []).append(cell)
    won, is_tied = _won(list(votes.values()))
    others = dict.fromkeys(
        str(cell.value) if cell.value is not None else cell.raw
        for cell in (cells if len(won) < len(cells) else ())
        if cell not in won and (cell.value is not None or cell.issue)
    )
    best = max(won, key=lambda cell: (cell.score, -cell.copy))
    return Reading(best, len(cells), len(won), tuple(others), is_tied, others=_others(cells, best))


def _won(votes: Sequence[list[Cell]]) -> tuple[list[Cell], bool]:
    """The copies that share the reading that won, and whether it is tied."""
    most = max(map(len, votes))
    leaders = [found for found in votes if len(found) == most]
    if len(leaders) == 1:
        return leaders[0], False
    place, is_tied = _most_words([found[0] for found in leaders])
    return leaders[place], is_tied


def _others(cells: Sequence[Cell], shown: Cell) -> tuple[Cell, ...]:
    return tuple([cell for cell in cells if cell is not shown])


def _most_words(leaders: Sequence[Cell]) -> tuple[int, bool]:
    """Which reading has the fewest characters outside of words, and whether none stands out."""
    first = leaders[0]
    if not isinstance(first.value, str):
        return 0, True
    rest = [unknown_characters(str(cell.value), first.value) for cell in leaders[1:]]
    mine = [unknown_characters(first.value, str(cell.value)) for cell in leaders[1:]]
    gains = [own - other for own, other in zip(mine, rest, strict=True)]
    best = max(gains)
    if best > 0:
        return 1 + gains.index(best), gains.count(best) > 1
    return 0, best == 0
