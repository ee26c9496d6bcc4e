"""The tables against the output contract, written out here a second time: names, types, descriptions, units, codes."""

import re

import pyarrow as pa
import pytest

from schemas import CORPUS_TABLES, TABLES
from schemas.base import OneOf, Table
from schemas.findings import CODES
from tests.conftest import ROOT

BAHT, PERCENT = pa.decimal128(18, 2), pa.decimal128(6, 2)
SPANS = pa.list_(pa.struct([("char_start", pa.int64()), ("char_end", pa.int64())]))
TYPES = {
    "string": pa.string(), "date": pa.date32(), "baht": BAHT, "percent": PERCENT, "float": pa.float64(),
    "i8": pa.int8(), "i16": pa.int16(), "i32": pa.int32(), "i64": pa.int64(), "strings": pa.list_(pa.string()),
    "spans": SPANS,
}  # fmt: skip
CONTRACT = {
    "documents": """document_id:string source:string form:string title:string issuer:string fiscal_year_be:i16
        as_of_date:date document_number:string document_date:date
        page_count:i32 copy_count:i32 text_coverage:float status:string duplicate_of:string error:string
        media_type:string encoding:string byte_count:i64 parser_version:string""",
    "pages": """document_id:string page_number:i32 copy_number:i32 duplicate_of:i32 similarity:float char_start:i64
        char_end:i64""",
    "projects": """project_id:string document_id:string ordinal:i32 project_name:string project_code:string
        fiscal_year_be:i16 start_date:date end_date:date budget_received_baht:baht budget_spent_baht:baht agency:string
        division:string unit:string responsible_person:string responsible_phone:string coordinator:string
        coordinator_phone:string status:string""",
    "objectives": "project_id:string ordinal:i32 kind:string fiscal_quarter:i8 label:string text:string",
    "report_entries": """project_id:string entry_number:i32 report_date:date activity:string progress_percent:percent
        disbursed_baht:baht plan_status:string target_status:string""",
    "quarterly_results": """project_id:string fiscal_year_be:i16 fiscal_quarter:i8 planned_baht:baht disbursed_baht:baht
        disbursement_note:string results:string problems:string suggestions:string""",
    "activities": "project_id:string ordinal:i32 fiscal_quarter:i8 label:string text:string",
    "budget_items": """project_id:string entry_number:i32 item:string quantity:decimal quantity_unit:string
        unit_price_baht:baht amount_baht:baht""",
    "indicators": """project_id:string name:string target:string target_value:decimal target_unit:string
        indicator_type:string method:string period:string""",
    "risks": "project_id:string risk:string likelihood:i8 impact:i8 level:string mitigation:string",
    "strategy_links": "project_id:string level:string text:string",
    "sections": """project_id:string document_id:string ordinal:i32 section:string fiscal_quarter:i8 heading:string
        text:string""",
    "findings": """document_id:string project_id:string table_name:string column_name:string row_key:string
        page_number:i32 code:string severity:string message:string""",
    "evidence": """table_name:string row_key:string column_name:string part:i32 document_id:string page_number:i32
        char_start:i64 char_end:i64 raw_text:string method:string confidence:float copies_total:i32 copies_agreeing:i32
        alternatives:strings""",
    "blocks": """document_id:string ordinal:i32 page_number:i32 copy_number:i32 project_id:string block:string
        heading:string char_start:i64 char_end:i64 label_spans:spans read_spans:spans""",
    "unclaimed": """document_id:string page_number:i32 char_start:i64 char_end:i64 text:string reason:string
        block:string""",
    "texts": "document_id:string text:string",
}
ADDED = {
    "row_key": "which row evidence and findings are about",
    "findings.ordinal": "the place of a finding among those of its document",
    "report_groups.*": "files that hold one report, over all documents",
    "texts.*": "the text that offsets count in, of documents that are no plain text",
}
"""What tables have beside the contract, which says that columns may be added, and what for."""
CONTRACT_TEXT = ROOT.parent / "shared" / "CONTRACT.md"
CODE_NAMES = """
    sum_of_entries_differs sum_of_items_differs summary_total_differs summary_count_differs percentage_differs
    amount_in_words_differs spent_exceeds_received disbursed_exceeds_planned progress_decreases date_order
    date_outside_period year_out_of_context impossible_date weekday_contradicts_date date_format_mixed
    status_contradicts_activity entry_number_repeated entry_number_missing metrics_missing copies_disagree
    number_scripts_mixed code_points_repaired activity_empty certification_unsigned schedule_marks_lost
    unreadable_value text_not_read repeated_text_loop
""".split()
COLUMNS = [(table, *column.split(":")) for table, columns in CONTRACT.items() for column in columns.split()]
NEVER_NULL = {"document_id", "row_key", "table_name", "column_name", "source", "char_start", "char_end", "code"}


ALL_TABLES = (*TABLES, *CORPUS_TABLES)


def model_of(table: str) -> type[Table]:
    return next(model for model in TABLES if model.table == table)


def all_fields() -> list[tuple[str, pa.Field]]:
    return [(model.table, field) for model in ALL_TABLES for field in model.arrow_schema()]


