"""Read OpenDocument texts: paragraphs with list numbers, tables, text boxes; headers, footers and notes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from normalizers.digits import whole
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import (
    MAX_COLUMNS,
    PAGE_BREAK,
    SOFT_BREAK,
    ExtractedText,
    TextBlock,
    TextCell,
    TextTable,
    distinct_headers,
    join_blocks,
    with_page_breaks,
)
from pipeline.sources.numerals import BULLET, NUMERALS
from pipeline.sources.packages import OfficePackage, local_name

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_HEADERS = ("header", "header-first", "header-left")
_FOOTERS = ("footer", "footer-first", "footer-left")
_BLANKS = re.compile("[ \t\r\n]++")
_CHARACTERS = {"tab": "\t", "line-break": "\n", "s": " ", "soft-page-break": SOFT_BREAK}
_NOT_PRINTED = frozenset({"tracked-changes", "annotation", "ruby-text"})
"""Elements that are not printed: deleted text, comments, ruby text."""


def read(content: bytes, name: str, limits: Limits) -> ExtractedText:
    """The text as it is printed: headers first, footers and notes on an extra page at the end."""
    package = OfficePackage(content, name, limits)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise DocumentError(f"{name}: is encrypted; save it without a password")
    root, styles = package.xml("content.xml"), package.xml("styles.xml")
    if root is None:
        raise package.damage("content.xml is missing")
    roots = [root] if styles is None else [styles, root]
    reader = _OdtReader(OdtNumbering(roots), frozenset(_beginning_pages(roots)))
    body = list(reader.blocks(root.find(f"{OFFICE}body")))
    headers, footers = (
        distinct_headers(
            reader.blocks(part) for tree in roots for part in tree.iter(*(f"{STYLE}{kind}" for kind in kinds))
        )
        for kinds in (_HEADERS, _FOOTERS)
    )
    appendix = [*footers, *reader.notes]
    return ExtractedText(join_blocks([*headers, "", *body, *([PAGE_BREAK, *appendix] if appendix else [])]), MEDIA_TYPE)


def _beginning_pages(roots: Iterable[etree._Element]) -> Iterator[str]:
    """Paragraph styles that start a new page."""
    for root in roots:
        for style in root.iter(f"{STYLE}style"):
            properties = style.find(f"{STYLE}paragraph-properties")
            breaks = properties is not None and properties.get(f"{FO}break-before") == "page"
            if breaks or style.get(f"{STYLE}master-page-name"):
                yield style.get(f"{STYLE}name", "")


class _OdtReader:
    """Reads the parts of one document in order, so that its lists continue; collects its notes."""

    def __init__(self, numbering: "OdtNumbering", beginning_pages: frozenset[str]) -> None:
        self.notes: list[TextBlock] = []
        self._numbering = numbering
        self._beginning_pages = beginning_pages
        self._has_begun = False

    def blocks(self, parent: etree._Element | None, within: "OdtList | None" = None) -> Iterator[TextBlock]:
        """The paragraphs and tables below an element, inside any wrapper elements."""
        for element in () if parent is None else parent:
            match local_name(element):
                case "p" | "h":
                    yield from self._paragraph(element, within)
                case "list":
                    yield from self._items(element, self._numbering.open_list(element, within))
                case "table":
                    yield TextTable(list(self._rows(element)))
                case "soft-page-break":
                    yield PAGE_BREAK
                case tag if tag not in _NOT_PRINTED:
                    yield from self.blocks(element, within)

    def _items(self, element: etree._Element, open_list: "OdtList") -> Iterator[TextBlock]:
        for child in element:
            open_list.is_item_new = local_name(child) == "list-item"
            open_list.start = whole(child.get(f"{TEXT}start-value", ""))
            yield from self.blocks(child, open_list)

    def _paragraph(self, element: etree._Element, within: "OdtList | None") -> Iterator[TextBlock]:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._gather(element, pieces, boxes)
        label = ""
        if within is not None:
            label = self._numbering.item_label(within)
        elif local_name(element) == "h" and element.get(f"{TEXT}is-list-header") != "true":
            label = self._numbering.heading_label((whole(element.get(f"{TEXT}outline-level", "")) or 1) - 1)
        begins_page = self._has_begun and element.get(f"{TEXT}style-name") in self._beginning_pages
        self._has_begun = True
        yield PAGE_BREAK * begins_page + with_page_breaks("".join(pieces), label)
        for box in boxes:
            yield from self.blocks(box)

    def _gather(self, parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        """Collect the text of a paragraph in order, and the drawings anchored in it."""
        pieces.append(_BLANKS.sub(" ", parent.text or ""))
        for element in parent:
            tag = local_name(element)
            if tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            elif tag == "note":
                self.notes += self.blocks(element.find(f"{TEXT}note-body"))
            elif str(element.tag).startswith(DRAWING):
                boxes.append(element)
            elif tag not in _NOT_PRINTED:
                self._gather(element, pieces, boxes)
            pieces.append(_BLANKS.sub(" ", element.tail or ""))

    def _rows(self, table: etree._Element) -> Iterator[list[TextCell]]:
        for element in table:
            tag = local_name(element)
            if tag == "table-row":
                cells = [cell for child in element for cell in self._cells(child)]
                times = whole(element.get(f"{TABLE}number-rows-repeated", "")) or 1
                yield from [cells] * (min(times, MAX_COLUMNS) if any(cell.blocks for cell in cells) else 1)
            elif tag == "soft-page-break":
                yield [TextCell([PAGE_BREAK])]
            elif "row" in tag:
                yield from self._rows(element)

    def _cells(self, element: etree._Element) -> list[TextCell]:
        """A cell, as many times as it is repeated; one covered by another is empty."""
        blocks = [] if local_name(element) == "covered-table-cell" else list(self.blocks(element))
        times = whole(element.get(f"{TABLE}number-columns-repeated", "")) or 1
        return [TextCell(blocks)] * min(times, MAX_COLUMNS)


TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LEVELS = 10

Counters = list[int | None]


@dataclass(frozen=True, slots=True)
class _OdtLevel:
    """How one level of a list is numbered. `first` is how its first number is printed, None for a bullet."""

    first: str | None = ""
    start: int = 1
    before: str = ""
    behind: str = ""
    shown: int = 1
    """How many levels are printed, this one included."""


@dataclass(slots=True)
class OdtList:
    """A list being read: its style, its counters, and whether the next paragraph is the first of an item."""

    style: str
    numbers: Counters = field(default_factory=lambda: [None] * LEVELS)
    depth: int = 0
    is_item_new: bool = False
    start: int | None = None


class OdtNumbering:
    """Counts the list items and headings of a document, in order."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, dict[int, _OdtLevel]] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles[style.get(f"{STYLE}name", "")] = _levels(style)
            for outline in root.iter(f"{TEXT}outline-style"):
                self._styles[_OUTLINE] = _levels(outline)
        self._headings: Counters = [None] * LEVELS
        self._earlier: dict[str, Counters] = {}

    def open_list(self, element: etree._Element, outer: OdtList | None) -> OdtList:
        """A list that begins: a nested one, a new one, or one that continues an earlier one."""
        style = element.get(f"{TEXT}style-name", "")
        if outer is not None:
            return OdtList(style or outer.style, outer.numbers, min(outer.depth + 1, LEVELS - 1))
        earlier = element.get(f"{TEXT}continue-list", "")
        if element.get(f"{TEXT}continue-numbering") == "true":
            earlier = earlier or style
        counters = self._earlier.get(earlier) or [None] * LEVELS
        self._earlier |= {style: counters, element.get(XML_ID, ""): counters}
        return OdtList(style, counters)

    def item_label(self, open_list: OdtList) -> str:
        """The label of the first paragraph of an item; empty for its other paragraphs."""
        if not open_list.is_item_new:
            return ""
        open_list.is_item_new = False
        return self._label(open_list.style, open_list.numbers, open_list.depth, open_list.start)

    def heading_label(self, depth: int) -> str:
        """The label of a heading outside of lists."""
        return self._label(_OUTLINE, self._headings, min(depth, LEVELS - 1), None)

    def _label(self, style: str, numbers: Counters, depth: int, start: int | None) -> str:
        levels = self._styles.get(style, {})
        level = levels.get(depth, _OdtLevel())
        before = numbers[depth]
        numbers[depth] = start if start is not None else level.start if before is None else before + 1
        numbers[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.first is None:
            return f"{BULLET} "
        if not level.first:
            return ""
        shown = [
            NUMERALS.get(upper.first or "", str)(upper.start if numbers[index] is None else numbers[index] or 0)
            for index in range(max(0, depth - level.shown + 1), depth + 1)
            for upper in [levels.get(index, _OdtLevel())]
            if upper.first
        ]
        return f"{level.before}{'.'.join(shown)}{level.behind} "


_OUTLINE = "\0"
"""Key for the style of headings, which has no name."""


def _levels(style: etree._Element) -> dict[int, _OdtLevel]:
    levels = {}
    for level in style:
        depth = (whole(level.get(f"{TEXT}level", "")) or 1) - 1
        start, shown = whole(level.get(f"{TEXT}start-value", "")), whole(level.get(f"{TEXT}display-levels", ""))
        is_bullet = level.tag == f"{TEXT}list-level-style-bullet"
        levels[depth] = _OdtLevel(
            None if is_bullet else level.get(f"{STYLE}num-format", "")[:1],
            1 if start is None else start,
            level.get(f"{STYLE}num-prefix", ""),
            level.get(f"{STYLE}num-suffix", ""),
            shown or 1,
        )
    return levels
