"""What the stages hand on. Spans are (start, end) in the repaired text until the rows are written."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from normalizers import Observation
from normalizers.fixes import FIXES
from normalizers.html_tables import TABLE_TAG
from parsers.base import Block as Declaration
from parsers.base import Form
from schemas.base import Table

Span = tuple[int, int]
Role = Literal["text", "title", "page_number", "catchword", "frame", "loop"]
FURNITURE: frozenset[Role] = frozenset({"title", "page_number", "catchword", "frame"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read; `name` is its path below the input root."""

    document_id: str
    name: str
    text: str
    encoding: str | None
    media_type: str
    byte_count: int
    is_linear: bool = False
    """Whether the text is what a reader made of the file, which is no text itself, and has to be kept."""
    has_pages: bool = False
    """Whether form feeds, and nothing else, part its pages: those of the file, empty ones too."""
    unread_pages: tuple[int, ...] = ()
    """Pages that are a picture: what they say is not in the text."""


LAYOUT = frozenset((TABLE_TAG, *(fix.name for fix in FIXES if fix.is_layout)))
"""Fixes of what a converter wrote around sound words."""


class Edit(NamedTuple):
    """A stretch that repair changed, before and after, and the fixes that did it, in the order they applied."""

    source_start: int
    source_end: int
    repaired_start: int
    repaired_end: int
    fixes: tuple[str, ...]

    @property
    def is_damage(self) -> bool:
        """Whether it mended words, and not only their layout."""
        return not LAYOUT.issuperset(self.fixes)

    @property
    def growth(self) -> int:
        """How many characters longer the text is for it."""
        return (self.repaired_end - self.repaired_start) - (self.source_end - self.source_start)


class Hit(NamedTuple):
    """One fix applied once. Hits of fixes that worked on the same stretch share its spans, the whole change's."""

    fix: str
    source_start: int
    source_end: int
    repaired_start: int
    repaired_end: int


