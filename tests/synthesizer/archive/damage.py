"""Files that cannot be read, in the ways in which archives really hold them, each made of one sound document."""

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.synthesizer.archive.packing import gzipped, tar, zipped

TEXT_NAME = "รายงาน.txt"
BOMB_BYTES = 80 * 2**20
"""What a bomb unpacks to: more than the limit of one text, and no danger to who writes it."""
DEPTH = 20
"""Archives within archives; more than any limit allows."""
ENCRYPTED = 1
"""The bit of a ZIP member's flags that says so."""
Make = Callable[[bytes, Random], bytes]


def _cut_letter(content: bytes, random: Random) -> bytes:
    """The text up to the middle of a Thai letter."""
    places = [n for n in range(len(content) // 3, len(content)) if content[n] & 0xC0 == 0x80]
    return content[: random.choice(places)]


def _overwritten(content: bytes, random: Random) -> bytes:
    """A block of the disk that holds something else."""
    at = random.randrange(500, len(content) // 2)
    return content[:at] + b"\xff" * 16 + content[at + 16 :]


def _cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _encrypted(content: bytes, _random: Random) -> bytes:
    """A ZIP whose member says that it is encrypted, in its own head and in the directory."""
    packed = bytearray(zipped({TEXT_NAME: content}))
    packed[6] |= ENCRYPTED
    packed[packed.index(b"PK\x01\x02") + 8] |= ENCRYPTED
    return bytes(packed)


def _wrong_checksum(content: bytes, _random: Random) -> bytes:
    """A ZIP whose member was changed after it was packed."""
    packed = bytearray(zipped({TEXT_NAME: content}, is_stored=True))
    packed[packed.index(content[:64]) + 32] ^= 0x01
    return bytes(packed)


def _bomb(content: bytes, random: Random) -> bytes:
    """A small ZIP of one text that is far too large."""
    return zipped({TEXT_NAME: content + b" " * (BOMB_BYTES + random.randrange(1000))}, level=1)


def _path_trick(content: bytes, random: Random) -> bytes:
    name = random.choice(("../../../etc/รายงาน.txt", "/etc/รายงาน.txt", r"..\..\รายงาน.txt"))
    return zipped({name: content})


def _nested(content: bytes, _random: Random) -> bytes:
    packed = content
    for _ in range(DEPTH):
        packed = zipped({"ใน.zip": packed}, is_stored=True)
    return packed


def _cut_pdf(content: bytes, _random: Random) -> bytes:
    stream = zlib.compress(content)
    return _cut(b"%%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%b" % (len(stream), stream))


WAYS: dict[str, tuple[str, Make]] = {
    "empty": (".txt", lambda _content, _random: b""),
    "blanks": (".txt", lambda _content, random: b" \n" * random.randrange(1, 9999)),
    "NULs": (".txt", lambda _content, random: bytes(random.randrange(1, 30_000))),
    "random bytes": (".txt", lambda _content, random: random.randbytes(20_000)),
    "JPEG as text": (".txt", lambda _content, random: b"\xff\xd8\xff\xe0\x00\x10JFIF" + random.randbytes(20_000)),
    "cut letter": (".txt", _cut_letter),
    "overwritten": (".txt", _overwritten),
    "cut PDF": (".pdf", _cut_pdf),
    "encrypted ZIP": (".zip", _encrypted),
    "cut ZIP": (".zip", lambda content, _random: _cut(zipped({TEXT_NAME: content}))),
    "wrong checksum": (".zip", _wrong_checksum),
    "ZIP bomb": (".zip", _bomb),
    "path trick": (".zip", _path_trick),
    "ZIPs in ZIPs": (".zip", _nested),
    "cut tar.gz": (".tar.gz", lambda content, _random: _cut(gzipped(tar({TEXT_NAME: content})))),
}
"""Name of each way, suffix of the file, and what makes its bytes of a sound document's UTF-8."""


def write_closed(path: Path, content: bytes) -> bool:
    """Write a file that nobody may read, and say whether we cannot: the superuser can."""
    path.write_bytes(content)
    path.chmod(0)
    return not os.access(path, os.R_OK)


def write_dangling(path: Path, _content: bytes) -> bool:
    """Write a link to a file that is gone."""
    path.symlink_to("ย้ายไปแล้ว.txt")
    return True


ON_DISK: dict[str, Callable[[Path, bytes], bool]] = {"no permission": write_closed, "dangling link": write_dangling}
"""What is wrong with the file rather than with its bytes; each says whether the file cannot be read."""
