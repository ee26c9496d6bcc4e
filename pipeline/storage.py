"""Where the bytes of an input lie."""

import stat
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from pipeline.errors import DocumentError

CHUNK = 2**20
"""Bytes that are read at once, so that a limit is met soon."""


class Stream(Protocol):
    """Bytes that are read from front to back."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""
        ...


def opened(path: str, *, name: str) -> BufferedReader:
    """The bytes of a file, from its start.

    Raises:
        DocumentError: there is no such regular file, or it cannot be read.

    """
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise DocumentError(f"{name}: is no regular file but a folder that cannot be listed; check its permissions")
        if not stat.S_ISREG(mode):
            raise DocumentError(f"{name}: is no regular file; copy what it gives to a file first")
        return Path(path).open("rb")
    except OSError as error:
        raise unreadable(error, name=name) from error


def content_of(file: Stream, *, name: str, size_limit: int) -> bytes:
    """What an open file holds from where it is read.

    Raises:
        DocumentError: there is more than the limit.

    """
    content = bytearray()
    while found := file.read(CHUNK):
        content += found
        if len(content) > size_limit:
            reason = f"holds more than the limit of {size_limit:,} bytes; split it or raise --max-bytes"
            raise DocumentError(f"{name}: {reason}")
    return bytes(content)


def unreadable(error: OSError, *, name: str) -> DocumentError:
    """The reason why a file is not read that the system does not give."""
    return DocumentError(f"{name}: cannot be read: {error.strerror or error}; check the file and its permissions")
