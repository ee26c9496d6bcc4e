"""Tables as CSV files that spreadsheets open without harm: a folder with one for each table, and a data package."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES
from pipeline.archive.datapackage import datapackage, write_json
from pipeline.sources.folders import DATA_PACKAGE
from pipeline.tools.export.tables import Tables

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula; the wide forms too, as some do that read East Asian text."""
ENCODING = "utf-8-sig"
"""With a byte order mark, for Excel reads Thai as something else without one."""


def write_csv(tables: Tables, folder: Path) -> list[str]:
    """Write a file for each table, and `datapackage.json`; nothing has to be told of it."""
    folder.mkdir()
    for model in ALL_TABLES:
        with (folder / f"{model.table}.csv").open("w", encoding=ENCODING, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(model.arrow_schema().names)
            for batch in tables.batches(model):
                writer.writerows(_rows(batch))
    paths = {model.table: [f"{model.table}.csv"] for model in ALL_TABLES}
    of_files = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": ENCODING}
    write_json(folder / DATA_PACKAGE, datapackage(paths, **of_files))
    return []


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    """Rows with numbers as they are, dates as 2019-03-29, lists as JSON, and texts that are no formula."""
    columns = []
    for field, column in zip(batch.schema, batch.columns, strict=True):
        values = column.to_pylist()
        if pa.types.is_list(field.type):
            values = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
        columns.append([harmless(value) if isinstance(value, str) else value for value in values])
    return zip(*columns, strict=True)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quotation mark goes before the signs that begin one.

    >>> harmless("=1+1"), harmless("- เพื่อทดสอบ"), harmless("ก = 1")
    ("'=1+1", "'- เพื่อทดสอบ", 'ก = 1')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
