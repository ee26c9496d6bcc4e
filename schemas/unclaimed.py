"""The table of text that no block claimed."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PAGE, ForeignKey, Table
from schemas.columns import Key, Offset, Ordinal


class Unclaimed(Table):
    """One row per stretch of a page that no block claimed."""

    table: ClassVar[str] = "unclaimed"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    primary_key: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PAGE)

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    page_number: Ordinal = Field(description="The page.")
    char_start: Offset = Field(description="Start in the decoded source text.")
    char_end: Offset = Field(description="End in the decoded source text.")
    text: Key = Field(description="The text itself.")
