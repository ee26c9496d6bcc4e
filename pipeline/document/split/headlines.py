"""Headings known by their wording alone: a line that is one, whole or damaged, whatever number stands before it.

The same headings come back in every project of a report, so a line that was judged once is remembered.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.digits import DIGIT, whole
from normalizers.look_alikes import end_of, folded
from parsers.base import Form, Labelled
from parsers.openers import Headline, NumberedName
from pipeline.document.likeness import CLOSE, MARGIN, SLACK, Lot, begun_by, lots_of, prefix_likeness, wording
from pipeline.document.split.line_starts import Mark, beginning, mark_of, number_of
from pipeline.document.split.period_words import LONGEST_PERIOD, is_period
from schemas.base import Label, StartsWith, columns_with

LONGEST = 170
"""Characters of the longest line that can be a heading, its period included."""
MOST_KNOWN = 8192
"""Lines that are remembered for a form, about; a worker forgets them all and goes on, for it may read an archive."""
REMNANT = 3
"""So few folded letters left behind a heading are its own damaged end."""
SHORTEST_TITLE = 10
"""Folded letters of the first words of a title that part it from a heading that begins so."""
LONG = 20
"""Folded letters of a heading so long that a sentence on the same line is none that begins with the same words."""

_DAMAGED_NUMBER = re.compile(r"[^\sก-๛]{1,4}+[ \t]++|[^\sก-\N{THAI CHARACTER YAMAKKAN}]{1,4}+[.,)][ \t]*+")
_TAIL = re.compile(r"[ \t.:：*\\_#|…-]*+")
_LEADS = re.compile(r"[*\\_]*+(?:[ \t]*+[:：|]|\t|[ \t]{2})|[*_]{2}|\)?+[ \t]*+[.…_]{3}")
_CAN_LEAD = re.compile(rf"[:：\t|]|[ \t]{{2}}|[.…_]{{3}}|^[\s*#>(]*+{DIGIT}")
_ANY_DIGIT = re.compile(DIGIT)


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in a line: which block and opener, where its words begin and end, and how alike they are."""

    block: int
    opener: int
    start: int
    end: int
    score: float
    mark: Mark
    number: str
    """The printed number in Arabic digits, empty where there is none."""
    is_whole: bool
    """Whether nothing follows on the line."""


_NONE = Headline(())


class _Declared(NamedTuple):
    """One wording of a heading, and how many folded letters the longest plain line has that is it."""

    block: int
    place: int
    opener: Headline
    words: str
    longest: int


@cache
def _declared(form: Form) -> tuple[_Declared, ...]:
    """The wordings of a form's headings, and those of its labels and titles, which are none (block -1)."""
    headings = [
        _declare(block, place, opener, wording(words))
        for block, declared in enumerate(form.blocks)
        for place, opener in enumerate(declared.opens)
        if isinstance(opener, Headline)
        for words in opener.wordings
    ]
    models = [reads.model for block in form.blocks for reads in block.readings if isinstance(reads, Labelled)]
    labels = {name for model in models for label in columns_with(model, Label).values() for name in label.names}
    known = {declared.words for declared in headings}
    soles = {words for model in models for sole in columns_with(model, StartsWith).values() for words in sole.words}
    titles = {words for words in map(wording, soles) if len(words) >= SHORTEST_TITLE}
    return (
        *headings,
        *(_declare(-1, 0, _NONE, name) for name in sorted(set(map(wording, labels)) - known)),
        *(_declare(-1, 0, _NONE, words)._replace(longest=LONGEST) for words in sorted(titles - known)),
    )


def _declare(block: int, place: int, opener: Headline, words: str) -> _Declared:
    spare = LONGEST_PERIOD if opener.has_period else REMNANT
    return _Declared(block, place, opener, words, len(words) + spare + SLACK)


@cache
def _lots(form: Form, *, can_lead: bool) -> tuple[tuple[int, Lot], ...]:
    """The wordings in lots, each with the length of the longest plain line that one of them may be.

    `can_lead`: whether the line shows what parts a heading from the text that it leads.
    """
    places: dict[bool, list[int]] = {True: [], False: []}
    for place, (_, _, opener, _, _) in enumerate(_declared(form)):
        places[opener.begins_sentence or (opener.may_lead and can_lead)].append(place)
    return tuple(
        (LONGEST if goes_on else max(_declared(form)[place].longest for place in lot.places), lot)
        for goes_on, some in places.items()
        for lot in lots_of({place: _declared(form)[place].words for place in some}, CLOSE - MARGIN)
    )


class _Line(NamedTuple):
    """A line as it is compared: where the words behind its marks and its number begin, and these words folded."""

    said: str
    start: int
    begin: int
    number: re.Match[str] | None
    words: str
    is_marked: bool
    can_lead: bool


def _line_of(said: str) -> _Line:
    start, number = beginning(said)
    begin = number.end() if number else start
    words, is_marked = folded(said[begin : begin + LONGEST]), "#" in said[:begin] or "**" in said
    return _Line(said, start, begin, number, words, is_marked, _CAN_LEAD.search(said) is not None)


def headline_in(said: str, form: Form) -> Found | None:
    """The heading that a line is or begins with."""
    known = _known(form)
    if said not in known:
        judge((said,), form)
    return known[said]


@cache
def _known(_form: Form) -> dict[str, Found | None]:
    """What lines were found to be: an archive prints the same headings over and over."""
    return {}


