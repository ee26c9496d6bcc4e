"""Tables with a row for each project: what stands below a head is a block of the row's project, or a column of one.

Offices print what they report on many projects as tables, often as several of them that the project's name joins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import CLOSE, MARGIN, folded
from normalizers.quarters import quarter_and_year, without_quarter
from normalizers.text import trimmed
from parsers import compiled
from parsers.base import Block, Form
from parsers.openers import Heading, NumberedName
from pipeline.document.cells import TableCell, cells_of
from pipeline.document.scan import Matches, best_match
from pipeline.document.split.headings import openers_of, worded_heading
from pipeline.document.split.project_heads import HeadedColumn, headed_column, heads_in
from pipeline.document.table_heads import CELL_EDGES
from pipeline.model import CopyBlock, HeadedCell, Inherited, Page, PageLine, Span

FURTHER_LINES = 3
"""Lines between two rows of one table that are no rows, at most."""
_NUMBER = rf"{DIGIT}{{1,3}}[.)]?"
_NUMBER_AT_END = rf"(?:[^\n]*[^0-9๐-๙.,])?{DIGIT}{{1,3}}[.)]?"
"""A row's number, behind a group's heading that lost its line break, or other words."""
_CAPTION = rf"[ \t*#_]*+ตาราง(?:ที่)?[ \t]*+{DIGIT}{{1,2}}(?!{DIGIT})[^|\t\n]*+"
"""The line over a table that numbers it."""
_QUARTER = r"[1-4๑-๔]"
_DASHES = " \t\n-–—"
"""What a cell says in which there is nothing to report."""


class ProjectTable(NamedTuple):
    """A printed table: its lines, what its columns are, the cells of their heads, and its rows by place."""

    start: int
    end: int
    columns: Mapping[int, HeadedColumn]
    heads: Mapping[int, tuple[Span, ...]]
    rows: Sequence[Mapping[int, TableCell]]
    groups: Sequence[tuple[int, Block, Span]]
    """The headings between its rows, or above them, that say something of the projects below."""
    unsure: Sequence[int] = ()
    """Where lines stand that may head a group too, which is too damaged to tell."""


@dataclass(slots=True)
class _Project:
    """What tables say of one project."""

    name: str
    blocks: dict[tuple[int, int, int], CopyBlock] = field(default_factory=dict)
    """By the block of the form, the quarter, and for a name its table, each of which prints it again."""


def project_tables(matches: Matches, pages: Sequence[Page], form: Form) -> list[ProjectTable]:
    """The tables of some pages that have a row for each project."""
    lines, text = [line for page in pages for line in page.text_lines], matches.text
    heads = [i for i, line in enumerate(lines) if heads_in(text[line.start : line.end], form)]
    found: list[ProjectTable] = []
    for begin, stop in pairwise([*heads, len(lines)]):
        table = _table(matches, lines[begin:stop], form)
        if table is not None and table.rows:
            above = lines[begin - 1] if begin else None
            group = _group(matches, above, form) if above else None
            if above and compiled(_CAPTION).fullmatch(text, above.start, above.end):
                table = table._replace(start=above.start, heads={-1: ((above.start, above.end),), **table.heads})
            if above and group:
                table = table._replace(groups=[(above.start, *group), *table.groups])
            elif found and found[-1].columns == table.columns:  # it goes on behind a page break
                table = table._replace(groups=[*found[-1].groups, *table.groups])
            found.append(table)
    return found


def _table(matches: Matches, lines: Sequence[PageLine], form: Form) -> ProjectTable | None:
    """The table that begins with a line, up to the last of its rows."""
    groups = [(line.start, *group) for line in lines if (group := _group(matches, line, form))]
    others = {start for start, *_ in groups}
    last = between = 0
    for i, line in enumerate(lines):
        is_row = CELL_EDGES.search(matches.text, line.start, line.end) or matches.text[line.start - 1] == "\t"
        between = 0 if is_row or line.start in others else between + 1
        if between > FURTHER_LINES:
            break
        last = i if is_row else last
    lines = lines[: last + 1]
    rest = [(line.start, line.end) for line in lines if line.start not in others]
    cells = [cell for cell in cells_of(matches.text, rest) if cell.row is not None]
    rows = [{cell.place: cell for cell in row if cell.spans} for _, row in groupby(cells, key=lambda cell: cell.row)]
    size, columns, heads = _columns(matches.text, rows, form)
    if not any(one.is_name for one in columns.values()):
        return None
    run_in = [(line.start, *group) for line in lines if (group := _run_in_group(matches, line, form))]
    rows = _with_rest_of_rows(matches.text, _without_groups(matches.text, rows[size:], run_in), max(columns))
    rows = [_without_number(matches.text, row, columns, form) for row in rows]
    end = max((cell.spans[-1][1] for row in rows for cell in row.values()), default=0)
    groups = sorted([*groups, *run_in], key=itemgetter(0))
    unsure = [line.start for line in lines if _may_head_group(matches, line, form)]
    unsure = [start for start in unsure if all(start != known for known, *_ in groups)]
    within = matches.undamaged(lines[0].start, end)
    unsure += [one.start for one in within if one.words in _group_words(form) and not _is_known(one.start, groups)]
    return ProjectTable(lines[0].start, end, columns, heads, rows, [one for one in groups if one[0] < end], unsure)


def _is_known(position: int, groups: Sequence[tuple[int, Block, Span]]) -> bool:
    """Whether a position is inside the heading of a group."""
    return any(span[0] <= position < span[1] for _, _, span in groups)


Rows = list[dict[int, TableCell]]


def _without_groups(text: str, rows: Rows, groups: Sequence[tuple[int, Block, Span]]) -> Rows:
    """The rows, their numbers without the heading of a group that ran into the cell."""
    ends = {start: span[1] for start, _, span in groups}
    for row in rows:
        for place, cell in row.items():
            if (start := cell.spans[0][0]) in ends:
                row[place] = cell._replace(spans=(trimmed(text, ends[start], cell.spans[0][1]), *cell.spans[1:]))
    return rows


def _with_rest_of_rows(text: str, rows: Rows, last: int) -> Rows:
    """The rows, those in one that a line break cut inside a cell: what is behind it fills the columns that it lacks."""
    found: Rows = []
    for row in rows:
        above = found[-1] if found else {}
        is_cut = bool(above) and 0 in row and not compiled(_NUMBER).fullmatch(row[0].text(text))
        if is_cut and max(above) < last and max(above) + max(row) == last:
            cut = max(above)
            above[cut] = above[cut]._replace(spans=(*above[cut].spans, *row[0].spans))
            above |= {cut + place: cell for place, cell in row.items() if place}
        else:
            found.append(row)
    return found


def _without_number(
    text: str, row: dict[int, TableCell], columns: Mapping[int, HeadedColumn], form: Form
) -> dict[int, TableCell]:
    """A row whose number was lost with what parted it from the name: each cell is one column further."""
    name, last = next(place for place, one in columns.items() if one.is_name), max(columns)
    is_short = name > 0 and max(row, default=0) == last - 1 and name - 1 in row
    return (
        {place + 1: cell for place, cell in row.items()}
        if is_short and _names_project(text, row[name - 1], form)
        else row
    )


def _names_project(text: str, cell: TableCell, form: Form) -> bool:
    """Whether a cell begins with the word that names of projects begin with."""
    return cell.text(text).startswith(tuple(one.word for _, one in openers_of(form, NumberedName)))


def _run_in_group(matches: Matches, line: PageLine, form: Form) -> tuple[Block, Span] | None:
    """The group whose heading lost the line break before a row: the row's number ends the first cell."""
    match = best_match(matches.lines[line.start].matches, _group_words(form).keys())
    edge = CELL_EDGES.search(matches.text, match.end, line.end) if match else None
    if match is None or edge is None or not compiled(_NUMBER).fullmatch(matches.text[match.end : edge.start()].strip()):
        return None
    return form.blocks[_group_words(form)[match.words]], (match.start, match.end)


