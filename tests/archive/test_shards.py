"""Shards: every table as Parquet, in the order of documents, with the types of its model."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.archive.shards import ReusedRows, ShardTask, shard_files, write_shard
from pipeline.document.rows import TableRows
from pipeline.document.write import arrow_table, write_batch
from schemas import TABLES
from schemas.base import Table
from schemas.documents import DocumentRow
from schemas.evidence import Evidence
from schemas.objectives import Objective
from schemas.report_entries import ReportEntry
from tests.conftest import TABLE_NAMES, read_tables

ID = "0123456789abcdef"


def aim(ordinal: int, document_id: str = ID) -> Objective:
    return Objective(
        project_id=f"{document_id}-001", ordinal=ordinal, row_key=f"{document_id}-001/{ordinal:03d}", text="ก"
    )


def document(number: int, *rows: Table) -> dict[type[Table], TableRows]:
    """The rows of a document whose name and id tell its number."""
    found: dict[type[Table], TableRows] = {}
    for row in (DocumentRow(document_id=name(number), source=f"{number}.txt"), *rows):
        found.setdefault(type(row), TableRows(type(row))).append(row)
    return found


def name(number: int) -> str:
    return f"{number:016x}"


def batch_of(folder: Path, *documents: dict[type[Table], TableRows]) -> Path:
    folder.mkdir()
    write_batch(folder, documents)
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return empty_state(tmp_path / "state")


def empty_state(folder: Path) -> Path:
    for table in TABLE_NAMES:
        (folder / table).mkdir(parents=True)
    return folder


def bytes_of(state: Path) -> dict[str, bytes]:
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in state.rglob("*.parquet")}


def test_every_table_has_a_file_with_its_schema_even_without_rows(state: Path) -> None:
    write_shard(ShardTask(state, 0))
    for model in TABLES:
        (path,) = shard_files(state, model.table, 0)
        table = pq.ParquetFile(path).read()
        assert table.schema.metadata[b"description"] == model.arrow_schema().metadata[b"description"]
        assert table.cast(model.arrow_schema()).schema.equals(model.arrow_schema(), check_metadata=True), model.table
        assert [field.metadata for field in table.schema] == [field.metadata for field in model.arrow_schema()]


def test_rows_are_in_the_order_of_their_documents_names(tmp_path: Path, state: Path) -> None:
    one = batch_of(tmp_path / "1", document(3, aim(2, name(3)), aim(1, name(3))))
    two = batch_of(tmp_path / "2", document(1, aim(1, name(1))), document(2))
    write_shard(ShardTask(state, 0, batches=(one, two), listed=(DocumentRow(document_id=name(1), source="10.txt"),)))
    tables = read_tables(state)
    assert tables["documents"]["source"].to_pylist() == ["1.txt", "10.txt", "2.txt", "3.txt"]
    assert tables["objectives"]["project_id"].to_pylist() == [f"{name(n)}-001" for n in (1, 3, 3)]
    assert tables["objectives"]["ordinal"].to_pylist() == [1, 1, 2]


def test_the_same_rows_give_the_same_bytes_wherever_they_come_from(tmp_path: Path, state: Path) -> None:
    documents = [document(number, aim(1, name(number))) for number in range(6)]
    write_shard(ShardTask(state, 0, batches=(batch_of(tmp_path / "all", *documents),)))
    other = empty_state(tmp_path / "other")
    parts = (batch_of(tmp_path / "b", *documents[4:]), batch_of(tmp_path / "a", *documents[3:4]))
    reused = ReusedRows(state, (0,), tuple(map(name, range(3))), tuple(f"{number}.txt" for number in range(3)))
    write_shard(ShardTask(other, 0, batches=parts, reused=(reused,)))
    assert bytes_of(other) == bytes_of(state)


def test_of_a_previous_state_only_the_wanted_documents_are_reused(tmp_path: Path, state: Path) -> None:
    documents = [document(number, aim(1, name(number))) for number in range(4)]
    write_shard(ShardTask(state, 0, batches=(batch_of(tmp_path / "all", *documents),)))
    other = empty_state(tmp_path / "other")
    write_shard(ShardTask(other, 0, reused=(ReusedRows(state, (0,), (name(2),), ("2.txt",)),)))
    tables = read_tables(other)
    assert tables["documents"]["source"].to_pylist() == ["2.txt"]
    assert tables["objectives"]["project_id"].to_pylist() == [f"{name(2)}-001"]


def test_a_file_of_other_rows_has_another_name(tmp_path: Path) -> None:
    names = set()
    for number in range(3):
        state = empty_state(tmp_path / f"state-{number}")
        write_shard(ShardTask(state, 7, batches=(batch_of(tmp_path / str(number), document(number)),)))
        names |= {path.name for path in shard_files(state, "documents", 7)}
    assert len(names) == 3


def test_values_keep_their_types_and_nulls_stay_null() -> None:
    entry = ReportEntry(
        project_id=f"{ID}-001", entry_number=7, row_key=f"{ID}-001/007", report_date=date(2018, 2, 10),
        progress_percent=Decimal("100.00"), disbursed_baht=Decimal("9999999999999999.99"),
    )  # fmt: skip
    (row,) = arrow_table(TableRows(ReportEntry, [entry])).to_pylist()
    assert row["report_date"] == date(2018, 2, 10)
    assert row["disbursed_baht"] == Decimal("9999999999999999.99")
    assert row["progress_percent"] == Decimal("100.00")
    assert (row["activity"], row["plan_status"]) == (None, None)


def test_alternatives_are_a_list_also_when_there_are_none() -> None:
    evidence = Evidence(
        table_name="projects", row_key=f"{ID}-001", column_name="project_name", part=1, document_id=ID, page_number=1,
        char_start=0, char_end=1, raw_text="ก", copies_total=1, copies_agreeing=1,
    )  # fmt: skip
    table = arrow_table(TableRows(Evidence, [evidence]))
    assert table.schema.field("alternatives").type == pa.list_(pa.string())
    assert table["alternatives"].to_pylist() == [[]]


def test_files_are_compressed(tmp_path: Path, state: Path) -> None:
    write_shard(ShardTask(state, 0, batches=(batch_of(tmp_path / "1", document(1)),)))
    (path,) = shard_files(state, "documents", 0)
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
