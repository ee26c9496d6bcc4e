"""Read the files of tar and ZIP archives without unpacking them to a disk.

The standard library's tar reader keeps every header that it has read, reads headers of any size, and takes a damaged
header for the end of the archive; only its knowledge of the header layout is used. A ZIP archive is read by its
directory, or by the headers of its files if the directory is lost.
"""

import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from pipeline.sources.storage import InputStream, Stream

TAR_BLOCK = tarfile.BLOCKSIZE
MAX_EXTENSION = 2**20
"""Bytes of the extension of a header: a long name, or the values of the newer format."""

_LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_NOT_FILES = (tarfile.DIRTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_PATH = re.compile(rb"(?:^|\n)[0-9]++ path=([^\n]++)\n")
_SIZE = re.compile(rb"(?:^|\n)[0-9]++ size=([0-9]{1,19}+)\n")


class TarFile(NamedTuple):
    """A file of a tar archive; read its content before asking for the next file."""

    name: bytes
    content: io.BufferedReader
    offset: int
    """Byte of the archive at which the content begins."""
    size: int
    is_regular: bool
    """Whether it has content of its own: it is no link, device or sparse file."""


def is_tar(head: bytes) -> bool:
    """Whether bytes begin with the header of a tar archive, by its checksum."""
    try:
        _tar_header(head[:TAR_BLOCK])
    except tarfile.HeaderError:
        return False
    return True


def tar_files(stream: Stream) -> Iterator[TarFile]:
    """The files in their order, without folders.

    Raises:
        tarfile.TarError: a header is damaged, or the archive is incomplete; the files before it were returned.

    """
    offset, name, size = 0, b"", None
    while any(block := stream.read(TAR_BLOCK)):
        header = _tar_header(block)
        offset += TAR_BLOCK
        content = _BoundedStream(stream, header.size if size is None else size)
        if header.type in _LONG_NAMES:
            extension = content.read(min(content.left, MAX_EXTENSION)) or b""
            if header.type == tarfile.GNUTYPE_LONGNAME:
                name = extension.rstrip(b"\0")
            else:
                name = _last(_PATH, extension) or name
                size = int(text) if (text := _last(_SIZE, extension)) else None
        else:
            if header.type not in _NOT_FILES:
                raw_name = name or header.name.encode("utf-8", "surrogateescape")
                yield TarFile(raw_name, io.BufferedReader(content), offset, content.left, header.type in _FILES)
            if header.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
                name, size = b"", None
        offset += content.skip()
    if not block:
        raise tarfile.ReadError("the end mark is missing")


def tar_content_at(file: io.BufferedReader, offset: int, size: int) -> io.BufferedReader:
    """The content of the file at a position of the archive."""
    file.seek(offset)
    return io.BufferedReader(_BoundedStream(file, size))


def _tar_header(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


def _last(pattern: re.Pattern[bytes], extension: bytes) -> bytes:
    """The last value of a key."""
    return next(reversed(pattern.findall(extension)), b"")


class _BoundedStream(InputStream):
    """The next `size` bytes of a stream, padded to whole blocks."""

    def __init__(self, stream: Stream, size: int) -> None:
        self.left = self._size = size
        self._stream = stream

    def receive(self, size: int) -> bytes:
        received = self._stream.read(min(size, self.left))
        if self.left and not received:
            raise tarfile.ReadError("it ends inside a file")
        self.left -= len(received)
        return received

    def skip(self) -> int:
        """Skip what was not read, and return the size with padding."""
        end = -(-self._size // TAR_BLOCK) * TAR_BLOCK
        rest = self.left + end - self._size
        while rest:
            count = len(self._stream.read(min(rest, 2**16)))
            if not count:
                raise tarfile.ReadError("it ends inside a file")
            rest -= count
        return end


_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
"""The header before each file: signature, version, flags, method, time, date, CRC, sizes, and two lengths."""
ZIP_LOCAL_MARK, ZIP_END_MARK, LONG_END_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
END_SIZE, COMMENT_LIMIT = 22, 2**16
ZIP_IS_ENCRYPTED, HAS_SIZES_BEHIND, IS_UTF_8 = 0x1, 0x8, 0x800
ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""Errors from reading a damaged ZIP archive."""


def zip_directory_size(file: IO[bytes]) -> int:
    """The size of the directory by the record at the archive's end; 0 if there is none."""
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
        zipfile.BadZipFile: there is no valid directory.

    """
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (ValueError, struct.error, NotImplementedError, EOFError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def recover_zip_entries(file: IO[bytes]) -> Iterator[zipfile.ZipInfo]:
    """The files up to the damage, for an archive without a directory, by their own headers."""
    file.seek(0)
    while len(head := file.read(_LOCAL_HEADER.size)) == _LOCAL_HEADER.size and head.startswith(ZIP_LOCAL_MARK):
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL_HEADER.unpack(head)
        if flags & HAS_SIZES_BEHIND or max(packed, size) == 0xFFFFFFFF:
            return  # only the directory knows where it ends
        zip_name = file.read(name_size)
        info = zipfile.ZipInfo(zip_name.decode("utf-8" if flags & IS_UTF_8 else "cp437", "replace"))
        info.header_offset = file.tell() - _LOCAL_HEADER.size - name_size
        info.flag_bits, info.compress_type, info.CRC = flags, method, crc
        info.compress_size, info.file_size = packed, size
        yield info
        file.seek(info.header_offset + _LOCAL_HEADER.size + name_size + extra_size + packed)


def zip_name(info: zipfile.ZipInfo) -> bytes | str:
    """The name as text if the archive says that it is UTF-8, else its bytes."""
    return info.orig_filename if info.flag_bits & IS_UTF_8 else info.orig_filename.encode("cp437")


def zip_position(info: zipfile.ZipInfo) -> tuple[int, int, int, int, int]:
    """What `zip_content_at` needs to find a file again without the directory."""
    return info.header_offset, info.compress_type, info.compress_size, info.file_size, info.CRC


def zip_content_at(file: IO[bytes], offset: int, *fields: int) -> zipfile.ZipExtFile:
    """The unpacked content of the file at a position; its checksum is checked at its end.

    Raises:
        zipfile.BadZipFile: there is no file at this position.
        NotImplementedError: Python does not support the compression method.

    """
    file.seek(offset)
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(ZIP_LOCAL_MARK):
        raise zipfile.BadZipFile("a file's header is missing")
    name_size, extra_size = _LOCAL_HEADER.unpack(head)[-2:]
    file.seek(name_size + extra_size, 1)
    info = zipfile.ZipInfo()
    info.compress_type, info.compress_size, info.file_size, info.CRC = fields
    return zipfile.ZipExtFile(file, "r", info)
