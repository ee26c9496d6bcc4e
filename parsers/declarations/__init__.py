"""Whether forms are declared rightly: looked at once when they are loaded, and every slip told with what to write.

A slip in a declaration would else go unseen, or show as a failure in some document. Patterns are looked at when they
are first used, for to compile them all takes longer than the rest.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from traceback import extract_tb
from typing import Any

from normalizers import DeclarationError
from normalizers.fuzzy_match import folded
from parsers.base import Block, Form
from parsers.declarations.rules import FORM_RULES, Slip, block_slips
from parsers.declarations.types import misfits, shown, walk

_DECLARATION = re.compile(r"(?:parsers|schemas[/\\]forms)[/\\][a-z0-9_]+\.py$")


def check_forms(known: Sequence[Form], slips: Iterable[str] = ()) -> None:
    """See to it that forms are declared rightly, and that no other `slips` were found on the way.

    Raises:
        DeclarationError: they are not; it names every slip.

    """
    if lines := [*slips, *slips_of(known)]:
        raise DeclarationError(*lines)


def slips_of(known: Sequence[Form]) -> list[str]:
    """Every slip in forms, but for those in patterns; titles are compared once each form is sound."""
    alone = [slip.line(form.name) for form in known for slip in dict.fromkeys(_slips_of_form(form))]
    return alone or list(_shared_titles(known))


def _slips_of_form(form: Form) -> list[Slip]:
    """The slips of one form; what its blocks have to do with each other is looked at once each of them is sound."""
    slips = [Slip(text) for text in misfits(walk(form, but=Block))]
    blocks: Any = form.blocks
    for block in (block for block in (blocks if isinstance(blocks, tuple) else ()) if isinstance(block, Block)):
        slips += [slip._replace(block=str(block.name)) for slip in block_slips(block)]
    return slips or [slip for rule in FORM_RULES for slip in rule(form)]


def _shared_titles(known: Sequence[Form]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for form in known:
        for title in form.titles:
            if (other := seen.setdefault(folded(title), form.name)) != form.name:
                text = f"titles: {shown(title)} is a title of form {other} too; write words that tell the two apart"
                yield Slip(text).line(form.name)


def not_loaded(form: str, error: Exception) -> str:
    """What is said of a form whose module, or template, Python cannot load: the last line of ours, and what failed."""
    if isinstance(error, SyntaxError):
        places = [(error.filename or "", error.lineno)]
    else:
        places = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [(match[0], number) for path, number in places if (match := _DECLARATION.search(path))]
    file, number = ours[-1] if ours else (f"parsers/{form}.py", None)
    line = f", line {number}" if number else ""
    what = (error.msg if isinstance(error, SyntaxError) else str(error)).partition("\n")[0]
    return f"{file}{line}, form {form}: {type(error).__name__}: {what}; correct it there"
