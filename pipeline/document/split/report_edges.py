"""Where printings and reports begin and end: letters in front, titles and covers, copies, further projects, the back.

A file may hold several reports, or one several times, and what stands around a form is none of its blocks.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile, zip_longest
from operator import attrgetter

from rapidfuzz import fuzz

from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import CLOSE, folded
from parsers.base import Form, Labelled
from parsers.openers import BehindTitle, Letter, NumberedName, RepeatedLine, Start
from parsers.phrases import words_of
from pipeline.document.scan import LineStart, Matches, best_match
from pipeline.document.split.headings import begin_of_counted, openers_of, own_titles
from pipeline.model import BlockStart, Page, PageLine
from schemas.base import Label, StartsWith, Table, columns_of, columns_with

LEAST_LINES, LEAST_LABELS = 3, 2
"""More lines than these hold a further project, and so many labels of a form's first block stand below its name."""
_START = attrgetter("start", "end")
SHORTEST_LINE = 6
"""Characters that a line of the front must have for its repetition to open a back cover."""
COME_BACK = 3
"""So many blocks that come back one after the other are no heading that stands twice."""
LETTER_LINES, LETTER_WORDS = 14, 2
"""First lines of a letter, and how many of its usual words begin them."""
MOST_BARS = 3
"""Bars on a line of a letter that stands in a table: a word, and what is said behind it."""
LONGEST_NAME = 200
"""Characters in which a name ends that was run together with the line before it."""
GAPS = 2
"""A title is sought so many gaps between headings back: one of those that follow it may be new."""
FRONT_LINES = 8
"""So many lines at most stand above the first label of a report without the form's title."""
FURTHER = 5
"""Lines below a project's name in which labels stand, where no title stands above it."""
_LETTER_WORD = re.compile(r"[\s*_#>|]*+([^\s:*]+)[*]*+(?=[\s:]|\Z)")
"""The first word of a line."""
_SIGNED = re.compile(r"[\s*_]*+(?:\([^()\n]{4,60}\)[\s*_]*+\Z|จึงเรียนมาเพื่อ)")
"""A name in brackets, as below a signature, or the words that end a letter."""
_YEAR_LINE = re.compile(rf"[\s*_#(]*+(?:ประจำ)?ปี(?:งบประมาณ)?[ \t]*+(?:พ\.?[ ]?ศ\.?)?[ \t]*+{DIGIT}{{4}}[\s*_)]*+\Z")
"""The fiscal year of a report below its title."""


def begins_printing(matches: Matches, page: Page, form: Form) -> bool:
    """Whether a title, or what a project is called, stands among the first lines of a page."""
    lines = [line for line in page.lines if line.role in ("text", "title")][:LETTER_LINES]
    starts = (matches.lines[line.start].matches for line in lines[:FURTHER])
    is_titled = any(line.role == "title" for line in lines)
    return is_titled or any(best_match(one, own_titles(form) | _name_words(form)) is not None for one in starts)


def names_project(matches: Matches, page: Page, form: Form) -> bool:
    """Whether one of the first lines of a page says what a project is called."""
    starts = (matches.lines[line.start].matches for line in page.text_lines[:FRONT_LINES])
    return any(best_match(one, _name_words(form)) is not None for one in starts)


@cache
def _name_words(form: Form) -> frozenset[str]:
    """What stands before the name of a project, or begins it, folded."""
    models = {reads.model for block in form.blocks for reads in block.readings if isinstance(reads, Labelled)}
    found: set[str] = set()
    for model in models:
        name = model.column_of("name")
        found |= set(columns_with(model, Label)[name].names) if name in columns_with(model, Label) else set()
        found |= set(columns_with(model, StartsWith)[name].words) if name in columns_with(model, StartsWith) else set()
    return frozenset(map(folded, found))


