"""A run: one document takes down at most itself, duplicates are listed once, and run.json says what was done."""

import json
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

import pipeline.archive.work
from pipeline.archive.engines import ProcessPool, in_process
from pipeline.archive.ledger import Ledger
from pipeline.archive.list_documents import InputScan
from pipeline.archive.options import Options, Progress
from pipeline.archive.plan import DOCUMENTS_IN_BATCH
from pipeline.archive.run import merge, run
from pipeline.archive.run_index import open_run_index
from pipeline.archive.run_summary import RunSummary
from pipeline.archive.store import LINKED_NAMES, STATE
from pipeline.archive.work import within_time
from pipeline.document.build_rows import PARSER_VERSION
from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.errors import DeclarationError, DocumentError
from pipeline.model import Source
from pipeline.sources.find import find_inputs
from tests.conftest import PROGRESS_REPORTS, TABLE_NAMES, RunTables, differing, document_row, read_tables

RunAndSummarize = Callable[..., RunSummary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name, sample in (
        ("a.txt", PROGRESS_REPORTS[0]),
        ("b.txt", PROGRESS_REPORTS[5]),
        ("c.txt", PROGRESS_REPORTS[7]),
    ):
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(sample.read_bytes())
    return folder


def failing(work: Callable[[], object]) -> Callable[..., Rows]:
    """A `process` that fails on b.txt."""

    def call(source: Source, **options: object) -> Rows:
        if source.name == "b.txt":
            work()
        return process(source, **options)  # type: ignore[arg-type]

    return call


def fail_with(error: BaseException) -> Callable[[], object]:
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DocumentError("b.txt: no pages; scan it again"), "b.txt: no pages; scan it again"),
        (ValueError("odd"), "ValueError: odd; please report this file as a bug"),
        (KeyError("odd"), "please report this file as a bug"),
        (RecursionError(), "memory"),
        (MemoryError(), "memory"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"), "please report this file as a bug"),
        (OSError(28, "No space left on device"), "No space left"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_in_one_document_quarantines_that_one(
    error: Exception, words: str, folder: Path, run_tables: RunTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.archive.work, "process", failing(fail_with(error)))
    tables = run_tables(folder)
    row = document_row(tables, "b.txt")
    assert row["status"] == "quarantined"
    assert words in str(row["error"])
    assert row["byte_count"] == (folder / "b.txt").stat().st_size
    assert [document_row(tables, name)["error"] for name in ("a.txt", "c.txt")] == [None, None]


@pytest.mark.parametrize("error", [DeclarationError("two labels"), KeyboardInterrupt()], ids=lambda e: type(e).__name__)
def test_a_run_that_stops_leaves_the_tables_unchanged(
    error: BaseException, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([folder], out)
    before = read_tables(out)
    monkeypatch.setattr(pipeline.archive.work, "process", failing(fail_with(error)))
    with pytest.raises(type(error)):
        run([folder / "a.txt", folder / "b.txt"], out, options=Options(force=True))
    assert differing(read_tables(out), before) == []


def test_a_slow_document_is_stopped_and_the_next_has_its_full_time(
    folder: Path, run_summary: RunAndSummarize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.archive.work, "process", failing(lambda: time.sleep(600)))
    summary = run_summary(folder, options=Options(time_limit=5.0))
    assert summary.quarantined == 1
    assert "longer than 5 s" in summary.reasons["b.txt"]
    assert summary.total_seconds < 300


def test_a_document_whose_code_catches_errors_is_stopped_too(
    folder: Path, run_summary: RunAndSummarize, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stubborn() -> None:
        ends = time.monotonic() + 600
        while time.monotonic() < ends:
            try:
                time.sleep(0.05)
            except DocumentError:  # as an error is swallowed that reaches a destructor or a callback
                continue

    monkeypatch.setattr(pipeline.archive.work, "process", failing(stubborn))
    assert run_summary(folder, options=Options(time_limit=0.3)).total_seconds < 300


def test_there_is_no_time_limit_outside_the_main_thread() -> None:
    done: list[bool] = []

    def work() -> None:
        within_time(0.01, lambda: time.sleep(0.05), name="x")
        done.append(True)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def swallowing() -> None:
    with suppress(BaseException):  # as Python does where a destructor raises
        time.sleep(5)


@pytest.mark.parametrize("work", [lambda: None, swallowing, lambda: time.sleep(5), fail_with(ValueError("x"))])
def test_no_alarm_rings_when_the_work_is_over(work: Callable[[], None]) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with suppress(DocumentError, ValueError):
        within_time(0.05, work, name="x")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_an_alarm_after_the_work_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "setitimer", lambda *_: signal.raise_signal(signal.SIGALRM))
    with pytest.raises(DocumentError, match="longer than 9 s"):
        within_time(9, lambda: None, name="x")


def test_a_duplicate_is_listed_with_the_first_file_and_not_parsed(folder: Path, run_tables: RunTables) -> None:
    (folder / "0.txt").write_bytes((folder / "b.txt").read_bytes())
    (folder / "z.md").write_bytes((folder / "b.txt").read_bytes())
    tables = run_tables(folder)
    first = document_row(tables, "0.txt")
    for name in ("b.txt", "z.md"):
        row = document_row(tables, name)
        assert (row["status"], row["duplicate_of"], row["document_id"]) == ("duplicate", "0.txt", first["document_id"])
        assert row["byte_count"] == first["byte_count"]
        assert (row["error"], row["form"], row["page_count"]) == (None, None, None)
    once = run_tables(folder / "a.txt", folder / "b.txt", folder / "c.txt")
    assert tables["pages"].num_rows == once["pages"].num_rows


def test_a_duplicate_of_an_unreadable_file_names_the_file_with_the_reason(folder: Path, run_tables: RunTables) -> None:
    for name in ("x.txt", "y.txt"):
        (folder / name).write_bytes(b"\x89PNG\r\n")
    tables = run_tables(folder)
    assert document_row(tables, "x.txt")["status"] == "quarantined"
    assert document_row(tables, "y.txt")["duplicate_of"] == "x.txt"


def test_folders_are_walked_for_texts_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in "b/2.md b/1.TXT a.text c.csv .hidden.txt .git/x.txt b/.x/y.txt no_suffix d.markdown".split():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("ก", encoding="utf-8")
    skipped: list[str] = []
    found = list(find_inputs([tmp_path], out=tmp_path / "out", skipped=skipped))
    assert [item.name for item in found] == ["a.text", "b/1.TXT", "b/2.md", "d.markdown"]
    assert skipped == ["c.csv", "no_suffix"]


def test_a_file_that_is_named_is_read_whatever_its_suffix(folder: Path, run_tables: RunTables) -> None:
    (folder / "report.ocr").write_bytes(PROGRESS_REPORTS[1].read_bytes())
    row = document_row(run_tables(folder / "report.ocr"), "report.ocr")
    assert str(row["status"]).startswith("parsed")


def test_files_with_the_same_name_in_two_folders_get_different_names(tmp_path: Path, run_tables: RunTables) -> None:
    for name, sample in (("one", PROGRESS_REPORTS[0]), ("two", PROGRESS_REPORTS[5])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "01.txt").write_bytes(sample.read_bytes())
    for inputs in ([tmp_path / "one", tmp_path / "two"], [tmp_path / "one" / "01.txt", tmp_path / "two" / "01.txt"]):
        sources = run_tables(*inputs)["documents"]["source"].to_pylist()
        assert len(set(sources)) == 2, sources


def test_progress_counts_every_file(folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    run([folder], tmp_path / "out", progress=told.append)
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert told == [
        Progress("listing", done=3, total=3),
        Progress("reading", done=3, total=3, bytes_done=size),
        Progress("writing", done=1, total=1),
        Progress("comparing", done=1, total=1),
    ]


def test_run_json_describes_what_was_done(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "again.txt").write_bytes((folder / "c.txt").read_bytes())
    (folder / "table.csv").touch()
    out = tmp_path / "out"
    run([folder], out, options=Options(time_limit=50))
    said = json.loads((out / "run.json").read_text(encoding="utf-8"))
    tables = read_tables(out)
    counts = "seen new changed removed reused parsed quarantined duplicate".split()
    assert [said[name] for name in counts] == [5, 5, 0, 0, 0, 3, 1, 1]
    assert said["skipped"] == ["table.csv"]
    assert sum(count for by_status in said["documents"].values() for count in by_status.values()) == 5
    assert said["rows"] == {name: tables[name].num_rows for name in TABLE_NAMES}
    assert sum(said["findings"].values()) == said["rows"]["findings"]
    assert said["reasons"].keys() == {"empty.txt"}
    assert said["options"]["time_limit"] == 50
    assert said["versions"]["raingan"] == PARSER_VERSION
    assert said["source_bytes"] == sum((folder / name).stat().st_size for name in ("a.txt", "again.txt", "b.txt"))
    assert said["peak_memory_bytes"] > 2**20
    stages = (
        "read repair paginate scan classify split read_fields normalize merge_copies build_rows check write".split()
    )
    assert set(stages) <= said["seconds"].keys()
    assert sum(said["seconds"].values()) <= said["total_seconds"] + 0.01


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The tasks that worker processes are given."""
    tasks: list[object] = []
    start = ProcessPool._start

    def note(pool: ProcessPool, work: Callable[[object], object], task: object) -> object:
        tasks.append(task)
        return start(pool, work, task)

    monkeypatch.setattr(ProcessPool, "_start", note)
    return tasks


@pytest.mark.parametrize(("name", "has_workers"), [("d.txt", False), ("d.html", True)])
def test_only_small_plain_texts_are_read_without_worker_processes(
    name: str, has_workers: bool, folder: Path, tmp_path: Path, started: list[object]
) -> None:
    (folder / name).write_text("<p>รายงาน</p>", encoding="utf-8")
    assert run([folder], tmp_path / "out", options=Options(jobs=2)).parsed == 4
    assert bool(started) == has_workers


def test_where_no_time_limit_can_be_kept_worker_processes_read_even_small_texts(
    folder: Path, tmp_path: Path, started: list[object]
) -> None:
    thread = Thread(target=run, args=([folder], tmp_path / "out"), kwargs={"options": Options(jobs=1)})
    thread.start()
    thread.join()
    assert started


def test_more_text_than_a_batch_is_read_by_worker_processes(folder: Path, tmp_path: Path) -> None:
    for number in range(DOCUMENTS_IN_BATCH):
        (folder / f"{number}.txt").write_text(f"รายงาน {number}", encoding="utf-8")
    with open_run_index(None) as index:
        index.add_files(find_inputs([folder], out=tmp_path, skipped=[]))
        plan = InputScan(in_process, Options(), tmp_path, lambda _: None).plan(index, Ledger(), "")
        assert not plan.is_small()


def test_no_unfinished_file_is_left(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([folder], out)
    assert sorted(path.name for path in out.iterdir()) == sorted([STATE, *LINKED_NAMES])
    assert sorted(path.name for path in (out / STATE).iterdir()) == ["000001", "current", "lock"]


def test_a_single_path_in_place_of_a_list_is_refused_with_what_to_write(tmp_path: Path) -> None:
    for call in (run, merge):
        with pytest.raises(TypeError, match=r"must be a list of paths, such as \['scans'\], not 'scans'"):
            call("scans", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_output_folder_may_be_given_as_text(tmp_path: Path) -> None:
    run([], str(tmp_path / "out"))
    assert (tmp_path / "out" / "run.json").exists()
