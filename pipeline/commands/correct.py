"""`raingan correct`: corrections of single values, kept for later runs."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import FAILED, WRONG_USE, MovedTo, TablesFolder, fail

if TYPE_CHECKING:
    from pipeline.tools.output_tables import RunTables


def correct(
    out: TablesFolder,
    table: Annotated[str | None, typer.Argument(help="A table under OUT.")] = None,
    row_key: Annotated[str | None, typer.Argument(help="The row_key of a row; of documents the document_id.")] = None,
    column: Annotated[str | None, typer.Argument(help="The column.")] = None,
    value: Annotated[
        str | None, typer.Argument(help="The correct value, as printed or as the table holds it; '' for null.")
    ] = None,
    why: Annotated[str, typer.Option(help="The reason: what the scan shows, or who was asked.")] = "",
    by: Annotated[str | None, typer.Option(help="Who corrects. Default: the user name.")] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="A CSV file with columns table,row_key,column,value,why[,by].")
    ] = None,
    is_removed: Annotated[bool, typer.Option("--remove", help="Remove the correction of the value.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write corrected documents as samples with golden files.")
    ] = None,
    source: MovedTo = None,
) -> None:
    """Correct a value; later runs apply the correction.

    Usage: correct OUT TABLE ROW_KEY COLUMN VALUE --why TEXT, or many at once with --from FILE.

    Corrections are kept in OUT/corrections.csv, one per line, and change no table until the next raingan run into OUT
    applies them. Evidence then has the method corrected, and keeps the printed value as an alternative. A correction
    that no longer fits the text is reported as a finding and in the summary of the run.
    """
    from pipeline.errors import CorrectionError, OutputError
    from pipeline.tools.output_tables import RunTables

    try:
        if export is not None:
            _export(out, export, source)
        elif is_removed and table and row_key and column:
            _remove(out, (table, row_key, column))
        elif file is not None or value is not None:
            _enter(RunTables(out), file or (table, row_key, column, value, why), by)
        else:
            fail("give TABLE ROW_KEY COLUMN VALUE and --why, or --from FILE, or --export DIR", WRONG_USE)
    except (OutputError, CorrectionError) as error:
        fail(str(error), WRONG_USE)


def _remove(out: Path, cell: tuple[str, str, str]) -> None:
    from pipeline.tools.correct import remove

    remove(out, cell)
    typer.echo(f"removed; run raingan into {out} again to apply this")


def _enter(run: "RunTables", given: "Path | tuple[str | None, ...]", by: str | None) -> None:
    from pipeline.tools.correct import NewCorrection, enter, read_new_corrections

    name = by or getpass.getuser()
    if isinstance(given, Path):
        new = list(read_new_corrections(given, by=name))
    else:
        new = [NewCorrection(*(value or "" for value in (*given, name)))]
    entered = enter(run, new)
    for one in entered:
        typer.echo(f"{one.named}: {one.read_value or None!r} becomes {one.value or None!r}")
    typer.echo(f"{len(entered)} in {run.out / 'corrections.csv'}; the next raingan run into {run.out} applies them")


def _export(out: Path, folder: Path, moved: Path | None) -> None:
    from pipeline.tools.correct import export_samples
    from pipeline.tools.output_tables import RunTables
    from pipeline.tools.source_files import SourceFiles

    exported = list(export_samples(SourceFiles(RunTables(out), moved), folder))
    for one in exported:
        typer.echo(f"{one.source}: {one.sample or one.reason}")
    if not exported:
        typer.echo("there are no corrections")
    if not all(one.sample for one in exported):
        raise typer.Exit(FAILED)
