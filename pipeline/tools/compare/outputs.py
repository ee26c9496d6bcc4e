"""The tables of a run, a shard at a time, so that memory does not grow with the archive."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.archive.shards import document_ids, shards_before
from pipeline.archive.store import CURRENT, STATE, TABLE_NAMES
from pipeline.errors import OutputError
from pipeline.sources.read import ID_LENGTH
from pipeline.tools.compare.pairs import Row
from schemas import CORPUS_TABLES
from schemas.documents import Document

LEFT_OUT = {"parser_version"}
"""Columns that say who read a document, not what it says."""
ROWS_AT_ONCE = 1000
CORPUS = {model.table: model.sort_by[0] for model in CORPUS_TABLES}
"""The tables that tell of several documents, and the column that their rows are in order of."""


class Output:
    """The complete state of an output folder as it is now; a run that ends meanwhile does not change it."""

    def __init__(self, out: Path) -> None:
        state = out / STATE / CURRENT
        self.out = out
        self.root = state.resolve() if state.exists() else out
        if not self.files(Document.table):
            raise OutputError(out)

    def files(self, table: str) -> list[Path]:
        """The files of a table, in the order of their shards."""
        return sorted((self.root / table).rglob("*.parquet"))

    @cached_property
    def bits(self) -> int:
        """Leading bits of a document's id that tell its shard; 0 where files are no shards and must be read at once."""
        shards = [path.name[: len(_shard_name(0))] for path in self.files(Document.table)]
        is_sharded = len(shards).bit_count() == 1 and shards == [_shard_name(i) for i in range(len(shards))]
        return len(shards).bit_length() - 1 if is_sharded else 0

    @cached_property
    def tables(self) -> list[str]:
        """The tables whose rows each depend on one document, also those that only another version knows."""
        others = sorted({path.name for path in self.root.iterdir() if any(path.glob("*.parquet"))} - set(TABLE_NAMES))
        return [name for name in (*TABLE_NAMES, *others) if name not in CORPUS]

    def part(self, number: int, bits: int) -> "Part":
        """The documents whose ids begin with these bits."""
        shards = tuple(map(_shard_name, shards_before(number, bits, self.bits)))
        return Part(self, shards if self.bits else ("",))

    def groups(self, table: str) -> Iterator[tuple[str, list[Row]]]:
        """The rows of a table that tells of several documents, those about one thing together, in order."""
        batches = (batch for path in self.files(table) for batch in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE))
        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        for key, some in groupby(rows, key=lambda row: str(row[CORPUS[table]])[:ID_LENGTH]):
            yield key, list(some)


class Part:
    """Some of the documents of an output. What was read of it stays in memory as long as the part does."""

    def __init__(self, output: Output, prefixes: tuple[str, ...]) -> None:
        self._output, self._prefixes = output, prefixes
        self._tables: dict[str, pa.Table | None] = {}
        self._stretches: dict[str, dict[str, tuple[int, int]]] = {}

    def table(self, name: str) -> pa.Table | None:
        """The rows of a table, those of a document together, in order of the ids; None where there is no such table."""
        if name not in self._tables:
            paths = [path for path in self._output.files(name) if path.name.startswith(self._prefixes)]
            tables = [_without(LEFT_OUT, pq.ParquetFile(path).read()) for path in paths]
            self._tables[name] = _by_document(tables) if tables else None
        return self._tables[name]

    def of_document(self, name: str, document_id: str) -> pa.Table | None:
        """The rows that a document has in a table."""
        table = self.table(name)
        if table is None:
            return None
        if name not in self._stretches:
            self._stretches[name] = _stretches(table)
        return table.slice(*self._stretches[name].get(document_id, (0, 0)))

    def sources(self) -> dict[str, str]:
        """The documents by their ids, each with the first of its names."""
        documents = self.table(Document.table)
        if documents is None:
            return {}
        pairs = zip(documents["document_id"].to_pylist(), documents["source"].to_pylist(), strict=True)
        found: dict[str, str] = {}
        for document_id, source in pairs:
            found.setdefault(document_id, source)
        return found


def rows_of(table: pa.Table | None) -> list[Row]:
    """The rows of a table as plain values."""
    return [] if table is None else table.to_pylist()


def _by_document(tables: list[pa.Table]) -> pa.Table:
    whole = pa.concat_tables(tables, promote_options="permissive")
    return whole.take(pc.array_sort_indices(document_ids(whole)))


def _stretches(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Where the rows of each document begin, and how many they are."""
    found, start = {}, 0
    for run in pc.value_counts(document_ids(table)).to_pylist():
        found[run["values"]] = (start, run["counts"])
        start += run["counts"]
    return found


def _without(columns: set[str], table: pa.Table) -> pa.Table:
    return table.drop_columns([name for name in table.column_names if name in columns])


def _shard_name(number: int) -> str:
    return f"part-{number:05d}"
