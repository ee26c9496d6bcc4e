"""What a person sees in the terminal: a progress bar while it runs, and a summary in the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.explain import Explanation, in_order, why
from pipeline.run import Summary


@contextmanager
def progress_bar(*, is_shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the terminal, or nothing where there is none; yields the function that moves it."""
    console = Console(stderr=True)
    if not is_shown or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def show_summary(summary: Summary, out: Path) -> None:
    """Documents by form and status, rows by table, findings by code, what was quarantined and why, seconds."""
    console = Console()
    console.print(_documents(summary))
    console.print(_counts("rows by table", {table: count for table, count in summary.rows.items() if count}))
    if summary.findings:
        console.print(_counts("findings by code", summary.findings))
    for name, reason in sorted(summary.reasons.items()):
        console.print(
            f"quarantined: {reason if reason.startswith(name) else f'{name}: {reason}'}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
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
            f"{len(summary.skipped)} files that are no .txt or .md were skipped, first {summary.skipped[0]}",
            markup=False,
        )
    seconds = f"{summary.total_seconds:.2f} s, {summary.source_bytes / 1e6:.1f} MB read"
    console.print(f"{summary.seen} files in {seconds}; tables under {out}", markup=False, highlight=False)


def show_explanation(explanation: Explanation) -> None:
    """The pages of each form, then every form with its reason, its blocks found and missing."""
    console = Console()
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
