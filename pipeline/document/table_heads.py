"""What the cells of tables head: the columns that a form declares, in its own words or in others that say the same."""

import re
from collections.abc import Iterable
from functools import cache

from normalizers.fuzzy_match import folded
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Entries, Form, Grid
from schemas.base import FirstInBlock, columns_with

OVER = -1
"""Stands for a heading over several columns."""
LONGEST_HEADING = 80
"""Characters of the longest heading of a column."""
LEAST_HEADS = 4
"""A line that heads so many columns of a table is its head, wherever it stands."""
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


@cache
def grids_of(form: Form) -> tuple[tuple[int, Grid], ...]:
    """The tables of a form whose heads open their blocks, each with the place of its block."""
    readings = ((place, one) for place, block in enumerate(form.blocks) for one in block.readings)
    return tuple((place, one.grid) for place, one in readings if isinstance(one, Entries) and one.grid is not None)


def blocks_of_tables(lines: Iterable[str], form: Form) -> frozenset[int]:
    """The blocks of a form that are a table of which some line is the head."""
    grids = grids_of(form)
    return frozenset(block for line in (lines if grids else ()) for block, grid in grids if is_head(line, grid))
