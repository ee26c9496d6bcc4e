"""The files of tar and ZIP archives, without unpacking them to a disk.

The standard library's tar reader keeps every header that it has read, reads headers of any size, and takes a damaged
one for the end; only its knowledge of a header's layout is used. A ZIP archive is read by its directory, or by the
files' own headers where the directory is lost.
"""

import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.sources.storage import Stream

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TAR_BLOCK = tarfile.BLOCKSIZE
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
        _tar_header(head[:TAR_BLOCK])
    except tarfile.HeaderError:
        return False
    return True


def tar_files(stream: Stream) -> Iterator[TarFile]:
    """The files in their order, folders left out.

    Raises:
        tarfile.TarError: a header is damaged, or the archive breaks off; the files before have been given.

    """
    offset, name, size = 0, b"", None
    while any(block := stream.read(TAR_BLOCK)):
        header = _tar_header(block)
        offset += TAR_BLOCK
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


def tar_content_at(file: io.BufferedReader, offset: int, size: int) -> io.BufferedReader:
    """The content of the file at a place of an archive."""
    file.seek(offset)
    return io.BufferedReader(_Part(file, size))


def _tar_header(block: bytes) -> tarfile.TarInfo:
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
        end = -(-self._size // TAR_BLOCK) * TAR_BLOCK
        rest = self.left + end - self._size
        while rest:
            found = len(self._stream.read(min(rest, 2**16)))
            if not found:
                raise tarfile.ReadError("it breaks off inside a file")
            rest -= found
        return end


_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
"""The header before each file: signature, version, flags, method, time, date, CRC, sizes, lengths of what follows."""
ZIP_LOCAL_MARK, ZIP_END_MARK, LONG_END_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
END_SIZE, COMMENT_LIMIT = 22, 2**16
ZIP_IS_ENCRYPTED, HAS_SIZES_BEHIND, IS_UTF_8 = 0x1, 0x8, 0x800
ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a damaged ZIP archive may raise."""


def zip_directory_size(file: IO[bytes]) -> int:
    """How many bytes the directory takes, as the record at the archive's end says; 0 where there is none."""
    file.seek(max(0, file.seek(0, 2) - END_SIZE - COMMENT_LIMIT))
    tail = file.read()
    end = tail.rfind(ZIP_END_MARK)
    long_end = tail.rfind(LONG_END_MARK, 0, max(end, 0))
    if long_end >= 0:
        return int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def zip_entries(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """The files that the directory lists.

    Raises:
        zipfile.BadZipFile: there is no sound directory.

    """
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (ValueError, struct.error, NotImplementedError, EOFError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def recovered_zip_entries(file: IO[bytes]) -> Iterator[zipfile.ZipInfo]:
    """The files in front of the place where an archive without a directory breaks off, by their own headers."""
    file.seek(0)
    while len(head := file.read(_LOCAL_HEADER.size)) == _LOCAL_HEADER.size and head.startswith(ZIP_LOCAL_MARK):
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL_HEADER.unpack(head)
        if flags & HAS_SIZES_BEHIND or max(packed, size) == 0xFFFFFFFF:
            return  # only the directory says where it ends
        zip_name = file.read(name_size)
        info = zipfile.ZipInfo(zip_name.decode("utf-8" if flags & IS_UTF_8 else "cp437", "replace"))
        info.header_offset = file.tell() - _LOCAL_HEADER.size - name_size
        info.flag_bits, info.compress_type, info.CRC = flags, method, crc
        info.compress_size, info.file_size = packed, size
        yield info
        file.seek(info.header_offset + _LOCAL_HEADER.size + name_size + extra_size + packed)


def zip_name(info: zipfile.ZipInfo) -> bytes | str:
    """The name as text where the archive says that it is UTF-8, else its bytes."""
    return info.orig_filename if info.flag_bits & IS_UTF_8 else info.orig_filename.encode("cp437")


def zip_position(info: zipfile.ZipInfo) -> tuple[int, int, int, int, int]:
    """What `zip_content_at` needs to find a file again without the directory."""
    return info.header_offset, info.compress_type, info.compress_size, info.file_size, info.CRC


def zip_content_at(file: IO[bytes], offset: int, *told: int) -> zipfile.ZipExtFile:
    """The unpacked content of the file at a place, from its start; its checksum is looked at where it ends.

    Raises:
        zipfile.BadZipFile: there is no file at the place.
        NotImplementedError: it is packed by a method that Python does not know.

    """
    file.seek(offset)
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(ZIP_LOCAL_MARK):
        raise zipfile.BadZipFile("a file's header is missing")
    name_size, extra_size = _LOCAL_HEADER.unpack(head)[-2:]
    file.seek(name_size + extra_size, 1)
    info = zipfile.ZipInfo()
    info.compress_type, info.compress_size, info.file_size, info.CRC = told
    return zipfile.ZipExtFile(file, "r", info)
