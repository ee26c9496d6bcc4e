"""Bytes to the source text and a document id, or a reason that a person understands."""

import hashlib
from pathlib import Path

from pipeline.inputs.limits import DEFAULT, Limits
from pipeline.inputs.storage import content_of, opened
from pipeline.model import Source
from pipeline.readers import linear_text


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
    return hashlib.sha256(content).hexdigest()[:16]
