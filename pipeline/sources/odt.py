"""OpenDocument texts: paragraphs with the numbers of their lists, tables, text boxes; headers, footers and notes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from normalizers.digits import whole
from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import (
    MOST_COLUMNS,
    PAGE_BREAK,
    SOFT_BREAK,
    Block,
    Cell,
    Linear,
    Table,
    linear_text,
    running,
    settled,
)
from pipeline.sources.numerals import BULLET, NUMERALS
from pipeline.sources.packages import Package

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_HEADERS = ("header", "header-first", "header-left")
_FOOTERS = ("footer", "footer-first", "footer-left")
_BLANKS = re.compile("[ \t\r\n]++")
_SIGNS = {"tab": "\t", "line-break": "\n", "s": " ", "soft-page-break": SOFT_BREAK}
_UNSAID = frozenset({"tracked-changes", "annotation", "ruby-text"})
"""What is not printed: deleted text is kept apart from the text, remarks stand at its side."""


def read(content: bytes, name: str, limits: Limits) -> Linear:
    """The text as it is printed, headers first, footers and notes on a page of their own at the end."""
    package = Package(content, name, limits)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise DocumentError(f"{name}: is encrypted; save it without a password")
    root, styles = package.xml("content.xml"), package.xml("styles.xml")
    if root is None:
        raise package.damage("content.xml is missing")
    roots = [root] if styles is None else [styles, root]
    reader = _Reader(Numbering(roots), frozenset(_beginning_pages(roots)))
    body = list(reader.blocks(root.find(f"{OFFICE}body")))
    headers, footers = (
        running(reader.blocks(part) for found in roots for part in found.iter(*(f"{STYLE}{kind}" for kind in kinds)))
        for kinds in (_HEADERS, _FOOTERS)
    )
    behind = [*footers, *reader.notes]
    return Linear(linear_text([*headers, "", *body, *([PAGE_BREAK, *behind] if behind else [])]), MEDIA_TYPE)


def _beginning_pages(roots: Iterable[etree._Element]) -> Iterator[str]:
    """The styles of paragraphs that begin a page."""
    for root in roots:
        for style in root.iter(f"{STYLE}style"):
            properties = style.find(f"{STYLE}paragraph-properties")
            breaks = properties is not None and properties.get(f"{FO}break-before") == "page"
            if breaks or style.get(f"{STYLE}master-page-name"):
                yield style.get(f"{STYLE}name", "")


class _Reader:
    """Reads the parts of one document in their order, so that its lists count on; gathers its notes."""

    def __init__(self, numbering: "Numbering", beginning_pages: frozenset[str]) -> None:
        self.notes: list[Block] = []
        self._numbering = numbering
        self._beginning_pages = beginning_pages
        self._has_begun = False

    def blocks(self, parent: etree._Element | None, within: "List | None" = None) -> Iterator[Block]:
        """The paragraphs and tables below an element, whatever frames stand around them."""
        for element in () if parent is None else parent:
            match _local(element):
                case "p" | "h":
                    yield from self._paragraph(element, within)
                case "list":
                    yield from self._items(element, self._numbering.opened(element, within))
                case "table":
                    yield Table(list(self._rows(element)))
                case "soft-page-break":
                    yield PAGE_BREAK
                case tag if tag not in _UNSAID:
                    yield from self.blocks(element, within)

    def _items(self, element: etree._Element, found: "List") -> Iterator[Block]:
        for item in element:
            found.is_item_new = _local(item) == "list-item"
            found.start = whole(item.get(f"{TEXT}start-value", ""))
            yield from self.blocks(item, found)

    def _paragraph(self, element: etree._Element, within: "List | None") -> Iterator[Block]:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._gather(element, pieces, boxes)
        label = ""
        if within is not None:
            label = self._numbering.item(within)
        elif _local(element) == "h" and element.get(f"{TEXT}is-list-header") != "true":
            label = self._numbering.heading((whole(element.get(f"{TEXT}outline-level", "")) or 1) - 1)
        begins_page = self._has_begun and element.get(f"{TEXT}style-name") in self._beginning_pages
        self._has_begun = True
        yield PAGE_BREAK * begins_page + settled("".join(pieces), label)
        for box in boxes:
            yield from self.blocks(box)

    def _gather(self, parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        """The text of a paragraph in its order, and what hangs on it."""
        pieces.append(_BLANKS.sub(" ", parent.text or ""))
        for element in parent:
            tag = _local(element)
            if tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == "note":
                self.notes += self.blocks(element.find(f"{TEXT}note-body"))
            elif str(element.tag).startswith(DRAWING):
                boxes.append(element)
            elif tag not in _UNSAID:
                self._gather(element, pieces, boxes)
            pieces.append(_BLANKS.sub(" ", element.tail or ""))

    def _rows(self, table: etree._Element) -> Iterator[list[Cell]]:
        for element in table:
            tag = _local(element)
            if tag == "table-row":
                cells = [cell for child in element for cell in self._cells(child)]
                times = whole(element.get(f"{TABLE}number-rows-repeated", "")) or 1
                yield from [cells] * (min(times, MOST_COLUMNS) if any(cell.blocks for cell in cells) else 1)
            elif tag == "soft-page-break":
                yield [Cell([PAGE_BREAK])]
            elif "row" in tag:
                yield from self._rows(element)

    def _cells(self, element: etree._Element) -> list[Cell]:
        """A cell, as often as it is said to stand there; one that another covers is empty."""
        blocks = [] if _local(element) == "covered-table-cell" else list(self.blocks(element))
        times = whole(element.get(f"{TABLE}number-columns-repeated", "")) or 1
        return [Cell(blocks)] * min(times, MOST_COLUMNS)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LEVELS = 10

Numbers = list[int | None]


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `first` is how its first number is printed, None for a bullet."""

    first: str | None = ""
    start: int = 1
    before: str = ""
    behind: str = ""
    shown: int = 1
    """How many levels are printed, this one the last."""


