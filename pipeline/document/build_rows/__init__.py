"""Cells to rows: every value through its table's model, with its evidence; blocks, pages and what no block claimed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from parsers import Form
from pipeline.document.build_rows.accounting import account, block_rows, coverage, unclaimed_rows
from pipeline.document.build_rows.evidence import COLUMNS, evidence_rows
from pipeline.document.build_rows.plain_rows import Plain, PlainRows
from pipeline.document.corrections import Corrected, Keys, correct, left_over
from pipeline.document.corrections import Correction
from pipeline.document.merge_copies import MergedProject, MergedRow
from pipeline.document.rule_counts import RuleCounts
from pipeline.model import Issue, RowId, SplitDocument
from schemas import TABLES
from schemas.base import Table, Values, columns_of
from schemas.blocks import BlockRow
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.texts import Text
from schemas.unclaimed import Unclaimed

try:
    PARSER_VERSION = version("raingan")
except PackageNotFoundError:
    PARSER_VERSION = "0"


@dataclass(slots=True)
class Rows:
    """The rows of one document by table, and the counts that a run sums up."""

    by_table: dict[type[Table], list[Table] | PlainRows[Table]] = field(
        default_factory=lambda: {table: [] for table in TABLES}
    )
    matches: RuleCounts = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True)
class BuiltProject:
    """A project as its rows have it: copies merged, corrections applied, every row with its key."""

    merged: MergedProject
    form: Form
    project_id: str | None
    """None for what a report says outside of its projects."""
    keys: Keys


@dataclass(frozen=True, slots=True)
class BuiltRows:
    """All rows but findings, with what these are found in."""

    rows: Rows
    blocks: SplitDocument
    projects: tuple[BuiltProject, ...]
    issues: tuple[Issue, ...]
    """What earlier stages could not place, and corrections that do not fit."""


def build_rows(
    document: SplitDocument,
    projects: Sequence[MergedProject],
    issues: Sequence[Issue] = (),
    corrections: Sequence[Correction] = (),
) -> BuiltRows:
    """The rows of every table but findings, with what reviewers corrected."""
    rows, source = Rows(), document.document.source
    stretches = account(document)
    builder = _Builder(document, rows, corrections)
    built = tuple(map(builder.build, projects))
    merged = [project.merged for project in built]
    stated = _stated(merged, source.document_id, corrections)
    of_document = stated.project.row(Document)
    builder.evidence += evidence_rows(document.document, Document.table, source.document_id, of_document)
    project_of_copy = {copy: project.project_id for project in built for copy in project.merged.copies}
    rows.by_table |= {
        PageRow: list(_page_rows(document)),
        BlockRow: block_rows(document, stretches, project_of_copy),
        Unclaimed: unclaimed_rows(document, stretches),
        Evidence: PlainRows(Evidence, COLUMNS, builder.evidence),
        Text: [Text(document_id=source.document_id, text=source.text)] if source.is_linear else [],
    }
    rows.readings[Document.table, source.document_id] = of_document
    values = _values(of_document) | {"text_coverage": coverage(document, stretches)}
    rows.add(_document_row(document, merged, values))
    left = left_over(corrections, [*builder.known, *stated.known])
    return BuiltRows(rows, document, built, (*issues, *stated.issues, *left))


@dataclass(slots=True)
class _Builder:
    """Builds the rows of one project after the other."""

    document: SplitDocument
    rows: Rows
    corrections: Sequence[Correction]
    evidence: list[Plain] = field(default_factory=list)
    known: list[Correction] = field(default_factory=list)
    """The corrections that are about some row."""
    project_count: int = 0
    counts: Counter[type[Table]] = field(default_factory=Counter)
    """Rows of the tables that are counted over all projects."""
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows of each table were to have a key."""

    def build(self, project: MergedProject) -> BuiltProject:
        """Build every row of a project under its key."""
        document_id = self.document.document.source.document_id
        self.project_count += not project.is_outside_projects
        project_id = None if project.is_outside_projects else f"{document_id}-{self.project_count:03d}"
        own: Mapping[type[Table], Mapping[RowId, MergedRow]] = {Project: {RowId(): {}}} if project_id else {}
        project = replace(project, rows={**own, **project.rows})
        prefix = project_id or (f"{document_id}/{project.region + 1}" if project.region else document_id)
        keys = self._keys(project, prefix)
        corrected, known, issues = correct(project, keys, self.corrections)
        self.known += known
        for model, rows in corrected.rows.items():
            for place, (row, cells) in enumerate(rows.items(), 1):
                if (row_key := keys.get((model.table, row))) is not None:
                    known_places = self._places(model, place, project_id) | {"row_key": row_key}
                    self.rows.add(model.model_validate(_values(cells) | known_places))
                    self.rows.readings[model.table, row_key] = cells
                    self.evidence += evidence_rows(self.document.document, model.table, row_key, cells)
        form = self.document.regions[project.region].form
        return BuiltProject(replace(corrected, issues=(*project.issues, *issues)), form, project_id, keys)

    def _keys(self, project: MergedProject, prefix: str) -> Keys:
        """The key of each row by its table and what identified it, none of them taken.

        What a report says outside of its projects may stand in several places, such as a remark behind each of them.
        """
        keys: dict[tuple[str | None, RowId], str] = {}
        for model, rows in project.rows.items():
            for place, (row, cells) in enumerate(rows.items(), 1):
                if model is not Document and (cells or model is Project):
                    wanted = prefix + _suffix(row, place)
                    self.taken[model.table, wanted] += 1
                    times = self.taken[model.table, wanted]
                    keys[model.table, row] = wanted if times == 1 else f"{wanted}/{times}"
        return keys

    def _places(self, model: type[Table], place: int, project_id: str | None) -> Values:
        """The columns that say where a row belongs, of those that the table has."""
        columns, ordinal = columns_of(model), place
        if model is Project:
            ordinal = self.project_count
        elif "document_id" in columns:
            self.counts[model] += 1
            ordinal = self.counts[model]
        document_id = self.document.document.source.document_id
        known = {"project_id": project_id, "document_id": document_id, "ordinal": ordinal}
        return {column: known[column] for column in columns if column in known}


