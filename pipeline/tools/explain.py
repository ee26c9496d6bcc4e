"""One cell of a table back to the page, one document back to its form: where it stood, what was done, who differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from normalizers.fixes import FIXES
from normalizers.word_fixes import WORD_FIXES
from pipeline.archive.corrections_file import read_corrections
from pipeline.archive.ledger import code_version
from pipeline.document.classify import Score, classify, scores
from pipeline.document.corrections import Correction
from pipeline.document.lines import line_number
from pipeline.document.merge_copies.align import reading_key
from pipeline.document.merge_copies.stage import MergedRow, Reading
from pipeline.document.paginate import paginate
from pipeline.document.process import Trace, trace
from pipeline.document.repair import repair
from pipeline.model import Cell, Edit, Pages, Region, SplitDocument
from pipeline.sources.read import ID_LENGTH, read
from pipeline.tools.output_tables import columns_of, find_row, model_of, require_column
from pipeline.tools.source_files import Found, Sources
from schemas.base import Arrow, Choice, Normalizer, Table
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.findings import Finding

CORRECTED = "corrected"
"""The method of evidence for a value that a reviewer gave."""


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
    stretches: tuple["Stretch", ...] = ()
    steps: tuple["Step", ...] = ()
    copies: tuple["CopyReading", ...] = ()
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
    step = Step(what, correction.by, correction.read_value, correction.value or None, correction.why)
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


AROUND = 80
"""Characters of the line before and behind a value that are shown as its context."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place in the source text, with what stands around it on its line; no line where the text is not there."""

    page_number: int
    char_start: int
    char_end: int
    raw_text: str
    line: int | None = None
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: a `fix`, the `label` found, a `normalizer`, a `correction`, or one that is `waiting`."""

    what: str
    name: str
    before: str
    after: str | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CopyReading:
    """What one copy of the report says, and where; None where it cannot be read."""

    copy_number: int
    value: object
    agrees: bool
    stretches: tuple[Stretch, ...]


def stretch(text: str | None, page_number: int, start: int, end: int, raw_text: str) -> Stretch:
    """A place with its line and context, as far as the text is there.

    >>> stretch("ก\\nรหัส : 12 ข", 1, 9, 11, "12")
    Stretch(page_number=1, char_start=9, char_end=11, raw_text='12', line=2, before='รหัส : ', behind=' ข')
    """
    if text is None or text[start:end] != raw_text:
        return Stretch(page_number, start, end, raw_text)
    line = line_number(text, start)
    before = text[max(0, start - AROUND) : start].replace("\r", "\n").rpartition("\n")[2]
    behind = text[end : end + AROUND].replace("\r", "\n").partition("\n")[0]
    return Stretch(page_number, start, end, raw_text, line, before, behind)


def steps_of(document: Pages, cell: Cell) -> Iterator[Step]:
    """The fixes inside a value, the label that it stands behind, and how it was read."""
    repaired = document.repaired
    edits: dict[Edit, None] = {edit: None for span in cell.spans for edit in repaired.edits_in(*span)}
    for edit in edits:
        damaged = repaired.source[edit.source_start : edit.source_end]
        mended = repaired.text[edit.repaired_start : edit.repaired_end]
        meaning = " ".join(_meaning_of_fix().get(name, "") for name in edit.fixes)
        yield Step("fix", ", ".join(edit.fixes), damaged, mended, meaning)
    if cell.label:
        yield Step("label", cell.label, "", meaning=f"{cell.score:.0f} of 100 alike to what is printed")
    after = None if cell.value is None else str(cell.value)
    if cell.is_inferred:
        yield Step("normalizer", "inferred", cell.raw, after, "The text does not print it but implies it.")
    elif cell.model.marks(cell.column, Choice):
        yield Step("normalizer", "choice", cell.raw, after, "One of a few printed phrases.")
    elif normalizers := cell.model.marks(cell.column, Normalizer):
        read = normalizers[-1].read
        yield Step("normalizer", f"{read.__module__}.{read.__name__}", cell.raw, after, _first_line(read.__doc__))
    else:
        yield Step("normalizer", "its place", cell.raw, after, "A number or marker in front of what it belongs to.")


def readings_of_copies(blocks: SplitDocument, reading: Reading) -> Iterator[CopyReading]:
    """What each copy prints for a value, the one that won among them, in the order of the text."""
    numbers = {copy.index: copy.number for copy in blocks.copies}
    won = reading_key(reading.cell.value)
    for cell in sorted((reading.cell, *reading.others), key=lambda cell: (cell.copy, cell.spans)):
        agrees = cell.value is not None and reading_key(cell.value) == won
        yield CopyReading(numbers[cell.copy], cell.value, agrees, stretches_of(blocks.document, cell))


def stretches_of(document: Pages, cell: Cell) -> tuple[Stretch, ...]:
    """Where a copy's value stands in the source."""
    text = document.source.text
    places = [(document.page_at(span[0]), *document.repaired.to_source(*span)) for span in cell.spans]
    return tuple(stretch(text, page, start, end, text[start:end]) for page, start, end in places)


def stretches_of_rows(text: str | None, evidence: Iterable[Evidence]) -> tuple[Stretch, ...]:
    """Where evidence says that a value stands."""
    return tuple(stretch(text, one.page_number, one.char_start, one.char_end, one.raw_text) for one in evidence)


def spans_of(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """The bare places."""
    return [(one.char_start, one.char_end) for one in stretches]


@cache
def _meaning_of_fix() -> dict[str, str]:
    """What each fix does, in the first line of its docstring."""
    said = {fix.name: _first_line(fix.replace.__doc__) for fix in FIXES}
    return said | {fix.name: _first_line(fix.readings.__doc__) for fix in WORD_FIXES}


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The regions of a document, each on one form, and how well every form fits."""

    source: str
    regions: tuple[Region, ...]
    scores: tuple[Score, ...]

    def plain(self) -> dict[str, object]:
        """What a script needs."""
        return {
            "source": self.source,
            "regions": [
                {"form": region.form.name, "first_page": region.pages[0].number, "last_page": region.pages[-1].number}
                for region in self.regions
            ],
            "scores": [_plain(score) for score in self.scores],
        }


def explain(path: Path) -> Explanation:
    """Read a document as far as its forms; a `DocumentError` where it cannot be read."""
    source = read(path, name=path.name)
    document = paginate(source, repair(source.text))
    return Explanation(source.name, classify(document), scores(document))


def why(score: Score) -> str:
    """In a sentence why a form claims a document, or not.

    Blocks whose openers have no words of their own, such as a cover, count for nothing here.
    """
    if score.titles:
        return f"its title stands {score.titles} times" if score.titles > 1 else "its title stands once"
    said = f"{len(score.blocks)} of {len(score.worded)} blocks, {score.share:.0%}; {score.form.least_blocks:.0%} needed"
    if score.claims or score.share < score.form.least_blocks:
        return said
    return f"{said}, but none of {', '.join(score.form.mentions)} is mentioned"


def in_order(names: frozenset[str], score: Score) -> Sequence[str]:
    """Blocks in the order of the form."""
    return [block.name for block in score.form.blocks if block.name in names]


def _plain(score: Score) -> dict[str, object]:
    return {
        "form": score.form.name,
        "claims": score.claims,
        "titles": score.titles,
        "share_of_blocks": round(score.share, 4),
        "least_share": score.form.least_blocks,
        "is_mentioned": score.is_mentioned,
        "found": in_order(score.blocks, score),
        "missing": in_order(score.worded - score.blocks, score),
        "why": why(score),
    }
