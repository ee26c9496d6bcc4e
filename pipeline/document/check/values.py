"""Checks of single values, whatever their table: unreadable, tied between copies, or odd to their normalizer."""

from collections.abc import Iterator

from pipeline.document.check.findings import differences
from pipeline.document.rows import BuiltProject
from pipeline.model import Issue
from schemas.findings import CODES


def _values(project: BuiltProject) -> Iterator[Issue]:
    """Everything that is odd about one value, but for what a reviewer corrected."""
    readings = (one for rows in project.merged.rows.values() for row in rows.values() for one in row.values())
    for reading in readings:
        cell = reading.cell
        if reading.is_corrected:
            continue
        if cell.value is None and cell.issue:
            label = f" (behind {cell.field.label!r})" if cell.field.label else ""
            yield reading.issue(cell.issue.code, f"{cell.issue.text}{label}; left null")
        elif cell.value is not None and reading.is_tied:
            yield reading.issue("copies_disagree", differences(str(cell.value), reading.alternatives))
        for code, text in cell.observations:
            if code in CODES:
                yield reading.issue(code, text)


PROJECT_CHECKS = (_values,)
