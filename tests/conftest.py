"""What several tests share: the samples, runs and their tables, and good documents for a bad one to come among."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import settings
from typer.testing import CliRunner

import pipeline.archive.work
from pipeline.archive.options import Options
from pipeline.archive.run import run
from pipeline.archive.run_summary import RunSummary
from pipeline.commands.cli import app
from pipeline.document.process import process
from pipeline.document.rows import Rows
from pipeline.errors import UnreachableError
from pipeline.model import Source
from schemas import CORPUS_TABLES, TABLES
from tests.support.processes import unmeasured

settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]
SAMPLES = tuple(sorted((ROOT / "samples").rglob("*.txt")))
PROGRESS_REPORTS = tuple(path for path in SAMPLES if path.parent.name == "bma_progress_report")
DOCUMENT_TABLES = tuple(model.table for model in TABLES)
"""The tables whose rows each depend on one document alone."""
TABLE_NAMES = (*DOCUMENT_TABLES, *(model.table for model in CORPUS_TABLES))
GOOD = {
    "a.txt": PROGRESS_REPORTS[0].read_bytes(),
    "z/z.txt": PROGRESS_REPORTS[5].read_bytes(),
}
"""Documents among which a bad one comes."""

LONG = frozenset(
    "archive_runs bad_files bad_input benchmarks dates determinism schema driver_memory fixes fourth_form "
    "fuzz hostile_text invariants kills ladder money output_readers patterns ray_cluster repair report_groups "
    "reruns same_words scan shares store synthesizer synthesizer_archive synthesizer_area synthesizer_proposal "
    "word_fixes".split()
)
"""Tests that go over much text, or run much, for what others cover with a line; measuring them doubles their time."""

Tables = dict[str, pa.Table]
RunTables = Callable[..., Tables]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage in a long test, and none in the processes that it starts."""
    if item.path.stem.removeprefix("test_") not in LONG:
        return (yield)
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        with patch.dict(os.environ, unmeasured(), clear=True):
            return (yield)
    finally:
        sys.settrace(trace)


@pytest.fixture(scope="session")
def samples_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of all samples, for tests that only read them; the folder is called `out`."""
    out = tmp_path_factory.mktemp("samples with blanks ก") / "out"
    run([ROOT / "samples"], out)
    return out


@pytest.fixture
def run_tables(tmp_path: Path) -> RunTables:
    """Run over inputs into a folder of its own, and return every table as it was written."""
    numbers = iter(range(1000))

    def call(*inputs: Path, options: Options | None = None) -> Tables:
        out = tmp_path / f"tables-{next(numbers)}"
        run(inputs, out, options=options)
        return read_tables(out)

    return call


@pytest.fixture
def run_summary(tmp_path: Path) -> Callable[..., RunSummary]:
    """Run over inputs, and return what the run did."""
    numbers = iter(range(1000))

    def call(*inputs: Path, options: Options | None = None) -> RunSummary:
        return run(inputs, tmp_path / f"summary-{next(numbers)}", options=options)

    return call


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are parsed in this process, in their order."""
    names: list[str] = []

    def note(source: Source, **options: object) -> Rows:
        names.append(source.name)
        return process(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.archive.work, "process", note)
    return names


@contextmanager
def withheld() -> Iterator[None]:
    """Runs in this process get no document's bytes again: a shared disk fails between listing and reading."""

    def withhold(path: str, *_: object) -> bytes:
        raise UnreachableError(f"{path}: cannot be read: Input/output error; check the file and its permissions")

    with patch.object(pipeline.archive.work, "read_member", withhold):
        yield


def read_tables(out: Path) -> Tables:
    return {name: pq.read_table(out / name) for name in TABLE_NAMES}


def differing(one: Tables, other: Tables) -> list[str]:
    """The tables that are not the same: schema with metadata, rows, order of rows."""
    return [name for name in TABLE_NAMES if not one[name].equals(other[name], check_metadata=True)]


def rows_of_document(tables: Tables, source: str) -> dict[str, list[dict[str, object]]]:
    """The rows that one document has in every table."""
    document = document_row(tables, source)
    found = {
        name: [row for row in tables[name].to_pylist() if _document_of(row) == document["document_id"]]
        for name in DOCUMENT_TABLES
    }
    return found | {"documents": [document]}


def document_row(tables: Tables, source: str) -> dict[str, object]:
    """The row of one document."""
    found = [row for row in tables["documents"].to_pylist() if row["source"] == source]
    assert len(found) == 1, f"{source} has {len(found)} rows in documents"
    return dict(found[0])


def _document_of(row: dict[str, object]) -> object:
    """The document of a row; row keys begin with it where no column says it."""
    return row.get("document_id") or str(row["project_id"]).rsplit("-", 1)[0]


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    tables: Tables
    exit_code: int

    def status(self, source: str) -> tuple[str, str]:
        row = document_row(self.tables, source)
        return str(row["status"]), str(row["error"] or "")


def run_over(folder: Path, *options: str, out: Path | None = None) -> Run:
    out = out or folder.with_name(folder.name + "-tables")
    result = CliRunner().invoke(app, ["run", str(folder), "-o", str(out), "-q", "-j", "0", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Run(read_tables(out), result.exit_code)


def fill(folder: Path) -> None:
    for name, content in GOOD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The good documents without a bad one among them."""
    folder = tmp_path_factory.mktemp("alone")
    fill(folder)
    found = run_over(folder)
    assert found.exit_code == 0
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of good documents, for a bad one to come among them."""
    folder = tmp_path / "in"
    fill(folder)
    return folder


@contextmanager
def without_privileges(folder: Path) -> Iterator[None]:
    """Act as somebody whom permissions stop; root is not stopped by any."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, folder.parent):
        path.chmod(0o777)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of good documents that others can reach too; pytest's own is closed to them."""
    parent = Path(tempfile.mkdtemp(prefix="raingan-"))
    fill(parent / "in")
    yield parent / "in"
    shutil.rmtree(parent)


@pytest.fixture
def check(alone: Run) -> Callable[..., None]:
    """Check that a run quarantined this file with a reason in these words, and that all other rows stayed the same."""

    def call(found: Run, source: str, *words: str, status: str = "quarantined") -> None:
        stated, error = found.status(source)
        assert stated.startswith(status), (stated, error)
        if status == "quarantined":
            assert error.startswith(f"{source}: ")
            assert "; " in error, f"the reason should end in what to do: {error}"
            assert "mistake is ours" not in error
            assert all(word in error for word in words), error
        else:
            assert error == ""
        others_unchanged(alone, found)

    return call


def others_unchanged(alone: Run, found: Run) -> None:
    for name in GOOD:
        assert rows_of_document(found.tables, name) == rows_of_document(alone.tables, name), name
    statuses = found.tables["documents"]["status"].to_pylist()
    assert found.exit_code == ("quarantined" in statuses)
