"""Which rows and lines sum up others: their first words say so."""

import re

from normalizers.look_alikes import folded
from parsers.base import Grid
from pipeline.document.likeness import CLOSE, prefix_likeness, wording

SHORT_WORD = 5
"""Words of so few letters look like too many others once look-alikes are folded (รวม and ร้าน)."""

_NO_LETTER = re.compile("(?![ก-๛])")


def begins_total(grid: Grid, said: str) -> bool:
    """Whether words begin as a total does; damaged, and as the first words of others, only if they are long enough."""
    printed, shown = folded(said), said.lstrip(" *_|\\")
    return any(
        (shown.startswith(words) and (len(words) > SHORT_WORD or _NO_LETTER.match(shown, len(words)) is not None))
        or (len(words) > SHORT_WORD and prefix_likeness(printed, wording(words))[0] >= CLOSE)
        for words in grid.totals
    )
