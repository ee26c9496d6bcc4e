"""What a right reader would say of the file: typed cells as they were meant, free text also as it is printed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.synthesizer import form
from tests.synthesizer.layouts import Layout
from tests.synthesizer.noise import mend
from tests.synthesizer.pieces import Place
from tests.synthesizer.report import LINK_LEVELS, Day, Person, Progress, Report, Status

Cell = object
"""A plain value as JSON has it, or {"any_of": [...]}."""
Row = dict[str, Cell]
OTHER_TABLES = ("quarterly_results", "activities", "budget_items", "indicators", "risks")
PROJECT = {"project": 1}
NOBODY = Person("", None)


@dataclass(frozen=True)
class Reading:
    """The letters of each cell in one scan of a copy: before noise, as read, and as rules of code points mend them."""

    clean: Mapping[Place, str]
    printed: Mapping[Place, str]
    mended: Mapping[Place, str]


@dataclass(frozen=True)
class Truth:
    """The rows of each table, what a check must find, and what it must not.

    `expected_findings` and `false_alarms` hold for the values that were meant; noise in figures may raise more.
    `misread` are the typed cells that no copy shows as they were meant: what no reader can know for sure.
    """

    document: Row
    tables: dict[str, list[Row]]
    expected_findings: tuple[str, ...]
    false_alarms: tuple[str, ...]
    misread: frozenset[Place]

    def as_json(self) -> dict[str, object]:
        """The truth in the shape of a hand-labelled truth file."""
        return {
            "document": self.document,
            **self.tables,
            "expected_findings": [{"code": code, "project": 1} for code in self.expected_findings],
            "false_alarms": list(self.false_alarms),
        }


@dataclass(frozen=True)
class _Cells:
    """All readings of all copies, asked for one cell at a time."""

    readings: Sequence[Reading]

    def stands(self, place: Place) -> bool:
        return any(place in reading.clean for reading in self.readings)

    def typed(self, place: Place, value: Cell) -> Cell:
        """The value where some page still shows it, else None."""
        return value if self.stands(place) else None

    def free(self, place: Place, clean: str | None) -> Cell:
        """The words as meant and as each copy prints them; None where no page shows them."""
        if clean is None or not self.stands(place):
            return None
        return any_of(_spellings((clean, *self.printed(place))))

    def printed(self, place: Place) -> Iterator[str]:
        for reading in self.readings:
            for texts in (reading.printed, reading.mended):
                if text := texts.get(place):
                    yield text

    def misread(self) -> frozenset[Place]:
        places = {place for reading in self.readings for place in reading.clean}
        return frozenset(p for p in places if not any(r.clean.get(p) == r.printed.get(p, "") for r in self.readings))


def _spellings(texts: Iterable[str]) -> Iterator[str]:
    """Each text, mended, and both without dot leaders."""
    for text in texts:
        for spelling in (text, mend(text)):
            yield spelling
            yield " ".join(re.sub(r"\.{3,}", " ", spelling).split())


def any_of(options: Iterable[Cell]) -> Cell:
    """The one option there is, or all of them in the form of the truth files.

    >>> any_of(["a", "a"]), any_of(["a", "b", "a"])
    ('a', {'any_of': ['a', 'b']})
    """
    distinct = list(dict.fromkeys(options))
    return distinct[0] if len(distinct) == 1 else {"any_of": distinct}


def truth_of(
    report: Report, readings: Sequence[Reading], *, copy_counts: Sequence[int], layouts: Sequence[Layout]
) -> Truth:
    """The rows that the pages still show, and the findings that are certain."""
    cells = _Cells(readings)
    tables = {
        "projects": [_project(report, cells)],
        "objectives": list(_objectives(report, cells)),
        "report_entries": list(_entries(report, cells)),
        **{table: list[Row]() for table in OTHER_TABLES},
        "strategy_links": list(_links(report, cells)),
        "sections": list(_sections(report, cells)),
    }
    expected, alarms = _findings(report, tables, layouts)
    years = [day.fiscal_year for day in (report.start, report.end) if day]
    document: Row = {
        "form": "bma_progress_report",
        "title": any_of([form.TITLE, *_spellings(cells.printed(Place("documents", 0, "title")))]),
        "issuer": any_of([None, report.offices[0], *cells.printed(Place("projects", 0, "agency"))]),
        "fiscal_year_be": report.year or any_of([None, *years]),
        "as_of_date": None,
        "copy_count": any_of(copy_counts),
    }
    return Truth(document, tables, tuple(sorted(expected)), tuple(sorted(alarms)), cells.misread())


def _iso(day: Day | None) -> str | None:
    return day.value.isoformat() if day and day.value else None


def _baht(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _project(report: Report, cells: _Cells) -> Row:
    def place(column: str) -> Place:
        return Place("projects", 0, column)

    offices = (*report.offices, None, None)
    responsible, coordinator = report.responsible or NOBODY, report.coordinator or NOBODY
    typed = {
        "project_code": report.code,
        "fiscal_year_be": report.year,
        "start_date": _iso(report.start),
        "end_date": _iso(report.end),
        "budget_received_baht": _baht(report.received),
        "budget_spent_baht": _baht(report.spent),
        "responsible_phone": responsible.phone,
        "coordinator_phone": coordinator.phone,
    }
    free: dict[str, str | None] = {
        "project_name": report.name,
        **dict(zip(("agency", "division", "unit"), offices, strict=False)),
        "responsible_person": responsible.name or None,
        "coordinator": coordinator.name or None,
    }
    row = {column: cells.typed(place(column), value) for column, value in typed.items()}
    row |= {column: cells.free(place(column), text) for column, text in free.items()}
    return {"ordinal": 1, **row, "status": None}


def _objectives(report: Report, cells: _Cells) -> Iterator[Row]:
    for n, aim in enumerate(report.aims):
        if not cells.stands(Place("objectives", n, "text")):
            continue
        label: Cell = cells.typed(Place("objectives", n, "label"), aim.label)
        if aim.label is None and cells.stands(Place("objectives", n, "head_label")):
            label = {"any_of": ["1" if aim.kind == "target_quantity" else "2", None]}
        text = _aim_text(n, aim.text, cells)
        yield {**PROJECT, "kind": aim.kind, "fiscal_quarter": None, "label": label, "text": text}


def _aim_text(n: int, text: str, cells: _Cells) -> Cell:
    """The aim's words, and those with the sub-head before them where a copy prints both in one line."""
    place, head = Place("objectives", n, "text"), Place("objectives", n, "head")
    words = list(_spellings((text, *cells.printed(place))))
    heads = list(_spellings(cells.printed(head)))
    return any_of([*words, *(f"{before} {word}" for before in dict.fromkeys(heads) for word in dict.fromkeys(words))])


