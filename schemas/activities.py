"""The table of main activities."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, Role, Table
from schemas.columns import Key, Name, Ordinal, Paragraph, Quarter


class Activity(Table):
    """One row per main activity or step."""

    table: ClassVar[str] = "activities"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id", "ordinal")
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    ordinal: Ordinal = Field(description="Place within the project, from 1.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    fiscal_quarter: Quarter = Field(default=None, description="The quarter that the activity is reported in.")
    label: Annotated[Name, Role("label")] = Field(default=None, description="The number alone, Arabic digits.")
    text: Annotated[Paragraph, Role("words")] = Field(
        default=None, description="What follows the marker, with its paragraphs and sub-steps."
    )
