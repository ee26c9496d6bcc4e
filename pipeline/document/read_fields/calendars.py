"""The steps of a plan drawn over months: a table whose marks may be lost, or only a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.digits import ARABIC, DIGIT, THAI, arabic
from normalizers.month_names import full_month, short_month
from normalizers.numbers import marker
from parsers.base import Calendar
from pipeline.document.read_fields.bullets import read_bullets
from pipeline.document.read_fields.cells import TableCell, cells_of
from pipeline.document.read_fields.grids import fields_of_table
from pipeline.document.read_fields.tables import find_table
from pipeline.model import Block, Field, Issue, passage

LEAST_MONTHS, LEAST_IN_A_ROW = 6, 3
"""So many cells with the name of a month and few others between make a calendar, or fewer with none between."""

_SERIAL = re.compile(rf"\s*+(?:\*\*)?({DIGIT}{{1,2}}+)[.)]?(?:\*\*)?\s*+")
_MARK = re.compile(r"[\s/xX×✓✔√●•○■□◼◄►←→↔⟷➔▶◀*+=_–—-]++")


def read_calendar(reads: Calendar, block: Block, text: str) -> Iterator[Field | Issue]:
    """A row for each step; a note where months are printed and no step has a mark under any."""
    cells = cells_of(text, block.pieces)
    months = _months(text, cells)
    if months:
        yield from _drawn(reads, block, text, cells[months[-1] + 1 :], cells[months[0]].place)
    elif table := find_table(text, block.pieces, reads.grid):
        yield from fields_of_table(reads.grid, table, block, text)
    else:
        yield from read_bullets(reads.steps, block, passage(text, block.pieces))


def _is_month(said: str) -> bool:
    """Whether a cell is the name of a month, perhaps with its year."""
    name = said.strip(" *\\_").rstrip(THAI + ARABIC).rstrip().removesuffix("พ.ศ.").rstrip()
    return len(name) <= 16 and (short_month(name) is not None or full_month(name) is not None)


def _saying(cells: Sequence[TableCell]) -> int:
    """How many cells say something."""
    return sum(bool(cell.spans) for cell in cells)


def _months(text: str, cells: Sequence[TableCell]) -> list[int]:
    """The cells that name the months of a calendar, none where the text has no calendar."""
    months = [i for i, cell in enumerate(cells) if _is_month(cell.said(text))]
    if len(months) >= LEAST_MONTHS and 3 * len(months) > 2 * _saying(cells[months[0] : months[-1] + 1]):
        return months
    run: list[int] = []
    for i in months:
        run = [*run, i] if run and not _saying(cells[run[-1] + 1 : i]) else [i]
        if len(run) >= LEAST_IN_A_ROW and cells[i].row == cells[run[0]].row:
            following = [later for later in months if later > i]
            if not following or following[0] != i + 1:
                return run
    return []


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a calendar; its number may stand in a cell of its own."""

    ordinal: int
    cell: TableCell
    number: TableCell | None


def _drawn(
    reads: Calendar, block: Block, text: str, cells: Sequence[TableCell], first_month: int
) -> Iterator[Field | Issue]:
    """The steps of a calendar: each cell that says something begins one, and what stands in the others are marks."""
    has_marks, ordinal = False, 0
    number: TableCell | None = None
    for cell in _steps(text, cells):
        said = cell.said(text)
        if not said or (_MARK.fullmatch(said) and (cell.row is None or cell.place != 0) and not cell.is_loose):
            has_marks = has_marks or bool(said.strip(" *\\_"))
            continue
        if cell.row is not None and cell.place >= max(first_month, 1):
            continue
        if _SERIAL.fullmatch(said):
            number = cell
            continue
        ordinal += 1
        yield from _step(_Step(ordinal, cell, number), reads, block, text)
        number = None
    if ordinal and not has_marks:
        span = block.heading or cells[0].spans[0]
        yield Issue(
            "schedule_marks_lost",
            f"the plan prints months and {ordinal} steps, and no mark that says when",
            span,
            reads.steps.model.table,
            copy=block.copy,
        )


def _steps(text: str, cells: Sequence[TableCell]) -> Iterator[TableCell]:
    """The cells; where nothing parts them and steps have numbers, lines without one join the step above."""
    loose = [cell for cell in cells if cell.is_loose]
    if not any(marker(cell.said(text))[0] for cell in loose):
        yield from cells
        return
    current: TableCell | None = None
    for cell in loose:
        if current is None or marker(cell.said(text))[0]:
            if current is not None:
                yield current
            current = cell
        else:
            current = current._replace(spans=(*current.spans, *cell.spans))
    if current is not None:
        yield current


def _step(step: _Step, reads: Calendar, block: Block, text: str) -> Iterator[Field]:
    """The fields of a step."""
    model, row, cell, number = reads.steps.model, ("step", 0, step.ordinal), step.cell, step.number
    (start, end), *rest = cell.spans
    label, size = marker(text[start:end])
    if number is not None and not label and (serial := _SERIAL.fullmatch(number.said(text))):
        yield Field(model, "label", block.copy, row, number.said(text), number.spans, value=arabic(serial[1]))
    elif label:
        yield Field(model, "label", block.copy, row, label, ((start, start + size),), value=label)
    spans = tuple(span for span in ((start + size, end), *rest) if text[slice(*span)].strip())
    yield Field(model, "text", block.copy, row, "\n".join(text[a:b] for a, b in spans), spans)
