"""Explain one value of a table by its page, or one document by its form."""

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
from pipeline.document.merge_copies import Consensus, MergedRow
from pipeline.document.merge_copies.alignment import reading_key
from pipeline.document.paginate import paginate
from pipeline.document.process import process, repaired_text
from pipeline.document.rows import Rows
from pipeline.document.scan import scan
from pipeline.model import Cell, Edit, LineNumbers, Pages, Region, SplitDocument
from pipeline.sources.read import ID_LENGTH, read
from pipeline.tools.output_tables import columns_of, find_row, model_of, require_column
from pipeline.tools.source_files import SourceFiles, SourceText
from schemas.base import Arrow, Choice, Normalizer, Table
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import Finding

CORRECTED = "corrected"
"""The method of evidence for a corrected value."""


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """Everything known about one cell."""

    column: str
    description: str
    unit: str | None
    value: object
    method: str | None = None
    confidence: float | None = None
    copies_total: int = 0
    copies_agreeing: int = 0
    alternatives: tuple[str, ...] = ()
    stretches: tuple["QuotedSpan", ...] = ()
    steps: tuple["ExplainStep", ...] = ()
    copies: tuple["CopyValue", ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def has_information(self) -> bool:
        """Whether there is more to show than that the page prints nothing."""
        return self.value is not None or bool(self.findings or self.steps)


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """A row's cells, and what is known about the row."""

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
        """The row as JSON."""
        cells = [
            asdict(replace(cell, findings=())) | {"findings": [one.model_dump() for one in cell.findings]}
            for cell in self.cells
        ]
        findings = [one.model_dump() for one in self.findings]
        return asdict(replace(self, cells=(), findings=())) | {"cells": cells, "findings": findings}


def explain_row(sources: SourceFiles, table: str, row_key: str, column: str | None = None) -> RowExplanation:
    """Explain the cells of a row about which something is known, or the cell of one column.

    Raises:
        NoRowError: there is no such table, row or column.

    """
    run, model = sources.run, model_of(table)
    columns = [require_column(model, column)] if column else columns_of(model)
    row = find_row(run, model, row_key)
    document_id = row_key[:ID_LENGTH]
    document = _TracedDocument(sources.find(document_id), run.ledger.code)
    corrections = {one.column: one for one in read_corrections(run.out) if one.cell[:2] == (table, row_key)}
    findings = [one for one in run.rows(Finding, document_id) if (one.table_name, one.row_key) == (table, row_key)]
    evidence = [one for one in run.rows(Evidence, document_id) if (one.table_name, one.row_key) == (table, row_key)]
    readings = document.readings(table, row_key)
    cells = []
    for name in columns:
        cell = document.cell(row, name, [one for one in evidence if one.column_name == name], readings.get(name))
        cell = _with_correction(cell, corrections.get(name))
        cells.append(replace(cell, findings=tuple(one for one in findings if one.column_name == name)))
    return RowExplanation(
        source=run.rows(DocumentRow, document_id)[0].source,
        document_id=document_id,
        table=table,
        row_key=row_key,
        cells=tuple(cell for cell in cells if column or cell.has_information),
        findings=tuple(one for one in findings if one.column_name is None),
        notes=tuple(document.notes()),
    )


class _TracedDocument:
    """A document, taken through all stages again if its file is still there."""

    def __init__(self, file: SourceText, code: str) -> None:
        self.file = file
        self.is_other_code = code != code_version()
        self.rows: Rows | None = None if file.source is None else process(file.source)

    def notes(self) -> Iterator[str]:
        """What cannot be shown."""
        if self.file.reason:
            shown = "the quotes in evidence" if self.file.text is None else "the text that the run kept"
            yield f"{self.file.reason}. Shown are only {shown}; the steps from the page to the values are not known"
        elif self.is_other_code:
            yield "the parsers have changed since the run; steps are shown only where they still read the same"

    def readings(self, table: str, row_key: str) -> MergedRow:
        """What the row's cells were made of."""
        return self.rows.readings.get((table, row_key)) or MergedRow() if self.rows else MergedRow()

    def cell(self, row: Table, column: str, evidence: Sequence[Evidence], reading: Consensus | None) -> CellExplanation:
        """Everything about one cell but its findings."""
        model = type(row)
        cell = CellExplanation(
            column=column,
            description=model.model_fields[column].description or "",
            unit=model.marks(column, Arrow)[-1].unit,
            value=getattr(row, column),
            stretches=quoted_evidence(self.file.text, evidence),
        )
        if evidence:
            names = ("method", "confidence", "copies_total", "copies_agreeing")
            shared = {name: getattr(evidence[0], name) for name in names}
            cell = replace(cell, alternatives=tuple(evidence[0].alternatives), **shared)
        blocks = self.rows.blocks if self.rows else None
        return cell if reading is None or blocks is None else _with_steps(cell, reading, blocks)


def _with_correction(cell: CellExplanation, correction: Correction | None) -> CellExplanation:
    """The cell with its correction, applied or not."""
    if correction is None:
        return cell
    what = "correction" if cell.method == CORRECTED else "waiting"
    step = ExplainStep(what, correction.by, correction.read_value, correction.value or None, correction.why)
    return replace(cell, steps=(*cell.steps, step))


def _with_steps(cell: CellExplanation, reading: Consensus, blocks: SplitDocument) -> CellExplanation:
    """The cell with the steps that led to it, unless today's parsers read it elsewhere."""
    document = blocks.document
    stretches = quoted_spans(document, reading.cell)
    if cell.stretches and spans_of(stretches) != spans_of(cell.stretches):
        return cell
    return replace(
        cell,
        stretches=stretches,
        steps=tuple(steps_of(document, reading.cell)) if reading.cell.field.spans else (),
        copies=tuple(values_of_copies(blocks, reading)) if reading.others else (),
    )


CONTEXT = 80
"""Characters of the line before and after a value that are shown."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span of the source text with its line; without `line` if the text is not there."""

    page_number: int
    char_start: int
    char_end: int
    raw_text: str
    line: int | None = None
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class ExplainStep:
    """A step to the value: a `fix`, the `label`, a `normalizer`, a `correction`, or a correction still `waiting`."""

    what: str
    name: str
    before: str
    after: str | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CopyValue:
    """The value in one copy of the report and where it is; None if it cannot be read."""

    copy_number: int
    value: object
    agrees: bool
    stretches: tuple[QuotedSpan, ...]


def quote(text: str | None, page_number: int, start: int, end: int, raw_text: str) -> QuotedSpan:
    """A span with its line and context, if the text is there.

    >>> quote("ก\\nรหัส : 12 ข", 1, 9, 11, "12")
    QuotedSpan(page_number=1, char_start=9, char_end=11, raw_text='12', line=2, before='รหัส : ', behind=' ข')
    """
    if text is None or text[start:end] != raw_text:
        return QuotedSpan(page_number, start, end, raw_text)
    line = LineNumbers(text).at(start)
    before = text[max(0, start - CONTEXT) : start].replace("\r", "\n").rpartition("\n")[2]
    behind = text[end : end + CONTEXT].replace("\r", "\n").partition("\n")[0]
    return QuotedSpan(page_number, start, end, raw_text, line, before, behind)


def steps_of(document: Pages, cell: Cell) -> Iterator[ExplainStep]:
    """The fixes inside a value, the label before it, and how it was read."""
    repaired = document.repaired
    edits: dict[Edit, None] = {edit: None for span in cell.field.spans for edit in repaired.edits_in(*span)}
    for edit in edits:
        damaged = repaired.source[edit.source_start : edit.source_end]
        mended = repaired.text[edit.repaired_start : edit.repaired_end]
        meaning = " ".join(_meaning_of_fix().get(name, "") for name in edit.fixes)
        yield ExplainStep("fix", ", ".join(edit.fixes), damaged, mended, meaning)
    if cell.field.label:
        yield ExplainStep(
            "label", cell.field.label, "", meaning=f"{cell.field.score:.0f} of 100 similar to the printed label"
        )
    if cell.field.is_inferred:
        name, meaning = "inferred", "The text implies it but does not print it."
    elif cell.field.model.marks(cell.field.column, Choice):
        name, meaning = "choice", "One of a few printed phrases."
    elif normalizers := cell.field.model.marks(cell.field.column, Normalizer):
        read = normalizers[-1].read
        name, meaning = f"{read.__module__}.{read.__name__}", _first_line(read.__doc__)
    else:
        name, meaning = "position", "A number or marker before the text that it belongs to."
    after = None if cell.value is None else str(cell.value)
    yield ExplainStep("normalizer", name, cell.field.raw, after, meaning)


def values_of_copies(blocks: SplitDocument, reading: Consensus) -> Iterator[CopyValue]:
    """What each copy has for a value, the chosen one included, in the order of the text."""
    numbers = {copy.index: copy.number for copy in blocks.copies}
    won = reading_key(reading.cell.value)
    for cell in sorted((reading.cell, *reading.others), key=lambda cell: (cell.field.copy, cell.field.spans)):
        agrees = cell.value is not None and reading_key(cell.value) == won
        yield CopyValue(numbers[cell.field.copy], cell.value, agrees, quoted_spans(blocks.document, cell))


def quoted_spans(document: Pages, cell: Cell) -> tuple[QuotedSpan, ...]:
    """Where a copy's value is in the source."""
    text = document.source.text
    spans = [document.locator.locate(*span) for span in cell.field.spans]
    return tuple(quote(text, at.page_number, at.start, at.end, text[at.start : at.end]) for at in spans)


def quoted_evidence(text: str | None, evidence: Iterable[Evidence]) -> tuple[QuotedSpan, ...]:
    """Where evidence says that a value is."""
    return tuple(quote(text, one.page_number, one.char_start, one.char_end, one.raw_text) for one in evidence)


def spans_of(stretches: Sequence[QuotedSpan]) -> list[tuple[int, int]]:
    """Only start and end of each span."""
    return [(one.char_start, one.char_end) for one in stretches]


@cache
def _meaning_of_fix() -> dict[str, str]:
    """What each fix does, from the first line of its docstring."""
    meanings = {fix.name: _first_line(fix.replace.__doc__) for fix in FIXES}
    return meanings | {fix.name: _first_line(fix.readings.__doc__) for fix in WORD_FIXES}


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]


