"""Cells to rows: every value through its table's model, with its evidence; pages, blocks and what was not read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from normalizers.fuzzy_match import SLACK, folded
from normalizers.text import line as one_line
from parsers import UNKNOWN, Form
from pipeline.document.account import (
    BLOCKS,
    PAGES,
    UNCLAIMED,
    Uses,
    account,
    block_rows,
    coverage,
    empty_blocks,
    page_rows,
    unclaimed_rows,
    unread,
    unread_issues,
)
from pipeline.document.corrections import Corrected, Correction, RowKeys, correct, left_over
from pipeline.document.merge_copies import Consensus, MergedProject, MergedRow
from pipeline.document.misreading import misreading
from pipeline.document.rows import BuiltProject, Rows, RowValues
from pipeline.document.scan import Matches
from pipeline.document.split.headings import own_titles
from pipeline.model import Issue, Pages, RowId, SplitDocument
from schemas.base import Table, Values, columns_of
from schemas.blocks import BlockRow
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.texts import Text
from schemas.unclaimed import Unclaimed

try:
    PARSER_VERSION = version("raingan")
except PackageNotFoundError:
    PARSER_VERSION = "0"

LEAST_COVERAGE, LEAST_LETTERS = 0.2, 100
"""The share of a text below which next to nothing of it was read, and the letters of a text that says anything."""
REPAIRED, TIED = 0.9, 0.6
"""What a repaired code point, and a tie between copies, take off the confidence in a value."""
_EVIDENCE = (
    "table_name", "row_key", "column_name", "part", "document_id", "page_number", "char_start", "char_end", "raw_text",
    "method", "confidence", "copies_total", "copies_agreeing", "alternatives",
)  # fmt: skip
"""The columns of evidence in the order of the values below."""


def build_rows(
    matches: Matches,
    blocks: SplitDocument,
    projects: Sequence[MergedProject],
    issues: Sequence[Issue] = (),
    corrections: Sequence[Correction] = (),
) -> Rows:
    """The rows of every table but findings, with what reviewers corrected."""
    source, rows = blocks.document.source, Rows(blocks=blocks, misreading=misreading(matches))
    builder = _ProjectBuilder(source.document_id, rows, corrections)
    rows.projects = [builder.build(project, blocks.regions[project.region].form) for project in projects]
    merged = [project.merged for project in rows.projects]
    stated = _stated(merged, source.document_id, corrections)
    of_document = stated.project.row(DocumentRow)
    rows.readings[DocumentRow.table, source.document_id] = of_document
    rows.by_table[Evidence].extend(_EVIDENCE, _evidence(blocks.document, rows))
    claims = account(blocks, Uses(matches, rows))
    left = list(unread(claims, source.text))
    project_of_copy = {copy: project.project_id for project in rows.projects for copy in project.merged.copies}
    rows.by_table[PageRow].extend(PAGES, page_rows(blocks))
    rows.by_table[BlockRow].extend(BLOCKS, block_rows(source.document_id, claims, source.text, project_of_copy))
    rows.by_table[Unclaimed].extend(UNCLAIMED, unclaimed_rows(source.document_id, left, source.text))
    if source.is_linear:
        rows.add(Text(document_id=source.document_id, text=source.text))
    values = {column: reading.cell.value for column, reading in of_document.items()}
    share_read = coverage(claims, left, source.text)
    values |= {"text_coverage": share_read}
    rows.add(_document_row(blocks, merged, values))
    unfit = left_over(corrections, [*builder.known, *stated.known])
    unread_text = unread_issues(left, source.text, blocks)
    rows.issues = [*issues, *stated.issues, *unfit, *unread_text, *empty_blocks(blocks, claims)]
    rows.issues += _doubts(matches, blocks, share_read)
    return rows


def _doubts(matches: Matches, blocks: SplitDocument, text_coverage: float) -> Iterator[Issue]:
    """What is told of a document that was hardly read, or may be on a form that did not claim it."""
    if all(region.form is UNKNOWN for region in blocks.regions) and matches.shown:
        names = " and ".join(form.name for form in matches.shown)
        yield Issue("form_uncertain", f"the document prints many headings of {names}, and not enough of them")
    if any(region.is_uncertain for region in blocks.regions):
        text = f"only its headings speak for {blocks.regions[0].form.name}: no title or office of its own is printed"
        yield Issue("form_uncertain", text)
    if text_coverage < LEAST_COVERAGE and len(matches.folded.letters) >= LEAST_LETTERS:
        yield Issue("document_not_read", f"{text_coverage:.0%} of the text was read")


@dataclass(slots=True)
class _ProjectBuilder:
    """Builds the rows of one project after the other."""

    document_id: str
    rows: Rows
    corrections: Sequence[Correction]
    known: list[Correction] = field(default_factory=list)
    """The corrections that are about some row."""
    project_count: int = 0
    counts: Counter[type[Table]] = field(default_factory=Counter)
    """Rows of the tables that are counted over all projects."""
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows of each table were to have a key."""

    def build(self, project: MergedProject, form: Form) -> BuiltProject:
        """Build every row of a project under its key."""
        self.project_count += not project.is_outside_projects
        project_id = None if project.is_outside_projects else f"{self.document_id}-{self.project_count:03d}"
        own: dict[type[Table], Mapping[RowId, MergedRow]] = {Project: {RowId(): MergedRow()}} if project_id else {}
        project = replace(project, rows={**own, **project.rows})
        region = f"/{project.region + 1}" if project.region else ""
        keys = self._keys(project, project_id or self.document_id + region)
        corrected, known, issues = correct(project, keys, self.corrections)
        self.known += known
        for model, rows in corrected.rows.items():
            for number, (row, cells) in enumerate(rows.items(), 1):
                if (row_key := keys.get((model.table, row))) is not None:
                    known_values = self._known_values(model, number, project_id) | {"row_key": row_key}
                    values = {column: reading.cell.value for column, reading in cells.items()}
                    self.rows.by_table[model].append(model.model_validate(values | known_values))
                    self.rows.readings[model.table, row_key] = cells
        return BuiltProject(replace(corrected, issues=(*project.issues, *issues)), form, project_id, keys)

    def _keys(self, project: MergedProject, prefix: str) -> RowKeys:
        """The key of each row by its table and what identified it, none of them taken.

        What a report says outside of its projects may stand in several places, such as a remark behind each of them.
        """
        keys: dict[tuple[str | None, RowId], str] = {}
        for model, rows in project.rows.items():
            for number, (row, cells) in enumerate(rows.items(), 1):
                if model is not DocumentRow and (cells or model is Project):
                    wanted = prefix + _suffix(row, number)
                    self.taken[model.table, wanted] += 1
                    times = self.taken[model.table, wanted]
                    keys[model.table, row] = wanted if times == 1 else f"{wanted}/{times}"
        return keys

    def _known_values(self, model: type[Table], number: int, project_id: str | None) -> Values:
        """The columns that say where a row belongs, of those that the table has."""
        columns, ordinal = columns_of(model), number
        if model is Project:
            ordinal = self.project_count
        elif "document_id" in columns:
            self.counts[model] += 1
            ordinal = self.counts[model]
        known = {"project_id": project_id, "document_id": self.document_id, "ordinal": ordinal}
        return {column: known[column] for column in columns if column in known}


