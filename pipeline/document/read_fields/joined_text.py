"""The text of a block as its readings see it: one text, the phrases found in it, and the way back to the page."""

import re
import sys
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import zip_longest

from normalizers.fuzzy_match import FoldedText
from parsers.phrases import Anchor
from pipeline.document.cells import with_cells_apart
from pipeline.document.scan import Match, Matches
from pipeline.model import CopyBlock, Field, RowId, Span
from schemas.base import Table

LONGEST_BLANK = 40
"""Characters of blanks that may stand between a bar and what its cell says."""
_WIDE = re.compile(r"(?<=\S) {2,}+(?=\S)")


class JoinedText:
    """What a block says, each of its pieces on a line of its own; an empty line keeps a paragraph apart.

    Offsets count in `text`, those of matches too; spans count in the document.
    """

    def __init__(self, block: CopyBlock, matches: Matches, pieces: tuple[Span, ...] | None = None) -> None:
        """Take a block, or some of its `pieces`."""
        self.block, self.matches = block, matches
        self.pieces = block.pieces if pieces is None else pieces
        self._starts: list[int] = []
        document, parts, length, last = matches.text, list[str](), 0, -1
        for start, end in self.pieces:
            if last >= 0:
                is_apart = start != last + 1 and (
                    start < last or document.count("\n", last, start) > 1 or document.count("\r", last, start) > 1
                )
                parts.append("\n\n" if is_apart else "\n")
                length += 1 + is_apart
            self._starts.append(length)
            parts.append(document[start:end])
            length, last = length + end - start, end
        self.text = "".join(parts)

    def outside(self, start: int, end: int) -> "JoinedText":
        """The same without the pieces in a stretch of the document, as that of a table which was read."""
        pieces = tuple(piece for piece in self.pieces if piece[1] <= start or piece[0] >= end)
        return JoinedText(self.block, self.matches, pieces)

    def with_cells_apart(self) -> "JoinedText":
        """The same with the cells one after the other of rows of a drawn table that go over several lines."""
        pieces = with_cells_apart(self.matches.text, self.pieces) if "|" in self.text else self.pieces
        return self if pieces == self.pieces else JoinedText(self.block, self.matches, pieces)

    def may_hold_rows(self, cells: int) -> bool:
        """Whether some line may be a row of so many cells: a quick look at its bars, tabs and wide blanks."""
        text = self.text
        if "|" not in text and "\t" not in text and "  " not in text:
            return False
        return any(
            max(line.count("|"), line.count("\t"), len(_WIDE.findall(line))) >= cells - 1 for line in text.split("\n")
        )

    def lines(self) -> list[Span]:
        """The lines of the text."""
        return [(start, start + end - first) for start, (first, end) in zip(self._starts, self.pieces, strict=True)]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where a stretch of the text stood: a span for each piece, blanks trimmed."""
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        found = []
        for number in range(max(0, first), last):
            origin, stop = self.pieces[number]
            shift = origin - self._starts[number]
            left, right = self.trimmed(max(start, self._starts[number]), min(stop - shift, end))
            if left < right:
                found.append((left + shift, right + shift))
        return tuple(found)

    def position(self, offset: int) -> int:
        """Where a character stood; between two pieces, where the first of them ended."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        origin, stop = self.pieces[number]
        return min(origin + offset - self._starts[number], stop)

    def is_behind_bar(self, offset: int) -> bool:
        """Whether a bar stands on the page before a character, blanks aside: a cell begins there."""
        place = self.position(offset)
        return self.matches.text[max(0, place - LONGEST_BLANK) : place].rstrip(" *").endswith("|")

    @cached_property
    def folded(self) -> FoldedText:
        """The text as phrases are compared: one may go on behind a page break and the furniture that stands there."""
        return self.matches.folded.joined(self.pieces, self._starts)

    def starting_at(
        self, start: int, end: int, anchor: Anchor = Anchor.START, among: frozenset[str] | None = None
    ) -> tuple[Match, ...]:
        """The phrases, or some of them, that a stretch of the text begins with, the best first."""
        return self.matches.starting_at(start, end, anchor, within=self.folded, among=among)

    def begins_alike(self, match: Match) -> bool:
        """Whether half of a phrase's first letters stand where it was found."""
        return self.matches.begins_alike(self.position(match.start), match.words)

    def ending_at(self, end: int, start: int, among: frozenset[str] | None = None) -> tuple[Match, ...]:
        """The phrases, or some of them, that a stretch of the text ends with, the best first."""
        return self.matches.ending_at(end, start, within=self.folded, among=among)

    def undamaged(self) -> list[Match]:
        """The phrases that stand whole in the text, at their offsets; one may go on in the next line."""
        found: list[Match] = []
        places = list(zip(self._starts, self.pieces, strict=True))
        for (start, (first, end)), (after, (following, stop)) in zip_longest(places, places[1:], fillvalue=(0, (0, 0))):
            for match in self.matches.undamaged(first, max(end, stop)):
                if match.start >= end:
                    break
                last = start + match.end - first if match.end <= end else after + match.end - following
                found.append(match._replace(start=start + match.start - first, end=last))
        return found

    def behind(self, pattern: re.Pattern[str], start: int, end: int = sys.maxsize) -> int:
        """Where the text goes on behind what a pattern skips."""
        match = pattern.match(self.text, start, end)
        return match.end() if match else start

    def trimmed(self, start: int, end: int, blanks: str | None = None) -> Span:
        """Where a stretch stands without the blanks, or other characters, around it; an empty one ends at `end`."""
        stretch = self.text[start:end]
        kept = stretch.lstrip(blanks)
        first = start + len(stretch) - len(kept)
        return first, first + len(kept.rstrip(blanks))

    def field(self, model: type[Table], column: str, row: RowId, stretch: Span) -> Field:
        """A column with the stretch of the text that stands for it."""
        return Field(model, column, self.block.copy, row, self.text[slice(*stretch)], self.spans(*stretch))
