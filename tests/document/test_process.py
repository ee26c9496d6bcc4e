"""One document through every stage."""

from pipeline.document.process import Stopwatch, process
from pipeline.sources.read import source_of
from schemas import TABLES
from tests.support.processing import plain_rows
from tests.support.small_report import TITLE, only, processed, report, tables_of

STAGES = [
    "repair", "paginate", "scan", "classify", "split", "read_fields", "normalize", "merge_copies",
    "build_rows", "check",
]  # fmt: skip


def test_every_table_is_there_also_those_without_rows() -> None:
    assert list(tables_of(report())) == [model.table for model in TABLES]
    assert list(tables_of("บันทึก")) == [model.table for model in TABLES]


def test_rows_are_models_of_their_tables() -> None:
    for model, rows in processed(report()).by_table.items():
        assert all(type(row) is model for row in rows)


def test_a_document_has_one_row() -> None:
    row = only(tables_of(report())["documents"])
    assert (row["form"], row["status"], row["page_count"], row["copy_count"]) == ("bma_progress_report", "parsed", 1, 1)
    assert (row["fiscal_year_be"], row["text_coverage"], row["source"]) == (2561, 1.0, "small.txt")
    assert row["title"] == TITLE.strip("* ")


def test_a_document_with_findings_says_so() -> None:
    assert only(tables_of(report(header={"งบประมาณที่ใช้ไป": "1 บาท"}))["documents"])["status"] == "parsed_with_findings"


def test_an_unknown_document_is_accounted_for_without_a_project() -> None:
    tables = tables_of("บันทึกข้อความ\n\nเรื่อง ส่งรายงาน\fสิ่งที่ส่งมาด้วย")
    row = only(tables["documents"])
    assert (row["form"], row["status"], row["page_count"], row["title"]) == ("unknown", "parsed", 2, None)
    assert [found["text"] for found in tables["unclaimed"]] == ["บันทึกข้อความ\n\nเรื่อง ส่งรายงาน", "สิ่งที่ส่งมาด้วย"]
    assert (tables["projects"], tables["findings"]) == ([], [])


def test_a_report_whose_fields_are_all_blank_has_its_project_and_no_values() -> None:
    row = only(tables_of(f"{TITLE}\n\n1.1 รหัสโครงการและชื่อโครงการ\n\nรหัสโครงการ... : -")["projects"])
    assert {column for column, value in row.items() if value is not None} == {
        "project_id", "document_id", "ordinal", "row_key",
    }  # fmt: skip


def test_the_same_bytes_give_the_same_rows() -> None:
    content = f"{report()}\f{report()}".encode()
    assert plain_rows(content, name="a.txt") == plain_rows(content, name="a.txt")


def test_the_name_of_a_file_changes_its_source_and_its_messages_alone() -> None:
    content = report(header={"งบประมาณที่ใช้ไป": "1 บาท"}).encode()
    one, other = (plain_rows(content, name=name) for name in ("a.txt", "b/c.txt"))
    different = {
        (table, column)
        for table, rows in one.items()
        for row, twin in zip(rows, other[table], strict=True)
        for column in row
        if row[column] != twin[column]
    }
    assert different == {("documents", "source"), ("findings", "message")}


def test_line_ends_do_not_matter() -> None:
    windows = tables_of(report().replace("\n", "\r\n"))
    for table, rows in tables_of(report()).items():
        if table in ("projects", "objectives", "report_entries", "strategy_links", "sections"):
            assert [_plain(row) for row in windows[table]] == [_plain(row) for row in rows]


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {column: value for column, value in row.items() if not column.endswith(("_id", "_key"))}


def test_seconds_of_each_stage_are_added_up() -> None:
    stopwatch, source = Stopwatch(), source_of(report().encode(), name="a.txt")
    process(source, stopwatch=stopwatch)
    once = dict(stopwatch.seconds)
    process(source, stopwatch=stopwatch)
    assert list(once) == list(stopwatch.seconds) == STAGES
    assert all(0 < once[stage] < took for stage, took in stopwatch.seconds.items())