def _suffix(row: RowId, number: int) -> str:
    """What tells a row's key from those of others: its number or name, else its place."""
    if row.order:
        return f"/{number:03d}"
    return "" if row.key is None else f"/{row.key:03d}" if isinstance(row.key, int) else f"/{row.key}"


def _evidence(document: Pages, rows: Rows) -> list[RowValues]:
    """A row for every span of each cell that has a value, or had one before it was corrected, in reading order.

    None for a span of odd white space alone, which some engines leave between two columns.

    The spans of a cell all have the same confidence: that of the cell.
    """
    text, document_id, locate = document.source.text, document.source.document_id, document.locator.locate
    evidence: list[RowValues] = []
    for (table, row_key), cells in rows.readings.items():
        for column, reading in cells.items():
            field = reading.cell.field
            if not field.spans or (reading.cell.value is None and not reading.is_corrected):
                continue
            located = (locate(*span) for span in field.spans)
            spans = [span for span in located if not text[span.start : span.end].isspace()]
            is_repaired = any(span.is_repaired for span in spans)
            method = "repaired" if is_repaired else "merged_lines" if len(spans) > 1 else "exact"
            method = "corrected" if reading.is_corrected else "inferred" if field.is_inferred else method
            confidence = 1.0 if reading.is_corrected else _confidence(reading, is_repaired=is_repaired)
            copies = (reading.total, reading.agreeing, list(reading.alternatives))
            for part, (page_number, start, end, _) in enumerate(spans, 1):
                at = (document_id, page_number, start, end, text[start:end])
                evidence.append((table, row_key, column, part, *at, method, confidence, *copies))
    return evidence


