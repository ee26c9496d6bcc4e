"""Differences in words: file, page, line, what was expected, what was found, what stood there."""

from pipeline.tools.compare.cells import Difference, Words
from pipeline.tools.compare.pairs import Row
from pipeline.tools.compare.places import Place

LONGEST = 120
"""Characters of a value that a message quotes; JSON has it whole."""
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
