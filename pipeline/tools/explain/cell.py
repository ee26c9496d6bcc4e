"""One cell of a table back to the page: where it stood, what was done to the text, who says otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from pipeline.archive.corrections_file import read_corrections
from pipeline.archive.ledger import code_version
from pipeline.document.corrections import Correction
from pipeline.document.merge_copies.stage import MergedRow, Reading
from pipeline.document.process import Trace, trace
from pipeline.errors import NoRowError
from pipeline.sources.read import ID_LENGTH
from pipeline.tools.explain.cell_steps import (
    CopyReading,
    Step,
    Stretch,
    readings_of_copies,
    spans_of,
    steps_of,
    stretches_of,
    stretches_of_rows,
)
from pipeline.tools.explain.sources import Found, Sources
from pipeline.tools.explain.state import State, is_document_id
from schemas import TABLES
from schemas.base import Arrow, Table
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.findings import Finding

KEYS_SHOWN = 8
PLACES = frozenset({"document_id", "project_id", "row_key", "ordinal"})
"""Columns that say where a row belongs; no page prints them."""
CORRECTED = "corrected"
"""The method of evidence for a value that a reviewer gave."""
STATED = ("title", "issuer", "fiscal_year_be", "as_of_date")
"""The columns of a document's own row that a page prints."""


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """All that is known about one cell."""

    column: str
    description: str
    unit: str | None
    value: object
    method: str | None = None
    confidence: float | None = None
    copies_total: int = 0
    copies_agreeing: int = 0
    alternatives: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    steps: tuple[Step, ...] = ()
    copies: tuple[CopyReading, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is more to tell than that the page is silent."""
        return self.value is not None or bool(self.findings or self.steps)


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """A row's cells, and what else is said about the row."""

    source: str
    document_id: str
    table: str
    row_key: str
    cells: tuple[CellExplanation, ...]
    findings: tuple[Finding, ...]
    """About the row as a whole."""
    notes: tuple[str, ...]
    """What cannot be shown, and why."""

    def plain(self) -> dict[str, object]:
        """What a script needs."""
        cells = [
            asdict(replace(cell, findings=())) | {"findings": [one.model_dump() for one in cell.findings]}
            for cell in self.cells
        ]
        findings = [one.model_dump() for one in self.findings]
        return asdict(replace(self, cells=(), findings=())) | {"cells": cells, "findings": findings}


def has_pages_values(model: type[Table]) -> bool:
    """Whether a table's rows are made of what pages print, so that evidence names them."""
    return "row_key" in model.model_fields and not model.names_rows


def model_of(table: str) -> type[Table]:
    """The model of a table with values from pages.

    Raises:
        NoRowError: there is no such table.

    """
    named = {model.table: model for model in TABLES if model is Document or has_pages_values(model)}
    if table not in named:
        raise NoRowError(f"no table {table!r} has values from pages; there are {', '.join(named)}")
    return named[table]


def columns_of(model: type[Table]) -> list[str]:
    """The columns of a table that pages print, those aside that identify its rows."""
    if model is Document:
        return list(STATED)
    return [column for column, info in model.model_fields.items() if column not in PLACES and not info.is_required()]


def require_column(model: type[Table], column: str) -> str:
    """The column, if pages print it.

    Raises:
        NoRowError: they do not.

    """
    if column not in (known := columns_of(model)):
        raise NoRowError(f"table {model.table} has no column {column!r} from pages; there are {', '.join(known)}")
    return column


def find_row(state: State, model: type[Table], row_key: str) -> Table:
    """A row of a table by its key; that of a document is its id.

    Raises:
        NoRowError: there is none; the message lists some that there are.

    """
    document_id = row_key[:ID_LENGTH]
    rows = state.rows(model, document_id) if is_document_id(document_id) else []
    for row in rows:
        if key_of_row(row) == row_key:
            return row
    known = ", ".join(key_of_row(row) for row in rows[:KEYS_SHOWN])
    hint = f"of its document there are {known}" if known else "see the column row_key; of documents it is the id"
    raise NoRowError(f"table {model.table} has no row {row_key!r}; {hint}")


def key_of_row(row: Table) -> str:
    """What evidence and findings point to a row by."""
    return str(getattr(row, row.row_name))


def explain_row(sources: Sources, table: str, row_key: str, column: str | None = None) -> RowExplanation:
    """Explain the cells of a row about which there is something to say, or the one of a column.

    Raises:
        NoRowError: there is no such table, row or column.

    """
    state, model = sources.state, model_of(table)
    columns = [require_column(model, column)] if column else columns_of(model)
    row = find_row(state, model, row_key)
    document_id = row_key[:ID_LENGTH]
    page = _Page(sources.find(document_id), state.ledger.code)
    corrections = {one.column: one for one in read_corrections(state.out) if one.cell[:2] == (table, row_key)}
    findings = [one for one in state.rows(Finding, document_id) if (one.table_name, one.row_key) == (table, row_key)]
    evidence = [one for one in state.rows(Evidence, document_id) if (one.table_name, one.row_key) == (table, row_key)]
    readings = page.readings(table, row_key)
    cells = []
    for name in columns:
        cell = page.cell(row, name, [one for one in evidence if one.column_name == name], readings.get(name))
        cell = _with_correction(cell, corrections.get(name))
        cells.append(replace(cell, findings=tuple(one for one in findings if one.column_name == name)))
    return RowExplanation(
        source=state.rows(Document, document_id)[0].source,
        document_id=document_id,
        table=table,
        row_key=row_key,
        cells=tuple(cell for cell in cells if column or cell.says_something),
        findings=tuple(one for one in findings if one.column_name is None),
        notes=tuple(page.notes()),
    )


class _Page:
    """A document's text, and the stages that its rows went through, where they can be gone through again."""

    def __init__(self, found: Found, code: str) -> None:
        self.found = found
        self.is_other_code = code != code_version()
        self.trace: Trace | None = None if found.source is None else trace(found.source)

    def notes(self) -> Iterator[str]:
        """What cannot be shown."""
        if self.found.reason:
            held = "what evidence holds" if self.found.text is None else "the text that the run kept"
            yield f"{self.found.reason}. Shown is {held}; the steps from the page to the values are not known"
        elif self.is_other_code:
            yield "other parsers made the tables: steps are shown where today's read the same; run again for all"

    def readings(self, table: str, row_key: str) -> MergedRow:
        """What the row's cells were made of."""
        return self.trace.rows.readings.get((table, row_key), {}) if self.trace else {}

    def cell(self, row: Table, column: str, evidence: Sequence[Evidence], reading: Reading | None) -> CellExplanation:
        """All about one cell but its findings."""
        model = type(row)
        cell = CellExplanation(
            column=column,
            description=model.model_fields[column].description or "",
            unit=model.marks(column, Arrow)[-1].unit,
            value=getattr(row, column),
            stretches=stretches_of_rows(self.found.text, evidence),
        )
        if evidence:
            names = ("method", "confidence", "copies_total", "copies_agreeing")
            said = {name: getattr(evidence[0], name) for name in names}
            cell = replace(cell, alternatives=tuple(evidence[0].alternatives), **said)
        return cell if reading is None or self.trace is None else _with_steps(cell, reading, self.trace)


def _with_correction(cell: CellExplanation, correction: Correction | None) -> CellExplanation:
    """The cell with what a reviewer said of it, be it applied or waiting for the next run."""
    if correction is None:
        return cell
    what = "correction" if cell.method == CORRECTED else "waiting"
    step = Step(what, correction.by, correction.printed, correction.value or None, correction.why)
    return replace(cell, steps=(*cell.steps, step))


def _with_steps(cell: CellExplanation, reading: Reading, traced: Trace) -> CellExplanation:
    """The cell with the steps that led to it, unless today's parsers read it at another place."""
    document = traced.blocks.document
    here = stretches_of(document, reading.cell)
    if cell.stretches and spans_of(here) != spans_of(cell.stretches):
        return cell
    return replace(
        cell,
        stretches=here,
        steps=tuple(steps_of(document, reading.cell)) if reading.cell.spans else (),
        copies=tuple(readings_of_copies(traced.blocks, reading)) if reading.others else (),
    )
