"""Where each value stood: a row for every stretch of text that a cell was read from."""

from collections.abc import Iterator

from pipeline.merge_copies import Reading
from pipeline.model import Pages
from schemas.evidence import Evidence

REPAIRED, TIED = 0.9, 0.6
"""What a repaired code point, and a tie between copies, take off the confidence in a value."""


def evidence_rows(document: Pages, table: str, row_key: str, column: str, reading: Reading) -> Iterator[Evidence]:
    """One row a stretch, in reading order, all with the same confidence: that of the cell."""
    source, spans = document.source, reading.cell.spans
    is_repaired = document.repaired.is_edited(spans)
    of_cell = {
        "table_name": table,
        "row_key": row_key,
        "column_name": column,
        "document_id": source.document_id,
        "method": _method(reading, is_repaired=is_repaired),
        "confidence": 1.0 if reading.is_corrected else _confidence(reading, is_repaired=is_repaired),
        "copies_total": reading.total,
        "copies_agreeing": reading.agreeing,
        "alternatives": list(reading.alternatives),
    }
    for part, (start, end) in enumerate(spans, 1):
        char_start, char_end = document.repaired.to_source(start, end)
        of_stretch = {
            "part": part,
            "page_number": document.page_at(start),
            "char_start": char_start,
            "char_end": char_end,
            "raw_text": source.text[char_start:char_end],
        }
        yield Evidence.model_validate(of_cell | of_stretch)


def _method(reading: Reading, *, is_repaired: bool) -> str:
    if reading.is_corrected:
        return "corrected"
    if reading.cell.is_inferred:
        return "inferred"
    return "repaired" if is_repaired else "merged_lines" if len(reading.cell.spans) > 1 else "exact"


def _confidence(reading: Reading, *, is_repaired: bool) -> float:
    """Likeness of the label, times the share of copies that agree, less what repair and a tie cost."""
    agreement = (1 + reading.agreeing / reading.total) / 2
    confidence = (
        reading.cell.score / 100 * agreement * (REPAIRED if is_repaired else 1) * (TIED if reading.is_tied else 1)
    )
    return round(confidence, 4)
