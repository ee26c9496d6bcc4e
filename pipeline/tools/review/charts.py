"""The charts of the review pages: progress and money of a project over time, and the totals of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from math import floor
from typing import NamedTuple

from pipeline.tools.output_tables import RunTables
from schemas.documents import DocumentRow
from schemas.findings import Finding
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.report_groups import ReportGroup

WIDTH, ROOM_OF_DAYS = 640, 28
LEFT, RIGHT, TOP, PROGRESS_END, MONEY_START, BOTTOM = 64, 628, 14, 96, 120, 222
"""Edges of the two panels: progress above, money below."""
BUDDHIST_ERA = 543


class ChartPoint(NamedTuple):
    """A value at its position."""

    x: float
    y: float
    label: str


class ChartBar(NamedTuple):
    """A quarter's amount."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str


class AmountLine(NamedTuple):
    """An amount of the whole project."""

    y: float
    kind: str
    label: str


class ChartTick(NamedTuple):
    """A day on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The shapes of a project's chart."""

    progress: tuple[ChartPoint, ...]
    spent: tuple[ChartPoint, ...]
    """What the entries have disbursed so far."""
    bars: tuple[ChartBar, ...]
    amount_lines: tuple[AmountLine, ...]
    ticks: tuple[ChartTick, ...]
    top_amount: str
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The frame lines of the panels with content, each with its label."""
        above = [(TOP, "100 %"), (PROGRESS_END, "0")] if self.progress else []
        below = [(MONEY_START, self.top_amount), (BOTTOM, "0")] if self.spent or self.bars or self.amount_lines else []
        return above + below

    @property
    def first_y(self) -> int:
        """The upper edge of the chart."""
        return self.lines[0][0] - TOP

    @property
    def last_y(self) -> int:
        """Its lower edge, below the days."""
        return self.lines[-1][0] + ROOM_OF_DAYS

    @property
    def spent_steps(self) -> str:
        """The path of a staircase: an amount stays until the next one is added."""
        if not self.spent:
            return ""
        first, *others = self.spent
        steps = "".join(f"H{point.x}V{point.y}" for point in others)
        return f"M{first.x} {self.bottom}V{first.y}{steps}"

    @property
    def progress_line(self) -> str:
        """The points of the line."""
        return " ".join(f"{point.x},{point.y}" for point in self.progress)


def timeline(project: Project, entries: Sequence[ReportEntry], quarters: Sequence[QuarterlyResult]) -> Timeline | None:
    """A project's chart; None if there are too few values for one."""
    dated = sorted(((entry.report_date, entry) for entry in entries if entry.report_date), key=lambda pair: pair[0])
    spans = [(span, quarter) for quarter in quarters if (span := quarter_days(quarter)) is not None]
    days = [day for day, _ in dated] + [day for span, _ in spans for day in span]
    amounts = [project.budget_received_baht, project.budget_spent_baht]
    of_quarters = [amount for quarter in quarters for amount in (quarter.planned_baht, quarter.disbursed_baht)]
    if not days or (not dated and set(of_quarters) <= {None}):
        return None
    days += [day for day in (project.start_date, project.end_date) if day is not None and _is_near(day, days)]
    sums = list(accumulate((entry.disbursed_baht or Decimal(0) for _, entry in dated), initial=Decimal(0)))[1:]
    scale = _Scale(min(days), max(days), max(filter(None, (*amounts, *sums, *of_quarters)), default=Decimal(1)))
    return Timeline(
        progress=tuple(scale.progress(day, entry) for day, entry in dated if entry.progress_percent is not None),
        spent=tuple(
            ChartPoint(scale.x(day), scale.money(total), f"{day.isoformat()}: {total:,.2f}")
            for (day, entry), total in zip(dated, sums, strict=True)
            if entry.disbursed_baht is not None
        ),
        bars=tuple(bar for span, quarter in spans for bar in scale.bars(span, quarter)),
        amount_lines=tuple(
            AmountLine(scale.money(amount), kind, f"{amount:,.2f}")
            for kind, amount in zip(("received", "spent"), amounts, strict=True)
            if amount
        ),
        ticks=tuple(scale.ticks()),
        top_amount=short(scale.most),
    )


def _is_near(day: date, days: Sequence[date]) -> bool:
    """Whether a day is not a misread one that would squeeze the others together."""
    return min(days) - timedelta(800) < day < max(days) + timedelta(800)


