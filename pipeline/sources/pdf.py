"""Read PDF files with a text layer: page by page, ruled tables as rows. Pages that are pictures are reported."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

import pypdfium2
from pypdfium2 import raw

from normalizers.numbers import marker
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import PAGE_BREAK, ExtractedText, TextBlock, TextCell, TextTable, join_blocks

MEDIA_TYPE = "application/pdf"
STAMP_LETTERS = 40
"""Up to this many letters, the text on a picture of a page is a stamp or page number, not the page's text."""
SAME_LINE = 3.0
"""Points by which the heights of words on one line may differ."""
MIN_GAP = 0.15
"""The smallest space between two words, in line heights."""
MIN_EXTENT = 0.5
"""Points below which a box counts as empty."""
LINES_PER_JUMP = 4
"""If one line in this many is above the line before it, the text is not in reading order."""
MAX_LINES = 4000
"""Drawn lines of a page that may be tables; more are a map or a chart."""
_REPLACED = str.maketrans({"\x02": "-", "\ufffe": "-", "\r": None, "\0": None, PAGE_BREAK: "\n"})
"""PDFium marks a hyphen at the end of a line with a character of its own."""
_NO_FONTS = raw.FPDF_SYSFONTINFO(version=1)
"""For fonts missing in the file PDFium uses its own, not those of the machine: the same bytes give the same text."""
raw.FPDF_SetSystemFontInfo(_NO_FONTS)


Line = TypeVar("Line", bound=tuple[float, float, object])


class PdfLetter(NamedTuple):
    """A letter and the middle of its box, in points from the lower left corner."""

    sign: str
    x: float
    y: float


def read(content: bytes, name: str, limits: Limits) -> ExtractedText:
    """The text layer in the order in which it was written, if that follows the page."""
    with closing(_opened(content, name)) as document:
        if len(document) > limits.page_limit:
            what = f"{len(document):,} pages are more than the limit of {limits.page_limit:,}"
            raise DocumentError(f"{name}: {what}; split the file, or raise --max-pages")
        pages = [_page(document, number, name) for number in range(len(document))]
    unread = tuple(number for number, (_, is_picture) in enumerate(pages, 1) if is_picture)
    text = PAGE_BREAK.join(text for text, _ in pages)
    if len(unread) == len(pages) or not text.strip():
        raise DocumentError(f"{name}: is a scan without a text layer; run OCR first", "needs_ocr")
    return ExtractedText(text, MEDIA_TYPE, has_pages=True, unread_pages=unread)


def _opened(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise DocumentError(f"{name}: is encrypted; save it without a password") from error
        raise DocumentError(f"{name}: is damaged or incomplete ({error}); get it again from its source") from error


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> tuple[str, bool]:
    """The text of a page, and whether the page is a picture with more on it than the text."""
    try:
        with closing(document[number]) as page:
            has_foreign_font = _has_foreign_font(page)
            tables = ruled_tables(_drawn(page)) if page.get_rotation() == 0 else []
            with closing(page.get_textpage()) as text_page:
                letters = _letters(text_page, has_foreign_font=has_foreign_font)
                text = join_blocks(_blocks(letters, tables) if tables or has_foreign_font else [_page_text(text_page)])
            return text, len("".join(text.split())) <= STAMP_LETTERS and _is_picture(page)
    except pypdfium2.PdfiumError as error:
        reason = f"page {number + 1} is damaged ({error})"
        raise DocumentError(f"{name}: {reason}; get the file again from its source") from error


def _has_foreign_font(page: pypdfium2.PdfPage) -> bool:
    """Whether a font of the page is not in the file. PDFium replaces it by one with other shapes, or none for Thai.

    PDFium would leave out single letters without a shape; drawn as outlines they have the width of a line.
    """
    has_foreign_font = False
    for words in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        if raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(words)) == 1:
            continue
        has_foreign_font = True
        left, _, right, _ = words.get_bounds()
        if right - left < MIN_EXTENT:
            raw.FPDFTextObj_SetTextRenderMode(words, raw.FPDF_TEXTRENDERMODE_STROKE)
            raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 0, 0)
    return has_foreign_font


def _page_text(text_page: pypdfium2.PdfTextPage) -> str:
    """The text as it was written, or, if that jumps up the page all the time, from top to bottom."""
    text = str(text_page.get_text_range())
    if len(text) != text_page.count_chars():
        return text.translate(_REPLACED)
    lines: list[tuple[float, float, str]] = []
    start = 0
    for line in text.split("\n"):
        left, bottom, _, _ = text_page.get_charbox(start, loose=True) if line.strip() else (0.0, 0.0, 0.0, 0.0)
        lines += [(-bottom, left, line.translate(_REPLACED))] if line.strip() else []
        start += len(line) + 1
    jumps = sum(after[0] < before[0] - SAME_LINE for before, after in pairwise(lines))
    return _joined(lines if LINES_PER_JUMP * jumps < len(lines) else sorted(lines))


