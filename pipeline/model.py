"""What the stages hand on. Spans are (start, end) in the repaired text until the rows are written."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple

from normalizers import Observation
from normalizers.fixes import FIXES
from normalizers.html_tables import TABLE_TAG
from parsers.base import Block, Form
from schemas.base import Table

Span = tuple[int, int]
LineRole = Literal["text", "title", "page_number", "catchword", "running", "frame", "loop", "stray"]
FURNITURE: frozenset[LineRole] = frozenset({"title", "page_number", "catchword", "running", "frame"})


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping and adjacent ones merged.

    >>> merged_spans([(5, 7), (0, 2), (2, 4)])
    [(0, 4), (5, 7)]
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


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


@dataclass(frozen=True)
class Repaired:
    """A text after all fixes, with the way back to its source."""

    text: str
    source: str
    edits: tuple[Edit, ...]

    def edits_in(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits that show in a span of the repaired text, what was dropped at its end included."""
        first = bisect_right(self.edits, start, key=attrgetter("repaired_end")) if start else 0
        last = bisect_right(self.edits, end, key=attrgetter("repaired_end"))
        is_cut = last < len(self.edits) and self.edits[last].repaired_start < end
        return self.edits[first : last + is_cut]


class LineNumbers:
    r"""The number of the line that a position of a text stands in, from 1, whichever way the text ends its lines.

    Each is counted from the nearest one before it that was asked for, not from the start again.

    >>> LineNumbers("a\nb").at(0), LineNumbers("a\r\nb").at(3), LineNumbers("a\rb").at(2)
    (1, 2, 2)
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


class PageLine(NamedTuple):
    """A non-blank line without the blanks around it, and what it is."""

    start: int
    end: int
    role: LineRole = "text"


@dataclass(frozen=True)
class Page:
    """A page with its lines; `number` counts from 1."""

    number: int
    start: int
    end: int
    lines: tuple[PageLine, ...]

    @cached_property
    def text_lines(self) -> list[PageLine]:
        """The lines of text, furniture left out."""
        return [line for line in self.lines if line.role == "text"]


@dataclass(frozen=True)
class Pages:
    """A document in pages."""

    source: Source
    repaired: Repaired
    pages: tuple[Page, ...]

    @cached_property
    def text(self) -> str:
        """The repaired text that all spans refer to."""
        return self.repaired.text

    @cached_property
    def locator(self) -> "SpanLocator":
        """What says where spans of the repaired text stand in the source."""
        return SpanLocator(self.repaired, [page.start for page in self.pages])


class SourceSpan(NamedTuple):
    """A span of the source and its page; `is_repaired` where damage was repaired in it."""

    page_number: int
    start: int
    end: int
    is_repaired: bool = False


class SpanLocator:
    """Says where spans of the repaired text stand in the source."""

    def __init__(self, repaired: Repaired, page_starts: Sequence[int]) -> None:
        self._repaired, self._page_starts = repaired, page_starts
        self._edits = repaired.edits
        self._ends = [edit.repaired_end for edit in repaired.edits]
        self._lines = LineNumbers(repaired.source)

    def locate(self, start: int, end: int) -> SourceSpan:
        """The page of a span, where it stands there, and whether damage was repaired in it.

        A boundary inside a change goes to that change's outer boundary. Spans that meet do so in the source too, and
        nothing falls between them: what was dropped belongs to the span before it, at the very start to the first.

        >>> from pipeline.document.repair import repair
        >>> repaired = repair("\\N{ZERO WIDTH SPACE}กรณ" + " " + "\\N{THAI CHARACTER SARA II}" + "ที่")
        >>> [tuple(SpanLocator(repaired, [0]).locate(*span)) for span in ((0, 2), (2, 3), (4, 5))]
        [(1, 0, 3, True), (1, 3, 6, True), (1, 6, 7, False)]
        """
        page_number = max(1, bisect_right(self._page_starts, start))
        edits, behind = self._edits, bisect_right(self._ends, start)
        if start and (behind == len(edits) or end < edits[behind].repaired_start):  # as nearly every span
            shift = edits[behind - 1].source_end - edits[behind - 1].repaired_end if behind else 0
            return SourceSpan(page_number, start + shift, end + shift)
        is_repaired = any(edit.is_damage for edit in self._repaired.edits_in(start, end))
        return SourceSpan(page_number, self.source_start(start), self._around(end)[1], is_repaired)

    def source_start(self, position: int) -> int:
        """Where what begins at a position begins in the source."""
        return self._around(position)[0] if position else 0

    def line_number(self, start: int, end: int) -> int:
        """The number of the line in the source in which a span begins."""
        return self._lines.at(self.locate(start, end).start)

    def _around(self, position: int) -> tuple[int, int]:
        """The source's boundaries around a position: twice the same one, unless the position is inside a change."""
        edits, behind = self._edits, bisect_right(self._ends, position)
        if behind < len(edits) and edits[behind].repaired_start < position:
            return edits[behind].source_start, edits[behind].source_end
        if behind:
            position += edits[behind - 1].source_end - edits[behind - 1].repaired_end
        return position, position


