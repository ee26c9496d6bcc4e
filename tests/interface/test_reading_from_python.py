"""`raingan.read`: one document as rows, Arrow tables and frames; the same rows that a run writes."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import pandas
import pyarrow as pa
import pytest

import raingan
from schemas.evidence import Evidence
from schemas.report_entries import ReportEntry
from tests.conftest import DOCUMENT_TABLES, PROGRESS_REPORTS, ROOT, SAMPLES, RunTables
from tests.support.archives import tarred, zipped
from tests.support.office import docx, w_paragraph

SAMPLE = PROGRESS_REPORTS[0]
WITH_FINDINGS = PROGRESS_REPORTS[9]
ONE_OF_EACH_FORM = {path.parent.name: path for path in SAMPLES}.values()


@pytest.fixture(scope="module")
def document() -> raingan.Document:
    return raingan.read(SAMPLE)


@pytest.mark.parametrize("path", ONE_OF_EACH_FORM, ids=lambda path: path.parent.name)
def test_the_tables_of_a_document_are_those_of_a_run(path: Path, run_tables: RunTables) -> None:
    written, document = run_tables(path), raingan.read(path)
    assert tuple(document.tables) == DOCUMENT_TABLES
    for table, rows in document.tables.items():
        assert document.arrow(table).equals(written[table]), table
        assert [field.metadata for field in document.arrow(table).schema] == [
            field.metadata for field in written[table].schema
        ]
        assert [row.model_dump() for row in rows] == written[table].to_pylist()


def test_a_path_a_string_the_bytes_and_the_text_of_a_file_give_the_same_rows(document: raingan.Document) -> None:
    content = SAMPLE.read_bytes()
    assert raingan.read(str(SAMPLE)) == document
    assert raingan.read(content, name="01.txt") == document
    assert raingan.read(content.decode(), name="01.txt") == document
    assert raingan.read(f"file://{SAMPLE}") == document


def test_a_document_without_a_name_is_called_by_what_was_given() -> None:
    assert raingan.read(b"a").name == raingan.read(b"a").documents[0].source == "<bytes>"
    assert raingan.read("a\n").name == "<text>"
    assert raingan.read("ก" * 1001).text == "ก" * 1001


def test_a_word_document_is_read_from_its_bytes() -> None:
    document = raingan.read(docx(w_paragraph("รายงาน") + w_paragraph("ชื่อโครงการ : ปลูกต้นไม้")))
    assert document.texts[0].text == document.text
    assert "ปลูกต้นไม้" in document.text
    assert "wordprocessingml" in str(document.documents[0].media_type)


def test_a_packed_document_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "01.txt.gz"
    packed.write_bytes(gzip.compress(SAMPLE.read_bytes()))
    assert raingan.read(packed).name == "01.txt.gz!/01.txt"
    assert raingan.read(packed, name="01.txt") == raingan.read(SAMPLE)


def test_the_rows_are_typed_objects_of_their_tables(document: raingan.Document) -> None:
    assert_type(document.report_entries, tuple[ReportEntry, ...])
    entry = document.report_entries[1]
    assert (entry.report_date, entry.disbursed_baht) == (date(2019, 3, 29), Decimal("930000.00"))
    assert document.form == "bma_progress_report"


def test_a_value_leads_to_its_evidence_in_the_text(document: raingan.Document) -> None:
    entry = document.report_entries[1]
    found = document.evidence_of(entry, "report_date")
    assert_type(found, tuple[Evidence, ...])
    assert [one.raw_text for one in found] == ["29/3/2562"]
    assert {one.column_name for one in document.evidence_of(entry)} > {"report_date", "disbursed_baht"}
    assert all(document.text[one.char_start : one.char_end] == one.raw_text for one in document.evidence)


def test_a_row_leads_to_its_findings() -> None:
    document = raingan.read(WITH_FINDINGS)
    of_entries = [one for one in document.findings if one.table_name == "report_entries" and one.row_key]
    found = [one for row in document.report_entries for one in document.findings_of(row)]
    of_days = [one for row in document.report_entries for one in document.findings_of(row, "report_date")]
    assert sorted(one.ordinal for one in found) == sorted(one.ordinal for one in of_entries)
    assert {one.column_name for one in of_days} == {"report_date"} < {one.column_name for one in found}


def test_frames_keep_dates_and_decimals(document: raingan.Document) -> None:
    frame = document.pandas("report_entries")
    assert frame["report_date"].dtype == pandas.ArrowDtype(pa.date32())
    assert frame["disbursed_baht"].dtype == pandas.ArrowDtype(pa.decimal128(18, 2))
    assert frame["disbursed_baht"].sum() == sum(entry.disbursed_baht or 0 for entry in document.report_entries)
    assert document.pandas("risks").empty


def test_a_document_shows_its_form_and_how_many_rows_it_has(document: raingan.Document) -> None:
    shown = repr(document)
    assert shown.startswith("<raingan.Document 01.txt: form=bma_progress_report, ")
    assert f"report_entries={len(document.report_entries)}, " in shown
    assert "risks" not in shown


def test_a_document_cannot_be_changed(document: raingan.Document) -> None:
    with pytest.raises(FrozenInstanceError):
        document.name = "other"  # type: ignore[misc]  # that is what is tested


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nowhere.txt", "nowhere.txt: no such file; check the path"),
        (Path("nowhere.txt"), "no such file; check the path"),
        ("ก" * 900, "ก...: no such file; check the path. A text in one line is given as text.encode()"),
        ("nul\0", "no such file"),
        (ROOT / "samples", "is a folder or pattern, not one document; read all with raingan.run("),
        ("samples/**/*.txt", "is a folder or pattern, not one document; read all with raingan.run("),
        ("", "the file is empty"),
        (b"", "the file is empty"),
        (b"PK\x03\x04", "is damaged or incomplete"),
        ("\ud800\n", "convert the file to UTF-8"),
        ("nostore://bucket/a.txt", "no store for this kind of URL is installed"),
        (zipped({"a.txt": b"a"}), "this is an archive"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_an_error_that_says_what_to_do(given: str | Path | bytes, words: str) -> None:
    with pytest.raises(raingan.Error) as caught:
        raingan.read(given)
    assert words in str(caught.value)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_of_several_documents_is_for_a_run(
    pack: Callable[[Mapping[str, bytes]], bytes], tmp_path: Path
) -> None:
    packed = tmp_path / "all.pack"
    packed.write_bytes(pack({"a.txt": b"a", "b.txt": b"b"}))
    with pytest.raises(raingan.Error, match=r"is an archive with several documents; raingan.run\('.*all.pack', out\)"):
        raingan.read(packed)


def test_an_archive_without_documents_is_an_error(tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    packed.write_bytes(zipped({"a.png": b"a"}))
    with pytest.raises(raingan.Error, match="is an archive with no document"):
        raingan.read(packed)


def test_a_picture_is_an_error_with_the_code_of_the_finding() -> None:
    with pytest.raises(raingan.Error) as caught:
        raingan.read(b"\x89PNG\r\n")
    assert caught.value.code == "needs_ocr"


def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(raingan.Error, match=r"loop.txt"):
        raingan.read(tmp_path / "loop.txt")
    with pytest.raises(raingan.Error, match="is not a regular file; copy its content to a file first"):
        raingan.read("/dev/null")


def test_limits_are_those_of_the_command() -> None:
    with pytest.raises(raingan.Error, match="is larger than the limit of 10 bytes"):
        raingan.read(SAMPLE, max_bytes=10)


def test_a_table_that_does_not_exist_is_an_error_that_lists_the_tables(document: raingan.Document) -> None:
    with pytest.raises(raingan.Error, match="no table has the name 'entries'; the tables are documents, pages, "):
        document.arrow("entries")


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match=r"expected str, bytes or os\.PathLike object, not int"):
        raingan.read(3)  # type: ignore[arg-type]  # that is what is tested
