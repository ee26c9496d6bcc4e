"""`raingan schema`: the data dictionary."""

from enum import StrEnum
from typing import Annotated

import typer

from pipeline.commands.terminal import print_json


class SchemaFormat(StrEnum):
    """How the data dictionary is printed."""

    MARKDOWN = "markdown"
    JSON = "json"
    SQL = "sql"


def schema(
    as_format: Annotated[
        SchemaFormat,
        typer.Option("--format", help="markdown to read, json for JSON Schema, sql for CREATE TABLE with comments."),
    ] = SchemaFormat.MARKDOWN,
) -> None:
    """Print the data dictionary of all tables.

    All columns with type, unit and meaning, the keys, what is personal, and the codes of findings. JSON Schema
    (2020-12) has one definition per table, of its rows as JSON objects. SQL is for DuckDB and PostgreSQL.
    OUT/datapackage.json describes the tables of a run in the same way.
    """
    from pipeline.tools.schema import json_schema, markdown, sql

    if as_format is SchemaFormat.JSON:
        print_json(json_schema())
    else:
        typer.echo(sql() if as_format is SchemaFormat.SQL else markdown(), nl=False)
