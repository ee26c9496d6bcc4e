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
from pipeline.document.read_fields.block_text import BlockText
from pipeline.document.read_fields.calendars import read_calendar
from pipeline.document.read_fields.entries import read_entries
from pipeline.document.read_fields.labelled import read_labelled, read_labelled_rows, row_of
from pipeline.document.read_fields.lists import read_bullets, read_links, read_steps
from pipeline.document.read_fields.periods import Context, context_of, period_fields
from pipeline.document.read_fields.priced import read_priced, read_total
from pipeline.document.read_fields.tables import find_table, read_grid
from pipeline.document.scan import Matches
from pipeline.model import Copy, Field, Issue, RowId, SplitDocument


def read_fields(document: SplitDocument) -> tuple[tuple[Field, ...], tuple[Issue, ...]]:
    """Every field of every copy, and an issue for text in a block that no field of it took."""
    fields: list[Field] = []
    issues: list[Issue] = []
    context = context_of(document.copies, document.matches.text)
    for copy in document.copies:
        for found in _read_copy(document.matches, copy, context):
            (issues if isinstance(found, Issue) else fields).append(found)  # type: ignore[arg-type]
    return tuple(fields), tuple(issues)


def _read_copy(matches: Matches, copy: Copy, context: Context) -> Iterator[Field | Issue]:
    in_periods: list[tuple[Field, int]] = []
    counts: Counter[str] = Counter()
    for declaration, group in groupby(copy.blocks, key=lambda block: block.declaration):
        blocks = [BlockText(block, matches) for block in group]
        for reads in declaration.readings:
            if isinstance(reads, Entries):
                yield from read_entries(reads, blocks)
                continue
            for said in blocks:
                counts[declaration.name] += 1
                for found in _read_block(reads, said, counts[declaration.name]):
                    yield found
                    if said.block.period and isinstance(found, Field):
                        in_periods.append((found, said.block.period))
    if any(block.period for block in copy.blocks):
        yield from period_fields(copy, in_periods, matches.text, context)


def _read_block(reads: Reading, said: BlockText, count: int) -> Iterator[Field | Issue]:
    match reads:
        case Labelled():
            yield from read_labelled(reads, said)
        case LabelledRows():
            yield from read_labelled_rows(reads, said)
        case WholeText():
            yield from _whole_text(reads, said, count)
        case SingleField():
            yield from _single_field(reads, said)
        case _:
            yield from _read_rows(reads, said)


def _read_rows(reads: Reading, said: BlockText) -> Iterator[Field | Issue]:
    """The readings that give several rows, each a module of its own."""
    match reads:
        case Bullets():
            if reads.instead_of is None or find_table(said, reads.instead_of) is None:
                yield from read_bullets(reads, said)
        case Steps():
            yield from read_steps(reads, said)
        case Links():
            yield from read_links(reads, said)
        case Grid():
            yield from read_grid(reads, said)
        case Priced():
            yield from read_priced(reads, said)
        case Total():
            yield from read_total(reads, said)
        case Calendar():
            yield from read_calendar(reads, said)


def _single_field(reads: SingleField, said: BlockText) -> Iterator[Field]:
    """One column of the row of the project or the quarter, with what the group above says of it."""
    row = row_of(reads.model, said)
    yield said.field(reads.model, reads.column, row, (0, len(said.text)))
    for one in said.block.given:
        raw, spans = str(one.value), (one.span,)
        yield Field(reads.model, one.column, said.block.copy, row, raw, spans, value=one.value, is_inferred=True)


def _whole_text(reads: WholeText, said: BlockText, count: int) -> Iterator[Field]:
    block = said.block
    if reads.without and (table := find_table(said, reads.without)):
        if table.tells(reads.without):
            before = ((start, min(end, table.start)) for start, end in block.pieces if start < table.start)
            behind = (span for span in block.pieces if span[0] >= table.end)
            said = BlockText(block, said.matches, (*before, *behind))
    if paragraph(said.text) is None:
        return
    whole = (0, len(said.text))
    name = block.declaration.name
    row = RowId(order=(name, count)) if block.declaration.repeats else RowId(name)
    for column, value in reads.constants.items():
        yield said.field(reads.model, column, row, whole, value=value, is_inferred=True)._replace(raw=value)
    if block.heading:
        heading = said.document_text[slice(*block.heading)]
        yield Field(reads.model, reads.model.column_of("heading"), block.copy, row, heading, (block.heading,))
    yield said.field(reads.model, reads.model.column_of("passage"), row, whole)
