"""Open files on a disk or in a store with a URL; match path patterns."""

import errno
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from pipeline.errors import DocumentError, UnreachableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from fsspec import AbstractFileSystem

CHUNK = 2**20
"""Bytes read at once, so that a limit is noticed soon."""


_CHAIN = re.compile("((?:[^:/]++::)*+)(.*?)((?:::.*+)?+)", re.DOTALL)


class Stream(Protocol):
    """Bytes that are read from start to end."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        ...


def is_remote(path: str) -> bool:
    """Whether a path is a URL."""
    return "://" in path


def split_chain(url: str) -> tuple[str, str, str]:
    """Split a chain of stores: what stands before the link with the path, that link, and the rest.

    >>> split_chain("zip://a.txt::s3://b/c.zip"), split_chain("simplecache::s3://b/c.txt"), split_chain("s3://b/c.txt")
    (('', 'zip://a.txt', '::s3://b/c.zip'), ('simplecache::', 's3://b/c.txt', ''), ('', 's3://b/c.txt', ''))
    """
    match = _CHAIN.fullmatch(url)
    return (match[1], match[2], match[3]) if match else ("", url, "")


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Turn any error of a store into an `OSError` that names the URL; each library has its own error types."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", url) from error
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), url) from error
    except Exception as error:  # each store library raises errors of its own
        raise OSError(errno.EIO, f"the store failed ({type(error).__name__}: {error})", url) from error


def open_store(url: str) -> tuple["AbstractFileSystem", str]:
    """The store of a URL, and the path in it. Listings are not cached, since archives are long.

    Raises:
        OSError: no library for this kind of store is installed.

    """
    from fsspec.core import url_to_fs

    try:
        store, path = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise OSError(errno.EPROTONOSUPPORT, f"no store for this kind of URL is installed: {error}", url) from error
    return store, str(path)


def open_file(path: str, *, name: str) -> BufferedReader:
    """Open a file for reading.

    Raises:
        DocumentError: it is no regular file, or cannot be read.

    """
    try:
        if not is_remote(path):
            return _opened_local(Path(path), name)
        with store_errors(path):
            return BufferedReader(_RemoteFile(path))
    except FileNotFoundError as error:
        if is_glob(path):
            raise UnreachableError(f"{name}: no file matches the pattern {path}; check the pattern") from error
        raise unreadable_error(error, name=name) from error
    except OSError as error:
        raise unreadable_error(error, name=name) from error


class InputStream(RawIOBase):
    """Bytes for a `BufferedReader`; `receive` says where they come from."""

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer with the next bytes."""
        view = memoryview(buffer)
        received = self.receive(len(view))
        view[: len(received)] = received
        return len(received)

    def receive(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        raise NotImplementedError


class _RemoteFile(InputStream):
    """A file of a store; its errors are `OSError`s."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._store, path = open_store(url)  # keep the store: one inside another closes its files when it is deleted
        self._file: IO[bytes] = self._store.open(path, "rb")

    def seekable(self) -> bool:
        return True

    def receive(self, size: int) -> bytes:
        with store_errors(self._url):
            return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        with store_errors(self._url):
            return self._file.seek(offset, whence)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_file"):
            self._file.close()
        super().close()


def _opened_local(path: Path, name: str) -> BufferedReader:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise DocumentError(f"{name}: is a folder that cannot be listed; check its permissions")
    if not stat.S_ISREG(mode):
        raise DocumentError(f"{name}: is not a regular file; copy its content to a file first")
    return path.open("rb")


def read_limited(file: Stream, *, name: str, size_limit: int) -> bytes:
    """Read an open file to its end.

    Raises:
        DocumentError: it is longer than the limit.

    """
    content = bytearray()
    while received := file.read(CHUNK):
        content += received
        if len(content) > size_limit:
            reason = f"is larger than the limit of {size_limit:,} bytes; split it, or raise --max-bytes"
            raise DocumentError(f"{name}: {reason}")
    return bytes(content)


def unreadable_error(error: OSError, *, name: str) -> UnreachableError:
    """The error for a file that the system could not read."""
    return UnreachableError(f"{name}: cannot be read: {error.strerror or error}; check the file and its permissions")


_MAGIC = frozenset("*?[")


def is_glob(path: str) -> bool:
    """Whether a path is a pattern with `*`, `?` or `[`."""
    return not _MAGIC.isdisjoint(path)


def split_glob(pattern: str) -> tuple[str, list[str]]:
    """Split a pattern into the folder before the first wildcard, and the parts from there on.

    >>> split_glob("scans/2561/**/*.txt"), split_glob("/*.md"), split_glob("zip://*.md")
    (('scans/2561', ['**', '*.txt']), ('/', ['*.md']), ('zip://', ['*.md']))
    """
    parts = pattern.split("/")
    first = next(index for index, part in enumerate(parts) if is_glob(part))
    root = "/".join(parts[:first])
    if root.endswith(":/"):
        root += "/"  # of a URL, whose store has no folder in front
    return root or ("/" if pattern.startswith("/") else "."), parts[first:]


def matches_glob(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern matches a path or a folder above it; `**` matches any number of folders.

    >>> [matches_glob(path.split("/"), ["**", "*.txt"]) for path in ("a.txt", "b/c/a.txt", "a.txt/b.md", "a.md")]
    [True, True, True, False]
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(matches_glob(path[start:], pattern[1:]) for start in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and matches_glob(path[1:], pattern[1:])


def may_match_in(folder: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern can match something in a folder; other folders need not be listed.

    >>> [may_match_in(folder.split("/"), ["25*", "*", "x.txt"]) for folder in ("2561", "2561/q1", "old", "old/2561")]
    [True, True, False, False]
    """
    if not folder or not pattern or pattern[0] == "**":
        return True
    return fnmatchcase(folder[0], pattern[0]) and may_match_in(folder[1:], pattern[1:])
