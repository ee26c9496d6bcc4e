"""Blocks to fields: each reading that a form can declare, and how it finds columns in a block's text."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import groupby, zip_longest

from normalizers.look_alikes import folded
from normalizers.text import line as one_line
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
)
from pipeline.document.likeness import CLOSE, prefix_likeness, wording
from pipeline.document.matches import nearest
from pipeline.document.read_fields.bullets import read_bullets
from pipeline.document.read_fields.calendars import read_calendar
from pipeline.document.read_fields.entries import read_entries
from pipeline.document.read_fields.grids import read_grid
from pipeline.document.read_fields.labels import Hit, find_labels
from pipeline.document.read_fields.links import read_links
from pipeline.document.read_fields.priced import read_priced, read_total
from pipeline.document.read_fields.steps import read_steps
from pipeline.document.read_fields.tables import find_table
from pipeline.document.read_fields.values import end_of_value
from pipeline.document.split.periods import Context, context_of, period_fields
from pipeline.model import Block, Copy, Field, Issue, JoinedText, Span, SplitDocument, passage
from schemas.base import Label, Normalizer, Shape, StartsWith, Table, columns_with

SOUND = 100
HEAD = 90
"""Characters of a line that are compared with the words that it may begin with."""

_LINE = re.compile(r"\S[^\n]*+")
_FRAME = " \t\n|*\\_#>"
_LEFT_OVER = re.compile(r"[^\s\-.:*\\_|]")


def read_fields(document: SplitDocument) -> tuple[tuple[Field, ...], tuple[Issue, ...]]:
    """Every field of every copy, and a note for text in a block that no field of it took."""
    fields: list[Field] = []
    notes: list[Issue] = []
    text = document.document.text
    context = context_of(document.copies, text)
    for copy in document.copies:
        for found in _read_copy(text, copy, context):
            (notes if isinstance(found, Issue) else fields).append(found)  # type: ignore[arg-type]
    return tuple(fields), tuple(notes)


def _read_copy(text: str, copy: Copy, context: Context) -> Iterator[Field | Issue]:
    in_periods: list[tuple[Field, int]] = []
    counts: Counter[str] = Counter()
    for declaration, group in groupby(copy.blocks, key=lambda block: block.declaration):
        blocks = list(group)
        for reads in declaration.readings:
            if isinstance(reads, Entries):
                yield from read_entries(reads, blocks, text)
                continue
            for block in blocks:
                counts[declaration.name] += 1
                for found in _read_block(reads, block, text, counts[declaration.name]):
                    yield found
                    if block.period and isinstance(found, Field):
                        in_periods.append((found, block.period))
    if any(block.period for block in copy.blocks):
        fields, periods = [field for field, _ in in_periods], [period for _, period in in_periods]
        yield from period_fields(copy, fields, periods, text, context)


def _read_block(reads: Reading, block: Block, text: str, count: int) -> Iterator[Field | Issue]:
    said = passage(text, block.pieces)
    match reads:
        case Labelled():
            yield from _labelled(reads, block, said)
        case LabelledRows():
            yield from _labelled_rows(reads, block, said)
        case WholeText():
            yield from _whole_text(reads, block, said, text, count)
        case SingleField():
            yield from _filling(reads, block, said)
        case _:
            yield from _read_rows(reads, block, text, said)


def _read_rows(reads: Reading, block: Block, text: str, said: JoinedText) -> Iterator[Field | Issue]:
    """The readings that give several rows, each a module of its own."""
    match reads:
        case Bullets():
            yield from _listed(reads, block, text, said)
        case Steps():
            yield from read_steps(reads, block, said)
        case Links():
            yield from read_links(reads, block, said)
        case Grid():
            yield from read_grid(reads, block, text)
        case Priced():
            yield from read_priced(reads, block, text)
        case Total():
            yield from read_total(reads, block, text)
        case Calendar():
            yield from read_calendar(reads, block, text)


def _listed(reads: Bullets, block: Block, text: str, said: JoinedText) -> Iterator[Field]:
    """The items of a list, unless a table stands in its place."""
    if reads.instead_of is None or find_table(text, block.pieces, reads.instead_of) is None:
        yield from read_bullets(reads, block, said)


def _filling(reads: SingleField, block: Block, said: JoinedText) -> Iterator[Field]:
    """One column of the row of the project or the quarter, with what the group above says of it."""
    row = _row_of(reads.model, block)
    yield Field(reads.model, reads.column, block.copy, row, said.text, said.spans(0, len(said.text)))
    for given in block.given:
        yield Field(
            reads.model, given.column, block.copy, row, str(given.value), (given.span,), value=given.value,
            is_inferred=True,
        )  # fmt: skip


def _row_of(model: type[Table], block: Block) -> tuple[object, ...]:
    """What identifies the row that a block adds to: its quarter's, where the table has quarters, else the project's."""
    return (block.period,) if "fiscal_quarter" in model.model_fields else ()


def _labelled(reads: Labelled, block: Block, said: JoinedText) -> Iterator[Field | Issue]:
    """One row: behind each label the columns that it stands for."""
    labels, columns = columns_with(reads.model, Label), _columns_by_label(reads.model)
    names = {key: labels[key].names for key in columns}
    begin_lines = {key for key in names if labels[key].begins_line}
    hits = [
        hit
        for hit in find_labels(said.text, names, begin_lines=begin_lines)
        if not _is_sole(reads.model, columns[hit.key], hit, said.text)
    ]
    yield from _unlabelled(reads.model, block, said, {column for hit in hits for column in columns[hit.key]})
    if is_all_labelled(reads.model):
        yield from _unread(said, 0, hits[0].start if hits else len(said.text), block)
    for hit, end in _with_ends(hits, said.text):
        for column in columns[hit.key]:
            stop, normalizer = end, reads.model.normalizer(column)
            if not normalizer.spans_lines:
                line_end = _end_of_lines(said.text, hit.value_start, end, normalizer)
                stop, _ = end_of_value(said.text, (hit.value_start, line_end), labels[column].ends)
            yield Field(
                reads.model,
                column,
                block.copy,
                _row_of(reads.model, block),
                said.text[hit.value_start : stop],
                said.spans(hit.value_start, stop),
                hit.score,
                label=nearest(labels[column].names, said.text[hit.start : hit.end]),
            )


@cache
def _columns_by_label(model: type[Table]) -> dict[str, list[str]]:
    """The columns that stand behind one label, under the first of them."""
    columns: dict[Label, list[str]] = {}
    for column, label in columns_with(model, Label).items():
        columns.setdefault(label, []).append(column)
    return {group[0]: group for group in columns.values()}


def is_all_labelled(model: type[Table]) -> bool:
    """Whether a label stands before every value of a template, so that other text is nothing that it reads."""
    return not columns_with(model, StartsWith) and not columns_with(model, Shape)


def _unlabelled(model: type[Table], block: Block, said: JoinedText, labelled: Collection[str]) -> Iterator[Field]:
    """Values known by their first words or their shape, where no label says what they are."""
    soles = {column: sole for column, sole in columns_with(model, StartsWith).items() if column not in labelled}
    shapes = {column: shape for column, shape in columns_with(model, Shape).items() if column not in labelled}
    for column, sole in soles.items():
        if (span := _first_line(said.text, sole)) is not None:
            yield _at(model, column, block, said, span)
    for column, shape in shapes.items():
        if match := re.compile(shape.pattern).search(said.text):
            yield _at(model, column, block, said, match.span())


def _is_sole(model: type[Table], columns: Sequence[str], hit: Hit, text: str) -> bool:
    """Whether what looks like a damaged label is the value's sound beginning: "โครงการ…" for "ชื่อโครงการ"."""
    soles = columns_with(model, StartsWith)
    words = [said for column in columns if column in soles for said in soles[column].words]
    return hit.score < SOUND and any(text.startswith(said, hit.start) for said in words)


