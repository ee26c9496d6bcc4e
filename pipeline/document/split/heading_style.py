"""Which lines that may be headings are some: those that are set apart as most headings of the document are.

Where headings are numbered, "ระยะเวลาดำเนินการ :" below "5. ระยะเวลาและสถานที่ดำเนินการ" is a field, and "ความเสี่ยง" a cell:
of the lines that say what a heading says, those are headings that are set apart as most of the document's are.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from normalizers.digits import whole
from pipeline.document.scan import LineMark
from pipeline.document.split.headings import FoundHeading

LEAST = 3
"""So many blocks must open in a style for it to be the document's."""
LOWER = 2
"""Levels of the numbers of headings that stand in numbered parts."""
STEPS_AHEAD = 3
"""The number of a heading, or of a project, may be so far ahead where those between were not found."""
SURE = 88
"""How alike a line with a number of a lower level must be to a heading, for it may be an item of the one above."""
FEW = 2
"""Where so many times more headings have no number, one that is not the heading's place makes it an item of a list."""
_UNNUMBERED: tuple[LineMark, ...] = ("hash", "bold", "letter", "plain")


class HeadingCandidate(NamedTuple):
    """A line that may be a heading: what was found in it, and what tells whether it is one."""

    heading: FoundHeading
    in_cell: bool = False
    is_label: bool = False
    """Whether its words are also a label of the form's first block."""
    words: str = ""
    """Its words as they are compared."""
    number_style: str = ""
    """Its number without regard to its figures: their script, and what stands around them."""
    is_counted: bool = False
    """Whether its number comes behind that of the numbered line above."""


def keep_dominant_style(candidates: Sequence[HeadingCandidate]) -> list[bool]:
    """For each candidate in the order of the text whether it is a heading; before the first, labels are labels."""
    fits, is_text = _as_most(candidates), [one.heading.is_text for one in candidates]
    labels = [one.is_label and not (one.heading.line.number == "1" and one.heading.is_whole) for one in candidates]
    known = (i for i, fit in enumerate(fits) if fit and not (is_text[i] or labels[i]))
    first = next(known, len(fits))
    return [fit and (is_text[i] or i >= first) for i, fit in enumerate(fits)]


def _as_most(candidates: Sequence[HeadingCandidate]) -> list[bool]:
    """For each candidate whether it is set apart as most headings of the document are."""
    numbered = {one.heading.block for one in candidates if _level(one) == 1}
    if len(numbered) >= LEAST:
        return _numbered(candidates)
    below = {one.heading.block for one in candidates if _level(one) == LOWER}
    if len(below) >= LEAST and len(below) > 2 * len(numbered):  # the parts above have other headings
        return [one.heading.is_text or _level(one) == LOWER or _is_plain_whole(one, below) for one in candidates]
    in_cells = {one.heading.block for one in candidates if one.in_cell}
    if len(in_cells) >= LEAST and len({one.heading.block for one in candidates} - in_cells) < LEAST:
        candidates = [one._replace(in_cell=False) for one in candidates]  # all of the form is one table
    blocks = {mark: {one.heading.block for one in candidates if one.heading.line.mark == mark} for mark in _UNNUMBERED}
    style: LineMark = next((mark for mark in _UNNUMBERED if len(blocks[mark]) >= LEAST), "plain")
    has_items = len(blocks[style]) >= max(LEAST, FEW * len(numbered))
    fits: list[bool] = []
    before = above = None
    place = 1
    for one in candidates:
        if one.heading.line.mark == "number":
            fits.append(one.heading.is_text or not has_items or whole(one.heading.line.number) == place)
        elif style != "plain":
            fits.append(one.heading.is_text or one.heading.line.mark == style)
        else:
            fits.append(_is_plain(one, before, above))
        before, above = one, one if fits[-1] else above
        place += fits[-1]
    return fits


def _is_plain(one: HeadingCandidate, before: HeadingCandidate | None, above: HeadingCandidate | None) -> bool:
    """Whether a line is a heading where nothing sets headings apart: no cell, and no field below its own heading.

    The heading `above` may name several fields: "สถานที่ดำเนินการ : สนาม" below "ระยะเวลาและสถานที่ดำเนินการ".
    """
    is_field = before is not None and before.heading.block == one.heading.block
    is_named = above is not None and not one.heading.is_whole and bool(one.words) and one.words in above.words
    return one.heading.is_text or not (one.in_cell or is_field or is_named)


def _level(one: HeadingCandidate) -> int:
    return one.heading.line.number.count(".") + 1 if one.heading.line.number else 0


def _is_plain_whole(one: HeadingCandidate, known: Collection[int]) -> bool:
    """Whether a candidate is a line without a number, which says a heading that no numbered line says."""
    is_whole = one.heading.is_whole and not one.in_cell and not one.heading.is_text
    return is_whole and not _level(one) and one.heading.block not in known


def _goes_on(numbers: Sequence[int | None], before: int) -> bool:
    """Whether some numbers go on behind one, with a few missing at most."""
    return any(number is not None and before < number <= before + STEPS_AHEAD for number in numbers)


def _numbered(candidates: Sequence[HeadingCandidate]) -> list[bool]:
    """Which candidates have a number, or stand whole in the places of as many numbers that are missing.

    A number of a lower level makes no heading again of what a heading said before, save on a line of its own right
    below the part that it numbers on: "4.2 Steps" in the part "4. Work".
    """
    known = {one.heading.block for one in candidates if _level(one)}
    numbers = [whole(one.heading.line.number) if _level(one) == 1 else None for one in candidates]
    following: list[int | None] = [None]
    for number in reversed(numbers[1:]):
        following.append(number or following[-1])
    plain = Counter(
        after for one, after in zip(candidates, reversed(following), strict=True) if _is_plain_whole(one, known)
    )
    styles = Counter(one.number_style for one, number in zip(candidates, numbers, strict=True) if number is not None)
    usual = next((style for style, times in styles.most_common(1) if 2 * times > styles.total()), None)
    fits: list[bool] = []
    opened: set[int] = set()
    parts: dict[int, int] = {}
    """The number of the part that each block opens."""
    before = 0
    for i, (one, number, after) in enumerate(zip(candidates, numbers, reversed(following), strict=True)):
        if one.heading.is_text:
            fits.append(True)
        elif number is not None:  # the text behind it may make it an item
            is_item = one.is_counted and number <= before and _goes_on(numbers[i + 1 :], before)
            is_item = is_item or usual not in (None, one.number_style)
            is_sure = (one.heading.is_whole and not one.heading.is_alike and not is_item) or number == 1
            is_next = before < number <= before + STEPS_AHEAD
            is_behind_labels = not before and one.is_counted and _goes_on(numbers[i + 1 :], number)
            fits.append(is_sure or is_next or is_behind_labels)
        elif _level(one):
            part = whole(one.heading.line.number.partition(".")[0])
            is_part = one.heading.is_whole and parts.get(one.heading.block) == part
            fits.append((is_part or one.heading.block not in opened) and one.heading.score >= SURE)
        else:
            fits.append(_is_plain_whole(one, known) and after is not None and after - before - 1 in (1, plain[after]))
        if fits[-1] and number:
            before = number
            parts[one.heading.block] = number
            opened = {one.heading.block, *(opened if number > 1 else ())}
    return fits
