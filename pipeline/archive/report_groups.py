"""Which documents hold the same report: the table `report_groups`, made of the tables of a run once they are complete.

It tells of several documents at once, so its findings stand in its own rows: the rows of a document in every other
table, `findings` included, depend on that document alone.
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
from normalizers.look_alikes import folded
from pipeline.archive.same_report import Figure, Group, Match, Part, Report, groups
from pipeline.sources.read import ID_LENGTH
from schemas.findings import CODES
from schemas.report_groups import ReportGroup

DOCUMENTS_AT_ONCE = 20_000
"""Documents whose figures are held in memory, about 1 KB each; for more, the tables are read several times."""
REPORTS_AT_ONCE = 1000
"""Reports on one project that are compared; of more, each thousand by itself."""
ROWS_AT_ONCE = 500
SHOWN = 3
"""Differing figures that a message quotes; the column has all."""
CODE = "same_report_elsewhere"


def report_groups(read_table: "ReadTable") -> Iterator[pa.RecordBatch]:
    """The rows of the table, in batches of its schema, those of a group together and groups in order of their id.

    `read_table("projects", ["project_id"])` gives these columns of a table, in any order of rows. It is called several
    times for a table: the figures of only so many documents are in memory at a time.
    """
    rows = _rows(read_table)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield pa.RecordBatch.from_pylist([row.model_dump() for row in some], schema=ReportGroup.arrow_schema())


def _rows(read_table: "ReadTable") -> Iterator[ReportGroup]:
    for key, told in groupby(_told(read_table), key=itemgetter(0)):
        for ordinal, group in enumerate(_groups(report for _, report in told), 1):
            yield from _group_rows(f"{key:016x}-{ordinal:03}", group)


def _told(read_table: "ReadTable") -> Iterator[tuple[int, Report]]:
    """Every report that may be one of several, with the key of what it is about, in order of the key."""
    keyed = candidates(read_table)
    for start in range(0, len(keyed), DOCUMENTS_AT_ONCE):
        part = keyed.slice(start, DOCUMENTS_AT_ONCE)
        wanted = pa.array([f"{document:0{ID_LENGTH}x}" for document in part["document"].to_pylist()])
        yield from zip(part["key"].to_pylist(), reports(read_table, wanted), strict=True)


def _groups(told: Iterator[Report]) -> Iterator[Group]:
    while some := list(islice(told, REPORTS_AT_ONCE)):
        yield from groups(some)


def _group_rows(group_id: str, group: Group) -> Iterator[ReportGroup]:
    """The fullest, then the others by role and document."""
    shared = set.intersection(*(set(member.match.agreeing) for member in group.members))
    matches = [(group.fullest, Match("fullest", tuple(sorted(shared)), ()))]
    matches += sorted(
        ((member.report, member.match) for member in group.members),
        key=lambda pair: (pair[1].role, pair[0].document_id),
    )
    for report, matched in matches:
        differing = [f"{f.said(report.figures[f])}, there {group.fullest.figures[f]}" for f in matched.differing]
        is_repeat = matched.role in ("same", "nearly_same")
        yield ReportGroup(
            group_id=group_id,
            document_id=report.document_id,
            role=matched.role,
            form=report.form,
            fiscal_year_be=report.fiscal_year_be,
            project_codes=list(report.codes),
            agreeing=[figure.said(report.figures[figure]) for figure in matched.agreeing],
            differing=differing,
            code=CODE if is_repeat else None,
            severity=CODES[CODE].severity if is_repeat else None,
            message=_message(report, group.fullest, len(matched.agreeing), differing) if is_repeat else None,
        )


def _message(report: Report, fullest: Report, agreeing: int, differing: list[str]) -> str:
    """Both files, what they are about, the figures that agree and differ, what to do."""
    year = [f"fiscal year {report.fiscal_year_be}"] if report.fiscal_year_be else []
    about = ", ".join((report.form, *report.codes[:SHOWN], *year))
    differ = f", {len(differing)} differ: {'; '.join(differing[:SHOWN])}" if differing else ""
    same = f"{report.source}: holds the same report as {fullest.source} ({about}): {agreeing} figures agree{differ}"
    return f"{same}. {CODES[CODE].advice}"


ReadTable = Callable[[str, list[str]], Iterator[pa.RecordBatch]]
"""Reads some columns of a table of the run, batch by batch."""

Row = tuple[Any, ...]
"""The values of a row of Arrow's, in the order of its columns."""

