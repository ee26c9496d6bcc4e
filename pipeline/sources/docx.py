"""Read Word documents: paragraphs with list numbers, tables, text boxes; headers, footers and notes."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, pairwise

from lxml import etree

from normalizers.digits import whole
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

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_INLINE = frozenset(
    "r hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo ruby rubyBase Choice Fallback".split()
)
"""Elements with text; deleted text (`del`, `moveFrom`) and field codes are not among them."""
_WRAPPERS = frozenset("sdt sdtContent customXml ins moveTo AlternateContent Choice".split())
"""Elements around paragraphs, rows and cells."""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {"FC": "✓", "FE": "☑", "FD": "☒", "A8": "☐", "6F": "☐", "E0": "→", "DF": "←"}
"""Characters of symbol fonts by the end of their code; all others become bullets."""


def read(content: bytes, name: str, limits: Limits) -> ExtractedText:
    """The text as Word prints it: headers first, footers and notes on an extra page at the end."""
    package = OfficePackage(content, name, limits)
    main = next((path for kind, path in package.related("").values() if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    if root is None:
        raise package.damage(f"{main} is missing")
    parts = partial(_parts, package, sorted(package.related(main).values()))
    numbering = WordNumbering(next(parts("numbering"), None), next(parts("styles"), None))
    reader = _WordReader(numbering, _ends_of_pages(root))
    body = [*reader.blocks(root.find(f"{W}body"))]
    headers = distinct_headers(map(reader.blocks, parts("header")))
    notes = chain.from_iterable(chain(parts("footnotes"), parts("endnotes")))
    printed = (note for note in notes if note.get(f"{W}type", "normal") == "normal")  # not the separator lines
    footers = distinct_headers(map(reader.blocks, parts("footer")))
    appendix = [*footers, *chain.from_iterable(map(reader.blocks, printed))]
    return ExtractedText(join_blocks([*headers, "", *body, *([PAGE_BREAK, *appendix] if appendix else [])]), MEDIA_TYPE)


def _parts(package: OfficePackage, related: Iterable[tuple[str, str]], kind: str) -> Iterator[etree._Element]:
    """The parts of a kind among those that a document refers to."""
    for kind_of_part, path in related:
        if kind_of_part == kind and (root := package.xml(path)) is not None:
            yield root


class _WordReader:
    """Reads the parts of one document in order, so that its lists continue."""

    def __init__(self, numbering: "WordNumbering", ends_of_pages: Set[etree._Element]) -> None:
        self._numbering = numbering
        self._ends_of_pages = ends_of_pages

    def blocks(self, parent: etree._Element | None) -> Iterator[TextBlock]:
        """The paragraphs and tables."""
        for element in () if parent is None else _children(parent, "p", "tbl"):
            if local_name(element) == "tbl":
                yield TextTable(
                    [self._row(row) for row in _children(element, "tr") if row.find(f"{W}trPr/{W}del") is None]
                )
            else:
                yield from self._paragraph(element)

    def _row(self, row: etree._Element) -> list[TextCell]:
        skipped = whole(property_value(row.find(f"{W}trPr"), "gridBefore")) or 0
        cells = [TextCell([], min(skipped, MAX_COLUMNS))] if skipped else []
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            columns = min(whole(property_value(properties, "gridSpan")) or 1, MAX_COLUMNS)
            merged = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            cells.append(TextCell([] if goes_on else list(self.blocks(cell)), columns))
        return cells

    def _paragraph(self, paragraph: etree._Element) -> Iterator[TextBlock]:
        properties = paragraph.find(f"{W}pPr")
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        _gather(paragraph, pieces, boxes)
        text = "".join(pieces)
        mark = None if properties is None else properties.find(f"{W}rPr")
        is_deleted = mark is not None and any(mark.find(f"{W}{tag}") is not None for tag in ("del", "moveFrom"))
        if text or not is_deleted:
            section = None if properties is None else properties.find(f"{W}sectPr")
            before, after = is_on(properties, "pageBreakBefore"), section in self._ends_of_pages
            line = with_page_breaks(text, self._numbering.label(properties))
            yield PAGE_BREAK * before + line + PAGE_BREAK * after
        for box in boxes:
            yield from self.blocks(box)


def _ends_of_pages(root: etree._Element) -> set[etree._Element]:
    """Sections after which a page ends; the next section says how it begins."""
    earlier = set(root.iterfind(f".//{W}sectPrChange/{W}sectPr"))
    sections = (section for section in root.iter(f"{W}sectPr") if section not in earlier)
    return {ended for ended, begun in pairwise(sections) if property_value(begun, "type") != "continuous"}


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children of these kinds, also inside wrapper elements."""
    for element in parent:
        if (tag := local_name(element)) in tags:
            yield element
        elif tag in _WRAPPERS:
            yield from _children(element, *tags)


