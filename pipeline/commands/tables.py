"""The commands for who uses the tables: what they mean, and copies of them for other programs."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.exits import FAILED, STOPPED, WRONG_USE, fail


class Format(StrEnum):
    """What the tables become."""

    CSV = "csv"
    XLSX = "xlsx"
    DUCKDB = "duckdb"


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
    from pipeline.tools.schema import json_schema, markdown, sql

    if as_format is DictionaryFormat.JSON:
        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    else:
        typer.echo(sql() if as_format is DictionaryFormat.SQL else markdown(), nl=False)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of tables, as raingan run -o wrote it.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR|FILE", help="A new folder for CSV, else a new file.")],
    as_format: Annotated[
        Format, typer.Option("--format", help="csv: a file a table; xlsx: a sheet a table; duckdb: with views.")
    ] = Format.CSV,
    without_persons: Annotated[
        bool, typer.Option("--without-persons", help="For publication: mask names and telephone numbers, see above.")
    ] = False,
) -> None:
    """Copy the tables of a run to CSV files, an Excel file or a DuckDB file.

    CSV is UTF-8 that Excel reads as Thai; a text that begins as a formula does (= + - @, a tab, a line end) gets a '
    in front, numbers stay numbers. Excel has the data dictionary on its first sheet; what it has no room for (rows
    beyond 1,048,575, texts beyond 32,767 letters) is told there and here, and the exit code is 1. DuckDB has views
    (project_entries, newest_entries, project_money, named_findings, lone_values, counted_documents) and a comment on
    every table and column. xlsx and duckdb need pip install 'raingan[export]'.

    --without-persons empties the columns that raingan schema calls personal, and puts ███ for what they say into every
    text of the same document that quotes it: with or without title, in either script, with other blanks, with letters
    that OCR mistakes; also for all figures in the shape of a telephone number, and for names that are signed or stand
    in brackets with their title. It cannot know a name that no column holds, a first name or a surname alone, or a name
    that OCR tore to pieces, and it leaves positions, and offices outside those columns: read before you publish. Dates,
    amounts and keys stay; evidence no longer quotes the source where it is masked. A number of three to five digits
    stays where it may be a year or a quantity.
    """
    from pipeline.errors import ExportError
    from pipeline.tools.export import export as export_tables

    try:
        told = export_tables(out, to, as_format=as_format, with_persons=not without_persons)
    except ExportError as error:
        fail(str(error), WRONG_USE)
    except OSError as error:
        fail(f"cannot go on: {error.strerror or error}: {error.filename or to}; check the disk", STOPPED)
    for said in told:
        typer.echo(f"raingan: {said}", err=True)
    if told:
        raise typer.Exit(FAILED)


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    for command in (schema, export):
        app.command()(command)
