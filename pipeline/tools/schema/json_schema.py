"""The tables as JSON Schema (2020-12): a definition for each, of its rows as JSON objects."""

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES, Column, Plain, columns, description
from schemas.base import Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Plain:
    """The definitions of all tables; a row may leave out what is null."""
    return {
        "$schema": DIALECT,
        "title": "raingan",
        "description": "Rows of the tables as JSON objects: $defs has a definition for each table.",
        "$defs": {model.table: _definition(model) for model in ALL_TABLES},
    }


def _definition(model: type[Table]) -> Plain:
    return {
        "description": description(model),
        "type": "object",
        "properties": {column.name: _property(column) for column in columns(model)},
        "required": [column.name for column in columns(model) if column.is_required],
        "additionalProperties": False,
        "x-primary-key": list(model.primary_key),
        "x-foreign-keys": [
            {"columns": list(key.columns), "table": key.table, "named": list(key.named)} for key in model.foreign_keys
        ],
    }


def _property(column: Column) -> Plain:
    kind = _type(column.type)
    return {
        **kind,
        "type": kind["type"] if column.is_required else [kind["type"], "null"],
        "description": column.description,
        **({"enum": [*column.words, *([] if column.is_required else [None])]} if column.words else {}),
        **({"x-unit": column.unit} if column.unit else {}),
        **({"x-personal": True} if column.is_personal else {}),
    }


def _type(kind: pa.DataType) -> Plain:
    if pa.types.is_integer(kind):
        most = 2 ** (kind.bit_width - 1)
        return {"type": "integer", "minimum": -most, "maximum": most - 1}
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return {"type": "number"}
    if pa.types.is_date(kind):
        return {"type": "string", "format": "date"}
    if pa.types.is_list(kind):
        return {"type": "array", "items": {"type": "string"}}
    return {"type": "string"}
