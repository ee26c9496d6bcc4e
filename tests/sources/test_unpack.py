"""Archives: every document in them is returned, or a reason."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import DocumentError
from pipeline.sources.unpack import Member, members, read_member
from tests.support.archives import (
    Found,
    encrypted,
    linked,
    members_in,
    only_reason,
    tarred,
    with_method,
    zipped,
    zipped_raw,
)

ONE, TWO = "โครงการขุดลอกคลอง\n".encode(), "โครงการปลูกป่าชายเลน\n".encode() * 300
FILES = {"2561/b.txt": TWO, "a.txt": ONE}
LONG = "แผนงาน" * 30 + "/" + "รายงานความก้าวหน้า" * 5 + ".txt"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The members of a file with these bytes."""
    return partial(members_in, tmp_path / "file")


def contents(given: list[Member]) -> dict[str, bytes | None]:
    return {member.name: member.content for member in given}


def test_a_plain_file_is_its_own_only_member(found: Found) -> None:
    assert [member[:3] for member in found(ONE, "a.txt")] == [("a.txt", ONE, None)]


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert "No such file" in only_reason(list(members(str(tmp_path / "gone.zip"), "gone.zip")))


def test_a_zip_gives_its_members_in_order_of_their_names(found: Found) -> None:
    assert list(contents(found(zipped(FILES))).items()) == [("x.zip!/2561/b.txt", TWO), ("x.zip!/a.txt", ONE)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_may_be_packed_by_any_method_that_python_knows(method: int, found: Found) -> None:
    assert contents(found(zipped(FILES, method=method)))["x.zip!/2561/b.txt"] == TWO


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("layout", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_its_members_in_its_own_order(mode: str, layout: int, found: Found) -> None:
    given = found(tarred(FILES, mode=mode, layout=layout), "x.tar.gz")
    assert list(contents(given).items()) == [("x.tar.gz!/2561/b.txt", TWO), ("x.tar.gz!/a.txt", ONE)]


@pytest.mark.parametrize("layout", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_long_thai_name_in_a_tar_is_whole(layout: int, found: Found) -> None:
    given = found(tarred({LONG: ONE, "b.txt": TWO}, layout=layout), "x.tar")
    assert contents(given) == {f"x.tar!/{LONG}": ONE, "x.tar!/b.txt": TWO}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize(
    ("name", "inner"), [("a.txt.gz", "a.txt"), ("2561/a.md.xz", "a.md"), ("a.gz", "a.txt")], ids=str
)
def test_a_single_packed_file_is_one_member(
    pack: Callable[[bytes], bytes], name: str, inner: str, found: Found
) -> None:
    assert contents(found(pack(TWO), name)) == {f"{name}!/{inner}": TWO}


def test_archives_in_archives_are_opened_and_named_in_turn(found: Found) -> None:
    content = zipped(
        {"t.tar.gz": tarred({"in.zip": zipped({"a.txt": ONE})}, mode="w:gz"), "b.txt.gz": gzip.compress(TWO)}
    )
    assert contents(found(content)) == {
        "x.zip!/b.txt.gz!/b.txt": TWO,
        "x.zip!/t.tar.gz!/in.zip!/a.txt": ONE,
    }


def test_an_archive_nested_too_deeply_is_reported_and_its_neighbours_are_read(found: Found) -> None:
    content = zipped({"a.txt": ONE})
    for _ in range(3):
        content = zipped({"b.txt": TWO, "in.zip": content})
    given = found(content)
    assert sum(member.content == TWO for member in given) == 3
    assert "is an archive inside 3 archives" in only_reason(given)


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES), gzip.compress(TWO), TWO])
def test_a_locator_gives_the_same_bytes_again(content: bytes, found: Found, tmp_path: Path) -> None:
    for member in found(content):
        assert member.locator is not None
        assert read_member(str(tmp_path / "file"), member.locator) == member.content


@pytest.mark.parametrize("content", [tarred(FILES, mode="w:gz"), zipped({"in.zip": zipped(FILES)})])
def test_a_member_that_only_a_pass_can_reach_has_no_locator(content: bytes, found: Found) -> None:
    assert {member.locator for member in found(content)} == {None}


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES), gzip.compress(TWO)])
def test_a_file_that_changed_after_its_listing_is_reported(content: bytes, found: Found, tmp_path: Path) -> None:
    locators = [str(member.locator) for member in found(content)]
    (tmp_path / "file").write_bytes(content[:20])
    for locator in locators:
        with pytest.raises(DocumentError, match="has changed since it was listed"):
            read_member(str(tmp_path / "file"), locator)


def test_other_files_are_skipped_and_hidden_ones_not_even_listed(found: Found) -> None:
    files = {
        "a.txt": ONE, "scan.jpg": b"\xff\xd8\xff", "no_suffix": ONE, "folder/": b"", ".hidden.txt": ONE,
        ".git/b.txt": ONE, "__MACOSX/._a.txt": b"\0\5\x16\7", "._a.txt": b"\0\5\x16\7", "./b/./c.txt": TWO,
    }  # fmt: skip
    for given in (found(zipped(files), "x"), found(tarred(files), "x")):
        assert contents([member for member in given if not member.is_skipped]) == {"x!/a.txt": ONE, "x!/b/c.txt": TWO}
        assert sorted(member.name for member in given if member.is_skipped) == ["x!/no_suffix", "x!/scan.jpg"]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "txt"])
def test_an_office_document_is_not_taken_for_an_archive(suffix: str, found: Found) -> None:
    content = zipped({"[Content_Types].xml": b"<Types/>", "word/notes.txt": ONE})
    assert contents(found(content, f"a.{suffix}")) == {f"a.{suffix}": content}
    assert contents(found(zipped({"in/a.txt": content}))) == {"x.zip!/in/a.txt": content}


