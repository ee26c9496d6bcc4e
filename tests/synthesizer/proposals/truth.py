"""What a right reader would say of a proposal: typed cells as they were meant, free text also as it is printed."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tests.synthesizer.noise import mend
from tests.synthesizer.pieces import Place
from tests.synthesizer.proposals.printing import ProposalLayout, place
from tests.synthesizer.proposals.proposal import Proposal
from tests.synthesizer.truth import Cell, Reading, Row, Truth, any_of

SILENT_COLUMNS = (
    *("project_code", "budget_spent_baht", "unit", "responsible_person", "responsible_phone"),
    *("coordinator", "coordinator_phone", "status"),
)
PROJECT = {"project": 1}
Texts = Mapping[Place, str]


def truth_of(proposal: Proposal, readings: Sequence[Reading], layouts: Sequence[ProposalLayout]) -> Truth:
    """The rows that the copies hold, and the findings that are certain."""
    pages = _Pages(readings)
    document = {"form": "bma_project_proposal", "fiscal_year_be": proposal.year, "copy_count": len(readings)}
    tables: dict[str, list[Row]] = {
        "projects": [_project(proposal, pages)],
        "objectives": list(_aims(proposal, pages, layouts)),
        "report_entries": [],
        "quarterly_results": [],
        "activities": [
            {**PROJECT, "fiscal_quarter": None, "label": str(n), "text": pages.free("activities", "text", n)}
            for n in range(1, len(proposal.steps) + 1)
        ],
        "budget_items": list(_items(proposal, pages)),
        "indicators": list(_measures(proposal, pages)),
        "risks": list(_dangers(proposal, pages)),
        "strategy_links": [
            {**PROJECT, "level": "plan", "text": pages.free("strategy_links", "text", n)}
            for n in range(len(proposal.plans))
        ],
        "sections": list(_sections(proposal, pages, layouts)),
    }
    expected = ["certification_unsigned"]
    if all(layout.has_calendar for layout in layouts):
        expected.append("schedule_marks_lost")
    alarms = ("amount_in_words_differs", "sum_of_items_differs", "date_outside_period", "year_out_of_context")
    return Truth(document, tables, tuple(expected), alarms, pages.misread())


class _Pages:
    """All readings of all copies."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    def free(self, table: str, column: str, row: int = 0) -> Cell:
        """The words of a cell before noise, as read, and mended."""
        return any_of(self.composed(lambda texts: texts.get(place(table, column, row), "")))

    def composed(self, compose: Callable[[Texts], str]) -> Iterator[str]:
        """What `compose` makes of the cells of each reading, also without leaders of dots."""
        for reading in self.readings:
            for texts in (reading.clean, reading.printed, reading.mended):
                said = " ".join(compose(texts).split())
                for spelling in (said, mend(said)):
                    yield spelling
                    yield " ".join(re.sub(r"\.{3,}", " ", spelling).split())

    def misread(self) -> frozenset[Place]:
        """The cells that no copy shows as they were meant."""
        places = {found for reading in self.readings for found in reading.clean}
        return frozenset(p for p in places if not any(r.clean.get(p) == r.printed.get(p, "") for r in self.readings))


def _project(proposal: Proposal, pages: _Pages) -> Row:
    (_, first, first_year), (_, last, last_year) = (proposal.month(number) for number in proposal.months)
    return {
        "ordinal": 1,
        "project_name": pages.free("projects", "project_name"),
        "fiscal_year_be": proposal.year,
        "start_date": date(first_year - 543, first, 1).isoformat(),
        "end_date": date(last_year - 543, last, monthrange(last_year - 543, last)[1]).isoformat(),
        "budget_received_baht": str(proposal.total),
        "agency": pages.free("projects", "agency"),
        "division": pages.free("projects", "division") if len(proposal.offices) > 1 else None,
        **dict.fromkeys(SILENT_COLUMNS),
    }


