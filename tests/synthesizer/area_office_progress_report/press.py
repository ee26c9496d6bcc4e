"""The small parts of print: headings, lists, silence, a quarter's name; a layout and the chance that goes with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from tests.synthesizer.area_office_progress_report.layout import AreaLayout
from tests.synthesizer.layouts import random_layout
from tests.synthesizer.pieces import Piece, Place, Stretch, phrases, prefixed
from tests.synthesizer.prose import thai_digits

PROSE = replace(random_layout(Random(0)), markup="plain")
"""Prose is cut into phrases as in the other forms; of their layouts only the lack of escapes matters."""
LEVELS = {"group": "## ", "project": "### ", "part": "### ", "section": "#### "}
ANY_HEADING = ("# ", "## ", "### ", "#### ", "##### ", "###### ", "**", "### **", "")
WORDINGS = ("ประจำปีไตรมาสที่", "ประจำไตรมาสที่", "ประจำปีงบประมาณที่", "ประจำปีงบประมาณ")
SUB_HEAD = "ขั้นตอนการดำเนินงาน"


class Row(NamedTuple):
    """Where a report stands: which project, which of its reports; with a number, one place in a table."""

    project: int
    report: int

    def place(self, table: str, column: str, number: int = 0) -> Place:
        """The cell of one row; rows of one report sort together."""
        return Place(table, self.project * 10_000 + self.report * 1000 + number, column)


@dataclass(frozen=True)
class AreaPress:
    """A layout and its chance."""

    layout: AreaLayout
    random: Random

    def say(self, text: str) -> str:
        """The text in the document's digits."""
        return thai_digits(text) if self.layout.has_thai_digits else text

    def heading(self, text: str, role: str) -> Stretch:
        """A heading of the form, on a line of its own."""
        front, back = self._marks(role)
        pieces = (Piece(front, "markup"), Piece(self.say(text), "label"), Piece(back, "markup"))
        return Stretch(tuple(piece for piece in pieces if piece.text), self.layout.line_gap, "heading")

    def _marks(self, role: str) -> tuple[str, str]:
        style = {"levels": LEVELS[role], "bold": "**", "plain": ""}.get(self.layout.headings)
        front = self.random.choice(ANY_HEADING) if style is None else style
        return front, "**" if front.endswith("**") else ""

    def title(self, ordinal: str, name: Sequence[str], place: Place) -> Iterator[Stretch]:
        """An ordinal and a project's name, which may go on in headings or lines of their own."""
        front, back = self._marks("project")
        wraps = self.layout.wraps_titles
        for n, phrase in enumerate(name):
            marks = (Piece(front, "markup"),) if front and (n == 0 or wraps) else ()
            before = (Piece(self.say(ordinal) + " ", "label"),) if n == 0 else ()
            ends = (Piece(back, "markup"),) if back and (wraps or n == len(name) - 1) else ()
            pieces = (*marks, *before, Piece(self.say(phrase), "text", place), *ends)
            yield Stretch(pieces, "\n\n" if n == 0 or wraps else " ", "heading" if n == 0 else "", "free")

    def named(self, ordinal: str, name: Sequence[str], place: Place) -> Iterator[Stretch]:
        """A project that is listed by its name alone, without marks."""
        for n, phrase in enumerate(name):
            before = (Piece(self.say(ordinal) + " ", "label"),) if n == 0 else ()
            gap = "\n\n" if n == 0 else "\n" if self.layout.wraps_titles else " "
            yield Stretch((*before, Piece(self.say(phrase), "text", place)), gap, "line" if n == 0 else "")

    def period(self, quarter: int, year: int, *, may_omit: bool) -> str:
        """The words behind a heading that say its quarter, or its year alone."""
        mixed = self.layout.wording == "mixed"
        wording = self.random.choice(WORDINGS) if mixed else self.layout.wording
        if may_omit and mixed and self.random.random() < 0.3:
            return f"ประจำปีงบประมาณ {year}"
        return f"{wording} {quarter} ปีงบประมาณ {year}"

    def text(self, words: str, place: Place | None, before: str = "") -> list[Stretch]:
        """Prose in phrases, between which a page may end."""
        return list(phrases(self.say(words), place, layout=PROSE, before=before or self.layout.line_gap))

    def silent(self) -> Iterator[Stretch]:
        """A dash, or nothing at all."""
        dash = self.layout.silence if self.layout.silence != "mixed" else self.random.choice(("-", ""))
        if dash:
            yield Stretch((Piece(dash, "value"),), self.layout.line_gap, "line")

    def marker(self, number: int) -> tuple[str, str, str]:
        """What stands before, as and behind the number of an item; never two kinds without need."""
        pattern = self.layout.marker
        if pattern == "mixed":
            pattern = self.random.choice(("{}.", "{})"))
        front, back = pattern.split("{}")
        return front, self.say(str(number)), back

    def items(self, texts: Sequence[str], places: Sequence[tuple[Place, Place]]) -> Iterator[Stretch]:
        """A list, each item with the places of its text and of its label; a single text is a paragraph."""
        if len(texts) < 2:
            yield from self.text(texts[0], places[0][0]) if texts else self.silent()
            return
        for n, (words, (place, label)) in enumerate(zip(texts, places, strict=True), 1):
            front, number, back = self.marker(n)
            # Where the marker is part of the text, all of it belongs to the text's cell.
            rest = place if label == place else None
            marks = [Piece(front, "value", rest), Piece(number, "value", label), Piece(back, "value", rest)]
            bullet = [Piece(self.layout.bullet, "markup")] if self.layout.bullet else []
            first, *others = self.text(words, place, self.layout.item_gap if n > 1 else "")
            blank = Piece(" ", "gap")
            yield replace(prefixed([*bullet, *(m for m in marks if m.text), blank], first), opens="aim")
            yield from others


def lettered(piece: Piece, stretch: Stretch, before: str) -> Stretch:
    """The stretch behind a label on the same line."""
    return replace(prefixed((piece, Piece(" ", "gap")), stretch), before=before, opens="line")
