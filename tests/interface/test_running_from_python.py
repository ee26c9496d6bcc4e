"""`raingan.run`: the command's run, with its options, from Python."""

import inspect
import subprocess
import sys
from enum import Enum
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import raingan
from pipeline.archive.store import lock_output
from pipeline.commands import run as command
from pipeline.errors import DeclarationError, WorkerError
from tests.conftest import PROGRESS_REPORTS, ROOT
from tests.support.processes import unmeasured

SAMPLE = PROGRESS_REPORTS[0]
FOR_THE_TERMINAL = {"dry_run", "as_json", "quiet"}


def test_the_options_and_their_defaults_are_those_of_the_command() -> None:
    options = {name: one.default for name, one in inspect.signature(command.run).parameters.items()}
    expected = {
        name: default.value if isinstance(default, Enum) else default
        for name, default in options.items()
        if name not in FOR_THE_TERMINAL
    }
    ours = {name: one.default for name, one in inspect.signature(raingan.run).parameters.items()}
    assert ours == expected | {"progress": False}


@pytest.mark.parametrize("kind", [str, Path])
def test_inputs_are_one_path_or_several(kind: type[str | Path], tmp_path: Path) -> None:
    one = raingan.run(kind(SAMPLE), kind(tmp_path / "one"), jobs=0)
    several = raingan.run([kind(SAMPLE), PROGRESS_REPORTS[5]], tmp_path / "several", jobs=0)
    assert (one.summary.parsed, several.summary.parsed) == (1, 2)
    assert pq.read_table(one.out / "projects").num_rows == 1


def test_a_finished_run_says_what_was_quarantined(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "sound.txt").write_bytes(SAMPLE.read_bytes())
    done = raingan.run(tmp_path / "in", tmp_path / "out", jobs=0)
    assert done.quarantined == {"empty.txt": "empty.txt: the file is empty; get it again from its source"}
    assert done.out == tmp_path / "out"
    assert repr(done).startswith(f"<raingan.FinishedRun {tmp_path / 'out'}: quarantined=1, documents=2, ")


def test_options_reach_the_run(tmp_path: Path) -> None:
    done = raingan.run(SAMPLE, tmp_path, jobs=0, max_bytes=10, memory_limit=300, shard=(1, 1))
    assert "is larger than the limit of 10 bytes" in done.quarantined["01.txt"]
    assert done.summary.options["memory_limit"] == 300 * 10**6
    assert raingan.run(SAMPLE, tmp_path, jobs=0, max_bytes=10, retry="failed", shard=(1, 1)).summary.reused == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"jobs": -1}, "jobs is a number of processes"),
        ({"max_pages": 0}, "max_bytes, max_unpacked, max_members and max_pages are at least 1"),
        ({"time_limit": 0}, "time_limit is in seconds"),
        ({"memory_limit": 255}, "memory_limit is in megabytes, at least 256"),
        ({"retry": "all"}, "retry is 'failed' or 'none'"),
        ({"engine": "dask"}, "engine is 'local' or 'ray'"),
        ({"address": "localhost:6379"}, "add engine='ray'"),
        ({"shard": (5, 4)}, "such as (1, 4) to (4, 4)"),
        ({"shard": "3/8"}, "such as (1, 4) to (4, 4)"),
    ],
    ids=str,
)
def test_a_wrong_option_is_an_error_that_says_what_is_right(
    options: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(raingan.Error) as caught:
        raingan.run(SAMPLE, tmp_path / "out", **options)  # type: ignore[arg-type]  # that is what is tested
    assert words in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_an_input_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(raingan.Error, match="no such file or folder: nowhere, elsewhere; check the path"):
        raingan.run(["nowhere", SAMPLE, "elsewhere"], tmp_path)


def test_a_folder_that_another_run_writes_to_is_an_error(tmp_path: Path) -> None:
    with lock_output(tmp_path), pytest.raises(raingan.Error, match=r"is writing to .*; wait until it has finished"):
        raingan.run(SAMPLE, tmp_path, jobs=0)


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(raingan.Error, match=r"out.*; check that it exists, its permissions, and the disk"):
        raingan.run(SAMPLE, tmp_path / "out", jobs=0)


@pytest.mark.parametrize(
    ("stop", "words"),
    [(WorkerError("no process starts"), "no process starts"), (DeclarationError("x"), "a form is declared wrongly: x")],
    ids=str,
)
def test_what_stops_a_run_is_an_error(
    stop: Exception, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr("raingan.finished_run.run", fail)
    with pytest.raises(raingan.Error, match=words):
        raingan.run(SAMPLE, tmp_path, jobs=0)


def test_a_script_without_a_main_guard_runs_once_with_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    lines = ("print('starts')", "import raingan", f"done = raingan.run({str(SAMPLE)!r}, 'out', jobs=1)")
    script.write_text("\n".join((*lines, "print(done.summary.parsed, __name__)")), encoding="utf-8")
    environment = unmeasured() | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=120
    )
    assert ended.stdout.decode().splitlines() == ["starts", "1 __main__"]
    assert ended.stderr == b""


def test_the_import_loads_nothing_heavy_and_the_rest_when_it_is_used() -> None:
    script = (
        "import sys, raingan\n"
        "heavy = {'pipeline', 'schemas', 'pyarrow', 'pydantic', 'typer', 'dataclasses', 'importlib.metadata'}\n"
        "print(*sorted(heavy & sys.modules.keys()), raingan.__version__, raingan.Document.__name__)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=unmeasured(), capture_output=True, check=True, timeout=60
    )
    assert ended.stdout.decode().split() == [version("raingan"), "Document"]


def test_a_name_that_raingan_lacks_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'raingan' has no attribute 'load'"):
        raingan.load  # type: ignore[attr-defined]  # noqa: B018 - that is what is tested
    assert raingan.FinishedRun.__module__ == "raingan.finished_run"
