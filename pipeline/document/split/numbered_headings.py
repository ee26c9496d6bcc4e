"""Headings known by number and wording, numbered labels, fixed phrases: whole or damaged, anywhere in a line."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance.Levenshtein import distance

from normalizers.digits import DIGIT, THAI, arabic, whole
from normalizers.look_alikes import end_of, folded
from parsers.base import Form
from parsers.openers import Heading, Numbered, Opener, Phrase
from pipeline.document.likeness import CLOSE, MARGIN, prefix_likeness, wording
from pipeline.model import BlockStart, Line, Span

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

_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_NUMBER = re.compile(rf"({DIGIT}{{1,2}}+(?:\s?\.\s?{DIGIT}{{1,2}}+)?+)[\s.)*\\]*+")
_TWO_LEVELS = re.compile(rf"({DIGIT}(?<!{DIGIT}.)(?<!{DIGIT}[.].){DIGIT}?\s?\.\s?{DIGIT})(?!{DIGIT})[.)]?[ \t]*+")
_TAIL = re.compile(r"[ \t.:*\\_]*+")
_COUNT = re.compile(rf"[ \t]*+({DIGIT}{{1,3}}+)(?!{DIGIT}|[/.\-]{DIGIT})")
_ANY_DIGIT = re.compile(DIGIT)
_COLON = re.compile(rf"[ \t]*+:|[ \t]++{DIGIT}{{1,4}}[/-]{DIGIT}")


def words_of(opener: Heading | Numbered | Phrase) -> str:
    """What an opener prints, its number aside."""
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


def openings_in_line(text: str, line: Line, following: Line | None, form: Form) -> Iterator[BlockStart]:
    """The openings of a line: undamaged ones anywhere in it, a damaged one at its start, or several run into it."""
    found, damaged = _openings_in(text[line.start : line.end], form)
    for place, opening in enumerate(found):
        here = opening._replace(start=line.start + opening.start, end=line.start + opening.end)
        yield _with_wrapped_line(text, here, damaged, line, following) if damaged and not place else here


@lru_cache(maxsize=8192)
def _openings_in(said: str, form: Form) -> tuple[tuple[BlockStart, ...], Opener | None]:
    """The openings of a line by their places in it, and what the first one is where it is damaged.

    Remembered, for an archive prints the same headings over and over.
    """
    head = _DECORATION.match(said)
    start = head.end() if head else 0
    exact = tuple(_exact(said, start, form))
    damaged = _damaged(said, start, form) if not exact or exact[0].start > start else None
    inside = exact or tuple(_run_in(said, start, form))
    if damaged and (not exact or damaged[0].end <= exact[0].start):
        return (damaged[0], *inside), damaged[1]
    return inside, None


def _run_in(said: str, start: int, form: Form) -> Iterator[BlockStart]:
    """Damaged headings inside a line: a number of two levels and wording like the heading's, together."""
    for match in _TWO_LEVELS.finditer(said, start + 1):
        printed = arabic("".join(match[1].split()))
        words = folded(said[match.end() : match.end() + HEAD])
        for block, declared in enumerate(form.blocks):
            for opener in declared.opens:
                if isinstance(opener, Heading) and opener.number == printed:
                    score, size = prefix_likeness(words, wording(opener.wording))
                    if score >= CLOSE - MARGIN:
                        end = end_of(said, match.end(), size)
                        yield _opening(said, opener, (match.start(), end), block)


@cache
def _pattern_of(form: Form) -> re.Pattern[str]:
    """All openers as printed without damage, each in a group that names its block and opener."""
    return re.compile("|".join(f"(?P<o{i}_{j}>{_source(opener)})" for i, j, opener in _in_lines(form)))


@cache
def first_words(form: Form) -> frozenset[str]:
    """A word of each opener, to pass over the lines that print none of them whole."""
    return frozenset(words_of(opener).split()[0] for _, _, opener in _in_lines(form))


def _source(opener: Heading | Numbered | Phrase) -> str:
    if isinstance(opener, Heading):
        number = r"\s?\.\s?".join(_either_script(figures) for figures in opener.number.split("."))
        return rf"(?<!{DIGIT})(?<!{DIGIT}[.]){number}[.)]?[ \t]*+{_spaced(opener.wording)}"
    return _spaced(words_of(opener))


def _either_script(figures: str) -> str:
    return "".join(f"[{figure}{THAI[int(figure)]}]" for figure in figures)


def _spaced(words: str) -> str:
    return r"[ \t]*+".join(map(re.escape, words.split()))


def undamaged(said: str, form: Form) -> Iterator[tuple[int, int, Span]]:
    """The openers that a line prints without damage: block, place there, and where it stands in the line."""
    for match in _pattern_of(form).finditer(said):
        block, place = map(int, (match.lastgroup or "")[1:].split("_"))
        yield block, place, match.span()


