"""The table of results by quarter."""

from typing import ClassVar

from pydantic import Field

from schemas.columns import Baht, FiscalYear, Paragraph, Quarter
from schemas.projects import ProjectRow


class QuarterlyResult(ProjectRow):
    """One row per project and quarter reported."""

    table: ClassVar[str] = "quarterly_results"
    sort_by: ClassVar[tuple[str, ...]] = ("project_id", "fiscal_year_be", "fiscal_quarter")

    fiscal_year_be: FiscalYear = Field(default=None, description="Fiscal year as printed.")
    fiscal_quarter: Quarter = Field(default=None, description="1 to 4.")
    planned_baht: Baht = Field(default=None, description="Budget planned for the quarter.")
    disbursed_baht: Baht = Field(default=None, description="Budget disbursed in the quarter.")
    disbursement_note: Paragraph = Field(default=None, description="The remark on the disbursement.")
    results: Paragraph = Field(default=None, description="Results of the quarter.")
    problems: Paragraph = Field(default=None, description="Problems met.")
    suggestions: Paragraph = Field(default=None, description="Suggestions made.")
