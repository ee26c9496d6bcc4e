"""The Parquet files of a state: which shard a document belongs to, and the files of each shard and table."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.document.rows import TableRows
from pipeline.document.write import arrow_table, settle_without_pandas
from pipeline.sources.read import ID_LENGTH
from pipeline.startup import without_collector
from schemas import TABLES
from schemas.base import Table
from schemas.documents import DocumentRow
from schemas.report_groups import ReportGroup

ROWS_IN_GROUP = 100_000
"""Rows of a row group: few enough for the memory of a worker, enough for fast scans."""
DOCUMENTS_IN_SHARD = 512
BYTES_IN_SHARD = 32 * 2**20
MAX_BITS = 16


def shard_of(document_id: str, bits: int) -> int:
    """The shard of a document's rows: the leading bits of its id.

    >>> shard_of("ff00000000000000", 0), shard_of("ff00000000000000", 2)
    (0, 3)
    """
    return int(document_id[:8], 16) >> (32 - bits)


def shards_before(number: int, bits: int, bits_before: int) -> Iterable[int]:
    """The shards of a state with another number of bits that had the documents of a shard.

    >>> list(shards_before(5, 3, 3)), list(shards_before(5, 3, 1)), list(shards_before(1, 1, 3))
    ([5], [1], [4, 5, 6, 7])
    """
    if bits_before <= bits:
        return [number >> (bits - bits_before)]
    extra = bits_before - bits
    return range(number << extra, (number + 1) << extra)


def ids_of_shard(number: int, bits: int) -> tuple[str, str]:
    """The first and the last possible document id of a shard.

    >>> ids_of_shard(0, 0), ids_of_shard(3, 2)
    (('0000000000000000', 'ffffffffffffffff'), ('c000000000000000', 'ffffffffffffffff'))
    """
    width = 4 * ID_LENGTH - bits
    return f"{number << width:0{ID_LENGTH}x}", f"{((number + 1) << width) - 1:0{ID_LENGTH}x}"


def shard_bits(documents: int, size: int) -> int:
    """Enough bits for shards of a few hundred documents and a few dozen megabytes; they depend on nothing else.

    >>> shard_bits(512, 2**20), shard_bits(513, 2**20), shard_bits(1, 2**30)
    (0, 1, 5)
    """
    shards = max(documents / DOCUMENTS_IN_SHARD, size / BYTES_IN_SHARD, 1)
    return min(int(shards - 1e-9).bit_length(), MAX_BITS)


@dataclass(frozen=True, slots=True)
class ReusedRows:
    """Rows of a previous state to be reused: of these documents, in these shards."""

    state: Path
    shards: tuple[int, ...]
    document_ids: tuple[str, ...]
    sources: tuple[str, ...]


BatchTables = dict[type[Table], pa.Table]
"""The rows of a batch by table."""
BatchRows = BatchTables | str | Path
"""The rows of a batch, or the folder with their files."""


@dataclass(frozen=True, slots=True)
class ShardTask:
    """A shard to write, and where its rows come from."""

    state: Path
    number: int
    batches: tuple[BatchRows, ...] = ()
    reused: tuple[ReusedRows, ...] = ()
    listed: tuple[DocumentRow, ...] = ()


@without_collector()
def write_shard(task: ShardTask) -> None:
    """Write the file of every table of a shard, named by the shard and its content.

    Documents are in order of name: those of batches, of previous states, and those with a row in `documents` only. The
    same rows give the same bytes, wherever they come from.
    """
    settle_without_pandas()
    documents = _rows_of_table(DocumentRow, task, arrow_table(TableRows(DocumentRow, task.listed)))
    in_order: Callable[[pa.Table], pa.Table] = _unchanged
    if task.reused or task.listed or len(task.batches) != 1 or not _is_in_order(documents):
        documents, in_order = _sorted_documents(documents)
    for model in TABLES:
        table = documents if model is DocumentRow else in_order(_rows_of_table(model, task))
        _write_parquet(task.state / model.table, task.number, table.combine_chunks())


def _rows_of_table(model: type[Table], task: ShardTask, *parts: pa.Table) -> pa.Table:
    """The rows of a table from all sources."""
    tables = [table for batch in task.batches if (table := _batch_table(model, batch)) is not None]
    tables += [
        _reused_table(model, path, rows)
        for rows in task.reused
        for number in rows.shards
        for path in shard_files(rows.state, model.table, number)
    ]
    return pa.concat_tables([*tables, *parts] or [model.arrow_schema().empty_table()])


def _is_in_order(documents: pa.Table) -> bool:
    """Whether documents are in order of name, as those of one batch are; then so are all their rows."""
    names = documents["source"].to_pylist()
    return bool(names == sorted(names))


def _unchanged(rows: pa.Table) -> pa.Table:
    return rows


def _sorted_documents(documents: pa.Table) -> tuple[pa.Table, Callable[[pa.Table], pa.Table]]:
    """The documents in order of name, and a function that puts the rows of any other table into that order."""
    import pyarrow.compute as pc  # slow to load, and not needed for a single batch

    documents = documents.take(pc.sort_indices(documents, [("source", "ascending")]))
    ids = pc.unique(documents["document_id"])
    return documents, lambda table: table.take(pc.array_sort_indices(pc.index_in(document_ids(table), value_set=ids)))


def shard_name(number: int) -> str:
    """The beginning of the names of all files of a shard."""
    return f"part-{number:05d}"


def shard_files(state: Path, table: str, number: int) -> list[Path]:
    """The files of one shard of a table; a complete state has one."""
    return sorted((state / table).glob(f"{shard_name(number)}-*.parquet"))


def _write_parquet(folder: Path, number: int, table: pa.Table) -> None:
    """Write a file with its digest in its name: a file that a reader has listed is unchanged, or deleted."""
    unfinished = folder / f"{shard_name(number)}.{os.getpid()}.unfinished"
    pq.write_table(table, unfinished, compression="zstd", row_group_size=ROWS_IN_GROUP)
    name_by_content(unfinished, shard_name(number))


def name_by_content(unfinished: Path, name: str) -> None:
    """Give a file its final name, with the digest of its content."""
    with unfinished.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    unfinished.replace(unfinished.with_name(f"{name}-{digest[:12]}.parquet"))


def _batch_table(model: type[Table], batch: BatchRows) -> pa.Table | None:
    if isinstance(batch, dict):
        return batch.get(model)
    path = Path(batch, f"{model.table}.arrow")
    if not path.exists():
        return None
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def _reused_table(model: type[Table], path: Path, reused: ReusedRows) -> pa.Table:
    """The rows of the reused documents; of `documents` only the row with the name under which they were parsed."""
    import pyarrow.compute as pc

    table = pq.ParquetFile(path).read(use_threads=False).cast(model.arrow_schema())
    if model is DocumentRow:
        return table.filter(pc.is_in(table["source"], value_set=pa.array(reused.sources, pa.string())))
    return table.filter(pc.is_in(document_ids(table), value_set=pa.array(reused.document_ids, pa.string())))


def document_ids(table: pa.Table | pa.RecordBatch) -> pa.ChunkedArray | pa.Array:
    """The document id of each row, from the project id if the table has no such column."""
    import pyarrow.compute as pc

    if "document_id" in table.schema.names:
        return table["document_id"]
    return pc.utf8_slice_codeunits(table["project_id"], 0, ID_LENGTH)


def write_report_groups(state: Path) -> None:
    """Write the table `report_groups` from the other tables of a state."""

    def read_table(name: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        for path in sorted((state / name).glob("*.parquet")):
            yield from pq.ParquetFile(path).iter_batches(columns=columns, use_threads=False)

    documents = sum(pq.read_metadata(path).num_rows for path in (state / DocumentRow.table).glob("*.parquet"))
    unfinished = state / ReportGroup.table / f"all.{os.getpid()}.unfinished"
    rows: Iterator[pa.RecordBatch] = iter(())
    if documents > 1:  # a single one has nothing to compare with, and Arrow's joins are slow to load
        from pipeline.archive.report_groups import report_groups

        rows = report_groups(read_table)
    with pq.ParquetWriter(unfinished, ReportGroup.arrow_schema(), compression="zstd") as file:
        for batch in rows:
            file.write_batch(batch)
    name_by_content(unfinished, "all")
