"""Steps that a word and a number begin ("กิจกรรมหลักที่ 2 …"), each with the lines that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from normalizers.digits import DIGIT, arabic
from normalizers.look_alikes import end_of, folded
from normalizers.text import paragraph
from parsers.base import Steps
from pipeline.document.likeness import CLOSE, prefix_likeness, wording
from pipeline.model import Block, Field, JoinedText, Span

BEGINNING = 4
"""First letters of a step's word of which half must be right: a sentence that speaks of the step begins with others."""

_LINE = re.compile(r"\S[^\n]*+")
_HEAD = re.compile(r"[\s*_#>|\\•–-]*+")
_NUMBER = re.compile(rf"[\s*\\]*+\(?({DIGIT}{{1,2}}+)(?!{DIGIT}|\s?[-–/.,]\s?{DIGIT})[\s*\\.:)_]*+")


@dataclass(slots=True)
class _Step:
    label: str | None
    label_span: Span | None
    pieces: list[Span] = field(default_factory=list)


def read_steps(reads: Steps, block: Block, said: JoinedText) -> Iterator[Field]:
    """A row for each step in order; text before the first one is a step without a number."""
    steps = [_Step(None, None)]
    for line in _LINE.finditer(said.text):
        if begun := step_in(said.text, line.span(), reads.words):
            label, label_span, start = begun
            steps.append(_Step(label, label_span))
            steps[-1].pieces += [(start, line.end())] if start < line.end() else []
        else:
            steps[-1].pieces.append(line.span())
    for ordinal, step in enumerate((step for step in steps if _says(said.text, step)), 1):
        row = ("step", block.period, ordinal)
        if step.label and step.label_span:
            spans = said.spans(*step.label_span)
            yield Field(reads.model, "label", block.copy, row, step.label, spans, value=step.label)
        raw = "\n".join(said.text[start:end] for start, end in step.pieces)
        spans = tuple(span for piece in step.pieces for span in said.spans(*piece))
        yield Field(reads.model, "text", block.copy, row, raw, spans)


def _says(text: str, step: _Step) -> bool:
    said = "\n".join(text[start:end] for start, end in step.pieces)
    return step.label is not None or paragraph(said) is not None


def step_in(text: str, line: Span, words: tuple[str, ...]) -> tuple[str, Span, int] | None:
    """The number of the step that a line begins, where it stands, and where the step's words begin."""
    head = _HEAD.match(text, *line)
    start = head.end() if head else line[0]
    for word in words:
        printed = folded(text[start : min(line[1], start + 3 * len(word))])
        score, size = prefix_likeness(printed, wording(word))
        begins = Levenshtein.distance(printed[:BEGINNING], wording(word)[:BEGINNING]) <= BEGINNING // 2
        if score >= CLOSE and begins and (number := _NUMBER.match(text, end_of(text, start, size), line[1])):
            return arabic(number[1]), number.span(1), number.end()
    return None
