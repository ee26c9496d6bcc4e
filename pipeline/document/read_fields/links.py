"""Names in running text, one after the other: the plans and policies that a project says it serves."""

import re
from collections.abc import Iterator
from functools import lru_cache

from normalizers.digits import DIGIT
from normalizers.look_alikes import folded, places_of
from parsers.base import Links
from pipeline.document.likeness import CLOSE, suffix_likeness, wording
from pipeline.model import Block, Field, JoinedText

LONG = 10
"""Letters of a joint that is known though damaged."""
LABEL_LENGTH = 40
"""A colon among so many first characters of a line makes it the next field."""

_FIELD = re.compile(r"[^\n:：]{1,40}+[:：]")
_BLANKS = " \t\n,;"


def read_links(reads: Links, block: Block, said: JoinedText) -> Iterator[Field]:
    """A row for each name, up to the next one or to the line that begins another field."""
    text = said.text
    starts = _starts(text, reads.names)
    ends = [*starts[1:], len(text)][: len(starts)]
    for number, (start, after) in enumerate(zip(starts, ends, strict=True), 1):
        end = _without_joint(text, start, _end(text, start, after, reads.ended_by), reads.joined_by)
        row = ("link", number)
        spans = said.spans(start, end)
        for column, value in reads.constants.items():
            yield Field(reads.model, column, block.copy, row, value, spans, value=value, is_inferred=True)
        yield Field(reads.model, "text", block.copy, row, text[start:end], spans)


def _starts(text: str, names: tuple[str, ...]) -> list[int]:
    """Where names begin, as an OCR engine sees letters: not inside a longer name, nor with a number of its own."""
    found = [match.start() for match in _pattern(names).finditer(folded(text))]
    places = places_of(text) if found else []
    return [places[start] for start in found]


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """The first words of names in a folded text; not "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ", nor "นโยบายที่ 9"."""
    words = "|".join(re.escape(wording(name)) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!{re.escape(wording('ภายใต้'))})(?:{words})(?!{re.escape(wording('ที่'))}{DIGIT})")


def _end(text: str, start: int, after: int, ended_by: tuple[str, ...]) -> int:
    """Where the name's paragraph ends, or something else is named, if that is before the next name."""
    printed = folded(text[start:after])
    other = min((place for words in ended_by if (place := printed.find(wording(words), 1)) > 0), default=0)
    after = start + places_of(text[start:after])[other] if other else after
    line = text.find("\n", start, after)
    while line >= 0:
        if text.startswith("\n", line + 1) or _FIELD.match(text, line + 1, min(after, line + 1 + LABEL_LENGTH)):
            return line
        line = text.find("\n", line + 1, after)
    return after


def _without_joint(text: str, start: int, end: int, joined_by: tuple[str, ...]) -> int:
    """The end of a name without the words that join it to the next one, whole or damaged."""
    end = start + len(text[start:end].rstrip(_BLANKS + "-•"))
    while joint := max((_joint_at(text, start, end, words) for words in joined_by), default=0):
        end = start + len(text[start : end - joint].rstrip(_BLANKS + "-•"))
    return end


def _joint_at(text: str, start: int, end: int, words: str) -> int:
    """How many characters a joint takes at the end of a name; 0 where there is none, damaged only if it is long."""
    if text.endswith(words, start, end):
        return len(words)
    begin = max(start + 1, end - 2 * len(words))
    score, size = suffix_likeness(folded(text[begin:end]), wording(words)) if len(words) >= LONG else (0, 0)
    return end - begin - places_of(text[begin:end])[-size] if score >= CLOSE else 0
