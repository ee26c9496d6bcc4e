"""Checks of a project's own row: money, days and year against each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from normalizers import Unreadable
from normalizers.money import baht
from pipeline.document.merge_copies import MergedRow
from pipeline.document.rows import BuiltProject
from pipeline.model import Issue, Span, SplitDocument
from schemas.projects import Project

_SAYS_NOTHING = " \t*_-–—"
"""What stands around a figure, or alone where there is none."""
YEARS_AROUND = 5
"""A project that starts or ends so many years from its fiscal year is likelier a misread one."""


def _header(project: BuiltProject) -> Iterator[Issue]:
    """More money spent than received, days out of order, a year in which the project does not run."""
    header = project.merged.row(Project)
    received, spent = header.number("budget_received_baht"), header.number("budget_spent_baht")
    if received is not None and spent is not None and spent > received:
        text = f"{spent:,} baht spent are more than the {received:,} baht received"
        yield header["budget_spent_baht"].issue("spent_exceeds_received", text)
    start, end = header.day("start_date"), header.day("end_date")
    if start and end and start > end:
        text = f"the project starts on {start} and ends on {end}"
        yield header["end_date"].issue("date_order", text)
    yield from _year_of_period(header, start, end)


def _year_of_period(header: MergedRow, start: date | None, end: date | None) -> Iterator[Issue]:
    """A fiscal year in which the project does not run: by both days, or by the one that is given."""
    year = header.value("fiscal_year_be")
    if not isinstance(year, int):
        return
    first, last = (_fiscal_year(day) if day else None for day in (start, end))
    if first is not None and last is not None and not first <= year <= last:
        text = f"the fiscal year is {year}, the project's period {start} to {end}"
        yield header["fiscal_year_be"].issue("year_out_of_context", text)
        return
    if first is not None and (first > year or year - first > YEARS_AROUND):
        text = f"{start} lies {_years(first - year)} from the fiscal year {year}"
        yield header["start_date"].issue("year_out_of_context", text)
    if last is not None and (last < year or last - year > YEARS_AROUND):
        text = f"{end} lies {_years(last - year)} from the fiscal year {year}"
        yield header["end_date"].issue("year_out_of_context", text)


def _years(count: int) -> str:
    return "1 year" if abs(count) == 1 else f"{abs(count)} years"


def _fiscal_year(day: date) -> int:
    return day.year + 543 + (day.month >= 10)


def _column_sums(blocks: SplitDocument) -> Iterator[Issue]:
    """Sums of tables of projects that are not what the figures above them come to, whether all or those of a group."""
    text = blocks.document.text
    for one in (one for copy in blocks.copies for one in copy.sums):
        printed = _figure(text, one.total)
        sums = [_sum(text, spans) for spans in (one.since_last, one.all_above)]
        if printed is None or None in sums or printed in sums:
            continue
        nearest = min((found for found in sums if found is not None), key=lambda found: abs(found - printed))
        said = f"the table sums a column to {printed:,}, its rows come to {nearest:,}"
        yield Issue("summary_total_differs", said, one.total)


def _sum(text: str, spans: Sequence[Span]) -> Decimal | None:
    """What some cells come to, dashes as nothing; None where one is no figure."""
    said = (span for span in spans if text[slice(*span)].strip(_SAYS_NOTHING))
    found = [_figure(text, span) for span in said]
    return sum((one for one in found if one is not None), Decimal(0)) if None not in found else None


def _figure(text: str, span: Span) -> Decimal | None:
    """The amount that a cell says, None where it says anything else."""
    try:
        return baht(text[slice(*span)].strip(_SAYS_NOTHING))
    except Unreadable:
        return None


PROJECT_CHECKS = (_header,)
DOCUMENT_CHECKS = (_column_sums,)
