"""The files of a tar archive, in one pass over a stream.

The standard library keeps every header that it has read, reads headers of any size, and takes a damaged one for the
end; only its knowledge of a header's layout is used.
"""

import io
import re
import tarfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.sources.storage import Stream

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = tarfile.BLOCKSIZE
NOTE_LIMIT = 2**20
"""Bytes of what a header says behind its block: a long name, or the values of the newer format."""

_LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_NO_FILES = (tarfile.DIRTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_PATH = re.compile(rb"(?:^|\n)[0-9]++ path=([^\n]++)\n")
_SIZE = re.compile(rb"(?:^|\n)[0-9]++ size=([0-9]{1,19}+)\n")


class TarFile(NamedTuple):
    """A file of an archive; its content is to be read before the next file is asked for."""

    name: bytes
    content: io.BufferedReader
    offset: int
    """Where the content begins in the archive, in bytes."""
    size: int
    is_regular: bool
    """Whether it has bytes of its own: it is no link, no device and no file with holes."""


def is_tar(head: bytes) -> bool:
    """Whether bytes begin with the header of a tar archive, by its checksum."""
    try:
        _header(head[:BLOCK])
    except tarfile.HeaderError:
        return False
    return True


def files_of(stream: Stream) -> Iterator[TarFile]:
    """The files in their order, folders left out.

    Raises:
        tarfile.TarError: a header is damaged, or the archive breaks off; the files before have been given.

    """
    offset, name, size = 0, b"", None
    while any(block := stream.read(BLOCK)):
        header = _header(block)
        offset += BLOCK
        part = _Part(stream, header.size if size is None else size)
        if header.type in _LONG_NAMES:
            note = part.read(min(part.left, NOTE_LIMIT)) or b""
            if header.type == tarfile.GNUTYPE_LONGNAME:
                name = note.rstrip(b"\0")
            else:
                name = _last(_PATH, note) or name
                size = int(said) if (said := _last(_SIZE, note)) else None
        else:
            if header.type not in _NO_FILES:
                raw_name = name or header.name.encode("utf-8", "surrogateescape")
                yield TarFile(raw_name, io.BufferedReader(part), offset, part.left, header.type in _FILES)
            if header.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
                name, size = b"", None
        offset += part.skip()
    if not block:
        raise tarfile.ReadError("its end mark is missing")


def content_at(file: io.BufferedReader, offset: int, size: int) -> io.BufferedReader:
    """The content of the file at a place of an archive."""
    file.seek(offset)
    return io.BufferedReader(_Part(file, size))


def _header(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


def _last(pattern: re.Pattern[bytes], note: bytes) -> bytes:
    """The last value that a note gives for a key."""
    return next(reversed(pattern.findall(note)), b"")


class _Part(io.RawIOBase):
    """So many bytes of a stream, padded to whole blocks."""

    def __init__(self, stream: Stream, size: int) -> None:
        self.left = self._size = size
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer with what comes next."""
        view = memoryview(buffer)
        found = self._stream.read(min(len(view), self.left))
        if self.left and not found:
            raise tarfile.ReadError("it breaks off inside a file")
        self.left -= len(found)
        view[: len(found)] = found
        return len(found)

    def skip(self) -> int:
        """Pass over what was not read, and return how many bytes the part takes with its padding."""
        end = -(-self._size // BLOCK) * BLOCK
        rest = self.left + end - self._size
        while rest:
            found = len(self._stream.read(min(rest, 2**16)))
            if not found:
                raise tarfile.ReadError("it breaks off inside a file")
            rest -= found
        return end
