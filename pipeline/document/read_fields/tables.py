"""Printed tables: where the headings stand that a form declares, what stands in the rows under them, and their fields.

Priced lines are rows too: what is bought, how many at which price, the amount, and the total that a text states.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby, pairwise, takewhile, zip_longest
from operator import itemgetter
from typing import NamedTuple

from normalizers.digits import ANY_DIGIT, arabic, whole
from normalizers.fuzzy_match import folded
from normalizers.numbers import marker
from normalizers.prices import end_of_expression, expression_in, is_named, named, only_amount, prices_in, total_in
from normalizers.quarters import QUARTER
from normalizers.text import bare_label, leads_in, trimmed
from normalizers.text import line as one_line
from parsers import compiled
from parsers.base import Grid, Priced, Total
from pipeline.document.blank_columns import LEAST_COLUMNS
from pipeline.document.cells import (
    Headings,
    TableCell,
    begins_total,
    cells_of,
    is_total,
    rows_under,
    without_number,
)
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.scan import Matches
from pipeline.document.table_heads import CELL_EDGES, LONGEST_HEADING, OVER, Heads, headings_of, heads_like, pairs_of
from pipeline.model import TOTAL_ROW, Field, Issue, RowId, Span
from schemas.base import Remainder, columns_with

SAME_HEADING = 80.0
"""How alike a cell must be to a column's heading; nothing else stands in the first cells of a table."""
SHORT = 3
"""A heading of so few letters must be whole, for another short word is as alike to it."""
_VALUED = re.compile(r"[:=0-9๐-๙]")
"""What no heading has on a line of its own, but a label with its value."""
_WIDE = re.compile(r"[ \u00a0]*+\t[ \t\u00a0]*+|[ \u00a0]{2,}+")
_HYPHENS = re.compile(r"[ \t]*+\|[ \t:]*+-{2,}+[-:| \t\r]*+(?:\n|\Z)")
LEAST_HEADINGS = 2
LEAST_FLATTENED = 3
"""Columns of a table that has a line for each cell, at least."""
HEADING_LINES = 3
"""Lines that a heading may go over where nothing parts the cells."""

FULL = 4
"""Columns of a table up to which a row whose cells stand on lines of their own has all; of more, one may be lost."""
MOST_FIGURES = 2
"""Figures of a total at most: how many, and how much."""
ANY_LETTER = re.compile("[ก-ฮA-Za-z]")
LEAST_BESIDE, LEAST_ALONE = 3, 2
"""Columns that a table on its side must have in each row: two stand in many texts, unless that is all of one."""
_BESIDE = re.compile(
    r"[ \t|*•-]*+([^\s|:=0-9๐-๙][^|:=\t\n0-9๐-๙]{0,60}?)(?:[*]*+ ?[:|\t]|[ ]{2}| ?[.…]{3})[ \t:|.…]*+(?=[^\s|])"
)
"""A label, and what parts it from its value."""
_COLUMN_BESIDE = re.compile(r"(?<= {3})(?:[^\s:|]| (?! )){1,40} {3,}+\S")
"""A label between wide blanks, with its value behind the second."""
_BETWEEN_PIECES = " \t/,;()"
_BEFORE_HEAD = re.compile(r"[ \t*•▪–-]*+(?:\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*+[.)]?)?[ \t*]*+")
"""What stands before the first head of a line: the marker of a list."""
_FIRST_OF_CELL = re.compile(r"\|[ \t*]*+[^\n|<]{1,60}(?=<br)")
"""The first line of a cell that goes on."""
_ALONE = re.compile(r"[ \t|*•-]*+([^\s|:=0-9๐-๙][^|:=\t\n0-9๐-๙]{0,60}?)[*]*+ ?:?[ |*]*+\Z")
"""A line that is all label."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: where it begins and ends, and for each row its cells by the place of the declared column."""

    start: int
    end: int
    rows: tuple[dict[int, TableCell], ...]
    totals: tuple[dict[int, TableCell], ...]
    """Rows that sum up the others."""
    width: int
    """How many columns its headings name."""

    def tells(self, grid: Grid) -> bool:
        """Whether a row says one of the columns that make it a row."""
        filled = {
            column for cells in (*self.rows, *self.totals) for place in cells for column in grid.columns[place].fills
        }
        return not grid.tells or not filled.isdisjoint(grid.tells)


def read_grid(reads: Grid, joined: JoinedText) -> Iterator[Field | Issue]:
    """A row for each row of the table that says something; printed totals are none."""
    if table := find_table(joined, reads):
        yield from fields_of_table(reads, table, joined)
        yield from dropped_rows(reads, table, joined)


