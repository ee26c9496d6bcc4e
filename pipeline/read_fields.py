"""Blocks to fields: each reading that a form can declare, and how it finds columns in a block's text."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from normalizers.text import line as one_line
from normalizers.text import paragraph
from parsers.base import Block as Declaration
from parsers.base import Bullets, Entries, Labelled, LabelledRows, WholeText
from pipeline.bullets import read_bullets
from pipeline.entries import read_entries
from pipeline.labels import Hit, find_labels
from pipeline.model import Block, Copy, Field, Note, Passage, SplitDocument, passage
from pipeline.values import end_of_value
from schemas.base import Label, columns_with

_FRAME = " \t\n|*\\_#>"
_LEFT_OVER = re.compile(r"[^\s\-.:*\\_|]")


def read_fields(document: SplitDocument) -> tuple[tuple[Field, ...], tuple[Note, ...]]:
    """Every field of every copy, and a note for text in a block that no field of it took."""
    fields: list[Field] = []
    notes: list[Note] = []
    for copy in document.copies:
        for found in _read_copy(document.document.text, copy):
            (notes if isinstance(found, Note) else fields).append(found)  # type: ignore[arg-type]
    return tuple(fields), tuple(notes)


def _read_copy(text: str, copy: Copy) -> Iterator[Field | Note]:
    for declaration, group in groupby(copy.blocks, key=lambda block: block.declaration):
        blocks = list(group)
        match declaration.reads:
            case Entries() as reads:
                yield from read_entries(reads, blocks, text)
            case None:
                continue
            case _:
                for block in blocks:
                    yield from _read_block(declaration, block, text)


def _read_block(declaration: Declaration, block: Block, text: str) -> Iterator[Field | Note]:
    said = passage(text, block.pieces)
    match declaration.reads:
        case Labelled() as reads:
            yield from _labelled(reads, block, said)
        case LabelledRows() as reads:
            yield from _labelled_rows(reads, block, said)
        case WholeText() as reads:
            yield from _whole_text(reads, block, said, text)
        case Bullets() as reads:
            yield from read_bullets(reads, block, said)


def _labelled(reads: Labelled, block: Block, said: Passage) -> Iterator[Field | Note]:
    """One row: behind each label the columns that it stands for."""
    labels = columns_with(reads.model, Label)
    columns: dict[Label, list[str]] = {}
    for column, label in labels.items():
        columns.setdefault(label, []).append(column)
    names = {group[0]: label.names for label, group in columns.items()}
    hits = find_labels(said.text, names)
    yield from _unread(said, 0, hits[0].start if hits else len(said.text), block)
    for hit, end in _with_ends(hits, said.text):
        for column in columns[labels[hit.key]]:
            stop = end
            if not reads.model.normalizer(column).spans_lines:
                line_end = _end_of_line(said.text, hit.value_start, end)
                stop, _ = end_of_value(said.text, (hit.value_start, line_end), labels[column].ends)
            yield Field(
                reads.model,
                column,
                block.copy,
                (),
                said.text[hit.value_start : stop],
                said.spans(hit.value_start, stop),
                hit.score,
            )


def _with_ends(hits: Sequence[Hit], text: str) -> Iterator[tuple[Hit, int]]:
    """Each label with the place where its value ends: at the next label or at the end, less blanks and cell frames."""
    for hit, after in zip_longest(hits, hits[1:]):
        yield hit, hit.value_start + len(text[hit.value_start : after.start if after else None].rstrip(_FRAME))


def _end_of_line(text: str, start: int, end: int) -> int:
    """The end of the first line that says something: an amount or a date does not go on over lines."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    stop = text.find("\n", begin, end)
    return end if stop < 0 else stop


def _unread(said: Passage, start: int, end: int, block: Block) -> Iterator[Note]:
    if _LEFT_OVER.search(said.text, start, end):
        spans = said.spans(start, end)
        yield Note(
            "unclaimed_text",
            f"{one_line(said.text[start:end])!r} in block {block.declaration.name} stands before any label",
            spans[0],
        )


def _labelled_rows(reads: LabelledRows, block: Block, said: Passage) -> Iterator[Field | Note]:
    hits = find_labels(said.text, reads.labels)
    yield from _unread(said, 0, hits[0].start if hits else len(said.text), block)
    for hit, end in _with_ends(hits, said.text):
        spans = said.spans(hit.value_start, end)
        if spans and one_line(said.text[hit.value_start : end]):
            row = (hit.key,)
            yield Field(
                reads.model, reads.column, block.copy, row, hit.key, spans, hit.score, value=hit.key, is_inferred=True
            )
            yield Field(reads.model, "text", block.copy, row, said.text[hit.value_start : end], spans, hit.score)


def _whole_text(reads: WholeText, block: Block, said: Passage, text: str) -> Iterator[Field]:
    spans = said.spans(0, len(said.text))
    if paragraph(said.text) is None:
        return
    row = tuple(reads.constants.values())
    for column, value in reads.constants.items():
        yield Field(reads.model, column, block.copy, row, value, spans, value=value, is_inferred=True)
    if block.heading:
        yield Field(reads.model, "heading", block.copy, row, text[slice(*block.heading)], (block.heading,))
    yield Field(reads.model, "text", block.copy, row, said.text, spans)
