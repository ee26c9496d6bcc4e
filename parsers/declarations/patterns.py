"""Patterns that forms declare, looked at when they are first used: to compile them all takes longer than the rest."""

import re
from functools import cache

from normalizers import DeclarationError
from parsers.base import Form
from parsers.declarations.blocks import grids_of
from parsers.declarations.slips import Slip, Slips
from parsers.declarations.types import shown
from schemas.base import FirstInBlock, Shape, columns_with


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A declared pattern, or one made of such, ready for use.

    Raises:
        DeclarationError: it is no pattern.

    """
    try:
        return re.compile(pattern)
    except re.error as error:
        from parsers import forms

        slips = [slip.line(form.name) for form in forms() for slip in pattern_slips(form)]
        raise DeclarationError(*slips or [_why_none(pattern, error)]) from error


def pattern_slips(form: Form) -> Slips:
    """The slips in the patterns of a form."""
    for block in form.blocks:
        for reads in block.readings:
            for column, first in columns_with(reads.model, FirstInBlock).items():
                yield from _slips(first.pattern, Slip("", block.name, column, reads.model), can_group=False)
            for column, shape in columns_with(reads.model, Shape).items():
                yield from _slips(shape.pattern, Slip("", block.name, column, reads.model))
            for printed in (
                printed for grid in grids_of(reads) for printed in grid.columns if printed.shape is not None
            ):
                yield from _slips(printed.shape or "", Slip("", block.name, ", ".join(printed.fills)))


def _slips(pattern: str, at: Slip, *, can_group: bool = True) -> Slips:
    """What is wrong with one pattern, told of a place."""
    try:
        made = re.compile(pattern)
    except re.error as error:
        yield at._replace(text=_why_none(pattern, error))
        return
    if made.groups and not can_group:
        yield at._replace(text=f"the pattern {shown(pattern)} has a group; write (?:…) in place of (…)")
    if made.fullmatch(""):
        yield at._replace(text=f"the pattern {shown(pattern)} fits an empty text; have it ask for a character")


def _why_none(pattern: str, error: re.error) -> str:
    return f"the pattern {shown(pattern)} is wrong at character {(error.pos or 0) + 1}: {error.msg}; correct it there"
