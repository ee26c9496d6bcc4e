"""Fields to cells: each text through its column's normalizer; the one place where `Unreadable` is caught."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from normalizers import Noticed, Observation, Unreadable
from normalizers.dates import noticed_weekdays
from normalizers.digits import is_mixed
from normalizers.fuzzy_match import choice
from normalizers.money import spelled_baht
from pipeline.model import Cell, Field, Issue
from schemas.base import Choice, Normalizer, Table

LEAST_DIGITS = 36
"""So many Thai digits of five kinds and none of the other five do not stand in a text by chance."""
_KNOWN, _LACKING = "๐๑๒๓๕", "๔๖๗๘๙"
"""The digits that the commonest OCR engine for Thai can print, and those that it cannot."""
_SPELLED = re.compile(r"\([ก-๛\s]{4,160}(?:บาท|สตางค์)[ก-๛\s]*\)")
"""An amount in words, which is a witness of its own."""


def normalize(fields: Sequence[Field | Issue], text: str = "") -> list[Cell | Issue]:
    """The typed value of every field; what is printed and cannot be read becomes null with the reason.

    Of a `text` from an engine that cannot print some digits, numbers in Thai digits are null.
    """
    printed = [
        (field.copy, cell.value)
        for field in fields
        if isinstance(field, Field) and field.column == field.model.column_of("year")
        for cell in [_cell(field)]
        if isinstance(cell.value, int)
    ]
    most = [year for year, _ in Counter(year for _, year in printed).most_common(1)]
    years = {copy: tuple(dict.fromkeys((*most, year))) for copy, year in reversed(printed)}
    cells = [_cell(field, years.get(field.copy, most)) if isinstance(field, Field) else field for field in fields]
    return [_doubted(cell) if isinstance(cell, Cell) else cell for cell in cells] if lacks_digits(text) else cells


def lacks_digits(text: str) -> bool:
    """Whether a text has dozens of some Thai digits and none of the others.

    >>> lacks_digits("๑๐ ๒๐ ๓๕ " * 9), lacks_digits("๑๐ ๒๐ ๓๙ " * 9), lacks_digits("๑๐ ๒๐")
    (True, False, False)
    """
    return not any(digit in text for digit in _LACKING) and sum(map(text.count, _KNOWN)) >= LEAST_DIGITS


def is_spelled(cell: Cell) -> bool:
    """Whether words beside an amount say the same."""
    return _SPELLED.search(cell.field.raw) is not None and spelled_baht(cell.field.raw) == cell.value


def _doubted(cell: Cell) -> Cell:
    """A cell without its number, where Thai digits print it and neither the place nor words confirm it."""
    field, raw = cell.field, cell.field.raw
    is_number = cell.value is not None and not isinstance(cell.value, str) and field.value is None
    if not is_number or set(_KNOWN).isdisjoint(raw) or is_spelled(cell):
        return cell
    text = f"{raw.strip()!r} is in Thai digits, and the text has none of ๔ ๖ ๗ ๘ ๙"
    span = field.spans[0] if field.spans else None
    return Cell(field, None, Issue("thai_digits_unreliable", text, span, field.model.table, field.column, field.row))


def _cell(field: Field, years: Sequence[int] = ()) -> Cell:
    """The value of a field, its days in the first of the fiscal years that they are near to."""
    value, observations = field.value, tuple[Observation, ...]()
    if value is None:
        try:
            value = _read(field, years)
        except Unreadable as error:
            span = field.spans[0] if field.spans else None
            return Cell(field, None, Issue(error.code, str(error), span, field.model.table, field.column, field.row))
        if isinstance(value, Noticed):
            value, observations = value
    if isinstance(value, str):
        observations = noticed_weekdays(value)
    elif value is not None and not _spans_lines(field.model, field.column) and is_mixed(field.raw):
        mixed = Observation("number_scripts_mixed", f"{field.raw.strip()!r} mixes Thai and Arabic digits")
        observations = (mixed, *observations)
    return Cell(field, value, None, observations)


def _read(field: Field, years: Sequence[int]) -> object:
    read = _reader(field.model, field.column)
    for year in years[:-1]:
        try:
            return read(field.raw, year)
        except Unreadable as error:
            if error.code != "year_out_of_context":
                raise
    return read(field.raw, years[-1] if years else None)


@cache
def _reader(model: type[Table], column: str) -> Callable[[str, int | None], object]:
    """What reads the texts of a column, in a fiscal year."""
    if choices := model.marks(column, Choice):
        return lambda raw, _: choice(raw, choices[-1].phrases)
    normalizer = model.normalizer(column)
    if normalizer.in_fiscal_year:
        return lambda raw, year: normalizer.read(raw, fiscal_year_be=year)
    return lambda raw, _: normalizer.read(raw)


@cache
def _spans_lines(model: type[Table], column: str) -> bool:
    """Whether a column holds running text, where digits of both scripts may stand."""
    return any(mark.spans_lines for mark in model.marks(column, Normalizer))
