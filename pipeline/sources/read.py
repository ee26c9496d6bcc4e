"""Bytes to the source text and a document id, or a reason that a person understands."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources import text
from pipeline.sources.kinds import kind_of
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.linear import Linear
from pipeline.sources.storage import content_of, opened

ID_LENGTH = 16
"""Characters of a document id, which the keys of its rows begin with."""


def read(path: Path, *, name: str, limits: Limits = DEFAULT) -> Source:
    """Read one file; a `DocumentError` says why it cannot be read."""
    with opened(str(path), name=name) as file:
        return source_of(content_of(file, name=name, size_limit=limits.size_limit), name=name, limits=limits)


def source_of(content: bytes, *, name: str, limits: Limits = DEFAULT) -> Source:
    """The text of one document; a `DocumentError` says why there is none."""
    linear = linear_text(content, name=name, limits=limits)
    return Source(
        document_id(content),
        name,
        linear.text,
        linear.encoding,
        linear.media_type,
        len(content),
        is_linear=not linear.is_decoded,
        has_pages=linear.has_pages,
        unread_pages=linear.unread_pages,
    )


def document_id(content: bytes) -> str:
    """The first 16 hex digits of the SHA-256 of the bytes: the same bytes, the same document."""
    return hashlib.sha256(content).hexdigest()[:ID_LENGTH]


Reader = Callable[[bytes, str, Limits], Linear]
"""What every module has as `read`: content, name and limits to text; a `DocumentError` says why there is none."""


def linear_text(content: bytes, *, name: str, limits: Limits) -> Linear:
    """The text of a file of any kind that is read.

    Raises:
        DocumentError: it is of another kind, damaged, encrypted, larger than its limits, or a picture.

    """
    try:
        linear = _reader(kind_of(content, name=name))(content, name, limits)
    except RecursionError as error:
        raise DocumentError(f"{name}: is nested deeper than any office program nests; look into it by hand") from error
    if not linear.text.strip():
        raise DocumentError(f"{name}: holds no text; where it holds pictures of pages, read them by OCR", "needs_ocr")
    return linear


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
