"""A printed phrase that is one of a few, such as a status."""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalizers.fuzzy_match import folded
from normalizers.text import bare, line

CLOSE, MARGIN = 85, 10
NEGATIONS = ("ไม่", "มิได้", "มิ")


def choice(text: str, phrases: Mapping[str, tuple[str, ...]]) -> str | None:
    """Name the phrase that the text prints, as sure as a label is: close to one and clearly closer than to the next.

    Anything else stays as printed, for a phrase that we do not know is worth more than a wrong name. A negation is
    never read as a misprint of its opposite, nor is a phrase with a letter too many in front: it may be what is left
    of one.

    >>> statuses = {"on_plan": ("เป็นไปตามแผน",), "behind_plan": ("ช้ากว่าแผน", "ล่าช้ากว่าแผน")}
    >>> choice(": เป็นไปตามแผ น", statuses), choice("ล่าชากว่าแผน", statuses), choice("-", statuses)
    ('on_plan', 'behind_plan', None)
    >>> choice("ไม่เป็นไปตามแผน", statuses)
    'ไม่เป็นไปตามแผน'
    """
    printed = line(text.strip(" \t:=|"))
    if printed is None:
        return None
    ranked = sorted(((*_likeness(printed, forms), name) for name, forms in phrases.items()), reverse=True)
    (best, folded_best, name), runner_up = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    return name if folded_best >= CLOSE and best - runner_up >= MARGIN else printed


@lru_cache(maxsize=1024)
def _likeness(printed: str, forms: tuple[str, ...]) -> tuple[float, float]:
    """How alike the phrase is to the nearest form: as printed and folded together, and folded alone."""
    said, seen = bare(printed), folded(printed)
    scores = []
    for form in forms:
        known = folded(form)
        is_longer = Levenshtein.distance(seen[1:], known) < Levenshtein.distance(seen, known)
        score = fuzz.ratio(seen, known) if not is_longer and _negates(printed) == _negates(form) else 0.0
        scores.append(((score + fuzz.ratio(said, form)) / 2 if score else 0.0, score))
    return max(scores)


def _negates(said: str) -> bool:
    return any(word in said for word in NEGATIONS) or folded(NEGATIONS[0]) in folded(said)
