"""Names of archive members: their bytes to text, tricks with paths, and names that come twice."""

import re
from typing import NamedTuple

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
    text = raw_name if isinstance(raw_name, str) else _decoded(raw_name, legacy)
    path = text.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    is_trick = path.startswith("/") or ".." in parts or "\0" in path or _DRIVE.match(path) is not None
    is_hidden = any(part == "__MACOSX" or part.startswith(".") for part in parts) and not is_trick
    return MemberName("/".join(parts).replace("\0", "\ufffd") or "\ufffd", is_trick, is_hidden, path.endswith("/"))


def _decoded(raw_name: bytes, legacy: str) -> str:
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
