"""--dry-run shows what a run would do, and why, without doing it."""

import os
from pathlib import Path

import pytest

import pipeline.archive.list_documents
from pipeline.archive.list_documents import CHANGED, FORCED, GONE, LIMITS, NEW, OTHER_CODE, RETRIED, UNCHANGED, preview
from pipeline.archive.options import Options
from pipeline.archive.run import run
from tests.conftest import PROGRESS_REPORTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in (("a.txt", PROGRESS_REPORTS[0].read_bytes()), ("b.txt", b""), ("c.txt", b"")):
        (folder / name).write_bytes(content)
        os.utime(folder / name, (10**9, 10**9))
    return folder


def test_a_preview_writes_nothing(folder: Path, tmp_path: Path) -> None:
    assert preview([folder], tmp_path / "out", options=Options()) == {NEW: ["a.txt", "b.txt", "c.txt"]}
    assert not (tmp_path / "out").exists()


def test_every_file_has_its_reason(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([folder], out)
    assert preview([folder], out, options=Options()) == {UNCHANGED: ["a.txt", "b.txt", "c.txt"]}
    (folder / "c.txt").unlink()
    (folder / "d.txt").write_bytes(b"1")
    os.utime(folder / "a.txt")
    assert preview([folder], out, options=Options()) == {
        CHANGED: ["a.txt"],
        UNCHANGED: ["b.txt"],
        NEW: ["d.txt"],
        GONE: ["c.txt"],
    }


def test_a_damaged_archive_is_opened_once_for_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "d.zip").write_bytes(b"PK\3\4" + b"cut short")
    os.utime(folder / "d.zip", (10**9, 10**9))
    run([folder], out)
    assert preview([folder], out, options=Options()) == {UNCHANGED: ["a.txt", "b.txt", "c.txt", "d.zip"]}
    assert preview([folder], out, options=Options(retry=True))[RETRIED] == ["b.txt", "d.zip"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(force=True), {FORCED: ["a.txt", "b.txt", "c.txt"]}),
        (Options(retry=True), {UNCHANGED: ["a.txt", "c.txt"], RETRIED: ["b.txt"]}),
        (Options(time_limit=999), {UNCHANGED: ["a.txt", "c.txt"], RETRIED: ["b.txt"]}),
        (Options(time_limit=1), {LIMITS: ["a.txt"], UNCHANGED: ["b.txt", "c.txt"]}),
    ],
)
def test_options_are_reasons(options: Options, expected: dict[str, list[str]], folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out")
    assert preview([folder], tmp_path / "out", options=options) == expected


def test_other_parsers_are_a_reason(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([folder], tmp_path / "out")
    monkeypatch.setattr(pipeline.archive.list_documents, "code_version", lambda: "other")
    assert preview([folder], tmp_path / "out", options=Options()) == {OTHER_CODE: ["a.txt", "b.txt", "c.txt"]}
