"""Plain text and Markdown: the bytes decoded, or a reason that a person understands.

No library for guessing encodings is used. Beside UTF-8 and UTF-16 a Thai archive holds one other, CP874 with TIS-620
and ISO-8859-11 inside it; what tells it from the rest is how Thai is written, and a damaged UTF-8 file must never pass
for another encoding, which such libraries are made to find.
"""

import codecs
import re

from pipeline.errors import DocumentError
from pipeline.sources.limits import Limits
from pipeline.sources.linear import Linear

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes from which an encoding is judged."""
FEW_BROKEN = 5
"""Sound characters for each broken one from which on a file is damaged UTF-8 rather than another encoding."""

_THAI_WORDS = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3,}")
_FOLLOWING = frozenset((0xD0, 0xD1, 0xD2, 0xD3, *range(0xD4, 0xDA), *range(0xE7, 0xED)))
"""CP874's vowels and marks that follow their consonant, from SARA A to SARA UU and from MAITAIKHU to THANTHAKHAT."""
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(content: bytes, name: str, _limits: Limits) -> Linear:
    """The text as it is."""
    text, encoding = decode(content, name=name)
    media_type = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return Linear(text, media_type, encoding, is_decoded=True)


def decode(content: bytes, *, name: str, said: str | None = None) -> tuple[str, str]:
    """The text of a document and the encoding that gives it back; a `DocumentError` where it is no text.

    The encoding that the document says is taken where its bytes show none: many documents are wrong about theirs.
    """
    encoding = _encoding(content, name=name, said=said)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start:,} is not {encoding}: {error.reason}; the file may be cut short"
        ) from error
    return _require_text(text, name=name), encoding


def _encoding(content: bytes, *, name: str, said: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if b"\x00" in content[:4096]:
        return _encoding_with_nulls(content, name=name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy_encoding(content, name=name, said=said, error=error)
    return "utf-8"


def _encoding_with_nulls(content: bytes, *, name: str) -> str:
    """UTF-16 without its mark: Thai fills every second byte with 0x0E, ASCII with 0."""
    head = content[: len(content[:4096]) & ~1]
    for high_bytes, encoding in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
        if high_bytes.count(0) + high_bytes.count(0x0E) > 0.9 * len(high_bytes) and head.strip(b"\x00"):
            return encoding
    raise DocumentError(f"{name}: the file holds NUL bytes and is no text; copy it again from where it came")


def _legacy_encoding(content: bytes, *, name: str, said: str | None, error: UnicodeDecodeError) -> str:
    """CP874 (TIS-620 with a few additions), where most bytes beyond ASCII are Thai letters in it.

    Thai letters of CP874 pair up to sound UTF-8 here and there, so a few characters prove nothing; a damaged UTF-8
    file has many sound ones for each that is broken.
    """
    sample = content[:SAMPLE]
    shown = sample.decode("utf-8", "replace")
    broken = shown.count("\ufffd")
    sound = sum(sign > "\x7f" for sign in shown) - broken
    is_cut = error.reason == "unexpected end of data" and sound
    if is_cut or broken * FEW_BROKEN < sound or error.start >= SAMPLE - 4:
        raise DocumentError(
            f"{name}: byte {error.start:,} of {len(content):,} is not UTF-8 ({error.reason}), the text before is; "
            "the file is cut short or damaged, copy it again"
        ) from error
    high, thai = sum(byte > 0x7F for byte in sample), sum(map(len, _THAI_WORDS.findall(sample)))
    if thai > 0.9 * high and _is_thai(sample) and _decodes(content, "cp874"):
        return "cp874"
    if said is not None and _decodes(content, said):
        return said
    raise DocumentError(
        f"{name}: the bytes are neither UTF-8, UTF-16 nor Thai CP874/TIS-620; convert the file to UTF-8"
    ) from error


def _is_thai(sample: bytes) -> bool:
    """Whether vowels and marks are as frequent as in Thai, for other alphabets use the same bytes.

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


def _require_text(text: str, *, name: str) -> str:
    """The text, unless control characters fill it."""
    controls = len(_NOT_TEXT.findall(text, 0, 65536))
    if controls > 0.02 * min(len(text), 65536):
        raise DocumentError(
            f"{name}: the file is full of control characters and is no text; copy it again from where it came"
        )
    if not text.strip():
        raise DocumentError(f"{name}: the file holds nothing but blanks; fetch it again from where it came")
    return text
