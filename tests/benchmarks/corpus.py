"""The files that every contestant reads."""

import shutil
from dataclasses import dataclass
from pathlib import Path

REPORTS = Path("../shared/reports")
SAMPLES = Path("samples")
WANTED_BYTES = 1_000_000
SMALL_REPORT_BYTES = 40_000
SARA_AM, SARA_AA = "\N{THAI CHARACTER SARA AM}", "\N{THAI CHARACTER SARA AA}"
"""A text without the first has lost it everywhere, which only the word lists can mend."""


@dataclass(frozen=True)
class Corpus:
    """A folder to read, and one report of it to read alone."""

    folder: Path
    small_report: Path
    warm_up: Path
    """Other documents, of all forms, sound and damaged: what is read before time is taken."""

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
    """The real reports where they are at hand, else some of our own making, written under `scratch`."""
    warm_up = scratch / "warm-up"
    shutil.copytree(SAMPLES, warm_up)
    sound = next(warm_up.rglob("01.txt")).read_text(encoding="utf-8")
    (warm_up / "damaged.txt").write_text(sound.replace(SARA_AM, SARA_AA), encoding="utf-8")
    folder = REPORTS if REPORTS.is_dir() else synthesized(scratch / "reports")
    large = [path for path in files(folder) if path.stat().st_size >= SMALL_REPORT_BYTES]
    return Corpus(folder, min(large, key=lambda path: path.stat().st_size), warm_up)


def synthesized(folder: Path) -> Path:
    """Write reports with some noise, one of them large; all differ.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as scratch:
    ...     sizes = [path.stat().st_size for path in files(synthesized(Path(scratch, "reports")))]
    ...     sum(sizes) > WANTED_BYTES, max(sizes) > SMALL_REPORT_BYTES
    (True, True)
    """
    from tests.synthesizer.archive.documents import Documents  # not for the floor, whose start counts as well

    folder.mkdir()
    documents, total, number = Documents(2), 0, 0
    while total < WANTED_BYTES:
        text = "\f".join(documents[place].text for place in range(number, number + 4))
        total += (folder / f"{number:04}.txt").write_bytes(text.encode())
        number += 4
    return folder
