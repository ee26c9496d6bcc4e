"""Everything on the page of one document: its source with marks, its values, findings, and copies that differ."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Literal, NamedTuple

from pipeline.document.corrections import Correction, written
from pipeline.document.merge_copies import MergedRow
from pipeline.document.process import process
from pipeline.tools.differences import differing_pieces
from pipeline.tools.explain import CopyValue, QuotedSpan, quoted_evidence, quoted_spans, spans_of, values_of_copies
from pipeline.tools.output_tables import RunTables, columns_of, has_page_values, key_of_row
from pipeline.tools.review.charts import Timeline, timeline
from pipeline.tools.source_files import SourceFiles, SourceText
from schemas import TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult
from schemas.report_entries import ReportEntry
from schemas.unclaimed import Unclaimed

SEVERITIES = ("error", "warning", "info")
FURNITURE = "furniture"
MAX_SHOWN = 1_000_000
"""Characters of a source that a page shows; browsers are slow with more."""

CellKey = tuple[str, str, str]
"""Table, row key and column of a cell."""
ShadeKind = Literal["", "furniture", "unclaimed"]


class ValueMark(NamedTuple):
    """A span of the source that a value was read from; the id is that of the value, or of another copy's value."""

    start: int
    end: int
    id: str


class ShadedSpan(NamedTuple):
    """A span of the source that no value was read from, and why."""

    start: int
    end: int
    kind: ShadeKind


class MarkedPiece(NamedTuple):
    """Characters of a line with the same marks; `ids` are those of the values read from them, separated by blanks."""

    text: str
    kind: ShadeKind
    ids: str


