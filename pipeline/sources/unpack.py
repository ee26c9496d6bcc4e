"""The documents that a file holds: itself, or the members of an archive, one at a time and never all in memory.

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
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.errors import DocumentError, UnreachableError
from pipeline.sources.archive_files import (
    TAR_BLOCK,
    ZIP_END_MARK,
    ZIP_IS_ENCRYPTED,
    ZIP_LOCAL_MARK,
    is_tar,
    recovered_zip_entries,
    tar_content_at,
    tar_files,
    zip_content_at,
    zip_directory_size,
    zip_entries,
    zip_name,
    zip_position,
)
from pipeline.sources.kinds import KINDS
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.storage import Stream, content_of, opened, unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

OFFICE_SUFFIXES = frozenset({".docx", ".odt"})
ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz"})
_SUFFIXES = (*KINDS, *ARCHIVE_SUFFIXES)
HARMLESS = 16 * 2**20
"""Bytes that an archive may unpack to whatever its own size."""
IN_MEMORY = 8 * 2**20
"""Bytes of an archive inside an archive that stay in memory; more go to a temporary file."""
DIRECTORY_ENTRY = 512
"""Bytes of a ZIP's directory that a file may take on average: a long Thai path and its dates."""
HEAD = TAR_BLOCK
"""Bytes by which an archive is known."""

