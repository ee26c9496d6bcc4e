"""`raingan export` writes the same rows to CSV, Excel and DuckDB, without formulas, and reports what does not fit."""

import json
import sys
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from frictionless import Package

import pipeline.tools.export
from pipeline.archive.run import run
from pipeline.tools.export import FORMULA_SIGNS, VIEWS
from schemas.columns import SPANS
from schemas.findings import CODES
from tests.conftest import TABLE_NAMES, Tables, read_tables
from tests.support.exports import FORMATS, call, csv_rows, excel_rows, exported

FORMULAS = ("=HYPERLINK(1)", "+66 2", "@SUM(1)", "-2+3", "＝1")


@pytest.fixture(scope="module")
def tables(samples_out: Path) -> Tables:
    return read_tables(samples_out)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of texts that begin as formulas do."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "in").mkdir()
    for number, text in enumerate(FORMULAS):
        (root / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    run([root / "in"], root / "out")
    return root / "out"


def test_csv_has_all_rows_and_excel_reads_its_thai(samples_out: Path, tables: Tables, tmp_path: Path) -> None:
    folder = exported(samples_out, tmp_path / "ตาราง", "--format", "csv")
    assert {path.name for path in folder.iterdir()} == {*(f"{name}.csv" for name in TABLE_NAMES), "datapackage.json"}
    assert (folder / "projects.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name, table in tables.items():
        assert len(csv_rows(folder, name)) == table.num_rows
    for written, row in zip(csv_rows(folder, "report_entries"), tables["report_entries"].to_pylist(), strict=True):
        for column, value in row.items():
            said = "" if value is None else str(value)
            assert written[column] == ("'" + said if said.startswith(FORMULA_SIGNS) else said)
    alternatives = [json.loads(row["alternatives"]) for row in csv_rows(folder, "evidence")]
    assert alternatives == tables["evidence"]["alternatives"].to_pylist()


def test_csv_files_agree_with_their_data_package(samples_out: Path, tmp_path: Path) -> None:
    folder = exported(samples_out, tmp_path / "csv")
    report = Package.from_descriptor(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["fieldName", "message"])[:5]


def test_no_cell_of_a_csv_file_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    rows = csv_rows(exported(hostile, tmp_path / "csv"), "unclaimed")
    assert sorted(row["text"] for row in rows) == sorted(f"'{text}" for text in FORMULAS)
    assert all(row["char_end"].isdecimal() for row in rows)


def test_excel_has_all_rows_with_typed_numbers_and_dates(samples_out: Path, tables: Tables, tmp_path: Path) -> None:
    path = exported(samples_out, tmp_path / "tables.xlsx", "--format", "xlsx")
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    assert list(sheets) == ["dictionary", "finding_codes", *TABLE_NAMES]
    assert len(sheets["finding_codes"]) == len(CODES) + 1
    described = {row[:5] for row in sheets["dictionary"]}
    assert ("projects", "budget_spent_baht", "decimal128(18, 2)", "baht", "yes") in described
    for name, table in tables.items():
        head, *rows = sheets[name]
        assert list(head) == table.column_names
        assert len(rows) == table.num_rows
    for written, row in zip(sheets["report_entries"][1:], tables["report_entries"].to_pylist(), strict=True):
        assert [_plain(value) for value in written] == [_plain(value) for value in row.values()]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal | int) else value


def test_no_cell_of_an_excel_file_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    path = exported(hostile, tmp_path / "tables.xlsx", "--format", "xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= set(FORMULAS)
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_what_does_not_fit_in_excel_is_reported(
    samples_out: Path, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.tools.export, "MAX_ROWS", 100)
    monkeypatch.setattr(pipeline.tools.export, "MAX_CHARACTERS", 400)
    result = call(samples_out, tmp_path / "tables.xlsx", "--format", "xlsx")
    assert result.exit_code == 1
    told = f"evidence: 100 of {tables['evidence'].num_rows:,} rows fit on the sheet"
    assert told in result.stderr
    assert "texts are cut at 400 characters" in result.stderr
    assert len(excel_rows(tmp_path / "tables.xlsx", "evidence")) == 101
    assert any(told in str(row[0]) for row in excel_rows(tmp_path / "tables.xlsx", "dictionary"))


def test_duckdb_has_all_rows_and_a_comment_on_everything(samples_out: Path, tables: Tables, tmp_path: Path) -> None:
    path = exported(samples_out, tmp_path / "tables.duckdb", "--format", "duckdb")
    with duckdb.connect(str(path), read_only=True) as database:
        for name, table in tables.items():
            spans = [field.name for field in table.schema if field.type == SPANS]
            rows = database.table(name).to_arrow_table().to_pylist()
            assert [row | {one: json.loads(row[one]) for one in spans} for row in rows] == table.to_pylist()
        comments = database.execute(
            "select comment from duckdb_tables() union all select comment from duckdb_views() where not internal "
            "union all select c.comment from duckdb_columns() c join duckdb_tables() using (table_name)"
        ).fetchall()
        assert len(comments) > 150
        assert all(comment for (comment,) in comments)
        for view in VIEWS:
            found = database.table(view.name)
            assert found.columns
            assert found.fetchall() or view.name == "lone_values", view.name


def test_views_have_each_project_once(samples_out: Path, tables: Tables, tmp_path: Path) -> None:
    path = exported(samples_out, tmp_path / "tables.duckdb", "--format", "duckdb")
    with duckdb.connect(str(path), read_only=True) as database:
        newest = database.execute("select project_id, entry_number from newest_entries").fetchall()
        entries = tables["report_entries"].to_pylist()
        assert dict(newest) == {row["project_id"]: row["entry_number"] for row in entries}
        assert len(newest) == len(dict(newest))
        assert len(database.table("project_money").fetchall()) == tables["projects"].num_rows
        assert len(database.table("named_findings").fetchall()) == tables["findings"].num_rows
        assert len(database.table("counted_documents").fetchall()) == tables["documents"].num_rows


@pytest.mark.parametrize("name", FORMATS)
def test_an_existing_path_is_not_overwritten(name: str, samples_out: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    result = call(samples_out, tmp_path / "mine", "--format", name)
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    result = call(tmp_path, tmp_path / "csv")
    assert result.exit_code == 2
    assert "no tables found" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "library"), [("xlsx", "xlsxwriter"), ("duckdb", "duckdb")])
def test_a_missing_library_is_named_with_its_install_command(
    name: str, library: str, samples_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    result = call(samples_out, tmp_path / "tables", "--format", name)
    assert result.exit_code == 2
    assert f"--format {name} needs {library}: pip install 'raingan[export]'" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(samples_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.tools.export.write_json", full_disk)
    result = call(samples_out, tmp_path / "csv")
    assert result.exit_code == 3
    assert "No space left on device" in result.stderr
    assert list(tmp_path.iterdir()) == []
