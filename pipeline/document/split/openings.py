"""Where blocks open, and which blocks a document opens at all."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from normalizers.digits import DIGIT
from normalizers.look_alikes import folded
from parsers.base import Form, Labelled
from parsers.openers import Heading, Headline, Numbered, NumberedName, Opener, Phrase, RepeatedLine, Start
from pipeline.document.likeness import CLOSE, wording
from pipeline.document.lines import showing
from pipeline.document.split.heading_style import Candidate, in_style
from pipeline.document.split.headlines import Found, headline_in, judge, likeness_of_lines, ordered_in, ordered_openers
from pipeline.document.split.numbered_headings import first_words, openings_in_line, undamaged, words_of
from pipeline.document.split.period_words import goes_on, is_unfinished
from pipeline.document.split.report_boundaries import new_starts
from pipeline.model import BlockStart, Line, Pages, Span
from schemas.base import Label, columns_with

LONGEST = 170
"""Characters of a line that are looked at for a heading known by its wording."""
HEAD = 160
LIKELY = 0.6
"""Of the blocks that a form is known by so many must print their words whole, for others may be damaged."""
SHORTEST_LINE = 6
"""Characters that a line of the front must have for its echo to open a back cover."""
REMNANT = 4
"""So few letters left behind a heading are its own damaged end."""

_NEXT_LINE = re.compile(r"[ \t]*+\r?+\n[ \t]*+")
_MARKED = re.compile(rf"[\s*_#>|\\]*+(?:#|\*\*|{DIGIT}{{1,2}}+[.)])")
_NUMBERED = re.compile(rf"[\s*_#>|\\(]*+{DIGIT}{{1,2}}+[.)]")
_RUN_IN = re.compile(rf"(?<=[ \t])(?:#{{1,4}}+ |\*\*)?+{DIGIT}{{1,2}}+[.)][ \t]")
_TAIL = re.compile(r"[ \t.:*\\_]*+")
_ANY_DIGIT = re.compile(DIGIT)


def openings(document: Pages, form: Form) -> tuple[BlockStart, ...]:
    """Every opening on every page, in the order of the text, none inside the one before."""
    has_headlines = Headline in opener_kinds(form)
    if has_headlines:
        judge((document.text[start : min(end, start + LONGEST)] for start, end, _ in document.lines()), form)
    is_styled = has_headlines and not form.is_ordered
    found: list[BlockStart] = []
    for opening in _in_style(document, form) if is_styled else _in_lines(document, form):
        if not found or opening.start >= found[-1].end:
            found.append(opening)
    return tuple(_with_edges(document, form, found))


def _in_lines(document: Pages, form: Form) -> Iterator[BlockStart]:
    """The heading, or the name in order, that fills a line, or else what opens anywhere in it."""
    text, kinds = document.text, opener_kinds(form)
    has_headlines, has_others = Headline in kinds, not kinds.isdisjoint({Heading, Numbered, Phrase})
    for page in document.pages:
        said = [line for line in page.lines if line.role == "text"]
        for line, following in zip_longest(said, said[1:]):
            if has_headlines and (opening := _headline(text, line, following, form)):
                yield opening
            elif has_others:
                yield from openings_in_line(text, line, following, form)


def _in_style(document: Pages, form: Form) -> Iterator[BlockStart]:
    """The headings in the document's own style."""
    text = document.text
    lines = list(document.lines())
    found = [one for line, after in zip_longest(lines, lines[1:]) for one in _candidates(text, line, after, form)]
    for one, fits in zip(found, in_style(found), strict=True):
        if fits:
            end = one.start if one.is_text else one.start + one.found.end
            tail = _TAIL.match(text, end, one.end) if not one.is_text else None
            yield BlockStart(one.start, max(end, tail.end() if tail else end), one.found.block)


