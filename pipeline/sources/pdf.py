"""PDF files with a text layer: page by page, line by line, ruled tables as rows; pictures of pages are told."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from normalizers.numbers import marker
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import PAGE_BREAK, Block, Cell, Linear, Table, linear_text

MEDIA_TYPE = "application/pdf"
LITTLE_TEXT = 40
"""Letters up to which the text on a picture of a page is a stamp or a page number, not the page's."""
SAME_LINE = 3.0
"""Points by which the heights of words on one line may differ."""
BLANK = 0.15
"""The smallest blank between two words, in heights of a line."""
FLAT = 0.5
"""Points below which a box has no extent."""
JUMPS = 4
"""A page is written in no order where one line in so many stands above the line before it."""
MOST_LINES = 4000
"""Drawn lines up to which they may be tables; more are a map or a chart."""
_SIGNS = str.maketrans({"\x02": "-", "\ufffe": "-", "\r": None, "\0": None, PAGE_BREAK: "\n"})
"""PDFium marks a hyphen at the end of a line by a sign of its own."""
_NO_FONTS = raw.FPDF_SYSFONTINFO(version=1)
"""For fonts that are not in a file PDFium takes its own, whatever this machine has: the same bytes, the same text."""
raw.FPDF_SetSystemFontInfo(_NO_FONTS)


class Letter(NamedTuple):
    """A letter and the middle of its box, in points from the lower left corner."""

    sign: str
    x: float
    y: float


def read(content: bytes, name: str, limits: Limits) -> Linear:
    """The text layer, in the order in which it was written where that follows the page."""
    with closing(_opened(content, name)) as document:
        if len(document) > limits.page_limit:
            what = f"{len(document):,} pages are more than the limit of {limits.page_limit:,}"
            raise DocumentError(f"{name}: {what}; split the file, or raise --max-pages")
        pages = [_page(document, number, name) for number in range(len(document))]
    unread = tuple(number for number, (_, is_picture) in enumerate(pages, 1) if is_picture)
    text = PAGE_BREAK.join(text for text, _ in pages)
    if len(unread) == len(pages) or not text.strip():
        raise DocumentError(f"{name}: is a scan without a text layer; read its text by OCR first", "needs_ocr")
    return Linear(text, MEDIA_TYPE, has_pages=True, unread_pages=unread)


def _opened(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise DocumentError(f"{name}: is encrypted; save it without a password") from error
        raise DocumentError(f"{name}: is damaged or cut short ({error}); fetch it again from where it came") from error


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> tuple[str, bool]:
    """The text of a page, and whether the page is a picture that says more than the text."""
    try:
        with closing(document[number]) as page:
            is_foreign = _has_foreign_font(page)
            tables = grids(_drawn(page)) if page.get_rotation() == 0 else []
            with closing(page.get_textpage()) as text_page:
                letters = _letters(text_page, is_foreign=is_foreign)
                text = linear_text(_blocks(letters, tables) if tables or is_foreign else [_said(text_page)])
            return text, len("".join(text.split())) <= LITTLE_TEXT and _is_picture(page)
    except pypdfium2.PdfiumError as error:
        reason = f"page {number + 1} is damaged ({error})"
        raise DocumentError(f"{name}: {reason}; fetch the file again from where it came") from error


def _has_foreign_font(page: pypdfium2.PdfPage) -> bool:
    """Whether a font of the page is not in the file; what PDFium takes for it has other shapes, or none for Thai.

    It would leave out letters without a shape that stand alone: drawn as outlines they have the width of a line.
    """
    is_foreign = False
    for words in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        if raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(words)) == 1:
            continue
        is_foreign = True
        left, _, right, _ = words.get_bounds()
        if right - left < FLAT:
            raw.FPDFTextObj_SetTextRenderMode(words, raw.FPDF_TEXTRENDERMODE_STROKE)
            raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 0, 0)
    return is_foreign


def _said(text_page: pypdfium2.PdfTextPage) -> str:
    """The text as it was written; where that jumps up the page all the time, as the page shows it."""
    said = str(text_page.get_text_range())
    if len(said) != text_page.count_chars():
        return said.translate(_SIGNS)
    lines: list[tuple[float, float, str]] = []
    start = 0
    for line in said.split("\n"):
        left, bottom, _, _ = text_page.get_charbox(start, loose=True) if line.strip() else (0.0, 0.0, 0.0, 0.0)
        lines += [(-bottom, left, line.translate(_SIGNS))] if line.strip() else []
        start += len(line) + 1
    jumps = sum(after[0] < before[0] - SAME_LINE for before, after in pairwise(lines))
    return _joined(lines if JUMPS * jumps < len(lines) else sorted(lines))


