"""The table of texts: what readers made of the files that are no text themselves."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, ForeignKey, Table
from schemas.columns import Key


class Text(Table):
    """One row per document whose text is not simply its bytes decoded: Word, OpenDocument, HTML, PDF."""

    table: ClassVar[str] = "texts"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("document_id",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT,)

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    text: Key = Field(description="The text that every offset of the document counts in; pages end in form feeds.")
