"""What the README shows is what a run gives."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.commands.cli import app
from tests.conftest import ROOT
from tests.support.snippets import run_snippet, snippets

README = (ROOT / "README.md").read_text(encoding="utf-8")
SNIPPETS = snippets(README.partition("\n## Add a form\n")[0], "python")


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
