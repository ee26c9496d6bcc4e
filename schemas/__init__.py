"""The tables of the output contract, one module each."""

from schemas.activities import Activity
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.budget_items import BudgetItem
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.indicators import Indicator
from schemas.objectives import Objective
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.report_groups import ReportGroup
from schemas.risks import Risk
from schemas.sections import Section
from schemas.strategy_links import StrategyLink
from schemas.texts import Text
from schemas.unclaimed import Unclaimed

TABLES: tuple[type[Table], ...] = (
    DocumentRow, PageRow, Project, Objective, ReportEntry, QuarterlyResult, Activity, BudgetItem, Indicator, Risk,
    StrategyLink, Section, Finding, Evidence, BlockRow, Unclaimed, Text,
)  # fmt: skip
"""Every table that a document's rows go to, in the order of the contract."""
CORPUS_TABLES: tuple[type[Table], ...] = (ReportGroup,)
"""The tables that tell of several documents, made of the others when those are complete."""
