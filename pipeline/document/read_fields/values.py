"""A value in running text, and where it ends when its form prints a sign or a word behind it, whole or damaged."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.digits import DIGIT
from normalizers.look_alikes import folded
from pipeline.model import Span

DAMAGED = 60
"""How alike the word behind a figure must be to the printed one; nothing else stands in that place of the form."""

_FIGURE = re.compile(rf"[ \t]*+{DIGIT}[0-9๐-๙.,]*+-?")
_WORD = re.compile(r"[ \t]*+([^\s0-9๐-๙:=|]{1,8}+)")


class Value(NamedTuple):
    """A value in a passage: its column, what it takes with its label, its own span, the number beside it."""

    column: str
    start: int
    end: int
    span: Span
    score: float = 100.0
    number: int | None = None


def end_of_value(text: str, span: Span, sign: str | None) -> Span:
    """Where the value ends, and where the text goes on behind its sign; a damaged sign is no part of the value."""
    start, end = span
    if sign is None:
        return end, end
    if found := _whole(sign).search(text, start, end):
        return found.end(), found.end()
    figure = _FIGURE.match(text, start, end)
    word = _WORD.match(text, figure.end(), end) if figure else None
    if figure and word and fuzz.ratio(folded(word[1]), folded(sign)) >= DAMAGED:
        return figure.end(), word.end()
    return end, end


@lru_cache(maxsize=64)
def _whole(sign: str) -> re.Pattern[str]:
    """The sign with blanks anywhere, and behind it the same amount in words."""
    words = r"[ \t]*+".join(map(re.escape, sign))
    return re.compile(rf"{words}(?:[ \t]*+ถ้วน)?(?:[ \t]*+\([^()\n]{{0,160}}{words}[^()\n]{{0,40}}\))?")