@dataclass(slots=True)
class List:
    """A list that is open: its style, its count, and the item whose first paragraph has not come yet."""

    style: str
    numbers: Numbers = field(default_factory=lambda: [None] * LEVELS)
    depth: int = 0
    is_item_new: bool = False
    start: int | None = None


class Numbering:
    """Counts the items and headings of one document, in their order."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles[style.get(f"{STYLE}name", "")] = _levels(style)
            for outline in root.iter(f"{TEXT}outline-style"):
                self._styles[_OUTLINE] = _levels(outline)
        self._headings: Numbers = [None] * LEVELS
        self._earlier: dict[str, Numbers] = {}

    def opened(self, element: etree._Element, outer: List | None) -> List:
        """A list that begins, inside another one or by itself, and then perhaps where an earlier one ended."""
        style = element.get(f"{TEXT}style-name", "")
        if outer is not None:
            return List(style or outer.style, outer.numbers, min(outer.depth + 1, LEVELS - 1))
        earlier = element.get(f"{TEXT}continue-list", "")
        if element.get(f"{TEXT}continue-numbering") == "true":
            earlier = earlier or style
        found = List(style, self._earlier.get(earlier) or [None] * LEVELS)
        self._earlier |= {style: found.numbers, element.get(XML_ID, ""): found.numbers}
        return found

    def item(self, found: List) -> str:
        """What stands in front of the first paragraph of an item, and nothing in front of the others."""
        if not found.is_item_new:
            return ""
        found.is_item_new = False
        return self._label(found.style, found.numbers, found.depth, found.start)

    def heading(self, depth: int) -> str:
        """What stands in front of a heading that is in no list."""
        return self._label(_OUTLINE, self._headings, min(depth, LEVELS - 1), None)

    def _label(self, style: str, numbers: Numbers, depth: int, start: int | None) -> str:
        levels = self._styles.get(style, {})
        level = levels.get(depth, Level())
        before = numbers[depth]
        numbers[depth] = start if start is not None else level.start if before is None else before + 1
        numbers[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.first is None:
            return f"{BULLET} "
        if not level.first:
            return ""
        shown = [
            NUMERALS.get(upper.first or "", str)(upper.start if numbers[at] is None else numbers[at] or 0)
            for at in range(max(0, depth - level.shown + 1), depth + 1)
            for upper in [levels.get(at, Level())]
            if upper.first
        ]
        return f"{level.before}{'.'.join(shown)}{level.behind} "


_OUTLINE = "\0"
"""Stands for the style of headings, which has no name."""


def _levels(style: etree._Element) -> dict[int, Level]:
    found = {}
    for level in style:
        depth = (whole(level.get(f"{TEXT}level", "")) or 1) - 1
        start, shown = whole(level.get(f"{TEXT}start-value", "")), whole(level.get(f"{TEXT}display-levels", ""))
        is_bullet = level.tag == f"{TEXT}list-level-style-bullet"
        found[depth] = Level(
            None if is_bullet else level.get(f"{STYLE}num-format", "")[:1],
            1 if start is None else start,
            level.get(f"{STYLE}num-prefix", ""),
            level.get(f"{STYLE}num-suffix", ""),
            shown or 1,
        )
    return found
