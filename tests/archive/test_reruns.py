"""A later run does only what is new, and its tables are those that a first run would have written."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.archive.list_documents
import pipeline.archive.run
import pipeline.archive.shards
import pipeline.archive.work
import pipeline.sources.folders
from pipeline.archive.ledger import ListedDocument
from pipeline.archive.options import Options
from pipeline.archive.run import run
from pipeline.archive.run_summary import RunSummary
from pipeline.archive.store import STATE
from pipeline.archive.work import FileBatch, list_documents
from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.model import Source
from tests.conftest import PROGRESS_REPORTS, TABLE_NAMES, Tables, differing, document_row, read_tables, withheld

LONG_AGO = 10**9
"""Seconds; files of that time stamp are not changing any more."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in enumerate(PROGRESS_REPORTS[:6]):
        put(folder / f"{number}.txt", path.read_bytes())
    put(folder / "empty.txt", b"")
    return folder


def put(path: Path, content: bytes, *, stamp: int = LONG_AGO) -> None:
    path.write_bytes(content)
    os.utime(path, (stamp, stamp))


def fresh(archive: Path, out: Path) -> Tables:
    run([archive], out)
    return read_tables(out)


def files_of(out: Path) -> dict[str, bytes]:
    return {f"{name}/{path.name}": path.read_bytes() for name in TABLE_NAMES for path in (out / name).glob("*.parquet")}


