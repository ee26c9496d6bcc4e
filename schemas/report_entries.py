"""The table of progress entries."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.base import OF_PROJECT, ForeignKey, OneOf, Table
from schemas.columns import Baht, Key, Ordinal, Paragraph, Percent, Status, ThaiDate


class ReportEntry(Table):
    """One row per numbered progress report of a project."""

    table: ClassVar[str] = "report_entries"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id", "entry_number")
    primary_key: ClassVar[tuple[str, ...]] = ("row_key",)
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (OF_PROJECT,)

    project_id: Key = Field(description="The project that the row belongs to.")
    entry_number: Ordinal = Field(description="The number that the form prints.")
    row_key: Key = Field(description="The row within its table, over all documents; evidence and findings point to it.")
    report_date: ThaiDate = Field(default=None, description="Day of the report.")
    activity: Paragraph = Field(default=None, description="What was done, without the date and the figures.")
    progress_percent: Percent = Field(default=None, description="Progress of the work.")
    disbursed_baht: Baht = Field(default=None, description="Budget disbursed in this entry.")
    plan_status: Annotated[Status, OneOf("on_plan", "behind_plan", "ahead_of_plan")] = Field(
        default=None, description="`on_plan`, `behind_plan`, `ahead_of_plan`, else the words as printed."
    )
    target_status: Annotated[Status, OneOf("on_target", "below_target", "above_target")] = Field(
        default=None, description="`on_target`, `below_target`, `above_target`, else the words as printed."
    )
