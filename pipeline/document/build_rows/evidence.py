"""Where each value stood: a row for every stretch of text that a cell was read from."""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from pipeline.document.build_rows.plain_rows import Plain
from pipeline.document.merge_copies import Consensus, MergedRow
from pipeline.model import Pages, Place

REPAIRED, TIED = 0.9, 0.6
"""What a repaired code point, and a tie between copies, take off the confidence in a value."""
COLUMNS = (
    "table_name", "row_key", "column_name", "part", "document_id", "page_number", "char_start", "char_end", "raw_text",
    "method", "confidence", "copies_total", "copies_agreeing", "alternatives",
)  # fmt: skip
"""The columns of the table, in the order of the rows below."""
_IS_EDITED = itemgetter(3)


def evidence_rows(document: Pages, table: str, row_key: str, cells: MergedRow) -> list[Plain]:
    """A row for every stretch of each cell that has a value, or had one before it was corrected, in reading order.

    The stretches of a cell all have the same confidence: that of the cell.
    """
    text, document_id = document.source.text, document.source.document_id
    place_of, rows = document.places.of, list[Plain]()
    for column, reading in cells.items():
        if reading.cell.field.spans and (reading.cell.value is not None or reading.is_corrected):
            stretches = [place_of(start, end) for start, end in reading.cell.field.spans]
            of_cell = _judged(reading, stretches)
            rows += [
                (table, row_key, column, part, document_id, page_number, start, end, text[start:end], *of_cell)
                for part, (page_number, start, end, _) in enumerate(stretches, 1)
            ]
    return rows


def _judged(reading: Consensus, stretches: Sequence[Place]) -> Plain:
    """How a cell was read, how sure that is, and what the copies say."""
    field, copies = reading.cell.field, (reading.total, reading.agreeing, list(reading.alternatives))
    if reading.is_corrected:
        return "corrected", 1.0, *copies
    is_repaired = any(map(_IS_EDITED, stretches))
    method = "repaired" if is_repaired else "merged_lines" if len(stretches) > 1 else "exact"
    agreement = reading.agreeing / reading.total
    confidence = _confidence(field.score, agreement, is_repaired=is_repaired, is_tied=reading.is_tied)
    return "inferred" if field.is_inferred else method, confidence, *copies


@lru_cache(maxsize=1024)
def _confidence(score: float, agreeing: float, *, is_repaired: bool, is_tied: bool) -> float:
    """Likeness of the label, times the share of copies that agree, less what repair and a tie cost."""
    agreement = (1 + agreeing) / 2
    return round(score / 100 * agreement * (REPAIRED if is_repaired else 1) * (TIED if is_tied else 1), 4)