def _candidates(text: str, line: Line, after: Line | None, form: Form) -> Iterator[Candidate]:
    """Where a line may be a heading: at its start, over its end, or behind the text of the line before it."""
    said = text[line.start : min(line.end, line.start + LONGEST)]
    found = headline_in(said, form)
    if found and found.block == 0 and (found.number or found.is_whole):
        return  # the first block opens with a label, and a label has a value behind it
    if found:
        yield _candidate(text, (line.start, line.end), found, form)
    elif after is not None and _goes_on(text, line, after):
        whole = headline_in(text[line.start : after.end], form) if after.end - line.start <= LONGEST else None
        if whole is not None and whole.is_whole and whole.end > line.end - line.start:
            yield _candidate(text, (line.start, after.end), whole, form)
    for match in _RUN_IN.finditer(text, line.start + 1, line.end):
        inner = headline_in(text[match.start() : min(line.end, match.start() + LONGEST)], form)
        if inner is not None and inner.is_whole:
            yield _candidate(text, (match.start(), line.end), inner, form)


def _goes_on(text: str, line: Line, after: Line) -> bool:
    """Whether a heading may go over a line and the next one, which has no number of its own."""
    return _MARKED.match(text, line.start, line.end) is not None and _is_next(text, line, after)


def _candidate(text: str, span: Span, found: Found, form: Form) -> Candidate:
    """What may be a heading, with what tells whether it is."""
    start, end = span
    opener = form.blocks[found.block].opens[found.opener]
    is_text = isinstance(opener, Headline) and opener.is_text
    line_start = text.rfind("\n", 0, start) + 1
    in_cell = "\t" in text[line_start:start] or text[start] == "|"
    words = folded(text[start + found.start : start + found.end])
    return Candidate(found, start, end, is_text, in_cell, words in _front_labels(form), words)


@cache
def _front_labels(form: Form) -> frozenset[str]:
    """The labels of a form's first block, as they are compared."""
    models = [reads.model for reads in form.blocks[0].readings if isinstance(reads, Labelled)]
    labels = (label for model in models for label in columns_with(model, Label).values())
    return frozenset(wording(name) for label in labels for name in label.names)


@cache
def opener_kinds(form: Form) -> frozenset[type]:
    """The kinds of openers that a form declares."""
    return frozenset(type(opener) for block in form.blocks for opener in block.opens)


def _headline(text: str, line: Line, following: Line | None, form: Form) -> BlockStart | None:
    """The heading, or the name in order, that a line begins with; a period behind it may go on in the next line."""
    said = text[line.start : min(line.end, line.start + LONGEST)]
    found = headline_in(said, form)
    if found is None and following and is_unfinished(said) and _is_next(text, line, following):
        line = Line(line.start, following.end)
        found = headline_in(text[line.start : min(line.end, line.start + LONGEST)], form)
    if found:
        return _opened(text, line, following, form, found)
    for block, opener in ordered_openers(form):
        if name := ordered_in(said[:HEAD], opener.word):
            number, begin = name
            return BlockStart(line.start, line.start + begin, block, number, is_numbered=True)
    return None


def _opened(text: str, line: Line, following: Line | None, form: Form, found: Found) -> BlockStart:
    opener = form.blocks[found.block].opens[found.opener]
    is_text = isinstance(opener, Headline) and opener.is_text
    has_period = isinstance(opener, Headline) and opener.has_period
    words_end = line.start + found.end
    end = line.end if has_period and line.end - line.start <= LONGEST else words_end
    tail = _TAIL.match(text, end, line.end)
    end = tail.end() if tail else end
    is_remnant = line.end - end <= REMNANT and not _ANY_DIGIT.search(text, end, line.end)
    end = line.end if is_remnant else end
    if end == line.end and following and _is_next(text, line, following):
        below = text[following.start : following.end]
        is_wrapped = has_period and goes_on(text[words_end:end], below)
        end = following.end if is_wrapped or _has_last_words(text, line, following, form, found) else end
    return BlockStart(line.start, line.start if is_text else end, found.block)


def _has_last_words(text: str, line: Line, following: Line, form: Form, found: Found) -> bool:
    """Whether the next line is the end of the heading whose first words a line prints."""
    whole = headline_in(text[line.start : following.end], form) if following.end - line.start <= LONGEST else None
    is_same = whole is not None and (whole.block, whole.opener) == (found.block, found.opener)
    return is_same and whole is not None and whole.is_whole and whole.score > found.score


def _is_next(text: str, line: Line, following: Line) -> bool:
    """Whether no blank line parts two lines, and the second has no number of its own."""
    is_next = _NEXT_LINE.fullmatch(text, line.end, following.start) is not None
    return is_next and not _NUMBERED.match(text, following.start, following.end)


