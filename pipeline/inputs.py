"""Which files a run reads, and by which names they go in the tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import time_ns

from pipeline.read import TEXT_SUFFIXES
from schemas import TABLES

UNSETTLED = 2 * 10**9
"""Nanoseconds within which a file may change without another time stamp."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file and the name it goes by in the tables."""

    path: Path
    name: str
    size: int | None = None
    """Bytes, where the listing tells."""
    version: str = ""
    """Differs where the file may have changed, without a look into it; empty where nothing can tell."""


def find_inputs(inputs: Sequence[Path], *, out: Path, skipped: list[str]) -> list[Input]:
    """The files to read, by name; in folders only those with a suffix of a text, hidden ones and our tables aside."""
    found: dict[Path, Input] = {}
    for start in inputs:
        for path in walk(start, out=out) if start.is_dir() else [start]:
            name = _printable(path.relative_to(start).as_posix() if path != start else start.name)
            if path == start or path.is_dir() or path.suffix.lower() in TEXT_SUFFIXES:
                found.setdefault(path.absolute(), Input(path, name))
            else:
                skipped.append(name)
    skipped.sort()
    now = time_ns()
    named = sorted(_told_apart(found.values()), key=lambda item: (item.name, str(item.path)))
    return [_stamped(item, now) for item in named]


def _stamped(item: Input, now: int) -> Input:
    """The input with its size and version; a file that was written just now may change again within its time stamp."""
    try:
        status = item.path.stat()
    except OSError:
        return item
    version = f"{status.st_size} {status.st_mtime_ns}" if status.st_mtime_ns < now - UNSETTLED else ""
    return replace(item, size=status.st_size, version=version)


def _told_apart(found: Iterable[Input]) -> Iterator[Input]:
    """The inputs, those of one name with their input folder's name in front, else by their whole path."""
    known = list(found)
    names = Counter(item.name for item in known)
    longer = [_with_root(item) if names[item.name] > 1 else item for item in known]
    names = Counter(item.name for item in longer)
    for item in longer:
        yield item if names[item.name] == 1 else Input(item.path, _printable(item.path.as_posix()))


def _with_root(item: Input) -> Input:
    """The input with the name of the folder that it was found below in front."""
    root = item.path.absolute().parents[len(Path(item.name).parts) - 1]
    return Input(item.path, _printable(f"{root.name}/{item.name}"))


def _printable(name: str) -> str:
    """The name with bytes that are no text replaced, for a column of a table holds text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def walk(start: Path, *, out: Path) -> Iterator[Path]:
    """The files below a folder, and the folders that cannot be listed, in order of path.

    Each folder is entered once, so that a link that loops ends; a link to what holds the start is not followed, and
    neither are our own tables.
    """
    ours = {_identity(out / model.table) for model in TABLES}
    seen = {_identity(parent) for parent in start.resolve().parents} | ours
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        if (identity := _identity(folder)) in seen:
            continue
        seen.add(identity)
        try:
            entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError:
            yield folder
            continue
        folders = [entry for entry in entries if entry.is_dir()]
        yield from (entry for entry in entries if entry not in folders and entry != out / "run.json")
        waiting += reversed(folders)


def _identity(path: Path) -> tuple[int, int] | Path:
    try:
        status = path.stat()
    except OSError:
        return path
    return status.st_dev, status.st_ino
