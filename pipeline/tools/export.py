"""Copy the tables of a run for other programs: to CSV, Excel or DuckDB, completely or not at all."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES, table_columns
from pipeline.archive.datapackage import datapackage, write_json
from pipeline.errors import ExportError
from pipeline.sources.folders import DATA_PACKAGE
from pipeline.tools.output_tables import ExportTables, tables_to_export
from pipeline.tools.persons import without_persons
from pipeline.tools.schema import code_statements, comments, create, quoted
from schemas.base import Table
from schemas.findings import CODES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


LIBRARIES = {"xlsx": "xlsxwriter", "duckdb": "duckdb"}
"""Libraries that formats need in addition."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula; the wide forms too, since some programs for East Asian text
do.
"""
ENCODING = "utf-8-sig"
"""With a byte order mark; without one Excel misreads Thai."""


def export(out: Path, to: Path, *, as_format: str, with_persons: bool = True) -> list[str]:
    """Write the tables in a folder to another path; returns warnings about what did not fit.

    Without persons, the values of personal columns are masked wherever they occur.

    Raises:
        ExportError: there are no tables, the path exists, or a library is missing.
        OSError: the path cannot be written.

    """
    tables = tables_to_export(out) if with_persons else without_persons(tables_to_export(out))
    if to.exists():
        raise ExportError(f"{to} exists already; remove it, or choose another path")
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as folder:
        unfinished = Path(folder) / to.name
        warnings = _writer(as_format)(tables, unfinished)
        unfinished.rename(to)
    return warnings


def _writer(as_format: str) -> Callable[[ExportTables, Path], list[str]]:
    """The function that writes a format; only its own library is loaded."""
    writers = {"csv": write_csv, "xlsx": write_excel, "duckdb": write_duckdb}
    try:
        if library := LIBRARIES.get(as_format):
            import_module(library)
    except ImportError as error:
        raise ExportError(f"--format {as_format} needs {error.name}: pip install 'raingan[export]'") from error
    return writers[as_format]


def write_csv(tables: ExportTables, folder: Path) -> list[str]:
    """Write a file for each table, and `datapackage.json`; there are no warnings."""
    folder.mkdir()
    for model in ALL_TABLES:
        with (folder / f"{model.table}.csv").open("w", encoding=ENCODING, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(model.arrow_schema().names)
            for batch in tables.batches(model):
                writer.writerows(_csv_rows(batch))
    paths = {model.table: [f"{model.table}.csv"] for model in ALL_TABLES}
    of_files = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": ENCODING}
    write_json(folder / DATA_PACKAGE, datapackage(paths, **of_files))
    return []


def _csv_rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    """Rows with plain numbers, dates as 2019-03-29, lists as JSON, and texts that are no formula."""
    columns = []
    for field, column in zip(batch.schema, batch.columns, strict=True):
        values = column.to_pylist()
        if pa.types.is_list(field.type):
            values = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
        columns.append([escape_formula(value) if isinstance(value, str) else value for value in values])
    return zip(*columns, strict=True)


def escape_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: signs that start one get a quotation mark before them.

    >>> escape_formula("=1+1"), escape_formula("- เพื่อทดสอบ"), escape_formula("ก = 1")
    ("'=1+1", "'- เพื่อทดสอบ", 'ก = 1')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


MAX_ROWS = 1_048_575
"""Rows of a sheet, without its headings."""
MAX_CHARACTERS = 32_767
"""Characters of a cell."""
FIRST_YEAR = 1900
"""Earlier dates are texts, since Excel has no such dates."""
_DICTIONARY_HEADINGS = ("table", "column", "type", "unit", "may be null", "personal", "meaning")
_CODE_HEADINGS = ("code", "severity", "meaning", "likely cause", "what to do")


def write_excel(tables: ExportTables, path: Path) -> list[str]:
    """Write the file row by row; returns warnings about what did not fit, which are on the first sheet too."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        dictionary = _add_sheet(book, "dictionary", _DICTIONARY_HEADINGS, bold)
        codes = _add_sheet(book, "finding_codes", _CODE_HEADINGS, bold)
        for row, (name, code) in enumerate(CODES.items(), 1):
            _write_row(codes, row, (name, *astuple(code)))
        warnings: list[str] = []
        for model in ALL_TABLES:
            sheet = _add_sheet(book, model.table, model.arrow_schema().names, bold)
            warnings += _write_table(sheet, model, tables, money)
        for row, cells in enumerate([*((warning,) for warning in warnings), *_dictionary()], 1):
            _write_row(dictionary, row, cells)
    return warnings


def _add_sheet(book: "Workbook", name: str, headings: Iterable[str], bold: "Format") -> "Worksheet":
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(12, len(heading) + 2))
        sheet.write_string(0, column, heading, bold)
    return sheet


