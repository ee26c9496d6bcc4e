"""`raingan diff`: what changed between two runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import (
    DONE,
    FAILED,
    STOPPED,
    WRONG_USE,
    AsJson,
    comparison_table,
    fail,
    open_console,
    print_json,
    print_text,
    progress_bar,
    require_inputs,
)

if TYPE_CHECKING:
    from pipeline.tools.diff import RunDiff

MOST_NAMED = 10
"""Documents in one run only that are printed by name; JSON names a thousand."""


def diff(
    before: Annotated[Path, typer.Argument(metavar="OUT1", help="Folder of the earlier run.")],
    now: Annotated[Path, typer.Argument(metavar="OUT2", help="Folder of the later run over the same inputs.")],
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", help="The inputs of both runs; examples then have line numbers."),
    ] = None,
    examples: Annotated[
        int, typer.Option(help="Examples to show of each table, column and kind of difference.", min=0)
    ] = 3,
    as_json: AsJson = False,
) -> None:
    """Compare two runs of the same archive, cell by cell.

    Shows what another version of the parsers changed, by table and column. Documents are matched by their bytes. Reads
    the tables shard by shard, so memory does not grow with the archive. Exit codes: 0 no differences, 1 differences,
    2 wrong use, 3 could not go on.
    """
    from pyarrow import ArrowException

    from pipeline.errors import OutputError
    from pipeline.tools.diff import diff as diff_runs

    require_inputs(inputs or [])
    try:
        with progress_bar(is_shown=not as_json) as progress:
            differences = diff_runs(before, now, examples=examples, inputs=inputs or (), progress=progress)
    except OutputError as error:
        fail(str(error), WRONG_USE)
    except (OSError, ArrowException) as error:
        fail(f"cannot go on: {error}; run again into a new folder", STOPPED)
    if as_json:
        print_json(differences.plain())
    else:
        _show(differences)
    raise typer.Exit(DONE if differences.is_empty else FAILED)


def _show(diff: "RunDiff") -> None:
    """Print examples, then the counts by table and column, then documents in one run only."""
    from pipeline.tools.differences import BETWEEN_RUNS

    console = open_console()
    for example in diff.examples:
        print_text(console, example.text())
    if diff.total.rows:
        console.print(comparison_table(diff.total, BETWEEN_RUNS))
    for run, documents in (("earlier", diff.only_before), ("later", diff.only_now)):
        if documents.count:
            named = ", ".join([*documents.names[:MOST_NAMED], *["..."] * (documents.count > MOST_NAMED)])
            print_text(console, f"{documents.count:,} documents only in the {run} run: {named}")
    print_text(console, f"{diff.differing:,} of {diff.documents:,} documents in both runs differ")
