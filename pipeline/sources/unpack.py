"""The documents in a file: the file itself, or the members of an archive, one at a time.

Nothing is unpacked to a path that an archive names, and no link is followed.
"""

import bz2
import gzip
import io
import json
import lzma
import re
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from pipeline.errors import DocumentError, UnreachableError
from pipeline.sources.archive_files import (
    TAR_BLOCK,
    ZIP_END_MARK,
    ZIP_IS_ENCRYPTED,
    ZIP_LOCAL_MARK,
    is_tar,
    recover_zip_entries,
    tar_content_at,
    tar_files,
    zip_content_at,
    zip_directory_size,
    zip_entries,
    zip_name,
    zip_position,
)
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.read import KINDS
from pipeline.sources.storage import InputStream, Stream, open_file, read_limited, unreadable_error

OFFICE_SUFFIXES = frozenset({".docx", ".odt"})
ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz"})
_SUFFIXES = (*KINDS, *ARCHIVE_SUFFIXES)
ALWAYS_ALLOWED = 16 * 2**20
"""Bytes that an archive may unpack to, whatever its own size."""
IN_MEMORY = 8 * 2**20
"""Bytes of a nested archive kept in memory; a larger one goes to a temporary file."""
DIRECTORY_ENTRY = 512
"""Bytes per file that the directory of a ZIP may take on average: a long Thai path and its dates."""
HEAD = TAR_BLOCK
"""Bytes that show whether a file is an archive."""

