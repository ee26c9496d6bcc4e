"""Tables of projects whose columns are quarters: each row says what its amounts are, as what was planned or spent.

A project has a row for each kind of amount, of which only the first names it. They become one row, with a column for
each kind in each quarter.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from normalizers.quarters import quarter_and_year, without_quarter
from parsers import compiled
from parsers.base import Form
from pipeline.document.cells import TableCell
from pipeline.document.split.project_heads import HeadedColumn, headed_column
from pipeline.document.split.project_tables import NUMBER, ProjectTable
from pipeline.model import Span

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


def with_kinds_as_columns(text: str, table: ProjectTable, form: Form) -> ProjectTable:
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
