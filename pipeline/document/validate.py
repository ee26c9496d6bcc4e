"""Cells to rows: every value through its table's model, with its evidence and whatever looks wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from pipeline.document.build_rows.accounting import account, block_rows, coverage, unclaimed_rows
from pipeline.document.build_rows.evidence import COLUMNS, evidence_rows
from pipeline.document.build_rows.findings import Findings
from pipeline.document.build_rows.keys import check_keys
from pipeline.document.build_rows.plain_rows import Plain, PlainRows
from pipeline.document.check.checks import check
from pipeline.document.check.document_checks import check_document
from pipeline.document.check.summary import check_summary
from pipeline.document.corrections import Correction, Keys, correct, left_over
from pipeline.document.matches import Matches
from pipeline.document.merge_copies.stage import MergedProject, MergedRow
from pipeline.model import Issue, SplitDocument
from schemas import TABLES
from schemas.base import Table, Values, columns_of
from schemas.blocks import BlockRow
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.texts import Text
from schemas.unclaimed import Unclaimed

try:
    PARSER_VERSION = version("raingan")
except PackageNotFoundError:
    PARSER_VERSION = "0"


Tables = dict[type[Table], dict[tuple[object, ...], MergedRow]]
"""The rows of each table by what identified them."""


@dataclass(slots=True)
class Rows:
    """The rows of one document by table, and the counts that a run sums up."""

    by_table: dict[type[Table], list[Table] | PlainRows[Table]] = field(
        default_factory=lambda: {table: [] for table in TABLES}
    )
    matches: Matches = field(default_factory=dict)
    """How often each declared heading, label and fix matched."""

    readings: dict[tuple[str, str], MergedRow] = field(default_factory=dict)
    """What each row was made of, by its table and key."""

    def add(self, row: Table) -> None:
        """Put a row in its table."""
        self.by_table[type(row)].append(row)

    @property
    def document(self) -> Document:
        """The one row of the table of documents."""
        row = self.by_table[Document][0]
        if not isinstance(row, Document):
            raise TypeError(row)
        return row


def validate(
    document: SplitDocument,
    projects: Sequence[MergedProject],
    notes: Sequence[Issue],
    corrections: Sequence[Correction] = (),
) -> Rows:
    """All rows of a document, with what reviewers corrected."""
    rows, findings = Rows(), Findings(document.document)
    stretches = account(document)
    written = _write_projects(document, projects, corrections, rows, findings)
    projects = written.projects
    of_document, known, told = _of_document(document, projects, corrections)
    unknown = left_over(corrections, [*written.known, *known])
    only = next(iter(written.project_of_copy.values()), None) if len(projects) == 1 else None
    for note in [*notes, *_summaries(document, projects), *check_document(document), *told, *unknown]:
        keys = written.keys_of_copy.get(note.copy or 0, {})
        project_id = written.project_of_copy.get(note.copy or 0, only)
        findings.add(note, project_id=project_id, row_key=keys.get((note.table, note.row)))
    source = document.document.source
    written.evidence += evidence_rows(document.document, Document.table, source.document_id, of_document)
    rows.by_table |= {
        PageRow: list(_page_rows(document)),
        BlockRow: block_rows(document, stretches, written.project_of_copy),
        Unclaimed: unclaimed_rows(document, stretches),
        Evidence: PlainRows(Evidence, COLUMNS, written.evidence),
        Finding: list(findings.rows.values()),
        Text: [Text(document_id=source.document_id, text=source.text)] if source.is_linear else [],
    }
    rows.readings[Document.table, source.document_id] = of_document
    stated = _values(of_document) | {"text_coverage": coverage(document, stretches)}
    rows.add(_document_row(document, projects, stated, has_findings=bool(findings.rows)))
    check_keys(rows.by_table, rows.document)
    return rows


@dataclass(slots=True)
class _Written:
    """The projects as corrected, whose copies and keys they are, and the corrections that are about them."""

    projects: list[MergedProject] = field(default_factory=list)
    project_of_copy: dict[int, str | None] = field(default_factory=dict)
    keys_of_copy: dict[int, Keys] = field(default_factory=dict)
    known: list[Correction] = field(default_factory=list)
    evidence: list[Plain] = field(default_factory=list)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows of each table were to have a key."""


def _write_projects(
    document: SplitDocument,
    projects: Sequence[MergedProject],
    corrections: Sequence[Correction],
    rows: Rows,
    findings: Findings,
) -> _Written:
    """Write the rows of every project, and what looks wrong in them."""
    written = _Written()
    section_count = ordinal = 0
    for project in projects:
        ordinal += not project.is_outside_projects
        writer = _ProjectWriter(
            document, rows, 0 if project.is_outside_projects else ordinal, section_count, project.region
        )
        project = _with_own_row(project)
        keys = writer.keys_of(project, written.taken)
        project, known, told = correct(project, keys, corrections)
        written.evidence += writer.write(project, keys)
        section_count = writer.section_count
        for note in (*check(project), *told):
            findings.add(note, project_id=writer.project_id, row_key=keys.get((note.table, note.row)))
        written.projects.append(project)
        written.project_of_copy |= dict.fromkeys(project.copies, writer.project_id)
        written.keys_of_copy |= dict.fromkeys(project.copies, keys)
        written.known += known
    return written


