"""Where the blocks of several reports in one file start, which may be printed in different styles.

The headings of a report are those in the style of most. Where a file holds two of different styles, one of them shows
few headings beside the other, and more of them by itself.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from parsers.base import Form
from parsers.phrases import wordings_of
from pipeline.document.scan import ALIKE, Matches
from pipeline.document.split.block_starts import block_starts
from pipeline.document.split.headings import heading_words
from pipeline.document.split.report_edges import begins_printing, begins_with_letter, names_project
from pipeline.model import BlockStart, Page

SAME_WORDINGS, MORE_STARTS = 0.7, 2
"""The share of their headings that copies of a report have in common; and so many more headings, or less, that a part
of a file shows by itself say nothing."""
_START = attrgetter("start", "end")

PartStarts = tuple[Sequence[Page], tuple[BlockStart, ...]]
"""A part of a file with the starts on it."""


class ReportStarts(NamedTuple):
    """The starts of blocks, and the numbers of pages on which a printing may begin."""

    blocks: tuple[BlockStart, ...]
    titled: frozenset[int]
    """The pages with a title, or the name of a project."""
    others: frozenset[int]
    """Of these, those on which a report in another style begins."""


def starts_of_reports(matches: Matches, pages: Sequence[Page], form: Form) -> ReportStarts:
    """Where blocks start, each report's headings in the style of that report."""
    joint = block_starts(matches, pages, form)
    lettered = {page.number for page in pages if begins_with_letter(matches, page, form)}
    titled = {page.number for page in pages[1:] if not _goes_on(page, joint) and begins_printing(matches, page, form)}
    firsts = [i for i, page in enumerate(pages) if not i or page.number in lettered | titled]
    parts = [pages[start:stop] for start, stop in pairwise([*firsts, len(pages)])]
    found: list[PartStarts] = []
    for part in parts if lettered or _differ(parts, joint) else ():
        has_letter = part[0].number in lettered
        own = _in_own_style(matches, part, _on(part, joint), form, has_letter=has_letter)
        if own:
            found = [*found, (part, own)] if has_letter else _with_part(matches, form, found, (part, own))
    for part, own in found:
        joint = tuple(sorted([*(one for one in joint if not _is_on(part, one)), *own], key=_START))
    return ReportStarts(joint, frozenset(titled), frozenset(part[0].number for part, _ in found))


def _in_own_style(
    matches: Matches, part: Sequence[Page], shown: Sequence[BlockStart], form: Form, *, has_letter: bool
) -> tuple[BlockStart, ...]:
    """The starts on a part by itself, where they are more than those `shown`, or the first block of the form is new."""
    is_named = names_project(matches, part[0], form)
    lacks_first = has_letter or (is_named and bool(shown) and shown[0].block > 0)
    if not lacks_first and _headed_lines(matches, part, form) <= len(shown):
        return ()
    own = block_starts(matches, part, form)
    more = _known(own, form) - _known(shown, form)
    is_whole = has_letter or (is_named and bool(own) and own[0].block == 0 and own[:1] != tuple(shown[:1]))
    is_whole = is_whole and _known(own, form) > MORE_STARTS
    is_further = {*own} > {*shown} and {one.block for one in own} > {one.block for one in shown}
    return own if more > MORE_STARTS or is_further or (is_whole and more >= 0) else ()


def _headed_lines(matches: Matches, pages: Sequence[Page], form: Form) -> int:
    """How many lines of some pages begin with the words of a heading, whether or not they are one."""
    words = heading_words(form)
    starts = (matches.lines[line.start].matches for page in pages for line in page.text_lines)
    return sum(any(match.score >= ALIKE and match.words in words for match in one) for one in starts)


def _goes_on(page: Page, starts: Sequence[BlockStart]) -> bool:
    """Whether the first block that starts on a page stands in the form behind the last one above it."""
    first = bisect_left(starts, page.start, key=attrgetter("start"))
    is_here = 0 < first < len(starts) and starts[first].start < page.end
    return is_here and starts[first].block >= max(starts[first - 1].block, 1)


def _differ(parts: Sequence[Sequence[Page]], starts: Sequence[BlockStart]) -> bool:
    """Whether parts of a file print other headings than the one with most of them, as copies of a report do not."""
    wordings = [{one.wording for one in _on(part, starts)} for part in parts]
    most = max(wordings, key=len)
    return any(len(words & most) < SAME_WORDINGS * len(words | most) for words in wordings)


def _is_on(pages: Sequence[Page], start: BlockStart) -> bool:
    """Whether a block starts on some pages."""
    return pages[0].start <= start.start < pages[-1].end


def _on(pages: Sequence[Page], starts: Iterable[BlockStart]) -> list[BlockStart]:
    """The starts on some pages."""
    return [one for one in starts if _is_on(pages, one)]


def _known(starts: Iterable[BlockStart], form: Form) -> int:
    """How many starts are of blocks whose headings the form declares."""
    return sum(any(map(wordings_of, form.blocks[one.block].opens)) for one in starts)


def _with_part(matches: Matches, form: Form, found: list[PartStarts], part: PartStarts) -> list[PartStarts]:
    """The parts with a further one, in one with that before it where they show together what both show."""
    if found and found[-1][0][-1].number + 1 == part[0][0].number:
        pages = (*found[-1][0], *part[0])
        together = block_starts(matches, pages, form)
        if _known(together, form) >= _known((*found[-1][1], *part[1]), form) - MORE_STARTS:
            return [*found[:-1], (pages, together)]
    return [*found, part]
