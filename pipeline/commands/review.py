"""`raingan review`: pages that show every value beside its source."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import (
    STOPPED,
    WRONG_USE,
    Jobs,
    MovedTo,
    Quiet,
    TablesFolder,
    available_cores,
    fail,
    progress_bar,
)


def review(
    out: TablesFolder,
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the pages. Default: OUT/review.")] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the pages on this machine; accept corrections.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port for --serve; 0 for any free port.", min=0, max=65535)] = 8323,
    source: MovedTo = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Write web pages for reviewers, or serve them.

    An index of all documents; a page for each with its source, values, findings, differences between copies, and a
    chart of progress and money; an overview of the run; in English and Thai. The pages are plain files that load
    nothing from other hosts. With --serve only browsers on this machine see them, and values can be corrected there.
    """
    from pipeline.errors import CorrectionError, OutputError

    try:
        if serve:
            _serve(out, port, source)
        else:
            _write_pages(out, to, source, jobs=jobs, is_quiet=quiet)
    except (OutputError, CorrectionError) as error:
        fail(str(error), WRONG_USE)
    except OSError as error:
        fail(f"cannot go on: {error.strerror or error}: {error.filename or f'port {port}'}", STOPPED)


def _write_pages(out: Path, to: Path | None, moved: Path | None, *, jobs: int | None, is_quiet: bool) -> None:
    from pipeline.archive.engines import engine_of
    from pipeline.archive.options import Options
    from pipeline.sources.folders import REVIEW
    from pipeline.tools.review.site import Site, write_site

    folder = to or out / REVIEW
    options = Options(jobs=available_cores() if jobs is None else jobs)
    with engine_of(options) as engine, progress_bar(is_shown=not is_quiet) as tell:
        count = write_site(Site(out.absolute(), moved), folder, engine, tell or (lambda _: None))
    if not is_quiet:
        typer.echo(f"{count:,} documents; open {folder / 'index.html'}")


def _serve(out: Path, port: int, moved: Path | None) -> None:
    from pipeline.tools.output_tables import RunTables
    from pipeline.tools.review.serve import ReviewServer

    RunTables(out)
    with ReviewServer(out.absolute(), moved=moved, port=port, by=getpass.getuser()) as server:
        typer.echo(f"{server.url} (Ctrl-C stops the server)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("")