def test_the_tables_are_those_of_the_contract_in_its_order() -> None:
    assert [model.table for model in TABLES] == list(CONTRACT)


def is_added(table: str, column: str) -> bool:
    return not ADDED.keys().isdisjoint({column, f"{table}.{column}", f"{table}.*"})


def test_a_table_has_no_column_that_the_contract_does_not_name() -> None:
    named = {(table, column) for table, column, _ in COLUMNS}
    columns = [(model.table, column) for model in ALL_TABLES for column in model.model_fields]
    assert [one for one in columns if one not in named and not is_added(*one)] == []


@pytest.mark.skipif(
    not CONTRACT_TEXT.exists(), reason="the contract lies beside the repository where reports are shared"
)
def test_the_contract_is_written_out_here_as_it_is() -> None:
    sections = re.split(r"^## (\w+)", CONTRACT_TEXT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said, every = dict(zip(sections[1::2], sections[2::2], strict=True)), "".join(sections)
    for table, column, _ in COLUMNS:
        if not is_added(table, column):
            is_there = re.search(rf"\b{column}\b", said[table]) or f"`{table}.{column}`" in every
            assert is_there, f"{table}.{column} is not in the contract"


@pytest.mark.parametrize(("table", "column", "kind"), COLUMNS, ids=[f"{t}.{c}" for t, c, _ in COLUMNS])
def test_a_column_of_the_contract_has_its_name_and_type(table: str, column: str, kind: str) -> None:
    found = model_of(table).arrow_schema().field(column).type
    assert pa.types.is_decimal(found) if kind == "decimal" else found == TYPES[kind]


def test_every_table_and_column_has_a_description() -> None:
    for model in ALL_TABLES:
        assert model.arrow_schema().metadata[b"description"].strip()
    for table, field in all_fields():
        description = field.metadata[b"description"].decode()
        assert len(description) > 5, f"{table}.{field.name}"
        assert description.endswith("."), f"{table}.{field.name}: {description}"


def test_money_says_baht_and_a_percentage_percent() -> None:
    for table, field in all_fields():
        unit = field.metadata.get(b"unit", b"").decode()
        where = f"{table}.{field.name}"
        if field.name.endswith("_baht"):
            assert (field.type, unit) == (BAHT, "baht"), where
        elif field.name.endswith("_percent"):
            assert (field.type, unit) == (PERCENT, "percent"), where
        elif field.name.endswith("_be"):
            assert (field.type, "BE" in unit) == (pa.int16(), True), where
        elif field.name.endswith("_date"):
            assert field.type == pa.date32(), where
        assert (field.type == BAHT) == field.name.endswith("_baht"), where
        assert (field.type == PERCENT) == field.name.endswith("_percent"), where


def test_sizes_and_shares_say_their_unit() -> None:
    units = {field.name: field.metadata.get(b"unit", b"").decode() for _, field in all_fields()}
    assert units["byte_count"] == "bytes"
    assert units["char_start"] == units["char_end"] == "code points"
    assert units["text_coverage"] == units["similarity"] == units["confidence"] == "0-1"


def test_what_names_a_row_is_never_null() -> None:
    for table, field in all_fields():
        if field.name in NEVER_NULL and (table, field.name) not in (
            ("findings", "table_name"), ("findings", "column_name"), ("findings", "row_key"),
            ("report_groups", "code"),
        ):  # fmt: skip
            assert not field.nullable, f"{table}.{field.name}"


def test_a_row_that_evidence_may_name_has_a_key() -> None:
    for model in TABLES:
        if "project_id" in model.model_fields and model.table not in ("findings", "blocks"):
            assert "row_key" in model.model_fields, model.table


def test_the_key_of_a_project_is_found_from_its_row() -> None:
    assert {"project_id", "row_key"} <= set(model_of("projects").model_fields)


@pytest.mark.parametrize("name", CODE_NAMES)
def test_a_code_of_the_contract_is_on_the_list(name: str) -> None:
    assert name in CODES


@pytest.mark.parametrize("name", CODES)
def test_a_code_says_what_it_means_what_likely_caused_it_and_what_to_do(name: str) -> None:
    code = CODES[name]
    assert code.severity in ("error", "warning", "info")
    assert re.fullmatch("[a-z]+(_[a-z]+)+", name)
    for text in (code.meaning, code.cause, code.advice):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.isascii()
    assert len({code.meaning, code.cause, code.advice}) == 3


def test_words_that_a_form_may_put_in_a_column_are_those_of_its_description() -> None:
    found = 0
    for model in TABLES:
        for column in model.model_fields:
            for allowed in model.marks(column, OneOf):
                found += 1
                described = re.findall(r"`(\w+)`", model.model_fields[column].description or "")
                assert described == list(allowed.words), f"{model.table}.{column}"
    assert found > 5


def test_columns_that_order_a_table_are_its_own() -> None:
    for model in ALL_TABLES:
        assert model.sort_by, model.table
        assert set(model.sort_by) <= set(model.model_fields), model.table


def test_a_misspelt_column_is_an_error() -> None:
    for model in TABLES:
        with pytest.raises(ValueError, match=r"extra_forbidden|Extra inputs"):
            model.model_validate({"no_such_column": 1})
