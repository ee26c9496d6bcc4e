"""Pages to blocks, by the blocks that the form declares; what no block claims is left over, never lost.

A new copy begins where blocks come back that the present copy already has. Likeness between pages cannot tell that:
two reports on one form are as alike as two scans of one report. It serves only to know a page that was scanned twice.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, islice, pairwise
from operator import attrgetter, itemgetter
from statistics import median_high
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.digits import ANY_DIGIT, arabic
from normalizers.fuzzy_match import CLOSE, folded
from normalizers.quarters import quarter_and_year
from normalizers.text import bare
from parsers import UNKNOWN
from parsers.base import Form
from parsers.openers import Start
from parsers.phrases import wordings_of
from pipeline.document.scan import Matches
from pipeline.document.split.nesting import nested
from pipeline.document.split.outline import outlined
from pipeline.document.split.report_starts import ReportStarts, starts_of_reports
from pipeline.model import BlockStart, Copy, CopyBlock, Page, Region, Repeat, Span, SplitDocument

SAME_PROJECTS = 0.8
"""The share of the projects of two printings of one report that have the same name in the same place."""
RESCAN = 0.75
"""The least likeness of a page to the one before it for it to be a second scan of it."""
ROUNDED = 0.005
"""What rounding adds to a likeness of 100 at most."""

LEAST_OF_COPY = 3
"""So many blocks are more than a cover."""
_START = attrgetter("start", "end")

StretchKey = tuple[int, int]


class Stretch(NamedTuple):
    """A page, or the part of a page that belongs to one copy, with the openings on it."""

    page: Page
    start: int
    end: int
    openings: tuple[BlockStart, ...]
    copy: int = 1
    is_rescan: bool = False

    @property
    def keys(self) -> frozenset[StretchKey]:
        """What opens here: the block, and the number of a numbered one."""
        sure = (opening for opening in self.openings if opening.number or not opening.is_numbered)
        return frozenset((opening.block, opening.number or 0) for opening in sure)

    @property
    def place(self) -> StretchKey:
        """Where the stretch belongs in its copy; the middle of its numbers, for one of them may be misread."""
        first = self.openings[0]
        numbers = [opening.number for opening in self.openings if opening.number and opening.block == first.block]
        return first.block, median_high(numbers) if numbers else 0


@dataclass(slots=True)
class _CopyWalk:
    """What the copy at hand already has, while the pages go by."""

    body: int
    """The first block that repeats: a page without it is no whole report."""
    least: float
    """Or so many blocks on a page are a whole report, where none repeats."""
    copy: int = 1
    seen: set[StretchKey] = field(default_factory=set)
    last_key: StretchKey | None = None
    stretches: list[Stretch] = field(default_factory=list)

    def take(self, stretch: Stretch) -> None:
        self.seen |= stretch.keys
        if stretch.openings:
            self.last_key = (stretch.openings[-1].block, stretch.openings[-1].number or 0)
        self.stretches.append(stretch._replace(copy=self.copy))

    def repeats(self, stretch: Stretch) -> bool:
        """Whether most of what opens on the stretch has opened in this copy before; headings say more than numbers."""
        keys = stretch.keys - {self.last_key}
        headings = frozenset(key for key in keys if not key[1])
        keys = headings or keys
        return bool(keys) and 2 * len(keys & self.seen) > len(keys)

    @property
    def has_report(self) -> bool:
        """Whether the copy has more than a cover or a letter."""
        return len({block for block, _ in self.seen}) >= LEAST_OF_COPY

    def begins_again(self, stretch: Stretch) -> bool:
        """Whether the first block of the form opens on the stretch, which has opened in this copy before."""
        return bool(stretch.openings) and stretch.openings[0].block == 0 and (0, 0) in self.seen


def split(matches: Matches, regions: Sequence[Region]) -> SplitDocument:
    """Cut a document into the copies of its reports and the blocks of each, in reading order."""
    found: list[Copy] = []
    copy_of_page: list[int] = []
    repeated: dict[int, Repeat] = {}
    parts: list[SplitDocument] = []
    printings: Counter[int] = Counter()
    for number, region in enumerate(regions):
        part = _split_region(matches, region)
        same = next((i for i, other in enumerate(parts) if is_same_report(matches, other, part)), number)
        parts.append(part)
        before = printings[same]
        printings[same] += 1
        found += [_renumbered(copy, len(found), same, before) for copy in part.copies]
        copy_of_page += [before + copy for copy in part.copy_of_page]
        repeated |= part.repeats if same == number else _repeated_pages(matches, parts[same], part)
    return SplitDocument(matches.pages, tuple(regions), tuple(found), tuple(copy_of_page), repeated)


def _renumbered(copy: Copy, before: int, region: int, printings: int) -> Copy:
    """A copy counted over all regions, of a report that some printings of stand `before` it."""
    if before == 0 and copy.region == region:
        return copy
    index, number = copy.index + before, copy.number + printings
    blocks = tuple(block._replace(copy=index) for block in copy.blocks)
    return replace(copy, index=index, number=number, region=region, blocks=blocks)


def is_same_report(matches: Matches, one: SplitDocument, other: SplitDocument) -> bool:
    """Whether two regions print one report on several projects: the same projects, period and day, save for noise."""
    form = one.regions[0].form
    if form is not other.regions[0].form or not form.holds_projects:
        return False
    names, periods, days = ([_of_report(matches, part, what) for part in (one, other)] for what in _OF_REPORT)
    alike = sum(any(fuzz.ratio(name, other) >= CLOSE for other in names[1]) for name in names[0])
    has_same_names = max(map(len, names)) > 0 and alike >= SAME_PROJECTS * max(map(len, names))
    fewer, more = sorted(({*one} - {""} for one in days), key=len)
    return has_same_names and (periods[0] == periods[1] if all(periods) else fewer <= more and bool(fewer or not more))


def _names(matches: Matches, blocks: Sequence[CopyBlock]) -> list[str]:
    """What the projects of a report are called."""
    named = (block for block in blocks if block.declaration.level == "project")
    return [folded(matches.text[slice(*block.pieces[0])]) for block in named if block.pieces]


def _periods(matches: Matches, blocks: Sequence[CopyBlock]) -> list[str]:
    """The quarter that most headings of a report print, with its year."""
    printed = Counter(str(quarter_and_year(matches.text[slice(*block.heading)])) for block in blocks if block.heading)
    return [one for one, _ in printed.most_common(2) if "None" not in one][:1]


def _days(matches: Matches, blocks: Sequence[CopyBlock]) -> list[str]:
    """The figures on a report's cover."""
    front = (block for block in blocks if block.declaration.level == "document" and not block.heading)
    return [
        arabic("".join(ANY_DIGIT.findall(matches.text[start:end]))) for block in front for start, end in block.pieces
    ]


