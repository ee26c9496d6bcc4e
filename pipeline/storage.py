"""Where the bytes of an input lie: on a disk, or in a store that has a URL."""

import errno
import stat
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import DocumentError, UnreachableError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

CHUNK = 2**20
"""Bytes that are read at once, so that a limit is met soon."""


class Stream(Protocol):
    """Bytes that are read from front to back."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""
        ...


def is_remote(path: str) -> bool:
    """Whether a path is a URL."""
    return "://" in path


def store_of(url: str) -> tuple["AbstractFileSystem", str]:
    """The store that a URL leads to, and the path in it; no listing is kept, for archives are long.

    Raises:
        OSError: no library for this kind of store is installed.

    """
    from fsspec.core import url_to_fs

    try:
        store, path = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise OSError(errno.EPROTONOSUPPORT, f"no store is known for this URL: {error}", url) from error
    return store, str(path)


def opened(path: str, *, name: str) -> BufferedReader:
    """The bytes of a file, from its start.

    Raises:
        DocumentError: there is no such regular file, or it cannot be read.

    """
    try:
        return _opened_remote(path) if is_remote(path) else _opened_local(Path(path), name)
    except OSError as error:
        raise unreadable(error, name=name) from error


def _opened_remote(url: str) -> BufferedReader:
    store, path = store_of(url)
    return BufferedReader(store.open(path, "rb"))


def _opened_local(path: Path, name: str) -> BufferedReader:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise DocumentError(f"{name}: is no regular file but a folder that cannot be listed; check its permissions")
    if not stat.S_ISREG(mode):
        raise DocumentError(f"{name}: is no regular file; copy what it gives to a file first")
    return path.open("rb")


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


def unreadable(error: OSError, *, name: str) -> UnreachableError:
    """The reason why a file is not read that the system does not give."""
    return UnreachableError(f"{name}: cannot be read: {error.strerror or error}; check the file and its permissions")