class BlockStart(NamedTuple):
    """A place where a block of the form opens; `number` where a numbered label does it and its digits are sound."""

    start: int
    end: int
    block: int
    number: int | None = None
    is_numbered: bool = False
    wording: str = ""
    """The declared words that the heading prints."""


class CopyBlock(NamedTuple):
    """The lines that one heading opens, in reading order, within one copy."""

    declaration: Block
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
    inherited: tuple["Inherited", ...] = ()
    """What the group above says of the project that the block begins."""
    quarter: int | None = None
    """The quarter that a table prints beside it, or above."""
    cells: tuple["HeadedCell", ...] = ()
    """Cells of a table below the heads of columns of the block."""
    above: tuple[Span, ...] = ()
    """Those of its pieces that stand once above several blocks, as the head of a column does."""


class HeadedCell(NamedTuple):
    """Where a cell of a table stands, and the columns that its head names."""

    model: type[Table]
    columns: tuple[str, ...]
    spans: tuple[Span, ...]
    row_start: int | None = None
    """Where the row of the table begins, if it belongs to a list."""


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
    blocks: tuple[CopyBlock, ...]
    is_outside_projects: bool = False
    """Whether it is what a report says outside of its projects."""
    region: int = 0
    """The part of the document that it stands in, where a document holds several forms."""
    sums: tuple["ColumnSum", ...] = ()
    """What tables of projects print as the sums of their columns."""


class ColumnSum(NamedTuple):
    """Where a table prints the sum of a column, and the cells above it: since the sum before, and all of them."""

    total: Span
    since_last: tuple[Span, ...]
    all_above: tuple[Span, ...]


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
    is_uncertain: bool = False
    """Whether only its headings and numbered blocks speak for the form: no title or office of its own is printed."""


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document cut into copies and blocks; what no block claims stays unclaimed."""

    document: Pages
    regions: tuple[Region, ...]
    copies: tuple[Copy, ...]
    copy_of_page: tuple[int, ...]
    repeats: dict[int, Repeat] = field(default_factory=dict)

    def blocks(self) -> Iterator[tuple[Copy, CopyBlock]]:
        """Every block with its copy."""
        return ((copy, block) for copy in self.copies for block in copy.blocks)


class RowId(NamedTuple):
    """What tells a row from the other rows of its table in one copy of a report.

    The row that a project has only once needs nothing. `key` is what the page prints or the form declares: an entry's
    number, a section's name. A row of a list has no such thing: its `order` tells it from the others.
    """

    key: int | str | None = None
    order: tuple[object, ...] = ()


ONLY_ROW = RowId()
"""The row that a project has only once."""
TOTAL_ROW = RowId("total")
"""What a page prints below the rows of a table as their sum; it is no row itself."""


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
    row: RowId = ONLY_ROW
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
