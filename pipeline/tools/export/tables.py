"""The tables of one complete state, in batches, whatever runs write meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.archive.store import CURRENT, STATE
from pipeline.errors import ExportError
from schemas.base import Table

Change = Callable[[type[Table], pa.RecordBatch], pa.RecordBatch]
"""What is done to the rows of a table on their way."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables under a folder."""

    state: Path
    change: Change | None = None

    def files(self, model: type[Table]) -> list[Path]:
        """The Parquet files of a table, in the order of their rows.

        Raises:
            ExportError: another version of the parsers wrote them.

        """
        files = sorted((self.state / model.table).glob("*.parquet"))
        wanted = model.arrow_schema()
        if not files or any(not pq.read_schema(path).equals(wanted) for path in files[:1]):
            raise ExportError(f"{self.state / model.table}: another version of raingan wrote it; run raingan again")
        return files

    def row_count(self, model: type[Table]) -> int:
        """Rows of a table."""
        return sum(pq.read_metadata(path).num_rows for path in self.files(model))

    def batches(self, model: type[Table]) -> Iterator[pa.RecordBatch]:
        """All rows of a table, a few thousand at a time."""
        for path in self.files(model):
            for batch in pq.ParquetFile(path).iter_batches(batch_size=ROWS_AT_ONCE):
                yield self.change(model, batch) if self.change else batch


ROWS_AT_ONCE = 4096


def tables_under(out: Path) -> Tables:
    """The tables that a run wrote; those of the last complete run, also if another one ends meanwhile.

    Raises:
        ExportError: there are none.

    """
    current = out / STATE / CURRENT
    if not current.exists():
        raise ExportError(f"{out}: no run wrote tables there; name the folder that raingan run -o wrote")
    return Tables(current.resolve())
