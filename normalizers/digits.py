"""Thai and Arabic digits. Lao and other digits are damage, so `int()` and `\\d` are never used on printed text."""

import re

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
DIGIT = "[0-9๐-๙]"
"""The class of a digit in a pattern, either script."""
ANY_DIGIT = re.compile(DIGIT)

LONGEST = 18
"""Digits of the longest whole number; more are a damaged line, not a number."""

_TO_ARABIC = str.maketrans(THAI, ARABIC)


def arabic(text: str) -> str:
    """Write Thai digits as Arabic ones; every other character stays, so offsets stay too.

    >>> arabic("๒๕69 คน")
    '2569 คน'
    """
    return text.translate(_TO_ARABIC)


def whole(text: str) -> int | None:
    """Read a plain whole number in either script; None for anything else, also for other scripts' digits.

    >>> whole("๒๕๖๑"), whole("12"), whole("1,200"), whole("໑໒"), whole("")
    (2561, 12, None, None, None)
    """
    figures = arabic(text.strip())
    return int(figures) if 0 < len(figures) <= LONGEST and not figures.strip(ARABIC) else None


def roman(figures: str) -> int:
    """The number that Roman figures up to fifty write.

    >>> roman("IV"), roman("IX"), roman("VIII")
    (4, 9, 8)
    """
    values = [{"I": 1, "V": 5, "X": 10}[figure] for figure in figures]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def is_mixed(text: str) -> bool:
    """Whether digits of both scripts stand in one text: an OCR engine or a typist changed its mind inside a number.

    >>> is_mixed("๒๕69"), is_mixed("๒๕๖๙"), is_mixed("2569")
    (True, False, False)
    """
    return not set(THAI).isdisjoint(text) and not set(ARABIC).isdisjoint(text)
