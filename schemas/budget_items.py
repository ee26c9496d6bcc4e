"""The table of priced lines."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, Role, Table
from schemas.columns import Amount, Baht, Count, Key, Line


class BudgetItem(Table):
    """One row per priced line; a printed total is no row."""

    table: ClassVar[str] = "budget_items"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    entry_number: Count = Field(default=None, description="The report entry that the line stands in.")
    item: Annotated[Line, Role("words")] = Field(default=None, description="What is paid for.")
    quantity: Annotated[Amount, Role("quantity")] = Field(default=None, description="How many.")
    quantity_unit: Annotated[Line, Role("unit")] = Field(default=None, description="Of what.")
    unit_price_baht: Annotated[Baht, Role("unit_price")] = Field(default=None, description="Price of one.")
    amount_baht: Annotated[Baht, Role("amount")] = Field(default=None, description="Price of all.")
