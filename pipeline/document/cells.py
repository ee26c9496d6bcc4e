"""The cells of printed tables and their rows, whether in Markdown, between tabs, or one a line behind a tab.

A word processor that loses a table leaves one cell a line, each behind a tab, its empty cells as lines of a tab alone,
and a blank line between two rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import Literal, NamedTuple

from normalizers.digits import DIGIT
from normalizers.fuzzy_match import folded
from normalizers.numbers import marker
from normalizers.text import behind, trimmed
from parsers import compiled
from parsers.base import Grid
from parsers.phrases import Anchor
from pipeline.document.blank_columns import LEAST_COLUMNS, blank_rows
from pipeline.document.scan import Matches, best_match
from pipeline.model import Span

GOES_ON = 5
"""Lines that a row of Markdown goes on over at most."""
LEAST_DRAWN = 2
"""So many lines drawn between rows part all of them, and not only the heads from the others."""
LEAST_ROWS, LEAST_CELLS = 2, 2
"""So many groups of cells between blank lines are rows, where one has so many cells."""
CellKind = Literal["row", "line", "loose", "outside"]
"""`row`: between bars or tabs; `line`: on a line of its own; `loose`: only a line, nothing parts it from the others;
`outside`: text beside a table: no tab stands before it, and a blank line does."""

MOST_UNKNOWN = 2
"""So many columns may stand behind the last heading that the form knows, where nothing parts the rows."""
LONGEST_PAIR = 40
"""Characters of two cells that ran together."""
SHORT_WORD, LOOK_ALIKE = 5, 6
"""Words of so few letters are no beginning of other words; and of so few look like too many others once look-alikes are
folded (รวม and ร้าน, รวมค่า and ราคา)."""

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_TAB_BEHIND = re.compile(r"[^\n\t]*+\t")
_BAR_FIRST = re.compile(r"[ \t\f]*+\|")
_NEXT_BAR = re.compile(r"[ \t]*+\r?\n[ \t]*+\|")
_BLANK, _BLANK_OR_BOLD = re.compile(r"\s*+"), re.compile(r"[\s*]*+")
_FRAME = re.compile(r"[\s|:+=_-]*+")
_DRAWN = re.compile(r"\+[-=]{2,}+\+?")
"""The line between two rows of a table that is drawn."""
_PLAIN_WORDS = re.compile(r"[ก-ฮเ-ไA-Za-z][^:：=|\n]*+")
_BEHIND_TABLES = ("รวม", "หมายเหตุ", "ทั้งนี้", "ที่มา", "โดย", "ลงชื่อ")
"""What lines below tables begin with."""
LONGEST_WRAPPED = 48
"""Characters of the longest line that may be the end of a table's last cell."""
_BARE_FRAME = re.compile(r"-[ \t:]*+\|[ \t:]*+-")
"""What parts the headings of Markdown from its rows, where a table of two columns has no bars around it."""
_BLANKS = re.compile(r"[ \t]++")
_FIGURE = re.compile(rf"{DIGIT}[0-9๐-๙,.]*+")
_FIGURES = re.compile(r"[0-9๐-๙,.\s*–-]*+(?:บาท)?")
_NO_LETTER = re.compile("(?![ก-๛])")


class TableCell(NamedTuple):
    """A cell with the lines that it takes; `row` counts printed rows, None where nothing but its line parts it."""

    spans: tuple[Span, ...]
    row: int | None
    place: int = 0
    kind: CellKind = "row"
    begins_row: bool = False
    """Whether a blank line stands before it, where it stands on a line of its own."""

    def text(self, document: str) -> str:
        """What the cell says, its lines apart."""
        return "\n".join(document[start:end] for start, end in self.spans)


def without_number(text: str, cell: TableCell) -> tuple[str | None, Span, TableCell]:
    """The number that a cell begins with, where it stands, and the rest; numbers of several lines are a list."""
    (start, end), *rest = cell.spans or ((0, 0),)
    label, size = marker(text[start:end])
    if label is None or any(marker(text[slice(*span)])[0] for span in rest):
        return None, (start, start), cell
    spans = tuple(span for span in ((start + size, end), *rest) if text[slice(*span)].strip())
    return label, (start, start + size), cell._replace(spans=spans)