def with_edges(matches: Matches, pages: Sequence[Page], form: Form, found: list[BlockStart]) -> Iterator[BlockStart]:
    """The starts, with that of the printing before them and the back cover behind them."""
    lines = [line for page in pages for line in page.text_lines]
    for block, letter in openers_of(form, Letter):
        if behind_letter := _behind_letter(matches, pages, found, form, letter):
            yield BlockStart(lines[0].start, lines[0].start, block)
            lines = lines[behind_letter:]
            found = [start for start in found if lines and start.start >= lines[0].start]
    for block, opener in openers_of(form, NumberedName):
        found = sorted([*found, *_names_run_in(matches, form, found, block, opener)], key=_START)
    yield from _with_first_blocks(matches, pages, lines, form, found)
    for block, _ in openers_of(form, RepeatedLine):
        front = {folded(matches.text[line.start : line.end]) for line in lines if found and line.start < found[0].start}
        back = _back_cover(matches, pages, found[-1].end, front) if front else None
        if back is not None:
            yield BlockStart(back, back, block)


def _names_run_in(
    matches: Matches, form: Form, found: Sequence[BlockStart], block: int, opener: NumberedName
) -> Iterator[BlockStart]:
    """The names in order that end what is said before the first heading of a period, and lost their line break."""
    for before, after in pairwise(found):
        if form.blocks[before.block].level == "part" and form.blocks[after.block].begins_period:
            first = max(before.end, after.start - LONGEST_NAME)
            *_, last = (None, *_run_in_name(opener.word).finditer(matches.text, first, after.start))
            if last is not None:
                yield BlockStart(last.start(), last.end(), block, whole(last[1]), is_numbered=True)


@cache
def _run_in_name(word: str) -> re.Pattern[str]:
    """A number behind other words, and a name behind it."""
    return re.compile(rf"(?<=[^\s0-9๐-๙][ \t])({DIGIT}{{1,2}})[.)][ \t]*+(?={re.escape(word)})")


def _with_first_blocks(
    matches: Matches, pages: Sequence[Page], lines: Sequence[PageLine], form: Form, found: Sequence[BlockStart]
) -> list[BlockStart]:
    """The starts, with those of a printing, of a report in a file of several, and behind titles."""
    is_title = form.holds_projects and bool(found) and found[0].start == lines[0].start
    if is_title and form.blocks[found[0].block].level == "part":
        found = found[1:]  # a part of a project that stands before all projects is the title
    starts = list(found)
    for first, _ in openers_of(form, Start):
        if not form.is_ordered:
            reports = list(_new_reports(matches, lines, form, found))
            labels = {label.start for _, inside in reports for label in inside}
            starts = [one for one in starts if one.start not in labels] + [start for start, _ in reports]
            starts = [_below_front(matches, lines, one) for one in starts]
        if lines and (not found or found[0].start > lines[0].start):
            starts.append(BlockStart(lines[0].start, lines[0].start, first))
    for block, behind_title in openers_of(form, BehindTitle):
        labelled = _labels_behind_titles(matches, pages, form, found)
        starts += [BlockStart(line.start, line.start, block) for line in labelled]
        starts += _further_projects(matches, lines, form, (block, behind_title.word), found)
    return sorted(starts, key=_START)


def _further_projects(
    matches: Matches, lines: Sequence[PageLine], form: Form, counted: tuple[int, str], found: Sequence[BlockStart]
) -> Iterator[BlockStart]:
    """Where labels of the first block stand again behind other blocks, below a name: the form begins without a title.

    The number before a name is its heading, or the word of `counted` with its number; so it is where the first of
    several stands below the report's title. `counted`: the first block, and that word.
    """
    (block, word), named = counted, list[tuple[LineStart, int | None, bool]]()
    for before, after in zip_longest([None, *found], found):
        edges = (before.end if before else 0, after.start if after else len(matches.text))
        inside = lines[slice(*(bisect_left(lines, edge, key=lambda line: line.start) for edge in edges))]
        is_front = before is None or before.block == block
        line = _named_line(matches, inside, form) if len(inside) > LEAST_LINES else None
        begin = line and (line.words if line.number else begin_of_counted(matches, line, word))
        if line and (begin or not is_front):
            named.append((line, begin, is_front))
    has_further = any(not is_front for _, _, is_front in named)
    for line, begin, _ in named if has_further else ():
        yield BlockStart(line.start, begin or line.start, block)


