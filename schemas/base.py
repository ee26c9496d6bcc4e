"""What a table is: a pydantic model whose fields say their Arrow type, their unit and how printed text is read.

One annotation serves three stages: `Label` and its kin tell `read_fields` where the text stands, `Normalizer` tells
`normalize` how to read it, `Arrow` tells `write` which column it fills.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal, TypeVar, cast

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

Mark = TypeVar("Mark")
ColumnRole = Literal[
    "agency", "amount", "budget", "code", "division", "end", "entry", "heading", "kind", "label", "name", "passage",
    "quantity", "quarter", "spent", "start", "unit", "unit_price", "words", "year",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrow:
    """The Arrow type of a column, and the unit of its values where they have one."""

    type: pa.DataType
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Normalizer:
    """How printed text becomes the column's value; `in_fiscal_year` where a two-digit year needs the report's own."""

    read: Callable[..., object]
    in_fiscal_year: bool = False
    spans_lines: bool = False
    goes_on: Callable[[str, str], bool] | None = None
    """Whether a value of one line, such as is given, goes on in the line below."""


@dataclass(frozen=True, slots=True)
class Label:
    """The words that a form prints before a value; the first is the usual form, the others were seen too."""

    names: tuple[str, ...]
    ends: str | None = None
    """The words or sign that the value ends with, where the form prints one."""
    is_numbered: bool = False
    """Whether the row's own number stands behind the label, as in "(ครั้งที่ 7)"."""
    begins_line: bool = False
    """Whether it counts at the start of a line only, for other values may hold the same words."""
    heads: tuple[str, ...] = ()
    """Words that say the same at the head of a column, before a figure of an entry, or alone before a separator."""
    like: str | None = None
    """A linear pattern of other such words, without blanks, dots and what stands in brackets."""
    amount_in: str | None = None
    """The column that has the value where it is an amount and nothing else."""

    def __init__(  # noqa: PLR0913 - each option is named where it is used
        self,
        *names: str,
        ends: str | None = None,
        is_numbered: bool = False,
        begins_line: bool = False,
        heads: tuple[str, ...] = (),
        like: str | None = None,
        amount_in: str | None = None,
    ) -> None:
        object.__setattr__(self, "amount_in", amount_in)
        object.__setattr__(self, "like", like)
        object.__setattr__(self, "begins_line", begins_line)
        object.__setattr__(self, "heads", heads)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "ends", ends)
        object.__setattr__(self, "is_numbered", is_numbered)


@dataclass(frozen=True, slots=True)
class FirstInBlock:
    """The value stands first in its block and is known by its shape, a linear pattern without groups."""

    pattern: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The value is the first line that begins with certain words, those words included.

    It goes on over the lines behind it that begin with one of `continued_by`. `like`: a linear pattern of other first
    words, without blanks and dots.
    """

    words: tuple[str, ...]
    continued_by: tuple[str, ...] = ()
    like: str | None = None

    def __init__(self, *words: str, continued_by: tuple[str, ...] = (), like: str | None = None) -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "continued_by", continued_by)
        object.__setattr__(self, "like", like)


@dataclass(frozen=True, slots=True)
class Shape:
    """The value is the first stretch of a certain shape, a linear pattern, where no label says what it is.

    Where the pattern has a group `value`, that part of it.
    """

    pattern: str


@dataclass(frozen=True, slots=True)
class BehindNumber:
    """The value is the rest of the line behind a bare number that opens its block, where no label says what it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The value is one of a few printed phrases, without a label of its own; equal only to itself."""

    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OneOf:
    """The words that a form may put in a column by itself; what a page prints may stand there as well."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)


@dataclass(frozen=True, slots=True)
class Remainder:
    """The value is what the block says beside its other values."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is to the stages, which know no column by its name: `name` is what the project is called."""

    name: ColumnRole


@dataclass(frozen=True, slots=True)
class Personal:
    """The value tells who a person is, or how to reach one; `raingan export --without-persons` leaves it out."""


