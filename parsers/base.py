"""The words in which a form is declared: its titles, its blocks, and how each is read; `openers` has what opens them.

A declaration says what a form prints; the stages of the pipeline know how to find it, and know no form by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from parsers.openers import Opener, Printed
from schemas.base import BehindNumber, Choice, FirstInBlock, Label, Remainder, Shape, StartsWith, Table

Level = Literal["document", "group", "project", "part"]
BlockRole = Literal["summary", "signature"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: the headings that it may have, and the columns of ours that its cells fill."""

    headings: Annotated[tuple[str, ...], Printed("table_head")]
    fills: tuple[str, ...] = ()
    shape: str | None = None
    """What its cells look like, a linear pattern for a line: it parts the columns where a table lost its cells."""
    like: str | None = None
    """A linear pattern of other headings, without blanks, dots and what stands in brackets."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A row for each row of a printed table, in Markdown, with tabs, or flattened to one cell a line.

    Equal only to itself, for what is worked out from it is kept.
    `over`: headings that span several columns. Rows with a cell that begins with one of `totals` are none; the shortest
    of these words stand alone.
    """

    model: type[Table]
    columns: tuple[Column, ...]
    over: Annotated[tuple[str, ...], Printed("table_head")] = ()
    totals: Annotated[tuple[str, ...], Printed("total")] = (
        "รวม", "รวมทั้ง", "รวมทั้งสิ้น", "รวมเงิน", "รวมเป็นเงิน", "รวมจำนวน", "รวมจำนวนเงิน", "รวมงบประมาณ", "รวมค่า", "ยอดรวม",
    )  # fmt: skip
    lead_words: tuple[str, ...] = ()
    """Words that the lines of a list begin with, where other offices print one in the table's place without markers."""
    tells: tuple[str, ...] = ()
    """Columns of which a row must say one; a table without them is kept as text."""

    def place_of(self, filled: str) -> int:
        """The place of the column that fills one of ours."""
        return next(place for place, column in enumerate(self.columns) if filled in column.fills)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row, whose columns stand behind the labels of the model."""

    looks_at: ClassVar = (Label, StartsWith, Shape, BehindNumber)
    model: type[Table]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledRows:
    """A row for each label: the label names the value of `column`, what follows is the text. Equal only to itself."""

    row_roles: ClassVar = ("words",)
    model: type[Table]
    column: str
    labels: Annotated[Mapping[str, tuple[str, ...]], Printed("label")]
    kept: Annotated[Mapping[str, tuple[str, ...]], Printed("label")] = field(default_factory=dict)
    """Labels that belong to the text, where one begins a line and a number stands behind it: "ด้านที่ 2 …"."""
    aside: Annotated[tuple[str, ...], Printed("label")] = ()
    """Such labels of what the table has no value for: a row ends there, and none begins."""


@dataclass(frozen=True, slots=True, eq=False)
class Bullets:
    """A row for each item of a list; a sub-head names the kind of the items below it. Equal only to itself."""

    row_roles: ClassVar = ("words", "label")
    model: type[Table]
    kind: str | None = None
    sub_heads: Annotated[Mapping[str, tuple[str, ...]], Printed("sub_head")] = field(default_factory=dict)
    lead_word: str | None = None
    """The word that every item begins with, where the form asks for it: it parts items that have no marker."""
    runs_on: bool = True
    """Whether items may stand one behind the other on a line; else only a line's first marker begins one."""
    words: Annotated[tuple[str, ...], Printed("step")] = ()
    """Words that, with a number behind them, begin an item as a marker does: "กิจกรรมที่ 2"."""
    is_flat: bool = True
    """Whether every marker begins an item; else one of a lower level than the first belongs to the item above."""
    has_quarters: bool = False
    """Whether a line that is a quarter and no more says when the items below it are done."""
    instead_of: Grid | None = None
    """The table that other offices print in the list's place; where it stands, there is no list."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A row for each numbered entry: a value that leads, labels, a choice of phrases, and the rest as text."""

    looks_at: ClassVar = (Label, FirstInBlock, Choice, Remainder)
    model: type[Table]
    number_column: str
    grid: Grid | None = None
    """The columns of entries that are printed as rows of a table; the first one has their numbers."""
    prices: type[Table] | None = None
    """The table of what the text of an entry says that things cost."""


@dataclass(frozen=True, slots=True)
class SingleField:
    """The whole text is one column of the row that the project has, or its quarter; a label may stand before it."""

    model: type[Table]
    column: str
    label: Annotated[tuple[str, ...], Printed("label")] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """A row for each step "กิจกรรมหลักที่ 2 …" that a line begins with; lines without belong to the step above."""

    row_roles: ClassVar = ("words", "label")
    model: type[Table]
    words: Annotated[tuple[str, ...], Printed("step")]
    grid: Grid | None = None
    """The table that other offices print in the list's place."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A row for each priced line, in a table or a list: what it is, then how many at what price, and the amount."""

    row_roles: ClassVar = ("words", "quantity", "unit", "unit_price", "amount")
    model: type[Table]
    grid: Grid


