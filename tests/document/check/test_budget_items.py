"""Priced lines: a product or a sum that differs is told, and nothing where the page is silent or a line is a sum."""

from decimal import Decimal

import pytest

from pipeline.document.check.budget_items import PROJECT_CHECKS
from pipeline.model import ONLY_ROW, Issue, RowId
from schemas.budget_items import BudgetItem
from schemas.projects import Project
from tests.support.merged import merged_project, merged_row, odd_about

Line = dict[str, Decimal]


def line(amount: str | None, quantity: str | None = None, price: str | None = None) -> Line:
    said = {"amount_baht": amount, "quantity": quantity, "unit_price_baht": price}
    return {name: Decimal(value) for name, value in said.items() if value}


def row_id(number: int) -> RowId:
    return RowId(order=("row", number))


def told(total: str | None, *lines: Line) -> list[Issue]:
    header = merged_row(Project, {"budget_received_baht": Decimal(total) if total else None})
    items = {
        row_id(number): merged_row(BudgetItem, values, row=row_id(number)) for number, values in enumerate(lines, 1)
    }
    return odd_about(merged_project({Project: {ONLY_ROW: header}, BudgetItem: items}), PROJECT_CHECKS)


def test_lines_that_multiply_and_sum_as_they_say_raise_nothing() -> None:
    assert told("5000", line("2000", "4", "500"), line("3000")) == []


def test_a_product_that_is_not_its_amount_is_told_with_the_line() -> None:
    (note,) = told(None, line("2000", "4", "500"), line("2100", "4", "500"))
    assert (note.code, note.table, note.column, note.row) == (
        "sum_of_items_differs",
        "budget_items",
        "amount_baht",
        row_id(2),
    )
    assert note.text == "4 at 500 baht make 2,000.00 baht, the line says 2,100"
    assert note.span == (3, 9)


def test_lines_that_do_not_sum_to_the_total_are_told_once() -> None:
    (note,) = told("5000", line("2000"), line("2500"))
    assert (note.table, note.column) == ("projects", "budget_received_baht")
    assert note.text == "2 priced lines sum to 4,500 baht, the total says 5,000"


@pytest.mark.parametrize(
    ("total", "lines"),
    [
        pytest.param(None, (line("2000"), line("2500")), id="no total"),
        pytest.param("5000", (), id="no lines"),
        pytest.param("5000", (line("2000"), line(None, "4", "500")), id="a line without its amount"),
        pytest.param("5000", (line("5000"), line("2000"), line("3000")), id="a line that is the sum of the others"),
    ],
)
def test_nothing_is_told_where_the_page_is_silent(total: str | None, lines: tuple[Line, ...]) -> None:
    assert told(total, *lines) == []