class ShownLine(NamedTuple):
    """A line of the source with its number in the file, from 1."""

    number: int
    pieces: tuple[MarkedPiece, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the source."""

    page: PageRow
    lines: tuple[ShownLine, ...]


@dataclass(slots=True)
class ShownCell:
    """A value, where it was read, and what is known about it; the id is that of its marks in the source."""

    id: str
    table: str
    row_key: str
    column: str
    value: str
    shown: str
    """The value for people: amounts in groups of three digits."""
    evidence: tuple[Evidence, ...]
    spans: tuple[QuotedSpan, ...]
    findings: tuple[Finding, ...]
    correction: Correction | None

    def plain(self) -> dict[str, object]:
        """What the script of the page shows when the value is chosen."""
        first = self.evidence[0] if self.evidence else None
        return {
            "table": self.table,
            "row_key": self.row_key,
            "column": self.column,
            "value": self.value,
            "method": self.method,
            "confidence": self.confidence,
            "copies": [first.copies_agreeing, first.copies_total] if first else [0, 0],
            "alternatives": first.alternatives if first else [],
            "spans": [[span.page_number, span.line, span.raw_text] for span in self.spans],
            "codes": [finding.code for finding in self.findings],
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
        """How likely the value is right."""
        return self.evidence[0].confidence if self.evidence else None

    @property
    def method(self) -> str | None:
        """How the value was read."""
        return self.evidence[0].method if self.evidence else None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """The cells of a row with something to show, and the empty ones."""

    row_key: str
    cells: tuple[ShownCell, ...]
    empty: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownProject:
    """A project, or the values of a document outside of its projects."""

    project: Project | None
    tables: Mapping[str, tuple[ShownRow, ...]]
    """The rows that belong to it, by table."""
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class ShownReading:
    """The value in a copy, the id of its marks, and its raw text in pieces, each with whether it differs."""

    id: str
    copy: CopyValue
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that copies print differently; without `readings` if the source is missing."""

    cell: ShownCell
    readings: tuple[ShownReading, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the template shows."""

    document: DocumentRow
    findings: tuple[Finding, ...]
    cell_of_finding: Mapping[int, str]
    """The id of the cell that a finding is about, by the index of the finding."""
    projects: tuple[ShownProject, ...]
    disagreements: tuple[Disagreement, ...]
    pages: tuple[ShownPage, ...]
    note: str
    """Why the source, or a part of it, is not shown."""
    cells: tuple[ShownCell, ...]

    def plain_cells(self) -> dict[str, dict[str, object]]:
        """The cells by id, for the script of the page."""
        return {cell.id: cell.plain() for cell in self.cells}


def document_page(
    sources: SourceFiles, document_id: str, corrections: Iterable[Correction] = ()
) -> DocumentPage | None:
    """The page of a document; None if the tables have no such document."""
    run = sources.run
    documents = run.rows(DocumentRow, document_id)
    if not documents:
        return None
    document = next((row for row in documents if row.duplicate_of is None), documents[0])
    source = sources.find(document_id)
    cells = _CellBuilder(run, document_id, source, {one.cell: one for one in corrections})
    projects = tuple(_projects(run, document, cells))
    disagreements = tuple(_disagreements(source, [cell for cell in cells.built if cell.evidence]))
    findings = tuple(sorted(cells.findings, key=lambda finding: SEVERITIES.index(finding.severity)))
    ids = {(cell.table, cell.row_key, cell.column): cell.id for cell in cells.built}
    cell_of_finding = {index: ids[key] for index, one in enumerate(findings) if (key := _cell_of(one)) in ids}
    pages = _pages(run, document_id, source, _marks(cells.built, disagreements))
    note = source.reason
    if source.text is not None and len(source.text) > MAX_SHOWN:
        note = f"Of the {len(source.text):,} characters of the source the first {MAX_SHOWN:,} are shown. {note}"
    return DocumentPage(document, findings, cell_of_finding, projects, disagreements, pages, note, tuple(cells.built))


def _cell_of(finding: Finding) -> CellKey:
    return finding.table_name or "", finding.row_key or "", finding.column_name or ""


class _CellBuilder:
    """Builds the cells of a document's rows, each with its evidence, findings and correction."""

    def __init__(
        self, run: RunTables, document_id: str, source: SourceText, corrections: Mapping[CellKey, Correction]
    ) -> None:
        self.text = source.text
        self.corrections = corrections
        self.numbers = count(1)
        self.built: list[ShownCell] = []
        self.findings = run.rows(Finding, document_id)
        self.findings_of: dict[CellKey, list[Finding]] = {}
        for finding in self.findings:
            self.findings_of.setdefault(_cell_of(finding), []).append(finding)
        self.evidence: dict[CellKey, list[Evidence]] = {}
        for row in run.rows(Evidence, document_id):
            self.evidence.setdefault((row.table_name, row.row_key, row.column_name), []).append(row)

    def row(self, row: Table) -> ShownRow:
        """The cells of a row."""
        cells = [self._cell(row, column) for column in columns_of(type(row))]
        filled = [cell for cell in cells if cell.value or cell.evidence or cell.findings or cell.correction]
        return ShownRow(key_of_row(row), tuple(filled), tuple(cell for cell in cells if cell not in filled))

    def _cell(self, row: Table, column: str) -> ShownCell:
        key = type(row).table, key_of_row(row), column
        evidence = self.evidence.get(key, ())
        value = getattr(row, column)
        cell = ShownCell(
            f"c{next(self.numbers)}",
            *key,
            value=written(value),
            shown=f"{value:,}" if isinstance(value, Decimal) else written(value),
            evidence=tuple(evidence),
            spans=quoted_evidence(self.text, evidence),
            findings=tuple(self.findings_of.get(key, ())),
            correction=self.corrections.get(key),
        )
        self.built.append(cell)
        return cell


def _projects(run: RunTables, document: DocumentRow, cells: _CellBuilder) -> Iterator[ShownProject]:
    """The values of the document itself, then its projects in order."""
    document_id = document.document_id
    rows: dict[str | None, dict[str, list[Table]]] = {}
    for model in TABLES:
        if has_page_values(model) and model is not Project:
            for row in run.rows(model, document_id):
                project_id: str | None = getattr(row, "project_id", None)
                rows.setdefault(project_id, {}).setdefault(model.table, []).append(row)
    own_rows: dict[str, list[Table]] = {DocumentRow.table: [document]}
    yield ShownProject(None, _tables(own_rows | rows.get(None, {}), cells), None)
    for project in run.rows(Project, document_id):
        of_project = rows.get(project.project_id, {})
        entries = [row for row in of_project.get(ReportEntry.table, ()) if isinstance(row, ReportEntry)]
        quarters = [row for row in of_project.get(QuarterlyResult.table, ()) if isinstance(row, QuarterlyResult)]
        chart = timeline(project, entries, quarters)
        header: dict[str, list[Table]] = {Project.table: [project]}
        yield ShownProject(project, _tables(header | of_project, cells), chart)


def _tables(rows: Mapping[str, Sequence[Table]], cells: _CellBuilder) -> dict[str, tuple[ShownRow, ...]]:
    return {name: tuple(map(cells.row, of_table)) for name, of_table in rows.items()}


def _disagreements(source: SourceText, cells: Sequence[ShownCell]) -> Iterator[Disagreement]:
    """The values with other readings; with the reading of each copy if the source is there."""
    differing = [cell for cell in cells if cell.evidence[0].alternatives and cell.evidence[0].copies_total > 1]
    rows = process(source.source) if differing and source.source is not None else None
    blocks = rows.blocks if rows else None
    for cell in differing:
        reading = rows.readings.get((cell.table, cell.row_key), MergedRow()).get(cell.column) if rows else None
        if blocks is None or reading is None:
            yield Disagreement(cell, ())
            continue
        is_same_span = spans_of(quoted_spans(blocks.document, reading.cell)) == spans_of(cell.spans)
        values = tuple(values_of_copies(blocks, reading)) if is_same_span else ()
        yield Disagreement(cell, tuple(_side_by_side(cell.id, values)))


def _side_by_side(cell_id: str, values: Sequence[CopyValue]) -> Iterator[ShownReading]:
    """The copies' raw texts with their differences: from the chosen one, and of that from the first other one."""
    texts = [" ".join(span.raw_text for span in value.stretches) for value in values]
    chosen = next((text for text, value in zip(texts, values, strict=True) if value.agrees), "")
    other = next((text for text, value in zip(texts, values, strict=True) if not value.agrees), chosen)
    for number, (text, value) in enumerate(zip(texts, values, strict=True), 1):
        pieces = differing_pieces(text, other if value.agrees else chosen)
        yield ShownReading(f"{cell_id}-{number}", value, tuple(pieces))


def _marks(cells: Iterable[ShownCell], disagreements: Iterable[Disagreement]) -> Iterator[ValueMark]:
    for cell in cells:
        for row in cell.evidence:
            yield ValueMark(row.char_start, row.char_end, cell.id)
    for disagreement in disagreements:
        for reading in disagreement.readings:
            for span in reading.copy.stretches:
                yield ValueMark(span.char_start, span.char_end, reading.id)


def _pages(run: RunTables, document_id: str, source: SourceText, marks: Iterable[ValueMark]) -> tuple[ShownPage, ...]:
    if source.text is None:
        return ()
    shades = [ShadedSpan(row.char_start, row.char_end, "unclaimed") for row in run.rows(Unclaimed, document_id)]
    shades += [
        ShadedSpan(row.char_start, row.char_end, "furniture")
        for row in run.rows(BlockRow, document_id)
        if row.block == FURNITURE
    ]
    return tuple(marked_text(source.text, run.rows(PageRow, document_id), list(marks), shades))


def marked_text(
    text: str, pages: Sequence[PageRow], marks: Iterable[ValueMark], shades: Iterable[ShadedSpan]
) -> Iterator[ShownPage]:
    """Every character of the text once, in lines, on its page."""
    separator = "\n" if text.count("\n") >= text.count("\r") else "\r"
    printed = re.compile(f"[^{separator}]*+{separator}|[^{separator}]++")
    cuts = _MarkCuts(text, marks, shades)
    number = 1
    for page in pages:
        lines = []
        for line in printed.finditer(text, page.char_start, min(page.char_end, MAX_SHOWN)):
            lines.append(ShownLine(number, tuple(cuts.pieces(*line.span()))))
            number += line[0].endswith(separator)
        if lines:
            yield ShownPage(page, tuple(lines))


class _MarkCuts:
    """What is marked between two neighbouring boundaries of marks and shades."""

    def __init__(self, text: str, marks: Iterable[ValueMark], shades: Iterable[ShadedSpan]) -> None:
        self.text = text
        self.edges: list[int] = []
        self.kinds_and_ids: list[tuple[ShadeKind, str]] = []
        """Of the characters from each edge to the next."""
        events: dict[int, list[tuple[bool, ValueMark | ShadedSpan]]] = {}
        spans: list[ValueMark | ShadedSpan] = [*marks, *shades]
        for span in spans:
            events.setdefault(span.start, []).append((True, span))
            events.setdefault(span.end, []).append((False, span))
        active: dict[ValueMark | ShadedSpan, None] = {}
        for edge in sorted(events):
            for begins, span in sorted(events[edge], key=lambda event: event[0]):
                if begins and span.end > edge:
                    active[span] = None
                else:
                    active.pop(span, None)
            kind: ShadeKind = next((span.kind for span in active if isinstance(span, ShadedSpan)), "")
            self.edges.append(edge)
            self.kinds_and_ids.append((kind, " ".join(span.id for span in active if isinstance(span, ValueMark))))

    def pieces(self, start: int, end: int) -> Iterator[MarkedPiece]:
        """The characters of a line in pieces."""
        index = bisect_left(self.edges, start + 1)
        while start < end:
            stop = min(end, self.edges[index]) if index < len(self.edges) else end
            kind, ids = self.kinds_and_ids[index - 1] if index else ("", "")
            yield MarkedPiece(self.text[start:stop], kind, ids)
            start = stop
            index += 1
