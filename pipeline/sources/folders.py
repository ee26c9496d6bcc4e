"""The files below a folder, on a disk or in a remote store, in the order of their paths."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import NamedTuple, Protocol

from pipeline.sources.storage import chained, reaching, store_of
from schemas import CORPUS_TABLES, TABLES

RUN_SUMMARY, DATA_PACKAGE, CORRECTIONS = "run.json", "datapackage.json", "corrections.csv"
OURS = (RUN_SUMMARY, DATA_PACKAGE, CORRECTIONS)
"""Files beside our tables that are no documents."""
REVIEW = "review"
"""Where below our tables the review site is written, if no other place is named."""
UNSETTLED = 2 * 10**9
"""Nanoseconds within which a file may change without another time stamp."""


class Input(NamedTuple):
    """A file and the name it goes by in the tables."""

    path: str
    """A path on this machine, or a URL."""
    name: str
    size: int | None = None
    """Bytes, where the listing tells."""
    version: str = ""
    """Differs where the file may have changed, without a look into it; empty where nothing can tell."""


class Folder(Protocol):
    """Where files are listed; places are paths below it, `` is the folder itself."""

    def entries(self, place: str) -> Iterable[str]:
        """The names in a folder below, those of folders with `/` behind; an `OSError` where it cannot be listed."""
        ...

    def input_at(self, place: str, name: str) -> Input:
        """The file at a place."""
        ...


def walk(folder: Folder, *, enters: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    """The places of all files in the order of their paths; a folder that cannot be listed ends in `/`, or is empty.

    Only the names in the folders that lead to a place are held, never all.
    """
    waiting = [""]
    while waiting:
        place = waiting.pop()
        if place and not place.endswith("/"):
            yield place
        elif not place or enters(place):
            try:
                names = [name for name in folder.entries(place) if not name.startswith(".")]
            except OSError:
                yield place
            else:
                waiting += sorted((place + name for name in names), reverse=True)


class LocalFolder:
    """A folder on this machine; each below it is entered once, so that a link that loops ends.

    A link to what holds the folder is not followed, and neither are our own tables and pages.
    """

    def __init__(self, start: Path, *, out: Path) -> None:
        self._start = start
        self._ours = {out / name for name in OURS}
        ours = {_identity(out / model.table) for model in (*TABLES, *CORPUS_TABLES)}
        if (out / REVIEW / "assets" / "words.js").exists():
            ours.add(_identity(out / REVIEW))
        self._seen = {_identity(parent) for parent in start.resolve().parents} | ours

    def entries(self, place: str) -> list[str]:
        """The names in a folder, none where it was entered before."""
        folder = self._start / place
        identity = _identity(folder)
        if identity in self._seen:
            return []
        self._seen.add(identity)
        with os.scandir(folder) as entries:
            names = [entry.name + "/" * _is_folder(entry) for entry in entries]
        return [name for name in names if name not in OURS or folder / name not in self._ours]

    def input_at(self, place: str, name: str) -> Input:
        """The file with its size and version, where the system tells them."""
        return local_input(f"{self._start}{os.sep}{place}", name)


def local_input(path: str, name: str) -> Input:
    """A file on this machine; one that was written just now may change again within its time stamp."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a million paths as objects would take longer than all the rest
    except OSError:
        return Input(path, name)
    is_settled = status.st_mtime_ns < time_ns() - UNSETTLED
    return Input(path, name, status.st_size, f"{status.st_size} {status.st_mtime_ns}" if is_settled else "")


class RemoteFolder:
    """A folder of a remote store, listed folder by folder."""

    def __init__(self, url: str) -> None:
        self._url = url
        with reaching(url):
            self._store, path = store_of(url)
        self._root = f"{path.rstrip('/')}/" if path else ""
        self._inputs: dict[str, Input] = {}

    @property
    def is_folder(self) -> bool:
        """Whether the store holds files below the URL."""
        with reaching(self._url):
            return bool(self._store.isdir(self._path("")))

    def entries(self, place: str) -> Iterator[str]:
        """The names in a folder; what the store says of its files is kept until they are asked for."""
        path = self._path(place)
        with reaching(self._url):
            listed = self._store.ls(path, detail=True)
        for info in listed:
            if str(info["name"]).strip("/") == path.strip("/"):
                continue  # some stores list a folder, or the mark of one, inside itself
            name = str(info["name"]).rstrip("/").rpartition("/")[2]
            if info["type"] != "directory":
                self._inputs[place + name] = self._input(info)
            yield name + "/" * (info["type"] == "directory")

    def input_at(self, place: str, name: str) -> Input:
        """The file with its size and version, as the store listed it."""
        if (found := self._inputs.pop(place, None)) is None:
            with reaching(self._url):
                found = self._input(self._store.info(self._path(place)))
        return found._replace(name=name)

    def _path(self, place: str) -> str:
        return f"{self._root}{place}".rstrip("/")

    def _input(self, info: dict[str, object]) -> Input:
        states = [info[key] for key in _STATES if info.get(key) is not None]
        size = said if isinstance(said := info.get("size"), int) else None
        return Input(self._url_of(str(info["name"])), "", size, f"{size} {_said(states[0])}" if states else "")

    def _url_of(self, path: str) -> str:
        """The URL of a path in the store, with what a chain of stores leads through."""
        before, link, behind = chained(self._url)
        if not before and not behind:
            return str(self._store.unstrip_protocol(path))
        return f"{before}{link.partition('://')[0]}://{path.partition('://')[2] or path}{behind}"


_STATES = "ETag etag content_md5 md5Hash checksum LastModified last_modified mtime modified updated created".split()
"""What stores call the tag of a content, and the time when it was written; the first that is there."""


def _said(state: object) -> str:
    """A state as text; stores give one time in more than one type."""
    return str(state.timestamp() if isinstance(state, datetime) else state)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _identity(path: Path) -> tuple[int, int] | Path:
    try:
        status = path.stat()
    except OSError:
        return path
    return status.st_dev, status.st_ino
