"""A whole file: the report printed once, cut into pages and read with noise, and the truth."""

from collections.abc import Sequence
from random import Random

from tests.synthesizer.area_office_progress_report.layout import AreaLayout, random_layout
from tests.synthesizer.area_office_progress_report.press import AreaPress
from tests.synthesizer.area_office_progress_report.printing import (
    print_back,
    print_cover,
    print_projects,
    print_summary,
)
from tests.synthesizer.area_office_progress_report.report import AreaReport, random_report
from tests.synthesizer.area_office_progress_report.table import in_table, print_table
from tests.synthesizer.area_office_progress_report.truth import truth_of
from tests.synthesizer.copies import Copy, Scan, Sheet, _reading
from tests.synthesizer.noise import FEW_DIGITS, glyphs, noisy
from tests.synthesizer.pieces import Piece, Stretch

SHARE_OF_TABLES = 0.2
"""How often all projects stand in one table."""


def synthesize(
    seed: int, *, rate: float = 0.0, digits: float = FEW_DIGITS, copies: int = 1, hard: bool = False
) -> Scan:
    """Print one report. `rate`: share of letters misread; it is printed once and no page is lost, whatever is asked.

    Report and layout depend on the seed alone, so that one seed can be compared over rates.
    """
    del copies, hard
    report = random_report(Random(f"area/{seed}/report"))
    is_table = Random(f"area/{seed}/table").random() < SHARE_OF_TABLES
    report = in_table(report) if is_table else report
    layout = random_layout(Random(f"area/{seed}/layout"))
    press = AreaPress(layout, Random(f"area/{seed}/print"))
    sheets = [
        _sheet(n, page, rate=rate, digits=digits, random=Random(f"area/{seed}/noise/{n}"))
        for n, page in enumerate(cut_pages(_stretches(report, press, is_table=is_table), press))
    ]
    text = layout.page_mark.join("".join(glyph.char for glyph in sheet.read) for sheet in sheets) + "\n"
    copy = Copy(layout, tuple(sheets), len(sheets))  # type: ignore[arg-type]  # typed for the first form's layout
    truth = truth_of(report, layout, _reading(sheets))
    return Scan(seed, text, report, (copy,), truth)  # type: ignore[arg-type]  # typed for the first form's report


def _stretches(report: AreaReport, press: AreaPress, *, is_table: bool) -> list[Stretch]:
    """The report as one roll of paper."""
    parts = (print_cover, print_summary, print_table if is_table else print_projects, print_back)
    return [stretch for part in parts for stretch in part(report, press)]


def cut_pages(stretches: Sequence[Stretch], press: AreaPress) -> list[list[Stretch]]:
    """The pages: a new one where it must be, and where the last is full and the layout lets it end."""
    pages: list[list[Stretch]] = [[]]
    room = _room(press)
    for stretch in stretches:
        is_due = room <= 0 and _may_cut(stretch, press.layout)
        if pages[-1] and (is_due or stretch.cut == "must"):
            pages.append([])
            room = _room(press)
        pages[-1].append(stretch)
        room -= len(stretch.before) + len(stretch.text)
    return pages


def _room(press: AreaPress) -> float:
    return press.layout.page_size * press.random.uniform(0.7, 1.3)


def _may_cut(stretch: Stretch, layout: AreaLayout) -> bool:
    if stretch.cut == "never":
        return False
    return "\n" in stretch.before or (layout.cuts == "anywhere" and bool(stretch.before))


def _sheet(number: int, page: Sequence[Stretch], *, rate: float, digits: float, random: Random) -> Sheet:
    pieces: list[Piece] = []
    for n, stretch in enumerate(page):
        pieces += [Piece(stretch.before, "gap")] if n else []
        pieces += stretch.pieces
    clean = [glyph for piece in pieces for glyph in glyphs(piece)]
    return Sheet(number, tuple(clean), tuple(noisy(clean, rate=rate, digits=digits, random=random)))
