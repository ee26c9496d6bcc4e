"""The columns of a table as its model declares them, in plain values."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from schemas import CORPUS_TABLES, TABLES
from schemas.base import Personal, Table
from schemas.findings import CODES

ALL_TABLES: tuple[type[Table], ...] = (*TABLES, *CORPUS_TABLES)
JsonObject = dict[str, object]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column and everything declared about it."""

    name: str
    type: pa.DataType
    description: str
    unit: str | None
    is_required: bool
    is_personal: bool
    words: tuple[str, ...] = ()
    """Its only possible values, if there is a published list of them."""

    @property
    def full_description(self) -> str:
        """Everything about it in one text."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        return f"{self.description}{unit}{' Personal.' if self.is_personal else ''}"


@cache
def table_columns(model: type[Table]) -> tuple[TableColumn, ...]:
    """The columns of a table in order."""
    return tuple(_column(model, field) for field in model.arrow_schema())


def table_description(model: type[Table]) -> str:
    """What a row of a table is, in one line."""
    return str(model.arrow_schema().metadata[b"description"].decode())


def _column(model: type[Table], field: pa.Field) -> TableColumn:
    metadata = {key.decode(): value.decode() for key, value in field.metadata.items()}
    return TableColumn(
        name=field.name,
        type=field.type,
        description=metadata["description"],
        unit=metadata.get("unit"),
        is_required=not field.nullable,
        is_personal=bool(model.marks(field.name, Personal)),
        words=tuple(CODES) if field.name == "code" else (),
    )
