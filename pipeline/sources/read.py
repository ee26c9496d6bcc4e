"""Read a file: its bytes to text and a document id, or the reason why it cannot be read.

The kind of a file is detected by its first bytes, whatever its name; between kinds of text, by its suffix.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath

from pipeline.errors import DocumentError
from pipeline.model import Source
from pipeline.sources.archive_files import ZIP_DAMAGE
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.linear import ExtractedText
from pipeline.sources.storage import open_file, read_limited

ID_LENGTH = 16
"""Characters of a document id; the keys of all its rows begin with it."""

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".docx": "docx", ".odt": "odt", ".pdf": "pdf",
}  # fmt: skip
"""Supported suffixes and the modules that read them, each loaded when a file needs it."""
_NAMES = {"docx": "a Word document", "odt": "an OpenDocument text", "pdf": "a PDF file"}
_PICTURES = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
}
_OTHERS = {
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    rb"{\rtf": "an RTF document",
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF = re.compile(rb"\A[\s\xef\xbb\xbf]{0,1000}+%PDF-")
_HTML = re.compile(
    rb"\A[\s\xef\xbb\xbf]{0,1000}+(?:<\?xml[^>]{0,200}+>\s*+)?+<(?:!doctype\s++html|html)[\s>]", re.IGNORECASE
)
_ODT = b"application/vnd.oasis.opendocument.text"


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
"""The function `read` of the module named as its kind: content, name and limits to text, or a `DocumentError`."""


def extract_text(content: bytes, *, name: str, limits: Limits) -> ExtractedText:
    """Extract the text of a file of any supported kind.

    Raises:
        DocumentError: the kind is not supported; the file is damaged, encrypted, over a limit, or a picture.

    """
    reader: Reader = import_module(f"pipeline.sources.{detect_kind(content, name=name)}").read
    try:
        extracted = reader(content, name, limits)
    except RecursionError as error:
        raise DocumentError(f"{name}: is nested too deeply to be a real document; check it by hand") from error
    if not extracted.text.strip():
        raise DocumentError(f"{name}: contains no text; if its pages are pictures, run OCR first", "needs_ocr")
    return extracted


def detect_kind(content: bytes, *, name: str) -> str:
    """The name of the reader for these bytes.

    Raises:
        DocumentError: no reader supports them; for a picture the code is `needs_ocr`.

    """
    if not content:
        raise DocumentError(f"{name}: the file is empty; get it again from its source")
    _refuse_other_kinds(content, name=name)
    if content.startswith(_ZIP):
        return _office_kind(content, name=name)
    suffix = PurePosixPath(name).suffix.lower()
    is_pdf = b"%PDF-" in content[:1024] if suffix == ".pdf" else _PDF.match(content)
    return "pdf" if is_pdf else _text_kind(content, KINDS.get(suffix, "text"), name=name)


def _refuse_other_kinds(content: bytes, *, name: str) -> None:
    for mark, what in _PICTURES.items():
        if content.startswith(mark):
            reason = f"this is {what}, not what its name says; run OCR first"
            raise DocumentError(f"{name}: {reason}", "needs_ocr")
    for mark, what in _OTHERS.items():
        if content.startswith(mark):
            raise DocumentError(f"{name}: this is {what}, not what its name says; extract its text first")
    if content.startswith(_OLE):
        what = "this is an old office document; save it as .docx first"
        raise DocumentError(f"{name}: {'is encrypted; save it without a password' if _ENCRYPTED in content else what}")


def _text_kind(content: bytes, kind: str, *, name: str) -> str:
    """The kind of a text by its name, or HTML by its content."""
    if _HTML.match(content[:4096]):
        return "html"
    if kind in _NAMES:
        what = f"this is not {_NAMES[kind]}, though its name says so"
        raise DocumentError(f"{name}: {what}; get it again from its source")
    return kind


def _office_kind(content: bytes, *, name: str) -> str:
    """The kind of an office document, by the files inside it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            media_type = archive.open("mimetype").read(len(_ODT) + 1) if "mimetype" in names else b""
    except (*ZIP_DAMAGE, RuntimeError) as error:
        raise DocumentError(f"{name}: is damaged or incomplete ({error}); get it again from its source") from error
    folders = {path.partition("/")[0] for path in names}
    if "word" in folders:
        return "docx"
    if media_type == _ODT:
        return "odt"
    what = "a spreadsheet" if "xl" in folders else "a presentation" if "ppt" in folders else "an archive"
    raise DocumentError(f"{name}: this is {what}, not what its name says; only text documents are supported")
