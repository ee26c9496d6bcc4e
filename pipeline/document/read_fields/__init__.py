"""Blocks to fields: each reading that a form can declare, and how it finds columns in a block's text."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from normalizers.text import paragraph
from parsers.base import (
    Bullets,
    Calendar,
    Entries,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    Reading,
    SingleField,
    Steps,
    Total,
    WholeText,
)  # fmt: skip
from pipeline.document.read_fields.entries import read_entries
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.labels import read_labelled, read_labelled_rows, row_of
from pipeline.document.read_fields.lists import read_bullets, read_calendar, read_links, read_steps
from pipeline.document.read_fields.periods import Context, context_of, period_fields
from pipeline.document.read_fields.tables import find_table, read_grid, read_priced, read_total
from pipeline.document.scan import Matches
from pipeline.model import Copy, Field, Issue, RowId, SplitDocument


def read_fields(matches: Matches, blocks: SplitDocument) -> list[Field | Issue]:
    """Every field of every copy, and an issue for text in a block that no field of it took."""
    context = context_of(matches, blocks.copies)
    return [found for copy in blocks.copies for found in _read_copy(matches, copy, context)]


def _read_copy(matches: Matches, copy: Copy, context: Context) -> Iterator[Field | Issue]:
    in_periods: list[tuple[Field, int]] = []
    counts: Counter[str] = Counter()
    for declaration, group in groupby(copy.blocks, key=lambda block: block.declaration):
        texts = [JoinedText(block, matches) for block in group]
        for reads in declaration.readings:
            if isinstance(reads, Entries):
                yield from read_entries(reads, texts)
                continue
            for joined in texts:
                counts[declaration.name] += 1
                for found in _read_block(reads, joined, counts[declaration.name]):
                    yield found
                    if joined.block.period and isinstance(found, Field):
                        in_periods.append((found, joined.block.period))
    if any(block.period for block in copy.blocks):
        yield from period_fields(matches, copy, in_periods, context)


def _read_block(reads: Reading, joined: JoinedText, count: int) -> Iterator[Field | Issue]:
    match reads:
        case Labelled():
            yield from read_labelled(reads, joined)
        case LabelledRows():
            yield from read_labelled_rows(reads, joined)
        case WholeText():
            yield from _whole_text(reads, joined, count)
        case SingleField():
            yield from _single_field(reads, joined)
        case _:
            yield from _read_rows(reads, joined)


def _read_rows(reads: Reading, joined: JoinedText) -> Iterator[Field | Issue]:
    """The readings that give several rows, each a module of its own."""
    match reads:
        case Bullets():
            if reads.instead_of is None or find_table(joined, reads.instead_of) is None:
                yield from read_bullets(reads, joined)
        case Steps():
            yield from read_steps(reads, joined)
        case Links():
            yield from read_links(reads, joined)
        case Grid():
            yield from read_grid(reads, joined)
        case Priced():
            yield from read_priced(reads, joined)
        case Total():
            yield from read_total(reads, joined)
        case Calendar():
            yield from read_calendar(reads, joined)


def _single_field(reads: SingleField, joined: JoinedText) -> Iterator[Field]:
    """One column of the row of the project or the quarter, with what the group above says of it."""
    row = row_of(reads.model, joined)
    yield joined.field(reads.model, reads.column, row, (0, len(joined.text)))
    for one in joined.block.given:
        raw, spans = str(one.value), (one.span,)
        yield Field(reads.model, one.column, joined.block.copy, row, raw, spans, value=one.value, is_inferred=True)


def _whole_text(reads: WholeText, joined: JoinedText, count: int) -> Iterator[Field]:
    block = joined.block
    if reads.without and (table := find_table(joined, reads.without)):
        if table.tells(reads.without):
            before = ((start, min(end, table.start)) for start, end in block.pieces if start < table.start)
            behind = (span for span in block.pieces if span[0] >= table.end)
            joined = JoinedText(block, joined.matches, (*before, *behind))
    if paragraph(joined.text) is None:
        return
    whole = (0, len(joined.text))
    name = block.declaration.name
    row = RowId(order=(name, count)) if block.declaration.repeats else RowId(name)
    for column, value in reads.constants.items():
        yield joined.field(reads.model, column, row, whole, value=value, is_inferred=True)._replace(raw=value)
    if block.heading:
        heading = joined.matches.text[slice(*block.heading)]
        yield Field(reads.model, reads.model.column_of("heading"), block.copy, row, heading, (block.heading,))
    yield joined.field(reads.model, reads.model.column_of("passage"), row, whole)
