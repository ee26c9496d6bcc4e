"""Engines: every task has its outcome, a death concerns one task, and no process outlives its driver."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from pipeline.archive import engines
from pipeline.archive.engines import Engine, ProcessPool, WorkerDied, in_process
from tests.conftest import ROOT
from tests.support.processes import descendants, is_alive, unmeasured
from tests.support.work_for_engines import double, process_of


@pytest.fixture(params=[0, 1, 2])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if not request.param:
        yield in_process
        return
    with ProcessPool(request.param) as pool:
        yield pool


def test_every_task_has_its_outcome(engine: Engine) -> None:
    assert sorted(engine(range(10, 30), double)) == [(number, 2 * number) for number in range(10, 30)]
    assert list(engine([], double)) == []


def test_errors_of_the_work_are_raised_and_the_engine_continues(engine: Engine) -> None:
    with pytest.raises(ValueError, match="3"):
        list(engine([0, 3, 4], double))
    assert sorted(engine(range(3), double)) == [(0, 0), (1, 2), (2, 4)]


def test_a_process_that_dies_fails_its_own_task_only() -> None:
    with ProcessPool(2) as pool:
        results = dict(pool([0, 1, 2, 4, 5, 6, 7], double))
    assert isinstance(results.pop(5), WorkerDied)
    assert results == {number: 2 * number for number in (0, 1, 2, 4, 6, 7)}


def test_a_task_without_a_process_is_reported_and_the_next_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_: object) -> None:
        monkeypatch.undo()
        raise EOFError  # as when the process that starts the others is killed meanwhile

    monkeypatch.setattr(forkserver, "connect_to_new_process", die)
    with ProcessPool(1) as pool:
        (_, died), *others = pool([0, 1, 2], double)
    assert isinstance(died, WorkerDied)
    assert others == [(1, 2), (2, 4)]


def test_a_start_that_is_refused_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    refusals = iter([ConnectionRefusedError(111, "refused")] * 2)
    start = engines._Worker

    def refused_twice() -> engines._Worker:
        if error := next(refusals, None):
            raise error
        return start()

    monkeypatch.setattr(engines, "_Worker", refused_twice)
    with ProcessPool(1) as pool:
        assert list(pool([2], double)) == [(2, 4)]


def test_no_thread_of_an_engine_is_left_when_the_driver_ends() -> None:
    before = set(threading.enumerate())
    with ProcessPool(2) as pool:
        processes = [process for _, process in pool(range(4), process_of) if isinstance(process, int)]
    assert set(threading.enumerate()) == before
    assert len(processes) == 4
    assert not any(map(is_alive, processes))


def test_processes_are_kept_from_one_use_to_the_next() -> None:
    with ProcessPool(1) as pool:
        assert len({process for _ in range(3) for _, process in pool(range(3), process_of)}) == 1


def test_a_process_that_dies_while_it_is_idle_is_replaced() -> None:
    with ProcessPool(1) as pool:
        ((_, process),) = pool([0], process_of)
        assert isinstance(process, int)
        os.kill(process, signal.SIGKILL)
        assert pool._idle[0].pipe.poll(timeout=60)  # its end is closed
        assert list(pool([1, 2], double)) == [(1, 2), (2, 4)]


DRIVER = """
import sys, threading, time
from pipeline.archive.engines import ProcessPool
if __name__ == "__main__":
    if "thread" in sys.argv:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    with ProcessPool(2) as pool:
        for _ in pool([30, 30], time.sleep):
            pass
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are told by /proc")
@pytest.mark.parametrize(("driver_has", "expected"), [("one thread", 2), ("thread", 4)])
def test_no_process_outlives_a_driver_that_is_killed(driver_has: str, expected: int, tmp_path: Path) -> None:
    """Forks of the driver, or beside two workers a tracker and the clean process that is forked."""
    (tmp_path / "driver.py").write_text(DRIVER, encoding="utf-8")
    environment = unmeasured() | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(tmp_path / "driver.py"), driver_has], env=environment) as driver:
        ends = time.monotonic() + 120
        while len(descendants(driver.pid)) < expected and time.monotonic() < ends:
            time.sleep(0.05)
        workers = descendants(driver.pid)
        assert len(workers) >= expected
        driver.kill()
    while any(map(is_alive, workers)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not [worker for worker in workers if is_alive(worker)]
