"""Whether a template, or a table that is read into as it is, suits its table: columns, annotations, words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from inspect import get_annotations, unwrap
from itertools import chain
from types import CodeType
from typing import Any

from normalizers.fuzzy_match import folded
from parsers.declarations.slips import Slip, Slips
from parsers.declarations.types import misfits, nearest, shown
from schemas import TABLES
from schemas.base import (
    Arrow,
    Choice,
    FirstInBlock,
    Label,
    Normalizer,
    OneOf,
    Personal,
    Remainder,
    Role,
    Shape,
    StartsWith,
    Table,
    columns_of,
)

READ_BY = (Label, StartsWith, Shape, FirstInBlock, Choice, Remainder)
"""The annotations that say where a value stands."""
_MARKS = (Arrow, Normalizer, OneOf, Role, Personal, *READ_BY)


@cache
def template_slips(model: type[Table]) -> tuple[Slip, ...]:
    """The slips of a template, or of a table that is read into as it is."""
    table = table_of(model)
    if table is None or table not in _fillable() or model.table != table.table:
        names = ", ".join(table.table for table in _fillable())
        return (Slip(f"{model.__name__} is no table that a form fills; write a class for one of {names}", model=model),)
    own = [get_annotations(base) for base in model.__mro__[: model.__mro__.index(table)]]
    columns = [column for column in dict.fromkeys(chain.from_iterable(own)) if column in columns_of(model)]
    slips = [slip for column in columns for slip in _column_slips(model, table, column)]
    if any(model.marks(column, Role) for column in columns):
        roles = Counter(mark.name for column in columns_of(model) for mark in set(model.marks(column, Role)))
        twice = [name for name, count in roles.items() if count > 1]
        slips += [Slip(f"two columns have the role {name!r}; leave it to one of them") for name in twice]
    return tuple(slip._replace(model=model) for slip in slips)


@cache
def table_of(model: type[Table]) -> type[Table] | None:
    """The table of the contract that a template fills."""
    return next((table for table in TABLES if issubclass(model, table)), None)


@cache
def _fillable() -> tuple[type[Table], ...]:
    """The tables whose rows evidence may name: those that are read off pages."""
    return tuple(table for table in TABLES if table.row_name in columns_of(table) and not table.names_rows)


def _column_slips(model: type[Table], table: type[Table], column: str) -> Slips:
    """What is wrong with a column that a template declares."""
    if column not in columns_of(table):
        yield from missing(table, column)
        return
    marks = [mark for mark in model.model_fields[column].metadata if not isinstance(mark, Arrow)]
    texts = list(chain.from_iterable(map(_mark_slips, marks)))
    yield from (Slip(text, column=column) for text in texts)
    if _kept(model, column) != _kept(table, column):
        kinds = f"table {table.table} keeps {_kept(table, column)[1]} here, and the template {_kept(model, column)[1]}"
        yield Slip(f"{kinds}; write the type that the table's module has", column=column)
    if any(isinstance(mark, READ_BY) for mark in marks):
        yield from unread(model, column)
    for choice in model.marks(column, Choice) if not texts else ():
        yield from (slip for key in choice.phrases for slip in wrong_values(model, {column: key}))


def _kept(model: type[Table], column: str) -> tuple[object, object]:
    """The types of a column's values, in Python and in Arrow."""
    return model.model_fields[column].annotation, next((mark.type for mark in model.marks(column, Arrow)[::-1]), None)


def _mark_slips(mark: object) -> Iterable[str]:
    """What is wrong with one annotation."""
    name = type(mark).__name__
    if isinstance(mark, type) and issubclass(mark, _MARKS):
        return [f"{mark.__name__} is not called; write {mark.__name__}(…)"]
    if not isinstance(mark, _MARKS):
        return [f"{shown(mark)} is no annotation; write Label({shown(mark)}), or another one of schemas/base.py"]
    if isinstance(mark, Personal):
        return ()
    if not isinstance(mark, Normalizer) and (texts := [f"{name}: {one.path}: {one.text}" for one in misfits(mark)]):
        return texts
    if isinstance(mark, Choice):
        return _choice_slips(mark)
    return [f"{name}: {wrong}"] if (wrong := _wrong_in_mark(mark)) else []


def _wrong_in_mark(mark: object) -> str:
    match mark:
        case Label(names=()) | StartsWith(words=()):
            return "there are no words; write those that the form prints"
        case Label(ends=""):
            return "ends='' ends a value before it begins; write the sign, or leave it out"
        case FirstInBlock(pattern="") | Shape(pattern=""):
            return "the pattern is empty; write what the value looks like"
        case Role(name=name) if name not in _known_roles():
            return f"no column has the role {name!r}; write {nearest(name, _known_roles())}"
        case Normalizer() as normalizer if not _can_read(normalizer):
            wanted = "(text, *, fiscal_year_be)" if normalizer.in_fiscal_year else "(text)"
            return f"{shown(normalizer.read)} is not a function that takes {wanted}; write one that does"
    return ""


def _choice_slips(choice: Choice) -> Iterable[str]:
    empty = [key for key, words in choice.phrases.items() if not words]
    told = [f"Choice: {key!r} has no words; write those that the form prints" for key in empty]
    return [*told, *same_words(choice.phrases)]


@cache
def _known_roles() -> tuple[str, ...]:
    marks = (mark for table in TABLES for column in columns_of(table) for mark in table.marks(column, Role))
    return tuple(dict.fromkeys(mark.name for mark in marks))


@cache
def _can_read(normalizer: Normalizer) -> bool:
    """Whether a function can be called as `normalize` does; one that Python cannot look into is believed."""
    read: Any = normalizer.read
    if not callable(read):
        return False
    code = getattr(unwrap(read), "__code__", None)
    if not isinstance(code, CodeType):
        return True
    named = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    needed = code.co_argcount - len(getattr(unwrap(read), "__defaults__", None) or ())
    return needed <= 1 <= code.co_argcount and (not normalizer.in_fiscal_year or "fiscal_year_be" in named)


def same_words(named: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What is said of words that stand for two things."""
    seen: dict[str, str] = {}
    pairs = [(key, one, seen.setdefault(folded(one), key)) for key, words in named.items() for one in words]
    return [
        f"{one!r} stands for {other!r} and for {key!r}; leave it to one of them"
        for key, one, other in pairs
        if other != key
    ]


def missing(model: type[Table], column: str) -> Slips:
    """That a table lacks a column."""
    if column not in columns_of(model):
        others = [one.table for one in TABLES if column in columns_of(one)]
        of_others = f" (that is a column of {', '.join(others)})" if others else ""
        known = f"table {model.table} has no such column{of_others}"
        yield Slip(f"{known}; write {nearest(column, columns_of(model))}", column=column)


def unread(model: type[Table], column: str) -> Slips:
    """That nothing says how the text of a column is read."""
    if not model.marks(column, Normalizer) and not model.marks(column, Choice):
        text = "nothing says how its text is read; give it a type of schemas/columns.py, or fill another column"
        yield Slip(text, column=column)


def wrong_values(model: type[Table], constants: Mapping[str, object]) -> Slips:
    """Columns that a table lacks, and words of our own that a column does not take."""
    table = table_of(model) or model  # a template may say more of a column, and then has not all that its table says
    for column, value in constants.items():
        yield from missing(model, column)
        allowed = table.marks(column, OneOf) if column in columns_of(table) else ()
        if allowed and value not in allowed[-1].words:
            known = f"{value!r} is no value of this column of table {model.table}"
            yield Slip(f"{known}; write {nearest(str(value), allowed[-1].words)}", column=column)
