"""What a right reader would say of the report: typed cells as they were meant, free text also as it is printed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from tests.synthesizer.area_office_progress_report import printing
from tests.synthesizer.area_office_progress_report.layout import AreaLayout
from tests.synthesizer.area_office_progress_report.press import Row as Stand
from tests.synthesizer.area_office_progress_report.report import KINDS, AreaReport, Project
from tests.synthesizer.noise import mend
from tests.synthesizer.pieces import Place
from tests.synthesizer.prose import thai_digits
from tests.synthesizer.truth import Cell, Reading, Row, Truth, any_of

OTHER_TABLES = ("report_entries", "budget_items", "indicators", "risks", "strategy_links")
SILENT_COLUMNS = (
    *("project_code", "start_date", "end_date", "budget_received_baht", "budget_spent_baht", "agency", "division"),
    *("unit", "responsible_person", "responsible_phone", "coordinator", "coordinator_phone"),
)
"""What a table of projects has and this form does not print."""
COVER_PARTS = ("office", "title", "date", "rest")


@dataclass(frozen=True)
class AreaTruth(Truth):
    """The truth of a report on several projects: a finding is about one of them, or about all."""

    findings_of: tuple[tuple[str, int | None], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The truth in the shape of a hand-labelled truth file."""
        findings = [{"code": code, "project": project} for code, project in self.findings_of]
        return {**super().as_json(), "expected_findings": findings}


@dataclass(frozen=True)
class Page:
    """The one reading of the one copy: what stands in a cell, and the ways in which it may be read."""

    reading: Reading

    def free(self, place: Place) -> Cell:
        """The words of a cell before noise, as read, and as rules of code points mend them; None where none stand."""
        if place not in self.reading.clean:
            return None
        return any_of(self.spellings(lambda texts: texts(place)))

    def spellings(self, compose: Callable[[Callable[[Place], str]], str]) -> Iterator[str]:
        """What `compose` makes of the cells, clean, as read, and mended."""
        for texts in (self.reading.clean, self.reading.printed, self.reading.mended):
            composed = " ".join(compose(partial(_standing, texts)).split())
            yield from (composed, mend(composed))

    def misread(self) -> frozenset[Place]:
        """The cells that the page no longer shows as they were meant."""
        clean, printed = self.reading.clean, self.reading.printed
        return frozenset(place for place, text in clean.items() if printed.get(place, "") != text)


def _standing(texts: Mapping[Place, str], place: Place) -> str:
    return texts.get(place, "")


def truth_of(report: AreaReport, layout: AreaLayout, reading: Reading) -> AreaTruth:
    """The rows that the pages hold, and the findings that are certain."""
    page = Page(reading)
    say: Callable[[str], str] = thai_digits if layout.has_thai_digits else str
    stands = [
        (number, project, Stand(number - 1, n))
        for number, project in enumerate(report.projects, 1)
        for n in range(len(project.reports))
    ]
    tables: dict[str, list[Row]] = {
        "projects": [_project(number, p, report.year, page) for number, p in enumerate(report.projects, 1)],
        "objectives": [row for stand in stands for row in _objectives(*stand, page)],
        **{table: list[Row]() for table in OTHER_TABLES},
        "quarterly_results": [_quarterly(*stand, page, year=report.year) for stand in stands],
        "activities": [row for stand in stands for row in _activities(*stand, page)],
        "sections": [*_front(report, page, say), *_strategies(stands, page, say), *_back(page)],
    }
    expected, alarms = _findings(report, layout)
    codes = tuple(sorted({code for code, _ in expected}))
    return AreaTruth(_document(report, page), tables, codes, alarms, page.misread(), tuple(expected))


def _document(report: AreaReport, page: Page) -> Row:
    return {
        "form": "area_office_progress_report",
        "title": page.free(printing.cover_place("title")),
        "issuer": page.free(printing.cover_place("office")),
        "fiscal_year_be": report.year,
        "as_of_date": report.as_of.isoformat(),
        "copy_count": 1,
    }


def _project(number: int, project: Project, year: int, page: Page) -> Row:
    return {
        "ordinal": number,
        "project_name": page.free(Stand(number - 1, 0).place("projects", "project_name")),
        "fiscal_year_be": year if project.reports else any_of([year, None]),
        **dict.fromkeys(SILENT_COLUMNS),
        "status": project.status,
    }


