"""Rows to files: a batch as Arrow, a shard as Parquet; every table, even an empty one, in the order of documents."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from pipeline.document.build_rows.plain_rows import Plain, plain_tuples
from pipeline.startup import without
from schemas import TABLES
from schemas.base import Table, columns_of

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
