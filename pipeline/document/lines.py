"""Lines of a text: the number of the one at a place, and the parts of lines between two places."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Line, Span


def within(text: str, lines: Sequence[Span], start: int, stop: int) -> Iterator[Span]:
    """The parts of lines between two places, without blanks around them; whole lines have none."""
    first = max(0, bisect_left(lines, (start, 0)) - 1)
    for a, b in lines[first : bisect_left(lines, (stop, 0))]:
        if start <= a and b <= stop:
            yield a, b
            continue
        left, right = max(a, start), min(b, stop)
        if left < right and (said := text[left:right].strip()):
            left += len(text[left:right]) - len(text[left:right].lstrip())
            yield left, left + len(said)


def lines_between(lines: Sequence[Line], start: int, stop: int) -> Sequence[Line]:
    """The lines, whole, that reach into the text between two places.

    >>> lines_between([Line(0, 3), Line(4, 5), Line(6, 9)], 2, 5)
    [Line(start=0, end=3, role='text'), Line(start=4, end=5, role='text')]
    """
    return lines[max(0, bisect_left(lines, (start,)) - 1) : bisect_left(lines, (stop,))]


def showing(text: str, lines: Sequence[Line], pieces: Iterable[str]) -> list[int]:
    r"""The places of the lines that one of some pieces stands in, in their order.

    >>> showing("ก ข\nค\nข ง", [Line(0, 3), Line(4, 5), Line(6, 9)], ["ข", "จ"])
    [0, 2]
    """
    ends = [end for _, end, _ in lines]
    return sorted({bisect_right(ends, place) for piece in pieces for place in _places(text, piece, lines)})


def _places(text: str, piece: str, lines: Sequence[Line]) -> Iterator[int]:
    """Where a piece stands between the first line's start and the last one's end."""
    start, stop = (lines[0].start, lines[-1].end) if lines else (0, 0)
    place = text.find(piece, start, stop)
    while place >= 0:
        yield place
        place = text.find(piece, place + 1, stop)


def line_number(text: str, position: int) -> int:
    r"""The number of the line that a position stands in, from 1, whichever way the text ends its lines.

    >>> line_number("a\nb", 0), line_number("a\r\nb", 3), line_number("a\rb", 2)
    (1, 2, 2)
    """
    return LineNumbers(text).at(position)


class LineNumbers:
    """Says of many positions of a text which line they stand in, as `line_number` does of one.

    Each is counted from the nearest one before it that was asked for, not from the start again.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = [(0, 0, 0)]

    def at(self, position: int) -> int:
        """The number of the line that a position stands in."""
        place = bisect_left(self._known, (position + 1,))
        before, feeds, returns = self._known[place - 1]
        feeds += self._text.count("\n", before, position)
        returns += self._text.count("\r", before, position)
        self._known.insert(place, (position, feeds, returns))
        return max(feeds, returns) + 1
