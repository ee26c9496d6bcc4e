"""The tables that tell of several documents at once, written when those of the single documents are complete."""

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.document.write import name_by_content
from schemas.documents import Document
from schemas.report_groups import ReportGroup


def write_corpus(state: Path) -> None:
    """Write `report_groups` from the other tables of a state, and to the same."""

    def read_table(name: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        for path in sorted((state / name).glob("*.parquet")):
            yield from pq.ParquetFile(path).iter_batches(columns=columns)

    documents = sum(pq.read_metadata(path).num_rows for path in (state / Document.table).glob("*.parquet"))
    unfinished = state / ReportGroup.table / f"all.{os.getpid()}.unfinished"
    rows: Iterator[pa.RecordBatch] = iter(())
    if documents > 1:  # one alone has none to be compared with, and need not wait until Arrow's joins are loaded
        from pipeline.archive.report_groups import report_groups

        rows = report_groups(read_table)
    with pq.ParquetWriter(unfinished, ReportGroup.arrow_schema(), compression="zstd") as file:
        for batch in rows:
            file.write_batch(batch)
    name_by_content(unfinished, "all")