@dataclass(frozen=True, slots=True)
class FormExplanation:
    """The regions of a document, each on one form, and how well every form fits."""

    source: str
    regions: tuple[Region, ...]
    scores: tuple[Score, ...]

    def plain(self) -> dict[str, object]:
        """The explanation as JSON."""
        return {
            "source": self.source,
            "regions": [
                {"form": region.form.name, "first_page": region.pages[0].number, "last_page": region.pages[-1].number}
                for region in self.regions
            ],
            "scores": [_plain(score) for score in self.scores],
        }


def explain_form(path: Path) -> FormExplanation:
    """Read a document and recognize its forms.

    Raises:
        DocumentError: it cannot be read.

    """
    source = read(path, name=path.name)
    matches = scan(paginate(source, repaired_text(source)))
    return FormExplanation(source.name, classify(matches), scores(matches))


def reason(score: Score) -> str:
    """Why a form claims a document, or not.

    Blocks that have no heading words of their own, such as a cover, do not count.
    """
    if score.titles:
        return f"its title occurs {score.titles} times" if score.titles > 1 else "its title occurs once"
    text = f"{len(score.blocks)} of {len(score.worded)} blocks, {score.share:.0%}; {score.form.least_blocks:.0%} needed"
    if score.claims or score.share < score.form.least_blocks:
        return text
    return f"{text}, but none of {', '.join(score.form.keywords)} is mentioned"


def block_names(names: frozenset[str], score: Score) -> Sequence[str]:
    """Names of blocks in the order of the form."""
    return [block.name for block in score.form.blocks if block.name in names]


def _plain(score: Score) -> dict[str, object]:
    return {
        "form": score.form.name,
        "claims": score.claims,
        "titles": score.titles,
        "share_of_blocks": round(score.share, 4),
        "least_share": score.form.least_blocks,
        "is_mentioned": score.has_keyword,
        "found": block_names(score.blocks, score),
        "missing": block_names(score.worded - score.blocks, score),
        "why": reason(score),
    }
