"""Checks within and between the rows of a project: what a careful clerk would ask about."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

from normalizers.dates import is_year_first, names_weekday, weekday_contradictions
from normalizers.fuzzy_match import prefix_score
from normalizers.look_alikes import folded
from normalizers.money import words_differ
from pipeline.document.build_rows.quotes import differences
from pipeline.document.check.item_checks import check_items
from pipeline.document.merge_copies.stage import MergedProject, MergedRow, Reading
from pipeline.document.normalize import has_mixed_digits
from pipeline.model import Issue
from schemas.base import Arrow, Table
from schemas.columns import BAHT
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.sections import Section

STOPPED = re.compile(r"(?<!ไม่)ยกเลิก|ระงับโครงการ|ชะลอโครงการ|ยุติโครงการ|ไม่สามารถดำเนิน(?:การ|งาน)")
"""Words that say that something was not done as planned."""
YEARS_AROUND = 5
"""A project that starts or ends so many years from its fiscal year is likelier a misread one."""
LEAD_IN_LENGTH = 30
"""An activity that breaks off in dots after so few characters is a lead-in that nobody completed."""
ROLES = tuple(
    folded(f"ผู้{role}")
    for role in ("รับผิดชอบโครงการ", "รับผิดชอบ", "เสนอโครงการ", "อนุมัติโครงการ", "เห็นชอบโครงการ", "จัดทำโครงการ", "ตรวจสอบ")
)
SAME_ROLE, SHORTEST_NAME = 70, 3
"""How alike printed words must be to the signer's role to be it, and the letters of the shortest name."""
FIGURES = ("report_date", "progress_percent", "disbursed_baht", "plan_status", "target_status")

Entry = tuple[int, MergedRow]


def check(project: MergedProject) -> Iterator[Issue]:
    """Everything that looks wrong in one project, in the order of the checks."""
    header = project.rows.get(Project, {}).get((), {})
    entries = sorted((_number(row), cells) for row, cells in project.rows.get(ReportEntry, {}).items())
    yield from project.notes
    yield from _check_header(header)
    for check_entries in _ENTRY_CHECKS:
        yield from check_entries(entries)
    yield from _sums(header, entries)
    yield from _outside_period(header, entries)
    yield from check_items(project)
    yield from _overspent(project.rows.get(QuarterlyResult, {}))
    yield from _certification(project.rows.get(Section, {}))
    yield from _check_readings(project)


def _number(row: tuple[object, ...]) -> int:
    number = row[0]
    return number if isinstance(number, int) else 0


def _value(row: MergedRow, column: str) -> object | None:
    return row[column].cell.value if column in row else None


def _money(row: MergedRow, column: str) -> Decimal | None:
    value = _value(row, column)
    return value if isinstance(value, Decimal) else None


def _day(row: MergedRow, column: str) -> date | None:
    value = _value(row, column)
    return value if isinstance(value, date) else None


def _note(code: str, text: str, cell: tuple[type[Table], str, tuple[object, ...]], reading: Reading | None) -> Issue:
    model, column, row = cell
    span = reading.cell.spans[0] if reading and reading.cell.spans else None
    return Issue(code, text, span, model.table, column, row)


def _check_header(header: MergedRow) -> Iterator[Issue]:
    received, spent = _money(header, "budget_received_baht"), _money(header, "budget_spent_baht")
    if received is not None and spent is not None and spent > received:
        text = f"{spent:,} baht spent are more than the {received:,} baht received"
        yield _note("spent_exceeds_received", text, (Project, "budget_spent_baht", ()), header["budget_spent_baht"])
    start, end = _day(header, "start_date"), _day(header, "end_date")
    if start and end and start > end:
        text = f"the project starts on {start} and ends on {end}"
        yield _note("date_order", text, (Project, "end_date", ()), header["end_date"])
    yield from _year_of_period(header, start, end)


def _year_of_period(header: MergedRow, start: date | None, end: date | None) -> Iterator[Issue]:
    """A fiscal year in which the project does not run: by both days, or by the one that is given."""
    year = _value(header, "fiscal_year_be")
    if not isinstance(year, int):
        return
    first, last = (_fiscal_year(day) if day else None for day in (start, end))
    if first is not None and last is not None and not first <= year <= last:
        text = f"the fiscal year is {year}, the project's period {start} to {end}"
        yield _note("year_out_of_context", text, (Project, "fiscal_year_be", ()), header["fiscal_year_be"])
        return
    if first is not None and (first > year or year - first > YEARS_AROUND):
        text = f"{start} lies {_years(first - year)} from the fiscal year {year}"
        yield _note("year_out_of_context", text, (Project, "start_date", ()), header["start_date"])
    if last is not None and (last < year or last - year > YEARS_AROUND):
        text = f"{end} lies {_years(last - year)} from the fiscal year {year}"
        yield _note("year_out_of_context", text, (Project, "end_date", ()), header["end_date"])


