"""The files in a folder, on a disk or in a remote store, in order of path."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from pipeline.sources.storage import open_store, split_chain, store_errors
from schemas import CORPUS_TABLES, TABLES

RUN_SUMMARY, DATA_PACKAGE, CORRECTIONS = "run.json", "datapackage.json", "corrections.csv"
OURS = (RUN_SUMMARY, DATA_PACKAGE, CORRECTIONS)
"""Files beside our tables that are not documents."""
REVIEW = "review"
"""The folder beside the tables for the pages of the review site, by default."""
TIMESTAMP_RESOLUTION = 2 * 10**9
"""Nanoseconds within which a file may change again without a new time stamp."""


class Input(NamedTuple):
    """A file and its name in the tables."""

    path: str
    """A path on this machine, or a URL."""
    name: str
    size: int | None = None
    """Bytes, if the listing says."""
    version: str = ""
    """Changes whenever the file may have changed, without reading it; empty if nothing shows that."""


def walk(folder: "Folder", *, enters: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    """The subpaths of all files in order. A folder that cannot be listed ends in `/`, or is empty for the root.

    Only the names in the folders on the current path are in memory, never all.
    """
    waiting = [""]
    while waiting:
        subpath = waiting.pop()
        if subpath and not subpath.endswith("/"):
            yield subpath
        elif not subpath or enters(subpath):
            try:
                names = [name for name in folder.entries(subpath) if not name.startswith(".")]
            except OSError:
                yield subpath
            else:
                waiting += sorted((subpath + name for name in names), reverse=True)


class LocalFolder:
    """A folder on this machine. Each subfolder is entered once, so that a loop of links ends.

    Links to a folder above are not followed, and our own tables and pages are left out.
    """

    def __init__(self, start: Path, *, out: Path) -> None:
        self._start = start
        self._ours = {out / name for name in OURS}
        ours = {_identity(out / model.table) for model in (*TABLES, *CORPUS_TABLES)}
        if (out / REVIEW / "assets" / "words.js").exists():
            ours.add(_identity(out / REVIEW))
        self._seen = {_identity(parent) for parent in start.resolve().parents} | ours

    def entries(self, subpath: str) -> list[str]:
        """The names in a folder; none if it was entered before."""
        folder = self._start / subpath
        identity = _identity(folder)
        if identity in self._seen:
            return []
        self._seen.add(identity)
        with os.scandir(folder) as entries:
            names = [entry.name + "/" * _is_folder(entry) for entry in entries]
        return [name for name in names if name not in OURS or folder / name not in self._ours]

    def input_at(self, subpath: str, name: str) -> Input:
        """The file with its size and version, if the system says."""
        return local_input(f"{self._start}{os.sep}{subpath}", name)


def local_input(path: str, name: str) -> Input:
    """A file on this machine; one written just now has no version, since it may change within its time stamp."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a million Path objects would take longer than everything else
    except OSError:
        return Input(path, name)
    is_settled = status.st_mtime_ns < time_ns() - TIMESTAMP_RESOLUTION
    return Input(path, name, status.st_size, f"{status.st_size} {status.st_mtime_ns}" if is_settled else "")


class RemoteFolder:
    """A folder of a remote store."""

    def __init__(self, url: str) -> None:
        self._url = url
        with store_errors(url):
            self._store, path = open_store(url)
        self._root = f"{path.rstrip('/')}/" if path else ""
        self._inputs: dict[str, Input] = {}

    @property
    def is_folder(self) -> bool:
        """Whether the store has files below the URL."""
        with store_errors(self._url):
            return bool(self._store.isdir(self._path("")))

    def entries(self, subpath: str) -> Iterator[str]:
        """The names in a folder. What the store says about its files is kept until they are asked for."""
        path = self._path(subpath)
        with store_errors(self._url):
            listed = self._store.ls(path, detail=True)
        for info in listed:
            if str(info["name"]).strip("/") == path.strip("/"):
                continue  # some stores list a folder inside itself
            name = str(info["name"]).rstrip("/").rpartition("/")[2]
            if info["type"] != "directory":
                self._inputs[subpath + name] = self._input(info)
            yield name + "/" * (info["type"] == "directory")

    def input_at(self, subpath: str, name: str) -> Input:
        """The file with its size and version as the store listed it."""
        if (file := self._inputs.pop(subpath, None)) is None:
            with store_errors(self._url):
                file = self._input(self._store.info(self._path(subpath)))
        return file._replace(name=name)

    def _path(self, subpath: str) -> str:
        return f"{self._root}{subpath}".rstrip("/")

    def _input(self, info: dict[str, object]) -> Input:
        state = next((info[key] for key in _VERSION_KEYS.split() if info.get(key) is not None), None)
        size = listed if isinstance(listed := info.get("size"), int) else None
        state = state.timestamp() if isinstance(state, datetime) else state  # stores give times in different types
        return Input(self._url_of(str(info["name"])), "", size, "" if state is None else f"{size} {state}")

    def _url_of(self, path: str) -> str:
        """The URL of a path in the store, with the rest of a chain of stores."""
        before, link, behind = split_chain(self._url)
        if not before and not behind:
            return str(self._store.unstrip_protocol(path))
        return f"{before}{link.partition('://')[0]}://{path.partition('://')[2] or path}{behind}"


Folder = LocalFolder | RemoteFolder
"""A folder that lists files. A subpath is relative to it; the empty one is the folder itself."""
_VERSION_KEYS = "ETag etag content_md5 md5Hash checksum LastModified last_modified mtime modified updated created"
"""What stores call a content tag or the time of the last change; the first one present is used."""


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