def quarter_days(quarter: QuarterlyResult) -> tuple[date, date] | None:
    """First and last day of a fiscal quarter; a fiscal year starts on the first of October before it."""
    if quarter.fiscal_year_be is None or quarter.fiscal_quarter not in (1, 2, 3, 4):
        return None
    year = quarter.fiscal_year_be - BUDDHIST_ERA
    if not date.min.year + 1 < year < date.max.year:
        return None
    first = date(year - 1, 10, 1) if quarter.fiscal_quarter == 1 else date(year, 3 * quarter.fiscal_quarter - 5, 1)
    return first, date(year, 3 * quarter.fiscal_quarter - 2, 1) - timedelta(1)


def short(amount: Decimal) -> str:
    """An amount in baht for an axis.

    >>> short(Decimal(950)), short(Decimal(1_860_000)), short(Decimal(100_400))
    ('950', '1.86M', '100k')
    """
    for size, sign in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if amount >= size:
            digits = 3 - len(str(int(amount / size)))
            figures = f"{amount / size:.{max(digits, 0)}f}"
            return (figures.rstrip("0").rstrip(".") if "." in figures else figures) + sign
    return f"{amount:.0f}"


class _Scale:
    """Converts days and amounts to coordinates."""

    def __init__(self, first: date, last: date, most: Decimal) -> None:
        self.first, self.last, self.most = first, last, most
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / self.days, 1)

    def money(self, amount: Decimal) -> float:
        return round(BOTTOM - (BOTTOM - MONEY_START) * min(1.0, float(amount / self.most)), 1)

    def progress(self, day: date, entry: ReportEntry) -> ChartPoint:
        percent = float(entry.progress_percent or 0)
        y = PROGRESS_END - (PROGRESS_END - TOP) * min(percent, 100) / 100
        return ChartPoint(self.x(day), round(y, 1), f"{entry.entry_number}. {day.isoformat()}: {percent:g} %")

    def bars(self, span: tuple[date, date], quarter: QuarterlyResult) -> Iterator[ChartBar]:
        left, right = (self.x(day) for day in span)
        width = round((right - left) * 0.38, 1)
        for index, kind in enumerate(("planned", "disbursed")):
            amount = getattr(quarter, f"{kind}_baht")
            if amount is not None:
                y = self.money(amount)
                x = round(left + (right - left) * (0.1 + 0.42 * index), 1)
                label = f"{quarter.fiscal_quarter}/{quarter.fiscal_year_be}: {amount:,.2f}"
                yield ChartBar(x, y, width, round(BOTTOM - y, 1), kind, label)

    def ticks(self) -> Iterator[ChartTick]:
        """The first and the last day, and one or two between."""
        for thirds in range(4):
            day = self.first + timedelta(self.days * thirds // 3)
            yield ChartTick(self.x(day), day.isoformat())


MAX_OFFICES = 30
"""Offices shown by name, those with the most projects."""
BINS = 10
"""Bars of the chart of coverage."""


class Money(NamedTuple):
    """The total received and spent of projects with both amounts."""

    projects: int
    received: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """The totals of a run."""

    documents: int
    projects: int
    repeated: int
    """Documents with a report that another one has too; not counted in the sums."""
    statuses: dict[str, int]
    years: tuple[int | None, ...]
    offices: dict[str, Counter[int | None]]
    """Projects of each office by fiscal year."""
    money_by_year: dict[int | None, Money]
    money_by_office: dict[str, Money]
    findings: dict[str, int]
    coverage: tuple[int, ...]
    """Documents by the share of their text that was read, in tenths."""


def overview(run: RunTables) -> Overview:
    """The totals of all documents; a report in several files counts once."""
    groups = run.columns(ReportGroup, "document_id", "role").to_pylist()
    repeated = {row["document_id"] for row in groups if row["role"] != "fullest"}
    documents = run.columns(DocumentRow, "status", "text_coverage").to_pylist()
    names = ("document_id", "fiscal_year_be", "agency", "budget_received_baht", "budget_spent_baht")
    projects = [row for row in run.columns(Project, *names).to_pylist() if row["document_id"] not in repeated]
    offices: dict[str, Counter[int | None]] = defaultdict(Counter)
    money: dict[str | int | None, Money] = defaultdict(lambda: Money(0, Decimal(0), Decimal(0)))
    for row in projects:
        year, office = row["fiscal_year_be"], row["agency"] or ""
        offices[office][year] += 1
        received, spent = row["budget_received_baht"], row["budget_spent_baht"]
        if received is not None and spent is not None:
            for key in (year, office):
                before = money[key]
                money[key] = Money(before.projects + 1, before.received + received, before.spent + spent)
    most = sorted(offices, key=lambda office: (-offices[office].total(), office))[:MAX_OFFICES]
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
        money_by_year={year: money[year] for year in years if year in money},
        money_by_office={office: money[office] for office in most if office in money},
        findings=dict(Counter(run.columns(Finding, "code")["code"].to_pylist()).most_common()),
        coverage=tuple(bins[index] for index in range(BINS)),
    )
