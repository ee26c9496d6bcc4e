"""Checks of quarterly results."""

from collections.abc import Iterator

from pipeline.document.build_rows import BuiltProject
from pipeline.document.check.cells import issue_with, number_of
from pipeline.model import Issue
from schemas.quarterly_results import QuarterlyResult


def _overspent(project: BuiltProject) -> Iterator[Issue]:
    """More money out than planned."""
    for row, cells in project.merged.rows.get(QuarterlyResult, {}).items():
        planned, disbursed = number_of(cells, "planned_baht"), number_of(cells, "disbursed_baht")
        if planned is not None and disbursed is not None and disbursed > planned:
            text = f"{disbursed:,} baht disbursed are more than the {planned:,} baht planned"
            place = (QuarterlyResult, "disbursed_baht", row)
            yield issue_with("disbursed_exceeds_planned", text, place, cells["disbursed_baht"])


PROJECT_CHECKS = (_overspent,)
