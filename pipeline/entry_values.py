"""The values of an entry in running text: behind labels, by their shape, or as one of a few phrases."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from normalizers.digits import DIGIT, whole
from normalizers.look_alikes import end_of, folded
from normalizers.text import compact
from pipeline.likeness import CLOSE, MARGIN, prefix_likeness, suffix_likeness, wording
from pipeline.model import Span
from pipeline.value_ends import end_of_value
from schemas.base import Choice, Label, Leads, Table, columns_with

BACK = 60
"""Characters before an equals sign in which a damaged label is sought."""
HEAD = 80
"""Characters in which the date that leads an entry ends."""
PHRASE_LENGTH = 40
"""A phrase that we do not know is taken as a status up to this length; longer text is no status."""

_IN_BRACKETS = rf"\s?\(?[ \t]*+[^\s()=:0-9๐-๙]{{2,12}}?\s*+({DIGIT}{{1,3}}+)[ \t]*+\)?|\([^()=:\n]{{0,14}}\)"
_TO_EQUALS = r"(?:\s*+(?==))?"
"""Nor is one before an equals sign the end of a label."""
_TO_FIGURE = rf"(?:\s*+(?={DIGIT}))?"
"""A line break before a value is crossed only where a figure follows."""
_AFTER_LABEL = re.compile(rf"[ \t.*\\]*+(?:{_IN_BRACKETS})?{_TO_EQUALS}[ \t]*+(?:[=:：]++[ \t]*+)*+{_TO_FIGURE}")
_AFTER_PLAIN_LABEL = re.compile(
    r"[ \t.*\\]*+(?:[^\s=:：0-9๐-๙]{1,3}[ \t]*+(?=[=:：]))?" + _TO_EQUALS + r"(?:[=:：]++[ \t]*+)*+" + _TO_FIGURE
)
_NUMBER_BEHIND = re.compile(
    rf"(?:\([^\s()0-9๐-๙]{{2,12}}\s*+{DIGIT}{{0,3}}+|[^\s()0-9๐-๙]{{2,12}}\s*+{DIGIT}{{1,3}}+)[ \t]*+\)?[ \t]*+$"
)
_REST_OF_CELL = re.compile(r"[^:：=\t\n|]*+")
_CELL = re.compile(r"[^:：=\t\n|]++")
_BEFORE_DATE = r"[\s:：;.,*_|\\\-]*+"
_AFTER_DATE = r"(?=[ \t*\\]*+(?:[:：\n\t|]|$))"
_FIGURED_DATE = re.compile(
    rf"{_BEFORE_DATE}((?=[^:：\t|]{{4,30}}[:：])(?=(?:[^:：\t|0-9๐-๙]{{0,12}}{DIGIT}){{3}})[^:：\t|]{{4,30}})"
)
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_WORDED_DATE = re.compile(
    rf"{_BEFORE_DATE}([0-9๐-๙OlI]{{1,2}}\s*+[ก-{_LAST}.]{{2,12}}(?:\s[ก-{_LAST}.]{{1,10}}){{0,2}}\s*+{DIGIT}{{2,4}})(?!{DIGIT})(?=\s|[:：;]|$)"
)
_SEPARATED = re.compile(r"[:：|\t][\s*\\]*+$")
_SAYS = re.compile(r"[^\s\-.…_*|\\:=]")
_ANY_DIGIT = re.compile(DIGIT)
_DATE_SIGNS = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙/-. ")


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a passage: its column, what it takes with its label, its own span, the number beside it."""

    column: str
    start: int
    end: int
    span: Span
    score: float = 100.0
    number: int | None = None


def find_values(model: type[Table], text: str) -> list[Value]:
    """Every value that its label, its shape or its phrase gives away, in the order of the text, none inside another."""
    labels = columns_with(model, Label)
    found = _labelled(labels, text)
    found = _apart([*found, *_dates(columns_with(model, Leads), text)])
    return _apart([*found, *_phrases(columns_with(model, Choice), text, found, labels.keys())])


def _apart(values: Sequence[Value]) -> list[Value]:
    """The values in order, each ended where the next begins."""
    ordered = sorted(values, key=lambda value: (value.start, value.end))
    apart = []
    for value, after in zip_longest(ordered, ordered[1:]):
        stop = value.end if after is None else min(value.end, after.start)
        if stop > value.start:
            apart.append(
                Value(
                    value.column,
                    value.start,
                    stop,
                    (min(value.span[0], stop), min(value.span[1], stop)),
                    value.score,
                    value.number,
                )
            )
    return apart


def _labelled(labels: Mapping[str, Label], text: str) -> list[Value]:
    found = [
        _behind(text, column, label, match.span(), 100.0)
        for column, label in labels.items()
        for match in _spaced(label.names).finditer(text)
    ]
    taken = sorted((value.start, value.span[0]) for value in found)
    return found + [value for value in _damaged(labels, text) if not _overlaps(taken, (value.start, value.span[0]))]


def _overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of others that are in order and apart."""
    after = bisect_left(taken, span[1], key=lambda other: other[0])
    return after > 0 and taken[after - 1][1] > span[0]


@lru_cache(maxsize=256)
def _spaced(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as printed, blanks anywhere; longer names first."""
    longest_first = sorted((compact(name)[0] for name in names), key=len, reverse=True)
    return re.compile("|".join(r"[ \t]*+".join(map(re.escape, name)) for name in longest_first))


