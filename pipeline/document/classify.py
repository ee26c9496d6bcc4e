"""The forms that a document is printed on: by their titles, else by how many of their blocks it opens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from normalizers.digits import ANY_DIGIT, arabic
from normalizers.fuzzy_match import CLOSE, folded
from parsers import UNKNOWN, Form, compiled, forms
from parsers.base import Entries, Labelled
from parsers.phrases import wordings_of
from pipeline.document.scan import ALIKE, Matches, best_match
from pipeline.document.split.block_starts import block_starts
from pipeline.document.split.fixed_headings import opened_blocks
from pipeline.document.split.headings import own_titles
from pipeline.document.split.project_heads import blocks_of_project_tables
from pipeline.document.split.report_edges import begins_with_letter
from pipeline.document.table_heads import blocks_of_tables
from pipeline.model import BlockStart, Page, PageLine, Region
from schemas.base import Label, columns_with
from schemas.documents import DocumentRow

LONG_ENOUGH = 6
"""Letters that a damaged keyword must have not to stand in a text by chance."""
LEAST_LABELS, MOST_LABELS, MANY_LABELS, SOME_LABELS = 9, 0.6, 0.4, 0.25
"""A form with so many labels is known by such a share of them; by fewer under a title of an office's own."""
HALF = 0.5
"""Or by half of them, where a word stands in the text that tells the form's offices from others."""
FEW_BLOCKS = 2
"""So many blocks are enough under such a title beside some of the labels."""
ABOUT_AS_MUCH = 0.9
"""Of the form that fits best, the share of what it prints of its blocks at which another may be beside it."""
FRONT, LEAST_NAMED = 12, 4
"""First lines in which an office's own title stands, and how many blocks are enough where one does."""
LEAST_OF_BOTH = 3
"""So many blocks under headings of the form's own, and as many under common ones, beside a word of its offices."""
LONG_WORD = 12
"""Letters of a keyword from which on one or two on the first page may be wrong."""
PAGES_OF_STYLE = 8
"""Pages of a report that show how its headings are set apart."""
MANY_BLOCKS = 9
"""So many blocks, and twice the share of any other form, show a form of which neither title nor office is printed."""
LEAST_COUNTED = 2
"""So many numbered blocks, from the first on, show a form of which no title and few headings are printed."""
FAR_LESS = 0.3
"""A form of which less than this share of another's blocks is printed does not claim a document beside it."""
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
    has_keyword: bool
    labels: float = 0.0
    """The share of the form's labels that stand undamaged in the text."""
    common: frozenset[str] = frozenset()
    """Other blocks, under headings that other forms print too: they count beside enough of the form's own."""
    is_named: bool = False
    """Whether one of the first lines begins as the titles do that offices print above the form."""
    has_table: bool = False
    """Whether the head of one of the form's tables stands in the text."""
    has_projects: bool = False
    """Whether a table stands there with a row for each project, which may be all of a report."""

    @property
    def share(self) -> float:
        """The share of the form's blocks that the document prints."""
        return self.printed / len(self.worded) if self.worded else 0.0

    @property
    def printed(self) -> int:
        """How many of the form's blocks the document prints."""
        is_sure = len(self.blocks) >= (1 if self.is_named or self.has_table else LEAST_NAMED)
        is_sure = is_sure or (self.has_keyword and min(len(self.blocks), len(self.common)) >= LEAST_OF_BOTH)
        return len(self.blocks) + (len(self.common) if is_sure else 0)

    @property
    def claims(self) -> bool:
        """Whether the document is on this form."""
        is_enough = self.form.enough_blocks is not None and self.printed >= self.form.enough_blocks
        is_enough = is_enough or ((self.is_named or self.has_table) and self.printed >= LEAST_NAMED)
        is_known = is_enough or self.share >= self.form.least_blocks
        most_labels = self.labels >= (MANY_LABELS if self.is_named else HALF if self.has_keyword else MOST_LABELS)
        is_known = is_known or (self.is_named and self.printed >= FEW_BLOCKS and self.labels >= SOME_LABELS)
        is_known = is_known or (self.is_named and self.has_projects)
        has_more = self.is_named and self.has_projects and self.printed > FEW_BLOCKS
        is_told = self.has_keyword or self.has_table or has_more
        return self.titles > 0 or most_labels or (is_told and is_known)

    @property
    def weight(self) -> int:
        """What it counts against other forms on one page."""
        return TITLE_WEIGHT * self.titles + len(self.blocks)


