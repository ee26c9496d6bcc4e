"""The table of projects: the header block, copies merged; and what the tables of their parts have in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_DOCUMENT, OF_PROJECT, ForeignKey, OneOf, Role, Table
from schemas.columns import (
    Agency,
    Baht,
    Code,
    Division,
    FiscalYear,
    Key,
    Line,
    Ordinal,
    Person,
    Phone,
    Status,
    ThaiDate,
    Unit,
)


class ProjectRow(Table):
    """A row of a table about a part of a project: it names the project first, then itself."""

    sort_by: ClassVar[tuple[str, ...]] = ("project_id",)
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")


class Project(Table):
    """One row per project in a document, copies merged."""

    table: ClassVar[str] = "projects"
    sort_by: ClassVar[tuple[str, ...]] = ("document_id", "ordinal")
    primary_key: ClassVar[tuple[str, ...]] = ("project_id",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_DOCUMENT,)

    project_id: Key = Field(description="`<document_id>-<ordinal, 3 digits>`.")
    document_id: Key = Field(description="First 16 hex digits of the SHA-256 of the file.")
    ordinal: Ordinal = Field(description="Place in the document, from 1.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    project_name: Annotated[Line, Role("name")] = Field(
        default=None, description="The words as printed, without a leading ordinal; continuation lines joined."
    )
    project_code: Annotated[Code, Role("code")] = Field(
        default=None, description="The code that the project system gave, Arabic digits."
    )
    fiscal_year_be: FiscalYear = Field(default=None, description="Fiscal year, Buddhist era.")
    start_date: Annotated[ThaiDate, Role("start")] = Field(default=None, description="First day of the project.")
    end_date: Annotated[ThaiDate, Role("end")] = Field(default=None, description="Last day of the project.")
    budget_received_baht: Annotated[Baht, Role("budget")] = Field(
        default=None, description="Budget received; a proposal's own total."
    )
    budget_spent_baht: Annotated[Baht, Role("spent")] = Field(default=None, description="Budget spent.")
    agency: Annotated[Agency, Role("agency")] = Field(default=None, description="First part of the responsible office.")
    division: Annotated[Division, Role("division")] = Field(
        default=None, description="Second part of the responsible office."
    )
    unit: Annotated[Unit, Role("unit")] = Field(default=None, description="Third part of the responsible office.")
    responsible_person: Person = Field(default=None, description="The responsible person's, or office's, name.")
    responsible_phone: Phone = Field(default=None, description="The digits behind the responsible person.")
    coordinator: Person = Field(default=None, description="The coordinator named on the form.")
    coordinator_phone: Phone = Field(default=None, description="The digits behind the coordinator.")
    status: Annotated[Status, OneOf("completed", "in_progress", "not_started")] = Field(
        default=None, description="`completed`, `in_progress` or `not_started`, where a heading of the report says so."
    )
