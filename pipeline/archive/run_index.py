"""The files and documents of a run and of the runs before it, on disk: memory does not grow with their number."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from pipeline.archive.ledger import Seen
from pipeline.sources.folders import Input

COLUMNS = ", ".join(Seen._fields)
"""What a document is kept by, in the order of `Seen`."""
BEFORE = -1
"""Stands instead of the number of a part for the tables that a merge replaces: none of their rows is taken over."""

_TABLES = (
    "CREATE TABLE listed (number INTEGER PRIMARY KEY, name, path, size, version, pass DEFAULT 1)",
    f"CREATE TABLE earlier (number INTEGER PRIMARY KEY, part, {COLUMNS})",
    f"CREATE TABLE documents (number INTEGER PRIMARY KEY, {COLUMNS}, todo, first, held)",
)
_INDEXES = {
    "listed": ("name",),
    "earlier": ("source", "file"),
    "documents": ("source", "document_id, source"),
}
_PLACES = ", ".join("?" * len(Seen._fields))


class Register:
    """A database of three tables, in the hands of one run.

    `listed` has the files of the inputs, each with the pass in which it is looked into, 0 where its documents are known
    from before. `earlier` has the documents of ledgers, by the number of the part whose tables have their rows.
    `documents` has those of this run: what is to be done with each, the first that has its bytes, and the earlier one
    of its name.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for table in _TABLES:
            database.execute(table)

    def add_listed(self, listed: Iterable[Input]) -> None:
        """Put files in; a path may hold bytes that are no text."""
        rows = ((item.name, item.path.encode("utf-8", "surrogatepass"), item.size, item.version) for item in listed)
        self._database.executemany("INSERT INTO listed (name, path, size, version) VALUES (?, ?, ?, ?)", rows)

    def add_earlier(self, part: int, documents: Iterable[Seen]) -> None:
        """Put the documents of a ledger in."""
        rows = ((part, *seen) for seen in documents)
        self._database.executemany(f"INSERT INTO earlier (part, {COLUMNS}) VALUES (?, {_PLACES})", rows)

    def add_documents(self, documents: Iterable[Seen]) -> None:
        """Put documents in that were found just now."""
        self._database.executemany(f"INSERT INTO documents ({COLUMNS}) VALUES ({_PLACES})", documents)

    def take_over(self, condition: str) -> None:
        """Put documents in that earlier parts have."""
        query = f"SELECT {COLUMNS} FROM earlier WHERE part >= 0 AND {condition}"
        self.change(f"INSERT INTO documents ({COLUMNS}) {query}")

    def index(self, *tables: str) -> None:
        """Make names and ids quick to find in tables, as they are to be once much was put in."""
        for table in tables:
            for number, columns in enumerate(_INDEXES[table]):
                self._database.execute(f"CREATE INDEX IF NOT EXISTS {table}_{number} ON {table} ({columns})")

    def change(self, statement: str, **values: object) -> int:
        """Change what a statement says, and tell how many rows that were."""
        return self._database.execute(statement, values).rowcount

    def change_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Change what a statement says once for each row of values."""
        self._database.executemany(statement, rows)

    def rows(self, query: str, **values: object) -> Iterator[tuple[Any, ...]]:
        """What a query finds, row by row."""
        return self._database.execute(query, values)

    def value(self, query: str, **values: object) -> Any:
        """The one value that a query finds."""
        return next(self.rows(query, **values))[0]

    def seen(self, condition: str, **values: object) -> Iterator[Seen]:
        """The documents of this run that meet a condition."""
        return map(Seen._make, self.rows(f"SELECT {COLUMNS} FROM documents WHERE {condition}", **values))

    def path_of(self, file: str) -> str:
        """Where the listed file of a name lies."""
        return next(self.listed("name = :file ORDER BY number DESC LIMIT 1", file=file)).path

    def listed(self, condition: str, **values: object) -> Iterator[Input]:
        """The files that meet a condition."""
        for name, path, size, version in self.rows(
            f"SELECT name, path, size, version FROM listed WHERE {condition}", **values
        ):
            yield Input(path.decode("utf-8", "surrogatepass"), name, size, version)


@contextmanager
def register_in(folder: Path | None) -> Iterator[Register]:
    """An empty register in a folder; its file has no name as soon as it is there, so that nothing is ever left of it.

    Without a folder it is among the temporary files of the system, for commands that write nothing.

    Raises:
        OSError: the disk takes no more of it.

    """
    try:
        with closing(_database(folder)) as database:
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("BEGIN EXCLUSIVE")
            yield Register(database)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(folder) if folder else None) from error


def _database(folder: Path | None) -> sqlite3.Connection:
    if folder is None:
        return sqlite3.connect("", isolation_level=None)
    handle, name = mkstemp(prefix="register-", dir=folder)
    try:
        # Nobody else can open it, so that it needs no locks, which file systems of networks may lack.
        database = sqlite3.connect(f"{Path(name).absolute().as_uri()}?nolock=1", isolation_level=None, uri=True)
        database.execute("PRAGMA user_version")  # opens the file
    finally:
        os.close(handle)
        Path(name).unlink()
    return database
