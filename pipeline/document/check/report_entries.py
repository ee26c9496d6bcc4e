"""Checks of progress entries: their numbers, days, percentages and amounts, one after the other and against the header."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from normalizers.dates import YEAR_FIRST
from pipeline.document.build_rows import BuiltProject
from pipeline.document.check.cells import day_of, issue_with, number_of, value_of
from pipeline.document.merge_copies import MergedRow
from pipeline.model import Issue, RowId
from schemas.projects import Project
from schemas.report_entries import ReportEntry

STOPPED = re.compile(r"(?<!ไม่)ยกเลิก|ระงับโครงการ|ชะลอโครงการ|ยุติโครงการ|ไม่สามารถดำเนิน(?:การ|งาน)")
"""Words that say that something was not done as planned."""
LEAD_IN_LENGTH = 30
"""An activity that breaks off in dots after so few characters is a lead-in that nobody completed."""

FIGURES = ("report_date", "progress_percent", "disbursed_baht", "plan_status", "target_status")


def _entries(project: BuiltProject) -> list[tuple[int, MergedRow]]:
    """The entries of a project by number."""
    rows = project.merged.rows.get(ReportEntry, {}).items()
    return sorted(((row.key if isinstance(row.key, int) else 0, cells) for row, cells in rows), key=lambda one: one[0])


def _progress(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    stated = [(number, row, number_of(row, "progress_percent")) for number, row in entries]
    known = [(number, row, percent) for number, row, percent in stated if percent is not None]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"progress falls from {earlier} % in entry {before} to {later} % in entry {number}"
            yield issue_with(
                "progress_decreases", text, (ReportEntry, "progress_percent", RowId(number)), row["progress_percent"]
            )


def _date_order(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    known = [(number, row, day) for number, row in entries if (day := day_of(row, "report_date"))]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"entry {number} is dated {later}, entry {before} before it {earlier}"
            yield issue_with("date_order", text, (ReportEntry, "report_date", RowId(number)), row["report_date"])


def _date_formats(project: BuiltProject) -> Iterator[Issue]:
    dated = [(number, row["report_date"]) for number, row in _entries(project) if day_of(row, "report_date")]
    odd = [
        (number, reading)
        for number, reading in dated
        if any(code == YEAR_FIRST for code, _ in reading.cell.observations)
    ]
    if 0 < len(odd) < len(dated):
        for number, reading in odd:
            raw = reading.cell.field.raw.strip()
            text = f"{raw!r} stands year first among dates that do not; read as {reading.cell.value}"
            yield issue_with("date_format_mixed", text, (ReportEntry, "report_date", RowId(number)), reading)


def _contradictions(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    for number, row in entries:
        stopped = STOPPED.search(str(value_of(row, "activity") or ""))
        if stopped and value_of(row, "plan_status") == "on_plan":
            text = f"entry {number} says {stopped[0]!r} and that all is on plan"
            yield issue_with(
                "status_contradicts_activity", text, (ReportEntry, "plan_status", RowId(number)), row["activity"]
            )


def _empty_activities(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    for number, row in entries:
        activity = str(value_of(row, "activity") or "")
        if not activity or (activity.endswith(("..", "…")) and len(activity) <= LEAD_IN_LENGTH):
            text = f"entry {number} does not say what was done" + (f", only {activity!r}" if activity else "")
            yield issue_with(
                "activity_empty",
                text,
                (ReportEntry, "activity", RowId(number)),
                row.get("activity") or row.get("entry_number"),
            )


def _missing_figures(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    for number, row in entries:
        missing = [column for column in FIGURES if column not in row]
        if missing:
            text = f"entry {number} lacks {', '.join(missing)} in every copy"
            yield issue_with("metrics_missing", text, (ReportEntry, missing[0], RowId(number)), row.get("entry_number"))


def _gaps(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    numbers = [number for number, _ in entries]
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    if missing:
        names = f"entry {missing[0]}" if len(missing) == 1 else f"entries {', '.join(map(str, missing))}"
        are = "is" if len(missing) == 1 else "are"
        after, row = next((number, row) for number, row in entries if number > missing[0])
        reading = row.get("entry_number")
        spans = reading.cell.field.spans if reading else ()
        text = f"{names} of {numbers[-1]} {are} missing; here stands entry {after}"
        yield Issue("entry_number_missing", text, spans[0] if spans else None, ReportEntry.table)


def _sums(project: BuiltProject) -> Iterator[Issue]:
    header, entries = project.merged.row(Project), _entries(project)
    spent = number_of(header, "budget_spent_baht")
    amounts = [number_of(row, "disbursed_baht") for _, row in entries]
    if spent is None or not amounts:
        return
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    is_complete = None not in amounts and [number for number, _ in entries] == list(range(1, len(entries) + 1))
    if total > spent or (is_complete and total != spent):
        text = f"the entries' amounts sum to {total:,} baht, the header says {spent:,} baht spent"
        yield issue_with(
            "sum_of_entries_differs", text, (Project, "budget_spent_baht", RowId()), header["budget_spent_baht"]
        )


def _outside_period(project: BuiltProject) -> Iterator[Issue]:
    header, entries = project.merged.row(Project), _entries(project)
    start, end = day_of(header, "start_date"), day_of(header, "end_date")
    for number, row in entries:
        day = day_of(row, "report_date")
        if day and ((start and day < start) or (end and day > end)):
            bounds = [f"starts on {start}"] * (start is not None) + [f"ends on {end}"] * (end is not None)
            text = f"entry {number} is dated {day}, the project {' and '.join(bounds)}"
            yield issue_with(
                "date_outside_period", text, (ReportEntry, "report_date", RowId(number)), row["report_date"]
            )


PROJECT_CHECKS = (
    _progress, _date_order, _date_formats, _contradictions, _empty_activities, _missing_figures, _gaps, _sums,
    _outside_period,
)  # fmt: skip
