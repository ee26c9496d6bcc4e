"""The table of text that was not read."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PAGE, ForeignKey, Table
from schemas.columns import Key, Name, Offset, Ordinal


class Unclaimed(Table):
    """One row per stretch of a page that no block claimed, or that a block claimed and no cell or label took."""

    table: ClassVar[str] = "unclaimed"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    primary_key: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PAGE)

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    page_number: Ordinal = Field(description="The page.")
    char_start: Offset = Field(description="Start in the decoded source text.")
    char_end: Offset = Field(description="End in the decoded source text.")
    text: Key = Field(description="The text itself.")
    reason: Key = Field(description="`no_block`: no block claimed it; `not_read`: a block did, and no cell took it.")
    block: Name = Field(default=None, description="The block that claimed it.")
