"""Every non-blank character of the source in exactly one block or left over: the rows that show it, and the check."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import NamedTuple

from normalizers.text import line as one_line
from pipeline.errors import DocumentError
from pipeline.model import FURNITURE, Block, Line, SplitDocument
from schemas.blocks import BlockRow
from schemas.unclaimed import Unclaimed

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that repair drops and Python does not count as blanks; they belong to the stretch before them."""


class Claim(NamedTuple):
    """A stretch of the repaired text and who takes it: a block with its heading, furniture, or nobody."""

    start: int
    end: int
    name: str | None
    heading: str | None = None
    copy: int = 1
    copy_number: int = 1
    block: int = -1


class Stretch(NamedTuple):
    """A claim, or several that adjoin on one page, as it stands in the source."""

    claim: Claim
    page_number: int
    start: int
    end: int


def account(document: SplitDocument) -> tuple[Stretch, ...]:
    """All stretches of the source in order; a `DocumentError` where a character is lost or taken twice."""
    claims = sorted([*_claimed(document), *_others(document)], key=itemgetter(0))
    repaired = document.document.repaired
    stretches: list[Stretch] = []
    for claim in claims:
        start, end = repaired.to_source(claim.start, claim.end)
        page_number = document.document.page_at(claim.start)
        last = stretches[-1] if stretches else None
        if last and (last.page_number, last.claim.block, last.claim.name) == (page_number, claim.block, claim.name):
            stretches[-1] = Stretch(last.claim, page_number, last.start, max(end, last.end))
        else:
            stretches.append(Stretch(claim, page_number, start, end))
    return tuple(_closed(document, stretches))


def _claimed(document: SplitDocument) -> Iterator[Claim]:
    text = document.document.text
    number = 0
    for copy in document.copies:
        for block in copy.blocks:
            number += 1
            heading = one_line(text[slice(*block.heading)]) if block.heading else None
            for start, end in _spans(block):
                yield Claim(start, end, block.declaration.name, heading, copy.index, copy.number, number)


def _spans(block: Block) -> Iterator[tuple[int, int]]:
    yield from block.headings
    yield from block.pieces


def _others(document: SplitDocument) -> Iterator[Claim]:
    """Furniture, and the lines or parts of lines that no block took; whole lines in a row are one claim."""
    taken = sorted(span for copy in document.copies for block in copy.blocks for span in _spans(block))
    text = document.document.text
    for page in document.document.pages:
        copy_number = document.copy_of_page[page.number - 1]
        for is_furniture, lines in groupby(page.lines, key=lambda line: line.role in FURNITURE):
            for start, end in _rows(lines) if is_furniture else _unclaimed(text, list(lines), taken):
                name, block = ("furniture", -2) if is_furniture else (None, -1)
                yield Claim(start, end, name, copy_number=copy_number, block=block)


def _rows(lines: Iterable[Line]) -> Iterator[tuple[int, int]]:
    return ((line.start, line.end) for line in lines)


def _unclaimed(text: str, lines: Sequence[Line], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of lines in a row: all in one where nothing was taken from them."""
    first = bisect_right(taken, lines[0].start, key=lambda span: span[1])
    if first == len(taken) or taken[first][0] >= lines[-1].end:
        yield lines[0].start, lines[-1].end
        return
    for line in lines:
        yield from _left(text, line, taken)


def _left(text: str, line: Line, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a line between the spans taken from it, without blanks around them."""
    i = max(0, bisect_left(taken, (line.start, 0)) - 1)
    edges = [line.start]
    while i < len(taken) and taken[i][0] < line.end:
        if taken[i][1] > line.start:
            edges += [max(line.start, taken[i][0]), min(line.end, taken[i][1])]
        i += 1
    edges.append(line.end)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start < end and (said := text[start:end].strip()):
            begin = start + text[start:end].index(said[0])
            yield begin, begin + len(said)


def _closed(document: SplitDocument, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches with what zero-width characters stand between them, once it is sure that nothing else does."""
    source = document.document.source
    ordered = list(stretches)
    if not ordered:
        raise DocumentError(
            f"{source.name}: the file holds nothing but invisible characters; fetch it again from where it came"
        )
    if _is_something(source.text[: ordered[0].start], source.name):
        ordered[0] = ordered[0]._replace(start=0)
    for stretch, after in zip_longest(ordered, ordered[1:]):
        if after is not None and after.start < stretch.end:
            raise DocumentError(
                f"{source.name}: character {after.start} is claimed twice; report the file, the mistake is ours"
            )
        behind = source.text[stretch.end : after.start if after else None]
        if _is_something(behind, source.name):
            stretch = stretch._replace(end=stretch.end + len(behind.rstrip()))
        yield stretch


def _is_something(gap: str, name: str) -> bool:
    """Whether zero-width characters stand between stretches; a `DocumentError` if anything else but blanks does."""
    if not gap or gap.isspace():
        return False
    if residue := gap.translate(_NO_ZERO_WIDTH).strip():
        raise DocumentError(f"{name}: {residue[:40]!r} is in no block; report the file, the mistake is ours")
    return True


_NO_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))


def block_rows(
    document: SplitDocument, stretches: Iterable[Stretch], project_of_copy: dict[int, str | None]
) -> Iterator[BlockRow]:
    """A row for each block and page, in the order of the text."""
    document_id = document.document.source.document_id
    claimed = (stretch for stretch in stretches if stretch.claim.name)
    for ordinal, stretch in enumerate(claimed, 1):
        claim = stretch.claim
        yield BlockRow(
            document_id=document_id,
            ordinal=ordinal,
            page_number=stretch.page_number,
            copy_number=claim.copy_number,
            project_id=None if claim.name == "furniture" else project_of_copy.get(claim.copy),
            block=claim.name or "",
            heading=claim.heading,
            char_start=stretch.start,
            char_end=stretch.end,
        )


def unclaimed_rows(document: SplitDocument, stretches: Iterable[Stretch]) -> Iterator[Unclaimed]:
    """A row for each stretch that nobody claimed."""
    source = document.document.source
    for stretch in stretches:
        if stretch.claim.name is None:
            yield Unclaimed(
                document_id=source.document_id,
                page_number=stretch.page_number,
                char_start=stretch.start,
                char_end=stretch.end,
                text=source.text[stretch.start : stretch.end],
            )


def coverage(document: SplitDocument, stretches: Iterable[Stretch]) -> float:
    """The share of non-blank characters in blocks and furniture."""
    text = document.document.source.text
    solid = [(stretch.claim.name, len("".join(text[stretch.start : stretch.end].split()))) for stretch in stretches]
    total = sum(size for _, size in solid)
    return round(sum(size for name, size in solid if name) / total, 6) if total else 0.0
