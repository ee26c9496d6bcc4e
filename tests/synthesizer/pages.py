"""Stretches cut into pages, and each page's furniture: the repeated title, page numbers, catchwords."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.synthesizer.layouts import Layout
from tests.synthesizer.noise import MARKS
from tests.synthesizer.pieces import Piece, Press, Stretch
from tests.synthesizer.printing import dressed_title

PAGE_MARKS = {
    "form_feed": "\n\f",
    "blank_run": "\n" * 6,
    "title": "\n\n",
    "blank_run_title": "\n" * 6,
    "form_feed_title": "\n\f",
}
Page = tuple[Stretch, ...]


def cut_pages(stretches: Sequence[Stretch], press: Press) -> list[Page]:
    """The pages of one copy, lines wrapped; their first stretches keep the space that the page break replaces."""
    spread = _spread(stretches, press)
    pages: list[list[Stretch]] = [[]]
    room = _room(press)
    for before, stretch in zip((None, *stretches), stretches, strict=False):
        is_due = room <= 0 and _may_cut(stretch, press.layout)
        if before is not None and (is_due or stretch.cut == "must" or _is_value(before, stretch, spread)):
            pages.append([])
            room = _room(press)
        pages[-1].append(stretch)
        room -= len(stretch.before) + len(stretch.text)
    return [tuple(_wrapped(page, press.layout)) for page in pages]


def _room(press: Press) -> float:
    return press.layout.page_size * press.random.uniform(0.7, 1.3)


def _spread(stretches: Sequence[Stretch], press: Press) -> frozenset[int]:
    """The entries that stand one value a page."""
    groups = sorted({stretch.group for stretch in stretches if stretch.group is not None})
    if press.layout.cuts != "values" or not groups:
        return frozenset()
    return frozenset(press.random.sample(groups, min(2, len(groups))))


def _may_cut(stretch: Stretch, layout: Layout) -> bool:
    if stretch.cut == "never":
        return False
    if layout.cuts == "openings":
        return stretch.opens in ("heading", "progress")
    return "\n" in stretch.before or (layout.cuts == "anywhere" and bool(stretch.before))


def _is_value(before: Stretch, stretch: Stretch, spread: frozenset[int]) -> bool:
    if stretch.cut == "never" or stretch.group not in spread or stretch.opens == "progress":
        return False
    return before.group == stretch.group and _column(before) != _column(stretch)


def _column(stretch: Stretch) -> str:
    """The column of the last cell that the stretch holds: an amount's number comes before its figures."""
    columns = [piece.place.column for piece in stretch.pieces if piece.place]
    return columns[-1] if columns else ""


def _wrapped(page: Sequence[Stretch], layout: Layout) -> Iterator[Stretch]:
    width = 0
    for stretch in page:
        length = len(stretch.text)
        is_prose = _column(stretch) in ("text", "activity", "project_name") and stretch.cut == "free"
        if layout.wrap and stretch.before == " " and is_prose and width + length > layout.wrap:
            stretch = replace(stretch, before="\n")
        width = length if "\n" in stretch.before else width + length
        yield stretch


def page_pieces(pages: Sequence[Page], number: int, *, press: Press, is_first_copy: bool) -> list[Piece]:
    """All print of one page, furniture included; `number` counts from 0 within the copy."""
    layout = press.layout
    head, foot = _head(number, press, is_first_copy=is_first_copy), _foot(pages, number, layout)
    body: list[Piece] = []
    for n, stretch in enumerate(pages[number]):
        body += [Piece(_before(stretch, layout), "gap")] if n else []
        body += stretch.pieces
    return [*head, *body, *foot]


def _before(stretch: Stretch, layout: Layout) -> str:
    is_hard = layout.has_hard_breaks and layout.is_markdown and stretch.before.startswith("\n")
    return "  " + stretch.before if is_hard else stretch.before


def _head(number: int, press: Press, *, is_first_copy: bool) -> list[Piece]:
    layout, gap = press.layout, Piece("\n\n", "gap")
    pieces: list[Piece] = []
    is_titled = "title" in layout.page_mark if number else layout.has_title_first or is_first_copy
    if is_titled:
        pieces += [*dressed_title(press, is_repeat=number > 0), gap]
    if number and layout.page_number == "head":
        pieces += [Piece(f"- {number + 1} -", "label"), gap]
    return pieces


def _foot(pages: Sequence[Page], number: int, layout: Layout) -> list[Piece]:
    gap, pieces = Piece("\n\n", "gap"), list[Piece]()
    follows = pages[number + 1][0] if number + 1 < len(pages) else None
    if layout.has_catchwords and follows and follows.opens in ("aim", "heading"):
        pieces += [gap, Piece(catchword(follows), "label")]
    if layout.page_number == "foot":
        pieces += [gap, Piece(f"- {number + 1} -", "label")]
    return pieces


def catchword(stretch: Stretch) -> str:
    """The first words of the next page, as they stand at this page's foot; they end before a whole letter."""
    text = "".join(piece.text for piece in stretch.pieces if piece.kind != "markup")
    ends = [n for n in range(14, min(26, len(text))) if text[n] not in MARKS + "าะำๆ" and text[n - 1] not in "เแโใไ"]
    return text[: ends[-1]].rstrip() + " ..." if ends else text + " ..."
