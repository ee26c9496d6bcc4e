"""How alike a printed phrase is to one that a form declares; both are compared as an OCR engine sees letters."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance.Levenshtein import distance
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
SHIFTED = (100 - LEAST / 2) * SLACK
"""How much likeness a shift by the slack can add, times the letters of the label."""
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
    if printed.startswith(declared):
        return 100.0, len(declared)
    size = len(declared)
    if not ratio(printed[:size], declared, score_cutoff=max(HOPELESS, LEAST - SHIFTED / size)):
        return 0.0, 0
    end = _end_of_prefix(printed, declared)
    return ratio(printed[:end], declared), end


def _end_of_prefix(printed: str, declared: str) -> int:
    """Where a damaged phrase ends in a line: of the places nearest to its own length the first with the fewest slips.

    No place can have fewer slips than it is letters away from there, so the search ends early.
    """
    size, length = len(declared), len(printed)
    best, fewest = length, 2 * size + length
    for shift in _SHIFTS:
        if abs(shift) >= fewest:
            break
        end = size + shift
        if 0 < end <= length and (slips := distance(printed[:end], declared)) < fewest:
            best, fewest = end, slips
    return best


_SHIFTS = tuple(sorted(range(-SLACK, SLACK + 1), key=abs))
"""Letters to the left and to the right, the nearest first."""


class Lot(NamedTuple):
    """Phrases of about one length, which one call compares with as much of a line as the longest may take."""

    size: int
    cutoff: float
    phrases: tuple[str, ...]
    places: tuple[int, ...]


def lots_of(declared: Mapping[int, str], least: float) -> tuple[Lot, ...]:
    """Declared phrases by place, in lots; no line that `prefix_likeness` finds so alike to one fails its lot."""
    lots: list[list[tuple[int, int, str]]] = []
    for entry in sorted((len(phrase), place, phrase) for place, phrase in declared.items()):
        if not lots or entry[0] > lots[-1][0][0] + SPREAD:
            lots.append([])
        lots[-1].append(entry)
    return tuple(_lot(entries, least) for entries in lots)


def _lot(entries: Sequence[tuple[int, int, str]], least: float) -> Lot:
    shortest, size = entries[0][0], entries[-1][0] + SLACK
    cutoff = max(0.0, least * (2 * shortest - SLACK) / (size + shortest))
    return Lot(size, cutoff, tuple(phrase for *_, phrase in entries), tuple(place for _, place, _ in entries))


def begun_by(lines: Sequence[str], lot: Lot) -> Iterator[tuple[int, int]]:
    """The places of compacted lines and of the phrases that they may begin with: one too many, but none too few.

    Many lines are compared with each phrase in one call, of few each with all phrases.

    >>> lot, *_ = lots_of({7: wording("หลักการและเหตุผล"), 8: wording("เป้าหมายของโครงการ")}, CLOSE)
    >>> list(begun_by([wording("งบประมาณ"), wording("หลักกรและเหตผลกรุงเทพ")], lot))
    [(1, 7)]
    """
    heads = [line[: lot.size] for line in lines]
    if len(heads) < len(lot.phrases):
        for number, head in enumerate(heads):
            yield from ((number, lot.places[place]) for place in _near(head, lot.phrases, lot.cutoff))
    else:
        for phrase, place in zip(lot.phrases, lot.places, strict=True):
            yield from ((number, place) for number in _near(phrase, heads, lot.cutoff))


def _near(one: str, others: Sequence[str], cutoff: float) -> list[int]:
    found = process.extract(one, others, scorer=ratio, score_cutoff=cutoff, limit=None)
    return [place for _, _, place in found]


@lru_cache(maxsize=8192)
def alike(printed: str, phrases: tuple[str, ...], least: float = CLOSE - MARGIN) -> tuple[tuple[float, int, int], ...]:
    """The declared phrases that a compacted line begins with: how alike, the letters it takes, the place of the phrase.

    Remembered, for an archive prints the same labels over and over, and damages them in the same ways.

    >>> alike(wording("หลักกรและเหตผลกรุงเทพ"), (wording("งบประมาณ"), wording("หลักการและเหตุผล")))
    ((96.2962962962963, 13, 1),)
    """
    places = sorted(place for lot in _lots(phrases, least) for _, place in begun_by((printed,), lot))
    found = [(*prefix_likeness(printed, phrases[place]), place) for place in places]
    return tuple([one for one in found if one[0] >= least])


def alike_at_end(printed: str, phrases: tuple[str, ...], least: float) -> tuple[tuple[float, int, int], ...]:
    """The declared phrases that a compacted line ends with, as `alike` gives those that it begins with."""
    return alike(printed[::-1], _backwards(phrases), least)


@lru_cache(maxsize=256)
def _lots(phrases: tuple[str, ...], least: float) -> tuple[Lot, ...]:
    return lots_of(dict(enumerate(phrases)), least)


@lru_cache(maxsize=256)
def _backwards(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase[::-1] for phrase in phrases)


def suffix_likeness(printed: str, declared: str) -> tuple[float, int]:
    """How alike the end of a compacted line is to a compacted phrase, and how many characters the phrase takes."""
    return prefix_likeness(printed[::-1], declared[::-1])
