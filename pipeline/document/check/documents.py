"""What is odd about a document as a whole: damage that was repaired, pages that are pictures, lines without end."""

from collections.abc import Iterator

from pipeline.document.build_rows import BuiltRows
from pipeline.document.check.quotes import AROUND, quoted
from pipeline.model import LAYOUT, Issue


def _document(built: BuiltRows) -> Iterator[Issue]:
    """What is odd about the document as a whole."""
    document = built.blocks
    hits = [hit for hit in document.document.repaired.hits if hit.fix not in LAYOUT]
    if hits and document.copies:
        counts: dict[str, int] = {}
        for hit in hits:
            counts[hit.fix] = counts.get(hit.fix, 0) + 1
        said = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        places = "1 place" if len(hits) == 1 else f"{len(hits)} places"
        start, end = hits[0].repaired_start, hits[0].repaired_end
        mended = quoted(document.document.text[max(0, start - AROUND) : end + AROUND])
        text = f"{places} repaired ({said}), the first in {mended}"
        yield Issue("code_points_repaired", text, (start, end + 1))
    for page_number in document.document.source.unread_pages:
        start = document.document.pages[page_number - 1].start
        yield Issue("needs_ocr", "this page is a picture, and what it says is in no text", (start, start))
    loops = [line for page in document.document.pages for line in page.lines if line.role == "loop"]
    if loops:
        said = document.document.text[loops[0].start : loops[0].end][:60]
        yield Issue(
            "repeated_text_loop", f"{said!r} is repeated {len(loops)} times more", (loops[0].start, loops[0].end)
        )


DOCUMENT_CHECKS = (_document,)
