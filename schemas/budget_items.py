"""The table of priced lines."""

from typing import Annotated, ClassVar

from pydantic import Field

from normalizers.prices import (
    price_in_column,
    priced_amount,
    priced_quantity,
    priced_unit,
    quantity_in_column,
    unit_in_column,
    unit_price,
)
from schemas.base import Normalizer, Role
from schemas.columns import Amount, Baht, Count, Line
from schemas.projects import ProjectRow


class BudgetItem(ProjectRow):
    """One row per priced line; a printed total is no row."""

    table: ClassVar[str] = "budget_items"

    entry_number: Annotated[Count, Role("entry")] = Field(
        default=None, description="The report entry that the line stands in."
    )
    item: Annotated[Line, Role("words")] = Field(default=None, description="What is paid for.")
    quantity: Annotated[Amount, Role("quantity")] = Field(default=None, description="How many.")
    quantity_unit: Annotated[Line, Role("unit")] = Field(default=None, description="Of what.")
    unit_price_baht: Annotated[Baht, Role("unit_price")] = Field(default=None, description="Price of one.")
    amount_baht: Annotated[Baht, Role("amount")] = Field(default=None, description="Price of all.")


class PricedLine(BudgetItem):
    """A priced line: one expression says how many, at which price, and how much in all."""

    quantity: Annotated[Amount, Normalizer(priced_quantity)]
    quantity_unit: Annotated[Line, Normalizer(priced_unit)]
    unit_price_baht: Annotated[Baht, Normalizer(unit_price)]
    amount_baht: Annotated[Baht, Normalizer(priced_amount)]


class PricedRow(BudgetItem):
    """A row of a table of prices."""

    quantity: Annotated[Amount, Normalizer(quantity_in_column)]
    quantity_unit: Annotated[Line, Normalizer(unit_in_column)]
    unit_price_baht: Annotated[Baht, Normalizer(price_in_column)]
