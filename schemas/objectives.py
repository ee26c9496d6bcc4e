"""The table of aims: objectives, targets, outputs, indicators, benefits."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, OneOf, Role, Table
from schemas.columns import Key, Name, Ordinal, Paragraph, Quarter


class Objective(Table):
    """One row per item of a list of aims."""

    table: ClassVar[str] = "objectives"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id", "ordinal")
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    ordinal: Ordinal = Field(description="Place within the project, from 1.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    kind: Annotated[
        Name,
        Role("kind"),
        OneOf(
            "objective", "target_quantity", "target_quality", "output", "outcome", "indicator", "expected_benefit",
        ),
    ] = Field(
        default=None,
        description="`objective`, `target_quantity`, `target_quality`, `output`, `outcome`, `indicator`, "
        "`expected_benefit`.",
    )  # fmt: skip
    fiscal_quarter: Quarter = Field(default=None, description="For reports that restate aims each quarter.")
    label: Annotated[Name, Role("label")] = Field(
        default=None, description="The printed marker without brackets, dots or bullets, Arabic digits."
    )
    text: Annotated[Paragraph, Role("words")] = Field(default=None, description="The aim in the words of the page.")
