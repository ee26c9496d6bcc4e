"""A whole file: the report printed once or several times, each copy with its own layout and noise, and the truth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Literal

from tests.synthesizer.layouts import Layout, random_layout
from tests.synthesizer.noise import FEW_DIGITS, Glyph, damaged_label, glyphs, noisy
from tests.synthesizer.pages import PAGE_MARKS, cut_pages, page_pieces
from tests.synthesizer.pieces import Piece, Place, Press, Stretch
from tests.synthesizer.printing import print_certification, print_form
from tests.synthesizer.progress import print_progress
from tests.synthesizer.report import Report, random_report
from tests.synthesizer.truth import Reading, Truth, truth_of


@dataclass(frozen=True)
class Sheet:
    """One page as it lies in the file: which page of the copy it is, its clean print and what was read of it."""

    number: int
    clean: tuple[Glyph, ...]
    read: tuple[Glyph, ...]


@dataclass(frozen=True)
class Copy:
    """One printing of the report, its sheets in the order of the file."""

    layout: Layout
    sheets: tuple[Sheet, ...]
    page_count: int

    @property
    def is_whole(self) -> bool:
        """Whether no page is missing."""
        return len({sheet.number for sheet in self.sheets}) == self.page_count


@dataclass(frozen=True)
class Scan:
    """A file of our own making, and everything that is known about it."""

    seed: int
    text: str
    report: Report
    copies: tuple[Copy, ...]
    truth: Truth

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.text.encode()


@dataclass(frozen=True)
class Mishaps:
    """What happened to the paper before it was scanned, by copy; `lost_metrics` are places of entries."""

    twice: int | None = None
    missing: int | None = None
    swapped: int | None = None
    without_metrics: int | None = None

    def needs_clean_cuts(self, copy: int) -> bool:
        """Whether a page of this copy must begin and end between blocks, so that the truth stays certain without it."""
        return copy in (self.missing, self.swapped)


def synthesize(
    seed: int, *, rate: float = 0.0, digits: float = FEW_DIGITS, copies: int = 1, hard: bool = False
) -> Scan:
    """Print one report. `rate`: share of letters misread, `digits`: the share of it that digits have.

    `hard`: pages missing, swapped, scanned twice; metrics lost.

    Report and layouts depend on the seed alone, so that one seed can be compared over rates and copies.
    """
    report = random_report(Random(f"{seed}/report"))
    mishaps = _mishaps(copies, Random(f"{seed}/mishaps")) if hard else Mishaps()
    printed = tuple(
        _copy(report, number, rate=rate, digits=digits, seed=seed, mishaps=mishaps) for number in range(copies)
    )
    readings = [reading for copy in printed for reading in _readings(copy)]
    truth = truth_of(report, readings, copy_counts=_copy_counts(printed), layouts=[copy.layout for copy in printed])
    return Scan(seed, "".join(map(_copy_text, printed)) + "\n", report, printed, truth)


def _mishaps(copies: int, random: Random) -> Mishaps:
    def some_copy(chance: float) -> int | None:
        number = random.randrange(copies)
        return number if random.random() < chance else None

    return Mishaps(some_copy(0.5), some_copy(0.5), some_copy(0.5), some_copy(0.3))


def _copy(report: Report, number: int, *, rate: float, digits: float, seed: int, mishaps: Mishaps) -> Copy:
    layout = random_layout(Random(f"{seed}/layout/{number}"))
    if mishaps.needs_clean_cuts(number):
        layout = replace(layout, cuts="openings", slip="", page_size=min(layout.page_size, 1800))
    press = Press(layout, Random(f"{seed}/print/{number}"))
    pages = cut_pages(_stretches(report, press, loses_metrics=mishaps.without_metrics == number), press)
    order = _order(len(pages), number, mishaps=mishaps, random=Random(f"{seed}/order/{number}"))
    sheets = []
    for at, page in enumerate(order):
        pieces = page_pieces(pages, page, press=press, is_first_copy=number == 0)
        clean = [glyph for piece in pieces for glyph in glyphs(piece)]
        read = noisy(clean, rate=rate, digits=digits, random=Random(f"{seed}/noise/{number}/{at}"))
        sheets.append(Sheet(page, tuple(clean), tuple(read)))
    return Copy(layout, tuple(sheets), len(pages))


def _stretches(report: Report, press: Press, *, loses_metrics: bool) -> list[Stretch]:
    """The copy as one roll of paper, some labels damaged as the layout says."""
    count = len(report.progress)
    lost = frozenset(press.random.sample(range(count), max(1, count // 4))) if loses_metrics else frozenset()
    form = [*print_form(report, press)]
    progress = print_progress(report, press, without_metrics=lost)
    return _with_damaged_labels([*form, *progress, *print_certification(report, press)], press)


def _with_damaged_labels(stretches: list[Stretch], press: Press) -> list[Stretch]:
    labels = [
        (n, m)
        for n, stretch in enumerate(stretches)
        for m, piece in enumerate(stretch.pieces)
        if piece.kind == "label" and piece.place is None and len(piece.text) > 7
    ]
    for n, m in press.random.sample(labels, min(press.layout.label_damage, len(labels))):
        pieces = list(stretches[n].pieces)
        pieces[m] = Piece(damaged_label(pieces[m].text, press.random), "label")
        stretches[n] = replace(stretches[n], pieces=tuple(pieces))
    return stretches


def _order(count: int, copy: int, *, mishaps: Mishaps, random: Random) -> list[int]:
    """The pages of a copy in the order of the file. The first copy's first page is always there and first."""
    order = list(range(count))
    if mishaps.swapped == copy and count > 2:
        at = random.randrange(1, count - 1)
        order[at], order[at + 1] = order[at + 1], order[at]
    if mishaps.missing == copy and count > 1:
        order.remove(random.randrange(1 if copy == 0 else 0, count))
    if mishaps.twice == copy:
        at = random.randrange(len(order))
        order.insert(at, order[at])
    return order