def _years(count: int) -> str:
    return "1 year" if abs(count) == 1 else f"{abs(count)} years"


def _fiscal_year(day: date) -> int:
    return day.year + 543 + (day.month >= 10)


def _progress(entries: Sequence[Entry]) -> Iterator[Issue]:
    stated = [(number, row, _money(row, "progress_percent")) for number, row in entries]
    known = [(number, row, percent) for number, row, percent in stated if percent is not None]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"progress falls from {earlier} % in entry {before} to {later} % in entry {number}"
            yield _note(
                "progress_decreases", text, (ReportEntry, "progress_percent", (number,)), row["progress_percent"]
            )


def _date_order(entries: Sequence[Entry]) -> Iterator[Issue]:
    known = [(number, row, day) for number, row in entries if (day := _day(row, "report_date"))]
    for (before, _, earlier), (number, row, later) in pairwise(known):
        if later < earlier:
            text = f"entry {number} is dated {later}, entry {before} before it {earlier}"
            yield _note("date_order", text, (ReportEntry, "report_date", (number,)), row["report_date"])


def _date_formats(entries: Sequence[Entry]) -> Iterator[Issue]:
    dated = [(number, row["report_date"]) for number, row in entries if _day(row, "report_date")]
    odd = [(number, reading) for number, reading in dated if is_year_first(reading.cell.raw)]
    if 0 < len(odd) < len(dated):
        for number, reading in odd:
            text = (
                f"{reading.cell.raw.strip()!r} stands year first among dates that do not; read as {reading.cell.value}"
            )
            yield _note("date_format_mixed", text, (ReportEntry, "report_date", (number,)), reading)


def _contradictions(entries: Sequence[Entry]) -> Iterator[Issue]:
    for number, row in entries:
        stopped = STOPPED.search(str(_value(row, "activity") or ""))
        if stopped and _value(row, "plan_status") == "on_plan":
            text = f"entry {number} says {stopped[0]!r} and that all is on plan"
            yield _note("status_contradicts_activity", text, (ReportEntry, "plan_status", (number,)), row["activity"])


def _empty_activities(entries: Sequence[Entry]) -> Iterator[Issue]:
    for number, row in entries:
        activity = str(_value(row, "activity") or "")
        if not activity or (activity.endswith(("..", "…")) and len(activity) <= LEAD_IN_LENGTH):
            text = f"entry {number} does not say what was done" + (f", only {activity!r}" if activity else "")
            yield _note(
                "activity_empty",
                text,
                (ReportEntry, "activity", (number,)),
                row.get("activity") or row.get("entry_number"),
            )


def _missing_figures(entries: Sequence[Entry]) -> Iterator[Issue]:
    for number, row in entries:
        missing = [column for column in FIGURES if column not in row]
        if missing:
            text = f"entry {number} lacks {', '.join(missing)} in every copy"
            yield _note("metrics_missing", text, (ReportEntry, missing[0], (number,)), row.get("entry_number"))


def _gaps(entries: Sequence[Entry]) -> Iterator[Issue]:
    numbers = [number for number, _ in entries]
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    if missing:
        names = f"entry {missing[0]}" if len(missing) == 1 else f"entries {', '.join(map(str, missing))}"
        are = "is" if len(missing) == 1 else "are"
        after, row = next((number, row) for number, row in entries if number > missing[0])
        reading = row.get("entry_number")
        spans = reading.cell.spans if reading else ()
        text = f"{names} of {numbers[-1]} {are} missing; here stands entry {after}"
        yield Issue("entry_number_missing", text, spans[0] if spans else None, ReportEntry.table)


_ENTRY_CHECKS: tuple[Callable[[Sequence[Entry]], Iterator[Issue]], ...] = (
    _progress, _date_order, _date_formats, _contradictions, _empty_activities, _missing_figures, _gaps,
)  # fmt: skip


