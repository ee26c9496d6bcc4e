"""The forms that raingan reads: every module beside this one that declares a FORM; there is no list to edit."""

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from normalizers import DeclarationError
from parsers.base import Form
from parsers.declarations import check_forms, not_loaded
from parsers.declarations.rules import pattern_slips, wrong_in_pattern
from parsers.unknown import UNKNOWN

_VOCABULARY = ("attachments", "base", "blocks", "declarations", "openers", "phrases", "tables", "unknown", "wordings")
"""Modules that forms are declared with."""


@cache
def forms() -> tuple[Form, ...]:
    """All declared forms by name, each named as its module.

    Raises:
        DeclarationError: some of them are declared wrongly.

    """
    known: list[Form] = []
    slips: list[str] = []
    for name in sorted(found.name for found in iter_modules(__path__) if found.name not in _VOCABULARY):
        try:
            known.append(_form_of(import_module(f"parsers.{name}"), name))
        except Exception as error:  # noqa: BLE001 - a module may fail in any way, and the others have slips too
            slips.append(not_loaded(name, error))
    check_forms(known, slips)
    return tuple(known)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A declared pattern, or one made of such, ready for use.

    Raises:
        DeclarationError: it is no pattern.

    """
    try:
        return re.compile(pattern)
    except re.error as error:
        slips = [slip.line(form.name) for form in forms() for slip in pattern_slips(form)]
        raise DeclarationError(*slips or [wrong_in_pattern(pattern)]) from error


def _form_of(module: ModuleType, name: str) -> Form:
    declared = getattr(module, "FORM", None)
    if not isinstance(declared, Form):
        raise TypeError("every module beside base.py declares a form, and FORM = Form(…) is missing here")
    if declared.name not in ("", name):
        raise ValueError(f"the form is named as its module, not {declared.name!r}; leave the name out")
    return replace(declared, name=name)


__all__ = ["UNKNOWN", "Form", "compiled", "forms"]
