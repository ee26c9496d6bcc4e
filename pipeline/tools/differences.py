"""Differences in words: file, page, line, what was expected, what was found, what stood there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.document.lines import line_number
from pipeline.tools.compare import Difference, Row, Words
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a page. `is_near`: the value itself stands nowhere, this was read beside it or above it."""

    page_number: int | None
    char_start: int | None = None
    raw_text: str | None = None
    line: int | None = None
    """From 1; None where the text is not at hand."""
    is_near: bool = False

    def in_text(self, text: str) -> "Place":
        """The place with its line in the source text."""
        return self if self.char_start is None else replace(self, line=line_number(text, self.char_start))


LONGEST = 120
"""Characters of a value that a message quotes; JSON has it whole."""
SHOWN_AROUND = 80
"""Characters that are shown before and behind a difference."""
LABELS = ("row_key", "code", "page_number", "source")
"""Columns that name a row to a person, the first that it has."""


AGAINST_GOLDEN = Words()
BETWEEN_RUNS = Words("same", "changed", "gone", "new", expected="before", found="now")


def message(name: str, difference: Difference, place: Place | None, words: Words) -> str:
    """One difference in the file `name`."""
    named = " ".join(filter(None, (difference.table, label(difference.row), difference.column)))
    expected, found = quoted(difference.expected_value), quoted(difference.found_value)
    stated = f"{words.expected} {expected}, {words.found} {found}"
    return f"{where(name, place)}: {named} is {words.verdict(difference.verdict)}: {stated}{_raw(place)}"


def plain(difference: Difference, place: Place | None, words: Words) -> dict[str, object]:
    """One difference for a script."""
    return {
        "table": difference.table,
        "row_key": difference.row.get("row_key"),
        "column": difference.column,
        "verdict": words.verdict(difference.verdict),
        words.expected: difference.expected_value,
        words.found: difference.found_value,
        "page": place and place.page_number,
        "line": place and place.line,
        "raw_text": place and place.raw_text,
        "is_near": place and place.is_near,
    }


def where(name: str, place: Place | None) -> str:
    """File, page and line, as far as they are known."""
    known = {"page": place.page_number, "line": place.line} if place else {}
    return ", ".join([name, *(f"{word} {number}" for word, number in known.items() if number is not None)])


def label(row: Row) -> str:
    """What a person calls a row."""
    return next((str(row[column]) for column in LABELS if row.get(column) is not None), "")


def quoted(value: object) -> str:
    """A value in a message, cut where it is long; signs that nobody can see are escaped.

    >>> quoted(None), quoted("ก\\f"), quoted({"level": "goal", "text": "ข"})
    ('nothing', "'ก\\\\x0c'", "level 'goal', text 'ข'")
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{column} {quoted(cell)}" for column, cell in value.items())
    said = repr(value) if isinstance(value, str) else str(value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _raw(place: Place | None) -> str:
    if place is None or place.raw_text is None:
        return ""
    return f", {'near' if place.is_near else 'read from'} {quoted(place.raw_text)}"


TELLING = frozenset(model.table for model in TABLES if model.names_rows)
"""Tables that tell of cells of other tables, whose `row_key` is another row's."""
NAMES = {model.table: model.row_name for model in TABLES}
"""The column that evidence calls a row of each table by."""


class Places:
    """Where the cells of one document stood."""

    def __init__(self, evidence: Iterable[Row]) -> None:
        self._cells: dict[tuple[object, object, object], Place] = {}
        self._rows: dict[tuple[object, object], Place] = {}
        for row in evidence:
            place, key = _of_row(row), (row["table_name"], row["row_key"])
            self._cells.setdefault((*key, row["column_name"]), place)
            self._rows.setdefault(key, place)

    def of(self, table: str, row: Row, column: str | None) -> Place | None:
        """The place of a cell, or of a row, whose column is None; near it where the cell itself was not read."""
        about = (row.get("table_name"), row.get("row_key"), row.get("column_name"))
        own = about if table in TELLING else (table, own_key(table, row), column)
        if own in self._cells:
            return self._cells[own]
        if row.get("page_number") is not None:
            return _of_row(row)
        beside = self._rows.get(own[:2])
        return replace(beside, is_near=column is not None) if beside else None


def locate(difference: Difference, found: Places, *, expected: Places | None = None) -> Place | None:
    """Where a difference stands: what is missing where it was expected, if that is known, else near what was found."""
    table, column = difference.table, difference.column
    if difference.verdict == "missing" and difference.expected is not None and expected is not None:
        return expected.of(table, difference.expected, column)
    if difference.found is not None:
        return found.of(table, difference.found, column)
    if difference.expected is not None and difference.expected.get("page_number") is not None:
        return _of_row(difference.expected)
    above = found.of(table, difference.above, None) if difference.above else None
    return replace(above, is_near=True) if above else None


def own_key(table: str, row: Row) -> object:
    """What evidence calls a row of a table; None for rows of tables that tell of others."""
    return None if table in TELLING else row.get(NAMES.get(table, "row_key"))


def _of_row(row: Row) -> Place:
    page, start, said = row.get("page_number"), row.get("char_start"), row.get("raw_text", row.get("text"))
    return Place(
        page if isinstance(page, int) else None,
        start if isinstance(start, int) else None,
        said if isinstance(said, str) else None,
    )


def differing_pieces(said: str, other: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, and whether another text has each otherwise; long pieces that do not differ are cut short.

    >>> list(differing_pieces("เล่านิทานและวาด", "เล่านิทาบและวาด"))
    [('เล่านิทา', False), ('น', True), ('และวาด', False)]
    """
    for step in Levenshtein.opcodes(said, other):
        piece = said[step.src_start : step.src_end]
        if piece:
            is_long = step.tag == "equal" and len(piece) > 2 * SHOWN_AROUND
            yield (f"{piece[:SHOWN_AROUND]} … {piece[-SHOWN_AROUND:]}" if is_long else piece), step.tag != "equal"
