"""Every non-blank character of the source in exactly one block or left over: the rows that show it, and the check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from normalizers.text import line as one_line
from pipeline.document.rows import RowValues
from pipeline.errors import DocumentError
from pipeline.model import FURNITURE, Source, SplitDocument

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that repair drops and Python does not count as blanks; they belong to the stretch before them."""
_NO_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))
PAGES = ("document_id", "page_number", "copy_number", "duplicate_of", "similarity", "char_start", "char_end")
BLOCKS = (
    "document_id", "ordinal", "page_number", "copy_number", "project_id", "block", "heading", "char_start", "char_end",
)  # fmt: skip
UNCLAIMED = ("document_id", "page_number", "char_start", "char_end", "text")
"""The columns of the tables, in the order of the values of the rows below."""


class Owner(NamedTuple):
    """Who takes text: a block of a copy, furniture, or nobody, whose `name` is None."""

    name: str | None
    copy_number: int
    heading: str | None = None
    copy: int = 0
    """The index of the block's copy, 0 for what no block takes."""


@dataclass(slots=True)
class ClaimedText:
    """All adjoining text of one owner on one page, in the source."""

    owner: Owner
    page_number: int
    start: int
    end: int


_Claim = tuple[int, int, Owner]
"""A span of the repaired text, and who takes it."""
_START = itemgetter(0)


def account(blocks: SplitDocument) -> list[ClaimedText]:
    """All text of the source in order, with its owners; a `DocumentError` where a character is lost or taken twice."""
    locate = blocks.document.locator.locate
    taken = sorted(_taken(blocks), key=_START)
    found: list[ClaimedText] = []
    for start, end, owner in sorted([*taken, *_left(blocks, taken)], key=_START):
        span = locate(start, end)
        if found and found[-1].owner is owner and found[-1].page_number == span.page_number:
            found[-1].end = max(found[-1].end, span.end)
        else:
            found.append(ClaimedText(owner, span.page_number, span.start, span.end))
    _close_gaps(found, blocks.document.source)
    return found


def _taken(blocks: SplitDocument) -> Iterator[_Claim]:
    """What blocks take."""
    text = blocks.document.text
    for copy, block in blocks.blocks():
        heading = one_line(text[slice(*block.heading)]) if block.heading else None
        owner = Owner(block.declaration.name, copy.number, heading, copy.index)
        yield from ((start, end, owner) for start, end in (*block.headings, *block.pieces))


def _left(blocks: SplitDocument, taken: Sequence[_Claim]) -> Iterator[_Claim]:
    """Furniture, and the lines or parts of lines that no block took."""
    text, first = blocks.document.text, 0
    for page in blocks.document.pages:
        copy_number = blocks.copy_of_page[page.number - 1]
        furniture, nobody = Owner("furniture", copy_number), Owner(None, copy_number)
        for line in page.lines:
            if line.role in FURNITURE:
                yield line.start, line.end, furniture
                continue
            while first < len(taken) and taken[first][1] <= line.start:
                first += 1
            left, following = line.start, first
            while left < line.end:
                start, end, _ = taken[following] if following < len(taken) else (line.end, line.end, nobody)
                if bare := text[left : min(start, line.end)].strip():
                    begin = text.index(bare[0], left)
                    yield begin, begin + len(bare), nobody
                left, following = max(left, end), following + 1


def _close_gaps(found: Sequence[ClaimedText], source: Source) -> None:
    """Give zero-width characters between two stretches to the first, once it is sure that nothing else is there."""
    text, name = source.text, source.name
    if not found:
        reason = "the file holds nothing but invisible characters; fetch it again from where it came"
        raise DocumentError(f"{name}: {reason}")
    if _is_zero_width(text[: found[0].start], name):
        found[0].start = 0
    for claim, following in zip_longest(found, found[1:]):
        if following is not None and following.start < claim.end:
            raise DocumentError(f"{name}: character {following.start} is claimed twice; please report this file as a bug")
        gap = text[claim.end : following.start if following else None]
        if _is_zero_width(gap, name):
            claim.end += len(gap.rstrip())


def _is_zero_width(gap: str, name: str) -> bool:
    """Whether zero-width characters stand in a gap; a `DocumentError` if anything else but blanks does."""
    if not gap or gap.isspace():
        return False
    if residue := gap.translate(_NO_ZERO_WIDTH).strip():
        raise DocumentError(f"{name}: {residue[:40]!r} is in no block; please report this file as a bug")
    return True


def page_rows(blocks: SplitDocument) -> Iterator[RowValues]:
    """A row for each page."""
    for page, copy_number in zip(blocks.document.pages, blocks.copy_of_page, strict=True):
        span = blocks.document.locator.locate(page.start, page.end)
        repeat = blocks.repeats.get(page.number)
        same = (repeat.page_number, repeat.similarity) if repeat else (None, None)
        yield blocks.document.source.document_id, page.number, copy_number, *same, span.start, span.end


def block_rows(
    document_id: str, claims: Iterable[ClaimedText], project_of_copy: Mapping[int, str | None]
) -> Iterator[RowValues]:
    """A row for each block, and for furniture, on each page, in the order of the text."""
    for ordinal, claim in enumerate((claim for claim in claims if claim.owner.name), 1):
        name, copy_number, heading, copy = claim.owner
        project_id = project_of_copy.get(copy)
        numbers = (ordinal, claim.page_number, copy_number)
        yield document_id, *numbers, project_id, name, heading, claim.start, claim.end


def unclaimed_rows(document_id: str, claims: Iterable[ClaimedText], text: str) -> Iterator[RowValues]:
    """A row for each stretch that nobody claimed."""
    for claim in claims:
        if claim.owner.name is None:
            yield document_id, claim.page_number, claim.start, claim.end, text[claim.start : claim.end]


def coverage(text: str, claims: Iterable[ClaimedText]) -> float:
    """The share of non-blank characters in blocks and furniture; all of them are in some stretch."""
    total = _visible(text)
    left = sum(_visible(text[claim.start : claim.end]) for claim in claims if claim.owner.name is None)
    return round((total - left) / total, 6) if total else 0.0


def _visible(text: str) -> int:
    """How many characters are not blank."""
    return len("".join(text.split()))
