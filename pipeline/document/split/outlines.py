"""A document that no form claims: its sections by the usual headings, and the lines on which a label says something.

A section ends at the next heading of its kind, whatever that one says; all else stays unclaimed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalizers.dates import DATE_PATTERN
from normalizers.digits import DIGIT
from parsers.base import Block as Declaration
from parsers.base import Form, Labelled
from pipeline.document.read_fields.labels import find_labels
from pipeline.document.split.headlines import Found, headline_in, judge
from pipeline.document.split.line_starts import is_set_apart
from pipeline.model import Block, Copy, Line, Pages, Span
from schemas.base import Label, Shape, columns_with

LONGEST = 170
"""Characters of a line that are looked at for a heading or a label."""

_NUMBERED = re.compile(rf"[\s*_#>|\\]*+\(?({DIGIT}{{1,2}}+(?:\.{DIGIT}{{1,2}}+)*+)[.)]*+[ \t]")
_TAIL = re.compile(r"[ \t.:：*\\_#|]*+")
_DIGITS = re.compile(DIGIT)
_HASH = re.compile(r"\s*+#")
_BOLD = re.compile(r"\s*+\*\*[^*\n]{1,120}+\*\*\s*+\Z")
_VALUE = re.compile(rf"[ \t.]*+[:：][ \t]*+\S|[ \t.]++(?:พ\.ศ\.[ \t]*+)?{DIGIT}|[ \t]*+(?:นาง|นาย|ว่าที่|ดร\.)")
"""What shows that a label has its value behind it: a colon, a year or a day, a person's title."""
FRONT = 8
"""Lines that may be the document's own title, whose words say the year that it is about."""


@cache
def _alone() -> re.Pattern[str]:
    """A day of the document on a line of its own, which is no text of the section above it."""
    return re.compile(rf"ณ[ \t]*+วันที่[ \t:]*+{DATE_PATTERN}[ \t*_.)]*+\Z")


def outlined(document: Pages, form: Form) -> Iterator[Copy]:
    """The document's own words as one copy, and those about its project, if it names just one, as another."""
    lines = list(document.lines())
    fields = [
        (block, sorted({*_labelled_lines(document.text, lines, block), *_shaped_lines(document.text, lines, block)}))
        for block in form.blocks
        if any(isinstance(reads, Labelled) for reads in block.readings)
    ]
    said = {span for block, found in fields if block.level == "document" for span in found}
    alone = {span for span in said if _alone().search(document.text, *span)}
    sections = list(_sections(document, form, [line for line in lines if (line.start, line.end) not in alone]))
    claimed = {piece for block in sections for piece in (*block.pieces, *block.headings)}
    matter = [_fields(block, 1, found, claimed) for block, found in fields if block.level == "document"]
    kept = [block for block in matter if block.pieces] + sections
    if kept:
        yield Copy(1, 1, tuple(kept), is_outside_projects=True)
    for block, found in fields:
        if block.level == "project" and _names_one(document.text, block, found):
            project = _fields(block, 2 if kept else 1, found, claimed)
            if project.pieces:
                yield Copy(project.copy, 1, (project,))


def _fields(block: Declaration, copy: int, found: Sequence[Span], claimed: set[Span]) -> Block:
    return Block(block, copy, None, None, tuple(span for span in found if span not in claimed))


def _labelled_lines(text: str, lines: Sequence[Line], block: Declaration) -> list[Span]:
    """The lines that begin with one of a block's labels and say something behind it."""
    models = [reads.model for reads in block.readings if isinstance(reads, Labelled)]
    names = {column: label.names for model in models for column, label in columns_with(model, Label).items()}
    first = {name[:3] for forms in names.values() for name in forms}
    found = []
    for line in lines:
        said = text[line.start : line.end]
        if len(said) > LONGEST or said.lstrip("*_# ")[:3] not in first:
            continue
        hits = find_labels(said, names, begin_lines=names)
        if hits and _VALUE.match(said, hits[0].end) and len(hits) == 1:
            found.append((line.start, line.end))
    return found


def _shaped_lines(text: str, lines: Sequence[Line], block: Declaration) -> list[Span]:
    """The first title line of the document that holds a value in a declared shape, if no other value stands there."""
    models = [reads.model for reads in block.readings if isinstance(reads, Labelled)]
    front = [(line.start, line.end) for line in lines[:FRONT] if line.end - line.start <= LONGEST]
    spans = []
    for shape in (shape for model in models for shape in columns_with(model, Shape).values()):
        found = [(span, match) for span in front for match in re.compile(shape.pattern).finditer(text, *span)]
        if len({"".join(_DIGITS.findall(match[0])) for _, match in found}) == 1:
            spans.append(found[0][0])
    return spans


def _names_one(text: str, block: Declaration, found: Sequence[Span]) -> bool:
    """Whether just one line names a project; several projects need a form to keep them apart."""
    model = next(reads.model for reads in block.readings if isinstance(reads, Labelled))
    names = columns_with(model, Label)["project_name"].names
    return sum(any(text[start:end].lstrip("*_# ").startswith(name) for name in names) for start, end in found) == 1


def _sections(document: Pages, form: Form, lines: Sequence[Line]) -> Iterator[Block]:
    """A block for each usual heading that is numbered, hashed or bold, up to the next line of that kind."""
    text = document.text
    open_block: tuple[Found, Line] | None = None
    pieces: list[Span] = []
    heads = [text[line.start : min(line.end, line.start + LONGEST)] for line in lines]
    apart = set(filter(is_set_apart, heads))
    judge(apart, form)
    for line, said in zip(lines, heads, strict=True):
        found = headline_in(said, form) if said in apart else None
        if open_block and (found or _ends(said, open_block[0])):
            yield _section(text, form, *open_block, pieces)
            open_block, pieces = None, []
        if found:
            open_block = (found, line)
            rest = (_end_of_heading(text, found, line), line.end)
            pieces = [rest] if text[slice(*rest)].strip() else []
        elif open_block:
            pieces.append((line.start, line.end))
    if open_block:
        yield _section(text, form, *open_block, pieces)


def _end_of_heading(text: str, found: Found, line: Line) -> int:
    """Where a heading ends with the colon, the stars or the dots behind it."""
    tail = _TAIL.match(text, line.start + found.end, line.end)
    return tail.end() if tail else line.start + found.end


def _section(text: str, form: Form, found: Found, line: Line, pieces: Sequence[Span]) -> Block:
    end = _end_of_heading(text, found, line) if pieces and pieces[0][0] < line.end else line.end
    heading = (line.start, end)
    return Block(form.blocks[found.block], 1, heading, None, tuple(pieces), (heading,))


def _ends(said: str, found: Found) -> bool:
    """Whether a line is another heading of the same kind: as deep in numbers at most, or as marked."""
    if found.mark == "hash":
        return _HASH.match(said) is not None
    if found.mark == "bold":
        return _BOLD.match(said) is not None
    number = _NUMBERED.match(said)
    return (
        number is not None
        and _depth(number[1]) <= _depth(found.number)
        and _depth(found.number) - _depth(number[1]) < 3
    )


def _depth(number: str) -> int:
    return number.count(".") + 1
