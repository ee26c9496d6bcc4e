"""Where blocks open: headings by number and wording together, numbered labels, fixed phrases; whole or damaged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalizers.digits import DIGIT, THAI, arabic, whole
from normalizers.look_alikes import end_of, folded
from parsers.base import Echo, Form, Heading, Headline, Numbered, Opener, Ordered, Phrase, Start
from pipeline.headlines import headline_in, likeness_of_lines, ordered_in, ordered_openers
from pipeline.likeness import CLOSE, MARGIN, prefix_likeness, wording
from pipeline.model import Line, Pages, Span

SAME_NUMBER, SAME_BARE_NUMBER = 70, 80
"""How alike the wording must be where the number agrees: one of two levels ("1.3") says more than a bare one."""
WHOLE_LINE = 1.3
"""A heading without its number is one only where the line says little else: so many times its length at most."""
WRAPPED = 70
"""How alike the next line must be to the rest of a long heading to belong to it."""
LEAST_REST = 0.25
"""The least share of a long heading that can stand on the next line."""
BEGINNING = 4
"""First letters of a label of which half must be right: a sentence that speaks of the label begins with others."""
SHORTENED = 6
"""Letters that a heading must have left where a page prints only its first words."""
REMNANT = 4
"""So few letters left behind a heading are its own damaged end."""
HEAD = 160
LIKELY = 3
"""Of so many blocks one must print its words whole for the document to be searched for all of them."""
LONGEST = 170
"""Characters of the longest line that can be a heading known by its wording."""

_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_NUMBER = re.compile(rf"({DIGIT}{{1,2}}+(?:\s?\.\s?{DIGIT}{{1,2}}+)?+)[\s.)*\\]*+")
_TWO_LEVELS = re.compile(rf"(?<!{DIGIT})(?<!{DIGIT}[.])({DIGIT}{{1,2}}\s?\.\s?{DIGIT})(?!{DIGIT})[.)]?[ \t]*+")
_TAIL = re.compile(r"[ \t.:*\\_]*+")
_COUNT = re.compile(rf"[ \t]*+({DIGIT}{{1,3}}+)(?!{DIGIT}|[/.\-]{DIGIT})")
_ANY_DIGIT = re.compile(DIGIT)
_COLON = re.compile(rf"[ \t]*+:|[ \t]++{DIGIT}{{1,4}}[/-]{DIGIT}")


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a block of the form opens; `number` where a numbered label does it and its digits are sound."""

    start: int
    end: int
    block: int
    number: int | None = None
    is_numbered: bool = False


def openings(document: Pages, form: Form) -> tuple[Opening, ...]:
    """Every opening on every page, in the order of the text, none inside the one before."""
    found: list[Opening] = []
    for page in document.pages:
        said = [line for line in page.lines if line.role == "text"]
        for line, following in zip_longest(said, said[1:]):
            for opening in _openings_in(document.text, line, following, form):
                if not found or opening.start >= found[-1].end:
                    found.append(opening)
    return tuple(_with_edges(document, form, found))


def _openings_in(text: str, line: Line, following: Line | None, form: Form) -> Iterator[Opening]:
    kinds = opener_kinds(form)
    if Headline in kinds and (opening := _headline(text, line, form)):
        yield opening
    elif kinds & {Heading, Numbered, Phrase}:
        yield from _in_line(text, line, following, form)


@cache
def opener_kinds(form: Form) -> frozenset[type]:
    """The kinds of openers that a form declares."""
    return frozenset(type(opener) for block in form.blocks for opener in block.opens)


def _headline(text: str, line: Line, form: Form) -> Opening | None:
    """The heading, or the name in order, that a line begins with."""
    said = text[line.start : min(line.end, line.start + LONGEST)]
    if found := headline_in(said, form):
        opener = form.blocks[found.block].opens[found.opener]
        is_text = isinstance(opener, Headline) and opener.is_text
        has_period = isinstance(opener, Headline) and opener.has_period
        end = line.end if has_period and line.end - line.start <= LONGEST else line.start + found.end
        tail = _TAIL.match(text, end, line.end)
        end = tail.end() if tail else end
        is_remnant = line.end - end <= REMNANT and not _ANY_DIGIT.search(text, end, line.end)
        return Opening(line.start, line.start if is_text else line.end if is_remnant else end, found.block)
    for block, opener in ordered_openers(form):
        if name := ordered_in(said[:HEAD], opener.word):
            number, begin = name
            return Opening(line.start, line.start + begin, block, number, is_numbered=True)
    return None


