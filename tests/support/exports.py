"""What `raingan export` writes, read back."""

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
from typer.testing import CliRunner, Result

from pipeline.commands.cli import app
from tests.conftest import TABLE_NAMES

FORMATS = ("csv", "xlsx", "duckdb")


def call(out: Path, to: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["export", str(out), "--to", str(to), *options])


def exported(out: Path, to: Path, *options: str) -> Path:
    result = call(out, to, *options)
    assert (result.exit_code, result.output) == (0, "")
    return to


def csv_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def excel_rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return list(book[table].iter_rows(values_only=True))


def texts(path: Path, as_format: str) -> Iterator[str]:
    """All cells of an export as texts, and of CSV all that its files hold."""
    if as_format == "csv":
        yield from (file.read_bytes().decode("utf-8-sig") for file in path.iterdir())
    elif as_format == "xlsx":
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            yield from (str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    else:
        with duckdb.connect(str(path), read_only=True) as database:
            for name in TABLE_NAMES:
                yield from (str(value) for row in database.table(name).fetchall() for value in row)
