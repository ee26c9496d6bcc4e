"""The files that every contestant reads."""

from dataclasses import dataclass
from pathlib import Path

REPORTS = Path("../shared/reports")
SAMPLES = Path("samples")
WANTED_BYTES = 1_000_000
SMALL_REPORT_BYTES = 40_000


@dataclass(frozen=True)
class Corpus:
    """A folder to read, and one report of it to read alone."""

    folder: Path
    small_report: Path

    @property
    def paths(self) -> list[Path]:
        """Every file, in order of path."""
        return files(self.folder)

    @property
    def megabytes(self) -> float:
        """Source text in units of 10^6 bytes."""
        return sum(path.stat().st_size for path in self.paths) / 1e6


def files(folder: Path) -> list[Path]:
    """All files below a folder, in order of path."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def corpus(scratch: Path) -> Corpus:
    """The real reports where they are at hand, else the samples, repeated under `scratch`."""
    if REPORTS.is_dir():
        large = [path for path in REPORTS.glob("*.txt") if path.stat().st_size >= SMALL_REPORT_BYTES]
        return Corpus(REPORTS, min(large, key=lambda path: path.stat().st_size))
    texts = [path.read_bytes() for path in files(SAMPLES) if path.suffix == ".txt"]
    return repeated(texts, scratch)


def repeated(texts: list[bytes], scratch: Path) -> Corpus:
    r"""Write the texts again and again, each time with one more line break at its end, so that no file is a duplicate.

    The small report is the largest text, printed as often as it takes; each printing is one more copy of it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     made = repeated([b"x" * 300_000, b"y" * 10_000], Path(folder))
    ...     len(made.paths), made.megabytes > 1, len({path.read_bytes() for path in made.paths})
    (8, True, 8)
    """
    folder = scratch / "reports"
    folder.mkdir()
    total = turn = 0
    while total < WANTED_BYTES:
        for number, text in enumerate(texts):
            total += (folder / f"{turn:03}-{number:02}.txt").write_bytes(text + b"\n" * turn)
        turn += 1
    largest = max(texts, key=len)
    small_report = scratch / "small.txt"
    small_report.write_bytes(b"\n\f\n".join([largest] * -(-SMALL_REPORT_BYTES // len(largest))))
    return Corpus(folder, small_report)
