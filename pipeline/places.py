"""Where spans of the repaired text stand: the page, the stretch of the source, and whether repair changed it."""

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.repair import Repaired

Place = tuple[int, int, int, bool]
"""The page of a span, where it starts and ends in the source, and whether repair changed it."""


class Places:
    """Says of spans where they stand; made once for a document, since nearly every span lies between two edits."""

    def __init__(self, repaired: Repaired, pages: Sequence[int]) -> None:
        """Take the text after repair, and where its pages start."""
        self._repaired, self._pages = repaired, pages
        edits = repaired.edits
        self._starts = [*(edit.repaired_start for edit in edits), len(repaired.text) + 1]
        self._ends = [edit.repaired_end for edit in edits]
        self._shifts = [0, *(edit.source_end - edit.repaired_end for edit in edits)]

    def of(self, start: int, end: int) -> Place:
        """Where a span stands; one that an edit touches, or the start of the text, as `Repaired` has it."""
        page_number = bisect_right(self._pages, start) or 1
        behind = bisect_right(self._ends, start)
        if start and end < self._starts[behind]:
            shift = self._shifts[behind]
            return page_number, start + shift, end + shift, False
        source_start, source_end = self._repaired.to_source(start, end)
        return page_number, source_start, source_end, self._repaired.is_edited([(start, end)])
