"""Which documents hold the same report: the table `report_groups`, made from the complete tables of a run.

It is about several documents at once, so its findings are in its own rows: the rows of a document in every other table,
`findings` included, depend only on that document.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from normalizers.digits import arabic
from normalizers.fuzzy_match import folded
from pipeline.archive.same_report import Figure, ReportFigures, ReportMatch, ReportPart, SameReportGroup, groups
from pipeline.sources.read import ID_LENGTH
from schemas.findings import CODES
from schemas.report_groups import ReportGroup

DOCUMENTS_AT_ONCE = 20_000
"""Documents whose figures are in memory, about 1 KB each; for more, the tables are read several times."""
REPORTS_AT_ONCE = 1000
"""Reports on one project that are compared with each other; of more, each thousand separately."""
ROWS_AT_ONCE = 500
SHOWN = 3
"""Differing figures in a message; the column has all of them."""
CODE = "same_report_elsewhere"


def report_groups(read_table: "ReadTable") -> Iterator[pa.RecordBatch]:
    """The rows of the table, in batches, sorted by group.

    `read_table("projects", ["project_id"])` returns columns of a table, in any order of rows. It is called several
    times for a table, since only the figures of so many documents are in memory at a time.
    """
    rows = _rows(read_table)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield pa.RecordBatch.from_pylist([row.model_dump() for row in batch], schema=ReportGroup.arrow_schema())


def _rows(read_table: "ReadTable") -> Iterator[ReportGroup]:
    for key, keyed in groupby(_keyed_reports(read_table), key=itemgetter(0)):
        for ordinal, group in enumerate(_groups(report for _, report in keyed), 1):
            yield from _group_rows(f"{key:016x}-{ordinal:03}", group)


def _keyed_reports(read_table: "ReadTable") -> Iterator[tuple[int, ReportFigures]]:
    """Every report that may be one of several, with the key of its subject, sorted by key."""
    keyed = candidates(read_table)
    for start in range(0, len(keyed), DOCUMENTS_AT_ONCE):
        part = keyed.slice(start, DOCUMENTS_AT_ONCE)
        wanted = pa.array([f"{document:0{ID_LENGTH}x}" for document in part["document"].to_pylist()])
        yield from zip(part["key"].to_pylist(), reports(read_table, wanted), strict=True)


def _groups(reports: Iterator[ReportFigures]) -> Iterator[SameReportGroup]:
    while batch := list(islice(reports, REPORTS_AT_ONCE)):
        yield from groups(batch)


def _group_rows(group_id: str, group: SameReportGroup) -> Iterator[ReportGroup]:
    """The fullest report, then the others by role and document."""
    shared = set.intersection(*(set(member.match.agreeing) for member in group.members))
    matches = [(group.fullest, ReportMatch("fullest", tuple(sorted(shared)), ()))]
    matches += sorted(
        ((member.report, member.match) for member in group.members),
        key=lambda pair: (pair[1].role, pair[0].document_id),
    )
    for report, relation in matches:
        differing = [f"{f.with_value(report.figures[f])}, there {group.fullest.figures[f]}" for f in relation.differing]
        is_repeat = relation.role in ("same", "nearly_same")
        yield ReportGroup(
            group_id=group_id,
            document_id=report.document_id,
            role=relation.role,
            form=report.form,
            fiscal_year_be=report.fiscal_year_be,
            project_codes=list(report.codes),
            agreeing=[figure.with_value(report.figures[figure]) for figure in relation.agreeing],
            differing=differing,
            code=CODE if is_repeat else None,
            severity=CODES[CODE].severity if is_repeat else None,
            message=_message(report, group.fullest, len(relation.agreeing), differing) if is_repeat else None,
        )


def _message(report: ReportFigures, fullest: ReportFigures, agreeing: int, differing: list[str]) -> str:
    """Both files, their subject, the figures that agree and differ, and what to do."""
    year = [f"fiscal year {report.fiscal_year_be}"] if report.fiscal_year_be else []
    about = ", ".join((report.form, *report.codes[:SHOWN], *year))
    differ = f", {len(differing)} differ: {'; '.join(differing[:SHOWN])}" if differing else ""
    same = f"{report.source}: holds the same report as {fullest.source} ({about}): {agreeing} figures agree{differ}"
    return f"{same}. {CODES[CODE].advice}"


ReadTable = Callable[[str, list[str]], Iterator[pa.RecordBatch]]
"""Reads some columns of a table of the run, batch by batch."""

FigureRow = tuple[Any, ...]
"""The values of an Arrow row, in the order of its columns."""

ROWS_IN_BATCH = 8192
TOTAL = "budget_received_baht"
_OFFICES = ["agency", "division", "unit"]
_FIGURES: tuple[tuple[str, ReportPart, str | None, tuple[str, ...]], ...] = (
    ("projects", "", None, ("start_date", "end_date", TOTAL, "budget_spent_baht")),
    ("report_entries", "entry", "entry_number", ("report_date", "progress_percent", "disbursed_baht")),
    ("quarterly_results", "quarter", "fiscal_quarter", ("planned_baht", "disbursed_baht")),
    ("budget_items", "item", None, ("amount_baht",)),
)
"""Table, part of a report, the column with its number, and the columns with figures."""
_KEYS = pa.schema({"document": pa.uint64(), "form": pa.uint64(), "subject": pa.uint64()})
_KINDS = ("form", "code", "issuer", "office")
"""Kinds of keys. The subject is a project's code, or the issuer of the report, or an office."""
_FIGURE_ROWS = pa.schema(
    {
        "position": pa.int32(),
        "ordinal": pa.string(),
        "kind": pa.int8(),
        "number": pa.int32(),
        "column": pa.int8(),
        "value": pa.string(),
    }
)


