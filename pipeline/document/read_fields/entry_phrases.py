"""The statuses of an entry: phrases that each fill a cell of their own behind the figures."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from normalizers.digits import DIGIT
from normalizers.look_alikes import end_of, folded, places_of
from pipeline.document.likeness import CLOSE, alike, wording
from pipeline.document.read_fields.values import Value
from pipeline.model import Span
from schemas.base import Choice

PHRASE_LENGTH = 40
"""A phrase that we do not know is taken as a status up to this length; longer text is no status."""

_CELL = re.compile(r"[^:：=\t\n|]++")
_SEPARATED = re.compile(r"[:：|\t][\s*\\]*+$")
_SAYS = re.compile(r"[^\s\-.…_*|\\:=]")
_DASH = re.compile(r"[-–][ \t]++(?=\S)")
"""What stands for a status that is not given, before the next one."""
_ANY_DIGIT = re.compile(DIGIT)


def find_phrases(
    choices: Mapping[str, Choice], text: str, found: Sequence[Value], labelled: Set[str]
) -> Iterator[Value]:
    """The phrases of a choice, each filling its cell; right behind the figures also a phrase that we do not know."""
    cells = [Value("", start, end, (start, end)) for start, end in _cells(text, found)]
    waiting: list[str] = []
    for event in sorted([*found, *cells], key=lambda event: event.start):
        if event.column:
            waiting = list(choices) if event.column in labelled else []
            continue
        if not _SAYS.search(text, event.start, event.end):
            waiting = waiting[1:]
            continue
        phrases = _phrases_of(choices, text, event, waiting)
        yield from phrases
        taken = {phrase.column for phrase in phrases}
        waiting = [column for column in waiting if column not in taken] if phrases else []


def _cells(text: str, found: Sequence[Value]) -> Iterator[Span]:
    """The stretches between separators that no value takes, without the blanks around them."""
    edges = [0, *(edge for value in found for edge in (value.start, value.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for match in _CELL.finditer(text, start, end):
            if said := match.group().strip():
                begin = match.start() + match.group().index(said[0])
                if dash := _DASH.match(text, begin, begin + len(said)):
                    yield begin, begin + 1
                yield dash.end() if dash else begin, begin + len(said)


def _phrases_of(choices: Mapping[str, Choice], text: str, cell: Value, waiting: Sequence[str]) -> list[Value]:
    printed = folded(text[cell.start : cell.end])
    if not printed or len(printed) > 3 * PHRASE_LENGTH:
        return []
    is_cell = bool(waiting) or _SEPARATED.search(text[max(0, cell.start - 12) : cell.start]) is not None
    phrases, done = _known(choices, text, cell.start, cell.end) if is_cell else ([], 0)
    if phrases and (waiting or len(printed) - done <= 1):
        return phrases
    is_unknown_phrase = waiting and ":" in text[max(0, cell.start - 4) : cell.start] and len(printed) <= PHRASE_LENGTH
    if is_unknown_phrase and not _ANY_DIGIT.search(printed) and len(printed) > 1:
        return [Value(waiting[0], cell.start, cell.end, cell.span)]
    return []


@lru_cache(maxsize=16)
def _forms(choices: tuple[tuple[str, Choice], ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every phrase as it is compared, and the column of each."""
    declared = [(wording(form), column) for column, one in choices for forms in one.phrases.values() for form in forms]
    return tuple(form for form, _ in declared), tuple(column for _, column in declared)


def _known(choices: Mapping[str, Choice], text: str, start: int, end: int) -> tuple[list[Value], int]:
    """The phrases that a cell begins with, one after another, and how many characters they take."""
    words, columns = _forms(tuple(choices.items()))
    printed = folded(text[start:end])
    phrases: list[Value] = []
    done = 0
    while done < len(printed):
        near = alike(printed[done:], words, CLOSE)
        if not near:
            break
        score, size, column = max((score, size, columns[place]) for score, size, place in near)
        if any(phrase.column == column for phrase in phrases):
            break
        span = (start + places_of(text[start:end])[done], end_of(text, start, done + size))
        phrases.append(Value(column, *span, span, score))
        done += size
    return phrases, done
