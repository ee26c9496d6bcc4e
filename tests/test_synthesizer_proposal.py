"""The printer of proposals: the same seed prints the same page, and the truth stands on it."""

from collections.abc import Iterator
from random import Random

import pytest

from normalizers.text import bare
from tests.synthesizer.proposals import synthesize
from tests.synthesizer.proposals.proposal import random_proposal

SEEDS = range(12)


def texts(value: object) -> Iterator[str]:
    """The words that a cell of the truth allows."""
    options = value["any_of"] if isinstance(value, dict) else [value]
    yield from (option for option in options if isinstance(option, str))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_prints_the_same_page_and_noise_another(seed: int) -> None:
    assert synthesize(seed).text == synthesize(seed).text
    assert synthesize(seed, rate=0.03).text == synthesize(seed, rate=0.03).text != synthesize(seed).text


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_truth_says_stands_on_a_clean_page(seed: int) -> None:
    scan = synthesize(seed)
    page = bare(scan.text)
    for table in ("objectives", "activities", "strategy_links"):
        for row in scan.truth.tables[table]:
            assert any(bare(text) in page for text in texts(row["text"])), row
    for row in scan.truth.tables["budget_items"]:
        assert any(bare(text) in page for text in texts(row["item"])), row


@pytest.mark.parametrize("seed", SEEDS)
def test_the_priced_lines_make_the_total(seed: int) -> None:
    tables = synthesize(seed).truth.tables
    amounts = [int(str(row["amount_baht"])) for row in tables["budget_items"]]
    assert sum(amounts) == int(str(tables["projects"][0]["budget_received_baht"]))


def test_copies_are_counted_and_printed_each_in_a_layout_of_its_own() -> None:
    scan = synthesize(3, copies=3)
    assert scan.truth.document["copy_count"] == 3
    assert len({str(copy.layout) for copy in scan.copies}) > 1
    assert scan.text.count("ชื่อโครงการ") >= 3


def test_seeds_draw_different_proposals() -> None:
    assert len({random_proposal(Random(seed)).total for seed in SEEDS}) > len(SEEDS) // 2
