"""Checks of quarterly results."""

from collections.abc import Iterator
from datetime import date

from normalizers import Unreadable
from normalizers.dates import DATE_PATTERN, thai_date
from parsers import compiled
from pipeline.document.merge_copies import MergedRow
from pipeline.document.rows import BuiltProject
from pipeline.model import Issue
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult

_DONE_ON = rf"เมื่อ(?:วันที่)?[ ]?(?P<day>{DATE_PATTERN})"
"""The day on which something was done."""


def _overspent(project: BuiltProject) -> Iterator[Issue]:
    """More money out than planned."""
    for cells in project.merged.rows.get(QuarterlyResult, {}).values():
        planned, disbursed = cells.number("planned_baht"), cells.number("disbursed_baht")
        if planned is not None and disbursed is not None and disbursed > planned:
            text = f"{disbursed:,} baht disbursed are more than the {planned:,} baht planned"
            yield cells["disbursed_baht"].issue("disbursed_exceeds_planned", text)


def _doubled(project: BuiltProject) -> Iterator[Issue]:
    """Two rows on one quarter of one year."""
    seen: dict[tuple[object, object], MergedRow] = {}
    for cells in project.merged.rows.get(QuarterlyResult, {}).values():
        quarter, year = cells.value("fiscal_quarter"), cells.value("fiscal_year_be")
        if quarter is not None and (quarter, year) in seen:
            yield cells["fiscal_quarter"].issue("rows_doubled", f"two rows of the project report on quarter {quarter}")
        seen[quarter, year] = cells


def _after_end(project: BuiltProject) -> Iterator[Issue]:
    """What is told as done on a day behind the project's end."""
    end = project.merged.row(Project).day("end_date")
    for cells in project.merged.rows.get(QuarterlyResult, {}).values() if end else ():
        for told in compiled(_DONE_ON).finditer(str(cells.value("results") or "")):
            day = _day(told["day"])
            if end and day and day > end:
                text = f"{told[0]!r} is behind the project's end on {end}"
                yield cells["results"].issue("date_outside_period", text)


def _day(text: str) -> date | None:
    """A day in a text, None where it cannot be read."""
    try:
        return thai_date(text)
    except Unreadable:
        return None


PROJECT_CHECKS = (_overspent, _doubled, _after_end)
