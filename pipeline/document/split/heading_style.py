"""Which of the lines that say what a heading says are headings: those set apart as most of the document's are.

Where headings are numbered, "ระยะเวลาดำเนินการ :" below "5. ระยะเวลาและสถานที่ดำเนินการ" is a field, and "ความเสี่ยง" a cell.
"""

from collections.abc import Sequence
from typing import NamedTuple

from normalizers.digits import whole
from pipeline.document.scan import Mark
from pipeline.document.split.headings import FoundHeading

LEAST = 3
"""So many blocks must open in a style for it to be the document's."""
STEPS_AHEAD = 3
"""A heading's number may be so far ahead where those between were not found."""
SURE = 88
"""How alike a line with a number of a lower level must be to a heading, for it may be an item of the one above."""
FEW = 2
"""Where so many times more headings have no number, one that is not the heading's place makes it an item of a list."""

_UNNUMBERED: tuple[Mark, ...] = ("hash", "bold", "plain")


class Candidate(NamedTuple):
    """A line that may be a heading: what was found in it, where it stands, and what tells whether it is one."""

    heading: FoundHeading
    start: int
    end: int
    in_cell: bool = False
    is_label: bool = False
    """Whether its words are also a label of the form's first block."""
    words: str = ""
    """Its words as they are compared."""

    @property
    def is_text(self) -> bool:
        """Whether it is part of what its block says."""
        return self.heading.opener.is_text

    @property
    def mark(self) -> Mark:
        """What sets it apart."""
        return self.heading.line.mark

    @property
    def number(self) -> str:
        """Its number in Arabic digits."""
        return self.heading.line.number


def keep_dominant_style(candidates: Sequence[Candidate]) -> list[bool]:
    """For each candidate in the order of the text whether it is a heading; before the first, labels are labels."""
    fits = _as_most(candidates)
    first = next((i for i, one in enumerate(candidates) if fits[i] and not (one.is_text or one.is_label)), len(fits))
    return [fit and (one.is_text or i >= first) for i, (one, fit) in enumerate(zip(candidates, fits, strict=True))]


def _as_most(candidates: Sequence[Candidate]) -> list[bool]:
    """For each candidate whether it is set apart as most headings of the document are."""
    numbered = {one.heading.block for one in candidates if _level(one) == 1}
    if len(numbered) >= LEAST:
        return _numbered(candidates)
    blocks = {mark: {one.heading.block for one in candidates if one.mark == mark} for mark in _UNNUMBERED}
    style: Mark = next((mark for mark in _UNNUMBERED if len(blocks[mark]) >= LEAST), "plain")
    has_items = len(blocks[style]) >= max(LEAST, FEW * len(numbered))
    fits: list[bool] = []
    before = above = None
    place = 1
    for one in candidates:
        if one.mark == "number":
            fits.append(one.is_text or not has_items or whole(one.number) == place)
        elif style != "plain":
            fits.append(one.is_text or one.mark == style)
        else:
            fits.append(_is_plain(one, before, above))
        before, above = one, one if fits[-1] else above
        place += fits[-1]
    return fits


def _is_plain(one: Candidate, before: Candidate | None, above: Candidate | None) -> bool:
    """Whether a line is a heading where nothing sets headings apart: no cell, and no field below its own heading.

    The heading `above` may name several fields: "สถานที่ดำเนินการ : สนาม" below "ระยะเวลาและสถานที่ดำเนินการ".
    """
    is_field = before is not None and before.heading.block == one.heading.block
    is_named = above is not None and not one.heading.is_whole and bool(one.words) and one.words in above.words
    return one.is_text or not (one.in_cell or is_field or is_named)


def _level(one: Candidate) -> int:
    return one.number.count(".") + 1 if one.number else 0


def _numbered(candidates: Sequence[Candidate]) -> list[bool]:
    """Which candidates have a number, or stand whole in the place of the one number that is missing.

    A number of a lower level makes no heading again of what a heading said before.
    """
    known = {one.heading.block for one in candidates if _level(one)}
    numbers = [whole(one.number) if _level(one) == 1 else None for one in candidates]
    following: list[int | None] = [None]
    for number in reversed(numbers[1:]):
        following.append(number or following[-1])
    fits: list[bool] = []
    opened: set[int] = set()
    before = 0
    for one, number, after in zip(candidates, numbers, reversed(following), strict=True):
        if one.is_text:
            fits.append(True)
        elif _level(one):
            is_new = one.heading.block not in opened and one.heading.score >= SURE
            fits.append(is_new if number is None else _goes_on(one, number, before))
        else:
            is_missing = one.heading.block not in known and after == before + 2
            fits.append(one.heading.is_whole and not one.in_cell and is_missing)
        if fits[-1] and number:
            before = number
            opened = {one.heading.block, *(opened if number > 1 else ())}
    return fits


def _goes_on(one: Candidate, number: int, before: int) -> bool:
    """Whether a number goes on with those of headings or begins again, where the text behind it may make it an item."""
    return one.heading.is_whole or number == 1 or before < number <= before + STEPS_AHEAD
