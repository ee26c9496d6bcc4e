"""The table of success indicators."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, Role, Table
from schemas.columns import Amount, Key, Line


class Indicator(Table):
    """One row per success indicator in a table of indicators."""

    table: ClassVar[str] = "indicators"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    name: Annotated[Line, Role("words")] = Field(default=None, description="The indicator.")
    target: Line = Field(default=None, description="The target as printed.")
    target_value: Amount = Field(default=None, description="The number in the target.")
    target_unit: Line = Field(default=None, description="`percent`, else as printed.")
    indicator_type: Line = Field(default=None, description="Type as printed.")
    method: Line = Field(default=None, description="How it is measured.")
    period: Line = Field(default=None, description="When it is measured.")