def _may_head_group(matches: Matches, line: PageLine, form: Form) -> bool:
    """Whether a line without a number begins, however damaged, as the heading of a group does."""
    start = matches.lines[line.start]
    near = (match for match in start.matches if match.score >= CLOSE - MARGIN)
    return not start.number and any(match.words in _group_words(form) for match in near)


@cache
def _group_words(form: Form) -> Mapping[str, int]:
    """The block of each heading of a group, by its folded words."""
    openers = [(place, one) for place, one in openers_of(form, Heading) if form.blocks[place].level == "group"]
    return {folded(words): place for place, one in openers for words in one.wordings}


def _group(matches: Matches, line: PageLine, form: Form) -> tuple[Block, Span] | None:
    """The group that a line heads, alone in its row."""
    if len([cell for cell in CELL_EDGES.split(matches.text[line.start : line.end]) if cell.strip()]) != 1:
        return None
    found = worded_heading(matches, matches.lines[line.start], form)
    block = form.blocks[found.block] if found else None
    return (block, (line.start, line.end)) if block and block.level == "group" else None


def _columns(
    text: str, rows: Sequence[Mapping[int, TableCell]], form: Form
) -> tuple[int, dict[int, HeadedColumn], dict[int, tuple[Span, ...]]]:
    """How many rows are heads, what their columns are, and where each head stands; a quarter stands over several."""
    first, second = rows[0] if rows else {}, rows[1] if len(rows) > 1 else {}
    names = [place for place, cell in first.items() if (one := headed_column(cell.text(text), form)) and one.is_name]
    below = {place for place, cell in second.items() if headed_column(without_quarter(cell.text(text)), form)}
    has_two = bool(below) and names[:1] and names[0] not in second
    columns: dict[int, HeadedColumn] = {}
    heads: dict[int, tuple[Span, ...]] = {}
    over: TableCell | None = None
    for place in range(1 + max((*first, *second), default=0)):
        over = first.get(place, over if has_two and place in second else None)
        own = [cell for cell in (over, second.get(place) if has_two else None) if cell is not None]
        printed = [cell.text(text) for cell in own]
        quarter = next((number for words in printed if (number := quarter_and_year(words)[0])), None)
        found = [head for words in reversed(printed) if (head := headed_column(without_quarter(words), form))]
        if found:
            columns[place] = found[0]._replace(quarter=quarter)
        heads[place] = tuple(span for cell in own for span in cell.spans)
    return 2 if has_two else 1, columns, heads


