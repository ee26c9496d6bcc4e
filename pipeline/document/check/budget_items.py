"""Checks of priced lines: how many times the price, and all lines together, as a careful clerk would work them out."""

from collections.abc import Iterator

from pipeline.document.rows import BuiltProject
from pipeline.model import Issue
from schemas.budget_items import BudgetItem
from schemas.projects import Project


def _products(project: BuiltProject) -> Iterator[Issue]:
    """Quantity times price that is not the amount beside them."""
    for cells in project.merged.rows.get(BudgetItem, {}).values():
        quantity, price, amount = map(cells.number, ("quantity", "unit_price_baht", "amount_baht"))
        if quantity is not None and price is not None and amount is not None and quantity * price != amount:
            text = f"{quantity:f} at {price:,} baht make {quantity * price:,.2f} baht, the line says {amount:,}"
            yield cells["amount_baht"].issue("sum_of_items_differs", text)


def _sum(project: BuiltProject) -> Iterator[Issue]:
    """A sum that differs, unless a line is itself a sum: then the lines are counted twice and nothing can be said."""
    header, items = project.merged.row(Project), project.merged.rows.get(BudgetItem, {})
    total = header.number("budget_received_baht")
    amounts = [cells.number("amount_baht") for cells in items.values()]
    known = [amount for amount in amounts if amount is not None]
    if total is None or not known or len(known) < len(amounts) or total in known:
        return
    if sum(known) != total:
        text = f"{len(known)} priced lines sum to {sum(known):,} baht, the total says {total:,}"
        yield header["budget_received_baht"].issue("sum_of_items_differs", text)


PROJECT_CHECKS = (_products, _sum)
