"""What the issue asks of the reader on reports that nobody wrote: how much of the truth it finds under OCR noise."""

from functools import cache

import pytest

from tests.synthesizer import FORMS
from tests.synthesizer.ladder import Rung, climb, product

SEEDS = range(1000, 1016)
FLOORS = {(1, 0.0): 0.99, (1, 0.01): 0.97, (1, 0.03): 0.93, (3, 0.03): 0.97}
"""The least overall strict F1 by copies and rate of noise."""
SILENT = {(1, 0.0): 0.0, (1, 0.01): 0.005, (1, 0.03): 0.015, (3, 0.03): 0.005}
"""The largest share of dates and amounts that may be wrong without a finding: digits misread that nothing checks."""
LEAST_OF_A_TABLE = 0.03
"""How far below the overall floor a single table may fall."""
NAMED = [pytest.param(copies, rate, id=f"{copies} copies, {rate:.0%}") for copies, rate in FLOORS]
OTHER_SEEDS = range(1000, 1008)
OTHERS = [
    pytest.param(form, copies, rate, id=f"{form}, {copies} copies, {rate:.0%}")
    for form in FORMS[1:]
    for copies, rate in FLOORS
    if copies == 1 or form == "bma_project_proposal"
]
"""The other forms on fewer seeds; an area office's report is printed once, for it holds dozens of projects."""
LUCK = 0.01
"""What so few seeds may lie below the floor that many hold."""
OTHERS_SILENT = 0.03


@cache
def rung(copies: int, rate: float) -> Rung:
    return climb(product, Rung(rate, copies), seeds=SEEDS, hard=False)


@cache
def rung_of(form: str, copies: int, rate: float) -> Rung:
    return climb(product, Rung(rate, copies, form), seeds=OTHER_SEEDS, hard=False)


@pytest.mark.parametrize(("form", "copies", "rate"), OTHERS)
def test_the_reader_finds_the_truth_of_the_other_forms_under_noise(form: str, copies: int, rate: float) -> None:
    found = rung_of(form, copies, rate)
    floor = FLOORS[copies, rate] - (LUCK if rate else 0)
    assert found.overall.f1 >= floor, "\n".join(found.errors[:40])
    assert found.overall.silent <= OTHERS_SILENT * found.overall.vouched


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_clean_print_of_the_other_forms_raises_what_is_due(form: str) -> None:
    found = rung_of(form, 1, 0.0)
    assert (dict(found.not_raised), dict(found.false_alarms)) == ({}, {})


@pytest.mark.parametrize(("copies", "rate"), NAMED)
def test_the_reader_finds_the_truth_under_noise(copies: int, rate: float) -> None:
    found = rung(copies, rate)
    assert found.overall.f1 >= FLOORS[copies, rate], "\n".join(found.errors[:40])


@pytest.mark.parametrize(("copies", "rate"), NAMED)
def test_no_table_falls_far_behind_the_others(copies: int, rate: float) -> None:
    floor = FLOORS[copies, rate] - LEAST_OF_A_TABLE
    assert {name: tally.f1 for name, tally in rung(copies, rate).tallies.items() if tally.f1 < floor} == {}


@pytest.mark.parametrize(("copies", "rate"), NAMED)
def test_a_date_or_amount_is_seldom_wrong_without_a_finding(copies: int, rate: float) -> None:
    overall = rung(copies, rate).overall
    silent = [error for error in rung(copies, rate).errors if "SILENT" in error]
    assert overall.silent <= SILENT[copies, rate] * overall.vouched, silent


@pytest.mark.parametrize("copies", [1, 3])
def test_a_clean_print_raises_every_finding_that_is_due_and_no_false_one(copies: int) -> None:
    found = climb(product, Rung(0.0, copies), seeds=SEEDS, hard=False) if copies > 1 else rung(1, 0.0)
    assert (dict(found.not_raised), dict(found.false_alarms)) == ({}, {})


def test_copies_are_worth_more_than_one() -> None:
    assert rung(3, 0.03).overall.f1 > rung(1, 0.03).overall.f1
