"""The files and documents of a run and of previous runs, in a database on disk, so that memory does not grow."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from pipeline.archive.ledger import ListedDocument
from pipeline.sources.folders import Input

COLUMNS = ", ".join(ListedDocument._fields)
"""The columns of a document, in the order of `ListedDocument`."""
REPLACED = -1
"""The part number of the tables that a merge replaces; none of their rows is reused."""

_TABLES = (
    "CREATE TABLE listed (number INTEGER PRIMARY KEY, name, path, size, version, pass DEFAULT 1)",
    f"CREATE TABLE earlier (number INTEGER PRIMARY KEY, part, {COLUMNS})",
    f"CREATE TABLE documents (number INTEGER PRIMARY KEY, {COLUMNS}, todo, first, previous)",
)
_INDEXES = {
    "listed": ("name",),
    "earlier": ("source", "file"),
    "documents": ("source", "document_id, source"),
}
_PARAMETERS = ", ".join("?" * len(ListedDocument._fields))


class RunIndex:
    """A database of three tables, used by one run only.

    `listed` has the files of the inputs, each with the pass in which it is opened, 0 if its documents are known from
    before. `earlier` has the documents of ledgers, with the number of the part whose tables have their rows.
    `documents` has those of this run: what to do with each, the first one with the same bytes, and the previous one of
    the same name.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for table in _TABLES:
            database.execute(table)

    def add_files(self, files: Iterable[Input]) -> None:
        """Insert files of the inputs; a path may have bytes that are not text."""
        rows = ((file.name, file.path.encode("utf-8", "surrogatepass"), file.size, file.version) for file in files)
        self._database.executemany("INSERT INTO listed (name, path, size, version) VALUES (?, ?, ?, ?)", rows)

    def add_previous(self, part: int, documents: Iterable[ListedDocument]) -> None:
        """Insert the documents of a ledger."""
        rows = ((part, *document) for document in documents)
        self._database.executemany(f"INSERT INTO earlier (part, {COLUMNS}) VALUES (?, {_PARAMETERS})", rows)

    def add_documents(self, documents: Iterable[ListedDocument]) -> None:
        """Insert documents that were just listed."""
        self._database.executemany(f"INSERT INTO documents ({COLUMNS}) VALUES ({_PARAMETERS})", documents)

    def copy_previous(self, condition: str) -> None:
        """Insert documents of ledgers that meet a condition as documents of this run."""
        query = f"SELECT {COLUMNS} FROM earlier WHERE part >= 0 AND {condition}"
        self.execute(f"INSERT INTO documents ({COLUMNS}) {query}")

    def create_indexes(self, *tables: str) -> None:
        """Index tables by names and ids, once most rows were inserted."""
        for table in tables:
            for number, columns in enumerate(_INDEXES[table]):
                self._database.execute(f"CREATE INDEX IF NOT EXISTS {table}_{number} ON {table} ({columns})")

    def execute(self, statement: str, **values: object) -> int:
        """Execute a statement; returns the number of changed rows."""
        return self._database.execute(statement, values).rowcount

    def execute_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute a statement once for each row of values."""
        self._database.executemany(statement, rows)

    def rows(self, query: str, **values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one by one."""
        return self._database.execute(query, values)

    def value(self, query: str, **values: object) -> Any:
        """The single value of a query."""
        return next(self.rows(query, **values))[0]

    def documents(self, condition: str, **values: object) -> Iterator[ListedDocument]:
        """The documents of this run that meet a condition."""
        return map(ListedDocument._make, self.rows(f"SELECT {COLUMNS} FROM documents WHERE {condition}", **values))

    def path_of(self, file: str) -> str:
        """The path of the file with this name."""
        return next(self.files("name = :file ORDER BY number DESC LIMIT 1", file=file)).path

    def files(self, condition: str, **values: object) -> Iterator[Input]:
        """The files of the inputs that meet a condition."""
        for name, path, size, version in self.rows(
            f"SELECT name, path, size, version FROM listed WHERE {condition}", **values
        ):
            yield Input(path.decode("utf-8", "surrogatepass"), name, size, version)


@contextmanager
def open_run_index(folder: Path | None) -> Iterator[RunIndex]:
    """An empty run index in a folder. Its file is unlinked at once, so that nothing is ever left of it.

    Without a folder it is among the temporary files of the system, for commands that write nothing.

    Raises:
        OSError: the disk is full.

    """
    try:
        with closing(_database(folder)) as database:
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("BEGIN EXCLUSIVE")
            yield RunIndex(database)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(folder) if folder else None) from error


def _database(folder: Path | None) -> sqlite3.Connection:
    if folder is None:
        return sqlite3.connect("", isolation_level=None)
    handle, name = mkstemp(prefix="run-index-", dir=folder)
    try:
        # No other process can open it, so it needs no locks, which network file systems may lack.
        database = sqlite3.connect(f"{Path(name).absolute().as_uri()}?nolock=1", isolation_level=None, uri=True)
        database.execute("PRAGMA user_version")  # opens the file
    finally:
        os.close(handle)
        Path(name).unlink()
    return database
