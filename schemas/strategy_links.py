"""The table of links to higher plans."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OneOf, Role
from schemas.columns import Name, Unstarred
from schemas.projects import ProjectRow


class StrategyLink(ProjectRow):
    """One row per link to a higher plan."""

    table: ClassVar[str] = "strategy_links"

    level: Annotated[Name, OneOf("issue", "sub_issue", "goal", "indicator", "plan")] = Field(
        default=None, description="`issue`, `sub_issue`, `goal`, `indicator` or `plan`."
    )
    text: Annotated[Unstarred, Role("words")] = Field(
        default=None, description="The words as printed, without asterisks."
    )
