"""Documents to files: alone, as members of archives, again in the same bytes or in others, or broken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.synthesizer.archive.damage import ON_DISK, WAYS
from tests.synthesizer.archive.documents import Document, Documents
from tests.synthesizer.archive.manifest import Expected, with_duplicates
from tests.synthesizer.archive.packing import gzipped, tar, zipped

MEMBERS = 300
"""Documents in one archive, about."""
INNER = "กล่องใน.zip"
"""The archive in an archive."""
FORMATS = (".zip", INNER, ".tar.gz", ".zip")
"""What becomes of one box of members after the other; of one kind each ZIP holds another."""


@dataclass(frozen=True)
class Mix:
    """Shares of all documents."""

    archived: float = 0.2
    broken: float = 0.02
    duplicate: float = 0.02
    printed_anew: float = 0.02


@dataclass(frozen=True)
class File:
    """What one number of the archive becomes, and where."""

    name: str
    content: bytes
    expected: Expected


def write_archive(folder: Path, count: int, *, seed: int = 0, mix: Mix | None = None) -> list[Expected]:
    """Write so many documents into a new folder, and return what a run should make of each, in order of name."""
    mix = mix or Mix()
    folder.mkdir(parents=True)
    boxes = _Boxes(folder, size=_box_size(count, mix))
    found = list[Expected]()
    for number in range(count):
        if _is_chosen(number, mix.broken):
            found.append(_write_broken(folder, number, seed=seed, turn=int(number * mix.broken)))
            continue
        file = _sound(number, seed=seed, mix=mix)
        if _is_chosen(number, mix.archived):
            found += boxes.add(file)
        else:
            _write(folder / file.name, file.content)
            found.append(file.expected)
    found += boxes.close()
    return with_duplicates(found)


def _is_chosen(number: int, share: float, phase: float = 0.0) -> bool:
    """Whether a number is among a share of all, which lie evenly; another phase, 0 to 1, chooses others.

    >>> [number for number in range(20) if _is_chosen(number, 0.2)]
    [4, 9, 14, 19]
    >>> [number for number in range(20) if _is_chosen(number, 0.2, 0.5)]
    [2, 7, 12, 17]
    """
    return int((number + 1) * share + phase + 1e-9) > int(number * share + phase + 1e-9)


def _box_size(count: int, mix: Mix) -> int:
    """So many members that there is a box of each format, however few documents there are."""
    return max(1, min(MEMBERS, int(count * mix.archived) // len(FORMATS)))


def _sound(number: int, *, seed: int, mix: Mix) -> File:
    """A document, or what an earlier one is once more."""
    documents, random = Documents(seed), Random(f"repeat/{seed}/{number}")
    is_duplicate, is_anew = _is_chosen(number, mix.duplicate, 1 / 3), _is_chosen(number, mix.printed_anew, 2 / 3)
    if number and (is_duplicate or is_anew):
        first = random.randrange(number)
        document = documents[first] if is_duplicate else documents.printed_anew(first)
        return _file(document, f"สำเนา/{document.folder}/เรื่อง {number:06}.txt")
    document = documents[number]
    return _file(document, f"{document.folder}/เรื่อง {number:06}.txt")


def _file(document: Document, name: str) -> File:
    content = document.content
    expected = Expected(name, document.kind, "parsed", str(document.number), sha256(content).hexdigest())
    return File(name, content, expected)


def _write_broken(folder: Path, number: int, *, seed: int, turn: int) -> Expected:
    """A file that cannot be read, one way after the other."""
    content, random = Documents(seed)[number].text.encode(), Random(f"broken/{seed}/{number}")
    ways = (*WAYS, *ON_DISK)
    way = ways[turn % len(ways)]
    suffix, make = WAYS.get(way, (".txt", lambda content, _: content))
    name = f"รับเข้า/กล่องที่ {number % 7 + 1}/เรื่อง {number:06}{suffix}"
    broken = make(content, random)
    is_broken = True
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if way in ON_DISK:
        is_broken = ON_DISK[way](path, broken)
    else:
        path.write_bytes(broken)
    return Expected(name, way, "quarantined" if is_broken else "parsed", str(number), sha256(broken).hexdigest())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


class _Boxes:
    """Members that wait until there are enough for an archive."""

    def __init__(self, folder: Path, *, size: int) -> None:
        self.folder = folder
        self.size = size
        self.count = 0
        self.waiting: list[File] = []

    def add(self, file: File) -> Iterator[Expected]:
        """Take a member; the names of all members once their box is full."""
        self.waiting.append(file)
        return self.close() if len(self.waiting) >= self.size else iter(())

    def close(self) -> Iterator[Expected]:
        """Write the box, however full it is."""
        if not self.waiting:
            return
        files, self.waiting = self.waiting, []
        format_, self.count = FORMATS[self.count % len(FORMATS)], self.count + 1
        suffix = ".tar.gz" if format_ == ".tar.gz" else ".zip"
        name = f"จัดเก็บ/ชุดที่ {self.count:03}{suffix}"
        inside = len(files) // 2 if format_ == INNER else 0
        outer = {file.name: file.content for file in files[inside:]}
        if inside:
            outer[INNER] = zipped({file.name: file.content for file in files[:inside]})
        _write(self.folder / name, gzipped(tar(outer)) if suffix == ".tar.gz" else zipped(outer))
        for n, file in enumerate(files):
            holder = f"{name}!/{INNER}" if n < inside else name
            yield replace(file.expected, source=f"{holder}!/{file.name}")
