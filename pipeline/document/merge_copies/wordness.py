"""Which of two readings consists of words: the one judgement for which a dictionary is asked.

The dictionary is loaded only when copies disagree and are equally many; it costs about a tenth of a second, where
segmenting the text would cost more than a second.
"""

from rapidfuzz.distance import Levenshtein

from normalizers.lexicon import uncovered
from normalizers.text import bare

CONTEXT = 12
"""Characters on either side of a difference that may belong to the same word."""


def unknown_characters(text: str, other: str) -> int:
    """How many characters of `text`, near where it differs from `other`, no dictionary word covers."""
    here, there = bare(text), bare(other)
    stretches: list[tuple[int, int]] = []
    for step in Levenshtein.opcodes(here, there):
        if step.tag != "equal":
            start, end = max(0, step.src_start - CONTEXT), min(len(here), step.src_end + CONTEXT)
            if stretches and start <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
    return sum(uncovered(here[start:end]) for start, end in stretches)
