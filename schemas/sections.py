"""The table of narrative sections."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PROJECT, ForeignKey, OneOf, Role, Table
from schemas.columns import Key, Line, Name, Ordinal, Paragraph, Quarter


class Section(Table):
    """One row per narrative section, so that no words are lost."""

    table: ClassVar[str] = "sections"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "ordinal")
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PROJECT)

    project_id: Name = Field(default=None, description="The project; null for front and back matter.")
    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    ordinal: Ordinal = Field(description="Place in the document, from 1.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    section: Annotated[
        Name,
        OneOf(
            "rationale", "scope", "schedule", "budget", "monitoring", "strategy_results", "front_matter",
            "certification", "other",
        ),
    ] = Field(
        default=None,
        description="`rationale`, `scope`, `schedule`, `budget`, `monitoring`, "
        "`strategy_results`, `front_matter`, `certification` or `other`.",
    )  # fmt: skip
    fiscal_quarter: Quarter = Field(default=None, description="The quarter that the section is about.")
    heading: Annotated[Line, Role("heading")] = Field(
        default=None, description="The heading as printed, number included."
    )
    text: Annotated[Paragraph, Role("passage")] = Field(default=None, description="The words of the section.")
