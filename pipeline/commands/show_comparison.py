"""What a person sees of a comparison in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pipeline.tools.check import Checked
from pipeline.tools.compare import VERDICTS, Comparison, Tally, Words
from pipeline.tools.diff import Diff, OneSided
from pipeline.tools.differences import AGAINST_GOLDEN, BETWEEN_RUNS

MOST_NAMED = 10
"""Documents in one run only that the terminal names; JSON has a thousand."""


def show_checked(checked: Sequence[Checked], total: Comparison) -> None:
    """The differences of each sample, then the counts by table and column."""
    console = Console()
    for sample in checked:
        if not sample.is_right:
            say(console, sample.text())
    if total.rows:
        console.print(_counts(total, AGAINST_GOLDEN))
    wanted = sum(sample.still_wanted for sample in checked)
    right = sum(sample.is_right for sample in checked)
    say(console, f"{right} of {len(checked)} samples are right" + (f"; {wanted} rows are still wanted" * bool(wanted)))


def show_diff(diff: Diff) -> None:
    """Examples, then the counts by table and column, then documents in one run only."""
    console = Console()
    for example in diff.examples:
        say(console, example.text())
    if diff.total.rows:
        console.print(_counts(diff.total, BETWEEN_RUNS))
    for when, found in (("before", diff.only_before), ("now", diff.only_now)):
        if found.count:
            say(console, _one_sided(when, found))
    say(console, f"{diff.differing:,} of {diff.documents:,} documents in both runs differ")


def _one_sided(when: str, found: OneSided) -> str:
    more = ", ..." if found.count > MOST_NAMED else ""
    return f"{found.count:,} documents only {when}: {', '.join(found.names[:MOST_NAMED])}{more}"


def say(console: Console, text: str) -> None:
    """Print text as it is, whatever stands in it."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _counts(total: Comparison, words: Words) -> Table:
    """Rows by table, cells of all its columns, and of each column in which not all are right."""
    shown = Table(title="rows and cells", title_justify="left")
    shown.add_column("table")
    for verdict in VERDICTS:
        shown.add_column(words.verdict(verdict), justify="right")
    for table, rows in total.in_order():
        columns = total.cells.get(table, {})
        cells = sum(columns.values(), Tally())
        shown.add_row(f"{table}: rows", *_numbers(rows))
        shown.add_row("  cells", *_numbers(cells))
        for column, tally in columns.items():
            if tally["right"] < tally.total():
                shown.add_row(f"    {column}", *_numbers(tally))
    return shown


def _numbers(tally: Tally) -> list[str]:
    return [f"{tally[verdict]:,}" for verdict in VERDICTS]