@dataclass(frozen=True, slots=True)
class Total:
    """The amount that a text states for the whole, best with the same in words behind it."""

    model: type[Table]
    column: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Calendar:
    """A row for each step of a plan, drawn over months in a table, or listed."""

    row_roles: ClassVar = ("words", "label")
    model: type[Table]
    grid: Grid
    steps: Bullets


@dataclass(frozen=True, slots=True)
class Links:
    """A row for each name in running text, from the name to the next one or to the end of its paragraph."""

    row_roles: ClassVar = ("words",)
    model: type[Table]
    names: Annotated[tuple[str, ...], Printed("link")]
    constants: Mapping[str, str]
    joined_by: Annotated[tuple[str, ...], Printed("joint")] = ()
    """Words between two names that belong to neither."""
    ended_by: Annotated[tuple[str, ...], Printed("joint")] = ()
    """Those of them that end a name whatever follows."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """One row, whose text is all that the block says."""

    row_roles: ClassVar = ("passage", "heading")
    model: type[Table]
    constants: Mapping[str, str]
    without: Grid | tuple[Grid, ...] | None = None
    """Tables in the block that other rows are made of; the text is what stands around them."""
    unless: Links | None = None
    """Rows that say nearly all of it: then there is no such row."""

    @property
    def tables(self) -> tuple[Grid, ...]:
        """The tables that are no part of the text."""
        return self.without if isinstance(self.without, tuple) else (self.without,) if self.without else ()


Reading = (
    Labelled | LabelledRows | WholeText | Bullets | Entries | SingleField | Steps
    | Grid | Priced | Total | Calendar | Links
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The lines that one heading opens, up to the next one that the form declares; equal only to itself.

    `level`: what the block is part of. One of the document stands outside of all projects, one of a group says
    something of the projects below it (`gives`), one of a project begins the next project.
    """

    name: str
    opens: tuple[Opener, ...]
    reads: Reading | tuple[Reading, ...] | None = None
    repeats: bool = False
    level: Level = "part"
    begins_period: bool = False
    """Whether a new quarter begins here; it begins also where a block comes back that the quarter already has."""
    may_be_empty: bool = False
    """Whether its heading may stand above those of other blocks, and nothing between."""
    gives: Mapping[str, object] = field(default_factory=dict)
    is_attached: bool = False
    """Whether it stands with other forms too, and so does not tell which form this is."""
    role: BlockRole | None = None
    """What checks look for in it: `summary`, to be compared with the pages; `signature`, where a name must stand."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every way in which the block is read."""
        return self.reads if isinstance(self.reads, tuple) else (self.reads,) if self.reads else ()


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """What a report's own summary says behind certain words: a total, or how many projects have a status."""

    words: Annotated[tuple[str, ...], Printed("summary")]
    total_of: str | None = None
    """The column of the quarterly results whose sum follows; its share of `share_of` may stand behind it."""
    share_of: str | None = None
    status: str | None = None
    """The status whose projects are counted, with their share of all."""
    quarter: bool = False
    """Whether the quarter that the totals are about follows, with the number of projects that report on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form: the titles that identify it and its blocks in the order in which it prints them; equal only to itself."""

    titles: Annotated[tuple[str, ...], Printed("title")]
    blocks: tuple[Block, ...]
    name: str = ""
    is_ordered: bool = True
    """Whether the blocks always come in this order, so that pages out of order can be put right."""
    least_blocks: float = 0.6
    """The least share of its blocks by which the form is known where no title says so; many forms share a heading."""
    enough_blocks: int | None = None
    """So many blocks make the form known whatever it leaves out, where most of them are optional."""
    summary: tuple[SummaryLine, ...] = ()
    """What the report's block `summary` says, to be compared with its pages."""
    keywords: tuple[str, ...] = ()
    """Words of which one must stand in a document without a title, where other offices use the same headings."""
    exclude_keywords: tuple[str, ...] = ()
    """Longer words that begin with such a word and are another office's."""
    offices: tuple[str, ...] = ()
    """What the names of its offices begin with: where one stands alone on a first line, no other form claims it."""
    office_like: str | None = None
    """A linear pattern of a line that names an office of another kind: below a title it shows that a report begins."""

    def blocks_with_role(self, role: BlockRole) -> tuple[Block, ...]:
        """The blocks that have a role."""
        return tuple(block for block in self.blocks if block.role == role)

    @property
    def holds_projects(self) -> bool:
        """Whether one printing reports on several projects, each of which a block begins."""
        return any(block.level == "project" for block in self.blocks)