def judge(lines: Iterable[str], form: Form) -> None:
    """Find the headings in many lines at once, in half the time; `headline_in` then knows them."""
    known = _known(form)
    if len(known) > MOST_KNOWN:
        known.clear()
    new = [_line_of(said) for said in islice(dict.fromkeys(lines), MOST_KNOWN) if said not in known]
    for line, places in zip(new, _near(new, form), strict=True):
        known[line.said] = _found(line, sorted(places), form) if places else None


def _near(lines: Sequence[_Line], form: Form) -> list[list[int]]:
    """For each line the places of the declared wordings that it may begin with."""
    found: list[list[int]] = [[] for _ in lines]
    for can_lead in (False, True):
        some = [number for number, line in enumerate(lines) if line.can_lead == can_lead]
        for longest, lot in _lots(form, can_lead=can_lead):
            here = [number for number in some if lines[number].is_marked or len(lines[number].words) <= longest]
            for number, place in begun_by([lines[number].words for number in here], lot):
                found[here[number]].append(place)
    return found


def _found(line: _Line, places: Sequence[int], form: Form) -> Found | None:
    said, start, begin, number, *_ = line
    best = _best(line, places, form)
    if best is None or best.block < 0:
        return None
    opener = form.blocks[best.block].opens[best.opener]
    end = end_of(said, begin, best.size)
    if not isinstance(opener, Headline) or not _ends_there(said, (start, end), opener, has_number=number is not None):
        return None
    tail = _TAIL.match(said, end)
    is_whole = (tail.end() if tail else end) >= len(said)
    score, printed = min(100.0, best.closeness), number_of(number)
    return Found(best.block, best.opener, begin, end, score, mark_of(said, start, printed), printed, is_whole)


class _Ranked(NamedTuple):
    """A declared heading that a line may be, with how close it comes to being the whole line."""

    closeness: float
    size: int
    declared: str
    block: int
    opener: int


def _best(line: _Line, places: Sequence[int], form: Form) -> _Ranked | None:
    """The heading that a line comes closest to, if no heading of another block comes as close."""
    words, is_marked, can_lead = line.words, line.is_marked, line.can_lead
    ranked: list[_Ranked] = []
    for block, place, opener, declared, longest in map(_declared(form).__getitem__, places):
        may_go_on = is_marked or opener.begins_sentence or (opener.may_lead and can_lead)
        if len(words) > longest and not may_go_on:
            continue
        score, size = prefix_likeness(words, declared)
        if score >= CLOSE - MARGIN:
            rest = 0 if opener.has_period or opener.may_lead else len(words) - size
            ranked.append(_Ranked(score - min(rest, MARGIN), size, declared, block, place))
    if not ranked:
        return None
    best = max(ranked, key=lambda one: (one.closeness, one.size))
    longer = [
        one
        for one in ranked
        if one.declared.startswith(best.declared)
        and (one.block != best.block or (one.closeness >= CLOSE and len(words) - one.size <= REMNANT))
    ]
    best = max(longer, key=lambda one: one.size, default=best)
    rivals = [one for one in ranked if one.block != best.block and not best.declared.startswith(one.declared)]
    is_sure = all(best.closeness - one.closeness >= MARGIN / 2 for one in rivals)
    return best if best.closeness >= CLOSE - REMNANT and is_sure else None


def _ends_there(said: str, span: tuple[int, int], opener: Headline, *, has_number: bool) -> bool:
    """Whether the heading's words are the line, or what follows can stand behind a heading."""
    start, end = span
    tail = _TAIL.match(said, end)
    rest = said[tail.end() if tail else end :]
    left = len(folded(rest))
    if left <= REMNANT and not _ANY_DIGIT.search(rest):
        return True
    if opener.has_period and left <= LONGEST_PERIOD and is_period(rest):
        return True
    leads = _LEADS.match(said, end)
    if opener.may_lead and (leads or ((has_number or opener.begins_sentence) and said[end : end + 1] in " \t")):
        return True
    is_marked = "#" in said[:start] or ("**" in said[:start] and said.startswith("**", end))
    return is_marked and bool(leads or said[end : end + 1] == " ")


def ordered_in(said: str, word: str) -> tuple[int | None, int] | None:
    """The number of a name in order, None where none can be read, and where the name begins; None where it is none.

    >>> [ordered_in(said, "โครงการ") for said in ("## ๑๒. โครงการอ่านออก", "๓.๑๐ โครงการ ก", "กิจกรรม")]
    [(12, 7), (10, 5), None]
    """
    start, number = beginning(said)
    printed = number or _DAMAGED_NUMBER.match(said, start)
    begin = printed.end() if printed else start
    words = folded(said[begin : begin + 2 * len(word)])
    score, _size = prefix_likeness(words, wording(word))
    if score < CLOSE:
        return None
    return whole(number_of(number).rpartition(".")[2]), begin


@cache
def ordered_openers(form: Form) -> tuple[tuple[int, NumberedName], ...]:
    """The blocks that names in order open."""
    return tuple(
        (block, opener)
        for block, declared in enumerate(form.blocks)
        for opener in declared.opens
        if isinstance(opener, NumberedName)
    )


def likeness_of_lines(one: str, other: str) -> float:
    """How alike two lines are as an OCR engine sees them, 0-100."""
    return fuzz.ratio(folded(one), folded(other))
