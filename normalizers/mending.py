"""Mend a text by the fixes that a word list settles, stretch by stretch."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from normalizers.readings import Offer, settled
from normalizers.word_fixes import WORD_FIXES, WordFix


class Mend(NamedTuple):
    """A span of the text, what belongs there, and the fix that says so."""

    start: int
    end: int
    text: str
    fix: str


_Offered = tuple[int, int, str, str, WordFix]
"""What a fix offers: a span of the text, what may have stood there, the name of the fix and itself."""
_LONGEST = 200
"""Characters of a stretch that is read at once; longer ones are cut, so that the time stays linear."""
# With code points that only a font's own key explains: a word beside them is not whole.
_STRETCH = re.compile(
    "[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER PHINTHU}\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER NIKHAHIT}"
    "\u0e80-\u0eff\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]++"
)


def mends(
    text: str, *, fixes: Iterable[WordFix] = WORD_FIXES, within: Sequence[tuple[int, int]] | None = None
) -> list[Mend]:
    """What words settle in the text, in its order; nothing in a text that shows no damage.

    `within`: only what stands in these spans, given in order and apart; the evidence is still the whole text.

    >>> mends("ประกาศกาหนด")
    [Mend(start=7, end=8, text='ำ', fix='ring_lost')]
    """
    offered = _offered(text, fixes, within)
    starts = [first for first, *_ in offered]
    found, place = list[Mend](), 0
    for start, end in _stretches(text, offered) if offered else ():
        behind = bisect_left(starts, end, place)
        here = [offer for offer in offered[place:behind] if offer[1] <= end]
        place = behind
        offers = [Offer(first - start, last - start, read, fix.cost, fix.around) for first, last, read, _, fix in here]
        found += [Mend(*here[number][:4]) for number in settled(text[start:end], tuple(offers))]
    return found


def _offered(text: str, fixes: Iterable[WordFix], within: Sequence[tuple[int, int]] | None) -> list[_Offered]:
    """Every reading that a fix offers, in the order of the text."""
    spans = [(0, len(text))] if within is None else within
    asked: dict[object, bool] = {}
    offered = list[_Offered]()
    for fix in fixes if spans else ():
        if fix.is_shown not in asked:
            asked[fix.is_shown] = fix.is_shown(text)
        for start, end in spans if asked[fix.is_shown] else ():
            for match in fix.pattern.finditer(text, start, end):
                first, last = match.span()
                offered += [(first, last, reading, fix.name, fix) for reading in fix.readings(match)]
    offered.sort()  # a fix offers a reading of a place once, so nothing is left to the fixes themselves
    return offered


def _stretches(text: str, offered: Sequence[_Offered]) -> Iterator[tuple[int, int]]:
    """Runs of Thai that offers touch or join, cut where they get too long."""
    runs = [(*match.span(), False) for match in _STRETCH.finditer(text)]
    touching = [(first, last, True) for first, last, *_ in offered]
    start, end, is_touched = 0, 0, False
    for first, last, is_offer in [*sorted(runs + touching), (len(text) + 1, 0, False)]:
        if first > end:
            if is_touched:
                yield from ((cut, min(end, cut + _LONGEST)) for cut in range(start, end, _LONGEST))
            start, is_touched = first, False
        end, is_touched = max(end, last), is_touched or is_offer
