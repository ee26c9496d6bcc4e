"""Cells of all copies to one reading each: the one most copies share, else the one whose words are words.

Copies meet by value after each was read by itself: a project by its code and year, an entry by its number, a row of a
list by its place and words. Similarity between pages decides nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalizers.fuzzy_match import folded
from normalizers.lexicon import uncovered
from normalizers.text import bare
from pipeline.document.merge_copies.alignment import (
    CONTAINED,
    ListRow,
    Row,
    align_rows,
    has_same_words,
    is_same_project,
    of_role,
    reading_key,
)
from pipeline.model import ONLY_ROW, TOTAL_ROW, Cell, Copy, Issue, RowId, SplitDocument, merged_spans
from schemas.base import Table
from schemas.projects import Project

SHOWN = 80
"""Characters of a row that a message about it shows."""
MAJORITY = 2
"""So many other copies that print a list outvote a row that one copy alone has in it."""
LONG_WORDS, SAME_WORDS = 12, 93
"""Characters from which on other words for a value are told as another reading, and how alike they are at most."""
CUT, SAME_PART = 0.8, 80
"""The share of other readings that one without their beginning or end has at most, and how alike that part is."""
CONTEXT = 12
"""Characters on either side of a difference that may belong to the same word."""


class Consensus(NamedTuple):
    """The reading of a cell that won, and what the other copies say."""

    cell: Cell
    total: int
    agreeing: int
    alternatives: tuple[str, ...] = ()
    is_tied: bool = False
    is_corrected: bool = False
    """Whether a reviewer gave the value, of which the page keeps what it prints."""
    others: tuple[Cell, ...] = ()
    """What the other copies print there, be it the same or not, and other places of one copy that say the same."""
    contradictions: tuple[Cell, ...] = ()
    """What other places of one copy say in its stead."""

    @property
    def is_contradicted(self) -> bool:
        """Whether another place prints another day, amount or count."""
        return any(isinstance(one.value, date | Decimal | int) for one in self.contradictions)

    def issue(self, code: str, text: str, *, column: str | None = None) -> Issue:
        """What is wrong with the value, or with another `column` of its row, at the place where it was read."""
        field = self.cell.field
        span = field.spans[0] if field.spans else None
        return Issue(code, text, span, field.model.table, column or field.column, field.row)


class MergedRow(dict[str, Consensus]):
    """The readings of a row by column."""

    def value(self, column: str) -> Any:
        """The value of a column, None where it has none."""
        return self[column].cell.value if column in self else None

    def number(self, column: str) -> Decimal | None:
        """The amount or number of a column."""
        value = self.value(column)
        return value if isinstance(value, Decimal) else None

    def day(self, column: str) -> date | None:
        """The day of a column."""
        value = self.value(column)
        return value if isinstance(value, date) else None


LEAST_TO_SUM = 2
"""Rows of which a sum says anything."""


@dataclass(frozen=True, slots=True)
class MergedProject:
    """A report with its copies merged: the rows of each table in their order."""

    copies: tuple[int, ...]
    rows: Mapping[type[Table], Mapping[RowId, MergedRow]]
    is_outside_projects: bool = False
    """Whether it is no project but what the report says outside of its projects."""
    region: int = 0
    issues: tuple[Issue, ...] = ()
    """What was left out."""
    totals: Mapping[type[Table], MergedRow] = field(default_factory=dict)
    """What is printed as the sum of the rows of a table."""

    def sums(self, model: type[Table], column: str) -> tuple[Consensus, Decimal] | None:
        """What is printed as the sum of a column, and what it is; None where a row or the sum is not known."""
        total = self.totals.get(model, MergedRow())
        found = [row.number(column) for row in self.rows.get(model, {}).values()]
        known = [number for number in found if number is not None]
        if total.number(column) is None or len(known) < len(found) or len(known) < LEAST_TO_SUM:
            return None
        return total[column], sum(known, Decimal(0))

    def row(self, model: type[Table], row: RowId = ONLY_ROW) -> MergedRow:
        """One row of a table, empty where there is none; of the project itself, if no row is named."""
        return self.rows.get(model, {}).get(row) or MergedRow()


def merge_copies(blocks: SplitDocument, cells: Sequence[Cell | Issue]) -> tuple[MergedProject, ...]:
    """One project for each report in the document, whatever the number of its copies."""
    copies = [_CopyCells(copy) for copy in blocks.copies]
    by_index = {copy.index: copy for copy in copies}
    for cell in cells:
        if isinstance(cell, Cell):
            by_index[cell.field.copy].cells.append(cell)
    return tuple(
        _merged(group, number)
        for number, region in enumerate(blocks.regions)
        for here in [[copy for copy in copies if copy.region == number]]
        for group in (_printings(here) if region.form.holds_projects else _projects(here))
    )


class _CopyCells:
    """The cells of one copy."""

    def __init__(self, copy: Copy) -> None:
        self.index, self.region, self.number = copy.index, copy.region, copy.number
        self.is_outside_projects = copy.is_outside_projects
        self.cells: list[Cell] = []

    def head(self) -> Row:
        """The cells of the project itself that say something."""
        stated = (cell for cell in self.cells if cell.value is not None)
        return {cell.field.column: cell for cell in stated if _table(cell.field.model) is Project}

    def words(self) -> str:
        """What the copy says beside the project's own values."""
        said = (cell.field.raw for cell in self.cells if _table(cell.field.model) is not Project)
        return folded("".join(said))


