"""Which files a run reads, and by which names they go in the tables."""

import os
import sys
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.sources.folders import Folder, Input, LocalFolder, RemoteFolder, local_input, walk
from pipeline.sources.storage import chained, is_glob, is_remote, matches, may_match_below, root_and_parts
from pipeline.sources.unpack import is_wanted

Inputs = Sequence[str | Path]
STANDARD_INPUT = "-"
LOCAL_URL = "file://"


def missing(inputs: Inputs) -> list[str]:
    """The paths among the inputs that lead nowhere; of globs, lists and stores only a listing tells."""
    starts = [str(start).removeprefix(LOCAL_URL) for start in inputs]
    return [start for start in starts if not (start == STANDARD_INPUT or is_remote(start) or _is_there(start))]


def _is_there(path: str) -> bool:
    return os.path.lexists(path) or is_glob(path)


def find_inputs(inputs: Inputs, *, out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files to read, by name: those of files, folders, globs and URLs, and of `-`, paths on standard input.

    In folders and globs only those with a suffix of a document or an archive, hidden ones and our tables aside; the
    others' names go to `skipped`. A single input is listed while it is read, so that its files need no memory.

    Raises:
        OSError: a store cannot be reached.

    """
    starts = [str(start).removeprefix(LOCAL_URL) for start in inputs]
    if len(starts) == 1:
        yield from _found(starts[0], out, skipped)
    else:
        found: dict[str, Input] = {}
        for start in starts:
            for item in _found(start, out, skipped):
                found.setdefault(item.path if is_remote(item.path) else str(Path(item.path).absolute()), item)
        yield from sorted(_told_apart(list(found.values())), key=lambda item: (item.name, item.path))
    skipped.sort()


def _found(start: str, out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files of one input, in the order of their names."""
    if start == STANDARD_INPUT:
        yield from _listed(out, skipped)
        return
    before, link, behind = chained(start) if is_remote(start) else ("", start, "")
    is_pattern = is_glob(link) and (is_remote(start) or not os.path.lexists(start))
    root, pattern = root_and_parts(link) if is_pattern else (link, [])
    root = f"{before}{root}{behind}"
    folder = _folder(root, out)
    count = 0
    for item in _below(folder, pattern, skipped) if folder else ():
        count += 1
        yield item._replace(name=item.name or _last(start))
    if not folder or (pattern and not count):
        yield _single(start, _last(start))


def _folder(root: str, out: Path) -> Folder | None:
    """The folder at a path or URL, None where it is none."""
    if is_remote(root):
        remote = RemoteFolder(root)
        return remote if remote.is_folder else None
    return LocalFolder(Path(root), out=out) if Path(root).is_dir() else None


def _below(folder: Folder, pattern: Sequence[str], skipped: list[str]) -> Iterator[Input]:
    """The files that a folder holds, or those that a pattern matches, whatever they are where it says a suffix."""
    says_suffix = bool(pattern) and not is_glob(PurePosixPath(pattern[-1]).suffix or "*")
    for place in walk(folder, enters=lambda place: may_match_below(place[:-1].split("/"), pattern)):
        is_unlisted = not place or place.endswith("/")
        name = _printable(place.rstrip("/"))
        if pattern and not is_unlisted and not matches(place.split("/"), pattern):
            continue
        if is_unlisted or says_suffix or is_wanted(place):
            yield folder.input_at(place, name)
        else:
            skipped.append(name)


def _single(path: str, name: str) -> Input:
    """A file that was named, whatever its suffix; also one that is not there, which reading it will tell."""
    if not is_remote(path):
        return local_input(path, name)
    try:
        return RemoteFolder(path).input_at("", name)
    except FileNotFoundError:
        return Input(path, name)


def _single_of_list(path: str) -> Input:
    """A file of a list; where its store cannot be reached, reading it will tell, and the others are read."""
    try:
        return _single(path, _printable(path))
    except OSError:
        return Input(path, _printable(path))


def _listed(out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files that standard input lists, a path a line or ended by NUL; each goes by its path, so none are alike."""
    text = os.fsdecode(sys.stdin.buffer.read().removeprefix(BOM_UTF8))
    lines = text.split("\0" if "\0" in text else "\n")
    folders: tuple[str, ...] = ()
    for path in sorted({_normal(line.rstrip("\r")) for line in lines if line.strip()}):
        if path.startswith(folders):
            continue
        if is_remote(path) or not Path(path).is_dir():
            yield _single_of_list(path)
            continue
        folders += (f"{path}/",)
        inside: list[str] = []
        for item in _found(path, out, inside):
            yield item._replace(name=_printable(item.path))
        skipped += [f"{_printable(path)}/{name}" for name in inside]


def _normal(path: str) -> str:
    path = path.removeprefix(LOCAL_URL)
    return path if is_remote(path) else str(Path(path))


def _told_apart(found: Sequence[Input]) -> Iterator[Input]:
    """The inputs, those of one name with their input folder's name in front, else by their whole path."""
    names = Counter(item.name for item in found)
    longer = [_with_root(item) if names[item.name] > 1 else item for item in found]
    names = Counter(item.name for item in longer)
    for item in longer:
        yield item if names[item.name] == 1 else item._replace(name=_printable(item.path))


def _with_root(item: Input) -> Input:
    """The input with the name of the folder that it was found below in front."""
    above = Path(item.path).absolute().parents
    root = above[min(item.name.count("/"), len(above) - 1)]
    return item._replace(name=_printable(f"{root.name}/{item.name}"))


def _last(path: str) -> str:
    """The last part of a path or URL."""
    link = chained(path)[1] if is_remote(path) else path
    return _printable(Path(link).name or path)


def _printable(name: str) -> str:
    """The name with bytes that are no text replaced, for a column of a table holds text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
