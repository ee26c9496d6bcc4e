"""`raingan diff` shows what other parsers changed by table and column, with located examples."""

import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

import pipeline.archive.shards
import pipeline.archive.work
from pipeline.archive.run import run
from pipeline.commands.cli import app
from pipeline.document.process import process
from pipeline.document.rows import Rows, TableRows
from pipeline.tools.diff import diff
from schemas.findings import Finding
from schemas.objectives import Objective
from schemas.report_entries import ReportEntry
from tests.conftest import PROGRESS_REPORTS
from tests.support.archives import zipped
from tests.support.must_hold import typed

Archive = dict[str, bytes]
ARCHIVE: Archive = {f"{n}.txt": path.read_bytes() for n, path in enumerate(PROGRESS_REPORTS[:6])}
PERCENT = Decimal("60.00")


def call(*args: object) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, args)], terminal_width=120)


def fill(folder: Path, archive: Archive) -> Path:
    for name, content in archive.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run, and beside them what it read, in `in`."""
    folder = tmp_path_factory.mktemp("before")
    run([fill(folder / "in", ARCHIVE)], folder / "out")
    return folder / "out"


@pytest.fixture
def run_again(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Run over the same documents with parsers that read otherwise."""

    def call(change: Callable[[Rows], object] | None = None, *, in_shard: int = 512) -> Path:
        def otherwise(*args: Any, **options: Any) -> Rows:
            rows = process(*args, **options)
            if change:
                change(rows)
            return rows

        monkeypatch.setattr(pipeline.archive.work, "process", otherwise)
        monkeypatch.setattr(pipeline.archive.shards, "DOCUMENTS_IN_SHARD", in_shard)
        run([before.parent / "in"], tmp_path / "now")
        return tmp_path / "now"

    return call


def misread(rows: Rows) -> None:
    """Read 60 percent as 6, where they stand."""
    entries = (
        row.model_copy(update={"progress_percent": Decimal("6.00")}) if row.progress_percent == PERCENT else row
        for row in typed(rows, ReportEntry)
    )
    rows.by_table[ReportEntry] = TableRows(ReportEntry, entries)


def lose_an_aim(rows: Rows) -> None:
    """Leave out the first aim and number the others anew."""
    aims = (
        row.model_copy(update={"ordinal": number, "row_key": f"{row.project_id}/{number:03d}"})
        for number, row in enumerate(typed(rows, Objective)[1:], 1)
    )
    rows.by_table[Objective] = TableRows(Objective, aims)


def test_a_run_is_equal_to_itself(before: Path) -> None:
    result = call(before, before)
    assert result.exit_code == 0
    assert "0 of 6 documents in both runs differ" in result.stdout


@pytest.mark.parametrize("in_shard", [1, 3])
def test_the_number_of_shards_makes_no_difference(in_shard: int, before: Path, run_again: Callable[..., Path]) -> None:
    now = run_again(in_shard=in_shard)
    assert len(list((now / "projects").iterdir())) > 1
    one, other = diff(before, now), diff(now, before)
    assert one.is_empty
    assert one.total == other.total == diff(before, before).total
    assert (one.documents, one.differing) == (6, 0)


@pytest.mark.parametrize("in_shard", [512, 1])
def test_a_changed_cell_is_counted_and_shown_with_its_location(
    in_shard: int, before: Path, run_again: Callable[..., Path]
) -> None:
    now = run_again(misread, in_shard=in_shard)
    result = call(before, now, "--json", "--input", before.parent / "in")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    entries = said["tables"]["report_entries"]
    printed = sum(row["progress_percent"] == PERCENT for row in pq.read_table(before / "report_entries").to_pylist())
    assert entries["columns"]["progress_percent"]["changed"] == entries["rows"]["changed"] == printed > 0
    assert entries["columns"]["activity"]["changed"] == 0
    shown = [example for example in said["examples"] if example["table"] == "report_entries"]
    assert 0 < len(shown) <= 3
    for example in shown:
        lines = ARCHIVE[example["source"]].decode().replace("\r\n", "\n").split("\n")
        assert (example["before"], example["now"]) == ("60.00", "6.00")
        assert example["raw_text"] in lines[example["line"] - 1]
        assert example["page"] >= 1


