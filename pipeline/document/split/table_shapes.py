"""Tables of projects whose rows are no projects: they are rewritten so that the rows say what the form's tables hold.

Where the columns are quarters, each row says what its amounts are, as what was planned or spent; a project has a row
for each kind of amount, of which only the first names it. They become one row, with a column for each kind in each
quarter. Where the columns are a list's, as of indicators, a row becomes one for each that it lists.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from normalizers.fuzzy_match import folded
from normalizers.quarters import quarter_and_year, without_quarter
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Column, Form, Grid
from pipeline.document.cells import TableCell
from pipeline.document.split.project_heads import HeadedColumn, headed_column
from pipeline.document.split.project_tables import NUMBER, ProjectTable
from pipeline.document.table_heads import headings_of, heads_like
from pipeline.model import Span

LEAST_COLUMNS = 2
"""So many columns of one list, its words among them, make the rows of a table the list's."""
LEAST_QUARTERS, LEAST_ROWS = 2, 2
"""Fewer columns of quarters, or rows that say what they are, make no such table."""
NUMBER_PLACE, KIND_PLACE, NAME_PLACE, FIRST_AMOUNT = range(4)
"""Where the parts of a row stand in the table that is given."""


class _Layout(NamedTuple):
    """Where a printed table has its parts."""

    kind: int
    quarters: Mapping[int, int]
    """The quarter of each column that has one."""
    kinds: tuple[HeadedColumn, ...]
    """What the rows say that they are, in their order."""


def reshaped(text: str, table: ProjectTable, form: Form) -> ProjectTable:
    """The table with a row for each project or for each that a list of its names; itself, where it has these rows."""
    return _with_rows_of_lists(text, _with_kinds_as_columns(text, table, form), form)


def _with_kinds_as_columns(text: str, table: ProjectTable, form: Form) -> ProjectTable:
    """The table with one row for each project; itself, where its columns are no quarters alone."""
    layout = _layout(text, table, form)
    if layout is None:
        return table
    amounts = [(place, kind) for place in layout.quarters for kind in layout.kinds]
    places = {one: FIRST_AMOUNT + i for i, one in enumerate(amounts)}
    columns = {places[place, kind]: kind._replace(quarter=layout.quarters[place]) for place, kind in amounts}
    rows = [_row(text, rows, layout, places) for rows in _projects(text, table, layout, form)]
    names, name = table.heads.get(table.name_place, ()), table.columns[table.name_place]
    others = tuple(span for at, spans in table.heads.items() for span in spans if at != table.name_place)
    return table._replace(columns={NAME_PLACE: name, **columns}, heads={NAME_PLACE: names, -1: others}, rows=rows)


def _layout(text: str, table: ProjectTable, form: Form) -> _Layout | None:
    quarters = {place: quarter for place, spans in table.heads.items() if (quarter := _quarter_alone(text, spans))}
    quarters = {place: quarter for place, quarter in quarters.items() if place >= 0 and place not in table.columns}
    if len(quarters) < LEAST_QUARTERS or len(set(quarters.values())) < len(quarters):
        return None
    kind = min(quarters) - 1
    kinds = Counter(found for row in table.rows if (found := _kind(text, row.get(kind), form)))
    return _Layout(kind, quarters, tuple(kinds)) if len(kinds) > 1 and kinds.total() >= LEAST_ROWS else None


def _quarter_alone(text: str, spans: tuple[Span, ...]) -> int | None:
    """The quarter that a head prints, and nothing else, on the first of its lines."""
    words = text[slice(*spans[0])].strip(" *_") if spans else ""
    return quarter_and_year(words)[0] if words and not without_quarter(words) else None


def _kind(text: str, cell: TableCell | None, form: Form) -> HeadedColumn | None:
    """What a cell says that the amounts of its row are."""
    head = headed_column(cell.text(text).strip(" *_"), form) if cell else None
    return head if head and head.is_periodic else None


def _projects(
    text: str, table: ProjectTable, layout: _Layout, form: Form
) -> Iterator[dict[HeadedColumn, Mapping[int, TableCell]]]:
    """The rows of each project, by what they say that they are."""
    found: dict[HeadedColumn, Mapping[int, TableCell]] = {}
    for row in table.rows:
        kind = _kind(text, row.get(layout.kind), form)
        if kind is not None and kind in found:
            yield found
            found = {}
        if kind is not None:
            found[kind] = row
    yield found


def _row(
    text: str,
    rows: Mapping[HeadedColumn, Mapping[int, TableCell]],
    layout: _Layout,
    places: Mapping[tuple[int, HeadedColumn], int],
) -> dict[int, TableCell]:
    """The rows of a project as one."""
    above = [span for row in rows.values() for at in sorted(row) if at < layout.kind for span in row[at].spans]
    number = above[:1] if above and compiled(NUMBER).fullmatch(text[slice(*above[0])].strip(" *_")) else []
    kinds = [span for row in rows.values() for span in row[layout.kind].spans]
    parts = {NUMBER_PLACE: number, KIND_PLACE: kinds, NAME_PLACE: above[len(number) :]}
    row = {place: TableCell(tuple(spans), 0, place) for place, spans in parts.items() if spans}
    cells = ((kind, at, cell) for kind, one in rows.items() for at, cell in one.items())
    amounts = ((places[at, kind], cell) for kind, at, cell in cells if at in layout.quarters)
    return row | {place: cell._replace(place=place) for place, cell in amounts}


def _with_rows_of_lists(text: str, table: ProjectTable, form: Form) -> ProjectTable:
    """The table with a row for each that a list of a project has; itself, where it speaks of projects alone.

    Of what else such a table prints, what came of each, is no result of the project.
    """
    for block, grid in _lists_of(form):
        declared = _declared_columns(text, table, grid)
        filled = {at: column for at, column in declared.items() if column.fills}
        words = next((at for at, column in filled.items() if grid.model.column_of("words") in column.fills), None)
        others = (one for at, one in table.columns.items() if at not in filled and not one.is_name)
        if words is not None and len(filled) >= LEAST_COLUMNS and all(one.is_periodic for one in others):
            names = {at: one for at, one in table.columns.items() if one.is_name}
            columns = {
                at: HeadedColumn(block, grid.model, column.fills, is_of_list=True) for at, column in filled.items()
            }
            rows = [part for row in table.rows for part in _parts_of_row(text, row, words, declared)]
            return table._replace(columns=names | columns, rows=rows)
    return table


@cache
def _lists_of(form: Form) -> tuple[tuple[int, Grid], ...]:
    """The tables of lists that parts of a project are, each with the place of its block."""
    parts = ((i, block) for i, block in enumerate(form.blocks) if block.level == "part")
    return tuple((i, one) for i, block in parts for one in block.readings if isinstance(one, Grid))


def _declared_columns(text: str, table: ProjectTable, grid: Grid) -> dict[int, Column]:
    """The columns of a list that columns of a table are, by their place in the table."""
    declared: dict[int, Column] = {}
    for at, spans in table.heads.items():
        printed = "".join(text[start:end] for start, end in spans).strip(" *_")
        heads = headings_of(grid).get(folded(bare_label(printed))) or heads_like(printed, grid)
        column = grid.columns[heads[0]] if heads and heads[0] >= 0 else None
        if at > table.name_place and column is not None and column not in declared.values():
            declared[at] = column
    return declared


def _parts_of_row(
    text: str, row: Mapping[int, TableCell], words: int, columns: Mapping[int, Column]
) -> Iterator[dict[int, TableCell]]:
    """What a row lists: another part begins on a line that says the words and what has a shape of its own."""
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
