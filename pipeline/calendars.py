"""The steps of a plan drawn over months: a table whose marks may be lost, or only a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.month_names import full_month, short_month
from normalizers.numbers import marker
from parsers.base import Calendar
from pipeline.bullets import read_bullets
from pipeline.grids import fields_of_table
from pipeline.model import Block, Field, Note, passage
from pipeline.tables import TableCell, cells_of, find_table

LEAST_MONTHS = 6
"""So many cells with the name of a month make a calendar."""

_MARK = re.compile(r"[\s/xX×✓✔√●•○■□◼◄►←→↔⟷➔▶◀*+=_–—-]++")


def read_calendar(reads: Calendar, block: Block, text: str) -> Iterator[Field | Note]:
    """A row for each step; a note where months are printed and no step has a mark under any."""
    cells = cells_of(text, block.pieces)
    months = [i for i, cell in enumerate(cells) if _is_month(cell.said(text))]
    if len(months) >= LEAST_MONTHS:
        yield from _drawn(reads, block, text, cells[months[-1] + 1 :])
    elif table := find_table(text, block.pieces, reads.grid):
        yield from fields_of_table(reads.grid, table, block, text)
    else:
        yield from read_bullets(reads.steps, block, passage(text, block.pieces))


def _is_month(said: str) -> bool:
    """Whether a cell is the name of a month, perhaps with its year."""
    name = said.strip(" *\\_")
    return len(name) <= 16 and (short_month(name) is not None or full_month(name) is not None)


def _drawn(reads: Calendar, block: Block, text: str, cells: Sequence[TableCell]) -> Iterator[Field | Note]:
    """The steps of a calendar: each cell that says something begins one, and what stands in the others are marks."""
    has_marks, ordinal = False, 0
    for cell in _steps(text, cells):
        said = cell.said(text)
        if not said or (_MARK.fullmatch(said) and cell.place != 0):
            has_marks = has_marks or bool(said.strip(" *\\_"))
            continue
        if cell.row is not None and cell.place > 1:
            continue
        ordinal += 1
        yield from _step(reads, block, text, cell, ordinal)
    if ordinal and not has_marks:
        span = block.heading or cells[0].spans[0]
        yield Note(
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
            current = replace(current, spans=(*current.spans, *cell.spans))
    if current is not None:
        yield current


def _step(reads: Calendar, block: Block, text: str, cell: TableCell, ordinal: int) -> Iterator[Field]:
    model, row = reads.steps.model, ("step", 0, ordinal)
    (start, end), *rest = cell.spans
    label, size = marker(text[start:end])
    if label:
        yield Field(model, "label", block.copy, row, label, ((start, start + size),), value=label)
    spans = tuple(span for span in ((start + size, end), *rest) if text[slice(*span)].strip())
    yield Field(model, "text", block.copy, row, "\n".join(text[a:b] for a, b in spans), spans)
