"""Checks of quarterly results."""

from collections.abc import Iterator

from pipeline.document.merge_copies import MergedRow
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


def _doubled(project: BuiltProject) -> Iterator[Issue]:
    """Two rows on one quarter of one year."""
    seen: dict[tuple[object, object], MergedRow] = {}
    for cells in project.merged.rows.get(QuarterlyResult, {}).values():
        quarter, year = cells.value("fiscal_quarter"), cells.value("fiscal_year_be")
        if quarter is not None and (quarter, year) in seen:
            yield cells["fiscal_quarter"].issue("rows_doubled", f"two rows of the project report on quarter {quarter}")
        seen[quarter, year] = cells


PROJECT_CHECKS = (_overspent, _doubled)
