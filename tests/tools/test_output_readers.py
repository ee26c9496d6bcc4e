"""pandas, DuckDB, Polars and Arrow read the tables, with typed dates and money."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest

from tests.conftest import TABLE_NAMES, read_tables


@pytest.fixture
def out(samples_out: Path) -> Path:
    return samples_out


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_pandas_reads_a_table(name: str, out: Path) -> None:
    frame = pd.read_parquet(out / name)
    expected = read_tables(out)[name]
    assert list(frame.columns) == expected.column_names
    assert len(frame) == expected.num_rows


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_duckdb_reads_a_table(name: str, out: Path) -> None:
    found = duckdb.read_parquet(f"{out / name}/*.parquet")
    expected = read_tables(out)[name]
    assert found.columns == expected.column_names
    assert len(found.fetchall()) == expected.num_rows


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_polars_reads_a_table(name: str, out: Path) -> None:
    frame = pl.read_parquet(out / name / "**/*.parquet")
    expected = read_tables(out)[name]
    assert frame.columns == expected.column_names
    assert frame.height == expected.num_rows


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_an_arrow_dataset_reads_a_table(name: str, out: Path) -> None:
    assert ds.dataset(out / name, format="parquet").to_table().equals(read_tables(out)[name])


def test_pandas_has_dates_as_dates_and_money_as_decimals(out: Path) -> None:
    projects, entries = pd.read_parquet(out / "projects"), pd.read_parquet(out / "report_entries")
    assert all(type(value) is date for value in projects["start_date"].dropna())
    assert all(type(value) is date for value in entries["report_date"].dropna())
    assert all(isinstance(value, Decimal) for value in projects["budget_received_baht"].dropna())
    assert all(isinstance(value, Decimal) for value in entries["progress_percent"].dropna())
    assert entries["disbursed_baht"].sum() == sum(
        value for value in read_tables(out)["report_entries"]["disbursed_baht"].to_pylist() if value is not None
    )


def test_years_of_dates_are_gregorian_and_years_be_are_not(out: Path) -> None:
    days = [day for name in ("start_date", "end_date") for day in read_tables(out)["projects"][name].to_pylist() if day]
    assert days
    assert all(2000 < day.year < 2050 for day in days)
    years = [year for year in read_tables(out)["projects"]["fiscal_year_be"].to_pylist() if year]
    assert years
    assert all(2543 < year < 2593 for year in years)


def test_duckdb_sums_money_and_subtracts_dates(out: Path) -> None:
    projects = duckdb.read_parquet(f"{out}/projects/*.parquet")
    said = projects.aggregate(
        "typeof(sum(budget_received_baht)), typeof(min(start_date)), max(end_date - start_date)"
    ).fetchall()
    assert said[0][0].startswith("DECIMAL")
    assert said[0][1] == "DATE"
    assert 0 < said[0][2] < 3000


def test_polars_has_dates_as_dates_and_money_as_decimals(out: Path) -> None:
    schema = pl.read_parquet(out / "projects" / "*.parquet").schema
    assert schema["start_date"] == pl.Date
    assert schema["budget_spent_baht"] == pl.Decimal(18, 2)
    assert schema["fiscal_year_be"] == pl.Int16
    assert pl.read_parquet(out / "evidence" / "*.parquet").schema["alternatives"] == pl.List(pl.String)


def test_a_value_is_joined_to_its_evidence_by_its_row_key(out: Path) -> None:
    entries, evidence = pd.read_parquet(out / "report_entries"), pd.read_parquet(out / "evidence")
    amounts = evidence[(evidence["table_name"] == "report_entries") & (evidence["column_name"] == "disbursed_baht")]
    joined = entries.merge(amounts, on="row_key", how="inner", suffixes=("", "_evidence"))
    assert set(joined["row_key"]) == set(entries.loc[entries["disbursed_baht"].notna(), "row_key"])


def test_descriptions_and_units_reach_the_analyst(out: Path) -> None:
    schema = read_tables(out)["projects"].schema
    assert schema.field("budget_received_baht").metadata[b"unit"] == b"baht"
    assert all(field.metadata[b"description"] for field in schema)
