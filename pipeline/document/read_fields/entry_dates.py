"""The date that leads an entry, known by its shape: whole, damaged, or between colons where its label is lost."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from normalizers.digits import DIGIT
from pipeline.document.read_fields.values import Value
from schemas.base import FirstInBlock

HEAD = 80
"""Characters in which the date that leads an entry ends."""
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


def find_dates(shapes: Mapping[str, FirstInBlock], text: str) -> Iterator[Value]:
    """A date at the head of the text, whole or damaged, and one that stands between colons further on."""
    for column, shape in shapes.items():
        head_text = text[:HEAD].replace("\n", " ")
        head = _head_date(shape.pattern).match(head_text) or _loose_date(head_text)
        if head:
            yield Value(column, head.start(1), head.end(1), head.span(1))
        for match in _inner_date(shape.pattern).finditer(text, head.end() if head else 0):
            yield Value(column, *match.span("date"), match.span("date"))


def find_lost_dates(shapes: Mapping[str, FirstInBlock], text: str, found: Sequence[Value]) -> Iterator[Value]:
    """A date that begins a line between the figures of two entries: it leads the second, whose label is lost."""
    figures = sorted(value.start for value in found if value.column not in shapes)
    for column, shape in shapes.items():
        last = max((value.start for value in found if value.column == column), default=-1)
        for match in _line_date(shape.pattern).finditer(text, max(last, 0)):
            before = bisect_left(figures, match.start())
            if before and figures[before - 1] > last and before < len(figures):
                last = match.start()
                yield Value(column, *match.span(1), match.span(1))


@lru_cache(maxsize=8)
def _line_date(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t*]*+({pattern})(?=[ \t*\\]*+(?:\n|[^\s0-9๐-๙]))")


@lru_cache(maxsize=8)
def _head_date(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE_DATE}({pattern})")


@lru_cache(maxsize=8)
def _inner_date(pattern: str) -> re.Pattern[str]:
    between_colons, at_line_start = r"::|\n[ \t*\-]*+:", r"(?P<line>\n[ \t*\-]*+::)"
    return re.compile(rf"(?:{between_colons}|{at_line_start})[ \t]*+(?P<date>{pattern})(?(line)|{_AFTER_DATE})")


def _loose_date(head: str) -> re.Match[str] | None:
    """What stands where the date should and has its shape; the normalizer reads it or says that it is no date."""
    worded = _WORDED_DATE.match(head)
    if worded:
        return worded
    match = _FIGURED_DATE.match(head)
    if match and sum(sign in _DATE_SIGNS for sign in match[1]) >= 0.7 * len(match[1]):
        return match
    return None
