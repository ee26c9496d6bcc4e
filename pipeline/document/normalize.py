"""Fields to cells: each text through its column's normalizer; the one place where `Unreadable` is caught."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from normalizers import Noticed, Observation, Unreadable
from normalizers.dates import noticed_weekdays
from normalizers.digits import is_mixed
from normalizers.fuzzy_match import choice
from pipeline.model import Cell, Field, Issue
from schemas.base import Choice, Normalizer, Table


def normalize(fields: Sequence[Field | Issue]) -> list[Cell | Issue]:
    """The typed value of every field; what is printed and cannot be read becomes null with the reason."""
    years = Counter(
        cell.value
        for field in fields
        if isinstance(field, Field) and field.column == field.model.column_of("year")
        for cell in [_cell(field, None)]
        if isinstance(cell.value, int)
    )
    year = years.most_common(1)[0][0] if years else None
    return [_cell(field, year) if isinstance(field, Field) else field for field in fields]


def _cell(field: Field, fiscal_year_be: int | None) -> Cell:
    value, observations = field.value, tuple[Observation, ...]()
    if value is None:
        try:
            value = _reader(field.model, field.column)(field.raw, fiscal_year_be)
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
