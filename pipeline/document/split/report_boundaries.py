"""Where a form that begins without a heading, in whatever order its headings come, begins again.

A file may hold several proposals, or one of them twice, with nothing between: headings come back one after the other.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalizers.look_alikes import folded
from parsers.base import Form, Labelled
from pipeline.document.likeness import CLOSE, prefix_likeness, wording
from pipeline.model import BlockStart, Line, Pages
from schemas.base import StartsWith, columns_with

LEAST = 3
"""So many blocks that come back one after the other are no heading that stands twice."""
GAPS = 2
"""A title is sought so many gaps between headings back: one of those that follow it may be new."""
HEAD = 90
"""Characters of a line that are compared with the words that a title begins with."""


def new_starts(document: Pages, form: Form, found: Sequence[BlockStart]) -> Iterator[BlockStart]:
    """The first block where the form begins again: at a title, else at the first heading that comes back."""
    lines = tuple(document.lines())
    seen: set[int] = set()
    for place, opening in enumerate(found):
        before = found[max(place - GAPS, 0) : place]
        if opening.block == 0:
            seen = set()
        elif before and before[-1].block not in (0, opening.block) and _comes_back(found, place, seen):
            seen = set()
            start = _title(document.text, lines, form, [*before, opening])
            yield BlockStart(start, start, 0)
        seen.add(opening.block)


def _comes_back(found: Sequence[BlockStart], place: int, seen: set[int]) -> bool:
    """Whether several blocks that were seen open again."""
    again = [opening.block for opening in found[place : place + LEAST]]
    return len(set(again)) == LEAST and seen.issuperset(again)


def _title(text: str, lines: Sequence[Line], form: Form, around: Sequence[BlockStart]) -> int:
    """Where the first title before the last of some headings begins, the last gap first; else that heading."""
    models = [reads.model for reads in form.blocks[0].readings if isinstance(reads, Labelled)]
    words = [wording(said) for model in models for said in columns_with(model, StartsWith)["project_name"].words]
    for before, after in reversed(list(pairwise(around))):
        between = (bisect_left(lines, edge, key=_start) for edge in (before.end, after.start))
        for line in lines[slice(*between)]:
            if _begins_with(text[line.start : line.end], words):
                return line.start
    return around[-1].start


def _start(line: Line) -> int:
    return line.start


def _begins_with(said: str, words: Sequence[str]) -> bool:
    printed = folded(said[:HEAD])
    return any(prefix_likeness(printed, title)[0] >= CLOSE for title in words)
