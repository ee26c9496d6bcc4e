"""Measure what must hold of a large archive, print a table of it, and exit 1 when something is missed.

    python -m tests.benchmarks.archive --count 20000

An archive of our own making is written, and read by the command as anybody would run it; its processes are watched
from outside. Everything that is compared is measured in turn in the same minutes.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from rich.console import Console

from pipeline.archive.ledger import LEDGER
from tests.benchmarks.bench import (
    HIGHEST,
    LOWEST,
    RAINGAN,
    Figure,
    must_succeed,
    print_figures,
    print_stages,
    seconds_of_stages,
)
from tests.benchmarks.contestants import stay_on_one_core
from tests.benchmarks.measures import in_turn, printed_seconds, ratio
from tests.benchmarks.processes import Watched, watch
from tests.synthesizer.archive import write_archive, wrongly_ended
from tests.synthesizer.archive.documents import Documents

COUNT = 20_000
SMALLER, MIDDLE = 20, 4
"""How many times smaller the archives are with which a document's cost, and memory, one core and two, are compared."""
FEW = 100
FEW_BYTES = 40_000
ENDED = (0, 1)
"""Exit codes of a run that ended: an archive with broken files gives 1."""


def run(folder: Path, out: Path, *, workers: int) -> Watched:
    """One run of the command into a folder where nothing can be reused, watched."""
    command = into_new_folder(folder, out, workers=workers)
    watched = watch(command)
    if watched.exit_code not in ENDED:
        message = f"{' '.join(command)} ended with exit code {watched.exit_code}: run it by hand before measuring it"
        raise RuntimeError(message)
    return watched


def into_new_folder(folder: Path, out: Path, *, workers: int) -> list[str]:
    """The command that reads a folder, once its output is out of the way."""
    shutil.rmtree(out, ignore_errors=True)
    return [RAINGAN, "run", str(folder), "-o", str(out), "-j", str(workers)]


