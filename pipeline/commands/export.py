"""`raingan export`: copies of the tables for other programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.terminal import FAILED, STOPPED, WRONG_USE, TablesFolder, fail


def export(
    out: TablesFolder,
    to: Annotated[Path, typer.Option("--to", metavar="DIR|FILE", help="New folder for CSV files, else a new file.")],
    as_format: Annotated[
        Literal["csv", "xlsx", "duckdb"],
        typer.Option("--format", help="csv: a file per table; xlsx: a sheet per table; duckdb: with views."),
    ] = "csv",
    without_persons: Annotated[
        bool, typer.Option("--without-persons", help="For publication: mask names and telephone numbers (see above).")
    ] = False,
) -> None:
    """Copy the tables to CSV, Excel or DuckDB.

    CSV is UTF-8 that Excel reads as Thai; a text that Excel would take for a formula (it starts with = + - @, a tab or
    a line end) gets a ' in front, numbers stay numbers. Excel has the data dictionary on its first sheet; what does
    not fit (rows beyond 1,048,575, texts beyond 32,767 characters) is reported there and here, and the exit code is 1.
    DuckDB has views (project_entries, newest_entries, project_money, named_findings, lone_values, counted_documents)
    and a comment on every table and column. xlsx and duckdb need pip install 'raingan[export]'.

    --without-persons empties the columns that raingan schema calls personal, and replaces their values by ███ in every
    other text of the same document: with or without title, in Thai or Arabic digits, with other spaces, with letters
    that OCR confuses. It also masks all that looks like a telephone number, and names that are signed or stand in
    brackets with a title. It cannot know a name that no column holds, a first name or surname alone, or a name that
    OCR broke up, and it keeps positions and offices: read the result before you publish it. Dates, amounts and keys
    stay. Evidence no longer quotes the source where it is masked. A number of three to five digits stays where it may
    be a year or a quantity.
    """
    from pipeline.errors import ExportError
    from pipeline.tools.export import export as export_tables

    try:
        warnings = export_tables(out, to, as_format=as_format, with_persons=not without_persons)
    except ExportError as error:
        fail(str(error), WRONG_USE)
    except OSError as error:
        fail(f"cannot go on: {error.strerror or error}: {error.filename or to}; check the disk", STOPPED)
    for warning in warnings:
        typer.echo(f"raingan: {warning}", err=True)
    if warnings:
        raise typer.Exit(FAILED)
