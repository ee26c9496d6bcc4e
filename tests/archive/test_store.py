"""The output folder: one complete state at a time, one run at a time, whatever goes wrong."""

import errno
import os
import resource
import subprocess
import sys
import threading
import time
from multiprocessing import get_context
from multiprocessing.synchronize import Event as EventType
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import pipeline.archive.ledger
import pipeline.archive.run
import pipeline.archive.run_summary
import pipeline.archive.shards
import pipeline.archive.store
import pipeline.archive.work
from pipeline.archive.run import run
from pipeline.archive.store import STATE, OutputFolder, lock_output
from pipeline.commands.cli import app
from pipeline.errors import LockedError
from tests.conftest import PROGRESS_REPORTS, ROOT, Tables, differing, read_tables, without_privileges


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        add(folder, number)
    return folder


def add(folder: Path, number: int) -> None:
    (folder / f"{number}.txt").write_bytes(PROGRESS_REPORTS[number].read_bytes())


@pytest.fixture
def out(folder: Path, tmp_path: Path) -> Path:
    """An output folder with the tables of three documents, where a fourth has come since."""
    out = tmp_path / "out"
    run([folder], out)
    add(folder, 3)
    return out


@pytest.fixture
def before(out: Path) -> Tables:
    return read_tables(out)


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "part-00000.parquet")


STEPS: dict[str, tuple[object, str]] = {
    "while rows are written": (pipeline.archive.work, "write_batch"),
    "while a shard is written": (pipeline.archive.shards, "_write_parquet"),
    "while the ledger is written": (pipeline.archive.ledger.Ledger, "write"),
    "while the summary is written": (pipeline.archive.run_summary.RunSummary, "write"),
    "before the state is complete": (pipeline.archive.store, "_sync"),
    "before the state counts": (Path, "symlink_to"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_leaves_the_tables_and_the_next_run_continues(
    step: str, folder: Path, out: Path, before: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if step == "while rows are written":  # those of a few small texts are kept in memory
        (folder / "more.html").write_text("<p>รายงาน</p>", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step], full_disk)
        with pytest.raises(OSError, match="No space left"):
            run([folder], out)
        assert differing(read_tables(out), before) == []
    run([folder], out)
    run([folder], tmp_path / "fresh")
    assert differing(read_tables(out), read_tables(tmp_path / "fresh")) == []
    assert sorted(path.name for path in (out / STATE).iterdir()) == ["000001", "000002", "current", "lock"]


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_a_full_disk_ends_the_command_with_3(jobs: str, folder: Path, out: Path, before: Tables) -> None:
    def take_no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [sys.executable, "-m", "raingan", "run", str(folder), "-o", str(out), "-q", "-j", jobs]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=600, preexec_fn=take_no_more)
    assert result.returncode == 3
    assert b"File too large" in result.stderr
    assert differing(read_tables(out), before) == []


def test_a_second_run_is_told_which_process_is_writing(folder: Path, out: Path, before: Tables) -> None:
    with lock_output(out):
        result = CliRunner().invoke(app, ["run", str(folder), "-o", str(out), "-j", "0"])
    assert result.exit_code == 3
    assert f"process {os.getpid()} on " in result.stderr
    assert differing(read_tables(out), before) == []


def test_the_lock_of_a_finished_run_does_not_count(out: Path) -> None:
    with pytest.raises(ValueError, match="x"), lock_output(out):
        raise ValueError("x")
    with lock_output(out), pytest.raises(LockedError), lock_output(out):
        pass


def wait_when_started(is_started: EventType) -> None:
    is_started.set()
    time.sleep(60)


def test_a_process_that_the_driver_forked_holds_no_lock(out: Path) -> None:
    context = get_context("fork")
    is_started = context.Event()
    forked = context.Process(target=wait_when_started, args=(is_started,))
    with lock_output(out):
        forked.start()
        assert is_started.wait(60)
    try:
        with lock_output(out):
            assert forked.is_alive()
    finally:
        forked.kill()
        forked.join()


def test_a_read_only_output_is_refused(open_folder: Path) -> None:
    out = open_folder.with_name("out")
    run([open_folder], out)
    before = read_tables(out)
    add(open_folder, 7)
    with without_privileges(open_folder):
        result = CliRunner().invoke(app, ["run", str(open_folder), "-o", str(out), "-j", "0"])
    assert result.exit_code == 3
    assert "Permission denied" in result.stderr
    assert differing(read_tables(out), before) == []


def test_a_reader_sees_the_previous_state_or_the_next_one(folder: Path, out: Path) -> None:
    is_over = threading.Event()
    seen: set[tuple[int, ...]] = set()
    mixed: list[object] = []

    def read() -> None:
        while not is_over.is_set():
            state = (out / STATE / "current").resolve()
            try:
                counts = tuple(pq.read_table(state / name).num_rows for name in ("documents", "projects"))
            except FileNotFoundError:  # the state was replaced after its name was looked up
                continue
            seen.add(counts)
            if len(set(counts)) != 1:
                mixed.append(counts)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(4, 8):
        add(folder, number)
        run([folder], out)
    is_over.set()
    reader.join()
    assert not mixed
    assert len(seen) > 1


def test_tables_of_a_version_without_states_are_replaced(folder: Path, out: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    (plain / "documents").mkdir(parents=True)
    (plain / "documents" / "part-00000.parquet").write_bytes(b"PAR1")
    run([folder], plain)
    run([folder], out)
    assert differing(read_tables(plain), read_tables(out)) == []


def test_what_a_killed_run_left_is_removed(folder: Path, out: Path) -> None:
    store = OutputFolder(out)
    for name in ("000002", "000002.unfinished", "000007"):
        (store.folder / name / "documents").mkdir(parents=True)
    run([folder], out)
    assert sorted(path.name for path in store.folder.iterdir()) == ["000001", "000002", "current", "lock"]
    assert read_tables(out)["documents"].num_rows == 4


def test_half_written_files_are_in_no_table(out: Path) -> None:
    with lock_output(out) as store:
        state = store.begin_state()
        (state / "projects" / "part-00000-aaaaaaaaaaaa.parquet").write_bytes(b"whole")
        (state / "projects" / "part-00000.4711.unfinished").write_bytes(b"half")
        store.commit(state)
    assert [path.name for path in (out / "projects").iterdir()] == ["part-00000-aaaaaaaaaaaa.parquet"]
