"""What the README and CONTRIBUTING.md show is what a run gives, and what they name is there."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.commands.cli import app
from tests.conftest import ROOT
from tests.support.snippets import run_snippet, snippets

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SNIPPETS = snippets(README, "python")
SECTIONS_OF_CODE = ("Add a form", "Add a fix", "Add a finding", "Add a column")
"""The sections of the guide whose code `test_fourth_form` puts into a copy of the product and runs."""


@pytest.fixture
def folder(samples_out: Path) -> Path:
    """Where the snippets run: beside the tables and the samples."""
    if not (samples := samples_out.parent / "samples").exists():
        samples.symlink_to(ROOT / "samples")
    return samples_out.parent


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_of_the_readme_runs_as_it_stands(
    snippet: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_snippet(snippet, folder)
    assert capsys.readouterr().out.strip()


def test_the_cell_that_the_readme_explains_is_one_that_cannot_be_read(samples_out: Path) -> None:
    (command,) = re.findall(r"^raingan (explain) out (\S+) (\S+) (\S+)$", README, re.MULTILINE)
    explained = CliRunner().invoke(app, [command[0], str(samples_out), *command[1:]])
    assert "there is no such day" in " ".join(explained.output.split())
    assert " ".join(command[1:]) in README.partition("raingan correct out ")[2]


def test_all_code_of_the_guide_stands_in_a_section_whose_code_is_run() -> None:
    sections = [GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0] for title in SECTIONS_OF_CODE]
    assert all(snippets(one, "python") for one in sections)
    assert snippets(GUIDE, "python") == [code for one in sections for code in snippets(one, "python")]


def test_the_guide_names_files_and_targets_that_there_are() -> None:
    paths = {
        path for path in re.findall(r"`([\w./]+/[\w./]*)`", GUIDE) if "pump_report" not in path and "/NN" not in path
    }
    assert len(paths) > 10
    roots = (ROOT, ROOT / "pipeline")
    assert [path for path in sorted(paths) if not any((root / path).exists() for root in roots)] == []
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", GUIDE)) <= set(targets)


def test_the_readme_leaves_what_developers_need_to_the_guide() -> None:
    assert "[CONTRIBUTING.md](CONTRIBUTING.md)" in README
    assert not re.search(r"\bparsers/|\bschemas/|\bpipeline/|\btests\.", README)


@pytest.mark.parametrize("table", ["projects", "report_entries", "evidence"])
def test_the_rows_in_the_readme_are_the_rows_of_the_run(table: str, folder: Path) -> None:
    columns, shown = _shown_row(table)
    rows = [
        {column: str(row[column]) for column in columns} for row in pq.read_table(folder / "out" / table).to_pylist()
    ]
    assert dict(zip(columns, shown, strict=True)) in rows


def _shown_row(table: str) -> tuple[list[str], list[str]]:
    after = README.split(f"`out/{table}`", 1)[1]
    lines = [line for line in after.splitlines() if line.startswith("|")]
    return [cell.strip() for cell in lines[0].strip("|").split("|")], [
        cell.strip() for cell in lines[2].strip("|").split("|")
    ]
