"""Where the labels of a form stand in a text, whole or damaged, and where their values begin and end.

A label is sought where labels stand: first at the start of a line, then anywhere in its undamaged form, then damaged
just before a colon or an equals sign, then behind a blank. Each is taken once, for a value may quote the label.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.digits import ANY_DIGIT, DIGIT
from normalizers.fuzzy_match import CLOSE, MARGIN, NO_MARKS, folded
from normalizers.text import bare_label, compact
from parsers import forms
from parsers.phrases import phrases_of
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.scan import Match
from pipeline.model import Span

HEAD = 90
"""Characters in which a label ends."""
REST = 65
"""How alike the line must go on to the rest of a label that begins with another label."""
LONG = 8
"""Letters that a damaged label must have to be believed where nothing but a blank parts it from the text before."""
FOLLOWED = 12
"""What a separator behind a label adds to its score: it tells "ประเด็น… :" from a longer label that begins so."""
PIECE = 3
"""Letters of a piece of a label."""
DAMAGED = 60
"""How alike the word behind a figure must be to the printed one; nothing else stands in that place of the form."""
_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_NUMBER = rf"(?:\(?(?:{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+|[ก-ฮ])[.)]|{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})++(?= ))"
MARKS_OF_LINE = re.compile(rf"\n[ \t*_#>|\\•·\-–]*+(?:{_NUMBER}[ \t*_]*+)?")
"""What may stand on a line before a label."""
_SHORT_LABEL = re.compile(
    r"(?P<words>(?:[^\s:：=|0-9๐-๙(*.…]|\.(?!\.)| (?! |[-–] |[0-9๐-๙:：=|(]))++)(?: ?\([^()\n]{1,12}\))?_*+\**+"
    r"(?: *+[:：=|\t]|  | [-–](?= )|(?<=\*\*)|\.{3}|…| (?=[0-9๐-๙])| ?\Z)"
)
"""Words that are a line, or that a separator parts from the rest of it, or that a figure follows."""
_PERIOD = re.compile(r"(?<![ \t])[ \t]*+(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]*+\Z")
"""The quarter that a label prints, whose number follows."""
_PART_EDGE = re.compile(r"บาท[ \t,/*]*+|[ \t]/[ \t]++|\t++| {2,}+")
"""Where a line may go on with another label."""
_UNIT = r"(?:[ \t]?\((?:หน่วย[ \t]*+:?[ \t]*+)?(?:บาท|ร้อยละ|%)\)(?=[*\\]*+ *+(?:[|:=\t\n]|\Z)))?+"
_SIGNS = r"[ \t.,;*\\_\u2026]*+"
_DASH = r"(?:(?<=[ \t])[-–—][ \t]++(?!บาท)(?=\S))?+"
_CLOSED = r"(?:\.?\)(?=[ \t]*+[|:=\t]))?+"
_QUARTER = (
    rf"(?:[ \t]*+(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]*+{DIGIT}(?!{DIGIT})"
    rf"(?:[ \t]?/[ \t]?{DIGIT}{{4}})?(?:(?= {{2}}|\t)|[ \t]*+(?=[:：=|])))?+"
)
AFTER_LABEL = re.compile(rf"{_CLOSED}{_QUARTER}{_UNIT}{_SIGNS}(?:\s{{0,80}}+(?=[:：]))?(?:[:=：|]+{_SIGNS})*+{_DASH}")
_BEHIND = " \t\n.*:=：|"
SEPARATOR = re.compile(r"[:=：|]")
_BLANK = re.compile(r"(?<=\S)[ \t]++(?=[^\s0-9๐-๙])")
_FIGURE = re.compile(rf"[ \t]*+{DIGIT}[0-9๐-๙.,]*+-?")
_NEXT_PART = re.compile(r"(?:\t| {2})[ \t]*+[ก-ฮเ-ไ]{3}")
"""What says something else behind a figure."""
_THAI = re.compile("[ก-๛]")
_WORD = re.compile(r"[ \t]*+([^\s0-9๐-๙:=|]{1,8}+)")


class KnownLabels(NamedTuple):
    """What each label stands for, with the name that the form prints, by its folded words; and all these words."""

    by_words: Mapping[str, tuple[tuple[str, str], ...]]
    words: frozenset[str]


class ShorterLabels(NamedTuple):
    """What may stand alone before a separator in place of labels: by folded words, and by patterns of bare ones."""

    known: KnownLabels
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def of(self, printed: str) -> tuple[tuple[str, str], ...]:
        """The labels that some words are, each with its key."""
        if found := self.known.by_words.get(folded(printed)):
            return found
        bare = bare_label(printed) if self.patterns else ""
        return tuple((key, printed) for key, pattern in self.patterns if pattern.fullmatch(bare))[:1] if bare else ()


class FoundLabel(NamedTuple):
    """A label: what it stands for, the declared name, where it stands, where its value begins, how alike it is."""

    key: str
    name: str
    start: int
    end: int
    value_start: int
    score: float


def end_of_value(joined: JoinedText, span: Span, sign: str | None) -> Span:
    """Where the value ends, and where the text goes on behind its sign; a damaged sign is no part of the value."""
    start, end = span
    if sign is None:
        return end, end
    if match := _with_words(sign).search(joined.text, start, end):
        return match.end(), match.end()
    figure = _FIGURE.match(joined.text, start, end)
    if figure and _NEXT_PART.match(joined.text, figure.end(), end):
        return figure.end(), figure.end()
    word = _WORD.match(joined.text, figure.end(), end) if figure else None
    if figure and word and fuzz.ratio(folded(word[1]), folded(sign)) >= DAMAGED:
        return figure.end(), word.end()
    return end, end


@cache
def _with_words(sign: str) -> re.Pattern[str]:
    """The sign with blanks anywhere, and behind it the same amount in words."""
    words = r"[ \t]*+".join(map(re.escape, sign))
    return re.compile(rf"{words}(?:[ \t]*+ถ้วน)?(?:[ \t]*+\([^()\n]{{0,160}}{words}[^()\n]{{0,40}}\))?")


def find_labels(
    joined: JoinedText,
    names: Mapping[str, tuple[str, ...]],
    *,
    begin_lines: Collection[str] = (),
    shorter: ShorterLabels | None = None,
) -> list[FoundLabel]:
    """The labels in a block, each once, in the order of the text; those of `begin_lines` only where a line, or part of
    one between wide blanks, begins; `shorter` ones only where they are all that a line says before a separator.
    """
    found: dict[str, FoundLabel] = {}
    known = known_labels(tuple(names.items()))
    possible = set(names)
    for step in ("sound_line_start", "alone", "line_start", "undamaged", "before_separator", "at_blank", "glued"):
        inside = step not in ("sound_line_start", "alone", "line_start")
        if step == "before_separator":
            possible = {key for key in names if any(_may_stand(joined.folded.letters, name) for name in names[key])}
        left = {key for key in possible if key not in found}
        if not left:
            continue
        for label in _alone(joined, shorter) if step == "alone" else _STEPS[step](joined, known):
            is_apart = all(label.start >= one.value_start or one.start >= label.end for one in found.values())
            is_apart = is_apart and not (inside and label.key in begin_lines and not _begins_part(joined.text, label))
            if label.key in left and label.key not in found and is_apart:
                found[label.key] = label
    return sorted(found.values(), key=lambda label: label.start)


def _begins_part(text: str, label: FoundLabel) -> bool:
    """Whether wide blanks stand before a label, and a colon or blanks behind it."""
    return text.endswith(("   ", "\t"), 0, label.start) and text.startswith((":", " :", "  ", "\t"), label.end)


def _may_stand(letters: str, name: str) -> bool:
    """Whether half of the pieces of a label stand somewhere in folded letters: a damaged one keeps as many."""
    pieces = _pieces(name)
    return 2 * sum(piece in letters for piece in pieces) >= len(pieces)


@cache
def _pieces(name: str) -> tuple[str, ...]:
    words = folded(name)
    return tuple(words[start : start + PIECE] for start in range(0, len(words) - PIECE + 1, PIECE))


@cache
def known_labels(names: tuple[tuple[str, tuple[str, ...]], ...]) -> KnownLabels:
    """The labels of a reading, made ready to be found."""
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, wordings in names:
        for name in wordings:
            known[folded(name)] = (*known.get(folded(name), ()), (key, name))
    return KnownLabels(known, frozenset(known))


def _label(joined: JoinedText, key: str, name: str, match: Match) -> FoundLabel:
    """A label with its separators, dots and Markdown taken off the value."""
    return FoundLabel(key, name, match.start, match.end, joined.behind(AFTER_LABEL, match.end), match.score)


def _at_line_starts(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels that lines begin with, those before a separator first: what is left of a heading has none."""
    starts = (joined.behind(_DECORATION, *line) for line in joined.lines())
    labels = [label for start in starts if (label := _starting(joined, start, known))]
    yield from sorted(labels, key=lambda label: (not is_followed(joined, label.end), label.start))


