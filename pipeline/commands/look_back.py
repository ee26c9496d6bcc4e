"""The commands that look back from the tables to the pages."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.exits import FAILED, STOPPED, WRONG_USE, fail

if TYPE_CHECKING:
    from pipeline.tools.output_tables import State


def explain(
    place: Annotated[Path, typer.Argument(metavar="FILE|OUT", help="A document, or a folder of tables.")],
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="A table under OUT.")] = None,
    row_key: Annotated[
        str | None, typer.Argument(metavar="ROW_KEY", help="A row of it: its row_key; of documents the id.")
    ] = None,
    column: Annotated[str | None, typer.Argument(metavar="COLUMN", help="One column; else the whole row.")] = None,
    source: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the documents are now, if they moved since the run.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain a document or a cell: `explain FILE`, or `explain OUT TABLE ROW_KEY [COLUMN]`.

    Of a file: which form claims it, and why: its titles, the blocks that were found, and those that were not. A form
    claims a document by its title, or by enough of its blocks; several forms each get their own pages. A document that
    none claims is `unknown`: it gives sections by the usual headings, and what labels say.

    Of a cell: file, page, line and characters, the text there marked in its line, the fixes and the normalizer that
    led to the value, what other copies say, and the findings about it. Where the source is gone or has changed, what
    evidence holds.
    """
    if table is None:
        _explain_file(place, as_json=as_json)
    elif row_key is None:
        fail(f"which row of {table}? raingan explain {place} {table} ROW_KEY [COLUMN]; see column row_key", WRONG_USE)
    else:
        _explain_row(place, (table, row_key, column), source, as_json=as_json)


def _explain_file(file: Path, *, as_json: bool) -> None:
    from pipeline.commands.terminal import show_explanation
    from pipeline.errors import DocumentError
    from pipeline.tools.explain import explain as explain_document

    if file.is_dir():
        fail(f"{file} is a folder; for a cell of its tables: raingan explain {file} TABLE ROW_KEY [COLUMN]", WRONG_USE)
    if not file.is_file():
        fail(f"no such file: {file}", WRONG_USE)
    try:
        explanation = explain_document(file)
    except DocumentError as error:
        fail(str(error), FAILED)
    if as_json:
        typer.echo(json.dumps(explanation.plain(), ensure_ascii=False, indent=1))
    else:
        show_explanation(explanation)


def _explain_row(out: Path, cell: tuple[str, str, str | None], moved: Path | None, *, as_json: bool) -> None:
    from pipeline.commands.terminal_cell import lines_of
    from pipeline.errors import NoRowError, OutputError
    from pipeline.tools.explain import explain_row
    from pipeline.tools.output_tables import State
    from pipeline.tools.source_files import Sources

    try:
        row = explain_row(Sources(State(out), moved), *cell)
    except (OutputError, NoRowError) as error:
        fail(str(error), WRONG_USE)
    if as_json:
        typer.echo(json.dumps(row.plain(), ensure_ascii=False, indent=1, default=str))
    else:
        typer.echo("\n".join(lines_of(row)))


def correct(
    out: Annotated[Path, typer.Argument(help="A folder of tables.")],
    table: Annotated[str | None, typer.Argument(help="A table under OUT.")] = None,
    row_key: Annotated[str | None, typer.Argument(help="A row of it: its row_key; of documents the id.")] = None,
    column: Annotated[str | None, typer.Argument(help="The column.")] = None,
    value: Annotated[
        str | None, typer.Argument(help="What it should be, as printed or as the table holds it; '' for null.")
    ] = None,
    why: Annotated[str, typer.Option(help="What the scan shows, or who said so.")] = "",
    by: Annotated[str | None, typer.Option(help="Who corrects. Default: the user's name.")] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="A CSV file: table,row_key,column,value,why and perhaps by.")
    ] = None,
    is_removed: Annotated[bool, typer.Option("--remove", help="Withdraw the correction of the cell.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write corrected documents as samples with golden files.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option(metavar="DIR", help="For --export: where the documents are now.")
    ] = None,
) -> None:
    """Correct a cell: `correct OUT TABLE ROW_KEY COLUMN VALUE --why TEXT`, or many with --from FILE.

    Corrections stand in OUT/corrections.csv, a line a cell, and change no table by themselves. Every later `raingan
    run` into OUT applies them: evidence then says `corrected` and keeps the printed value as an alternative. One that
    no longer fits what is read is told by a finding and in the summary.
    """
    from pipeline.errors import CorrectionError, OutputError
    from pipeline.tools.output_tables import State

    try:
        if export is not None:
            _export(out, export, source)
        elif is_removed and table and row_key and column:
            _withdraw(out, (table, row_key, column))
        elif file is not None or value is not None:
            _enter(State(out), file or (table, row_key, column, value, why), by)
        else:
            fail("name TABLE ROW_KEY COLUMN VALUE and --why, or --from FILE, or --export DIR", WRONG_USE)
    except (OutputError, CorrectionError) as error:
        fail(str(error), WRONG_USE)


