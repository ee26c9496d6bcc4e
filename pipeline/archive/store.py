"""The output folder. Readers see the last complete state of all tables or the new one, whatever happens meanwhile.

`OUT/.raingan/<number>/` holds one complete state: every table, the ledger, `run.json`, `datapackage.json`.
`OUT/.raingan/current` is a link to the one that counts, and each `OUT/<table>` goes through it, so that renaming one
link changes them all at once. The state before stays until the next run begins; files that did not change are in both,
once on disk.
"""

import errno
import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import LockedError
from pipeline.sources.folders import DATA_PACKAGE, RUN_SUMMARY
from schemas import CORPUS_TABLES, TABLES

STATE, CURRENT = ".raingan", "current"
TABLE_NAMES = tuple(model.table for model in (*TABLES, *CORPUS_TABLES))
SYNCS_AT_ONCE, FEW = 16, 100
"""Threads that have files on disk, and so few files that threads would take longer to start."""
SWEPT = ".swept"
FILES = (RUN_SUMMARY, DATA_PACKAGE)
"""What stands beside the tables."""
SHOWN = (*TABLE_NAMES, *FILES)


class Store:
    """The states of one output folder; made by `locked`, which keeps other runs out."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / STATE
        self.work = self.folder / "work"
        """What a run that was cut off has done already; the next one goes on from there."""
        self.spool = self.work / "spool"
        """Bytes of documents that only a pass over their archive gives."""

    @property
    def current(self) -> Path:
        """The complete state, where there is one."""
        return self.folder / CURRENT

    def begin(self) -> Path:
        """A folder for the next state, in place of those that were swept."""
        self.remove_swept()
        unfinished = self.folder / f"{self._number() + 1:06d}.unfinished"
        for name in TABLE_NAMES:
            (unfinished / name).mkdir(parents=True)
        return unfinished

    def commit(self, unfinished: Path) -> None:
        """Make a state the one that counts; it is on disk before it does. The one before stays for who reads it.

        What a process left half-written that died over it goes first: another one wrote the file.
        """
        state = unfinished.with_suffix("")
        for left in unfinished.glob("*/*.unfinished"):
            left.unlink()
        _sync_all([*unfinished.rglob("*"), unfinished])
        unfinished.rename(state)
        self._show()
        link = self.folder / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(state.name)
        _sync(self.folder)
        link.replace(self.current)
        _sync(self.folder)
        _remove(self.work)

    def sweep(self) -> None:
        """Take the states that do not count out of their places: the one before, and what a run left that was cut off.

        They are removed when the next state begins, or at the end: who had listed one of them reads it whole, and who
        comes now finds nothing rather than a part.
        """
        self.remove_swept()
        kept = {self.current.resolve().name, CURRENT, "lock", self.work.name}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.rename(path.with_name(f"{path.name}{SWEPT}"))

    def remove_swept(self) -> None:
        """Have the disk back."""
        for path in self.folder.glob(f"*{SWEPT}"):
            _remove(path)

    def _number(self) -> int:
        return int(self.current.resolve().name) if self.current.exists() else 0

    def _show(self) -> None:
        """Put a link to each table into the output folder; it leads nowhere before the first state counts."""
        for name in SHOWN:
            shown, target = self.out / name, Path(STATE, CURRENT, name)
            if not shown.is_symlink():
                _remove(shown)
                shown.symlink_to(target)


@contextmanager
def locked(out: Path) -> Iterator[Store]:
    """The store of an output folder that no other run writes meanwhile.

    Raises:
        LockedError: another run is at work there.
        OSError: the folder cannot be written, or holds something that no run wrote.

    """
    store = Store(out)
    _refuse_foreign_files(out)
    store.folder.mkdir(parents=True, exist_ok=True)
    with (store.folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise LockedError(out, _holder(lock.read())) from None
        lock.truncate(0)
        json.dump({"process": os.getpid(), "host": socket.gethostname()}, lock)
        lock.flush()
        store.sweep()
        yield store
        store.remove_swept()


def _holder(said: str) -> str:
    with suppress(ValueError, TypeError, KeyError):
        holder = json.loads(said)
        return f"process {holder['process']} on {holder['host']}"
    return "another process"


def _refuse_foreign_files(out: Path) -> None:
    """A run replaces its tables; a folder of the same name that holds anything else is none of ours."""
    for name in (*TABLE_NAMES, DATA_PACKAGE):
        shown = out / name
        if not shown.is_symlink() and shown.exists():
            for path in shown.rglob("*") if shown.is_dir() else (shown,):
                if path.suffix != ".parquet" and not path.is_dir():
                    reason = "the output folder holds a file that no run wrote; choose another output folder"
                    raise FileExistsError(errno.EEXIST, reason, str(path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_all(paths: Sequence[Path]) -> None:
    if len(paths) <= FEW:
        for path in paths:
            _sync(path)
        return
    with ThreadPoolExecutor(SYNCS_AT_ONCE) as threads:  # the disk takes many at once as fast as one
        list(threads.map(_sync, paths))


def _sync(path: Path) -> None:
    """Have a file or a folder on disk, for a rename that outlives a power cut must not outlive what it names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
