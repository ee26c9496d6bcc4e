"""Printed labels in a passage: found whole or damaged, before a colon, glued to their value, or run into one line.

A label is sought where labels stand: first at the start of a line, then anywhere in its undamaged form, then damaged
just before a colon or an equals sign. Within one block each label is taken once, for a value may quote the label.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.look_alikes import end_of, folded, places_of
from normalizers.text import compact
from pipeline.document.likeness import CLOSE, LEAST, MARGIN, alike, alike_at_end, wording

Names = Mapping[str, tuple[str, ...]]
Declared = tuple[tuple[str, tuple[str, ...]], ...]
"""The same as pairs."""
HEAD = 90
REST = 65
"""How alike the line must go on to the rest of a label that begins with another label."""
LONG = 8
"""Letters that a damaged label must have to be believed where nothing but a blank parts it from the text before."""
FOLLOWED = 12
"""What a separator behind a label adds to its likeness: it tells "ประเด็น… :" from a longer label that begins so."""

_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_AFTER = re.compile(r"[ \t.,;*\\_\u2026]*+(?:\s*+(?=[:：]))?(?:[:=：|]+[ \t.,;*\\_\u2026]*+)*+")
_BEHIND = " \t\n.*:=：|"
_SEPARATOR = re.compile(r"[:=：|]")
_BLANK = re.compile(r"(?<=\S)[ \t]++(?=[^\s0-9๐-๙])")
_LINE = re.compile(r"\S[^\n]*+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: what it names, where it stands, where its value begins, how alike it is to the declared one."""

    key: str
    start: int
    end: int
    value_start: int
    score: float


def find_labels(text: str, names: Names, *, begin_lines: Collection[str] = ()) -> tuple[Hit, ...]:
    """The labels in a passage, each once, in the order of the text; those of `begin_lines` only at a line's start."""
    return _found(text, tuple(names.items()), frozenset(begin_lines))


@lru_cache(maxsize=512)
def _found(text: str, declared: Declared, begin_lines: frozenset[str]) -> tuple[Hit, ...]:
    """Remembered, for the copies of a report print the same."""
    names = dict(declared)
    hits: dict[str, Hit] = {}
    for step in (_at_line_starts, _undamaged, _before_separators, _at_blanks, _glued):
        inside = step is not _at_line_starts
        left = {key: forms for key, forms in names.items() if key not in hits and not (inside and key in begin_lines)}
        for hit in step(text, left, names) if left else ():
            if hit.key not in hits and not any(
                hit.start < other.value_start and other.start < hit.end for other in hits.values()
            ):
                hits[hit.key] = hit
    return tuple(sorted(hits.values(), key=lambda hit: hit.start))


def hit_at(text: str, key: str, start: int, end: int, score: float) -> Hit:
    """A hit with its separators, dots and Markdown taken off the value."""
    after = _AFTER.match(text, end)
    return Hit(key, start, end, after.end() if after else end, score)


def _at_line_starts(text: str, _left: Names, names: Names) -> Iterator[Hit]:
    """Labels that lines begin with, those before a separator first: what is left of a heading has none."""
    starts = (_DECORATION.match(text, line.start()) for line in _LINE.finditer(text))
    hits = [hit for start in starts if start and (hit := _at(text, start.end(), names))]
    yield from sorted(hits, key=lambda hit: (not _is_followed(text, hit.end), hit.start))


def _at(text: str, start: int, names: Names, *, least: int = 1) -> Hit | None:
    """The label that begins at a place, of so many folded letters at least; no label goes over a separator."""
    separator = _SEPARATOR.search(text, start, start + HEAD)
    printed = folded(text[start : separator.start() if separator else start + HEAD])
    best = _best_label(text, start, printed, names)
    if best is None or best[1] < least:
        return None
    key, size, score = best
    return hit_at(text, key, start, end_of(text, start, size), score)


def _is_followed(text: str, end: int) -> bool:
    after = _AFTER.match(text, end)
    return bool(after and _SEPARATOR.search(text, end, after.end()))


def _best_label(text: str, start: int, printed: str, names: Names) -> tuple[str, int, float] | None:
    """The label that a line begins with, where it is close to one and clearly closer than to the others."""
    ranked = sorted(_ranked(text, start, printed, names), reverse=True)
    if not ranked:
        return None
    best = max((_longer(ranked[0], other, printed) for other in ranked), key=lambda found: len(found.form))
    rivals = [other for other in ranked if other.key != best.key and other.rivals(best)]
    if best.score < CLOSE or any(best.margin(rival) < MARGIN for rival in rivals):
        return None
    return best.key, best.size, best.score