ROWS_IN_MEMORY = 8192
TOTAL = "budget_received_baht"
_OFFICES = ["agency", "division", "unit"]
_FIGURES: tuple[tuple[str, Part, str | None, tuple[str, ...]], ...] = (
    ("projects", "", None, ("start_date", "end_date", TOTAL, "budget_spent_baht")),
    ("report_entries", "entry", "entry_number", ("report_date", "progress_percent", "disbursed_baht")),
    ("quarterly_results", "quarter", "fiscal_quarter", ("planned_baht", "disbursed_baht")),
    ("budget_items", "item", None, ("amount_baht",)),
)
"""Table, part of a report, the column with its number, and the columns with figures."""
_KEYS = pa.schema({"document": pa.uint64(), "form": pa.uint64(), "subject": pa.uint64()})
_KINDS = ("form", "code", "issuer", "office")
"""What a key stands for; that of a subject is a project's code, if there are any, else its issuer, else an office."""
_FIGURE_ROWS = pa.schema(
    {
        "place": pa.int32(),
        "ordinal": pa.string(),
        "kind": pa.int8(),
        "number": pa.int32(),
        "column": pa.int8(),
        "value": pa.string(),
    }
)


def candidates(read_table: ReadTable) -> pa.Table:
    """Documents that may hold one report with another one, with a key of what they are about, in order of the key.

    The key stands for the form and the project's code; where no code is printed, for the body that issued the report,
    or else for the project's office and total, or its office and name. A document that says none of these is left out.
    """
    keyed = _keyed(read_table)
    counts = keyed.group_by("key", use_threads=False).aggregate([("document", "count")])
    shared = counts.filter(pc.greater(counts["document_count"], 1))["key"]
    return keyed.filter(pc.is_in(keyed["key"], value_set=shared)).sort_by(
        [("key", "ascending"), ("document", "ascending")]
    )


def _keyed(read_table: ReadTable) -> pa.Table:
    """Every document that says what it is about, as the number that its id is, with its key."""
    stated = pa.Table.from_batches([*_document_keys(read_table), *_project_keys(read_table)], _KEYS)
    digit = pc.shift_right(stated["document"], pa.scalar(60, pa.uint64()))
    return pa.concat_tables(_joined(stated.filter(pc.equal(digit, n))) for n in range(16))


def _joined(stated: pa.Table) -> pa.Table:
    """One key for each document of a part of all: a table of hashes for all at once would be the largest thing here."""
    # The smallest key stands for all projects of a document: whether all agree is looked at when they are compared.
    keys = stated.group_by("document", use_threads=False).aggregate([("form", "min"), ("subject", "min")])
    key = pc.bit_wise_xor(keys["form_min"], keys["subject_min"])
    return pa.table({"document": keys["document"], "key": key}).drop_null()


def _document_keys(read_table: ReadTable) -> Iterator[pa.RecordBatch]:
    """A key of the form, and one of the issuer, for each document that a form claims."""
    for batch in read_table("documents", ["document_id", "form", "issuer"]):
        yield _keys(
            (document, _key("form", form), _key("issuer", fold(issuer)) if issuer else None)
            for document, form, issuer in _tuples(batch)
            if form not in (None, "unknown")
        )


def _project_keys(read_table: ReadTable) -> Iterator[pa.RecordBatch]:
    """A key of the code for each project that has one, else one of its office and total, or of its office and name."""
    for batch in read_table("projects", ["document_id", "project_code", "project_name", TOTAL, *_OFFICES]):
        yield _keys(
            (document, None, _key("code", code) if code else _of_office(offices, str(total) if total else fold(name)))
            for document, code, name, total, *offices in _tuples(batch)
        )


def _of_office(offices: Sequence[str | None], words: str) -> int | None:
    return _key("office", *map(fold, offices), words) if words and any(offices) else None


