"""The cells of a table that is laid out in blanks: its columns begin, or end, below their headings.

Letters above and below the line take no room, so columns are counted without them; and as engines set blanks only
about right, a cell belongs to the column that it comes nearest to, in order.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from normalizers.digits import ANY_DIGIT
from normalizers.text import width
from pipeline.model import Span

LEAST_COLUMNS = 3
"""So many cells parted by wide blanks head a table; two may be two labels on a line."""
LEAST_OVER = 2
"""So many heads stand each over so many columns where two lines head a table."""
WIDE_TABLE = 6
"""Columns of a table in which lines that go over several columns stand over rows."""
HEAD_LINES = 3
"""Lines of the longest heading of a column."""
LEAST_LINES = 4
"""Lines of the shortest block that shows whether it was printed with blank lines between all of its lines."""
LONGEST_FIGURE = 24
"""Characters of the longest cell that says a figure, with its words."""
WRAPPED = 2
"""How far from where a column begins a line may begin that goes on with a cell of it."""

_WIDE = re.compile(r"[ \u00a0\t]{2,}")
_FIGURES = re.compile(r"[0-9๐-๙,.\s]++")
_BEGINS = re.compile(r"[*_]*+(?:[0-9๐-๙(•-]|รวม)")
"""What a line begins with that does not go on with the one above."""
_BLANK_LINE = re.compile(r"\n[ \t\r]*+(?=\n)")


class _Printed(NamedTuple):
    """A cell: where it stands in the text, and from which to which column of the page."""

    span: Span
    left: int
    right: int

    def distance(self, other: "_Printed") -> int:
        """How far it is from standing above or below another: flush left, flush right, or centred."""
        centres = abs(self.left + self.right - other.left - other.right) // 2
        return min(abs(self.left - other.left), abs(self.right - other.right), centres)


class BlankRow(NamedTuple):
    """A row of a table, or a line outside of one, whose `cells` are then one: for each column the lines of its cell."""

    cells: tuple[tuple[Span, ...], ...]
    is_row: bool


def blank_rows(text: str, pieces: Sequence[Span], least: int = LEAST_COLUMNS) -> list[BlankRow] | None:
    """The lines of a block by rows and columns; None where not so many columns as `least` stand below each other."""
    if not any(_WIDE.search(text, *piece) for piece in pieces):
        return None
    lines = [_cells(text, piece) for piece in pieces]
    gaps = _gaps(text, pieces)
    rows: list[BlankRow] = []
    here, has_table = 0, False
    while here < len(lines):
        lines[here] = _with_first_column(lines[here], lines[here + 1 : here + HEAD_LINES])
        two = _two_levels(text, lines, gaps, here)
        below = [[one for _, one in two], *lines[here + 2 :]] if two else lines[here:]
        below_gaps = gaps[here + bool(two) :]
        size = _table_size(text, below, below_gaps) if two or _heads_table(text, below, least) else 0
        if size and two:
            rows += [BlankRow(_level_of(two, level), is_row=True) for level in (0, 1)]
            rows += islice(_rows(text, below[:size], below_gaps), 1, None)
            size, has_table = size + 1, True
        elif size:
            rows += _rows(text, below[:size], below_gaps)
            has_table = True
        else:
            rows.append(BlankRow(((pieces[here],),), is_row=False))
        here += max(size, 1)
    return rows if has_table else None


HeadPair = tuple[_Printed | None, _Printed]
"""The cell of a head over a column, if it is the first below it, and the cell that the column stands below."""


def _two_levels(text: str, lines: Sequence[list[_Printed]], gaps: Sequence[bool], here: int) -> list[HeadPair]:
    """The columns below two lines of heads, of which several of the first stand each over several of the second.

    Each column with the head over it, if it is the first below that; empty where a line heads no such table.
    """
    upper, lower = lines[here], lines[here + 1] if here + 1 < len(lines) and not gaps[here + 1] else []
    if (
        len(upper) < LEAST_COLUMNS
        or len(lower) < 2 * LEAST_OVER
        or any(_is_figure(text, one) for one in (*upper, *lower))
    ):
        return []
    below: list[list[_Printed]] = [[] for _ in upper]
    for cell in lower:
        below[min(range(len(upper)), key=lambda place: cell.distance(upper[place]))].append(cell)
    if sum(len(cells) > 1 for cells in below) < LEAST_OVER:
        return []
    groups = zip(upper, (cells or [over] for over, cells in zip(upper, below, strict=True)), strict=True)
    return [(None if place else over, cell) for over, cells in groups for place, cell in enumerate(cells)]


def _level_of(columns: Sequence[HeadPair], level: int) -> tuple[tuple[Span, ...], ...]:
    """The cells of one of two lines of heads, empty for the columns that it has none for."""
    cells = [over if level == 0 else None if cell is over else cell for over, cell in columns]
    return tuple((cell.span,) if cell else () for cell in cells)


def _is_figure(text: str, cell: _Printed) -> bool:
    return cell.span[0] < cell.span[1] and _FIGURES.fullmatch(text, *cell.span) is not None


def _gaps(text: str, pieces: Sequence[Span]) -> list[bool]:
    """Whether a gap stands before each line: blank lines, more of them than between most lines."""
    blank = [len(_BLANK_LINE.findall(text, one[1], other[0])) for one, other in pairwise(pieces)]
    usual = sorted(blank)[len(blank) // 4] if len(blank) >= LEAST_LINES else 0
    return [False, *(lines > usual for lines in blank)]


def _with_first_column(heads: list[_Printed], below: Sequence[list[_Printed]]) -> list[_Printed]:
    """The headings of a table; where nothing heads the first of three columns, a cell without words does."""
    full = next((line for line in below if len(line) != len(heads)), [])
    if len(heads) != LEAST_COLUMNS - 1 or len(full) != LEAST_COLUMNS:
        return heads
    first, second, _ = full
    is_beside = first.right < heads[0].left and second.right > heads[0].left - WRAPPED
    return [_Printed((heads[0].span[0],) * 2, first.left, first.right), *heads] if is_beside else heads


def _cells(text: str, piece: Span) -> list[_Printed]:
    """The cells of a line, parted by wide blanks."""
    start, end = piece
    line_start = text.rfind("\n", 0, start) + 1
    edges = [start, *(edge for match in _WIDE.finditer(text, start, end) for edge in match.span()), end]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [_Printed(span, *(width(text[line_start:edge]) for edge in span)) for span in spans if span[0] < span[1]]


def _heads_table(text: str, lines: Sequence[list[_Printed]], least: int) -> bool:
    """Whether the first line may be the headings of a table: so many cells without figures, and cells below them."""
    heads, *below = lines[:HEAD_LINES]
    if len(heads) < least or not below:
        return False
    goes_on = len(below) > 1 and len(below[0]) == 1 and heads[1].left - WRAPPED <= below[0][0].left  # with the headings
    has_figures = any(_is_figure(text, cell) for cell in heads)
    return len(below[1] if goes_on else below[0]) > 1 and not has_figures


def _table_size(text: str, lines: Sequence[list[_Printed]], gaps: Sequence[bool]) -> int:
    """How many lines are a table, of which the first is the headings."""
    heads, end = lines[0], 1
    for here in range(1, len(lines)):
        line, is_next = lines[here], end == here and not gaps[here]
        if len(line) > 1 and (is_next or len(line) == len(heads)):
            end = here + 1
        elif len(line) > 1 or not is_next:
            break
        elif heads[1].left - WRAPPED <= line[0].left or _is_over_rows(
            lines, here, heads
        ):  # below a column behind the first
            end = here + 1
        elif line[0].right >= heads[1].left or not _wraps(text, lines, here):
            break
        else:
            end = here + 1
    return end


def _is_band(line: Sequence[_Printed], columns: Sequence[_Printed]) -> bool:
    """Whether one cell begins in the first column and goes over others: it stands over the rows below."""
    return len(line) == 1 and line[0].left <= columns[0].right and line[0].right >= columns[1].left


def _is_over_rows(lines: Sequence[list[_Printed]], here: int, heads: Sequence[_Printed]) -> bool:
    """Whether a line stands over rows of a wide table: nearly all of its columns follow."""
    below = lines[here + 1] if here + 1 < len(lines) else []
    return len(heads) >= WIDE_TABLE and _is_band(lines[here], heads) and len(below) >= len(heads) - 1


def _wraps(text: str, lines: Sequence[list[_Printed]], here: int) -> bool:
    """Whether a line of one cell goes on with the first column: a row follows, or it ends a row of the last line."""
    if here + 1 < len(lines):
        return len(lines[here + 1]) > 2
    above, cell = lines[here - 1], lines[here][0]
    return (
        len(above) > 2 and abs(above[0].left - cell.left) <= 1 and cell.left > 0 and not _BEGINS.match(text, *cell.span)
    )


def _rows(text: str, lines: Sequence[list[_Printed]], gaps: Sequence[bool]) -> Iterator[BlankRow]:
    """The rows of a table; a line without a first cell, or with nothing else, goes on with the row above."""
    columns = list(lines[0])
    row: list[list[Span]] = []
    firsts = [gap for line, gap in zip(lines, gaps, strict=False) if line[0].left <= columns[0].right][2:]
    is_parted = len(firsts) > 1 and all(firsts)  # by blank lines, from the second row on
    for line, gap in zip(lines, gaps, strict=False):
        placed = _placed(line, columns)
        is_other = bool(row) and _fills(text, placed, row) and not (is_parted and not gap)
        goes_on = row and (0 not in placed or (len(placed) == 1 and len(line) == 1)) and not is_other
        goes_on = (goes_on or _ends_cells(text, placed, row)) and not _is_band(line, columns)
        if row and not goes_on:
            yield BlankRow(tuple(map(tuple, row)), is_row=True)
        if not goes_on:
            row = [[] for _ in columns]
        for place, cells in placed.items():
            row[place] += [cell.span for cell in cells if cell.span[0] < cell.span[1]]
            if len(line) == len(columns):
                columns[place] = cells[0]
    yield BlankRow(tuple(map(tuple, row)), is_row=True)


def _ends_cells(text: str, placed: dict[int, list[_Printed]], row: Sequence[list[Span]]) -> bool:
    """Whether a line begins nothing, and leaves out what the whole row above says in figures."""
    left_out = (cells[0] for place, cells in enumerate(row) if place not in placed and cells)
    has_figures = any(end - start <= LONGEST_FIGURE and ANY_DIGIT.search(text, start, end) for start, end in left_out)
    says_none = not any(_BEGINS.match(text, *cells[0].span) for cells in placed.values())
    return bool(row) and all(row) and has_figures and says_none


def _fills(text: str, placed: dict[int, list[_Printed]], row: Sequence[list[Span]]) -> bool:
    """Whether a line without a first cell says figures, or several things, that the row above has: a row of its own."""
    is_figure = (row[place] and _FIGURES.fullmatch(text, *cells[0].span) for place, cells in placed.items())
    return any(is_figure) or (len(placed) > 2 and all(row[place] for place in placed))


def _placed(line: Sequence[_Printed], columns: Sequence[_Printed]) -> dict[int, list[_Printed]]:
    """The cells of a line by their column, in order, each as near as can be; where there are more, the nearest join."""
    groups = [[cell] for cell in line]
    while len(groups) > len(columns):
        gaps = [other[0].left - one[-1].right for one, other in pairwise(groups)]
        here = gaps.index(min(gaps))
        groups[here : here + 2] = [groups[here] + groups[here + 1]]
    best: list[tuple[int, tuple[int, ...]] | None] = [(0, ())] * (len(columns) + 1)
    for number, group in enumerate(groups):
        cell = _Printed(group[0].span, group[0].left, group[-1].right)
        before, best = best, [None] * (len(columns) + 1)
        for place in range(number, len(columns)):
            above = before[place]
            ending = (above[0] + cell.distance(columns[place]), (*above[1], place)) if above else None
            best[place + 1] = min((one for one in (best[place], ending) if one), default=None)
    places = best[-1][1] if best[-1] else ()
    return dict(zip(places, groups, strict=True))