def _entries(report: Report, cells: _Cells) -> Iterator[Row]:
    for n, progress in enumerate(report.progress):
        if not cells.stands(Place("report_entries", n, "entry_number")):
            continue
        yield {**PROJECT, "entry_number": progress.number, **_entry_cells(n, progress, cells)}


def _entry_cells(n: int, progress: Progress, cells: _Cells) -> Row:
    def place(column: str) -> Place:
        return Place("report_entries", n, column)

    percent = None if progress.percent is None else f"{progress.percent:.2f}"
    statuses = {"plan_status": progress.plan, "target_status": progress.target}
    return {
        "report_date": cells.typed(place("report_date"), _iso(progress.day)),
        "activity": cells.free(place("activity"), " ".join(progress.activity) or None),
        "progress_percent": cells.typed(place("progress_percent"), percent),
        "disbursed_baht": cells.typed(place("disbursed_baht"), _baht(progress.amount)),
        **{name: _status(place(name), status, cells) for name, status in statuses.items()},
    }


def _status(place: Place, status: Status | None, cells: _Cells) -> Cell:
    """The enumeration; words that have none in the contract are also right as printed."""
    if status is None or len(status.values) == 1:
        return cells.typed(place, status.values[0] if status else None)
    return cells.typed(place, any_of([*status.values, *_spellings(cells.printed(place))]))


