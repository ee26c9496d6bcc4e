"""Names in running text, one after the other: the plans and policies that a project says it serves."""

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.base import Links
from pipeline.model import Block, Field, Passage

LABEL_LENGTH = 40
"""A colon among so many first characters of a line makes it the next field."""

_FIELD = re.compile(r"[^\n:：]{1,40}+[:：]")
_BLANKS = " \t\n,;"


def read_links(reads: Links, block: Block, said: Passage) -> Iterator[Field]:
    """A row for each name, up to the next one or to the line that begins another field."""
    text = said.text
    starts = [match.start() for match in _names(reads.names).finditer(text)]
    for number, (start, after) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        end = _without_joint(text, start, _end(text, start, after), reads.joined_by)
        row = ("link", number)
        spans = said.spans(start, end)
        for column, value in reads.constants.items():
            yield Field(reads.model, column, block.copy, row, value, spans, value=value, is_inferred=True)
        yield Field(reads.model, "text", block.copy, row, text[start:end], spans)


@lru_cache(maxsize=16)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """The first words of a name, not inside a longer one ("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ") or behind a number's."""
    return re.compile(rf"(?<!ภายใต้)(?:{'|'.join(map(re.escape, names))})(?!ที่)")


def _end(text: str, start: int, after: int) -> int:
    """Where the name's paragraph ends, if that is before the next name."""
    line = text.find("\n", start, after)
    while line >= 0:
        if text.startswith("\n", line + 1) or _FIELD.match(text, line + 1, min(after, line + 1 + LABEL_LENGTH)):
            return line
        line = text.find("\n", line + 1, after)
    return after


def _without_joint(text: str, start: int, end: int, joined_by: tuple[str, ...]) -> int:
    """The end of a name without the words that join it to the next one."""
    said = text[start:end].rstrip(_BLANKS + "-•")
    while joint := next((words for words in joined_by if said.endswith(words)), None):
        said = said.removesuffix(joint).rstrip(_BLANKS + "-•")
    return start + len(said)