READ_BY = (Label, StartsWith, Shape, BehindNumber, FirstInBlock, Choice, Remainder)
"""The annotations that say where a value stands."""
ANNOTATIONS = (Arrow, Normalizer, OneOf, Role, Personal, *READ_BY)
"""All that a column may have."""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that name a row of another table, or of the same one, wherever none of them is null."""

    columns: tuple[str, ...]
    table: str
    named: tuple[str, ...]
    """The columns there, in the same order."""


OF_DOCUMENT = ForeignKey(("document_id",), "documents", ("document_id",))
OF_PAGE = ForeignKey(("document_id", "page_number"), "pages", ("document_id", "page_number"))
OF_PROJECT = ForeignKey(("project_id",), "projects", ("project_id",))


class Table(BaseModel):
    """A table of the output contract; its columns are the fields in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    table: ClassVar[str]
    """The name of the table and of its folder."""
    sort_by: ClassVar[tuple[str, ...]] = ()
    """Columns that order the rows of one document."""
    primary_key: ClassVar[tuple[str, ...]]
    """Columns that tell a row from every other row of the table, over all documents; none of them is ever null."""
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = ()
    """What names rows of other tables."""
    row_name: ClassVar[str] = "row_key"
    """The column that evidence and findings call a row by, of tables whose rows they may name."""
    names_rows: ClassVar[bool] = False
    """Whether `table_name` and `row_key` name a row of the table that `table_name` says."""

    @classmethod
    def marks(cls, column: str, kind: type[Mark]) -> tuple[Mark, ...]:
        """The annotations of one kind on a column, those of the form's template last."""
        return cast("tuple[Mark, ...]", _marks(cls).get(kind, {}).get(column, ()))

    @classmethod
    @cache
    def column_of(cls, role: str) -> str:
        """The column that has a role, in the table itself or in a form's template of it; empty where none has it."""
        tables = [base for base in reversed(cls.__mro__) if issubclass(base, Table)]
        return {mark.name: column for base in tables for column, mark in columns_with(base, Role).items()}.get(role, "")

    @classmethod
    def normalizer(cls, column: str) -> Normalizer:
        """How the column's text is read; the last annotation wins, so that a form may name its own."""
        return cls.marks(column, Normalizer)[-1]

    @classmethod
    @cache
    def arrow_schema(cls) -> pa.Schema:
        """The Parquet schema; the field metadata say what a column means, its unit, and whether it is personal."""
        fields = [_arrow_field(cls, column) for column in cls.model_fields]
        return pa.schema(fields, metadata={"description": " ".join((cls.__doc__ or "").split())})


@cache
def columns_of(model: type[Table]) -> tuple[str, ...]:
    """The columns of a table in their order."""
    return tuple(model.model_fields)


@cache
def _marks(model: type[Table]) -> Mapping[type, Mapping[str, tuple[object, ...]]]:
    """The annotations of a table by their kind and column."""
    found: dict[type, dict[str, tuple[object, ...]]] = {}
    for column, field in model.model_fields.items():
        for mark in field.metadata:
            of_kind = found.setdefault(type(mark), {})
            of_kind[column] = (*of_kind.get(column, ()), mark)
    return found


def _arrow_field(model: type[Table], column: str) -> pa.Field:
    info = model.model_fields[column]
    arrow = model.marks(column, Arrow)[-1]
    metadata = {"description": info.description or ""}
    metadata |= {"unit": arrow.unit} if arrow.unit else {}
    metadata |= {"personal": "true"} if model.marks(column, Personal) else {}
    return pa.field(column, arrow.type, nullable=not info.is_required(), metadata=metadata)


@cache
def columns_with(model: type[Table], kind: type[Mark]) -> Mapping[str, Mark]:
    """The columns of a form's template that carry an annotation of one kind, with its last one."""
    return cast("Mapping[str, Mark]", {column: marks[-1] for column, marks in _marks(model).get(kind, {}).items()})


Values = dict[str, Any]
"""The values of one row by column, before the table's model has checked them."""
