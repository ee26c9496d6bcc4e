"""The items of a list: what their markers, the sub-heads between them and the word that each begins with tell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice

from normalizers.digits import DIGIT, THAI, arabic
from normalizers.look_alikes import end_of, folded
from normalizers.numbers import COUNTED, marker
from parsers.base import Bullets
from pipeline.document.likeness import CLOSE, alike, wording
from pipeline.document.read_fields.steps import step_in
from pipeline.model import Block, Field, JoinedText, Span

_LINE = re.compile(r"\S[^\n]*+")
_ALONE = re.compile(rf"\**+({DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+)\.?\**+")
_GLUED = re.compile(rf"({DIGIT}{{1,2}}[.,]{DIGIT}{{1,2}})[ \t]*+(?!{COUNTED})(?=[ก-ฮเ-ไ])")
"""A number of two levels whose blank or dot was damaged."""
_FIRST = re.compile(rf"(?<=[ \t])\\?\(?(?:{DIGIT}{{1,2}}\.)?[1๑]\\?[.)](?=[ \t]*+[^\s0-9๐-๙.)])")
"""The first number of a list inside a line."""
_SEPARATOR = re.compile(r"[ \t*\\_]*+(?:[:：][ \t*\\_]*+)?+")
FEW = 3
"""So many numbers inside a line may be the list's first."""

Below = Mapping[int, str]
"""The label of each level that lines below begin with next."""


@dataclass(slots=True)
class _Item:
    kind: str | None
    label: str | None
    label_span: Span | None
    pieces: list[Span] = field(default_factory=list)


def read_bullets(reads: Bullets, block: Block, said: JoinedText) -> Iterator[Field]:
    """A row for each item, in order; spans are found in the passage and led back to the page."""
    for ordinal, item in enumerate(_items(reads, said.text), 1):
        row = (item.kind, block.period, ordinal)
        text = "\n".join(said.text[start:end] for start, end in item.pieces)
        spans = tuple(span for piece in item.pieces for span in said.spans(*piece))
        if item.kind is not None:
            yield Field(reads.model, "kind", block.copy, row, item.kind, spans, value=item.kind, is_inferred=True)
        if item.label and item.label_span:
            yield Field(
                reads.model, "label", block.copy, row, item.label, said.spans(*item.label_span), value=item.label
            )
        yield Field(reads.model, "text", block.copy, row, text, spans)


@lru_cache(maxsize=512)
def _items(reads: Bullets, text: str) -> tuple[_Item, ...]:
    """The items that say something; remembered, for the copies of a report print the same."""
    items = [_Item(reads.kind, None, None)]
    kind = reads.kind
    for start, end in _pieces(reads, text):
        if reads.words and (step := step_in(text, (start, end), reads.words)):
            items.append(_Item(kind, step[0], step[1], [(step[2], end)] if _says(text, (step[2], end)) else []))
            continue
        label, size = _marker(text[start:end], items[-1].label)
        head = _sub_head(reads, text[start + size : end])
        if not reads.is_flat and label and _is_lower(label, items):
            items[-1].pieces.append((start, end))
        elif head:
            kind, length = head
            rest = (_behind(text, start + size + length, end), end)
            items.append(_Item(kind, label, (start, start + size), [rest] if _says(text, rest) else []))
        elif size or _begins_item(reads, text[start:end], items[-1]):
            items.append(
                _Item(
                    kind,
                    label,
                    (start, start + size),
                    [(start + size, end)] if _says(text, (start + size, end)) else [],
                )
            )
        else:
            items[-1].pieces.append((start, end))
    return tuple(item for item in items if item.pieces)


def _behind(text: str, position: int, end: int) -> int:
    """Where the text behind a sub-head begins, the colon and the Markdown between them left out."""
    between = _SEPARATOR.match(text, position, end)
    return between.end() if between else position


def _is_lower(label: str, items: list[_Item]) -> bool:
    """Whether a marker has more levels than the first of the list: a step within a step."""
    first = next((item.label for item in items if item.label), None)
    return first is not None and label.count(".") > first.count(".")


def _says(text: str, piece: Span) -> bool:
    return bool(text[slice(*piece)].strip(" \t.:*\\_"))


def _marker(said: str, before: str | None) -> tuple[str | None, int]:
    """The marker that a line begins with; a bare number is one only where it is the next of the list."""
    label, size = marker(said)
    if label:
        return label, size
    rest = said[size:]
    alone = _ALONE.fullmatch(rest) or _GLUED.match(rest)
    bare, taken = (arabic(alone[1]).replace(",", "."), alone.end()) if alone else marker(rest, bare_numbers=True)
    is_next = bare is not None and (bare == _next(before) or bare.rpartition(".")[2] == "1")
    return (bare, size + taken) if is_next else (label, size)


