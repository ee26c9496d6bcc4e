"""Readers: bytes to the text of a file, one module for each kind; each loads its library when it is first needed."""

from collections.abc import Callable

from pipeline.errors import DocumentError
from pipeline.inputs.limits import Limits
from pipeline.readers import text
from pipeline.readers.kinds import kind_of
from pipeline.readers.linear import Linear

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
            from pipeline.readers import html

            return html.read
        case "docx":
            from pipeline.readers import docx

            return docx.read
        case "odt":
            from pipeline.readers import odt

            return odt.read
        case "pdf":
            from pipeline.readers import pdf

            return pdf.read
        case _:
            return text.read
