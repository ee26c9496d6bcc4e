"""Everything that varies in print and must not matter, as one frozen value drawn from a seed."""

from dataclasses import dataclass, fields
from random import Random
from typing import Literal

OPTIONS: dict[str, tuple[tuple[object, int], ...]] = {
    "markup": (("plain", 3), ("markdown", 3), ("escaped", 3)),
    "is_bold": ((True, 1), (False, 1)),
    "hashes": (("", 4), ("## ", 1)),
    "line_gap": (("\n", 2), ("\n\n", 3)),
    "has_hard_breaks": ((True, 1), (False, 4)),
    "wrap": ((0, 3), (90, 1), (130, 1)),
    "shape": (("one_line", 2), ("two_lines", 3), ("three_lines", 2), ("six_lines", 2)),
    "cell_gap": ((" ", 4), ("\t", 3), ("   ", 1)),
    "has_label_blank": ((True, 3), (False, 1)),
    "progress_bullet": (("", 3), ("- ", 1)),
    "parts": (("lines", 2), ("run", 1), ("bullets", 1)),
    "bullet": (("", 3), ("- ", 3), ("* ", 1), ("• ", 1), ("□ ", 1)),
    "marker": (("{}", 2), ("{}.", 3), ("{})", 2), ("({})", 2)),
    "has_thai_markers": ((True, 1), (False, 1)),
    "is_marker_alone": ((True, 1), (False, 7)),
    "is_run_together": ((True, 1), (False, 7)),
    "subhead": (("ด้าน", 5), ("เชิง", 1)),
    "is_subhead_inline": ((True, 1), (False, 3)),
    "header_columns": ((1, 3), (2, 1)),
    "page_mark": (("form_feed", 2), ("blank_run", 2), ("title", 2), ("blank_run_title", 3), ("form_feed_title", 1)),
    "page_number": (("", 3), ("head", 1), ("foot", 1)),
    "has_catchwords": ((True, 1), (False, 2)),
    "page_size": ((10**9, 1), (3600, 3), (1800, 3), (900, 1)),
    "cuts": (("lines", 3), ("anywhere", 3), ("values", 1)),
    "has_title_first": ((True, 3), (False, 1)),
    "slip": (("", 6), ("before_metrics", 1), ("repeated", 1), ("continued", 1), ("alone", 1)),
    "colons": (("all", 5), ("some", 2), ("none", 1)),
    "label_gap": ((" : ", 6), (": ", 1), (":", 1), ("glued", 1)),
    "has_label_tails": ((True, 3), (False, 1)),
    "percent": (("{:.2f} %", 6), ("{:.2f}%", 1), ("{:.2f}", 2), ("{:.1f}%", 1), ("{:g} %", 1)),
    "amount": (("{:,.2f}", 1), ("{:,}", 5), ("{:,}.-", 1)),
    "date": (
        *(("slash", 6), ("padded", 1), ("thai", 1), ("short", 1)),
        *(("long", 1), ("two_digits", 1), ("iso", 1), ("stamp", 1)),
    ),
    "header_date": (
        *(("slash", 1), ("padded", 1), ("thai", 1), ("short", 1)),
        *(("long", 1), ("two_digits", 1), ("iso", 1), ("stamp", 6)),
    ),
    "silence": (("", 1), ("-", 1), (".....", 1)),
    "label_damage": ((0, 3), (1, 1), (2, 1)),
    "has_other_words": ((True, 1), (False, 5)),
}
"""Each option's values and how often each is drawn."""

DateStyle = Literal["slash", "padded", "thai", "short", "long", "two_digits", "iso", "stamp"]


@dataclass(frozen=True)
class Layout:
    """One way to print the form. Values that the form itself fixes stand in `form.py`."""

    markup: Literal["plain", "markdown", "escaped"]
    """`escaped`: the form's own asterisks, underscores and numbers keep a backslash before them."""
    is_bold: bool
    hashes: str
    line_gap: str
    has_hard_breaks: bool
    wrap: int
    shape: Literal["one_line", "two_lines", "three_lines", "six_lines"]
    cell_gap: str
    has_label_blank: bool
    """"รายงานครั้งที่ 1" or "รายงานครั้งที่1"."""
    progress_bullet: str
    parts: Literal["lines", "run", "bullets"]
    """How the steps of one activity stand: each on its line, run on, or behind bullets."""
    bullet: str
    marker: str
    has_thai_markers: bool
    is_marker_alone: bool
    """A bare number stands on a line of its own, its text on the next."""
    is_run_together: bool
    subhead: Literal["ด้าน", "เชิง"]
    is_subhead_inline: bool
    header_columns: int
    page_mark: Literal["form_feed", "blank_run", "title", "blank_run_title", "form_feed_title"]
    page_number: Literal["", "head", "foot"]
    has_catchwords: bool
    page_size: int
    cuts: Literal["lines", "anywhere", "values", "openings"]
    """`values`: two entries stand one value a page. `openings`: only before headings and entries; never drawn."""
    has_title_first: bool
    slip: Literal["", "before_metrics", "repeated", "continued", "alone"]
    """What became of one label "รายงานครั้งที่ N"."""
    colons: Literal["all", "some", "none"]
    label_gap: str
    has_label_tails: bool
    percent: str
    amount: str
    date: DateStyle
    header_date: DateStyle
    silence: str
    label_damage: int
    has_other_words: bool

    @property
    def is_markdown(self) -> bool:
        """Whether emphasis and headings are marked at all."""
        return self.markup != "plain"


def random_layout(random: Random) -> Layout:
    """Draw every option by its weight; the order of the fields decides which draw goes where."""
    drawn = {f.name: _pick(OPTIONS[f.name], random) for f in fields(Layout)}
    return Layout(**drawn)  # type: ignore[arg-type]  # OPTIONS holds each field's values; a test draws them all


def _pick(choices: tuple[tuple[object, int], ...], random: Random) -> object:
    return random.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