def _objectives(number: int, project: Project, stand: Stand, page: Page) -> Iterator[Row]:
    quarter = project.reports[stand.report]
    for n, (kind, texts) in enumerate(zip(KINDS, quarter.aims, strict=True)):
        for k in range(len(texts)):
            label = str(k + 1) if len(texts) > 1 else None
            text = page.free(stand.place("objectives", "text", n * 20 + k))
            yield {"project": number, "kind": kind, "fiscal_quarter": quarter.quarter, "label": label, "text": text}


def _activities(number: int, project: Project, stand: Stand, page: Page) -> Iterator[Row]:
    quarter = project.reports[stand.report]
    for n in range(len(quarter.activities)):
        text = page.free(stand.place("activities", "text", n))
        yield {"project": number, "fiscal_quarter": quarter.quarter, "label": str(n + 1), "text": text}


def _quarterly(number: int, project: Project, stand: Stand, page: Page, *, year: int) -> Row:
    quarter = project.reports[stand.report]
    texts = ("disbursement_note", "results", "problems", "suggestions")
    return {
        "project": number,
        "fiscal_year_be": any_of([quarter.misread_year, year]) if quarter.misread_year else year,
        "fiscal_quarter": quarter.quarter,
        "planned_baht": str(quarter.planned),
        "disbursed_baht": str(quarter.disbursed),
        **{column: page.free(stand.place("quarterly_results", column)) for column in texts},
    }


def _strategies(stands: Sequence[tuple[int, Project, Stand]], page: Page, say: Callable[[str], str]) -> Iterator[Row]:
    for number, project, stand in stands:
        quarter = project.reports[stand.report]
        for n, (heading, text) in enumerate(zip(printing.STRATEGIES, quarter.strategies, strict=True)):
            if text is not None:
                words = page.free(stand.place("sections", "text", n))
                yield _section(number, "strategy_results", say(heading), text=words, quarter=quarter.quarter)


def _section(project: int | None, section: Cell, heading: Cell, *, text: Cell, quarter: int | None = None) -> Row:
    return {"project": project, "section": section, "heading": heading, "fiscal_quarter": quarter, "text": text}


def _front(report: AreaReport, page: Page, say: Callable[[str], str]) -> Iterator[Row]:
    """The cover, whose office, title and date may or may not be read as text too, and the summary."""

    def cover(parts: Sequence[str]) -> Callable[[Callable[[Place], str]], str]:
        return lambda texts: " ".join(texts(printing.cover_place(part)) for part in parts)

    chosen = [[part for part, is_in in zip(COVER_PARTS, keeps, strict=True) if is_in] for keeps in _SELECTIONS]
    texts = any_of(text for parts in chosen for text in page.spellings(cover(parts)))
    title = any_of([None, say(" ".join(printing.cover_title(report)))])
    yield _section(None, "front_matter", title, text=texts)
    if printing.SUMMARY in page.reading.clean:
        yield _section(None, "front_matter", None, text=page.free(printing.SUMMARY))


_SELECTIONS = [(*keeps, True) for keeps in product((True, False), repeat=3)]


def _back(page: Page) -> Iterator[Row]:
    if printing.REMARK in page.reading.clean:
        words = page.spellings(lambda texts: texts(printing.REMARK))
        options = [option for text in words for option in (text, f"หมายเหตุ {text}")]
        yield _section(None, "other", "หมายเหตุ", text=any_of(options))
    if printing.BACK in page.reading.clean:
        yield _section(None, any_of(["other", "front_matter"]), None, text=page.free(printing.BACK))


def _findings(report: AreaReport, layout: AreaLayout) -> tuple[list[tuple[str, int | None]], tuple[str, ...]]:
    """Codes that are certain with their projects, and codes that would be false."""
    expected: list[tuple[str, int | None]] = []
    for number, project in enumerate(report.projects, 1):
        for quarter in project.reports:
            expected += [("disbursed_exceeds_planned", number)] if quarter.disbursed > quarter.planned else []
            expected += [("year_out_of_context", number)] if quarter.misread_year else []
    slip = None if layout.summary == "none" else report.slip
    code = {
        *({"count": "summary_count_differs", "reporting": "summary_count_differs"}.items()),
        *({"total": "summary_total_differs", "share": "percentage_differs"}.items()),
    }
    expected += [(dict(code)[slip], None)] if slip else []
    # A wrong count also puts its shares of the whole in doubt, so a warning of them is neither due nor false.
    doubtful = {"percentage_differs"} if slip == "count" else set()
    raised = {code for code, _ in expected}
    alarms = {
        *("summary_total_differs", "summary_count_differs", "percentage_differs", "disbursed_exceeds_planned"),
        *("year_out_of_context", "amount_in_words_differs"),
    }
    return list(dict.fromkeys(expected)), tuple(sorted(alarms - raised - doubtful))