def _links(report: Report, cells: _Cells) -> Iterator[Row]:
    for n, (level, text) in enumerate(zip(LINK_LEVELS, report.links, strict=True)):
        if text is not None and cells.stands(Place("strategy_links", n, "text")):
            yield {**PROJECT, "level": level, "text": cells.free(Place("strategy_links", n, "text"), text)}


def _sections(report: Report, cells: _Cells) -> Iterator[Row]:
    signed = report.signature
    position = f" {signed.position}" if signed else ""
    name = f" {signed.name} " if signed else "....."
    pledge = f"{form.PLEDGE} {form.SIGNED}{name}{form.BY_WHOM} {form.POSITION}{position}"
    for n, (section, heading, text) in enumerate(
        (("rationale", form.HEADINGS["1.3"], " ".join(report.rationale)), ("certification", None, pledge))
    ):
        place = Place("sections", n, "text")
        if cells.stands(place):
            words = cells.free(place, text)
            yield {**PROJECT, "section": section, "heading": heading, "text": words, "fiscal_quarter": None}


def _findings(report: Report, tables: Mapping[str, list[Row]], layouts: Sequence[Layout]) -> tuple[set[str], set[str]]:
    """Codes that are certain, and codes that would be false, judged by what the pages show."""
    header, rows = tables["projects"][0], tables["report_entries"]
    claims = _sequences(header, rows) | {"amount_in_words_differs": False}
    if len(rows) == len(report.progress):
        claims |= _sums(header, rows)
    claims["activity_empty"] = True if any(row["activity"] is None for row in rows) else None
    is_certified = any(row["section"] == "certification" for row in tables["sections"])
    claims["certification_unsigned"] = report.signature is None if is_certified else None
    claims["status_contradicts_activity"] = _contradicts(report, rows)
    bad_days = [p for p in report.progress if p.day and p.day.value is None]
    claims["impossible_date"] = bool(bad_days) if len(rows) == len(report.progress) else None
    numbers = [p.number for p in report.progress]
    claims["entry_number_missing"] = (len(rows) == len(numbers) and numbers != list(range(1, len(numbers) + 1))) or None
    odd_is_seen = all(layout.date not in ("iso", "stamp") for layout in layouts)
    claims["date_format_mixed"] = (report.odd_date is not None and len(rows) == len(numbers) and odd_is_seen) or None
    return {code for code, sure in claims.items() if sure}, {code for code, sure in claims.items() if sure is False}


def _contradicts(report: Report, rows: Sequence[Row]) -> bool:
    """Whether the pages show an entry that cancels something and says that all is on plan."""
    cancelled = {progress.number for progress in report.progress if progress.is_cancelled}
    shown = [row for row in rows if row["entry_number"] in cancelled]
    return any(row["activity"] is not None and row["plan_status"] == "on_plan" for row in shown)


def _sums(header: Row, rows: Sequence[Row]) -> dict[str, bool | None]:
    spent, received = header["budget_spent_baht"], header["budget_received_baht"]
    amounts = [row["disbursed_baht"] for row in rows]
    claims: dict[str, bool | None] = {"sum_of_entries_differs": None, "spent_exceeds_received": None}
    if spent is not None and None not in amounts:
        claims["sum_of_entries_differs"] = sum(Decimal(str(a)) for a in amounts) != Decimal(str(spent))
    if spent is not None and received is not None:
        claims["spent_exceeds_received"] = Decimal(str(spent)) > Decimal(str(received))
    return claims


def _sequences(header: Row, rows: Sequence[Row]) -> dict[str, bool | None]:
    percents = [Decimal(str(row["progress_percent"])) for row in rows if row["progress_percent"] is not None]
    days = [str(row["report_date"]) for row in rows if row["report_date"] is not None]
    start, end = header["start_date"], header["end_date"]
    is_outside = any((start and day < str(start)) or (end and day > str(end)) for day in days)
    return {
        "progress_decreases": any(later < earlier for earlier, later in pairwise(percents)),
        "date_order": any(later < earlier for earlier, later in pairwise(days)),
        "date_outside_period": bool(is_outside),
    }