@dataclass(slots=True)
class _ProjectWriter:
    """Writes the rows of one project."""

    document: SplitDocument
    rows: Rows
    ordinal: int
    section_count: int
    region: int

    @property
    def document_id(self) -> str:
        return self.document.document.source.document_id

    @property
    def project_id(self) -> str | None:
        """The project's id, None for what a report says outside of its projects."""
        return f"{self.document_id}-{self.ordinal:03d}" if self.ordinal else None

    def keys_of(self, project: MergedProject, taken: Counter[tuple[str, str]]) -> Keys:
        """The key of each row by its table and what identified it, none of them taken.

        What a report says outside of its projects may stand in several places, such as a remark behind each of them.
        """
        start = self.project_id or (f"{self.document_id}/{self.region + 1}" if self.region else self.document_id)
        keys: dict[tuple[str | None, tuple[object, ...]], str] = {}
        for model, rows in project.rows.items():
            for place, (row, cells) in enumerate(rows.items(), 1):
                if model is not Document and (cells or model is Project):
                    keys[model.table, row] = _free(model.table, start + self._suffix(row, place), taken)
        return keys

    def write(self, project: MergedProject, keys: Keys) -> list[Plain]:
        """Write every row under its key; what comes back is the evidence of all."""
        evidence: list[Plain] = []
        for model, rows in project.rows.items():
            for place, (row, cells) in enumerate(rows.items(), 1):
                if (row_key := keys.get((model.table, row))) is not None:
                    values = _values(cells) | self._places(model, place) | {"row_key": row_key}
                    self.rows.add(model.model_validate(values))
                    self.rows.readings[model.table, row_key] = cells
                    evidence += evidence_rows(self.document.document, model.table, row_key, cells)
        return evidence

    def _suffix(self, row: tuple[object, ...], place: int) -> str:
        if not row:
            return ""
        if len(row) == 1:
            return f"/{row[0]:03d}" if isinstance(row[0], int) else f"/{row[0]}"
        return f"/{place:03d}"

    def _places(self, model: type[Table], place: int) -> Values:
        """The columns that say where a row belongs, of those that the table has."""
        ordinal = place
        if model is Project:
            ordinal = self.ordinal
        elif model.table == "sections":
            self.section_count += 1
            ordinal = self.section_count
        known = {"project_id": self.project_id, "document_id": self.document_id, "ordinal": ordinal}
        return {column: known[column] for column in columns_of(model) if column in known}


def _free(table: str, wanted: str, taken: Counter[tuple[str, str]]) -> str:
    """The key as it is wanted, from the second time on with the number of the repetition."""
    taken[table, wanted] += 1
    times = taken[table, wanted]
    return wanted if times == 1 else f"{wanted}/{times}"


def _values(cells: MergedRow) -> Values:
    return {column: reading.cell.value for column, reading in cells.items()}


def _with_own_row(project: MergedProject) -> MergedProject:
    """The project with its own row, also where none of its columns is printed."""
    own: Tables = {} if project.is_outside_projects else {Project: {(): {}}}
    return replace(project, rows=own | project.rows)


def _of_document(
    document: SplitDocument, projects: Sequence[MergedProject], corrections: Sequence[Correction]
) -> tuple[MergedRow, tuple[Correction, ...], tuple[Issue, ...]]:
    """What is stated of the whole document, the corrections of that, and what is to be said of them."""
    stated = MergedProject((), {Document: {(): _stated(projects)}}, is_outside_projects=True)
    project, known, told = correct(stated, {(Document.table, ()): document.document.source.document_id}, corrections)
    return project.rows[Document][()], known, told


def _stated(projects: Sequence[MergedProject]) -> MergedRow:
    """What is stated of the whole document; of several reports in a file the first speaks."""
    return {
        column: reading
        for project in reversed(projects)
        for column, reading in project.rows.get(Document, {}).get((), {}).items()
        if reading.cell.value is not None
    }


def _summaries(document: SplitDocument, projects: Sequence[MergedProject]) -> Iterator[Issue]:
    for number, region in enumerate(document.regions):
        yield from check_summary(region.form, [project for project in projects if project.region == number])


def _page_rows(document: SplitDocument) -> Iterator[PageRow]:
    for page, copy_number in zip(document.document.pages, document.copy_of_page, strict=True):
        start, end = document.document.repaired.to_source(page.start, page.end)
        repeat = document.repeats.get(page.number)
        yield PageRow(
            document_id=document.document.source.document_id,
            page_number=page.number,
            copy_number=copy_number,
            duplicate_of=repeat.page_number if repeat else None,
            similarity=repeat.similarity if repeat else None,
            char_start=start,
            char_end=end,
        )


def _document_row(
    document: SplitDocument, projects: Sequence[MergedProject], stated: Values, *, has_findings: bool
) -> Document:
    source = document.document.source
    numbers = {copy.index: copy.number for copy in document.copies}
    copy_count = max((len({numbers[copy] for copy in project.copies}) for project in projects), default=1)
    years = {
        reading.cell.value
        for project in projects
        for row in project.rows.get(Project, {}).values()
        for column, reading in row.items()
        if column == "fiscal_year_be"
    }
    year = next(iter(years), None)
    if document.form.titles:
        stated = {"title": document.form.titles[0]} | stated
    if len(years) == 1:
        stated = {"fiscal_year_be": year} | stated
    known: Values = {
        "document_id": source.document_id,
        "source": source.name,
        "form": document.form.name,
        "page_count": len(document.document.pages),
        "copy_count": copy_count,
        "status": "parsed_with_findings" if has_findings else "parsed",
        "media_type": source.media_type,
        "encoding": source.encoding,
        "byte_count": source.byte_count,
        "parser_version": PARSER_VERSION,
    }
    return Document.model_validate(stated | known)
