"""A copy of the tables of a run for other programs: CSV, Excel or DuckDB; at its place whole or not at all."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
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
from pipeline.tools.output_tables import Tables, tables_under
from pipeline.tools.persons import without_persons
from pipeline.tools.schema import code_statements, comments, create, quoted
from schemas.base import Table
from schemas.findings import CODES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


LIBRARIES = {"xlsx": "xlsxwriter", "duckdb": "duckdb"}
"""What formats need beside what every run does."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula; the wide forms too, as some do that read East Asian text."""
ENCODING = "utf-8-sig"
"""With a byte order mark, for Excel reads Thai as something else without one."""


def export(out: Path, to: Path, *, as_format: str, with_persons: bool = True) -> list[str]:
    """Write the tables under a folder to another place, and return what that has no room for.

    Without persons what personal columns hold is masked wherever it stands.

    Raises:
        ExportError: no run wrote tables there, the place is taken, or a library is missing.
        OSError: the place cannot be written.

    """
    tables = tables_under(out) if with_persons else without_persons(tables_under(out))
    if to.exists():
        raise ExportError(f"{to} is there already; remove it, or choose another place")
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as folder:
        unfinished = Path(folder) / to.name
        told = _writer(as_format)(tables, unfinished)
        unfinished.rename(to)
    return told


def _writer(as_format: str) -> Callable[[Tables, Path], list[str]]:
    """What writes a format; only its own library is loaded."""
    writers = {"csv": write_csv, "xlsx": write_excel, "duckdb": write_duckdb}
    try:
        if library := LIBRARIES.get(as_format):
            import_module(library)
    except ImportError as error:
        raise ExportError(f"--format {as_format} needs {error.name}: pip install 'raingan[export]'") from error
    return writers[as_format]


def write_csv(tables: Tables, folder: Path) -> list[str]:
    """Write a file for each table, and `datapackage.json`; nothing has to be told of it."""
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
    import xlsxwriter

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


def _sheet(book: "Workbook", name: str, head: Iterable[str], bold: "Format") -> "Worksheet":
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, said in enumerate(head):
        sheet.set_column(column, column, max(12, len(said) + 2))
        sheet.write_string(0, column, said, bold)
    return sheet


def _dictionary() -> Iterator[tuple[str, ...]]:
    for model in ALL_TABLES:
        for column in table_columns(model):
            null, personal = "" if column.is_required else "yes", "yes" if column.is_personal else ""
            said = (str(column.type), column.unit or "", null, personal, column.description)
            yield (model.table, column.name, *said)


def _write_table(sheet: "Worksheet", model: type[Table], tables: Tables, money: "Format") -> Iterator[str]:
    """Write the rows that the sheet has room for, and tell of the others."""
    count, cut = tables.row_count(model), 0
    rows = (row for batch in tables.batches(model) for row in _excel_rows(batch))
    for number, row in zip(range(1, MOST_ROWS + 1), rows, strict=False):
        cut += _write_row(sheet, number, row, money)
    if count > MOST_ROWS:
        yield f"{model.table}: {MOST_ROWS:,} of {count:,} rows, a sheet holds no more; --format csv or duckdb has all"
    if cut:
        yield f"{model.table}: {cut:,} texts are cut at {MOST_LETTERS:,} letters; --format csv or duckdb has them whole"


def _excel_rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_row(sheet: "Worksheet", row: int, cells: Iterable[object], money: "Format | None" = None) -> int:
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


def write_duckdb(tables: Tables, path: Path) -> list[str]:
    """Write the file; nothing has to be told of it.

    Keys stand in the comments: every run has checked them, and to hold them again takes eight times the space.
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


class View(NamedTuple):
    """A query that goes by a name."""

    name: str
    description: str
    query: str


VIEWS = (
    View(
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
    View(
        "newest_entries",
        "The last progress entry of each project, with the project.",
        """
        SELECT * FROM project_entries
        QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY entry_number DESC) = 1
        """,
    ),
    View(
        "project_money",
        "Of each project the baht received and spent by its header, and disbursed by its entries and its quarters.",
        """
        SELECT p.project_id, p.project_name, p.fiscal_year_be, p.agency, p.budget_received_baht, p.budget_spent_baht,
            (SELECT sum(disbursed_baht) FROM report_entries e WHERE e.project_id = p.project_id) AS entries_baht,
            (SELECT sum(disbursed_baht) FROM quarterly_results q WHERE q.project_id = p.project_id) AS quarters_baht
        FROM projects p
        """,
    ),
    View(
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
    View(
        "lone_values",
        "Values that only one of several copies in a file prints so; copies_total says how many print any.",
        """
        SELECT d.source, e.*
        FROM evidence e
        JOIN documents d ON d.document_id = e.document_id AND d.duplicate_of IS NULL
        WHERE d.copy_count > 1 AND e.copies_agreeing = 1 AND e.part = 1
        """,
    ),
    View(
        "counted_documents",
        "Documents to count: each file once, and of files that hold the same report only the fullest.",
        """
        SELECT * FROM documents d
        WHERE d.duplicate_of IS NULL AND d.document_id NOT IN (
            SELECT g.document_id FROM report_groups g WHERE g.role <> 'fullest')
        """,
    ),
)
