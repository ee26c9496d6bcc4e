"""Tables inside what is told of one project: a column for each quarter, and rows that say what stands in them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from parsers.base import Form
from parsers.openers import NumberedName
from pipeline.document.cells import TableCell, cells_of
from pipeline.document.scan import Matches
from pipeline.document.split.headings import openers_of
from pipeline.document.split.project_heads import HeadedColumn, headed_column, quarter_alone
from pipeline.document.split.project_rows import row_as_project, with_rows
from pipeline.document.split.project_tables import ProjectTable
from pipeline.document.table_heads import CELL_EDGES
from pipeline.model import Copy, Page, PageLine, Span

LEAST_QUARTERS, LEAST_BLOCKS = 2, 2
"""Fewer columns of quarters, or parts of a project in the rows, make no such table."""


def quarter_tables(matches: Matches, pages: Sequence[Page], form: Form) -> list[ProjectTable]:
    """The tables of some pages with a column for each quarter, each as one row with a column for each of its cells."""
    names = list(openers_of(form, NumberedName))
    if not names:
        return []
    text, lines = matches.text, [line for page in pages for line in page.text_lines]
    name = HeadedColumn(names[0][0], is_name=True)
    found: list[ProjectTable] = []
    for i, line in enumerate(lines):
        quarters = _quarters(text[line.start : line.end])
        if not quarters or (found and line.start < found[-1].end):
            continue
        rows = list(takewhile(lambda one: _is_row(text, one), lines[i + 1 :]))
        told = list(_told(text, rows, form)) if rows else []
        if len({head.block for head, _, _ in told}) >= LEAST_BLOCKS:
            labels = ((line.start, line.end), *(span for _, words, _ in told for span in words))
            beside = [(head, *one) for head, _, cells in told for one in zip(quarters, cells, strict=False)]
            columns = {
                i: head._replace(quarter=quarter, is_text=False) for i, (head, quarter, _) in enumerate(beside, 1)
            }
            row = {i: cell for i, (_, _, cell) in enumerate(beside, 1) if cell.spans}
            heads = {-1: labels, **dict.fromkeys(columns, ())}
            found.append(ProjectTable(line.start, rows[-1].end, {0: name, **columns}, heads, [row], []))
    return found


def _quarters(line: str) -> list[int]:
    """The quarters that all cells of a line but the first are, each once."""
    cells = [words for cell in CELL_EDGES.split(line) if (words := cell.strip(" *_"))]
    heads = [quarter_alone(cell) for cell in cells[1:]]
    quarters = [head.quarter for head in heads if head is not None and head.quarter]
    is_head = len(quarters) == len(heads) >= LEAST_QUARTERS and len(set(quarters)) == len(quarters)
    return quarters if is_head and quarter_alone(cells[0]) is None else []


def _is_row(text: str, line: PageLine) -> bool:
    return text.startswith("|", line.start) or "\t" in text[line.start : line.end]


def _told(
    text: str, lines: Sequence[PageLine], form: Form
) -> Iterator[tuple[HeadedColumn, tuple[Span, ...], Sequence[TableCell]]]:
    """What the rows say that they are, the words that do, and the cells beside; without words the row above goes on."""
    rows: list[list[TableCell]] = []
    for _, group in groupby(cells_of(text, [(line.start, line.end) for line in lines]), key=lambda cell: cell.row):
        row = list(group)
        if rows and not row[0].spans and len(row) == len(rows[-1]):
            both = zip(rows[-1], row, strict=True)
            rows[-1] = [above._replace(spans=(*above.spans, *below.spans)) for above, below in both]
        else:
            rows.append(row)
    for first, *cells in rows:
        head = headed_column(first.text(text).replace("\n", "").strip(" *_"), form) if first.spans else None
        if head is not None and not head.is_name:
            yield head, first.spans, cells


def with_quarter_tables(
    matches: Matches, copies: Sequence[Copy], tables: Sequence[ProjectTable], form: Form
) -> list[Copy]:
    """The copies, each project with what the tables say that stand behind its name and before that of the next."""
    found = list(copies)
    for table in tables:
        before = [(i, start) for i, copy in enumerate(found) if (start := _start(copy)) is not None]
        i, _ = max((one for one in before if one[1] < table.start), key=lambda one: one[1], default=(-1, 0))
        if i >= 0:
            told = row_as_project(matches, table, form)
            blocks = with_rows(matches, found[i].blocks, told)
            own = tuple(block._replace(copy=found[i].index) for block in blocks)
            found[i] = replace(found[i], blocks=own)
    return found


def _start(copy: Copy) -> int | None:
    """Where the name of a copy's project stands."""
    named = (block for block in copy.blocks if block.declaration.level == "project")
    return next((place for block in named for place, _ in (*block.headings, *block.pieces)), None)
