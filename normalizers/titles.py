"""The titles before a person's name, and the names that are surely no person's. Only an export asks for them."""

import re

from normalizers.people import OFFICE_WORD, TITLES
from normalizers.text import behind

_TITLES_IN_FRONT = re.compile(TITLES)
_TITLES_BEHIND = re.compile(rf"{TITLES}\Z")
_LONGEST_TITLES = 40
_OFFICES_ALONE = re.compile(rf"(?:(?:{OFFICE_WORD}[^ ]*+|[0-9๐-๙]++)(?: |\Z))++")


def untitled(name: str) -> str:
    """A person's name without its titles; the name of an office as it is.

    >>> untitled("ว่าที่ร้อยตรี ดร. ก ข"), untitled("นางสาวก ข"), untitled("กองคลัง"), untitled("นายช่างโยธา")
    ('ก ข', 'ก ข', 'กองคลัง', 'นายช่างโยธา')
    """
    return name[behind(_TITLES_IN_FRONT, name, 0) :]


def is_office(name: str) -> bool:
    """Whether a name is surely that of an office: each of its words begins as offices do, or is a number.

    >>> is_office("กลุ่มงานแผน เขต 2"), is_office("กองแก้ว ใจดี"), is_office("นายก ข")
    (True, False, False)
    """
    return _OFFICES_ALONE.fullmatch(name) is not None


def titles_before(text: str, end: int) -> int:
    """Where the titles begin that stand before a name, or its own place where it has none.

    >>> titles_before("โดย นาย ก", 8), titles_before("โดย ก", 4)
    (4, 4)
    """
    first = max(0, end - _LONGEST_TITLES)
    found = _TITLES_BEHIND.search(text[first:end])
    return first + found.start() if found else end
