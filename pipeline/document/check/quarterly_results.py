"""Checks of quarterly results."""

from collections.abc import Iterator

from pipeline.document.rows import BuiltProject
from pipeline.model import Issue
from schemas.quarterly_results import QuarterlyResult


def _overspent(project: BuiltProject) -> Iterator[Issue]:
    """More money out than planned."""
    for cells in project.merged.rows.get(QuarterlyResult, {}).values():
        planned, disbursed = cells.number("planned_baht"), cells.number("disbursed_baht")
        if planned is not None and disbursed is not None and disbursed > planned:
            text = f"{disbursed:,} baht disbursed are more than the {planned:,} baht planned"
            yield cells["disbursed_baht"].issue("disbursed_exceeds_planned", text)


PROJECT_CHECKS = (_overspent,)
