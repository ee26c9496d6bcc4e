"""Measure what must hold, print a table of it, and exit 1 when something is missed: `make bench`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.corpus import Corpus, corpus
from tests.benchmarks.measures import Cost, cost, in_turn, printed_seconds, ratio

RAINGAN = str(Path(sys.executable).with_name("raingan"))
LOWEST, HIGHEST = "at least", "at most"


@dataclass(frozen=True)
class Figure:
    """One line of the table; without a bound it is there for comparison only."""

    what: str
    value: float
    unit: str = ""
    bound: str = ""
    wanted: float | None = None

    @property
    def is_held(self) -> bool:
        """Whether the value keeps to its bound.

        >>> Figure("speed", 3.5, "MB/s", LOWEST, 3).is_held, Figure("memory", 260, "MiB", HIGHEST, 250).is_held
        (True, False)
        """
        if self.wanted is None:
            return True
        return self.value >= self.wanted if self.bound == LOWEST else self.value <= self.wanted

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The line as printed.

        >>> Figure("speed", 3.456, "MB/s", LOWEST, 3).row
        ('speed', '3.46 MB/s', 'at least 3 MB/s', 'held')
        """
        figure = f"{self.value:.2f} {self.unit}".rstrip()
        if self.wanted is None:
            return self.what, figure, "", ""
        wanted = f"{self.bound} {self.wanted:g} {self.unit}".rstrip()
        return self.what, figure, wanted, "held" if self.is_held else "MISSED"


def speeds(read: Corpus, *, docling_python: str | None, rounds: int) -> Iterator[Figure]:
    """MB of source text a second on one core, start-up apart, and the ratios between the contestants.

    Each pass is the first that a new process makes over these files.
    """
    pythons = {"floor": sys.executable, "raingan": sys.executable}
    if docling_python:
        pythons["docling"] = docling_python
    works = {
        name: partial(
            printed_seconds,
            [pythons[name], "-m", "tests.benchmarks.contestants", name, str(read.folder), str(read.warm_up)],
        )
        for name in CONTESTANTS
        if name in pythons
    }
    taken = in_turn(works, rounds=rounds)
    rate = {name: read.megabytes / median(seconds) for name, seconds in taken.items()}
    yield Figure("raingan, a whole run on one core", rate["raingan"], "MB/s", LOWEST, 3)
    yield Figure("the bare floor: reading, one scan, one Parquet file", rate["floor"], "MB/s")
    yield Figure("the floor's seconds in raingan's", ratio(taken["floor"], taken["raingan"]))
    if "docling" in taken:
        yield Figure("docling's Markdown backend", rate["docling"], "MB/s")
        yield Figure("raingan's speed over docling's", ratio(taken["docling"], taken["raingan"]), "", LOWEST, 4)


def start_up(*, rounds: int) -> Figure:
    """How much longer `raingan --help` takes than a Python that does nothing."""
    commands = {"help": [RAINGAN, "--help"], "pass": [sys.executable, "-c", "pass"]}
    for command in commands.values():
        must_succeed(command)
    taken = in_turn({name: partial(seconds_of, command) for name, command in commands.items()}, rounds=rounds)
    return Figure("raingan --help over python -c pass", ratio(taken["help"], taken["pass"]), "", HIGHEST, 15)


def small_report(path: Path, *, rounds: int) -> Figure:
    """Seconds from the command's start to the rows of one report."""
    taken = [run_into_new_folder(path).seconds for _ in range(rounds + 1)][1:]
    what = f"rows of one report of {path.stat().st_size / 1000:.0f} KB after the command's start"
    return Figure(what, median(taken), "s", HIGHEST, 1.5)


def memory(folder: Path, *, rounds: int) -> Figure:
    """The largest process of a run over everything."""
    peak = median(run_into_new_folder(folder).peak_mib for _ in range(rounds))
    return Figure("peak memory of a run", peak, "MiB", HIGHEST, 250)


def run_into_new_folder(source: Path) -> Cost:
    """What `raingan run` takes, into a folder where nothing can be reused."""
    with tempfile.TemporaryDirectory() as out:
        return must_succeed([RAINGAN, "run", str(source), "-o", f"{out}/tables"])


def seconds_of(command: list[str]) -> float:
    """How long a command takes."""
    return must_succeed(command).seconds


def must_succeed(command: list[str]) -> Cost:
    """The command's cost; what failed has none."""
    taken = cost(command)
    if taken.exit_code:
        message = f"{' '.join(command)} ended with exit code {taken.exit_code}: run it by hand before measuring it"
        raise RuntimeError(message)
    return taken


def seconds_of_stages(folder: Path) -> dict[str, float]:
    """Where the time of one run goes, by its own `run.json`."""
    with tempfile.TemporaryDirectory() as out:
        must_succeed([RAINGAN, "run", str(folder), "-o", f"{out}/tables"])
        report = json.loads(Path(out, "tables", "run.json").read_text(encoding="utf-8"))
    stages: dict[str, float] = report["seconds"]
    return stages


def print_figures(console: Console, figures: list[Figure]) -> None:
    """The figures, what was wanted of them, and whether that was held."""
    table = Table(title="raingan, measured")
    table.add_column("what")
    for heading in ("figure", "wanted", ""):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(*figure.row)
    console.print(table)


def print_stages(console: Console, stages: dict[str, float]) -> None:
    """Each stage's share of the seconds, the longest first."""
    table = Table("stage", "seconds", "share", title="where the time goes")
    for stage, seconds in sorted(stages.items(), key=lambda pair: -pair[1]):
        table.add_row(stage, f"{seconds:.3f}", f"{seconds / (sum(stages.values()) or 1):.0%}")
    console.print(table)


def main() -> int:
    """Measure all, print all; 1 when a bound was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docling-python", help="a Python with docling; without it docling is left out")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as scratch:
        read = corpus(Path(scratch))
        console.print(f"{len(read.paths)} files, {read.megabytes:.2f} MB; medians of {options.rounds} rounds, in turn")
        figures = [
            start_up(rounds=2 * options.rounds),
            small_report(read.small_report, rounds=options.rounds),
            memory(read.folder, rounds=3),
            *speeds(read, docling_python=options.docling_python, rounds=options.rounds),
        ]
        stages = seconds_of_stages(read.folder)
    print_figures(console, figures)
    print_stages(console, stages)
    return 0 if all(figure.is_held for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
