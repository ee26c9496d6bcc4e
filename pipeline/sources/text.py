"""Decode plain text and Markdown.

No library that guesses encodings is used. Thai archives hold UTF-8, UTF-16 and one other encoding, CP874, which
includes TIS-620 and ISO-8859-11; how Thai is written tells it from others. A damaged UTF-8 file must never pass for
another encoding, which such libraries try to achieve.
"""

import codecs
import re

from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import ExtractedText

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes that are examined to detect the encoding."""
SOUND_PER_BROKEN = 5
"""Sound characters per broken one from which on a file is damaged UTF-8, not another encoding."""

_THAI_WORDS = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3,}")
_FOLLOWING = frozenset((0xD0, 0xD1, 0xD2, 0xD3, *range(0xD4, 0xDA), *range(0xE7, 0xED)))
"""Vowels and marks of CP874 that follow their consonant: SARA A to SARA UU, MAITAIKHU to THANTHAKHAT."""
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(content: bytes, name: str, _limits: Limits) -> ExtractedText:
    """The text, decoded."""
    is_markdown = name.lower().endswith((".md", ".markdown"))
    return decode(content, name=name, media_type="text/markdown" if is_markdown else "text/plain")


def decode(content: bytes, *, name: str, media_type: str, declared: str | None = None) -> ExtractedText:
    """Decode a document.

    The encoding that a document declares is used only where its bytes show none: many declare a wrong one.

    Raises:
        DocumentError: it is not text.

    """
    encoding = _encoding(content, name=name, declared=declared)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start:,} is not {encoding}: {error.reason}; the file may be incomplete"
        ) from error
    controls = len(_NOT_TEXT.findall(text, 0, SAMPLE))
    if controls > 0.02 * min(len(text), SAMPLE):
        raise DocumentError(
            f"{name}: the file is full of control characters and is not text; get it again from its source"
        )
    if not text.strip():
        raise DocumentError(f"{name}: the file contains only blanks; get it again from its source")
    return ExtractedText(text, media_type, encoding, is_decoded=True)


def _encoding(content: bytes, *, name: str, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if b"\x00" in content[:4096]:
        return _encoding_with_nulls(content, name=name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy_encoding(content, name=name, declared=declared, error=error)
    return "utf-8"


def _encoding_with_nulls(content: bytes, *, name: str) -> str:
    """UTF-16 without a byte order mark: in Thai every second byte is 0x0E, in ASCII 0."""
    head = content[: len(content[:4096]) & ~1]
    for high_bytes, encoding in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
        if high_bytes.count(0) + high_bytes.count(0x0E) > 0.9 * len(high_bytes) and head.strip(b"\x00"):
            return encoding
    raise DocumentError(f"{name}: the file contains NUL bytes and is not text; get it again from its source")


def _legacy_encoding(content: bytes, *, name: str, declared: str | None, error: UnicodeDecodeError) -> str:
    """CP874 (TIS-620 with a few additions), where most bytes beyond ASCII are Thai letters in it.

    Thai letters in CP874 form valid UTF-8 here and there, so a few valid characters prove nothing; a damaged UTF-8 file
    has many valid ones for each broken one.
    """
    sample = content[:SAMPLE]
    replaced = sample.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    sound = sum(sign > "\x7f" for sign in replaced) - broken
    is_cut = error.reason == "unexpected end of data" and sound
    if is_cut or broken * SOUND_PER_BROKEN < sound or error.start >= SAMPLE - 4:
        raise DocumentError(
            f"{name}: byte {error.start:,} of {len(content):,} is not UTF-8 ({error.reason}), the text before is; "
            "the file is incomplete or damaged, copy it again"
        ) from error
    high, thai = sum(byte > 0x7F for byte in sample), sum(map(len, _THAI_WORDS.findall(sample)))
    if thai > 0.9 * high and _is_thai(sample) and _decodes(content, "cp874"):
        return "cp874"
    if declared is not None and _decodes(content, declared):
        return declared
    raise DocumentError(
        f"{name}: the encoding is not UTF-8, UTF-16 or Thai CP874/TIS-620; convert the file to UTF-8"
    ) from error


def _is_thai(sample: bytes) -> bool:
    """Whether vowels and marks are as frequent as in Thai; other alphabets use the same bytes.

    About a third of Thai letters are vowels and marks that follow their consonant.
    """
    letters = [byte for byte in sample if byte > 0x7F]
    following = sum(byte in _FOLLOWING for byte in letters)
    return 0.1 < following / len(letters) < 0.6


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
