"""How alike a printed phrase is to one that a form declares; both are compared as an OCR engine sees letters."""

from functools import lru_cache

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
    ends = range(max(1, size - SLACK), min(len(printed), size + SLACK) + 1) or (len(printed),)
    _, _, end = min((Levenshtein.distance(printed[:end], declared), abs(end - size), end) for end in ends)
    return ratio(printed[:end], declared), end


def suffix_likeness(printed: str, declared: str) -> tuple[float, int]:
    """How alike the end of a compacted line is to a compacted phrase, and how many characters the phrase takes."""
    return prefix_likeness(printed[::-1], declared[::-1])
