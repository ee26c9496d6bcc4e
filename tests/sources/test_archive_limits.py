"""Archives over their limits: each costs no more than its limits, and what was read before is kept."""

import gzip
import io
import lzma
import struct
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path

import pytest

from pipeline.sources.unpack import ALWAYS_ALLOWED
from tests.support.archives import Found, members_in, only_reason, tarred, zipped

ONE, TWO = "โครงการขุดลอกคลอง\n".encode(), "โครงการปลูกป่าชายเลน\n".encode() * 300


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The members of a file with these bytes."""
    return partial(members_in, tmp_path / "file")


def bomb() -> bytes:
    return zipped({"a.txt": bytes(4 * ALWAYS_ALLOWED)})


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        gzip.compress(bytes(4 * ALWAYS_ALLOWED)),
        lzma.compress(bytes(4 * ALWAYS_ALLOWED)),
        tarred({"a.txt": bytes(4 * ALWAYS_ALLOWED)}, mode="w:gz"),
        tarred({"skipped.bin": bytes(4 * ALWAYS_ALLOWED), "a.txt": ONE}, mode="w:gz"),
        zipped({f"{number}.zip": bomb() for number in range(3)}),
    ],
    ids=["zip", "gz", "xz", "tar.gz", "skipped", "nested"],
)
def test_a_zip_bomb_is_detected_before_it_fills_the_memory(content: bytes, found: Found) -> None:
    tracemalloc.start()
    given = found(content, "x.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "x.zip: unpacks to more than 250 times its size" in only_reason(given)
    assert peak < 3 * ALWAYS_ALLOWED


def test_a_zip_bomb_of_overlapping_files_is_detected(found: Found) -> None:
    """All entries of the directory lead to the same packed bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", bytes(2**20))
        first = archive.infolist()[0]
        for number in range(1, 2000):
            info = zipfile.ZipInfo(f"{number}.txt")
            for field in ("header_offset", "compress_type", "compress_size", "file_size", "CRC"):
                setattr(info, field, getattr(first, field))
            archive.filelist.append(info)
    given = found(held.getvalue(), ratio_limit=100)
    assert "unpacks to more than" in only_reason(given)


def test_a_bomb_behind_sound_members_leaves_them(found: Found) -> None:
    given = found(zipped({"0.txt": ONE, "1.txt": bytes(4 * ALWAYS_ALLOWED), "2.txt": TWO}))
    assert given[0].content == ONE
    assert len(given) == 2
    assert "times its size" in only_reason(given)


def test_limits_of_files_sizes_and_bytes_hold(found: Found) -> None:
    many = zipped({f"{number:03d}.txt": TWO for number in range(50)})
    assert "holds more than 20 files" in only_reason(found(many, member_limit=20))
    assert "lists more than 1 files" in only_reason(found(many, member_limit=1))
    assert "more than the limit of 20,000 bytes" in only_reason(found(many, unpacked_limit=20_000))
    small = found(zipped({"a.txt": ONE, "b.txt": TWO, "c.txt": ONE}), size_limit=len(ONE))
    assert [member.content for member in small] == [ONE, None, ONE]
    assert "x.zip!/b.txt: is larger than the limit" in only_reason(small)


def test_a_directory_that_claims_to_be_huge_is_not_read(found: Found) -> None:
    content = bytearray(zipped({"a.txt": ONE}))
    struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 2**31)
    assert "lists more than" in only_reason(found(bytes(content)))
