"""Whether the values in a declaration have the types of their annotations, and words that can be found in a text.

Python does not look at types: `titles=("…")` without its comma is a text, of which each letter would be a title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from normalizers.fuzzy_match import folded
from schemas.base import Table

SHOWN = 40
"""Characters of a value that a message shows."""
_PLAIN = {str: "text in quotes", int: "a whole number", float: "a number", bool: "True or False"}
_MAY_BE_EMPTY = ("titles", "constants")
"""Fields without a default in which a form may say nothing."""


def is_declared(value: object) -> bool:
    """Whether a value is part of the vocabulary, and so has fields of its own."""
    return hasattr(value, "__dataclass_fields__") and not isinstance(value, type)


def walk(declared: Any, path: str = "", but: type = NoneType) -> list[tuple[str, Any]]:
    """A declaration and all inside it, each with the path to it; `but`: a class that is left out."""
    found = [(path, declared)]
    for name, default, kind, _ in _fields_of(declared.__class__):
        if kind.holds_declarations and (value := getattr(declared, name)) is not default:
            for place, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
                if type(one) is not but and is_declared(one):
                    found += walk(one, f"{path}{name}." if place is None else f"{path}{name}[{place}].", but)
    return found


def misfits(inside: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """The values that do not fit the fields of some declarations: where each stands, what is wrong, what to write.

    >>> from parsers.openers import Heading
    >>> list(misfits(walk(Heading(wordings=("ก"), number="1"))))
    ["wordings: 'ก' is not a tuple; write ('ก',) with a comma"]
    """
    for path, one in inside:
        for name, default, kind, is_needed in _fields_of(one.__class__):
            value = getattr(one, name)
            if value is default:
                continue
            if wrong := _misfit(value, kind):
                yield f"{path}{name}: {wrong}"
            elif value == "" or (is_needed and not value and name not in _MAY_BE_EMPTY):
                yield f"{path}{name}: there is nothing in it; write what belongs here"


def nearest(word: object, known: Sequence[str]) -> str:
    """The known word that is most like another, in quotes; all of them where none is.

    >>> nearest("projct", ("group", "project")), nearest("x", ("group", "project"))
    ("'project'", "one of 'group', 'project'")
    """
    from difflib import get_close_matches

    near = get_close_matches(str(word), known, 1)
    return repr(near[0]) if near else f"one of {', '.join(map(repr, known))}"


def shown(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    text = f"{type(value).__name__}(…)" if is_declared(value) else repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


class _Kind(NamedTuple):
    """A type; `classes`: those that a value may simply be an instance of."""

    classes: tuple[type, ...]
    origin: Any
    arguments: Any
    holds_declarations: bool


@cache
def _fields_of(declared: Any) -> tuple[tuple[str, object, _Kind, bool], ...]:
    """The fields of a class of declarations, each with its default, its type, and whether it must say something."""
    declarations: list[Any] = list(fields(declared))
    return tuple((one.name, one.default, _kind(one.type), one.default is one.default_factory) for one in declarations)


@cache
def _kind(annotation: Any) -> _Kind:
    if hasattr(annotation, "__metadata__"):
        return _kind(annotation.__origin__)
    origin, arguments = get_origin(annotation), get_args(annotation)
    inner = arguments if origin in (tuple, Union, UnionType) else ()
    classes = [one for one in (annotation, *inner) if isinstance(one, type) and origin is not tuple]
    holds = hasattr(annotation, "__dataclass_fields__") or any(_kind(one).holds_declarations for one in inner)
    return _Kind((*classes, *[int] * (annotation is float)), origin, arguments or annotation, holds)


def _misfit(value: object, kind: _Kind) -> str:
    """What is wrong with a value that does not fit a type, and what to write; nothing where it fits."""
    return "" if isinstance(value, kind.classes) else _CHECKS[kind.origin](value, kind.arguments)


def _of_class(value: object, kind: type) -> str:
    wrong = f"{kind.__name__} is not called" if value is kind else f"{shown(value)} does not belong here"
    return f"{wrong}; write {_PLAIN.get(kind, f'{kind.__name__}(…)')}"


def _of_tuple(value: object, kinds: tuple[Any, ...]) -> str:
    if not isinstance(value, tuple):
        return f"{shown(value)} is not a tuple; write ({shown(value).strip('[]{}')},) with a comma"
    kind = _kind(kinds[0])
    for one in value:
        if wrong := _misfit(one, kind):
            return wrong
        if kinds[0] is str and not folded(one):
            return f"{one!r} has no letters; write words, or leave it out"
    return ""


def _of_mapping(value: object, kinds: tuple[Any, ...]) -> str:
    if not isinstance(value, Mapping):
        return f"{shown(value)} does not belong here; write {{…: …}}"
    for key, one in value.items():
        nothing = "there are no words; write those that the form prints" if one == () else ""
        if wrong := _misfit(key, _kind(kinds[0])) or _misfit(one, _kind(kinds[1])) or nothing:
            return f"under {shown(key)}: {wrong}"
    return ""


def _of_union(value: object, kinds: tuple[Any, ...]) -> str:
    others = [kind for kind in kinds if kind is not NoneType]
    for kind in others:
        if len(others) == 1 or kind is value or get_origin(kind) is type(value):
            return _misfit(value, _kind(kind))
    if isinstance(value, type) and issubclass(value, Table):
        return f"{shown(value)} does not say how it is read; write Labelled({value.__name__}), or another reading"
    known = ", ".join(f"{kind.__name__}(…)" for kind in others if isinstance(kind, type))
    return f"{shown(value)} does not belong here; write one of {known}"


def _of_literal(value: object, known: tuple[Any, ...]) -> str:
    return "" if value in known else f"{shown(value)} is not known; write {nearest(value, known)}"


def _of_model(value: object, _: object) -> str:
    is_table = isinstance(value, type) and issubclass(value, Table)
    return "" if is_table else f"{shown(value)} is no table; write the class of a table, or of a template of one"


_CHECKS: Mapping[Any, Callable[[object, Any], str]] = {
    None: _of_class, tuple: _of_tuple, Mapping: _of_mapping, Union: _of_union, UnionType: _of_union,
    Literal: _of_literal, type: _of_model,
}  # fmt: skip
