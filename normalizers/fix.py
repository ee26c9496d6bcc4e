"""What a fix is: damage, or what a converter left, found by a pattern and put right by a plain function."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Replace = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fix:
    """One kind of damage: its pattern finds it, its function returns what belongs there.

    A pattern is linear and never matches nothing. Every text with a match has one of the `signs`, if there are any, and
    matches one of the `hints`, all quick to search for. With `line_shows`, it applies only on lines that show that too.
    """

    name: str
    pattern: re.Pattern[str]
    replace: Replace
    signs: str = ""
    hints: tuple[re.Pattern[str], ...] = ()
    line_shows: re.Pattern[str] | None = None
    is_layout: bool = False
    """Whether it takes away what a converter wrote around sound words, which is no damage."""


class Fixes:
    """Fixes in the order in which they are declared; they apply in this order."""

    def __init__(self) -> None:
        self._declared: list[Fix] = []

    def fix(
        self,
        pattern: str,
        *,
        signs: str = "",
        hints: tuple[str, ...] = (),
        line_shows: str | None = None,
        is_layout: bool = False,
    ) -> Callable[[Replace], Replace]:
        """Declare a function as the next fix, named as the function; it stays a plain function of what was found."""

        def declare(replace: Replace) -> Replace:
            shown = None if line_shows is None else re.compile(line_shows)
            quick = tuple(map(re.compile, hints))
            self._declared.append(Fix(replace.__name__, re.compile(pattern), replace, signs, quick, shown, is_layout))
            return replace

        return declare

    def __iter__(self) -> Iterator[Fix]:
        return iter(self._declared)
