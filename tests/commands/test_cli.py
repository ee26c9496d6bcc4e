"""The command line: help, exit codes, output."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import pipeline.archive.work
from pipeline.archive.run import run
from pipeline.commands.cli import app
from pipeline.errors import DeclarationError
from schemas.findings import CODES
from tests.conftest import PROGRESS_REPORTS, ROOT, SAMPLES, TABLE_NAMES
from tests.support.small_proposal import proposal
from tests.support.small_report import report

SAMPLE = PROGRESS_REPORTS[0]
COMMANDS = "run merge check golden diff explain correct review findings schema export".split()


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], terminal_width=120)


def command(*args: object, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "raingan", *map(str, args)],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        capture_output=True,
        check=False,
        timeout=600,
    )


def test_help_lists_the_commands_and_the_exit_codes() -> None:
    result = call("--help")
    assert result.exit_code == 0
    for words in (*COMMANDS, "Exit codes: 0 done", "1 done with quarantined", "2 wrong use", "3 could not go on"):
        assert words in " ".join(result.stdout.split())


def test_the_help_shows_the_line_of_each_command_whole_in_80_columns() -> None:
    result = CliRunner().invoke(app, ["--help"], terminal_width=80)
    lines = result.stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == COMMANDS
    assert all(len(line) <= 80 and line.endswith(".") and not line.endswith("...") for line in lines)


def test_the_version_is_printed() -> None:
    result = call("--version")
    assert (result.exit_code, result.stdout) == (0, f"raingan {version('raingan')}\n")


def test_a_misspelt_command_is_suggested() -> None:
    result = call("explian")
    assert result.exit_code == 2
    assert "No such command 'explian'. Did you mean 'explain'?" in result.stderr


def test_no_command_shows_the_help() -> None:
    result = call()
    assert result.exit_code == 2
    assert "Usage" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_describes_each_option(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout
    options = [line for line in result.stdout.splitlines() if line.strip().startswith("-")]
    assert options
    assert all(len(line.split()) > 2 for line in options), "an option without a word of help"


def test_the_help_of_run_describes_inputs_and_outputs() -> None:
    said = " ".join(call("run", "--help").stdout.split())
    for words in (".txt .md run.json read_parquet --out --json --quiet --max-bytes --time-limit").split():
        assert words in said


def test_a_run_prints_its_summary(tmp_path: Path) -> None:
    result = call("run", ROOT / "samples", "-o", tmp_path)
    assert result.exit_code == 0
    forms, statuses, tables = "bma_progress_report", "parsed_with_findings", "report_entries"
    for words in ("documents", forms, statuses, "rows by table", tables, "findings by code"):
        assert words in result.stdout
    assert f"{len(SAMPLES)} files" in result.stdout


def test_a_run_prints_the_reason_of_each_quarantined_file_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "[red]ว่าง.txt").touch()
    (tmp_path / "in" / "[bold]data.csv").touch()
    result = call("run", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "quarantined: [red]ว่าง.txt: the file is empty" in result.stdout
    assert "[bold]data.csv" in result.stdout


def test_a_summary_counts_the_quarantined_files_that_it_does_not_name(tmp_path: Path) -> None:
    for number in range(22):
        (tmp_path / f"{number}.txt").write_bytes(bytes(number + 1))
    result = call("run", tmp_path, "-o", tmp_path / "out", "-j", "0")
    assert "2 more are quarantined" in result.stdout


def test_json_is_the_content_of_run_json_and_nothing_else(tmp_path: Path) -> None:
    result = call("run", SAMPLE, "-o", tmp_path, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))


def test_the_command_and_the_function_have_the_same_defaults(tmp_path: Path) -> None:
    by_function = run([SAMPLE], tmp_path / "one").options
    by_command = json.loads(call("run", SAMPLE, "-o", tmp_path / "two", "-j", 0, "--json").stdout)["options"]
    assert by_command == by_function


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    result = call("run", SAMPLE, "-o", tmp_path, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_terminal_that_cannot_print_thai_stops_nothing(options: list[str], tmp_path: Path) -> None:
    (tmp_path / "ว่าง.txt").touch()
    result = command(
        "run", tmp_path / "ว่าง.txt", "-o", tmp_path / "out", *options, environment={"PYTHONIOENCODING": "ascii"}
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"the file is empty" in result.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["run"],
        ["run", "nowhere", "-o", "out"],
        ["run", "nowhere.txt", "-o", "out"],
        ["run", "."],
        ["run", ".", "-o", "out", "--time-limit", "soon"],
        ["run", ".", "-o", "out", "--time-limit", "-1"],
        ["run", ".", "-o", "out", "--max-bytes", "-1"],
        ["run", ".", "-o", "out", "--unheard-of"],
        ["run", ".", "-o", "out", "--address", "head:6379"],
        ["golden", "nowhere.txt"],
        ["golden"],
        ["check"],
        ["check", "nowhere"],
        ["diff", "nowhere", "."],
        ["explain", "nowhere.txt"],
        ["explain", "."],
        ["explain"],
        ["unheard-of"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_a_reason(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*args)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file_ends_with_3_and_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for out in (tmp_path / "out", tmp_path / "out" / "below"):
        result = call("run", SAMPLE, "-o", out)
        assert result.exit_code == 3
        assert "cannot go on" in result.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder here that even root cannot write to")
def test_an_output_that_cannot_be_written_ends_with_3() -> None:
    result = call("run", SAMPLE, "-o", "/proc/raingan")
    assert result.exit_code == 3
    assert "cannot go on" in result.stderr


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_store_that_cannot_be_reached_ends_with_3_and_says_what_to_check(options: list[str], tmp_path: Path) -> None:
    result = call("run", "gopher-of-old://host/a", "-o", tmp_path / "out", *options)
    assert result.exit_code == 3
    assert "gopher-of-old://host/a; check the URL" in result.stderr


def test_a_form_that_is_declared_wrongly_ends_with_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DeclarationError("a label means two fields")

    monkeypatch.setattr(pipeline.archive.work, "process", fail)
    result = call("run", SAMPLE, "-j", "0", "-o", tmp_path)
    assert result.exit_code == 3
    assert "a label means two fields" in result.stderr


def test_an_empty_folder_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = call("run", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "0 documents" in result.stdout
    assert all(list((tmp_path / "out" / name).glob("*.parquet")) for name in TABLE_NAMES)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path))


def test_golden_writes_one_row_per_line_its_table_first(sample: Path) -> None:
    result = call("golden", sample)
    written = sample.with_suffix(".expected.jsonl")
    assert result.exit_code == 0
    assert str(written) in result.stdout
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert rows
    assert all(next(iter(row)) == "table" and row["table"] in TABLE_NAMES for row in rows)
    assert call("golden", sample).exit_code == 0


def test_golden_does_not_overwrite_another_file_unasked(sample: Path) -> None:
    written = sample.with_suffix(".expected.jsonl")
    written.write_text("checked by a person\n", encoding="utf-8")
    result = call("golden", sample)
    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert written.read_text(encoding="utf-8") == "checked by a person\n"
    assert call("golden", sample, "--force").exit_code == 0
    assert written.read_text(encoding="utf-8") != "checked by a person\n"


def test_golden_reports_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = call("golden", tmp_path / "empty.txt")
    assert result.exit_code in (1, 2, 3)
    assert isinstance(result.exception, SystemExit), f"not a message but {result.exception!r}"
    assert "the file is empty" in result.stderr
    assert not (tmp_path / "empty.expected.jsonl").exists()


def test_findings_lists_every_code() -> None:
    assert all(f"{code} (" in call("findings").stdout for code in CODES)
    listed = json.loads(call("findings", "--json").stdout)
    assert listed.keys() == CODES.keys()
    assert all(set(code) == {"severity", "meaning", "cause", "advice"} for code in listed.values())


def test_the_installed_command_runs() -> None:
    script = Path(sys.executable).with_name("raingan")
    if not script.exists():
        pytest.skip("raingan is not installed beside this Python")
    result = subprocess.run([script, "--help"], capture_output=True, check=False, timeout=600)
    assert result.returncode == 0
    assert b"Usage" in result.stdout


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_a_package_of_the_same_name_in_the_working_folder_is_not_loaded(jobs: str, tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("raingan")
    if not script.exists():
        pytest.skip("raingan is not installed beside this Python")
    for name in ("pipeline", "schemas"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('another package')", encoding="utf-8")
    done = subprocess.run(
        [script, "run", SAMPLE, "-o", "out", "-j", jobs, "-q"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_explain_shows_which_form_claims_which_pages_and_why(tmp_path: Path) -> None:
    result = call("explain", written(tmp_path / "[red]both.txt", f"{report()}\f{proposal()}"))
    assert result.exit_code == 0
    for words in (
        "[red]both.txt, page 1: bma_progress_report",
        "[red]both.txt, page 2: bma_project_proposal",
        "bma_progress_report claims it: its title occurs once",
        "area_office_progress_report does not claim it",
        "not found: ",
    ):
        assert words in " ".join(result.stdout.split())


def test_explain_shows_that_no_form_claims_a_document(tmp_path: Path) -> None:
    result = call("explain", written(tmp_path / "memo.txt", "บันทึก\fทาสีรั้วแล้ว"))
    assert result.exit_code == 0
    assert "memo.txt, pages 1 to 2: unknown" in result.stdout
    assert " claims it" not in result.stdout


def test_explain_prints_json(tmp_path: Path) -> None:
    result = call("explain", written(tmp_path / "a.txt", report()), "--json")
    assert result.exit_code == 0
    explained = json.loads(result.stdout)
    assert explained.keys() == {"source", "regions", "scores"}
    assert explained["regions"] == [{"form": "bma_progress_report", "first_page": 1, "last_page": 1}]
    assert [score["form"] for score in explained["scores"] if score["claims"]] == ["bma_progress_report"]


def test_explain_reports_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = call("explain", tmp_path / "empty.txt")
    assert (result.exit_code, "the file is empty" in result.stderr) == (1, True)


def test_a_run_counts_documents_without_a_known_form(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.txt", report())
    assert "no known form" not in call("run", tmp_path / "in", "-o", tmp_path / "out").stdout
    for number, words in ((1, "1 document has no known form"), (2, "2 documents have no known form")):
        written(tmp_path / "in" / f"memo-{number}.txt", f"บันทึกที่ {number}\nทาสีรั้วแล้ว")
        said = " ".join(call("run", tmp_path / "in", "-o", tmp_path / "out").stdout.split())
        assert words in said
        assert "raingan explain FILE" in said
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["unclaimed_documents"] == 2
