"""Rows to files: a batch as Arrow, a shard as Parquet; every table, even an empty one, in the order of documents."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.document.build_rows.plain_rows import Plain, plain_tuples
from pipeline.startup import without
from schemas import TABLES
from schemas.base import Table, columns_of
from schemas.documents import Document

ROWS_IN_GROUP = 100_000
"""Rows of a row group: few enough for a worker's memory, enough for a reader's scan."""
ID_LENGTH = 16
"""Characters of a document id, which the key of a project begins with."""

ByTable = Mapping[type[Table], Sequence[Table]]


def write_batch(folder: Path, documents: Iterable[ByTable]) -> None:
    """Write the rows of documents in their order: an Arrow file for each table that has any."""
    pending: dict[type[Table], list[Plain]] = {model: [] for model in TABLES}
    for by_table in documents:
        for model, rows in by_table.items():
            if rows:
                pending[model] += _sorted(model, plain_tuples(model, rows))
    settle_without_pandas()
    for model, tuples in pending.items():
        if tuples:
            table = _arrow_table(model, tuples)
            with pa.ipc.new_file(str(folder / f"{model.table}.arrow"), table.schema) as file:
                file.write_table(table)


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of an earlier state that still hold: of these documents, in these shards of it."""

    state: Path
    shards: tuple[int, ...]
    document_ids: tuple[str, ...]
    sources: tuple[str, ...]


def write_shard(
    state: Path, number: int, *, batches: Sequence[Path], held: Sequence[Held], listed: Sequence[Document]
) -> None:
    """Write a shard's file of every table, named by the shard and what is in it.

    Documents come in the order of their names, from batches, from earlier states, and, where they give a row and no
    more, as they are listed. The same rows give the same bytes, wherever they come from.
    """
    settle_without_pandas()
    documents = _gathered(Document, batches, held, arrow_table(Document, listed))
    in_order: Callable[[pa.Table], pa.Table] = _as_they_are
    if held or listed or len(batches) != 1 or not _is_in_order(documents):
        documents, in_order = _sorted_documents(documents)
    for model in TABLES:
        table = documents if model is Document else in_order(_gathered(model, batches, held))
        _write_parquet(state / model.table, number, table.combine_chunks())


def _gathered(model: type[Table], batches: Sequence[Path], held: Sequence[Held], *parts: pa.Table) -> pa.Table:
    """The rows of a table from everywhere."""
    found = [table for batch in batches if (table := _batch_table(model, batch)) is not None]
    found += [_held_table(model, path, earlier) for earlier in held for path in _files(model, earlier)]
    return pa.concat_tables([*found, *parts] or [model.arrow_schema().empty_table()])


def _is_in_order(documents: pa.Table) -> bool:
    """Whether documents stand in the order of their names, as those of one batch do, and all their rows with them."""
    names = documents["source"].to_pylist()
    return bool(names == sorted(names))


def _as_they_are(rows: pa.Table) -> pa.Table:
    return rows


def _sorted_documents(documents: pa.Table) -> tuple[pa.Table, Callable[[pa.Table], pa.Table]]:
    """The documents in the order of their names, and what puts the rows of any other table into that order."""
    import pyarrow.compute as pc  # takes long to load, and one batch alone does without it

    documents = documents.take(pc.sort_indices(documents, [("source", "ascending")]))
    ids = pc.unique(documents["document_id"])
    return documents, lambda table: table.take(pc.array_sort_indices(pc.index_in(document_ids(table), value_set=ids)))


def shard_files(state: Path, table: str, number: int) -> list[Path]:
    """The files of one shard of a table: one, where the state is complete."""
    return sorted((state / table).glob(f"part-{number:05d}-*.parquet"))


def _write_parquet(folder: Path, number: int, table: pa.Table) -> None:
    """A file with its digest in its name: what a reader has listed is there unchanged, or is gone."""
    unfinished = folder / f"part-{number:05d}.{os.getpid()}.unfinished"
    pq.write_table(table, unfinished, compression="zstd", row_group_size=ROWS_IN_GROUP)
    name_by_content(unfinished, f"part-{number:05d}")


def name_by_content(unfinished: Path, name: str) -> None:
    """Give a file its name, with the digest of what is in it."""
    with unfinished.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    unfinished.replace(unfinished.with_name(f"{name}-{digest[:12]}.parquet"))


def _batch_table(model: type[Table], batch: Path) -> pa.Table | None:
    path = batch / f"{model.table}.arrow"
    if not path.exists():
        return None
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def _files(model: type[Table], held: Held) -> Iterator[Path]:
    for number in held.shards:
        yield from shard_files(held.state, model.table, number)


def _held_table(model: type[Table], path: Path, held: Held) -> pa.Table:
    """The rows of the documents held; of a document itself the row under the name that it was parsed under."""
    import pyarrow.compute as pc

    table = pq.ParquetFile(path).read().cast(model.arrow_schema())
    if model is Document:
        return table.filter(pc.is_in(table["source"], value_set=pa.array(held.sources, pa.string())))
    return table.filter(pc.is_in(document_ids(table), value_set=pa.array(held.document_ids, pa.string())))


def document_ids(table: pa.Table | pa.RecordBatch) -> pa.ChunkedArray | pa.Array:
    """The document id of each row; the key of a project begins with it."""
    import pyarrow.compute as pc

    if "document_id" in table.schema.names:
        return table["document_id"]
    return pc.utf8_slice_codeunits(table["project_id"], 0, ID_LENGTH)


def arrow_table(model: type[Table], rows: Sequence[Table]) -> pa.Table:
    """The rows of one table with the schema that its model fixes."""
    return _arrow_table(model, plain_tuples(model, rows))


def _arrow_table(model: type[Table], tuples: Sequence[Plain]) -> pa.Table:
    schema = model.arrow_schema()
    if not tuples:
        return schema.empty_table()
    columns = zip(*tuples, strict=True)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _sorted(model: type[Table], rows: Sequence[Plain]) -> Sequence[Plain]:
    """Rows in their table's order; a null comes last."""
    if len(rows) < 2 or not model.sort_by:
        return rows
    places = [columns_of(model).index(column) for column in model.sort_by]
    try:
        return sorted(rows, key=itemgetter(*places))
    except TypeError:  # nulls do not compare
        return sorted(rows, key=lambda row: [(row[place] is None, row[place] or "") for place in places])


def settle_without_pandas() -> None:
    """Let Arrow find out that it need not look for pandas' arrays among our lists.

    Its first conversion would import pandas to ask: half a second and 60 MiB that a run has no use for. Code that
    wants pandas later gets it all the same, for Arrow looks again when it is asked for a data frame.
    """
    if "pandas" not in sys.modules:
        with without("pandas"):
            pa.array([])
