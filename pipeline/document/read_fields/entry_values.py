"""The values of an entry in running text: behind labels, by their shape, or as one of a few phrases."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from normalizers.dates import BEFORE_DATE, loose_date
from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import CLOSE
from normalizers.look_alikes import folded
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.labelled import end_of_value
from pipeline.document.read_fields.labels import FoundLabel, KnownLabels, known_labels, label_before, undamaged_labels
from pipeline.model import Span
from schemas.base import Choice, FirstInBlock, Label, Table, columns_with

BACK = 60
"""Characters before an equals sign in which a damaged label is sought."""
HEAD = 80
"""Characters in which the date that leads an entry ends."""
PHRASE_LENGTH = 40
"""A phrase that we do not know is taken as a status up to this length; longer text is no status."""

_IN_BRACKETS = rf"\s?\(?[ \t]*+[^\s()=:0-9๐-๙]{{2,12}}?\s*+({DIGIT}{{1,3}}+)[ \t]*+\)?|\([^()=:\n]{{0,14}}\)"
_TO_EQUALS = r"(?:\s*+(?==))?"
"""A line break between a label and its equals sign is none."""
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
_AFTER_DATE = r"(?=[ \t*\\]*+(?:[:：\n\t|]|$))"
_CELL = re.compile(r"[^:：=\t\n|]*+")
_BEFORE_DATE = r"[\s:：;.,*_|\\\-]*+"
_AFTER_DATE = r"(?=[ \t*\\]*+(?:[:：\n\t|]|$))"
_FIGURED_DATE = re.compile(
    rf"{_BEFORE_DATE}((?=[^:：\t|]{{4,30}}[:：])(?=(?:[^:：\t|0-9๐-๙]{{0,12}}{DIGIT}){{3}})[^:：\t|]{{4,30}})"
)
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_WORDED_DATE = re.compile(
    rf"{_BEFORE_DATE}([0-9๐-๙OlI]{{1,2}}\s*+[ก-{_LAST}.]{{2,12}}(?:\s[ก-{_LAST}.]{{1,10}}){{0,2}}\s*+{DIGIT}{{2,4}})(?!{DIGIT})(?=\s|[:：;]|$)"
)
_DATE_SIGNS = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙/-. ")
_CELL = re.compile(r"[^:：=\t\n|]++")
_SEPARATED = re.compile(r"[:：|\t][\s*\\]*+$")
_SAYS = re.compile(r"[^\s\-.…_*|\\:=]")
_DASH = re.compile(r"[-–][ \t]++(?=\S)")
"""What stands for a status that is not given, before the next one."""
_ANY_DIGIT = re.compile(DIGIT)


class Value(NamedTuple):
    """A value in a block: its column, what it takes with its label, its own span, the number beside it."""

    column: str
    start: int
    end: int
    span: Span
    score: float = 100.0
    number: int | None = None
    label: str = ""


def find_values(model: type[Table], joined: JoinedText) -> list[Value]:
    """Every value that its label, its shape or its phrase gives away, in the order of the text, none inside another."""
    labels, shapes = columns_with(model, Label), columns_with(model, FirstInBlock)
    found = _labelled(labels, joined)
    found = _apart([*found, *_dates(shapes, joined.text)])
    found = _apart([*found, *_lost_dates(shapes, joined.text, found)])
    return _apart([*found, *_phrases(columns_with(model, Choice), joined, found, labels.keys())])


def _apart(values: Sequence[Value]) -> list[Value]:
    """The values in order, each ended where the next begins."""
    ordered = sorted(values, key=lambda value: (value.start, value.end))
    apart = []
    for value, after in zip_longest(ordered, ordered[1:]):
        stop = value.end if after is None else min(value.end, after.start)
        if stop == value.end > value.start:
            apart.append(value)
        elif stop > value.start:
            start, end = value.span
            apart.append(value._replace(end=stop, span=(min(start, stop), min(end, stop))))
    return apart


def _labelled(labels: Mapping[str, Label], joined: JoinedText) -> list[Value]:
    """The values behind labels: whole ones anywhere, damaged ones where they have not `taken` the text."""
    known = known_labels(tuple((column, label.names) for column, label in labels.items()))
    done, found = dict[str, int](), list[Value]()
    for label in sorted(undamaged_labels(joined, known), key=lambda label: (label.start, -label.end)):
        if label.start >= done.get(label.key, 0):
            found.append(_behind(joined.text, label, labels[label.key]))
            done[label.key] = label.end
    taken = sorted((value.start, value.span[0]) for value in found)
    damaged = [_behind(joined.text, label, labels[label.key]) for label in _damaged(labels, joined, known, taken)]
    return found + [value for value in damaged if not _overlaps(taken, (value.start, value.span[0]))]


def _overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of others that are in order and apart."""
    after = bisect_left(taken, span[1], key=lambda other: other[0])
    return after > 0 and taken[after - 1][1] > span[0]


