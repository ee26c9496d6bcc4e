"""A document on no form: the usual headings, and the lines on which a label says something.

A section of it ends at the next heading of its kind, whatever that one says; all else stays unclaimed.
"""

import re
from collections.abc import Iterator, Sequence

from normalizers.dates import DATE_PATTERN
from normalizers.digits import ANY_DIGIT, DIGIT
from normalizers.fuzzy_match import folded
from normalizers.text import behind
from parsers import compiled
from parsers.base import Block, Form, Labelled
from pipeline.document.scan import Matches, best_match
from pipeline.document.split.headings import LONGEST, FoundHeading, worded_heading
from pipeline.model import Copy, CopyBlock, Page, PageLine, Span
from schemas.base import Label, Shape, Table, columns_with

FRONT = 8
"""Lines that may be the document's own title, whose words say the year that it is about."""
_NUMBERED = re.compile(rf"[\s*_#>|\\]*+\(?({DIGIT}{{1,2}}+(?:\.{DIGIT}{{1,2}}+)*+)[.)]*+[ \t]")
_TAIL = re.compile(r"[ \t.:：*\\_#|]*+")
_HASH = re.compile(r"\s*+#")
_BOLD = re.compile(r"\s*+\*\*[^*\n]{1,120}+\*\*\s*+\Z")
_VALUE = re.compile(rf"[ \t.]*+[:：][ \t]*+\S|[ \t.]++(?:พ\.ศ\.[ \t]*+)?{DIGIT}|[ \t]*+(?:นาง|นาย|ว่าที่|ดร\.)")
"""What shows that a label has its value behind it: a colon, a year or a day, a person's title."""
_ALONE = rf"ณ[ \t]*+วันที่[ \t:]*+{DATE_PATTERN}[ \t*_.)]*+\Z"
"""A day of the document on a line of its own, which is no text of the section above it."""


def outlined(matches: Matches, pages: Sequence[Page], form: Form) -> Iterator[Copy]:
    """The document's own words as one copy, and those about its project, if it names just one, as another."""
    lines = [line for page in pages for line in page.text_lines]
    models = [(block, reads.model) for block in form.blocks for reads in block.readings if isinstance(reads, Labelled)]
    fields = [
        (block, model, sorted({*_labelled_lines(matches, lines, model), *_shaped_lines(matches.text, lines, model)}))
        for block, model in models
    ]
    stated = {span for block, _, found in fields if block.level == "document" for span in found}
    alone = {span for span in stated if compiled(_ALONE).search(matches.text, *span)}
    sections = list(_sections(matches, form, [line for line in lines if (line.start, line.end) not in alone]))
    claimed = {piece for block in sections for piece in (*block.pieces, *block.headings)}
    outside = [_fields(block, 1, found, claimed) for block, _, found in fields if block.level == "document"]
    kept = [block for block in outside if block.pieces] + sections
    if kept:
        yield Copy(1, 1, tuple(kept), is_outside_projects=True)
    for block, model, found in fields:
        project = _fields(block, 2 if kept else 1, found, claimed)
        if block.level == "project" and project.pieces and _names_one(matches.text, model, found):
            yield Copy(project.copy, 1, (project,))


def _fields(block: Block, copy: int, found: Sequence[Span], claimed: set[Span]) -> CopyBlock:
    return CopyBlock(block, copy, None, None, tuple(span for span in found if span not in claimed))


def _labelled_lines(matches: Matches, lines: Sequence[PageLine], model: type[Table]) -> Iterator[Span]:
    """The lines that begin with one of a template's labels and say something behind it."""
    names = {name for label in columns_with(model, Label).values() for name in label.names}
    first, words = {name[:3] for name in names}, set(map(folded, names))
    for line in lines:
        start = matches.lines[line.start]
        if line.end - line.start <= LONGEST and matches.text[start.bare : start.bare + 3] in first:
            label = best_match(start.matches, words)
            if label and _VALUE.match(matches.text, label.end, line.end):
                yield line.start, line.end


def _shaped_lines(text: str, lines: Sequence[PageLine], model: type[Table]) -> Iterator[Span]:
    """The first title line of the document that holds a value in a declared shape, if no other value stands there."""
    front = [(line.start, line.end) for line in lines[:FRONT] if line.end - line.start <= LONGEST]
    for shape in columns_with(model, Shape).values():
        found = [(span, match) for span in front for match in compiled(shape.pattern).finditer(text, *span)]
        if len({"".join(ANY_DIGIT.findall(match[0])) for _, match in found}) == 1:
            yield found[0][0]


def _names_one(text: str, model: type[Table], found: Sequence[Span]) -> bool:
    """Whether just one line names a project; several projects need a form to keep them apart."""
    names = columns_with(model, Label)[model.column_of("name")].names
    return sum(text[start:end].lstrip("*_# ").startswith(names) for start, end in found) == 1


def _sections(matches: Matches, form: Form, lines: Sequence[PageLine]) -> Iterator[CopyBlock]:
    """A block for each usual heading that is numbered, hashed or bold, up to the next line of that kind."""
    text, is_open = matches.text, False
    sections: list[tuple[FoundHeading, list[Span]]] = []
    for line in lines:
        start = matches.lines[line.start]
        heading = worded_heading(matches, start, form) if start.mark != "plain" else None
        if heading:
            rest = (behind(_TAIL, text, heading.match.end, line.end), line.end)
            sections.append((heading, [rest] if text[slice(*rest)].strip() else []))
        elif is_open and not _ends(text[line.start : min(line.end, line.start + LONGEST)], sections[-1][0]):
            sections[-1][1].append((line.start, line.end))
            continue
        is_open = heading is not None
    for heading, pieces in sections:
        begin, end = heading.line.start, heading.line.end
        span = (begin, pieces[0][0] if pieces and pieces[0][0] < end else end)
        yield CopyBlock(form.blocks[heading.block], 1, span, None, tuple(pieces), (span,), (heading.wording,))


def _ends(text: str, found: FoundHeading) -> bool:
    """Whether a line is another heading of the same kind: as deep in numbers at most, or as marked."""
    if found.line.mark in ("hash", "bold"):
        return (_HASH if found.line.mark == "hash" else _BOLD).match(text) is not None
    number = _NUMBERED.match(text)
    levels = found.line.number.count(".") - number[1].count(".") if number else -1
    return 0 <= levels < 3