def _copy_text(copy: Copy) -> str:
    mark = PAGE_MARKS[copy.layout.page_mark]
    return "".join(mark + "".join(glyph.char for glyph in sheet.read) for sheet in copy.sheets)


def _copy_counts(copies: Sequence[Copy]) -> list[int]:
    """How many copies a reader may count: one that lacks pages may pass for none."""
    return list(range(len(copies), max(sum(copy.is_whole for copy in copies), 1) - 1, -1))


def _readings(copy: Copy) -> list[Reading]:
    """What this copy says in each cell; two readings where a page was scanned twice."""
    scans: dict[int, list[Sheet]] = {}
    for sheet in copy.sheets:
        scans.setdefault(sheet.number, []).append(sheet)
    return [
        _reading([scans[number][min(choice, len(scans[number]) - 1)] for number in sorted(scans)])
        for choice in range(max(map(len, scans.values())))
    ]


def _reading(sheets: Sequence[Sheet]) -> Reading:
    return Reading(
        clean=_by_place([glyph for sheet in sheets for glyph in (*sheet.clean, PAGE_END)], "char"),
        printed=_by_place([glyph for sheet in sheets for glyph in (*sheet.read, PAGE_END)], "char"),
        mended=_by_place([glyph for sheet in sheets for glyph in (*sheet.read, PAGE_END)], "mended"),
    )


PAGE_END = Glyph("\f", "\f", "page")


def _by_place(glyphs: Sequence[Glyph], form: Literal["char", "mended"]) -> dict[Place, str]:
    """Each cell's letters in print order, with one blank where white space or a page's end stood between them."""
    texts: dict[Place, list[str]] = {}
    after_gap: set[Place] = set()
    for place, group in groupby(glyphs, key=attrgetter("place")):
        if place is None:
            if any(glyph.kind in ("gap", "page") for glyph in group):
                after_gap.update(texts)
            continue
        text = texts.setdefault(place, [])
        text += [" "] if place in after_gap else []
        text += map(attrgetter(form), group)
        after_gap.discard(place)
    return {place: " ".join("".join(text).split()) for place, text in texts.items()}