def classify(matches: Matches) -> tuple[Region, ...]:
    """The document in regions, each on one form; one region of `UNKNOWN` where no form claims it."""
    pages = matches.pages.pages
    if not pages:
        return ()
    titled = [form for form in matches.shown if _title_count(matches, pages, form)]
    rest = _around(matches, pages, titled) if titled else pages
    claiming = titled + _untitled(matches, rest, titled)
    headed = None if claiming else _headed(matches, pages) or _counted(matches, pages) or _headed_each(matches, pages)
    if not claiming:
        regions: tuple[Region, ...] = (Region(headed or UNKNOWN, pages, is_uncertain=headed is not None),)
    else:
        regions = _regions(matches, pages, claiming) if len(claiming) > 1 else (Region(claiming[0], pages),)
    return tuple(part for region in regions for part in _reports(matches, region))


def _headed(matches: Matches, pages: Sequence[Page]) -> Form | None:
    """The form whose headings are printed in such number that no other comes near it; other offices use some too."""
    found = sorted((score(matches, pages, form) for form in matches.shown), key=lambda one: one.share, reverse=True)
    best = found[0] if found else None
    if best is None or best.printed < MANY_BLOCKS or best.share < best.form.least_blocks:
        return None
    return best.form if all(2 * one.share <= best.share for one in found[1:]) else None


def _headed_each(matches: Matches, pages: Sequence[Page]) -> Form | None:
    """The form whose headings each page by itself is printed full of, as several reports of one page in a file are."""
    first = _headed(matches, pages[:1]) if len(pages) > 1 else None
    return first if first and all(_headed(matches, (page,)) is first for page in pages[1:]) else None


def _counted(matches: Matches, pages: Sequence[Page]) -> Form | None:
    """The form whose entries or projects a document counts from 1 on, beside its title, its keywords or some labels."""
    for form in matches.shown:
        starts = block_starts(matches, pages, form)
        counted = (one for one in starts if one.is_numbered or form.blocks[one.block].level == "project")
        if not {one.number for one in counted} >= set(range(1, 1 + LEAST_COUNTED)):
            continue
        is_named = _is_named(matches, pages, form)
        if form.holds_projects:
            is_known = is_named and score(matches, pages, form).printed >= LEAST_NAMED
        else:
            has_labels = _share_of_labels(matches, pages, form) >= SOME_LABELS
            is_known = is_named or has_labels or _has_keyword(matches, form)
        if is_known:
            return form
    return None


def _untitled(matches: Matches, pages: Sequence[Page], titled: Sequence[Form]) -> list[Form]:
    """The forms that claim pages without a title: those of which about as much is printed as of the one that fits best.

    Forms share headings; a long one may be half printed where a short one is printed whole.
    """
    untitled = [form for form in matches.shown if form not in titled] if pages else []
    others = [score(matches, pages, form) for form in untitled if _may_claim(matches, pages, form)]
    claiming = [one for one in others if one.claims]
    printed = max((one.printed for one in claiming), default=0)
    claiming = [one for one in claiming if one.printed >= FAR_LESS * printed]
    claiming = [one for one in claiming if one.form.offices and _is_of_office(matches, pages, one.form)] or claiming
    claiming = [one for one in claiming if one.is_named] or claiming
    most = max((one.share for one in claiming), default=0.0)
    return [one.form for one in claiming if one.share >= ABOUT_AS_MUCH * most]


def _may_claim(matches: Matches, pages: Sequence[Page], form: Form) -> bool:
    """Whether something other than its headings speaks for a form, without which these say nothing."""
    if not form.keywords or _has_keyword(matches, form) or _share_of_labels(matches, pages, form) >= MANY_LABELS:
        return True
    lines = [matches.text[line.start : line.end] for page in pages for line in page.text_lines]
    return bool(blocks_of_tables(lines, form) or blocks_of_project_tables(lines, form))


def scores(matches: Matches) -> tuple[Score, ...]:
    """How well each form fits a document, the best first."""
    found = [score(matches, matches.pages.pages, form) for form in forms()]
    return tuple(sorted(found, key=lambda one: (one.claims, one.titles, one.share), reverse=True))


def score(matches: Matches, pages: Sequence[Page], form: Form) -> Score:
    """How well a form fits some pages."""
    is_untitled = bool(form.titles) and not _title_count(matches, matches.pages.pages, form)
    lines = [line for page in pages for line in page.text_lines]
    opened, common = opened_blocks(matches, lines, form, any_number=is_untitled and _has_keyword(matches, form))
    tables = blocks_of_tables((matches.text[line.start : line.end] for line in lines), form)
    projects = blocks_of_project_tables((matches.text[line.start : line.end] for line in lines), form)
    opened |= projects | tables
    common -= opened
    own = ((i, block) for i, block in enumerate(form.blocks) if not block.is_attached)
    worded = {i: block.name for i, block in own if any(map(wordings_of, block.opens))}
    return Score(
        form,
        _title_count(matches, pages, form),
        frozenset(name for i, name in worded.items() if i in opened),
        frozenset(worded.values()),
        not form.keywords or _has_keyword(matches, form),
        _share_of_labels(matches, pages, form),
        frozenset(name for i, name in worded.items() if i in common),
        _is_named(matches, pages, form),
        bool(tables),
        bool(projects),
    )


