"""Tables with a row for each project: what stands below a head is a block of the row's project, or a column of one.

Offices print what they report on many projects as tables, often as several of them that the project's name joins.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from normalizers.digits import ANY_DIGIT, DIGIT, whole
from normalizers.fuzzy_match import CLOSE, MARGIN, choice, folded
from normalizers.quarters import QUARTER, quarter_and_year, without_quarter
from normalizers.text import bare_label, trimmed
from parsers import compiled
from parsers.base import Block, Form, Labelled
from parsers.openers import Heading, NumberedName
from pipeline.document.cells import TableCell, cells_of
from pipeline.document.scan import Matches, best_match
from pipeline.document.split.headings import openers_of, worded_heading
from pipeline.document.split.project_heads import HeadedColumn, headed_column, heads_in, numbered_heads_in
from pipeline.document.table_heads import CELL_EDGES
from pipeline.model import BlockStart, Page, PageLine, Span
from schemas.base import Choice, columns_with

FURTHER_LINES = 3
"""Lines between two rows of one table that are no rows, at most."""
NUMBER = rf"{DIGIT}{{1,3}}[.)]?"
_CAPTION = rf"[ \t*#_]*+(?:(?:ตาราง|ตอน|ส่วน)(?:ที่)?[ \t]*+{DIGIT}{{1,2}}(?!{DIGIT})|ภาคผนวก)[^|\t\n]*+"
"""The line over a table that numbers it, or the part of the document that it is."""
_UNIT_ALONE = r"[ \t]*+\(?หน่วย[ \t]*+[:：]?[ \t]*+[^\s|]{1,12}+[ \t]*+"
"""A line with the unit of the amounts below."""
TOTAL = re.compile(r"[ \t*_]*+(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|งบประมาณ|เงิน|จำนวน|โครงการ|[ \t0-9๐-๙*_:])*+\Z")
"""What stands in place of a name where a row sums up the others."""
LEAST_PROJECTS = 2
"""A table of fewer projects that prints only their numbers is not told from others."""
_BLANK_LINE = re.compile(r"\n[ \t\r]*+\n")


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
    quarter: int | None = None
    """The one that the line above the table prints."""

    def overlaps(self, other: "ProjectTable") -> bool:
        """Whether two tables have lines in common."""
        return self.start < other.end and other.start < self.end

    @property
    def name_place(self) -> int:
        """Which column names the projects, or prints their numbers alone."""
        return next(place for place, one in self.columns.items() if one.is_name)

    @property
    def quarter_place(self) -> int | None:
        """Which column prints the quarter of each row."""
        return next((place for place, one in self.columns.items() if one.is_quarter), None)

    def has_numbers(self, text: str) -> bool:
        """Whether numbers stand where names would."""
        named = [row[self.name_place].text(text) for row in self.rows if self.name_place in row]
        numbers = [name for name in named if compiled(NUMBER).fullmatch(name)]
        return bool(numbers) and all(name in numbers or TOTAL.match(name) for name in named)

    def number(self, text: str, row: Mapping[int, TableCell]) -> int | None:
        """The number of the project that a row is about."""
        cells = (row[place].text(text) for place in sorted(row) if place <= self.name_place)
        return next((whole(cell.strip(".)")) for cell in cells if compiled(NUMBER).fullmatch(cell)), None)


def project_tables(
    matches: Matches, pages: Sequence[Page], form: Form, projects: Collection[BlockStart] = ()
) -> list[ProjectTable]:
    """The tables of some pages that have a row for each project.

    `projects`: where names of projects stand outside of tables. Their numbers, and those of other tables, are what a
    table is about that prints the numbers alone.
    """
    lines, text = [line for page in pages for line in page.text_lines], matches.text
    heads = [i for i, line in enumerate(lines) if _is_head(text[line.start : line.end], form)]
    found: list[ProjectTable] = []
    for begin, stop in pairwise([*heads, len(lines)]):
        over = _quarters_over(text, lines[begin - 1]) if begin else []
        table = _table(matches, lines[begin:stop], form, over)
        if table is None or not table.rows:
            continue
        table = _with_lines(table, [lines[begin - 1]]) if over else table
        above = begin - 1 - bool(over)
        group = _group(matches, lines[above], form) if above >= 0 else None
        if group:
            table = table._replace(groups=[(lines[above].start, *group), *table.groups])
        elif found and found[-1].columns == table.columns:  # it goes on behind a page break
            table = table._replace(groups=[*found[-1].groups, *table.groups])
        above -= bool(group)
        found.append(_with_caption(text, table, lines[max(0, above - 1) : above + 1]))
    named = [table for table in found if not table.has_numbers(text)]
    numbers = [number for table in named for row in table.rows if (number := table.number(text, row)) is not None]
    known = Counter(numbers or [one.number for one in projects if one.number is not None])
    return [table for table in found if table in named or _are_known(text, table, known)]


def _is_head(line: str, form: Form) -> bool:
    """Whether a line heads a table with a row for each project, by its name or only its number."""
    return bool(heads_in(line, form) or numbered_heads_in(line, form))


def _are_known(text: str, table: ProjectTable, known: Counter[int]) -> bool:
    """Whether a table that prints numbers alone has a row for just the projects that have these numbers."""
    numbers = Counter(number for row in table.rows if (number := table.number(text, row)) is not None)
    return len(numbers) >= LEAST_PROJECTS and numbers == known


def _quarters_over(text: str, line: PageLine) -> list[int]:
    """The quarters that stand alone in all cells of a line."""
    cells = [words for cell in CELL_EDGES.split(text[line.start : line.end]) if (words := cell.strip(" *_"))]
    quarters = [quarter_and_year(cell)[0] for cell in cells if not without_quarter(cell)]
    found = [quarter for quarter in quarters if quarter is not None]
    return found if len(found) == len(cells) else []


def _with_caption(text: str, table: ProjectTable, above: Sequence[PageLine]) -> ProjectTable:
    """A table with the line that says what it is, and the quarter that it prints; a unit may stand between the two."""
    units = [line for line in above if compiled(_UNIT_ALONE).fullmatch(text, line.start, line.end)]
    caption = next((line for line in above[::-1] if line not in units), None)
    if caption is None or not compiled(_CAPTION).fullmatch(text, caption.start, caption.end):
        return table
    quarter = QUARTER.search(text, caption.start, caption.end)
    table = _with_lines(table, [one for one in above if one is caption or one in units])
    return table._replace(quarter=whole(quarter[1]) if quarter else None)


def _with_lines(table: ProjectTable, above: Sequence[PageLine]) -> ProjectTable:
    """A table that begins with lines above it, which are heads as well."""
    spans = (*((line.start, line.end) for line in above), *table.heads.get(-1, ()))
    return table._replace(start=above[0].start, heads={**table.heads, -1: spans})


def _table(matches: Matches, lines: Sequence[PageLine], form: Form, over: Sequence[int]) -> ProjectTable | None:
    """The table that begins with a line, up to the last of its rows; `over`: the quarters on the line above it."""
    lines = _without_text_below(matches, lines, form)
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
        columns = {**columns, 0: HeadedColumn(_block_of_names(form), is_name=True)}
    columns = _in_quarters(columns, over)
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


def _without_text_below(matches: Matches, lines: Sequence[PageLine], form: Form) -> Sequence[PageLine]:
    """The lines of a table that has no tabs, up to a blank line behind its rows: with bars, up to one without bars."""
    text = matches.text
    has_bars = "|" in text[lines[0].start : lines[0].end]
    width = len(CELL_EDGES.split(text[lines[0].start : lines[0].end]))
    if (matches.is_double_spaced and not has_bars) or "\t" in text[lines[0].start : lines[0].end]:
        return lines
    for i, (one, other) in enumerate(pairwise(lines), 1):
        cells = CELL_EDGES.split(text[other.start : other.end])
        is_row = "|" in text[other.start : other.end] if has_bars else 2 * sum(map(bool, map(str.strip, cells))) > width
        if i > 1 and not is_row and _BLANK_LINE.search(text, one.end, other.start) and not _group(matches, other, form):
            return lines[:i]
    return lines


def _block_of_names(form: Form) -> int:
    """The block that names a project."""
    return next(place for place, _ in openers_of(form, NumberedName))


def _in_quarters(columns: dict[int, HeadedColumn], over: Sequence[int]) -> dict[int, HeadedColumn]:
    """The columns, as many of them in each of the quarters that stand above them."""
    below = [place for place in sorted(columns) if not columns[place].is_name]
    if not over or len(below) % len(over):
        return columns
    size = len(below) // len(over)
    return columns | {place: columns[place]._replace(quarter=over[i // size]) for i, place in enumerate(below)}


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
        is_cut = bool(above) and 0 in row and not compiled(NUMBER).fullmatch(row[0].text(text))
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
        if is_short and names_project(text, row[name - 1], form)
        else row
    )


def names_project(text: str, cell: TableCell, form: Form) -> bool:
    """Whether a cell begins with the word that names of projects begin with."""
    return cell.text(text).startswith(tuple(one.word for _, one in openers_of(form, NumberedName)))


def _run_in_group(matches: Matches, line: PageLine, form: Form) -> tuple[Block, Span] | None:
    """The group whose heading lost the line break before a row: the row's number ends the first cell."""
    match = best_match(matches.lines[line.start].matches, _group_words(form).keys())
    edge = CELL_EDGES.search(matches.text, match.end, line.end) if match else None
    if match is None or edge is None or not compiled(NUMBER).fullmatch(matches.text[match.end : edge.start()].strip()):
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
    start = matches.lines[line.start]
    found = worded_heading(matches, start, form)
    block = form.blocks[found.block] if found else _group_of(matches.text[start.words : line.end], form)
    return (block, (line.start, line.end)) if block and block.level == "group" else None