def _exact(said: str, head: int, form: Form) -> Iterator[BlockStart]:
    if not any(word in said for word in first_words(form)):
        return
    for block, place, (start, end) in undamaged(said, form):
        opener = form.blocks[block].opens[place]
        if isinstance(opener, Numbered):
            opening = _numbered(said, start, end, block)
            if start <= head or _COLON.match(said, opening.end):
                yield opening._replace(start=0) if start <= head else opening
        else:
            yield _opening(said, opener, (0 if start <= head else start, end), block)


def _numbered(said: str, start: int, end: int, block: int) -> BlockStart:
    count = _COUNT.match(said, end)
    return BlockStart(start, count.end() if count else end, block, whole(count[1]) if count else None, is_numbered=True)


def _opening(said: str, opener: Opener, printed: Span, block: int) -> BlockStart:
    """A heading with the dots and stars behind it; a phrase is itself part of what its block says."""
    start, end = printed
    if isinstance(opener, Phrase):
        return BlockStart(start, start, block)
    tail = _TAIL.match(said, end)
    end = tail.end() if tail else end
    is_remnant = len(said) - end <= REMNANT and not _ANY_DIGIT.search(said, end)
    return BlockStart(start, len(said) if is_remnant else end, block)


def _damaged(said: str, start: int, form: Form) -> tuple[BlockStart, Opener] | None:
    """The opener that a line begins with, where its number or its wording is damaged but not both."""
    number = _NUMBER.match(said, start)
    printed = arabic("".join(number[1].split())) if number else ""
    begin = number.end() if number else start
    found = _nearest(folded(said[begin : begin + HEAD]), printed, form)
    if found is None:
        return None
    size, block, place = found
    end = end_of(said, begin, size)
    opener = form.blocks[block].opens[place]
    if isinstance(opener, Numbered):
        return _numbered(said, 0, end, block), opener
    return _opening(said, opener, (0, end), block), opener


def _nearest(words: str, printed: str, form: Form) -> tuple[int, int, int] | None:
    """The opener that comes closest to the words behind a number: the letters it takes, its block, its place there.

    None where no opener is close, or openers of two blocks are.
    """
    ranked = sorted(
        (
            (score, size, declared.block, declared.place)
            for declared in _declared(form)
            if declared.may_be(words, printed)
            for score, size in [_likeness(declared, printed, words)]
            if score
        ),
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN and ranked[0][2] != ranked[1][2]):
        return None
    return ranked[0][1:]


class _Declared(NamedTuple):
    """An opener that may stand anywhere in a line; `number` is that of a heading, None where it is none."""

    block: int
    place: int
    words: str
    number: str | None
    longest: float
    """Letters of the longest line that is the heading though it lacks its number."""

    def may_be(self, words: str, printed: str) -> bool:
        """Whether a line is not out of the question at a glance."""
        if self.number is not None:
            return printed == self.number or len(words) <= self.longest
        return not printed and distance(words[:BEGINNING], self.words[:BEGINNING]) <= BEGINNING // 2


@cache
def _declared(form: Form) -> tuple[_Declared, ...]:
    found = []
    for block, place, opener in _in_lines(form):
        words = wording(words_of(opener))
        number = opener.number if isinstance(opener, Heading) else None
        found.append(_Declared(block, place, words, number, WHOLE_LINE * len(words)))
    return tuple(found)


def _likeness(declared: _Declared, printed: str, words: str) -> tuple[float, int]:
    """How alike the line is to the opener, 0 where it is not it, and how many characters of the words it takes."""
    score, size = prefix_likeness(words, declared.words)
    if printed and printed == declared.number:
        if SHORTENED <= len(words) < len(declared.words):
            score, size = max((score, size), (fuzz.ratio(words, declared.words[: len(words)]), len(words)))
        needed = SAME_NUMBER if "." in printed else SAME_BARE_NUMBER
        return (score + MARGIN, size) if score >= needed else (0.0, 0)
    return (score, size) if score >= CLOSE else (0.0, 0)


def _with_wrapped_line(
    text: str, opening: BlockStart, opener: Opener, line: Line, following: Line | None
) -> BlockStart:
    """The opening, stretched over the next line where a long heading goes on there."""
    if not isinstance(opener, Heading) or following is None or opening.end < line.end:
        return opening
    declared = wording(opener.wording)
    said = len(wording(text[opening.start : line.end])) - len(wording(opener.number))
    if said > (1 - LEAST_REST) * len(declared):
        return opening
    score, size = prefix_likeness(folded(text[following.start : following.end]), declared[said:])
    if score < WRAPPED:
        return opening
    return BlockStart(opening.start, end_of(text, following.start, size), opening.block)
