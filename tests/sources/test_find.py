"""Inputs have the same names on any machine, and a version that shows changes without reading them."""

import io
import os
import random
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from pipeline.archive.store import FILES
from pipeline.sources.find import find_inputs
from pipeline.sources.folders import Input
from pipeline.sources.unpack import members, read_member
from tests.support.archives import zipped

TEXT = "รายงานความก้าวหน้า\n".encode()
TREE = (
    "2561/a.txt",
    "2561/b.md",
    "2561/deep/er/c.txt",
    "2561.txt",
    "2561-x.txt",
    "2562/a.txt",
    "2562/scan.jpg",
    "z.zip",
)

Names = Callable[..., list[str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, and the working folder."""
    folder = tmp_path / "in"
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(TEXT)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def memory() -> Iterator[str]:
    """The URL of a folder in a store other than a disk."""
    store = fsspec.filesystem("memory")
    for name in TREE:
        store.pipe(f"/in/{name}", TEXT)
    yield "memory://in"
    store.rm("/in", recursive=True)


def found(*inputs: str | Path, skipped: list[str] | None = None) -> list[Input]:
    return list(find_inputs(inputs, out=Path("out"), skipped=[] if skipped is None else skipped))


def names(*inputs: str | Path) -> list[str]:
    return [item.name for item in found(*inputs)]


WANTED = sorted(name for name in TREE if not name.endswith(".jpg"))


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("start", ["in", "./in", "in/", "in/**"])
def test_a_folder_gives_its_documents_and_archives_in_order_of_name(start: str) -> None:
    skipped: list[str] = []
    assert [item.name for item in found(start, skipped=skipped)] == WANTED
    assert skipped == ["2562/scan.jpg"]


def test_a_store_gives_the_same_names_as_a_folder(root: Path, memory: str) -> None:
    assert names(memory) == names(memory + "/") == names(root) == names(f"file://{root}") == WANTED


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.txt", ["2561-x.txt", "2561.txt"]),
        ("in/**/*.txt", ["2561-x.txt", "2561.txt", "2561/a.txt", "2561/deep/er/c.txt", "2562/a.txt"]),
        ("in/256[12]/a.txt", ["2561/a.txt", "2562/a.txt"]),
        ("in/2561/**", ["a.txt", "b.md", "deep/er/c.txt"]),
        ("in/25?1", ["2561/a.txt", "2561/b.md", "2561/deep/er/c.txt"]),
        ("in/*/*.jpg", ["2562/scan.jpg"]),
        ("in/*/*", ["2561/a.txt", "2561/b.md", "2561/deep/er/c.txt", "2562/a.txt"]),
        ("*/z.*", ["in/z.zip"]),
    ],
)
@pytest.mark.usefixtures("root")
def test_a_glob_gives_its_matches_named_from_the_first_wildcard_on(
    pattern: str, expected: list[str], memory: str
) -> None:
    assert names(pattern) == expected
    if pattern.startswith("in/"):
        assert names(memory + pattern.removeprefix("in")) == expected


@pytest.mark.usefixtures("root")
def test_a_glob_without_matches_is_reported_under_its_own_name(memory: str) -> None:
    for start in ("in/*.pdf", f"{memory}/*.pdf"):
        [item] = found(start)
        [member] = members(item.path, item.name)
        assert member.reason == f"*.pdf: no file matches the pattern {start}; check the pattern"


@pytest.mark.parametrize("name", ["[red].md", "a*.txt", "b?.txt"])
def test_a_file_whose_name_looks_like_a_glob_is_itself(name: str, root: Path) -> None:
    (root / name).write_bytes(TEXT)
    assert names(root / name) == [name]


def test_other_folders_are_not_listed_for_a_glob(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    scandir = os.scandir

    def seen(path: Path) -> object:
        listed.append(path.name)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", seen)
    assert names(f"{root}/2562/*.txt") == ["a.txt"]
    assert names(f"{root}/*1/a.txt") == ["2561/a.txt"]
    assert listed == ["2562", "in", "2561"]


def listing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(os.fsencode(text)))
    monkeypatch.setattr(sys, "stdin", stream)


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_a_list_on_standard_input_names_files_by_their_paths(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["in/2562/a.txt", "./in/2561.txt", "in/2562/scan.jpg", "in/gone.txt", "in/2562/a.txt", ""]
    listing(monkeypatch, end.join(paths))
    assert names("-") == ["in/2561.txt", "in/2562/a.txt", "in/2562/scan.jpg", "in/gone.txt"]


@pytest.mark.usefixtures("root")
def test_a_listed_folder_is_walked_and_each_file_in_it_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    listing(monkeypatch, "in/2561/a.txt\nin/2561\nin/2561.txt\n")
    assert names("-") == ["in/2561/a.txt", "in/2561/b.md", "in/2561/deep/er/c.txt", "in/2561.txt"]


def test_a_listed_name_of_any_bytes_is_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        (root / os.fsdecode(b"\xff.txt")).write_bytes(TEXT)
    except OSError:
        pytest.skip("the file system takes no such name")
    listing(monkeypatch, os.fsdecode(b"in/\xff.txt\n"))
    [item] = found("-")
    assert item.name == "in/\ufffd.txt"
    assert next(members(item.path, item.name)).content == TEXT


def test_an_input_has_its_size_and_a_version_that_changes_with_it(root: Path) -> None:
    versions = set()
    for content, mtime_ns in ((TEXT, 1_700_000_000_123_456_789), (TEXT, 1_700_000_000_123_456_788), (b"", 1)):
        (root / "2561.txt").write_bytes(content)
        os.utime(root / "2561.txt", ns=(1, mtime_ns))
        same = [found(root / "2561.txt")[0], found(root)[1], found("in/2561.*")[0]]
        assert {(Path(item.path).name, item.size, item.version) for item in same} == {
            ("2561.txt", len(content), same[0].version)
        }
        versions.add(same[0].version)
    assert len(versions) == 3
    assert "" not in versions


def test_a_file_written_just_now_has_no_version(root: Path) -> None:
    (root / "2561.txt").write_bytes(TEXT)
    assert found(root / "2561.txt")[0].version == ""


def test_a_remote_input_has_its_size_and_a_version_that_changes_with_it(memory: str) -> None:
    before = {item.name: item for item in found(memory)}
    fsspec.filesystem("memory").pipe("/in/2561.txt", TEXT * 2)
    after = {item.name: item for item in found(memory)}
    assert {name for name in before if before[name] != after[name]} == {"2561.txt"}
    assert after["2561.txt"].size == 2 * len(TEXT)
    assert after["2561.txt"].version not in ("", before["2561.txt"].version)
    assert found(f"{memory}/2561.txt") == [after["2561.txt"]]


def test_a_remote_archive_is_read_like_one_on_a_disk(memory: str) -> None:
    fsspec.filesystem("memory").pipe("/in/z.zip", zipped({"a.txt": TEXT}))
    [item] = found(f"{memory}/z.zip")
    [member] = members(item.path, item.name)
    assert (member.name, member.content) == ("z.zip!/a.txt", TEXT)
    assert read_member(item.path, str(member.locator)) == TEXT


@pytest.mark.parametrize("url", ["memory://in/gone.txt", "memory://gone"])
@pytest.mark.usefixtures("memory")
def test_a_missing_url_is_reported(url: str) -> None:
    [item] = found(url)
    assert "cannot be read" in str(next(members(item.path, item.name)).reason)


def test_an_unknown_kind_of_store_is_reported() -> None:
    with pytest.raises(OSError, match="no store for this kind of URL is installed"):
        found("gopher-of-old://host/a.txt")


def test_a_store_inside_another_is_read_through_it(tmp_path: Path) -> None:
    (tmp_path / "z.zip").write_bytes(zipped({"a.txt": TEXT, "b/c.txt": TEXT, "d.md": TEXT}))
    archive = f"file://{tmp_path}/z.zip"
    for start, expected in (
        (f"zip://::{archive}", ["a.txt", "b/c.txt", "d.md"]),
        (f"zip://**/*.txt::{archive}", ["a.txt", "b/c.txt"]),
        (f"zip://b/c.txt::{archive}", ["c.txt"]),
    ):
        items = found(start)
        assert [item.name for item in items] == expected
        assert {next(members(item.path, item.name)).content for item in items} == {TEXT}


def test_any_error_of_a_store_is_an_os_error(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoCredentialsError(Exception):
        """An error type of a store library, not of the system."""

    def fail(*_: object, **__: object) -> None:
        raise NoCredentialsError("Unable to locate credentials")

    [item] = found(f"{memory}/2561.txt")
    for method in ("_open", "info", "ls"):
        monkeypatch.setattr(fsspec.get_filesystem_class("memory"), method, fail)
    assert "Unable to locate credentials" in str(next(members(item.path, item.name)).reason)
    with pytest.raises(OSError, match="Unable to locate credentials") as caught:
        found(memory)
    assert caught.value.filename == memory


@pytest.mark.usefixtures("root")
def test_a_listed_store_that_cannot_be_reached_leaves_the_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    listing(monkeypatch, "\ufeffin/2561.txt\ngopher-of-old://host/a.txt\n")
    unreachable, item = found("-")
    assert "no store for this kind of URL is installed" in str(next(members(unreachable.path, unreachable.name)).reason)
    assert (unreachable.name, item.name) == ("gopher-of-old://host/a.txt", "in/2561.txt")


def test_files_with_the_same_name_get_their_folder_or_path_in_front(root: Path, memory: str) -> None:
    assert names(root / "2561", root / "2562") == ["2561/a.txt", "2562/a.txt", "b.md", "deep/er/c.txt"]
    (root / "x" / "2561").mkdir(parents=True)
    (root / "x" / "2561" / "a.txt").write_bytes(TEXT)
    both = names(root / "2561" / "a.txt", root / "x" / "2561" / "a.txt")
    assert both == sorted(f"{root}/{name}" for name in ("2561/a.txt", "x/2561/a.txt"))
    assert len(set(names(root, memory))) == 2 * len(WANTED) + 1


def test_a_file_given_twice_is_read_once(root: Path) -> None:
    assert names(root, root / "2561" / "a.txt", "in/2561") == WANTED


def test_a_loop_of_links_ends_and_our_tables_are_not_read(root: Path, tmp_path: Path) -> None:
    (root / "2561" / "up").symlink_to("..")
    (root / "out" / "documents").mkdir(parents=True)
    (root / "out" / "documents" / "x.txt").write_bytes(TEXT)
    for name in FILES:
        (root / "out" / name).write_bytes(b"{}")
    skipped: list[str] = []
    given = list(find_inputs([root], out=root / "out", skipped=skipped))
    assert [item.name for item in given] == WANTED
    assert skipped == ["2562/scan.jpg"]
    assert tmp_path.exists()


def test_the_order_of_names_is_that_of_whole_paths_however_the_disk_lists(root: Path) -> None:
    noise = random.Random(5)
    for _ in range(300):
        path = root / "".join(noise.choice("ก๑a.-/ ") for _ in range(6)).strip("/. ")
        path = path.with_name(path.name + ".txt")
        if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(TEXT)
    given = names(root)
    assert len(given) > 100
    assert given == sorted(given)


def test_listing_many_files_holds_few_of_them(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"{folder:02d}").mkdir()
        for number in range(200):
            (tmp_path / f"{folder:02d}" / f"รายงานความก้าวหน้าของโครงการ {number:03d}.txt").touch()
    tracemalloc.start()
    count = sum(1 for _ in find_inputs([tmp_path], out=tmp_path / "out", skipped=[]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 400_000, "about one folder of names, not all inputs"
