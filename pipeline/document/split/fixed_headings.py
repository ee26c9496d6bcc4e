"""What a form prints with a number, or always in the same words: known at the start of a line though damaged, inside
one if it is undamaged; and the blocks that a document opens.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise

from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import folded
from normalizers.text import bare_label, behind
from parsers.base import Entries, Form
from parsers.openers import Heading, Numbered, Sentence
from parsers.phrases import wordings_of
from pipeline.document.scan import SAME_NUMBER, LineStart, Match, Matches, best_match
from pipeline.document.split.headings import (
    HEADING_TAIL,
    LEADS,
    LONGEST,
    SHORTENED,
    SHORTEST_PLAIN,
    YEARS,
    Fixed,
    FoundHeading,
    column_words,
    head_words,
    heading_end,
    is_below_gap,
    label_words,
    own_titles,
    worded_heading,
)
from pipeline.document.table_heads import CELL_EDGES
from pipeline.model import BlockStart, PageLine
from schemas.base import Label, columns_with

SAME_BARE_NUMBER = 80
"""The score that is enough behind the declared number where that is a bare one: "1.3" tells more than "1"."""
WHOLE_LINE = 1.3
"""A heading that lacks its declared number fills its line: so many times its own length at most."""
NUMBER_LENGTH = 8
"""Characters of the longest number of two levels before a heading: "12 . 10)"."""
LEAST_REST = 0.25
"""The least share of a long heading that can stand on the next line."""
_NUMBER_CELL = re.compile(rf"[ \t*]*+{DIGIT}{{1,3}}+[ \t*]*+\|(?:[^|\n]*+\|){{3}}")
_RUN_IN = re.compile(rf"{DIGIT}(?<!{DIGIT}.)(?<!{DIGIT}[.].)(?:{DIGIT}?\s?\.\s?{DIGIT}|(?<=[:：.…] .)\.)(?!{DIGIT})")
"""A number inside a line that may belong to a heading: one of two levels, or one behind a colon or a dotted line."""
_NUMBER_BEFORE = re.compile(rf"(?<!{DIGIT})(?<!{DIGIT}[.]){DIGIT}{{1,2}}(?:\s?\.\s?{DIGIT}{{1,2}})?[.)]?[ \t]*+\Z")
_COUNT = re.compile(rf"[ \t]*+(?:[:：][ \t]*+)?({DIGIT}{{1,3}}+)(?:[ ]?/[ ]?{DIGIT}{{4}})?+(?!{DIGIT}|[/.\-]{DIGIT})")
"""The number of a label, perhaps behind a colon or with its year: ": 3/2561"."""
_EMPTY_FIRST = re.compile(r"\|[ \t]*+\|")
_COLUMN = re.compile(rf"(?:[*_]*+ *+\||(?: *+\t| {{2}})[ \t]*+(?!{DIGIT})[^\s:][^\n]*?(?:\t|  )[ \t]*+[^\s:])")
"""What shows that a numbered label is the head of a column: a bar, or a tab or wide blanks and two other cells."""
_BETWEEN = re.compile(rf"\S(?:(?:\t| {{2}})[ \t]*+(?!{DIGIT})| ?[:：] )\S")
"""What stands between two cells, or a label and its value, of which a heading has none."""
_COLON = re.compile(rf"[ \t]*+:|[ \t]++{DIGIT}{{1,4}}[/-]{DIGIT}")


@cache
def fixed_openers(form: Form) -> dict[str, tuple[tuple[int, Fixed, str], ...]]:
    """The headings with a declared number, numbered labels and sentences: block, opener, wording by folded words."""
    fixed: dict[str, tuple[tuple[int, Fixed, str], ...]] = {}
    for number, block in enumerate(form.blocks):
        for opener in block.opens:
            if isinstance(opener, Numbered | Sentence) or (isinstance(opener, Heading) and opener.number):
                for wording in wordings_of(opener):
                    fixed[folded(wording)] = (*fixed.get(folded(wording), ()), (number, opener, wording))
    return fixed


def fixed_starts(matches: Matches, line: LineStart, following: PageLine | None, form: Form) -> Iterator[BlockStart]:
    """Where fixed openers start in a line: at its start, whole or damaged, and inside it."""
    found = _fixed_at(matches, line, form)
    if found is not None and (_heads_column(matches, found, following, form) or _is_head_row(matches, line, form)):
        return
    if found is not None:
        yield _over_two_lines(matches, found, following)
    for inner in _inner_starts(matches, line, form):
        if found is None or inner.start >= found.match.end:
            inside = _fixed_at(matches, inner, form, is_inside=True)
            if inside is not None:
                yield _block_start(matches.text, inside)
            found = inside or found


def _heads_column(matches: Matches, found: FoundHeading, following: PageLine | None, form: Form) -> bool:
    """Whether a label without its number is a column's heading on a line of its own, as the next line is another's."""
    if not isinstance(found.opener, Numbered) or following is None or found.match.end < found.line.end:
        return False
    return folded(matches.text[following.start : following.end]) in column_words(form)


def _is_head_row(matches: Matches, line: LineStart, form: Form) -> bool:
    """Whether a line is a row of nothing but headings and sub-heads of a form: those of columns."""
    cells = [cell for cell in CELL_EDGES.split(matches.text[line.start : line.end]) if cell.strip()]
    return len(cells) > 1 and all(folded(cell) in head_words(form) for cell in cells)


def heads_columns_alone(matches: Matches, line: LineStart, form: Form) -> bool:
    """Whether a line is a row of nothing but heads of a form's columns."""
    cells = [cell for cell in CELL_EDGES.split(matches.text[line.start : line.end]) if cell.strip()]
    return len(cells) > 1 and all(folded(bare_label(cell)) in column_words(form) for cell in cells)