def sizes(scratch: Path, *, count: int, seed: int, workers: int) -> Iterator[Figure]:
    """A run over all between two over a smaller archive: each document accounted for, memory, a document's cost."""
    small, middle, out = max(count // SMALLER, 1), max(count // MIDDLE, 1), scratch / "tables"
    expected = write_archive(scratch / "large", count, seed=seed)
    write_archive(scratch / "small", small, seed=seed)
    write_archive(scratch / "middle", middle, seed=seed)
    before = run(scratch / "small", out, workers=workers)
    watched = run(scratch / "large", out, workers=workers)
    wrong = wrongly_ended(expected, statuses(out))
    after = run(scratch / "small", out, workers=workers)
    fewer = run(scratch / "middle", out, workers=workers)
    yield Figure(f"of {count:,} documents, not accounted for", len(wrong), "", HIGHEST, 0)
    yield Figure("peak memory of the driver", watched.driver_mib, "MiB", HIGHEST, 400)
    yield Figure("peak memory of the largest worker", watched.worker_mib, "MiB", HIGHEST, 400)
    yield Figure(f"the driver's over that with {middle:,}", watched.driver_mib / fewer.driver_mib, "", HIGHEST, 1.1)
    yield Figure(f"the worker's over that with {middle:,}", watched.worker_mib / fewer.worker_mib, "", HIGHEST, 1.1)
    each, each_of_small = watched.seconds / count, (before.seconds + after.seconds) / 2 / small
    yield Figure(f"a document of {count:,}", 1000 * each, "ms")
    yield Figure(f"a document of {small:,}", 1000 * each_of_small, "ms")
    yield Figure("the first over the second", each / each_of_small, "", HIGHEST, 1.1)


def statuses(out: Path) -> dict[str, str]:
    """What a run made of each document."""
    import pyarrow.parquet as pq

    found = pq.read_table(out / "documents", columns=["source", "status"])
    return dict(zip(found["source"].to_pylist(), found["status"].to_pylist(), strict=True))


def cores(scratch: Path, *, count: int, seed: int, rounds: int) -> Iterator[Figure]:
    """One core against two, and whether both write the same bytes."""
    write_archive(scratch / "in", max(count // MIDDLE, 1), seed=seed)
    outs = {workers: scratch / f"tables-{workers}" for workers in (1, 2)}

    def seconds(workers: int) -> float:
        return run(scratch / "in", outs[workers], workers=workers).seconds

    taken = in_turn({str(workers): partial(seconds, workers) for workers in outs}, rounds=rounds)
    one, two = (tables(out) for out in outs.values())
    differing = [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)]
    yield Figure("files of tables that differ between -j 1 and -j 2", len(differing), "", HIGHEST, 0)
    yield Figure("seconds of -j 1 over those of -j 2", ratio(taken["1"], taken["2"]), "", LOWEST, 1.8)


def tables(out: Path) -> dict[str, str]:
    """The digest of every Parquet file by its path, but for the ledger: when files changed is no part of the tables."""
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*.parquet"))
        if path.name != LEDGER
    }


def over_the_floor(scratch: Path, *, rounds: int) -> Iterator[Figure]:
    """What a document costs on one core over the least that any program must do, and the same apart from the start.

    Cold: both are new processes, from their start to their end. Apart from the start is processor time: a short work
    slips in between others on the machine, a long one has to share with them.
    """
    many, one, out = write_few(scratch / "many", FEW), write_few(scratch / "one", 1), scratch / "tables"
    contestant = [sys.executable, "-m", "tests.benchmarks.contestants", "floor", str(many)]

    def worked(folder: Path) -> float:
        return run(folder, out, workers=1).processor_seconds

    works = {
        "floor": lambda: must_succeed(contestant).seconds / FEW,
        "raingan": lambda: must_succeed(into_new_folder(many, out, workers=1)).seconds / FEW,
        "floor apart": lambda: printed_seconds([*contestant, str(one)]) / FEW,
        "raingan apart": lambda: (worked(many) - worked(one)) / (FEW - 1),
    }
    with one_core():
        taken = in_turn(works, rounds=rounds)
    of = f"a document of {FEW_BYTES / 1000:.0f} KB"
    yield Figure(f"{of}, the bare floor, cold", 1000 * median(taken["floor"]), "ms")
    yield Figure(f"{of}, cold", 1000 * median(taken["raingan"]), "ms")
    cold = ratio(taken["raingan"], taken["floor"])
    yield Figure("a document's cost over the bare floor's, cold", cold, "", HIGHEST, 8)
    yield Figure(f"{of}, the bare floor, its start apart", 1000 * median(taken["floor apart"]), "ms")
    yield Figure(f"{of}, the start apart", 1000 * median(taken["raingan apart"]), "ms")


@contextmanager
def one_core() -> Iterator[None]:
    """What is started meanwhile stays on one core."""
    before = os.sched_getaffinity(0)
    stay_on_one_core()
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def write_few(folder: Path, count: int) -> Path:
    """So many sound reports of about the same size, one text each, printed in turn with the slips of two readings."""
    folder.mkdir(parents=True)
    documents = Documents(1)
    for number in range(count):
        texts = (documents[number].text, documents.printed_anew(number).text)
        printed = "\f".join(islice(cycle(texts), -(-FEW_BYTES // min(map(len, texts))))).encode()[:FEW_BYTES]
        (folder / f"{number:03}.txt").write_text(printed.decode(errors="ignore"), encoding="utf-8")
    return folder


def main() -> int:
    """Measure all, print all; 1 when a bound was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.archive", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        figures = [
            *over_the_floor(scratch / "few", rounds=options.rounds),
            *sizes(scratch / "sizes", count=options.count, seed=options.seed, workers=options.workers),
            *cores(scratch / "cores", count=options.count, seed=options.seed, rounds=options.rounds),
        ]
        stages = seconds_of_stages(scratch / "few" / "many")
    print_figures(console, figures)
    print_stages(console, stages)
    return 0 if all(figure.is_held for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
