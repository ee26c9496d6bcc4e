"""Differences in words: file, page, line, what was expected, what was read, and the raw text there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.model import LineNumbers
from pipeline.tools.compare import Difference, PlainRow, VerdictWords
from schemas import TABLES

AGAINST_GOLDEN = VerdictWords()
BETWEEN_RUNS = VerdictWords("same", "changed", "gone", "new", expected="before", read="now")
MAX_QUOTED = 120
"""Characters of a value that a message quotes; JSON has all of it."""
SHOWN_AROUND = 80
"""Characters that are shown before and after a difference."""
NAME_COLUMNS = ("row_key", "code", "page_number", "source")
"""Columns by which a message names a row; the first one that is not null."""
REFERRING = frozenset(model.table for model in TABLES if model.names_rows)
"""Tables about cells of other tables; their `row_key` is the key of another row."""
KEY_COLUMN_OF = {model.table: model.row_name for model in TABLES}
"""The column by which evidence refers to the rows of each table."""


@dataclass(frozen=True, slots=True)
class Location:
    """A span of a page. `is_near`: the value itself is nowhere, this was read beside or above it."""

    page_number: int | None
    char_start: int | None = None
    raw_text: str | None = None
    line: int | None = None
    """From 1; None without the source text."""
    is_near: bool = False

    def in_text(self, text: str) -> "Location":
        """The location with its line in the source text."""
        return self if self.char_start is None else replace(self, line=LineNumbers(text).at(self.char_start))


def message(name: str, difference: Difference, location: Location | None, words: VerdictWords) -> str:
    """One difference in the file `name`."""
    cell = " ".join(filter(None, (difference.table, row_name(difference.row), difference.column)))
    values = f"{words.expected} {quoted(difference.expected_value)}, {words.read} {quoted(difference.read_value)}"
    verdict = words.verdict(difference.verdict)
    raw = location.raw_text if location else None
    read = f", {'near' if location.is_near else 'read from'} {quoted(raw)}" if location and raw is not None else ""
    return f"{location_text(name, location)}: {cell} is {verdict}: {values}{read}"


def plain(difference: Difference, location: Location | None, words: VerdictWords) -> dict[str, object]:
    """One difference as JSON."""
    return {
        "table": difference.table,
        "row_key": difference.row.get("row_key"),
        "column": difference.column,
        "verdict": words.verdict(difference.verdict),
        words.expected: difference.expected_value,
        words.read: difference.read_value,
        "page": location and location.page_number,
        "line": location and location.line,
        "raw_text": location and location.raw_text,
        "is_near": location and location.is_near,
    }


def location_text(name: str, location: Location | None) -> str:
    """File, page and line, as far as they are known."""
    numbers = {"page": location.page_number, "line": location.line} if location else {}
    return ", ".join([name, *(f"{word} {number}" for word, number in numbers.items() if number is not None)])


def row_name(row: PlainRow) -> str:
    """A short name of a row for people."""
    return next((str(row[column]) for column in NAME_COLUMNS if row.get(column) is not None), "")


def quoted(value: object) -> str:
    """A value as messages quote it: shortened if it is long, with invisible characters escaped.

    >>> quoted(None), quoted("ก\\f"), quoted({"level": "goal", "text": "ข"})
    ('nothing', "'ก\\\\x0c'", "level 'goal', text 'ข'")
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{column} {quoted(cell)}" for column, cell in value.items())
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


class EvidenceLocations:
    """Where the cells of one document were read, by its evidence."""

    def __init__(self, evidence: Iterable[PlainRow]) -> None:
        self._cells: dict[tuple[object, object, object], Location] = {}
        self._rows: dict[tuple[object, object], Location] = {}
        for row in evidence:
            location, key = _location_of(row), (row["table_name"], row["row_key"])
            self._cells.setdefault((*key, row["column_name"]), location)
            self._rows.setdefault(key, location)

    def of(self, table: str, row: PlainRow, column: str | None) -> Location | None:
        """The location of a cell, or of a row if `column` is None; a near one if the cell itself was not read."""
        referred = (row.get("table_name"), row.get("row_key"), row.get("column_name"))
        key = referred if table in REFERRING else (table, evidence_key(table, row), column)
        if key in self._cells:
            return self._cells[key]
        if row.get("page_number") is not None:
            return _location_of(row)
        of_row = self._rows.get(key[:2])
        return replace(of_row, is_near=column is not None) if of_row else None


def locate(
    difference: Difference, read: EvidenceLocations, *, expected: EvidenceLocations | None = None
) -> Location | None:
    """Where a difference is: a missing row where it was expected, if that is known, else near the row above."""
    table, column = difference.table, difference.column
    if difference.verdict == "missing" and difference.expected is not None and expected is not None:
        return expected.of(table, difference.expected, column)
    if difference.read is not None:
        return read.of(table, difference.read, column)
    if difference.expected is not None and difference.expected.get("page_number") is not None:
        return _location_of(difference.expected)
    above = read.of(table, difference.above, None) if difference.above else None
    return replace(above, is_near=True) if above else None


def evidence_key(table: str, row: PlainRow) -> object:
    """The key by which evidence refers to a row; None for tables that refer to rows of others."""
    return None if table in REFERRING else row.get(KEY_COLUMN_OF.get(table, "row_key"))


def _location_of(row: PlainRow) -> Location:
    page, start, text = row.get("page_number"), row.get("char_start"), row.get("raw_text", row.get("text"))
    return Location(
        page if isinstance(page, int) else None,
        start if isinstance(start, int) else None,
        text if isinstance(text, str) else None,
    )


def differing_pieces(text: str, other: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it differs from another text; long equal pieces are shortened.

    >>> list(differing_pieces("เล่านิทานและวาด", "เล่านิทาบและวาด"))
    [('เล่านิทา', False), ('น', True), ('และวาด', False)]
    """
    for step in Levenshtein.opcodes(text, other):
        piece = text[step.src_start : step.src_end]
        if piece:
            is_long = step.tag == "equal" and len(piece) > 2 * SHOWN_AROUND
            yield (f"{piece[:SHOWN_AROUND]} … {piece[-SHOWN_AROUND:]}" if is_long else piece), step.tag != "equal"