class _Ranked(NamedTuple):
    """A declared label against the start of a line; `lead` ranks it, `size` is what it takes of the line."""

    lead: float
    form: str
    key: str
    size: int
    score: float
    as_printed: float
    is_bounded: bool
    """Whether a blank or a separator stands behind it, so that no value is glued to it."""

    def rivals(self, best: "_Ranked") -> bool:
        """Whether the line may be this label instead: not where one begins the other or it ends inside a word."""
        is_beginning = best.form.startswith(self.form) or self.form.startswith(best.form)
        return not is_beginning and (self.is_bounded or self.size >= best.size)

    def margin(self, other: "_Ranked") -> float:
        """How much closer than another label: folded, or letter by letter where folding makes the two alike."""
        followed = self.lead - other.lead - (self.score + self.as_printed - other.score - other.as_printed) / 2
        return max(self.score - other.score, self.as_printed - other.as_printed) + followed


def _ranked(text: str, start: int, printed: str, names: Names) -> Iterator[_Ranked]:
    phrases, keys, compacted = _phrases(tuple(names.items()))
    for score, size, place in alike(printed, phrases):
        end = end_of(text, start, size)
        is_followed = _is_followed(text, end)
        is_bounded = is_followed or not text[end : end + 1].strip(_BEHIND)
        as_printed = fuzz.ratio(compact(text[start:end]), compacted[place])
        lead = (score + as_printed) / 2 + (FOLLOWED if is_followed else 0)
        yield _Ranked(lead, phrases[place], keys[place], size, score, as_printed, is_bounded)


@lru_cache(maxsize=64)
def _phrases(names: Declared) -> tuple[tuple[str, ...], ...]:
    """Every name as it is compared, the key of each, and the name letter by letter."""
    declared = [(wording(name), key, compact(name)) for key, forms in names for name in forms]
    return tuple(zip(*declared, strict=True)) if declared else ((), (), ())


def _longer(one: _Ranked, other: _Ranked, printed: str) -> _Ranked:
    """The longer of two labels of which one begins the other, where the line goes on as the longer one does."""
    rest = other.form[len(one.form) :]
    if not rest or not other.form.startswith(one.form) or other.score < CLOSE:
        return one
    needed = REST if other.is_bounded else 100
    return other if fuzz.ratio(printed[one.size : other.size], rest) >= needed else one


def _undamaged(text: str, left: Names, _names: Names) -> Iterator[Hit]:
    """Labels inside a line with a blank or a separator behind them, those with a separator first."""
    hits = [hit for hit in _glued(text, left, _names) if not text[hit.end : hit.end + 1].strip(_BEHIND)]
    yield from sorted(hits, key=lambda hit: not _is_followed(text, hit.end))


def _glued(text: str, left: Names, _names: Names) -> Iterator[Hit]:
    """Labels inside a line whatever stands behind them, longer ones first."""
    found = [
        hit_at(text, key, match.start(), match.end(), 100.0)
        for key, forms in left.items()
        for form in forms
        for match in _spaced(form).finditer(text)
    ]
    yield from sorted(found, key=lambda hit: (hit.start - hit.end, hit.start))


@lru_cache(maxsize=1024)
def _spaced(form: str) -> re.Pattern[str]:
    """A label with blanks and dots where a reader may have put some."""
    return re.compile(r"[ \t.]*+".join(map(re.escape, compact(form))))


def _at_blanks(text: str, left: Names, names: Names) -> Iterator[Hit]:
    """Damaged labels that two printed columns or a lost line end left inside a line, without a separator."""
    for blank in _BLANK.finditer(text):
        hit = _at(text, blank.end(), names, least=LONG)
        if hit and hit.key in left:
            yield hit


def _before_separators(text: str, left: Names, names: Names) -> Iterator[Hit]:
    phrases, keys, _ = _phrases(tuple(names.items()))
    for separator in _SEPARATOR.finditer(text):
        begin = max(text.rfind("\n", 0, separator.start()) + 1, separator.start() - HEAD)
        near = alike_at_end(folded(text[begin : separator.start()]), phrases, LEAST)
        ranked = sorted(((score, size, keys[place]) for score, size, place in near), reverse=True)
        if not ranked or ranked[0][0] < CLOSE or ranked[0][2] not in left:
            continue
        score, size, key = ranked[0]
        rivals = [other[0] for other in ranked if other[2] != key]
        if not rivals or score - rivals[0] >= MARGIN:
            yield hit_at(text, key, begin + places_of(text[begin : separator.start()])[-size], separator.start(), score)
