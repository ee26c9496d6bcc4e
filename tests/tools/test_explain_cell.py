"""A value is explained by its page: location, context, steps, copies, findings; also if the source is missing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipeline.archive.run import merge, run
from pipeline.commands.cli import app
from pipeline.commands.explain import row_lines
from pipeline.tools.explain import explain_row
from pipeline.tools.output_tables import RunTables
from pipeline.tools.source_files import SourceFiles
from schemas.evidence import Evidence
from schemas.projects import Project
from tests.conftest import PROGRESS_REPORTS
from tests.support.small_report import report

TWO_COPIES = f"{report()}\f{report(header={'งบประมาณที่ได้รับ': '700,000 บาท'})}"
DAMAGED = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการปลูกต้นไม้ริม\N{LAO LETTER KO}ลอง"})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "copies.txt").write_text(TWO_COPIES, encoding="utf-8")
    (folder / "damaged.txt").write_text(DAMAGED, encoding="utf-8")
    shutil.make_archive(str(folder / "packed"), "zip", PROGRESS_REPORTS[0].parent, "02.txt")
    run([folder], tmp_path / "out")
    return folder


@pytest.fixture
def out(archive: Path) -> Path:
    return archive.parent / "out"


def key_of(out: Path, name: str) -> str:
    """The key of the project of a document."""
    rows = RunTables(out).columns(Project, "row_key", "project_name").to_pylist()
    return str(next(row["row_key"] for row in rows if name in row["project_name"]))


def explained(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)])


def test_a_value_is_shown_in_its_line_with_the_copies_and_findings(out: Path) -> None:
    key = next(
        row["row_key"]
        for row in RunTables(out).columns(Evidence, "row_key", "column_name", "alternatives").to_pylist()
        if row["column_name"] == "budget_received_baht" and row["alternatives"] == ["700000.00"]
    )
    result = explained(out, "projects", key, "budget_received_baht")
    assert result.exit_code == 0, result.output
    assert "copies.txt: projects" in result.output
    assert "budget_received_baht = 100000.00 (baht)" in result.output
    assert "งบประมาณที่ได้รับ : »100,000 บาท«" in result.output
    assert "normalizers.money.noticed_baht: '100,000 บาท' gives '100000.00'" in result.output
    assert "copy 2 has 700000.00, page 2, line" in result.output
    assert "warning copies_disagree" in result.output


def test_the_fixes_inside_a_value_are_shown(out: Path) -> None:
    rows = [
        row for row in RunTables(out).columns(Evidence, "row_key", "method").to_pylist() if row["method"] == "repaired"
    ]
    result = explained(out, "projects", rows[0]["row_key"], "project_name", "--json")
    (cell,) = json.loads(result.output)["cells"]
    assert [(step["what"], step["name"]) for step in cell["steps"]] == [
        ("fix", "lao_inside_thai"),
        ("label", "ชื่อโครงการ/กิจกรรม"),
        ("normalizer", "normalizers.text.line"),
    ]
    (stretch,) = cell["stretches"]
    assert DAMAGED[stretch["char_start"] : stretch["char_end"]] == stretch["raw_text"]


def test_every_row_with_evidence_can_be_explained(out: Path) -> None:
    state = RunTables(out)
    sources = SourceFiles(state)
    keys = {(row["table_name"], row["row_key"]) for row in state.columns(Evidence, "table_name", "row_key").to_pylist()}
    for table, key in sorted(keys)[::7]:
        row = explain_row(sources, table, key)
        assert row.notes == ()
        assert row.cells
        for cell in row.cells:
            assert all(stretch.line for stretch in cell.stretches), (table, key, cell.column)
            assert cell.steps or not cell.stretches, (table, key, cell.column)
    assert any("packed.zip!/" in row for row in _sources_of(sources, keys))


def _sources_of(sources: SourceFiles, keys: set[tuple[str, str]]) -> Iterator[str]:
    return (explain_row(sources, *key).source for key in sorted(keys) if key[0] == "projects")


def test_a_missing_moved_or_changed_source_is_reported(archive: Path, out: Path, tmp_path: Path) -> None:
    key = key_of(out, "ริมคลอง")
    place = explained(out, "projects", key, "project_code").output
    archive.rename(tmp_path / "moved")
    gone = explained(out, "projects", key, "project_code")
    assert gone.exit_code == 0
    assert "No such file" in gone.output
    assert "11000000-0001" in gone.output, "evidence still holds"
    assert explained(out, "projects", key, "project_code", "--source", tmp_path / "moved").output == place
    for path in (tmp_path / "moved").glob("*.txt"):
        path.write_text("other", encoding="utf-8")
    changed = explained(out, "projects", key, "project_code", "--source", tmp_path / "moved")
    assert "has changed since the run" in changed.output


def test_merged_tables_have_the_paths_of_the_files_of_all_parts(out: Path, tmp_path: Path) -> None:
    merge([out], tmp_path / "merged")
    row = explain_row(SourceFiles(RunTables(tmp_path / "merged")), "projects", key_of(out, "ริมคลอง"))
    assert row.notes == ()


def test_tables_that_were_copied_without_their_ledger_are_explained_by_their_evidence(
    out: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(out, copied, ignore=shutil.ignore_patterns(".raingan"))
    row = explain_row(SourceFiles(RunTables(copied)), "projects", key_of(out, "ริมคลอง"), "project_code")
    assert row.cells[0].stretches[0].raw_text == "11000000-0001"
    assert "the ledger does not list its file" in row.notes[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "is a folder; for a value of its tables"),
        (("projects",), "which row of projects?"),
        (("nothing", "x"), "there are documents, projects"),
        (("projects", "x"), "see the column row_key"),
        (("projects", "{key}9"), "its document has {key}"),
        (("projects", "{key}", "x"), "there are project_name"),
    ],
)
def test_each_kind_of_wrong_use_has_its_own_message(out: Path, arguments: tuple[str, ...], words: str) -> None:
    key = key_of(out, "ริมคลอง")
    result = explained(out, *(one.format(key=key) for one in arguments))
    assert result.exit_code == 2
    assert words.format(key=key) in result.output


def test_tables_of_another_version_are_reported(out: Path) -> None:
    key = key_of(out, "ริมคลอง")
    (path,) = (out / "findings").glob("*.parquet")
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["ordinal"]), path)
    result = explained(out, "projects", key)
    assert result.exit_code == 2
    assert "table findings, written by another version, has no column ordinal" in result.output


def test_a_folder_without_tables_is_reported(tmp_path: Path) -> None:
    result = explained(tmp_path, "projects", "x")
    assert result.exit_code == 2
    assert "no tables found" in result.output


def test_control_characters_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report(header={"ชื่อโครงการ/กิจกรรม": "โครงการ \x1b[31mแดง"}), encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "out")
    said = "\n".join(
        row_lines(explain_row(SourceFiles(RunTables(tmp_path / "out")), "projects", key_of(tmp_path / "out", "")))
    )
    assert "\x1b" not in said
    assert "\\x1b[31m" in said
