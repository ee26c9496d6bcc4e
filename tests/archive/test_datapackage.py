"""`datapackage.json` is valid, describes the files beside it, and changes only with them."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from pipeline.archive.options import Options
from pipeline.archive.run import merge, run
from pipeline.archive.store import lock_output
from pipeline.sources.folders import DATA_PACKAGE
from schemas.findings import CODES
from tests.conftest import PROGRESS_REPORTS, TABLE_NAMES

PERSONAL = {"responsible_person", "responsible_phone", "coordinator", "coordinator_phone"}
TYPES = {
    "string": pa.types.is_string,
    "integer": pa.types.is_integer,
    "number": lambda kind: pa.types.is_decimal(kind) or pa.types.is_float64(kind),
    "date": pa.types.is_date32,
    "array": pa.types.is_list,
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    run(PROGRESS_REPORTS[:3], out)
    return out


def resources(out: Path) -> dict[str, dict[str, Any]]:
    said = json.loads((out / DATA_PACKAGE).read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in said["resources"]}


def test_it_is_valid(out: Path) -> None:
    report = Package(str(out / DATA_PACKAGE)).validate()
    assert report.valid, report.flatten()


def test_its_paths_are_the_files_of_all_tables(out: Path) -> None:
    found = resources(out)
    assert tuple(found) == TABLE_NAMES
    for name, resource in found.items():
        assert [out / path for path in resource["path"]] == sorted((out / name).glob("*.parquet"))


def test_its_columns_are_those_of_the_files(out: Path) -> None:
    for resource in resources(out).values():
        schema = pq.read_schema(out / resource["path"][0])
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == schema.names
        assert all(TYPES[field["type"]](schema.field(field["name"]).type) for field in fields)
        assert all(field["description"].endswith(".") for field in fields)


def test_it_has_keys_units_codes_and_marks_personal_columns(out: Path) -> None:
    found = resources(out)
    entries = found["report_entries"]["schema"]
    assert entries["primaryKey"] == ["row_key"]
    assert entries["foreignKeys"] == [
        {"fields": ["project_id"], "reference": {"resource": "projects", "fields": ["project_id"]}}
    ]
    fields = {field["name"]: field for field in entries["fields"]}
    assert fields["disbursed_baht"]["unit"] == "baht"
    assert fields["entry_number"]["constraints"] == {"required": True}
    (code,) = [field for field in found["findings"]["schema"]["fields"] if field["name"] == "code"]
    assert code["constraints"]["enum"] == list(CODES)
    personal = {f["name"] for one in found.values() for f in one["schema"]["fields"] if f.get("personal")}
    assert personal == PERSONAL


def test_the_files_mark_personal_columns_too(out: Path) -> None:
    schema = pq.read_schema(next((out / "projects").glob("*.parquet")))
    assert {field.name for field in schema if field.metadata.get(b"personal") == b"true"} == PERSONAL


def test_the_same_tables_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    before = (out / DATA_PACKAGE).read_bytes()
    for part in (1, 2):
        run(PROGRESS_REPORTS[:3], tmp_path / str(part), options=Options(share=(part, 2)))
    merge([tmp_path / "1", tmp_path / "2"], tmp_path / "out")
    assert (tmp_path / "out" / DATA_PACKAGE).read_bytes() == before
    run(PROGRESS_REPORTS[:4], tmp_path / "out")
    assert (tmp_path / "out" / DATA_PACKAGE).read_bytes() != before


def test_it_changes_with_the_tables_by_the_same_rename(tmp_path: Path) -> None:
    run(PROGRESS_REPORTS[:1], tmp_path)
    before = (tmp_path / DATA_PACKAGE).read_bytes()
    with lock_output(tmp_path) as store:
        (store.begin_state() / DATA_PACKAGE).write_text("{}", encoding="utf-8")
    assert (tmp_path / DATA_PACKAGE).read_bytes() == before
    run(PROGRESS_REPORTS[:2], tmp_path)
    assert all((tmp_path / path).exists() for one in resources(tmp_path).values() for path in one["path"])


def test_a_package_that_no_run_wrote_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DATA_PACKAGE).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="no run wrote"):
        run(PROGRESS_REPORTS[:1], tmp_path)
    assert (tmp_path / DATA_PACKAGE).read_text(encoding="utf-8") == "mine"
