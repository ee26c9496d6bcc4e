"""The table of risks."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, Role, Table
from schemas.columns import Key, Line, Small


class Risk(Table):
    """One row per risk."""

    table: ClassVar[str] = "risks"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    risk: Annotated[Line, Role("words")] = Field(default=None, description="What may go wrong.")
    likelihood: Small = Field(default=None, description="Printed score of likelihood.")
    impact: Small = Field(default=None, description="Printed score of impact.")
    level: Line = Field(default=None, description="Level as printed.")
    mitigation: Line = Field(default=None, description="What is done about it.")
