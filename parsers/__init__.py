"""The forms that raingan reads: every module beside this one that declares a FORM; there is no list to edit."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from parsers.base import Form
from parsers.unknown import UNKNOWN

_VOCABULARY = ("base", "openers", "phrases", "unknown")
"""Modules that forms are declared with."""


@cache
def forms() -> tuple[Form, ...]:
    """All declared forms by name, each named as its module."""
    names = sorted(found.name for found in iter_modules(__path__) if found.name not in _VOCABULARY)
    return tuple(replace(import_module(f"parsers.{name}").FORM, name=name) for name in names)


__all__ = ["UNKNOWN", "Form", "forms"]
