"""Where spans stand in the source: as each edit says, one after the other, whether edits are near or far."""

from itertools import pairwise
from random import Random

import pytest

from pipeline.model import LineNumbers, Pages
from tests.support.small_report import pages_of, report

ZWSP = "\N{ZERO WIDTH SPACE}"
DAMAGED = f"{ZWSP}{report()}\f{report()}".replace("แ", "เเ").replace("ไม่", f"ไม่{ZWSP}")


@pytest.mark.parametrize("text", [report(), DAMAGED], ids=["sound", "damaged"])
def test_a_span_stands_where_its_text_was_repaired_from(text: str) -> None:
    pages = pages_of(text)
    ends = Random(1).choices(range(len(pages.text) + 1), k=2000)
    for start, end in [sorted(pair) for pair in pairwise(ends) if pair[0] != pair[1]] + [[0, 5]]:
        assert pages.locator.locate(start, end) == expected(pages, start, end)


def expected(pages: Pages, start: int, end: int) -> tuple[int, int, int, bool]:
    """The page of a span, where it stands, and whether damage was repaired in it, by a look at every edit."""
    repaired = pages.repaired
    source_start, source_end = _around(pages, start)[0] if start else 0, _around(pages, end)[1]
    page_number = max(page.number for page in pages.pages if page.start <= start)
    is_repaired = any(
        edit.is_damage and edit.source_start < source_end and edit.source_end > source_start for edit in repaired.edits
    )
    return page_number, source_start, source_end, is_repaired


def _around(pages: Pages, position: int) -> tuple[int, int]:
    """The position in the source; both ends of a change that the position is inside of."""
    moved = position
    for edit in pages.repaired.edits:
        if edit.repaired_start < position < edit.repaired_end:
            return edit.source_start, edit.source_end
        if edit.repaired_end <= position:
            moved -= edit.growth
    return moved, moved


def test_an_empty_span_stands_before_the_letter_at_its_place() -> None:
    locator = pages_of(f"กข{ZWSP}คง").locator
    assert [tuple(locator.locate(place, place))[1:3] for place in (1, 2, 3)] == [(1, 1), (3, 3), (4, 4)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_has_the_same_number_whatever_was_asked_before(line_end: str) -> None:
    text = line_end.join("กขค" for _ in range(200))
    numbers = LineNumbers(text)
    for line in Random(1).choices(range(200), k=500):
        assert numbers.at(line * (3 + len(line_end)) + 1) == line + 1


def test_the_line_of_a_span_is_counted_in_the_source() -> None:
    pages = pages_of(f"{ZWSP}หนึ่ง\r\n\r\nส{ZWSP}อง\f\r\nสาม")
    for words, number in (("หนึ่ง", 1), ("สอง", 3), ("สาม", 4)):
        start = pages.text.index(words)
        assert pages.locator.line_number(start, start + len(words)) == number
