"""Checks of priced lines: how many times the price, and all lines together, as a careful clerk would work them out."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.document.merge_copies import Consensus
from pipeline.document.rows import BuiltProject
from pipeline.model import Issue, RowId
from schemas.budget_items import BudgetItem
from schemas.projects import Project
from schemas.report_entries import ReportEntry

FIGURES = ("quantity", "unit_price_baht", "amount_baht")


def _products(project: BuiltProject) -> Iterator[Issue]:
    """Quantity times price that is not the amount beside them."""
    for cells in project.merged.rows.get(BudgetItem, {}).values():
        quantity, price, amount = map(cells.number, FIGURES)
        if quantity is not None and price is not None and amount is not None and quantity * price != amount:
            text = f"{quantity:f} at {price:,} baht make {quantity * price:,.2f} baht, the line says {amount:,}"
            yield cells["amount_baht"].issue("sum_of_items_differs", text)


def _entries(project: BuiltProject) -> Iterator[Issue]:
    """Priced lines of a report entry that do not sum to what the entry says was spent."""
    costs: dict[int, list[Decimal | None]] = {}
    for cells in project.merged.rows.get(BudgetItem, {}).values():
        if (entry := cells.value("entry_number")) is not None:
            costs.setdefault(entry, []).append(cells.number("amount_baht"))
    for entry, amounts in costs.items():
        row = project.merged.row(ReportEntry, RowId(entry))
        spent, total = row.number("disbursed_baht"), sum((amount for amount in amounts if amount), Decimal(0))
        if spent is not None and None not in amounts and (total > spent or (len(amounts) > 1 and total != spent)):
            text = f"the prices in entry {entry} sum to {total:,} baht, the entry says {spent:,}"
            yield row["disbursed_baht"].issue("sum_of_items_differs", text)


def _sum(project: BuiltProject) -> Iterator[Issue]:
    """A sum that differs, unless a line is itself a sum: then the lines are counted twice and nothing can be said.

    Nor where a report says how much was spent so far: its lines may be what that was.
    """
    header, rows = project.merged.row(Project), project.merged.rows.get(BudgetItem, {})
    items = {row: cells for row, cells in rows.items() if cells.value("entry_number") is None}
    total = header.number("budget_received_baht")
    amounts = [cells.number("amount_baht") for cells in items.values()]
    known = [amount for amount in amounts if amount is not None]
    if total is None or not known or len(known) < len(amounts) or total in known:
        return
    if header.number("budget_spent_baht") is not None and sum(known) < total:
        return
    if sum(known) != total:
        text = f"{len(known)} priced lines sum to {sum(known):,} baht, the total says {total:,}"
        yield header["budget_received_baht"].issue("sum_of_items_differs", text)


def _printed_sum(project: BuiltProject) -> Iterator[Issue]:
    """A sum below the lines that is another than theirs, where it is not the total that the report states elsewhere."""
    found = project.merged.sums(BudgetItem, "amount_baht")
    if found and found[0].cell.value not in (found[1], project.merged.row(Project).number("budget_received_baht")):
        text = f"the priced lines sum to {found[1]:,} baht, the sum below them says {found[0].cell.value:,}"
        yield found[0].issue("sum_of_items_differs", text)


def _agreeing(project: BuiltProject) -> Iterator[Consensus]:
    """The figures of lines whose product is right, and of lines that make up the total."""
    header, rows = project.merged.row(Project), project.merged.rows.get(BudgetItem, {}).values()
    for cells in rows:
        quantity, price, amount = map(cells.number, FIGURES)
        if quantity is not None and price is not None and quantity * price == amount:
            yield from (cells[column] for column in FIGURES)
    items = [cells for cells in rows if cells.value("entry_number") is None]
    amounts = [amount for cells in items if (amount := cells.number("amount_baht")) is not None]
    if len(amounts) == len(items) > 1 and sum(amounts) == header.number("budget_received_baht"):
        yield from (header["budget_received_baht"], *(cells["amount_baht"] for cells in items))


PROJECT_CHECKS = (_products, _entries, _sum, _printed_sum)
WITNESSES = (_agreeing,)