def test_unchanged_files_are_not_even_opened(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run([archive], tmp_path / "out")
    before = files_of(tmp_path / "out")

    def refuse(*_: object) -> None:
        pytest.fail("a file was looked into")

    monkeypatch.setattr(pipeline.archive.list_documents, "list_documents", refuse)
    again = run([archive], tmp_path / "out")
    assert (again.new, again.changed, again.removed, again.reused) == (0, 0, 0, 7)
    assert (again.rows, again.findings, again.documents) == (first.rows, first.findings, first.documents)
    assert files_of(tmp_path / "out") == before


CHANGES: dict[str, tuple[Callable[[Path], None], list[str], dict[str, int]]] = {
    "a new file": (lambda folder: put(folder / "7.txt", PROGRESS_REPORTS[7].read_bytes()), ["7.txt"], {"new": 1}),
    "a changed file": (
        lambda folder: put(folder / "2.txt", PROGRESS_REPORTS[7].read_bytes(), stamp=2 * LONG_AGO),
        ["2.txt"],
        {"changed": 1},
    ),
    "a file that is gone": (lambda folder: (folder / "2.txt").unlink(), [], {"removed": 1}),
    "another name": (
        lambda folder: none((folder / "2.txt").rename(folder / "b.txt")),
        ["b.txt"],
        {"new": 1, "removed": 1},
    ),
    "another time stamp only": (lambda folder: os.utime(folder / "2.txt", (2 * LONG_AGO,) * 2), [], {}),
    "a second file of the same bytes": (
        lambda folder: put(folder / "9.txt", (folder / "2.txt").read_bytes()),
        [],
        {"new": 1},
    ),
    "a file of the same bytes that comes first": (
        lambda folder: put(folder / "0a.txt", (folder / "2.txt").read_bytes()),
        ["0a.txt"],
        {"new": 1},
    ),
    "a file that cannot be read": (lambda folder: put(folder / "7.txt", b"\x89PNG"), ["7.txt"][:0], {"new": 1}),
    "all gone": (lambda folder: none(list(map(Path.unlink, folder.iterdir()))), [], {"removed": 7}),
}


def none(_: object) -> None:
    return None


@pytest.mark.parametrize("change", CHANGES)
def test_a_rerun_parses_only_what_is_new_and_writes_what_a_first_run_would(
    change: str, archive: Path, tmp_path: Path, parsed: list[str]
) -> None:
    run([archive], tmp_path / "out")
    parsed.clear()
    make, expected, counts = CHANGES[change]
    make(archive)
    summary = run([archive], tmp_path / "out")
    assert parsed == expected
    assert {name: getattr(summary, name) for name in ("new", "changed", "removed") if getattr(summary, name)} == counts
    run([archive], tmp_path / "fresh")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")


def test_the_first_of_two_equal_files_may_be_deleted(archive: Path, tmp_path: Path, parsed: list[str]) -> None:
    put(archive / "9.txt", (archive / "2.txt").read_bytes())
    run([archive], tmp_path / "out")
    parsed.clear()
    (archive / "2.txt").unlink()
    run([archive], tmp_path / "out")
    assert parsed == ["9.txt"]
    assert differing(read_tables(tmp_path / "out"), fresh(archive, tmp_path / "fresh")) == []


def test_a_file_with_a_fresh_time_stamp_is_opened_again(archive: Path, tmp_path: Path) -> None:
    fresh_file = archive / "8.txt"
    fresh_file.write_bytes(PROGRESS_REPORTS[3].read_bytes())
    stamp = fresh_file.stat()
    run([archive], tmp_path / "out")
    content = bytearray(fresh_file.read_bytes())
    content[:3] = b"# \n"
    fresh_file.write_bytes(content)
    os.utime(fresh_file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert run([archive], tmp_path / "out").changed == 1


def test_another_parser_version_parses_all_again(
    archive: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run([archive], tmp_path / "out")
    parsed.clear()
    monkeypatch.setattr(pipeline.archive.run, "code_version", lambda: "99")
    run([archive], tmp_path / "out")
    assert len(parsed) == 6


def test_force_parses_all_again(archive: Path, tmp_path: Path, parsed: list[str]) -> None:
    run([archive], tmp_path / "out")
    parsed.clear()
    run([archive], tmp_path / "out", options=Options(force=True))
    assert len(parsed) == 6


@pytest.fixture
def failing_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tries at 2.txt, of which the first fails."""
    tries: list[str] = []

    def fail_once(source: Source, **options: object) -> Rows:
        if source.name == "2.txt":
            tries.append(source.name)
            if len(tries) == 1:
                raise MemoryError
        return process(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.archive.work, "process", fail_once)
    return tries


@pytest.mark.parametrize(
    ("options", "is_tried_again"),
    [
        (Options(), False),
        (Options(retry=True), True),
        (Options(time_limit=1000.0), True),
        (Options(size_limit=2**20), False),
    ],
)
def test_a_quarantined_document_is_tried_again_on_request_or_with_a_higher_limit(
    options: Options, is_tried_again: bool, archive: Path, tmp_path: Path, failing_once: list[str]
) -> None:
    run([archive], tmp_path / "out")
    assert document_row(read_tables(tmp_path / "out"), "2.txt")["status"] == "quarantined"
    summary = run([archive], tmp_path / "out", options=options)
    assert len(failing_once) == 1 + is_tried_again
    assert summary.quarantined == 2 - is_tried_again


def test_a_parsed_document_is_tried_again_with_a_lower_limit(archive: Path, tmp_path: Path, parsed: list[str]) -> None:
    run([archive], tmp_path / "out")
    parsed.clear()
    smallest = min(path.stat().st_size for path in archive.glob("[0-9].txt"))
    summary = run([archive], tmp_path / "out", options=Options(size_limit=smallest))
    assert len(parsed) == 1
    assert summary.quarantined == 6


def test_a_file_that_could_not_be_opened_is_tried_each_time(archive: Path, tmp_path: Path) -> None:
    (archive / "link.txt").symlink_to("later.txt")
    assert run([archive], tmp_path / "out").quarantined == 2
    put(tmp_path / "later", PROGRESS_REPORTS[7].read_bytes())
    (tmp_path / "later").rename(archive / "later.txt")
    summary = run([archive], tmp_path / "out")
    assert (summary.quarantined, summary.duplicate) == (1, 1)


def test_a_file_that_could_not_be_read_for_a_moment_is_tried_again(archive: Path, tmp_path: Path) -> None:
    with withheld():
        assert run([archive], tmp_path / "out").quarantined == 7
    run([archive], tmp_path / "fresh")
    assert run([archive], tmp_path / "out").quarantined == 1
    assert differing(read_tables(tmp_path / "out"), read_tables(tmp_path / "fresh")) == []


def test_more_documents_than_a_shard_takes_make_more_shards(
    archive: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run([archive], tmp_path / "out")
    parsed.clear()
    for most in (2, 1, 4, 100):
        monkeypatch.setattr(pipeline.archive.shards, "DOCUMENTS_IN_SHARD", most)
        put(archive / f"{most}x.txt", PROGRESS_REPORTS[6].read_bytes() + str(most).encode())
        run([archive], tmp_path / "out")
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        parsed_here = parsed[-1]
        run([archive], tmp_path / "fresh")
        assert parsed_here == f"{most}x.txt"
        assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")
        assert len(list((tmp_path / "out" / "documents").iterdir())) >= 4 / most


def test_one_changed_file_writes_its_shard_only(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.archive.shards, "DOCUMENTS_IN_SHARD", 1)
    run([archive], tmp_path / "out")
    before = inodes(tmp_path / "out")
    put(archive / "2.txt", PROGRESS_REPORTS[7].read_bytes())
    run([archive], tmp_path / "out")
    after = inodes(tmp_path / "out")
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert 0 < len({name[:10] for name in changed}) <= 2 < len({name[:10] for name in after})


def inodes(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (out / "documents").iterdir()}


def test_a_summary_counts_what_the_tables_hold(archive: Path, tmp_path: Path) -> None:
    run([archive], tmp_path / "out")
    put(archive / "7.txt", PROGRESS_REPORTS[7].read_bytes())
    summary: RunSummary = run([archive], tmp_path / "out")
    assert summary.rows["documents"] == summary.seen == 8
    assert (summary.parsed, summary.reused, summary.quarantined) == (7, 7, 1)


def test_only_the_previous_state_is_kept_beside_the_current_one(archive: Path, tmp_path: Path) -> None:
    for number in range(3):
        put(archive / f"x{number}.txt", PROGRESS_REPORTS[7].read_bytes() + bytes([48 + number]))
        run([archive], tmp_path / "out")
    left = sorted(path.name for path in (tmp_path / "out" / STATE).iterdir())
    assert left == ["000002", "000003", "current", "lock"]


def test_a_file_that_was_too_new_is_opened_once_more_only(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into: list[str] = []

    def note(files: FileBatch) -> list[ListedDocument]:
        looked_into.extend(item.name for item in files.inputs)
        return list_documents(files)

    monkeypatch.setattr(pipeline.archive.list_documents, "list_documents", note)
    with monkeypatch.context() as patched:
        patched.setattr(pipeline.sources.folders, "TIMESTAMP_RESOLUTION", 10**20)
        run([archive], tmp_path / "out")
    counts = []
    for _ in range(2):
        looked_into.clear()
        run([archive], tmp_path / "out")
        counts.append(len(looked_into))
    assert counts == [7, 0]
