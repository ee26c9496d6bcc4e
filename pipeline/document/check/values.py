"""Checks of single values, whatever their table: unreadable, tied between copies, or odd to their normalizer."""

from collections.abc import Iterator

from pipeline.document.build_rows import BuiltProject
from pipeline.document.check.cells import issue_with
from pipeline.document.check.quotes import differences
from pipeline.model import Issue
from schemas.findings import CODES


def _values(project: BuiltProject) -> Iterator[Issue]:
    """Everything that is odd about one value, but for what a reviewer corrected."""
    for model, rows in project.merged.rows.items():
        for row, cells in rows.items():
            for column, reading in cells.items():
                cell, place = reading.cell, (model, column, row)
                if reading.is_corrected:
                    continue
                if cell.value is None and cell.issue:
                    label = f" (behind {cell.field.label!r})" if cell.field.label else ""
                    yield issue_with(cell.issue.code, f"{cell.issue.text}{label}; left null", place, reading)
                elif cell.value is not None and reading.is_tied:
                    text = differences(str(cell.value), reading.alternatives)
                    yield issue_with("copies_disagree", text, place, reading)
                for code, text in cell.observations:
                    if code in CODES:
                        yield issue_with(code, text, place, reading)


PROJECT_CHECKS = (_values,)
