"""All that the page of one document shows: its source with marks, its values, findings, and copies that differ."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Literal, NamedTuple

from pipeline.document.corrections import Correction, written
from pipeline.document.merge_copies.stage import Reading
from pipeline.document.process import trace
from pipeline.tools.differences import differing_pieces
from pipeline.tools.explain import (
    CopyReading,
    Stretch,
    readings_of_copies,
    spans_of,
    stretches_of,
    stretches_of_rows,
)
from pipeline.tools.output_tables import State, columns_of, has_pages_values, key_of_row
from pipeline.tools.review.charts import Timeline, timeline
from pipeline.tools.source_files import Found, Sources
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.unclaimed import Unclaimed

SEVERITIES = ("error", "warning", "info")
FURNITURE = "furniture"
Key = tuple[str, str, str]
"""Table, row and column of a cell."""


@dataclass(slots=True)
class ShownCell:
    """A value, where it stood, and what is known about it; the id is that of its marks in the source."""

    id: str
    table: str
    row_key: str
    column: str
    value: str
    shown: str
    """The value as a person reads it: amounts in groups of three digits."""
    evidence: tuple[Evidence, ...]
    places: tuple[Stretch, ...]
    findings: tuple[Finding, ...]
    correction: Correction | None

    def plain(self) -> dict[str, object]:
        """What the page's script shows when the value is chosen."""
        first = self.evidence[0] if self.evidence else None
        return {
            "table": self.table,
            "row_key": self.row_key,
            "column": self.column,
            "value": self.value,
            "method": first.method if first else None,
            "confidence": first.confidence if first else None,
            "copies": [first.copies_agreeing, first.copies_total] if first else [0, 0],
            "alternatives": first.alternatives if first else [],
            "places": [[one.page_number, one.line, one.raw_text] for one in self.places],
            "codes": [one.code for one in self.findings],
            "waiting": self.waiting,
        }

    @property
    def waiting(self) -> str | None:
        """The corrected value that the next run will apply."""
        if self.correction is None or self.correction.value == self.value:
            return None
        return self.correction.value

    @property
    def confidence(self) -> float | None:
        """How sure the reading is."""
        return self.evidence[0].confidence if self.evidence else None

    @property
    def method(self) -> str | None:
        """How the value came from the page."""
        return self.evidence[0].method if self.evidence else None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """The cells of a row that hold something, and those that do not."""

    row_key: str
    cells: tuple[ShownCell, ...]
    empty: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The rows of one table that belong to a project."""

    name: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownProject:
    """A project, or what the document says outside of its projects."""

    project: Project | None
    tables: tuple[ShownTable, ...]
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that copies print otherwise, side by side."""

    cell: ShownCell
    readings: tuple["ShownReading", ...]
    """Empty where the source is not there to read them from."""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the template shows."""

    document: Document
    findings: tuple[Finding, ...]
    cell_of_finding: Mapping[int, str]
    """The id of the cell that a finding is about, by the finding's place."""
    projects: tuple[ShownProject, ...]
    disagreements: tuple[Disagreement, ...]
    pages: tuple["ShownPage", ...]
    note: str
    """Why the source, or a part of it, is not shown."""
    cells: tuple[ShownCell, ...] = field(default=())

    def plain_cells(self) -> dict[str, dict[str, object]]:
        """The cells by id, for the page's script."""
        return {cell.id: cell.plain() for cell in self.cells}


def document_page(sources: Sources, document_id: str, corrections: Iterable[Correction] = ()) -> DocumentPage | None:
    """The page of a document; None where the tables have no such document."""
    state = sources.state
    documents = state.rows(Document, document_id)
    if not documents:
        return None
    document = next((row for row in documents if row.duplicate_of is None), documents[0])
    found = sources.find(document_id)
    cells = _Cells(state, document_id, found, {one.cell: one for one in corrections})
    projects = tuple(_projects(state, document, cells))
    disagreements = tuple(_disagreements(found, [cell for cell in cells.made if cell.evidence]))
    findings = tuple(sorted(cells.findings, key=lambda one: SEVERITIES.index(one.severity)))
    ids = {(cell.table, cell.row_key, cell.column): cell.id for cell in cells.made}
    of_findings = {
        place: ids[key]
        for place, one in enumerate(findings)
        if (key := (one.table_name or "", one.row_key or "", one.column_name or "")) in ids
    }
    pages = _pages(state, document_id, found, _marks(cells.made, disagreements))
    note = found.reason
    if found.text is not None and len(found.text) > MOST_SHOWN:
        note = f"the source has {len(found.text):,} characters, of which the first {MOST_SHOWN:,} are shown. {note}"
    return DocumentPage(document, findings, of_findings, projects, disagreements, pages, note, tuple(cells.made))


