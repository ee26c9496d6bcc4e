"""Printed words as messages show them: in quotes, on one line, cut short where they are long."""

import re
from collections.abc import Sequence

LONGEST = 90
"""Characters of a quote."""
QUOTE = re.compile(r"(?<![A-Za-z])['\"]\S")
"""Where quoted words begin: an apostrophe stands behind a letter."""
AROUND = 20
"""Characters of a long text that a message shows before the place where copies part; twice as many behind it."""


def quoted(printed: str) -> str:
    r"""Words in quotes.

    >>> quoted("๓๐๐  บาท\n"), quoted("ก" * 99) == f"'{'ก' * 90}…'"
    ("'๓๐๐ บาท'", True)
    """
    words = " ".join(printed.split())
    return repr(words if len(words) <= LONGEST else words[:LONGEST] + "…")


def differences(taken: str, others: Sequence[str]) -> str:
    """Where each other reading parts from the taken one, with a few words before and behind.

    >>> differences("1573", ["1578", "1513"])
    "'1573' was taken, other copies have '1578' and '1513'"
    """
    others_of: dict[str, list[str]] = {}
    for other in others:
        mine, theirs = _difference(taken, other)
        others_of.setdefault(mine, []).append(repr(theirs))
    return "; ".join(
        f"{mine!r} was taken, {'another copy has' if len(theirs) == 1 else 'other copies have'} {' and '.join(theirs)}"
        for mine, theirs in others_of.items()
    )


def _difference(taken: str, other: str) -> list[str]:
    pairs = enumerate(zip(taken, other, strict=False))
    start = next((i for i, (one, two) in pairs if one != two), min(len(taken), len(other)))
    begin = max(0, start - AROUND)
    return [("…" if begin else "") + said[begin : start + 2 * AROUND] for said in (taken, other)]
