"""The measures of the benchmarks, on commands whose cost is known."""

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks import archive
from tests.benchmarks.archive import FEW_BYTES, one_core, run, tables, write_few
from tests.benchmarks.measures import printed_seconds
from tests.benchmarks.processes import family, watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system tells of processes in another way")

PARENT_OF_ONE = """
import subprocess, sys, time
worker = "import time; held = bytearray(b'x') * (120 * 2**20); time.sleep(2)"
raise SystemExit(subprocess.run([sys.executable, "-c", worker]).returncode + 1)
"""
"""A process that holds little and starts one that holds 120 MiB; it ends with exit code 1."""


def test_the_memory_of_the_driver_and_of_its_workers_is_told_apart() -> None:
    watched = watch([sys.executable, "-c", PARENT_OF_ONE], interval=0.02)
    assert watched.exit_code == 1
    assert 1 < watched.driver_mib < 60
    assert 120 < watched.worker_mib < 200
    assert len(watched.workers_mib) == 1
    assert watched.seconds > 2


def test_a_command_without_workers_has_none() -> None:
    watched = watch([sys.executable, "-c", "import time; time.sleep(0.1)"], interval=0.02)
    assert (watched.exit_code, watched.worker_mib) == (0, 0.0)
    assert watched.driver_mib > 1


def test_the_work_of_all_processes_counts_and_not_their_sleep() -> None:
    work = "import time\nwhile time.process_time() < 1: pass"
    parent = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {work!r}]); time.sleep(1)"
    watched = watch([sys.executable, "-c", parent], interval=0.02)
    assert 0.5 < watched.processor_seconds < watched.seconds


def test_a_family_is_a_process_and_all_below_it() -> None:
    assert next(family(os.getpid())) == os.getpid()
    assert os.getpid() in set(family(os.getppid()))


def test_a_run_that_could_not_go_on_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "raingan"
    command.write_text(f"#!{sys.executable}\nimport sys\nsys.exit(int(sys.argv[-1]))\n")
    command.chmod(0o755)
    monkeypatch.setattr(archive, "RAINGAN", str(command))
    assert run(tmp_path, tmp_path / "out", workers=1).exit_code == 1
    with pytest.raises(RuntimeError, match="ended with exit code 3: run it by hand"):
        run(tmp_path, tmp_path / "out", workers=3)


def test_the_few_reports_are_of_one_size_and_all_different(tmp_path: Path) -> None:
    texts = [path.read_bytes() for path in write_few(tmp_path / "few", 6).iterdir()]
    assert all(FEW_BYTES - 3 <= len(text) <= FEW_BYTES for text in texts)
    assert len(set(texts)) == 6


def test_a_contestant_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    few, one = write_few(tmp_path / "few", 3), write_few(tmp_path / "one", 1)
    command = [sys.executable, "-m", "tests.benchmarks.contestants", "floor"]
    assert 0 < printed_seconds([*command, str(few), str(one)]) < 30
    with pytest.raises(RuntimeError, match="KeyError"):
        printed_seconds([sys.executable, "-m", "tests.benchmarks.contestants", "ceiling", str(few)])


def test_what_is_started_on_one_core_stays_there() -> None:
    before = os.sched_getaffinity(0)
    with one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_tables_are_compared_by_every_file(tmp_path: Path) -> None:
    for name in ("a/one.parquet", "b/one.parquet"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(name.encode())
    found = tables(tmp_path)
    assert found.keys() == {"a/one.parquet", "b/one.parquet"}
    assert len(set(found.values())) == 2