def cells_of(text: str, pieces: Sequence[Span], least: int = LEAST_COLUMNS) -> list[TableCell]:
    """The cells of a block's lines; a line that is no row and begins no cell goes on with the cell before it.

    `least`: of how many columns a table is that is laid out in blanks.
    """
    bars = 1 if pieces and _BARE_FRAME.search(text, pieces[0][0], pieces[-1][1]) else 2
    shows_cells = any(_shows_cell(text, piece, bars) for piece in pieces)
    is_indented = shows_cells and not any("\t" in text[slice(*piece)] or "|" in text[slice(*piece)] for piece in pieces)
    if not shows_cells or (is_indented and blank_rows(text, pieces, least)):
        return list(_cells_between_blanks(text, pieces, least))
    cells: list[TableCell] = []
    before, has_bars = text.rfind("\n", 0, pieces[0][0]) + 1, False
    for row, spans in enumerate(_rows_of_bars(text, pieces)):
        start, end = spans[0]
        line_start, gap = max(text.rfind("\n", 0, start) + 1, before), text[before:start]
        cells += _empty_cells(gap)
        before = spans[-1][1]
        if text.count("|", start, end) >= bars or text.startswith("|", start):
            if not _FRAME.fullmatch(text, start, end):
                found = _between_bars(text, spans, row)
                cells += found if has_bars or not _follows_text(text, end) else _behind_text(found)
                has_bars = True
        elif "\t" in text[start:end] or (cells and _is_in_row(text, gap, end, cells[-1])):
            tabs = text.count("\t", line_start, start)
            cells += _with_line_above(text, cells, list(_split(text, (start, end), _TAB, row, before=tabs)))
        elif not cells or cells[-1].row is not None or "\t" in gap.rpartition("\n")[2]:
            blanks = gap.split("\n")
            begins_row = len(blanks) > 2 and _is_blank(blanks[-2])
            cells.append(TableCell(((start, end),), None, kind="line", begins_row=begins_row))
        elif any(map(_is_blank, gap.split("\n")[1:-1])):
            cells.append(TableCell(((start, end),), None, kind="outside"))
        else:
            cells[-1] = cells[-1]._replace(spans=(*cells[-1].spans, (start, end)))
    cells += _empty_cells(text[before : behind(_BLANK, text, before)] + "\n")
    return _in_rows(_with_wrapped(text, _in_drawn_rows(text, cells) if has_bars else cells))


