"""Tables with a row for each project: what stands below a head is a block of the row's project, or a column of one.

Offices print what they report on many projects as tables, often as several of them that the project's name joins.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import CLOSE, folded
from normalizers.quarters import quarter_and_year, without_quarter
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Block, Form, Labelled
from parsers.openers import Heading, NumberedName
from pipeline.document.cells import TableCell, cells_of
from pipeline.document.scan import Matches
from pipeline.document.split.headings import openers_of, worded_heading
from pipeline.document.table_heads import CELL_EDGES, LONGEST_HEADING
from pipeline.model import CopyBlock, HeadedCell, Inherited, Page, PageLine, Span
from schemas.base import Label, Table, columns_with

LEAST_HEADS = 3
"""So many cells of a line must head something of a project, its name among them."""
FURTHER_LINES = 3
"""Lines between two rows of one table that are no rows, at most."""
_NUMBER = rf"{DIGIT}{{1,3}}[.)]?"
_NUMBER_HEADS = frozenset(map(folded, ("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "ข้อที่", "No")))
"""What stands above the numbers of rows."""
_CAPTION = rf"[ \t*#_]*+ตาราง(?:ที่)?[ \t]*+{DIGIT}{{1,2}}(?!{DIGIT})[^|\t\n]*+"
"""The line over a table that numbers it."""
_QUARTER = r"[1-4๑-๔]"


class HeadedColumn(NamedTuple):
    """What stands below a head: the name of the project, a quarter, a block, or columns that a block fills."""

    block: int
    model: type[Table] | None = None
    columns: tuple[str, ...] = ()
    is_name: bool = False
    is_text: bool = False
    """Whether the head is part of what the block says."""
    quarter: int | None = None
    is_quarter: bool = False
    """Whether the cells print the quarter that the others of their row are about."""

    @property
    def is_periodic(self) -> bool:
        """Whether what stands there is about a quarter."""
        return self.model is not None and bool(self.model.column_of("year") and self.model.column_of("quarter"))


@cache
def _heads(form: Form) -> Mapping[str, HeadedColumn]:
    """What each declared head stands above, by its folded words: a label before a heading, for it says more."""
    heads: dict[str, HeadedColumn] = {}
    for place, opener in openers_of(form, NumberedName):
        heads |= {folded(words): HeadedColumn(place, is_name=True) for words in opener.heads}
    for place, model, column, label in _labels(form):
        for words in map(folded, (*label.names, *label.heads)):
            known = heads.setdefault(words, HeadedColumn(place, model))
            if known.model is model:
                heads[words] = known._replace(columns=(*known.columns, column))
    for place, opener in openers_of(form, Heading):
        if form.blocks[place].level == "part":
            for words in map(folded, opener.wordings):
                is_quarter = form.blocks[place].begins_period and quarter_and_year(f"{words} 1")[0] == 1
                heads.setdefault(words, HeadedColumn(place, is_text=opener.is_text, is_quarter=is_quarter))
    return heads


def _labels(form: Form) -> Iterator[tuple[int, type[Table], str, Label]]:
    """The labels of what is told of a project, each with its block and column."""
    for place, block in enumerate(form.blocks):
        for reads in block.readings if block.level in ("project", "part") else ():
            if isinstance(reads, Labelled):
                labels = columns_with(reads.model, Label).items()
                yield from ((place, reads.model, column, label) for column, label in labels)


def _headed(printed: str, form: Form) -> HeadedColumn | None:
    """What some words head, in those of the form or in others that say the same."""
    words = bare_label(printed) if len(printed) <= LONGEST_HEADING else ""
    if not words or (known := _heads(form).get(folded(words))):
        return known if words else None
    for place, model, column, label in _labels(form):
        if label.like and compiled(label.like).fullmatch(words):
            same = (name for _, one, name, other in _labels(form) if one is model and other is label)
            return HeadedColumn(place, model, tuple(same) or (column,))
    alike = (
        HeadedColumn(place, is_text=one.is_text)
        for place, one in openers_of(form, Heading)
        if one.like and form.blocks[place].level == "part" and compiled(one.like).fullmatch(words)
    )
    return next(alike, None)


def blocks_of_project_tables(lines: Iterable[str], form: Form) -> frozenset[int]:
    """The blocks that tables of projects fill, where one of them tells of a period."""
    heads = [one for line in lines for one in _heads_in(line, form)] if _names(form) else []
    return frozenset(one.block for one in heads) if any(one.is_periodic for one in heads) else frozenset()


def _heads_in(line: str, form: Form) -> list[HeadedColumn]:
    """What the cells of a line head, if it is the head of a table of projects."""
    cells = [words for cell in CELL_EDGES.split(line) if (words := cell.strip(" *_"))]
    if len(cells) < LEAST_HEADS or not any(folded(bare_label(cell)) in _names(form) for cell in cells):
        return []
    heads = (_headed(without_quarter(cell), form) or _quarter_alone(cell) for cell in cells)
    found = [one for one in heads if one is not None]
    is_numbered = folded(bare_label(cells[0])) in _NUMBER_HEADS
    return found if len(found) + is_numbered >= LEAST_HEADS else []


@cache
def _names(form: Form) -> frozenset[str]:
    """What stands above the names of projects, folded."""
    return frozenset(words for words, head in _heads(form).items() if head.is_name)


def _quarter_alone(cell: str) -> HeadedColumn | None:
    """A quarter that stands above the heads of several columns."""
    quarter = quarter_and_year(cell)[0]
    return HeadedColumn(0, quarter=quarter) if quarter and not without_quarter(cell) else None


class ProjectTable(NamedTuple):
    """A printed table: its lines, what its columns are, the cells of their heads, and its rows by place."""

    start: int
    end: int
    columns: Mapping[int, HeadedColumn]
    heads: Mapping[int, tuple[Span, ...]]
    rows: Sequence[Mapping[int, TableCell]]
    groups: Sequence[tuple[int, Block, Span]]
    """The headings between its rows, or above them, that say something of the projects below."""


@dataclass(slots=True)
class _Project:
    """What tables say of one project."""

    name: str
    blocks: dict[tuple[int, int, int], CopyBlock] = field(default_factory=dict)
    """By the block of the form, the quarter, and for a name its table, each of which prints it again."""


def project_tables(matches: Matches, pages: Sequence[Page], form: Form) -> list[ProjectTable]:
    """The tables of some pages that have a row for each project."""
    lines, text = [line for page in pages for line in page.text_lines], matches.text
    heads = [i for i, line in enumerate(lines) if _heads_in(text[line.start : line.end], form)]
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
    rest = [(line.start, line.end) for line in lines[: last + 1] if line.start not in others]
    cells = [cell for cell in cells_of(matches.text, rest) if cell.row is not None]
    rows = [{cell.place: cell for cell in row if cell.spans} for _, row in groupby(cells, key=lambda cell: cell.row)]
    size, columns, heads = _columns(matches.text, rows, form)
    if not any(one.is_name for one in columns.values()):
        return None
    end = max((cell.spans[-1][1] for row in rows[size:] for cell in row.values()), default=0)
    return ProjectTable(lines[0].start, end, columns, heads, rows[size:], [one for one in groups if one[0] < end])


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
    names = [place for place, cell in first.items() if (one := _headed(cell.text(text), form)) and one.is_name]
    below = {place for place, cell in second.items() if _headed(without_quarter(cell.text(text)), form)}
    has_two = bool(below) and names[:1] and names[0] not in second
    columns: dict[int, HeadedColumn] = {}
    heads: dict[int, tuple[Span, ...]] = {}
    over: TableCell | None = None
    for place in range(1 + max((*first, *second), default=0)):
        over = first.get(place, over if has_two and place in second else None)
        own = [cell for cell in (over, second.get(place) if has_two else None) if cell is not None]
        printed = [cell.text(text) for cell in own]
        quarter = next((number for words in printed if (number := quarter_and_year(words)[0])), None)
        found = [head for words in reversed(printed) if (head := _headed(without_quarter(words), form))]
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
            begun = _begun(matches, table, row, projects)
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
    matches: Matches, table: ProjectTable, row: Mapping[int, TableCell], projects: list[_Project]
) -> _Project | None:
    """The project that a row names, known from another table or new; None where it names none, as a total does."""
    place = _name_place(table)
    numbers = [cell for at, cell in row.items() if at < place]
    is_counted = not place or any(compiled(_NUMBER).fullmatch(cell.text(matches.text)) for cell in numbers)
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
        if column is not None and column.is_name and project.blocks and _says_again(row, project, cell):
            labels += cell.spans  # the name says only whose row it is
        elif column is not None and not column.is_quarter:
            _add_cell(row, project, cell, column, column.quarter or quarter, labels)
            labels = []
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
    return tuple(Inherited(name, value, above[-1][2]) for name, value in above[-1][1].gives.items()) if above else ()
