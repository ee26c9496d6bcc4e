"""Bad files, links, folders and names: none harms another document, and no run deletes files of others."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from io import BufferedReader, RawIOBase
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline.archive.run
import pipeline.sources.find
import pipeline.sources.storage
from pipeline.commands.cli import app
from tests.conftest import (
    GOOD,
    PROGRESS_REPORTS,
    ROOT,
    Run,
    document_row,
    fill,
    others_unchanged,
    read_tables,
    rows_of_document,
    run_over,
    without_privileges,
)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_file_without_read_permission_is_quarantined(open_folder: Path, check: Callable[..., None]) -> None:
    (open_folder / "bad.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    (open_folder / "bad.txt").chmod(0)
    with without_privileges(open_folder):
        found = run_over(open_folder)
    check(found, "bad.txt", "cannot be read", "Permission denied", "permissions")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_folder_without_read_permission_is_not_passed_over_in_silence(open_folder: Path, alone: Run) -> None:
    (open_folder / "closed").mkdir()
    (open_folder / "closed" / "b.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    (open_folder / "closed").chmod(0)
    try:
        with without_privileges(open_folder):
            found = run_over(open_folder)
    finally:
        (open_folder / "closed").chmod(0o755)
    assert found.exit_code != 0
    assert '"closed' in (open_folder.with_name("in-tables") / "run.json").read_text(encoding="utf-8")
    for name in GOOD:
        assert rows_of_document(found.tables, name) == rows_of_document(alone.tables, name), name


class Torn(RawIOBase):
    """A file on a failing disk."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, *_: object) -> int:
        return 0

    def readinto(self, _: object) -> int:
        raise OSError(5, "Input/output error", "bad.txt")


