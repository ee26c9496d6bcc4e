"""What is odd about a document as a whole: damage that was repaired, pages that are pictures, lines without end."""

from collections import Counter
from collections.abc import Iterator

from pipeline.document.check.findings import AROUND, quoted
from pipeline.model import LAYOUT, Issue, SplitDocument


def _repairs(blocks: SplitDocument) -> Iterator[Issue]:
    """Damage that was repaired, where something was read."""
    document = blocks.document
    hits = [(name, edit) for edit in document.repaired.edits for name in edit.fixes if name not in LAYOUT]
    if hits and blocks.copies:
        counts = Counter(name for name, _ in hits)
        fixes = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        places = "1 place" if len(hits) == 1 else f"{len(hits)} places"
        start, end = hits[0][1].repaired_start, hits[0][1].repaired_end
        first = quoted(document.text[max(0, start - AROUND) : end + AROUND])
        yield Issue("code_points_repaired", f"{places} repaired ({fixes}), the first in {first}", (start, end + 1))


def _pictures(blocks: SplitDocument) -> Iterator[Issue]:
    """Pages of which there is no text."""
    document = blocks.document
    for page_number in document.source.unread_pages:
        start = document.pages[page_number - 1].start
        yield Issue("needs_ocr", "this page is a picture, and what it says is in no text", (start, start))


def _loops(blocks: SplitDocument) -> Iterator[Issue]:
    """Lines that an OCR engine wrote over and over."""
    document = blocks.document
    loops = [line for page in document.pages for line in page.lines if line.role == "loop"]
    if loops:
        span = (loops[0].start, loops[0].end)
        text = f"{document.text[slice(*span)][:60]!r} is repeated {len(loops)} times more"
        yield Issue("repeated_text_loop", text, span)


DOCUMENT_CHECKS = (_repairs, _pictures, _loops)
