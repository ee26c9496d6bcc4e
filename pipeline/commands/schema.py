"""`raingan schema`: the data dictionary."""

from typing import Annotated, Literal

import typer

from pipeline.commands.terminal import print_json


def schema(
    as_format: Annotated[
        Literal["markdown", "json", "sql"],
        typer.Option("--format", help="markdown to read, json for JSON Schema, sql for CREATE TABLE with comments."),
    ] = "markdown",
) -> None:
    """Print the data dictionary of all tables.

    All columns with type, unit and meaning, the keys, what is personal, and the codes of findings. JSON Schema
    (2020-12) has one definition per table, of its rows as JSON objects. SQL is for DuckDB and PostgreSQL.
    OUT/datapackage.json describes the tables of a run in the same way.
    """
    from pipeline.tools.schema import json_schema, markdown, sql

    if as_format == "json":
        print_json(json_schema())
    else:
        typer.echo(sql() if as_format == "sql" else markdown(), nl=False)
