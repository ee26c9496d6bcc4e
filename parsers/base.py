"""The words in which a form is declared: its titles, its blocks, what opens each, and how each is read.

A declaration says what a form prints; the stages of the pipeline know how to find it, and know no form by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.base import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed number and its wording; OCR may break either, so both together decide."""

    number: str
    wording: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A label whose number rises from block to block, such as "รายงานครั้งที่ 7"; the digits are never fuzzy."""

    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The first words of a sentence that the form always prints in this place."""

    words: str


Opener = Heading | Numbered | Phrase


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row, whose columns stand behind the labels of the model."""

    model: type[Table]


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """A row for each label: the label names the value of `column`, what follows is the text."""

    model: type[Table]
    column: str
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class WholeText:
    """One row, whose text is all that the block says."""

    model: type[Table]
    constants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A row for each item of a list; a sub-head names the kind of the items below it."""

    model: type[Table]
    kind: str
    sub_heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lead_word: str | None = None
    """The word that every item begins with, where the form asks for it: it parts items that have no marker."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A row for each numbered entry: a value that leads, labels, a choice of phrases, and the rest as text."""

    model: type[Table]
    number_column: str


Reading = Labelled | LabelledRows | WholeText | Bullets | Entries


@dataclass(frozen=True, slots=True)
class Block:
    """The lines that one heading opens, up to the next one that the form declares."""

    name: str
    opens: tuple[Opener, ...]
    reads: Reading | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form: the titles that identify it and its blocks in the order in which it prints them; equal only to itself."""

    titles: tuple[str, ...]
    blocks: tuple[Block, ...]
    name: str = ""


UNKNOWN = Form(titles=(), blocks=(), name="unknown")
"""The form of a document that no parser claims: pages, and text that stays unclaimed."""


def heading(number: str, wording: str) -> Heading:
    """Declare a heading by its printed number and its wording."""
    return Heading(number, wording)


def numbered(label: str) -> Numbered:
    """Declare a label that numbers repeated blocks."""
    return Numbered(label)


def phrase(words: str) -> Phrase:
    """Declare a fixed sentence that opens a block."""
    return Phrase(words)
