"""Read HTML as a browser shows it: one line per paragraph, with the markers of lists."""

import re
from collections.abc import Iterator

from lxml import etree

from normalizers.digits import DIGIT, whole
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import MAX_COLUMNS, PAGE_BREAK, ExtractedText, TextBlock, TextCell, TextTable, join_blocks
from pipeline.sources.numerals import BULLET, NUMERALS
from pipeline.sources.text import decode

_CHARSET = re.compile(
    rb"charset\s*+=\s*+[\"']?+((?:windows-|cp|iso-8859-|tis-|koi8-|gb|big5|shift_jis|euc-)[a-z0-9-]{0,20}+)",
    re.IGNORECASE,
)
"""Encodings that pages declare, other than Unicode, which their bytes show."""
_BLANKS = re.compile("[ \t\r\n]++")
_HIDDEN = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden|mso-hide\s*+:\s*+all)", re.IGNORECASE)
_BREAK = re.compile(r"break-(before|after)\s*+:\s*+(?:always|page)", re.IGNORECASE)
_NOT_SHOWN = frozenset("head script style template noscript iframe object select textarea title".split())
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html legend li main nav ol p pre section ul caption".split()
)
"""Elements on lines of their own."""
_LIST_STYLE = re.compile(r"list-style(?:-type)?+\s*+:\s*+([a-z-]++)", re.IGNORECASE)
_STYLES = {
    "thai": "๑", "decimal-leading-zero": "01", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", "none": "",
}  # fmt: skip
"""The first number of each list style; all others are in Arabic digits."""


def read(content: bytes, name: str, _limits: Limits) -> ExtractedText:
    """The text that is shown."""
    charset = _CHARSET.search(content, 0, 4096)
    declared = charset[1].decode().lower().replace("windows-", "cp") if charset else None
    decoded = decode(content, name=name, media_type="text/html", declared=declared)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(decoded.text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{name}: is not valid HTML ({error}); check it by hand") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DocumentError(f"{name}: is nested too deeply to be a real page; check it by hand")
    return ExtractedText(join_blocks(_HtmlReader().blocks(root)), "text/html", decoded.encoding)


_NUMBERED = re.compile(rf"\(?{DIGIT}{{1,2}}+[.)]\s")
"""A number before an item; one that is typed stands for the one that the list would have."""


class _HtmlReader:
    """Collects what is shown, paragraph by paragraph."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._label = ""
        self._lists: list[_HtmlList] = []

    def blocks(self, element: etree._Element) -> Iterator[TextBlock]:
        """The paragraphs and tables of an element."""
        yield from self._inside(element)
        yield from self._paragraph()

    def _element(self, element: etree._Element) -> Iterator[TextBlock]:
        tag, style = str(element.tag), element.get("style", "")
        if tag in _NOT_SHOWN or element.get("hidden") is not None or _HIDDEN.search(style):
            return
        breaks = {edge.lower() for edge in _BREAK.findall(style)}
        is_block = tag in _BLOCK_TAGS or bool(breaks)
        yield from self._paragraph() if is_block or tag == "table" else ()
        yield from [PAGE_BREAK] if "before" in breaks else ()
        if tag == "table":
            yield _table(element)
        elif tag == "br":
            self._pieces.append("\n")
        else:
            yield from self._inside(element)
        yield from self._paragraph() if is_block else ()
        yield from [PAGE_BREAK] if "after" in breaks else ()

    def _inside(self, element: etree._Element) -> Iterator[TextBlock]:
        tag = str(element.tag)
        if tag in ("ol", "ul"):
            self._lists.append(_HtmlList(element))
        elif tag == "li" and self._lists:
            self._label += self._lists[-1].label(element)
        self._add_text(element.text, is_preformatted=tag == "pre")
        for child in element:
            yield from self._element(child)
            self._add_text(child.tail, is_preformatted=tag == "pre")
        if tag in ("ol", "ul"):
            self._lists.pop()

    def _add_text(self, text: str | None, *, is_preformatted: bool) -> None:
        if text:
            self._pieces.append(text if is_preformatted else _BLANKS.sub(" ", text))

    def _paragraph(self) -> Iterator[TextBlock]:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            shown = text.lstrip(" \n")
            yield shown if _NUMBERED.match(self._label) and _NUMBERED.match(shown) else self._label + shown
            self._label = ""


class _HtmlList:
    """A list being read, and how its items are marked."""

    def __init__(self, element: etree._Element) -> None:
        style = _LIST_STYLE.search(element.get("style", ""))
        first = _STYLES.get(style[1].lower(), "1") if style else element.get("type", "1")
        start = whole(element.get("start", ""))
        self._next = 1 if start is None else start
        self._numeral = NUMERALS.get(first, str)
        self._marker = "" if not first else f"{BULLET} " if element.tag == "ul" else None

    def label(self, item: etree._Element) -> str:
        """The marker of the next item."""
        if self._marker is not None:
            return self._marker
        value = whole(item.get("value", ""))
        number = self._next if value is None else value
        self._next = number + 1
        return f"{self._numeral(number)}. "


def _table(table: etree._Element) -> TextTable:
    """The rows; a cell over several rows has its text in the first one."""
    covered: dict[int, int] = {}
    return TextTable([list(_row(row, covered)) for row in _rows(table)])


def _row(row: etree._Element, covered: dict[int, int]) -> Iterator[TextCell]:
    """The cells of a row; `covered` counts for each column the rows that a cell above still covers."""
    column = 0
    for cell in (*row.iterchildren("td", "th"), None):
        while covered.get(column, 0):
            covered[column] -= 1
            column += 1
            yield TextCell([])
        if cell is not None:
            columns = min(whole(cell.get("colspan", "")) or 1, MAX_COLUMNS)
            rows = (whole(cell.get("rowspan", "")) or 1) - 1
            covered.update(dict.fromkeys(range(column, min(column + columns, MAX_COLUMNS)), rows))
            column += columns
            yield TextCell(list(_HtmlReader().blocks(cell)), columns)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")
