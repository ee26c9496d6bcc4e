"""Tables of projects whose rows are items of a list, as of indicators: a project may have several of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from normalizers.fuzzy_match import folded
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Column, Form, Grid
from pipeline.document.cells import TableCell
from pipeline.document.split.project_heads import HeadedColumn
from pipeline.document.split.project_tables import ProjectTable
from pipeline.document.table_heads import headings_of, heads_like
from pipeline.model import Span

LEAST_COLUMNS = 2
"""So many columns of one list, its words among them, make the rows of a table its items."""


def with_items_as_rows(text: str, table: ProjectTable, form: Form) -> ProjectTable:
    """The table with a row for each item; itself, where what it says is about projects alone.

    Of what else such a table prints, what came of each item, is no result of the project.
    """
    for block, grid in _lists_of(form):
        columns = _columns(text, table, block, grid)
        words = next((at for at, one in columns.items() if grid.model.column_of("words") in one.columns), None)
        others = (one for at, one in table.columns.items() if at not in columns and not one.is_name)
        if words is not None and len(columns) >= LEAST_COLUMNS and all(one.is_periodic for one in others):
            names = {at: one for at, one in table.columns.items() if one.is_name}
            cells = {at: grid.columns[place] for at, place in _places(text, table, grid).items()}
            rows = [item for row in table.rows for item in _items(text, row, words, cells)]
            return table._replace(columns=names | columns, rows=rows)
    return table


@cache
def _lists_of(form: Form) -> tuple[tuple[int, Grid], ...]:
    """The tables of lists that parts of a project are, each with the place of its block."""
    parts = ((i, block) for i, block in enumerate(form.blocks) if block.level == "part")
    return tuple((i, one) for i, block in parts for one in block.readings if isinstance(one, Grid))


def _places(text: str, table: ProjectTable, grid: Grid) -> dict[int, int]:
    """The columns of a table that a list declares, each with its place there."""
    places: dict[int, int] = {}
    for at, spans in table.heads.items():
        printed = "".join(text[start:end] for start, end in spans).strip(" *_")
        heads = headings_of(grid).get(folded(bare_label(printed))) or heads_like(printed, grid)
        if at > table.name_place and heads and heads[0] >= 0 and heads[0] not in places.values():
            places[at] = heads[0]
    return places


def _columns(text: str, table: ProjectTable, block: int, grid: Grid) -> dict[int, HeadedColumn]:
    """What the columns of a table are that fill columns of a list."""
    filled = ((at, grid.columns[place].fills) for at, place in _places(text, table, grid).items())
    return {at: HeadedColumn(block, grid.model, fills, is_item=True) for at, fills in filled if fills}


def _items(
    text: str, row: Mapping[int, TableCell], words: int, columns: Mapping[int, Column]
) -> Iterator[dict[int, TableCell]]:
    """The items of a row: another one begins on a line that says the words and what has a shape of its own."""
    shaped = [at for at, column in columns.items() if column.shape and at in row and at != words]
    firsts = {_line(text, span) for span in row[words].spans} if words in row else set[int]()
    for at in shaped:
        shape = compiled(columns[at].shape or "")
        firsts &= {_line(text, span) for span in row[at].spans if shape.fullmatch(text, *span)}
    begins = sorted(firsts)[1:] if shaped else []
    edges = [0, *begins, len(text)]
    for i, (first, behind) in enumerate(pairwise(edges)):
        parts = {
            at: [span for span in cell.spans if first <= span[0] < behind or (i == 0 and at not in columns)]
            for at, cell in row.items()
            if i == 0 or at in columns
        }
        yield {at: row[at]._replace(spans=tuple(spans)) for at, spans in parts.items() if spans}


def _line(text: str, span: Span) -> int:
    """Where the line of a span begins."""
    return text.rfind("\n", 0, span[0]) + 1
