"""Primary and foreign keys: declared beside the columns, and held by the rows of a document, or it is quarantined."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline.document.build_rows
from pipeline.document.account import page_rows
from pipeline.document.check import check_keys
from pipeline.document.process import process
from pipeline.document.rows import Rows, RowValues
from pipeline.errors import DocumentError
from pipeline.model import SplitDocument
from pipeline.sources.read import read
from schemas import CORPUS_TABLES, TABLES
from schemas.base import Table
from schemas.blocks import BlockRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.pages import PageRow
from schemas.projects import Project
from schemas.report_entries import ReportEntry
from schemas.sections import Section
from tests.conftest import PROGRESS_REPORTS, Run, fill, others_unchanged, run_over
from tests.test_invariants import spoil

ALL_TABLES = {model.table: model for model in (*TABLES, *CORPUS_TABLES)}
SAMPLE = next(path for path in PROGRESS_REPORTS if path.name == "03.txt")
OTHER = "0123456789abcdef-009"


@pytest.fixture
def rows() -> Rows:
    return process(read(SAMPLE, name=SAMPLE.name))


@pytest.mark.parametrize("model", ALL_TABLES.values(), ids=lambda model: model.table)
def test_a_primary_key_is_made_of_columns_that_are_never_null(model: type[Table]) -> None:
    assert model.primary_key
    assert not any(model.arrow_schema().field(column).nullable for column in model.primary_key)


@pytest.mark.parametrize("model", ALL_TABLES.values(), ids=lambda model: model.table)
def test_a_foreign_key_names_columns_of_the_same_types(model: type[Table]) -> None:
    for key in model.foreign_keys:
        named = ALL_TABLES[key.table]
        mine = [model.arrow_schema().field(column).type for column in key.columns]
        assert mine == [named.arrow_schema().field(column).type for column in key.named]
        assert key.named in (named.primary_key, ("document_id",))


@pytest.mark.parametrize("model", ALL_TABLES.values(), ids=lambda model: model.table)
def test_a_column_that_has_the_name_of_a_key_is_one(model: type[Table]) -> None:
    declared = {column for key in model.foreign_keys for column in key.columns} | {*model.primary_key}
    named = {"document_id", "project_id", "page_number"} & set(model.model_fields)
    assert named <= declared or model.table == "documents"
    assert model.names_rows == ("table_name" in model.model_fields)


SPOILED: dict[str, tuple[type[Table], dict[str, object]]] = {
    "an entry of no project": (ReportEntry, {"project_id": OTHER}),
    "a section of another document": (Section, {"document_id": OTHER[:16]}),
    "a block on no page": (BlockRow, {"page_number": 99}),
    "a page that repeats none": (PageRow, {"duplicate_of": 99}),
    "evidence of no row": (Evidence, {"row_key": OTHER}),
    "evidence of a row of another table": (Evidence, {"table_name": "risks"}),
    "a finding of no row": (Finding, {"table_name": "projects", "row_key": OTHER}),
    "an entry with the key of another document": (ReportEntry, {"row_key": OTHER}),
    "a project with the key of another document": (Project, {"project_id": OTHER}),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_key_that_names_nothing_is_an_error(name: str, rows: Rows) -> None:
    check_keys(rows)
    table, values = SPOILED[name]
    spoil(rows, table, **values)
    with pytest.raises(DocumentError, match=rf"^03\.txt: .*\b{table.table}\b.*please report this file as a bug$"):
        check_keys(rows)


@pytest.mark.parametrize("table", [PageRow, ReportEntry, Evidence, Finding], ids=lambda model: model.table)
def test_a_row_that_stands_twice_is_an_error(table: type[Table], rows: Rows) -> None:
    rows.by_table[table].append(rows.by_table[table][0])
    with pytest.raises(DocumentError, match=f"rows of {table.table} have the same key"):
        check_keys(rows)


def test_a_document_whose_keys_break_is_quarantined_and_no_other(
    alone: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "in")
    (tmp_path / "in" / "b.txt").write_bytes(SAMPLE.read_bytes())

    def without_pages(blocks: SplitDocument) -> Iterator[RowValues]:
        return iter(()) if blocks.document.source.name == "b.txt" else page_rows(blocks)

    monkeypatch.setattr(pipeline.document.build_rows, "page_rows", without_pages)
    found = run_over(tmp_path / "in")
    status, error = found.status("b.txt")
    assert status == "quarantined"
    assert "which is not in pages" in error
    assert error.endswith("please report this file as a bug")
    others_unchanged(alone, found)
