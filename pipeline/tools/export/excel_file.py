"""Tables as one Excel file: a sheet for each, the dictionary and the codes of findings in front."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.archive.columns import ALL_TABLES, columns
from pipeline.tools.export.tables import Tables
from schemas.base import Table
from schemas.findings import CODES

MOST_ROWS = 1_048_575
"""Rows of a sheet, less its head."""
MOST_LETTERS = 32_767
"""Letters of a cell."""
FIRST_YEAR = 1900
"""Days before are texts, for Excel has none."""
_DICTIONARY = ("table", "column", "type", "unit", "may be null", "personal", "meaning")
_CODES = ("code", "severity", "meaning", "likely cause", "what to do")


def write_excel(tables: Tables, path: Path) -> list[str]:
    """Write the file row by row, and return what of the tables it has no room for; the first sheet says the same."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        dictionary, codes = _sheet(book, "dictionary", _DICTIONARY, bold), _sheet(book, "finding_codes", _CODES, bold)
        for row, (name, code) in enumerate(CODES.items(), 1):
            _write_row(codes, row, (name, code.severity, code.meaning, code.cause, code.advice))
        told: list[str] = []
        for model in ALL_TABLES:
            sheet = _sheet(book, model.table, model.arrow_schema().names, bold)
            told += _write_table(sheet, model, tables, money)
        for row, cells in enumerate([*((said,) for said in told), *_dictionary()], 1):
            _write_row(dictionary, row, cells)
    return told


def _sheet(book: xlsxwriter.Workbook, name: str, head: Iterable[str], bold: Format) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, said in enumerate(head):
        sheet.set_column(column, column, max(12, len(said) + 2))
        sheet.write_string(0, column, said, bold)
    return sheet


def _dictionary() -> Iterator[tuple[str, ...]]:
    for model in ALL_TABLES:
        for column in columns(model):
            null, personal = "" if column.is_required else "yes", "yes" if column.is_personal else ""
            said = (str(column.type), column.unit or "", null, personal, column.description)
            yield (model.table, column.name, *said)


def _write_table(sheet: Worksheet, model: type[Table], tables: Tables, money: Format) -> Iterator[str]:
    """Write the rows that the sheet has room for, and tell of the others."""
    count, cut = tables.row_count(model), 0
    rows = (row for batch in tables.batches(model) for row in _rows(batch))
    for number, row in zip(range(1, MOST_ROWS + 1), rows, strict=False):
        cut += _write_row(sheet, number, row, money)
    if count > MOST_ROWS:
        yield f"{model.table}: {MOST_ROWS:,} of {count:,} rows, a sheet holds no more; --format csv or duckdb has all"
    if cut:
        yield f"{model.table}: {cut:,} texts are cut at {MOST_LETTERS:,} letters; --format csv or duckdb has them whole"


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_row(sheet: Worksheet, row: int, cells: Iterable[object], money: Format | None = None) -> int:
    """Write the cells by their types, so that no text is taken for a formula or a link; how many had to be cut."""
    cut = 0
    for column, value in enumerate(cells):
        if isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), money)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            sheet.write_datetime(row, column, value)
        elif value is not None:
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
            sheet.write_string(row, column, text[:MOST_LETTERS])
            cut += len(text) > MOST_LETTERS
    return cut
