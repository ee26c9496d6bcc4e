"""The table of pages."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, ForeignKey, Table
from schemas.columns import Count, Key, Offset, Ordinal, Share


class PageRow(Table):
    """One row per page seen in the text."""

    table: ClassVar[str] = "pages"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "page_number")
    primary_key: ClassVar[tuple[str, ...]] = ("document_id", "page_number")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        OF_DOCUMENT,
        ForeignKey(("document_id", "duplicate_of"), "pages", ("document_id", "page_number")),
    )

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    page_number: Ordinal = Field(description="Place in the file, from 1.")
    copy_number: Ordinal = Field(description="The copy of the report that the page belongs to, from 1.")
    duplicate_of: Count = Field(default=None, description="The page number that this page repeats.")
    similarity: Share = Field(default=None, description="Likeness to that page.")
    char_start: Offset = Field(description="Start in the decoded source text.")
    char_end: Offset = Field(description="End in the decoded source text.")