def _next(label: str | None) -> str:
    if label is None:
        return "1"
    *upper, last = label.split(".")
    return ".".join([*upper, str(int(last) + 1)])


def _sub_head(reads: Bullets, said: str) -> tuple[str, int] | None:
    """The kind that a sub-head names, and how much of the line it takes."""
    if not reads.sub_heads:
        return None
    bare = len(said) - len(said.lstrip("#*\\_ "))
    printed = folded(said[bare:80])
    phrases, kinds = _sub_heads(reads)
    near = alike(printed, phrases, CLOSE)
    if not near:
        return None
    _, size, kind = max((score, size, kinds[place]) for score, size, place in near)
    return kind, end_of(said, bare, size)


@cache
def _sub_heads(reads: Bullets) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of every sub-head as they are compared, and the kind that each names."""
    declared = [(wording(words), kind) for kind, forms in reads.sub_heads.items() for words in forms]
    return tuple(words for words, _ in declared), tuple(kind for _, kind in declared)


def _begins_item(reads: Bullets, said: str, current: _Item) -> bool:
    """Whether a line without a marker begins an item all the same: with the word that items of this list begin with."""
    if not reads.lead_word or not said.lstrip("*").startswith(reads.lead_word):
        return False
    return bool(current.pieces) and current.label is None


def _pieces(reads: Bullets, text: str) -> Iterator[Span]:
    """The lines; where items run on, cut again before a marker that carries on the numbering inside a line."""
    lines = [match.span() for match in _LINE.finditer(text)]
    if not reads.runs_on:
        yield from lines
        return
    marker_above: tuple[str, str] | None = None
    for (start, end), below in zip(lines, _below(reads, text, lines), strict=True):
        label, size = _marker(text[start:end], None)
        first = None if label else _first_inside(text, (start, end), below, reads.lead_word, marker_above)
        if first:
            yield start, first
            start = first
            label, size = _marker(text[start:end], None)
        while label:
            marker_above = label, text[start : start + size]
            inner = _next_inside(text, (start + size, end), below, reads.lead_word, marker_above)
            if inner is None:
                break
            yield start, inner
            start = inner
            label, size = _marker(text[start:end], label)
        yield start, end


def _below(reads: Bullets, text: str, lines: Sequence[Span]) -> list[Below]:
    """For each line the labels of each level that lines below it begin with next, up to the next sub-head."""
    found: list[Below] = []
    below: dict[int, str] = {}
    for start, end in reversed(lines):
        found.append(below)
        label, size = _marker(text[start:end], None)
        if _sub_head(reads, text[start + size : end]):
            below = {}
        elif label:
            below = below | {label.count("."): label}
    return found[::-1]


def _next_inside(text: str, span: Span, below: Below, lead_word: str | None, above: tuple[str, str]) -> int | None:
    """Where the number behind the one `above` stands inside a line, in its style, if no line below begins with it."""
    label, style = above
    is_below = below.get(label.count(".")) == _next(label)
    return None if is_below else _following_marker(text, span, _next(label), style, lead_word)


def _first_inside(
    text: str, span: Span, below: Below, lead_word: str | None, above: tuple[str, str] | None
) -> int | None:
    """Where a line without a marker goes on with the list, or begins one behind the words that introduce it.

    A list that begins has a second number, which follows in the line or begins a line below.
    """
    if above and (inner := _next_inside(text, span, below, lead_word, above)):
        return inner
    for match in islice(_FIRST.finditer(text, *span), FEW):
        label, _ = marker(match[0] + "ก")
        if label and (
            below.get(label.count(".")) == _next(label)
            or _following_marker(text, (match.end(), span[1]), _next(label), match[0], lead_word)
        ):
            return match.start()
    return None


def _following_marker(text: str, span: Span, label: str, style: str, lead_word: str | None) -> int | None:
    """Where the next number stands inside a line in the style of the one before; a bare one needs the lead word."""
    style = style.strip(" \t-•*□").replace("\\", "")
    opening, closing = style[:1] if style[:1] == "(" else "", style[-1:] if style[-1:] in ".)" else ""
    figures = re.escape(label).translate(_EITHER_SCRIPT)
    is_bare = not closing and "." not in label
    behind = rf"[ \t]++(?={lead_word})" if is_bare else r"(?=[ \t]*+[^\s0-9๐-๙.)])"
    if is_bare and not lead_word:
        return None
    before, escape = (rf"\\?{re.escape(opening)}" if opening else ""), (r"\\?" if closing else "")
    pattern = rf"(?<=[ \t]){before}{figures}{escape}{re.escape(closing)}{behind}"
    match = re.compile(pattern).search(text, *span)
    return match.start() if match else None


_EITHER_SCRIPT = {ord(figure): f"[{figure}{thai}]" for figure, thai in zip("0123456789", THAI, strict=True)}
