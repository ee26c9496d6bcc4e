"""Quarters that disbursed more than planned."""

from decimal import Decimal

import pytest

from pipeline.document.check.quarterly_results import PROJECT_CHECKS
from pipeline.model import Issue, RowId
from schemas.quarterly_results import QuarterlyResult
from tests.support.merged import merged_project, merged_row, odd_about


def quarters(*amounts: tuple[str | None, str | None]) -> list[Issue]:
    """What is odd about quarters, each with what was planned and what was disbursed."""
    rows = {}
    for period, (planned, disbursed) in enumerate(amounts, 1):
        stated = {"planned_baht": planned, "disbursed_baht": disbursed}
        money = {column: Decimal(value) for column, value in stated.items() if value is not None}
        rows[RowId(period)] = merged_row(QuarterlyResult, money, row=RowId(period), span=(period, period + 5))
    return odd_about(merged_project({QuarterlyResult: rows}), PROJECT_CHECKS)


def test_a_quarter_that_disbursed_more_than_planned_is_told_with_its_row() -> None:
    (note,) = quarters(("1000", "900"), ("1000", "1000.01"))
    assert (note.code, note.table, note.column) == (
        "disbursed_exceeds_planned",
        "quarterly_results",
        "disbursed_baht",
    )
    assert (note.row, note.span) == (RowId(2), (2, 7))
    assert note.text == "1,000.01 baht disbursed are more than the 1,000 baht planned"


def test_money_disbursed_where_none_was_planned_is_told() -> None:
    assert [note.code for note in quarters(("0", "1"))] == ["disbursed_exceeds_planned"]


@pytest.mark.parametrize(
    "amounts", [("1000", "1000"), ("1000", "0"), ("0", "0"), ("1000", None), (None, "1000"), (None, None)]
)
def test_a_quarter_that_spent_no_more_than_planned_or_is_silent_raises_nothing(
    amounts: tuple[str | None, str | None],
) -> None:
    assert quarters(amounts) == []


@pytest.mark.parametrize(
    ("second", "is_told"), [((1, 2567), True), ((1, 2568), False), ((2, 2567), False), ((None, 2567), False)]
)
def test_two_rows_on_one_quarter_of_one_year_are_told(second: tuple[int | None, int], is_told: bool) -> None:
    rows = {}
    for order, (quarter, year) in enumerate(((1, 2567), second), 1):
        row = RowId(order=("row", order))
        rows[row] = merged_row(QuarterlyResult, {"fiscal_quarter": quarter, "fiscal_year_be": year}, row=row)
    codes = [note.code for note in odd_about(merged_project({QuarterlyResult: rows}), PROJECT_CHECKS)]
    assert codes == ["rows_doubled"] * is_told