class _Cells:
    """Makes the cells of a document's rows, each with its evidence, findings and correction."""

    def __init__(self, state: State, document_id: str, found: Found, corrections: Mapping[Key, Correction]) -> None:
        self.text = found.text
        self.corrections = corrections
        self.numbers = count(1)
        self.made: list[ShownCell] = []
        self.findings = state.rows(Finding, document_id)
        self.told: dict[Key, list[Finding]] = {}
        for finding in self.findings:
            key = finding.table_name or "", finding.row_key or "", finding.column_name or ""
            self.told.setdefault(key, []).append(finding)
        self.evidence: dict[Key, list[Evidence]] = {}
        for row in state.rows(Evidence, document_id):
            self.evidence.setdefault((row.table_name, row.row_key, row.column_name), []).append(row)

    def row(self, row: Table) -> ShownRow:
        """The cells of a row."""
        cells = [self._cell(row, column) for column in columns_of(type(row))]
        held = [cell for cell in cells if cell.value or cell.evidence or cell.findings or cell.correction]
        return ShownRow(key_of_row(row), tuple(held), tuple(cell for cell in cells if cell not in held))

    def _cell(self, row: Table, column: str) -> ShownCell:
        model = type(row)
        key = model.table, key_of_row(row), column
        evidence = self.evidence.get(key, ())
        value = getattr(row, column)
        cell = ShownCell(
            f"c{next(self.numbers)}",
            *key,
            value=written(value),
            shown=f"{value:,}" if isinstance(value, Decimal) else written(value),
            evidence=tuple(evidence),
            places=stretches_of_rows(self.text, evidence),
            findings=tuple(self.told.get(key, ())),
            correction=self.corrections.get(key),
        )
        self.made.append(cell)
        return cell


def _projects(state: State, document: Document, cells: _Cells) -> Iterator[ShownProject]:
    """What the document says of itself, then its projects in their order."""
    document_id = document.document_id
    rows: dict[str | None, dict[str, list[Table]]] = {}
    for model in TABLES:
        if has_pages_values(model) and model is not Project:
            for row in state.rows(model, document_id):
                project_id: str | None = getattr(row, "project_id", None)
                rows.setdefault(project_id, {}).setdefault(model.table, []).append(row)
    of_itself: dict[str, list[Table]] = {Document.table: [document]}
    yield ShownProject(None, tuple(_tables(of_itself | rows.get(None, {}), cells)), None)
    for project in state.rows(Project, document_id):
        mine = rows.get(project.project_id, {})
        entries = [row for row in mine.get(ReportEntry.table, ()) if isinstance(row, ReportEntry)]
        quarters = [row for row in mine.get(QuarterlyResult.table, ()) if isinstance(row, QuarterlyResult)]
        picture = timeline(project, entries, quarters)
        header: dict[str, list[Table]] = {Project.table: [project]}
        yield ShownProject(project, tuple(_tables(header | mine, cells)), picture)


def _tables(rows: Mapping[str, Sequence[Table]], cells: _Cells) -> Iterator[ShownTable]:
    return (ShownTable(name, tuple(map(cells.row, some))) for name, some in rows.items())


def _disagreements(found: Found, cells: Sequence[ShownCell]) -> Iterator[Disagreement]:
    """The values with other readings; where the source is there, each copy's reading in its place."""
    differing = [cell for cell in cells if cell.evidence[0].alternatives and cell.evidence[0].copies_total > 1]
    traced = trace(found.source) if differing and found.source is not None else None
    for cell in differing:
        reading: Reading | None = None
        if traced is not None:
            reading = traced.rows.readings.get((cell.table, cell.row_key), {}).get(cell.column)
        if traced is None or reading is None:
            yield Disagreement(cell, ())
            continue
        is_the_same = spans_of(stretches_of(traced.blocks.document, reading.cell)) == spans_of(cell.places)
        readings = tuple(readings_of_copies(traced.blocks, reading)) if is_the_same else ()
        yield Disagreement(cell, tuple(side_by_side(cell.id, readings)))


def _marks(cells: Iterable[ShownCell], disagreements: Iterable[Disagreement]) -> Iterator["Mark"]:
    for cell in cells:
        for one in cell.evidence:
            yield Mark(one.char_start, one.char_end, cell.id)
    for disagreement in disagreements:
        for reading in disagreement.readings:
            for place in reading.copy.stretches:
                yield Mark(place.char_start, place.char_end, reading.id)


