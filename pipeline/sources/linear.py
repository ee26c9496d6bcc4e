"""Text, tables and page breaks of a file as one plain text; tables become rows of Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

PAGE_BREAK = "\f"
SOFT_BREAK = "\0"
"""A page break that the word processor inserted itself when the file was last saved."""
MAX_COLUMNS = 64
"""Columns that a merged cell may span."""
LAYOUT_PARAGRAPHS = 8
"""From this many paragraphs on, a table cell is a layout box, not a value."""

_WORD = re.compile("[A-Za-zก-ฮ]{2}")
_OF_PAGE = re.compile("หน้า(?:ที่)?|จาก|page|of", re.IGNORECASE)


class ExtractedText(NamedTuple):
    """What a reader makes of one file."""

    text: str
    media_type: str
    encoding: str | None = None
    is_decoded: bool = False
    """Whether the text is just the decoded bytes."""
    has_pages: bool = False
    """Whether form feeds are exactly the page breaks of the file, with empty pages kept."""
    unread_pages: tuple[int, ...] = ()
    """Pages that are pictures without text."""


class TextCell(NamedTuple):
    """A cell of a table; it may span several columns."""

    blocks: Sequence["TextBlock"]
    columns: int = 1


class TextTable(NamedTuple):
    """A table as the file describes it."""

    rows: Sequence[Sequence[TextCell]]


TextBlock: TypeAlias = str | TextTable
"""A paragraph, in which `PAGE_BREAK` ends a page, or a table."""


def with_page_breaks(text: str, label: str = "") -> str:
    r"""Label and text of a paragraph, with its soft page breaks moved to its end.

    A paragraph belongs to the page that it starts on.

    >>> with_page_breaks("ก\0ข"), with_page_breaks("\0ก", "1. "), with_page_breaks("ก")
    ('กข\x0c', '\x0c1. ก', 'ก')
    """
    before, soft, _ = text.partition(SOFT_BREAK)
    line = label + text.replace(SOFT_BREAK, "")
    return line + PAGE_BREAK if soft and before.strip() else PAGE_BREAK + line if soft else line


def distinct_headers(parts: Iterable[Iterable[TextBlock]]) -> list[TextBlock]:
    """Headers or footers that contain words, each text once. Pages repeat them, and a bare page number says nothing."""
    by_text: dict[str, list[TextBlock]] = {}
    for part in parts:
        blocks = list(part)
        text = join_blocks(blocks)
        if _WORD.search(_OF_PAGE.sub("", text)):
            by_text.setdefault(text, blocks)
    return [block for blocks in by_text.values() for block in blocks]


def join_blocks(blocks: Iterable[TextBlock]) -> str:
    r"""The text of a document: one line per paragraph, and one blank line for any number of empty ones.

    >>> join_blocks(["ก", "", "", "ข\tค ", TextTable([[TextCell(["ง"]), TextCell(["จ", "ฉ"]), TextCell([])]])])
    'ก\n\nข\tค\n| ง | จ ฉ |  |\n'
    """
    lines: list[str] = []
    for line in _lines(blocks):
        if line.strip() or PAGE_BREAK in line or (lines and lines[-1].strip()):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(blocks: Iterable[TextBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextTable):
            for row in block.rows:
                yield from _row_lines(row)
            yield ""
        else:
            for number, part in enumerate(parts := block.split(PAGE_BREAK)):
                yield from [PAGE_BREAK] if number else []
                yield from (line.strip(" \t\r") for line in part.split("\n") if part or len(parts) == 1)


def _row_lines(row: Sequence[TextCell]) -> Iterator[str]:
    """A row of Markdown; the paragraphs of its cells where the table is only used for layout."""
    cell_lines = [list(_lines(cell.blocks)) for cell in row]
    has_table = any(isinstance(block, TextTable) for cell in row for block in cell.blocks)
    sizes = [sum(map(bool, lines)) for lines in cell_lines]
    is_label_beside_list = len(sizes) == 2 and sizes[0] == 1 and sizes[1] > 1
    if has_table or len(sizes) == 1 or max(sizes, default=0) > LAYOUT_PARAGRAPHS or is_label_beside_list:
        yield from chain.from_iterable(cell_lines)
        return
    if any(PAGE_BREAK in lines for lines in cell_lines):
        yield PAGE_BREAK
    cells = [" ".join(" ".join(lines).replace("|", "/").split()) for lines in cell_lines]
    if any(cells):
        yield "".join(f"| {words} " + "| " * (cell.columns - 1) for words, cell in zip(cells, row, strict=True)) + "|"
