"""Print as pieces that know which cell they belong to, so that a reading is tracked and never searched for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal, NamedTuple

from tests.synthesizer import form
from tests.synthesizer.layouts import Layout

Kind = Literal["label", "value", "text", "markup", "gap", "page"]


class Place(NamedTuple):
    """A cell of the truth: its table, the row's place there, its column."""

    table: str
    row: int
    column: str


@dataclass(frozen=True)
class Piece:
    """A stretch of print. `markup` and `page` come from no letter, so OCR cannot misread them."""

    text: str
    kind: Kind
    place: Place | None = None


Opening = Literal["", "line", "aim", "progress", "heading"]
Cut = Literal["free", "must", "never"]


@dataclass(frozen=True)
class Stretch:
    """Pieces that stay together, and the white space before them, where a page may end."""

    pieces: tuple[Piece, ...]
    before: str
    opens: Opening = ""
    cut: Cut = "free"
    group: int | None = None
    """The entry of progress that it is part of."""

    @property
    def text(self) -> str:
        """What stands there, without the space before it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Press:
    """A layout and the chance that goes with it: what every printer needs."""

    layout: Layout
    random: Random

    def label(self, name: str) -> Piece:
        """A label in the layout's words, without its tail."""
        words = form.LABELS[name]
        if self.layout.has_other_words and name in form.OTHER_WORDS:
            words = form.OTHER_WORDS[name]
        return Piece(words, "label")

    def colon(self, text: str) -> str:
        """The colons asked for, or none where the layout lost them."""
        keeps = {"all": True, "some": self.random.random() < 0.6, "none": False}[self.layout.colons]
        return text if keeps else ""

    def labelled(self, name: str, values: Sequence[Piece]) -> tuple[Piece, ...]:
        """A label, what stands between, and the value: the form's usual line."""
        layout = self.layout
        tail = form.TAILS.get(name, "") if layout.has_label_tails else ""
        gap = layout.label_gap if self.colon(":") else " "
        gap = "" if layout.label_gap == "glued" else gap
        return (self.label(name), Piece(tail + gap, "label"), *values)

    def silent(self) -> tuple[Piece, ...]:
        """What stands where a value should: nothing, a dash or dots."""
        return (Piece(self.layout.silence, "value"),) if self.layout.silence else ()

    def bold(self, piece: Piece) -> tuple[Piece, ...]:
        """The piece, between asterisks where the layout has bold type."""
        if not (self.layout.is_markdown and self.layout.is_bold):
            return (piece,)
        return Piece("**", "markup"), piece, Piece("**", "markup")


def escaped(text: str, place: Place | None, layout: Layout) -> tuple[Piece, ...]:
    """Free text as pieces; underscores get their backslash where the layout escapes."""
    if layout.markup != "escaped" or "_" not in text:
        return (Piece(text, "text", place),)
    first, *rest = text.split("_")
    pieces = [Piece(first, "text", place)]
    for part in rest:
        pieces += [Piece("\\", "markup"), Piece("_" + part, "text", place)]
    return tuple(pieces)


def phrases(text: str, place: Place | None, *, layout: Layout, before: str = " ") -> Iterator[Stretch]:
    """One stretch a phrase. A figure stays with the words around it, as typesetters do; no line begins with one."""
    for n, phrase in enumerate(_phrases(text)):
        yield Stretch(escaped(phrase, place, layout), before if n == 0 else " ")


def _phrases(text: str) -> list[str]:
    found: list[str] = []
    was_word = False
    for word in text.split(" "):
        is_word = _begins_with_letter(word)
        if is_word and was_word:
            found.append(word)
        else:
            found[-1:] = [f"{found[-1]} {word}"] if found else [word]
        was_word = is_word
    return found


def _begins_with_letter(phrase: str) -> bool:
    return "ก" <= phrase[:1] <= "ไ" or "A" <= phrase[:1].upper() <= "Z"


def prefixed(pieces: Iterable[Piece], stretch: Stretch) -> Stretch:
    """The stretch with pieces before its own: a bullet, a marker."""
    return replace(stretch, pieces=(*pieces, *stretch.pieces))
