"""Describe the tables as a Frictionless Data Package: `datapackage.json`, by which other tools know the columns."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES, JsonObject, TableColumn, table_columns, table_description
from pipeline.sources.folders import DATA_PACKAGE
from schemas.base import ForeignKey, Table


def write_datapackage(state: Path) -> None:
    """Describe the Parquet files of a state, in a file beside them.

    The resources are files, not tables: tabular data is CSV to validators, and their readers give Parquet columns other
    types than the files have.
    """
    paths = {
        model.table: sorted(path.relative_to(state).as_posix() for path in (state / model.table).glob("*.parquet"))
        for model in ALL_TABLES
    }
    mediatype = "application/vnd.apache.parquet"
    write_json(state / DATA_PACKAGE, datapackage(paths, type="file", format="parquet", mediatype=mediatype))


def write_json(path: Path, content: JsonObject) -> None:
    """Write a JSON file, completely or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    unfinished.replace(path)


def datapackage(paths: Mapping[str, Iterable[str]], **file_properties: str) -> JsonObject:
    """The package of all tables, with the paths of their files and further properties of each file."""
    return {
        "name": "raingan",
        "title": "Thai government reports as tables",
        "description": "Every value has rows in evidence that quote where it stood; findings say what looked wrong.",
        "resources": [
            {
                "name": model.table,
                "path": list(paths[model.table]),
                "encoding": "utf-8",
                **file_properties,
                "description": table_description(model),
                "schema": table_schema(model),
            }
            for model in ALL_TABLES
        ],
    }


def table_schema(model: type[Table]) -> JsonObject:
    """The columns and keys of a table. A null is a value that the page does not state, or that cannot be read.

    A key of several columns, one of which may be null, then names no row. Validators take that for a broken key, so
    such keys have another name.
    """
    nullable = {column.name for column in table_columns(model) if not column.is_required}
    partial = [key for key in model.foreign_keys if len(key.columns) > 1 and nullable.intersection(key.columns)]
    return {
        "fields": [_field(column) for column in table_columns(model)],
        "primaryKey": list(model.primary_key),
        "foreignKeys": [_foreign_key(model, key) for key in model.foreign_keys if key not in partial],
        **({"x-foreignKeys": [_foreign_key(model, key) for key in partial]} if partial else {}),
        "missingValues": [""],
    }


def _field(column: TableColumn) -> JsonObject:
    constraints: JsonObject = {"required": True} if column.is_required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    return {
        "name": column.name,
        "type": _type(column.type),
        "description": column.description,
        **({"unit": column.unit} if column.unit else {}),
        **({"personal": True} if column.is_personal else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "number"
    return {pa.string(): "string", pa.date32(): "date"}.get(kind, "array")


def _foreign_key(model: type[Table], key: ForeignKey) -> JsonObject:
    """A reference to the same table has an empty name."""
    resource = "" if key.table == model.table else key.table
    return {"fields": list(key.columns), "reference": {"resource": resource, "fields": list(key.named)}}
