"""Word documents: paragraphs with the numbers of their lists, tables, text boxes; headers, footers and notes."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
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
from pipeline.sources.numerals import BULLET, NUMERALS
from pipeline.sources.packages import Package

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

    def __init__(self, numbering: "Numbering", ends_of_pages: Set[etree._Element]) -> None:
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


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9

_FIRST = {
    "decimalZero": "01", "thaiNumbers": "๑", "thaiLetters": "ก", "lowerLetter": "a", "upperLetter": "A",
    "lowerRoman": "i", "upperRoman": "I", "none": "",
}  # fmt: skip
"""The first number in each of Word's formats; all others are printed in Arabic digits."""
_DASHES = frozenset("-–—*")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """The printed text, in which `%1` stands for the number of the first level."""
    is_glued: bool = False
    """Whether nothing stands between the number and the words."""
    restarts_after: int | None = None
    """The level that begins this one anew, counted from 1; any higher one if it is None, none if 0."""
    is_arabic: bool = False
    """Whether the numbers of all levels in it are in Arabic digits, however they are printed elsewhere."""
    style: str = ""
    """The style of paragraphs that stands for this level."""


@dataclass(slots=True)
class _List:
    """The lists that go on counting together."""

    levels: dict[int, Level]
    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _Use:
    """One use of a list, which may begin anew or print otherwise."""

    list: _List
    starts: dict[int, int]
    levels: dict[int, Level]
    is_begun: bool = False

    def level(self, place: int) -> Level:
        return self.levels.get(place) or self.list.levels.get(place) or Level()


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = _Styles(styles)
        self._uses = _uses(numbering, self._styles) if numbering is not None else {}

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints in front of a paragraph with these properties, the blank behind it included."""
        number_id, place, style = self._styles.numbering(properties)
        use = self._uses.get(number_id)
        if use is None:
            return ""
        if place is None:
            place = next((at for at, level in use.list.levels.items() if style and level.style == style), 0)
        _count(use, place)
        return _printed(use, place)


def _count(use: _Use, place: int) -> None:
    numbers = use.list.numbers
    if not use.is_begun:
        use.is_begun = True
        for at in use.starts:
            numbers[at] = None
    before = numbers[place]
    numbers[place] = use.starts.get(place, use.level(place).start) if before is None else before + 1
    for deeper in range(place + 1, LEVELS):
        after = use.level(deeper).restarts_after
        if after is None or 0 < place + 1 <= after:
            numbers[deeper] = None


def _printed(use: _Use, place: int) -> str:
    level = use.level(place)
    if level.format == "bullet":
        return f"{level.text if level.text in _DASHES else BULLET} " if level.text.strip() else ""
    text = level.text
    for at in range(LEVELS):
        if f"%{at + 1}" in text:
            shown, number = use.level(at), use.list.numbers[at]
            numeral = NUMERALS["1" if level.is_arabic else _FIRST.get(shown.format, "1")]
            text = text.replace(f"%{at + 1}", numeral(shown.start if number is None else number))
    return f"{text}{'' if level.is_glued else ' '}" if text else ""


class _Styles:
    """The numbering that styles of paragraphs bring."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = [] if styles is None else list(styles.iterfind(f"{W}style"))
        self._by_id = {style.get(f"{W}styleId", ""): style for style in found}
        paragraphs = (style for style in found if style.get(f"{W}type") == "paragraph")
        self._default = next((s.get(f"{W}styleId", "") for s in paragraphs if s.get(f"{W}default") == "1"), "")

    def of_style(self, style: str) -> str:
        """The id of the list that a style brings."""
        element = self._by_id.get(style)
        return "" if element is None else _numbering_of(element.find(f"{W}pPr"))[0]

    def numbering(self, properties: etree._Element | None) -> tuple[str, int | None, str]:
        """The id of a paragraph's list, its level where one is said, and the style that brings them, if one does."""
        number_id, place = _numbering_of(properties)
        style, asked, seen = "", value(properties, "pStyle") or self._default, set[str]()
        while not number_id and asked in self._by_id and asked not in seen:
            seen.add(asked)
            style, element = asked, self._by_id[asked]
            number_id, said = _numbering_of(element.find(f"{W}pPr"))
            place = said if place is None else place
            asked = value(element, "basedOn")
        return number_id, place, style


def _numbering_of(properties: etree._Element | None) -> tuple[str, int | None]:
    said = None if properties is None else properties.find(f"{W}numPr")
    place = whole(value(said, "ilvl"))
    return value(said, "numId"), None if place is None else min(place, LEVELS - 1)


def _uses(numbering: etree._Element, styles: _Styles) -> dict[str, _Use]:
    """The lists by the ids that paragraphs give."""
    lists = {found.get(f"{W}abstractNumId", ""): found for found in numbering.iterfind(f"{W}abstractNum")}
    nums = {num.get(f"{W}numId", ""): num for num in numbering.iterfind(f"{W}num")}
    made = {key: _List(_levels(found)) for key, found in lists.items()}
    uses = {}
    for number_id, num in nums.items():
        key = value(num, "abstractNumId")
        if link := value(lists.get(key), "numStyleLink"):
            key = value(nums.get(styles.of_style(link)), "abstractNumId")
        if key in made:
            overrides = {_place(found): found for found in num.iterfind(f"{W}lvlOverride")}
            starts = {at: whole(value(found, "startOverride")) for at, found in overrides.items()}
            levels = {at: level for found in overrides.values() for at, level in _levels(found).items()}
            uses[number_id] = _Use(made[key], {at: start for at, start in starts.items() if start is not None}, levels)
    return uses


def _levels(holder: etree._Element) -> dict[int, Level]:
    return {_place(level): _level(level) for level in holder.iterfind(f"{W}lvl")}


def _level(level: etree._Element) -> Level:
    start = whole(value(level, "start"))
    return Level(
        start=1 if start is None else start,
        format=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText"),
        is_glued=value(level, "suff") == "nothing",
        restarts_after=whole(value(level, "lvlRestart")),
        is_arabic=is_on(level, "isLgl"),
        style=value(level, "pStyle"),
    )


def _place(element: etree._Element) -> int:
    return min(whole(element.get(f"{W}ilvl", "")) or 0, LEVELS - 1)


def value(element: etree._Element | None, child: str) -> str:
    """The value of a property below an element, empty where it is not there."""
    found = None if element is None else element.find(f"{W}{child}")
    return "" if found is None else found.get(f"{W}val", "")


def is_on(element: etree._Element | None, child: str) -> bool:
    """Whether a property below an element is there, and not switched off."""
    found = None if element is None else element.find(f"{W}{child}")
    return found is not None and found.get(f"{W}val", "on") not in ("0", "off", "false")