def _aims(proposal: Proposal, pages: _Pages, layouts: Sequence[ProposalLayout]) -> Iterator[Row]:
    def labels(name: str, n: int) -> Cell:
        return any_of(f"{layout.order.index(name) + 1}.{n}" for layout in layouts)

    for n in range(1, len(proposal.objectives) + 1):
        yield _aim("objective", labels("objectives", n), pages.free("objectives", "text", n))
    for n, kind in enumerate(("target_quantity", "target_quality")):
        yield _aim(kind, None, pages.free("objectives", "text", 100 + n))
    for n in range(1, len(proposal.benefits) + 1):
        yield _aim("expected_benefit", labels("benefits", n), pages.free("objectives", "text", 200 + n))


def _aim(kind: str, label: Cell, text: Cell) -> Row:
    return {**PROJECT, "kind": kind, "fiscal_quarter": None, "label": label, "text": text}


def _items(proposal: Proposal, pages: _Pages) -> Iterator[Row]:
    for n, purchase in enumerate(proposal.purchases, 1):
        yield {
            **PROJECT,
            "entry_number": None,
            "item": pages.free("budget_items", "item", n),
            "quantity": purchase.count,
            "quantity_unit": purchase.unit,
            "unit_price_baht": str(purchase.price),
            "amount_baht": str(purchase.amount),
        }


def _measures(proposal: Proposal, pages: _Pages) -> Iterator[Row]:
    for n, measure in enumerate(proposal.measures, 1):
        texts = {name: pages.free("indicators", name, n) for name in ("name", "target", "indicator_type", "method")}
        period = pages.free("indicators", "period", n)
        typed: Row = {"target_value": str(measure.percent), "target_unit": "percent", "period": period}
        yield {**PROJECT, **texts, **typed}


def _dangers(proposal: Proposal, pages: _Pages) -> Iterator[Row]:
    for n, danger in enumerate(proposal.dangers, 1):
        texts = {name: pages.free("risks", name, n) for name in ("risk", "level", "mitigation")}
        yield {**PROJECT, **texts, "likelihood": danger.likelihood, "impact": danger.impact}


def _sections(proposal: Proposal, pages: _Pages, layouts: Sequence[ProposalLayout]) -> Iterator[Row]:
    links = [(place("joint", "text", n), place("strategy_links", "text", n)) for n in range(len(proposal.plans))]
    scope = [place("lead", "text"), *(found for pair in links for found in pair)]
    schedule = [place("projects", "start_date"), place("where", "text")]
    source = [place("source", "text"), place("projects", "budget_received_baht")]
    yield _section("rationale", pages.composed(lambda texts: texts.get(place("sections", "text", 1), "")))
    yield _section("scope", pages.composed(_joined(scope)))
    yield _section("schedule", pages.composed(_joined(schedule)))
    listed = [
        found
        for n in range(1, len(proposal.purchases) + 1)
        for found in (place("budget_items", "item", n), place("budget_items", "amount_baht", n))
    ]
    ways = {layout.lists_prices for layout in layouts}
    budgets = [[*source, *(listed if lists else [])] for lists in ways]
    yield _section("budget", (said for places in budgets for said in _budget_texts(pages, places)))
    yield _section("monitoring", pages.composed(lambda texts: texts.get(place("sections", "text", 5), "")))
    yield _section("certification", pages.composed(lambda texts: texts.get(place("sections", "text", 6), "")))


def _budget_texts(pages: _Pages, places: Sequence[Place]) -> Iterator[str]:
    """The text with its priced lines, with and without the dashes before them."""
    yield from pages.composed(_joined(places))
    yield from pages.composed(lambda texts: _dashed(texts, places))


def _dashed(texts: Texts, places: Sequence[Place]) -> str:
    return " ".join(("- " if found.column == "item" else "") + texts.get(found, "") for found in places)


def _joined(places: Sequence[Place]) -> Callable[[Texts], str]:
    return lambda texts: " ".join(texts.get(found, "") for found in places)


def _section(name: str, texts: Iterator[str]) -> Row:
    return {**PROJECT, "section": name, "heading": None, "fiscal_quarter": None, "text": any_of(texts)}
