"""Rows to Parquet: every table, even an empty one, in files that appear only when all of them are complete."""

import errno
import shutil
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.validate import Rows
from schemas import TABLES
from schemas.base import Table

ROWS_IN_GROUP = 20_000
"""Rows of one table that are held in memory before they are written as a row group."""
UNFINISHED = ".unfinished"
_PART = "part-00000.parquet"


class Writer:
    """Writes documents in the order in which they come; `commit` puts all tables in place of those before."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.row_counts = {model.table: 0 for model in TABLES}
        self._pending: dict[type[Table], list[Table]] = {model: [] for model in TABLES}
        self._folder = out / UNFINISHED
        self._files: dict[type[Table], pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        _settle_without_pandas()
        self._refuse_foreign_files()
        shutil.rmtree(self._folder, ignore_errors=True)
        for model in TABLES:
            folder = self._folder / model.table
            folder.mkdir(parents=True)
            self._files[model] = pq.ParquetWriter(folder / _PART, model.arrow_schema(), compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
        if kind is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _refuse_foreign_files(self) -> None:
        """A run replaces its tables; a folder of the same name that holds anything else is none of ours."""
        for model in TABLES:
            for path in (self.out / model.table).rglob("*"):
                if path.suffix != ".parquet" and not path.is_dir():
                    reason = "the output folder holds a file that no run wrote; choose another output folder"
                    raise FileExistsError(errno.EEXIST, reason, str(path))

    def add(self, rows: Rows) -> None:
        """Take the rows of one document, each table in its own order."""
        for model, found in rows.by_table.items():
            _sort(model, found)
            self._pending[model] += found
            self.row_counts[model.table] += len(found)
            if len(self._pending[model]) >= ROWS_IN_GROUP:
                self._flush(model)

    def commit(self) -> None:
        """Write what is left and move every table to its place."""
        for model, file in self._files.items():
            self._flush(model)
            file.close()
        for model in TABLES:
            place = self.out / model.table
            shutil.rmtree(place, ignore_errors=True)
            (self._folder / model.table).replace(place)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _flush(self, model: type[Table]) -> None:
        rows, self._pending[model] = self._pending[model], []
        if rows:
            self._files[model].write_table(arrow_table(model, rows))


def _settle_without_pandas() -> None:
    """Let Arrow find out that it need not look for pandas' arrays among our lists.

    Its first conversion would import pandas to ask: half a second and 60 MiB that a run has no use for. Code that
    wants pandas later gets it all the same, for Arrow looks again when it is asked for a data frame.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _NO_PANDAS)
        try:
            pa.array([])
        finally:
            sys.meta_path.remove(_NO_PANDAS)


class _NoPandas(MetaPathFinder):
    """Says that pandas is not there."""

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        if fullname == "pandas":
            raise ImportError(fullname)


_NO_PANDAS = _NoPandas()


def arrow_table(model: type[Table], rows: Sequence[Table]) -> pa.Table:
    """The rows of one table with the schema that its model fixes."""
    schema = model.arrow_schema()
    columns = [pa.array([getattr(row, field.name) for row in rows], type=field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _sort(model: type[Table], rows: list[Table]) -> None:
    """Put rows in their table's order; a null comes last."""
    if len(rows) < 2 or not model.sort_by:
        return
    try:
        rows.sort(key=attrgetter(*model.sort_by))
    except TypeError:  # nulls do not compare
        rows.sort(key=lambda row: _order(model, row))


def _order(model: type[Table], row: Table) -> tuple[tuple[bool, object], ...]:
    """The values that order a row; a null comes last."""
    return tuple(
        (value is None, "" if value is None else value) for value in (getattr(row, column) for column in model.sort_by)
    )
