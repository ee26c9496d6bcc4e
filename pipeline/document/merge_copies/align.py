"""Rows of copies that are the same row: by what identifies them, or by their words where a list has no numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from normalizers.fuzzy_match import MARGIN
from normalizers.text import bare
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
    words: dict[int, str] = field(default_factory=dict)
    """The same words without blanks, as they are compared."""

    def add(self, copy: int, row: Row, words: str) -> None:
        """Add what one more copy prints."""
        self.rows[copy], self.words[copy] = row, words

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
            words = bare(str(row[said].value))
            found = _find(groups, (row, words), copy, place)
            if found is None:
                place += 1
                groups.insert(place, Group(said))
            else:
                place = found
            groups[place].add(copy, row, words)
    return [group for group in groups if not _is_piece(group, groups, len(copies))]


def _find(groups: Sequence[Group], item: tuple[Row, str], copy: int, place: int) -> int | None:
    scored = [
        (score, -abs(i - place - 1), i)
        for i, group in enumerate(groups)
        if copy not in group.rows
        for other, row in group.rows.items()
        if (score := _likeness(item, (row, group.words[other])))
    ]
    return max(scored)[2] if scored else None


def _likeness(item: tuple[Row, str], other: tuple[Row, str]) -> float:
    """How alike two items are; 0 for those that are not one."""
    (row, words), (other_row, other_words) = item, other
    kinds = {found["kind"].value for found in (row, other_row) if "kind" in found}
    if len(kinds) > 1:
        score = fuzz.ratio(words, other_words, score_cutoff=OTHER_KIND)
        return score - MARGIN if score else 0.0
    labels = [found["label"].value for found in (row, other_row) if "label" in found]
    same_label = len(labels) == 2 and labels[0] == labels[1]
    return fuzz.ratio(words, other_words, score_cutoff=SAME_LABEL if same_label else SAME_WORDS)


def _is_piece(group: Group, groups: Sequence[Group], total: int) -> bool:
    """Whether at most half of the copies print the item, without a label, and its words stand in another item."""
    if 2 * len(group.rows) > total or total < 2 or any("label" in row for row in group.rows.values()):
        return False
    words = next(iter(group.words.values()))
    return any(
        fuzz.partial_ratio(words, others, score_cutoff=CONTAINED)
        for other in groups
        if other is not group
        for copy, others in other.words.items()
        if copy not in group.rows and len(others) > len(words)
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
