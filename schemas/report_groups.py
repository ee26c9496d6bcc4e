"""The table of report groups, the one table that tells of several documents: which of them hold the same report."""

from typing import ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, ForeignKey, Table
from schemas.columns import FiscalYear, Key, Name, Texts


class ReportGroup(Table):
    """One row per document of a group: files of other bytes that hold one report, or earlier states of it.

    A document may stand in two groups: in one as the same report as another file, in the other as an earlier state.
    To count each report once, leave out the documents that have a row here with a role other than `fullest`.
    """

    table: ClassVar[str] = "report_groups"
    sort_by: ClassVar[tuple[str, ...]] = ("group_id", "role", "document_id")
    primary_key: ClassVar[tuple[str, ...]] = ("group_id", "document_id")
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT,)

    group_id: Key = Field(
        description="16 hex digits that stand for the form and the project or office; `-` and an ordinal, 3 digits."
    )
    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    role: Key = Field(
        description="`fullest` says most; `same` agrees with it in every figure that both say; `nearly_same` in all "
        "but a few; `earlier_state` says what it says up to an earlier entry or quarter."
    )
    form: Key = Field(description="The form that the documents are printed on.")
    fiscal_year_be: FiscalYear = Field(
        default=None, description="Fiscal year, Buddhist era, that the whole document is about."
    )
    project_codes: Texts = Field(description="The codes of the projects; none where the form prints none.")
    agreeing: Texts = Field(description="The figures that agree with the fullest; its own row has those all agree on.")
    differing: Texts = Field(description="The figures that differ from the fullest: here, and there.")
    code: Name = Field(
        default=None, description="`same_report_elsewhere` where the document repeats the fullest, else null."
    )
    severity: Name = Field(default=None, description="That of the code.")
    message: Name = Field(
        default=None, description="File, the other file, the values that agree and differ, what to do."
    )