def _at(model: type[Table], column: str, block: Block, said: JoinedText, span: Span) -> Field:
    return Field(model, column, block.copy, _row_of(model, block), said.text[slice(*span)], said.spans(*span))


def _first_line(text: str, sole: StartsWith) -> Span | None:
    """The first line that begins with certain words, and the lines that it goes on over."""
    found: Span | None = None
    for line in _LINE.finditer(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip(_FRAME))
        printed = folded(text[start : min(line.end(), start + HEAD)])
        begins = sole.continued_by if found else sole.words
        if (found and _is_bare(text[slice(*found)], sole)) or any(
            prefix_likeness(printed, wording(words))[0] >= CLOSE for words in begins
        ):
            found = (found[0] if found else start, line.end())
        elif found:
            break
    return found


def _is_bare(said: str, sole: StartsWith) -> bool:
    """Whether a title says nothing yet but the word that it begins with, whose line is its own."""
    return any(folded(said) == wording(words) for words in sole.words)


def _with_ends(hits: Sequence[Hit], text: str) -> Iterator[tuple[Hit, int]]:
    """Each label with the place where its value ends: at the next label or at the end, less blanks and cell frames."""
    for hit, after in zip_longest(hits, hits[1:]):
        yield hit, hit.value_start + len(text[hit.value_start : after.start if after else None].rstrip(_FRAME))