def _sound_at_line_starts(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """The undamaged ones of the labels that lines begin with."""
    return (label for label in _at_line_starts(joined, known) if label.score >= 100)


def _alone(joined: JoinedText, known: ShorterLabels | None) -> Iterator[FoundLabel]:
    """Labels that are all that a line says before a separator, or at all; those with a separator first."""
    yield from sorted(_saying(joined, known), key=lambda label: not is_followed(joined, label.end))


def _saying(joined: JoinedText, known: ShorterLabels | None) -> Iterator[FoundLabel]:
    for start, end in joined.lines() if known else ():
        first = joined.behind(MARKS_OF_LINE, start - 1) if start else joined.behind(_DECORATION, start)
        for place in (first, *(edge.end() for edge in _PART_EDGE.finditer(joined.text, first, end))):
            if words := _SHORT_LABEL.match(joined.text, place, min(end, place + HEAD)):
                behind = words.end("words")
                found = known.of(words["words"]) if known else ()
                if known and not found and ANY_DIGIT.search(joined.text, start, first):  # there one blank is enough
                    behind = place + len(words["words"].partition(" ")[0])
                    found = known.of(joined.text[place:behind])
                if known and not found and (period := _PERIOD.search(words["words"])):
                    behind = place + period.start()
                    found = known.of(joined.text[place:behind])
                for key, name in found:
                    yield FoundLabel(key, name, place, behind, joined.behind(AFTER_LABEL, behind), 100.0)


def _undamaged(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line with a blank or a separator behind them, those with a separator first."""
    labels = [label for label in _glued(joined, known) if not joined.text[label.end : label.end + 1].strip(_BEHIND)]
    yield from sorted(labels, key=lambda label: not is_followed(joined, label.end))


def _before_separators(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels just before a separator."""
    for separator in SEPARATOR.finditer(joined.text):
        begin = max(joined.text.rfind("\n", 0, separator.start()) + 1, separator.start() - HEAD)
        label = label_before(joined, (begin, separator.start()), known)
        if label and (label.score >= 100 or not _THAI.match(joined.text, max(0, label.start - 1), label.start)):
            value_start = joined.behind(AFTER_LABEL, separator.start())
            yield label._replace(end=separator.start(), value_start=value_start)


def _at_blanks(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels that two printed columns or a lost line end left inside a line, without a separator."""
    for blank in _BLANK.finditer(joined.text):
        if label := _starting(joined, blank.end(), known, least=LONG):
            yield label


def _glued(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line whatever stands behind them, longer ones first."""
    yield from sorted(undamaged_labels(joined, known), key=lambda label: (label.start - label.end, label.start))


_STEPS: Mapping[str, Callable[[JoinedText, KnownLabels], Iterator[FoundLabel]]] = {
    "sound_line_start": _sound_at_line_starts,
    "line_start": _at_line_starts,
    "undamaged": _undamaged,
    "before_separator": _before_separators,
    "at_blank": _at_blanks,
    "glued": _glued,
}
"""Where labels are sought, the surest places first."""


def undamaged_labels(joined: JoinedText, known: KnownLabels) -> list[FoundLabel]:
    """Labels as printed, anywhere in a line."""
    return [
        _label(joined, key, name, match)
        for match in joined.undamaged()
        for key, name in known.by_words.get(match.words, ())
        if match.score == 100 and _is_printed(joined.text[match.start : match.end], name)
    ]


def _is_printed(raw: str, name: str) -> bool:
    """Whether letters are those of a label as declared, blanks aside, and marks above them that engines lose."""
    return raw == name or _consonants(raw) == _consonants(name)


@lru_cache(maxsize=1024)
def _consonants(text: str) -> str:
    """A text without blanks, Markdown, and the marks above and below its letters."""
    return compact(text).translate(NO_MARKS)


class _Ranked(NamedTuple):
    """A declared label against the start of a line, folded and as printed."""

    match: Match
    key: str
    name: str
    as_printed: float
    is_followed: bool
    is_bounded: bool
    """Whether a blank or a separator stands behind it, so that no value is glued to it."""

    def lead(self) -> float:
        """What ranks it among others."""
        return (self.match.score + self.as_printed) / 2 + FOLLOWED * self.is_followed

    def rivals(self, best: "_Ranked") -> bool:
        """Whether the line may be this label instead: not where one begins the other or it ends inside a word."""
        one, other = self.match.words, best.match.words
        is_beginning = one.startswith(other) or other.startswith(one)
        return self.key != best.key and not is_beginning and (self.is_bounded or self.match.size >= best.match.size)

    def margin(self, other: "_Ranked") -> float:
        """How much closer than another label: folded, or letter by letter where folding makes the two alike."""
        closer = max(self.match.score - other.match.score, self.as_printed - other.as_printed)
        return closer + FOLLOWED * (self.is_followed - other.is_followed)


def _starting(joined: JoinedText, start: int, known: KnownLabels, *, least: int = 1) -> FoundLabel | None:
    """The label that begins at a place, if it is clearly closer than the others; none goes over a separator."""
    separator = SEPARATOR.search(joined.text, start, start + HEAD)
    stop = separator.start() if separator else min(start + HEAD, len(joined.text))
    ranked = [
        _rank(joined, match, key, name)
        for match in joined.starting_at(start, stop, among=known.words)
        if match.score >= CLOSE - MARGIN
        for key, name in known.by_words.get(match.words, ())
    ]
    if not ranked:
        return None
    first = max(ranked, key=lambda one: (one.lead(), one.match.words, one.key))
    best = max((_longer(joined, first, one) for one in ranked), key=lambda one: len(one.match.words))
    is_sure = all(best.margin(one) >= MARGIN for one in ranked if one.rivals(best))
    is_label = best.match.score >= CLOSE and is_sure and best.match.size >= least
    is_label = is_label and (best.match.score >= 100 or joined.begins_alike(best.match))
    if separator and is_label and best.match.score < 100 and folded(joined.text[start:stop]) in headings_of_all():
        return None
    return _label(joined, best.key, best.name, best.match) if is_label else None


@cache
def headings_of_all() -> frozenset[str]:
    """What the headings of all forms say, folded."""
    return frozenset(
        folded(one.words) for form in forms() for one in phrases_of(form) if one.role in ("heading", "common")
    )


def _rank(joined: JoinedText, match: Match, key: str, name: str) -> _Ranked:
    has_sign = is_followed(joined, match.end)
    is_bounded = has_sign or not joined.text[match.end : match.end + 1].strip(_BEHIND)
    raw = joined.text[match.start : match.end]
    as_printed = 100.0 if raw == name else fuzz.ratio(compact(raw), compact(name))
    return _Ranked(match, key, name, as_printed, has_sign, is_bounded)


def is_followed(joined: JoinedText, end: int) -> bool:
    """Whether a separator stands behind a label."""
    return SEPARATOR.search(joined.text, end, joined.behind(AFTER_LABEL, end)) is not None


def _longer(joined: JoinedText, one: _Ranked, other: _Ranked) -> _Ranked:
    """The longer of two labels of which one begins the other, where the line goes on as the longer one does."""
    rest = other.match.words[len(one.match.words) :]
    if not rest or not other.match.words.startswith(one.match.words) or other.match.score < CLOSE:
        return one
    goes_on = fuzz.ratio(folded(joined.text[one.match.end : other.match.end]), rest)
    return other if goes_on >= (REST if other.is_bounded else 100) else one


def label_before(
    joined: JoinedText, stretch: Span, known: KnownLabels, *, likelier: Collection[str] = ()
) -> FoundLabel | None:
    """The label that a stretch ends with, if no other comes as close; those of `likelier` keys have a lead."""
    ranked = sorted(
        (
            (match.score + (MARGIN if key in likelier else 0), match.size, key, name, match)
            for match in joined.ending_at(stretch[1], stretch[0], known.words)
            for key, name in known.by_words.get(match.words, ())
        ),
        reverse=True,
    )
    if not ranked:
        return None
    lead, _, key, name, match = ranked[0]
    is_close = lead >= CLOSE and match.score >= CLOSE - MARGIN
    is_sure = all(lead - other[0] >= MARGIN for other in ranked if other[2] != key)
    return _label(joined, key, name, match) if is_close and is_sure else None
