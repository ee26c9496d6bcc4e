"""The source text cut for a page: by pages and lines, and inside them where what is marked begins or ends."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from schemas.pages import PageRow

Kind = Literal["", "furniture", "unclaimed"]
MOST_SHOWN = 1_000_000
"""Characters of a source that a page shows; a browser takes no more with ease."""


class Mark(NamedTuple):
    """A stretch of the source that a value was read from."""

    start: int
    end: int
    place: str
    """The id of the value, or of another copy's reading."""


class Shade(NamedTuple):
    """A stretch of the source that no value was read from, and why."""

    start: int
    end: int
    kind: Kind


class Piece(NamedTuple):
    """Characters of a line that are marked alike."""

    text: str
    kind: Kind
    places: str
    """The ids of the values read from them, a blank between two."""


class ShownLine(NamedTuple):
    """A line of the source with its number in the file, from 1."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the source."""

    page: PageRow
    lines: tuple[ShownLine, ...]


def marked_text(
    text: str, pages: Sequence[PageRow], marks: Iterable[Mark], shades: Iterable[Shade]
) -> Iterator[ShownPage]:
    """Every character of the text once, in lines, on the page that it stands on."""
    separator = "\n" if text.count("\n") >= text.count("\r") else "\r"
    cuts = _Cuts(text, marks, shades)
    number = 1
    for page in pages:
        lines = []
        for start, end in _lines(text, separator, page.char_start, min(page.char_end, MOST_SHOWN)):
            lines.append(ShownLine(number, tuple(cuts.pieces(start, end))))
            number += text.endswith(separator, start, end)
        if lines:
            yield ShownPage(page, tuple(lines))


def _lines(text: str, separator: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        found = text.find(separator, start, end)
        stop = end if found < 0 else found + 1
        yield start, stop
        start = stop


class _Cuts:
    """What is marked between two neighbouring boundaries of marks and shades."""

    def __init__(self, text: str, marks: Iterable[Mark], shades: Iterable[Shade]) -> None:
        self.text = text
        self.edges: list[int] = []
        self.said: list[tuple[Kind, str]] = []
        """Of the characters from each edge to the next."""
        events: dict[int, list[tuple[bool, Mark | Shade]]] = {}
        every: list[Mark | Shade] = [*marks, *shades]
        for one in every:
            events.setdefault(one.start, []).append((True, one))
            events.setdefault(one.end, []).append((False, one))
        active: dict[Mark | Shade, None] = {}
        for edge in sorted(events):
            for begins, one in sorted(events[edge], key=lambda event: event[0]):
                if begins and one.end > edge:
                    active[one] = None
                else:
                    active.pop(one, None)
            kind: Kind = next((one.kind for one in active if isinstance(one, Shade)), "")
            places = " ".join(one.place for one in active if isinstance(one, Mark))
            self.edges.append(edge)
            self.said.append((kind, places))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The characters of a line in pieces."""
        place = bisect_left(self.edges, start + 1)
        while start < end:
            stop = min(end, self.edges[place]) if place < len(self.edges) else end
            kind, places = self.said[place - 1] if place else ("", "")
            yield Piece(self.text[start:stop], kind, places)
            start = stop
            place += 1
