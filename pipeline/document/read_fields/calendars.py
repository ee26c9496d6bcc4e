"""The steps of a plan drawn over months: a table whose marks may be lost, or only a list."""

import re
from collections.abc import Iterator, Sequence

from normalizers.digits import ARABIC, DIGIT, THAI, arabic
from normalizers.month_names import full_month, short_month
from normalizers.numbers import marker
from parsers.base import Calendar
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.cells import TableCell, cells_of
from pipeline.document.read_fields.lists import read_bullets
from pipeline.document.read_fields.tables import fields_of_table, find_table
from pipeline.model import Field, Issue, RowId

LEAST_MONTHS, LEAST_IN_A_ROW = 6, 3
"""So many cells with the name of a month and few others between make a calendar, or fewer with none between."""

_SERIAL = re.compile(rf"\s*+(?:\*\*)?({DIGIT}{{1,2}}+)[.)]?(?:\*\*)?\s*+")
_MARK = re.compile(r"[\s/xX×✓✔√●•○■□◼◄►←→↔⟷➔▶◀*+=_–—-]++")


def read_calendar(reads: Calendar, joined: JoinedText) -> Iterator[Field | Issue]:
    """A row for each step; an issue where months are printed and no step has a mark under any."""
    cells = cells_of(joined.matches.text, joined.pieces)
    months = _months(joined.matches.text, cells)
    if months:
        yield from _drawn(reads, joined, cells[months[-1] + 1 :], cells[months[0]].place)
    elif table := find_table(joined, reads.grid):
        yield from fields_of_table(reads.grid, table, joined)
    else:
        yield from read_bullets(reads.steps, joined)


def _is_month(text: str) -> bool:
    """Whether a cell is the name of a month, perhaps with its year."""
    name = text.strip(" *\\_").rstrip(THAI + ARABIC).rstrip().removesuffix("พ.ศ.").rstrip()
    return len(name) <= 16 and (short_month(name) is not None or full_month(name) is not None)


def _count(cells: Sequence[TableCell]) -> int:
    """How many cells say something."""
    return sum(bool(cell.spans) for cell in cells)


def _months(text: str, cells: Sequence[TableCell]) -> list[int]:
    """The cells that name the months of a calendar, none where the text has no calendar."""
    months = [i for i, cell in enumerate(cells) if _is_month(cell.text(text))]
    if len(months) >= LEAST_MONTHS and 3 * len(months) > 2 * _count(cells[months[0] : months[-1] + 1]):
        return months
    run: list[int] = []
    for i in months:
        run = [*run, i] if run and not _count(cells[run[-1] + 1 : i]) else [i]
        if len(run) >= LEAST_IN_A_ROW and cells[i].row == cells[run[0]].row:
            following = [later for later in months if later > i]
            if not following or following[0] != i + 1:
                return run
    return []


def _drawn(reads: Calendar, joined: JoinedText, cells: Sequence[TableCell], first_month: int) -> Iterator[Field | Issue]:
    """The steps of a calendar: each cell that says something begins one, and what stands in the others are marks."""
    text, has_marks, ordinal = joined.matches.text, False, 0
    number: TableCell | None = None
    for cell in _steps(text, cells):
        words = cell.text(text)
        if not words or (_MARK.fullmatch(words) and (cell.row is None or cell.place != 0) and cell.kind != "loose"):
            has_marks = has_marks or bool(words.strip(" *\\_"))
        elif cell.row is not None and cell.place >= max(first_month, 1):
            continue
        elif _SERIAL.fullmatch(words):
            number = cell
        else:
            ordinal += 1
            yield from _step(reads, joined, cell, number, ordinal)
            number = None
    if ordinal and not has_marks:
        text = f"the plan prints months and {ordinal} steps, and no mark that says when"
        span = joined.block.heading or cells[0].spans[0]
        yield Issue("schedule_marks_lost", text, span, reads.steps.model.table, copy=joined.block.copy)


def _steps(text: str, cells: Sequence[TableCell]) -> Iterator[TableCell]:
    """The cells; where nothing parts them and steps have numbers, lines without one join the step above."""
    loose = [cell for cell in cells if cell.kind == "loose"]
    if not any(marker(cell.text(text))[0] for cell in loose):
        yield from cells
        return
    steps: list[TableCell] = []
    for cell in loose:
        if not steps or marker(cell.text(text))[0]:
            steps.append(cell)
        else:
            steps[-1] = steps[-1]._replace(spans=(*steps[-1].spans, *cell.spans))
    yield from steps


def _step(reads: Calendar, joined: JoinedText, cell: TableCell, number: TableCell | None, ordinal: int) -> Iterator[Field]:
    """The fields of a step; its number may stand in a cell of its own."""
    model, copy, row, text = reads.steps.model, joined.block.copy, RowId(order=("step", 0, ordinal)), joined.matches.text
    (start, end), *rest = cell.spans
    label, size = marker(text[start:end])
    if number is not None and not label and (serial := _SERIAL.fullmatch(number.text(text))):
        yield Field(
            model, model.column_of("label"), copy, row, number.text(text), number.spans, value=arabic(serial[1])
        )
    elif label:
        yield Field(model, model.column_of("label"), copy, row, label, ((start, start + size),), value=label)
    spans = tuple(span for span in ((start + size, end), *rest) if text[slice(*span)].strip())
    yield Field(model, model.column_of("words"), copy, row, "\n".join(text[a:b] for a, b in spans), spans)
