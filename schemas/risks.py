"""The table of risks."""

from typing import Annotated, ClassVar

from pydantic import Field

from normalizers.numbers import small_number
from schemas.base import Normalizer, Role
from schemas.columns import Line, Small
from schemas.projects import ProjectRow


class Risk(ProjectRow):
    """One row per risk."""

    table: ClassVar[str] = "risks"

    risk: Annotated[Line, Role("words")] = Field(default=None, description="What may go wrong.")
    likelihood: Small = Field(default=None, description="Printed score of likelihood.")
    impact: Small = Field(default=None, description="Printed score of impact.")
    level: Line = Field(default=None, description="Level as printed.")
    mitigation: Line = Field(default=None, description="What is done about it.")


class Danger(Risk):
    """A row of a table of risks."""

    likelihood: Annotated[Small, Normalizer(small_number)]
    impact: Annotated[Small, Normalizer(small_number)]