def _behind(text: str, found: FoundLabel, label: Label) -> Value:
    """The value behind a label, up to the sign that it ends with or to the end of its cell."""
    after = (_AFTER_LABEL if label.is_numbered else _AFTER_PLAIN_LABEL).match(text, found.end)
    start = after.end() if after else found.end
    number = whole(after[1]) if after and label.is_numbered and after[1] else None
    rest = _REST_OF_CELL.match(text, start)
    value_end, end = end_of_value(text, (start, rest.end() if rest else start), label.ends)
    if label.ends and end == value_end and (sign := re.compile(rf"\s++{re.escape(label.ends)}").match(text, end)):
        end = sign.end()
    return Value(found.key, found.start, end, (start, value_end), found.score, number, found.name)


@cache
def _anchors(ends: tuple[str, ...]) -> re.Pattern[str]:
    """Where a label may stand before: an equals sign, or a figure with the sign that values end with."""
    signs = "|".join(map(re.escape, ends))
    figure = rf"(?<={DIGIT})(?<![0-9๐-๙.,=].)(?=[0-9๐-๙.,]{{0,20}}+[ \t]?(?:{signs}))"
    number_in_brackets = rf"(?<=\()(?=[^()=:\n0-9๐-๙]{{2,12}}{DIGIT}{{1,3}})"
    return re.compile(f"[=(0-9๐-๙](?:(?<==)|{number_in_brackets}|{figure})")


def _damaged(
    labels: Mapping[str, Label], joined: JoinedText, known: KnownLabels, taken: Sequence[Span]
) -> Iterator[FoundLabel]:
    """Labels that OCR damaged, sought before each equals sign and each figure with a sign behind it.

    Not sought in what a sound label and the signs behind it have `taken`. A label that has a number behind it, where it
    should, comes before one that should not.
    """
    text, numbered = joined.text, {column for column, label in labels.items() if label.is_numbered}
    for sign in _anchors(tuple(label.ends for label in labels.values() if label.ends)).finditer(text):
        if _overlaps(taken, (sign.start() - 1, sign.start())):
            continue
        begin = max(text.rfind("=", 0, sign.start()) + 1, sign.start() - BACK)
        inner = _NUMBER_BEHIND.search(text[begin : sign.start()])
        likelier = numbered if inner else labels.keys() - numbered
        end = begin + inner.start() if inner else sign.start()
        if found := label_before(joined, (begin, end), known, likelier=likelier):
            yield found


