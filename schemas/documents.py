"""The table of documents: one row per source file."""

from typing import Annotated, ClassVar

from pydantic import Field

from normalizers.digits import DIGIT
from normalizers.prices import THAI
from schemas.base import ForeignKey, Shape, Table
from schemas.columns import Bytes, Count, FiscalYear, Key, Line, Name, Share, ThaiDate


class DocumentRow(Table):
    """One row per source file, read or not."""

    table: ClassVar[str] = "documents"
    sort_by: ClassVar[tuple[str, ...]] = ("source",)
    primary_key: ClassVar[tuple[str, ...]] = ("source",)
    row_name: ClassVar[str] = "document_id"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey(("duplicate_of",), "documents", ("source",)),)

    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    source: Key = Field(
        description="Path below the input root, `/`-separated; a member of an archive is `archive.zip!/path`."
    )
    form: Name = Field(
        default=None, description="The form that the document is printed on; `unknown` where no form claims it."
    )
    title: Name = Field(default=None, description="The form's or report's own title.")
    issuer: Name = Field(
        default=None, description="The body that issued the report, where it is stated for the whole document."
    )
    fiscal_year_be: FiscalYear = Field(
        default=None, description="Fiscal year, Buddhist era, that the whole document is about."
    )
    as_of_date: ThaiDate = Field(default=None, description="The day that the figures are said to stand for.")
    document_number: Name = Field(default=None, description="The number of a letter or memo in front of the form.")
    document_date: ThaiDate = Field(default=None, description="The date of that letter or memo.")
    page_count: Count = Field(default=None, description="Pages seen in the text.")
    copy_count: Count = Field(
        default=None, description="How many times the report stands in the file; 1 means no repeats."
    )
    text_coverage: Share = Field(
        default=None, description="Share of the non-blank characters outside furniture that were read or are labels."
    )
    status: Name = Field(default=None, description="`parsed`, `parsed_with_findings`, `quarantined` or `duplicate`.")
    duplicate_of: Name = Field(default=None, description="`source` of the first file with the same bytes.")
    error: Name = Field(default=None, description="Why the document is quarantined.")
    media_type: Name = Field(default=None, description="What the bytes are.")
    encoding: Name = Field(default=None, description="How the bytes were decoded.")
    byte_count: Bytes = Field(default=None, description="Size of the file.")
    parser_version: Name = Field(default=None, description="The version of the parsers that read it.")


OTHER_TITLE = Shape(
    r"\A(?:[^\n:|]{0,80}\n){0,2}?[ \t*#_|]{0,60}(?P<value>(?:แบบ|ใบ|ตาราง|รายงาน|บันทึก|สรุป)[^\n:|]{0,60}"
    r"(?:โครงการ|กิจกรรม|งาน)[^\n:|]{0,80}?(?:\n[ \t*#_]{0,60}ประจำปี[^\n:|]{0,40}?)?)(?=[ \t*_|]*(?:\n|\Z))"
)
"""One of the first lines, where it says what it is in words that no form prints."""


class LetterHead(DocumentRow):
    """What a letter or memo prints above its subject."""

    document_number: Annotated[
        Line,
        Shape(
            rf"(?m:(?:(?<=^ที่)|(?<=\*ที่))[ \t*]++[ก-ฮ]{{1,4}}[ \t.]{{0,2}}{DIGIT}[0-9๐-๙./]*+(?:[ก-ฮ][ \t.]?{DIGIT}++)?+)"
        ),
    ]
    document_date: Annotated[
        ThaiDate,
        Shape(
            rf"วันที่[ \t*]*+{DIGIT}{{1,2}}[^\n]*+"
            rf"|(?m:^[ \t]*+{DIGIT}{{1,2}}[ \t]++[{THAI}][{THAI}. \t]*+{DIGIT}{{4}}[ \t]*+$)"
        ),
    ]
