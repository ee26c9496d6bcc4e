"""How alike printed letters are to a phrase that a form declares: the one scorer for all damaged words.

Both sides are folded first (see `look_alikes`), so that marks, blanks and look-alikes, which engines lose or confuse,
cost nothing. Digits are never folded, and no number is matched here.
"""

from dataclasses import dataclass

from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.fuzz import ratio

CLOSE = 85.0
"""The least score, of 100, at which damaged letters still count as the phrase."""
MARGIN = 10.0
"""By how much the best phrase must beat every other one."""
LEAST = 65.0
"""Scores below this are never asked for, those of rivals included."""
SLACK = 3
"""Letters that OCR may have added to a phrase or lost from it."""
_HOPELESS = 50.0
"""Below this score no shift by the slack makes the letters match."""
_SHIFTED = (100 - LEAST / 2) * SLACK
"""What a shift by the slack can add to a score, times the letters of the phrase."""
_SHIFTS = tuple(sorted(range(-SLACK, SLACK + 1), key=abs))
"""Ends to try, the nearest to the phrase's own length first."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much damage a declared phrase bears before it counts as something else."""

    least: float = CLOSE
    """The least score, of 100."""
    margin: float = MARGIN
    """By how much it must beat every other phrase that may stand in its place."""


def prefix_score(letters: str, phrase: str) -> tuple[float, int]:
    """Score the beginning of folded letters against a folded phrase, 0-100, with how many letters the phrase takes.

    >>> prefix_score("หลกกวรและเหผลกวงเทพ", "หลกกวรและเหคผล")
    (96.2962962962963, 13)
    >>> prefix_score("งบบวมวน", "หลกกวรและเหคผล")
    (0.0, 0)
    """
    if letters.startswith(phrase):
        return 100.0, len(phrase)
    size = len(phrase)
    if not ratio(letters[:size], phrase, score_cutoff=max(_HOPELESS, LEAST - _SHIFTED / size)):
        return 0.0, 0
    end = _end_of_prefix(letters, phrase)
    return ratio(letters[:end], phrase), end


def _end_of_prefix(letters: str, phrase: str) -> int:
    """Where a damaged phrase ends: of the ends nearest to its own length the first with the fewest slips.

    No end can have fewer slips than it is letters away from there, so the search stops early.
    """
    size, length = len(phrase), len(letters)
    best, fewest = length, 2 * size + length
    for shift in _SHIFTS:
        if abs(shift) >= fewest:
            break
        end = size + shift
        if 0 < end <= length and (slips := distance(letters[:end], phrase)) < fewest:
            best, fewest = end, slips
    return best