def dropped_rows(grid: Grid, table: FoundTable, joined: JoinedText) -> Iterator[Issue]:
    """The rows that were taken for totals though their words say so only nearly, or though they say a price each."""
    text = joined.matches.text
    for cells in table.totals:
        words = next(cell for cell in cells.values() if ANY_LETTER.search(cell.text(text)))
        said = words.text(text).strip(" *_|\\")
        figures = sum(bool(ANY_DIGIT.search(cell.text(text))) for cell in cells.values() if cell is not words)
        if not said.startswith(grid.totals) or figures > MOST_FIGURES:
            yield Issue(
                "row_dropped", "the row was taken for a total", words.spans[0], grid.model.table, copy=joined.block.copy
            )


@lru_cache(maxsize=8)
def find_table(joined: JoinedText, grid: Grid) -> FoundTable | None:
    """The table that a form declares, None where there is none; remembered for the block's other readings."""
    beside = find_beside_labels(joined, grid)
    if beside is None and (below := find_beside_labels(joined, grid, may_wrap=True)):
        beside = below if all(cell.spans for row in below.rows for cell in row.values()) else None
    return beside or find_under_headings(joined, grid)


def find_under_headings(joined: JoinedText, grid: Grid) -> FoundTable | None:
    """The table whose headings stand above its rows."""
    matches, cells = joined.matches, cells_of(joined.matches.text, joined.pieces, _least_columns(joined, grid))
    grids = [one for one in joined.block.declaration.readings if isinstance(one, Grid) and one is not grid]
    search = _HeadingSearch(matches, cells, grid, beside=[_HeadingSearch(matches, cells, one) for one in grids])
    known = ((begin, headings) for begin in range(len(cells)) if (headings := search.headings_at(begin)))
    for begin, headings in known:
        if search.is_of_other(begin, len(headings.places)):
            continue
        behind = begin + headings.size
        first = min((span[0] for cell in cells[begin:behind] for span in cell.spans), default=0)
        line_start = max((piece[0] for piece in joined.pieces if piece[0] <= first), default=first)
        before = [cell for cell in cells[max(begin - 1, 0) : begin] if cell.kind == "outside"]
        start = max([line_start, *(end for cell in before for _, end in cell.spans)])
        rows: dict[bool, list[dict[int, TableCell]]] = {True: [], False: []}
        for row in search.rows_behind(behind, headings):
            rows[is_total(matches, grid, row.values())].append(row)
        inside = [cell for row in rows[True] + rows[False] for cell in row.values()] + cells[begin:behind]
        end = max(stop for cell in inside for _, stop in cell.spans)
        return FoundTable(start, end, tuple(rows[False]), tuple(rows[True]), len(headings.places))
    return None


def _least_columns(joined: JoinedText, grid: Grid) -> int:
    """Of how many columns a table in blanks is: of two, where some line is two heads of the grid and no more."""
    if "  " in joined.text and "|" not in joined.text and "\t" not in joined.text:
        for line in joined.text.split("\n"):
            cells = _WIDE.split(line.strip()) if len(line) <= 2 * LONGEST_HEADING else []
            if len(cells) == LEAST_HEADINGS and all(folded(bare_label(one)) in headings_of(grid) for one in cells):
                return LEAST_HEADINGS
    return LEAST_COLUMNS


def find_beside_labels(joined: JoinedText, grid: Grid, *, may_wrap: bool = False) -> FoundTable | None:
    """A table on its side: each line is the heading of a column with one value behind it; a row ends where one recurs.

    Of the lines from the first one on, most must be such. `may_wrap`: or have the value on the next line; of the values
    only what a row is about goes on over several then.
    """
    text, search = joined.matches.text, _HeadingSearch(joined.matches, (), grid)
    rows, known, is_wrapped = [dict[int, TableCell]()], list[Span](), False
    printed = (line for line in joined.pieces if text[slice(*line)].strip(" |-:"))
    lines = [piece for line in printed for piece in _cut_at_heads(text, line, grid)]
    head, labels = _head_with_value(grid), list[re.Match[str] | None]()
    for line in lines:
        is_cut = line not in joined.pieces
        counted = head.match(text, *line) if is_cut or _has_sign(text, line) else None
        beside = counted if counted and _is_headed(text, counted, line[1], grid) else _BESIDE.match(text, *line)
        labels.append(beside or (_ALONE.match(text, *line) if may_wrap else None))
    is_all = all(label is not None and ":" in label[0] for label in labels)
    least = LEAST_ALONE if is_all else LEAST_BESIDE
    if sum(label is not None for label in labels) < least:
        return None
    for line, label in zip(lines, labels, strict=True):
        is_head = label is not None and folded(text[label.end() : line[1]]) in headings_of(grid)
        heads = search.alike(label[1]) if label and not is_head else ()
        is_value = (
            any(not cell.spans for cell in rows[-1].values()) and label and folded(label[1]) not in headings_of(grid)
        )
        if label and len(heads) == 1 and heads != (OVER,) and not is_value:
            rows += [{}] if heads[0] in rows[-1] else []
            value = trimmed(text, label.end(), line[1], " \t|*")
            is_wrapped = is_wrapped or value[0] >= value[1]
            rows[-1][heads[0]] = TableCell((value,) if value[0] < value[1] else (), 0)
            known.append(line)
        elif known:
            place, cell = rows[-1].popitem()
            known += [] if cell.spans else [line]
            rows[-1][place] = cell._replace(spans=(*cell.spans, trimmed(text, *line, " \t|")))
    longer = (place for row in rows for place, cell in row.items() if len(cell.spans) > 1) if is_wrapped else ()
    if any(place != _words_place(grid) for place in longer):
        return None
    if not known or min(map(len, rows)) < least or len({next(iter(row)) for row in rows}) > 1:
        return None
    behind = [line for line in lines if line[0] >= known[0][0]]
    width = max(map(len, rows))
    start = max((first for first, _ in joined.pieces if first <= known[0][0]), default=known[0][0])
    return FoundTable(start, behind[-1][1], tuple(rows), (), width) if 2 * len(known) > len(behind) else None