def projects_of(matches: Matches, tables: Sequence[ProjectTable], form: Form) -> list[list[CopyBlock]]:
    """The blocks of each project that tables have rows for, in the order of the tables."""
    projects: list[_Project] = []
    quarters = {one.quarter for table in tables for one in table.columns.values() if one.quarter}
    only = min(quarters) if len(quarters) == 1 and not any(_quarter_place(table) for table in tables) else None
    for table in tables:
        is_first, at_hand, quarter = True, None, None
        for row in table.rows:
            begun = _begun(matches, form, table, row, projects)
            quarter = None if begun else quarter
            at_hand = begun or (at_hand if _goes_on(table, row) else None)
            if at_hand is not None:
                quarter = _add(_Row(matches, form, table, row, is_first), at_hand, quarter or only)
                is_first = False
    return [list(project.blocks.values()) for project in projects]


def _name_place(table: ProjectTable) -> int:
    return next(place for place, one in table.columns.items() if one.is_name)


def _quarter_place(table: ProjectTable) -> int | None:
    return next((place for place, one in table.columns.items() if one.is_quarter), None)


def _goes_on(table: ProjectTable, row: Mapping[int, TableCell]) -> bool:
    """Whether a row goes on with the project above it."""
    return _name_place(table) not in row and min(row, default=0) > _name_place(table)


def _begun(
    matches: Matches, form: Form, table: ProjectTable, row: Mapping[int, TableCell], projects: list[_Project]
) -> _Project | None:
    """The project that a row names, known from another table or new; None where it names none, as a total does."""
    place = _name_place(table)
    numbers = [cell for at, cell in row.items() if at < place]
    is_counted = not place or any(compiled(_NUMBER_AT_END).fullmatch(cell.text(matches.text)) for cell in numbers)
    is_counted = is_counted or (place in row and _names_project(matches.text, row[place], form))
    if place not in row or not is_counted or len(row) < 2:
        return None
    name = folded(row[place].text(matches.text))
    known = next((one for one in projects if ratio(one.name, name) >= CLOSE), None)
    if known is None:
        projects.append(known := _Project(name))
    return known


class _Row(NamedTuple):
    """A row with what is needed to tell its cells."""

    matches: Matches
    form: Form
    table: ProjectTable
    cells: Mapping[int, TableCell]
    is_first: bool
    """Whether no row of the table stands before it: the heads are its own."""


def _add(row: _Row, project: _Project, quarter: int | None) -> int | None:
    """Add what a row says to its project; gives the quarter that it is about, if it prints one."""
    table, place = row.table, _quarter_place(row.table)
    labels = [span for spans in table.heads.values() for span in spans] if row.is_first else []
    labels += [span for at, cell in row.cells.items() if at < _name_place(table) for span in cell.spans]
    if place is not None and place in row.cells:
        printed = row.cells[place].text(row.matches.text)
        quarter = whole(printed) if compiled(_QUARTER).fullmatch(printed) else quarter_and_year(printed)[0]
        labels += row.cells[place].spans
    for at, cell in row.cells.items():
        column = table.columns.get(at)
        says_nothing = column is not None and column.is_periodic and not cell.text(row.matches.text).strip(_DASHES)
        if says_nothing or (column and column.is_name and project.blocks and _says_again(row, project, cell)):
            labels += cell.spans  # nothing to report on a quarter, or only whose row it is
        elif column is not None and not column.is_quarter:
            _add_cell(row, project, cell, column, column.quarter or quarter, labels)
            labels = []
    if labels and project.blocks:
        key, block = list(project.blocks.items())[-1]
        project.blocks[key] = block._replace(headings=(*block.headings, *labels))
    return quarter


def _says_again(row: _Row, project: _Project, cell: TableCell) -> bool:
    """Whether a cell names a project that another table has named so."""
    return folded(cell.text(row.matches.text)) == project.name


def _add_cell(  # noqa: PLR0913 - a cell, what its head says, and what stands beside it
    row: _Row, project: _Project, cell: TableCell, column: HeadedColumn, quarter: int | None, labels: Sequence[Span]
) -> None:
    """Add what a cell says to the block that its head opens."""
    declaration = row.form.blocks[column.block]
    is_whole = declaration.level == "project"
    key = (column.block, 0 if is_whole else 1 + (quarter or 0), row.table.start if column.is_name else 0)
    block = project.blocks.get(key)
    if block is None:
        period, given = key[1], _inherited(row) if column.is_name else ()
        block = CopyBlock(declaration, 0, None, None, (), period=period, inherited=given, quarter=quarter)
    block = block._replace(headings=(*block.headings, *labels))
    if column.model is not None:
        block = block._replace(cells=(*block.cells, HeadedCell(column.model, column.columns, cell.spans)))
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
