"""Checks of single values, whatever their table: unreadable, tied between copies, or odd to their normalizer."""

from collections.abc import Iterator

from pipeline.document.check.findings import differences
from pipeline.document.merge_copies import Consensus
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
        yield from _contradicted(reading)
        for code, text in cell.observations:
            if code in CODES:
                yield reading.issue(code, text)


def _contradicted(reading: Consensus) -> Iterator[Issue]:
    """What other places of a report print for a day, an amount or a count."""
    cell = reading.cell
    is_key = cell.field.column in (cell.field.model.column_of("year"), cell.field.model.column_of("quarter"))
    if reading.is_contradicted and not is_key:
        others = ", ".join(dict.fromkeys(str(other.value) for other in reading.contradictions))
        yield reading.issue("places_disagree", f"{cell.value} was taken, another place says {others}")


PROJECT_CHECKS = (_values,)
