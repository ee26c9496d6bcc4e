"""Where spans stand: what `Repaired` says of each, and the page, whether edits are near or far."""

from itertools import pairwise
from random import Random

import pytest

from pipeline.document.lines import LineNumbers
from pipeline.model import Pages
from tests.support.small_report import report, split_of

ZWSP = "\N{ZERO WIDTH SPACE}"
DAMAGED = f"{ZWSP}{report()}\f{report()}".replace("แ", "เเ").replace("ไม่", f"ไม่{ZWSP}")


@pytest.mark.parametrize("text", [report(), DAMAGED], ids=["sound", "damaged"])
def test_a_span_stands_where_its_text_was_repaired_from(text: str) -> None:
    document = split_of(text).document
    ends = Random(1).choices(range(len(document.text) + 1), k=2000)
    for start, end in [sorted(pair) for pair in pairwise(ends)] + [[0, 5], [7, 7]]:
        assert document.places.of(start, end) == expected(document, start, end)


def expected(document: Pages, start: int, end: int) -> tuple[int, int, int, bool]:
    is_edited = document.repaired.is_edited([(start, end)])
    return document.page_at(start), *document.repaired.to_source(start, end), is_edited


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_has_the_same_number_whatever_was_asked_before(line_end: str) -> None:
    text = line_end.join("กขค" for _ in range(200))
    numbers = LineNumbers(text)
    for line in Random(1).choices(range(200), k=500):
        assert numbers.at(line * (3 + len(line_end)) + 1) == line + 1