def test_a_lost_row_is_one_row_gone_and_shown_at_its_location(before: Path, run_again: Callable[..., Path]) -> None:
    now = run_again(lose_an_aim)
    aims = diff(before, now).total.rows["objectives"]
    assert (aims["missing"], aims["wrong"], aims["spurious"]) == (6, 0, 0)
    result = call(before, now, "--examples", "1")
    assert result.exit_code == 1
    (said,) = [line for line in result.stdout.splitlines() if ": objectives " in line]
    assert ", page 1: objectives " in said
    assert " is gone: before kind 'objective'" in said
    assert "read from '" in said
    assert "6 of 6 documents in both runs differ" in result.stdout


def test_the_terminal_names_the_verdicts_of_a_diff(before: Path, run_again: Callable[..., Path]) -> None:
    said = call(before, run_again(misread)).stdout
    assert all(word in said for word in ("same", "changed", "gone", "new"))
    assert "progress_percent is changed: before 60.00, now 6.00, read from '60.00 %'" in said


def test_documents_in_one_run_only_are_named_and_their_rows_are_no_differences(before: Path, tmp_path: Path) -> None:
    archive = {name: text for name, text in ARCHIVE.items() if name != "0.txt"} | {"new.txt": ARCHIVE["0.txt"] + b"\n"}
    run([fill(tmp_path / "in", archive)], tmp_path / "now")
    result = call(before, tmp_path / "now", "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["only_before"] == {"count": 1, "names": ["0.txt"]}
    assert said["only_now"] == {"count": 1, "names": ["new.txt"]}
    assert (said["documents"], said["differing"]) == (5, 0)
    assert all(table["rows"]["gone"] == table["rows"]["new"] == 0 for table in said["tables"].values())
    assert "1 documents only in the earlier run: 0.txt" in call(before, tmp_path / "now").stdout


def test_a_renamed_document_differs_in_its_name_only(before: Path, tmp_path: Path) -> None:
    run([fill(tmp_path / "in", ARCHIVE | {"0.txt": ARCHIVE["1.txt"], "1.txt": ARCHIVE["0.txt"]})], tmp_path / "now")
    found = diff(before, tmp_path / "now")
    changed = {(example.difference.table, example.difference.column) for example in found.examples}
    assert changed <= {("documents", "source"), ("findings", "message")}
    assert ("documents", "source") in changed
    assert found.differing == 2


def test_a_quarantined_document_that_is_parsed_now_has_new_rows(before: Path, run_again: Callable[..., Path]) -> None:
    def fail(_: Rows) -> None:
        raise ValueError

    found = diff(run_again(fail), before)
    assert found.documents == 6
    assert found.total.rows["projects"] == {"spurious": 6}
    assert found.total.cells["documents"]["status"]["wrong"] == 6


def test_members_of_archives_have_line_numbers(before: Path, tmp_path: Path) -> None:
    fill(tmp_path / "in", {"ก.zip": zipped({"ปี 1/" + name: text for name, text in ARCHIVE.items()})})
    run([tmp_path / "in"], tmp_path / "packed")
    found = diff(before, tmp_path / "packed", inputs=[tmp_path / "in"])
    assert {example.source for example in found.examples} <= {f"ก.zip!/ปี 1/{name}" for name in ARCHIVE}
    findings = [example for example in found.examples if example.difference.table == "findings"]
    assert findings
    assert all(
        example.location and (example.location.line or example.location.char_start is None) for example in findings
    )


def test_another_file_with_the_same_name_gives_no_line_number(
    before: Path, tmp_path: Path, run_again: Callable[..., Path]
) -> None:
    other = fill(tmp_path / "other", {name: b"x\n" + text for name, text in ARCHIVE.items()})
    found = diff(before, run_again(misread), inputs=[other])
    assert found.examples
    assert all(example.location is None or example.location.line is None for example in found.examples)


def rewritten(out: Path, folder: Path, change: Callable[[str, pa.Table], pa.Table]) -> Path:
    """The tables as another program wrote them: one file each, named as it likes."""
    for table in sorted(path for path in out.iterdir() if path.is_dir() and path.name != ".raingan"):
        (folder / table.name).mkdir(parents=True)
        pq.write_table(change(table.name, pq.read_table(table)), folder / table.name / "data.parquet")
    return folder


def test_tables_that_another_program_wrote_are_compared_too(before: Path, tmp_path: Path) -> None:
    copied = rewritten(before, tmp_path / "copied", lambda _, table: table)
    assert diff(before, copied).is_empty


def test_columns_and_tables_of_one_version_only_are_new_or_gone(before: Path, tmp_path: Path) -> None:
    def with_note(name: str, table: pa.Table) -> pa.Table:
        return table.append_column("note", pa.array(["x"] * len(table))) if name == "projects" else table

    now = rewritten(before, tmp_path / "now", with_note)
    shutil.rmtree(now / "strategy_links")
    shutil.copytree((before / "objectives").resolve(), now / "unheard_of")
    found = diff(before, now)
    assert found.total.cells["projects"]["note"] == {"spurious": 6}
    assert set(found.total.rows["strategy_links"]) == {"missing"}
    assert set(found.total.rows["unheard_of"]) == {"spurious"}


def test_values_that_are_equal_in_another_type_are_no_difference(before: Path, tmp_path: Path) -> None:
    def wider(_: str, table: pa.Table) -> pa.Table:
        fields = [f.with_type(pa.int64()) if pa.types.is_integer(f.type) else f for f in table.schema]
        return table.cast(pa.schema(fields))

    found = diff(before, rewritten(before, tmp_path / "now", wider))
    assert (found.is_empty, found.differing) == (True, 0)


def group(key: int, document_id: str, role: str) -> dict[str, Any]:
    return {"group_id": f"{key:016x}-001", "document_id": document_id, "role": role}


def with_groups(out: Path, folder: Path, *groups: dict[str, Any]) -> Path:
    """The tables with these rows in the one that tells of several documents."""
    schema = pq.read_schema(next((out / "report_groups").glob("*.parquet")))
    filled = [{"form": "x", "project_codes": [], "agreeing": [], "differing": []} | row for row in groups]
    table = pa.Table.from_pylist(filled, schema=schema)
    return rewritten(out, folder, lambda name, now: table if name == "report_groups" else now)


def test_groups_of_reports_are_compared_by_their_subject(before: Path, tmp_path: Path) -> None:
    same, gone, new = group(1, "a" * 16, "same"), group(2, "b" * 16, "same"), group(3, "c" * 16, "same")
    one = with_groups(before, tmp_path / "one", same, gone, group(4, "d" * 16, "same"))
    other = with_groups(before, tmp_path / "other", same, new, group(4, "d" * 16, "fullest"))
    found = diff(one, other)
    assert found.total.rows["report_groups"] == {"right": 1, "missing": 1, "spurious": 1, "wrong": 1}
    assert not found.is_empty
    assert (
        f"document {'d' * 16}: report_groups role is changed: before 'same', now 'fullest'" in call(one, other).stdout
    )


def test_only_so_many_examples_of_a_kind_are_shown(before: Path, run_again: Callable[..., Path]) -> None:
    now = run_again(lambda rows: rows.by_table[Finding].clear())
    for most in (0, 2):
        shown = [e for e in diff(before, now, examples=most).examples if e.difference.table == "findings"]
        assert len(shown) == most


def wrong_uses(tmp_path: Path, out: Path) -> Iterator[tuple[list[object], str]]:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    yield [out, tmp_path / "nowhere"], "no tables found"
    yield [tmp_path / "empty", out], "no tables found"
    yield [tmp_path / "file", out], "no tables found"
    yield [out, out, "--input", tmp_path / "nowhere"], "no such file or folder"
    yield [out], "Missing argument"


def test_a_folder_that_is_no_output_is_wrong_use(before: Path, tmp_path: Path) -> None:
    for arguments, words in wrong_uses(tmp_path, before):
        result = call(*arguments)
        assert (result.exit_code, words in result.stderr) == (2, True), result.output


def test_a_damaged_table_ends_with_3(before: Path, tmp_path: Path) -> None:
    copied = rewritten(before, tmp_path / "copied", lambda _, table: table)
    (copied / "projects" / "data.parquet").write_bytes(b"PAR1 no more")
    result = call(before, copied)
    assert (result.exit_code, "cannot go on" in result.stderr) == (3, True)
