"""Rows of copies that are the same row: by what identifies them, or by their words where a list has no numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from normalizers.text import bare
from pipeline.likeness import MARGIN
from pipeline.model import Cell

SAME_WORDS, SAME_LABEL = 60, 40
"""How alike two items must be to be one: less where their printed labels agree."""
OTHER_KIND = 85
"""How alike two items must be whose kinds differ because one copy's sub-head could not be read."""
SAME_NAME = 70
"""How alike the names of one project are in two copies, each with OCR mistakes of its own."""
CONTAINED = 85
"""How much of an item must stand in another for it to be a piece of that one."""
YEARS_APART = 10
"""Two fiscal years so far apart are no two years of a project: one of them is misread, and tells nothing."""

OFFICE = ("agency", "division", "unit")

Row = dict[str, Cell]


@dataclass(slots=True)
class Group:
    """The readings of one item in the copies that print it."""

    said: str
    """The column that holds its words."""
    rows: dict[int, Row] = field(default_factory=dict)

    def text(self) -> str:
        """The item in the words of the first copy that prints it."""
        return next(str(row[self.said].value) for row in self.rows.values())


def align_items(copies: Sequence[tuple[int, Sequence[Row]]], *, said: str = "text") -> list[Group]:
    """Bring the items of a list, copy by copy in their order, to one list; a cut-off piece is dropped.

    `said`: the column that holds an item's words.
    """
    groups: list[Group] = []
    for copy, rows in copies:
        place = -1
        for row in rows:
            found = _find(groups, row, copy, place)
            if found is None:
                place += 1
                groups.insert(place, Group(said, {copy: row}))
            else:
                place = found
                groups[found].rows[copy] = row
    return [group for group in groups if not _is_piece(group, groups, len(copies))]


def _find(groups: Sequence[Group], row: Row, copy: int, place: int) -> int | None:
    scored = [
        (_likeness(row, other, group.said), -abs(i - place - 1), i)
        for i, group in enumerate(groups)
        if copy not in group.rows
        for other in group.rows.values()
    ]
    best = max(scored, default=(0.0, 0, 0))
    return best[2] if best[0] > 0 else None


def _likeness(row: Row, other: Row, said: str) -> float:
    score = fuzz.ratio(bare(str(row[said].value)), bare(str(other[said].value)))
    labels = [found["label"].value for found in (row, other) if "label" in found]
    kinds = {found["kind"].value for found in (row, other) if "kind" in found}
    if len(kinds) > 1:
        return score - MARGIN if score >= OTHER_KIND else 0.0
    same_label = len(labels) == 2 and labels[0] == labels[1]
    return score if score >= (SAME_LABEL if same_label else SAME_WORDS) else 0.0


def _is_piece(group: Group, groups: Sequence[Group], total: int) -> bool:
    """Whether at most half of the copies print the item, without a label, and its words stand in another item."""
    if 2 * len(group.rows) > total or total < 2 or any("label" in row for row in group.rows.values()):
        return False
    words = bare(group.text())
    return any(
        fuzz.partial_ratio(words, bare(str(row[group.said].value))) >= CONTAINED
        for other in groups
        if other is not group
        for copy, row in other.rows.items()
        if copy not in group.rows and len(bare(str(row[group.said].value))) > len(words)
    )


def is_same_project(one: Row, other: Row) -> bool:
    """Whether two headers are copies of one, though a copy may misread any of their values.

    The same code decides, unless year and start say otherwise; where codes differ, the name must be the same and most
    of year, days and budget. Two reports on one form share few of them, two copies of one nearly all.
    """
    code = _agree(one, other, "project_code")
    name = _agree(one, other, "project_name")
    votes = [
        _agree(one, other, column) for column in ("fiscal_year_be", "start_date", "end_date", "budget_received_baht")
    ]
    if code:
        return votes[:2] != [False, False]
    if name is False:
        return code is None and all(votes)
    return votes.count(True) >= 2 * votes.count(False)


def _agree(one: Row, other: Row, column: str) -> bool | None:
    """Whether both headers say the same in a column; None where one of them is silent or cannot be right."""
    values = [row[column].value if column in row else None for row in (one, other)]
    if None in values:
        return None
    if column == "project_name":
        names = bare(str(values[0])), bare(str(values[1]))
        return (
            fuzz.ratio(*names) >= SAME_NAME or _runs_into_office(*names, one) or _runs_into_office(*names[::-1], other)
        )
    first, second = values
    if isinstance(first, int) and isinstance(second, int) and abs(first - second) >= YEARS_APART:
        return None
    return first == second


def _runs_into_office(name: str, longer: str, row: Row) -> bool:
    """Whether the longer name is the name with the office behind it, as where a line break was lost."""
    office = bare("".join(str(row[column].value) for column in OFFICE if column in row and row[column].value))
    rest = longer[len(name) :]
    begins = fuzz.ratio(longer[: len(name)], name) >= CONTAINED
    return begins and len(office) > 0 and len(rest) > 0 and fuzz.partial_ratio(rest, office) >= CONTAINED


def reading_key(value: object) -> object:
    """What two readings must share to be the same: text without white space, anything else itself."""
    return bare(value) if isinstance(value, str) else value.normalize() if isinstance(value, Decimal) else value
