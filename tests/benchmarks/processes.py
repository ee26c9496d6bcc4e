"""A command and all the processes that it starts, watched from outside while they run: memory and processor time."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.measures import ENVIRONMENT

PROC = Path("/proc")
INTERVAL = 0.1
"""Seconds between two looks; the highest memory of a process is told by the system and cannot be missed in between."""
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Watched:
    """What a command took: seconds by the clock, and the peak of its first process and of each it started, in MiB."""

    seconds: float = 0.0
    exit_code: int = 0
    driver_mib: float = 0.0
    workers_mib: dict[int, float] = field(default_factory=dict)
    processor: dict[int, float] = field(default_factory=dict)
    """Processor seconds of each process when it was last seen."""

    @property
    def processor_seconds(self) -> float:
        """What all processes worked, however many others were on the machine."""
        return sum(self.processor.values())

    @property
    def worker_mib(self) -> float:
        """The peak of the largest process that the command started; 0 where it started none."""
        return max(self.workers_mib.values(), default=0.0)


def watch(command: Sequence[str], *, interval: float = INTERVAL) -> Watched:
    """Run a command to its end, its output thrown away."""
    watched, start = Watched(), time.perf_counter()
    silence = subprocess.DEVNULL
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=silence, stderr=silence) as process:
        while process.poll() is None:
            _look(process.pid, watched)
            time.sleep(interval)
    watched.seconds, watched.exit_code = time.perf_counter() - start, process.returncode
    return watched


def _look(driver: int, watched: Watched) -> None:
    """Take down the most that every process of the command ever held, and what it worked."""
    for process in family(driver):
        peak = _peak(process)
        if peak is None:
            continue
        watched.processor[process] = max(watched.processor.get(process, 0.0), _worked(process))
        if process == driver:
            watched.driver_mib = max(watched.driver_mib, peak)
        else:
            watched.workers_mib[process] = max(watched.workers_mib.get(process, 0.0), peak)


def _peak(process: int) -> float | None:
    """The most resident memory that a process ever had, in MiB; None of one that is gone or has no memory any more."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return None
    stated = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(stated[0]) / 1024 if stated else None


def _worked(process: int) -> float:
    """Seconds that a process kept a processor busy; 0 of one that is gone."""
    counts = _stated(process)
    return (int(counts[11]) + int(counts[12])) / _TICKS if counts else 0.0


def _stated(process: int) -> list[str]:
    """What the system counts of a process, from its state on; nothing of one that is gone."""
    try:
        stated = (PROC / str(process) / "stat").read_text()
    except OSError:
        return []
    # A command's name may hold blanks and brackets; the rest stands behind the last of them.
    return stated.rpartition(")")[2].split()


def family(driver: int) -> Iterator[int]:
    """A process and all that it started, directly or not."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir(PROC):
        if entry.name.isdigit() and (counts := _stated(int(entry.name))):
            children.setdefault(int(counts[1]), []).append(int(entry.name))
    waiting = [driver]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children.get(process, [])
