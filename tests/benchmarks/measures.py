"""Ways to measure on a machine that others use too: in turn, in both orders, and by the median."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "HF_HUB_OFFLINE": "1",  # docling asks for no model here, and shall not try
    "NO_COLOR": "1",
}


@dataclass(frozen=True)
class Cost:
    """What one command took; the memory is that of its largest process."""

    seconds: float
    peak_mib: float
    exit_code: int


def in_turn(works: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, list[float]]:
    """Measure each work once a round; every second round goes backwards, so that none always follows the same one.

    >>> trace = []
    >>> measured = in_turn({"a": lambda: trace.append("a") or 1.0, "b": lambda: trace.append("b") or 2.0}, rounds=2)
    >>> measured, trace
    ({'a': [1.0, 1.0], 'b': [2.0, 2.0]}, ['a', 'b', 'b', 'a'])
    """
    measured: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        names = list(works) if turn % 2 == 0 else list(works)[::-1]
        for name in names:
            measured[name].append(works[name]())
    return measured


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios round by round: a slow minute slows both sides of one ratio.

    >>> ratio([2.0, 40.0, 3.0], [1.0, 20.0, 1.0])
    2.0
    """
    return median(a / b for a, b in zip(above, below, strict=True))


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end, its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024, process.returncode)


def printed_seconds(command: Sequence[str]) -> float:
    """The seconds that a command prints, of a part of its work."""
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{' '.join(command)} ended with exit code {done.returncode}: {done.stderr[-2000:]}"
        raise RuntimeError(message)
    return float(done.stdout)
