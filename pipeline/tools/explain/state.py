"""The tables of a run, read back: the rows of one document as their models, or whole columns."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.archive.ledger import LEDGER, Ledger
from pipeline.archive.shards import document_ids, shard_files, shard_of
from pipeline.document.write import settle_without_pandas
from pipeline.errors import OutputError
from pipeline.sources.read import ID_LENGTH
from pipeline.tools.compare.outputs import Output
from schemas.base import Table

FILES_IN_MEMORY = 64
"""Files of tables that are kept, for documents are asked for in the order of their shards."""

Row = TypeVar("Row", bound=Table)


class State:
    """A complete state of all tables; one that a later run leaves behind is read on until the run after that."""

    def __init__(self, out: Path) -> None:
        """Find the tables under an output folder, also where somebody copied them without their ledger.

        Raises:
            OutputError: there are none.

        """
        self.out = out
        self._output = Output(out)
        settle_without_pandas()

    @property
    def folder(self) -> Path:
        """Where the tables are."""
        return self._output.root

    @cached_property
    def ledger(self) -> Ledger:
        """What the run did; empty where the tables were copied without it."""
        return Ledger.read(self.folder / LEDGER)

    def rows(self, model: type[Row], document_id: str) -> list[Row]:
        """The rows of one document in one table, in their order; none where the run had no such table.

        Raises:
            OutputError: the table lacks a column, for another version wrote it.

        """
        import pyarrow.compute as pc

        found: list[Row] = []
        for path in self._files(model, document_id):
            table = _read(path)
            required = {name for name, info in model.model_fields.items() if info.is_required()}
            if lost := sorted(required - set(table.schema.names)):
                reason = f"table {model.table} lacks {', '.join(lost)}, for another version wrote it; run raingan again"
                raise OutputError(self.out, reason)
            known = [name for name in model.model_fields if name in table.schema.names]
            mine = table.filter(pc.equal(document_ids(table), document_id)).select(known)
            found += map(model.model_validate, mine.to_pylist())
        return found

    def _files(self, model: type[Table], document_id: str) -> list[Path]:
        if not self._output.bits:
            return self._output.files(model.table)
        return shard_files(self.folder, model.table, shard_of(document_id, self._output.bits))

    def columns(self, model: type[Table], *names: str) -> pa.Table:
        """Columns of a whole table."""
        return pa.concat_tables(list(self._columns(model, names)))

    def _columns(self, model: type[Table], names: tuple[str, ...]) -> Iterator[pa.Table]:
        schema = pa.schema([model.arrow_schema().field(name) for name in names])
        yield schema.empty_table()
        for path in self._output.files(model.table):
            yield pq.ParquetFile(path).read(columns=list(names)).cast(schema)


@lru_cache(maxsize=FILES_IN_MEMORY)
def _read(path: Path) -> pa.Table:
    return pq.ParquetFile(path).read()


def is_document_id(text: str) -> bool:
    """Whether a row's key may begin with this.

    >>> is_document_id("fdefb2afb18072a2"), is_document_id("fdefb2afb18072a2-001"), is_document_id("projects")
    (True, False, False)
    """
    return len(text) == ID_LENGTH and not text.strip("0123456789abcdef")