def _projects(copies: Sequence[_CopyCells]) -> list[list[_CopyCells]]:
    """The copies of each project; a copy whose header is missing belongs to the project before it."""
    groups = [[copy] for copy in copies if copy.is_outside_projects]
    outside = len(groups)
    heads: list[Row] = [{} for _ in groups]
    for copy in (copy for copy in copies if not copy.is_outside_projects):
        head = copy.head() if len(copies) > 1 else {}
        order = range(len(groups) - 1, outside - 1, -1)
        number = next((i for i in order if is_same_project(heads[i], head)), None)
        if number is None:
            words = copy.words() if len(copies) > 1 else ""
            alike = (i for i in order if has_same_words(heads[i], head, groups[i][0].words(), words))
            number = next(alike, None)
        if number is None:
            groups.append([copy])
            heads.append(head)
        else:
            groups[number].append(copy)
            heads[number] = {**head, **heads[number]}
    return groups


def _printings(copies: Sequence[_CopyCells]) -> list[list[_CopyCells]]:
    """The projects of a report on several, each with its copies in other printings of the report."""
    groups = [[copy] for copy in copies if copy.number == 1]
    for copy in (copy for copy in copies if copy.number > 1):
        open_groups = [group for group in groups if all(other.number != copy.number for other in group)]
        alike = [group for group in open_groups if group[0].is_outside_projects is copy.is_outside_projects]
        head = copy.head()
        same = [group for group in alike if copy.is_outside_projects or is_same_project(group[0].head(), head)]
        if same:
            same[0].append(copy)
        else:
            groups.append([copy])
    return groups


def _merged(copies: Sequence[_CopyCells], region: int) -> MergedProject:
    tables: dict[type[Table], dict[RowId, dict[str, list[Cell]]]] = {}
    again: dict[int, list[Cell]] = {}
    issues: list[Issue] = []
    for cell in _with_common_rows(copies):
        if isinstance(cell, Issue):
            issues.append(cell)
            continue
        field = cell.field
        found = tables.setdefault(_table(field.model), {}).setdefault(field.row, {}).setdefault(field.column, [])
        if not found or found[-1].field.copy != field.copy or found[-1].value is None:
            found.append(cell)  # of two places in one copy the first speaks: a header before a line below it
        elif cell.value is not None:
            again.setdefault(id(found), []).append(cell)
    rows = {
        model: {
            row: MergedRow(
                (column, _read_again(_vote(found), again.get(id(found), ()))) for column, found in columns.items()
            )
            for row, columns in rows.items()
        }
        for model, rows in tables.items()
    }
    totals = {model: total for model, found in rows.items() if (total := found.pop(TOTAL_ROW, None))}
    indexes = tuple(copy.index for copy in copies)
    is_outside = copies[0].is_outside_projects
    return MergedProject(indexes, rows, is_outside, region, tuple(issues), totals)