_OF_REPORT = (_names, _periods, _days)


def _of_report(
    matches: Matches, part: SplitDocument, what: Callable[[Matches, Sequence[CopyBlock]], list[str]]
) -> list[str]:
    return what(matches, [block for _, block in part.blocks()])


def _repeated_pages(matches: Matches, one: SplitDocument, other: SplitDocument) -> dict[int, Repeat]:
    """The pages of a second printing with those of the first that they repeat."""
    pairs = zip(one.regions[0].pages, other.regions[0].pages, strict=False)
    scored = ((page.number, again.number, likeness(matches.text, page, again)) for page, again in pairs)
    return {again: Repeat(number, score) for number, again, score in scored if score >= RESCAN}


def _split_region(matches: Matches, region: Region) -> SplitDocument:
    """One region, cut as if it were the document."""
    pages, form = region.pages, region.form
    if form is UNKNOWN or form.holds_projects:
        parts = outlined(matches, pages, form) if form is UNKNOWN else nested(matches, pages, form)
        return SplitDocument(matches.pages, (region,), tuple(parts), (1,) * len(pages))
    stretches = copies(matches, pages, form, starts_of_reports(matches, pages, form))
    printing = attrgetter("copy", "is_rescan")
    printings = groupby(sorted(stretches, key=printing), key=printing)
    found: list[Copy] = []
    for (number, _), group in printings:
        blocks = list(_blocks(matches, form, list(group)))
        for is_outside in (True, False):
            own = [block for block in blocks if (block.declaration.level == "document") is is_outside]
            index = len(found) + 1
            if own or not is_outside:
                own = [block._replace(copy=index) for block in own]
                found.append(Copy(index, number, tuple(own), is_outside_projects=is_outside))
    copy_of_page = {stretch.page.number: stretch.copy for stretch in reversed(stretches)}
    repeated = repeats(matches, stretches)
    return SplitDocument(matches.pages, (region,), tuple(found), tuple(copy_of_page.values())[::-1], repeated)


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


def _blocks(matches: Matches, form: Form, stretches: Sequence[Stretch]) -> Iterator[CopyBlock]:
    opened: dict[tuple[int, int], _OpenBlock] = {}
    current: _OpenBlock | None = None
    for stretch in in_reading_order(stretches) if form.is_ordered else stretches:
        if current is None and (current := _headless(form, stretch)):
            opened[current.block, 0] = current
        for start, pieces in _cut(matches, stretch):
            if start is not None:
                time = len(opened) if form.blocks[start.block].repeats else 0
                current = opened.setdefault((start.block, time), _OpenBlock(start.block, start.number))
                current.take(start)
            if current is not None:
                current.pieces += pieces
    period = 0
    for one in opened.values():
        if one.pieces or one.headings:
            spans = tuple(one.pieces), tuple(one.headings), tuple(one.wordings)
            declaration = form.blocks[one.block]
            period += declaration.begins_period
            here = period if declaration.begins_period else 0
            yield CopyBlock(declaration, 0, one.heading, one.number, *spans, period=here)


def _headless(form: Form, stretch: Stretch) -> _OpenBlock | None:
    """The block that a later copy's first page goes on with, where the page that opened it is missing."""
    if stretch.copy == 1 and not stretch.is_rescan:
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


