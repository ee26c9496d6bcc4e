"""What an archive of many documents costs: time, memory, room on the disk, and an unchanged run again."""

from pathlib import Path

from tests.benchmarks.measures import Cost, cost
from tests.synthesizer.archive import Expected, write_archive, wrongly_ended

SMALLER = 4
"""How many times smaller the archive is that the memory is compared with."""
HEADER = ("run", "documents", "seconds waited", "processor seconds", "largest process, MiB", "tables, MB")
ENDED = (0, 1)
"""Exit codes of a run that ended; 1 where there are broken files."""


def archive_rows(raingan: str, scratch: Path, *, count: int) -> list[list[str]]:
    """A line each for the first run over a small archive and over a large one, and for the same run again."""
    lines = []
    for documents in (max(count // SMALLER, 1), count):
        folder, out = scratch / f"archive-{documents}", scratch / f"tables-{documents}"
        expected = write_archive(folder, documents, seed=1)
        command = [raingan, "run", str(folder), "-o", str(out)]
        lines.append(_line("first run", documents, cost(command, accepted=ENDED), out))
        _must_be_complete(expected, out)
    return [*lines, _line("again, nothing changed", count, cost(command, accepted=ENDED), out)]


def _line(what: str, documents: int, taken: Cost, out: Path) -> list[str]:
    size = sum(path.stat().st_size for path in out.glob("*/*.parquet")) / 1e6
    figures = (f"{taken.seconds:.1f}", f"{taken.processor_seconds:.1f}", f"{taken.peak_mib:.0f}", f"{size:.1f}")
    return [what, f"{documents:,}", *figures]


def _must_be_complete(expected: list[Expected], out: Path) -> None:
    """A run that lost a document, or took a broken file for a sound one, has no figures."""
    import pyarrow.parquet as pq

    found = pq.read_table(out / "documents", columns=["source", "status"])
    statuses = dict(zip(found["source"].to_pylist(), found["status"].to_pylist(), strict=True))
    if wrong := wrongly_ended(expected, statuses):
        message = f"{len(wrong)} of {len(expected)} documents did not end as they should (first: {wrong[0]})"
        raise RuntimeError(message)
