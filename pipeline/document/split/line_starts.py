"""What stands before the words of a line: bullets, Markdown, a number; and what sets the line apart by them."""

import re
from typing import Literal

from normalizers.digits import DIGIT, arabic

_HEAD = re.compile(r"[\s*_#>|\\•□■–]*+(?:-[ \t]++)?+[\s*_#>|\\]*+(?:\((?=[ก-ฮ]))?+")
_NUMBER = re.compile(
    rf"\(?({DIGIT}{{1,2}}+(?:\s?\.\s?{DIGIT}{{1,2}}+)*+)(?:[ \t]?+[.,)]++[\s*\\_]*+|[ \t*\\_]++)(?!{DIGIT})"
)

Mark = Literal["number", "hash", "bold", "plain"]
"""What a heading is set apart by, the surest first."""


def beginning(said: str) -> tuple[int, re.Match[str] | None]:
    """Where a line begins behind what sets it apart, and the number there."""
    head = _HEAD.match(said)
    start = head.end() if head else 0
    return start, _NUMBER.match(said, start)


def number_of(number: re.Match[str] | None) -> str:
    """The number in Arabic digits, empty where there is none."""
    return arabic("".join(number[1].split())) if number else ""


def mark_of(said: str, start: int, number: str) -> Mark:
    """What sets the heading apart from the text around it."""
    if number:
        return "number"
    return "hash" if "#" in said[:start] else "bold" if "**" in said[:start] else "plain"


def is_set_apart(said: str) -> bool:
    """Whether a number, a hash or stars before a line set it apart from the text around it.

    >>> [is_set_apart(said) for said in ("2. งบประมาณ", "**งบประมาณ**", "งบประมาณ 2")]
    [True, True, False]
    """
    start, number = beginning(said)
    return mark_of(said, start, number_of(number)) != "plain"