def _sums(header: MergedRow, entries: Sequence[Entry]) -> Iterator[Issue]:
    spent = _money(header, "budget_spent_baht")
    amounts = [_money(row, "disbursed_baht") for _, row in entries]
    if spent is None or not amounts:
        return
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    is_complete = None not in amounts and [number for number, _ in entries] == list(range(1, len(entries) + 1))
    if total > spent or (is_complete and total != spent):
        text = f"the entries' amounts sum to {total:,} baht, the header says {spent:,} baht spent"
        yield _note("sum_of_entries_differs", text, (Project, "budget_spent_baht", ()), header["budget_spent_baht"])


def _outside_period(header: MergedRow, entries: Sequence[Entry]) -> Iterator[Issue]:
    start, end = _day(header, "start_date"), _day(header, "end_date")
    for number, row in entries:
        day = _day(row, "report_date")
        if day and ((start and day < start) or (end and day > end)):
            bounds = [f"starts on {start}"] * (start is not None) + [f"ends on {end}"] * (end is not None)
            text = f"entry {number} is dated {day}, the project {' and '.join(bounds)}"
            yield _note("date_outside_period", text, (ReportEntry, "report_date", (number,)), row["report_date"])


def _overspent(results: dict[tuple[object, ...], MergedRow]) -> Iterator[Issue]:
    for row, cells in results.items():
        planned, disbursed = _money(cells, "planned_baht"), _money(cells, "disbursed_baht")
        if planned is not None and disbursed is not None and disbursed > planned:
            text = f"{disbursed:,} baht disbursed are more than the {planned:,} baht planned"
            yield _note(
                "disbursed_exceeds_planned", text, (QuarterlyResult, "disbursed_baht", row), cells["disbursed_baht"]
            )


def _certification(sections: dict[tuple[object, ...], MergedRow]) -> Iterator[Issue]:
    row = sections.get(("certification",), {})
    if _is_unsigned(str(_value(row, "text") or "")):
        place = (Section, "text", ("certification",))
        yield _note("certification_unsigned", "no name stands behind 'ลงชื่อ'", place, row["text"])


def _is_unsigned(text: str) -> bool:
    """Whether behind the words for some signature stands nothing, or only the signer's role."""
    _, *signatures = folded(text).split(folded("ลงชื่อ"))
    return any(not _is_named(said) for said in signatures)


def _is_named(said: str) -> bool:
    """Whether a name stands behind a signature's words, before or behind the role: in brackets, often a line below."""
    before = said.partition(folded("ตำแหน่ง"))[0].strip("()-,:;…")
    if any(prefix_score(before, role)[0] >= SAME_ROLE for role in ROLES):
        before = before.partition("(")[2].strip("()-,:;…")
    return len(before) >= SHORTEST_NAME


def _check_readings(project: MergedProject) -> Iterator[Issue]:
    """What is odd about single values: unreadable, tied between copies, in mixed digits, contradicting themselves."""
    readings = [
        (model, row, column, reading)
        for model, rows in project.rows.items()
        for row, cells in rows.items()
        for column, reading in cells.items()
        if not reading.is_corrected
    ]
    has_weekday = names_weekday("\n".join([said for *_, one in readings if isinstance(said := one.cell.value, str)]))
    for model, row, column, reading in readings:
        # Most values are text on which the copies agree, and few reports name a day of the week.
        if has_weekday or reading.is_tied or not isinstance(reading.cell.value, str):
            yield from _check_reading(model, row, column, reading)


def _check_reading(model: type[Table], row: tuple[object, ...], column: str, reading: Reading) -> Iterator[Issue]:
    cell = reading.cell
    if cell.value is None:
        if cell.issue:
            behind = f" (behind {cell.label!r})" if cell.label else ""
            yield _note(cell.issue.code, f"{cell.issue.text}{behind}; left null", (model, column, row), reading)
        return
    if reading.is_tied:
        text = differences(str(cell.value), reading.alternatives)
        yield _note("copies_disagree", text, (model, column, row), reading)
    if isinstance(cell.value, str):
        for _, _, explanation in weekday_contradictions(cell.value):
            yield _note("weekday_contradicts_date", explanation, (model, column, row), reading)
        return
    if has_mixed_digits(cell):
        text = f"{cell.raw.strip()!r} mixes Thai and Arabic digits"
        yield _note("number_scripts_mixed", text, (model, column, row), reading)
    if _is_baht(model, column) and (differing := words_differ(cell.raw)):
        text = f"the digits say {differing[0]:,.2f} baht, the words {differing[1]:,.2f} baht"
        yield _note("amount_in_words_differs", text, (model, column, row), reading)


@cache
def _is_baht(model: type[Table], column: str) -> bool:
    return bool(model.marks(column, Arrow)[-1].type == BAHT)