def _has_sign(text: str, line: Span) -> bool:
    """Whether a colon, or dots that lead to a value, stand in a line."""
    return any(sign in text[slice(*line)] for sign in (":", "...", "……"))


@cache
def _head_with_value(grid: Grid) -> re.Pattern[str]:
    """The heads of a grid, a number perhaps behind one, before a value."""
    heads = sorted((words for column in grid.columns for words in column.headings), key=len, reverse=True)
    return re.compile(
        rf"(?:(?<=[\s/(,;*])|^)({'|'.join(map(re.escape, heads))})"
        r"(?:(?:ที่)?[ \t]?[0-9๐-๙]{1,2}(?=[ \t]*+(?:[:：]|[.…]{3})))?"
        r"(?:[ \t]*+(?:[:：]|[.…]{3,}+)|[ \t])[ \t]*+(?=\S)",
        re.MULTILINE,
    )


def _is_headed(text: str, head: re.Match[str], end: int, grid: Grid) -> bool:
    """Whether a head has a value behind it: a colon stands between, or it has the shape of the column."""
    if text[head.start() : head.end()].rstrip()[-1] in ":：.…":
        return True
    (place, *_) = headings_of(grid)[folded(head[1])]
    shape = grid.columns[place].shape if place != OVER else None
    return shape is not None and compiled(shape).fullmatch(text[head.end() : end].strip(_BETWEEN_PIECES)) is not None


def _cut_at_heads(text: str, line: Span, grid: Grid) -> list[Span]:
    """A line in pieces, each of which begins with the head of its value; the marker of a list stands before none."""
    if "|" in text[slice(*line)] or "\t" in text[slice(*line)]:
        return [line]
    found = list(_head_with_value(grid).finditer(text, *line))
    stops = [*(head.start() for head in found), line[1]][1:]
    starts = (head.start() for head in found if text[line[0] : head.start()].strip())
    beside = {start for start in starts if _COLUMN_BESIDE.match(text, start, line[1])}
    known = (head.start() for head, stop in zip(found, stops, strict=True) if _is_headed(text, head, stop, grid))
    heads = sorted({*known, *beside})
    if not heads or (len(heads) == 1 and not beside and ":" not in text[slice(*line)]):
        return [line]
    first = heads if _BEFORE_HEAD.fullmatch(text, line[0], heads[0]) else [line[0], *heads]
    pieces = (trimmed(text, *edges, _BETWEEN_PIECES) for edges in pairwise([*first, line[1]]))
    return [piece for piece in pieces if piece[0] < piece[1]]


def find_headed(joined: JoinedText, grid: Grid, beside: Iterable[Grid] = ()) -> FoundTable | None:
    """The table of which one row names columns of a grid in most of its cells, and the rows below do not.

    Where labels stand beside their values, row after row begins with one; that is no such table. `beside`: the columns
    that other readings of the block find in it, which say nothing against it.
    """
    cells = cells_of(joined.matches.text, joined.pieces)
    search = _HeadingSearch(joined.matches, cells, grid)
    others = [_HeadingSearch(joined.matches, cells, other) for other in beside]
    rows = [list(row) for number, row in groupby(range(len(cells)), key=lambda i: cells[i].row) if number is not None]
    for row, after in pairwise([*rows, []]):
        places = {cells[i].place: heads[0] for i in row if len(heads := search.heads_at(i)) == 1 and heads != (OVER,)}
        full = sum(bool(cells[i].spans) for i in row)
        theirs = {cells[i].place for i in row if any(other.heads_at(i) for other in others)}
        full -= len(theirs.difference(places)) if places.keys() - theirs else 0
        begin, behind = row[0], row[-1] + 1
        over_two = search.over_two_rows(row, after)
        if len(over_two) > len(places):
            places, behind = over_two, after[-1] + 1
        elif len(places) < LEAST_HEADINGS or 2 * len(places) <= full or any(search.heads_at(i) for i in after[:1]):
            continue
        stop = next((one[0] for one in rows if one[0] >= behind and search.heads_at(one[0])), len(cells))
        found = list(
            rows_under(joined.matches, cells[behind:stop], Headings(places, len(row), len(row), True, 0), grid)
        )
        inside = [span for one in found for cell in one.values() for span in cell.spans]
        inside += [span for cell in cells[begin:behind] for span in cell.spans]
        starts, ends = zip(*inside, strict=True)
        firsts = {cell.row: cell for cell in cells[: behind - 1 : -1] if cell.spans}  # the first cell of each row
        sums = {row for row, cell in firsts.items() if is_total(joined.matches, grid, [cell])}
        totals = tuple(one for one in found if next(iter(one.values())).row in sums)
        rows_left = tuple(one for one in found if one not in totals)
        return FoundTable(min(starts), max(ends), rows_left, totals, len(places))
    return None