def _joined(lines: Iterable[tuple[float, float, str]]) -> str:
    """The lines, those at one height as one from left to right: PDFium may part them where they have gaps."""
    rows: list[list[tuple[float, float, str]]] = []
    for line in lines:
        if rows and abs(line[0] - rows[-1][0][0]) <= SAME_LINE:
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join(" ".join(words for _, _, words in sorted(row, key=itemgetter(1))) for row in rows)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers at least half of the page."""
    area = page.get_width() * page.get_height()
    boxes = (picture.get_bounds() for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return any(2 * (right - left) * (top - bottom) >= area for left, bottom, right, top in boxes)


def _drawn(page: pypdfium2.PdfPage) -> list[list[tuple[float, float]]]:
    """The points that each drawn line goes through, none where there are too many for a table."""
    paths = list(islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), MOST_LINES))
    return [points for path in paths for points in _points(path)] if len(paths) < MOST_LINES else []


def _points(path: pypdfium2.PdfObject) -> Iterator[list[tuple[float, float]]]:
    """The points of a path, in the page's own units; a curve ends what it is a part of."""
    a, b, c, d, e, f = path.get_matrix().get()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for number in range(min(raw.FPDFPath_CountSegments(path), MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _letters(text_page: pypdfium2.PdfTextPage, *, is_foreign: bool) -> Iterator[Letter]:
    """The letters in the order of the text; blanks, line ends and marks have the place of the letter before.

    PDFium puts blanks and line ends by the shapes of letters; where it has not theirs, the places of the letters tell.
    """
    x = y = 0.0
    gaps = _Gaps(text_page)
    for place in range(text_page.count_chars()):
        if is_foreign and raw.FPDFText_IsGenerated(text_page, place) == 1:
            continue
        sign = chr(raw.FPDFText_GetUnicode(text_page, place)).translate(_SIGNS)
        if sign.strip() or is_foreign:
            left, bottom, right, top = text_page.get_charbox(place, loose=True)
            if is_foreign:
                yield Letter(gaps.before(place, right, top - bottom), x, y)
            if top - bottom > FLAT:
                x, y = (left + right) / 2, (bottom + top) / 2
        yield Letter(sign, x, y)


class _Gaps:
    """Tells what stands between letters by the places where they are written."""

    def __init__(self, text_page: pypdfium2.PdfTextPage) -> None:
        self._text_page = text_page
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._end = self._base = self._height = 0.0

    def before(self, place: int, right: float, height: float) -> str:
        """What stands in front of the letter at a place of the text; marks have no height."""
        raw.FPDFText_GetCharOrigin(self._text_page, place, self._x, self._y)
        across, up = self._x.value - self._end, self._y.value - self._base
        self._end, self._base = max(right, self._x.value), self._y.value
        if height > FLAT:
            self._height = height
        if abs(up) > self._height / 2 or across < -self._height:
            return "\n"
        return " " if across > self._height * BLANK else ""


def _blocks(letters: Iterable[Letter], tables: Sequence["Grid"]) -> Iterator[Block]:
    """The lines of a page; a table stands where the first letter in it comes."""
    found: list[list[str] | Grid] = [[]]
    cells: dict[Grid, dict[Place, list[str]]] = {}
    for letter in letters:
        grid, place = next(((grid, at) for grid in tables if (at := grid.place(letter.x, letter.y))), (None, None))
        if grid and place:
            if grid not in cells:
                found += [grid, []]
            cells.setdefault(grid, {}).setdefault(place, []).append(letter.sign)
        elif isinstance(line := found[-1], list):
            line.append(letter.sign)
    for block in found:
        if isinstance(block, Grid):
            yield _table(block, {place: "".join(signs) for place, signs in cells[block].items()})
        else:
            yield "".join(block)


def _table(grid: "Grid", said: Mapping["Place", str]) -> Table:
    """The rows of a table; a cell over several of them is said in the first, and empty in the others."""
    row_count, column_count = grid.size
    rows = []
    for row in range(row_count):
        cells = []
        corners = [grid.corners[Place(row, column)] for column in range(column_count)]
        for corner, members in groupby(corners):
            text = said.get(corner, "") if corner.row == row else ""
            cells.append(Cell(_paragraphs(text), sum(1 for _ in members)))
        rows.append(cells)
    return Table(rows)


def _paragraphs(text: str) -> list[str]:
    """The lines of a cell, which wrap where the cell ends: only the marker of a list begins a new paragraph."""
    found: list[list[str]] = []
    for line in text.split("\n"):
        if found and not marker(line)[1]:
            found[-1].append(line.strip())
        elif line.strip():
            found.append([line.strip()])
    return [" ".join(lines) for lines in found]


SLACK = 3.0
"""Points by which lines that are drawn as one may miss each other; a line may also be drawn as a thin box."""
SHORTEST = 8.0
"""Points of the shortest line of a table; shorter ones are signs and dots."""
MOST_CELLS = 20_000
"""Cells that the lines of a page may make; what has more of them is a map or a chart."""


class Rule(NamedTuple):
    """A straight line along one axis: `at` on the other, from `start` to `end`, in points."""

    at: float
    start: float
    end: float


class Place(NamedTuple):
    """The upper left corner of a cell, in rows from the top and columns from the left."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table: the places of its lines, from left to right and from top to bottom, and which cells are one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    corners: dict[Place, Place]

    def place(self, x: float, y: float) -> Place | None:
        """The cell that holds a point, None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, -y, key=lambda line: -line) - 1
        return self.corners.get(Place(row, column))

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.ys) - 1, len(self.xs) - 1


