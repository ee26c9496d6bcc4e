"""The tables as SQL that DuckDB and PostgreSQL read: columns, keys, comments, and the published codes of findings."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES, Column, columns, description
from schemas.base import OF_DOCUMENT, ForeignKey, Table
from schemas.findings import CODES

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
}


def sql() -> str:
    """All statements, in an order in which each table comes after those that it names."""
    statements = [*code_statements(), *(said for model in ALL_TABLES for said in (create(model), *comments(model)))]
    return "\n".join(f"{statement};" for statement in statements) + "\n"


def create(model: type[Table], *, with_keys: bool = True) -> str:
    """The statement that makes a table; keys that databases cannot hold are told in comments."""
    lines = [
        f"    {column.name} {_type(column)}{' NOT NULL' if column.is_required else ''}" for column in columns(model)
    ]
    if not with_keys:
        return f"CREATE TABLE {model.table} (\n{_listed(lines)}\n)"
    lines.append(f"    PRIMARY KEY ({', '.join(model.primary_key)})")
    lines += [f"    {_foreign_key(key)}" for key in model.foreign_keys if _hindrance(model, key) is None]
    lines += [f"    FOREIGN KEY (code) REFERENCES {CODE_TABLE} (code)"] * ("code" in model.model_fields)
    told = [(key, _hindrance(model, key)) for key in model.foreign_keys]
    said = [f"    -- {_foreign_key(key)}: {hindrance}" for key, hindrance in told if hindrance]
    return "\n".join([f"CREATE TABLE {model.table} (", *said, _listed(lines), ")"])


def comments(model: type[Table]) -> Iterator[str]:
    """The statements that describe a table and its columns."""
    said = f"{description(model)} Primary key: {', '.join(model.primary_key)}."
    yield f"COMMENT ON TABLE {model.table} IS {quoted(said)}"
    for column in columns(model):
        yield f"COMMENT ON COLUMN {model.table}.{column.name} IS {quoted(column.said)}"


def code_statements() -> Iterator[str]:
    """The statements that make and fill the table of codes."""
    lines = [f"    {column} TEXT NOT NULL{' PRIMARY KEY' * (column == 'code')}" for column in _CODE_COLUMNS]
    yield f"CREATE TABLE {CODE_TABLE} (\n{_listed(lines)}\n)"
    yield f"COMMENT ON TABLE {CODE_TABLE} IS {quoted('What a finding of each code means, and what to do.')}"
    for column, said in _CODE_COLUMNS.items():
        yield f"COMMENT ON COLUMN {CODE_TABLE}.{column} IS {quoted(said)}"
    rows = [
        f"    ({', '.join(map(quoted, (name, code.severity, code.meaning, code.cause, code.advice)))})"
        for name, code in CODES.items()
    ]
    yield f"INSERT INTO {CODE_TABLE} VALUES\n{_listed(rows)}"


def quoted(text: str) -> str:
    """A text as SQL.

    >>> quoted("the form's own title")
    "'the form''s own title'"
    """
    return "'" + text.replace("'", "''") + "'"


def _listed(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _hindrance(model: type[Table], key: ForeignKey) -> str | None:
    """Why a database cannot hold a key, though the rows do."""
    if key == OF_DOCUMENT:
        return "files with the same bytes have one id"
    return "DuckDB does not see rows that go in together" if key.table == model.table else None


def _foreign_key(key: ForeignKey) -> str:
    return f"FOREIGN KEY ({', '.join(key.columns)}) REFERENCES {key.table} ({', '.join(key.named)})"


def _type(column: Column) -> str:
    if pa.types.is_decimal(column.type):
        return f"DECIMAL({column.type.precision}, {column.type.scale})"
    return _TYPES[column.type]
