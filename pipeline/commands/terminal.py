"""What the commands share: exit codes, common options, messages, the progress bar, tables in the terminal."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.archive.options import Progress
    from pipeline.tools.compare import Comparison, Tally, VerdictWords

DONE, FAILED, WRONG_USE, STOPPED = 0, 1, 2, 3
"""Exit codes. `FAILED`: done, but documents are quarantined, a check failed, or two runs differ."""
WIDTH_OF_FILES = 160
"""Characters of a line where the output is a file or a pipe, so that no name is cut."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", help="Most worker processes; little work needs none. 0: none at all. Default: all cores.", min=0
    ),
]
MovedTo = Annotated[
    Path | None, typer.Option("--source", metavar="DIR", help="Where the documents are now, if they moved.")
]
TablesFolder = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of tables that raingan run wrote.")]


def fail(message: str, exit_code: int) -> NoReturn:
    """End the command with a message on standard error."""
    typer.echo(f"raingan: {message}", err=True)
    raise typer.Exit(exit_code)


def print_json(value: object) -> None:
    """Print JSON; dates and decimals as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def require_inputs(inputs: Sequence[str | Path]) -> None:
    """End the command where an input does not exist."""
    from pipeline.sources.find import missing_inputs

    if lost := missing_inputs(inputs):
        fail(f"no such file or folder: {', '.join(lost)}", WRONG_USE)


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def errors_explained(out: Path) -> Iterator[None]:
    """End the command with one line and its exit code where an error stops a run into `out`."""
    from pipeline.errors import CorrectionError, DeclarationError, LockedError, MergeError, ShareError, WorkerError

    try:
        yield
    except OSError as error:
        from pipeline.sources.storage import is_remote

        path = str(error.filename or out)
        advice = "the URL, its store and the network" if is_remote(path) else "the disk and the permissions"
        fail(f"cannot go on: {error.strerror or error}: {path}; check {advice}", STOPPED)
    except DeclarationError as error:
        fail(f"a form is declared wrongly: {error}", STOPPED)
    except (CorrectionError, MergeError, ShareError) as error:
        fail(str(error), WRONG_USE)
    except (LockedError, WorkerError) as error:
        fail(f"cannot go on: {error}", STOPPED)


@contextmanager
def progress_bar(*, is_shown: bool) -> "Iterator[Callable[[Progress], None] | None]":
    """A progress bar on standard error if that is a terminal; yields the function that moves it, or None."""
    if not is_shown:
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich import progress as rich_progress

    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TextColumn("{task.fields[details]}"),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    with rich_progress.Progress(*columns, console=console) as bars:
        stages: dict[str, rich_progress.TaskID] = {}

        def move(progress: "Progress") -> None:
            if progress.stage not in stages:
                stages[progress.stage] = bars.add_task(progress.stage, total=progress.total, details="")
            task = stages[progress.stage]
            details = _details(progress, bars.tasks[task].elapsed or 0)
            bars.update(task, completed=progress.done, total=progress.total, details=details)

        yield move


def _details(progress: "Progress", elapsed: float) -> str:
    """Megabytes per second, and the number of quarantined documents, where the stage counts them."""
    rate = f"{progress.bytes_done / 1e6 / elapsed:.1f} MB/s" if progress.bytes_done and elapsed else ""
    return f"{rate}, {progress.quarantined} quarantined" if progress.quarantined else rate


def open_console() -> "Console":
    """The terminal; a file or a pipe gets longer lines."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console


def print_text(console: "Console", text: str) -> None:
    """Print a text unchanged: no markup, no colours, no line breaks of ours."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def count_table(title: str, counts: Mapping[str, int]) -> "Table":
    """Counts by name, the largest first."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column("name")
    table.add_column("count", justify="right")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(name, f"{count:,}")
    return table


def comparison_table(total: "Comparison", words: "VerdictWords") -> "Table":
    """Counts of rows and cells by table, and of cells by column where not all of them are right."""
    from rich.table import Table

    from pipeline.tools.compare import VERDICTS, Tally

    shown = Table(title="rows and cells", title_justify="left")
    shown.add_column("table")
    for verdict in VERDICTS:
        shown.add_column(words.verdict(verdict), justify="right")
    for table, rows in total.ordered_rows():
        columns = total.cells.get(table, {})
        shown.add_row(f"{table}: rows", *_numbers(rows))
        shown.add_row("  cells", *_numbers(sum(columns.values(), Tally())))
        for column, tally in columns.items():
            if tally["right"] < tally.total():
                shown.add_row(f"    {column}", *_numbers(tally))
    return shown


def _numbers(tally: "Tally") -> list[str]:
    from pipeline.tools.compare import VERDICTS

    return [f"{tally[verdict]:,}" for verdict in VERDICTS]
