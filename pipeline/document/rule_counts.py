"""How often each declared heading, label and fix matched. One that never does is dead, or waits for a sample."""

from collections import Counter

from normalizers.fixes import FIXES
from normalizers.word_fixes import WORD_FIXES
from parsers import UNKNOWN, forms
from parsers.phrases import phrases_of
from pipeline.document.rows import Rows

RuleCounts = dict[str, Counter[str]]
"""Counts by kind of rule (`headings`, `labels`, `fixes`) and rule."""
_HEADINGS = ("heading", "common", "numbered", "sentence")


def rule_counts(rows: Rows) -> RuleCounts:
    """What matched in one document; nothing in one that could not be read."""
    blocks = rows.blocks
    if blocks is None:
        return {}
    names = {copy.index: blocks.regions[copy.region].form.name for copy in blocks.copies}
    headings = (
        f"{names[copy.index]}/{block.declaration.name}: {wording}"
        for copy, block in blocks.blocks()
        for wording in block.wordings
    )
    cells = (
        cell
        for cells in rows.readings.values()
        for reading in cells.values()
        for cell in (reading.cell, *reading.others)
    )
    labels = (f"{names[cell.field.copy]}: {cell.field.label}" for cell in cells if cell.field.label)
    fixes = (name for edit in blocks.document.repaired.edits for name in edit.fixes)
    return {"headings": Counter(headings), "labels": Counter(labels), "fixes": Counter(fixes)}


def declared_rules() -> RuleCounts:
    """Every rule that there is, none of them matched."""
    phrases = [phrase for form in (*forms(), UNKNOWN) for phrase in phrases_of(form)]
    headings = (f"{phrase.form}/{phrase.owner}: {phrase.words}" for phrase in phrases if phrase.role in _HEADINGS)
    labels = (f"{phrase.form}: {phrase.words}" for phrase in phrases if phrase.role == "label")
    return {
        "headings": Counter(dict.fromkeys(headings, 0)),
        "labels": Counter(dict.fromkeys(labels, 0)),
        "fixes": Counter(dict.fromkeys([*(fix.name for fix in FIXES), *(fix.name for fix in WORD_FIXES)], 0)),
    }