def _inner_starts(matches: Matches, line: LineStart, form: Form) -> list[LineStart]:
    """Where fixed openers may start inside a line: at numbers, and at undamaged words with the number before them."""
    return matches.judged(_starts_inside, line, form)


def _starts_inside(matches: Matches, line: LineStart, form: Form) -> list[LineStart]:
    fixed, text = fixed_openers(form), matches.text
    starts = {number.start() for number in _RUN_IN.finditer(text, line.bare + 1, line.end)}
    sound = (match.start for match in matches.undamaged(line.words + 1, line.end) if match.words in fixed)
    starts |= {_start_of_number(text, line.start, start) for start in sound}
    return [matches.line_start(start, line.end) for start in sorted(starts) if start > line.bare]


def _start_of_number(text: str, start: int, end: int) -> int:
    """Where the number begins that stands right before a place of a line; the place itself where there is none."""
    first = start + len(text[start:end].rstrip(" \t")) - NUMBER_LENGTH
    number = _NUMBER_BEFORE.search(text, max(start, first), end)
    return number.start() if number else end


@cache
def _headings_by_number(form: Form) -> dict[str, tuple[str, ...]]:
    """The folded wordings of headings by their declared number."""
    found: dict[str, tuple[str, ...]] = {}
    for words, openers in fixed_openers(form).items():
        for number in {opener.number for _, opener, _ in openers if isinstance(opener, Heading) and opener.number}:
            found[number] = (*found.get(number, ()), words)
    return found


def _fixed_at(matches: Matches, line: LineStart, form: Form, *, is_inside: bool = False) -> FoundHeading | None:
    """The fixed opener that a line, or the rest of one, begins with, if none of another block comes as close."""
    return matches.judged(_fixed_inside if is_inside else _fixed_first, line, form)


def _fixed_first(matches: Matches, line: LineStart, form: Form) -> FoundHeading | None:
    """The fixed opener that a line begins with."""
    return _fixed(matches, line, form, is_inside=False)


def _fixed_inside(matches: Matches, line: LineStart, form: Form) -> FoundHeading | None:
    """The fixed opener that the rest of a line begins with."""
    return _fixed(matches, line, form, is_inside=True)


