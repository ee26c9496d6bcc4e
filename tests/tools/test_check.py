"""`raingan check`, `raingan golden` and `pytest --raingan` show what parsers read differently, with its location."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

import pipeline.tools.check
from pipeline.commands.cli import app
from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.errors import DeclarationError
from pipeline.model import Source
from pipeline.tools.check import MAX_MESSAGES, check
from tests.conftest import PROGRESS_REPORTS, ROOT

GoldenRows = list[dict[str, object]]
Change = Callable[[GoldenRows], object]


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], terminal_width=120)


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder with two samples that are right."""
    folder = tmp_path / "samples" / "bma_progress_report"
    folder.mkdir(parents=True)
    for sample in PROGRESS_REPORTS[:2]:
        for path in (sample, golden_of(sample)):
            shutil.copy(path, folder)
    return folder.parent


def first(samples: Path) -> Path:
    return samples / "bma_progress_report" / "01.txt"


def golden_of(sample: Path) -> Path:
    return sample.with_suffix(".expected.jsonl")


def change_golden(sample: Path, change: Change) -> None:
    golden = golden_of(sample)
    rows = [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]
    change(rows)
    golden.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def entry(rows: GoldenRows) -> dict[str, object]:
    return next(row for row in rows if row["table"] == "report_entries" and row["entry_number"] == 2)


def another_percentage(rows: GoldenRows) -> None:
    entry(rows)["progress_percent"] = "61.00"


def line_of(sample: Path, words: str) -> int:
    return next(n for n, line in enumerate(sample.read_text(encoding="utf-8").splitlines(), 1) if words in line)


def test_samples_that_are_right_end_with_0(samples: Path) -> None:
    result = call("check", samples)
    assert result.exit_code == 0
    assert "2 of 2 samples are right" in result.stdout
    assert "report_entries: rows" in result.stdout


def test_a_wrong_cell_is_shown_with_its_location_and_ends_with_1(samples: Path) -> None:
    change_golden(first(samples), another_percentage)
    result = call("check", samples)
    assert result.exit_code == 1
    line = line_of(first(samples), "60.00 %")
    assert (
        f"01.txt, page 1, line {line}: report_entries *-001/002 progress_percent is wrong: "
        "expected '61.00', found '60.00', read from '60.00 %'" in result.stdout
    )
    assert "1 of 2 samples are right" in result.stdout
    assert "progress_percent" in result.stdout.partition("rows and cells")[2]


def test_json_counts_rows_and_cells_and_has_every_difference(samples: Path) -> None:
    def change(rows: GoldenRows) -> None:
        another_percentage(rows)
        del entry(rows)["plan_status"]
        rows.remove(next(row for row in rows if row["table"] == "objectives"))
        rows.append({"table": "risks", "row_key": "*-001/001", "risk": "ฝนตกหนัก"})

    change_golden(first(samples), change)
    result = call("check", samples, "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["samples"], said["right"]) == (2, 1)
    assert said["tables"]["report_entries"]["rows"]["wrong"] == 1
    columns = said["tables"]["report_entries"]["columns"]
    assert (columns["progress_percent"]["wrong"], columns["plan_status"]["spurious"]) == (1, 1)
    assert said["tables"]["objectives"]["rows"]["spurious"] == 1
    assert said["tables"]["risks"]["rows"] == {"right": 0, "wrong": 0, "missing": 1, "spurious": 0}
    (checked,) = [one for one in said["checked"] if not one["is_right"]]
    told = {(found["table"], found["column"]): found for found in checked["differences"]}
    assert told["report_entries", "progress_percent"] == {
        "table": "report_entries", "row_key": "*-001/002", "column": "progress_percent", "verdict": "wrong",
        "expected": "61.00", "found": "60.00", "page": 1, "line": line_of(first(samples), "60.00 %"),
        "raw_text": "60.00 %", "is_near": False,
    }  # fmt: skip
    assert told["risks", None]["expected"] == {"risk": "ฝนตกหนัก"}
    assert told["objectives", None]["line"] > 1


def broken(samples: Path, what: str) -> None:
    """Break the first sample in one way."""
    sample, golden = first(samples), golden_of(first(samples))
    if what == "form was not recognized":
        sample.write_text("บันทึก\nทาสีรั้วแล้ว", encoding="utf-8")
    elif what == "no golden file":
        golden.unlink()
    elif what == "without its sample":
        sample.unlink()
    elif what == "has no table":
        golden.write_text("[]\n", encoding="utf-8")
    elif what == "line 2":
        golden.write_bytes(golden.read_bytes().replace(b"\n", b"\n{", 1))
    elif what == "is empty":
        sample.write_bytes(b"")
    elif what == "wanted rows are read now":
        sample.with_suffix(".wanted.jsonl").write_text(golden.read_text(encoding="utf-8"), encoding="utf-8")
    else:
        golden.write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    "what",
    [
        *("form was not recognized", "no golden file", "without its sample", "has no table"),
        *("line 2", "is empty", "wanted rows are read now", "utf-8"),
    ],
)
def test_a_sample_without_a_valid_golden_file_fails_with_the_reason(samples: Path, what: str) -> None:
    broken(samples, what)
    result = call("check", samples)
    assert result.exit_code == 1
    assert what in result.stdout
    assert "1 of 2 samples are right" in result.stdout


