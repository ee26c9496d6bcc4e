"""Every phrase that a form declares, as one list: what it is, where it may stand, whose it is.

The declarations name phrases where they are used, in openers, labels, choices and tables; whoever looks for phrases, or
counts them, takes them from here.
"""

from collections.abc import Iterator
from enum import Flag, auto
from typing import Literal, NamedTuple

from parsers.base import (
    Bullets,
    Calendar,
    Entries,
    Form,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    Reading,
    Steps,
    Total,
    WholeText,
)
from parsers.openers import Heading, Numbered, NumberedName, Opener, Sentence
from schemas.base import Choice, Label, StartsWith, Table, columns_with

PhraseRole = Literal[
    "title", "heading", "numbered", "sentence", "name", "label", "first_words", "sub_head", "step", "choice",
    "table_head", "total", "link", "joint", "summary",
]  # fmt: skip


class Anchor(Flag):
    """Where a phrase may stand."""

    START = auto()
    """At the start of a line or a cell, behind its number and marks."""
    END = auto()
    """Before a separator, an equals sign or a figure."""
    ANYWHERE = auto()
    """Anywhere, if it is undamaged."""
    WHOLE = auto()
    """As a whole line or cell."""


_ANCHORS: dict[PhraseRole, Anchor] = {
    "title": Anchor.START,
    "heading": Anchor.START | Anchor.ANYWHERE,
    "numbered": Anchor.START | Anchor.ANYWHERE,
    "sentence": Anchor.START | Anchor.ANYWHERE,
    "name": Anchor.START,
    "label": Anchor.START | Anchor.END | Anchor.ANYWHERE,
    "first_words": Anchor.START,
    "sub_head": Anchor.START,
    "step": Anchor.START,
    "choice": Anchor.START,
    "table_head": Anchor.WHOLE,
    "total": Anchor.START,
    "link": Anchor.ANYWHERE,
    "joint": Anchor.END | Anchor.ANYWHERE,
    "summary": Anchor.ANYWHERE,
}


class Phrase(NamedTuple):
    """A declared phrase; `owner` is the block that declares it, empty for the form itself."""

    words: str
    role: PhraseRole
    form: str
    owner: str = ""

    @property
    def anchor(self) -> Anchor:
        """Where it may stand."""
        return _ANCHORS[self.role]


def phrases_of(form: Form) -> Iterator[Phrase]:
    """Every phrase of a form, in the order in which it declares them."""
    yield from (Phrase(title, "title", form.name) for title in form.titles)
    for line in form.summary:
        yield from (Phrase(words, "summary", form.name) for words in line.words)
    for block in form.blocks:
        for opener in block.opens:
            yield from (Phrase(words, role, form.name, block.name) for role, words in _of_opener(opener))
        for reads in block.readings:
            yield from (Phrase(words, role, form.name, block.name) for role, words in _of_reading(reads))


def wordings_of(opener: Opener) -> tuple[str, ...]:
    """What an opener prints, the numbers aside; nothing where its place alone tells it."""
    match opener:
        case Heading():
            return opener.wordings
        case Numbered():
            return (opener.label,)
        case Sentence():
            return (opener.words,)
        case _:
            return ()


def _of_opener(opener: Opener) -> Iterator[tuple[PhraseRole, str]]:
    role: PhraseRole = (
        "numbered" if isinstance(opener, Numbered) else "heading" if isinstance(opener, Heading) else "sentence"
    )
    yield from ((role, words) for words in wordings_of(opener))
    if isinstance(opener, NumberedName):
        yield "name", opener.word


def _of_reading(reads: Reading) -> Iterator[tuple[PhraseRole, str]]:
    match reads:
        case Labelled() | Entries():
            yield from _of_model(reads.model)
        case LabelledRows():
            yield from (("label", words) for names in reads.labels.values() for words in names)
        case Bullets():
            yield from (("sub_head", words) for names in reads.sub_heads.values() for words in names)
            yield from (("step", words) for words in reads.words)
        case Steps():
            yield from (("step", words) for words in reads.words)
        case Links():
            yield from (("link", words) for words in reads.names)
            yield from (("joint", words) for words in (*reads.joined_by, *reads.ended_by))
        case _:
            yield from _of_table(reads)


def _of_table(reads: Reading) -> Iterator[tuple[PhraseRole, str]]:
    """What readings declare that read a printed table."""
    match reads:
        case WholeText(without=Grid() as grid) | Priced(grid=grid) | Total(grid=grid):
            yield from _of_grid(grid)
        case Calendar():
            yield from _of_grid(reads.grid)
            yield from _of_reading(reads.steps)
        case Grid():
            yield from _of_grid(reads)


def _of_model(model: type[Table]) -> Iterator[tuple[PhraseRole, str]]:
    yield from (("label", words) for label in columns_with(model, Label).values() for words in label.names)
    for mark in columns_with(model, StartsWith).values():
        yield from (("first_words", words) for words in (*mark.words, *mark.continued_by))
    for choice in columns_with(model, Choice).values():
        yield from (("choice", words) for names in choice.phrases.values() for words in names)


def _of_grid(grid: Grid) -> Iterator[tuple[PhraseRole, str]]:
    yield from (("table_head", words) for column in grid.columns for words in column.headings)
    yield from (("table_head", words) for words in grid.over)
    yield from (("total", words) for words in grid.totals)
