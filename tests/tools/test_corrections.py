"""Corrections are applied by every later run, do not change evidence, and never get lost silently."""

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.archive.list_documents import preview
from pipeline.archive.options import Options
from pipeline.archive.run import merge, run
from pipeline.archive.run_summary import RunSummary
from pipeline.commands.cli import app
from pipeline.document.corrections import typed, written
from pipeline.errors import CorrectionError
from pipeline.sources.folders import CORRECTIONS
from pipeline.tools.check import golden_path
from pipeline.tools.output_tables import RunTables
from schemas import TABLES
from schemas.base import Normalizer
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.findings import Finding
from schemas.projects import Project
from schemas.report_entries import ReportEntry
from tests.conftest import SAMPLES, read_tables
from tests.support.small_report import entry, report

OVERSPENT = report(header={"งบประมาณที่ใช้ไป": "300,000 บาท", "สิ้นสุดโครงการ": None}, entries=[entry(1), entry(2)])


class Archive:
    """Two documents and their tables."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.out = folder / "in", folder / "out"
        if not self.out.exists():
            self.inputs.mkdir()
            self.put("a.txt", OVERSPENT)
            self.put("b.txt", report(header={"รหัสโครงการ...": "11000000-0002"}))
            run([self.inputs], self.out)
        rows = RunTables(self.out).columns(Project, "row_key", "budget_spent_baht").to_pylist()
        self.key = next(str(row["row_key"]) for row in rows if row["budget_spent_baht"] == 300000)

    def put(self, name: str, text: str) -> None:
        (self.inputs / name).write_text(text, encoding="utf-8")
        os.utime(self.inputs / name, (10**9, 10**9))

    def run(self) -> RunSummary:
        return run([self.inputs], self.out)

    def correct(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["correct", str(self.out), *arguments])

    def project(self) -> Project:
        return RunTables(self.out).rows(Project, self.key[:16])[0]

    def evidence(self, table: str, row_key: str, column: str) -> list[Evidence]:
        rows = RunTables(self.out).rows(Evidence, row_key[:16])
        return [row for row in rows if (row.table_name, row.row_key, row.column_name) == (table, row_key, column)]

    def codes(self) -> set[str]:
        return {row.code for row in RunTables(self.out).rows(Finding, self.key[:16])}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    Archive(folder)
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Archive:
    """An archive of its own for each test."""
    shutil.copytree(made, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Archive(tmp_path)


def test_a_correction_becomes_the_value_and_evidence_still_quotes_the_page(archive: Archive, parsed: list[str]) -> None:
    (before,) = archive.evidence("projects", archive.key, "budget_spent_baht")
    assert "spent_exceeds_received" in archive.codes()
    result = archive.correct("projects", archive.key, "budget_spent_baht", "๓,๐๐๐ บาท", "--why", "the scan shows 3,000")
    assert result.exit_code == 0, result.output
    assert "'300000.00' becomes '3000.00'" in result.output
    assert archive.run().corrections == {"listed": 1, "not_applied": 0}
    assert parsed == ["a.txt"], "only the document that it concerns"
    assert archive.project().budget_spent_baht == 3000
    (after,) = archive.evidence("projects", archive.key, "budget_spent_baht")
    assert (after.method, after.confidence, after.alternatives) == ("corrected", 1.0, ["300000.00"])
    places = ("raw_text", "char_start", "char_end", "page_number", "copies_total")
    assert [getattr(after, name) for name in places] == [getattr(before, name) for name in places]
    assert archive.codes() == set(), "the checks see the corrected value"
    assert archive.run().reused == 2, "and nothing is left to do"


def test_removing_a_correction_restores_the_printed_value(archive: Archive) -> None:
    before = read_tables(archive.out)
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    archive.run()
    said = archive.correct("projects", archive.key, "budget_spent_baht", "4000", "--why", "looked again")
    assert "'300000.00' becomes '4000.00'" in said.output, "the printed value stays the printed one"
    archive.run()
    assert archive.project().budget_spent_baht == 4000
    assert archive.correct("projects", archive.key, "budget_spent_baht", "--remove").exit_code == 0
    archive.run()
    assert read_tables(archive.out) == before


def test_a_missing_value_can_be_filled_and_a_wrong_one_emptied(archive: Archive) -> None:
    first = f"{archive.key}/001"
    archive.correct("projects", archive.key, "end_date", "30 ก.ย. 2561", "--why", "handwritten on the scan")
    archive.correct("report_entries", first, "activity", "", "--why", "a stamp, no activity")
    archive.correct("documents", archive.key[:16], "as_of_date", "2018-09-01", "--why", "stamped")
    archive.run()
    assert str(archive.project().end_date) == "2018-09-30"
    (filled,) = archive.evidence("projects", archive.key, "end_date")
    assert (filled.raw_text, filled.method, filled.alternatives) == ("", "corrected", [])
    emptied = archive.evidence("report_entries", first, "activity")[0]
    assert (emptied.method, emptied.alternatives) == ("corrected", ["ปลูกต้นไม้ตามแผนงาน"])
    assert RunTables(archive.out).rows(ReportEntry, archive.key[:16])[0].activity is None
    assert str(RunTables(archive.out).rows(DocumentRow, archive.key[:16])[0].as_of_date) == "2018-09-01"
    explained = CliRunner().invoke(app, ["explain", str(archive.out), "projects", archive.key, "end_date"])
    assert "corrected by" in explained.output
    assert "handwritten on the scan" in explained.output


def test_a_correction_that_no_longer_fits_is_reported_and_not_applied(archive: Archive) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    archive.correct("projects", archive.key, "project_code", "11000000-0009", "--why", "scan")
    path = archive.out / CORRECTIONS
    lines = (
        path.read_text(encoding="utf-8").replace("300000.00", "555.00").replace(f"{archive.key},project_code", "x,y")
    )
    gone = "0123456789abcdef,projects,0123456789abcdef-001,project_name,a,b,why,when,by\n"
    path.write_text(lines + gone, encoding="utf-8")
    summary = archive.run()
    assert archive.project().budget_spent_baht == 300000
    told = [
        row for row in RunTables(archive.out).rows(Finding, archive.key[:16]) if row.code == "correction_not_applied"
    ]
    assert {row.row_key for row in told} == {archive.key, None}
    assert any("that was for '555.00', and now '300000.00' is read" in row.message for row in told)
    assert any("there is no such row" in row.message for row in told)
    assert summary.corrections == {"listed": 3, "not_applied": 3}
    assert summary.lost_corrections == ["projects 0123456789abcdef-001 project_name"]
    shown = CliRunner().invoke(app, ["run", str(archive.inputs), "-o", str(archive.out), "-j", "0"])
    assert "Applied 0 of 3 corrections" in shown.output
    assert "projects 0123456789abcdef-001 project_name" in shown.output


def test_a_value_that_is_now_read_right_needs_no_correction(archive: Archive) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    path = archive.out / CORRECTIONS
    path.write_text(
        path.read_text(encoding="utf-8").replace("3000.00,300000.00", "300000.00,3000.00"), encoding="utf-8"
    )
    assert archive.run().corrections == {"listed": 1, "not_applied": 0}
    assert archive.evidence("projects", archive.key, "budget_spent_baht")[0].method == "exact"


def test_a_file_of_corrections_is_entered_completely_or_not_at_all(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = [
        ["table", "row_key", "column", "value", "why", "by"],
        ["projects", archive.key, "division", "กอง\nหนึ่ง", "scan, page 1", "ก"],
        ["projects", archive.key, "start_date", "31/2/2561", "scan", ""],
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    result = archive.correct("--from", str(path), "--by", "ข")
    assert result.exit_code == 2
    assert "mine.csv, row 3: projects" in result.output
    assert not (archive.out / CORRECTIONS).exists()
    rows[2][3] = "1/2/2561"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    assert archive.correct("--from", str(path), "--by", "ข").exit_code == 0
    with (archive.out / CORRECTIONS).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["value"], row["by"]) for row in found] == [("กอง หนึ่ง", "ก"), ("2018-02-01", "ข")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("projects", "{key}", "budget_spent_baht", "1,25,000", "--why", "x"),
            "no value of projects.budget_spent_baht",
        ),
        (("projects", "{key}", "budget_spent_baht", "3" * 19, "--why", "x"), "no value of projects.budget_spent_baht"),
        (("projects", "{key}", "budget_spent_baht", "3000"), "give a reason with --why"),
        (("projects", "{key}", "budget_spent_baht", "300000", "--why", "x"), "already; --remove removes"),
        (("projects", "{key}", "project_id", "a", "--why", "x"), "there are project_name"),
        (("projects", "{key}", "budget_spent_baht", "--remove"), "has no correction"),
        (("projects", "{key}"), "give TABLE ROW_KEY COLUMN VALUE"),
    ],
)
def test_an_invalid_correction_is_refused(archive: Archive, arguments: tuple[str, ...], words: str) -> None:
    result = archive.correct(*(one.format(key=archive.key) for one in arguments))
    assert result.exit_code == 2
    assert words in result.output


def test_a_run_stops_at_a_broken_file_and_names_the_line(archive: Archive) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    with (archive.out / CORRECTIONS).open("a", encoding="utf-8") as file:
        file.write("a,b\n")
    result = CliRunner().invoke(app, ["run", str(archive.inputs), "-o", str(archive.out), "-j", "0", "-q"])
    assert result.exit_code == 2
    assert "corrections.csv, line 3: has more or fewer cells than line 1" in result.output


def test_corrected_documents_become_samples_with_the_corrected_rows(archive: Archive, tmp_path: Path) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    result = archive.correct("--export", str(tmp_path / "samples"))
    assert result.exit_code == 0, result.output
    (sample,) = (tmp_path / "samples").rglob("*.txt")
    assert sample.read_text(encoding="utf-8") == OVERSPENT
    rows = [json.loads(line) for line in golden_path(sample).read_text(encoding="utf-8").splitlines()]
    (project,) = [row for row in rows if row["table"] == "projects"]
    assert project["budget_spent_baht"] == "3000.00"
    assert [row["code"] for row in rows if row["table"] == "findings"] == []


def test_merged_tables_keep_the_corrections_of_their_parts(archive: Archive, tmp_path: Path) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    archive.run()
    merge([archive.out], tmp_path / "merged")
    assert run([archive.inputs], tmp_path / "merged").reused == 2
    assert RunTables(tmp_path / "merged").rows(Project, archive.key[:16])[0].budget_spent_baht == 3000


def test_a_preview_shows_what_a_correction_causes_to_be_parsed_again(archive: Archive) -> None:
    archive.correct("projects", archive.key, "budget_spent_baht", "3000", "--why", "scan")
    told = preview([archive.inputs], archive.out, options=Options())
    assert told == {"corrections have changed": ["a.txt"], "unchanged, nothing to do": ["b.txt"]}


def read_values() -> Iterator[tuple[str, str, object]]:
    """Values of the samples, a few of each column that a normalizer reads."""
    seen: dict[tuple[str, str], int] = {}
    for sample in SAMPLES:
        for line in golden_path(sample).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for column, value in row.items():
                seen[row["table"], column] = seen.get((row["table"], column), 0) + 1
                if seen[row["table"], column] < 40:
                    yield row["table"], column, value


def test_a_value_is_read_back_as_it_was_written() -> None:
    """A line of corrections.csv means the same value in every run."""
    models = {model.table: model for model in TABLES}
    for table, column, said in read_values():
        model = models.get(table)
        if model is None or column == "table" or not model.marks(column, Normalizer):
            continue
        try:
            value = typed(model, column, str(said))
        except CorrectionError as error:
            pytest.fail(f"{table}.{column}: {error}")
        assert typed(model, column, written(value)) == value, (table, column)