def _suffix(row: RowId, place: int) -> str:
    """What tells a row's key from those of others: its number or name, else its place."""
    if row.order:
        return f"/{place:03d}"
    return "" if row.key is None else f"/{row.key:03d}" if isinstance(row.key, int) else f"/{row.key}"


def _values(cells: MergedRow) -> Values:
    return {column: reading.cell.value for column, reading in cells.items()}


def _stated(projects: Sequence[MergedProject], document_id: str, corrections: Sequence[Correction]) -> Corrected:
    """What is stated of the whole document, as corrected; of several reports in a file the first speaks."""
    stated = {
        column: reading
        for project in reversed(projects)
        for column, reading in project.row(Document).items()
        if reading.cell.value is not None
    }
    whole = MergedProject((), {Document: {RowId(): stated}}, is_outside_projects=True)
    return correct(whole, {(Document.table, RowId()): document_id}, corrections)


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


def _document_row(document: SplitDocument, projects: Sequence[MergedProject], stated: Values) -> Document:
    source, form = document.document.source, document.form
    numbers = {copy.index: copy.number for copy in document.copies}
    copy_count = max((len({numbers[copy] for copy in project.copies}) for project in projects), default=1)
    column = Project.column_of("year")
    rows = (row for project in projects for row in project.rows.get(Project, {}).values())
    years = {row[column].cell.value for row in rows if column in row}
    known: Values = {
        "document_id": source.document_id,
        "source": source.name,
        "form": form.name,
        "page_count": len(document.document.pages),
        "copy_count": copy_count,
        "status": "parsed",
        "media_type": source.media_type,
        "encoding": source.encoding,
        "byte_count": source.byte_count,
        "parser_version": PARSER_VERSION,
    }
    title = {"title": form.titles[0]} if form.titles else {}
    year = {Document.column_of("year"): years.pop()} if len(years) == 1 else {}
    return Document.model_validate(title | year | stated | known)
