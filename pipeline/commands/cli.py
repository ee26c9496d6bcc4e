"""The command line. Each command imports what it needs when it runs; those that compare have a module of their own."""

import json
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from pipeline.commands import look_back, run_options, tables
from pipeline.commands.compare import check, diff, golden
from pipeline.commands.exits import DONE, FAILED, STOPPED, WRONG_USE, fail
from pipeline.commands.look_back import cores
from pipeline.commands.run_options import EngineName, Retry

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.archive.options import Options
    from pipeline.archive.run_summary import Summary

app = typer.Typer(
    name="raingan",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Done = TypeVar("Done")


@app.callback()
def raingan() -> None:
    """Turn OCR'd Thai government reports into Parquet tables that an analyst can trust.

    Exit codes: 0 done, 1 done with quarantined documents or failed checks, 2 wrong use, 3 could not go on.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Thai letters must not stop a run


@app.command()
def run(
    inputs: run_options.Inputs,
    out: run_options.Out,
    max_bytes: run_options.MaxBytes = 64 * 2**20,
    max_unpacked: run_options.MaxUnpacked = 16 * 2**30,
    max_members: run_options.MaxMembers = 10**5,
    max_pages: run_options.MaxPages = 2000,
    jobs: run_options.Jobs = None,
    time_limit: run_options.TimeLimit = 60.0,
    memory_limit: run_options.MemoryLimit = 2048,
    retry: run_options.Retried = Retry.NONE,
    force: run_options.Force = False,
    engine: run_options.Engine = EngineName.LOCAL,
    address: run_options.Address = None,
    shard: run_options.Shard = None,
    dry_run: run_options.DryRun = False,
    as_json: run_options.AsJson = False,
    quiet: run_options.Quiet = False,
) -> None:
    """Read documents and write every table under OUT, with run.json beside them.

    Each table is a folder of Parquet files: pandas.read_parquet("OUT/projects"), or in DuckDB
    select * from 'OUT/projects/*.parquet'. A file that cannot be read becomes a row of OUT/documents with the reason,
    and the exit code is 1. A later run into the same folder parses only what is new or has changed; readers see the
    tables of one complete run at any moment, and a run that was cut off is finished by the next one.
    """
    jobs = cores() if jobs is None else jobs
    from pipeline.startup import load_arrow, without_collector

    _warm_up(0 if dry_run or engine is EngineName.RAY else jobs)
    with without_collector():
        if engine is EngineName.LOCAL:
            load_arrow()
        from pipeline.archive.options import Options
        from pipeline.archive.run import run as run_pipeline
        from pipeline.commands.terminal import progress_bar
        from pipeline.sources.find import missing

    if lost := missing(inputs):
        fail(f"no such file or folder: {', '.join(lost)}", WRONG_USE)
    if address is not None and engine is not EngineName.RAY:
        fail("--address is that of a Ray cluster; add --engine ray", WRONG_USE)
    options = Options(
        size_limit=max_bytes,
        unpacked_limit=max_unpacked,
        member_limit=max_members,
        page_limit=max_pages,
        time_limit=time_limit,
        memory_limit=memory_limit * 10**6,
        jobs=jobs,
        engine=engine.value,
        address=address,
        retry=retry is Retry.FAILED,
        force=force,
        share=_share(shard),
    )
    if dry_run:
        _show_preview(inputs, out, options, as_json=as_json)
        return
    with progress_bar(is_shown=not (quiet or as_json)) as progress:
        summary = _going_on(out, lambda: run_pipeline(inputs, out, options=options, progress=progress))
    _end(summary, out, as_json=as_json, is_quiet=quiet)


@app.command()
def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="PART...", help="Folders that runs with --shard wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables of all parts.")],
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processes. Default: the cores.", min=0)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the content of run.json.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Join the tables of runs over parts of an archive: the same files that one run over all of it writes."""
    jobs = cores() if jobs is None else jobs
    from pipeline.startup import load_arrow, without_collector

    _warm_up(jobs)
    with without_collector():
        load_arrow()
        from pipeline.archive.options import Options
        from pipeline.archive.run import merge as merge_parts
        from pipeline.commands.terminal import progress_bar

    with progress_bar(is_shown=not (quiet or as_json)) as progress:
        summary = _going_on(out, lambda: merge_parts(parts, out, options=Options(jobs=jobs), progress=progress))
    _end(summary, out, as_json=as_json, is_quiet=quiet)


def _end(summary: "Summary", out: Path, *, as_json: bool, is_quiet: bool) -> NoReturn:
    from pipeline.commands.terminal import show_summary

    if as_json:
        typer.echo((out / "run.json").read_text(encoding="utf-8"), nl=False)
    elif not is_quiet:
        show_summary(summary, out)
    raise typer.Exit(FAILED if summary.quarantined else DONE)


def _show_preview(inputs: list[str], out: Path, options: "Options", *, as_json: bool) -> None:
    from pipeline.archive.list_documents import preview
    from pipeline.commands.terminal import show_preview

    reasons = _going_on(out, lambda: preview(inputs, out, options=options))
    if as_json:
        typer.echo(json.dumps(reasons, ensure_ascii=False, indent=1))
    else:
        show_preview(reasons)


def _warm_up(jobs: int) -> None:
    """Let the processes load what they need while this one does."""
    if jobs:
        from pipeline.archive.engines import warm_up

        warm_up()


def _share(said: str | None) -> tuple[int, int] | None:
    """The part of the inputs that `--shard` names."""
    if said is None:
        return None
    found = re.fullmatch("([0-9]{1,9})/([0-9]{1,9})", said)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        fail(f"--shard {said}: write the part and how many there are, such as 1/4 to 4/4", WRONG_USE)
    return int(found[1]), int(found[2])


def _going_on(out: Path, work: "Callable[[], Done]") -> "Done":
    """What the work comes to; what stops it is said in one line."""
    from pipeline.errors import CorrectionError, DeclarationError, LockedError, MergeError, ShareError, WorkerError
    from pipeline.sources.storage import is_remote

    try:
        return work()
    except OSError as error:
        where = str(error.filename or out)
        checks = "the URL, its store and the network" if is_remote(where) else "the disk and the permissions"
        fail(f"cannot go on: {error.strerror or error}: {where}; check {checks}", STOPPED)
    except DeclarationError as error:
        fail(f"a form is declared wrongly: {error}", STOPPED)
    except (CorrectionError, MergeError, ShareError) as error:
        fail(str(error), WRONG_USE)
    except (LockedError, WorkerError) as error:
        fail(f"cannot go on: {error}", STOPPED)


for command in (check, golden, diff):
    app.command()(command)


@app.command()
def findings(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the codes of findings: what each means, its likely cause, what to do."""
    from schemas.findings import CODES

    if as_json:
        listed = {
            name: {"severity": code.severity, "meaning": code.meaning, "cause": code.cause, "advice": code.advice}
            for name, code in CODES.items()
        }
        typer.echo(json.dumps(listed, indent=1))
        return
    for name, code in CODES.items():
        typer.echo(
            f"{name} ({code.severity})\n    {code.meaning}\n"
            f"    Likely cause: {code.cause}\n    What to do: {code.advice}"
        )


look_back.add_to(app)
tables.add_to(app)


if __name__ == "__main__":
    sys.exit(app())
