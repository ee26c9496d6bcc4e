"""Pages to blocks, by the blocks that the form declares; what no block claims is left over, never lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from parsers import UNKNOWN
from parsers.base import Form
from parsers.openers import Start
from pipeline.document.scan import Matches
from pipeline.document.split.block_starts import block_starts
from pipeline.document.split.copies import Stretch, copies, in_reading_order, repeats
from pipeline.document.split.nesting import nested, outlined
from pipeline.model import BlockStart, Copy, CopyBlock, Region, Repeat, Span, SplitDocument


def split(matches: Matches, regions: Sequence[Region]) -> SplitDocument:
    """Cut a document into the copies of its reports and the blocks of each, in reading order."""
    found: list[Copy] = []
    copy_of_page: list[int] = []
    repeated: dict[int, Repeat] = {}
    for number, region in enumerate(regions):
        part = _split_region(matches, region)
        found += [_renumbered(copy, len(found), number) for copy in part.copies]
        copy_of_page += part.copy_of_page
        repeated |= part.repeats
    return SplitDocument(matches.pages, tuple(regions), tuple(found), tuple(copy_of_page), repeated)


def _renumbered(copy: Copy, before: int, region: int) -> Copy:
    """A copy counted over all regions."""
    if before == 0 and copy.region == region:
        return copy
    index = copy.index + before
    return replace(copy, index=index, region=region, blocks=tuple(block._replace(copy=index) for block in copy.blocks))


@dataclass(frozen=True, slots=True)
class _SplitRegion:
    """One region, cut."""

    copies: tuple[Copy, ...]
    copy_of_page: tuple[int, ...]
    repeats: dict[int, Repeat] = field(default_factory=dict)


def _split_region(matches: Matches, region: Region) -> _SplitRegion:
    pages, form = region.pages, region.form
    if form is UNKNOWN or form.holds_projects:
        parts = outlined(matches, pages, form) if form is UNKNOWN else nested(matches, pages, form)
        return _SplitRegion(tuple(parts), (1,) * len(pages))
    stretches = copies(matches, pages, form, block_starts(matches, pages, form))
    printings = [
        (number, [stretch for stretch in group if is_rescan == (stretch.rescan_of is not None)])
        for number, found in groupby(stretches, key=lambda stretch: stretch.copy)
        for group in [list(found)]
        for is_rescan in (False, True)
    ]
    found = [
        Copy(index, number, tuple(_blocks(matches, form, group, index)))
        for index, (number, group) in enumerate((printing for printing in printings if printing[1]), 1)
    ]
    copy_of_page = {stretch.page.number: stretch.copy for stretch in reversed(stretches)}
    return _SplitRegion(tuple(found), tuple(copy_of_page.values())[::-1], repeats(matches, stretches))


@dataclass(slots=True)
class _OpenBlock:
    """A block while its lines are gathered."""

    block: int
    number: int | None = None
    heading: Span | None = None
    pieces: list[Span] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)

    def take(self, start: BlockStart) -> None:
        """Add a heading; the block is called by the last one before its first line."""
        if start.end > start.start:
            span = (start.start, start.end)
            self.heading = span if self.heading is None or not self.pieces else self.heading
            self.headings.append(span)
            self.wordings += [start.wording] if start.wording else []


def _blocks(matches: Matches, form: Form, stretches: Sequence[Stretch], copy: int) -> Iterator[CopyBlock]:
    opened: dict[tuple[int, int], _OpenBlock] = {}
    current: _OpenBlock | None = None
    for stretch in in_reading_order(stretches) if form.is_ordered else stretches:
        if current is None and (current := _headless(form, stretch, copy)):
            opened[current.block, 0] = current
        for start, pieces in _cut(matches, stretch):
            if start is not None:
                time = len(opened) if form.blocks[start.block].repeats else 0
                current = opened.setdefault((start.block, time), _OpenBlock(start.block, start.number))
                current.take(start)
            if current is not None:
                current.pieces += pieces
    for one in opened.values():
        if one.pieces or one.headings:
            spans = tuple(one.pieces), tuple(one.headings), tuple(one.wordings)
            yield CopyBlock(form.blocks[one.block], copy, one.heading, one.number, *spans)


def _headless(form: Form, stretch: Stretch, copy: int) -> _OpenBlock | None:
    """The block that a later copy's first page goes on with, where the page that opened it is missing."""
    if copy == 1:
        return None
    if any(isinstance(opener, Start) for opener in form.blocks[0].opens):
        return _OpenBlock(0)
    first = stretch.openings[0].block if stretch.openings else 0
    return _OpenBlock(first - 1) if first > 0 else None


def _cut(matches: Matches, stretch: Stretch) -> Iterator[tuple[BlockStart | None, list[Span]]]:
    """The text before the first start of a block, then each start with the text up to the next."""
    edges = [stretch.start, *(start.end for start in stretch.openings)]
    stops = [*(start.start for start in stretch.openings), stretch.end]
    for start, edge, stop in zip([None, *stretch.openings], edges, stops, strict=True):
        yield start, list(matches.pieces(edge, stop))