@dataclass(frozen=True)
class Repaired:
    """A text after all fixes, with the way back to its source."""

    text: str
    source: str
    edits: tuple[Edit, ...]

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Every fix that did something, in the order of the text."""
        return tuple(Hit(name, *edit[:4]) for edit in self.edits for name in edit.fixes)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(edit.repaired_end for edit in self.edits)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the repaired text stood in the source.

        A boundary inside a change goes to that change's outer boundary. Spans that meet do so in the source too, and
        nothing falls between them: what was dropped belongs to the span before it, at the very start to the first.

        >>> from pipeline.document.repair import repair
        >>> repaired = repair("\\N{ZERO WIDTH SPACE}กรณ" + " " + "\\N{THAI CHARACTER SARA II}" + "ที่")
        >>> repaired.to_source(0, 2), repaired.to_source(2, 3), repaired.to_source(4, 5)
        ((0, 3), (3, 6), (6, 7))
        """
        if not self.edits:
            return start, end
        source_start, _ = self._around(start)
        _, source_end = self._around(end)
        return source_start if start else 0, source_end

    def edits_in(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits that show in a span of the repaired text, what was dropped at its end included."""
        first, last = bisect_right(self._ends, start) if start else 0, bisect_right(self._ends, end)
        is_cut = last < len(self.edits) and self.edits[last].repaired_start < end
        return self.edits[first : last + is_cut]

    def is_edited(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether an edit of damage shows in any of some spans of the repaired text."""
        return bool(self.edits) and any(edit.is_damage for span in spans for edit in self.edits_in(*span))

    def _around(self, position: int) -> tuple[int, int]:
        """The source's boundaries around a position: twice the same one, unless the position is inside a change."""
        behind = bisect_right(self._ends, position)
        if behind < len(self.edits) and self.edits[behind].repaired_start < position:
            return self.edits[behind].source_start, self.edits[behind].source_end
        if behind:
            position += self.edits[behind - 1].source_end - self.edits[behind - 1].repaired_end
        return position, position


Place = tuple[int, int, int, bool]
"""The page of a span, where it starts and ends in the source, and whether repair changed it."""


class Places:
    """Says of spans where they stand; made once for a document, since nearly every span lies between two edits."""

    def __init__(self, repaired: Repaired, pages: Sequence[int]) -> None:
        """Take the text after repair, and where its pages start."""
        self._repaired, self._pages = repaired, pages
        edits = repaired.edits
        self._starts = [*(edit.repaired_start for edit in edits), len(repaired.text) + 1]
        self._ends = [edit.repaired_end for edit in edits]
        self._shifts = [0, *(edit.source_end - edit.repaired_end for edit in edits)]

    def of(self, start: int, end: int) -> Place:
        """Where a span stands; one that an edit touches, or the start of the text, as `Repaired` has it."""
        page_number = bisect_right(self._pages, start) or 1
        behind = bisect_right(self._ends, start)
        if start and end < self._starts[behind]:
            shift = self._shifts[behind]
            return page_number, start + shift, end + shift, False
        source_start, source_end = self._repaired.to_source(start, end)
        return page_number, source_start, source_end, self._repaired.is_edited([(start, end)])


class Line(NamedTuple):
    """A non-blank line without the blanks around it, and what it is."""

    start: int
    end: int
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines; `number` counts from 1."""

    number: int
    start: int
    end: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Pages:
    """A document in pages."""

    source: Source
    repaired: Repaired
    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        """The repaired text that all spans refer to."""
        return self.repaired.text

    def lines(self) -> Iterator["Line"]:
        """The lines of text, furniture left out, in their order."""
        return (line for page in self.pages for line in page.lines if line.role == "text")

    def only(self, pages: tuple[Page, ...]) -> "Pages":
        """The same document with some of its pages."""
        return Pages(self.source, self.repaired, pages)

    def page_at(self, position: int) -> int:
        """The number of the page that holds a position."""
        return max(1, bisect_right(self._starts, position))

    @cached_property
    def places(self) -> Places:
        """Where spans of the repaired text stand."""
        return Places(self.repaired, self._starts)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(page.start for page in self.pages)


class BlockStart(NamedTuple):
    """A place where a block of the form opens; `number` where a numbered label does it and its digits are sound."""

    start: int
    end: int
    block: int
    number: int | None = None
    is_numbered: bool = False
    wording: str = ""
    """The declared words that the heading prints."""


class JoinedText(NamedTuple):
    """Stretches of a document read as one text, with the way back to where each character stood."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[Span, ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters from `start` to `end` stood: a span for each piece, blanks trimmed."""
        text, starts, pieces = self
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
        found = []
        for number in range(max(0, first), last):
            place, (origin, stop) = starts[number], pieces[number]
            left, shift = max(start, place), origin - place
            stretch = text[left : min(stop - shift, end)]
            if bare := stretch.lstrip():
                begin = left + shift + len(stretch) - len(bare)
                found.append((begin, begin + len(bare.rstrip())))
        return tuple(found)

    def position(self, offset: int) -> int:
        """Where a character stood; between two pieces, where the first of them ended."""
        number = max(0, bisect_right(self.starts, offset) - 1)
        origin, stop = self.pieces[number]
        return min(origin + offset - self.starts[number], stop)

    def offset(self, position: int) -> int | None:
        """Where a character of the document stands in the text, None where no piece holds it."""
        for start, (origin, stop) in zip(self.starts, self.pieces, strict=True):
            if origin <= position <= stop:
                return start + position - origin
        return None


def joined_text(text: str, pieces: Iterable[Span]) -> JoinedText:
    """Join pieces of a text, each on a line of its own; an empty line keeps a paragraph apart.

    >>> whole = joined_text("ก ข\\nค\\n\\n ง", [(0, 3), (4, 5), (8, 9)])
    >>> whole.text, whole.spans(2, 8), whole.position(7), whole.offset(8)
    ('ก ข\\nค\\n\\nง', ((2, 3), (4, 5), (8, 9)), 8, 7)
    """
    parts: list[str] = []
    starts: list[int] = []
    kept: list[Span] = []
    length, last = 0, None
    for start, end in pieces:
        if last is not None:
            is_apart = start != last + 1 and (
                start < last or text.count("\n", last, start) > 1 or text.count("\r", last, start) > 1
            )
            parts.append("\n\n" if is_apart else "\n")
            length += 1 + is_apart
        starts.append(length)
        kept.append((start, end))
        parts.append(text[start:end])
        length += end - start
        last = end
    return JoinedText("".join(parts), tuple(starts), tuple(kept))


class Block(NamedTuple):
    """The lines that one heading opens, in reading order, within one copy."""

    declaration: Declaration
    copy: int
    heading: Span | None
    number: int | None
    pieces: tuple[Span, ...]
    headings: tuple[Span, ...] = ()
    """Every heading that the block took, for one may stand twice or in two lines."""
    wordings: tuple[str, ...] = ()
    """The declared words that these headings print."""
    period: int = 0
    """The quarter's report that the block is part of, counted within its project from 1; 0 for none."""
    given: tuple["Inherited", ...] = ()
    """What the group above says of the project that the block begins."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """A value that a heading gives to the projects below it."""

    column: str
    value: object
    span: Span


@dataclass(frozen=True, slots=True)
class Copy:
    """One printing of a report; a page scanned twice gives a further reading of the copy it belongs to."""

    index: int
    number: int
    blocks: tuple[Block, ...]
    is_outside_projects: bool = False
    """Whether it is what a report says outside of its projects."""
    region: int = 0
    """The part of the document that it stands in, where a document holds several forms."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A page that repeats an earlier one."""

    page_number: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Region:
    """Pages in a row on one form."""

    form: Form
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document cut into copies and blocks; what no block claims stays unclaimed."""

    document: Pages
    matches: Any
    regions: tuple[Region, ...]
    copies: tuple[Copy, ...]
    copy_of_page: tuple[int, ...]
    repeats: dict[int, Repeat] = field(default_factory=dict)

    def spans(self) -> list[Span]:
        """What blocks claim, in the order of the text."""
        blocks = (block for copy in self.copies for block in copy.blocks)
        return sorted(span for block in blocks for span in (*block.headings, *block.pieces))

    @property
    def form(self) -> Form:
        """The form that most of the document is on."""
        return max(self.regions, key=lambda region: region.pages[-1].end - region.pages[0].start).form


class RowId(NamedTuple):
    """What tells a row from the other rows of its table in one copy of a report.

    The row that a project has only once needs nothing. `key` is what the page prints or the form declares: an entry's
    number, a section's name. A row of a list has no such thing: its `order` tells it from the others.
    """

    key: int | str | None = None
    order: tuple[object, ...] = ()


class Field(NamedTuple):
    """A column and the text that stands for it."""

    model: type[Table]
    column: str
    copy: int
    row: RowId
    raw: str
    spans: tuple[Span, ...]
    score: float = 100.0
    value: object | None = None
    """The value, where the place itself says it: a label's number, a sub-head's kind."""
    is_inferred: bool = False
    """Whether the text does not print the value but implies it, as a heading does the kind of the items below."""
    label: str = ""
    """The declared label that the value stands behind."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding before it knows its document: what is wrong with which column of which row, and where it stands."""

    code: str
    text: str
    span: Span | None = None
    table: str | None = None
    column: str | None = None
    row: RowId = RowId()
    copy: int | None = None
    """The copy that it is about, where a document holds several projects."""
    printed: str = ""
    """The words that show it, where they are not those of the span."""


class Cell(NamedTuple):
    """A field with its normalized value, and what its normalizer noticed."""

    field: Field
    value: object | None
    issue: Issue | None = None
    observations: tuple[Observation, ...] = ()