def _end_of_lines(text: str, start: int, end: int, normalizer: Normalizer) -> int:
    """The end of the first line that says something, or of the next where the value goes on there."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    stop = text.find("\n", begin, end)
    if stop < 0:
        return end
    below = text.find("\n", stop + 1, end)
    below = end if below < 0 else below
    is_wrapped = normalizer.goes_on is not None and normalizer.goes_on(text[start:stop], text[stop + 1 : below])
    return below if is_wrapped else stop


def _unread(said: JoinedText, start: int, end: int, block: Block) -> Iterator[Issue]:
    if _LEFT_OVER.search(said.text, start, end):
        spans = said.spans(start, end)
        yield Issue(
            "unclaimed_text",
            f"{one_line(said.text[start:end])!r} in block {block.declaration.name} stands before any label",
            spans[0],
        )


def _labelled_rows(reads: LabelledRows, block: Block, said: JoinedText) -> Iterator[Field | Issue]:
    hits = find_labels(said.text, reads.labels)
    yield from _unread(said, 0, hits[0].start if hits else len(said.text), block)
    for hit, end in _with_ends(hits, said.text):
        spans = said.spans(hit.value_start, end)
        if spans and one_line(said.text[hit.value_start : end]):
            row = (hit.key,)
            yield Field(
                reads.model, reads.column, block.copy, row, hit.key, spans, hit.score, value=hit.key, is_inferred=True
            )
            label = nearest(reads.labels[hit.key], said.text[hit.start : hit.end])
            yield Field(
                reads.model, "text", block.copy, row, said.text[hit.value_start : end], spans, hit.score, label=label
            )


def _whole_text(reads: WholeText, block: Block, said: JoinedText, text: str, count: int) -> Iterator[Field]:
    if reads.without and (table := find_table(text, block.pieces, reads.without)) and table.tells(reads.without):
        before = ((start, min(end, table.start)) for start, end in block.pieces if start < table.start)
        said = passage(text, [*before, *(span for span in block.pieces if span[0] >= table.end)])
    spans = said.spans(0, len(said.text))
    if paragraph(said.text) is None:
        return
    row = (block.declaration.name, count) if block.declaration.repeats else (block.declaration.name,)
    for column, value in reads.constants.items():
        yield Field(reads.model, column, block.copy, row, value, spans, value=value, is_inferred=True)
    if block.heading:
        yield Field(reads.model, "heading", block.copy, row, text[slice(*block.heading)], (block.heading,))
    yield Field(reads.model, "text", block.copy, row, said.text, spans)