def _pages(state: State, document_id: str, found: Found, marks: Iterable["Mark"]) -> tuple["ShownPage", ...]:
    if found.text is None:
        return ()
    shades = [Shade(row.char_start, row.char_end, "unclaimed") for row in state.rows(Unclaimed, document_id)]
    shades += [
        Shade(row.char_start, row.char_end, "furniture")
        for row in state.rows(BlockRow, document_id)
        if row.block == FURNITURE
    ]
    return tuple(marked_text(found.text, state.rows(PageRow, document_id), list(marks), shades))


Kind = Literal["", "furniture", "unclaimed"]
MOST_SHOWN = 1_000_000
"""Characters of a source that a page shows; a browser takes no more with ease."""


class Mark(NamedTuple):
    """A stretch of the source that a value was read from."""

    start: int
    end: int
    place: str
    """The id of the value, or of another copy's reading."""


class Shade(NamedTuple):
    """A stretch of the source that no value was read from, and why."""

    start: int
    end: int
    kind: Kind


class Piece(NamedTuple):
    """Characters of a line that are marked alike."""

    text: str
    kind: Kind
    places: str
    """The ids of the values read from them, a blank between two."""


class ShownLine(NamedTuple):
    """A line of the source with its number in the file, from 1."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the source."""

    page: PageRow
    lines: tuple[ShownLine, ...]


def marked_text(
    text: str, pages: Sequence[PageRow], marks: Iterable[Mark], shades: Iterable[Shade]
) -> Iterator[ShownPage]:
    """Every character of the text once, in lines, on the page that it stands on."""
    separator = "\n" if text.count("\n") >= text.count("\r") else "\r"
    cuts = _Cuts(text, marks, shades)
    number = 1
    for page in pages:
        lines = []
        for start, end in _lines(text, separator, page.char_start, min(page.char_end, MOST_SHOWN)):
            lines.append(ShownLine(number, tuple(cuts.pieces(start, end))))
            number += text.endswith(separator, start, end)
        if lines:
            yield ShownPage(page, tuple(lines))


def _lines(text: str, separator: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        found = text.find(separator, start, end)
        stop = end if found < 0 else found + 1
        yield start, stop
        start = stop


class _Cuts:
    """What is marked between two neighbouring boundaries of marks and shades."""

    def __init__(self, text: str, marks: Iterable[Mark], shades: Iterable[Shade]) -> None:
        self.text = text
        self.edges: list[int] = []
        self.said: list[tuple[Kind, str]] = []
        """Of the characters from each edge to the next."""
        events: dict[int, list[tuple[bool, Mark | Shade]]] = {}
        every: list[Mark | Shade] = [*marks, *shades]
        for one in every:
            events.setdefault(one.start, []).append((True, one))
            events.setdefault(one.end, []).append((False, one))
        active: dict[Mark | Shade, None] = {}
        for edge in sorted(events):
            for begins, one in sorted(events[edge], key=lambda event: event[0]):
                if begins and one.end > edge:
                    active[one] = None
                else:
                    active.pop(one, None)
            kind: Kind = next((one.kind for one in active if isinstance(one, Shade)), "")
            places = " ".join(one.place for one in active if isinstance(one, Mark))
            self.edges.append(edge)
            self.said.append((kind, places))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The characters of a line in pieces."""
        place = bisect_left(self.edges, start + 1)
        while start < end:
            stop = min(end, self.edges[place]) if place < len(self.edges) else end
            kind, places = self.said[place - 1] if place else ("", "")
            yield Piece(self.text[start:stop], kind, places)
            start = stop
            place += 1


@dataclass(frozen=True, slots=True)
class ShownReading:
    """What a copy says, and the id of its marks."""

    id: str
    copy: CopyReading
    pieces: tuple[tuple[str, bool], ...]
    """What it prints, and which of it the taken reading, or the first other one, prints otherwise."""


def side_by_side(cell_id: str, readings: Sequence[CopyReading]) -> Iterator[ShownReading]:
    """The copies' readings, each with what differs: from the taken one, and of that from the first other one."""
    printed = [" ".join(place.raw_text for place in reading.stretches) for reading in readings]
    taken = next((said for said, reading in zip(printed, readings, strict=True) if reading.agrees), "")
    other = next((said for said, reading in zip(printed, readings, strict=True) if not reading.agrees), taken)
    for number, (said, reading) in enumerate(zip(printed, readings, strict=True), 1):
        against = other if reading.agrees else taken
        yield ShownReading(f"{cell_id}-{number}", reading, tuple(differing_pieces(said, against)))
