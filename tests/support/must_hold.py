"""What must hold for the rows of any document, whatever stands in it."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, TypeVar

from pipeline.document.check.findings import QUOTE
from pipeline.document.rows import Rows
from schemas import TABLES
from schemas.base import Table, columns_of
from schemas.blocks import BlockRow
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import CODES, Finding
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.sections import Section
from schemas.unclaimed import Unclaimed

READ_OFF_THE_PAGE = {
    "projects": (
        "project_name project_code fiscal_year_be start_date end_date budget_received_baht budget_spent_baht "
        "agency division unit responsible_person responsible_phone coordinator coordinator_phone status"
    ).split(),
    "objectives": ["kind", "fiscal_quarter", "label", "text"],
    "report_entries": (
        "entry_number report_date activity progress_percent disbursed_baht plan_status target_status"
    ).split(),
    "quarterly_results": (
        "fiscal_year_be fiscal_quarter planned_baht disbursed_baht disbursement_note results problems suggestions"
    ).split(),
    "activities": ["fiscal_quarter", "label", "text"],
    "budget_items": "entry_number item quantity quantity_unit unit_price_baht amount_baht".split(),
    "strategy_links": ["level", "text"],
    "indicators": "name target target_value target_unit indicator_type method period".split(),
    "risks": "risk likelihood impact level mitigation".split(),
    "sections": ["section", "fiscal_quarter", "heading", "text"],
}
ENUMERATIONS = {
    ("documents", "status"): {"parsed", "parsed_with_findings", "quarantined", "duplicate"},
    ("objectives", "kind"): set(
        "objective target_quantity target_quality output outcome indicator expected_benefit".split()
    ),
    ("strategy_links", "level"): {"issue", "sub_issue", "goal", "indicator", "plan"},
    ("sections", "section"): set(
        "rationale scope schedule budget monitoring strategy_results front_matter certification other".split()
    ),
    ("evidence", "method"): {"exact", "repaired", "merged_lines", "inferred"},
    ("findings", "severity"): {"error", "warning", "info"},
}
Row = TypeVar("Row", bound=Table)


def broken(rows: Rows, text: str) -> list[str]:
    """What should always hold for the rows of a document and does not."""
    return [said for check in _CHECKS for said in check(rows, text)]


def of(rows: Rows, model: type[Table]) -> list[dict[str, Any]]:
    """The rows of a table as plain values."""
    return [dict(zip(columns_of(model), values, strict=True)) for values in rows.by_table[model].values]


def typed(rows: Rows, model: type[Row]) -> list[Row]:
    """The rows of a table as what they are."""
    return [row for row in rows.by_table[model] if isinstance(row, model)]


def _accounting(rows: Rows, text: str) -> Iterator[str]:
    claimed = [(row.char_start, row.char_end) for row in typed(rows, BlockRow)]
    unclaimed = [(row.char_start, row.char_end) for row in typed(rows, Unclaimed) if row.reason == "no_block"]
    done = 0
    for start, end in sorted(claimed + unclaimed):
        if not 0 <= start < end <= len(text):
            yield f"{start}-{end} is no stretch of the text"
        if lost := text[done:start].strip():
            yield f"{lost[:40]!r} before {start} is in no block"
        if twice := text[start : min(end, done)].strip():
            yield f"{twice[:40]!r} at {start} is in two blocks"
        done = max(done, end)
    if lost := text[done:].strip():
        yield f"{lost[:40]!r} at the end is in no block"


def _uses(rows: Rows, text: str) -> Iterator[str]:
    """The second account: each character of a block is in one list, of labels, of what was read, or of what was not."""
    left = [(row.char_start, row.char_end) for row in typed(rows, Unclaimed) if row.reason == "not_read"]
    blocks = [row for row in typed(rows, BlockRow) if row.block != "furniture"]
    read = [(span["char_start"], span["char_end"]) for row in blocks for span in (*row.label_spans, *row.read_spans)]
    done, spans = 0, sorted([*left, *read])
    for (start, end), (_, before) in zip(spans, [(0, 0), *spans], strict=False):
        if twice := text[start:before].strip():
            yield f"{twice[:40]!r} at {start} is in two lists"
        done += len("".join(text[start:end].split()))
    wanted = sum(len("".join(text[row.char_start : row.char_end].split())) for row in blocks)
    if done != wanted:
        yield f"{done} of {wanted} characters of blocks are in a list"


def _unclaimed(rows: Rows, text: str) -> Iterator[str]:
    for row in typed(rows, Unclaimed):
        if text[row.char_start : row.char_end] != row.text:
            yield f"unclaimed text {row.text[:40]!r} does not stand at {row.char_start}"


def _quotes(rows: Rows, text: str) -> Iterator[str]:
    for row in typed(rows, Evidence):
        where = f"evidence of {row.table_name}.{row.column_name} {row.row_key} part {row.part}"
        if text[row.char_start : row.char_end] != row.raw_text or not row.raw_text.strip():
            yield f"{where} does not quote the source: {row.raw_text[:40]!r}"
        if not 1 <= row.copies_agreeing <= row.copies_total or not 0 < (row.confidence or 0) <= 1:
            yield f"{where}: {row.copies_agreeing} of {row.copies_total} copies agree, confidence {row.confidence}"


def _evidence_of_cells(rows: Rows, _text: str) -> Iterator[str]:
    cells = {
        (model.table, row["row_key"], column)
        for model in TABLES
        for row in of(rows, model)
        for column in READ_OFF_THE_PAGE.get(model.table, ())
        if row[column] is not None
    }
    evidence = [row for row in of(rows, Evidence) if row["table_name"] != DocumentRow.table]
    traced = {(row["table_name"], row["row_key"], row["column_name"]) for row in evidence}
    yield from (f"no evidence for {cell}" for cell in sorted(cells - traced, key=str))
    yield from (f"evidence for {cell}, which is null or no cell" for cell in sorted(traced - cells, key=str))
    parts: dict[tuple[object, ...], list[object]] = {}
    for row in evidence:
        parts.setdefault((row["table_name"], row["row_key"], row["column_name"]), []).append(row["part"])
    yield from (f"parts of {cell}: {n}" for cell, n in parts.items() if n != list(range(1, len(n) + 1)))


def _keys(rows: Rows, _text: str) -> Iterator[str]:
    known = {model.table: [row.get("row_key") for row in of(rows, model)] for model in TABLES}
    for model in TABLES:
        if "row_key" in model.model_fields and model.table not in ("evidence", "findings"):
            repeated = [key for key, count in Counter(known[model.table]).items() if count > 1 or not key]
            yield from (f"row_key {key} of {model.table} is not unique" for key in repeated)
    for row in of(rows, Finding):
        table = row["table_name"]
        if table is not None and table not in known:
            yield f"finding {row['code']} is about {table}, which is no table"
        elif row["row_key"] is not None and (table is None or row["row_key"] not in known[str(table)]):
            yield f"finding {row['code']} is about {table} {row['row_key']}, which is no row"


def _projects(rows: Rows, _text: str) -> Iterator[str]:
    document_id = rows.document.document_id
    known = [row["project_id"] for row in of(rows, Project)]
    if known != [f"{document_id}-{ordinal:03d}" for ordinal in range(1, len(known) + 1)]:
        yield f"project_ids {known}"
    for model in TABLES:
        for row in of(rows, model):
            if row.get("project_id") is not None and row["project_id"] not in known:
                yield f"{model.table} has a row of {row['project_id']}, which is no project"
            if row.get("document_id", document_id) != document_id:
                yield f"{model.table} has a row of document {row['document_id']}"


def _findings(rows: Rows, _text: str) -> Iterator[str]:
    source = rows.document.source
    for row in of(rows, Finding):
        code = CODES.get(str(row["code"]))
        message = str(row["message"])
        if code is None or row["severity"] != code.severity:
            yield f"{row['code']} with severity {row['severity']} is not on the list"
        page_number = row["page_number"]
        place = f"{source}: " if page_number is None else f"{source}, page {page_number}, line "
        if not message.startswith(place) or (code and code.advice not in message):
            yield f"the message does not say where, or what to do: {message}"
        elif page_number is not None and code is not CODES["needs_ocr"] and not QUOTE.search(message):
            yield f"the message does not say what stood there: {message}"
    if (rows.document.status == "parsed_with_findings") != bool(rows.by_table[Finding]):
        yield f"status {rows.document.status} with {len(rows.by_table[Finding])} findings"


def _pages(rows: Rows, text: str) -> Iterator[str]:
    pages = typed(rows, PageRow)
    edges = [(row.char_start, row.char_end) for row in pages]
    if not pages or edges[0][0] != 0 or edges[-1][1] != len(text):
        yield f"pages do not cover the text: {edges[:1]} to {edges[-1:]} of {len(text)}"
    yield from (f"pages do not meet: {one}, {other}" for one, other in pairwise(edges) if one[1] != other[0])
    if [row.page_number for row in pages] != list(range(1, len(pages) + 1)):
        yield f"page numbers {[row.page_number for row in pages]}"
    if rows.document.page_count != len(pages):
        yield f"{rows.document.page_count} pages in documents, {len(pages)} in pages"
    for row in pages:
        if row.duplicate_of is not None and not 1 <= row.duplicate_of < row.page_number:
            yield f"page {row.page_number} repeats page {row.duplicate_of}"


def _places(rows: Rows, text: str) -> Iterator[str]:
    edges = {row.page_number: (row.char_start, row.char_end) for row in typed(rows, PageRow)}
    for model in (Evidence, BlockRow, Unclaimed, Finding):
        for row in of(rows, model):
            first, last = edges.get(row["page_number"], (0, 0) if row["page_number"] is not None else (0, len(text)))
            start, end = row.get("char_start", first), row.get("char_end", last)
            if not first <= start < end <= last:
                yield f"{model.table}: {start}-{end} is not on page {row['page_number']}"


def _shares(rows: Rows, text: str) -> Iterator[str]:
    furniture = [row for row in typed(rows, BlockRow) if row.block == "furniture"]
    other, lost = (
        sum(len("".join(text[row.char_start : row.char_end].split())) for row in found)
        for found in (furniture, typed(rows, Unclaimed))
    )
    solid = len("".join(text.split())) - other
    coverage = rows.document.text_coverage
    if coverage is None or abs(coverage - ((solid - lost) / solid if solid else 0)) > 1e-4:
        yield f"text_coverage {coverage} with {lost} of {solid} characters not read"


def _values(rows: Rows, _text: str) -> Iterator[str]:
    for model in TABLES:
        columns = READ_OFF_THE_PAGE.get(model.table, ())
        for row in of(rows, model):
            for (table, column), known in ENUMERATIONS.items():
                if table == model.table and row[column] is not None and row[column] not in known:
                    yield f"{table}.{column} is {row[column]!r}"
            yield from (f"{model.table}.{column}: {said}" for column in columns for said in _odd(row[column]))
            percent = row.get("progress_percent")
            if percent is not None and not 0 <= percent <= 100:
                yield f"{percent} percent"


def _odd(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not value.strip(" -") or value != " ".join(value.split()):
            yield f"{value[:40]!r} is empty, a dash, or has blanks to collapse"
        if not unicodedata.is_normalized("NFC", value):
            yield f"{value[:40]!r} is not NFC"


def _order(rows: Rows, _text: str) -> Iterator[str]:
    ordinals = [row.ordinal for row in typed(rows, BlockRow)]
    if ordinals != list(range(1, len(ordinals) + 1)):
        yield f"ordinals of blocks {ordinals}"
    sections = sorted(row["ordinal"] for row in of(rows, Section))
    if sections != list(range(1, len(sections) + 1)):
        yield f"ordinals of sections {sections}"
    for name in ("objectives", "activities"):
        model = next(model for model in TABLES if model.table == name)
        listed = sorted(of(rows, model), key=lambda row: (str(row["project_id"]), row["ordinal"]))
        for project_id, group in groupby(listed, key=lambda row: row["project_id"]):
            found = [row["ordinal"] for row in group]
            if found != list(range(found[0], found[0] + len(found))):
                yield f"ordinals of {name} of {project_id}: {found}"


_CHECKS: Sequence[Callable[[Rows, str], Iterator[str]]] = (
    _accounting, _unclaimed, _quotes, _evidence_of_cells, _keys, _projects, _findings, _pages, _places, _shares,
    _values, _order,
)  # fmt: skip