def _named_line(matches: Matches, lines: Sequence[PageLine], form: Form) -> LineStart | None:
    """The line that names a project, several labels of the form's first block below it."""
    names, words = _title_words(form), _front_words(form)
    starts = [matches.lines[line.start] for line in lines]
    labels = [best_match(line.matches[:1], words) for line in starts]
    for i, line in enumerate(starts[:-1]):
        below = {label.words for label in labels[i + 1 : i + 1 + FURTHER] if label}
        is_named = bool(line.number and labels[i] is None) or best_match(line.matches[:1], names) is not None
        if is_named and len(below) >= LEAST_LABELS and (labels[i + 1] or not line.number):
            return line
    return None


def _labels_behind_titles(
    matches: Matches, pages: Sequence[Page], form: Form, found: Sequence[BlockStart]
) -> Iterator[PageLine]:
    """The first line with a label of the first block between each title of the form and the next start of a block.

    A form may print its title on each of its pages; then the text of the page before goes on behind it, so further down
    there must be several such lines. So must there be at the beginning of a report that prints no title. Behind the
    first title, which no block stands before, one is enough.
    """
    words, starts = _front_words(form), {start.start for start in found}
    lines = [line for page in pages for line in page.lines if line.role in ("text", "title")]
    behind_titles = [place for place, line in enumerate(lines, 1) if line.role == "title"] or [0]
    for place in behind_titles:
        between = list(takewhile(lambda line: line.role == "text" and line.start not in starts, lines[place:]))
        labelled = [line for line in between if best_match(matches.lines[line.start].matches[:1], words)]
        if not place and labelled:  # the report's own title stands above its labels
            titles = [line for line in between if best_match(matches.lines[line.start].matches, own_titles(form))][:1]
            is_near = len(labelled) + len(titles) > 1 and between.index(labelled[0]) <= FRONT_LINES
            labelled = [*(between[:1] if is_near else titles), *labelled]
        is_first = place == behind_titles[0] > 0 and (not found or found[0].start > lines[place - 1].start)
        if is_first and labelled and len(between) <= FRONT_LINES:
            yield between[0]
            continue
        years = [line for line in between[:1] if place and _YEAR_LINE.match(matches.text, line.start, line.end)]
        if len(labelled) > 1 or (place and labelled and labelled == lines[place : place + 1]):
            yield (years or labelled)[0]


def _behind_letter(
    matches: Matches, pages: Sequence[Page], found: Sequence[BlockStart], form: Form, letter: Letter
) -> int | None:
    """How many lines a letter in front takes, None where there is none: up to the next page, or to the form itself.

    Where no page parts the two, the first line behind its signature that names a report or a project begins the form.
    """
    text, lines = matches.text, [line for page in pages for line in page.text_lines]
    words = _letter_words(text, lines, letter)
    if len(words) < LETTER_WORDS:
        return None
    last = lines[max(words.values())]
    edges = [page.start for page in pages if page.start > last.start][:1]
    edges += [start.start for start in found if start.start > last.start][:1]
    behind_words = (line for line in lines if line.start > last.end)
    signed = next((line for line in behind_words if _SIGNED.match(text, line.start, line.end)), None)
    for line in lines if signed else ():
        if signed and line.start > signed.end and best_match(matches.lines[line.start].matches, _front_words(form)):
            edges.append(line.start)
    return bisect_left(lines, min(edges), key=lambda line: line.start) if edges else None


def _letter_words(text: str, lines: Sequence[PageLine], letter: Letter) -> dict[str, int]:
    """The words of a letter that the first lines begin with, those of tables aside, each with the place of its line."""
    begun = (
        (number, _LETTER_WORD.match(text, line.start, line.end))
        for number, line in enumerate(lines[:LETTER_LINES])
        if text.count("|", line.start, line.end) <= MOST_BARS
    )
    return {match[1]: number for number, match in begun if match and match[1] in letter.words}


def begins_with_letter(matches: Matches, page: Page, form: Form) -> bool:
    """Whether a letter or memo stands at the top of a page."""
    letters = [letter for _, letter in openers_of(form, Letter)]
    return any(len(_letter_words(matches.text, page.text_lines, one)) >= LETTER_WORDS for one in letters)


