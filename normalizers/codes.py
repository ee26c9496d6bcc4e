"""Codes of projects."""

import re

from normalizers import Unreadable
from normalizers.digits import arabic
from normalizers.text import line

_DASHES = re.compile(r"\s*+[-\u2010-\u2015\u2212]\s*+")
_CODE = re.compile(r"[0-9]{1,12}+(?:[-./][0-9]{1,12}+){0,5}")


def code(text: str) -> str | None:
    """Read a code of figures and dashes, in Arabic digits; what holds anything else is not repaired.

    >>> code(" : 09000000-3863"), code("๐๙๐๐๐๐๐๐ – ๓๘๖๓"), code("...")
    ('09000000-3863', '09000000-3863', None)
    >>> code("O9000000-3863")
    Traceback (most recent call last):
    normalizers.Unreadable: 'O9000000-3863' is not a code of figures and dashes
    """
    printed = line(text.strip(" \t:=|"))
    if printed is None:
        return None
    figures = _DASHES.sub("-", arabic(printed))
    if not _CODE.fullmatch(figures):
        raise Unreadable(f"{printed!r} is not a code of figures and dashes")
    return figures
