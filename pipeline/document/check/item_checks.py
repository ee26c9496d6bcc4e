"""Checks on priced lines: how many times the price, and all lines together, as a careful clerk would work them out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.document.merge_copies.stage import MergedProject, MergedRow
from pipeline.model import Issue
from schemas.budget_items import BudgetItem
from schemas.projects import Project

RowKey = tuple[object, ...]


def check_items(project: MergedProject) -> Iterator[Issue]:
    """Products that are not the amount beside them, and lines that do not sum to the total that the project states."""
    items = project.rows.get(BudgetItem, {})
    for row, cells in items.items():
        quantity, price, amount = (_number(cells, name) for name in ("quantity", "unit_price_baht", "amount_baht"))
        if quantity is not None and price is not None and amount is not None and quantity * price != amount:
            text = f"{quantity:f} at {price:,} baht make {quantity * price:,.2f} baht, the line says {amount:,}"
            yield _note(text, BudgetItem.table, "amount_baht", row, cells)
    yield from _sum(project.rows.get(Project, {}).get((), {}), items)


def _sum(header: MergedRow, items: Mapping[RowKey, MergedRow]) -> Iterator[Issue]:
    """A sum that differs, unless a line is itself a sum: then the lines are counted twice and nothing can be said."""
    total = _number(header, "budget_received_baht")
    amounts = [_number(cells, "amount_baht") for cells in items.values()]
    known = [amount for amount in amounts if amount is not None]
    if total is None or not known or len(known) < len(amounts) or total in known:
        return
    if sum(known) != total:
        text = f"{len(known)} priced lines sum to {sum(known):,} baht, the total says {total:,}"
        yield _note(text, Project.table, "budget_received_baht", (), header)


def _note(text: str, table: str, column: str, row: RowKey, cells: MergedRow) -> Issue:
    spans = cells[column].cell.spans
    return Issue("sum_of_items_differs", text, spans[0] if spans else None, table, column, row)


def _number(cells: MergedRow, column: str) -> Decimal | None:
    value = cells[column].cell.value if column in cells else None
    return value if isinstance(value, Decimal) else None