def _keys(rows: Iterable[Row]) -> pa.RecordBatch:
    columns = zip(*((int(document, 16), *keys) for document, *keys in rows), strict=True)
    arrays = [pa.array(column, pa.uint64()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays or [pa.array([], pa.uint64())] * len(_KEYS), schema=_KEYS)


def _key(kind: str, *words: str) -> int:
    """64 bits for words of a kind; those of a kind that says more are smaller."""
    digest = int.from_bytes(blake2b("\n".join(words).encode(), digest_size=8).digest())
    return digest >> 2 | _KINDS.index(kind) << 62


def fold(words: str | None) -> str:
    """Words as they are compared: letters that OCR mixes up are one, digits are Arabic.

    >>> fold("เขตที่ ๑"), fold("เขดที 1"), fold(None)
    ('เขคท1', 'เขคท1', '')
    """
    return arabic(folded(words)) if words else ""


def reports(read_table: ReadTable, wanted: pa.Array) -> Iterator[Report]:
    """What the wanted documents say, in their order."""
    documents = _of(read_table, "documents", ["document_id", "source", "form", "fiscal_year_be"], wanted)
    projects = _of(read_table, "projects", ["project_id", "project_code", "project_name", *_OFFICES], wanted)
    streams = [_by_place(table, len(wanted)) for table in (documents, projects, _figures(read_table, wanted))]
    for document_id, about, named, said in zip(wanted.to_pylist(), *streams, strict=True):
        # Another file of the same bytes has a row of its own in documents, without a form.
        source, form, year = next((source, form, year) for _, _, source, form, year in about if form)
        codes = {ordinal: code for _, ordinal, code, *_ in named if code}
        yield Report(
            document_id=document_id,
            source=source,
            form=form,
            fiscal_year_be=year,
            codes=tuple(sorted(codes.values())),
            names=() if codes else tuple(fold(name) for _, _, _, name, *_ in named),
            offices=fold(" ".join(office for _, _, _, _, *offices in named[:1] for office in offices if office)),
            figures={_figure(codes, row, is_one=len(named) == 1): row[-1] for row in said},
        )


def _figure(codes: Mapping[str, str], row: Row, *, is_one: bool) -> Figure:
    """The place of a figure in its report; the only project of a document needs no name."""
    _, ordinal, kind, number, column, value = row
    _, part, _, columns = _FIGURES[kind]
    project = "" if is_one else codes.get(ordinal, f"project {int(ordinal)}")
    return Figure(project, part, int(Decimal(value) * 100) if part == "item" else number, columns[column])


def _figures(read_table: ReadTable, wanted: pa.Array) -> pa.Table:
    """Every figure of the wanted documents: the document's place, the project, which figure it is, the value."""
    batches = [
        figures
        for kind, (table, _, number, columns) in enumerate(_FIGURES)
        for batch in read_table(table, ["project_id", *([number] if number else []), *columns])
        for figures in _said(_kept(batch, wanted), kind)
    ]
    return _in_order(pa.Table.from_batches(batches, _FIGURE_ROWS))


def _said(rows: pa.RecordBatch, kind: int) -> Iterator[pa.RecordBatch]:
    """The figures of one batch, column by column; a null is no figure."""
    _, _, number, columns = _FIGURES[kind]
    for at, column in enumerate(columns):
        is_said = pc.is_valid(rows[column])
        said = rows.filter(pc.and_(is_said, pc.is_valid(rows[number])) if number else is_said)
        values = {
            "place": said["place"],
            "ordinal": said["ordinal"],
            "kind": pa.repeat(pa.scalar(kind, pa.int8()), len(said)),
            "number": said[number].cast(pa.int32()) if number else pa.repeat(pa.scalar(0, pa.int32()), len(said)),
            "column": pa.repeat(pa.scalar(at, pa.int8()), len(said)),
            "value": said[column].cast(pa.string()),
        }
        yield pa.RecordBatch.from_arrays(list(values.values()), schema=_FIGURE_ROWS)


def _of(read_table: ReadTable, table: str, columns: list[str], wanted: pa.Array) -> pa.Table:
    """The rows of the wanted documents."""
    return _in_order(pa.Table.from_batches([_kept(batch, wanted) for batch in read_table(table, columns)]))


def _kept(batch: pa.RecordBatch, wanted: pa.Array) -> pa.RecordBatch:
    """The rows of the wanted documents: in place of the id, the document's place and the project's ordinal."""
    key, *names = batch.schema.names
    place = pc.index_in(pc.utf8_slice_codeunits(batch[key], 0, ID_LENGTH), value_set=wanted)
    ordinal = pc.utf8_slice_codeunits(batch[key], ID_LENGTH + 1)
    columns = [place, ordinal, *(batch[name] for name in names)]
    return pa.RecordBatch.from_arrays(columns, names=["place", "ordinal", *names]).filter(pc.is_valid(place))


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows by all their columns, the document's place first: the order of files and batches does not show."""
    return rows.sort_by([(name, "ascending") for name in rows.schema.names])


def _by_place(rows: pa.Table, count: int) -> Iterator[list[Row]]:
    """The rows of each document in turn; of one that has none, no rows."""
    waiting = groupby((row for batch in rows.to_batches(ROWS_IN_MEMORY) for row in _tuples(batch)), key=itemgetter(0))
    place, found = next(waiting, (count, iter(())))
    for wanted in range(count):
        if wanted != place:
            yield []
            continue
        yield list(found)
        place, found = next(waiting, (count, iter(())))


def _tuples(batch: pa.RecordBatch) -> Iterator[Row]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
