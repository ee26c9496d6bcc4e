"""Read a file: its bytes to text and a document id, or the reason why it cannot be read."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources import text
from pipeline.sources.kinds import detect_kind
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.linear import ExtractedText
from pipeline.sources.storage import open_file, read_limited

ID_LENGTH = 16
"""Characters of a document id; the keys of all its rows begin with it."""


def read(path: Path, *, name: str, limits: Limits = DEFAULT) -> Source:
    """Read one file.

    Raises:
        DocumentError: it cannot be read; the message says why.

    """
    with open_file(str(path), name=name) as file:
        return source_of(read_limited(file, name=name, size_limit=limits.size_limit), name=name, limits=limits)


def source_of(content: bytes, *, name: str, limits: Limits = DEFAULT) -> Source:
    """Extract the text of a document from its bytes.

    Raises:
        DocumentError: it cannot be read; the message says why.

    """
    extracted = extract_text(content, name=name, limits=limits)
    return Source(
        document_id(content),
        name,
        extracted.text,
        extracted.encoding,
        extracted.media_type,
        len(content),
        is_linear=not extracted.is_decoded,
        has_pages=extracted.has_pages,
        unread_pages=extracted.unread_pages,
    )


def document_id(content: bytes) -> str:
    """The first 16 hex digits of the SHA-256 of the bytes: the same bytes, the same document."""
    return hashlib.sha256(content).hexdigest()[:ID_LENGTH]


Reader = Callable[[bytes, str, Limits], ExtractedText]
"""The function `read` of each reader module: content, name and limits to text, or a `DocumentError`."""


def extract_text(content: bytes, *, name: str, limits: Limits) -> ExtractedText:
    """Extract the text of a file of any supported kind.

    Raises:
        DocumentError: the kind is not supported; the file is damaged, encrypted, over a limit, or a picture.

    """
    try:
        extracted = _reader(detect_kind(content, name=name))(content, name, limits)
    except RecursionError as error:
        raise DocumentError(f"{name}: is nested too deeply to be a real document; check it by hand") from error
    if not extracted.text.strip():
        raise DocumentError(f"{name}: contains no text; if its pages are pictures, run OCR first", "needs_ocr")
    return extracted


def _reader(kind: str) -> Reader:
    match kind:
        case "html":
            from pipeline.sources import html

            return html.read
        case "docx":
            from pipeline.sources import docx

            return docx.read
        case "odt":
            from pipeline.sources import odt

            return odt.read
        case "pdf":
            from pipeline.sources import pdf

            return pdf.read
        case _:
            return text.read
