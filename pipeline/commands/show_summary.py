"""What a run prints when it is done: documents, rows, findings, what was quarantined and why."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from pipeline.commands.terminal import DONE, FAILED, count_table, open_console, print_text

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.archive.run_summary import RunSummary

MOST_SHOWN = 20
"""Quarantined documents that are printed with their reasons; run.json and the tables list more."""


def end_run(summary: "RunSummary", out: Path, *, as_json: bool, is_quiet: bool) -> NoReturn:
    """Print what a run did, and end the command with its exit code."""
    if as_json:
        typer.echo((out / "run.json").read_text(encoding="utf-8"), nl=False)
    elif not is_quiet:
        _show(summary, out)
    raise typer.Exit(FAILED if summary.quarantined else DONE)


def _show(summary: "RunSummary", out: Path) -> None:
    console = open_console()
    console.print(_documents(summary))
    console.print(count_table("rows by table", {table: count for table, count in summary.rows.items() if count}))
    if summary.findings:
        console.print(count_table("findings by code", summary.findings))
    for line in (*_quarantined(summary), *_notes(summary)):
        print_text(console, line)
    seconds = f"{summary.total_seconds:.2f} s, {summary.source_bytes / 1e6:.1f} MB read"
    print_text(console, f"{summary.seen} documents in {seconds}; tables are in {out}")


def _documents(summary: "RunSummary") -> "Table":
    from rich.table import Table

    statuses = sorted({status for counts in summary.documents.values() for status in counts})
    table = Table(title="documents", title_justify="left")
    table.add_column("form")
    for status in statuses:
        table.add_column(status, justify="right")
    for form, counts in sorted(summary.documents.items()):
        table.add_row(form, *(str(counts.get(status, 0)) for status in statuses))
    return table


def _quarantined(summary: "RunSummary") -> list[str]:
    """The reason of each quarantined document, up to a limit."""
    reasons = sorted(summary.reasons.items())[:MOST_SHOWN]
    lines = [f"quarantined: {reason if reason.startswith(name) else f'{name}: {reason}'}" for name, reason in reasons]
    if summary.quarantined > MOST_SHOWN:
        lines.append(f"{summary.quarantined - MOST_SHOWN:,} more are quarantined; table documents lists all reasons")
    return lines


def _notes(summary: "RunSummary") -> list[str]:
    lines = []
    if summary.unclaimed_documents:
        count = summary.unclaimed_documents
        lines.append(
            f"{count} {'document has' if count == 1 else 'documents have'} no known form: sections and labelled values "
            "were read, table unclaimed has the other text. To see why: raingan explain FILE"
        )
    if summary.skipped:
        files = "1 file that contains" if summary.skipped_count == 1 else f"{summary.skipped_count} files that contain"
        lines.append(f"Skipped {files} no text (first: {summary.skipped[0]})")
    if summary.corrections:
        lines.append(_corrections(summary))
    return [*lines, _changes(summary)]


def _corrections(summary: "RunSummary") -> str:
    """How many corrections were applied, and why the others were not."""
    from pipeline.document.corrections import NOT_APPLIED

    listed, lost = summary.corrections["listed"], summary.corrections["not_applied"]
    parts = [f"Applied {listed - lost} of {listed} corrections"]
    if summary.findings.get(NOT_APPLIED):
        parts.append(f"findings with code {NOT_APPLIED} say why not all")
    if summary.lost_corrections:
        parts.append(f"no document for {', '.join(summary.lost_corrections[:MOST_SHOWN])}")
    return "; ".join(parts)


def _changes(summary: "RunSummary") -> str:
    """What differs from the previous run."""
    if summary.new == summary.seen and not summary.removed:
        return f"All {summary.seen} documents are new"
    counts = {"new": summary.new, "changed": summary.changed, "removed": summary.removed}
    changes = ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "No document changed"
    return f"{changes}; rows of {summary.reused} documents reused from the previous run"
