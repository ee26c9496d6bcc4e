"""The columns of a table as its model declares them, each in one plain value."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from schemas import CORPUS_TABLES, TABLES
from schemas.base import Personal, Table
from schemas.findings import CODES

ALL_TABLES: tuple[type[Table], ...] = (*TABLES, *CORPUS_TABLES)
Plain = dict[str, object]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and all that is declared about it."""

    name: str
    type: pa.DataType
    description: str
    unit: str | None
    is_required: bool
    is_personal: bool
    words: tuple[str, ...] = ()
    """The only values that it can have, where there is a published list of them."""

    @property
    def said(self) -> str:
        """All that is to be said of it in one text."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        return f"{self.description}{unit}{' Personal.' if self.is_personal else ''}"


@cache
def columns(model: type[Table]) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    return tuple(_column(model, field) for field in model.arrow_schema())


def description(model: type[Table]) -> str:
    """What the rows of a table are, in one line."""
    return str(model.arrow_schema().metadata[b"description"].decode())


def _column(model: type[Table], field: pa.Field) -> Column:
    said = {key.decode(): value.decode() for key, value in field.metadata.items()}
    return Column(
        name=field.name,
        type=field.type,
        description=said["description"],
        unit=said.get("unit"),
        is_required=not field.nullable,
        is_personal=bool(model.marks(field.name, Personal)),
        words=tuple(CODES) if field.name == "code" else (),
    )