def with_cells_apart(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The lines of a block, of each row of a drawn table that goes over several lines its cells one after the other.

    A line with all cells filled is a label and its value by itself.
    """
    found: list[Span] = []
    row: list[Span] = []
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        row.append(piece)
        is_parted = after is None or _DRAWN.search(text, piece[1], after[0]) is not None
        if is_parted or not (text.startswith("|", piece[0]) and after and text.startswith("|", after[0])):
            cells = [list(_split(text, line, _BAR, 0)) for line in row]
            is_drawn = _DRAWN.match(text, behind(_BLANK_OR_BOLD, text, row[-1][1])) is not None
            is_row = is_drawn and len(row) > 1 and len({len(line) for line in cells}) == 1
            goes_on = is_row and all(not all(cell.spans for cell in line) for line in cells[1:])
            columns = zip(*cells, strict=True) if goes_on else ()
            found += [span for column in columns for cell in column for span in cell.spans] or row
            row = []
    return tuple(found)


def _in_drawn_rows(text: str, cells: list[TableCell]) -> list[TableCell]:
    """The cells; drawn lines part all rows whose first cell is filled, so that others go on with the row above."""
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: (cell.row, cell.kind == "row"))]
    ends = [next((cell.spans[-1][1] for cell in row[::-1] if cell.spans), 0) for row in rows]
    starts = [next((cell.spans[0][0] for cell in row if cell.spans), 0) for row in rows]
    drawn = [_DRAWN.search(text, end, start) is not None for end, start in zip(ends, starts[1:], strict=False)]
    behind_rows = list(zip(rows[1:], drawn, strict=True))
    lacks = [_may_go_on(text, above, row) for above, row in pairwise(rows)]
    begins = [one or row[0].row is None or not row[0].spans for row, one in behind_rows]
    are_drawn = sum(drawn) >= LEAST_DRAWN and all(one or lack for one, lack in zip(begins, lacks, strict=True))
    if not any(drawn) or not (all(begins) or are_drawn):
        return cells
    found = rows[:1]
    for row, is_parted in behind_rows:
        is_row = row[0].row is not None and found[-1][0].row is not None and len(row) == len(found[-1])
        if is_row and not is_parted and (are_drawn or not row[0].spans):
            both = zip(found[-1], row, strict=True)
            found[-1] = [above._replace(spans=(*above.spans, *below.spans)) for above, below in both]
        else:
            found.append(row)
    return [cell for row in found for cell in row]


def _may_go_on(text: str, above: Sequence[TableCell], row: Sequence[TableCell]) -> bool:
    """Whether a row may be the end of the one above: a cell is empty below a filled one, and no number begins it."""
    is_cut = any(one.spans and not other.spans for one, other in zip(above, row, strict=False))
    return len(above) == len(row) and is_cut and not _FIGURE.match(row[0].text(text))


def _is_in_row(text: str, gap: str, end: int, last: TableCell) -> bool:
    """Whether a line of one cell is a row below another: tabs stand behind it, or for the empty cells before it."""
    tabs = gap.rpartition("\n")[2].count("\t")
    is_below = gap.count("\n") == 1 and LEAST_CELLS <= tabs <= last.place
    if last.row is None:  # a line below a row may begin this one
        is_begun = last.kind == "line" and bool(last.spans) and not last.begins_row and gap.count("\n") == 1
        return is_begun and _TAB_BEHIND.match(text, end) is not None and _ends_row(text, last.spans[0][0])
    return is_below or _TAB_BEHIND.match(text, end) is not None


def _ends_row(text: str, start: int) -> bool:
    """Whether the line above ends in a tab."""
    end = text.rfind("\n", 0, start)
    return "\t" in text[text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]


def _with_line_above(text: str, cells: list[TableCell], row: list[TableCell]) -> list[TableCell]:
    """A row, whose first cell takes the line above that begins it out of the cells before."""
    if cells and _begins_below(text, cells[-1], row[0]):
        row[0] = row[0]._replace(spans=(*cells.pop().spans, *row[0].spans))
    return row


def _begins_below(text: str, cell: TableCell, below: TableCell) -> bool:
    """Whether a line above a row begins it: the line has the number of a list, and the row has none."""
    if cell.row is not None or cell.kind != "line" or below.place or not (cell.spans and below.spans):
        return False
    label, other = (marker(text[slice(*one.spans[0])])[0] for one in (cell, below))
    return label is not None and other is None


def _is_beside(row: Sequence[TableCell], above: Sequence[TableCell], *, is_followed: bool) -> bool:
    """Whether a line without a tab stands right between two rows with tabs: the first cell above goes on there."""
    is_line = len(row) == 1 and row[0].kind == "line" and not row[0].begins_row and bool(row[0].spans)
    return is_line and is_followed and len(above) > LEAST_CELLS and above[0].row is not None


def _ends_above(text: str, row: Sequence[TableCell], above: Sequence[TableCell]) -> bool:
    """Whether the line below the last row of a table goes on with its last cell: words, and no more of them."""
    is_line = len(row) == 1 and row[0].kind == "line" and len(row[0].spans) == 1 and not row[0].begins_row
    if not is_line or len(above) <= LEAST_CELLS or above[0].row is None or not above[-1].spans:
        return False
    words, (start, end) = row[0].text(text), above[-1].spans[-1]
    if text.startswith("|", behind(_BLANKS, text, end)):
        return False  # a bar ends the row
    is_short = len(words) <= min(LONGEST_WRAPPED, end - start) and not words.startswith(_BEHIND_TABLES)
    is_words = is_short and _PLAIN_WORDS.fullmatch(words)
    return bool(is_words) and not _FIGURES.fullmatch(above[-1].text(text))


def _with_wrapped(text: str, cells: Sequence[TableCell]) -> list[TableCell]:
    """The cells, those of a row above that go on in a row of nothing else with the words that stand there."""
    found: list[TableCell] = []
    above: list[TableCell] = []
    rows = [(number, list(group)) for number, group in groupby(cells, key=lambda cell: cell.row)]
    for (number, row), (following, _) in zip(rows, [*rows[1:], (None, [])], strict=True):
        if _is_beside(row, above, is_followed=following is not None) and above[0].spans:
            first = above[0]._replace(spans=(*above[0].spans, *row[0].spans))
            found[-len(above)] = above[0] = first
            continue
        if following is None and _ends_above(text, row, above):
            found[-1] = found[-1]._replace(spans=(*above[-1].spans, *row[0].spans))
            continue
        full = [cell for cell in row if cell.spans]
        at = next((i for i, cell in enumerate(above) if full and cell.place == full[0].place), 0)
        is_alone = number is not None and number >= 0 and len(full) == 1 and at > 0 and len(above) > LEAST_CELLS
        if is_alone and above[at].spans and not _FIGURES.fullmatch(full[0].text(text)):
            found[at - len(above)] = above[at] = above[at]._replace(spans=(*above[at].spans, *full[0].spans))
        else:
            found += row
            above = row
    return found


def _cells_between_blanks(text: str, pieces: Sequence[Span], least: int) -> Iterator[TableCell]:
    """The cells of rows that are laid out in blanks, and the lines beside them; else each line as a loose cell."""
    rows = blank_rows(text, pieces, least)
    if rows is None:
        yield from (TableCell((piece,), None, kind="loose") for piece in pieces)
    for number, row in enumerate(rows or ()):
        for place, spans in enumerate(row.cells):
            yield TableCell(spans, number, place) if row.is_row else TableCell(spans, None, kind="outside")


def _shows_cell(text: str, piece: Span, bars: int) -> bool:
    """Whether a tab or a bar parts a line from the others, or its cells from each other."""
    start, end = piece
    return "\t" in text[text.rfind("\n", 0, start) + 1 : end] or text.count("|", start, end) >= bars


def _rows_of_bars(text: str, pieces: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The lines, those together that a row of Markdown goes over: its first bar stands on one, its last on another."""
    place = 0
    while place < len(pieces):
        size = 1
        if text.startswith("|", pieces[place][0]) and text[pieces[place][1] - 1] != "|":
            below = pieces[place + 1 : place + GOES_ON]
            ends = (n for n, (start, end) in enumerate(below, 2) if text.startswith("|", start) or text[end - 1] == "|")
            last = next(ends, 1)
            size = last if not text.startswith("|", pieces[place + last - 1][0]) else 1
        yield tuple(pieces[place : place + size])
        place += size


def _between_bars(text: str, spans: Sequence[Span], row: int) -> list[TableCell]:
    """The cells of a row of Markdown; the last one of a line goes on with the first of the next."""
    cells: list[TableCell] = []
    for span in spans:
        first, *others = _split(text, span, _BAR, row, before=max(len(cells) - 1, 0))
        cells[-1:] = [cells[-1]._replace(spans=(*cells[-1].spans, *first.spans)) if cells else first, *others]
    return cells


def _follows_text(text: str, end: int) -> bool:
    """Whether a line that no bar begins has only its end in the table: a bar ends it, and one begins the next line."""
    line_start = text.rfind("\n", 0, end) + 1
    return text[end - 1] == "|" and not _BAR_FIRST.match(text, line_start) and _NEXT_BAR.match(text, end) is not None


def _behind_text(cells: Sequence[TableCell]) -> list[TableCell]:
    """The cells of the first row behind text that stands on its line."""
    first, *others = cells
    outside = first._replace(row=None, kind="outside")
    return [outside, *(cell._replace(place=place) for place, cell in enumerate(others))]


def _empty_cells(gap: str) -> list[TableCell]:
    """The cells of a gap between two lines: a line of a tab and nothing else is one."""
    lines = gap.split("\n")[1:-1]
    return [
        TableCell((), None, kind="line", begins_row=place > 0 and _is_blank(lines[place - 1]))
        for place, line in enumerate(lines)
        if "\t" in line
    ]


def _is_blank(line: str) -> bool:
    """Whether a line says nothing; one with a tab is an empty cell."""
    return "\t" not in line and not line.strip()


def _in_rows(cells: Sequence[TableCell]) -> list[TableCell]:
    """The cells, those on lines of their own in rows where blank lines part several of them from others."""
    rows = list(accumulate(cell.kind == "line" and cell.begins_row for cell in cells))
    sizes = Counter(row for row, cell in zip(rows, cells, strict=True) if cell.kind == "line")
    if len(sizes) < LEAST_ROWS or max(sizes.values()) < LEAST_CELLS:
        return list(cells)
    places: Counter[int] = Counter()
    placed = []
    for row, cell in zip(rows, cells, strict=True):
        placed.append(cell._replace(row=-1 - row, place=places[row]) if cell.kind == "line" else cell)
        places[row] += cell.kind == "line"
    return placed


def _split(text: str, span: Span, separator: re.Pattern[str], row: int, before: int = 0) -> Iterator[TableCell]:
    """The cells of a printed row; `before` counts those that stand in front of the span."""
    start, end = span
    edges = [start, *(edge for match in separator.finditer(text, start, end) for edge in match.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    parts = parts[1 if text[start] == "|" else 0 : -1 if text[end - 1] == "|" else None]
    for place, (a, b) in enumerate(parts, before):
        stretch = trimmed(text, a, b)
        yield TableCell((stretch,) if stretch[0] < stretch[1] else (), row, place)


class Headings(NamedTuple):
    """The declared columns by their printed place, and how many columns and cells the headings take."""

    places: dict[int, int]
    width: int
    size: int
    is_row: bool
    """Whether no other cell stands in the row that they end."""
    before: int
    """Cells before the first heading, each on a line of its own: text, or a column that the form does not know."""

    def columns(self, width: int = 0) -> list[int | None]:
        """The declared column of each printed one, None for one that the form does not know."""
        return [self.places.get(place) for place in range(width or self.width)]


def begins_total(matches: Matches, grid: Grid, start: int, end: int) -> bool:
    """Whether words begin as a total does; damaged, and as the first words of others, only if they are long enough."""
    text = matches.text
    first, _ = trimmed(text, start, end, " *_|\\")
    if best_match(matches.starting_at(start, end, Anchor.ITEM), _long_totals(grid)):
        return True
    here = [words for words in grid.totals if text.startswith(words, first, end)]
    return any(len(words) > SHORT_WORD or _NO_LETTER.match(text, first + len(words), end) for words in here)


@cache
def _long_totals(grid: Grid) -> set[str]:
    return {folded(words) for words in grid.totals if len(words) > LOOK_ALIKE}


def is_total(matches: Matches, grid: Grid, cells: Iterable[TableCell]) -> bool:
    """Whether a row sums up the others: the first of its cells with words says so."""
    said = (cell for cell in cells if cell.spans and not _FIGURES.fullmatch(cell.text(matches.text)))
    first = next(said, None)
    return first is not None and begins_total(matches, grid, first.spans[0][0], first.spans[-1][1])


def rows_under(
    matches: Matches, cells: Sequence[TableCell], headings: Headings, grid: Grid
) -> Iterator[dict[int, TableCell]]:
    """Rows as printed, or as many flattened cells as the table has columns, or lines parted by the columns' shapes."""
    shapes = _Shapes(matches.text, grid)
    printed = [cell for cell in cells if cell.row is not None]
    if printed and printed[0].kind == "row":  # then cells on lines of their own are no row of it
        printed = [cell for cell in printed if cell.kind == "row"]
    loose = [cell for cell in cells if cell.row is None and cell.kind != "outside"]
    rows = [list(row) for _, row in groupby(printed, key=lambda cell: cell.row)]
    if printed and printed[0].kind == "line":
        rows = list(_whole_rows(shapes, rows, headings)) if headings.is_row else []
        loose = [] if rows else printed
    if not rows and (unknown := _unknown(shapes, loose, headings)) is not None:
        width = headings.width + unknown
        rows = list(_counted_rows(matches, loose[unknown:], width, grid))
        if rows and len(rows[-1]) < width and not shapes.fit(rows[-1], headings.columns(width)):
            rows.pop()  # lines of text behind the table
    elif not rows:
        yield from _rows_by_shape(shapes, [cell for cell in loose if cell.spans], list(headings.places.values()))
    for row in (_with_parted_cell(shapes, row, headings) for row in rows):
        found = {headings.places[cell.place]: cell for cell in row if cell.spans and cell.place in headings.places}
        if found:
            yield found


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the cells of a grid's columns look like."""

    text: str
    grid: Grid

    def of(self, column: int | None) -> str | None:
        """The shape of a column, None for one without, or that the form does not know."""
        return self.grid.columns[column].shape if column is not None else None

    def fit(self, cells: Sequence[TableCell], columns: Sequence[int | None], *, is_strict: bool = False) -> bool:
        """Whether flattened cells fall into their columns: one that lost its tab shifts all behind it.

        `is_strict`: whether some cells must show it, and all of them.
        """
        fits = [
            compiled(shape).fullmatch(" ".join(cell.text(self.text).split())) is not None
            for place, cell in enumerate(cells)
            if cell.spans and (shape := self.of(columns[place % len(columns)])) is not None
        ]
        return bool(fits) and all(fits) if is_strict else not fits or 2 * sum(fits) > len(fits)


def _whole_rows(shapes: _Shapes, rows: Sequence[list[TableCell]], headings: Headings) -> Iterator[list[TableCell]]:
    """The rows with a cell for every column, or the first cells of one; other groups of lines are text, or a total."""
    sizes, width = {len(row) for row in rows}, headings.width
    shift = headings.before if width not in sizes and width + headings.before in sizes else 0
    if width + shift not in sizes:
        return
    for cells in rows:
        row = [cell._replace(place=cell.place - shift) for cell in cells]
        row = _with_parted_cell(shapes, row, headings) if len(row) < width else row
        if len(row) == width + shift or (len(row) < width and shapes.fit(row, headings.columns(), is_strict=True)):
            yield row


def _with_parted_cell(shapes: _Shapes, row: list[TableCell], headings: Headings) -> list[TableCell]:
    """A row that lacks a cell, with two of its own for the one in which two figures ran together.

    Where no one blank between the two makes the row fit, those behind may stand in other columns: they are left out.
    """
    text, columns = shapes.text, headings.columns()[row[0].place :]
    fitting = [shapes.fit([cell], [column]) for cell, column in zip(row, columns, strict=False)]
    odd = [i for i, fits in enumerate(fitting) if not fits and len(_FIGURE.findall(row[i].text(text))) > 1]
    lack = next((i for i in range(odd[0] + 1, len(columns)) if i >= len(row) or not row[i].spans), 0) if odd else 0
    if not lack:
        return row
    (start, end), *others = row[odd[0]].spans
    parted = [
        [*row[: odd[0]], *halves, *row[odd[0] + 1 : lack], *row[lack + 1 :]]
        for blank in _BLANKS.finditer(text, start, min(end, start + LONGEST_PAIR))
        for halves in [[TableCell((span,), 0) for span in ((start, blank.start()), (blank.end(), end))]]
    ]
    found = [cells for cells in parted if not others and shapes.fit(cells, columns, is_strict=True)]
    right = found[0] if len(found) == 1 else row[: odd[0] + 1]
    return [cell._replace(place=place) for place, cell in enumerate(right, row[0].place)]


def _unknown(shapes: _Shapes, cells: Sequence[TableCell], headings: Headings) -> int | None:
    """How many headings that the form does not know stand behind the others, so that all cells fall into columns."""
    if any(cell.kind == "loose" for cell in cells):
        return None
    widths = ((unknown, headings.columns(headings.width + unknown)) for unknown in range(MOST_UNKNOWN + 1))
    return next((count for count, columns in widths if shapes.fit(cells[count:], columns, is_strict=count > 0)), None)


def _counted_rows(matches: Matches, cells: Sequence[TableCell], width: int, grid: Grid) -> Iterator[list[TableCell]]:
    """So many cells each; a total takes its figures alone."""
    begin = 0
    while begin < len(cells):
        end = begin + width
        if is_total(matches, grid, cells[begin : begin + 1]):
            behind = enumerate(cells[begin + 1 :], begin + 1)
            end = next((i for i, cell in behind if not _FIGURES.fullmatch(cell.text(matches.text))), len(cells))
        yield [cell._replace(place=place) for place, cell in enumerate(cells[begin:end])]
        begin = end


OpenRow = dict[int, list[Span]]
"""The lines of each printed column of the row at hand; the last line fell into the last of them."""


def _rows_by_shape(
    shapes: _Shapes, lines: Sequence[TableCell], columns: Sequence[int]
) -> Iterator[dict[int, TableCell]]:
    """A line in a column's shape is that column's, others go on with the text.

    A row ends where the shape of a column comes back that it already has; the text between two rows is the last
    column's up to a blank line, then the first one's. Without a blank line its shortest line ends the last column.
    """
    text, known = shapes.text, [shapes.of(column) for column in columns]
    rows: list[OpenRow] = [{}]
    end = 0
    for line in lines:
        words, row, place = line.text(text), rows[-1], max(rows[-1], default=-1)
        has_gap = bool(row) and text.count("\n", end, line.spans[0][0]) > 1
        end = line.spans[-1][1]
        if row and (place == len(columns) - 1 or (has_gap and known[place])):
            begun = _begun(row[place], _place_of(words, known, -1), has_gap=has_gap, is_shaped=known[-1] is not None)
            if begun is not None:
                rows.append(row := begun)
                place = max(row, default=-1)
        shape, here = known[place] if row else None, _place_of(words, known, place)
        together = " ".join(text[slice(*span)] for span in (*row.get(place, ()), *line.spans))
        is_next = shape is not None and not compiled(shape).fullmatch(together)
        place = here if here is not None else max(place, 0) + is_next
        row.setdefault(place, []).extend(line.spans)
    for row in rows if lines else ():
        yield {columns[place]: TableCell(tuple(spans), None, kind="loose") for place, spans in row.items()}


def _begun(last: list[Span], place: int | None, *, has_gap: bool, is_shaped: bool) -> OpenRow | None:
    """The row that begins behind a full one, None where the line still belongs to that one.

    `place`: the first column whose shape the line has. Where text must stand before it, the last column has taken it.
    """
    if has_gap or place == 0 or is_shaped:
        return {}
    if place is None or len(last) < 2:
        return None
    lengths = [end - start for start, end in last[:-1]]
    size = lengths.index(min(lengths)) + 1
    begun = {0: last[size:]}
    del last[size:]
    return begun


def _place_of(words: str, shapes: Sequence[str | None], place: int) -> int | None:
    """The next column behind a place whose shape a line has, with at most one column of text between."""
    for ahead in range(place + 1, len(shapes)):
        shape = shapes[ahead]
        if shape is not None and compiled(shape).fullmatch(words.strip(" *")):
            return ahead
        if shape is None and ahead > place + 1:
            return None
    return None