_OPENERS: dict[bytes, Callable[[io.BufferedReader], Stream]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_DAMAGES = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_OFFICE_FILES = {"[Content_Types].xml", "mimetype"}
"""Files that make a ZIP archive an office document."""


class Member(NamedTuple):
    """A document, or what stands where one was expected; `name` is `archive.zip!/path` for a member of an archive."""

    name: str
    content: bytes | None = None
    reason: str | None = None
    """Why a member, or what is left of an archive, cannot be read."""
    locator: str | None = None
    """How `content_at` gets the bytes again, None where that would need a pass over an archive."""
    is_unreachable: bool = False
    """Whether it may be readable another time, though it does not change."""
    is_skipped: bool = False
    """Whether it is a link, or no document by its suffix; folders skip such files too."""


def failed(error: Exception, *, name: str) -> Member:
    """What stands for a file that cannot be read, or for the rest of an archive."""
    if isinstance(error, OSError) and error.errno:
        error = unreadable(error, name=name)
    if isinstance(error, DocumentError):
        return Member(name, reason=str(error), is_unreachable=isinstance(error, UnreachableError))
    what = str(error).partition(" for file ")[0].rstrip(".") or "it ends too early"
    advice = "only what stood before the damage can be read, fetch it again"
    return Member(name, reason=f"{name}: is damaged or cut short: {what}; {advice}")


def members(path: str, name: str, limits: Limits = DEFAULT) -> Iterator[Member]:
    """The documents of a file: in a ZIP in the order of their names, in a tar as they come.

    What cannot be read is a member with a reason, behind all that was readable before it.
    """
    try:
        with opened(path, name=name) as file:
            packed = file.seek(0, io.SEEK_END)
            file.seek(0)
            yield from _Unpacking(name, limits, packed).documents(lambda: file, name, 0, locator=_locator("file"))
    except (DocumentError, OSError) as error:
        yield failed(error, name=name)


def content_at(path: str, locator: str, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a member once more.

    Raises:
        DocumentError: the file is gone, or is no longer the one that was listed.

    """
    kind, *numbers = json.loads(locator)
    with opened(path, name=path) as file:
        try:
            opener = _opener(file.peek(HEAD)) if kind == "packed" else None
            if kind == "zip":
                stream: Stream = zip_content_at(file, *numbers)
            elif kind == "tar":
                stream = tar_content_at(file, *numbers)
            else:
                stream = opener(file) if opener else file
            return content_of(stream, name=path, size_limit=limits.size_limit)
        except _DAMAGES as error:
            if isinstance(error, OSError) and error.errno:
                raise unreadable(error, name=path) from error
            raise DocumentError(f"{path}: is no longer what it was: {error}; run again") from error


def is_wanted(path: str) -> bool:
    """Whether a file's suffix is one of documents or archives."""
    return path.lower().endswith(_SUFFIXES)


@dataclass(slots=True)
class _Unpacking:
    """What was taken so far from one file, archives inside it included."""

    name: str
    limits: Limits
    packed: int
    unpacked: int = 0
    count: int = 0

    def documents(
        self, content: Callable[[], Stream], name: str, depth: int, *, locator: str | None
    ) -> Iterator[Member]:
        """The documents of a file that lies inside so many archives."""
        try:
            yield from self._inside(self._metered(content()), name, depth, locator)
        except _TooMuchError:
            raise
        except DocumentError as error:
            yield failed(error, name=name)
        except NotImplementedError:
            yield Member(name, reason=f"{name}: is packed by a method that is not known here; pack it again")
        except _DAMAGES as error:
            yield failed(error, name=name)

    def _inside(self, stream: io.BufferedReader, name: str, depth: int, locator: str | None) -> Iterator[Member]:
        """The document itself, or those of the archive that its first bytes show it to be."""
        head = stream.peek(HEAD)[:HEAD]
        is_zip, opener = head[:4] in (ZIP_LOCAL_MARK, ZIP_END_MARK), _opener(head)
        if is_zip:
            yield from self._of_zip(stream, name, depth, locator)
        elif not (opener or is_tar(head)):
            yield Member(name, content_of(stream, name=name, size_limit=self.limits.size_limit), locator=locator)
        elif opener:
            yield from self._of_packed(self._metered(opener(stream)), name, depth)
        else:
            yield from self._members(_tar_entries(stream, has_locators=depth == 0), name, depth)

    def _of_packed(self, inner: io.BufferedReader, name: str, depth: int) -> Iterator[Member]:
        """A tar archive that is packed as a whole, or the one file that was."""
        if is_tar(inner.peek(HEAD)[:HEAD]):
            yield from self._members(_tar_entries(inner, has_locators=False), name, depth)
            return
        stem = PurePosixPath(name).stem
        told = member_name(stem if "." in stem else f"{stem}.txt", legacy="utf-8")
        entry = _Entry(told, partial(_itself, inner), locator=_locator("packed") if depth == 0 else None)
        yield from self._members(iter([entry]), name, depth)

    def _of_zip(self, stream: io.BufferedReader, name: str, depth: int, locator: str | None) -> Iterator[Member]:
        """An office document whole, else the files of the archive; of one without its directory what can be found."""
        with nullcontext(stream) if depth == 0 else _copied(stream) as file:
            if zip_directory_size(file) > self.limits.member_limit * DIRECTORY_ENTRY:
                raise self._too_much(f"lists more than {self.limits.member_limit:,} files")
            damage = None
            try:
                infos = zip_entries(file)
            except zipfile.BadZipFile as error:
                infos, damage = list(islice(recovered_zip_entries(file), self.limits.member_limit)), error
            if damage and not infos:
                raise damage
            is_office = any(info.filename in _OFFICE_FILES for info in infos)
            if is_office or (damage and PurePosixPath(name).suffix.lower() in OFFICE_SUFFIXES):
                file.seek(0)
                yield Member(name, content_of(file, name=name, size_limit=self.limits.size_limit), locator=locator)
                return
            yield from self._members(_zip_entries(file, infos, has_locators=depth == 0), name, depth)
            if damage:
                raise damage

    def _members(self, entries: Iterator["_Entry"], name: str, depth: int) -> Iterator[Member]:
        """The documents among the files of an archive."""
        if depth >= self.limits.depth_limit:
            raise DocumentError(f"{name}: lies inside {depth} archives and is one itself; unpack some of them by hand")
        names, before = Names(), self.count
        for entry in entries:
            if not (entry.name.is_hidden or entry.name.is_folder):
                self.count += 1
                if self.count > self.limits.member_limit:
                    raise self._too_much(f"holds more than {self.limits.member_limit:,} files")
                yield from self._member(entry, f"{name}!/{names.told_apart(entry.name.path)}", depth)
        if self.count == before:
            raise DocumentError(f"{name}: is an archive without a file; fetch it again from where it came")

    def _member(self, entry: "_Entry", name: str, depth: int) -> Iterator[Member]:
        if not (entry.is_regular and is_wanted(name)):
            yield Member(name, is_skipped=True)
        elif entry.name.is_trick:
            yield Member(name, reason=f"{name}: its name leads out of the archive; pack it again under a plain one")
        elif entry.is_encrypted:
            yield Member(name, reason=f"{name}: is encrypted; unpack it with its password first")
        else:
            yield from self.documents(entry.content, name, depth + 1, locator=entry.locator)

    def _metered(self, stream: Stream) -> io.BufferedReader:
        """The stream with its bytes counted; what the system or a tar archive gives was not unpacked."""
        return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Metered(stream, self))

    def take(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_limit:
            raise self._too_much(f"unpacks to more than the limit of {self.limits.unpacked_limit:,} bytes")
        if self.unpacked > max(HARMLESS, self.limits.ratio_limit * self.packed):
            raise self._too_much(f"unpacks to more than {self.limits.ratio_limit} times its size, as a bomb does")

    def _too_much(self, what: str) -> "_TooMuchError":
        return _TooMuchError(f"{self.name}: {what}; unpack it by hand if it can be trusted")


class _TooMuchError(DocumentError):
    """A file asks for more than its limits: nothing more is taken from it."""


class _Entry(NamedTuple):
    """A file of an archive before it is read."""

    name: "MemberName"
    content: Callable[[], Stream]
    is_regular: bool = True
    is_encrypted: bool = False
    locator: str | None = None


class _Metered(io.RawIOBase):
    """A stream whose bytes are counted."""

    def __init__(self, stream: Stream, unpacking: _Unpacking) -> None:
        self._stream = stream
        self._unpacking = unpacking

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        found = self._stream.read(len(view))
        self._unpacking.take(len(found))
        view[: len(found)] = found
        return len(found)


def _zip_entries(file: IO[bytes], infos: Iterable[zipfile.ZipInfo], *, has_locators: bool) -> Iterator[_Entry]:
    named = [(member_name(zip_name(info), legacy="cp437"), info) for info in infos]
    for told, info in sorted(named, key=lambda pair: (pair[0].path, pair[1].header_offset)):
        place = zip_position(info)
        yield _Entry(
            told,
            partial(zip_content_at, file, *place),
            is_regular=not stat.S_ISLNK(info.external_attr >> 16),
            is_encrypted=bool(info.flag_bits & ZIP_IS_ENCRYPTED),
            locator=_locator("zip", *place) if has_locators else None,
        )


def _tar_entries(stream: Stream, *, has_locators: bool) -> Iterator[_Entry]:
    for file in tar_files(stream):
        yield _Entry(
            member_name(file.name, legacy="utf-8"),
            partial(_itself, file.content),
            is_regular=file.is_regular,
            locator=_locator("tar", file.offset, file.size) if has_locators else None,
        )


def _itself(stream: Stream) -> Stream:
    return stream


def _opener(head: bytes) -> Callable[[io.BufferedReader], Stream] | None:
    return next((opener for mark, opener in _OPENERS.items() if head.startswith(mark)), None)


@contextmanager
def _copied(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A copy that can be read from any place, on disk where it is long."""
    with SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        yield copy


def _locator(kind: str, *numbers: int) -> str:
    return json.dumps([kind, *numbers], separators=(",", ":"))


_DRIVE = re.compile("[A-Za-z]:")
_THAI = re.compile(rb"[\x00-\x7f\xa1-\xda\xdf-\xfb]++")
_THAI_WORD = re.compile(rb"[\xa1-\xda\xdf-\xfb]{2}")


class MemberName(NamedTuple):
    """Where a member stands in its archive, without `.` and with `/` between the parts."""

    path: str
    is_trick: bool
    """Whether it leads out of the archive: by `..`, from the root or a drive; or hides its end behind a NUL."""
    is_hidden: bool
    """Whether folders hide such a name too, or a Mac put it beside the real file."""
    is_folder: bool


def member_name(raw_name: bytes | str, *, legacy: str) -> MemberName:
    r"""The name of a member; bytes that are no UTF-8 and not evidently Thai are in the `legacy` encoding.

    >>> member_name("รายงาน.txt".encode("cp874"), legacy="cp437").path
    'รายงาน.txt'
    >>> member_name("ข้อ ๑ ก.txt".encode("cp874"), legacy="cp437").path
    'ข้อ ๑ ก.txt'
    >>> member_name("año.txt".encode("cp437"), legacy="cp437").path
    'año.txt'
    >>> member_name("a\\b\\./c.txt", legacy="utf-8")
    MemberName(path='a/b/c.txt', is_trick=False, is_hidden=False, is_folder=False)
    >>> member_name("a/../../c.txt", legacy="utf-8").is_trick
    True
    """
    text = raw_name if isinstance(raw_name, str) else _decoded_name(raw_name, legacy)
    path = text.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    is_trick = path.startswith("/") or ".." in parts or "\0" in path or _DRIVE.match(path) is not None
    is_hidden = any(part == "__MACOSX" or part.startswith(".") for part in parts) and not is_trick
    return MemberName("/".join(parts).replace("\0", "\ufffd") or "\ufffd", is_trick, is_hidden, path.endswith("/"))


def _decoded_name(raw_name: bytes, legacy: str) -> str:
    """UTF-8, or Thai in CP874 where all bytes beyond ASCII are Thai letters in it, two of them together."""
    try:
        return raw_name.decode("utf-8")
    except UnicodeDecodeError:
        is_thai = _THAI.fullmatch(raw_name) and _THAI_WORD.search(raw_name)
        return raw_name.decode("cp874" if is_thai else legacy, "replace")


class Names:
    """Tells members of one name apart, in their order."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def told_apart(self, path: str) -> str:
        """The path, with a number before its suffix where it was given before.

        >>> names = Names()
        >>> [names.told_apart("a.b/c.txt") for _ in range(3)]
        ['a.b/c.txt', 'a.b/c (2).txt', 'a.b/c (3).txt']
        """
        told, count = path, self._counts.get(path, 0)
        folder, slash, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
        while told in self._counts:
            count += 1
            told = f"{folder}{slash}{stem} ({count}){dot}{suffix}"
        self._counts[path] = max(count, 1)
        self._counts.setdefault(told, 1)
        return told
