"""The parts of lines that lie between two places of a text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.model import Span


def within(text: str, lines: Sequence[Span], start: int, stop: int) -> Iterator[Span]:
    """The parts of lines between two places, without blanks around them."""
    first = max(0, bisect_left(lines, (start, 0)) - 1)
    for a, b in lines[first : bisect_left(lines, (stop, 0))]:
        left, right = max(a, start), min(b, stop)
        if left < right and (said := text[left:right].strip()):
            left += len(text[left:right]) - len(text[left:right].lstrip())
            yield left, left + len(said)
