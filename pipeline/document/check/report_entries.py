"""Checks of progress entries: their numbers, days, percentages and amounts, in a row and against the header."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter

from normalizers.dates import YEAR_FIRST
from pipeline.document.merge_copies import Consensus, MergedRow
from pipeline.document.rows import BuiltProject
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
    return sorted(((row.key, cells) for row, cells in rows if isinstance(row.key, int)), key=itemgetter(0))


def _progress(project: BuiltProject) -> Iterator[Issue]:
    stated = [(number, row, row.number("progress_percent")) for number, row in _entries(project)]
    known = [(number, row, percent) for number, row, percent in stated if percent is not None]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"progress falls from {earlier} % in entry {before} to {later} % in entry {number}"
            yield row["progress_percent"].issue("progress_decreases", text)


def _date_order(project: BuiltProject) -> Iterator[Issue]:
    known = [(number, row, day) for number, row in _entries(project) if (day := row.day("report_date"))]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"entry {number} is dated {later}, entry {before} before it {earlier}"
            yield row["report_date"].issue("date_order", text)


def _date_formats(project: BuiltProject) -> Iterator[Issue]:
    dated = [row["report_date"] for _, row in _entries(project) if row.day("report_date")]
    odd = [reading for reading in dated if any(code == YEAR_FIRST for code, _ in reading.cell.observations)]
    if 0 < len(odd) < len(dated):
        for reading in odd:
            raw = reading.cell.field.raw.strip()
            text = f"{raw!r} stands year first among dates that do not; read as {reading.cell.value}"
            yield reading.issue("date_format_mixed", text)


def _contradictions(project: BuiltProject) -> Iterator[Issue]:
    for number, row in _entries(project):
        stopped = STOPPED.search(str(row.value("activity") or ""))
        if stopped and row.value("plan_status") == "on_plan":
            text = f"entry {number} says {stopped[0]!r} and that all is on plan"
            yield row["activity"].issue("status_contradicts_activity", text, column="plan_status")


def _empty_activities(project: BuiltProject) -> Iterator[Issue]:
    for number, row in _entries(project):
        activity = str(row.value("activity") or "")
        if not activity or (activity.endswith(("..", "…")) and len(activity) <= LEAD_IN_LENGTH):
            text = f"entry {number} does not say what was done" + (f", only {activity!r}" if activity else "")
            yield (row.get("activity") or row["entry_number"]).issue("activity_empty", text, column="activity")


def _missing_figures(project: BuiltProject) -> Iterator[Issue]:
    for number, row in _entries(project):
        missing = [column for column in FIGURES if column not in row]
        if missing:
            text = f"entry {number} lacks {', '.join(missing)} in every copy"
            yield row["entry_number"].issue("metrics_missing", text, column=missing[0])


def _gaps(project: BuiltProject) -> Iterator[Issue]:
    entries = _entries(project)
    numbers = [number for number, _ in entries]
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    if missing:
        names = f"entry {missing[0]}" if len(missing) == 1 else f"entries {', '.join(map(str, missing))}"
        are = "is" if len(missing) == 1 else "are"
        after, row = next((number, row) for number, row in entries if number > missing[0])
        text = f"{names} of {numbers[-1]} {are} missing; here stands entry {after}"
        yield replace(row["entry_number"].issue("entry_number_missing", text), column=None, row=RowId())


def _sums(project: BuiltProject) -> Iterator[Issue]:
    header, entries = project.merged.row(Project), _entries(project)
    spent = header.number("budget_spent_baht")
    amounts = [row.number("disbursed_baht") for _, row in entries]
    if spent is None or not amounts:
        return
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    is_complete = None not in amounts and [number for number, _ in entries] == list(range(1, len(entries) + 1))
    if total > spent or (is_complete and total != spent):
        text = f"the entries' amounts sum to {total:,} baht, the header says {spent:,} baht spent"
        yield header["budget_spent_baht"].issue("sum_of_entries_differs", text)


def _agreeing(project: BuiltProject) -> Iterator[Consensus]:
    """The amounts of entries that make up what the header says was spent."""
    header, entries = project.merged.row(Project), _entries(project)
    amounts = [amount for _, row in entries if (amount := row.number("disbursed_baht")) is not None]
    if len(amounts) == len(entries) > 1 and sum(amounts) == header.number("budget_spent_baht"):
        yield header["budget_spent_baht"]
        if [number for number, _ in entries] == list(range(1, len(entries) + 1)):
            yield from (row["disbursed_baht"] for _, row in entries)


def _outside_period(project: BuiltProject) -> Iterator[Issue]:
    header, entries = project.merged.row(Project), _entries(project)
    start, end = header.day("start_date"), header.day("end_date")
    for number, row in entries:
        day = row.day("report_date")
        if day and ((start and day < start) or (end and day > end)):
            bounds = [f"starts on {start}"] * (start is not None) + [f"ends on {end}"] * (end is not None)
            text = f"entry {number} is dated {day}, the project {' and '.join(bounds)}"
            yield row["report_date"].issue("date_outside_period", text)


PROJECT_CHECKS = (
    _progress, _date_order, _date_formats, _contradictions, _empty_activities, _missing_figures, _gaps, _sums,
    _outside_period,
)  # fmt: skip
WITNESSES = (_agreeing,)
