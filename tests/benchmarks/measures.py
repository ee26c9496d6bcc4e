"""Measure commands on a machine that others use too: whole processes, in turn, by the median and its spread.

As a script, `measures.py COMMAND ...` runs a command and prints its cost as JSON; only the standard library is needed.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from statistics import median
from typing import TypeVar

Key = TypeVar("Key")
PR_SET_CHILD_SUBREAPER = 36
NOT_MEASURED = "not measured"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "HF_HUB_OFFLINE": "1",  # docling needs no model for Markdown and must not look for one
    "NO_COLOR": "1",
}


@dataclass(frozen=True)
class Cost:
    """What one command cost, from the start of its process to its end."""

    seconds: float
    """By the clock, until the command ends: what a user waits."""
    processor_seconds: float
    """Of the command and of every process that it started."""
    peak_mib: float
    """Resident memory of the largest of these processes."""


def cost(command: Sequence[str], *, accepted: Sequence[int] = (0,)) -> Cost:
    """What a command costs. A command that fails has no cost: RuntimeError with the end of its stderr."""
    script = [sys.executable, "-I", "-S", __file__, *command]
    done = subprocess.run(script, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        message = f"{' '.join(command)} ended with exit code {done.returncode}: {done.stderr[-2000:].strip()}"
        raise RuntimeError(message)
    return Cost(**json.loads(done.stdout))


def run_command(command: Sequence[str]) -> tuple[Cost, int]:
    """Run a command to the end of all its processes, and return its cost and its exit code.

    The server of a process pool outlives the command that started it by a moment. It becomes a child of this process,
    so that its time and its workers' time are counted; without that they would be lost.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    exit_code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    seconds = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), exit_code


def in_turn(works: Mapping[Key, Callable[[], Cost]], *, rounds: int) -> dict[Key, list[Cost]]:
    """Measure each work once a round; every second round goes backwards, so that none always follows the same one.

    >>> order = []
    >>> works = {name: lambda name=name: order.append(name) or Cost(1.0, 1.0, 1.0) for name in "ab"}
    >>> {name: len(costs) for name, costs in in_turn(works, rounds=2).items()}, order
    ({'a': 2, 'b': 2}, ['a', 'b', 'b', 'a'])
    """
    costs: dict[Key, list[Cost]] = {key: [] for key in works}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for key in list(works)[:: -1 if number % 2 else 1]:
            costs[key].append(works[key]())
    return costs


def spread(figures: Sequence[float]) -> str:
    """The median of the rounds, with the lowest and the highest.

    >>> spread([0.5, 0.75, 0.6]), spread([])
    ('0.60 (0.50–0.75)', 'not measured')
    """
    if not figures:
        return NOT_MEASURED
    return f"{median(figures):.2f} ({min(figures):.2f}–{max(figures):.2f})"


def speeds(megabytes: float, costs: Sequence[Cost], starts: Sequence[Cost] = ()) -> list[float]:
    """Megabytes for each processor second, round by round, less the median start where starts are given.

    None where a round took no longer than the start: there was too little text to measure.

    >>> rounds = [Cost(9.0, 5.0, 1.0), Cost(9.0, 3.0, 1.0)]
    >>> speeds(2.0, rounds), speeds(2.0, rounds, [Cost(9.0, 1.0, 1.0)]), speeds(2.0, rounds, [Cost(9.0, 4.0, 1.0)])
    ([0.4, 0.6666666666666666], [0.5, 1.0], [])
    """
    start = median(one.processor_seconds for one in starts) if starts else 0.0
    taken = [one.processor_seconds - start for one in costs]
    return [megabytes / seconds for seconds in taken] if all(seconds > 0 for seconds in taken) else []


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """One over the other, round by round: what slows a round down slows both. None where one was not measured.

    >>> ratios([2.0, 40.0], [1.0, 10.0]), ratios([2.0, 40.0], [])
    ([2.0, 4.0], [])
    """
    return [one / other for one, other in zip(above, below, strict=False)]


if __name__ == "__main__":
    measured, code = run_command(sys.argv[1:])
    print(json.dumps(asdict(measured)))
    sys.exit(code)
