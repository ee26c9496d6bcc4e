"""Every phrase that a form declares, as one list: what it is, where it may stand, whose it is.

The declarations name phrases where they are used, in openers, labels, choices and tables; whoever looks for phrases, or
counts them, takes them from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Flag, auto
from functools import cache
from typing import Any, NamedTuple

from normalizers.fuzzy_match import folded
from parsers.base import Entries, Form, Grid, Labelled
from parsers.openers import USUAL, Heading, Opener, PhraseRole
from schemas.base import Choice, Label, StartsWith, Table, columns_with

LONGEST_PHRASE = 90
"""Letters in which the longest phrase ends; no more are compared."""


class Anchor(Flag):
    """Where a phrase may stand."""

    START = auto()
    """At the start of a line, behind its number and marks."""
    ITEM = auto()
    """At the start of an item or a cell of a block that is known already, behind its marks."""
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
    "sub_head": Anchor.ITEM,
    "step": Anchor.ITEM,
    "choice": Anchor.ITEM,
    "table_head": Anchor.WHOLE,
    "total": Anchor.ITEM,
    "link": Anchor.ANYWHERE,
    "joint": Anchor.END | Anchor.ANYWHERE,
    "summary": Anchor.ANYWHERE,
    "common": Anchor.START,
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


@cache
def phrases_of(form: Form) -> tuple[Phrase, ...]:
    """Every phrase of a form, in the order in which it declares them."""
    owners = [*(("", line) for line in form.summary), *((block.name, block) for block in form.blocks)]
    phrases = [Phrase(words, role, form.name, owner) for owner, one in owners for role, words in _printed(one)]
    return (*(Phrase(title, "title", form.name) for title in form.titles), *phrases)


class LikePhrase(NamedTuple):
    """A pattern of what says the same as a declared phrase; `key`: what a match of it says in place of folded words."""

    pattern: str
    key: str
    role: PhraseRole
    declared: frozenset[str] = frozenset()
    """The folded phrases of its form, heads of columns aside: what says one of them says nothing else."""


def words_of(mark: StartsWith) -> frozenset[str]:
    """What a value begins with, folded, or what a match of other words is known by that say the same."""
    return frozenset(map(folded, mark.words)) | ({_key_of(mark)} if mark.like else set())


def _key_of(mark: StartsWith) -> str:
    return f"like:{mark.words[0]}"


def heading_key(form: Form, opener: Heading) -> str:
    """What a match of other words for a heading is known by: no other heading of any form is."""
    return f"{form.name}:{opener.wordings[0]}"


@cache
def patterns_of(form: Form) -> tuple[LikePhrase, ...]:
    """The patterns of a form: of headings, which say a whole line, of first words, of labels, and of columns."""
    openers = [one for block in form.blocks for one in block.opens if isinstance(one, Heading)]
    declared = frozenset(folded(phrase.words) for phrase in phrases_of(form) if phrase.role != "table_head")
    found = [LikePhrase(one.like, heading_key(form, one), "heading", declared) for one in openers if one.like]
    every = [reads for block in form.blocks for reads in block.readings]
    readings = [reads for reads in every if isinstance(reads, Labelled | Entries)]
    starts = (mark for one in readings for mark in columns_with(one.model, StartsWith).values())
    found += [LikePhrase(mark.like, _key_of(mark), "first_words") for mark in starts if mark.like]
    labels = (mark for one in readings for mark in columns_with(one.model, Label).values())
    found += [LikePhrase(mark.like, folded(mark.names[0]), "label") for mark in labels if mark.like]
    parts = (getattr(reads, one.name) for reads in every for one in fields(reads))
    columns = (column for one in (*every, *parts) if isinstance(one, Grid) for column in one.columns)
    found += [LikePhrase(one.like, folded(one.headings[0]), "table_head") for one in columns if one.like]
    return tuple(dict.fromkeys(found))


@cache
def wordings_of(opener: Opener) -> tuple[str, ...]:
    """What an opener prints, the numbers aside; nothing where its place alone tells it."""
    return tuple(words for role, words in _printed(opener) if role not in ("name", "table_head"))


def _printed(declared: Any) -> list[tuple[PhraseRole, str]]:
    """The words in the fields of a declaration that are `Printed`, and in those of what is inside it."""
    found: list[tuple[PhraseRole, str]] = []
    for name, role in _roles(declared.__class__):
        value = getattr(declared, name)
        if role:
            role = "common" if isinstance(declared, Heading) and declared.is_common else role
            lists = value.values() if isinstance(value, Mapping) else [[value] if isinstance(value, str) else value]
            found += [(role, words) for each in lists for words in each]
        elif value is not USUAL:
            for one in value if isinstance(value, tuple) else (value,):
                found += _printed(one) if hasattr(one, "__dataclass_fields__") else ()
    return [*found, *_of_model(declared.model)] if isinstance(declared, Labelled | Entries) else found


@cache
def _roles(declared: Any) -> tuple[tuple[str, PhraseRole | None], ...]:
    """The fields of a class of declarations, each with the role of its words if they are printed."""
    marks = ((field.name, getattr(field.type, "__metadata__", ())) for field in fields(declared))
    return tuple((name, mark[0].role if mark else None) for name, mark in marks)


def _of_model(model: type[Table]) -> Iterator[tuple[PhraseRole, str]]:
    for label in columns_with(model, Label).values():
        yield from (("label", words) for words in label.names)
        yield from (("table_head", words) for words in label.heads)
    for mark in columns_with(model, StartsWith).values():
        yield from (("first_words", words) for words in (*mark.words, *mark.continued_by))
    for choice in columns_with(model, Choice).values():
        yield from (("choice", words) for names in choice.phrases.values() for words in names)