def _fixed(matches: Matches, line: LineStart, form: Form, *, is_inside: bool) -> FoundHeading | None:
    if not (line.matches or line.number):
        return None
    fixed = fixed_openers(form)
    known = {match.words: match for match in line.matches if match.words in fixed}
    for words in _headings_by_number(form).get(line.number, ()) if line.number else ():
        if SHORTENED <= line.letters < len(words) and (match := matches.shortened(line, words)):
            known[words] = max(known.get(words, match), match, key=lambda one: one.score)
    if not known:
        return None
    ranked = [
        FoundHeading(score, block, opener, wording, line, match)
        for words, match in known.items()
        for block, opener, wording in fixed[words]
        if not (isinstance(opener, Numbered) and _is_row(matches, line, match, form))
        if (score := _fixed_score(matches, line, match, opener, label_words(form), is_inside=is_inside))
    ]
    ranked.sort(key=lambda one: (one.score, one.match.size, one.block), reverse=True)
    for best, other in pairwise(ranked[:2]):
        if best.score - other.score < best.opener.tolerance.margin and best.block != other.block:
            return None
    if ranked and ranked[0].score < 100 and best_match(line.matches, own_titles(form)):
        return None  # the title that stands on each page of some offices' reports
    whole_wordings = [one for one in ranked if _goes_on(one, ranked[0])]
    return max(whole_wordings, key=lambda one: one.match.size, default=None)


def _goes_on(one: FoundHeading, best: FoundHeading) -> bool:
    """Whether a heading is the best one, or a wording of the same block that goes on behind it."""
    return (
        one.block == best.block and one.match.words.startswith(best.match.words) and one.match.size >= best.match.size
    )


def _fixed_score(  # noqa: PLR0913 - each says one thing of where the opener may stand
    matches: Matches, line: LineStart, match: Match, opener: Fixed, labels: Collection[str], *, is_inside: bool
) -> float | None:
    """The score with what an agreeing number adds; None where the line does not begin with the opener.

    A number that the form prints before a heading may stand before one of its `labels` too.
    """
    least, margin = opener.tolerance.least, opener.tolerance.margin
    if isinstance(opener, Heading):
        if line.number == opener.number:
            needed = least - margin if is_inside else SAME_NUMBER if "." in line.number else SAME_BARE_NUMBER
            others = (one for one in line.matches if one.score >= 100 and not match.words.startswith(one.words))
            is_other = match.score < 100 and any(one.words in labels for one in others)
            return match.score + margin if match.score >= needed and not is_other else None
        is_set_apart = len(match.words) >= SHORTEST_PLAIN or line.mark not in ("plain", "bold")
        is_set_apart = is_set_apart or (
            match.words == matches.folded.between(line.words, line.end) and is_below_gap(matches.text, line)
        )
        rest = behind(HEADING_TAIL, matches.text, match.end, line.end)
        is_whole = line.letters <= WHOLE_LINE * len(match.words) or bool(YEARS.fullmatch(matches.text, rest, line.end))
        fills_line = not is_inside and is_set_apart and is_whole
        has_cells = _BETWEEN.search(matches.text, match.start, match.end) is not None
        leads = opener.may_lead and is_set_apart and not is_inside and match.score >= 100
        fits = fills_line or (leads and LEADS.match(matches.text, match.end, line.end) is not None)
        return match.score if match.score >= least and fits and not has_cells else None
    if is_inside:
        is_quoted = isinstance(opener, Numbered) and not _COLON.match(
            matches.text, behind(_COUNT, matches.text, match.end, line.end), line.end
        )
        return match.score if match.score == 100 and not is_quoted else None
    if isinstance(opener, Numbered) and _COLUMN.match(matches.text, match.end, line.end):
        return None
    if isinstance(opener, Numbered) and match.words != folded(opener.label):
        return match.score if match.score == 100 and _COUNT.match(matches.text, match.end, line.end) else None
    is_plain = not line.number or (match.score >= 100 and _counts_alike(matches.text, line, match))
    return match.score if match.score >= least and is_plain and matches.begins_alike(line.words, match.words) else None


