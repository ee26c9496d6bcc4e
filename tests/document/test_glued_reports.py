"""Two reports in one file, as a scanner of batches leaves them: what each prints alone it prints beside another."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT
from tests.support.small_report import tables_of

TABLES = (
    *("projects", "objectives", "report_entries", "quarterly_results", "activities"),
    *("budget_items", "indicators", "risks", "strategy_links"),
)
KEYS = ("project_id", "document_id", "ordinal", "row_key")
PAIRS, MOST_LOST = 12, 0.005
"""So many pairs of samples of each form, and the share of their cells that may be read otherwise in one file."""


def cells_of(text: str) -> Counter[tuple[str, str, str]]:
    """How often each table of a text has a value in a column."""
    return Counter(
        (table, column, str(value))
        for table in TABLES
        for row in tables_of(text)[table]
        for column, value in row.items()
        if value is not None and column not in KEYS
    )


@pytest.mark.parametrize("form", ["bma_project_proposal", "bma_progress_report", "area_office_progress_report"])
def test_a_report_says_the_same_behind_another_one(form: str) -> None:
    samples: list[Path] = sorted((ROOT / "samples" / form).glob("*.txt"))
    texts = [path.read_bytes().decode() for path in Random(form).sample(samples, PAIRS + 1)]
    alone = [cells_of(text) for text in texts]
    wanted = [one + other for one, other in pairwise(alone)]
    found = [cells_of(f"{one}\n\f{other}") for one, other in pairwise(texts)]
    lost = sum(((here - there) + (there - here)).total() for here, there in zip(wanted, found, strict=True))
    assert lost <= MOST_LOST * sum(cells.total() for cells in wanted)
