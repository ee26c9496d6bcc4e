"""The forms that a document is printed on: by the titles that parsers declare, else by their blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from normalizers.look_alikes import fold, folded
from parsers import UNKNOWN, Form, forms
from pipeline.document.likeness import CLOSE, wording
from pipeline.document.split.openings import are_likely, opened_blocks, openings, worded_blocks
from pipeline.model import BlockStart, Page, Pages, Region

LONG_ENOUGH = 6
"""Folded letters that a damaged word must have not to stand in a text by chance."""
COVER_LINES = 3
"""The first lines of a cover, by which it is known again."""
TITLE_WEIGHT = 5
"""How many blocks a title counts for, where pages are given to one of several forms."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a form fits a document: its titles found, its blocks found of those that have words of their own."""

    form: Form
    titles: int
    blocks: frozenset[str]
    worded: frozenset[str]
    is_mentioned: bool

    @property
    def share(self) -> float:
        """The share of the form's blocks that the document prints."""
        return len(self.blocks) / len(self.worded) if self.worded else 0.0

    @property
    def claims(self) -> bool:
        """Whether the document is on this form."""
        return self.titles > 0 or (self.is_mentioned and self.share >= self.form.least_blocks)


def classify(document: Pages) -> tuple[Region, ...]:
    """The document in regions, each on one form; one region of `UNKNOWN` where no form claims it."""
    if not document.pages:
        return ()
    titled = [form for form in forms() if _title_count(document, form)]
    rest = _without(document, titled) if titled else document
    others = [form for form in forms() if form not in titled and rest.pages and score(rest, form).claims]
    claiming = titled + others
    if len(claiming) < 2:
        regions: tuple[Region, ...] = (Region(claiming[0] if claiming else UNKNOWN, document.pages),)
    else:
        regions = _regions(document, claiming)
    return tuple(part for region in regions for part in _reports(document, region))


def scores(document: Pages) -> tuple[Score, ...]:
    """How well each form fits, the best first."""
    found = [score(document, form, is_complete=True) for form in forms()]
    return tuple(sorted(found, key=lambda one: (one.claims, one.titles, one.share), reverse=True))


def score(document: Pages, form: Form, *, is_complete: bool = False) -> Score:
    """How well one form fits; blocks are searched for only where that can matter, unless `is_complete`."""
    titles = _title_count(document, form)
    is_likely = is_complete or (not titles and are_likely(document.text, form))
    is_mentioned = not form.mentions or (is_likely and _is_mentioned(document.text, form))
    is_asked = is_complete or (is_likely and is_mentioned)
    blocks = opened_blocks(document, form) if is_asked else frozenset[int]()
    names = [block.name for block in form.blocks]
    worded = frozenset(names[i] for i in worded_blocks(form))
    return Score(form, titles, frozenset(names[i] for i in blocks), worded, is_mentioned)


def _without(document: Pages, titled: Sequence[Form]) -> Pages:
    """The pages before and behind those of forms that print a title; many forms share a heading or two."""
    pages = document.pages
    first = next(i for i, page in enumerate(pages) if _is_on(document, page, titled))
    last = next(i for i in range(len(pages) - 1, -1, -1) if _is_on(document, pages[i], titled))
    return Pages(document.source, document.repaired, pages[:first] + pages[last + 1 :])


def _is_on(document: Pages, page: Page, some: Sequence[Form]) -> bool:
    """Whether a page shows anything of some forms."""
    return any(_weight(_alone(document, page), form) for form in some)


def _alone(document: Pages, page: Page) -> Pages:
    return Pages(document.source, document.repaired, (page,))


def _is_mentioned(text: str, form: Form) -> bool:
    """Whether a word stands in the text that tells the form's offices from others, sound or damaged."""
    if _mentions(text, form.mentions, form.exclude_keywords):
        return True
    words, others = (
        [wording(word) for word in known if len(wording(word)) >= LONG_ENOUGH]
        for known in (form.mentions, form.exclude_keywords)
    )
    return _mentions(fold(text), words, others)


def _mentions(said: str, words: Iterable[str], others: Sequence[str]) -> bool:
    """Whether a word stands in a text otherwise than as the beginning of one of the others."""
    return any(said.count(word) > sum(said.count(one) for one in others if one.startswith(word)) for word in words)


def _titles(document: Pages) -> list[str]:
    text = document.text
    return [folded(text[start:end]) for page in document.pages for start, end, role in page.lines if role == "title"]


def _title_count(document: Pages, form: Form) -> int:
    return sum(_is_titled(title, form) for title in _titles(document)) if form.titles else 0


def _is_titled(printed: str, form: Form) -> bool:
    return any(fuzz.ratio(printed, folded(title)) >= CLOSE for title in form.titles)


def _regions(document: Pages, claiming: Sequence[Form]) -> tuple[Region, ...]:
    """Each page to the form that it shows most of; a page that shows none goes on with the form before it."""
    chosen: list[tuple[Form, list[Page]]] = []
    for page in document.pages:
        weights = {form: _weight(_alone(document, page), form) for form in claiming}
        best = max(weights, key=lambda form: weights[form])
        if not chosen or weights[best] > weights.get(chosen[-1][0], 0):
            chosen.append((best, [page]))
        else:
            chosen[-1][1].append(page)
    return tuple(Region(form, tuple(pages)) for form, pages in chosen)


def _reports(document: Pages, region: Region) -> Iterator[Region]:
    """The reports of a region that glues several on one form together, each of which holds projects of its own.

    A report begins with a cover: the first lines of the region come again, and a group or a first project behind them.
    """
    covers = [i for i, page in enumerate(region.pages) if i and _is_cover(document.text, region.pages[0], page)]
    if not region.form.holds_projects or not covers:
        yield region
        return
    found = openings(Pages(document.source, document.repaired, region.pages), region.form)
    edges = [0, *(i for i in covers if _begins_report(region, found, i)), len(region.pages)]
    yield from (Region(region.form, region.pages[start:end]) for start, end in pairwise(edges))


def _is_cover(text: str, front: Page, page: Page) -> bool:
    """Whether a page begins with the first lines of the front, of which one may differ."""
    one, other = ([text[line.start : line.end] for line in some.lines[:COVER_LINES]] for some in (front, page))
    alike = sum(fuzz.ratio(folded(said), folded(shown)) >= CLOSE for said, shown in zip(one, other, strict=False))
    return alike >= COVER_LINES - 1


def _begins_report(region: Region, found: Sequence[BlockStart], i: int) -> bool:
    """Whether the first opening from a page on is none that goes on with a project."""
    after = next((one for one in found if one.end > one.start >= region.pages[i].start), None)
    block = region.form.blocks[after.block] if after else None
    return block is not None and (
        block.level in ("document", "group") or (block.level == "project" and after is not None and after.number == 1)
    )


def _weight(page: Pages, form: Form) -> int:
    found = score(page, form, is_complete=True)
    return TITLE_WEIGHT * found.titles + len(found.blocks)