class TableAcross(NamedTuple):
    """A table with a column for each quarter, or for each entry, and a row for each of some columns of ours."""

    start: int
    end: int
    heads: Mapping[int, TableCell]
    """The head of each quarter or entry, by its number."""
    cells: tuple[tuple[int, int, TableCell], ...]
    """The number of the quarter or entry, the place of the declared column, and what stands there."""


def find_quarters_across(joined: JoinedText, grid: Grid) -> TableAcross | None:
    """The table whose heads are quarters, each once, and whose rows begin with heads of a grid."""
    return find_across(joined, grid, QUARTER) if QUARTER.search(joined.text) else None


def find_across(joined: JoinedText, grid: Grid, number: re.Pattern[str], least: int = 1) -> TableAcross | None:
    """The table whose heads say nothing but a number, each another one, and whose rows begin with heads of a grid.

    `number`: what says it; `least`: of how many heads a table is.
    """
    text = joined.matches.text
    cells = [cell for cell in cells_of(text, joined.pieces) if cell.row is not None and cell.spans]
    search = _HeadingSearch(joined.matches, [], grid)
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    for at, head in enumerate(rows):
        heads = ((cell, number.fullmatch(cell.text(text).strip(" *"))) for cell in head)
        numbers = {cell.place: whole(found[1]) or 0 for cell, found in heads if found}
        if len(numbers) < least or len(set(numbers.values())) < len(numbers) or min(numbers) == 0:
            continue
        known = [(row, search.alike(row[0].text(text).strip(" *"))) for row in rows[at + 1 :]]
        behind = list(takewhile(itemgetter(1), known))
        found = [
            (numbers[cell.place], columns[0], cell)
            for row, columns in behind
            for cell in row[1:]
            if cell.place in numbers
        ]
        if found:
            end = max(stop for row, _ in behind for cell in row for _, stop in cell.spans)
            shown = {numbers[cell.place]: cell for cell in head if cell.place in numbers}
            return TableAcross(head[0].spans[0][0], end, shown, tuple(found))
    return None


def find_flattened(joined: JoinedText, grid: Grid) -> FoundTable | None:
    """A table that has a line for each cell: three headings or more one below the other, and as many values."""
    if len(joined.pieces) < 2 * LEAST_FLATTENED or not _lists_headings(joined, grid):
        return None
    table = find_under_headings(joined, grid)
    return table if table and table.rows and table.width >= LEAST_FLATTENED else None


def _lists_headings(joined: JoinedText, grid: Grid) -> bool:
    """Whether three lines one below the other are nothing but headings of different columns."""
    text, search = joined.matches.text, _HeadingSearch(joined.matches, (), grid)
    lines = (text[slice(*line)] if line[1] - line[0] <= LONGEST_HEADING else "" for line in joined.pieces)
    heads = [search.alike(line) if line and not _VALUED.search(line) else () for line in lines]
    return any(all(three) and len(set(three)) == len(three) for three in zip(heads, heads[1:], heads[2:], strict=False))


def find_labels_over_values(joined: JoinedText, grid: Grid | None) -> FoundTable | None:
    """A line of nothing but labels, parted by tabs or wide blanks, over a line with as many values."""
    if grid is None:
        return None
    text, search = joined.matches.text, _HeadingSearch(joined.matches, (), grid)
    for line, below in pairwise(joined.pieces):
        if not _WIDE.search(text, *line):
            continue
        labels = _cut_at_widest(text, line, len(_WIDE.findall(text, *line)) + 1)
        heads = [search.alike(text[slice(*label)]) for label in labels]
        places = [head[0] for head in heads if len(head) == 1 and head != (OVER,)]
        values = _cut_at_widest(text, below, len(labels))
        if len(set(places)) == len(labels) == len(values) and not any(
            folded(text[slice(*one)]) in headings_of(grid) for one in values
        ):
            row = {place: TableCell((value,), 0) for place, value in zip(places, values, strict=True)}
            return FoundTable(line[0], below[1], (row,), (), len(places))
    return None