def _back_cover(matches: Matches, pages: Sequence[Page], start: int, front: set[str]) -> int | None:
    """Where a page behind the last block start begins with a line of the front."""
    for page in pages:
        first = next(iter(page.text_lines), None)
        if first is not None and first.start >= start and first.end - first.start >= SHORTEST_LINE:
            printed = folded(matches.text[first.start : first.end])
            if any(fuzz.ratio(printed, line) >= CLOSE for line in front):
                return first.start
    return None


def _below_front(matches: Matches, lines: Sequence[PageLine], start: BlockStart) -> BlockStart:
    """The start of a form's first block, from the lines above it on with which the document begins too."""
    front = [folded(matches.text[line.start : line.end]) for line in lines[:FRONT_LINES]]
    place = first = bisect_left(lines, start.start, key=lambda line: line.start) if start.block == 0 else 0
    while place > FRONT_LINES and any(
        fuzz.ratio(folded(matches.text[lines[place - 1].start : lines[place - 1].end]), one) >= CLOSE for one in front
    ):
        place -= 1
    return start if place == first else BlockStart(lines[place].start, lines[place].start, start.block)


def _new_reports(
    matches: Matches, lines: Sequence[PageLine], form: Form, found: Sequence[BlockStart]
) -> Iterator[tuple[BlockStart, Sequence[BlockStart]]]:
    """The first block where the form begins again: at a title, else at the first heading that comes back.

    A file may hold several reports, or one of them twice, with nothing between: headings come back one after the other.
    With the headings behind the title that are labels of the first block, as they are in the report before.
    """
    seen: set[int] = set()
    for place, start in enumerate(found):
        labels = _labels_above(matches, form, found[:place])
        above = place - len(labels)
        before = found[max(above - GAPS, 0) : place]
        if start.block == 0:
            seen = set()
        elif before and before[-1].block not in (0, start.block) and _comes_back(found, place, seen):
            seen = set()
            title = _title(matches, lines, form, [*before, start])
            yield BlockStart(title, title, 0), [label for label in labels if label.start > title]
        seen.add(start.block)


def _labels_above(matches: Matches, form: Form, found: Sequence[BlockStart]) -> Sequence[BlockStart]:
    """The last headings of some that are labels of the first block too, and that open no block before."""
    words, first = _front_words(form), len(found)
    while first and folded(matches.text[found[first - 1].start : found[first - 1].end]) in words:
        first -= 1
    before = {one.block for one in found[:first]}
    return found[first:] if before.isdisjoint(one.block for one in found[first:]) else ()


def _comes_back(found: Sequence[BlockStart], place: int, seen: set[int]) -> bool:
    """Whether several blocks that were seen open again."""
    again = [start.block for start in found[place : place + COME_BACK]]
    return len(set(again)) == COME_BACK and seen.issuperset(again)


def _title(matches: Matches, lines: Sequence[PageLine], form: Form, around: Sequence[BlockStart]) -> int:
    """Where the first title before the last of some headings begins, the last gap first; else that heading."""
    words = _title_words(form)
    for before, after in reversed(list(pairwise(around))):
        between = (bisect_left(lines, edge, key=lambda line: line.start) for edge in (before.end, after.start))
        for line in lines[slice(*between)]:
            if best_match(matches.lines[line.start].matches, words):
                return line.start
    return around[-1].start


@cache
def _title_words(form: Form) -> frozenset[str]:
    """What the line that names a project begins with: its first words, or its label."""
    models = [reads.model for reads in form.blocks[0].readings if isinstance(reads, Labelled)]
    return _first_words([(model, column) for model in models if (column := model.column_of("name"))])


@cache
def _front_words(form: Form) -> frozenset[str]:
    """What the lines of a form's first block begin with."""
    models = [reads.model for reads in form.blocks[0].readings if isinstance(reads, Labelled)]
    return _first_words([(model, column) for model in models for column in columns_of(model)])


def _first_words(columns: Sequence[tuple[type[Table], str]]) -> frozenset[str]:
    """What stands first where columns are stated: their first words, or their labels."""
    marks = (mark for model, column in columns for mark in model.marks(column, StartsWith))
    starts = {words for mark in marks for words in words_of(mark)}
    labels = {name for model, column in columns for label in model.marks(column, Label) for name in label.names}
    return frozenset(starts | set(map(folded, labels)))