@pytest.mark.parametrize(
    "name", ["../a.txt", "b/../../a.txt", "/etc/a.txt", "C:\\a.txt", "c:a.txt", "..\\a.txt", "\\\\host\\a.txt"]
)
def test_a_path_out_of_the_archive_is_reported_and_not_read(name: str, found: Found) -> None:
    for content in (zipped({name: ONE, "b.txt": TWO}), tarred({name: ONE, "b.txt": TWO})):
        given = found(content)
        assert "leads out of the archive" in only_reason(given)
        assert TWO in contents(given).values()


def test_a_name_with_a_nul_is_reported(found: Found) -> None:
    content = zipped({"a.exe0.txt": ONE}).replace(b"a.exe0.txt", b"a.exe\0.txt")
    assert "leads out of the archive" in only_reason(found(content))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_a_device_in_an_archive_is_not_followed(kind: bytes, found: Found) -> None:
    assert found(linked("a.txt", "/etc/passwd", kind=kind)) == [Member("x.zip!/a.txt", is_skipped=True)]


def test_a_link_in_a_zip_is_not_followed(found: Found) -> None:
    held = io.BytesIO()
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert found(held.getvalue()) == [Member("x.zip!/a.txt", is_skipped=True)]


def test_thai_names_of_old_programs_are_recognized_by_their_letters(found: Found) -> None:
    names = ["รายงาน ปี 2561.txt", "ข้อ ๑ ก.txt", "สำนัก/กอง/01.txt", "résumé.txt", "plain.txt"]
    files = dict.fromkeys([name.encode("cp437" if "é" in name else "cp874") for name in names], ONE)
    assert sorted(contents(found(zipped_raw(files)))) == sorted(f"x.zip!/{name}" for name in names)


def test_a_thai_name_without_the_mark_of_utf_8_is_read_all_the_same(found: Found) -> None:
    assert list(contents(found(zipped_raw({"รายงาน.txt".encode(): ONE})))) == ["x.zip!/รายงาน.txt"]


def test_members_with_the_same_name_get_different_names(found: Found) -> None:
    content = zipped({"a.txt": ONE, "b.txt": TWO}).replace(b"b.txt", b"a.txt")
    assert contents(found(content)) == {"x.zip!/a.txt": ONE, "x.zip!/a (2).txt": TWO}


def test_an_encrypted_member_is_reported(found: Found) -> None:
    assert "is encrypted; unpack it with its password" in only_reason(found(encrypted(zipped({"a.txt": ONE}))))


def test_an_unsupported_compression_method_is_reported(found: Found) -> None:
    assert "unsupported compression method" in only_reason(found(with_method(zipped({"a.txt": TWO}), 9)))


def test_a_member_with_a_wrong_checksum_is_reported_and_the_others_are_read(found: Found) -> None:
    content = zipped({"a.txt": ONE, "b.txt": TWO}, method=zipfile.ZIP_STORED)
    given = found(content.replace(ONE, ONE[:-1] + b"!", 1))
    assert "x.zip!/a.txt: is damaged or incomplete: Bad CRC-32; only files before" in only_reason(given)
    assert given[-1].content == TWO


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_files_before_the_end_of_an_incomplete_archive_are_read(suffix: str, found: Found) -> None:
    noise = [random.Random(number).randbytes(40_000).hex().encode() for number in range(12)]
    files = {f"{number:02d}.txt": text for number, text in enumerate(noise)}
    content = zipped(files) if suffix == "zip" else tarred(files, mode="w" + suffix[3:].replace(".", ":"))
    given = found(content[: len(content) * 2 // 3], f"x.{suffix}")
    whole = [member.content for member in given if member.content]
    assert whole == noise[: len(whole)]
    assert len(whole) >= (0 if "bz2" in suffix else 6)
    assert str(given[-1].reason).startswith(f"x.{suffix}: is damaged or incomplete")


def test_a_damaged_header_in_a_tar_does_not_end_it_in_silence(found: Found) -> None:
    content = bytearray(tarred({"a.txt": ONE, "b.txt": TWO, "c.txt": ONE}))
    content[content.find(b"b.txt") + 150] ^= 0xFF
    given = found(bytes(content), "x.tar")
    assert given[0].content == ONE
    assert "x.tar: is damaged" in only_reason(given)


def test_a_tar_without_an_end_mark_is_reported(found: Found) -> None:
    given = found(tarred({"a.txt": ONE})[: 512 + 512], "x.tar")
    assert given[0].content == ONE
    assert "end mark is missing" in only_reason(given)


@pytest.mark.parametrize("content", [zipped({}), zipped({"folder/": b""})])
def test_an_archive_without_files_is_reported(content: bytes, found: Found) -> None:
    assert "archive without files" in only_reason(found(content))


@pytest.mark.parametrize("cut", range(1, 60))
def test_any_cut_of_a_small_archive_gives_a_reason_and_no_error(cut: int, found: Found) -> None:
    for content in (zipped(FILES), tarred(FILES, mode="w:gz"), tarred(FILES, mode="w:xz")):
        given = found(content[: len(content) * cut // 60])
        assert any(member.reason or member.content for member in given)


@pytest.mark.parametrize("seed", range(60))
def test_any_changed_bytes_give_members_or_reasons_and_no_error(seed: int, found: Found) -> None:
    noise = random.Random(seed)
    for content in (zipped(FILES), tarred(FILES), tarred(FILES, mode="w:gz"), gzip.compress(TWO)):
        changed = bytearray(content)
        for _ in range(4):
            changed[noise.randrange(4, len(changed))] = noise.randrange(256)
        for member in found(bytes(changed)):
            assert (member.content is None) == (member.reason is not None or member.is_skipped)
