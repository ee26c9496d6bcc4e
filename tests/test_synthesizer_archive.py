"""The archive of our own making: all that is promised is there, the same seed writes the same, broken files are."""

import subprocess
import sys
import tarfile
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest

from tests.conftest import ROOT, run_over
from tests.support.processing import plain_rows
from tests.synthesizer.archive import Expected, Mix, read_manifest, write_archive, wrongly_ended
from tests.synthesizer.archive.damage import BOMB_BYTES, DEPTH, ON_DISK, WAYS
from tests.synthesizer.archive.documents import ENCODINGS, KINDS, Documents
from tests.synthesizer.archive.writing import INNER

COUNT = 120
BROKEN = Mix(broken=1)
WAYS_IN_ALL = len(WAYS) + len(ON_DISK)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Expected]]:
    """An archive in which many documents come twice."""
    folder = tmp_path_factory.mktemp("archive") / "คลังเอกสาร"
    return folder, write_archive(folder, COUNT, seed=3, mix=Mix(duplicate=0.1, printed_anew=0.1))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Expected]]:
    """An archive with one file broken in each way, by way."""
    folder = tmp_path_factory.mktemp("broken") / "in"
    return folder, {one.kind: one for one in write_archive(folder, WAYS_IN_ALL, seed=3, mix=BROKEN)}