def _cut_at_widest(text: str, line: Span, count: int) -> list[Span]:
    """A line cut in so many parts at its widest blanks; fewer where it has not as many, or two are as wide."""
    gaps = sorted(_WIDE.finditer(text, *line), key=lambda gap: -len(gap[0].expandtabs()))
    is_sure = len(gaps) < count or len(gaps[count - 1][0].expandtabs()) < len(gaps[count - 2][0].expandtabs())
    cuts = sorted(gap.span() for gap in (gaps[: count - 1] if is_sure else ()))
    edges = [line[0], *(edge for cut in cuts for edge in cut), line[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def fields_of_table(reads: Grid, table: FoundTable, joined: JoinedText) -> Iterator[Field]:
    """The fields of a table that was found; words lose the number in front of them, which is the row's label."""
    text, model, copy = joined.matches.text, reads.model, joined.block.copy
    label, words = model.column_of("label"), model.column_of("words")
    for number, cells in enumerate(table.rows, 1):
        row = RowId(order=("row", number))
        filled = [(column, cell) for place, cell in cells.items() for column in reads.columns[place].fills]
        for column, cell in filled:
            value = None
            if column == words:
                row_number, span, cell = without_number(text, cell)
                if row_number and label and label not in dict(filled):
                    yield Field(model, label, copy, row, text[slice(*span)], (span,), value=row_number)
            elif column == label:
                value = arabic(one_line(cell.text(text)) or "").strip(" .()") or None
            if column != label or value is not None:
                yield Field(model, column, copy, row, cell.text(text), cell.spans, value=value)


def heads_columns(joined: JoinedText, line: Span, grid: Grid) -> bool:
    """Whether a line is nothing but headings of columns, several of them."""
    cells = [folded(cell) for cell in CELL_EDGES.split(joined.text[slice(*line)]) if cell.strip()]
    return len(cells) >= LEAST_HEADINGS and all(cell in headings_of(grid) for cell in cells)


@cache
def _words_place(grid: Grid) -> int | None:
    """The column whose words a row is about: the one heading that the form does not know stands above it."""
    columns = {grid.model.column_of("words"), *columns_with(grid.model, Remainder)}
    return next((place for place, column in enumerate(grid.columns) if columns & set(column.fills)), None)


@dataclass(slots=True)
class _HeadingSearch:
    """The cells of a block, with what each of them heads in a grid."""

    matches: Matches
    cells: Sequence[TableCell]
    grid: Grid
    known: dict[int, tuple[Heads, int]] = field(default_factory=dict)
    beside: Sequence["_HeadingSearch"] = ()
    """The same for the other tables that the block may hold."""

    def is_of_other(self, here: int, least: int) -> bool:
        """Whether another table begins with a cell, of more columns than so many."""
        found = (one.headings_at(here) for one in self.beside)
        return any(headings is not None and len(headings.places) > least for headings in found)

    def heads_at(self, here: int) -> Heads:
        """The columns that one cell heads."""
        return self._heads(here)[0]

    def alike(self, printed: str) -> Heads:
        """The columns that some words head."""
        score, heads = self._alike(folded(printed), headings_of(self.grid))
        return (heads_like(printed, self.grid) if score < 100 else ()) or heads

    def over_two_rows(self, row: Sequence[int], below: Sequence[int]) -> dict[int, int]:
        """The columns that two rows head together, whose cells go on from the one to the other."""
        text, under = self.matches.text, {self.cells[i].place: self.cells[i].text(self.matches.text) for i in below}
        both = {self.cells[i].place: self.cells[i].text(text) + under.get(self.cells[i].place, "") for i in row}
        found = {place: self._alike(folded(words), headings_of(self.grid))[1] for place, words in both.items()}
        places = {place: heads[0] for place, heads in found.items() if len(heads) == 1 and heads != (OVER,)}
        return places if len(places) >= LEAST_HEADINGS and 2 * len(places) > len(row) else {}

    def headings_at(self, begin: int) -> Headings | None:
        """The headings that begin with a cell, None where too few of a form's stand there."""
        kinds = [cell.kind for cell in self.cells[begin : begin + 2]]
        is_above = kinds[0] != "row" and kinds[1:] == ["row"]
        heads = self._leading(begin) if self._heads(begin)[0] and not is_above else []
        if sum(map(len, heads)) < LEAST_HEADINGS:
            return None  # a line above a row is none of it
        cells, behind = self.cells, begin + len(heads)
        rows = groupby(zip(cells[begin:behind], heads, strict=True), key=lambda one: one[0].row)
        layout = _layout([_printed_row(list(row)) for _, row in rows])
        known = (column for column in layout if column is not None)
        places = {layout.index(column): column for column in dict.fromkeys(known)}
        if len(places) < LEAST_HEADINGS:
            return None
        unknown, rest = [place for place, column in enumerate(layout) if column is None], _words_place(self.grid)
        if len(unknown) == 1 and rest is not None and rest not in places.values():
            places = dict(sorted({**places, unknown[0]: rest}.items()))
        is_row = behind == len(cells) or cells[behind].row != cells[behind - 1].row
        before = cells[begin].place if cells[begin].kind == "line" else 0
        return Headings(places, len(layout), len(heads), is_row, before)

    def rows_behind(self, begin: int, headings: Headings) -> Iterator[dict[int, TableCell]]:
        """Rows under headings, which may be printed again, on the next page or over the next part of a table."""
        stop = len(self.cells)
        for i in range(begin, stop):
            cell = self.cells[i]
            begins = cell.row is None or i == begin or self.cells[i - 1].row != cell.row
            again = self.headings_at(i) if i >= begin and begins and cell.kind != "loose" else None
            if again is not None and len(again.places) * 2 > len(headings.places):
                yield from rows_under(self.matches, self.cells[begin:i], headings, self.grid)
                headings, begin = again, i + again.size
            elif i > begin and begins and (_is_above_frame(self.matches.text, cell) or self.is_of_other(i, 0)):
                stop = i  # another table begins
                break
        yield from rows_under(self.matches, self.cells[begin:stop], headings, self.grid)

    def _leading(self, begin: int) -> list[Heads]:
        """What the first cells head, nothing for an empty or unknown one, up to the first that heads nothing."""
        heads: list[Heads] = []
        row_heads = False  # whether a heading stands in the row at hand
        here = begin
        while here < len(self.cells):
            cell = self.cells[here]
            row_heads = row_heads and self.cells[here - 1].row == cell.row
            found, size = self._heads(here)
            if not found and cell.spans and not (row_heads and self._may_be_unknown(here)):
                break
            row_heads = row_heads or bool(found)
            heads += [found, *([()] * (size - 1))]
            here += size
        last = [found for place, found in enumerate(heads, begin) if self.cells[place].row == self.cells[here - 1].row]
        return heads[: len(heads) - len(last)] if not any(last) else heads

    def _may_be_unknown(self, here: int) -> bool:
        """Whether a cell among headings that heads nothing is a heading that the form does not know."""
        cell, is_last = self.cells[here], here + 1 == len(self.cells)
        return cell.row is not None or not (cell.kind == "loose" or is_last or not self._heads(here + 1)[0])

    def _heads(self, here: int) -> tuple[Heads, int]:
        """What a cell heads, and how many cells the heading takes; a line takes those that it goes on over."""
        if here not in self.known:
            self.known[here] = self._compare(here)
        return self.known[here]

    def _compare(self, here: int) -> tuple[Heads, int]:
        cell, text = self.cells[here], self.matches.text
        if not cell.spans or leads_in(cell.text(text)):
            return (), 1
        lines = self.cells[here : here + (HEADING_LINES if cell.kind == "loose" else 1)]
        letters = [folded(line.text(text)) for line in lines]
        single = headings_of(self.grid)
        scored = [(*self._alike("".join(letters[:size]), single), size) for size in range(1, len(lines) + 1)]
        score, heads, size = max(scored, key=itemgetter(0))  # of equals the first, which takes the fewest lines
        if not heads and (cell.row is None or cell.kind == "line"):
            heads, size = self._alike(letters[0], pairs_of(self.grid))[1], 1
        if score < 100 and (like := heads_like(cell.text(text), self.grid)):
            return like, 1
        return heads, size if heads else 1

    def _alike(self, letters: str, words: dict[str, Heads]) -> tuple[float, Heads]:
        """How alike letters are to the heading that they come closest to, and what that heads."""
        without_unit = letters.partition("(")[0]
        for printed in dict.fromkeys((letters, without_unit or letters)):
            found = self.matches.whole(printed, tuple(words), SAME_HEADING)
            is_counted = found is not None and ANY_DIGIT.search(printed) and not ANY_DIGIT.search(found[0])
            if found is not None and not is_counted and (len(found[0]) > SHORT or printed == found[0]):
                return found[1], words[found[0]]
        return 0.0, ()


def _is_above_frame(text: str, cell: TableCell) -> bool:
    """Whether a cell stands in the row of headings of a table in Markdown, which a line of hyphens follows."""
    end = text.find("\n", cell.spans[-1][1]) if cell.spans and cell.row is not None else -1
    return end >= 0 and _HYPHENS.match(text, end + 1) is not None


def _printed_row(cells: Sequence[tuple[TableCell, Heads]]) -> list[int | None]:
    """What each printed column of a row heads; what stands before the first cell on a line of its own may be text."""
    first, _ = cells[0]
    before = first.place if first.kind == "row" else 0
    beside = () if first.kind == "loose" else (None,)
    return [*([None] * before), *(one for _, heads in cells for one in heads or beside)]


def _layout(rows: Sequence[Sequence[int | None]]) -> Sequence[int | None]:
    """The columns in print, None for one that the form does not know: what the second row says stands under the first.

    A heading over several columns may have empty cells beside it, or stand for them all; where two do, or no place is
    known, only the form's own order tells.
    """
    first, second = rows[0], rows[1] if len(rows) > 1 else []
    known = {column for column in second if column is not None and column != OVER}
    if not known - set(first) and OVER not in first:
        return list(first)
    under = [place for place, column in enumerate(second) if column is not None]
    if under and all(place < len(first) and first[place] in (None, OVER, second[place]) for place in under):
        both = zip_longest(first, second)
        return [below if below is not None else None if column == OVER else column for column, below in both]
    over = [place for place, column in enumerate(first) if column == OVER] or [
        place for place, column in enumerate(first) if column is None
    ]
    if len(over) == 1 and under:
        return [*first[: over[0]], *second[under[0] : under[-1] + 1], *first[over[0] + 1 :]]
    return sorted({column for row in rows for column in row if column is not None and column != OVER})


LEAST_OF_A_LIST = 2
"""So many lines in a row that begin as priced lines do make a list, though no marker stands before them."""

_FRAME = " \t\n*_|\\"
_JOINT = " \t\n*_|\\:=(–-,"
_EXPRESSION = ("quantity", "unit", "unit_price", "amount")
"""The roles of the columns that one expression fills."""

Lines = tuple[Span, ...]


def read_priced(reads: Priced, joined: JoinedText) -> Iterator[Field | Issue]:
    """A row for each priced line, of the table where the block has one, else of its list.

    Where a row of the table holds one priced line, the column of amounts says what it costs.
    """
    amounts = reads.grid.place_of(reads.model.column_of("amount"))
    number = 0
    for lines, cells in _candidates(reads, joined):
        fields = list(_line(reads, JoinedText(joined.block, joined.matches, lines), number + 1)) if lines else []
        if fields and (amount := cells.get(amounts)) is not None and amount.spans:
            fields = [*fields[:-1], fields[-1]._replace(raw=amount.text(joined.matches.text), spans=amount.spans)]
        fields = fields or list(_row(reads.grid, cells, joined, number + 1))
        number += bool(fields)
        yield from fields
    if not number:
        yield from _in_running_text(reads, joined)
    yield from _printed_sum(reads, joined)
    if table := find_table(joined, reads.grid):
        yield from dropped_rows(reads.grid, table, joined)


def _printed_sum(reads: Priced, joined: JoinedText) -> Iterator[Field]:
    """The amount that a table's last total prints, or the last line of a list that begins as a total."""
    text, column, table = joined.matches.text, reads.model.column_of("amount"), find_table(joined, reads.grid)
    spans: list[Span] = []
    if table and table.totals:
        printed = _sum_in(table.totals[-1], reads.grid, text)
        spans = list(printed.spans) if printed else []
    elif table is None:
        lines = (piece for piece in joined.pieces if begins_total(joined.matches, reads.grid, *piece))
        amounts = ((start, only_amount(text[start:end].partition("(")[0])) for start, end in lines)
        spans = [(start + amount[0], start + amount[1]) for start, amount in amounts if amount][-1:]
    if spans:
        raw = "\n".join(text[start:end] for start, end in spans)
        yield Field(reads.model, column, joined.block.copy, TOTAL_ROW, raw, tuple(spans))


def _sum_in(total: Mapping[int, TableCell], grid: Grid, text: str) -> TableCell | None:
    """What a row that sums up others prints below the amounts, else its last figure."""
    figures = {place: cell for place, cell in total.items() if ANY_DIGIT.search(cell.text(text))}
    return figures.get(grid.place_of(grid.model.column_of("amount")), next(reversed(figures.values()), None))


def _in_running_text(reads: Priced, joined: JoinedText) -> Iterator[Field]:
    """A row for each price of several in sentences, which may go on over lines."""
    model, prices = reads.model, list(prices_in(joined.text.replace("\n", " ")))
    for number, (name, price) in enumerate(prices if len(prices) >= LEAST_OF_A_LIST else (), 1):
        row = RowId(order=("row", number))
        yield joined.field(model, model.column_of("words"), row, name)
        for role in _EXPRESSION:
            yield joined.field(model, model.column_of(role), row, price)


def _candidates(reads: Priced, joined: JoinedText) -> Iterator[tuple[Lines, dict[int, TableCell]]]:
    """Lines that may be priced, and rows of the table that have none inside."""
    table = find_table(joined, reads.grid)
    rows = table.rows if table else ()
    if table is None or any(cell.kind == "loose" for cells in (*rows, *table.totals) for cell in cells.values()):
        listed = _listed(reads.grid, joined)
        yield from ((lines, {}) for lines in listed)
        least = 0 if table is None else table.width - (table.width > FULL)
        yield from (((), cells) for cells in rows if not listed and len(cells) >= least)
        return
    item = reads.grid.place_of(reads.model.column_of("words"))
    for cells in rows:
        inside = _parts(reads.grid, joined, cells[item].spans) if item in cells else ()
        priced = [lines for lines, _ in inside if _is_priced(joined, lines)]
        yield from ((lines, cells if len(priced) == 1 else {}) for lines in priced)
        if not priced:
            yield (), cells


def _is_priced(joined: JoinedText, lines: Lines) -> bool:
    return expression_in(JoinedText(joined.block, joined.matches, lines).text) is not None


def _listed(grid: Grid, joined: JoinedText) -> list[Lines]:
    """The lines behind markers; where none of them is priced, those that begin as priced lines do, if several."""
    marked = [lines for lines, has_marker in _parts(grid, joined, joined.pieces) if has_marker]
    if any(_is_priced(joined, lines) for lines in marked):
        return marked
    texts = ((span, joined.matches.text[slice(*span)]) for span in joined.pieces)
    begun: list[Lines] = [
        (span,)
        for span, text in texts
        if text.lstrip(_FRAME).startswith(grid.lead_words) and expression_in(text) is not None
    ]
    return begun if len(begun) >= LEAST_OF_A_LIST else marked


def _parts(grid: Grid, joined: JoinedText, spans: Sequence[Span]) -> list[tuple[Lines, bool]]:
    """Lines grouped by the markers that begin them, and whether one does; a total is no part of the line above it."""
    groups: list[tuple[list[Span], bool]] = []
    for start, end in spans:
        _, size = marker(joined.matches.text[start:end])
        if not groups or size or begins_total(joined.matches, grid, start, end):
            groups.append(([], size > 0))
        groups[-1][0].append((start, end))
    return [(tuple(group), has_marker) for group, has_marker in groups]


def _line(reads: Priced, joined: JoinedText, number: int) -> Iterator[Field]:
    """The fields of a priced line: its name, and the expression behind it for every column that it fills."""
    begin = expression_in(joined.text)
    if begin is None:
        return
    _, size = marker(joined.text)
    name = named(joined.text[size:begin].rstrip(_JOINT))
    start = joined.position(size)
    if not is_named(name) or begins_total(joined.matches, reads.grid, start, joined.position(size + len(name))):
        return
    row = RowId(order=("row", number))
    yield joined.field(reads.model, reads.model.column_of("words"), row, (size, size + len(name)))
    for role in _EXPRESSION:
        stretch = (begin, end_of_expression(joined.text, begin))
        yield joined.field(reads.model, reads.model.column_of(role), row, stretch)


def _row(grid: Grid, cells: dict[int, TableCell], joined: JoinedText, number: int) -> Iterator[Field]:
    """The fields of a table's row that states an amount or a price."""
    by_use = sorted(cells.items(), key=lambda one: -len(grid.columns[one[0]].fills))  # a column of units knows best
    columns = {column: cell for place, cell in by_use for column in grid.columns[place].fills}
    item = grid.model.column_of("words")
    if item in columns and columns.keys() & set(grid.tells):
        columns[item] = without_number(joined.matches.text, columns[item])[2]
        for column, cell in columns.items():
            raw = cell.text(joined.matches.text)
            yield Field(grid.model, column, joined.block.copy, RowId(order=("row", number)), raw, cell.spans)


def _is_no_sum(reads: Total, joined: JoinedText, start: int, end: int) -> bool:
    """Whether a listed line says what something costs, and no sum."""
    _, size = marker(joined.matches.text[start:end])
    return not begins_total(joined.matches, reads.grid, start + size, end)


def read_total(reads: Total, joined: JoinedText) -> Iterator[Field]:
    """The total that the block states: in words or as a sum, else the only amount before what is priced.

    Else the last figure of the table's last total.
    """
    table, text = find_table(joined, reads.grid), joined.matches.text
    listed = [(lines[0][0], lines[-1][1]) for lines in _listed(reads.grid, joined)]
    priced = [start for start, _ in listed] + ([table.start] if table else [])
    stretch = total_in(joined.text)
    place = joined.position(stretch[0]) if stretch else 0
    printed = _sum_in(table.totals[-1], reads.grid, text) if table and table.totals else None
    if stretch and printed and text.rfind("\n", 0, printed.spans[0][0]) < place < printed.spans[0][0]:
        stretch = None  # the sum of another column
    elif stretch is None or any(
        start <= place < end and _is_no_sum(reads, joined, start, end) for start, end in listed
    ):
        end = min(priced, default=len(text))
        before = tuple((first, min(last, end)) for first, last in joined.pieces if first < end)
        joined = JoinedText(joined.block, joined.matches, before)
        first = _FIRST_OF_CELL.match(joined.text)
        stretch = only_amount(joined.text) or (only_amount(first[0]) if first else None)
    if stretch is not None:
        found = joined.field(reads.model, reads.column, RowId(), stretch)
        yield found._replace(raw=found.raw.strip(_FRAME))
    elif printed:
        yield Field(reads.model, reads.column, joined.block.copy, RowId(), printed.text(text), printed.spans)
