"""The files of a ZIP archive by its directory, or by their own headers where the directory is lost."""

import struct
import zipfile
from collections.abc import Iterator
from typing import IO

LOCAL = struct.Struct("<4s5H3L2H")
"""The header before each file: signature, version, flags, method, time, date, CRC, sizes, lengths of what follows."""
LOCAL_MARK, END_MARK, LONG_END_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
END_SIZE, COMMENT_LIMIT = 22, 2**16
IS_ENCRYPTED, HAS_SIZES_BEHIND, IS_UTF_8 = 0x1, 0x8, 0x800


def directory_size(file: IO[bytes]) -> int:
    """How many bytes the directory takes, as the record at the archive's end says; 0 where there is none."""
    file.seek(max(0, file.seek(0, 2) - END_SIZE - COMMENT_LIMIT))
    tail = file.read()
    end = tail.rfind(END_MARK)
    long_end = tail.rfind(LONG_END_MARK, 0, max(end, 0))
    if long_end >= 0:
        return int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def listed(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """The files that the directory lists.

    Raises:
        zipfile.BadZipFile: there is no sound directory.

    """
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (ValueError, struct.error, NotImplementedError, EOFError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def found(file: IO[bytes]) -> Iterator[zipfile.ZipInfo]:
    """The files in front of the place where an archive without a directory breaks off, by their own headers."""
    file.seek(0)
    while len(head := file.read(LOCAL.size)) == LOCAL.size and head.startswith(LOCAL_MARK):
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = LOCAL.unpack(head)
        if flags & HAS_SIZES_BEHIND or max(packed, size) == 0xFFFFFFFF:
            return  # only the directory says where it ends
        raw_name = file.read(name_size)
        info = zipfile.ZipInfo(raw_name.decode("utf-8" if flags & IS_UTF_8 else "cp437", "replace"))
        info.header_offset = file.tell() - LOCAL.size - name_size
        info.flag_bits, info.compress_type, info.CRC = flags, method, crc
        info.compress_size, info.file_size = packed, size
        yield info
        file.seek(info.header_offset + LOCAL.size + name_size + extra_size + packed)


def raw_name(info: zipfile.ZipInfo) -> bytes | str:
    """The name as text where the archive says that it is UTF-8, else its bytes."""
    return info.orig_filename if info.flag_bits & IS_UTF_8 else info.orig_filename.encode("cp437")


def place_of(info: zipfile.ZipInfo) -> tuple[int, int, int, int, int]:
    """What `content_at` needs to find a file again without the directory."""
    return info.header_offset, info.compress_type, info.compress_size, info.file_size, info.CRC


def content_at(file: IO[bytes], offset: int, *told: int) -> zipfile.ZipExtFile:
    """The unpacked content of the file at a place, from its start; its checksum is looked at where it ends.

    Raises:
        zipfile.BadZipFile: there is no file at the place.
        NotImplementedError: it is packed by a method that Python does not know.

    """
    file.seek(offset)
    head = file.read(LOCAL.size)
    if len(head) < LOCAL.size or not head.startswith(LOCAL_MARK):
        raise zipfile.BadZipFile("a file's header is missing")
    name_size, extra_size = LOCAL.unpack(head)[-2:]
    file.seek(name_size + extra_size, 1)
    info = zipfile.ZipInfo()
    info.compress_type, info.compress_size, info.file_size, info.CRC = told
    return zipfile.ZipExtFile(file, "r", info)
