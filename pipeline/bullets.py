"""The items of a list: what their markers, the sub-heads between them and the word that each begins with tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from normalizers.digits import DIGIT, THAI, arabic
from normalizers.look_alikes import end_of, folded
from normalizers.numbers import marker
from parsers.base import Bullets
from pipeline.likeness import CLOSE, prefix_likeness, wording
from pipeline.model import Block, Field, Passage, Span
from pipeline.steps import step_in

_LINE = re.compile(r"\S[^\n]*+")
_ALONE = re.compile(rf"{DIGIT}{{1,2}}")


@dataclass(slots=True)
class _Item:
    kind: str | None
    label: str | None
    label_span: Span | None
    pieces: list[Span] = field(default_factory=list)


def read_bullets(reads: Bullets, block: Block, said: Passage) -> Iterator[Field]:
    """A row for each item, in order; spans are found in the passage and led back to the page."""
    items = [item for item in _items(reads, said.text) if item.pieces]
    for ordinal, item in enumerate(items, 1):
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


def _items(reads: Bullets, text: str) -> list[_Item]:
    items = [_Item(reads.kind, None, None)]
    kind = reads.kind
    for start, end in _pieces(text, reads.lead_word, runs_on=reads.runs_on):
        if reads.words and (step := step_in(text, (start, end), reads.words)):
            items.append(_Item(kind, step[0], step[1], [(step[2], end)] if _says(text, (step[2], end)) else []))
            continue
        label, size = _marker(text[start:end], items[-1].label)
        head = _sub_head(reads, text[start + size : end])
        if not reads.is_flat and label and _is_lower(label, items):
            items[-1].pieces.append((start, end))
        elif head:
            kind, length = head
            rest = (start + size + length, end)
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
    return items


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
    bare, taken = (arabic(rest), len(rest)) if _ALONE.fullmatch(rest) else marker(rest, bare_numbers=True)
    return (bare, size + taken) if bare and bare in ("1", _next(before)) else (label, size)


def _next(label: str | None) -> str:
    if label is None:
        return "1"
    *upper, last = label.split(".")
    return ".".join([*upper, str(int(last) + 1)])


def _sub_head(reads: Bullets, said: str) -> tuple[str, int] | None:
    """The kind that a sub-head names, and how much of the line it takes."""
    bare = len(said) - len(said.lstrip("#*\\_ "))
    printed = folded(said[bare:80])
    ranked = sorted(
        (
            (*prefix_likeness(printed, wording(words)), kind)
            for kind, forms in reads.sub_heads.items()
            for words in forms
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < CLOSE:
        return None
    _, size, kind = ranked[0]
    return kind, end_of(said, bare, size)


def _begins_item(reads: Bullets, said: str, current: _Item) -> bool:
    """Whether a line without a marker begins an item all the same: with the word that items of this list begin with."""
    if not reads.lead_word or not said.startswith(reads.lead_word):
        return False
    return bool(current.pieces) and current.label is None


def _pieces(text: str, lead_word: str | None, *, runs_on: bool) -> Iterator[Span]:
    """The lines; where items run on, cut again before a marker that carries on the numbering inside a line."""
    if not runs_on:
        yield from (match.span() for match in _LINE.finditer(text))
        return
    labels_at_lines = {_marker(match.group(), None)[0] for match in _LINE.finditer(text)}
    for match in _LINE.finditer(text):
        yield from _inline_items(text, match.span(), labels_at_lines, lead_word)


def _inline_items(text: str, span: Span, labels_at_lines: set[str | None], lead_word: str | None) -> Iterator[Span]:
    start, end = span
    label, size = _marker(text[start:end], None)
    while label and _next(label) not in labels_at_lines:
        inner = _following_marker(text, (start + size, end), _next(label), text[start : start + size], lead_word)
        if inner is None:
            break
        yield start, inner
        start = inner
        label, size = _marker(text[start:end], label)
    yield start, end


def _following_marker(text: str, span: Span, label: str, style: str, lead_word: str | None) -> int | None:
    """Where the next number stands inside a line in the style of the one before; a bare one needs the lead word."""
    style = style.strip(" \t-•*□")
    opening, closing = style[:1] if style[:1] == "(" else "", style[-1:] if style[-1:] in ".)" else ""
    figures = re.escape(label).translate(_EITHER_SCRIPT)
    is_bare = not closing and "." not in label
    behind = rf"[ \t]++(?={lead_word})" if is_bare else r"(?=[ \t]*+[^\s0-9๐-๙.)])"
    if is_bare and not lead_word:
        return None
    pattern = rf"(?<=[ \t]){re.escape(opening)}{figures}{re.escape(closing)}{behind}"
    match = re.compile(pattern).search(text, *span)
    return match.start() if match else None


_EITHER_SCRIPT = {ord(figure): f"[{figure}{thai}]" for figure, thai in zip("0123456789", THAI, strict=True)}
