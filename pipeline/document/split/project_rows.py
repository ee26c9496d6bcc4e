"""The rows of tables with one for each project, as blocks of their projects, joined with what stands elsewhere of them.

A project is the one of the same name, or where a table prints numbers alone, of the same number.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from normalizers.digits import whole
from normalizers.fuzzy_match import CLOSE, folded
from normalizers.quarters import quarter_and_year
from parsers import compiled
from parsers.base import Form
from parsers.openers import Heading
from pipeline.document.cells import TableCell
from pipeline.document.scan import Matches
from pipeline.document.split.project_heads import HeadedColumn
from pipeline.document.split.project_tables import NUMBER, TOTAL, ProjectTable, names_project
from pipeline.model import ColumnSum, Copy, CopyBlock, HeadedCell, Inherited, Span

LEAST_TO_SUM = 2
"""So many rows of which a sum says anything."""
LINES_OF_NAME = 2
"""A name goes over so many lines at most, where another place prints it on one."""
_NUMBER_AT_END = rf"(?:[^\n]*[^0-9๐-๙.,])?{NUMBER}"
"""A row's number, behind a group's heading that lost its line break, or other words."""
_QUARTER = r"[1-4๑-๔]"
_SUM = re.compile(r"[ \t*_]*+(?:รวม|ยอดรวม)")
"""What a row begins with that sums up those above."""
_DASHES = " \t\n-–—"
"""What a cell says in which there is nothing to report."""


@dataclass(slots=True)
class TabledProject:
    """What tables say of one project."""

    name: str
    """Folded; empty where tables print its number alone."""
    number: int | None
    blocks: dict[tuple[int, int, int], CopyBlock] = field(default_factory=dict)
    """By the block of the form, the quarter, and for a name its table, each of which prints it again."""


def projects_of(matches: Matches, tables: Sequence[ProjectTable], form: Form) -> list[TabledProject]:
    """The projects that tables have rows for, in the order of the tables."""
    projects: list[TabledProject] = []
    quarters = {one.quarter for table in tables for one in table.columns.values() if one.quarter}
    only = min(quarters) if len(quarters) == 1 and not any(table.quarter_place for table in tables) else None
    for table in tables:
        is_first, at_hand, quarter = True, None, None
        for row in table.rows:
            begun = _begun(matches, form, table, row, projects)
            quarter = None if begun else quarter
            at_hand = begun or (at_hand if _goes_on(table, row) else None)
            if at_hand is not None:
                quarter = _add(_Row(matches, form, table, row, is_first), at_hand, quarter or table.quarter or only)
                is_first = False
    return projects


def row_as_project(matches: Matches, table: ProjectTable, form: Form) -> TabledProject:
    """What the only row of a table says of a project that the table does not name."""
    project = TabledProject("", None)
    _add(_Row(matches, form, table, table.rows[0], is_first=True), project, None)
    return project


def _goes_on(table: ProjectTable, row: Mapping[int, TableCell]) -> bool:
    """Whether a row goes on with the project above it."""
    return table.name_place not in row and min(row, default=0) > table.name_place


def _begun(
    matches: Matches, form: Form, table: ProjectTable, row: Mapping[int, TableCell], projects: list[TabledProject]
) -> TabledProject | None:
    """The project that a row names, known from another table or new; None where it names none, as a total does."""
    place, text = table.name_place, matches.text
    if place not in row or len(row) < 2 or TOTAL.match(row[place].text(text)):
        return None
    number = table.number(text, row)
    if table.has_numbers(text):
        known = next((one for one in projects if one.number == number is not None), None)
        return known if known or number is None else _added(projects, TabledProject("", number))
    numbers = [cell for at, cell in row.items() if at < place]
    is_counted = not place or any(compiled(_NUMBER_AT_END).fullmatch(cell.text(text)) for cell in numbers)
    if not is_counted and not names_project(text, row[place], form):
        return None
    name = folded(row[place].text(text))
    known = next((one for one in projects if ratio(one.name, name) >= CLOSE), None)
    return known or _added(projects, TabledProject(name, number))


def _added(projects: list[TabledProject], project: TabledProject) -> TabledProject:
    projects.append(project)
    return project


class _Row(NamedTuple):
    """A row with what is needed to tell its cells."""

    matches: Matches
    form: Form
    table: ProjectTable
    cells: Mapping[int, TableCell]
    is_first: bool
    """Whether no row of the table stands before it: the heads are its own."""


def _add(row: _Row, project: TabledProject, quarter: int | None) -> int | None:
    """Add what a row says to its project; gives the quarter that it is about, if it prints one."""
    table, place = row.table, row.table.quarter_place
    labels = [span for spans in table.heads.values() for span in spans] if row.is_first else []
    numbers = (cell for at, cell in row.cells.items() if at < table.name_place and at not in table.columns)
    labels += [span for cell in numbers for span in cell.spans]
    if place is not None and place in row.cells:
        printed = row.cells[place].text(row.matches.text)
        quarter = whole(printed) if compiled(_QUARTER).fullmatch(printed) else quarter_and_year(printed)[0]
        labels += row.cells[place].spans
    for at, cell in row.cells.items():
        column = table.columns.get(at)
        says_nothing = column is not None and column.is_periodic and not cell.text(row.matches.text).strip(_DASHES)
        if says_nothing or (column is not None and column.is_name and _says_again(row, project, cell)):
            labels += cell.spans  # nothing to report on a quarter, or only whose row it is
        elif column is not None and not column.is_quarter:
            _add_cell(row, project, cell, column, column.quarter or quarter, labels)
            labels = []
    if labels and project.blocks:
        key, block = list(project.blocks.items())[-1]
        project.blocks[key] = block._replace(headings=(*block.headings, *labels))
    return quarter


def _says_again(row: _Row, project: TabledProject, cell: TableCell) -> bool:
    """Whether a cell prints only the number of a project, or the name that another table has for it."""
    text = row.matches.text
    is_named = any(block.declaration.level == "project" and block.pieces for block in project.blocks.values())
    return row.table.has_numbers(text) or (is_named and folded(cell.text(text)) == project.name)


def _add_cell(  # noqa: PLR0913 - a cell, what its head says, and what stands beside it
    row: _Row,
    project: TabledProject,
    cell: TableCell,
    column: HeadedColumn,
    quarter: int | None,
    labels: Sequence[Span],
) -> None:
    """Add what a cell says to the block that its head opens."""
    declaration = row.form.blocks[column.block]
    is_whole = column.is_of_list or declaration.level == "project"
    key = (column.block, 0 if is_whole else 1 + (quarter or 0), row.table.start if column.is_name else 0)
    block = project.blocks.get(key)
    if block is None:
        period, given = key[1], _inherited(row) if column.is_name else ()
        block = CopyBlock(declaration, 0, None, None, (), period=period, inherited=given, quarter=quarter)
    block = block._replace(headings=(*block.headings, *labels))
    if column.model is not None:
        row_start = min(one.spans[0][0] for one in row.cells.values()) if column.is_of_list else None
        block = block._replace(cells=(*block.cells, HeadedCell(column.model, column.columns, cell.spans, row_start)))
    else:
        above = next(one for place, one in row.table.heads.items() if row.table.columns.get(place) is column)
        above = above if column.is_text else ()
        block = block._replace(pieces=(*block.pieces, *above, *cell.spans), above=(*block.above, *above))
    project.blocks[key] = block


def _inherited(row: _Row) -> tuple[Inherited, ...]:
    """What the group above a row says of its project."""
    start = min(cell.spans[0][0] for cell in row.cells.values())
    above = [one for one in row.table.groups if one[0] < start]
    is_sure = bool(above) and not any(above[-1][0] < other <= start for other in row.table.unsure)
    return tuple(Inherited(name, value, above[-1][2]) for name, value in above[-1][1].gives.items()) if is_sure else ()


def sums_of(matches: Matches, tables: Sequence[ProjectTable], form: Form) -> tuple[ColumnSum, ...]:
    """What tables print as the sums of columns of figures, a table over several pages."""
    found: list[ColumnSum] = []
    above, since = dict[int, list[Span]](), dict[int, list[Span]]()
    before: Mapping[int, HeadedColumn] = {}
    for table in tables:
        if table.columns != before:
            above, since, before = {}, {}, table.columns
        is_told = False
        for row in table.rows:
            figures = {at: cell.spans[0] for at, cell in row.items() if _sums_up(table.columns.get(at))}
            if _sums_rows(matches, table, row):
                known = {at: span for at, span in figures.items() if len(above.get(at, ())) >= LEAST_TO_SUM}
                found += [ColumnSum(span, tuple(since.get(at, ())), tuple(above[at])) for at, span in known.items()]
                since, is_told = {}, False
                continue
            is_told = _names_one(matches, form, table, row) or (is_told and _goes_on(table, row))
            for at, span in figures.items() if is_told else ():
                above.setdefault(at, []).append(span)
                since.setdefault(at, []).append(span)
    return tuple(found)


def _sums_up(column: HeadedColumn | None) -> bool:
    """Whether the cells of a column may be figures that a table sums up."""
    return column is not None and column.model is not None and not column.is_quarter


def _sums_rows(matches: Matches, table: ProjectTable, row: Mapping[int, TableCell]) -> bool:
    """Whether a row sums up those above it."""
    cells = (cell.text(matches.text) for place, cell in row.items() if place <= table.name_place)
    return any(_SUM.match(words) for words in cells)


def _names_one(matches: Matches, form: Form, table: ProjectTable, row: Mapping[int, TableCell]) -> bool:
    """Whether a row is about a project."""
    name = row.get(table.name_place)
    has_number = table.number(matches.text, row) is not None
    return name is not None and (has_number or not table.name_place or names_project(matches.text, name, form))


def joined(
    matches: Matches, copies: Sequence[Copy], tabled: Sequence[TabledProject], sums: tuple[ColumnSum, ...] = ()
) -> list[Copy]:
    """The copies, their projects with what tables say of them, and the projects that only tables tell of.

    `sums`: what the tables print as sums, which the first copy takes.
    """
    left, found = list(tabled), []
    for copy in copies:
        same = next((one for one in left if not copy.is_outside_projects and _is_same(matches, copy, one)), None)
        if same:
            left.remove(same)
            copy = replace(copy, blocks=with_rows(matches, copy.blocks, same))
        found.append(copy)
    found += [Copy(0, 1, tuple(one.blocks.values())) for one in left]
    found.sort(key=lambda copy: min(span for block in copy.blocks for span in _spans(block)))
    return [
        replace(
            copy,
            index=index,
            blocks=tuple(block._replace(copy=index) for block in copy.blocks),
            sums=sums if index == 1 else (),
        )
        for index, copy in enumerate(found, 1)
    ]


def _spans(block: CopyBlock) -> list[Span]:
    """Where a block stands."""
    return [*block.headings, *block.pieces, *(span for cell in block.cells for span in cell.spans)]


def _is_same(matches: Matches, copy: Copy, tabled: TabledProject) -> bool:
    """Whether tables tell of a project that stands below its name elsewhere."""
    named = next((block for block in copy.blocks if block.declaration.level == "project"), None)
    if named is None:
        return False
    lines = [folded(matches.text[start:end]) for start, end in named.pieces[:LINES_OF_NAME]]
    names = ["".join(lines[:size]) for size in range(1, len(lines) + 1)]
    if not tabled.name:
        return named.number is not None and named.number == tabled.number
    return any(ratio(name, tabled.name) >= CLOSE for name in names)


def with_rows(matches: Matches, blocks: Sequence[CopyBlock], tabled: TabledProject) -> tuple[CopyBlock, ...]:
    """The blocks of a project with those that tables say of it, each quarter's with the others of the quarter."""
    found = list(blocks)
    periods = _periods(matches, blocks, {block.quarter for block in tabled.blocks.values() if block.quarter})
    behind = max((block.period for block in blocks), default=0)
    for told in tabled.blocks.values():
        if told.period:
            told = told._replace(period=periods.get(told.quarter, told.period + behind))
        same = [i for i, one in enumerate(found) if one.declaration is told.declaration and one.period == told.period]
        if not same:
            found.append(told)
        elif told.pieces and not told.cells and _says_same(matches, found[same[0]], told):
            block = found[same[0]]
            headings = (*block.headings, *told.headings, *told.pieces)
            found[same[0]] = block._replace(headings=headings, inherited=block.inherited or told.inherited)
        elif told.cells:
            block = found[same[-1]]
            cells, headings = (*block.cells, *told.cells), (*block.headings, *told.headings)
            found[same[-1]] = block._replace(cells=cells, headings=headings, quarter=block.quarter or told.quarter)
        else:
            found.insert(same[-1] + 1, told)
    return tuple(found)


def _says_same(matches: Matches, block: CopyBlock, told: CopyBlock) -> bool:
    """Whether a row prints the name again that stands above a project's parts."""
    name, again = (folded("\n".join(matches.text[slice(*span)] for span in one.pieces)) for one in (block, told))
    return told.declaration.level == "project" and name.startswith(again)


def _periods(matches: Matches, blocks: Sequence[CopyBlock], told: set[int]) -> dict[int | None, int]:
    """The period of a project's parts in which each quarter is; what prints none is in the first that prints none."""
    own: dict[int, int | None] = {block.period: None for block in blocks if block.period}
    for block in blocks:
        if block.period and any(isinstance(one, Heading) and one.has_period for one in block.declaration.opens):
            printed = (quarter_and_year(matches.text[slice(*span)])[0] for span in block.headings)
            own[block.period] = own[block.period] or next((quarter for quarter in printed if quarter), None)
    periods = {quarter: period for period, quarter in reversed(own.items())}
    if own and None not in periods and len(own) == 1:
        periods[None] = min(own)
    if len(told) == 1 and None in periods and not told & periods.keys():
        periods[min(told)] = periods[None]
    return periods