def copies(matches: Matches, pages: Sequence[Page], form: Form, found: ReportStarts) -> tuple[Stretch, ...]:
    """Every stretch of the document with the copy that it belongs to, in the order of the text."""
    parts = _stretches(pages, form, found.blocks)
    own = ((i, block) for i, block in enumerate(form.blocks) if not block.is_attached)
    repeated = (i for i, block in own if block.repeats and any(map(wordings_of, block.opens)))
    body = next(repeated, len(form.blocks))
    worded = sum(block.level == "part" and any(map(wordings_of, block.opens)) for block in form.blocks)
    first_on = {part.page.number: part.openings[:1] for part in reversed(parts) if part.openings}
    walk = _CopyWalk(body, least=len(form.blocks) if body < len(form.blocks) else form.least_blocks * worded)
    for i, part in enumerate(parts):
        number = part.page.number if part.openings[:1] == first_on.get(part.page.number, ()) else 0
        begins_other = number in found.others and walk.has_report
        begins_again = begins_other or (number in found.titled and walk.has_report and walk.begins_again(part))
        if not walk.repeats(part) and not (begins_again and walk.stretches):
            walk.take(part)
        elif not begins_other and _is_rescan(matches, walk, part, islice(parts, i + 1, None)):
            walk.stretches.append(part._replace(copy=walk.copy, is_rescan=True))
        else:
            walk.copy, walk.seen, walk.last_key = walk.copy + 1, set(), None
            walk.take(part)
    return tuple(walk.stretches)


def _stretches(pages: Sequence[Page], form: Form, found: Sequence[BlockStart]) -> list[Stretch]:
    """The pages, cut again where a block opens that stands earlier in the form than the text above it on the page.

    Where a form has no order, only its first block tells that.
    """
    parts: list[Stretch] = []
    for page in pages:
        first, last = (bisect_left(found, edge, key=attrgetter("start")) for edge in (page.start, page.end))
        start, current, highest = page.start, list[BlockStart](), -1
        for opening in found[first:last]:
            may_go_on = opening.block == 0 and not current and page.number > 1
            # Before the form's first block, text of the page can only belong to the copy before.
            goes_on = may_go_on and any(start <= line.start < opening.start for line in page.text_lines)
            goes_back = opening.block < highest and not opening.is_numbered and (form.is_ordered or opening.block == 0)
            if goes_on or goes_back:
                parts.append(Stretch(page, start, opening.start, tuple(current)))
                start, current, highest = opening.start, [], -1
            current.append(opening)
            highest = max(highest, opening.block)
        parts.append(Stretch(page, start, page.end, tuple(current)))
    return parts


def _is_rescan(matches: Matches, walk: _CopyWalk, part: Stretch, later: Iterable[Stretch]) -> bool:
    """Whether a page scans the one just before it again, and is not a copy that fits on one page."""
    before = walk.stretches[-1]
    is_page = part.start == part.page.start and before.page.number == part.page.number - 1
    if not is_page or likeness(matches.text, before.page, part.page) < RESCAN:
        return False
    following = next((stretch for stretch in later if stretch.openings), None)
    if following is not None and not walk.repeats(following):
        return True
    if following is not None and following.place > part.place:
        return False
    is_first_page = sum(stretch.copy == walk.copy for stretch in walk.stretches) == 1
    blocks = {opening.block for opening in part.openings}
    return not (is_first_page and (max(blocks, default=0) >= walk.body or len(blocks) >= walk.least))


def likeness(text: str, one: Page, other: Page) -> float:
    """How alike two pages are, 0-1, white space aside; 0 where they are no scans of one page."""
    here, there = (_compared(text[page.start : page.end]) for page in (one, other))
    return 1.0 if here == there else round(fuzz.ratio(here, there, score_cutoff=100 * RESCAN - ROUNDED) / 100, 4)


@lru_cache(maxsize=16)
def _compared(printed: str) -> str:
    """A page without white space; remembered, for it is compared with several others."""
    return bare(printed)


def in_reading_order(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of one copy as they read, where pages lie out of order; one without openings stays put.

    Where blocks of one page stand in another order than the form's, so do those of the others: no page is moved.
    """
    if any(one.page is other.page for one, other in pairwise(stretches)):
        return list(stretches)
    places: list[StretchKey] = []
    for stretch in stretches:
        places.append(stretch.place if stretch.openings else places[-1] if places else (-1, 0))
    return [stretch for _, stretch in sorted(zip(places, stretches, strict=True), key=itemgetter(0))]


def repeats(matches: Matches, stretches: Sequence[Stretch]) -> dict[int, Repeat]:
    """For each page that repeats an earlier one, which: of the pages that begin with the same blocks the most alike."""
    found: dict[int, Repeat] = {}
    first: dict[StretchKey, list[Page]] = {}
    for stretch in stretches:
        if stretch.start != stretch.page.start or not stretch.openings:
            continue
        earlier = first.setdefault(stretch.place, [])
        scored = ((likeness(matches.text, page, stretch.page), -page.number) for page in earlier[:3])
        similarity, number = max(scored, default=(0.0, 0))
        if similarity >= RESCAN:
            found[stretch.page.number] = Repeat(-number, similarity)
        else:
            earlier.append(stretch.page)
    return found