_OPENERS: dict[bytes, Callable[[io.BufferedReader], Stream]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_DAMAGES = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_OFFICE_FILES = {"[Content_Types].xml", "mimetype"}
"""A ZIP archive with one of these files is an office document."""


class Member(NamedTuple):
    """A document, or an error in its stead. `name` is `archive.zip!/path` for a member of an archive."""

    name: str
    content: bytes | None = None
    reason: str | None = None
    """Why a member, or the rest of an archive, cannot be read."""
    locator: str | None = None
    """How `read_member` finds the bytes again; None if that needs a pass over an archive."""
    is_unreachable: bool = False
    """Whether reading it may succeed later, though the file does not change."""
    is_skipped: bool = False
    """Whether it is a link, or has no suffix of a document; folders skip such files too."""


def unreadable_member(error: Exception, *, name: str) -> Member:
    """The member for a file that cannot be read, or for the rest of an archive."""
    if isinstance(error, OSError) and error.errno:
        error = unreadable_error(error, name=name)
    if isinstance(error, DocumentError):
        return Member(name, reason=str(error), is_unreachable=isinstance(error, UnreachableError))
    what = str(error).partition(" for file ")[0].rstrip(".") or "it is incomplete"
    advice = "only files before the damage were read; get it again from its source"
    return Member(name, reason=f"{name}: is damaged or incomplete: {what}; {advice}")


def members(path: str, name: str, limits: Limits = DEFAULT) -> Iterator[Member]:
    """The documents of a file: of a ZIP in order of name, of a tar in its own order.

    What cannot be read is a member with a reason, after all that could be read.
    """
    try:
        with open_file(path, name=name) as file:
            packed = file.seek(0, io.SEEK_END)
            file.seek(0)
            yield from _Unpacker(name, limits, packed).documents(lambda: file, name, 0, locator=_locator("file"))
    except (DocumentError, OSError) as error:
        yield unreadable_member(error, name=name)


def read_member(path: str, locator: str, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a member once more.

    Raises:
        DocumentError: the file is gone, or has changed since it was listed.

    """
    kind, *numbers = json.loads(locator)
    with open_file(path, name=path) as file:
        try:
            opener = _opener(file.peek(HEAD)) if kind == "packed" else None
            if kind == "zip":
                stream: Stream = zip_content_at(file, *numbers)
            elif kind == "tar":
                stream = tar_content_at(file, *numbers)
            else:
                stream = opener(file) if opener else file
            return read_limited(stream, name=path, size_limit=limits.size_limit)
        except _DAMAGES as error:
            if isinstance(error, OSError) and error.errno:
                raise unreadable_error(error, name=path) from error
            raise DocumentError(f"{path}: has changed since it was listed ({error}); run again") from error


def has_known_suffix(path: str) -> bool:
    """Whether a file has the suffix of a document or an archive."""
    return path.lower().endswith(_SUFFIXES)


@dataclass(slots=True)
class _Unpacker:
    """Unpacks one file with its nested archives, and counts what it takes."""

    name: str
    limits: Limits
    packed: int
    unpacked: int = 0
    count: int = 0

    def documents(
        self, content: Callable[[], Stream], name: str, depth: int, *, locator: str | None
    ) -> Iterator[Member]:
        """The documents of a file inside `depth` archives."""
        try:
            yield from self._inside(self._counted(content()), name, depth, locator)
        except _LimitError:
            raise
        except DocumentError as error:
            yield unreadable_member(error, name=name)
        except NotImplementedError:
            yield Member(name, reason=f"{name}: uses an unsupported compression method; pack it again with another one")
        except _DAMAGES as error:
            yield unreadable_member(error, name=name)

    def _inside(self, stream: io.BufferedReader, name: str, depth: int, locator: str | None) -> Iterator[Member]:
        """The document itself, or those of the archive that its first bytes show it to be."""
        head = stream.peek(HEAD)[:HEAD]
        is_zip, opener = head[:4] in (ZIP_LOCAL_MARK, ZIP_END_MARK), _opener(head)
        if is_zip:
            yield from self._of_zip(stream, name, depth, locator)
        elif not (opener or is_tar(head)):
            yield Member(name, read_limited(stream, name=name, size_limit=self.limits.size_limit), locator=locator)
        elif opener:
            yield from self._of_packed(self._counted(opener(stream)), name, depth)
        else:
            yield from self._members(_files_of_tar(stream, has_locators=depth == 0), name, depth)

    def _of_packed(self, inner: io.BufferedReader, name: str, depth: int) -> Iterator[Member]:
        """A packed tar archive, or the one packed file."""
        if is_tar(inner.peek(HEAD)[:HEAD]):
            yield from self._members(_files_of_tar(inner, has_locators=False), name, depth)
            return
        stem = PurePosixPath(name).stem
        inner_name = archived_name(stem if "." in stem else f"{stem}.txt", legacy="utf-8")
        file = _ArchivedFile(inner_name, partial(_same, inner), locator=_locator("packed") if depth == 0 else None)
        yield from self._members(iter([file]), name, depth)

    def _of_zip(self, stream: io.BufferedReader, name: str, depth: int, locator: str | None) -> Iterator[Member]:
        """An office document, or the files of the archive; without a directory, those that can be recovered."""
        with nullcontext(stream) if depth == 0 else _copied(stream) as file:
            if zip_directory_size(file) > self.limits.member_limit * DIRECTORY_ENTRY:
                raise self._over_limit(f"lists more than {self.limits.member_limit:,} files")
            damage = None
            try:
                infos = zip_entries(file)
            except zipfile.BadZipFile as error:
                infos, damage = list(islice(recover_zip_entries(file), self.limits.member_limit)), error
            if damage and not infos:
                raise damage
            is_office = any(info.filename in _OFFICE_FILES for info in infos)
            if is_office or (damage and PurePosixPath(name).suffix.lower() in OFFICE_SUFFIXES):
                file.seek(0)
                yield Member(name, read_limited(file, name=name, size_limit=self.limits.size_limit), locator=locator)
                return
            yield from self._members(_files_of_zip(file, infos, has_locators=depth == 0), name, depth)
            if damage:
                raise damage

    def _members(self, files: Iterator["_ArchivedFile"], name: str, depth: int) -> Iterator[Member]:
        """The documents among the files of an archive."""
        if depth >= self.limits.depth_limit:
            raise DocumentError(f"{name}: is an archive inside {depth} archives; unpack some of them by hand")
        names, before = UniqueNames(), self.count
        for archived in files:
            if not (archived.name.is_hidden or archived.name.is_folder):
                self.count += 1
                if self.count > self.limits.member_limit:
                    raise self._over_limit(f"holds more than {self.limits.member_limit:,} files")
                yield from self._member(archived, f"{name}!/{names.unique(archived.name.path)}", depth)
        if self.count == before:
            raise DocumentError(f"{name}: is an archive without files; get it again from its source")

    def _member(self, archived: "_ArchivedFile", name: str, depth: int) -> Iterator[Member]:
        if not (archived.is_regular and has_known_suffix(name)):
            yield Member(name, is_skipped=True)
        elif archived.name.is_trick:
            yield Member(name, reason=f"{name}: its path leads out of the archive; pack it again with a plain path")
        elif archived.is_encrypted:
            yield Member(name, reason=f"{name}: is encrypted; unpack it with its password first")
        else:
            yield from self.documents(archived.content, name, depth + 1, locator=archived.locator)

    def _counted(self, stream: Stream) -> io.BufferedReader:
        """The stream with its bytes counted; those of the system and of tar archives were not unpacked."""
        return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_CountedStream(stream, self))

    def take(self, size: int) -> None:
        """Count unpacked bytes."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_limit:
            raise self._over_limit(f"unpacks to more than the limit of {self.limits.unpacked_limit:,} bytes")
        if self.unpacked > max(ALWAYS_ALLOWED, self.limits.ratio_limit * self.packed):
            raise self._over_limit(f"unpacks to more than {self.limits.ratio_limit} times its size, like a ZIP bomb")

    def _over_limit(self, what: str) -> "_LimitError":
        return _LimitError(f"{self.name}: {what}; unpack it by hand if you trust it")


class _LimitError(DocumentError):
    """A file is over a limit: nothing more is read of it."""


class _ArchivedFile(NamedTuple):
    """A file of an archive before it is read."""

    name: "ArchivedName"
    content: Callable[[], Stream]
    is_regular: bool = True
    is_encrypted: bool = False
    locator: str | None = None


class _CountedStream(InputStream):
    """A stream that counts its bytes."""

    def __init__(self, stream: Stream, unpacking: _Unpacker) -> None:
        self._stream = stream
        self._unpacking = unpacking

    def receive(self, size: int) -> bytes:
        received = self._stream.read(size)
        self._unpacking.take(len(received))
        return received


def _files_of_zip(file: IO[bytes], infos: Iterable[zipfile.ZipInfo], *, has_locators: bool) -> Iterator[_ArchivedFile]:
    named = [(archived_name(zip_name(info), legacy="cp437"), info) for info in infos]
    for archived, info in sorted(named, key=lambda pair: (pair[0].path, pair[1].header_offset)):
        position = zip_position(info)
        yield _ArchivedFile(
            archived,
            partial(zip_content_at, file, *position),
            is_regular=not stat.S_ISLNK(info.external_attr >> 16),
            is_encrypted=bool(info.flag_bits & ZIP_IS_ENCRYPTED),
            locator=_locator("zip", *position) if has_locators else None,
        )


def _files_of_tar(stream: Stream, *, has_locators: bool) -> Iterator[_ArchivedFile]:
    for file in tar_files(stream):
        yield _ArchivedFile(
            archived_name(file.name, legacy="utf-8"),
            partial(_same, file.content),
            is_regular=file.is_regular,
            locator=_locator("tar", file.offset, file.size) if has_locators else None,
        )


def _same(stream: Stream) -> Stream:
    return stream


def _opener(head: bytes) -> Callable[[io.BufferedReader], Stream] | None:
    return next((opener for mark, opener in _OPENERS.items() if head.startswith(mark)), None)


@contextmanager
def _copied(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A copy that can be read at any position; a long one is on disk."""
    with SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        yield copy


def _locator(kind: str, *numbers: int) -> str:
    return json.dumps([kind, *numbers], separators=(",", ":"))


_DRIVE = re.compile("[A-Za-z]:")
_THAI = re.compile(rb"[\x00-\x7f\xa1-\xda\xdf-\xfb]++")
_THAI_WORD = re.compile(rb"[\xa1-\xda\xdf-\xfb]{2}")


class ArchivedName(NamedTuple):
    """The path of a member in its archive, without `.` parts and with `/` as separator."""

    path: str
    is_trick: bool
    """Whether it leads out of the archive, by `..`, the root or a drive, or hides its end behind a NUL."""
    is_hidden: bool
    """Whether it is hidden in folders too, or was added by macOS."""
    is_folder: bool


def archived_name(raw_name: bytes | str, *, legacy: str) -> ArchivedName:
    r"""The name of a member. Bytes that are neither UTF-8 nor clearly Thai are in the `legacy` encoding.

    >>> archived_name("รายงาน.txt".encode("cp874"), legacy="cp437").path
    'รายงาน.txt'
    >>> archived_name("ข้อ ๑ ก.txt".encode("cp874"), legacy="cp437").path
    'ข้อ ๑ ก.txt'
    >>> archived_name("año.txt".encode("cp437"), legacy="cp437").path
    'año.txt'
    >>> archived_name("a\\b\\./c.txt", legacy="utf-8")
    ArchivedName(path='a/b/c.txt', is_trick=False, is_hidden=False, is_folder=False)
    >>> archived_name("a/../../c.txt", legacy="utf-8").is_trick
    True
    """
    text = raw_name if isinstance(raw_name, str) else _decoded_name(raw_name, legacy)
    path = text.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    is_trick = path.startswith("/") or ".." in parts or "\0" in path or _DRIVE.match(path) is not None
    is_hidden = any(part == "__MACOSX" or part.startswith(".") for part in parts) and not is_trick
    return ArchivedName("/".join(parts).replace("\0", "\ufffd") or "\ufffd", is_trick, is_hidden, path.endswith("/"))


def _decoded_name(raw_name: bytes, legacy: str) -> str:
    """UTF-8, or Thai in CP874 if all bytes beyond ASCII are Thai letters, two of them in a row."""
    try:
        return raw_name.decode("utf-8")
    except UnicodeDecodeError:
        is_thai = _THAI.fullmatch(raw_name) and _THAI_WORD.search(raw_name)
        return raw_name.decode("cp874" if is_thai else legacy, "replace")


class UniqueNames:
    """Gives each member of an archive a name of its own, in their order."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def unique(self, path: str) -> str:
        """The path, with a number before its suffix if it was used before.

        >>> names = UniqueNames()
        >>> [names.unique("a.b/c.txt") for _ in range(3)]
        ['a.b/c.txt', 'a.b/c (2).txt', 'a.b/c (3).txt']
        """
        unique, count = path, self._counts.get(path, 0)
        folder, slash, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
        while unique in self._counts:
            count += 1
            unique = f"{folder}{slash}{stem} ({count}){dot}{suffix}"
        self._counts[path] = max(count, 1)
        self._counts.setdefault(unique, 1)
        return unique
