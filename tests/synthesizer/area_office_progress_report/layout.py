"""Everything that varies in print and must not matter, as one frozen value drawn from a seed."""

from dataclasses import dataclass, fields
from random import Random
from typing import Literal

OPTIONS: dict[str, tuple[tuple[object, int], ...]] = {
    "headings": (("levels", 3), ("bold", 2), ("plain", 1), ("mixed", 3)),
    "has_thai_digits": ((True, 4), (False, 1)),
    "wording": (("ประจำปีไตรมาสที่", 2), ("ประจำไตรมาสที่", 2), ("ประจำปีงบประมาณที่", 1), ("mixed", 3)),
    "line_gap": (("\n\n", 3), ("\n", 1)),
    "item_gap": (("\n\n", 2), ("\n", 2)),
    "marker": (("{}.", 3), ("{})", 1), ("({})", 1), ("mixed", 2)),
    "bullet": (("", 3), ("- ", 1)),
    "silence": (("-", 3), ("", 1), ("mixed", 2)),
    "wraps_titles": ((True, 1), (False, 1)),
    "page_mark": (("\n\f\n", 1), ("\n" * 6, 1)),
    "page_size": ((10**9, 1), (2600, 2), (1200, 2)),
    "cuts": (("lines", 2), ("anywhere", 2)),
    "summary": (("list", 2), ("table", 2), ("none", 1)),
    "has_back_cover": ((True, 2), (False, 1)),
    "has_link": ((True, 1), (False, 1)),
    "amount": (("{:,}", 3), ("{:,.2f}", 1), ("{:,}.-", 1)),
    "is_title_wrapped": ((True, 1), (False, 1)),
}
"""Each option's values and how often each is drawn."""


@dataclass(frozen=True)
class AreaLayout:
    """One way to print the report."""

    headings: Literal["levels", "bold", "plain", "mixed"]
    has_thai_digits: bool
    wording: str
    """How a heading names its quarter; `mixed` draws for each, and may give the year alone."""
    line_gap: str
    item_gap: str
    """What parts the items of one list."""
    marker: str
    bullet: str
    silence: Literal["-", "", "mixed"]
    wraps_titles: bool
    page_mark: str
    page_size: int
    cuts: Literal["lines", "anywhere"]
    summary: Literal["list", "table", "none"]
    has_back_cover: bool
    has_link: bool
    amount: str
    is_title_wrapped: bool
    """Whether the cover's title goes over two lines."""


def random_layout(random: Random) -> AreaLayout:
    """Draw every option by its weight; the order of the fields decides which draw goes where."""
    drawn = {f.name: _pick(OPTIONS[f.name], random) for f in fields(AreaLayout)}
    return AreaLayout(**drawn)  # type: ignore[arg-type]  # OPTIONS holds each field's values; a test draws them all


def _pick(choices: tuple[tuple[object, int], ...], random: Random) -> object:
    return random.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
