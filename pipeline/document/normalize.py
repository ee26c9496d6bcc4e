"""Fields to cells: each text through its column's normalizer; the one place where `Unreadable` is caught."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from normalizers import Unreadable
from normalizers.choices import choice
from normalizers.digits import is_mixed
from pipeline.model import Cell, Field, Issue
from schemas.base import Choice, Normalizer, Table

CONTEXT = "fiscal_year_be"


def normalize(fields: Sequence[Field]) -> tuple[Cell, ...]:
    """The typed value of every field; what is printed and cannot be read becomes null with the reason."""
    contexts = [
        cell.value
        for cell in (_cell(field, None) for field in fields if field.column == CONTEXT)
        if cell.value is not None
    ]
    year = Counter(contexts).most_common(1)[0][0] if contexts else None
    return tuple(_cell(field, year if isinstance(year, int) else None) for field in fields)


def _cell(field: Field, fiscal_year_be: int | None) -> Cell:
    model, column, copy, row, raw, spans, score, value, is_inferred, label = field
    issue = None
    if value is None:
        try:
            value = _reader(model, column)(raw, fiscal_year_be)
        except Unreadable as error:
            issue = Issue(error.code, str(error), spans[0] if spans else None, model.table, column, row)
    return Cell(model, column, copy, row, value, spans, score, raw, issue, is_inferred, label)


@cache
def _reader(model: type[Table], column: str) -> Callable[[str, int | None], object]:
    """What reads the texts of a column, in a fiscal year."""
    if choices := model.marks(column, Choice):
        return lambda raw, _: choice(raw, choices[-1].phrases)
    normalizer = model.normalizer(column)
    if normalizer.in_fiscal_year:
        return lambda raw, year: normalizer.read(raw, fiscal_year_be=year)
    return lambda raw, _: normalizer.read(raw)


def has_mixed_digits(cell: Cell) -> bool:
    """Whether a typed value was printed in digits of both scripts; running text may hold both."""
    if cell.value is None or isinstance(cell.value, str):
        return False
    return not _spans_lines(cell.model, cell.column) and is_mixed(cell.raw)


@cache
def _spans_lines(model: type[Table], column: str) -> bool:
    return any(mark.spans_lines for mark in model.marks(column, Normalizer))