def _with_edges(document: Pages, form: Form, found: list[Opening]) -> Iterator[Opening]:
    """The openings, with the start of the printing before them and the back cover behind them."""
    lines = [line for page in document.pages for line in page.lines if line.role == "text"]
    kinds = opener_kinds(form)
    if Start in kinds and lines and (not found or found[0].start > lines[0].start):
        yield Opening(lines[0].start, lines[0].start, _block_with(form, Start))
    yield from found
    if Echo in kinds and found:
        front = {document.text[line.start : line.end] for line in lines if line.start < found[0].start}
        back = _back_cover(document, found[-1].end, front)
        if back is not None:
            yield Opening(back, back, _block_with(form, Echo))


def _block_with(form: Form, kind: type) -> int:
    return next(i for i, block in enumerate(form.blocks) if any(isinstance(one, kind) for one in block.opens))


def _back_cover(document: Pages, start: int, front: set[str]) -> int | None:
    """Where a page behind the last opening begins with a line of the front."""
    for page in document.pages:
        first = next((line for line in page.lines if line.role == "text"), None)
        if first is not None and first.start >= start:
            said = document.text[first.start : first.end]
            if len(said) >= SHORTENED and any(likeness_of_lines(said, line) >= CLOSE for line in front):
                return first.start
    return None


def _in_line(text: str, line: Line, following: Line | None, form: Form) -> Iterator[Opening]:
    head = _DECORATION.match(text, line.start, line.end)
    start = head.end() if head else line.start
    exact = list(_exact(text, line, start, form))
    if not exact or exact[0].start > start:
        damaged = _damaged(text, line, start, form)
        if damaged and (not exact or damaged[0].end <= exact[0].start):
            yield _with_wrapped_line(text, *damaged, line, following)
    yield from exact or _run_in(text, start, line, form)


def _run_in(text: str, start: int, line: Line, form: Form) -> Iterator[Opening]:
    """Damaged headings inside a line: a number of two levels and wording like the heading's, together."""
    for match in _TWO_LEVELS.finditer(text, start + 1, line.end):
        printed = arabic("".join(match[1].split()))
        words, places = folded(text[match.end() : min(line.end, match.end() + HEAD)])
        for block, declared in enumerate(form.blocks):
            for opener in declared.opens:
                if isinstance(opener, Heading) and opener.number == printed:
                    score, size = prefix_likeness(words, wording(opener.wording))
                    if score >= CLOSE - MARGIN:
                        end = end_of(text, match.end() + places[size - 1])
                        yield _opening(text, opener, (match.start(), end), line.end, block)


@cache
def _pattern(form: Form) -> re.Pattern[str]:
    """All openers as printed without damage, each in a group that names its block and opener."""
    return re.compile("|".join(f"(?P<o{i}_{j}>{_source(opener)})" for i, j, opener in _in_lines(form)))


@cache
def _first_words(form: Form) -> tuple[str, ...]:
    """A word of each opener, to pass over the lines that print none of them whole."""
    return tuple({_words(opener).split()[0] for _, _, opener in _in_lines(form)})


def opened_blocks(document: Pages, form: Form) -> float:
    """The share of a form's blocks whose headings a document prints; those without words of their own do not count."""
    worded = {
        i: tuple(words for opener in block.opens for words in _wordings(opener)) for i, block in enumerate(form.blocks)
    }
    worded = {i: words for i, words in worded.items() if words}
    text = document.text
    likely = sum(any(all(word in text for word in said.split()) for said in words) for words in worded.values())
    if LIKELY * likely < len(worded):
        return 0.0
    if Headline in opener_kinds(form):
        return len(_headlines(document, form) & worded.keys()) / len(worded)
    found = {(match.lastgroup or "")[1:].split("_")[0] for match in _pattern(form).finditer(text)}
    return len(found) / len(worded)


def _headlines(document: Pages, form: Form) -> set[int]:
    """The blocks whose headings fill a line."""
    said = (document.text[line.start : line.end] for page in document.pages for line in page.lines)
    return {found.block for line in said if len(line) <= LONGEST and (found := headline_in(line, form))}


def _wordings(opener: Opener) -> tuple[str, ...]:
    """What an opener prints; nothing where its place alone tells it."""
    if isinstance(opener, Headline):
        return opener.wordings
    return () if isinstance(opener, Start | Echo | Ordered) else (_words(opener),)


def _words(opener: Heading | Numbered | Phrase) -> str:
    if isinstance(opener, Heading):
        return opener.wording
    return opener.label if isinstance(opener, Numbered) else opener.words


@cache
def _in_lines(form: Form) -> tuple[tuple[int, int, Heading | Numbered | Phrase], ...]:
    """The openers that may stand anywhere in a line, each with its block and its place there."""
    return tuple(
        (i, j, opener)
        for i, block in enumerate(form.blocks)
        for j, opener in enumerate(block.opens)
        if isinstance(opener, Heading | Numbered | Phrase)
    )