def grids(points: Iterable[Sequence[tuple[float, float]]]) -> list[Grid]:
    """The tables that drawn lines make, each given by the points that it goes through."""
    across: list[Rule] = []
    down: list[Rule] = []
    for drawn in points:
        for (x, y), (x1, y1) in pairwise(drawn):
            if abs(y - y1) < 1 and abs(x - x1) >= SHORTEST:
                across.append(Rule(y, min(x, x1), max(x, x1)))
            elif abs(x - x1) < 1 and abs(y - y1) >= SHORTEST:
                down.append(Rule(x, min(y, y1), max(y, y1)))
    across, down = _merged(across), _merged(down)
    found = (_grid(*group) for group in _connected(across, down)) if len(across) * len(down) <= MOST_CELLS else ()
    return [grid for grid in found if min(grid.size) > 0 and grid.size[1] > 1]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines drawn piece by piece, or twice at nearly one place, as one each."""
    merged: list[Rule] = []
    for row in _near(sorted(rules)):
        at = row[0].at
        for rule in sorted(row, key=lambda rule: rule.start):
            if merged and merged[-1].at == at and rule.start <= merged[-1].end + SLACK:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, rule.end))
            else:
                merged.append(Rule(at, rule.start, rule.end))
    return merged


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Sorted lines, those at nearly one place together."""
    rows: list[list[Rule]] = []
    for rule in rules:
        if rows and rule.at - rows[-1][0].at <= SLACK:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return rows


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or by others: those of one table."""
    groups: list[tuple[list[Rule], list[Rule]]] = [([rule], []) for rule in across]
    for rule in down:
        meeting = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        if meeting:
            groups = [group for group in groups if group not in meeting]
            met = [other for group in meeting for other in group[0]]
            groups.append((met, [*(other for group in meeting for other in group[1]), rule]))
    return groups


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - SLACK <= down.at <= across.end + SLACK and down.start - SLACK <= across.at <= down.end + SLACK


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid:
    xs = tuple(sorted({rule.at for rule in down}))
    ys = tuple(sorted({rule.at for rule in across}, reverse=True))
    corners: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            here = Place(row, column)
            beside = corners.get(Place(row, column - 1))
            above = corners.get(Place(row - 1, column))
            if beside and not _is_drawn(down, left, (top + bottom) / 2):
                corners[here] = beside
            elif above and not _is_drawn(across, top, (left + right) / 2):
                corners[here] = above
            else:
                corners[here] = here
    return Grid(xs, ys, corners)


def _is_drawn(rules: Sequence[Rule], at: float, middle: float) -> bool:
    return any(rule.at == at and rule.start <= middle <= rule.end for rule in rules)