def _behind(text: str, column: str, label: Label, printed: Span, score: float) -> Value:
    """The value behind a label, up to the sign that it ends with or to the end of its cell."""
    after = (_AFTER_LABEL if label.is_numbered else _AFTER_PLAIN_LABEL).match(text, printed[1])
    start = after.end() if after else printed[1]
    number = whole(after[1]) if after and label.is_numbered and after[1] else None
    rest = _REST_OF_CELL.match(text, start)
    value_end, end = end_of_value(text, (start, rest.end() if rest else start), label.ends)
    if label.ends and end == value_end and (sign := re.compile(rf"\s++{re.escape(label.ends)}").match(text, end)):
        end = sign.end()
    return Value(column, printed[0], end, (start, value_end), score, number)


@lru_cache(maxsize=64)
def _anchors(ends: tuple[str, ...]) -> re.Pattern[str]:
    """Where a label may stand before: an equals sign, or a figure with the sign that values end with."""
    signs = "|".join(map(re.escape, ends))
    figure = rf"(?<![0-9๐-๙.,=])(?={DIGIT}[0-9๐-๙.,]{{0,20}}+[ \t]?(?:{signs}))"
    number_in_brackets = rf"(?=\([^()=:\n0-9๐-๙]{{2,12}}{DIGIT}{{1,3}}[ \t]*+\)?)"
    return re.compile(f"=|{number_in_brackets}|{figure}")


def _damaged(labels: Mapping[str, Label], text: str) -> Iterator[Value]:
    """Labels that OCR damaged, sought before each equals sign and each figure with a sign behind it."""
    for sign in _anchors(tuple(label.ends for label in labels.values() if label.ends)).finditer(text):
        begin = max(text.rfind("=", 0, sign.start()) + 1, sign.start() - BACK)
        said = text[begin : sign.start()]
        inner = _NUMBER_BEHIND.search(said)
        if found := _damaged_label(labels, said[: inner.start()] if inner else said, is_numbered=bool(inner)):
            column, start, end, score = found
            yield _behind(text, column, labels[column], (begin + start, begin + end), score)


def _damaged_label(labels: Mapping[str, Label], said: str, *, is_numbered: bool) -> tuple[str, int, int, float] | None:
    printed, places = folded(said)
    ranked = sorted(
        (
            (score + (MARGIN if is_numbered == label.is_numbered else 0), score, size, column)
            for column, label in labels.items()
            for name in label.names
            for score, size in [suffix_likeness(printed, wording(name))]
            if size
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < CLOSE or ranked[0][1] < CLOSE - MARGIN:
        return None
    lead, score, size, column = ranked[0]
    if any(lead - other[0] < MARGIN for other in ranked if other[3] != column):
        return None
    return column, places[len(places) - size], end_of(said, places[-1]), score


def _dates(shapes: Mapping[str, Leads], text: str) -> Iterator[Value]:
    """A date at the head of the text, whole or damaged, and one that stands between colons further on."""
    for column, shape in shapes.items():
        head_text = text[:HEAD].replace("\n", " ")
        head = _head_date(shape.pattern).match(head_text) or _loose_date(head_text)
        if head:
            yield Value(column, head.start(1), head.end(1), head.span(1))
        for match in _inner_date(shape.pattern).finditer(text, head.end() if head else 0):
            span = match.span(match.lastindex or 1)
            yield Value(column, *span, span)


@lru_cache(maxsize=8)
def _head_date(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE_DATE}({pattern})")


@lru_cache(maxsize=8)
def _inner_date(pattern: str) -> re.Pattern[str]:
    between_colons = rf"(?:::|\n[ \t*\-]*+:)[ \t]*+({pattern}){_AFTER_DATE}"
    at_line_start = rf"\n[ \t*\-]*+::[ \t]*+({pattern})"
    return re.compile(f"{between_colons}|{at_line_start}")


def _loose_date(head: str) -> re.Match[str] | None:
    """What stands where the date should and has its shape; the normalizer reads it or says that it is no date."""
    worded = _WORDED_DATE.match(head)
    if worded:
        return worded
    match = _FIGURED_DATE.match(head)
    if match and sum(sign in _DATE_SIGNS for sign in match[1]) >= 0.7 * len(match[1]):
        return match
    return None


def _phrases(choices: Mapping[str, Choice], text: str, found: Sequence[Value], labelled: Set[str]) -> Iterator[Value]:
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
                yield begin, begin + len(said)


def _phrases_of(choices: Mapping[str, Choice], text: str, cell: Value, waiting: Sequence[str]) -> list[Value]:
    printed, _ = folded(text[cell.start : cell.end])
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


def _known(choices: Mapping[str, Choice], text: str, start: int, end: int) -> tuple[list[Value], int]:
    """The phrases that a cell begins with, one after another, and how many characters they take."""
    printed, places = folded(text[start:end])
    phrases: list[Value] = []
    done = 0
    while done < len(printed):
        score, size, column = max(
            (*prefix_likeness(printed[done:], wording(form)), column)
            for column, declared in choices.items()
            for forms in declared.phrases.values()
            for form in forms
        )
        if score < CLOSE or any(phrase.column == column for phrase in phrases):
            break
        span = (start + places[done], end_of(text, start + places[done + size - 1]))
        phrases.append(Value(column, *span, span, score))
        done += size
    return phrases, done