def _is_named(matches: Matches, pages: Sequence[Page], form: Form) -> bool:
    words = own_titles(form)
    starts = (matches.lines[line.start] for line in _first_lines(matches, pages, form)) if words else ()
    found = (start.matches for start in starts if start.matches and not start.number)
    alike = ((one for one in matches if one.score >= min(ALIKE, matches[0].score)) for matches in found)
    return any(best_match(one, words) is not None for one in alike)


def _first_lines(matches: Matches, pages: Sequence[Page], form: Form) -> list[PageLine]:
    """The lines where a title stands: the first ones, and those behind the page of a letter."""
    lines = [line for page in pages for line in page.text_lines][:FRONT]
    is_behind = len(pages) > 1 and begins_with_letter(matches, pages[0], form)
    return lines + list(pages[1].text_lines[:FRONT] if is_behind else ())


def _is_of_office(matches: Matches, pages: Sequence[Page], form: Form) -> bool:
    """Whether one of the first lines is the name of an office of a form."""
    lines = _first_lines(matches, pages, form)
    return any(matches.text.startswith(form.offices, matches.lines[line.start].words) for line in lines)


def _share_of_labels(matches: Matches, pages: Sequence[Page], form: Form) -> float:
    """How many of the form's labels stand undamaged on some pages."""
    labels = _labels_of(form)
    if len(labels) < LEAST_LABELS or not pages:
        return 0.0
    printed = {match.words for page in pages for match in matches.undamaged(page.start, page.end)}
    return sum(not printed.isdisjoint(names) for names in labels) / len(labels)


@cache
def _labels_of(form: Form) -> tuple[frozenset[str], ...]:
    """The folded names of each label of the form's blocks; of several for one column the first that it declares."""
    readings = [reads for block in form.blocks if not block.is_attached for reads in block.readings]
    models = dict.fromkeys(reads.model for reads in readings if isinstance(reads, Labelled | Entries))
    labels: dict[tuple[str, str], Label] = {}
    for model in (model for model in models if not issubclass(model, DocumentRow)):
        for column, label in columns_with(model, Label).items():
            labels.setdefault((model.table, column), label)
    return tuple(frozenset(map(folded, label.names)) for label in dict.fromkeys(labels.values()))


def _title_count(matches: Matches, pages: Sequence[Page], form: Form) -> int:
    """How often pages print a title of a form."""
    titles = set(map(folded, form.titles))
    lines = (line for page in pages for line in page.lines if line.role == "title") if titles else ()
    return sum(best_match(matches.lines[line.start].matches, titles) is not None for line in lines)


def _around(matches: Matches, pages: tuple[Page, ...], titled: Sequence[Form]) -> tuple[Page, ...]:
    """The pages before and behind those of forms that print a title; many forms share a heading or two."""

    def is_off(page: Page) -> bool:
        return not any(score(matches, (page,), form).weight for form in titled)

    before = tuple(takewhile(is_off, pages))
    return before + tuple(takewhile(is_off, pages[: len(before) : -1]))[::-1]


def _has_keyword(matches: Matches, form: Form) -> bool:
    """Whether a word stands in the text that tells the form's offices from others, sound or damaged."""
    if _stands_in(matches.text, form.keywords, form.exclude_keywords):
        return True
    words, others = (
        [word for word in map(folded, known) if len(word) >= LONG_ENOUGH]
        for known in (form.keywords, form.exclude_keywords)
    )
    if _stands_in(matches.folded.letters, words, others):
        return True
    front = matches.folded.between(0, matches.pages.pages[0].end)
    return any(fuzz.partial_ratio(word, front) >= CLOSE for word in words if len(word) >= LONG_WORD)


def _stands_in(text: str, words: Iterable[str], others: Sequence[str]) -> bool:
    """Whether a word stands in a text otherwise than as the beginning of one of the others."""
    return any(text.count(word) > sum(text.count(one) for one in others if one.startswith(word)) for word in words)


def _regions(matches: Matches, pages: Sequence[Page], claiming: Sequence[Form]) -> tuple[Region, ...]:
    """Each page to the form that it shows most of; a page that shows none goes on with the form before it."""
    chosen: list[tuple[Form, list[Page]]] = []
    for page in pages:
        weights = {form: score(matches, (page,), form).weight for form in claiming}
        best = max(weights, key=lambda form: weights[form])
        if not chosen or weights[best] > weights.get(chosen[-1][0], 0):
            chosen.append((best, [page]))
        else:
            chosen[-1][1].append(page)
    return tuple(Region(form, tuple(part)) for form, part in chosen)


