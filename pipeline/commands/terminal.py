"""What a person sees in the terminal: a progress bar while it runs, and a summary in the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from pipeline.archive.list_documents import Reasons
from pipeline.archive.options import Progress
from pipeline.archive.run_summary import Summary
from pipeline.document.corrections import NOT_APPLIED

if TYPE_CHECKING:
    from pipeline.tools.explain import Explanation

WIDTH_OF_FILES = 160
MOST_SHOWN = 20
"""Quarantined documents that the terminal shows with their reasons; run.json and the tables have more."""


@contextmanager
def progress_bar(*, is_shown: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on the terminal, or nothing where there is none; yields the function that moves it."""
    console = Console(stderr=True)
    if not is_shown or not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console) as bars:
        stages: dict[str, TaskID] = {}

        def move(progress: Progress) -> None:
            if progress.stage not in stages:
                stages[progress.stage] = bars.add_task(progress.stage, total=progress.total, said="")
            task = stages[progress.stage]
            elapsed = bars.tasks[task].elapsed or 0
            bars.update(task, completed=progress.done, total=progress.total, said=_said(progress, elapsed))

        yield move


def _said(progress: Progress, elapsed: float) -> str:
    """Megabytes a second, and documents quarantined, where the stage knows of them."""
    rate = f"{progress.bytes_done / 1e6 / elapsed:.1f} MB/s" if progress.bytes_done and elapsed else ""
    return f"{rate}, {progress.quarantined} quarantined" if progress.quarantined else rate


def _console() -> Console:
    """The terminal; a file or a pipe has lines wide enough that no name is cut."""
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console


def show_summary(summary: Summary, out: Path) -> None:
    """Documents by form and status, rows by table, findings by code, what was quarantined and why, seconds."""
    console = _console()
    console.print(_documents(summary))
    console.print(_counts("rows by table", {table: count for table, count in summary.rows.items() if count}))
    if summary.findings:
        console.print(_counts("findings by code", summary.findings))
    for name, reason in sorted(summary.reasons.items())[:MOST_SHOWN]:
        console.print(
            f"quarantined: {reason if reason.startswith(name) else f'{name}: {reason}'}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if summary.quarantined > MOST_SHOWN:
        more = f"{summary.quarantined - MOST_SHOWN:,} more are quarantined; the table documents has all reasons"
        console.print(more, markup=False, highlight=False)
    if summary.unclaimed_documents:
        claimed = "document" if summary.unclaimed_documents == 1 else "documents"
        console.print(
            f"{summary.unclaimed_documents} {claimed} no form claimed: sections and labelled values were read, the "
            "rest is in the table unclaimed; raingan explain FILE says why",
            markup=False,
            highlight=False,
        )
    if summary.skipped:
        console.print(
            f"{summary.skipped_count} files that are no texts were skipped, first {summary.skipped[0]}",
            markup=False,
            highlight=False,
        )
    if summary.corrections:
        console.print(_corrections(summary), markup=False, highlight=False, soft_wrap=True)
    console.print(_changes(summary), markup=False, highlight=False)
    seconds = f"{summary.total_seconds:.2f} s, {summary.source_bytes / 1e6:.1f} MB read"
    console.print(f"{summary.seen} documents in {seconds}; tables under {out}", markup=False, highlight=False)


def _corrections(summary: Summary) -> str:
    """How many corrections hold, and which do not."""
    listed, lost = summary.corrections["listed"], summary.corrections["not_applied"]
    said = f"{listed - lost} of {listed} corrections hold"
    if summary.findings.get(NOT_APPLIED):
        said += f"; the findings {NOT_APPLIED} say why others do not"
    if summary.lost_corrections:
        said += f"; of documents that are not here: {', '.join(summary.lost_corrections[:MOST_SHOWN])}"
    return said


def _changes(summary: Summary) -> str:
    """What differs from the run before."""
    if summary.new == summary.seen and not summary.removed:
        return f"all {summary.seen} documents are new"
    said = {"new": summary.new, "changed": summary.changed, "gone": summary.removed}
    changes = ", ".join(f"{count} {word}" for word, count in said.items() if count) or "no document changed"
    return f"{changes}; the rows of {summary.reused} hold from an earlier run"


def show_preview(reasons: Reasons) -> None:
    """How many files there are for each reason, and the first of them."""
    console = _console()
    for reason, names in sorted(reasons.items()):
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        console.print(f"{len(names):>9,}  {reason}: {names[0]}{more}", markup=False, highlight=False, soft_wrap=True)
    if not reasons:
        console.print("no files")


def show_explanation(explanation: "Explanation") -> None:
    """The pages of each form, then every form with its reason, its blocks found and missing."""
    from pipeline.tools.explain import in_order, why

    console = _console()
    for region in explanation.regions:
        first, last = region.pages[0].number, region.pages[-1].number
        pages = f"page {first}" if first == last else f"pages {first} to {last}"
        console.print(f"{explanation.source}, {pages}: {region.form.name}", markup=False, highlight=False)
    for score in explanation.scores:
        claims = "claims" if score.claims else "does not claim"
        said = [f"\n{score.form.name} {claims} it: {why(score)}"]
        if score.blocks:
            said += [f"  found: {', '.join(in_order(score.blocks, score))}"]
            said += [f"  not found: {', '.join(in_order(score.worded - score.blocks, score)) or 'nothing'}"]
        console.print("\n".join(said), markup=False, highlight=False)


def _documents(summary: Summary) -> Table:
    statuses = sorted({status for counts in summary.documents.values() for status in counts})
    table = Table(title="documents", title_justify="left")
    table.add_column("form")
    for status in statuses:
        table.add_column(status, justify="right")
    for form, counts in sorted(summary.documents.items()):
        table.add_row(form, *(str(counts.get(status, 0)) for status in statuses))
    return table


def _counts(title: str, counts: dict[str, int]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column("name")
    table.add_column("count", justify="right")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(name, f"{count:,}")
    return table
