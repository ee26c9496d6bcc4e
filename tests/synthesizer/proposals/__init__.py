"""Print Bangkok project proposals that nobody wrote, with noise, and the truth of the page."""

from collections.abc import Sequence
from random import Random

from tests.synthesizer.copies import Copy, Scan, Sheet, _reading
from tests.synthesizer.noise import FEW_DIGITS, glyphs, noisy
from tests.synthesizer.pieces import Piece, Stretch
from tests.synthesizer.proposals.printing import ProposalPress, print_proposal, random_layout
from tests.synthesizer.proposals.proposal import Proposal, random_proposal
from tests.synthesizer.proposals.truth import truth_of

PAGE_SIZE = 1400

__all__ = ["synthesize"]


def synthesize(
    seed: int, *, rate: float = 0.0, digits: float = FEW_DIGITS, copies: int = 1, hard: bool = False
) -> Scan:
    """Print one proposal, as many times as asked; no page is lost or swapped, whatever `hard` says.

    Proposal and layouts depend on the seed alone, so that one seed can be compared over rates and copies.
    """
    del hard
    proposal = random_proposal(Random(f"proposal/{seed}/report"))
    presses = [_press(proposal, seed, number) for number in range(copies)]
    printed = [_sheets(press, seed, number, rate=rate, digits=digits) for number, press in enumerate(presses)]
    texts = [
        press.layout.page_mark.join("".join(glyph.char for glyph in sheet.read) for sheet in sheets)
        for press, sheets in zip(presses, printed, strict=True)
    ]
    truth = truth_of(proposal, [_reading(sheets) for sheets in printed], [press.layout for press in presses])
    kept = tuple(
        Copy(press.layout, tuple(sheets), len(sheets))  # type: ignore[arg-type]  # typed for the first form's layout
        for press, sheets in zip(presses, printed, strict=True)
    )
    text = "\f".join(texts) + "\n"
    return Scan(seed, text, proposal, kept, truth)  # type: ignore[arg-type]  # typed for the first form's report


def _press(proposal: Proposal, seed: int, number: int) -> ProposalPress:
    layout = random_layout(Random(f"proposal/{seed}/layout/{number}"))
    return ProposalPress(proposal, layout, Random(f"proposal/{seed}/print/{number}"))


def _sheets(press: ProposalPress, seed: int, number: int, *, rate: float, digits: float) -> list[Sheet]:
    pages = _pages(print_proposal(press))
    noise = [Random(f"proposal/{seed}/noise/{number}/{n}") for n in range(len(pages))]
    return [_sheet(n, page, rate=rate, digits=digits, random=noise[n]) for n, page in enumerate(pages)]


def _pages(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Pages of about one size, each beginning with a heading."""
    pages: list[list[Stretch]] = [[]]
    room = PAGE_SIZE
    for stretch in stretches:
        if room <= 0 and stretch.opens == "heading":
            pages.append([])
            room = PAGE_SIZE
        pages[-1].append(stretch)
        room -= len(stretch.before) + len(stretch.text)
    return pages


def _sheet(number: int, page: Sequence[Stretch], *, rate: float, digits: float, random: Random) -> Sheet:
    pieces: list[Piece] = []
    for n, stretch in enumerate(page):
        pieces += [Piece(stretch.before, "gap")] if n else []
        pieces += stretch.pieces
    clean = [glyph for piece in pieces for glyph in glyphs(piece)]
    return Sheet(number, tuple(clean), tuple(noisy(clean, rate=rate, digits=digits, random=random)))