def candidates(read_table: ReadTable) -> pa.Table:
    """Documents that may hold the same report as another one, with the key of their subject, sorted by key.

    The key combines the form and the project's code; without a code the issuer of the report, or the project's office
    with its total or its name. Documents without any of these are left out.
    """
    keyed = _keyed(read_table)
    counts = keyed.group_by("key", use_threads=False).aggregate([("document", "count")])
    shared = counts.filter(pc.greater(counts["document_count"], 1))["key"]
    return keyed.filter(pc.is_in(keyed["key"], value_set=shared)).sort_by(
        [("key", "ascending"), ("document", "ascending")]
    )


def _keyed(read_table: ReadTable) -> pa.Table:
    """Every document with a subject, as the number of its id, with its key."""
    stated = pa.Table.from_batches([*_document_keys(read_table), *_project_keys(read_table)], _KEYS)
    digit = pc.shift_right(stated["document"], pa.scalar(60, pa.uint64()))
    return pa.concat_tables(_joined(stated.filter(pc.equal(digit, n))) for n in range(16))


def _joined(stated: pa.Table) -> pa.Table:
    """One key for each document of a part of all; a hash table of all at once would be the largest thing in memory."""
    # The smallest key is used for all projects of a document; whether all agree is compared later.
    keys = stated.group_by("document", use_threads=False).aggregate([("form", "min"), ("subject", "min")])
    key = pc.bit_wise_xor(keys["form_min"], keys["subject_min"])
    return pa.table({"document": keys["document"], "key": key}).drop_null()


def _document_keys(read_table: ReadTable) -> Iterator[pa.RecordBatch]:
    """A key of the form, and one of the issuer, for each document on a known form."""
    for batch in read_table("documents", ["document_id", "form", "issuer"]):
        yield _keys(
            (document, _key("form", form), _key("issuer", fold(issuer)) if issuer else None)
            for document, form, issuer in _tuples(batch)
            if form not in (None, "unknown")
        )


def _project_keys(read_table: ReadTable) -> Iterator[pa.RecordBatch]:
    """A key of the code for each project with a code, else one of its office and total, or of its office and name."""
    for batch in read_table("projects", ["document_id", "project_code", "project_name", TOTAL, *_OFFICES]):
        yield _keys(
            (document, None, _key("code", code) if code else _of_office(offices, str(total) if total else fold(name)))
            for document, code, name, total, *offices in _tuples(batch)
        )


def _of_office(offices: Sequence[str | None], words: str) -> int | None:
    return _key("office", *map(fold, offices), words) if words and any(offices) else None


