"""Pages to blocks, by the blocks that the form declares; what no block claims is left over, never lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from parsers import UNKNOWN
from parsers.base import Form
from parsers.openers import Start
from pipeline.document.lines import lines_between, within
from pipeline.document.split.copies import Stretch, copies, in_reading_order, repeats
from pipeline.document.split.nesting import nested
from pipeline.document.split.openings import openings
from pipeline.document.split.outlines import outlined
from pipeline.model import Block, BlockStart, Copy, Pages, Region, Repeat, Span, SplitDocument


@dataclass(slots=True)
class _Open:
    """A block while its lines are gathered."""

    block: int
    copy: int
    number: int | None
    heading: Span | None
    pieces: list[Span] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)


def split(document: Pages, regions: Sequence[Region]) -> SplitDocument:
    """Cut a document into the copies of its reports and the blocks of each, in reading order."""
    read: list[Copy] = []
    copy_of_page: list[int] = []
    repeated: dict[int, Repeat] = {}
    for number, region in enumerate(regions):
        part = _split_region(Pages(document.source, document.repaired, region.pages), region.form)
        read += [_renumbered(copy, len(read), number) for copy in part.copies]
        copy_of_page += part.copy_of_page
        repeated |= part.repeats
    return SplitDocument(document, tuple(regions), tuple(read), tuple(copy_of_page), repeated)


def _renumbered(copy: Copy, before: int, region: int) -> Copy:
    """A copy counted over all regions."""
    if before == 0 and copy.region == region:
        return copy
    index = copy.index + before
    return replace(copy, index=index, region=region, blocks=tuple(block._replace(copy=index) for block in copy.blocks))


@dataclass(frozen=True, slots=True)
class _Part:
    """One region, cut."""

    copies: tuple[Copy, ...]
    copy_of_page: tuple[int, ...]
    repeats: dict[int, Repeat] = field(default_factory=dict)


def _split_region(document: Pages, form: Form) -> _Part:
    once = tuple(1 for _ in document.pages)
    if form is UNKNOWN:
        return _Part(tuple(outlined(document, form)), once)
    if form.holds_projects:
        return _Part(tuple(nested(document, form)), once)
    stretches = copies(document, form, openings(document, form))
    printings = [
        (number, [stretch for stretch in group if is_rescan == (stretch.rescan_of is not None)])
        for number, found in groupby(stretches, key=lambda stretch: stretch.copy)
        for group in [list(found)]
        for is_rescan in (False, True)
    ]
    read = [
        Copy(index, number, tuple(_blocks(document, form, group, index)))
        for index, (number, group) in enumerate((p for p in printings if p[1]), 1)
    ]
    copy_of_page = {stretch.page.number: stretch.copy for stretch in reversed(stretches)}
    return _Part(tuple(read), tuple(copy_of_page.values())[::-1], repeats(document, stretches))


def _blocks(document: Pages, form: Form, stretches: Sequence[Stretch], copy: int) -> Iterator[Block]:
    gathered: list[_Open] = []
    once: dict[int, _Open] = {}
    current: _Open | None = None
    for stretch in in_reading_order(stretches) if form.is_ordered else stretches:
        if current is None and (current := _headless(form, stretch, copy)):
            gathered.append(current)
            once[current.block] = current
        for opening, pieces in _cut(document, stretch):
            if opening is not None:
                current = _opened(form, gathered, once, opening, copy)
            if current is not None:
                current.pieces += pieces
    for found in gathered:
        if found.pieces or found.headings:
            yield Block(
                form.blocks[found.block], copy, found.heading, found.number, tuple(found.pieces), tuple(found.headings)
            )


def _headless(form: Form, stretch: Stretch, copy: int) -> _Open | None:
    """The block that a later copy's first page goes on with, where the page that opened it is missing."""
    if copy > 1 and any(isinstance(opener, Start) for opener in form.blocks[0].opens):
        return _Open(0, copy, None, None)
    first = stretch.openings[0].block if stretch.openings else 0
    return _Open(first - 1, copy, None, None) if copy > 1 and first > 0 else None


def _opened(form: Form, gathered: list[_Open], once: dict[int, _Open], opening: BlockStart, copy: int) -> _Open:
    """The block that opens: a new one, or the one that goes on where its heading stands twice."""
    heading = (opening.start, opening.end) if opening.end > opening.start else None
    repeats = form.blocks[opening.block].repeats
    if not repeats and (found := once.get(opening.block)):
        found.heading = heading if heading and (found.heading is None or not found.pieces) else found.heading
        found.headings += [heading] if heading else []
        return found
    opened = _Open(opening.block, copy, opening.number, heading, headings=[heading] if heading else [])
    gathered.append(opened)
    if not repeats:
        once[opening.block] = opened
    return opened


def _cut(document: Pages, stretch: Stretch) -> Iterator[tuple[BlockStart | None, list[Span]]]:
    """The text before the first opening, then each opening with the text up to the next."""
    edges = [stretch.start, *(opening.end for opening in stretch.openings)]
    stops = [*(opening.start for opening in stretch.openings), stretch.end]
    here = lines_between(stretch.page.lines, stretch.start, stretch.end)
    lines = [(line.start, line.end) for line in here if line.role == "text"]
    for opening, start, stop in zip([None, *stretch.openings], edges, stops, strict=True):
        yield opening, list(within(document.text, lines, start, stop))
