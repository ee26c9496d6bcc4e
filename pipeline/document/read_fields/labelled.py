"""Values behind labels, and values known by their first words or their shape where no label says what they are."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import zip_longest

from rapidfuzz import fuzz

from normalizers.digits import DIGIT
from normalizers.fuzzy_match import CLOSE
from normalizers.look_alikes import folded
from normalizers.text import line as one_line
from parsers.base import Labelled, LabelledRows
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.labels import FoundLabel, find_labels
from pipeline.model import Field, Issue, RowId, Span
from schemas.base import Label, Normalizer, Shape, StartsWith, Table, columns_with

DAMAGED = 60
"""How alike the word behind a figure must be to the printed one; nothing else stands in that place of the form."""

_FRAME = " \t\n|*\\_#>"
_LEFT_OVER = re.compile(r"[^\s\-.:*\\_|]")
_FIGURE = re.compile(rf"[ \t]*+{DIGIT}[0-9๐-๙.,]*+-?")
_WORD = re.compile(r"[ \t]*+([^\s0-9๐-๙:=|]{1,8}+)")


def read_labelled(reads: Labelled, joined: JoinedText) -> Iterator[Field | Issue]:
    """One row: behind each label the columns that it stands for."""
    model, row = reads.model, row_of(reads.model, joined)
    labels, columns = columns_with(model, Label), _columns_by_label(model)
    names = {key: labels[key].names for key in columns}
    begin_lines = {key for key in names if labels[key].begins_line}
    found = [
        label
        for label in find_labels(joined, names, begin_lines=begin_lines)
        if not _is_value(model, columns[label.key], label, joined.text)
    ]
    yield from _unlabelled(model, joined, {column for label in found for column in columns[label.key]})
    if is_all_labelled(model):
        yield from _unread(joined, found[0].start if found else len(joined.text))
    for label, end in _with_ends(found, joined.text):
        for column in columns[label.key]:
            stop, normalizer = end, model.normalizer(column)
            if not normalizer.spans_lines:
                line_end = _end_of_lines(joined.text, label.value_start, end, normalizer)
                stop, _ = end_of_value(joined.text, (label.value_start, line_end), labels[column].ends)
            yield joined.field(model, column, row, (label.value_start, stop), score=label.score, label=label.name)


def read_labelled_rows(reads: LabelledRows, joined: JoinedText) -> Iterator[Field | Issue]:
    """A row for each label that says something."""
    found = find_labels(joined, reads.labels)
    yield from _unread(joined, found[0].start if found else len(joined.text))
    for label, end in _with_ends(found, joined.text):
        stretch = (label.value_start, end)
        if joined.spans(*stretch) and one_line(joined.text[slice(*stretch)]):
            row, score = RowId(label.key), label.score
            field = joined.field(reads.model, reads.column, row, stretch, score=score, value=label.key, is_inferred=True)
            yield field._replace(raw=label.key)
            yield joined.field(reads.model, reads.model.column_of("words"), row, stretch, score=score, label=label.name)


def row_of(model: type[Table], joined: JoinedText) -> RowId:
    """What identifies the row that a block adds to: its quarter's, where the table has quarters, else the project's."""
    return RowId(joined.block.period) if model.column_of("quarter") else RowId()


@cache
def _columns_by_label(model: type[Table]) -> dict[str, list[str]]:
    """The columns that stand behind one label, under the first of them."""
    columns: dict[Label, list[str]] = {}
    for column, label in columns_with(model, Label).items():
        columns.setdefault(label, []).append(column)
    return {group[0]: group for group in columns.values()}


def is_all_labelled(model: type[Table]) -> bool:
    """Whether a label stands before every value of a template, so that other text is nothing that it reads."""
    return not columns_with(model, StartsWith) and not columns_with(model, Shape)


def _is_value(model: type[Table], columns: Sequence[str], label: FoundLabel, text: str) -> bool:
    """Whether what looks like a damaged label is the value's sound beginning: "โครงการ…" for "ชื่อโครงการ"."""
    marks = columns_with(model, StartsWith)
    words = [first for column in columns if column in marks for first in marks[column].words]
    return label.score < 100 and any(text.startswith(first, label.start) for first in words)


def _unlabelled(model: type[Table], joined: JoinedText, labelled: Collection[str]) -> Iterator[Field]:
    """Values known by their first words or their shape."""
    row = row_of(model, joined)
    for column, starts in columns_with(model, StartsWith).items():
        if column not in labelled and (stretch := _first_lines(joined, starts)) is not None:
            yield joined.field(model, column, row, stretch)
    for column, shape in columns_with(model, Shape).items():
        if column not in labelled and (match := re.compile(shape.pattern).search(joined.text)):
            yield joined.field(model, column, row, match.span())


def _first_lines(joined: JoinedText, starts: StartsWith) -> Span | None:
    """The first line that begins with certain words, and the lines that it goes on over."""
    found: Span | None = None
    words, continued_by = set(map(folded, starts.words)), set(map(folded, starts.continued_by))
    for line, end in joined.lines():
        start = line + len(joined.text[line:end]) - len(joined.text[line:end].lstrip(_FRAME))
        begins = {match.words for match in joined.starting_at(start, end) if match.score >= CLOSE}
        is_bare = (
            found is not None and folded(joined.text[slice(*found)]) in words
        )  # its first word has a line of its own
        if is_bare or not begins.isdisjoint(continued_by if found else words):
            found = (found[0] if found else start, end)
        elif found:
            break
    return found


def _with_ends(found: Sequence[FoundLabel], text: str) -> Iterator[tuple[FoundLabel, int]]:
    """Each label with the place where its value ends: at the next label or at the end, less blanks and cell frames."""
    for label, after in zip_longest(found, found[1:]):
        yield label, label.value_start + len(text[label.value_start : after.start if after else None].rstrip(_FRAME))


def _end_of_lines(text: str, start: int, end: int, normalizer: Normalizer) -> int:
    """The end of the first line that says something, or of the next where the value goes on there."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    stop = text.find("\n", begin, end)
    if stop < 0:
        return end
    below = text.find("\n", stop + 1, end)
    below = end if below < 0 else below
    is_wrapped = normalizer.goes_on is not None and normalizer.goes_on(text[start:stop], text[stop + 1 : below])
    return below if is_wrapped else stop


def end_of_value(text: str, span: Span, sign: str | None) -> Span:
    """Where the value ends, and where the text goes on behind its sign; a damaged sign is no part of the value."""
    start, end = span
    if sign is None:
        return end, end
    if found := _with_words(sign).search(text, start, end):
        return found.end(), found.end()
    figure = _FIGURE.match(text, start, end)
    word = _WORD.match(text, figure.end(), end) if figure else None
    if figure and word and fuzz.ratio(folded(word[1]), folded(sign)) >= DAMAGED:
        return figure.end(), word.end()
    return end, end


@lru_cache(maxsize=64)
def _with_words(sign: str) -> re.Pattern[str]:
    """The sign with blanks anywhere, and behind it the same amount in words."""
    words = r"[ \t]*+".join(map(re.escape, sign))
    return re.compile(rf"{words}(?:[ \t]*+ถ้วน)?(?:[ \t]*+\([^()\n]{{0,160}}{words}[^()\n]{{0,40}}\))?")


def _unread(joined: JoinedText, end: int) -> Iterator[Issue]:
    """Text that stands before any label."""
    if _LEFT_OVER.search(joined.text, 0, end):
        text = f"{one_line(joined.text[:end])!r} in block {joined.block.declaration.name} stands before any label"
        yield Issue("unclaimed_text", text, joined.spans(0, end)[0])
