"""The documents of a run in one list, and what they come to together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import NamedTuple

from pipeline.document.corrections import Correction
from pipeline.tools.explain.state import State
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.findings import CODES, Finding
from schemas.projects import Project
from schemas.report_groups import ReportGroup

MOST_OFFICES = 30
"""Offices that are shown by name, those with most projects."""
BINS = 10
"""Bars of the picture of coverage."""


class Listed(NamedTuple):
    """A document in the index; the order is that of the columns in the page's script."""

    document_id: str
    source: str
    form: str
    fiscal_year_be: int | None
    status: str
    text_coverage: float | None
    projects: int
    name: str
    """Of its first project."""
    agency: str
    errors: int
    warnings: int
    infos: int
    codes: tuple[str, ...]
    lowest_confidence: float | None
    corrections: int


class Money(NamedTuple):
    """What projects received and spent, and how many say both."""

    projects: int
    received: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole run."""

    documents: int
    projects: int
    repeated: int
    """Documents that hold a report which another one holds too; they are left out of the sums."""
    statuses: dict[str, int]
    years: tuple[int | None, ...]
    offices: dict[str, dict[int | None, int]]
    """Projects of each office by fiscal year."""
    money_by_year: dict[int | None, Money]
    money_by_office: dict[str, Money]
    findings: dict[str, int]
    coverage: tuple[int, ...]
    """Documents by the share of their text that is accounted for, in tenths."""


def listed(state: State, corrections: Iterable[Correction] = ()) -> list[Listed]:
    """Every document with what a reviewer chooses by, in the order of their names."""
    findings: dict[str, Counter[str]] = {}
    for row in state.columns(Finding, "document_id", "code").to_pylist():
        findings.setdefault(row["document_id"], Counter())[row["code"]] += 1
    projects: dict[str, list[tuple[str, str]]] = {}
    for row in state.columns(Project, "document_id", "project_name", "agency").to_pylist():
        projects.setdefault(row["document_id"], []).append((row["project_name"] or "", row["agency"] or ""))
    lowest = _lowest_confidence(state)
    corrected = Counter(one.document_id for one in corrections)
    names = ("document_id", "source", "form", "fiscal_year_be", "status", "text_coverage")
    found = []
    for row in state.columns(Document, *names).to_pylist():
        document_id = row["document_id"]
        codes = findings.get(document_id, Counter())
        mine = projects.get(document_id, [])
        by_severity = Counter(_severity(code) for code in codes.elements())
        found.append(
            Listed(
                document_id,
                row["source"],
                row["form"] or "",
                row["fiscal_year_be"],
                row["status"],
                row["text_coverage"],
                len(mine),
                *(mine[0] if mine else ("", "")),
                by_severity["error"],
                by_severity["warning"],
                by_severity["info"],
                tuple(sorted(codes)),
                lowest.get(document_id),
                corrected[document_id],
            )
        )
    return sorted(found, key=lambda one: one.source)


def _severity(code: str) -> str:
    return CODES[code].severity if code in CODES else "info"


def _lowest_confidence(state: State) -> dict[str, float]:
    """The lowest confidence in a value of each document."""
    least = (
        state.columns(Evidence, "document_id", "confidence").group_by("document_id").aggregate([("confidence", "min")])
    )
    return dict(zip(least["document_id"].to_pylist(), least["confidence_min"].to_pylist(), strict=True))


def overview(state: State) -> Overview:
    """What the documents come to; a report that several files hold counts once."""
    groups = state.columns(ReportGroup, "document_id", "role").to_pylist()
    repeated = {row["document_id"] for row in groups if row["role"] != "fullest"}
    documents = state.columns(Document, "status", "text_coverage").to_pylist()
    names = ("document_id", "fiscal_year_be", "agency", "budget_received_baht", "budget_spent_baht")
    projects = [row for row in state.columns(Project, *names).to_pylist() if row["document_id"] not in repeated]
    offices: dict[str, dict[int | None, int]] = {}
    money_by_year: dict[int | None, Money] = {}
    money_by_office: dict[str, Money] = {}
    for row in projects:
        year, office = row["fiscal_year_be"], row["agency"] or ""
        counts = offices.setdefault(office, {})
        counts[year] = counts.get(year, 0) + 1
        received, spent = row["budget_received_baht"], row["budget_spent_baht"]
        if received is not None and spent is not None:
            money_by_year[year] = _more(money_by_year.get(year), received, spent)
            money_by_office[office] = _more(money_by_office.get(office), received, spent)
    most = sorted(offices, key=lambda office: (-sum(offices[office].values()), office))[:MOST_OFFICES]
    coverages = [row["text_coverage"] for row in documents if row["text_coverage"] is not None]
    bins = Counter(min(BINS - 1, floor(share * BINS)) for share in coverages)
    years = sorted({row["fiscal_year_be"] for row in projects}, key=lambda year: (year is None, year))
    return Overview(
        documents=len(documents),
        projects=len(projects),
        repeated=len(repeated),
        statuses=dict(sorted(Counter(row["status"] for row in documents).items())),
        years=tuple(years),
        offices={office: offices[office] for office in most},
        money_by_year={year: money_by_year[year] for year in years if year in money_by_year},
        money_by_office={office: money_by_office[office] for office in most if office in money_by_office},
        findings=dict(Counter(state.columns(Finding, "code")["code"].to_pylist()).most_common()),
        coverage=tuple(bins[place] for place in range(BINS)),
    )


def _more(money: Money | None, received: Decimal, spent: Decimal) -> Money:
    before = money or Money(0, Decimal(0), Decimal(0))
    return Money(before.projects + 1, before.received + received, before.spent + spent)
