"""The data dictionary: every table and column, keys and codes of findings, as Markdown, JSON Schema and SQL."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES, JsonObject, TableColumn, table_columns, table_description
from schemas.base import OF_DOCUMENT, ForeignKey, Table
from schemas.columns import SPANS
from schemas.findings import CODES

_INTRODUCTION = """# Data dictionary

Each table is a folder of Parquet files. A null is a value that the page does not state, or that cannot be read; a
text is never empty. Dates are Gregorian; columns with a Buddhist-era year end in `_be`. *Personal* columns identify
persons, or say how to reach them: `raingan export --without-persons` leaves them out."""


def markdown() -> str:
    """The dictionary for people, in Markdown."""
    parts = [_INTRODUCTION, *("\n".join(_table(model)) for model in ALL_TABLES), "\n".join(_codes())]
    return "\n\n".join(parts) + "\n"


def _table(model: type[Table]) -> Iterator[str]:
    yield f"## {model.table}\n\n{table_description(model)}\n"
    yield f"- Primary key: {_names(model.primary_key)}"
    for key in model.foreign_keys:
        yield f"- {_names(key.columns)} → {_names(key.named)} of [{key.table}](#{key.table})"
    if model.names_rows:
        yield "- `table_name`, `row_key` → `row_key` of that table; of documents `document_id`"
    yield ""
    yield from _rows(
        ("column", "type", "unit", "null", "meaning"),
        (
            (f"`{column.name}`", _plain(str(column.type)), column.unit or "", "" if column.is_required else "yes",
             column.description + " *Personal.*" * column.is_personal)
            for column in table_columns(model)
        ),
    )  # fmt: skip


def _codes() -> Iterator[str]:
    yield "## Codes of findings\n"
    yield from _rows(
        ("code", "severity", "meaning", "likely cause", "what to do"),
        ((f"`{name}`", *astuple(code)) for name, code in CODES.items()),
    )


def _rows(head: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _plain(kind: str) -> str:
    """An Arrow type in fewer words.

    >>> _plain("list<element: string>"), _plain("date32[day]"), _plain("decimal128(18, 2)")
    ('list of string', 'date', 'decimal(18, 2)')
    """
    if kind.startswith("list"):
        return "list of string"
    return kind.replace("date32[day]", "date").replace("decimal128", "decimal").replace("double", "float64")


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> JsonObject:
    """The tables as JSON Schema (2020-12): a definition for the rows of each. A row may leave out nulls."""
    return {
        "$schema": DIALECT,
        "title": "raingan",
        "description": "Rows of the tables as JSON objects: $defs has a definition for each table.",
        "$defs": {model.table: _definition(model) for model in ALL_TABLES},
    }


def _definition(model: type[Table]) -> JsonObject:
    return {
        "description": table_description(model),
        "type": "object",
        "properties": {column.name: _property(column) for column in table_columns(model)},
        "required": [column.name for column in table_columns(model) if column.is_required],
        "additionalProperties": False,
        "x-primary-key": list(model.primary_key),
        "x-foreign-keys": [
            {"columns": list(key.columns), "table": key.table, "named": list(key.named)} for key in model.foreign_keys
        ],
    }


def _property(column: TableColumn) -> JsonObject:
    kind = _json_type(column.type)
    return {
        **kind,
        "type": kind["type"] if column.is_required else [kind["type"], "null"],
        "description": column.description,
        **({"enum": [*column.words, *([] if column.is_required else [None])]} if column.words else {}),
        **({"x-unit": column.unit} if column.unit else {}),
        **({"x-personal": True} if column.is_personal else {}),
    }


def _json_type(kind: pa.DataType) -> JsonObject:
    if pa.types.is_integer(kind):
        most = 2 ** (kind.bit_width - 1)
        return {"type": "integer", "minimum": -most, "maximum": most - 1}
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return {"type": "number"}
    if pa.types.is_date(kind):
        return {"type": "string", "format": "date"}
    if pa.types.is_list(kind):
        return {"type": "array", "items": {"type": "object" if pa.types.is_struct(kind.value_type) else "string"}}
    return {"type": "string"}


CODE_TABLE = "finding_codes"
_CODE_COLUMNS = {
    "code": "Its name in findings and report_groups.",
    "severity": "`error`, `warning` or `info`.",
    "meaning": "What looks wrong.",
    "cause": "What likely caused it.",
    "advice": "What to do.",
}
_TYPES = {
    pa.string(): "TEXT",
    pa.int8(): "SMALLINT",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE PRECISION",
    pa.date32(): "DATE",
    pa.list_(pa.string()): "TEXT[]",
    SPANS: "JSON",
}


def sql() -> str:
    """All statements, each table after those that it refers to."""
    statements = [
        *code_statements(),
        *(statement for model in ALL_TABLES for statement in (create(model), *comments(model))),
    ]
    return "\n".join(f"{statement};" for statement in statements) + "\n"


def create(model: type[Table], *, with_keys: bool = True) -> str:
    """The statement that creates a table; keys that databases cannot enforce are comments."""
    lines = [
        f"    {column.name} {_sql_type(column)}{' NOT NULL' if column.is_required else ''}"
        for column in table_columns(model)
    ]
    if not with_keys:
        return f"CREATE TABLE {model.table} (\n{_listed(lines)}\n)"
    lines.append(f"    PRIMARY KEY ({', '.join(model.primary_key)})")
    lines += [f"    {_sql_foreign_key(key)}" for key in model.foreign_keys if _unsupported(model, key) is None]
    lines += [f"    FOREIGN KEY (code) REFERENCES {CODE_TABLE} (code)"] * ("code" in model.model_fields)
    keys = [(key, _unsupported(model, key)) for key in model.foreign_keys]
    notes = [f"    -- {_sql_foreign_key(key)}: {obstacle}" for key, obstacle in keys if obstacle]
    return "\n".join([f"CREATE TABLE {model.table} (", *notes, _listed(lines), ")"])


def comments(model: type[Table]) -> Iterator[str]:
    """The statements that describe a table and its columns."""
    text = f"{table_description(model)} Primary key: {', '.join(model.primary_key)}."
    yield f"COMMENT ON TABLE {model.table} IS {quoted(text)}"
    for column in table_columns(model):
        yield f"COMMENT ON COLUMN {model.table}.{column.name} IS {quoted(column.full_description)}"


def code_statements() -> Iterator[str]:
    """The statements that create and fill the table of codes."""
    lines = [f"    {column} TEXT NOT NULL{' PRIMARY KEY' * (column == 'code')}" for column in _CODE_COLUMNS]
    yield f"CREATE TABLE {CODE_TABLE} (\n{_listed(lines)}\n)"
    yield f"COMMENT ON TABLE {CODE_TABLE} IS {quoted('What a finding of each code means, and what to do.')}"
    for column, text in _CODE_COLUMNS.items():
        yield f"COMMENT ON COLUMN {CODE_TABLE}.{column} IS {quoted(text)}"
    rows = [f"    ({', '.join(map(quoted, (name, *astuple(code))))})" for name, code in CODES.items()]
    yield f"INSERT INTO {CODE_TABLE} VALUES\n{_listed(rows)}"


def quoted(text: str) -> str:
    """A text as SQL.

    >>> quoted("the form's own title")
    "'the form''s own title'"
    """
    return "'" + text.replace("'", "''") + "'"


def _listed(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _unsupported(model: type[Table], key: ForeignKey) -> str | None:
    """Why a database cannot enforce a key, though the rows fulfil it."""
    if key == OF_DOCUMENT:
        return "files with the same bytes have one id"
    return "DuckDB does not see rows that go in together" if key.table == model.table else None


def _sql_foreign_key(key: ForeignKey) -> str:
    return f"FOREIGN KEY ({', '.join(key.columns)}) REFERENCES {key.table} ({', '.join(key.named)})"


def _sql_type(column: TableColumn) -> str:
    if pa.types.is_decimal(column.type):
        return f"DECIMAL({column.type.precision}, {column.type.scale})"
    return _TYPES[column.type]
