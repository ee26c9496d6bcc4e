"""The table of evidence: where each value stood."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PAGE, ForeignKey, Table
from schemas.columns import Key, Name, Offset, Ordinal, Share, Texts


class Evidence(Table):
    """One row per stretch of text that a non-null cell was read from."""

    table: ClassVar[str] = "evidence"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "table_name", "row_key", "column_name", "part")
    primary_key: ClassVar[tuple[str, ...]] = ("table_name", "row_key", "column_name", "part")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PAGE)
    names_rows: ClassVar[bool] = True

    table_name: Key = Field(description="The table of the cell.")
    row_key: Key = Field(description="The row of the cell.")
    column_name: Key = Field(description="The column of the cell.")
    part: Ordinal = Field(description="Place of the stretch within the cell, from 1.")
    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    page_number: Ordinal = Field(description="The page of the stretch.")
    char_start: Offset = Field(description="Start in the decoded source text.")
    char_end: Offset = Field(description="End in the decoded source text.")
    raw_text: Key = Field(description="What stood there.")
    method: Name = Field(
        default=None,
        description="`exact`, `repaired`, `merged_lines` or `inferred`; `corrected` where a reviewer gave the value, "
        "which may be null.",
    )
    confidence: Share = Field(default=None, description="How sure the reading is.")
    copies_total: Ordinal = Field(description="Copies that print the value.")
    copies_agreeing: Ordinal = Field(description="Copies that print this value.")
    alternatives: Texts = Field(
        default_factory=list, description="Other readings in other copies; of a corrected value first the printed one."
    )
