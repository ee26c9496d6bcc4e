"""The values of an entry in running text: behind labels, by their shape, or as one of a few phrases."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from normalizers.digits import DIGIT, whole
from normalizers.look_alikes import end_of, folded, places_of
from normalizers.text import compact
from pipeline.document.likeness import CLOSE, LEAST, MARGIN, alike_at_end, wording
from pipeline.document.read_fields.entry_dates import find_dates, find_lost_dates
from pipeline.document.read_fields.entry_phrases import find_phrases
from pipeline.document.read_fields.values import Value, end_of_value
from pipeline.model import Span
from schemas.base import Choice, FirstInBlock, Label, Table, columns_with

BACK = 60
"""Characters before an equals sign in which a damaged label is sought."""
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


@lru_cache(maxsize=512)
def find_values(model: type[Table], text: str) -> tuple[Value, ...]:
    """Every value that its label, its shape or its phrase gives away, in the order of the text, none inside another.

    Remembered, for the copies of a report print the same.
    """
    labels = columns_with(model, Label)
    found = _labelled(labels, text)
    found = _apart([*found, *find_dates(columns_with(model, FirstInBlock), text)])
    found = _apart([*found, *find_lost_dates(columns_with(model, FirstInBlock), text, found)])
    return tuple(_apart([*found, *find_phrases(columns_with(model, Choice), text, found, labels.keys())]))


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


def _labelled(labels: Mapping[str, Label], text: str) -> list[Value]:
    found = [
        _behind(text, column, label, match.span(), 100.0)
        for column, label in labels.items()
        for match in _spaced(label.names).finditer(text)
    ]
    taken = sorted((value.start, value.span[0]) for value in found)
    return found + [
        value for value in _damaged(labels, text, taken) if not _overlaps(taken, (value.start, value.span[0]))
    ]


def _overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of others that are in order and apart."""
    after = bisect_left(taken, span[1], key=lambda other: other[0])
    return after > 0 and taken[after - 1][1] > span[0]


@lru_cache(maxsize=256)
def _spaced(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as printed, blanks anywhere; longer names first."""
    longest_first = sorted((compact(name) for name in names), key=len, reverse=True)
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
    figure = rf"(?<={DIGIT})(?<![0-9๐-๙.,=].)(?=[0-9๐-๙.,]{{0,20}}+[ \t]?(?:{signs}))"
    number_in_brackets = rf"(?<=\()(?=[^()=:\n0-9๐-๙]{{2,12}}{DIGIT}{{1,3}})"
    return re.compile(f"[=(0-9๐-๙](?:(?<==)|{number_in_brackets}|{figure})")


def _damaged(labels: Mapping[str, Label], text: str, taken: Sequence[Span]) -> Iterator[Value]:
    """Labels that OCR damaged, sought before each equals sign and each figure with a sign behind it.

    Not sought in what a sound label and the signs behind it have `taken`.
    """
    for sign in _anchors(tuple(label.ends for label in labels.values() if label.ends)).finditer(text):
        if _overlaps(taken, (sign.start() - 1, sign.start())):
            continue
        begin = max(text.rfind("=", 0, sign.start()) + 1, sign.start() - BACK)
        said = text[begin : sign.start()]
        inner = _NUMBER_BEHIND.search(said)
        if found := _damaged_label(labels, said[: inner.start()] if inner else said, is_numbered=bool(inner)):
            column, start, end, score = found
            yield _behind(text, column, labels[column], (begin + start, begin + end), score)


def _damaged_label(labels: Mapping[str, Label], said: str, *, is_numbered: bool) -> tuple[str, int, int, float] | None:
    printed = folded(said)
    declared = [(column, label) for column, label in labels.items() for _ in label.names]
    phrases = tuple(wording(name) for label in labels.values() for name in label.names)
    near = [(score, size, *declared[place]) for score, size, place in alike_at_end(printed, phrases, LEAST)]
    ranked = sorted(
        (
            (score + (MARGIN if is_numbered == label.is_numbered else 0), score, size, column)
            for score, size, column, label in near
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < CLOSE or ranked[0][1] < CLOSE - MARGIN:
        return None
    lead, score, size, column = ranked[0]
    if any(lead - other[0] < MARGIN for other in ranked if other[3] != column):
        return None
    return column, places_of(said)[-size], end_of(said, 0, len(printed)), score
