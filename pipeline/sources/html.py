"""HTML: what a browser shows, a line for each paragraph; the markers of lists are written out."""

import re
from collections.abc import Iterator

from lxml import etree

from normalizers.digits import whole
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import MOST_COLUMNS, PAGE_BREAK, Block, Cell, Linear, Table, linear_text
from pipeline.sources.numerals import BULLET, NUMERALS
from pipeline.sources.text import decode

_CHARSET = re.compile(
    rb"charset\s*+=\s*+[\"']?+((?:windows-|cp|iso-8859-|tis-|koi8-|gb|big5|shift_jis|euc-)[a-z0-9-]{0,20}+)",
    re.IGNORECASE,
)
"""The encodings that pages have beside those of Unicode, which their bytes show."""
_BLANKS = re.compile("[ \t\r\n]++")
_HIDDEN = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden|mso-hide\s*+:\s*+all)", re.IGNORECASE)
_BREAK = re.compile(r"break-(before|after)\s*+:\s*+(?:always|page)", re.IGNORECASE)
_UNSHOWN = frozenset("head script style template noscript iframe object select textarea title".split())
_APART = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html legend li main nav ol p pre section ul caption".split()
)
"""What stands on lines of its own."""
_LIST_STYLE = re.compile(r"list-style(?:-type)?+\s*+:\s*+([a-z-]++)", re.IGNORECASE)
_STYLES = {
    "thai": "๑", "decimal-leading-zero": "01", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", "none": "",
}  # fmt: skip
"""The first number in each style of lists; all others are printed in Arabic digits."""


def read(content: bytes, name: str, _limits: Limits) -> Linear:
    """The text that is shown."""
    text, encoding = _decoded(content, name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{name}: is no HTML ({error}); look into it by hand") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DocumentError(f"{name}: is nested deeper than a page is; look into it by hand")
    return Linear(linear_text(_Reader().blocks(root)), "text/html", encoding)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding."""
    said = _CHARSET.search(content, 0, 4096)
    return decode(content, name=name, said=said[1].decode().lower().replace("windows-", "cp") if said else None)


class _Reader:
    """Gathers what is shown, paragraph by paragraph."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._label = ""
        self._lists: list[_List] = []

    def blocks(self, element: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables of an element."""
        yield from self._inside(element)
        yield from self._paragraph()

    def _element(self, element: etree._Element) -> Iterator[Block]:
        tag, style = str(element.tag), element.get("style", "")
        if tag in _UNSHOWN or element.get("hidden") is not None or _HIDDEN.search(style):
            return
        breaks = {found.lower() for found in _BREAK.findall(style)}
        is_apart = tag in _APART or bool(breaks)
        yield from self._paragraph() if is_apart or tag == "table" else ()
        yield from [PAGE_BREAK] if "before" in breaks else ()
        if tag == "table":
            yield _table(element)
        elif tag == "br":
            self._pieces.append("\n")
        else:
            yield from self._inside(element)
        yield from self._paragraph() if is_apart else ()
        yield from [PAGE_BREAK] if "after" in breaks else ()

    def _inside(self, element: etree._Element) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in ("ol", "ul"):
            self._lists.append(_List(element))
        elif tag == "li" and self._lists:
            self._label += self._lists[-1].label(element)
        self._say(element.text, is_kept=tag == "pre")
        for child in element:
            yield from self._element(child)
            self._say(child.tail, is_kept=tag == "pre")
        if tag in ("ol", "ul"):
            self._lists.pop()

    def _say(self, text: str | None, *, is_kept: bool) -> None:
        if text:
            self._pieces.append(text if is_kept else _BLANKS.sub(" ", text))

    def _paragraph(self) -> Iterator[Block]:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            yield self._label + text.lstrip(" \n")
            self._label = ""


class _List:
    """A list that is open, and how its items are marked."""

    def __init__(self, element: etree._Element) -> None:
        style = _LIST_STYLE.search(element.get("style", ""))
        first = _STYLES.get(style[1].lower(), "1") if style else element.get("type", "1")
        start = whole(element.get("start", ""))
        self._next = 1 if start is None else start
        self._numeral = NUMERALS.get(first, str)
        self._marker = "" if not first else f"{BULLET} " if element.tag == "ul" else None

    def label(self, item: etree._Element) -> str:
        """What stands in front of the next item."""
        if self._marker is not None:
            return self._marker
        said = whole(item.get("value", ""))
        number = self._next if said is None else said
        self._next = number + 1
        return f"{self._numeral(number)}. "


def _table(table: etree._Element) -> Table:
    """The rows; a cell over several of them is said in the first, and empty in the others."""
    covered: dict[int, int] = {}
    return Table([list(_row(row, covered)) for row in _rows(table)])


def _row(row: etree._Element, covered: dict[int, int]) -> Iterator[Cell]:
    """The cells of a row; `covered` counts for each column the rows that a cell above still covers."""
    place = 0
    for cell in row.iterchildren("td", "th"):
        while covered.get(place, 0):
            covered[place] -= 1
            place += 1
            yield Cell([])
        columns = min(whole(cell.get("colspan", "")) or 1, MOST_COLUMNS)
        rows = (whole(cell.get("rowspan", "")) or 1) - 1
        covered.update(dict.fromkeys(range(place, min(place + columns, MOST_COLUMNS)), rows))
        place += columns
        yield Cell(list(_Reader().blocks(cell)), columns)
    while covered.get(place, 0):
        covered[place] -= 1
        place += 1
        yield Cell([])


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")