def members(content: bytes, name: str) -> dict[str, bytes]:
    """The members of an archive's bytes, those of archives in it included, by name."""
    if name.endswith(".zip"):
        with ZipFile(BytesIO(content)) as archive:
            found = {info.filename: archive.read(info) for info in archive.infolist()}
    else:
        with tarfile.open(fileobj=BytesIO(content)) as tar:
            found = {info.name: file.read() for info in tar if (file := tar.extractfile(info))}
    inner = found.pop(INNER, None)
    if inner is not None:
        found |= {f"{INNER}!/{member}": text for member, text in members(inner, INNER).items()}
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every document by the name that a run gives it; archives that cannot be opened by their own."""
    found: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            inside = members(path.read_bytes(), name) if path.suffix in (".zip", ".gz") else {}
        except (BadZipFile, EOFError, RuntimeError):
            inside = {}
        found |= {f"{name}!/{member}": text for member, text in inside.items()} or {name: path.read_bytes()}
    return found


def test_the_manifest_names_every_document_and_no_other(sound: tuple[Path, list[Expected]]) -> None:
    folder, expected = sound
    found = contents(folder)
    by_name = {one.source: one for one in expected}
    assert len(expected) == COUNT
    sound_names = {name for name, one in by_name.items() if one.outcome != "quarantined"}
    assert sound_names == {name for name in found if "รับเข้า" not in name}
    for name in sound_names:
        assert sha256(found[name]).hexdigest() == by_name[name].digest, name


def test_a_fifth_of_the_documents_lies_in_archives_of_every_format(sound: tuple[Path, list[Expected]]) -> None:
    archived = [one.source for one in sound[1] if "!/" in one.source]
    assert 0.18 * COUNT <= len(archived) <= 0.2 * COUNT
    assert {name.partition("!/")[0].partition(".")[2] for name in archived} == {"zip", "tar.gz"}
    assert any(f"!/{INNER}!/" in name for name in archived)


def test_of_repeated_bytes_all_but_the_first_name_are_duplicates(sound: tuple[Path, list[Expected]]) -> None:
    by_digest: dict[str, list[Expected]] = {}
    for one in sound[1]:
        by_digest.setdefault(one.digest, []).append(one)
    repeated = [group for group in by_digest.values() if len(group) > 1]
    assert len(repeated) >= 5
    for first, *others in repeated:
        assert (first.outcome, {other.outcome for other in others}) == ("parsed", {"duplicate"})


def test_some_reports_come_again_in_other_bytes(sound: tuple[Path, list[Expected]]) -> None:
    digests: dict[str, set[str]] = {}
    for one in sound[1]:
        if one.outcome == "parsed":
            digests.setdefault(one.report, set()).add(one.digest)
    assert sum(len(found) > 1 for found in digests.values()) >= 5


def test_all_kinds_of_documents_and_encodings_are_drawn() -> None:
    drawn = [Documents(3)[number] for number in range(2 * COUNT)]
    assert set(Counter(document.kind for document in drawn)) == set(KINDS)
    assert set(Counter(document.encoding for document in drawn)) == set(ENCODINGS)
    assert len({document.content for document in drawn}) == len(drawn)


def test_a_document_is_about_25_kilobytes() -> None:
    sizes = [len(Documents(3)[number].content) for number in range(COUNT)]
    assert 18_000 < sum(sizes) / COUNT < 35_000


@pytest.mark.parametrize("number", range(4))
def test_a_report_printed_anew_has_other_bytes_and_the_same_values(number: int) -> None:
    documents = Documents(3)
    one, other = documents[number], documents.printed_anew(number)
    assert one.content != other.content
    values = [plain_rows(document.content)["projects"][0] for document in (one, other)]
    columns = ("project_code", "fiscal_year_be", "budget_spent_baht", "responsible_person")
    assert [values[0][column] for column in columns] == [values[1][column] for column in columns]


def test_documents_made_of_one_print_differ_in_code_and_amounts() -> None:
    projects = [plain_rows(Documents(3)[number].content)["projects"] for number in range(12)]
    codes = [rows[0]["project_code"] for rows in projects if rows and rows[0]["project_code"]]
    assert len(set(codes)) == len(codes) > 5
    assert len({rows[0]["budget_spent_baht"] for rows in projects if rows}) > 5


def test_the_same_seed_writes_the_same_in_another_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.synthesizer.archive", "30", str(tmp_path / "one"), "--seed", "5"]
    environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Bangkok", "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, cwd=ROOT, check=True, env=environment, capture_output=True).stdout
    expected = write_archive(tmp_path / "two", 30, seed=5)
    assert b"parsed: bma_progress_report" in printed
    assert read_manifest(tmp_path / "one.manifest.jsonl") == expected
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert write_archive(tmp_path / "three", 30, seed=6) != expected


def test_each_broken_file_is_broken_in_its_way(broken: tuple[Path, dict[str, Expected]]) -> None:
    folder, by_way = broken
    assert len(by_way) == WAYS_IN_ALL

    def content(way: str) -> bytes:
        return (folder / by_way[way].source).read_bytes()

    assert content("empty") == b""
    assert not content("NULs").strip(b"\x00")
    assert content("JPEG as text").startswith(b"\xff\xd8\xff")
    for way, reason in (("cut letter", "unexpected end of data"), ("overwritten", "invalid .* byte")):
        with pytest.raises(UnicodeDecodeError, match=reason):
            content(way).decode()
    for way, raised, reason in (
        ("cut ZIP", BadZipFile, "not a zip file"),
        ("encrypted ZIP", RuntimeError, "encrypted"),
        ("wrong checksum", BadZipFile, "CRC"),
    ):
        with pytest.raises(raised, match=reason):
            members(content(way), "x.zip")
    with pytest.raises(EOFError):
        members(content("cut tar.gz"), "x.tar.gz")
    assert len(content("ZIP bomb")) < 500_000
    assert ZipFile(BytesIO(content("ZIP bomb"))).infolist()[0].file_size > BOMB_BYTES
    (name,) = ZipFile(BytesIO(content("path trick"))).namelist()
    assert ".." in name or name.startswith("/")
    packed = content("ZIPs in ZIPs")
    for _ in range(DEPTH):
        (packed,) = members(packed, "x.zip").values()
    assert packed.decode()
    assert (folder / by_way["no permission"].source).stat().st_mode & 0o777 == 0
    link = folder / by_way["dangling link"].source
    assert link.is_symlink()
    assert not link.exists()


def test_a_run_ends_every_document_as_the_manifest_says(tmp_path: Path) -> None:
    mix = Mix(broken=0.25, duplicate=0.1, printed_anew=0.1)
    expected = write_archive(tmp_path / "in", 4 * WAYS_IN_ALL, seed=3, mix=mix)
    found = run_over(tmp_path / "in").tables["documents"].select(["source", "status"]).to_pylist()
    statuses = {row["source"]: row["status"] for row in found}
    # A PDF file is passed over by its suffix, as long as there is no reader for it.
    read = [one for one in expected if not one.source.endswith(".pdf") or one.source in statuses]
    assert wrongly_ended(read, statuses) == []
    assert {one.outcome for one in read} == {"parsed", "duplicate", "quarantined"}
    assert any("!/" in one.source for one in read)
