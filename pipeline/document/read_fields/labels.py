"""Printed labels in a block: whole or damaged, before a colon, glued to their value, or run into one line.

A label is sought where labels stand: first at the start of a line, then anywhere in its undamaged form, then damaged
just before a colon or an equals sign, then behind a blank. Each is taken once, for a value may quote the label.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.fuzzy_match import CLOSE, MARGIN
from normalizers.look_alikes import folded
from normalizers.text import compact
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.scan import Match
from pipeline.model import Span

Names = Mapping[str, tuple[str, ...]]
"""What a label stands for, with the names that the form prints for it."""
HEAD = 90
"""Characters in which a label ends."""
REST = 65
"""How alike the line must go on to the rest of a label that begins with another label."""
LONG = 8
"""Letters that a damaged label must have to be believed where nothing but a blank parts it from the text before."""
FOLLOWED = 12
"""What a separator behind a label adds to its score: it tells "ประเด็น… :" from a longer label that begins so."""

_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_AFTER = re.compile(r"[ \t.,;*\\_\u2026]*+(?:\s*+(?=[:：]))?(?:[:=：|]+[ \t.,;*\\_\u2026]*+)*+")
_BEHIND = " \t\n.*:=：|"
_SEPARATOR = re.compile(r"[:=：|]")
_BLANK = re.compile(r"(?<=\S)[ \t]++(?=[^\s0-9๐-๙])")


class FoundLabel(NamedTuple):
    """A label: what it stands for, the declared name, where it stands, where its value begins, how alike it is."""

    key: str
    name: str
    start: int
    end: int
    value_start: int
    score: float


def find_labels(joined: JoinedText, names: Names, *, begin_lines: Collection[str] = ()) -> list[FoundLabel]:
    """The labels in a block, each once, in the order of the text; those of `begin_lines` only at a line's start."""
    found: dict[str, FoundLabel] = {}
    known = known_labels(tuple(names.items()))
    for step in (_at_line_starts, _undamaged, _before_separators, _at_blanks, _glued):
        inside = step is not _at_line_starts
        left = {key for key in names if key not in found and not (inside and key in begin_lines)}
        for label in step(joined, known) if left else ():
            is_apart = all(label.start >= one.value_start or one.start >= label.end for one in found.values())
            if label.key in left and label.key not in found and is_apart:
                found[label.key] = label
    return sorted(found.values(), key=lambda label: label.start)


KnownLabels = Mapping[str, tuple[tuple[str, str], ...]]
"""The keys and names of labels by their folded words."""


@cache
def known_labels(names: tuple[tuple[str, tuple[str, ...]], ...]) -> KnownLabels:
    """The labels of a reading, made ready to be found."""
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, forms in names:
        for name in forms:
            known[folded(name)] = (*known.get(folded(name), ()), (key, name))
    return known


def _label(text: str, key: str, name: str, match: Match) -> FoundLabel:
    """A label with its separators, dots and Markdown taken off the value."""
    after = _AFTER.match(text, match.end)
    return FoundLabel(key, name, match.start, match.end, after.end() if after else match.end, match.score)