def _source(opener: Heading | Numbered | Phrase) -> str:
    if isinstance(opener, Heading):
        number = r"\s?\.\s?".join(_either_script(figures) for figures in opener.number.split("."))
        return rf"(?<!{DIGIT})(?<!{DIGIT}[.]){number}[.)]?[ \t]*+{_spaced(opener.wording)}"
    return _spaced(_words(opener))


def _either_script(figures: str) -> str:
    return "".join(f"[{figure}{THAI[int(figure)]}]" for figure in figures)


def _spaced(words: str) -> str:
    return r"[ \t]*+".join(map(re.escape, words.split()))


def _exact(text: str, line: Line, head: int, form: Form) -> Iterator[Opening]:
    said = text[line.start : line.end]
    if not any(word in said for word in _first_words(form)):
        return
    for match in _pattern(form).finditer(text, line.start, line.end):
        block, place = map(int, (match.lastgroup or "")[1:].split("_"))
        if isinstance(form.blocks[block].opens[place], Numbered):
            opening = _numbered(text, match.start(), match.end(), line.end, block)
            is_cell = match.start() <= head or _COLON.match(text, opening.end, line.end)
            if is_cell:
                yield replace(opening, start=line.start) if opening.start <= head else opening
        else:
            start = line.start if match.start() <= head else match.start()
            yield _opening(text, form.blocks[block].opens[place], (start, match.end()), line.end, block)


def _numbered(text: str, start: int, end: int, limit: int, block: int) -> Opening:
    count = _COUNT.match(text, end, limit)
    return Opening(start, count.end() if count else end, block, whole(count[1]) if count else None, is_numbered=True)


def _opening(text: str, opener: Opener, printed: Span, limit: int, block: int) -> Opening:
    """A heading with the dots and stars behind it; a phrase is itself part of what its block says."""
    start, end = printed
    if isinstance(opener, Phrase):
        return Opening(start, start, block)
    tail = _TAIL.match(text, end, limit)
    end = tail.end() if tail else end
    is_remnant = limit - end <= REMNANT and not _ANY_DIGIT.search(text, end, limit)
    return Opening(start, limit if is_remnant else end, block)


def _damaged(text: str, line: Line, start: int, form: Form) -> tuple[Opening, Opener] | None:
    """The opener that a line begins with, where its number or its wording is damaged but not both."""
    number = _NUMBER.match(text, start, line.end)
    printed = arabic("".join(number[1].split())) if number else ""
    begin = number.end() if number else start
    words, places = folded(text[begin : min(line.end, begin + HEAD)])
    ranked = sorted(
        (
            (score, size, block, place)
            for block, place, opener in _in_lines(form)
            for score, size in [_likeness(opener, printed, words)]
            if score
        ),
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN and ranked[0][2] != ranked[1][2]):
        return None
    _, size, block, place = ranked[0]
    end = end_of(text, begin + places[size - 1])
    opener = form.blocks[block].opens[place]
    if isinstance(opener, Numbered):
        return _numbered(text, line.start, end, line.end, block), opener
    return _opening(text, opener, (line.start, end), line.end, block), opener


def _likeness(opener: Heading | Numbered | Phrase, printed: str, words: str) -> tuple[float, int]:
    """How alike the line is to the opener, 0 where it is not it, and how many characters of the words it takes."""
    if isinstance(opener, Heading):
        declared = wording(opener.wording)
        is_whole = len(words) <= WHOLE_LINE * len(declared)
        if printed != opener.number and not is_whole:
            return 0.0, 0
        score, size = prefix_likeness(words, declared)
        if printed == opener.number:
            if SHORTENED <= len(words) < len(declared):
                score, size = max((score, size), (fuzz.ratio(words, declared[: len(words)]), len(words)))
            needed = SAME_NUMBER if "." in printed else SAME_BARE_NUMBER
            return (score + MARGIN, size) if score >= needed else (0.0, 0)
        return (score, size) if score >= CLOSE else (0.0, 0)
    declared = wording(_words(opener))
    score, size = (0.0, 0) if printed else prefix_likeness(words, declared)
    begins = score >= CLOSE and Levenshtein.distance(words[:BEGINNING], declared[:BEGINNING]) <= BEGINNING // 2
    return (score, size) if begins else (0.0, 0)


def _with_wrapped_line(text: str, opening: Opening, opener: Opener, line: Line, following: Line | None) -> Opening:
    """The opening, stretched over the next line where a long heading goes on there."""
    if not isinstance(opener, Heading) or following is None or opening.end < line.end:
        return opening
    declared = wording(opener.wording)
    said = len(wording(text[opening.start : line.end])) - len(wording(opener.number))
    after, places = folded(text[following.start : following.end])
    score, size = prefix_likeness(after, declared[said:])
    if said > (1 - LEAST_REST) * len(declared) or score < WRAPPED:
        return opening
    return Opening(opening.start, end_of(text, following.start + places[size - 1]), opening.block)
