"""The table of success indicators."""

from typing import Annotated, ClassVar

from pydantic import Field

from normalizers.prices import target_unit, target_value
from schemas.base import Normalizer, Role
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


class Measure(Indicator):
    """A row of a table of indicators."""

    target_value: Annotated[Amount, Normalizer(target_value, spans_lines=True)]
    target_unit: Annotated[Line, Normalizer(target_unit, spans_lines=True)]