def _with_edges(document: Pages, form: Form, found: list[BlockStart]) -> Iterator[BlockStart]:
    """The openings, with the start of the printing before them and the back cover behind them."""
    lines = [line for page in document.pages for line in page.lines if line.role == "text"]
    kinds = opener_kinds(form)
    if Start in kinds and lines and (not found or found[0].start > lines[0].start):
        yield BlockStart(lines[0].start, lines[0].start, _block_with(form, Start))
    if Start in kinds and not form.is_ordered:
        found = sorted([*found, *new_starts(document, form, found)], key=lambda opening: (opening.start, opening.end))
    yield from found
    if RepeatedLine in kinds and found:
        front = {document.text[line.start : line.end] for line in lines if line.start < found[0].start}
        back = _back_cover(document, found[-1].end, front)
        if back is not None:
            yield BlockStart(back, back, _block_with(form, RepeatedLine))


def _block_with(form: Form, kind: type) -> int:
    return next(i for i, block in enumerate(form.blocks) if any(isinstance(one, kind) for one in block.opens))


def _back_cover(document: Pages, start: int, front: set[str]) -> int | None:
    """Where a page behind the last opening begins with a line of the front."""
    for page in document.pages:
        first = next((line for line in page.lines if line.role == "text"), None)
        if first is not None and first.start >= start:
            said = document.text[first.start : first.end]
            if len(said) >= SHORTEST_LINE and any(likeness_of_lines(said, line) >= CLOSE for line in front):
                return first.start
    return None


@cache
def worded_blocks(form: Form) -> dict[int, tuple[str, ...]]:
    """The blocks whose openers have words of their own, with those words."""
    words = {
        i: tuple(said for opener in block.opens for said in _wordings(opener)) for i, block in enumerate(form.blocks)
    }
    return {i: said for i, said in words.items() if said}


def opened_blocks(document: Pages, form: Form) -> frozenset[int]:
    """The blocks of a form whose headings a document prints."""
    found = _headlines(document, form) if Headline in opener_kinds(form) else set[int]()
    if not opener_kinds(form).isdisjoint({Heading, Numbered, Phrase}):
        lines = [line for page in document.pages for line in page.lines]
        for place in showing(document.text, lines, first_words(form)):
            start, end, _ = lines[place]
            found |= {block for block, _, _ in undamaged(document.text[start:end], form)}
    return frozenset(found & worded_blocks(form).keys())


def are_likely(text: str, form: Form) -> bool:
    """Whether the words of so many of a form's blocks stand in a text that looking for its headings is worth it."""
    wanted = _words_by_block(form)
    least = form.least_blocks * len(wanted) * (LIKELY if Headline in opener_kinds(form) else 1)
    missing = len(wanted) - least
    seen: dict[str, bool] = {}
    for wordings in wanted:
        if not any(_are_seen(text, words, seen) for words in wordings):
            missing -= 1
            if missing < 0:
                return False
    return True


def _are_seen(text: str, words: Sequence[str], seen: dict[str, bool]) -> bool:
    """Whether all words stand in a text; those that were looked for before are not looked for again."""
    for word in words:
        if word not in seen:
            seen[word] = word in text
        if not seen[word]:
            return False
    return True


@cache
def _words_by_block(form: Form) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The words of each wording of each block, the rarest kind of word, a long one, first."""
    return tuple(
        tuple(tuple(sorted(said.split(), key=len, reverse=True)) for said in wordings)
        for wordings in worded_blocks(form).values()
    )


def _headlines(document: Pages, form: Form) -> set[int]:
    """The blocks whose headings fill a line."""
    text = document.text
    lines = (line for page in document.pages for line in page.lines)
    said = {text[start:end] for start, end, _ in lines if end - start <= LONGEST}
    judge(said, form)
    return {found.block for line in said if (found := headline_in(line, form))}


def _wordings(opener: Opener) -> tuple[str, ...]:
    """What an opener prints; nothing where its place alone tells it."""
    if isinstance(opener, Headline):
        return opener.wordings
    return () if isinstance(opener, Start | RepeatedLine | NumberedName) else (words_of(opener),)
