"""Parts of an archive read separately and merged give the same files as one run; so do any number of workers."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline.archive.run
import pipeline.archive.shards
from pipeline.archive.options import Options
from pipeline.archive.run import merge, run
from pipeline.commands.cli import app
from pipeline.errors import MergeError, ShareError
from tests.conftest import SAMPLES, TABLE_NAMES, document_row, read_tables, withheld


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Samples, of which some stand twice, under names that fall into different parts, and one that is empty."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in enumerate(SAMPLES[::2]):
        (folder / f"{number:02d}.txt").write_bytes(path.read_bytes())
        (folder / f"again {number:02d}.txt").write_bytes(path.read_bytes() if number < 6 else b"")
    return folder


def files_of(out: Path) -> dict[str, bytes]:
    return {f"{name}/{path.name}": path.read_bytes() for name in TABLE_NAMES for path in (out / name).glob("*.parquet")}


def parts_of(archive: Path, folder: Path, count: int) -> list[Path]:
    parts = [folder / f"part-{part}" for part in range(1, count + 1)]
    for part, out in enumerate(parts, 1):
        run([archive], out, options=Options(share=(part, count)))
    return parts


@pytest.mark.parametrize("most", [512, 3])
def test_merged_parts_are_the_same_files_as_one_run(
    most: int, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.archive.shards, "DOCUMENTS_IN_SHARD", most)
    whole = run([archive], tmp_path / "whole")
    merged = merge(parts_of(archive, tmp_path, 3), tmp_path / "merged")
    assert files_of(tmp_path / "merged") == files_of(tmp_path / "whole")
    assert (merged.parsed, merged.duplicate, merged.quarantined, merged.rows) == (
        whole.parsed, whole.duplicate, whole.quarantined, whole.rows,
    )  # fmt: skip


def test_merged_parts_have_a_row_for_a_file_that_could_not_be_read(archive: Path, tmp_path: Path) -> None:
    with withheld():
        parts = parts_of(archive, tmp_path, 2)
    merge(parts, tmp_path / "merged")
    run([archive], tmp_path / "whole")
    of_merged, of_whole = (read_tables(tmp_path / name)["documents"]["source"] for name in ("merged", "whole"))
    assert of_merged.to_pylist() == of_whole.to_pylist()


def test_a_run_continues_from_merged_tables(archive: Path, tmp_path: Path) -> None:
    merge(parts_of(archive, tmp_path, 2), tmp_path / "merged")
    (archive / "new.txt").write_bytes(SAMPLES[1].read_bytes())
    summary = run([archive], tmp_path / "merged")
    assert (summary.new, summary.changed, summary.removed) == (1, 0, 0)
    assert summary.source_bytes == (archive / "new.txt").stat().st_size


def test_every_file_is_in_one_part(archive: Path, tmp_path: Path) -> None:
    sources = [
        source
        for part in parts_of(archive, tmp_path, 4)
        for source in read_tables(part)["documents"]["source"].to_pylist()
    ]
    assert sorted(sources) == sorted(path.name for path in archive.iterdir())


def test_parts_that_do_not_fit_are_refused(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(archive, tmp_path, 2)
    with pytest.raises(MergeError, match="no tables found"):
        merge([parts[0], tmp_path / "nothing"], tmp_path / "merged")
    with pytest.raises(MergeError, match="another part has a document of the same name"):
        merge([*parts, parts[0]], tmp_path / "merged")
    run([archive], tmp_path / "lower", options=Options(share=(2, 2), time_limit=9))
    with pytest.raises(MergeError, match="limits differ from"):
        merge([parts[0], tmp_path / "lower"], tmp_path / "merged")
    monkeypatch.setattr(pipeline.archive.run, "code_version", lambda: "other")
    run([archive], tmp_path / "other", options=Options(share=(2, 2)))
    with pytest.raises(MergeError, match="parsers"):
        merge([parts[0], tmp_path / "other"], tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize("said", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "๑/๒"])
def test_a_folder_that_is_no_part_is_refused(said: str, archive: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(archive), "-o", str(tmp_path / "out"), "--shard", said])
    assert result.exit_code == 2
    assert "such as 1/4 to 4/4" in result.stderr


def test_merge_is_a_command(archive: Path, tmp_path: Path) -> None:
    parts = parts_of(archive, tmp_path, 2)
    out = tmp_path / "merged"
    result = CliRunner().invoke(app, ["merge", *map(str, parts), "-o", str(out), "-j", "0"])
    assert result.exit_code == 1  # some documents are quarantined
    assert document_row(read_tables(out), "00.txt")["status"] != "quarantined"
    refused = CliRunner().invoke(app, ["merge", str(tmp_path / "in"), "-o", str(out), "-j", "0"])
    assert refused.exit_code == 2
    assert "no tables found" in refused.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_number_of_processes_writes_the_same_files(jobs: int, archive: Path, tmp_path: Path) -> None:
    run([archive], tmp_path / "here")
    run([archive], tmp_path / "apart", options=Options(jobs=jobs))
    assert files_of(tmp_path / "apart") == files_of(tmp_path / "here")


def test_a_part_does_not_replace_another_part_or_all_inputs(archive: Path, tmp_path: Path) -> None:
    part, whole = Options(share=(2, 3)), tmp_path / "whole"
    (out, *_) = parts_of(archive, tmp_path, 3)
    run([archive], whole)
    before = files_of(out), files_of(whole)
    with pytest.raises(ShareError, match=r"has the tables of part 1/3, .* part 2/3 would remove; use a separate"):
        run([archive], out, options=part)
    with pytest.raises(ShareError, match="has the tables of a run over all inputs"):
        run([archive], whole, options=part)
    assert (files_of(out), files_of(whole)) == before
    run([archive], out, options=Options(share=(1, 3)))
    run([archive], out)
    assert files_of(out) == files_of(whole)


def test_missing_parts_are_reported(archive: Path, tmp_path: Path) -> None:
    (one, _, three, *_) = parts_of(archive, tmp_path, 4)
    with pytest.raises(MergeError, match="of its 4 parts 2, 4 are missing"):
        merge([one, three], tmp_path / "merged")
    assert not (tmp_path / "merged").exists()
