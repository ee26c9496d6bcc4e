"""The parts of lines that lie between two places of a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.model import Span


def within(text: str, lines: Sequence[Span], start: int, stop: int) -> Iterator[Span]:
    """The parts of lines between two places, without blanks around them."""
    first = bisect_right(lines, start, key=lambda line: line[1])
    for a, b in lines[first : bisect_left(lines, stop, key=lambda line: line[0])]:
        left, right = max(a, start), min(b, stop)
        if left < right and (said := text[left:right].strip()):
            left += len(text[left:right]) - len(text[left:right].lstrip())
            yield left, left + len(said)
