"""What is declared wrongly, as a message tells it."""

import re
from collections.abc import Iterator
from traceback import extract_tb
from typing import NamedTuple

from schemas.base import Table

_DECLARATION = re.compile(r"(?:parsers|schemas[/\\]forms)[/\\]\w+\.py$")


class Slip(NamedTuple):
    """Something that is declared wrongly: what to write instead, and where, as far as that is known."""

    text: str
    block: str = ""
    column: str = ""
    model: type[Table] | None = None
    """The template that has it, which is written in another file than the form."""

    def line(self, form: str) -> str:
        """The slip as a message tells it."""
        module = self.model.__module__ if self.model else ""
        module = module if module.startswith("schemas.forms.") else f"parsers.{form}"
        where = [f"{module.replace('.', '/')}.py", f"form {form}"]
        where += [f"block {self.block}"] * bool(self.block) + [f"column {self.column}"] * bool(self.column)
        return f"{', '.join(where)}: {self.text}"


Slips = Iterator[Slip]


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
