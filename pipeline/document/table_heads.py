"""What the cells of tables head: the columns that a form declares, in its own words or in others that say the same."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from normalizers.fuzzy_match import folded
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Column, Entries, Form, Grid, Labelled, Priced, Steps
from schemas.base import FirstInBlock, Label, Table, columns_with

OVER = -1
"""Stands for a heading over several columns."""
LONGEST_HEADING = 80
"""Characters of the longest heading of a column."""
LEAST_HEADS = 4
"""A line that heads so many columns of a table is its head, wherever it stands."""
LEAST_CELLS = 3
"""So many cells head the table of a part of a project, all of them known."""
QUARTER_HEADS = ("ไตรมาส", "ไตรมาสที่")
"""The head of a column of quarters."""
Heads = tuple[int, ...]
"""The places of the columns that a cell heads; two where headings ran together, none for other cells."""
CELL_EDGES = re.compile(r"[|\t]| {2,}")


@cache
def headings_of(grid: Grid) -> dict[str, Heads]:
    """What each heading of a grid heads, by its folded words."""
    heads = [((place,), column.headings) for place, column in enumerate(grid.columns)]
    return {folded(words): places for places, forms in [((OVER,), grid.over), *heads[::-1]] for words in forms}


@cache
def pairs_of(grid: Grid) -> dict[str, Heads]:
    """What two headings of neighbouring columns head that ran together in one cell."""
    columns = [(words, heads) for words, heads in headings_of(grid).items() if heads != (OVER,)]
    return {one + two: (*first, *then) for one, first in columns for two, then in columns if first != then}


def heads_like(printed: str, grid: Grid) -> Heads:
    """The column that other words head than those that the form declares."""
    if len(printed) > LONGEST_HEADING or not any(column.like for column in grid.columns):
        return ()
    words = bare_label(printed)
    columns = enumerate(grid.columns) if words else ()
    return next(((i,) for i, column in columns if column.like and compiled(column.like).fullmatch(words)), ())


def is_head(line: str, grid: Grid) -> bool:
    """Whether a line is the head of a table: its cells head several columns, that of what leads a row too.

    >>> from parsers.bma_progress_report import ENTRIES
    >>> is_head("ครั้งที่ | วันที่ | ผลการดำเนินงาน | ร้อยละ | เบิกจ่าย (บาท)", ENTRIES), is_head("วันที่ | ร้อยละ", ENTRIES)
    (True, False)
    """
    cells = [cell for cell in CELL_EDGES.split(line) if cell.strip(" *_")]
    if len(cells) < LEAST_HEADS:
        return False
    known = headings_of(grid)
    heads = [known.get(folded(bare_label(cell)), ()) or heads_like(cell, grid) for cell in cells]
    places = {place for head in heads for place in head}
    leading = set(columns_with(grid.model, FirstInBlock))
    is_led = not leading or any(leading & set(grid.columns[place].fills) for place in places if place != OVER)
    return is_led and len(places) >= LEAST_HEADS and 2 * len(places) > len(cells)


def _is_led(grid: Grid, heads: Sequence[Heads]) -> bool:
    """Whether the first head is a table's first, or one of what fills nothing before that of its words."""
    words = next((i for i, one in enumerate(grid.columns) if grid.model.column_of("words") in one.fills), 0)
    is_serial = bool(heads[0]) and heads[0][0] >= 0 and not grid.columns[heads[0][0]].fills
    return heads[0] in ((0,), (words,)) or (is_serial and heads[1] == (words,))


@cache
def grids_of(form: Form) -> tuple[tuple[int, Grid], ...]:
    """The tables of a form whose heads open their blocks, each with the place of its block."""
    readings = ((place, one) for place, block in enumerate(form.blocks) for one in block.readings)
    return tuple((place, one.grid) for place, one in readings if isinstance(one, Entries) and one.grid is not None)


def blocks_of_tables(lines: Iterable[str], form: Form) -> frozenset[int]:
    """The blocks of a form that are a table of which some line is the head."""
    grids = grids_of(form)
    return frozenset(block for line in (lines if grids else ()) for block, grid in grids if is_head(line, grid))


@cache
def columns_by_label(model: type[Table]) -> dict[str, list[str]]:
    """The columns that stand behind one label, under the first of them."""
    columns: dict[Label, list[str]] = {}
    for column, label in columns_with(model, Label).items():
        columns.setdefault(label, []).append(column)
    return {group[0]: group for group in columns.values()}


@cache
def grid_of(model: type[Table]) -> Grid:
    """The columns of a table that prints labels as its headings, the quarter's first where the rows have one."""
    labels, quarter = columns_with(model, Label), model.column_of("quarter")
    groups = [(labels[first], tuple(group)) for first, group in columns_by_label(model).items()]
    columns = [Column((*label.names, *label.heads), fills=group, like=label.like) for label, group in groups]
    return Grid(model, ((Column(QUARTER_HEADS, fills=(quarter,)),) if quarter else ()) + tuple(columns))


@cache
def _tables_of_parts(form: Form) -> tuple[tuple[int, tuple[Grid, ...]], ...]:
    """The tables that parts of a project may be, each with the place of its block; beside entries, attached ones."""
    if not form.holds_projects:
        attached = ((i, one) for i, one in enumerate(form.blocks) if one.is_attached and grids_of(form))
        grids = ((i, tuple(map(_own_grid, block.readings))) for i, block in attached)
        return tuple((i, tuple(one for one in found if one)) for i, found in grids if any(found))
    parts = ((i, one) for i, one in enumerate(form.blocks) if one.level == "part" and not one.is_attached)
    parts = ((i, one) for i, one in parts if not one.begins_period)
    tables = ((i, tuple(map(_table_of, block.readings))) for i, block in parts)
    return tuple((i, tuple(one for one in grids if one)) for i, grids in tables if any(grids))


def _own_grid(reads: object) -> Grid | None:
    """The table that a reading is, or reads."""
    return reads if isinstance(reads, Grid) else reads.grid if isinstance(reads, Priced) else None


def _table_of(reads: object) -> Grid | None:
    """The table that a reading is, or that stands in the place of its list or of the labels of a quarter."""
    if isinstance(reads, Labelled):
        return grid_of(reads.model) if reads.model.column_of("quarter") is not None else None
    return reads if isinstance(reads, Grid) else reads.grid if isinstance(reads, Steps) else None


def part_headed(line: str, form: Form) -> int | None:
    """The block of a project's part that a table's head begins: all cells head its columns, the first its first.

    Or the first counts the rows, and the second heads what they are about.
    """
    cells = [cell.strip(" *_") for cell in CELL_EDGES.split(line) if cell.strip(" *_")]
    if len(cells) < LEAST_CELLS:
        return None
    for place, grids in _tables_of_parts(form):
        heads = [
            [headings_of(grid).get(folded(bare_label(cell))) or heads_like(cell, grid) for grid in grids]
            for cell in cells
        ]
        by_grid = zip(grids, zip(*heads, strict=True), strict=True)
        if all(map(any, heads)) and any(_is_led(grid, one) for grid, one in by_grid):
            return place
    return None