def _confidence(reading: Consensus, *, is_repaired: bool) -> float:
    """How alike the label is, times the share of copies that agree, less what repair, a tie or another place costs."""
    agreement = (1 + reading.agreeing / reading.total) / 2
    certainty = reading.cell.field.score / 100 * agreement * (REPAIRED if is_repaired else 1)
    return round(certainty * (TIED if reading.is_tied or reading.is_contradicted else 1), 4)


def _stated(projects: Sequence[MergedProject], document_id: str, corrections: Sequence[Correction]) -> Corrected:
    """What is stated of the whole document, as corrected; of several reports in a file the first speaks."""
    stated = MergedRow(
        (column, reading)
        for project in reversed(projects)
        for column, reading in project.row(DocumentRow).items()
        if reading.cell.value is not None
    )
    whole = MergedProject((), {DocumentRow: {RowId(): stated}}, is_outside_projects=True)
    return correct(whole, {(DocumentRow.table, RowId()): document_id}, corrections)


def _document_row(blocks: SplitDocument, projects: Sequence[MergedProject], stated: Values) -> DocumentRow:
    source = blocks.document.source
    form = max(blocks.regions, key=lambda region: region.pages[-1].end - region.pages[0].start).form
    numbers = {copy.index: copy.number for copy in blocks.copies}
    copy_count = max((len({numbers[copy] for copy in project.copies}) for project in projects), default=1)
    column = Project.column_of("year")
    rows = (row for project in projects for row in project.rows.get(Project, {}).values())
    years = {row.value(column) for row in rows if column in row}
    known: Values = {
        "document_id": source.document_id,
        "source": source.name,
        "form": form.name,
        "page_count": len(blocks.document.pages),
        "copy_count": copy_count,
        "status": "parsed",
        "media_type": source.media_type,
        "encoding": source.encoding,
        "byte_count": source.byte_count,
        "parser_version": PARSER_VERSION,
    }
    titles = (line for page in blocks.document.pages for line in page.lines if line.role == "title")
    printed = next((blocks.document.text[line.start : line.end] for line in titles), None)
    title = {"title": _title(form, printed)} if form.titles and printed is not None else {}
    year = {DocumentRow.column_of("year"): years.pop()} if len(years) == 1 else {}
    return DocumentRow.model_validate(title | year | stated | known)


def _title(form: Form, printed: str) -> str:
    """The form's title; the line, where it begins as others do that offices print, or as the title does later on."""
    words, title = one_line(printed.strip(" *#_|")) or "", form.titles[0]
    letters, declared = folded(words), folded(title)
    is_shorter = declared.endswith(letters) and len(declared) - len(letters) > SLACK
    is_other = letters.startswith(tuple(own_titles(form))) and letters != declared
    return words if is_other or is_shorter else title
