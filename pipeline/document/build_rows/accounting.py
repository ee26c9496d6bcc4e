"""Every non-blank character of the source in exactly one block or left over: the rows that show it, and the check."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import NamedTuple

from normalizers.text import line as one_line
from pipeline.document.build_rows.plain_rows import PlainRows
from pipeline.errors import DocumentError
from pipeline.model import FURNITURE, Line, SplitDocument
from schemas.blocks import BlockRow
from schemas.unclaimed import Unclaimed

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that repair drops and Python does not count as blanks; they belong to the stretch before them."""


class Claim(NamedTuple):
    """Who takes stretches of the text: a block with its heading, furniture, or nobody."""

    name: str | None
    heading: str | None = None
    copy: int = 1
    copy_number: int = 1
    block: int = -1


Claimed = tuple[int, int, Claim]
"""A stretch of the repaired text, and who takes it."""
_NOBODY, _FURNITURE = Claim(None), Claim("furniture", block=-2)
_START = itemgetter(0)


class Stretch(NamedTuple):
    """What somebody takes, all that adjoins on one page, as it stands in the source."""

    claim: Claim
    page_number: int
    start: int
    end: int


def account(document: SplitDocument) -> tuple[Stretch, ...]:
    """All stretches of the source in order; a `DocumentError` where a character is lost or taken twice."""
    claimed = sorted(_claimed(document), key=_START)
    claimed = sorted([*claimed, *_others(document, claimed)], key=_START)
    place_of = document.document.places.of
    stretches: list[Stretch] = []
    last, last_page, last_start, last_end = Claim(None), 0, 0, 0
    for span_start, span_end, claim in claimed:
        page_number, start, end, _ = place_of(span_start, span_end)
        if page_number == last_page and claim.block == last.block:
            last_end = max(last_end, end)
            continue
        stretches.append(Stretch(last, last_page, last_start, last_end))
        last, last_page, last_start, last_end = claim, page_number, start, end
    stretches.append(Stretch(last, last_page, last_start, last_end))
    return tuple(_closed(document, stretches[1:]))


def _claimed(document: SplitDocument) -> Iterator[Claimed]:
    """What blocks take."""
    text = document.document.text
    blocks = ((copy, block) for copy in document.copies for block in copy.blocks)
    for number, (copy, block) in enumerate(blocks, 1):
        heading = one_line(text[slice(*block.heading)]) if block.heading else None
        claim = Claim(block.declaration.name, heading, copy.index, copy.number, number)
        for start, end in (*block.headings, *block.pieces):
            yield start, end, claim


def _others(document: SplitDocument, taken: Sequence[Claimed]) -> Iterator[Claimed]:
    """Furniture, and the lines or parts of lines that no block took; whole lines in a row are one claim."""
    text = document.document.text
    taken = [*taken, (len(text) + 1, len(text) + 1, _NOBODY)]
    first = 0
    for page in document.document.pages:
        copy_number = document.copy_of_page[page.number - 1]
        furniture, nobody = _FURNITURE._replace(copy_number=copy_number), _NOBODY._replace(copy_number=copy_number)
        for is_furniture, some in groupby(page.lines, key=_is_furniture):
            lines = list(some)
            if is_furniture:
                yield from ((line.start, line.end, furniture) for line in lines)
                continue
            while taken[first][1] <= lines[0].start:
                first += 1
            for start, end in _unclaimed(text, lines, taken, first):
                yield start, end, nobody


def _is_furniture(line: Line) -> bool:
    return line.role in FURNITURE


def _unclaimed(text: str, lines: Sequence[Line], taken: Sequence[Claimed], first: int) -> Iterator[tuple[int, int]]:
    """What is left of lines in a row: all in one where nothing was taken from them.

    What is taken stands in order, and `first` is the first of it that ends behind where the lines begin.
    """
    if taken[first][0] >= lines[-1].end:
        yield lines[0].start, lines[-1].end
        return
    for left, line_end, _ in lines:
        while taken[first][1] <= left:
            first += 1
        here = first
        while taken[here][0] < line_end:
            start, end, _ = taken[here]
            yield from _bare(text, left, start)
            left = max(left, end)
            here += 1
        yield from _bare(text, left, line_end)


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the blanks around it, if anything is left."""
    if start < end and (said := text[start:end].strip()):
        begin = text.index(said[0], start)
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
) -> PlainRows[BlockRow]:
    """A row for each block and page, in the order of the text."""
    document_id = document.document.source.document_id
    claimed = (stretch for stretch in stretches if stretch.claim.name)
    columns = (
        "document_id", "ordinal", "page_number", "copy_number", "project_id",
        "block", "heading", "char_start", "char_end",
    )  # fmt: skip
    rows = (
        (
            document_id,
            ordinal,
            page_number,
            claim.copy_number,
            None if claim.block == _FURNITURE.block else project_of_copy.get(claim.copy),
            claim.name,
            claim.heading,
            start,
            end,
        )
        for ordinal, (claim, page_number, start, end) in enumerate(claimed, 1)
    )
    return PlainRows(BlockRow, columns, rows)


def unclaimed_rows(document: SplitDocument, stretches: Iterable[Stretch]) -> PlainRows[Unclaimed]:
    """A row for each stretch that nobody claimed."""
    source = document.document.source
    columns = ("document_id", "page_number", "char_start", "char_end", "text")
    rows = (
        (source.document_id, page_number, start, end, source.text[start:end])
        for claim, page_number, start, end in stretches
        if claim.name is None
    )
    return PlainRows(Unclaimed, columns, rows)


def coverage(document: SplitDocument, stretches: Iterable[Stretch]) -> float:
    """The share of non-blank characters in blocks and furniture; all of them are in some stretch."""
    text = document.document.source.text
    total = _solid(text)
    left = sum(_solid(text[stretch.start : stretch.end]) for stretch in stretches if stretch.claim.name is None)
    return round((total - left) / total, 6) if total else 0.0


def _solid(text: str) -> int:
    """How many characters are no blanks."""
    return len("".join(text.split()))