def _gather(parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """Collect the text of a paragraph or run in order, and the text boxes anchored in it."""
    for element in parent:
        tag = local_name(element)
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
            pieces.append(_character(element, tag))


def _character(element: etree._Element, tag: str) -> str:
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
            return _CHARACTERS.get(tag, "")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9

_FIRST = {
    "decimalZero": "01", "thaiNumbers": "๑", "thaiLetters": "ก", "lowerLetter": "a", "upperLetter": "A",
    "lowerRoman": "i", "upperRoman": "I", "none": "",
}  # fmt: skip
"""The first number in each of Word's formats; all others are in Arabic digits."""
_DASHES = frozenset("-–—*")


@dataclass(frozen=True, slots=True)
class _WordLevel:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """The printed text; `%1` stands for the number of the first level."""
    has_no_gap: bool = False
    """Whether nothing stands between number and text."""
    restarts_after: int | None = None
    """The level that restarts this one, from 1; None for any higher level, 0 for none."""
    is_arabic: bool = False
    """Whether the numbers of all levels are in Arabic digits here."""
    style: str = ""
    """The paragraph style for this level."""


@dataclass(slots=True)
class _WordList:
    """Lists that are counted together."""

    levels: dict[int, _WordLevel]
    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _ListInstance:
    """A use of a list, which may restart it or print it differently."""

    list: _WordList
    starts: dict[int, int]
    levels: dict[int, _WordLevel]
    is_begun: bool = False

    def level(self, depth: int) -> _WordLevel:
        return self.levels.get(depth) or self.list.levels.get(depth) or _WordLevel()


class WordNumbering:
    """Counts the numbered paragraphs of a document, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = _WordStyles(styles)
        self._instances = _list_instances(numbering, self._styles) if numbering is not None else {}

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints before a paragraph with these properties, with the space after it."""
        number_id, depth, style = self._styles.numbering(properties)
        use = self._instances.get(number_id)
        if use is None:
            return ""
        if depth is None:
            depth = next((number for number, level in use.list.levels.items() if style and level.style == style), 0)
        _count(use, depth)
        return _label_text(use, depth)


def _count(use: _ListInstance, depth: int) -> None:
    numbers = use.list.numbers
    if not use.is_begun:
        use.is_begun = True
        for level in use.starts:
            numbers[level] = None
    before = numbers[depth]
    numbers[depth] = use.starts.get(depth, use.level(depth).start) if before is None else before + 1
    for deeper in range(depth + 1, LEVELS):
        after = use.level(deeper).restarts_after
        if after is None or 0 < depth + 1 <= after:
            numbers[deeper] = None


def _label_text(use: _ListInstance, depth: int) -> str:
    level = use.level(depth)
    if level.format == "bullet":
        return f"{level.text if level.text in _DASHES else BULLET} " if level.text.strip() else ""
    text = level.text
    for index in range(LEVELS):
        if f"%{index + 1}" in text:
            shown, number = use.level(index), use.list.numbers[index]
            numeral = NUMERALS["1" if level.is_arabic else _FIRST.get(shown.format, "1")]
            text = text.replace(f"%{index + 1}", numeral(shown.start if number is None else number))
    return f"{text}{'' if level.has_no_gap else ' '}" if text else ""


class _WordStyles:
    """The numbering of paragraph styles."""

    def __init__(self, styles: etree._Element | None) -> None:
        elements = [] if styles is None else list(styles.iterfind(f"{W}style"))
        self._by_id = {style.get(f"{W}styleId", ""): style for style in elements}
        paragraphs = (style for style in elements if style.get(f"{W}type") == "paragraph")
        self._default = next((s.get(f"{W}styleId", "") for s in paragraphs if s.get(f"{W}default") == "1"), "")

    def of_style(self, style: str) -> str:
        """The id of the list of a style."""
        element = self._by_id.get(style)
        return "" if element is None else _numbering_of(element.find(f"{W}pPr"))[0]

    def numbering(self, properties: etree._Element | None) -> tuple[str, int | None, str]:
        """The id of a paragraph's list, its level if given, and the style that they come from, if any."""
        number_id, depth = _numbering_of(properties)
        style, next_style, seen = "", property_value(properties, "pStyle") or self._default, set[str]()
        while not number_id and next_style in self._by_id and next_style not in seen:
            seen.add(next_style)
            style, element = next_style, self._by_id[next_style]
            number_id, inherited = _numbering_of(element.find(f"{W}pPr"))
            depth = inherited if depth is None else depth
            next_style = property_value(element, "basedOn")
        return number_id, depth, style


def _numbering_of(properties: etree._Element | None) -> tuple[str, int | None]:
    properties_of_list = None if properties is None else properties.find(f"{W}numPr")
    depth = whole(property_value(properties_of_list, "ilvl"))
    return property_value(properties_of_list, "numId"), None if depth is None else min(depth, LEVELS - 1)


def _list_instances(numbering: etree._Element, styles: _WordStyles) -> dict[str, _ListInstance]:
    """The list instances by the ids that paragraphs use."""
    lists = {element.get(f"{W}abstractNumId", ""): element for element in numbering.iterfind(f"{W}abstractNum")}
    nums = {num.get(f"{W}numId", ""): num for num in numbering.iterfind(f"{W}num")}
    lists_by_id = {key: _WordList(_levels(element)) for key, element in lists.items()}
    instances = {}
    for number_id, num in nums.items():
        key = property_value(num, "abstractNumId")
        if link := property_value(lists.get(key), "numStyleLink"):
            key = property_value(nums.get(styles.of_style(link)), "abstractNumId")
        if key in lists_by_id:
            overrides = {_depth(element): element for element in num.iterfind(f"{W}lvlOverride")}
            starts = {depth: whole(property_value(element, "startOverride")) for depth, element in overrides.items()}
            levels = {depth: level for element in overrides.values() for depth, level in _levels(element).items()}
            known = {depth: start for depth, start in starts.items() if start is not None}
            instances[number_id] = _ListInstance(lists_by_id[key], known, levels)
    return instances


def _levels(holder: etree._Element) -> dict[int, _WordLevel]:
    return {_depth(level): _level(level) for level in holder.iterfind(f"{W}lvl")}


def _level(level: etree._Element) -> _WordLevel:
    start = whole(property_value(level, "start"))
    return _WordLevel(
        start=1 if start is None else start,
        format=property_value(level, "numFmt") or "decimal",
        text=property_value(level, "lvlText"),
        has_no_gap=property_value(level, "suff") == "nothing",
        restarts_after=whole(property_value(level, "lvlRestart")),
        is_arabic=is_on(level, "isLgl"),
        style=property_value(level, "pStyle"),
    )


def _depth(element: etree._Element) -> int:
    return min(whole(element.get(f"{W}ilvl", "")) or 0, LEVELS - 1)


def property_value(element: etree._Element | None, child: str) -> str:
    """The value of a property of an element, empty if it is missing."""
    property_element = None if element is None else element.find(f"{W}{child}")
    return "" if property_element is None else property_element.get(f"{W}val", "")


def is_on(element: etree._Element | None, child: str) -> bool:
    """Whether an element has a property that is not switched off."""
    property_element = None if element is None else element.find(f"{W}{child}")
    return property_element is not None and property_element.get(f"{W}val", "on") not in ("0", "off", "false")
