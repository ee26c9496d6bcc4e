"""Rows to Parquet: every table, complete or not at all, with the types that its model fixes."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline.write
from pipeline.validate import Rows
from pipeline.write import UNFINISHED, Writer, arrow_table
from schemas import TABLES
from schemas.documents import Document
from schemas.evidence import Evidence
from schemas.objectives import Objective
from schemas.projects import Project
from schemas.report_entries import ReportEntry
from tests.conftest import TABLE_NAMES, read_tables

ID = "0123456789abcdef"


def rows_of(*rows: Document | Objective | Project) -> Rows:
    found = Rows()
    for row in rows:
        found.add(row)
    return found


def aim(ordinal: int, document_id: str = ID) -> Objective:
    return Objective(
        project_id=f"{document_id}-001", ordinal=ordinal, row_key=f"{document_id}-001/{ordinal:03d}", text="ก"
    )


def write(out: Path, *documents: Rows) -> None:
    with Writer(out) as writer:
        for rows in documents:
            writer.add(rows)
        writer.commit()


def test_every_table_is_written_even_without_rows(tmp_path: Path) -> None:
    write(tmp_path)
    for model in TABLES:
        table = read_tables(tmp_path)[model.table]
        assert table.num_rows == 0
        assert table.schema.equals(model.arrow_schema())
        assert [field.metadata[b"description"] for field in table.schema] == [
            field.metadata[b"description"] for field in model.arrow_schema()
        ]


def test_rows_of_a_document_are_put_in_order_and_documents_keep_theirs(tmp_path: Path) -> None:
    other = "f" * 16
    write(tmp_path, rows_of(aim(3), aim(1), aim(2)), rows_of(aim(2, other), aim(1, other)))
    found = read_tables(tmp_path)["objectives"].to_pylist()
    assert [(row["project_id"][:4], row["ordinal"]) for row in found] == [
        ("0123", 1), ("0123", 2), ("0123", 3), ("ffff", 1), ("ffff", 2),
    ]  # fmt: skip


def test_many_rows_are_written_in_groups_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.write, "ROWS_IN_GROUP", 10)
    write(tmp_path, *(rows_of(*(aim(n, f"{document:016x}") for n in range(1, 8))) for document in range(20)))
    (file,) = (tmp_path / "objectives").rglob("*.parquet")
    assert pq.ParquetFile(file).metadata.num_row_groups > 5
    assert read_tables(tmp_path)["objectives"].num_rows == 140


def test_counts_are_those_of_the_tables(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.add(rows_of(aim(1), aim(2)))
        writer.commit()
        assert writer.row_counts == dict.fromkeys(TABLE_NAMES, 0) | {"objectives": 2}


def test_nothing_shows_before_commit(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.add(rows_of(aim(1)))
        assert [path.name for path in tmp_path.iterdir()] == [UNFINISHED]
        writer.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(TABLE_NAMES)


def break_off(out: Path, error: type[BaseException]) -> None:
    with Writer(out) as writer:
        writer.add(rows_of(aim(2), aim(3)))
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_tables_before_it(error: type[BaseException], tmp_path: Path) -> None:
    write(tmp_path, rows_of(aim(1)))
    with pytest.raises(error):
        break_off(tmp_path, error)
    assert read_tables(tmp_path)["objectives"]["ordinal"].to_pylist() == [1]
    assert not (tmp_path / UNFINISHED).exists()


def test_what_a_killed_run_left_unfinished_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED / "objectives").mkdir(parents=True)
    (tmp_path / UNFINISHED / "objectives" / "half.parquet").write_bytes(b"PAR1")
    write(tmp_path, rows_of(aim(1)))
    assert not (tmp_path / UNFINISHED).exists()
    assert read_tables(tmp_path)["objectives"].num_rows == 1


def test_a_new_run_replaces_the_files_of_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, rows_of(aim(1)))
    written = next((tmp_path / "objectives").rglob("*.parquet"))
    (written.parent / "part-00001.parquet").write_bytes(written.read_bytes())
    write(tmp_path, rows_of(aim(2)))
    assert read_tables(tmp_path)["objectives"]["ordinal"].to_pylist() == [2]


def test_values_keep_their_types_and_nulls_stay_null() -> None:
    entry = ReportEntry(
        project_id=f"{ID}-001", entry_number=7, row_key=f"{ID}-001/007", report_date=date(2018, 2, 10),
        progress_percent=Decimal("100.00"), disbursed_baht=Decimal("9999999999999999.99"),
    )  # fmt: skip
    (row,) = arrow_table(ReportEntry, [entry]).to_pylist()
    assert row["report_date"] == date(2018, 2, 10)
    assert row["disbursed_baht"] == Decimal("9999999999999999.99")
    assert row["progress_percent"] == Decimal("100.00")
    assert (row["activity"], row["plan_status"]) == (None, None)


def test_alternatives_are_a_list_also_when_there_are_none() -> None:
    evidence = Evidence(
        table_name="projects", row_key=f"{ID}-001", column_name="project_name", part=1, document_id=ID, page_number=1,
        char_start=0, char_end=1, raw_text="ก", copies_total=1, copies_agreeing=1,
    )  # fmt: skip
    table = arrow_table(Evidence, [evidence])
    assert table.schema.field("alternatives").type == pa.list_(pa.string())
    assert table["alternatives"].to_pylist() == [[]]


def test_files_are_compressed(tmp_path: Path) -> None:
    write(tmp_path, rows_of(aim(1)))
    (file,) = (tmp_path / "objectives").rglob("*.parquet")
    assert pq.ParquetFile(file).metadata.row_group(0).column(0).compression == "ZSTD"
