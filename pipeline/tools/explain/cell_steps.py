"""What was done on the way from the page to a value: fixes, the label, the normalizer; and what other copies say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalizers.fixes import FIXES
from normalizers.word_fixes import WORD_FIXES
from pipeline.document.lines import line_number
from pipeline.document.merge_copies import Consensus
from pipeline.document.merge_copies.alignment import reading_key
from pipeline.model import Cell, Edit, Pages, SplitDocument
from schemas.base import Choice, Normalizer
from schemas.evidence import Evidence

AROUND = 80
"""Characters of the line before and behind a value that are shown as its context."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place in the source text, with what stands around it on its line; no line where the text is not there."""

    page_number: int
    char_start: int
    char_end: int
    raw_text: str
    line: int | None = None
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: a `fix`, the `label` found, a `normalizer`, a `correction`, or one that is `waiting`."""

    what: str
    name: str
    before: str
    after: str | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CopyReading:
    """What one copy of the report says, and where; None where it cannot be read."""

    copy_number: int
    value: object
    agrees: bool
    stretches: tuple[Stretch, ...]


def stretch(text: str | None, page_number: int, start: int, end: int, raw_text: str) -> Stretch:
    """A place with its line and context, as far as the text is there.

    >>> stretch("ก\\nรหัส : 12 ข", 1, 9, 11, "12")
    Stretch(page_number=1, char_start=9, char_end=11, raw_text='12', line=2, before='รหัส : ', behind=' ข')
    """
    if text is None or text[start:end] != raw_text:
        return Stretch(page_number, start, end, raw_text)
    line = line_number(text, start)
    before = text[max(0, start - AROUND) : start].replace("\r", "\n").rpartition("\n")[2]
    behind = text[end : end + AROUND].replace("\r", "\n").partition("\n")[0]
    return Stretch(page_number, start, end, raw_text, line, before, behind)


def steps_of(document: Pages, cell: Cell) -> Iterator[Step]:
    """The fixes inside a value, the label that it stands behind, and how it was read."""
    repaired = document.repaired
    edits: dict[Edit, None] = {edit: None for span in cell.field.spans for edit in repaired.edits_in(*span)}
    for edit in edits:
        damaged = repaired.source[edit.source_start : edit.source_end]
        mended = repaired.text[edit.repaired_start : edit.repaired_end]
        meaning = " ".join(_meaning_of_fix().get(name, "") for name in edit.fixes)
        yield Step("fix", ", ".join(edit.fixes), damaged, mended, meaning)
    if cell.field.label:
        yield Step("label", cell.field.label, "", meaning=f"{cell.field.score:.0f} of 100 alike to what is printed")
    after = None if cell.value is None else str(cell.value)
    if cell.field.is_inferred:
        yield Step("normalizer", "inferred", cell.field.raw, after, "The text does not print it but implies it.")
    elif cell.field.model.marks(cell.field.column, Choice):
        yield Step("normalizer", "choice", cell.field.raw, after, "One of a few printed phrases.")
    elif normalizers := cell.field.model.marks(cell.field.column, Normalizer):
        read = normalizers[-1].read
        yield Step("normalizer", f"{read.__module__}.{read.__name__}", cell.field.raw, after, _first_line(read.__doc__))
    else:
        yield Step("normalizer", "its place", cell.field.raw, after, "A number or marker in front of what it belongs to.")


def readings_of_copies(blocks: SplitDocument, reading: Consensus) -> Iterator[CopyReading]:
    """What each copy prints for a value, the one that won among them, in the order of the text."""
    numbers = {copy.index: copy.number for copy in blocks.copies}
    won = reading_key(reading.cell.value)
    for cell in sorted((reading.cell, *reading.others), key=lambda cell: (cell.field.copy, cell.field.spans)):
        agrees = cell.value is not None and reading_key(cell.value) == won
        yield CopyReading(numbers[cell.field.copy], cell.value, agrees, stretches_of(blocks.document, cell))


def stretches_of(document: Pages, cell: Cell) -> tuple[Stretch, ...]:
    """Where a copy's value stands in the source."""
    text = document.source.text
    places = [(document.page_at(span[0]), *document.repaired.to_source(*span)) for span in cell.field.spans]
    return tuple(stretch(text, page, start, end, text[start:end]) for page, start, end in places)


def stretches_of_rows(text: str | None, evidence: Iterable[Evidence]) -> tuple[Stretch, ...]:
    """Where evidence says that a value stands."""
    return tuple(stretch(text, one.page_number, one.char_start, one.char_end, one.raw_text) for one in evidence)


def spans_of(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """The bare places."""
    return [(one.char_start, one.char_end) for one in stretches]


@cache
def _meaning_of_fix() -> dict[str, str]:
    """What each fix does, in the first line of its docstring."""
    said = {fix.name: _first_line(fix.replace.__doc__) for fix in FIXES}
    return said | {fix.name: _first_line(fix.readings.__doc__) for fix in WORD_FIXES}


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]