def _joined(lines: Iterable[tuple[float, float, str]]) -> str:
    """The lines; those at the same height as one line from left to right, since PDFium may split lines at gaps."""
    rows = _near(lines, SAME_LINE)
    return "\n".join(" ".join(words for _, _, words in sorted(row, key=itemgetter(1))) for row in rows)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers at least half of the page."""
    area = page.get_width() * page.get_height()
    boxes = (picture.get_bounds() for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return any(2 * (right - left) * (top - bottom) >= area for left, bottom, right, top in boxes)


def _drawn(page: pypdfium2.PdfPage) -> list[list[tuple[float, float]]]:
    """The points of each drawn line; none if there are too many for tables."""
    paths = list(islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), MAX_LINES))
    return [points for path in paths for points in _points(path)] if len(paths) < MAX_LINES else []


def _points(path: pypdfium2.PdfObject) -> Iterator[list[tuple[float, float]]]:
    """The points of a path in units of the page; a curve ends a line."""
    a, b, c, d, e, f = path.get_matrix().get()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for number in range(min(raw.FPDFPath_CountSegments(path), MAX_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _letters(text_page: pypdfium2.PdfTextPage, *, has_foreign_font: bool) -> Iterator[PdfLetter]:
    """The letters in text order; blanks, line ends and marks have the position of the letter before.

    PDFium inserts blanks and line ends by the shapes of letters; for a replaced font, the positions of the letters
    decide.
    """
    x = y = 0.0
    gaps = _GapFinder(text_page)
    for index in range(text_page.count_chars()):
        if has_foreign_font and raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        sign = chr(raw.FPDFText_GetUnicode(text_page, index)).translate(_REPLACED)
        if sign.strip() or has_foreign_font:
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            if has_foreign_font:
                yield PdfLetter(gaps.before(index, right, top - bottom), x, y)
            if top - bottom > MIN_EXTENT:
                x, y = (left + right) / 2, (bottom + top) / 2
        yield PdfLetter(sign, x, y)


class _GapFinder:
    """Finds the blanks and line ends between letters by their positions."""

    def __init__(self, text_page: pypdfium2.PdfTextPage) -> None:
        self._text_page = text_page
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._end = self._base = self._height = 0.0

    def before(self, index: int, right: float, height: float) -> str:
        """What stands before the letter at an index of the text; marks have no height."""
        raw.FPDFText_GetCharOrigin(self._text_page, index, self._x, self._y)
        across, up = self._x.value - self._end, self._y.value - self._base
        self._end, self._base = max(right, self._x.value), self._y.value
        if height > MIN_EXTENT:
            self._height = height
        if abs(up) > self._height / 2 or across < -self._height:
            return "\n"
        return " " if across > self._height * MIN_GAP else ""


def _blocks(letters: Iterable[PdfLetter], tables: Sequence["RuledTable"]) -> Iterator[TextBlock]:
    """The lines of a page; a table stands where its first letter is."""
    parts: list[list[str] | RuledTable] = [[]]
    cells: dict[RuledTable, dict[CellPosition, list[str]]] = {}
    for letter in letters:
        grid, position = next(((grid, at) for grid in tables if (at := grid.cell_at(letter.x, letter.y))), (None, None))
        if grid and position:
            if grid not in cells:
                parts += [grid, []]
            cells.setdefault(grid, {}).setdefault(position, []).append(letter.sign)
        elif isinstance(line := parts[-1], list):
            line.append(letter.sign)
    for block in parts:
        if isinstance(block, RuledTable):
            yield _table(block, {position: "".join(signs) for position, signs in cells[block].items()})
        else:
            yield "".join(block)


def _table(grid: "RuledTable", texts: Mapping["CellPosition", str]) -> TextTable:
    """The rows of a table; a cell over several rows has its text in the first one."""
    row_count, column_count = grid.size
    rows = []
    for row in range(row_count):
        cells = []
        corners = [grid.corners[CellPosition(row, column)] for column in range(column_count)]
        for corner, members in groupby(corners):
            text = texts.get(corner, "") if corner.row == row else ""
            cells.append(TextCell(_paragraphs(text), sum(1 for _ in members)))
        rows.append(cells)
    return TextTable(rows)


def _paragraphs(text: str) -> list[str]:
    """The lines of a cell, joined; only a list marker starts a new paragraph."""
    paragraphs: list[list[str]] = []
    for line in text.split("\n"):
        if paragraphs and not marker(line)[1]:
            paragraphs[-1].append(line.strip())
        elif line.strip():
            paragraphs.append([line.strip()])
    return [" ".join(lines) for lines in paragraphs]


TOLERANCE = 3.0
"""Points by which parts of one line may miss each other; a line may also be drawn as a thin box."""
MIN_LINE = 8.0
"""Points of the shortest line of a table; shorter ones are letters and dots."""
MAX_CELLS = 20_000
"""Cells that the lines of a page may form; more are a map or a chart."""


class RuledLine(NamedTuple):
    """A horizontal or vertical line: its position on one axis, start and end on the other, in points."""

    at: float
    start: float
    end: float


class CellPosition(NamedTuple):
    """The upper left corner of a cell: row from the top, column from the left."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class RuledTable:
    """A table: the positions of its lines from left to right and top to bottom, and the cells that are merged."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    corners: dict[CellPosition, CellPosition]

    def cell_at(self, x: float, y: float) -> CellPosition | None:
        """The cell that contains a point, None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, -y, key=lambda line: -line) - 1
        return self.corners.get(CellPosition(row, column))

    @property
    def size(self) -> tuple[int, int]:
        """The number of rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1


def ruled_tables(points: Iterable[Sequence[tuple[float, float]]]) -> list[RuledTable]:
    """The tables formed by drawn lines, each given by its points."""
    across: list[RuledLine] = []
    down: list[RuledLine] = []
    for drawn in points:
        for (x, y), (x1, y1) in pairwise(drawn):
            if abs(y - y1) < 1 and abs(x - x1) >= MIN_LINE:
                across.append(RuledLine(y, min(x, x1), max(x, x1)))
            elif abs(x - x1) < 1 and abs(y - y1) >= MIN_LINE:
                down.append(RuledLine(x, min(y, y1), max(y, y1)))
    across, down = _merged(across), _merged(down)
    tables = (
        (_ruled_table(*group) for group in _connected(across, down)) if len(across) * len(down) <= MAX_CELLS else ()
    )
    return [grid for grid in tables if min(grid.size) > 0 and grid.size[1] > 1]


def _merged(rules: Iterable[RuledLine]) -> list[RuledLine]:
    """Lines drawn in pieces, or twice at nearly the same position, as one line each."""
    merged: list[RuledLine] = []
    for row in _near(sorted(rules), TOLERANCE):
        at = row[0].at
        for rule in sorted(row, key=lambda rule: rule.start):
            if merged and merged[-1].at == at and rule.start <= merged[-1].end + TOLERANCE:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, rule.end))
            else:
                merged.append(RuledLine(at, rule.start, rule.end))
    return merged


def _near(lines: Iterable[Line], within: float) -> list[list[Line]]:
    """Lines of text or drawn ones, those in a row grouped whose positions, which are their first values, are near."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(line[0] - rows[-1][0][0]) <= within:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _connected(across: list[RuledLine], down: list[RuledLine]) -> list[tuple[list[RuledLine], list[RuledLine]]]:
    """Groups of lines that meet, directly or through others: one group per table."""
    groups: list[tuple[list[RuledLine], list[RuledLine]]] = [([rule], []) for rule in across]
    for rule in down:
        meeting = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        if meeting:
            groups = [group for group in groups if group not in meeting]
            met = [other for group in meeting for other in group[0]]
            groups.append((met, [*(other for group in meeting for other in group[1]), rule]))
    return groups


def _meet(across: RuledLine, down: RuledLine) -> bool:
    return (
        across.start - TOLERANCE <= down.at <= across.end + TOLERANCE
        and down.start - TOLERANCE <= across.at <= down.end + TOLERANCE
    )


def _ruled_table(across: Sequence[RuledLine], down: Sequence[RuledLine]) -> RuledTable:
    xs = tuple(sorted({rule.at for rule in down}))
    ys = tuple(sorted({rule.at for rule in across}, reverse=True))
    corners: dict[CellPosition, CellPosition] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            position = CellPosition(row, column)
            beside = corners.get(CellPosition(row, column - 1))
            above = corners.get(CellPosition(row - 1, column))
            if beside and not _is_drawn(down, left, (top + bottom) / 2):
                corners[position] = beside
            elif above and not _is_drawn(across, top, (left + right) / 2):
                corners[position] = above
            else:
                corners[position] = position
    return RuledTable(xs, ys, corners)


def _is_drawn(rules: Sequence[RuledLine], at: float, middle: float) -> bool:
    return any(rule.at == at and rule.start <= middle <= rule.end for rule in rules)
