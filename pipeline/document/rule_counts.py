"""How often each declared heading, label and fix matched. One that never does is dead, or waits for a sample."""

from collections import Counter
from collections.abc import Sequence

from normalizers.fixes import FIXES
from normalizers.word_fixes import WORD_FIXES
from parsers import UNKNOWN, forms
from parsers.phrases import phrases_of
from pipeline.model import Field, SplitDocument

RuleCounts = dict[str, Counter[str]]
"""Counts by kind of rule (`headings`, `labels`, `fixes`) and rule."""
_HEADINGS = ("heading", "numbered", "sentence")


def rule_counts(blocks: SplitDocument, fields: Sequence[Field]) -> RuleCounts:
    """What matched in one document."""
    forms_of_copies = {copy.index: blocks.form_of(copy).name for copy in blocks.copies}
    headings = (
        f"{blocks.form_of(copy).name}/{block.declaration.name}: {wording}"
        for copy, block in blocks.blocks()
        for wording in block.wordings
    )
    return {
        "headings": Counter(headings),
        "labels": Counter(f"{forms_of_copies[field.copy]}: {field.label}" for field in fields if field.label),
        "fixes": Counter(name for edit in blocks.document.repaired.edits for name in edit.fixes),
    }


def declared_rules() -> RuleCounts:
    """Every rule that there is, none of them matched."""
    phrases = [phrase for form in (*forms(), UNKNOWN) for phrase in phrases_of(form)]
    headings = (f"{phrase.form}/{phrase.owner}: {phrase.words}" for phrase in phrases if phrase.role in _HEADINGS)
    labels = (f"{phrase.form}: {phrase.words}" for phrase in phrases if phrase.role == "label")
    return {
        "headings": Counter(dict.fromkeys(headings, 0)),
        "labels": Counter(dict.fromkeys(labels, 0)),
        "fixes": Counter(dict.fromkeys([fix.name for fix in (*FIXES, *WORD_FIXES)], 0)),
    }
