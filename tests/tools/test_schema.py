"""`raingan schema`: a data dictionary for people, a JSON Schema that rows fit, and SQL that databases accept."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pipeline.commands.cli import app
from schemas import CORPUS_TABLES, TABLES
from schemas.findings import CODES
from tests.conftest import TABLE_NAMES, Tables, read_tables

ALL_TABLES = (*TABLES, *CORPUS_TABLES)
COLUMNS = [(model.table, column) for model in ALL_TABLES for column in model.model_fields]


def printed(*options: str) -> str:
    result = CliRunner().invoke(app, ["schema", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def definitions() -> dict[str, Any]:
    schema = json.loads(printed("--format", "json"))
    Draft202012Validator.check_schema(schema)
    found: dict[str, Any] = schema["$defs"]
    return found


@pytest.fixture(scope="module")
def tables(samples_out: Path) -> Tables:
    return read_tables(samples_out)


def plain(row: dict[str, object]) -> dict[str, object]:
    """A row as JSON has it."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def test_the_dictionary_in_markdown_has_every_table_column_unit_key_and_code() -> None:
    said = printed()
    assert printed("--format", "markdown") == said
    for name in TABLE_NAMES:
        assert f"\n## {name}\n" in said
    assert said.count("\n- Primary key: ") == len(TABLE_NAMES)
    rows = [line.split(" | ") for line in said.splitlines() if line.startswith("| `")]
    assert len(rows) == len(COLUMNS) + len(CODES)
    assert all(len(row) == 5 for row in rows)
    assert "| `budget_spent_baht` | decimal(18, 2) | baht | yes | Budget spent. |" in said
    assert "- `document_id`, `page_number` → `document_id`, `page_number` of [pages](#pages)" in said
    assert said.count("*Personal.*") == 4
    assert all(f"| `{name}` | {code.severity} | {code.meaning}" in said for name, code in CODES.items())


def test_all_rows_of_the_samples_fit_the_json_schema(definitions: dict[str, Any], tables: Tables) -> None:
    assert tuple(definitions) == TABLE_NAMES
    for name, table in tables.items():
        validator = Draft202012Validator(definitions[name], format_checker=Draft202012Validator.FORMAT_CHECKER)
        for row in table.to_pylist():
            validator.validate(plain(row))


@pytest.mark.parametrize(
    "values",
    [{"entry_number": None}, {"report_date": "31/1/2562"}, {"disbursed_baht": "1,000"}, {"other": 1}, {"row_key": 7}],
    ids=str,
)
def test_a_row_with_another_shape_does_not_fit(values: dict[str, object], definitions: dict[str, Any]) -> None:
    row: dict[str, object] = {"project_id": "0-001", "row_key": "0-001/001", "entry_number": 1}
    validator = Draft202012Validator(definitions["report_entries"], format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert validator.is_valid(row)
    assert not validator.is_valid(row | values)


def test_duckdb_accepts_the_sql_with_its_comments_and_codes() -> None:
    database = duckdb.connect()
    database.execute(printed("--format", "sql"))
    found = database.execute("select table_name, column_name, comment from duckdb_columns()").fetchall()
    said = {(table, column): comment for table, column, comment in found}
    assert set(COLUMNS) <= said.keys()
    assert all(said[place] for place in COLUMNS)
    assert said["projects", "budget_spent_baht"] == "Budget spent. Unit: baht."
    assert said["projects", "coordinator"].endswith("Personal.")
    assert all(comment for (comment,) in database.execute("select comment from duckdb_tables()").fetchall())
    assert database.execute("select code, advice from finding_codes").fetchall() == [
        (name, code.advice) for name, code in CODES.items()
    ]


def test_all_rows_of_the_samples_keep_the_keys_of_the_sql(tables: Tables) -> None:
    database = duckdb.connect()
    database.execute(printed("--format", "sql"))
    for name, table in tables.items():
        database.from_arrow(table).insert_into(name)
    with pytest.raises(duckdb.ConstraintException):
        database.execute("insert into report_entries (project_id, entry_number, row_key) values ('none', 1, 'x')")
    with pytest.raises(duckdb.ConstraintException):
        database.execute("insert into projects select * from projects limit 1")
