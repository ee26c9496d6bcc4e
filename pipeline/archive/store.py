"""The output folder. Readers see the last complete state of all tables or the new one, at any moment.

`OUT/.raingan/<number>/` holds one complete state: every table, the ledger, `run.json`, `datapackage.json`.
`OUT/.raingan/current` is a link to the current one, and each `OUT/<table>` leads through it, so that renaming one link
changes them all at once. The previous state stays until the next run begins; unchanged files are in both, once on disk.
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
from typing import TextIO

from pipeline.errors import LockedError
from pipeline.sources.folders import DATA_PACKAGE, RUN_SUMMARY
from schemas import CORPUS_TABLES, TABLES

STATE, CURRENT = ".raingan", "current"
TABLE_NAMES = tuple(model.table for model in (*TABLES, *CORPUS_TABLES))
SYNCS_AT_ONCE, SYNCS_WITHOUT_THREADS = 16, 100
"""Threads that sync files to disk, and the number of files below which threads would take longer."""
OLD_SUFFIX = ".swept"
FILES = (RUN_SUMMARY, DATA_PACKAGE)
"""Files beside the tables."""
LINKED_NAMES = (*TABLE_NAMES, *FILES)


class OutputFolder:
    """The states of one output folder. Made by `lock_output`, which keeps other runs out."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / STATE
        self.work = self.folder / "work"
        """What an interrupted run has done; the next run continues there."""
        self.spool = self.work / "spool"
        """Documents that only a pass over their archive can read."""

    @property
    def current(self) -> Path:
        """The current state, if there is one."""
        return self.folder / CURRENT

    def begin_state(self) -> Path:
        """Create the folder of the next state, and remove those that were set aside."""
        self.remove_old_states()
        unfinished = self.folder / f"{self._number() + 1:06d}.unfinished"
        for name in TABLE_NAMES:
            (unfinished / name).mkdir(parents=True)
        return unfinished

    def commit(self, unfinished: Path) -> None:
        """Make a state the current one, once it is on disk. The previous one stays for its readers.

        Half-written files of workers that died are removed first; other workers wrote those files.
        """
        state = unfinished.with_suffix("")
        for leftover in unfinished.glob("*/*.unfinished"):
            leftover.unlink()
        _sync_all([*unfinished.rglob("*"), unfinished])
        unfinished.rename(state)
        self._link_tables()
        link = self.folder / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(state.name)
        _sync(self.folder)
        link.replace(self.current)
        _sync(self.folder)
        _remove(self.work)

    def set_aside(self) -> None:
        """Rename all states but the current one: the previous one, and what an interrupted run left.

        They are removed when the next state begins, or at the end. Who has listed one of them can read it to its end;
        who comes now finds nothing rather than a part.
        """
        self.remove_old_states()
        kept = {self.current.resolve().name, CURRENT, "lock", self.work.name}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.rename(path.with_name(f"{path.name}{OLD_SUFFIX}"))

    def remove_old_states(self) -> None:
        """Remove the states that were set aside."""
        for path in self.folder.glob(f"*{OLD_SUFFIX}"):
            _remove(path)

    def _number(self) -> int:
        return int(self.current.resolve().name) if self.current.exists() else 0

    def _link_tables(self) -> None:
        """Link each table into the output folder; the links are broken until the first state is current."""
        for name in LINKED_NAMES:
            link, target = self.out / name, Path(STATE, CURRENT, name)
            if not link.is_symlink():
                _remove(link)
                link.symlink_to(target)


_LOCKS = set[TextIO]()
"""The locks of this process. A fork of it lets them go, for it may live a little longer."""
os.register_at_fork(after_in_child=lambda: [lock.close() for lock in _LOCKS])


@contextmanager
def lock_output(out: Path) -> Iterator[OutputFolder]:
    """Open an output folder and keep other runs from writing to it.

    Raises:
        LockedError: another run is writing there.
        OSError: the folder cannot be written, or has a file that no run wrote.

    """
    store = OutputFolder(out)
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
        _LOCKS.add(lock)
        try:
            store.set_aside()
            yield store
            store.remove_old_states()
        finally:
            _LOCKS.remove(lock)


def _holder(text: str) -> str:
    with suppress(ValueError, TypeError, KeyError):
        holder = json.loads(text)
        return f"process {holder['process']} on {holder['host']}"
    return "another process"


def _refuse_foreign_files(out: Path) -> None:
    """A run replaces its tables; a folder with the name of a table that holds anything else is not ours."""
    for name in (*TABLE_NAMES, DATA_PACKAGE):
        path_of_table = out / name
        if not path_of_table.is_symlink() and path_of_table.exists():
            for path in path_of_table.rglob("*") if path_of_table.is_dir() else (path_of_table,):
                if path.suffix != ".parquet" and not path.is_dir():
                    reason = "the output folder has a file that no run wrote; choose another output folder"
                    raise FileExistsError(errno.EEXIST, reason, str(path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_all(paths: Sequence[Path]) -> None:
    if len(paths) <= SYNCS_WITHOUT_THREADS:
        for path in paths:
            _sync(path)
        return
    with ThreadPoolExecutor(SYNCS_AT_ONCE) as threads:  # disks sync many files as fast as one
        list(threads.map(_sync, paths))


def _sync(path: Path) -> None:
    """Sync a file or folder to disk: after a power cut, a rename must not outlive what it names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
