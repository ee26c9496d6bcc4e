"""Whether the values in a declaration have the types that the vocabulary asks for: most slips are of this kind.

Python does not look at types: `titles=("…")` without its comma is a text, of which each letter would be a title.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from parsers.openers import USUAL
from schemas.base import Table

Check = Callable[[object], str]
"""What is wrong with a value and what to write instead; an empty text where nothing is."""

SHOWN = 40
"""Characters of a value that a message shows."""
_PLAIN = {
    str: ("text", "write it in quotes"),
    int: ("a whole number", "write one"),
    float: ("a number", "write one"),
    bool: ("True or False", "write one of the two"),
    NoneType: ("None", "write None"),
}
"""Types that are not written as a call: what they are, and what to write."""


class Misfit(NamedTuple):
    """A value of another type than its field: which field, and what is wrong."""

    path: str
    text: str


def misfits(declared: object, path: str = "") -> Iterator[Misfit]:
    """The values of another type in a declaration, and in those inside it.

    >>> from parsers.openers import Heading
    >>> [misfit] = misfits(Heading(wordings=("ก"), number="1"))
    >>> misfit.path, misfit.text
    ('wordings', "'ก' is one text where a tuple belongs; write ('ก',) with a comma")
    """
    kind: Any = type(declared)
    for name, check in _checks_of(kind):
        value = getattr(declared, name)
        if wrong := check(value):
            yield Misfit(path + name, wrong)
        elif type(value) is tuple:
            for place, one in enumerate(value):
                if _is_declared(one):
                    yield from misfits(one, f"{path}{name}[{place}].")
        elif _is_declared(value) and value is not USUAL:  # every opener has it
            yield from misfits(value, f"{path}{name}.")


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that is most like another, in quotes; all of them where none is.

    >>> nearest("projct", ("group", "project")), nearest("x", ("group", "project"))
    ("'project'", "one of 'group', 'project'")
    """
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1)
    return repr(near[0]) if near else f"one of {', '.join(map(repr, known))}"


def shown(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if _is_declared(value):
        return f"{type(value).__name__}(…)"
    text = repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _is_declared(value: object) -> bool:
    return type(value) is not str and hasattr(type(value), "__dataclass_fields__")


@cache
def _checks_of(declared: Any) -> tuple[tuple[str, Check], ...]:
    """The fields of a class of declarations, each with its check."""
    kinds: list[tuple[str, Any]] = [(field.name, field.type) for field in fields(declared)]
    return tuple((name, _check_of(kind)) for name, kind in kinds)


@cache
def _check_of(kind: Any) -> Check:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _check_of_tuple(_check_of(arguments[0]))
    if origin is Mapping:
        return _check_of_mapping(*map(_check_of, arguments))
    if origin in (Union, UnionType):
        return _check_of_union(arguments)
    if origin is Literal:
        return _check_of_literal(arguments)
    if origin is type:
        return _check_table
    if kind is object or not isinstance(kind, type):
        return _accept
    return _check_of_class(kind)


def _accept(_: object) -> str:
    return ""


def _check_table(value: object) -> str:
    if isinstance(value, type) and issubclass(value, Table):
        return ""
    return f"{shown(value)} is no table; write the class of a table, or of a template of one"


def _check_of_class(kind: type) -> Check:
    known = (int, float) if kind is float else kind
    name, advice = _PLAIN.get(kind, (kind.__name__, f"write {kind.__name__}(…)"))

    def check(value: object) -> str:
        if isinstance(value, known) and (kind is bool or not isinstance(value, bool)):
            return ""
        if value is kind:
            return f"{kind.__name__} is not called; {advice}"
        return f"{shown(value)} stands where {name} belongs; {advice}"

    return check


def _check_of_tuple(check_one: Check) -> Check:
    def check(value: object) -> str:
        if isinstance(value, tuple):
            return next((wrong for wrong in map(check_one, value) if wrong), "")
        if isinstance(value, str):
            return f"{shown(value)} is one text where a tuple belongs; write ({shown(value)},) with a comma"
        if isinstance(value, list | set | frozenset):
            return f"a {type(value).__name__} stands where a tuple belongs; write it in round brackets"
        return f"{shown(value)} stands alone where a tuple belongs; write ({shown(value)},) with a comma"

    return check


def _check_of_mapping(check_key: Check, check_value: Check) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, Mapping):
            return f"{shown(value)} stands where a dict belongs; write {{…: …}}"
        for key, one in value.items():
            if wrong := check_key(key) or check_value(one):
                return f"under {shown(key)}: {wrong}"
        return ""

    return check


def _check_of_union(kinds: tuple[Any, ...]) -> Check:
    plain = tuple(kind for kind in kinds if isinstance(kind, type))
    others = tuple(_check_of(kind) for kind in kinds if kind not in plain)
    in_tuple = next((_check_of(kind) for kind in kinds if get_origin(kind) is tuple), None)
    named = ", ".join(f"{kind.__name__}(…)" for kind in plain if kind not in _PLAIN)

    def check(value: object) -> str:
        if isinstance(value, plain) or any(not one(value) for one in others):
            return ""
        if isinstance(value, tuple) and in_tuple:
            return in_tuple(value)
        if isinstance(value, type) and issubclass(value, Table):
            return f"{shown(value)} does not say how it is read; write Labelled({value.__name__}), or another reading"
        if isinstance(value, type) and value in plain:
            return f"{value.__name__} is not called; write {value.__name__}(…)"
        if named == "" or len(kinds) == 2:
            return next(wrong for kind in kinds if kind is not NoneType and (wrong := _check_of(kind)(value)))
        return f"{shown(value)} does not belong here; write one of {named}"

    return check


def _check_of_literal(known: tuple[Any, ...]) -> Check:
    def check(value: object) -> str:
        if value in known:
            return ""
        return f"{shown(value)} is not known; write {nearest(str(value), known)}"

    return check
