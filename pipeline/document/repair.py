"""Apply the fixes for OCR damage; keep where every stretch of the repaired text stood in the source."""

import re
from collections.abc import Iterable, Iterator, Sequence

from normalizers.fixes import FIXES, Fix
from normalizers.html_tables import as_markdown
from normalizers.word_fixes import WORD_FIXES, WordFix, find_repairs
from pipeline.model import Edit, Repaired

_OTHER_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""White space that ends no line and is neither a tab nor the plain space, as wide as it may be."""
_BOX = re.compile("[\u2500-\u257f]")
_BOXES = dict.fromkeys(range(0x2500, 0x2580), "+") | dict.fromkeys(map(ord, "─━┄┅┈┉╌╍═╴╶╸╺"), "-")
_BOXES |= dict.fromkeys(map(ord, "│┃┆┇┊┋╎╏║╵╷╹╻"), "|")
"""Drawn lines of tables, as they are typed: between bars, below a row of dashes."""


def repair(text: str, *, fixes: Iterable[Fix] = FIXES, word_fixes: Iterable[WordFix] = WORD_FIXES) -> Repaired:
    """Apply each fix to what the fixes before it made of the text, then those that words settle, all at once.

    Spaces of any kind become plain ones, and drawn lines typed ones, each in its place, and tables in HTML rows between
    bars. Sound text comes back as it is.

    >>> repaired = repair("สระเ" + "เก้ว")
    >>> repaired.text, [(edit.fixes, edit.source_start, edit.source_end) for edit in repaired.edits]
    ('สระแก้ว', [(('double_sara_e',), 3, 5)])
    """
    plain = _OTHER_SPACES.sub(" ", text)
    repaired = Repaired(plain.translate(_BOXES) if _BOX.search(plain) else plain, text, ())
    if "<" in text:
        repaired = _changed(repaired, as_markdown(repaired.text))
    absent = set[re.Pattern[str]]()
    for fix in fixes:
        if _is_hinted_at(fix, repaired.text, absent):
            changes = ((*match.span(), fix.replace(match[0]), fix.name) for match in _matches(fix, repaired.text))
            before, repaired = repaired, _changed(repaired, changes)
            absent = absent if repaired is before else set()
    return repair_words(repaired, word_fixes) if word_fixes else repaired


def repair_words(repaired: Repaired, word_fixes: Iterable[WordFix] = WORD_FIXES) -> Repaired:
    """Apply the fixes that words settle, all at once, to what the others made of a text."""
    return _changed(repaired, find_repairs(repaired.text, word_fixes))


def _is_hinted_at(fix: Fix, text: str, absent: set[re.Pattern[str]]) -> bool:
    """Whether a text may have a match, by its signs and its hints; those known to be `absent` are not sought again."""
    if fix.signs and not any(sign in text for sign in fix.signs):
        return False
    for hint in fix.hints:
        if hint not in absent:
            if hint.search(text):
                return True
            absent.add(hint)
    return not fix.hints


def _changed(repaired: Repaired, changes: Iterable[tuple[int, int, str, str]]) -> Repaired:
    """The text with other text in some spans, given in order, each with the fix that did it."""
    text, pieces, edits, done, length = repaired.text, list[str](), list[Edit](), 0, 0
    for start, end, replaced, name in changes:
        if replaced == text[start:end]:
            continue
        pieces += text[done:start], replaced
        length += start - done
        edits.append(Edit(start, end, length, length + len(replaced), (name,)))
        length += len(replaced)
        done = end
    if not edits:
        return repaired
    return Repaired("".join([*pieces, text[done:]]), repaired.source, tuple(_compose(repaired.edits, edits)))


def _matches(fix: Fix, text: str) -> Iterator[re.Match[str]]:
    """What the fix's pattern finds, on the lines that show what it wants; each line is searched for that once."""
    line_end, shows = -1, fix.line_shows is None
    for match in fix.pattern.finditer(text):
        if fix.line_shows is not None and match.start() > line_end:
            line_start = text.rfind("\n", 0, match.start()) + 1
            line_end = text.find("\n", match.start())
            line_end = len(text) if line_end < 0 else line_end
            shows = fix.line_shows.search(text, line_start, line_end) is not None
        if shows:
            yield match


def _compose(before: Sequence[Edit], after: Sequence[Edit]) -> list[Edit]:
    """Join the edits from source to text with those from that text to the next, into edits from source to the next."""
    if not before or not after:
        return [*before, *after]
    edits, grown_before, grown_after = list[Edit](), 0, 0
    for start, end, first, then in _overlapping(before, after):
        source_start, repaired_start = start - grown_before, start + grown_after
        names: tuple[str, ...] = ()
        for edit in first:
            grown_before += edit.growth
            names += edit.fixes
        for edit in then:
            grown_after += edit.growth
            names += edit.fixes
        edits.append(Edit(source_start, end - grown_before, repaired_start, end + grown_after, names))
    return edits


def _overlapping(before: Sequence[Edit], after: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit], list[Edit]]]:
    """Group edits that overlap in the text between: its span, the edits that made it, those that change it again.

    Edits that only touch stay apart, so that a character dropped beside another change keeps its own place.
    """
    made = [(edit.repaired_start, edit.repaired_end, 0, edit) for edit in before]
    changed = [(edit.source_start, edit.source_end, 1, edit) for edit in after]
    group_start, group_end, members = 0, 0, (list[Edit](), list[Edit]())
    for start, end, side, edit in sorted(made + changed):
        if start >= group_end:
            if any(members):
                yield group_start, group_end, *members
            group_start, group_end, members = start, end, (list[Edit](), list[Edit]())
        group_end = max(group_end, end)
        members[side].append(edit)
    if any(members):
        yield group_start, group_end, *members