def test_a_file_that_cannot_be_read_to_its_end_is_quarantined(
    folder: Path, check: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    open_file = pipeline.sources.storage.open_file

    def fail(path: str, *, name: str) -> BufferedReader:
        return BufferedReader(Torn()) if name == "bad.txt" else open_file(path, name=name)

    monkeypatch.setattr("pipeline.sources.unpack.open_file", fail)
    check(run_over(folder), "bad.txt", "Input/output error")


def test_a_file_deleted_during_the_run_is_quarantined(
    folder: Path, check: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    find_inputs = pipeline.sources.find.find_inputs

    def find_and_lose(*args: object, **options: object) -> object:
        found = list(find_inputs(*args, **options))  # type: ignore[arg-type]
        (folder / "bad.txt").unlink()
        return found

    monkeypatch.setattr(pipeline.archive.run, "find_inputs", find_and_lose)
    check(run_over(folder), "bad.txt", "No such file")


def test_a_broken_link_is_quarantined(folder: Path, check: Callable[..., None]) -> None:
    (folder / "bad.txt").symlink_to("nowhere.txt")
    check(run_over(folder), "bad.txt", "No such file")


def test_a_link_to_itself_is_quarantined(folder: Path, check: Callable[..., None]) -> None:
    (folder / "bad.txt").symlink_to("bad.txt")
    check(run_over(folder), "bad.txt", "symbolic links")


@pytest.mark.parametrize("target", [".", "..", "../z", "../z/y"])
def test_a_link_to_a_folder_that_loops_ends(target: str, folder: Path, alone: Run) -> None:
    (folder / "z" / "y").symlink_to(target)
    (folder / "y").symlink_to("z")
    found = run_over(folder)
    assert sorted(row["status"] for row in found.tables["documents"].to_pylist()) == sorted(
        row["status"] for row in alone.tables["documents"].to_pylist()
    )
    assert found.tables["report_entries"].num_rows == alone.tables["report_entries"].num_rows


def test_a_link_to_a_parent_folder_does_not_add_its_other_files(folder: Path, alone: Run) -> None:
    (folder / "z" / "up").symlink_to(folder.parent)
    (folder.parent / "beside.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    found = run_over(folder)
    assert found.tables["documents"].num_rows == len(GOOD)
    others_unchanged(alone, found)


def test_a_folder_named_as_a_text_is_walked(folder: Path, check: Callable[..., None]) -> None:
    (folder / "bad.txt").mkdir()
    (folder / "bad.txt" / "inside.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    check(run_over(folder), "bad.txt/inside.txt", status="parsed")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_a_pipe_or_a_socket_named_as_a_text_is_quarantined_at_once(
    kind: str, folder: Path, check: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    if kind == "pipe":
        os.mkfifo("bad.txt")
    else:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("bad.txt")
    out = folder.with_name("tables")
    command = [
        sys.executable,
        "-m",
        "raingan",
        "run",
        str(folder),
        "-o",
        str(out),
        "-q",
        "--time-limit",
        "20",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=600, check=False)
    check(Run(read_tables(out), result.returncode), "bad.txt")


def test_deep_folders_are_walked(folder: Path, alone: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    depth = 1100
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("deep.txt").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    os.chdir(folder)
    try:
        found = run_over(folder)
    finally:
        unnest(folder, depth)
    assert found.status("d/" * depth + "deep.txt")[0].startswith("parsed")
    others_unchanged(alone, found)


def unnest(folder: Path, depth: int) -> None:
    """Remove nested folders one by one; removing them at once exceeds the recursion limit."""
    os.chdir(folder)
    for _ in range(depth):
        os.chdir("d")
    Path("deep.txt").unlink()
    for _ in range(depth):
        os.chdir("..")
        Path("d").rmdir()


STRANGE_NAMES = (
    b"\xe1\xb1\xff\xfe.txt",
    b"\xbb\xd5 2561.txt",
    b"new\nline.txt",
    b"esc\x1b[31m.txt",
    b"-o.txt",
    b"[red].md",
)


@pytest.mark.parametrize("name", STRANGE_NAMES)
@pytest.mark.parametrize("is_good", [True, False])
def test_a_name_of_any_bytes_names_its_document(name: bytes, is_good: bool, folder: Path, alone: Run) -> None:
    try:
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(PROGRESS_REPORTS[1].read_bytes() if is_good else b"")
    except OSError:
        pytest.skip("the file system takes no such name")
    found = run_over(folder)
    row = document_row(found.tables, name.decode("utf-8", "replace"))
    assert str(row["status"]).startswith("parsed" if is_good else "quarantined")
    others_unchanged(alone, found)


def test_names_that_differ_only_in_undecodable_bytes_are_two_documents(folder: Path, alone: Run) -> None:
    for name, sample in ((b"\xff.txt", PROGRESS_REPORTS[1]), (b"\xfe.txt", PROGRESS_REPORTS[3])):
        try:
            Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(sample.read_bytes())
        except OSError:
            pytest.skip("the file system takes no such name")
    found = run_over(folder)
    assert found.tables["documents"].num_rows == len(GOOD) + 2
    others_unchanged(alone, found)


def test_tables_inside_the_input_folder_are_not_read(folder: Path, alone: Run) -> None:
    for out in (folder / "out", folder / "z" / ".." / "out"):
        for _ in range(2):
            found = run_over(folder, out=out)
            assert found.tables["documents"].num_rows == len(GOOD)
            others_unchanged(alone, found)


def test_tables_reached_through_a_link_are_not_read(folder: Path, alone: Run) -> None:
    (folder / "out").mkdir()
    link = folder.with_name("link")
    link.symlink_to(folder / "out")
    for _ in range(2):
        found = run_over(folder, out=link)
        assert found.tables["documents"].num_rows == len(GOOD)
        others_unchanged(alone, found)


def test_tables_in_the_very_folder_of_the_input_are_refused_or_read(folder: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(folder), "-o", str(folder), "-q"])
    if result.exit_code == 0:
        assert read_tables(folder)["documents"].num_rows == len(GOOD)
    else:
        assert result.exit_code == 2
        assert result.stderr.startswith("raingan: ")


@pytest.mark.parametrize("name", ["documents", "pages", "projects"])
def test_a_folder_that_is_named_as_a_table_and_holds_other_files_is_not_deleted(name: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    fill(archive)
    precious = archive / name / "only-copy.txt"
    precious.parent.mkdir()
    precious.write_bytes(PROGRESS_REPORTS[1].read_bytes())
    result = CliRunner().invoke(app, ["run", str(archive), "-o", str(archive), "-q"])
    assert precious.is_file(), "a run deleted a file that is none of its own"
    assert result.exit_code in (2, 3)
