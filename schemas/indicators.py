"""The table of success indicators."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import Role
from schemas.columns import Amount, Line
from schemas.projects import ProjectRow


class Indicator(ProjectRow):
    """One row per success indicator in a table of indicators."""

    table: ClassVar[str] = "indicators"

    name: Annotated[Line, Role("words")] = Field(default=None, description="The indicator.")
    target: Line = Field(default=None, description="The target as printed.")
    target_value: Amount = Field(default=None, description="The number in the target.")
    target_unit: Line = Field(default=None, description="`percent`, else as printed.")
    indicator_type: Line = Field(default=None, description="Type as printed.")
    method: Line = Field(default=None, description="How it is measured.")
    period: Line = Field(default=None, description="When it is measured.")
