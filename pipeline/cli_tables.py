"""The commands for who uses the tables: what they mean, and copies of them for other programs."""

import json
from enum import StrEnum
from typing import Annotated

import typer


class DictionaryFormat(StrEnum):
    """How the data dictionary is printed."""

    MARKDOWN = "markdown"
    JSON = "json"
    SQL = "sql"


def schema(
    as_format: Annotated[
        DictionaryFormat,
        typer.Option("--format", help="markdown to read, json for JSON Schema, sql for CREATE TABLE with comments."),
    ] = DictionaryFormat.MARKDOWN,
) -> None:
    """Print the data dictionary: all tables and columns, types, units, keys, what is personal, codes of findings.

    JSON Schema (2020-12) has a definition for each table, of its rows as JSON objects. SQL is for DuckDB and
    PostgreSQL. OUT/datapackage.json says the same of the tables of a run.
    """
    from pipeline.dictionary.json_schema import json_schema
    from pipeline.dictionary.markdown import markdown
    from pipeline.dictionary.sql import sql

    if as_format is DictionaryFormat.JSON:
        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    else:
        typer.echo(sql() if as_format is DictionaryFormat.SQL else markdown(), nl=False)


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command()(schema)