def _dictionary() -> Iterator[tuple[str, ...]]:
    for model in ALL_TABLES:
        for column in table_columns(model):
            null, personal = "" if column.is_required else "yes", "yes" if column.is_personal else ""
            cells = (str(column.type), column.unit or "", null, personal, column.description)
            yield (model.table, column.name, *cells)


def _write_table(sheet: "Worksheet", model: type[Table], tables: ExportTables, money: "Format") -> Iterator[str]:
    """Write the rows that fit on the sheet; yields warnings about the others."""
    count, cut = tables.row_count(model), 0
    rows = (row for batch in tables.batches(model) for row in zip(*batch.to_pydict().values(), strict=True))
    for number, row in zip(range(1, MAX_ROWS + 1), rows, strict=False):
        cut += _write_row(sheet, number, row, money)
    if count > MAX_ROWS:
        yield f"{model.table}: {MAX_ROWS:,} of {count:,} rows fit on the sheet; --format csv and duckdb have all"
    if cut:
        yield f"{model.table}: {cut:,} texts are cut at {MAX_CHARACTERS:,} characters; csv and duckdb keep them"


def _write_row(sheet: "Worksheet", row: int, cells: Iterable[object], money: "Format | None" = None) -> int:
    """Write cells by type, so that no text becomes a formula or a link; returns how many were cut."""
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
            sheet.write_string(row, column, text[:MAX_CHARACTERS])
            cut += len(text) > MAX_CHARACTERS
    return cut


def write_duckdb(tables: ExportTables, path: Path) -> list[str]:
    """Write tables and views with comments; there are no warnings.

    Keys are only in the comments: every run has checked them, and enforcing them takes eight times the space.
    """
    import duckdb

    with duckdb.connect(str(path)) as database:
        for statement in code_statements():
            database.execute(statement)
        for model in ALL_TABLES:
            database.execute(create(model, with_keys=False))
            for statement in comments(model):
                database.execute(statement)
            rows = pa.RecordBatchReader.from_batches(model.arrow_schema(), tables.batches(model))
            database.from_arrow(rows).insert_into(model.table)
        for view in VIEWS:
            database.execute(f"CREATE VIEW {view.name} AS {view.query}")
            database.execute(f"COMMENT ON VIEW {view.name} IS {quoted(view.description)}")
    return []


class SqlView(NamedTuple):
    """A named query."""

    name: str
    description: str
    query: str


VIEWS = (
    SqlView(
        "project_entries",
        "Progress entries with their project, its office and the file.",
        """
        SELECT e.*, p.project_name, p.project_code, p.fiscal_year_be, p.agency, p.division, p.unit,
            p.budget_received_baht, p.budget_spent_baht, p.document_id, d.source
        FROM report_entries e
        JOIN projects p USING (project_id)
        JOIN documents d ON d.document_id = p.document_id AND d.duplicate_of IS NULL
        """,
    ),
    SqlView(
        "newest_entries",
        "The last progress entry of each project, with the project.",
        """
        SELECT * FROM project_entries
        QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY entry_number DESC) = 1
        """,
    ),
    SqlView(
        "project_money",
        "The baht that each project received and spent by its header, and disbursed by its entries and quarters.",
        """
        SELECT p.project_id, p.project_name, p.fiscal_year_be, p.agency, p.budget_received_baht, p.budget_spent_baht,
            (SELECT sum(disbursed_baht) FROM report_entries e WHERE e.project_id = p.project_id) AS entries_baht,
            (SELECT sum(disbursed_baht) FROM quarterly_results q WHERE q.project_id = p.project_id) AS quarters_baht
        FROM projects p
        """,
    ),
    SqlView(
        "named_findings",
        "Findings with the file, the project's name, and what the code means.",
        """
        SELECT d.source, p.project_name, f.*, c.meaning, c.cause, c.advice
        FROM findings f
        JOIN finding_codes c USING (code)
        JOIN documents d ON d.document_id = f.document_id AND d.duplicate_of IS NULL
        LEFT JOIN projects p ON p.project_id = f.project_id
        """,
    ),
    SqlView(
        "lone_values",
        "Values that only one of several copies in a file has; copies_total says how many copies have any value.",
        """
        SELECT d.source, e.*
        FROM evidence e
        JOIN documents d ON d.document_id = e.document_id AND d.duplicate_of IS NULL
        WHERE d.copy_count > 1 AND e.copies_agreeing = 1 AND e.part = 1
        """,
    ),
    SqlView(
        "counted_documents",
        "Documents to count: each file once, and of files that hold the same report only the fullest.",
        """
        SELECT * FROM documents d
        WHERE d.duplicate_of IS NULL AND d.document_id NOT IN (
            SELECT g.document_id FROM report_groups g WHERE g.role <> 'fullest')
        """,
    ),
)
