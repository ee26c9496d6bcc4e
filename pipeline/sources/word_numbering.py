"""The numbers that Word prints in front of headings and items: no paragraph holds them, they follow from its lists."""

from dataclasses import dataclass, field

from lxml import etree

from normalizers.digits import whole
from pipeline.sources.numerals import BULLET, NUMERALS

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
