"""Runs over archives: every member is a document, is accounted for, and is read again only where needed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.archive.options import Options
from pipeline.archive.run import run
from tests.conftest import PROGRESS_REPORTS, differing, document_row, read_tables
from tests.support.archives import tarred, zipped
from tests.synthesizer.archive import write_archive, wrongly_ended

TEXTS = [path.read_bytes() for path in PROGRESS_REPORTS[:4]]
PACKED: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: tarred(files, mode="w:gz"),
}


def put(path: Path, content: bytes, *, stamp: int = 10**9) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (stamp, stamp))


@pytest.mark.parametrize("suffix", PACKED)
def test_members_have_the_rows_of_the_same_files_in_folders(suffix: str, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        put(tmp_path / "plain" / f"x.{suffix}!" / f"ปี {number}" / "a.txt", text)
    put(tmp_path / "packed" / f"x.{suffix}", PACKED[suffix]({f"ปี {n}/a.txt": text for n, text in enumerate(TEXTS)}))
    for name in ("plain", "packed"):
        run([tmp_path / name], tmp_path / f"{name}-out")
    assert differing(read_tables(tmp_path / "plain-out"), read_tables(tmp_path / "packed-out")) == []


@pytest.mark.parametrize("suffix", PACKED)
def test_only_the_new_member_of_an_archive_is_parsed(suffix: str, tmp_path: Path) -> None:
    path, out = tmp_path / "in" / f"x.{suffix}", tmp_path / "out"
    put(path, PACKED[suffix]({f"{n}.txt": text for n, text in enumerate(TEXTS[:3])}))
    run([path.parent], out)
    put(path, PACKED[suffix]({f"{n}.txt": text for n, text in enumerate(TEXTS)}), stamp=2 * 10**9 - 1)
    summary = run([path.parent], out)
    assert (summary.new, summary.changed, summary.removed, summary.reused) == (1, 0, 0, 3)
    assert summary.source_bytes == len(TEXTS[3])
    run([path.parent], tmp_path / "fresh")
    assert differing(read_tables(out), read_tables(tmp_path / "fresh")) == []


@pytest.mark.parametrize("suffix", PACKED)
def test_members_can_be_parsed_again_though_the_archive_has_not_changed(suffix: str, tmp_path: Path) -> None:
    path, out = tmp_path / "in" / f"x.{suffix}", tmp_path / "out"
    put(path, PACKED[suffix]({f"{n}.txt": text for n, text in enumerate(TEXTS)}))
    first = run([path.parent], out)
    again = run([path.parent], out, options=Options(force=True))
    assert (again.seen, again.parsed, again.reused) == (4, 4, 0) == (first.seen, first.parsed, first.reused)


def test_a_document_is_read_from_an_archive_once_its_file_is_deleted(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    put(folder / "a.txt", TEXTS[0])
    put(folder / "b.zip", zipped({"a.txt": TEXTS[0]}))
    assert run([folder], out).duplicate == 1
    (folder / "a.txt").unlink()
    summary = run([folder], out)
    assert (summary.parsed, summary.duplicate, summary.removed) == (1, 0, 1)
    assert document_row(read_tables(out), "b.zip!/a.txt")["status"] != "duplicate"


def test_no_bytes_of_an_archive_are_left_behind(tmp_path: Path) -> None:
    put(tmp_path / "in" / "x.tar.gz", tarred({"a.txt": TEXTS[0]}, mode="w:gz"))
    run([tmp_path / "in"], tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*") if "spool" in path.parts]


def test_every_document_of_a_synthesized_archive_is_accounted_for(tmp_path: Path) -> None:
    expected = write_archive(tmp_path / "in", 40, seed=5)
    run([tmp_path / "in"], tmp_path / "out", options=Options(jobs=2))
    found = read_tables(tmp_path / "out")["documents"]
    statuses = dict(zip(found["source"].to_pylist(), found["status"].to_pylist(), strict=True))
    assert wrongly_ended(expected, statuses) == []
