"""Archives for tests, made from what they hold; broken ones by changing bytes of sound ones."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.sources.limits import Limits
from pipeline.sources.unpack import Member, members

Found = Callable[..., list[Member]]


def zipped(files: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return held.getvalue()


def zipped_raw(files: Mapping[bytes, bytes]) -> bytes:
    """A ZIP archive as old programs write it: names are bytes, and nothing says in which encoding."""
    plain = {f"{number:0{len(name)}d}": content for number, (name, content) in enumerate(files.items())}
    content = zipped(plain)
    for name, stand_in in zip(files, plain, strict=True):
        content = content.replace(stand_in.encode(), name)
    return content


def encrypted(archive: bytes) -> bytes:
    """The ZIP archive with every file said to be encrypted."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + place] |= 1
            start = changed.find(mark, start + 4)
    return bytes(changed)


def with_method(archive: bytes, method: int) -> bytes:
    """The ZIP archive with its first file said to be packed by another method."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", changed, changed.find(mark) + place, method)
    return bytes(changed)


def tarred(files: Mapping[str, bytes], *, mode: str = "w", layout: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive, packed where the mode says so (`w:gz`)."""
    held = io.BytesIO()
    with tarfile.open(mode=mode, fileobj=held, format=layout, encoding="utf-8") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def linked(name: str, target: str, *, kind: bytes = tarfile.SYMTYPE) -> bytes:
    """A tar archive with one link in it."""
    held = io.BytesIO()
    with tarfile.open(mode="w", fileobj=held) as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)
    return held.getvalue()


def members_in(path: Path, content: bytes, name: str = "x.zip", **limits: int) -> list[Member]:
    """What a file of these bytes holds, once they are written to it."""
    path.write_bytes(content)
    return list(members(str(path), name, Limits(**limits)))


def only_reason(given: list[Member]) -> str:
    """The reason of the one member that has one; it names the member and says what to do."""
    [member] = [member for member in given if member.reason is not None]
    assert member.content is None
    assert str(member.reason).startswith(f"{member.name}: ")
    assert "; " in str(member.reason) or ", " in str(member.reason)
    return str(member.reason)
