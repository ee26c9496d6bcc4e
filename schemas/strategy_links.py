"""The table of links to higher plans."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, OneOf, Role, Table
from schemas.columns import Key, Name, Unstarred


class StrategyLink(Table):
    """One row per link to a higher plan."""

    table: ClassVar[str] = "strategy_links"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    level: Annotated[Name, OneOf("issue", "sub_issue", "goal", "indicator", "plan")] = Field(
        default=None, description="`issue`, `sub_issue`, `goal`, `indicator` or `plan`."
    )
    text: Annotated[Unstarred, Role("words")] = Field(
        default=None, description="The words as printed, without asterisks."
    )
