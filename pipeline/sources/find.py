"""Find the files that a run reads, and their names in the tables."""

import os
import sys
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.sources.folders import Folder, Input, LocalFolder, RemoteFolder, local_input, walk
from pipeline.sources.storage import is_glob, is_remote, matches_glob, may_match_in, split_chain, split_glob
from pipeline.sources.unpack import has_known_suffix

Inputs = Sequence[str | Path]
STANDARD_INPUT = "-"
LOCAL_URL = "file://"


def missing_inputs(inputs: Inputs) -> list[str]:
    """The inputs that do not exist; globs, lists and stores show only when they are listed."""
    starts = [str(start).removeprefix(LOCAL_URL) for start in inputs]
    local = (start for start in starts if start != STANDARD_INPUT and not is_remote(start))
    return [start for start in local if not os.path.lexists(start) and not is_glob(start)]


def find_inputs(inputs: Inputs, *, out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files to read, by name: those of files, folders, globs and URLs, and of `-`, paths on standard input.

    In folders and globs only files with the suffix of a document or archive, without hidden ones and our own tables;
    the names of other files are added to `skipped`. A single input is listed while it is read, so that its files need
    no memory.

    Raises:
        OSError: a store cannot be reached.

    """
    starts = [str(start).removeprefix(LOCAL_URL) for start in inputs]
    if len(starts) == 1:
        yield from _files_of(starts[0], out, skipped)
    else:
        files: dict[str, Input] = {}
        for start in starts:
            for file in _files_of(start, out, skipped):
                files.setdefault(file.path if is_remote(file.path) else str(Path(file.path).absolute()), file)
        yield from sorted(_with_unique_names(list(files.values())), key=lambda file: (file.name, file.path))
    skipped.sort()


def _files_of(start: str, out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files of one input, in order of name."""
    if start == STANDARD_INPUT:
        yield from _files_on_list(out, skipped)
        return
    before, link, after = split_chain(start) if is_remote(start) else ("", start, "")
    is_pattern = is_glob(link) and (is_remote(start) or not os.path.lexists(start))
    root, pattern = split_glob(link) if is_pattern else (link, [])
    root = f"{before}{root}{after}"
    folder = _folder(root, out)
    count = 0
    for file in _files_in(folder, pattern, skipped) if folder else ():
        count += 1
        yield file._replace(name=file.name or _last_part(start))
    if not folder or (pattern and not count):
        yield _single_file(start, _last_part(start))


def _folder(root: str, out: Path) -> Folder | None:
    """The folder at a path or URL, None if there is none."""
    if is_remote(root):
        remote = RemoteFolder(root)
        return remote if remote.is_folder else None
    return LocalFolder(Path(root), out=out) if Path(root).is_dir() else None


def _files_in(folder: Folder, pattern: Sequence[str], skipped: list[str]) -> Iterator[Input]:
    """The files in a folder, or those that a pattern matches; any suffix if the pattern has one."""
    has_suffix = bool(pattern) and not is_glob(PurePosixPath(pattern[-1]).suffix or "*")
    for subpath in walk(folder, enters=lambda subpath: may_match_in(subpath[:-1].split("/"), pattern)):
        is_unlisted = not subpath or subpath.endswith("/")
        name = _printable(subpath.rstrip("/"))
        if pattern and not is_unlisted and not matches_glob(subpath.split("/"), pattern):
            continue
        if is_unlisted or has_suffix or has_known_suffix(subpath):
            yield folder.input_at(subpath, name)
        else:
            skipped.append(name)


def _single_file(path: str, name: str) -> Input:
    """A file given by name, whatever its suffix; also one that does not exist, which reading it will report."""
    if not is_remote(path):
        return local_input(path, name)
    try:
        return RemoteFolder(path).input_at("", name)
    except FileNotFoundError:
        return Input(path, name)


def _listed_file(path: str) -> Input:
    """A file of a list. If its store cannot be reached, reading it will report that, and the others are read."""
    try:
        return _single_file(path, _printable(path))
    except OSError:
        return Input(path, _printable(path))


def _files_on_list(out: Path, skipped: list[str]) -> Iterator[Input]:
    """The files listed on standard input, one path per line or ended by NUL. Their paths are their names."""
    text = os.fsdecode(sys.stdin.buffer.read().removeprefix(BOM_UTF8))
    lines = text.split("\0" if "\0" in text else "\n")
    folders: tuple[str, ...] = ()
    for path in sorted({_normalized(line.rstrip("\r")) for line in lines if line.strip()}):
        if path.startswith(folders):
            continue
        if is_remote(path) or not Path(path).is_dir():
            yield _listed_file(path)
            continue
        folders += (f"{path}/",)
        inside: list[str] = []
        for file in _files_of(path, out, inside):
            yield file._replace(name=_printable(file.path))
        skipped += [f"{_printable(path)}/{name}" for name in inside]


def _normalized(path: str) -> str:
    path = path.removeprefix(LOCAL_URL)
    return path if is_remote(path) else str(Path(path))


def _with_unique_names(files: Sequence[Input]) -> Iterator[Input]:
    """The inputs; where names are equal, with the name of the input folder in front, else the whole path."""
    names = Counter(file.name for file in files)
    renamed = [_with_root(file) if names[file.name] > 1 else file for file in files]
    names = Counter(file.name for file in renamed)
    for file in renamed:
        yield file if names[file.name] == 1 else file._replace(name=_printable(file.path))


def _with_root(file: Input) -> Input:
    """The input with the name of its input folder in front."""
    above = Path(file.path).absolute().parents
    root = above[min(file.name.count("/"), len(above) - 1)]
    return file._replace(name=_printable(f"{root.name}/{file.name}"))


def _last_part(path: str) -> str:
    """The last part of a path or URL."""
    link = split_chain(path)[1] if is_remote(path) else path
    return _printable(Path(link).name or path)


def _printable(name: str) -> str:
    """The name with undecodable bytes replaced, since table columns hold text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
