"""Word documents: paragraphs with the numbers of their lists, tables, text boxes; headers, footers and notes."""

from collections.abc import Iterable, Iterator, Set
from itertools import chain, pairwise

from lxml import etree

from normalizers.digits import whole
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
from pipeline.sources.numerals import BULLET
from pipeline.sources.packages import Package
from pipeline.sources.word_numbering import Numbering, W, is_on, value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_INLINE = frozenset(
    "r hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo ruby rubyBase Choice Fallback".split()
)
"""What holds text; what was deleted (`del`, `moveFrom`) and the codes of fields are not among them."""
_AROUND = frozenset("sdt sdtContent customXml ins moveTo AlternateContent Choice".split())
"""What stands around paragraphs, rows and cells."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {"FC": "✓", "FE": "☑", "FD": "☒", "A8": "☐", "6F": "☐", "E0": "→", "DF": "←"}
"""Signs of fonts without letters by the end of their number; all others are bullets."""


def read(content: bytes, name: str, limits: Limits) -> Linear:
    """The text as Word prints it, headers first, footers and notes on a page of their own at the end."""
    package = Package(content, name, limits)
    main = next((path for kind, path in package.related("").values() if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    if root is None:
        raise package.damage(f"{main} is missing")
    parts = _Parts(package, main)
    numbering = Numbering(next(parts.of("numbering"), None), next(parts.of("styles"), None))
    reader = _Reader(numbering, _ends_of_pages(root))
    body = [*reader.blocks(root.find(f"{W}body"))]
    headers = running(map(reader.blocks, parts.of("header")))
    notes = chain(parts.of("footnotes"), parts.of("endnotes"))
    footers = [*running(map(reader.blocks, parts.of("footer"))), *_notes(notes, reader)]
    return Linear(linear_text([*headers, "", *body, *([PAGE_BREAK, *footers] if footers else [])]), MEDIA_TYPE)


class _Parts:
    """The parts that a document leads to."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._paths = sorted(package.related(main).values())

    def of(self, kind: str) -> Iterator[etree._Element]:
        """Those of a kind, in order of path."""
        for found, path in self._paths:
            if found == kind and (root := self._package.xml(path)) is not None:
                yield root


def _notes(parts: Iterable[etree._Element], reader: "_Reader") -> Iterator[Block]:
    """Notes without the lines that part them from the text."""
    for note in chain.from_iterable(parts):
        if note.get(f"{W}type", "normal") == "normal":
            yield from reader.blocks(note)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Reader:
    """Reads the parts of one document in their order, so that its lists count on."""

    def __init__(self, numbering: Numbering, ends_of_pages: Set[etree._Element]) -> None:
        self._numbering = numbering
        self._ends_of_pages = ends_of_pages

    def blocks(self, parent: etree._Element | None) -> Iterator[Block]:
        """The paragraphs and tables."""
        for element in () if parent is None else _children(parent, "p", "tbl"):
            if _local(element) == "tbl":
                yield Table([self._row(row) for row in _children(element, "tr") if row.find(f"{W}trPr/{W}del") is None])
            else:
                yield from self._paragraph(element)

    def _row(self, row: etree._Element) -> list[Cell]:
        skipped = whole(value(row.find(f"{W}trPr"), "gridBefore")) or 0
        cells = [Cell([], min(skipped, MOST_COLUMNS))] if skipped else []
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            columns = min(whole(value(properties, "gridSpan")) or 1, MOST_COLUMNS)
            merged = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            cells.append(Cell([] if goes_on else list(self.blocks(cell)), columns))
        return cells

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        _gather(paragraph, pieces, boxes)
        text = "".join(pieces)
        if text or not _is_deleted(properties):
            yield self._with_breaks(settled(text, self._numbering.label(properties)), properties)
        for box in boxes:
            yield from self.blocks(box)

    def _with_breaks(self, text: str, properties: etree._Element | None) -> str:
        """A paragraph with the pages that end in front of it or behind it."""
        section = None if properties is None else properties.find(f"{W}sectPr")
        begins_page = is_on(properties, "pageBreakBefore")
        return PAGE_BREAK * begins_page + text + PAGE_BREAK * (section in self._ends_of_pages)


def _is_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of a paragraph was deleted, or moved elsewhere."""
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and any(mark.find(f"{W}{tag}") is not None for tag in ("del", "moveFrom"))


def _ends_of_pages(root: etree._Element) -> set[etree._Element]:
    """The sections behind which a page ends; how the next one begins is said there."""
    earlier = set(root.iterfind(f".//{W}sectPrChange/{W}sectPr"))
    sections = (section for section in root.iter(f"{W}sectPr") if section not in earlier)
    return {ended for ended, begun in pairwise(sections) if value(begun, "type") != "continuous"}


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children of these kinds, also those in a frame of another kind."""
    for element in parent:
        if (tag := _local(element)) in tags:
            yield element
        elif tag in _AROUND:
            yield from _children(element, *tags)


def _gather(parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """The text of a paragraph or run in its order, and the text boxes that hang on it."""
    for element in parent:
        tag = _local(element)
        if tag == "t":
            pieces.append(element.text or "")
        elif tag in _INLINE and not is_on(element.find(f"{W}rPr"), "vanish"):
            _gather(element, pieces, boxes)
        elif tag == "AlternateContent":
            count = len(pieces) + len(boxes)
            for choice in element:
                if len(pieces) + len(boxes) == count:
                    _gather(choice, pieces, boxes)
        elif tag in ("drawing", "pict", "object"):
            boxes.extend(element.iter(f"{W}txbxContent"))
        else:
            pieces.append(_sign(element, tag))


def _sign(element: etree._Element, tag: str) -> str:
    match tag:
        case "br":
            return PAGE_BREAK if element.get(f"{W}type") == "page" else "\n"
        case "lastRenderedPageBreak":
            return SOFT_BREAK
        case "sym":
            return _WINGDINGS.get(element.get(f"{W}char", "").upper()[-2:], BULLET)
        case "oMath" | "oMathPara":
            return "".join(map(str, element.itertext()))
        case _:
            return _SIGNS.get(tag, "")
