"""The items of a list: what their markers, the sub-heads between them and the word that each begins with tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from normalizers.digits import DIGIT, arabic
from normalizers.numbers import marker
from normalizers.text import compact
from parsers.base import Bullets
from pipeline.likeness import CLOSE, prefix_likeness, wording
from pipeline.model import Block, Field, Passage, Span

_LINE = re.compile(r"\S[^\n]*+")
_ALONE = re.compile(rf"{DIGIT}{{1,2}}")


@dataclass(slots=True)
class _Item:
    kind: str
    label: str | None
    label_span: Span | None
    pieces: list[Span] = field(default_factory=list)


def read_bullets(reads: Bullets, block: Block, said: Passage) -> Iterator[Field]:
    """A row for each item, in order; spans are found in the passage and led back to the page."""
    items = [item for item in _items(reads, said.text) if item.pieces]
    for ordinal, item in enumerate(items, 1):
        row = (item.kind, ordinal)
        text = "\n".join(said.text[start:end] for start, end in item.pieces)
        spans = tuple(span for piece in item.pieces for span in said.spans(*piece))
        yield Field(reads.model, "kind", block.copy, row, item.kind, spans, value=item.kind)
        if item.label and item.label_span:
            yield Field(
                reads.model, "label", block.copy, row, item.label, said.spans(*item.label_span), value=item.label
            )
        yield Field(reads.model, "text", block.copy, row, text, spans)


def _items(reads: Bullets, text: str) -> list[_Item]:
    items = [_Item(reads.kind, None, None)]
    kind = reads.kind
    for start, end in _pieces(text):
        label, size = _marker(text[start:end], items[-1].label)
        head = _sub_head(reads, text[start + size : end])
        if head:
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


def _says(text: str, piece: Span) -> bool:
    return bool(text[slice(*piece)].strip(" \t.:*\\_"))


def _marker(said: str, before: str | None) -> tuple[str | None, int]:
    """The marker that a line begins with; a bare number is one only where it is the next of the list."""
    label, size = marker(said)
    if size:
        return label, size
    label, size = (arabic(said), len(said)) if _ALONE.fullmatch(said) else marker(said, bare_numbers=True)
    is_next = label is not None and label == _next(before)
    return (label, size) if is_next or label == "1" else (None, 0)


def _next(label: str | None) -> str:
    if label is None:
        return "1"
    *upper, last = label.split(".")
    return ".".join([*upper, str(int(last) + 1)])


def _sub_head(reads: Bullets, said: str) -> tuple[str, int] | None:
    """The kind that a sub-head names, and how much of the line it takes."""
    printed, places = compact(said[:80])
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
    return kind, places[size - 1] + 1


def _begins_item(reads: Bullets, said: str, current: _Item) -> bool:
    """Whether a line without a marker begins an item all the same: with the word that items of this list begin with."""
    if not reads.lead_word or not said.startswith(reads.lead_word):
        return False
    return bool(current.pieces) and current.label is None


def _pieces(text: str) -> Iterator[Span]:
    """The lines, cut again before a marker that carries on the numbering inside a line."""
    labels_at_lines = {marker(match.group())[0] for match in _LINE.finditer(text)}
    for match in _LINE.finditer(text):
        yield from _inline_items(text, match.start(), match.end(), labels_at_lines)


def _inline_items(text: str, start: int, end: int, labels_at_lines: set[str | None]) -> Iterator[Span]:
    label, size = marker(text[start:end])
    while label and label.isascii() and "." not in label and _next(label) not in labels_at_lines:
        inner = _following_marker(text, start + size, end, _next(label), text[start : start + size])
        if inner is None:
            break
        yield start, inner
        start = inner
        label, size = marker(text[start:end])
    yield start, end


def _following_marker(text: str, start: int, end: int, label: str, style: str) -> int | None:
    """Where the next number stands inside the line in the same style as the one before, with more text behind it."""
    style = style.strip(" \t-•*□")
    closing = style[-1:] if style[-1:] in ".)" else ""
    opening = "(" if style.startswith("(") else ""
    if not closing:
        return None
    for match in re.finditer(
        rf"(?<=\s){re.escape(opening)}({DIGIT}{{1,2}}){re.escape(closing)}[ \t]*+(?=[^\s0-9๐-๙])", text[start:end]
    ):
        if arabic(match[1]) == label:
            return start + match.start()
    return None
