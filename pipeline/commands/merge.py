"""`raingan merge`: one set of tables from runs over parts of an archive."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.show_summary import end_run
from pipeline.commands.terminal import Jobs, Quiet, available_cores, errors_explained, progress_bar


def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="PART...", help="Folders that runs with --shard wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables of all parts.")],
    jobs: Jobs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the content of run.json.")] = False,
    quiet: Quiet = False,
) -> None:
    """Merge the tables of runs over parts of an archive.

    Writes the same files that one run over the whole archive writes.
    """
    jobs = available_cores() if jobs is None else jobs
    from pipeline.startup import without_array_libraries

    with without_array_libraries():
        from pipeline.archive.options import Options
        from pipeline.archive.run import merge as merge_parts

        with progress_bar(is_shown=not (quiet or as_json)) as progress, errors_explained(out):
            summary = merge_parts(parts, out, options=Options(jobs=jobs), progress=progress)
    end_run(summary, out, as_json=as_json, is_quiet=quiet)