def _group_of(printed: str, form: Form) -> Block | None:
    """The group whose projects have what some words name of a closed vocabulary, without saying that it is theirs."""
    words = bare_label(printed.strip(" *_#"))
    readings = [reads for block in form.blocks for reads in block.readings if isinstance(reads, Labelled)]
    marked = [one for reads in readings for one in columns_with(reads.model, Choice).items()]
    said = {(column, choice(words, mark.phrases)) for column, mark in marked if words}
    return next((block for block in form.blocks if block.level == "group" and said & block.gives.items()), None)


def _is_wrapped(text: str, first: Mapping[int, TableCell], second: Mapping[int, TableCell], form: Form) -> bool:
    """Whether the second row is the end of heads that the first begins: several are heads as a whole."""
    both = [
        (first[place].text(text) + cell.text(text), cell.text(text)) for place, cell in second.items() if place in first
    ]
    whole_heads = sum(headed_column(without_quarter(words), form) is not None for words, _ in both)
    return whole_heads > 1 and not any(ANY_DIGIT.search(words) for _, words in both)


def _columns(
    text: str, rows: Sequence[Mapping[int, TableCell]], form: Form
) -> tuple[int, dict[int, HeadedColumn], dict[int, tuple[Span, ...]]]:
    """How many rows are heads, what their columns are, and where each head stands; a quarter stands over several."""
    first, second = rows[0] if rows else {}, rows[1] if len(rows) > 1 else {}
    names = [place for place, cell in first.items() if (one := headed_column(cell.text(text), form)) and one.is_name]
    below = {place for place, cell in second.items() if headed_column(without_quarter(cell.text(text)), form)}
    has_two = bool(below) and bool(names) and names[0] not in second
    has_two = has_two or _is_wrapped(text, first, second, form)
    columns: dict[int, HeadedColumn] = {}
    heads: dict[int, tuple[Span, ...]] = {}
    over: TableCell | None = None
    for place in range(1 + max((*first, *second), default=0)):
        over = first.get(place, over if has_two and place in second else None)
        own = [cell for cell in (over, second.get(place) if has_two else None) if cell is not None]
        printed = [cell.text(text).strip(" *_") for cell in own]
        quarter = next((number for words in printed if (number := quarter_and_year(words)[0])), None)
        together = ["".join(printed)] if len(printed) > 1 else []
        found = [head for words in (*together, *printed[::-1]) if (head := headed_column(without_quarter(words), form))]
        if found:
            columns[place] = found[0]._replace(quarter=quarter)
        heads[place] = tuple(span for cell in own for span in cell.spans)
    return 2 if has_two else 1, columns, heads