def _reports(matches: Matches, region: Region) -> Iterator[Region]:
    """The reports of a region that glues several on one form together, each of which holds projects of its own.

    A report begins with a cover: the first lines of the region come again, or the title and the office of another
    report stand there behind what one reports on, and a group or a first project behind them.
    """
    text, form, pages = matches.text, region.form, region.pages
    edges, found = [0], tuple[BlockStart, ...]()
    for i, page in enumerate(pages if form.holds_projects else ()):
        is_cover = i > 0 and any(_is_cover(text, pages[edge], page) for edge in edges)
        if i == 0 or not (is_cover or _is_titled(matches, page, form)):
            continue
        found = found or block_starts(matches, pages, form)
        before = pages[edges[-1] : i]
        has_report = any(before[0].start <= one.start < page.start for one in found if _is_reported(one, form))
        is_other = has_report and _is_another(matches, form, before, page)
        in_own_style = block_starts(matches, pages[i : i + PAGES_OF_STYLE], form) if is_other else ()
        is_begun = is_cover and _begins_report(matches, region, found, i)
        if is_begun or _begins_report(matches, region, in_own_style, i, numbers=(1, None)):
            edges.append(i)
    yield from (replace(region, pages=pages[start:end]) for start, end in pairwise([*edges, len(pages)]))


def _is_reported(start: BlockStart, form: Form) -> bool:
    """Whether a block tells of a project."""
    return form.blocks[start.block].level in ("project", "part")


def _is_cover(text: str, front: Page, page: Page) -> bool:
    """Whether a page begins with the first lines of the front, of which one may differ."""
    lines = ([line for line in one.lines if line.role != "page_number"] for one in (front, page))
    printed = ([folded(text[line.start : line.end]) for line in one] for one in lines)
    here, there = ([words for words in lines if words.strip("-_=")][:COVER_LINES] for lines in printed)
    return sum(fuzz.ratio(*pair) >= CLOSE for pair in zip(here, there, strict=False)) >= COVER_LINES - 1


def _is_titled(matches: Matches, page: Page, form: Form) -> bool:
    """Whether a page begins with a title or a letter, and the name of an office stands there."""
    front = "\n".join(matches.text[line.start : line.end] for line in page.text_lines[:FRONT] if form.offices)
    is_other = form.office_like is not None and compiled(form.office_like).search(front) is not None
    if not is_other and not any(office in front for office in form.offices):
        return False
    titles = (one.lstrip(" \t*#_") for one in _title_lines(matches, page, form))
    return begins_with_letter(matches, page, form) or not all(one.startswith(form.offices) for one in titles)


def _is_another(matches: Matches, form: Form, before: Sequence[Page], page: Page) -> bool:
    """Whether the title of a page prints other words or figures than those of all pages before it."""
    lines = _title_lines(matches, page, form)
    titles = (_title_lines(matches, one, form) for one in before)
    return not any(_says_same(one, lines) for one in titles)


def _says_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two titles have the same figures, and nearly the same letters."""
    figures = [ANY_DIGIT.findall(arabic("".join(lines))) for lines in (one, other)]
    letters = ["".join(map(folded, lines)) for lines in (one, other)]
    return figures[0] == figures[1] and fuzz.ratio(*letters) >= CLOSE


def _titles(matches: Matches, page: Page, form: Form) -> list[PageLine]:
    """The first lines of a page that print a title or an office."""
    return [line for line in page.text_lines[:FRONT] if _is_title(matches, line, form)]


def _title_lines(matches: Matches, page: Page, form: Form) -> list[str]:
    """What the first lines of a page print of a title and an office."""
    return [matches.text[line.start : line.end] for line in _titles(matches, page, form)]


def _is_title(matches: Matches, line: PageLine, form: Form) -> bool:
    """Whether a line begins as a title of a form does, or as the name of an office."""
    start = matches.lines[line.start]
    match = best_match(start.matches, own_titles(form)) if start.matches and not start.number else None
    return match is not None and match.score >= ALIKE


def _begins_report(
    matches: Matches, region: Region, found: Sequence[BlockStart], i: int, numbers: Sequence[int | None] = (1,)
) -> bool:
    """Whether the first block start behind a page's title is none that goes on with a project.

    A quarter may be a cover's. `numbers`: those of a project that a report may begin with.
    """
    page, form = region.pages[i], region.form
    titles = [(line.start, line.end) for line in _titles(matches, page, form)]
    for after in found:
        is_quarter = form.blocks[after.block].begins_period
        is_title = any(start <= after.start < end for start, end in titles)
        level = form.blocks[after.block].level
        is_told = after.end > after.start or level == "project"
        if after.start >= page.start and is_told and not is_quarter and not is_title:
            return level in ("document", "group") or (level == "project" and after.number in numbers)
    return False
