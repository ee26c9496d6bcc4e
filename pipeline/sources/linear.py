"""What a reader gives: the text of a file from its first line to its last, its tables as rows of Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

PAGE_BREAK = "\f"
SOFT_BREAK = "\0"
"""Where a word processor itself began a page when it last saved."""
MOST_COLUMNS = 64
"""Columns that a cell may say it goes over."""
PART_OF_PAGE = 8
"""Paragraphs from which on a cell of a table is a part of the page rather than a value."""

_WORD = re.compile("[A-Za-zก-ฮ]{2}")
_OF_PAGE = re.compile("หน้า(?:ที่)?|จาก|page|of", re.IGNORECASE)


class Linear(NamedTuple):
    """The text of a file as one reader gives it."""

    text: str
    media_type: str
    encoding: str | None = None
    is_decoded: bool = False
    """Whether the text is simply the bytes in that encoding."""
    has_pages: bool = False
    """Whether form feeds, and nothing else, part its pages: those of the file, empty ones too."""
    unread_pages: tuple[int, ...] = ()
    """Pages of a picture and no text."""


class Cell(NamedTuple):
    """A cell of a table; it may go over several columns."""

    blocks: Sequence["Block"]
    columns: int = 1


class Table(NamedTuple):
    """A table as its file describes it."""

    rows: Sequence[Sequence[Cell]]


Block: TypeAlias = str | Table
"""A paragraph, in which `PAGE_BREAK` ends a page; or a table."""


def settled(text: str, label: str = "") -> str:
    r"""The text of a paragraph behind its label; it belongs to the page that it begins on, so soft breaks end it.

    >>> settled("ก\0ข"), settled("\0ก", "1. "), settled("ก")
    ('กข\x0c', '\x0c1. ก', 'ก')
    """
    before, soft, _ = text.partition(SOFT_BREAK)
    said = label + text.replace(SOFT_BREAK, "")
    return said + PAGE_BREAK if soft and before.strip() else PAGE_BREAK + said if soft else said


def running(parts: Iterable[Iterable[Block]]) -> list[Block]:
    """Headers or footers in words, each text once: pages repeat them, and the number of a page says nothing."""
    found: dict[str, list[Block]] = {}
    for part in parts:
        blocks = list(part)
        text = linear_text(blocks)
        if _WORD.search(_OF_PAGE.sub("", text)):
            found.setdefault(text, blocks)
    return [block for blocks in found.values() for block in blocks]


def linear_text(blocks: Iterable[Block]) -> str:
    r"""The text of a document: a line for a paragraph, one blank line for any number of empty ones.

    >>> linear_text(["ก", "", "", "ข\tค ", Table([[Cell(["ง"]), Cell(["จ", "ฉ"]), Cell([])]])])
    'ก\n\nข\tค\n| ง | จ ฉ |  |\n'
    """
    lines: list[str] = []
    for line in _lines(blocks):
        if line.strip() or PAGE_BREAK in line or (lines and lines[-1].strip()):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _row_lines(row)
            yield ""
        else:
            for place, part in enumerate(parts := block.split(PAGE_BREAK)):
                yield from [PAGE_BREAK] if place else []
                yield from (line.strip(" \t\r") for line in part.split("\n") if part or len(parts) == 1)


def _row_lines(row: Sequence[Cell]) -> Iterator[str]:
    """A row of Markdown, or the paragraphs of its cells where they are a part of the page."""
    said = [list(_lines(cell.blocks)) for cell in row]
    has_table = any(isinstance(block, Table) for cell in row for block in cell.blocks)
    if has_table or _is_part_of_page([sum(map(bool, lines)) for lines in said]):
        yield from chain.from_iterable(said)
        return
    if any(PAGE_BREAK in lines for lines in said):
        yield PAGE_BREAK
    cells = [" ".join(" ".join(lines).replace("|", "/").split()) for lines in said]
    if any(cells):
        yield "".join(f"| {words} " + "| " * (cell.columns - 1) for words, cell in zip(cells, row, strict=True)) + "|"


def _is_part_of_page(sizes: Sequence[int]) -> bool:
    """Whether cells of so many lines only place text: a single or a long one, or a label beside a list."""
    is_label_beside_list = len(sizes) == 2 and sizes[0] == 1 and sizes[1] > 1
    return len(sizes) == 1 or max(sizes, default=0) > PART_OF_PAGE or is_label_beside_list
