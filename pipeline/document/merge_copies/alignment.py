"""Rows of copies that are the same row: by what identifies them, or by their words where a list has no numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from normalizers.fuzzy_match import MARGIN, folded
from normalizers.text import bare
from pipeline.model import Cell
from schemas.projects import Project

SAME_WORDS, SAME_LABEL = 60, 40
"""How alike two items must be to be one: less where their printed labels agree."""
OTHER_KIND = 85
"""How alike two items must be whose kinds differ because one copy's sub-head could not be read."""
SAME_NAME = 70
"""How alike the names of one project are in two copies, each with OCR mistakes of its own."""
SAME_OFFICE, SAME_BODY = 85, 80
"""How alike the offices of one project are in two damaged copies, and how much of all else both say, in its order."""
CONTAINED = 85
"""How much of an item must stand in another for it to be a piece of that one."""
YEARS_APART = 10
"""Two fiscal years so far apart are no two years of a project: one of them is misread, and tells nothing."""
WITNESSES, OFFICE = ("year", "start", "end", "budget"), ("agency", "division", "unit")
"""What tells two projects apart beside code and name, and the parts of an office, by the roles of columns."""

Row = Mapping[str, Cell]
"""The cells of one row in one copy, by column."""


class _Compared(NamedTuple):
    """What tells rows apart, looked up once: words without blanks, and the cells that hold their kind and label."""

    words: str
    kind: Cell | None
    label: Cell | None


@dataclass(slots=True)
class ListRow:
    """One row of a list, as the copies print it."""

    words_column: str
    cells: dict[int, Row] = field(default_factory=dict)
    """Its cells in each copy that prints it."""
    compared: dict[int, _Compared] = field(default_factory=dict)
    """What it is compared by in each of them."""

    def text(self) -> str:
        """The row in the words of the first copy that prints it."""
        return next(str(row[self.words_column].value) for row in self.cells.values())


def align_rows(copies: Sequence[tuple[int, Sequence[Row]]], words_column: str) -> list[ListRow]:
    """Bring the rows of a list, copy by copy in their order, to one list; a cut-off piece is dropped."""
    aligned: list[ListRow] = []
    for copy, rows in copies:
        place = -1
        for row in rows:
            compared = _Compared(bare(str(row[words_column].value)), of_role(row, "kind"), of_role(row, "label"))
            found = _find(aligned, compared, copy, place)
            if found is None:
                place += 1
                aligned.insert(place, ListRow(words_column))
            else:
                place = found
            aligned[place].cells[copy], aligned[place].compared[copy] = row, compared
    return [row for row in aligned if not _is_piece(row, aligned, len(copies))]


def _find(aligned: Sequence[ListRow], row: _Compared, copy: int, place: int) -> int | None:
    """The place of the row that comes closest, the nearest one at a tie, of those that this copy has not yet."""
    scored = [
        (score, -abs(i - place - 1), i)
        for i, known in enumerate(aligned)
        if copy not in known.cells
        for other in known.compared.values()
        if (score := _likeness(row, other))
    ]
    return max(scored)[2] if scored else None


def of_role(row: Row, role: str) -> Cell | None:
    """The cell of the column that has a role."""
    model = next(iter(row.values())).field.model
    return row.get(model.column_of(role))


def _likeness(one: _Compared, other: _Compared) -> float:
    """How alike two rows are; 0 for those that are not one."""
    if one.kind is not None and other.kind is not None and one.kind.value != other.kind.value:
        score = fuzz.ratio(one.words, other.words, score_cutoff=OTHER_KIND)
        return score - MARGIN if score else 0.0
    same_label = one.label is not None and other.label is not None and one.label.value == other.label.value
    return fuzz.ratio(one.words, other.words, score_cutoff=SAME_LABEL if same_label else SAME_WORDS)


def _is_piece(row: ListRow, aligned: Sequence[ListRow], total: int) -> bool:
    """Whether at most half of the copies print the row, without a label, and its words stand in another row."""
    if 2 * len(row.cells) > total or total < 2 or any(one.label for one in row.compared.values()):
        return False
    words = next(iter(row.compared.values())).words
    return any(
        fuzz.partial_ratio(words, others.words, score_cutoff=CONTAINED)
        for other in aligned
        if other is not row
        for copy, others in other.compared.items()
        if copy not in row.cells and len(others.words) > len(words)
    )


def is_same_project(one: Row, other: Row) -> bool:
    """Whether two headers are copies of one, though a copy may misread any of their values.

    The same code decides, unless year and start say otherwise, and end and budget do not; where codes differ, the name
    must be the same and most of year, days and budget. Two reports on one form share few of them, two copies of one
    nearly all.
    """
    code, name, *votes = (_agree(one, other, role) for role in ("code", "name", *WITNESSES))
    if code:
        return votes[:2] != [False, False] or votes[2:] == [True, True]
    if name is False:
        return code is None and all(votes)
    return votes.count(True) >= 2 * votes.count(False)


def has_same_words(one: Row, other: Row, words: str, others: str) -> bool:
    """Whether two printings are of one project by its name, its office and nearly all else that they say.

    A damaged budget and a damaged year are two witnesses against a copy; and many offices have projects of one name.
    """
    code, name, year, start = (_agree(one, other, role) for role in ("code", "name", *WITNESSES[:2]))
    if not name or code is False or (year, start) == (False, False):
        return False
    here, there = (folded(str(_value(row, "agency") or "")) for row in (one, other))
    if here and there and fuzz.ratio(here, there) < SAME_OFFICE:
        return False
    return 100 * LCSseq.similarity(words, others) > SAME_BODY * min(len(words), len(others))


def _agree(one: Row, other: Row, role: str) -> bool | None:
    """Whether both headers say the same; None where one of them is silent or cannot be right."""
    first, second = (_value(row, role) for row in (one, other))
    if first is None or second is None:
        return None
    if role == "name":
        names = bare(str(first)), bare(str(second))
        is_alike = fuzz.ratio(*names) >= SAME_NAME
        return is_alike or _runs_into_office(*names, one) or _runs_into_office(*names[::-1], other)
    if isinstance(first, int) and isinstance(second, int) and abs(first - second) >= YEARS_APART:
        return None
    return first == second


def _value(row: Row, role: str) -> object:
    column = Project.column_of(role)
    return row[column].value if column in row else None


def _runs_into_office(name: str, longer: str, row: Row) -> bool:
    """Whether the longer name is the name with the office behind it, as where a line break was lost."""
    office = bare("".join(str(value) for role in OFFICE if (value := _value(row, role))))
    rest = longer[len(name) :]
    begins = fuzz.ratio(longer[: len(name)], name) >= CONTAINED
    return begins and len(office) > 0 and len(rest) > 0 and fuzz.partial_ratio(rest, office) >= CONTAINED


def reading_key(value: object) -> object:
    """What two readings must share to be the same: text without white space, anything else itself."""
    return bare(value) if isinstance(value, str) else value.normalize() if isinstance(value, Decimal) else value
