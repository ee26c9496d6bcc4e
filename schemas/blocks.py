"""The table of blocks: how the text was split."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PAGE, OF_PROJECT, ForeignKey, Table
from schemas.columns import Key, Name, Offset, Ordinal, Spans


class BlockRow(Table):
    """One row per block and page; furniture is a block too."""

    table: ClassVar[str] = "blocks"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "ordinal")
    primary_key: ClassVar[tuple[str, ...]] = ("document_id", "ordinal")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT, OF_PROJECT, OF_PAGE)

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    ordinal: Ordinal = Field(description="Place in the text, from 1.")
    page_number: Ordinal = Field(description="The page.")
    copy_number: Ordinal = Field(description="The copy.")
    project_id: Name = Field(default=None, description="The project.")
    block: Key = Field(description="The name that the form's parser gives it, or `furniture`.")
    heading: Name = Field(default=None, description="The heading as printed.")
    char_start: Offset = Field(description="Start in the decoded source text.")
    char_end: Offset = Field(description="End in the decoded source text.")
    label_spans: Spans = Field(default_factory=list, description="Headings, labels, markers and separators in it.")
    read_spans: Spans = Field(default_factory=list, description="Words in it that are in a cell or another reading.")
