"""The numbers in front of the headings and items of an OpenDocument text, which follow from its lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from normalizers.digits import whole
from pipeline.sources.numerals import BULLET, NUMERALS

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
