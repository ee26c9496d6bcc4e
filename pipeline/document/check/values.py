"""Checks of single values, whatever their table: unreadable, tied between copies, or odd to their normalizer."""

from collections.abc import Container, Iterable, Iterator
from datetime import date

from pipeline.document.check.findings import differences
from pipeline.document.merge_copies import Consensus
from pipeline.document.normalize import is_spelled
from pipeline.document.rows import BuiltProject
from pipeline.model import Issue
from schemas.base import Arrow
from schemas.findings import CODES

FIGURES, LEAST_COPIES = ("baht", "percent"), 2
"""The units of figures that are doubted, and how many copies that agree dispel the doubt."""


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


def unconfirmed(readings: Iterable[Consensus], confirmed: Container[int]) -> Iterator[Issue]:
    """Days, amounts and shares that no second witness confirms: no other copy, no words beside them, no sum."""
    for reading in readings:
        cell, field = reading.cell, reading.cell.field
        arrow = field.model.marks(field.column, Arrow)
        is_figure = isinstance(cell.value, date) or (arrow and arrow[-1].unit in FIGURES)
        is_alone = reading.agreeing < LEAST_COPIES and not reading.is_corrected and id(reading) not in confirmed
        if cell.value is not None and is_figure and is_alone and not is_spelled(cell):
            text = "letters around it are misread, and nothing else on the pages confirms this value"
            yield reading.issue("value_unconfirmed", text)


PROJECT_CHECKS = (_values,)