def _at_line_starts(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels that lines begin with, those before a separator first: what is left of a heading has none."""
    starts = (_DECORATION.match(joined.text, *line) for line in joined.lines())
    labels = [label for start in starts if start and (label := _starting(joined, start.end(), known))]
    yield from sorted(labels, key=lambda label: (not _is_followed(joined.text, label.end), label.start))


def _starting(joined: JoinedText, start: int, known: KnownLabels, *, least: int = 1) -> FoundLabel | None:
    """The label that begins at a place, of so many letters at least; no label goes over a separator."""
    separator = _SEPARATOR.search(joined.text, start, start + HEAD)
    stop = separator.start() if separator else min(start + HEAD, len(joined.text))
    ranked = [
        _rank(joined.text, match, key, name)
        for match in joined.starting_at(start, stop)
        if match.score >= CLOSE - MARGIN
        for key, name in known.get(match.words, ())
    ]
    best = _best(joined.text, ranked)
    return _label(joined.text, best.key, best.name, best.match) if best and best.match.size >= least else None


class _Ranked(NamedTuple):
    """A declared label against the start of a line; `lead` ranks it."""

    lead: float
    match: Match
    key: str
    name: str
    as_printed: float
    is_bounded: bool
    """Whether a blank or a separator stands behind it, so that no value is glued to it."""

    def rivals(self, best: "_Ranked") -> bool:
        """Whether the line may be this label instead: not where one begins the other or it ends inside a word."""
        one, other = self.match.words, best.match.words
        is_beginning = one.startswith(other) or other.startswith(one)
        return self.key != best.key and not is_beginning and (self.is_bounded or self.match.size >= best.match.size)

    def margin(self, other: "_Ranked") -> float:
        """How much closer than another label: folded, or letter by letter where folding makes the two alike."""
        here, there = self.match.score, other.match.score
        followed = self.lead - other.lead - (here + self.as_printed - there - other.as_printed) / 2
        return max(here - there, self.as_printed - other.as_printed) + followed


def _rank(text: str, match: Match, key: str, name: str) -> _Ranked:
    is_followed = _is_followed(text, match.end)
    is_bounded = is_followed or not text[match.end : match.end + 1].strip(_BEHIND)
    as_printed = fuzz.ratio(compact(text[match.start : match.end]), compact(name))
    lead = (match.score + as_printed) / 2 + (FOLLOWED if is_followed else 0)
    return _Ranked(lead, match, key, name, as_printed, is_bounded)


def _is_followed(text: str, end: int) -> bool:
    """Whether a separator stands behind a label."""
    after = _AFTER.match(text, end)
    return bool(after and _SEPARATOR.search(text, end, after.end()))


def _best(text: str, ranked: list[_Ranked]) -> _Ranked | None:
    """The label that a line begins with, where it is close to one and clearly closer than to the others."""
    if not ranked:
        return None
    first = max(ranked, key=lambda one: (one.lead, one.match.words, one.key))
    best = max((_longer(text, first, one) for one in ranked), key=lambda one: len(one.match.words))
    is_sure = all(best.margin(one) >= MARGIN for one in ranked if one.rivals(best))
    return best if best.match.score >= CLOSE and is_sure else None


def _longer(text: str, one: _Ranked, other: _Ranked) -> _Ranked:
    """The longer of two labels of which one begins the other, where the line goes on as the longer one does."""
    rest = other.match.words[len(one.match.words) :]
    if not rest or not other.match.words.startswith(one.match.words) or other.match.score < CLOSE:
        return one
    goes_on = fuzz.ratio(folded(text[one.match.end : other.match.end]), rest)
    return other if goes_on >= (REST if other.is_bounded else 100) else one


def undamaged_labels(joined: JoinedText, known: KnownLabels) -> list[FoundLabel]:
    """Labels as printed, anywhere in a line."""
    return [
        _label(joined.text, key, name, match)
        for match in joined.undamaged()
        for key, name in known.get(match.words, ())
        if match.is_as_printed(joined.text, name)
    ]


def _undamaged(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line with a blank or a separator behind them, those with a separator first."""
    labels = [label for label in _glued(joined, known) if not joined.text[label.end : label.end + 1].strip(_BEHIND)]
    yield from sorted(labels, key=lambda label: not _is_followed(joined.text, label.end))


def _glued(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line whatever stands behind them, longer ones first."""
    yield from sorted(undamaged_labels(joined, known), key=lambda label: (label.start - label.end, label.start))


def _at_blanks(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels that two printed columns or a lost line end left inside a line, without a separator."""
    for blank in _BLANK.finditer(joined.text):
        if label := _starting(joined, blank.end(), known, least=LONG):
            yield label


def _before_separators(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels just before a separator."""
    for separator in _SEPARATOR.finditer(joined.text):
        begin = max(joined.text.rfind("\n", 0, separator.start()) + 1, separator.start() - HEAD)
        if label := label_before(joined, (begin, separator.start()), known):
            after = _AFTER.match(joined.text, separator.start())
            yield label._replace(end=separator.start(), value_start=after.end() if after else separator.start())


def label_before(
    joined: JoinedText, stretch: Span, known: KnownLabels, *, likelier: Collection[str] = ()
) -> FoundLabel | None:
    """The label that a stretch ends with, if no other comes as close; those of `likelier` keys have a lead."""
    ranked = sorted(
        (
            (match.score + (MARGIN if key in likelier else 0), match.size, key, name, match)
            for match in joined.ending_at(stretch[1], stretch[0])
            for key, name in known.get(match.words, ())
        ),
        reverse=True,
    )
    lead, _, key, name, match = ranked[0] if ranked else (0.0, 0, "", "", None)
    is_close = match is not None and lead >= CLOSE and match.score >= CLOSE - MARGIN
    if match is None or not is_close or any(lead - other[0] < MARGIN for other in ranked if other[2] != key):
        return None
    return _label(joined.text, key, name, match)
