"""What opens a block, in the words in which a form is declared: headings, labels with numbers, fixed sentences."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading known by its wording alone, whatever number and Markdown stand before it; it fills its line.

    `has_period`: a quarter and a fiscal year may stand behind it. `is_text`: it belongs to what its block says.
    `may_lead`: the block's first words may stand on the same line, parted from it by a colon, a tab or blanks; by one
    blank where `begins_sentence` says that no other sentence begins so.
    """

    wordings: tuple[str, ...]
    has_period: bool = False
    is_text: bool = False
    may_lead: bool = False
    begins_sentence: bool = False


@dataclass(frozen=True, slots=True)
class NumberedName:
    """A name that begins with a certain word behind a number in order: "๒. โครงการ…", "๓.๑ โครงการ…"."""

    word: str


@dataclass(frozen=True, slots=True)
class Start:
    """The first words of a printing."""


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """The first line of a page that prints a line of another block again, as a back cover does."""

    block: str


Opener = Heading | Numbered | Phrase | Headline | NumberedName | Start | RepeatedLine


def heading(number: str, wording: str) -> Heading:
    """Declare a heading by its printed number and its wording."""
    return Heading(number, wording)


def numbered(label: str) -> Numbered:
    """Declare a label that numbers repeated blocks."""
    return Numbered(label)


def headline(
    *wordings: str,
    has_period: bool = False,
    is_text: bool = False,
    may_lead: bool = False,
    begins_sentence: bool = False,
) -> Headline:
    """Declare a heading by its wording alone, the usual one first."""
    return Headline(wordings, has_period, is_text, may_lead, begins_sentence)


def phrase(words: str) -> Phrase:
    """Declare a fixed sentence that opens a block."""
    return Phrase(words)