def _counts_alike(text: str, line: LineStart, match: Match) -> bool:
    """Whether the number before a label is the one behind it, or of a part with that number."""
    count = _COUNT.match(text, match.end, line.end)
    return count is not None and whole(count[1]) == whole(line.number.rpartition(".")[2])


def _is_row(matches: Matches, line: LineStart, match: Match, form: Form) -> bool:
    """Whether a numbered label is the first cell of a row whose other cells have no labels but the table's headings.

    It is part of a row too where the first cell is empty: the row above goes on there.
    """
    text = matches.text
    if _EMPTY_FIRST.match(text, line.start, line.end) or "|" in text[match.start : match.end]:
        return True
    is_cell = text.startswith("|", line.start) and _NUMBER_CELL.match(text, match.end, line.end) is not None
    return is_cell and not any(one.words in _entry_labels(form) for one in matches.undamaged(match.end, line.end))


@cache
def _entry_labels(form: Form) -> frozenset[str]:
    """The labels inside the entries of a form, folded."""
    models = [reads.model for block in form.blocks for reads in block.readings if isinstance(reads, Entries)]
    labels = (label for model in models for label in columns_with(model, Label).values())
    return frozenset(folded(name) for label in labels for name in label.names)


def _block_start(text: str, found: FoundHeading) -> BlockStart:
    """A heading with the dots and stars behind it, a label with its number; a sentence is part of its block's text."""
    line, end = found.line, found.match.end
    if isinstance(found.opener, Numbered):
        count = _COUNT.match(text, end, line.end)
        number, end = (whole(count[1]), count.end()) if count else (None, end)
        return BlockStart(line.start, end, found.block, number, is_numbered=True, wording=found.wording)
    end = line.start if isinstance(found.opener, Sentence) else heading_end(text, end, line.end)
    return BlockStart(line.start, end, found.block, wording=found.wording)


def _over_two_lines(matches: Matches, found: FoundHeading, following: PageLine | None) -> BlockStart:
    """Where a fixed opener starts and ends: in the next line, where a long heading goes on there."""
    line, start = found.line, _block_start(matches.text, found)
    longer = (folded(one) for one in wordings_of(found.opener) if one.startswith(found.wording))
    words = max(longer, key=len, default=folded(found.wording))
    is_cut = line.letters <= (1 - LEAST_REST) * len(words)
    if not isinstance(found.opener, Heading) or not is_cut or following is None or start.end < line.end:
        return start
    if matches.text.startswith("|", following.start) and not matches.text.startswith("|", line.start):
        return start  # a row of a table
    least = SAME_NUMBER if line.number == found.opener.number else found.opener.tolerance.least
    both = matches.starting_at(line.words, following.end)
    ends = [one.end for one in both if one.words == words and one.score >= least and one.end > following.start]
    return start._replace(end=ends[0]) if ends else start


def opened_blocks(
    matches: Matches, lines: Iterable[PageLine], form: Form, *, any_number: bool = False
) -> tuple[set[int], set[int]]:
    """The blocks of a form whose headings some lines print, and those of headings that other forms print too.

    Fixed openers count where they are undamaged. `any_number`: whether they do so behind another number than the
    declared one, or behind none.
    """
    found, common = set[int](), set[int]()
    for line in (matches.lines[line.start] for line in lines):
        heading = worded_heading(matches, line, form) if line.end - line.start <= LONGEST else None
        if heading:
            is_common = isinstance(heading.opener, Heading) and heading.opener.is_common
            (common if is_common else found).add(heading.block)
        for start in (line, *_inner_starts(matches, line, form)) if fixed_openers(form) else ():
            fixed = _fixed_at(matches, start, form, is_inside=start is not line)
            if fixed is not None and (fixed.is_undamaged or (any_number and fixed.prints_its_words)):
                found.add(fixed.block)
    return found, common - found
