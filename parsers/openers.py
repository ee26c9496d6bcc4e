"""What opens a block, in the words in which a form is declared: headings, labels with numbers, fixed sentences."""

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from normalizers.fuzzy_match import Tolerance

PhraseRole = Literal[
    "title", "heading", "numbered", "sentence", "name", "label", "first_words", "sub_head", "step", "choice",
    "table_head", "total", "link", "joint", "summary", "common",
]  # fmt: skip


class Printed(NamedTuple):
    """The annotation of a field whose words stand in documents, and are looked for in this role."""

    role: PhraseRole


USUAL = Tolerance()
"""How much damage an opener bears where its form says nothing else."""
WHOLE = Tolerance(least=99.0)
"""None: its words are so short that other words are like them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under any of its wordings, whatever number and Markdown stand before it; it fills its line.

    `number`: the number that the form always prints before it. OCR may break either, so number and wording decide
    together, and both undamaged are the heading anywhere in a line. `has_period`: a quarter and a fiscal year may stand
    behind it. `is_text`: it belongs to what its block says. `may_lead`: the block's first words may stand on the same
    line, parted from it by a colon, a tab or blanks; by one blank where `begins_sentence` says that no other sentence
    begins so. `heads_row`: it opens its block only as the first cell of a row, its own number behind it.
    `is_set_apart`: only undamaged, and where a number or a hash sign sets it apart, for other lines say as much.
    `is_common`: other forms print it too, so that it tells nothing of the form. `behind`: the blocks behind which alone
    it opens its block where no number stands before it, for elsewhere it is a label, or the end of a line. `like`: a
    linear pattern of other words that fill the line, or what of it stands before a separator, without blanks and dots.
    """

    wordings: Annotated[tuple[str, ...], Printed("heading")]
    number: str | None = None
    has_period: bool = False
    is_text: bool = False
    may_lead: bool = False
    begins_sentence: bool = False
    heads_row: bool = False
    is_set_apart: bool = False
    is_common: bool = False
    behind: tuple[str, ...] = ()
    tolerance: Tolerance = USUAL
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A label whose number rises from block to block, such as "รายงานครั้งที่ 7"; the digits are never fuzzy.

    `shorter`: what some offices print in its place, which text says too: it counts only where the label stands nowhere,
    and the numbers rise from 1.
    """

    label: Annotated[str, Printed("numbered")]
    shorter: Annotated[tuple[str, ...], Printed("numbered")] = ()
    tolerance: Tolerance = USUAL


@dataclass(frozen=True, slots=True)
class Sentence:
    """The first words of a sentence that the form always prints in this place; it belongs to what its block says."""

    words: Annotated[str, Printed("sentence")]
    tolerance: Tolerance = USUAL


@dataclass(frozen=True, slots=True)
class NumberedName:
    """A name that begins with a certain word behind a number in order: "๒. โครงการ…", "๓.๑ โครงการ…".

    `heads`: what stands above names in a table with a row for each.
    """

    word: Annotated[str, Printed("name")]
    heads: Annotated[tuple[str, ...], Printed("table_head")] = ()
    tolerance: Tolerance = USUAL


@dataclass(frozen=True, slots=True)
class Start:
    """The first words of a printing."""


@dataclass(frozen=True, slots=True)
class OtherHeading:
    """A heading that the form does not declare, set apart as those are that it does, and in its place among them."""


@dataclass(frozen=True, slots=True)
class BehindTitle:
    """A label of the first block, right behind a title of the form; further projects may be counted by a word."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or memo in front of the form, up to the end of its page: its lines begin with several of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """The first line of a page that prints a line of another block again, as a back cover does."""

    block: str


Opener = Heading | Numbered | Sentence | NumberedName | Start | OtherHeading | BehindTitle | Letter | RepeatedLine


def heading(  # noqa: PLR0913 - each says one thing of how the form prints it
    *wordings: str,
    number: str | None = None,
    has_period: bool = False,
    is_text: bool = False,
    may_lead: bool = False,
    begins_sentence: bool = False,
    heads_row: bool = False,
    is_set_apart: bool = False,
    like: str | None = None,
) -> Heading:
    """Declare a heading by its wordings, the usual one first, and by the number that the form prints, if any."""
    return Heading(wordings, number, has_period, is_text, may_lead, begins_sentence, heads_row, is_set_apart, like=like)


def common(
    *wordings: str,
    has_period: bool = False,
    may_lead: bool = True,
    is_set_apart: bool = False,
    behind: tuple[str, ...] = (),
    like: str | None = None,
) -> Heading:
    """Declare what some offices print in place of a heading: other forms print it too, and damage makes it none."""
    return Heading(
        wordings,
        has_period=has_period,
        may_lead=may_lead,
        is_set_apart=is_set_apart,
        is_common=True,
        behind=behind,
        tolerance=WHOLE,
        like=like,
    )


def numbered(label: str, *shorter: str) -> Numbered:
    """Declare a label that numbers repeated blocks, and shorter ones that some offices print in its place."""
    return Numbered(label, shorter)


def sentence(words: str) -> Sentence:
    """Declare a fixed sentence that opens a block."""
    return Sentence(words)