@cache
def _date_patterns(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A date at the head of an entry, one between colons inside it, and one that begins a line."""
    between_colons, at_line_start = r"::|\n[ \t*\-]*+:", r"(?P<line>\n[ \t*\-]*+::)"
    return (
        re.compile(rf"{BEFORE_DATE}({pattern})"),
        re.compile(rf"(?:{between_colons}|{at_line_start})[ \t]*+(?P<date>{pattern})(?(line)|{_AFTER_DATE})"),
        re.compile(rf"\n[ \t*]*+({pattern})(?=[ \t*\\]*+(?:\n|[^\s0-9๐-๙]))"),
    )


def _dates(shapes: Mapping[str, FirstInBlock], text: str) -> Iterator[Value]:
    """A date at the head of the text, whole or damaged, and one that stands between colons further on."""
    for column, shape in shapes.items():
        at_head, inside, _ = _date_patterns(shape.pattern)
        head_text = text[:HEAD].replace("\n", " ")
        head = at_head.match(head_text) or loose_date(head_text)
        if head:
            yield Value(column, head.start(1), head.end(1), head.span(1))
        for match in inside.finditer(text, head.end() if head else 0):
            yield Value(column, *match.span("date"), match.span("date"))


def _lost_dates(shapes: Mapping[str, FirstInBlock], text: str, found: Sequence[Value]) -> Iterator[Value]:
    """A date that begins a line between the figures of two entries: it leads the second, whose label is lost."""
    figures = sorted(value.start for value in found if value.column not in shapes)
    for column, shape in shapes.items():
        last = max((value.start for value in found if value.column == column), default=-1)
        for match in _date_patterns(shape.pattern)[2].finditer(text, max(last, 0)):
            before = bisect_left(figures, match.start())
            if before and figures[before - 1] > last and before < len(figures):
                last = match.start()
                yield Value(column, *match.span(1), match.span(1))


def _phrases(
    choices: Mapping[str, Choice], joined: JoinedText, found: Sequence[Value], labelled: Set[str]
) -> Iterator[Value]:
    """The phrases of a choice, each filling its cell; right behind the figures also a phrase that we do not know."""
    cells = [Value("", start, end, (start, end)) for start, end in _cells(joined.text, found)]
    waiting: list[str] = []
    for event in sorted([*found, *cells], key=lambda event: event.start):
        if event.column:
            waiting = list(choices) if event.column in labelled else []
            continue
        if not _SAYS.search(joined.text, event.start, event.end):
            waiting = waiting[1:]
            continue
        phrases = _phrases_of(choices, joined, event, waiting)
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


def _phrases_of(choices: Mapping[str, Choice], joined: JoinedText, cell: Value, waiting: Sequence[str]) -> list[Value]:
    """The phrases that a cell says, whole or damaged; behind the figures also one that we do not know."""
    text = joined.text
    printed = folded(text[cell.start : cell.end])
    if not printed or len(printed) > 3 * PHRASE_LENGTH:
        return []
    is_cell = bool(waiting) or _SEPARATED.search(text[max(0, cell.start - 12) : cell.start]) is not None
    phrases, done = _known(choices, joined, cell.span) if is_cell else ([], 0)
    if phrases and (waiting or len(printed) - done <= 1):
        return phrases
    is_unknown_phrase = waiting and ":" in text[max(0, cell.start - 4) : cell.start] and len(printed) <= PHRASE_LENGTH
    if is_unknown_phrase and not _ANY_DIGIT.search(printed) and len(printed) > 1:
        return [Value(waiting[0], cell.start, cell.end, cell.span)]
    return []


@cache
def _columns_of_phrases(choices: tuple[tuple[str, Choice], ...]) -> dict[str, str]:
    """The column of each phrase by its folded words."""
    return {folded(form): column for column, one in choices for forms in one.phrases.values() for form in forms}


def _known(choices: Mapping[str, Choice], joined: JoinedText, cell: Span) -> tuple[list[Value], int]:
    """The phrases that a cell begins with, one after another, and how many letters they take."""
    columns = _columns_of_phrases(tuple(choices.items()))
    phrases: list[Value] = []
    done, (start, end) = 0, cell
    while start < end:
        near = [match for match in joined.starting_at(start, end) if match.words in columns and match.score >= CLOSE]
        best = max(near, key=lambda match: (match.score, match.size, columns[match.words]), default=None)
        if best is None or any(phrase.column == columns[best.words] for phrase in phrases):
            break
        span = (best.start, best.end)
        phrases.append(Value(columns[best.words], *span, span, best.score))
        done, start = done + best.size, best.end
    return phrases, done
