"""Rows to files: a batch as Arrow, a shard as Parquet; every table, even an empty one, in the order of documents."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.document.rows import TableRows
from pipeline.startup import without
from schemas import TABLES
from schemas.base import Table


def write_batch(folder: Path, documents: Iterable[Mapping[type[Table], TableRows]]) -> None:
    """Write the rows of documents in their order: an Arrow file for each table that has any."""
    for model, table in batch_tables(documents):
        with pa.ipc.new_file(str(folder / f"{model.table}.arrow"), table.schema) as file:
            file.write_table(table)


def batch_tables(documents: Iterable[Mapping[type[Table], TableRows]]) -> Iterator[tuple[type[Table], pa.Table]]:
    """The tables that have any rows of some documents, which stand in them in their order."""
    pending = {model: TableRows(model) for model in TABLES}
    for by_table in documents:
        for model, rows in by_table.items():
            rows.sort()
            pending[model].values += rows.values
    for model in TABLES:
        if rows := pending.pop(model):  # so that no row is in memory twice for long
            yield model, arrow_table(rows)


def arrow_table(rows: TableRows) -> pa.Table:
    """The rows of one table with the schema that its model fixes."""
    settle_without_pandas()
    schema = rows.model.arrow_schema()
    if not rows:
        return schema.empty_table()
    columns = zip(*rows.values, strict=True)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def settle_without_pandas() -> None:
    """Let Arrow find out that it need not look for pandas' arrays among our lists.

    Its first conversion would import pandas to ask: half a second and 60 MiB that a run has no use for. Code that
    wants pandas later gets it all the same, for Arrow looks again when it is asked for a data frame.
    """
    if "pandas" not in sys.modules:
        with without("pandas"):
            pa.array([])