def test_wanted_rows_that_are_not_read_yet_are_counted_and_no_failure(samples: Path) -> None:
    row = {"table": "risks", "row_key": "*-001/001", "risk": "ฝนตกหนัก"}
    first(samples).with_suffix(".wanted.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = call("check", samples)
    assert result.exit_code == 0
    assert "1 wanted rows are not read yet" in result.stdout


def test_a_parser_that_raises_fails_its_own_sample_only(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_at_first(source: Source) -> Rows:
        if source.name == "01.txt":
            raise KeyError("entry_number")
        return process(source)

    monkeypatch.setattr(pipeline.tools.check, "process", fail_at_first)
    result = call("check", samples)
    assert result.exit_code == 1
    assert "KeyError: 'entry_number', raised in " in result.stdout
    assert "1 of 2 samples are right" in result.stdout


def test_a_form_that_is_declared_wrongly_ends_with_3(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DeclarationError("a label means two fields")

    monkeypatch.setattr(pipeline.tools.check, "process", fail)
    result = call("check", samples)
    assert (result.exit_code, "a label means two fields" in result.stderr) == (3, True)


def test_a_folder_without_samples_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "01.txt").touch()
    result = call("check", tmp_path)
    assert (result.exit_code, "no samples in" in result.stderr) == (2, True)


def test_junit_has_a_case_for_each_sample_with_its_failures(samples: Path, tmp_path: Path) -> None:
    change_golden(first(samples), lambda rows: entry(rows).update(activity="ก\f\ufffe<b>&"))
    result = call("check", samples, "--junit", tmp_path / "junit.xml")
    assert result.exit_code == 1
    suites = ElementTree.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 - written here, a line above
    assert (suites.tag, suites.get("tests"), suites.get("failures")) == ("testsuites", "2", "1")
    cases = {case.get("name"): case.find("failure") for case in suites.iter("testcase")}
    assert cases["02.txt"] is None
    failure = cases["01.txt"]
    assert failure is not None
    assert failure.get("message") == "cells wrong: 1"
    assert "activity is wrong: expected 'ก\\x0c\\ufffe<b>&'" in str(failure.text)


def test_a_report_that_cannot_be_written_ends_with_3(samples: Path) -> None:
    result = call("check", first(samples), "--junit", samples / "nowhere" / "junit.xml")
    assert (result.exit_code, "cannot go on" in result.stderr) == (3, True)


def test_of_many_differences_the_text_shows_some_and_counts_the_others(samples: Path) -> None:
    change_golden(
        first(samples), lambda rows: rows.extend({"table": "risks", "risk": f"{n}"} for n in range(MAX_MESSAGES + 5))
    )
    checked = check(first(samples))
    assert len(checked.differences) == MAX_MESSAGES + 5
    assert "5 more differences" in checked.text()


def test_golden_shows_what_would_change_before_it_overwrites(samples: Path) -> None:
    change_golden(first(samples), another_percentage)
    before = golden_of(first(samples)).read_bytes()
    result = call("golden", first(samples))
    assert result.exit_code == 1
    assert "progress_percent is wrong: expected '61.00', found '60.00'" in result.stdout
    assert "--force" in result.stderr
    assert golden_of(first(samples)).read_bytes() == before
    forced = call("golden", first(samples), "--force")
    assert (forced.exit_code, "expected '61.00'" in forced.stdout) == (0, True)
    assert call("check", samples).exit_code == 0


def test_golden_reports_that_only_the_format_differs(samples: Path) -> None:
    change_golden(first(samples), lambda rows: rows.insert(0, rows.pop()))
    result = call("golden", first(samples))
    assert (result.exit_code, "the rows are the same" in result.stdout) == (1, True)
    assert call("check", samples).exit_code == 0


def pytest_over(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as somebody does who has raingan installed and a folder of samples."""
    plugin = ["-p", "raingan.pytest_plugin", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", f"--rootdir={folder}", *plugin, "-q", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )


def test_pytest_finds_the_plugin_where_raingan_is_installed() -> None:
    found = [point.value for point in entry_points(group="pytest11") if point.name == "raingan"]
    assert found == ["raingan.pytest_plugin"]


def test_pytest_runs_a_test_for_each_sample_and_shows_the_differences(samples: Path) -> None:
    change_golden(first(samples), another_percentage)
    (samples / "bma_progress_report" / "03.expected.jsonl").touch()
    done = pytest_over(samples, "--raingan", str(samples))
    assert done.returncode == 1
    assert "2 failed, 1 passed" in done.stdout
    assert "progress_percent is wrong: expected '61.00', found '60.00', read from '60.00 %'" in done.stdout
    assert "a golden file without its sample" in done.stdout
    assert "Traceback" not in done.stdout


def test_pytest_without_the_option_loads_only_the_plugin_and_collects_no_samples(samples: Path) -> None:
    (samples / "test_nothing.py").write_text(
        "import sys\ndef test_nothing():\n"
        "    packages = 'raingan pipeline parsers schemas normalizers'.split()\n"
        "    ours = {n for n in sys.modules if n.split('.')[0] in packages}\n"
        "    plugin = 'raingan.pytest_plugin'\n"
        "    assert ours == {'raingan', 'raingan.errors', plugin}\n"
        "    assert not {'pyarrow', 'pydantic', 'rapidfuzz', 'rich', 'typer'} & sys.modules.keys()\n",
        encoding="utf-8",
    )
    done = pytest_over(samples, str(samples))
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout
