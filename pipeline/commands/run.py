"""`raingan run`: read documents and write their tables."""

import re
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.show_summary import end_run
from pipeline.commands.terminal import (
    WRONG_USE,
    Jobs,
    Quiet,
    available_cores,
    errors_explained,
    fail,
    open_console,
    print_json,
    print_text,
    progress_bar,
    require_inputs,
)

if TYPE_CHECKING:
    from pipeline.archive.options import Options


InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs or URLs; - reads a list of paths from standard input. Reads .txt .md .html .docx "
        ".odt, .pdf with a text layer, and archives of them: .zip .tar .gz and so on.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables. A later run brings them up to date.")]
MaxBytes = Annotated[int, typer.Option(help="Maximum size of one document, in bytes.", min=1)]
MaxUnpacked = Annotated[int, typer.Option(help="Maximum unpacked size of one archive, in bytes.", min=1)]
MaxMembers = Annotated[int, typer.Option(help="Maximum number of files in one archive.", min=1)]
MaxPages = Annotated[int, typer.Option(help="Maximum number of pages of one PDF.", min=1)]
TimeLimit = Annotated[float, typer.Option(help="Maximum time for one document, in seconds.", min=0.001)]
MemoryLimit = Annotated[int, typer.Option(help="Maximum memory for one document, in megabytes.", min=256)]
Retry = Annotated[
    Literal["failed", "none"], typer.Option(help="Read again what an earlier run quarantined, even if unchanged.")
]
Force = Annotated[bool, typer.Option("--force", help="Read all documents again, changed or not.")]
Engine = Annotated[Literal["local", "ray"], typer.Option(help="Use processes of this machine, or a Ray cluster.")]
Address = Annotated[str | None, typer.Option(help="Address of the Ray cluster. Default: start one on this machine.")]
Shard = Annotated[
    str | None, typer.Option(metavar="I/N", help="Read part I of N of the inputs; raingan merge joins the parts.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what a run would do, and why. Writes nothing.")]
SummaryAsJson = Annotated[bool, typer.Option("--json", help="Print the content of run.json instead of a summary.")]


def run(
    inputs: InputsArgument,
    out: Out,
    max_bytes: MaxBytes = 64 * 2**20,
    max_unpacked: MaxUnpacked = 16 * 2**30,
    max_members: MaxMembers = 10**5,
    max_pages: MaxPages = 2000,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60.0,
    memory_limit: MemoryLimit = 2048,
    retry: Retry = "none",
    force: Force = False,
    engine: Engine = "local",
    address: Address = None,
    shard: Shard = None,
    dry_run: DryRun = False,
    as_json: SummaryAsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read documents and write their tables under OUT.

    Each table is a folder of Parquet files: pandas.read_parquet("OUT/projects"), or in DuckDB
    select * from 'OUT/projects/*.parquet'. OUT/run.json says what the run did. A document that cannot be read, or is
    over a limit, becomes a row of OUT/documents with the reason, and the exit code is 1. A later run into the same
    folder reads only what is new or has changed, and finishes a run that was interrupted. Meanwhile the tables stay
    those of the last complete run.
    """
    if address is not None and engine != "ray":
        fail("--address is the address of a Ray cluster; add --engine ray", WRONG_USE)
    from pipeline.archive.options import Options

    options = Options(
        size_limit=max_bytes,
        unpacked_limit=max_unpacked,
        member_limit=max_members,
        page_limit=max_pages,
        time_limit=time_limit,
        memory_limit=memory_limit * 10**6,
        jobs=available_cores() if jobs is None else jobs,
        engine=engine,
        address=address,
        retry=retry == "failed",
        force=force,
        share=_share(shard),
    )
    if dry_run:
        _preview(inputs, out, options, as_json=as_json)
    else:
        _run(inputs, out, options, as_json=as_json, is_quiet=quiet)


def _run(inputs: list[str], out: Path, options: "Options", *, as_json: bool, is_quiet: bool) -> None:
    from pipeline.startup import without_array_libraries

    with nullcontext() if options.engine == "ray" else without_array_libraries():
        from pipeline.archive.run import run as run_pipeline

        require_inputs(inputs)
        with progress_bar(is_shown=not (is_quiet or as_json)) as progress, errors_explained(out):
            summary = run_pipeline(inputs, out, options=options, progress=progress)
    end_run(summary, out, as_json=as_json, is_quiet=is_quiet)


def _share(shard: str | None) -> tuple[int, int] | None:
    """The part of the inputs that `--shard` names."""
    if shard is None:
        return None
    match = re.fullmatch("([0-9]{1,9})/([0-9]{1,9})", shard)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        fail(f"--shard {shard}: write the number of the part and how many there are, such as 1/4 to 4/4", WRONG_USE)
    return int(match[1]), int(match[2])


def _preview(inputs: list[str], out: Path, options: "Options", *, as_json: bool) -> None:
    """Print how many files there are for each reason, and the first of them."""
    from pipeline.startup import without_array_libraries

    with without_array_libraries():
        from pipeline.archive.list_documents import preview
    require_inputs(inputs)
    with errors_explained(out):
        reasons = preview(inputs, out, options=options)
    if as_json:
        print_json(reasons)
        return
    console = open_console()
    for reason, names in sorted(reasons.items()):
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        print_text(console, f"{len(names):>9,}  {reason}: {names[0]}{more}")
    if not reasons:
        print_text(console, "no files")
