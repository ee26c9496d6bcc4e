"""Text as an OCR engine sees it: for comparing printed words with known ones, never for what goes into a table.

Folded text has no blanks, dots and Markdown, none of the marks above and below the line that engines lose or double,
and letters that engines take for each other are one letter. Digits are never folded.
"""

import re
from functools import lru_cache

from normalizers.text import compact

LOOK_ALIKES = ("กภถฤ ขชซฃ คดตศฅ จฉ ญณฌฒ ฎฏ ธรฐ ทหฑ นมฆ บปษ ผฝพฟฬ ลส วงาๅ อฮ ใไโ เแ ฯๆ").split()
"""Thai letters whose printed shapes differ by a loop, a tail or a notch."""
_MARKS = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_DROPPED = re.compile(f"[{''.join(sorted(_MARKS))}]*+")
_FOLDING = (
    {ord(letter): group[0] for group in LOOK_ALIKES for letter in group}
    | {0x0E33: "ว"}
    | dict.fromkeys(map(ord, _MARKS))
)


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, with the place of each character that is left.

    >>> folded("ชื่อ ผู้รับ..")
    ('ขอผธบ', [0, 3, 5, 8, 10])
    """
    printed, places = compact(text)
    kept = [place for letter, place in zip(printed, places, strict=True) if letter not in _MARKS]
    return printed.translate(_FOLDING), kept


def end_of(text: str, last: int) -> int:
    """Where a phrase ends whose last kept character stands at `last`: behind the marks and dots that go with it."""
    dropped = _DROPPED.match(text, last + 1)
    return dropped.end() if dropped else last + 1
