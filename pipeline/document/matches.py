"""How often each declared heading, label and fix matched. One that never does is dead, or waits for a sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers.fixes import FIXES
from normalizers.look_alikes import folded
from normalizers.word_fixes import WORD_FIXES
from parsers import UNKNOWN, Form, forms
from parsers.base import Block, Entries, Labelled, LabelledRows
from pipeline.document.likeness import wording
from pipeline.document.split.openings import worded_blocks
from pipeline.model import Field, SplitDocument
from schemas.base import Label, columns_with

Matches = dict[str, Counter[str]]
"""Counts by kind of rule (`headings`, `labels`, `fixes`) and rule."""


def matches_of(document: SplitDocument, fields: Sequence[Field]) -> Matches:
    """What matched in one document."""
    text = document.document.text
    form_of = {copy.index: document.regions[copy.region].form for copy in document.copies}
    headings: Counter[str] = Counter()
    for copy in document.copies:
        for block in copy.blocks:
            for span in block.headings:
                if name := _heading(form_of[copy.index], block.declaration, text[slice(*span)]):
                    headings[name] += 1
    labels = Counter(f"{form_of[field.copy].name}: {field.label}" for field in fields if field.label)
    return {
        "headings": headings,
        "labels": labels,
        "fixes": Counter(hit.fix for hit in document.document.repaired.hits),
    }


def declared_rules() -> Matches:
    """Every rule that there is, none of them matched."""
    known = (*forms(), UNKNOWN)
    return {
        "headings": Counter({name: 0 for form in known for name in _headings(form)}),
        "labels": Counter({f"{form.name}: {label}": 0 for form in known for label in _labels(form)}),
        "fixes": Counter(dict.fromkeys([fix.name for fix in FIXES] + [fix.name for fix in WORD_FIXES], 0)),
    }


def _headings(form: Form) -> Iterator[str]:
    for place, words in worded_blocks(form).items():
        for said in words:
            yield _name(form, form.blocks[place], said)


def _name(form: Form, block: Block, words: str) -> str:
    return f"{form.name}/{block.name}: {words}"


def _labels(form: Form) -> Iterator[str]:
    for block in form.blocks:
        for reads in block.readings:
            if isinstance(reads, Labelled | Entries):
                yield from (name for label in columns_with(reads.model, Label).values() for name in label.names)
            elif isinstance(reads, LabelledRows):
                yield from (name for names in reads.labels.values() for name in names)


def _heading(form: Form, block: Block, printed: str) -> str | None:
    """The declared wording that a heading comes closest to."""
    words = _words_of(form).get(block, ())
    return _name(form, block, nearest(words, printed)) if words else None


@cache
def _words_of(form: Form) -> dict[Block, tuple[str, ...]]:
    return {form.blocks[place]: words for place, words in worded_blocks(form).items()}


@lru_cache(maxsize=4096)
def nearest(words: tuple[str, ...], printed: str) -> str:
    """The declared words that printed ones come closest to: found whole in them, then most like all of them."""
    said = folded(printed)
    return max(words, key=lambda one: (fuzz.partial_ratio(said, wording(one)), fuzz.ratio(said, wording(one))))