@cache
def _table(model: type[Table]) -> type[Table]:
    """The table itself, of which a form's template is a kind."""
    return next(base for base in model.__mro__ if "table" in vars(base))


def _with_common_rows(copies: Sequence[_CopyCells]) -> Iterator[Cell | Issue]:
    """The cells of all copies, the rows of lists renumbered so that the same one has the same id in every copy."""
    if len(copies) == 1:
        yield from _saying(copies[0].cells)
        return
    listed: dict[type[Table], dict[int, list[Cell]]] = {}
    for copy in copies:
        for cell in copy.cells:
            if _is_listed(cell):
                listed.setdefault(_table(cell.field.model), {}).setdefault(copy.index, []).append(cell)
            else:
                yield cell
    for model, found in listed.items():
        yield from _aligned(model, [(copy.index, found.get(copy.index, ())) for copy in copies])


def _is_listed(cell: Cell) -> bool:
    """Whether a row meets those of other copies by its words, for it has no number or name."""
    return bool(cell.field.row.order) and bool(cell.field.model.column_of("words"))


def _saying(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one copy without rows of lists that say nothing."""
    words = (
        cell for cell in cells if cell.value is not None and cell.field.column == cell.field.model.column_of("words")
    )
    saying = {(cell.field.model.table, cell.field.row) for cell in words}
    return [cell for cell in cells if not _is_listed(cell) or (cell.field.model.table, cell.field.row) in saying]


def _aligned(model: type[Table], copies: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[Cell | Issue]:
    """The rows of one list, renumbered; an issue for one left out."""
    words = model.column_of("words")
    lists = [(copy, _rows(cells, words)) for copy, cells in copies]
    aligned = align_rows([(copy, rows) for copy, rows in lists if rows], words)
    kept = [row for row in aligned if not _is_slip(row, lists)]
    for place, row in enumerate(kept, 1):
        for cell in (cell for cells in row.cells.values() for cell in cells.values()):
            yield cell._replace(field=cell.field._replace(row=RowId(order=("row", place))))
    others = bare(" ".join(row.text() for row in kept))
    for row in aligned:
        if row not in kept and not fuzz.partial_ratio(bare(row.text()), others, score_cutoff=CONTAINED):
            (cells,) = row.cells.values()
            text = f"one of {len(copies)} copies prints {row.text()[:SHOWN]!r} in {model.table}, the others do not"
            spans = cells[words].field.spans
            yield Issue("row_left_out", text, spans[0] if spans else None, model.table)


def _rows(cells: Iterable[Cell], words: str) -> list[Row]:
    rows: dict[RowId, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.field.row, {})[cell.field.column] = cell
    return [row for row in rows.values() if words in row and row[words].value is not None]


def _is_slip(row: ListRow, lists: Sequence[tuple[int, Sequence[Row]]]) -> bool:
    """Whether one copy alone prints a row where two others print this list too: lines run together or cut there."""
    (copy, cells), *others = row.cells.items()
    kind = of_role(cells, "kind")
    kinds = {other: [found.value if (found := of_role(one, "kind")) else None for one in rows] for other, rows in lists}
    alike = [other for other, found in kinds.items() if other != copy and (kind.value in found if kind else found)]
    return not others and len(alike) >= MAJORITY


def _vote(cells: Sequence[Cell]) -> Consensus:
    """The reading that most copies share; at a tie the one whose words are words, then that of the first copy."""
    if len(cells) == 1:
        return Consensus(cells[0], 1, 1)
    readable = [cell for cell in cells if cell.value is not None]
    if not readable:
        shown = next((cell for cell in cells if cell.issue), cells[0])
        return Consensus(shown, len(cells), len(cells), others=_others(cells, shown))
    votes: dict[object, list[Cell]] = {}
    for cell in readable:
        votes.setdefault(reading_key(cell.value), []).append(cell)
    won, is_tied = _won(list(votes.values()))
    alternatives = dict.fromkeys(
        str(cell.value) if cell.value is not None else cell.field.raw
        for cell in (cells if len(won) < len(cells) else ())
        if cell not in won and (cell.value is not None or cell.issue)
    )
    best = max(won, key=lambda cell: (cell.field.score, -cell.field.copy))
    told = (best.field.raw, *alternatives)
    unlike = (cell.field.raw.strip() for cell in cells if _is_unlike(cell, told))
    alternatives |= dict.fromkeys(unlike)
    return Consensus(best, len(cells), len(won), tuple(alternatives), is_tied, others=_others(cells, best))


def _read_again(reading: Consensus, again: Sequence[Cell]) -> Consensus:
    """A reading, with what other places of one copy print for it: those that say the same confirm it."""
    same = [cell for cell in again if cell.value == reading.cell.value]
    others = [cell for cell in again if cell.value != reading.cell.value]
    return reading._replace(others=(*reading.others, *same), contradictions=tuple(others)) if again else reading


def _is_unlike(cell: Cell, told: Sequence[str]) -> bool:
    """Whether a copy prints a value in other words than those told, as a day in figures that others print in words."""
    raw, value = cell.field.raw, cell.value
    if raw in told or (isinstance(value, str) and 4 * len(raw) <= 5 * len(value) and not value.isascii()):
        return False
    both = [(bare(raw), bare(one)) for one in told] if len(raw) >= LONG_WORDS else [("", "")]
    return all((fuzz.partial_ratio if len(one) > len(raw) else fuzz.ratio)(raw, one) < SAME_WORDS for raw, one in both)


def _others(cells: Sequence[Cell], shown: Cell) -> tuple[Cell, ...]:
    return tuple([cell for cell in cells if cell is not shown])


def _won(votes: Sequence[list[Cell]]) -> tuple[list[Cell], bool]:
    """The copies that share the reading that won, and whether it is tied."""
    most = max(map(len, votes))
    leaders = [found for found in votes if len(found) == most]
    if len(leaders) == 1:
        return leaders[0], False
    first, *others = (found[0].value for found in leaders)
    if not isinstance(first, str):
        return leaders[0], True
    whole = [found for found in leaders if not _is_cut(str(found[0].value), leaders)]
    if 0 < len(whole) < len(leaders):
        return _won(whole)
    gains = [oov_characters(first, str(other)) - oov_characters(str(other), first) for other in others]
    best = max(gains)
    return (leaders[1 + gains.index(best)], gains.count(best) > 1) if best > 0 else (leaders[0], best == 0)


def _is_cut(text: str, readings: Sequence[list[Cell]]) -> bool:
    """Whether two other readings, and most of them, hold a text and more: its copy lost the words before or behind."""
    here, others = bare(text), [bare(str(found[0].value)) for found in readings]
    longer = [one for one in others if len(here) < CUT * len(one) and fuzz.partial_ratio(here, one) >= SAME_PART]
    return len(here) >= LONG_WORDS and len(longer) >= max(MAJORITY, len(others) / 2)


def oov_characters(text: str, other: str) -> int:
    """How many characters of `text`, near where it differs from `other`, no dictionary word covers.

    The dictionary is loaded only here, where copies disagree and are equally many.
    """
    here, there = bare(text), bare(other)
    steps = [step for step in Levenshtein.opcodes(here, there) if step.tag != "equal"]
    near = merged_spans((max(0, step.src_start - CONTEXT), min(len(here), step.src_end + CONTEXT)) for step in steps)
    return sum(uncovered(here[start:end]) for start, end in near)
