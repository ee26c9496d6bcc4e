"""The cells of printed tables, whether they stand in Markdown, between tabs, or one a line behind a tab.

A word processor that loses a table leaves one cell a line, each behind a tab, its empty cells as lines of a tab alone,
and a blank line between two rows.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from normalizers.numbers import marker
from pipeline.model import Span

GOES_ON = 5
"""Lines that a row of Markdown goes on over at most."""
LEAST_ROWS, LEAST_CELLS = 2, 2
"""So many groups of cells between blank lines are rows, where one has so many cells."""
CellKind = Literal["row", "line", "loose", "outside"]
"""`row`: between bars or tabs; `line`: on a line of its own; `loose`: only a line, nothing parts it from the others;
`outside`: text beside a table: no tab stands before it, and a blank line does."""

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_BAR_FIRST = re.compile(r"[ \t]*+\|")
_NEXT_BAR = re.compile(r"[ \t]*+\r?\n[ \t]*+\|")
_BLANK = re.compile(r"\s*+")
_FRAME = re.compile(r"[\s|:+=_-]*+")
_BARE_FRAME = re.compile(r"-[ \t:]*+\|[ \t:]*+-")
"""What parts the headings of Markdown from its rows, where a table of two columns has no bars around it."""


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


def cells_of(text: str, pieces: Sequence[Span]) -> list[TableCell]:
    """The cells of a block's lines; a line that is no row and begins no cell goes on with the cell before it."""
    bars = 1 if pieces and _BARE_FRAME.search(text, pieces[0][0], pieces[-1][1]) else 2
    if not any(_shows_cell(text, piece, bars) for piece in pieces):
        return [TableCell((piece,), None, kind="loose") for piece in pieces]
    cells: list[TableCell] = []
    before: int | None = None
    has_bars = False
    for row, spans in enumerate(_rows_of_bars(text, pieces)):
        start, end = spans[0]
        line_start = max(text.rfind("\n", 0, start) + 1, before or 0)
        gap = text[line_start if before is None else before : start]
        cells += _empty_cells(gap) if before is not None else []
        before = spans[-1][1]
        if text.count("|", start, end) >= bars or text.startswith("|", start):
            if not _FRAME.fullmatch(text, start, end):
                found = _between_bars(text, spans, row)
                cells += found if has_bars or not _follows_text(text, end) else _behind_text(found)
                has_bars = True
        elif "\t" in text[start:end] or (
            cells and cells[-1].row is not None and "\t" in text[end : _line_end(text, end)]
        ):
            cells += _split(text, (start, end), _TAB, row, before=text.count("\t", line_start, start))
        elif not cells or cells[-1].row is not None or "\t" in gap.rpartition("\n")[2]:
            blanks = gap.split("\n")
            begins_row = len(blanks) > 2 and _is_blank(blanks[-2])
            cells.append(TableCell(((start, end),), None, kind="line", begins_row=begins_row))
        elif any(map(_is_blank, gap.split("\n")[1:-1])):
            cells.append(TableCell(((start, end),), None, kind="outside"))
        else:
            cells[-1] = cells[-1]._replace(spans=(*cells[-1].spans, (start, end)))
    behind = _BLANK.match(text, before or 0)
    return _in_rows([*cells, *_empty_cells(behind[0] + "\n" if behind else "")])


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)


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
    rows: list[int] = []
    for cell in cells:
        rows.append((rows[-1] if rows else 0) + (cell.kind == "line" and cell.begins_row))
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
        stretch = text[a:b]
        left = a + len(stretch) - len(stretch.lstrip())
        yield TableCell(((left, left + len(stretch.strip())),) if stretch.strip() else (), row, place)