def _keys(rows: Iterable[FigureRow]) -> pa.RecordBatch:
    columns = zip(*((int(document, 16), *keys) for document, *keys in rows), strict=True)
    arrays = [pa.array(column, pa.uint64()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays or [pa.array([], pa.uint64())] * len(_KEYS), schema=_KEYS)


def _key(kind: str, *words: str) -> int:
    """64 bits for words of a kind; those of a more specific kind are smaller."""
    digest = int.from_bytes(blake2b("\n".join(words).encode(), digest_size=8).digest())
    return digest >> 2 | _KINDS.index(kind) << 62


def fold(words: str | None) -> str:
    """Words as they are compared: letters that OCR confuses are equal, digits are Arabic.

    >>> fold("เขตที่ ๑"), fold("เขดที 1"), fold(None)
    ('เขคท1', 'เขคท1', '')
    """
    return arabic(folded(words)) if words else ""


def reports(read_table: ReadTable, wanted: pa.Array) -> Iterator[ReportFigures]:
    """The values of the wanted documents, in their order."""
    documents = _rows_of(read_table, "documents", ["document_id", "source", "form", "fiscal_year_be"], wanted)
    projects = _rows_of(read_table, "projects", ["project_id", "project_code", "project_name", *_OFFICES], wanted)
    streams = [_by_position(table, len(wanted)) for table in (documents, projects, _figures(read_table, wanted))]
    for document_id, document_rows, project_rows, figure_rows in zip(wanted.to_pylist(), *streams, strict=True):
        # A file with the same bytes has its own row in documents, without a form.
        source, form, year = next((source, form, year) for _, _, source, form, year in document_rows if form)
        codes = {ordinal: code for _, ordinal, code, *_ in project_rows if code}
        yield ReportFigures(
            document_id=document_id,
            source=source,
            form=form,
            fiscal_year_be=year,
            codes=tuple(sorted(codes.values())),
            names=() if codes else tuple(fold(name) for _, _, _, name, *_ in project_rows),
            offices=fold(" ".join(office for _, _, _, _, *offices in project_rows[:1] for office in offices if office)),
            figures={_figure(codes, row, is_one=len(project_rows) == 1): row[-1] for row in figure_rows},
        )


def _figure(codes: Mapping[str, str], row: FigureRow, *, is_one: bool) -> Figure:
    """Which figure of its report it is; the only project of a document needs no name."""
    _, ordinal, kind, number, column, value = row
    _, part, _, columns = _FIGURES[kind]
    project = "" if is_one else codes.get(ordinal, f"project {int(ordinal)}")
    return Figure(project, part, int(Decimal(value) * 100) if part == "item" else number, columns[column])


def _figures(read_table: ReadTable, wanted: pa.Array) -> pa.Table:
    """Every figure of the wanted documents: position of the document, project, figure, value."""
    batches = [
        rows
        for kind, (table, _, number, columns) in enumerate(_FIGURES)
        for batch in read_table(table, ["project_id", *([number] if number else []), *columns])
        for rows in _figure_rows(_wanted_rows(batch, wanted), kind)
    ]
    return _in_order(pa.Table.from_batches(batches, _FIGURE_ROWS))


def _figure_rows(rows: pa.RecordBatch, kind: int) -> Iterator[pa.RecordBatch]:
    """The figures of one batch, column by column; a null is no figure."""
    _, _, number, columns = _FIGURES[kind]
    for column_number, column in enumerate(columns):
        has_value = pc.is_valid(rows[column])
        stated = rows.filter(pc.and_(has_value, pc.is_valid(rows[number])) if number else has_value)
        values = {
            "position": stated["position"],
            "ordinal": stated["ordinal"],
            "kind": pa.repeat(pa.scalar(kind, pa.int8()), len(stated)),
            "number": stated[number].cast(pa.int32()) if number else pa.repeat(pa.scalar(0, pa.int32()), len(stated)),
            "column": pa.repeat(pa.scalar(column_number, pa.int8()), len(stated)),
            "value": stated[column].cast(pa.string()),
        }
        yield pa.RecordBatch.from_arrays(list(values.values()), schema=_FIGURE_ROWS)


def _rows_of(read_table: ReadTable, table: str, columns: list[str], wanted: pa.Array) -> pa.Table:
    """The rows of the wanted documents."""
    batches = [_wanted_rows(batch, wanted) for batch in read_table(table, columns)]
    nothing = pa.schema([(name, pa.null()) for name in ("position", "ordinal", *columns[1:])])
    return _in_order(pa.Table.from_batches(batches, batches[0].schema if batches else nothing))


def _wanted_rows(batch: pa.RecordBatch, wanted: pa.Array) -> pa.RecordBatch:
    """The rows of the wanted documents, with the document's position and the project's ordinal instead of the id."""
    key, *names = batch.schema.names
    position = pc.index_in(pc.utf8_slice_codeunits(batch[key], 0, ID_LENGTH), value_set=wanted)
    ordinal = pc.utf8_slice_codeunits(batch[key], ID_LENGTH + 1)
    columns = [position, ordinal, *(batch[name] for name in names)]
    return pa.RecordBatch.from_arrays(columns, names=["position", "ordinal", *names]).filter(pc.is_valid(position))


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows sorted by all columns, so that the order of files and batches does not matter."""
    return rows.sort_by([(name, "ascending") for name in rows.schema.names])


def _by_position(rows: pa.Table, count: int) -> Iterator[list[FigureRow]]:
    """The rows of each document in turn; an empty list for one without rows."""
    waiting = groupby((row for batch in rows.to_batches(ROWS_IN_BATCH) for row in _tuples(batch)), key=itemgetter(0))
    position, rows_of_document = next(waiting, (count, iter(())))
    for wanted in range(count):
        if wanted != position:
            yield []
            continue
        yield list(rows_of_document)
        position, rows_of_document = next(waiting, (count, iter(())))


def _tuples(batch: pa.RecordBatch) -> Iterator[FigureRow]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
