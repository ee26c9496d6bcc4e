"""The text of a block as its readings see it: one text, the phrases found in it, and the way back to the page."""

from collections.abc import Iterable
from functools import cached_property

from pipeline.document.scan import Match, Matches
from pipeline.model import Block, Field, JoinedText, RowId, Span, joined_text
from schemas.base import Table


class BlockText:
    """What a block says. Offsets count in `text`; spans and the matches behind them count in the document."""

    def __init__(self, block: Block, matches: Matches, pieces: tuple[Span, ...] | None = None) -> None:
        self.block = block
        self.matches = matches
        self.pieces = block.pieces if pieces is None else pieces

    @cached_property
    def joined(self) -> JoinedText:
        """The pieces as one text."""
        return joined_text(self.matches.text, self.pieces)

    @property
    def text(self) -> str:
        """What the block says, a piece a line."""
        return self.joined.text

    @property
    def document_text(self) -> str:
        """The text of the whole document, in which pieces and cells are counted."""
        return self.matches.text

    def lines(self) -> list[Span]:
        """The lines of the text."""
        return [
            (start, start + end - first) for start, (first, end) in zip(self.joined.starts, self.pieces, strict=True)
        ]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where a stretch of the text stood."""
        return self.joined.spans(start, end)

    def starting_at(self, start: int, end: int) -> list[Match]:
        """The phrases that a stretch of the text begins with, the best first, at their offsets."""
        first, last = self.joined.position(start), self.joined.position(end)
        return self._at_offsets(self.matches.starting_at(first, last), start - first) if first < last else []

    def ending_at(self, end: int, start: int) -> list[Match]:
        """The phrases that a stretch of the text ends with, the best first, at their offsets."""
        first, last = self.joined.position(start), self.joined.position(end)
        return self._at_offsets(self.matches.ending_at(last, first), end - last) if first < last else []

    def undamaged(self) -> list[Match]:
        """The phrases that stand whole in a line of the text, at their offsets."""
        found = []
        for start, (first, end) in zip(self.joined.starts, self.pieces, strict=True):
            found += [
                match._replace(start=start + match.start - first, end=start + match.end - first)
                for match in self.matches.undamaged(first, end)
            ]
        return found

    def _at_offsets(self, matches: Iterable[Match], shift: int) -> list[Match]:
        """Matches at their offsets in the text, which most of them reach by one shift."""
        found, joined = [], self.joined
        for match in matches:
            start, end = match.start + shift, match.end + shift
            if not (0 <= start and joined.position(start) == match.start and joined.position(end) == match.end):
                start, end = joined.offset(match.start), joined.offset(match.end)
                if start is None or end is None:
                    continue
            found.append(match._replace(start=start, end=end))
        return found

    def field(
        self,
        model: type[Table],
        column: str,
        row: RowId,
        stretch: Span,
        *,
        score: float = 100.0,
        value: object | None = None,
        is_inferred: bool = False,
        label: str = "",
    ) -> Field:
        """A column with the stretch of the text that stands for it."""
        raw, spans = self.text[slice(*stretch)], self.spans(*stretch)
        return Field(model, column, self.block.copy, row, raw, spans, score, value, is_inferred, label)
