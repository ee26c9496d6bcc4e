"""How alike a printed phrase is to one that a form declares; both are compared as an OCR engine sees letters."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from normalizers.look_alikes import folded

CLOSE = 85
"""The least likeness, of 100, at which a damaged label still counts as the declared one."""
MARGIN = 10
"""How much closer than the next declared label it must be."""
LEAST = 65
"""Nobody asks for less likeness than this, a rival's by a margin included."""
HOPELESS = 50
"""Below this likeness no shift by a few characters makes a label of a line."""
SLACK = 3
"""Characters that OCR may have added to or lost from a label."""
SPREAD = 2
"""How many letters longer than the shortest phrase of a lot its longest may be."""


@lru_cache(maxsize=4096)
def wording(declared: str) -> str:
    """A declared phrase as it is compared."""
    return folded(declared)


def prefix_likeness(printed: str, declared: str) -> tuple[float, int]:
    """How alike the start of a compacted line is to a compacted phrase, and how many characters of it the phrase takes.

    >>> prefix_likeness(wording("หลักกรและเหตผลกรุงเทพ"), wording("หลักการและเหตุผล"))
    (96.2962962962963, 13)
    """
    size = len(declared)
    near = ratio(printed[:size], declared, score_cutoff=HOPELESS)
    if not near or near < LEAST - (100 - LEAST / 2) * SLACK / size:
        return 0.0, 0
    if printed.startswith(declared):
        return 100.0, size
    end = _end_of_prefix(printed, declared)
    return ratio(printed[:end], declared), end


def _end_of_prefix(printed: str, declared: str) -> int:
    """Where a damaged phrase ends in a line: of the places nearest to its own length the first with the fewest slips.

    No place can have fewer slips than it is letters away from there, so the search ends early.
    """
    size = len(declared)
    best, fewest = len(printed), 2 * size + len(printed)
    for shift in range(SLACK + 1):
        if shift >= fewest:
            break
        for end in (size - shift, size + shift) if shift else (size,):
            if 0 < end <= len(printed) and (slips := Levenshtein.distance(printed[:end], declared)) < fewest:
                best, fewest = end, slips
    return best


class Lot(NamedTuple):
    """Phrases of about one length, which one call compares with as much of a line as the longest may take."""

    size: int
    cutoff: float
    phrases: tuple[str, ...]
    places: tuple[int, ...]


def lots_of(declared: Sequence[str], least: float) -> tuple[Lot, ...]:
    """Declared phrases in lots; a line that `prefix_likeness` finds so alike to one comes to the cut-off of its lot."""
    lots: list[list[tuple[int, int, str]]] = []
    for entry in sorted((len(phrase), place, phrase) for place, phrase in enumerate(declared)):
        if not lots or entry[0] > lots[-1][0][0] + SPREAD:
            lots.append([])
        lots[-1].append(entry)
    return tuple(_lot(entries, least) for entries in lots)


def _lot(entries: Sequence[tuple[int, int, str]], least: float) -> Lot:
    shortest, size = entries[0][0], entries[-1][0] + SLACK
    cutoff = max(0.0, least * (2 * shortest - SLACK) / (size + shortest))
    return Lot(size, cutoff, tuple(phrase for *_, phrase in entries), tuple(place for _, place, _ in entries))


def begun_by(printed: str, lots: Iterable[Lot]) -> list[int]:
    """The places of the declared phrases that a compacted line may begin with: one too many, but none too few.

    >>> begun_by(wording("หลักกรและเหตผลกรุงเทพ"), lots_of([wording("หลักการและเหตุผล"), wording("งบประมาณ")], CLOSE))
    [0]
    """
    return sorted(
        lot.places[index]
        for lot in lots
        for _, _, index in process.extract(
            printed[: lot.size], lot.phrases, scorer=ratio, score_cutoff=lot.cutoff, limit=None
        )
    )


def suffix_likeness(printed: str, declared: str) -> tuple[float, int]:
    """How alike the end of a compacted line is to a compacted phrase, and how many characters the phrase takes."""
    return prefix_likeness(printed[::-1], declared[::-1])
