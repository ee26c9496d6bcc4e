"""Tables that an OCR engine prints in HTML, as rows of Markdown: a row a line, its cells between bars.

Only tags change, and line ends inside a cell, so every word keeps its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from normalizers.digits import whole
from normalizers.text import behind

TABLE_TAG = "html_table"
"""What the changes are called; they mend no damage."""
MOST_COLUMNS, MOST_ROWS = 40, 200
"""Columns of a table, and rows that one cell may go down over, whatever a tag says."""
BLANKS = " \t\r\n\u00a0"
"""What may stand between two tags; a form feed parts pages."""
FRAME = "\n|\n"
"""A line that is left of a table's first and last tag; line ends that stand around it are its own."""

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|caption|tr|td|th)(?![A-Za-z])([^<>\f]{0,300}+)>", re.IGNORECASE)
_BLANKS = re.compile(rf"[{BLANKS}]*+")
_ENDS_LINE = re.compile(r"[ \t\u00a0]*+[\n\r\f]")
_LINE_ENDS = re.compile(r"\n{2,}+")
_LINE_END = re.compile(rf"(?<=\S)[ \t\u00a0]*+[\r\n][{BLANKS}]*+(?!\f)")
_SPAN = re.compile(r"(?<![A-Za-z])(col|row)span\s*+=\s*+[\"']?+([0-9]{1,3})(?![0-9])", re.IGNORECASE)


class Change(NamedTuple):
    """A span of the text, what belongs there, and what did it."""

    start: int
    end: int
    text: str
    name: str = TABLE_TAG


def as_markdown(text: str) -> Iterator[Change]:
    r"""The changes that put bars and line ends for the tags of tables; an empty cell stands for a part of a wide one.

    A bar is left of tags that stand together, of those of the table itself on a line of its own, so nothing is lost.

    >>> row = "<table><tr><td rowspan=2>ก</td><td>ข</td></tr>"
    >>> [change.text for change in as_markdown(row + "<tr><td>ค</td></tr></table>")]
    ['|\n', '\n| ', ' | ', ' |', '\n|  | ', ' |', '\n|\n']
    """
    table: _OpenTable | None = None
    begun, end, put, done = 0, 0, "", 0
    for tag in _TAG.finditer(text):
        is_end, name = bool(tag[1]), tag[2].lower()
        if table is None and (name != "table" or is_end):
            continue
        start = tag.start() if table is None else end + len(text[end : tag.start()].rstrip(BLANKS))
        if begun < end < start:
            yield Change(begun, end, _fitted(text, (begun, end), put + " |", done))
            begun, put, done = end, "", end
        if table is not None and table.is_open:
            yield from (Change(*match.span(), " ") for match in _LINE_END.finditer(text, end, start))
        table = table or _OpenTable()
        is_last = is_end and name == "table"
        begun = start if begun == end else begun
        end = tag.end() if is_last else behind(_BLANKS, text, tag.end())  # blanks behind a table may part pages
        put += table.close(name) if is_end else table.open(name, tag[3])
        if "|" in put:
            yield from _on_lines(text.index("<", begun) + 1, Change(begun, end, _fitted(text, (begun, end), put, done)))
            begun, put, done = end, "", end
        table = None if is_last else table
    if begun < end:
        yield Change(begun, end, _fitted(text, (begun, end), put + " |", done))


def _fitted(text: str, span: tuple[int, int], put: str, done: int) -> str:
    """What is put, without blanks beside a line end that the text has: that one, and not a blank of ours, parts pages.

    Text before `done` is changed already.
    """
    before, end = span
    put = _LINE_ENDS.sub("\n", put)
    while before > done and text[before - 1] in " \t\u00a0":
        before -= 1
    put = put.lstrip() if not before or (before > done and text[before - 1] in "\n\r\f") else put
    return put.rstrip() if _ENDS_LINE.match(text, end) else put


def _on_lines(middle: int, change: Change) -> Iterator[Change]:
    """A change; two, where it ends a line that says something and begins the next, for each line has its own."""
    ended, line_end, begun = change.text.partition("\n")
    if ended.strip() and "|" in begun:
        yield Change(change.start, middle, ended)
        yield Change(middle, change.end, line_end + begun)
    else:
        yield change


@dataclass(slots=True)
class _OpenTable:
    """What is known of a table while its tags go by."""

    place: int = 0
    """The column of the next cell."""
    width: int = 1
    """Columns that the open cell takes."""
    is_open: bool = False
    """Whether a cell is open, whose end may not be printed."""
    held: dict[int, int] = field(default_factory=dict)
    """Columns that a cell of a row above goes down into, with the rows that are left of it."""

    def open(self, name: str, attributes: str) -> str:
        """What stands for the tag of a table, a row or a cell."""
        if name not in ("td", "th"):
            return self._end_of_row() + {"table": FRAME, "tr": "\n", "caption": "\n| "}.get(name, "")
        put = self._end_of_cell() + ("| " if self.place == 0 else " | ") + self._held_cells()
        spans = {kind.lower(): whole(count) or 1 for kind, count in _SPAN.findall(attributes)}
        self.width = max(1, min(spans.get("col", 1), MOST_COLUMNS - self.place))
        below = min(spans.get("row", 1), MOST_ROWS) - 1
        if below > 0 and self.place < MOST_COLUMNS:
            self.held |= dict.fromkeys(range(self.place, self.place + self.width), below)
        self.is_open = True
        return put

    def close(self, name: str) -> str:
        """What stands for the end of a table, a row or a cell."""
        if name in ("td", "th"):
            return self._end_of_cell()
        return self._end_of_row() + (FRAME if name == "table" else "")

    def _end_of_cell(self) -> str:
        """Nothing but the rest of a wide cell: the next cell has the bar."""
        if not self.is_open:
            return ""
        self.is_open = False
        self.place += self.width
        return " | " * (self.width - 1)

    def _end_of_row(self) -> str:
        put = self._end_of_cell()
        if self.place:
            put += " |" + self._held_cells()
        self.place = 0
        return put

    def _held_cells(self) -> str:
        """Empty cells for what goes down into this place."""
        put = ""
        while self.held.get(self.place, 0) > 0:
            self.held[self.place] -= 1
            self.place += 1
            put += " | "
        return put