def _withdraw(out: Path, cell: tuple[str, str, str]) -> None:
    from pipeline.tools.correct import remove

    remove(out, cell)
    typer.echo(f"withdrawn; run raingan into {out} again")


def _enter(state: "State", said: "Path | tuple[str | None, ...]", by: str | None) -> None:
    import getpass

    from pipeline.tools.correct import Entry, enter, entries_in

    name = by or getpass.getuser()
    entries = entries_in(said, by=name) if isinstance(said, Path) else [Entry(*(one or "" for one in (*said, name)))]
    entered = enter(state, entries)
    for one in entered:
        typer.echo(f"{one.named}: {one.printed or None!r} becomes {one.value or None!r}")
    typer.echo(f"{len(entered)} in {state.out / 'corrections.csv'}; the next raingan run into {state.out} applies them")


def _export(out: Path, folder: Path, moved: Path | None) -> None:
    from pipeline.tools.correct import export_samples
    from pipeline.tools.output_tables import State
    from pipeline.tools.source_files import Sources

    exported = list(export_samples(Sources(State(out), moved), folder))
    for one in exported:
        typer.echo(f"{one.source}: {one.sample or one.reason}")
    if not exported:
        typer.echo("nothing is corrected")
    if not all(one.sample for one in exported):
        raise typer.Exit(FAILED)


def review(
    out: Annotated[Path, typer.Argument(help="A folder of tables.")],
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the pages. Default: OUT/review.")] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the pages on this machine, and take corrections from them.")
    ] = False,
    port: Annotated[int, typer.Option(help="For --serve; 0 takes any that is free.", min=0, max=65535)] = 8323,
    source: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the documents are now, if they moved since the run.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processes. Default: the cores.", min=0)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write pages for reviewers, or serve them: every value beside the place where it stood.

    An index of all documents, a page for each with its source, values, findings, copies that differ and a picture of
    progress and money, and an overview of the run; in English and Thai. The pages are plain files that ask no other
    host for anything. With --serve they are there for browsers of this machine alone, and values can be corrected.
    """
    from pipeline.errors import CorrectionError, OutputError

    try:
        if serve:
            _serve(out, port, source)
        else:
            _write_site(out, to, source, jobs=jobs, is_quiet=quiet)
    except (OutputError, CorrectionError) as error:
        fail(str(error), WRONG_USE)
    except OSError as error:
        fail(f"cannot go on: {error.strerror or error}: {error.filename or f'port {port}'}", STOPPED)


def _write_site(out: Path, to: Path | None, moved: Path | None, *, jobs: int | None, is_quiet: bool) -> None:
    from pipeline.archive.engines import engine_of
    from pipeline.archive.options import Options
    from pipeline.commands.terminal import progress_bar
    from pipeline.sources.folders import REVIEW
    from pipeline.tools.review.site import Site, write_site

    folder = to or out / REVIEW
    options = Options(jobs=cores() if jobs is None else jobs)
    with engine_of(options) as engine, progress_bar(is_shown=not is_quiet) as tell:
        count = write_site(Site(out.absolute(), moved), folder, engine, tell or (lambda _: None))
    if not is_quiet:
        typer.echo(f"{count:,} documents; open {folder / 'index.html'}")


def _serve(out: Path, port: int, moved: Path | None) -> None:
    import getpass

    from pipeline.tools.output_tables import State
    from pipeline.tools.review.serve import Server

    State(out)
    with Server(out.absolute(), moved=moved, port=port, by=getpass.getuser()) as server:
        typer.echo(f"{server.url} (end with Ctrl-C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def add_to(app: typer.Typer) -> None:
    """Put the commands beside the others."""
    app.command()(explain)
    app.command()(correct)
    app.command()(review)
