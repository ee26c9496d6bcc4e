"""The same bytes give the same rows: whatever the order of files, locale, time zone, hash seed or other documents."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from pipeline.archive.run import run
from tests.conftest import PROGRESS_REPORTS, ROOT, RunTables, Tables, differing, read_tables, rows_of_document

CHOSEN = [path for path in PROGRESS_REPORTS if path.name in ("01.txt", "03.txt", "06.txt", "08.txt")]
ENVIRONMENTS = (
    {"LC_ALL": "C", "TZ": "America/New_York", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "th_TH.UTF-8", "TZ": "Asia/Bangkok", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "th_TH.TIS-620", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "1"},
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports in folders with Thai names, one twice, one empty, one that is no report."""
    root = tmp_path_factory.mktemp("archive")
    for number, path in enumerate(CHOSEN):
        place = root / f"ปี {2560 + number % 2}" / f"รายงาน {number}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(path.read_bytes())
    (root / "b.txt").write_bytes(CHOSEN[0].read_bytes())
    (root / "a.md").write_text("ข้อความอื่น\n\fหน้าสอง\n", encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    return root


@pytest.fixture(scope="module")
def expected(archive: Path) -> Tables:
    out = archive.with_name("expected")
    run([archive], out)
    tables = read_tables(out)
    assert tables["documents"].num_rows == len(CHOSEN) + 3
    assert tables["report_entries"].num_rows > 10
    return tables


def test_a_second_run_gives_the_same_tables(archive: Path, expected: Tables, run_tables: RunTables) -> None:
    assert differing(run_tables(archive), expected) == []


def test_a_second_run_into_the_same_output_gives_the_same_files(archive: Path, tmp_path: Path) -> None:
    contents = []
    for path in archive.rglob("*"):
        os.utime(path, (10**9, 10**9))  # long ago: of a file changed just now the ledger keeps no time stamp
    for _ in range(2):
        run([archive], tmp_path)
        found = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.name != "run.json")
        contents.append({path.relative_to(tmp_path): path.read_bytes() for path in found})
    assert contents[0] == contents[1]


def test_rows_of_deleted_documents_leave_the_tables(archive: Path, expected: Tables, tmp_path: Path) -> None:
    run([archive, *PROGRESS_REPORTS[6:8]], tmp_path)
    run([archive], tmp_path)
    assert differing(read_tables(tmp_path), expected) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_shuffled_listing_of_folders_gives_the_same_tables(
    seed: int, archive: Path, expected: Tables, run_tables: RunTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    scandir = os.scandir

    class Shuffled:
        """A directory listing in another order."""

        def __init__(self, *args: object) -> None:
            with scandir(*args) as found:  # type: ignore[call-overload]
                self.found: list[os.DirEntry[str]] = list(found)
            random.shuffle(self.found)

        def __iter__(self) -> Iterator[os.DirEntry[str]]:
            return self

        def __next__(self) -> os.DirEntry[str]:
            if not self.found:
                raise StopIteration
            return self.found.pop()

        def __enter__(self) -> "Shuffled":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Shuffled)
    assert differing(run_tables(archive), expected) == []


@pytest.mark.parametrize("seed", range(3))
def test_files_given_in_another_order_give_the_same_tables(seed: int, run_tables: RunTables) -> None:
    files = [*CHOSEN]
    Random(seed).shuffle(files)
    assert differing(run_tables(*files), run_tables(*CHOSEN)) == []


def test_a_file_given_twice_and_in_its_folder_is_one_document(
    archive: Path, expected: Tables, run_tables: RunTables
) -> None:
    given = run_tables(archive, archive / "b.txt", archive, archive / "." / "b.txt")
    assert differing(given, expected) == []


def test_a_folder_named_in_other_ways_gives_the_same_tables(
    archive: Path, expected: Tables, run_tables: RunTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    for name in (".", f"../{archive.name}", "./ปี 2560/.."):
        assert differing(run_tables(Path(name)), expected) == [], name


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda environment: environment["LC_ALL"])
def test_another_locale_time_zone_and_hash_seed_give_the_same_tables(
    environment: dict[str, str], archive: Path, expected: Tables, tmp_path: Path
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    command = [sys.executable, "-m", "raingan", "run", str(archive), "-o", str(tmp_path / "out")]
    result = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, check=False, timeout=600)
    assert (result.returncode, result.stderr) == (1, b"")
    assert differing(read_tables(tmp_path / "out"), expected) == []


def test_a_document_has_the_same_rows_alone_as_among_others(
    archive: Path, expected: Tables, run_tables: RunTables
) -> None:
    for path in sorted(archive.rglob("รายงาน*.txt")):
        name = path.relative_to(archive).as_posix()
        alone, among = rows_of_document(run_tables(path), path.name), rows_of_document(expected, name)
        if among["documents"][0]["status"] != "duplicate":
            assert named(alone, path.name) == named(among, name)


def named(rows: dict[str, list[dict[str, object]]], source: str) -> dict[str, list[dict[str, object]]]:
    """The rows with the document's name, which tells where it was found, written as `*`."""
    for row in (*rows["documents"], *rows["findings"]):
        row.update({name: str(row[name]).replace(source, "*") for name in ("source", "message") if name in row})
    return rows


def test_documents_are_in_order_of_path_and_the_first_of_two_is_parsed(expected: Tables) -> None:
    documents = expected["documents"].to_pylist()
    sources = [row["source"] for row in documents]
    assert sources == sorted(sources)
    repeated = [row for row in documents if row["status"] == "duplicate"]
    assert [(row["source"], row["duplicate_of"]) for row in repeated] == [("ปี 2560/รายงาน 0.txt", "b.txt")]
