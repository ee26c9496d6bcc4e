"""Where the bytes of an input lie: on a disk, or in a store that has a URL; and patterns of paths."""

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
"""Bytes that are read at once, so that a limit is met soon."""


_CHAIN = re.compile("((?:[^:/]++::)*+)(.*?)((?:::.*+)?+)", re.DOTALL)


class Stream(Protocol):
    """Bytes that are read from front to back."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""
        ...


def is_remote(path: str) -> bool:
    """Whether a path is a URL."""
    return "://" in path


def chained(url: str) -> tuple[str, str, str]:
    """What stands before the link of a chain of stores that says the path, the link, and what it leads through.

    >>> chained("zip://a.txt::s3://b/c.zip"), chained("simplecache::s3://b/c.txt"), chained("s3://b/c.txt")
    (('', 'zip://a.txt', '::s3://b/c.zip'), ('simplecache::', 's3://b/c.txt', ''), ('', 's3://b/c.txt', ''))
    """
    found = _CHAIN.fullmatch(url)
    return (found[1], found[2], found[3]) if found else ("", url, "")


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Make whatever a store raises an `OSError` that names the URL: each library has errors of its own."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", url) from error
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), url) from error
    except Exception as error:  # there is no list of what the libraries of all stores may raise
        raise OSError(errno.EIO, f"the store failed ({type(error).__name__}: {error})", url) from error


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
    except FileNotFoundError as error:
        if is_glob(path):
            raise UnreachableError(f"{name}: no file has this name or matches it; check the pattern {path}") from error
        raise unreadable(error, name=name) from error
    except OSError as error:
        raise unreadable(error, name=name) from error


def _opened_remote(url: str) -> BufferedReader:
    with reaching(url):
        return BufferedReader(_RemoteFile(url))


class _RemoteFile(RawIOBase):
    """A file of a store, whose errors are those of a file."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._store, path = store_of(url)  # kept, for a store inside another closes its files when it goes
        self._file: IO[bytes] = self._store.open(path, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        with reaching(self._url):
            found = self._file.read(len(view))
        view[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = 0) -> int:
        with reaching(self._url):
            return self._file.seek(offset, whence)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_file"):
            self._file.close()
        super().close()


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


_MAGIC = frozenset("*?[")


def is_glob(path: str) -> bool:
    """Whether a path has signs that stand for others."""
    return not _MAGIC.isdisjoint(path)


def root_and_parts(pattern: str) -> tuple[str, list[str]]:
    """The folder in front of the first part with a sign, and the parts from there on.

    >>> root_and_parts("scans/2561/**/*.txt"), root_and_parts("/*.md"), root_and_parts("zip://*.md")
    (('scans/2561', ['**', '*.txt']), ('/', ['*.md']), ('zip://', ['*.md']))
    """
    parts = pattern.split("/")
    first = next(place for place, part in enumerate(parts) if is_glob(part))
    root = "/".join(parts[:first])
    if root.endswith(":/"):
        root += "/"  # of a URL, whose store has no folder in front
    return root or ("/" if pattern.startswith("/") else "."), parts[first:]


def matches(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern matches a path or a folder above it; `**` stands for any number of folders.

    >>> [matches(path.split("/"), ["**", "*.txt"]) for path in ("a.txt", "b/c/a.txt", "a.txt/b.md", "a.md")]
    [True, True, True, False]
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(matches(path[start:], pattern[1:]) for start in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and matches(path[1:], pattern[1:])


def may_match_below(folder: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern may match something in a folder, so that no other is listed.

    >>> [may_match_below(folder.split("/"), ["25*", "*", "x.txt"]) for folder in ("2561", "2561/q1", "old", "old/2561")]
    [True, True, False, False]
    """
    if not folder or not pattern or pattern[0] == "**":
        return True
    return fnmatchcase(folder[0], pattern[0]) and may_match_below(folder[1:], pattern[1:])
