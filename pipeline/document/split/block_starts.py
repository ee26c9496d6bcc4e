"""Where the blocks of a form start in a document: headings in its own style, names in order, covers, the form again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import compress, islice, pairwise, zip_longest
from operator import attrgetter
from typing import Literal

from normalizers.digits import ANY_DIGIT, DIGIT, whole
from normalizers.fuzzy_match import folded
from normalizers.month_names import is_month
from normalizers.quarters import QUARTER, goes_on, is_period, is_unfinished, quarter_and_year
from normalizers.text import bare_label, behind, trimmed
from parsers import compiled
from parsers.base import Form, Grid, Labelled, SingleField, WholeText
from parsers.openers import Heading, Numbered, NumberedName, OtherHeading
from pipeline.document.scan import LETTERS, LineStart, Matches, best_match
from pipeline.document.split.fixed_headings import fixed_openers, fixed_starts, heads_columns_alone
from pipeline.document.split.heading_style import LOWER, HeadingCandidate, keep_dominant_style
from pipeline.document.split.headings import (
    HEADING_TAIL,
    LEADS,
    LONGEST,
    REMARK,
    FoundHeading,
    blocks_beginning_so,
    column_words,
    heading_end,
    heading_over_rows,
    headings_at_start,
    name_in_order,
    openers_of,
    worded_heading,
)
from pipeline.document.split.report_edges import with_edges
from pipeline.document.table_heads import grids_of, headings_of, is_head, part_headed
from pipeline.model import BlockStart, Page, PageLine
from schemas.base import Label, columns_with

LEAST_BEFORE_COLONS = 4
"""So many headings with nothing but a colon behind them make a style."""
_COLON_NEXT = re.compile(r" ?[:：]")
_LABEL_WITH_VALUE = re.compile(r"[ก-ฮเ-ไ](?:[^\s:：|0-9๐-๙]| (?! )){2,30}+ ?[:：](?=[ \t]+\S)")
MISSING_ENTRIES = 1
"""So many entries of a list may be missing before one that goes on with it."""
LONGEST_OTHER = 80
"""Characters of the longest line that is a heading which the form does not declare."""

Place = tuple[int, ...]
"""The number before a heading, level by level."""
LAST: Place = (99,)
Likeliness = Literal["surely", "perhaps", "part"]
"""How sure it is that a line is a heading of the form's, though none that it declares."""

_PART = re.compile(rf"(?:ส่วน|หมวด|ตอน)ที่[ \t]*+{DIGIT}")
"""What numbered parts begin with, whose headings have numbers of two levels."""
_NEXT_LINE = re.compile(r"[ \t]*+\r?+\n[ \t]*+")
_MARKED = re.compile(rf"[\s*_#>|\\]*+(?:#|\*\*|{DIGIT}{{1,2}}+[.)])")
_NUMBERED = re.compile(rf"[\s*_#>|\\(]*+{DIGIT}{{1,2}}+[.)]")
_RUN_IN = re.compile(rf"(?<=[ \t])(?:#{{1,4}}+ |\*\*)?+{DIGIT}{{1,2}}+[.)][ \t]")
_ANNEX_NUMBER = re.compile(rf"[ \t]*+(?:ที่|หมายเลข)?[ \t]*+(?:{DIGIT}{{1,2}}|[ก-ฉ])[.:)]?+[ \t*:]++(?=[ก-ฮเ-ไ])")
_LETTER = re.compile("[ก-ฮA-Za-z]")
_ALL_BOLD = re.compile(r"[ \t]*+\*\*[^*\n|:]+\*\*[ \t:]*+")
_BOLD = re.compile(r"(?<!\|)(?<!\| )\*\*(?=[^\s*])")
"""What bold letters begin with, those aside that head a column."""
_PART = re.compile(r"[ \t*#_|]*+(?:ส่วนที่|ตอนที่|หมวดที่|หมวด|ข้อที่|ข้อ)[ \t]?[0-9๐-๙]")
"""What heads a part with its number in words."""
_EMPTY_CELLS = re.compile(r"[ ]*+(?:\t[ ]*+){2,}+(?:\r?\n|\Z)")
"""What stands behind the first cell of a row that says nothing more."""
_COUNTED_ROW = re.compile(rf"[ ]*+(?:\|[ ]*+)?({DIGIT}{{1,3}}+)[.)]?[ ]*+[\t|][^\n\t|]*+[\t|]")
"""The number and the next cell of a row."""
_CHOICE = re.compile(r"[ \t*:：]*+(?:[☐□☑☒✓✔■]|[(\[][ \t]*+[/xX✓✔]?[ \t]*+[)\]])[^\n☐□☑☒✓✔■(\[]{1,40}+[☐□☑☒✓✔■(\[]")
"""What is to be ticked behind a label: two boxes at least."""
_COLON = re.compile(r"[:：](?=[ \t]*+\S)")
_NOTHING_MORE = re.compile(r"[ \t*:：]*+(?:\n|\r|\Z)")
_VALUE_BEHIND = re.compile(r"[ \t*]*+[:：][ \t]*+\S|(?<=[:：])[ \t]*+\S|(?<=[:：][ \t])\S")
"""What stands behind a heading that says nothing more, and behind one that is the label of a value."""
_COUNT = re.compile(rf"{DIGIT}++|(?<![ก-๛])[{LETTERS}](?![ก-๛])")
_START = attrgetter("start", "end")
_ROW_NUMBER = re.compile(rf"[ \t]*+\r?\n[ \t]*+{DIGIT}{{1,2}}[.)]?[ \t]*+\r?\n")
"""The line of nothing but a number below a line."""
_FIGURE = re.compile(rf"{DIGIT}++")
_BETWEEN_CELLS = re.compile(r"[ ]*+[|\t][ |\t]*+|[ ]{3,}+")


def block_starts(matches: Matches, pages: Sequence[Page], form: Form) -> tuple[BlockStart, ...]:
    """Every start of a block on every page, in the order of the text, none inside the one before."""
    is_styled = has_worded_headings(form) and not form.is_ordered
    found: list[BlockStart] = []
    for start in _styled(matches, pages, form) if is_styled else _in_lines(matches, pages, form):
        before = found[-1] if found else BlockStart(0, 0, 0)
        checks = (
            (_names_counted, _is_elsewhere, _is_label, _is_in_entry, _is_headed_table) if found else (_is_elsewhere,)
        )
        if found and _is_headed_table(matches, before, start, form) and not _reads_tables(form, before.block):
            found[-1] = before._replace(block=start.block)  # the heading of a text, above a table of several columns
            continue
        if any(is_none(matches, before, start, form) for is_none in checks):
            continue
        is_text = start.start == start.end and not start.is_numbered
        is_open = is_text and bool(found) and start.block == found[-1].block  # then its words say nothing new
        is_new = not is_open or (form.blocks[start.block].repeats and bool(start.wording))
        if not found or (start.start >= found[-1].end and is_new):
            found.append(start)
    found = list(with_edges(matches, pages, form, _without_others(found, form)))
    return tuple(_with_part_heads(matches, pages, found, goes_on=not is_styled))


def _with_part_heads(
    matches: Matches, pages: Sequence[Page], found: Sequence[BlockStart], *, goes_on: bool
) -> Iterator[BlockStart]:
    """The starts, each with the line right above it that heads a part: the start's own number begins with its.

    `goes_on`: or its number goes on from another start's; one with the number of a list goes on from an item's. A line
    behind hash signs heads the table below it.
    """
    text, lines = matches.text, [matches.lines[line.start] for page in pages for line in page.text_lines]
    firsts = {page.text_lines[0].start for page in pages if page.text_lines}
    opens, heads = {start.start for start in found}, dict[int, LineStart]()
    tables = {start.start for start in found if start.end == start.start and text.startswith("|", start.start)}
    before: dict[str, LineStart] = {}
    """The last line with a number of each style."""
    for line, after in pairwise(lines):
        number = _count_of(text, line)
        if number:
            style = _COUNT.sub(line.mark, text[line.start : line.words]).strip()
            last, before[style] = before.get(style), line
            is_next = last is not None and last.start in opens and number == (_count_of(text, last) or 0) + 1
            is_part = _PART.match(text, line.start) is not None and after.number.startswith(f"{line.number}.")
            is_next = is_part or (goes_on and is_next)
            is_short = line.end - line.start <= LONGEST_OTHER and not _BETWEEN_CELLS.search(text, line.words, line.end)
            is_above = after.start in opens and after.start not in firsts  # a heading goes over no page's end
            if is_next and is_short and is_above and line.start not in opens:
                heads[after.start] = line
                opens.add(line.start)
        elif line.mark == "hash" and after.start in tables and line.start not in opens:
            heads[after.start] = line
    last_end = 0
    for start in found:
        head = heads.get(start.start)
        head = head if head and head.start >= last_end else None  # the end of a heading of two lines is none
        last_end = start.end
        if head and (start.is_numbered or _PART.match(text, head.start)):
            yield from (BlockStart(head.start, head.end, start.block), start)
        else:
            end = head.end if head and start.end == start.start else start.end
            yield start._replace(start=head.start, end=end) if head else start


def _count_of(text: str, line: LineStart) -> int | None:
    """The number of one level before a line, or the place of the letter there."""
    if line.mark == "number":
        return whole(line.number) if "." not in line.number else None
    letter = _COUNT.search(text, line.start, line.words) if line.mark == "letter" else None
    return 1 + LETTERS.index(letter[0]) if letter else None


def _is_elsewhere(matches: Matches, before: BlockStart, start: BlockStart, form: Form) -> bool:
    """Whether a heading stands behind a block behind which it is none, and nothing sets it apart."""
    line, places = matches.lines.get(start.start), _places(form).get((start.block, start.wording))
    if places is None or line is None or before.block in places:
        return False
    is_cell = matches.text.startswith("|", line.start)
    return is_cell or line.mark == "plain" or (line.mark == "bold" and not matches.has_plain_lines)


@cache
def _places(form: Form) -> dict[tuple[int, str], frozenset[int]]:
    """The blocks behind which alone some headings stand, by block and wording."""
    names = [block.name for block in form.blocks]
    return {
        (block, wording): frozenset(map(names.index, opener.behind))
        for block, opener in openers_of(form, Heading)
        for wording in (opener.wordings if opener.behind else ())
    }


def _is_label(matches: Matches, before: BlockStart, start: BlockStart, form: Form) -> bool:
    """Whether a heading is a label in the table of the block above, which another line has opened: a value follows."""
    grids = [one for one in form.blocks[before.block].readings if isinstance(one, Grid)]
    words = folded(bare_label(matches.text[start.start : start.end].strip(" \t:：*|")))
    if not grids or (start.block != before.block and not any(words in headings_of(grid) for grid in grids)):
        return False
    is_whole = _NOTHING_MORE.match(matches.text, before.end) is not None and before.end > before.start
    if not is_whole:
        return False
    columns = [matches.column(place) for place in (before.start, start.start, _next_words(matches.text, start.end))]
    is_further_in = columns == sorted(set(columns))
    return is_further_in or _VALUE_BEHIND.match(matches.text, start.end) is not None


def _next_words(text: str, end: int) -> int:
    """Where the line behind the words of a line begins; where they end, if they do not fill it."""
    gap = _NEXT_LINE.match(text, end)
    return gap.end() if gap else end


def _is_in_entry(matches: Matches, before: BlockStart, start: BlockStart, _: Form) -> bool:
    """Whether a heading is the first item of a numbered block that the same block's label has opened."""
    line = matches.lines.get(start.start)
    is_same = before.block == start.block and before.number is not None and not start.is_numbered
    return is_same and start.end > start.start and line is not None and line.number == "1"


def _is_headed_table(matches: Matches, before: BlockStart, start: BlockStart, form: Form) -> bool:
    """Whether the table of a part that opens has a heading right above it, whose block it belongs to."""
    is_below = start.start == start.end and form.blocks[before.block].level == "part" and before.end > before.start
    if not is_below or matches.text[before.end : start.start].strip(" \t\r\n:*|"):
        return False
    line_end = matches.text.find("\n", start.start)
    return line_end > 0 and part_headed(matches.text[start.start : line_end].rstrip(), form) is not None


def _reads_tables(form: Form, block: int) -> bool:
    """Whether a block reads more than a text."""
    return any(not isinstance(reads, SingleField | WholeText) for reads in form.blocks[block].readings)


def _names_counted(matches: Matches, counted: BlockStart, start: BlockStart, _: Form) -> bool:
    """Whether a name in order only says what the line above it has counted."""
    is_name = start.is_numbered and start.number is None and start.block == counted.block and counted.number is not None
    return is_name and not matches.text[counted.end : start.start].strip(" \t\r\n:*")


def _without_others(found: list[BlockStart], form: Form) -> list[BlockStart]:
    """The starts without those of shorter labels, where the label itself stands or their numbers are no list.

    A list rises from 1, or from where it stands below a heading of its block; each report of a file has one.
    """
    shorter = {words for _, opener in openers_of(form, Numbered) for words in opener.shorter}
    if not any(start.wording in shorter for start in found):
        return found
    has_label = any(start.is_numbered and start.wording not in shorter for start in found)
    lists: list[tuple[bool, list[BlockStart]]] = []
    for before, start in zip([None, *found], found, strict=False) if not has_label else ():
        is_below = before is not None and before.block == start.block and before.wording not in shorter
        if start.wording in shorter and start.number is not None:
            last = lists[-1][1] if lists else []
            ahead = start.number - (last[-1].number or 0) if last else 0
            if (ahead == 1 or (len(last) > 1 and ahead == 1 + MISSING_ENTRIES)) and not is_below:
                lists[-1][1].append(start)
            elif start.number == 1 or is_below:
                lists.append((is_below, [start]))
    kept = {start for is_below, one in lists if is_below or len(one) > 1 for start in one}
    return [start for start in found if start.wording not in shorter or start in kept]


@cache
def has_worded_headings(form: Form) -> bool:
    """Whether headings of a form are known by their wording alone."""
    return any(opener.number is None for _, opener in openers_of(form, Heading))


def _in_lines(matches: Matches, pages: Sequence[Page], form: Form) -> Iterator[BlockStart]:
    """The heading, or the name in order, that fills a line, or else what opens anywhere in it."""
    has_worded, has_fixed = has_worded_headings(form), bool(fixed_openers(form))
    run_in = _run_in_places(matches, form) if has_worded else []
    for page in pages:
        lines = page.text_lines
        for above, line, following in zip((None, *lines), lines, (*lines[1:], None), strict=False):
            start = matches.lines[line.start]
            places = run_in[bisect_right(run_in, start.words) : bisect_right(run_in, start.end)]
            inside = list(_inside_line(matches, start, places, following, form)) if places else []
            if inside:
                start = matches.line_start(*trimmed(matches.text, line.start, inside[0].start))
            if has_worded and (found := _at_line(matches, start, None if inside else following, form)):
                yield found
            elif has_fixed:
                in_brackets = _in_brackets(matches, start, form)
                yield from [in_brackets] if in_brackets else fixed_starts(matches, start, following, form)
            yield from inside
            yield from _at_table(matches, above, line, form)


def _at_table(matches: Matches, above: PageLine | None, line: PageLine, form: Form) -> Iterator[BlockStart]:
    """The block that a line opens which is the head of a table."""
    printed = matches.text[line.start : line.end]
    if (part := part_headed(printed, form)) is not None:
        yield BlockStart(line.start, line.start, part)
    for block, grid in grids_of(form):
        if is_head(printed, grid):
            caption = above and _caption(matches, matches.lines[above.start])
            yield BlockStart(*(caption or (line.start, line.start)), block)


def _in_brackets(matches: Matches, line: LineStart, form: Form) -> BlockStart | None:
    """The block that a line opens whose numbered label stands in brackets behind a month: "January 2022 (report 4)"."""
    text = matches.text
    if not text.endswith(")", line.start, line.end):
        return None
    for block, opener in openers_of(form, Numbered):
        label = compiled(rf"\({re.escape(opener.label)}[ \t]?({DIGIT}{{1,3}})\)")
        found = label.search(text, line.words, line.end)
        month = text[line.words : found.start()].removeprefix("ประจำ").removeprefix("เดือน") if found else ""
        if found and found.end() == line.end and is_month(month):
            return BlockStart(line.start, line.end, block, whole(found[1]), is_numbered=True, wording=opener.label)
    return None


def _caption(matches: Matches, line: LineStart) -> tuple[int, int] | None:
    """The line right above the head of a table, where a number or other letters set it apart as a heading."""
    is_short = line.end - line.start <= LONGEST_OTHER and not _BETWEEN_CELLS.search(matches.text, line.words, line.end)
    return (line.start, line.end) if is_short and line.mark != "plain" else None


def _run_in_places(matches: Matches, form: Form) -> list[int]:
    """Where headings, and names in order, may have been run together with the text before them, in order.

    They stand in bold letters of their own, or are undamaged with a period behind them.
    """
    text, words = matches.text, _words_with_period(form)
    places = {bold.end() for bold in _BOLD.finditer(text)}
    phrases = matches.undamaged(0, len(text)) if words else ()
    places |= {match.start for match in phrases if match.words in words and text.endswith(" ", 0, match.start)}
    return sorted(places)


def _inside_line(
    matches: Matches, line: LineStart, places: Sequence[int], following: PageLine | None, form: Form
) -> Iterator[BlockStart]:
    """The headings, and names in order, that begin at some places inside a line."""
    for place in (place for place in places if _LETTER.search(matches.text, line.words, place)):
        found = _at_line(matches, matches.line_start(place, line.end), following, form)
        if found and (found.number or not found.is_numbered):
            yield found


@cache
def _words_with_period(form: Form) -> frozenset[str]:
    """The folded words of headings that print a period."""
    return frozenset(
        folded(words)
        for _, opener in openers_of(form, Heading)
        if opener.has_period and not (opener.is_set_apart or opener.is_common)
        for words in opener.wordings
    )


def _at_line(matches: Matches, line: LineStart, following: PageLine | None, form: Form) -> BlockStart | None:
    """The heading, or the name in order, that a line begins with; a period behind it may go on in the next line."""
    is_number = line.number and line.words >= line.end and following
    if is_number and following and _is_next(matches.text, line.end, following):
        line = matches.line_start(line.start, following.end)
    found = worded_heading(matches, line, form, matches.lines[following.start] if following else None)
    is_cut = found is None and following and is_unfinished(matches.text, line.start, line.end)
    if is_cut and following and _is_next(matches.text, line.end, following):
        line = matches.line_start(line.start, following.end)
        found = worded_heading(matches, line, form)
    if found and not _heads_columns(matches, found, form) and not heads_columns_alone(matches, line, form):
        return _start_of(matches, found, following, form)
    for block, opener in openers_of(form, NumberedName):
        if name := name_in_order(matches, line, opener):
            number, begin = name
            return BlockStart(line.start, begin, block, number, is_numbered=True)
    return None


def _heads_columns(matches: Matches, found: FoundHeading, form: Form) -> bool:
    """Whether a heading is the first cell of a row, and another cell of it says a heading too."""
    end = found.line.end
    cells = [match.end() for match in _BETWEEN_CELLS.finditer(matches.text, found.match.end, end)]
    others = (worded_heading(matches, matches.line_start(start, end), form) for start in cells if start < end)
    return len(cells) > 1 and any(other is not None for other in others)


def _start_of(matches: Matches, found: FoundHeading, following: PageLine | None, form: Form) -> BlockStart:
    """Where a heading starts and ends, with the period and the last words that belong to it."""
    text, line, words_end = matches.text, found.line, found.match.end
    bar = text.find("|", words_end, line.end)
    stop = bar if bar >= 0 else line.end
    colon = _COLON.search(text, words_end, stop) if found.has_period else None
    if colon and quarter_and_year(text[line.start : colon.start()])[0]:
        stop = colon.start()  # what stands behind is told of the quarter
    has_period = found.has_period and stop - line.start <= LONGEST and not _leads_text(text, words_end, stop)
    period_end = stop if has_period else words_end
    end = heading_end(text, period_end, line.end)
    if end == line.end and following and _is_next(text, line.end, following):
        is_wrapped = found.has_period and goes_on(text[words_end:end], text[following.start : following.end])
        end = following.end if is_wrapped or _has_last_words(matches, found, following, form) else end
    return BlockStart(line.start, line.start if found.is_text else end, found.block, wording=found.wording)


def _leads_text(text: str, words_end: int, stop: int) -> bool:
    """Whether something else than a quarter or a year stands behind a heading and what parts the two."""
    leads = LEADS.match(text, words_end, stop)
    rest = text[leads.end() : stop].strip() if leads else ""
    return bool(rest) and not is_period(rest) and QUARTER.search(rest) is None


def _has_last_words(matches: Matches, found: FoundHeading, following: PageLine, form: Form) -> bool:
    """Whether the next line is the end of the heading whose first words a line prints."""
    whole = _over_lines(matches, found.line.start, following.end, form)
    is_same = whole is not None and (whole.block, whole.opener) == (found.block, found.opener)
    if whole is None or not is_same:
        return False
    is_longer = whole.has_period and whole.score >= found.score and whole.match.size > found.match.size
    return is_longer or (whole.is_whole and whole.score > found.score)


def _over_lines(matches: Matches, start: int, end: int, form: Form) -> FoundHeading | None:
    """The heading in two lines, where they are no longer than one."""
    return worded_heading(matches, matches.line_start(start, end), form) if end - start <= LONGEST else None


def _is_next(text: str, end: int, following: PageLine) -> bool:
    """Whether no blank line parts two lines, and the second has no number of its own."""
    is_next = _NEXT_LINE.fullmatch(text, end, following.start) is not None
    return is_next and not _NUMBERED.match(text, following.start, following.end)


def _styled(matches: Matches, pages: Sequence[Page], form: Form) -> Iterator[BlockStart]:
    """The headings in the document's own style."""
    lines = [line for page in pages for line in page.text_lines]
    found = [one for line, after in zip_longest(lines, lines[1:]) for one in _candidates(matches, line, after, form)]
    counted = _counted_on(matches, lines)
    found = [one._replace(is_counted=one.heading.line.start in counted) for one in found]
    kept = [one.heading for one in compress(found, keep_dominant_style(found))]
    opened = {heading.block for heading in kept}
    starts: list[BlockStart] = []
    known_lines = {heading.line.start for heading in kept}
    for block, _ in openers_of(form, OtherHeading):
        others = _other_headings(matches, lines, kept, _front_labels(form))
        for line, likeliness in (one for one in others if one[0].start not in known_lines):
            known = _other_start(matches, line, form, opened) if likeliness != "part" else None
            other = [BlockStart(line.start, line.end, block)] if likeliness != "perhaps" else []
            starts += [known] if known else other
    starts += _back_to_whole(matches, lines, kept)
    for heading in kept:
        start, stop = heading.line.start, heading.line.end
        end = start if heading.is_text else behind(HEADING_TAIL, matches.text, heading.match.end, stop)
        is_remark = REMARK.fullmatch(matches.text, end, stop) and not ANY_DIGIT.search(matches.text, end, stop)
        end = stop if is_remark and end > start else end
        starts.append(BlockStart(start, end, heading.block, wording=heading.wording))
        starts += [BlockStart(*heading.rest, heading.block, wording=heading.wording)] if heading.rest else []
    yield from sorted(starts, key=_START)


def _counted_on(matches: Matches, lines: Sequence[PageLine]) -> set[int]:
    """Where lines begin with the number that comes behind that of the numbered line above."""
    starts = (matches.lines[line.start] for line in lines)
    numbered = [(line.start, number) for line in starts if (number := whole(line.number))]
    return {start for (_, before), (start, number) in pairwise(numbered) if number == before + 1}


def _other_headings(
    matches: Matches, lines: Sequence[PageLine], kept: Sequence[FoundHeading], labels: Collection[str]
) -> Iterator[tuple[LineStart, Likeliness]]:
    """The lines between two headings that have the numbers or letters between theirs, or as many hash signs as both.

    Bold ones between bold headings are perhaps other headings, for so are heads within a part.
    Behind the last heading a number is perhaps an item's, before the first a label's; so it is anywhere where the
    number before it is an item's of the same list. What begins a part of several headings is none of them, nor is one
    of the `labels` of the first block.
    """
    text, found = matches.text, [one.line for one in kept if not one.is_text]
    usual = 1 + (2 * sum("." in line.number for line in found) > len(found))
    first = _place(text, found[0]) if found else None
    if first and len(first) == usual == 1:
        above = [matches.lines[line.start] for line in lines if line.start < found[0].start]
        places = [(line, _place(text, line)) for line in above if line.end - line.start <= LONGEST_OTHER]
        yield from (
            (line, "perhaps")
            for line in _between_places(places, (0,), first)
            if best_match(line.matches[:1], labels) is None
        )
    yield from ((line, "surely") for line in _before_colons(matches, lines, kept))
    for before, after in zip_longest(found, found[1:]):
        edges = (before.end, after.start if after else len(text))
        inside = lines[slice(*(bisect_left(lines, edge, key=lambda line: line.start) for edge in edges))]
        between = [matches.lines[line.start] for line in inside if line.end - line.start <= LONGEST_OTHER]
        if before.mark == "hash" and after and after.mark == "hash":
            hashes = _hashes(matches, before)
            same = (line for line in between if hashes == _hashes(matches, line) == _hashes(matches, after))
            yield from ((line, "surely") for line in same)
        elif before.mark == "bold" and (after is None or after.mark == "bold"):
            yield from ((line, "perhaps") for line in between if _ALL_BOLD.fullmatch(text, line.start, line.end))
        elif (low := _place(text, before)) and len(low) == usual and (high := _place(text, after) if after else LAST):
            same_kind = [line for line in between if (line.mark == "letter") is (before.mark == "letter")]
            for line in _between_places([(line, _place(text, line)) for line in same_kind], low, high):
                yield line, "surely" if after else "perhaps"
            if len(low) == LOWER:
                parts = (line for line in between if _PART.match(text, line.bare, line.end))
                yield from ((line, "part") for line in parts if "." not in line.number)


def _before_colons(matches: Matches, lines: Sequence[PageLine], kept: Sequence[FoundHeading]) -> Iterator[LineStart]:
    """What stands before a colon at the begin of a line, where all headings do, and nothing else sets them apart."""
    text, headed = matches.text, [one for one in kept if not one.is_text]
    are_before = all(one.line.mark == "plain" and _COLON_NEXT.match(text, one.match.end) for one in headed)
    columns = {matches.column(one.line.start) for one in headed}
    if len(headed) < LEAST_BEFORE_COLONS or not are_before or len(columns) > 1:
        return
    known = {one.line.start for one in headed}
    for line in lines:
        label = _LABEL_WITH_VALUE.match(text, line.start, line.end)
        if label and line.start > min(known) and line.start not in known and matches.column(line.start) in columns:
            yield matches.lines[line.start]._replace(end=label.end())


def _back_to_whole(matches: Matches, lines: Sequence[PageLine], kept: Sequence[FoundHeading]) -> Iterator[BlockStart]:
    """Where a part in parts goes on behind one of them that is another block: "10.2" behind the block of "10.1"."""
    wholes: dict[Place, int] = {}
    for i, heading in enumerate(kept):
        place, after = (
            _place(matches.text, heading.line),
            next((one for one in kept[i:] if one.block != heading.block), None),
        )
        if place and len(place) == LOWER and wholes.get(place[:1], heading.block) != heading.block:
            edges = (heading.line.end, after.line.start if after else len(matches.text))
            inside = lines[slice(*(bisect_left(lines, edge, key=lambda line: line.start) for edge in edges))]
            starts = (matches.lines[line.start] for line in inside)
            following = (one.start for one in starts if _place(matches.text, one) == (place[0], place[1] + 1))
            yield from (BlockStart(start, start, wholes[place[:1]]) for start in islice(following, 1))
        elif place:
            wholes[place] = heading.block


def _hashes(matches: Matches, line: LineStart) -> int:
    """How many hash signs stand before the words of a line."""
    return matches.text.count("#", line.start, line.words)


def _between_places(lines: Sequence[tuple[LineStart, Place | None]], low: Place, high: Place) -> Iterator[LineStart]:
    """The lines whose numbers go on from one heading's to another's, and from no item's."""
    item: Place = ()
    for line, place in lines:
        following = {(*low[:-1], low[-1] + 1), *([(low[0] + 1, 1)] if len(low) == LOWER else [])}
        if place in following and place < high and item != low:
            yield line
            low, item = place, ()
        else:
            item = place or item


def _place(text: str, line: LineStart) -> Place | None:
    """The number before a line, level by level, or the place in the alphabet of the letter there."""
    if line.mark == "letter":
        return (LETTERS.index(text[line.bare : line.words].lstrip("(")[0]) + 1,)
    numbers = [whole(number) for number in line.number.split(".")]
    return tuple(number for number in numbers if number) if line.number and all(numbers) else None


def _other_start(matches: Matches, line: LineStart, form: Form, opened: Collection[int]) -> BlockStart | None:
    """The block that a heading opens which begins as a declared one: with all its words, or as no other block's does.

    One that stands elsewhere opens none again; of what the line says, figures are text.
    """
    text, ranked = matches.text, headings_at_start(line, form)
    found = next((one for one in ranked if one.block not in opened), None)
    if found is None:
        first_words = blocks_beginning_so(matches.folded.between(line.words, line.end), form) - set(opened)
        return BlockStart(line.start, line.end, min(first_words)) if len(first_words) == 1 else None
    is_all = not ANY_DIGIT.search(text, found.match.end, line.end) and ":" not in text[found.match.end : line.end]
    return BlockStart(line.start, line.end if is_all else found.match.end, found.block, wording=found.wording)


def _candidates(matches: Matches, line: PageLine, after: PageLine | None, form: Form) -> Iterator[HeadingCandidate]:
    """Where a line may be a heading: at its start, over its end, or behind the text of the line before it."""
    text = matches.text
    found = worded_heading(matches, matches.lines[line.start], form)
    is_label = found is not None and found.block == 0 and (bool(found.line.number) or found.is_whole)
    is_label = is_label or (found is not None and _CHOICE.match(text, found.match.end, line.end) is not None)
    if is_label or (found and found.is_whole and _is_last_head(text, line, form)):
        return  # the first block opens with a label, and a label has a value behind it
    if _is_counted_row(text, line.start) or (_EMPTY_CELLS.match(text, line.end) and _is_row_above(text, line.start)):
        return  # a row of a table that counts its rows, or whose other cells are empty
    yield from (_candidate(text, one, form) for one in _at_start(matches, line, after, found, form))
    for match in _RUN_IN.finditer(text, line.start + 1, line.end):
        inner = worded_heading(matches, matches.line_start(match.start(), line.end), form)
        if inner is not None and inner.is_whole:
            yield _candidate(text, inner, form)


def _at_start(
    matches: Matches, line: PageLine, after: PageLine | None, found: FoundHeading | None, form: Form
) -> Iterator[FoundHeading]:
    """The heading that a line begins with, or that its end, or its first cell, has the first words of."""
    following = matches.lines[after.start] if after else None
    if over_rows := heading_over_rows(matches, matches.lines[line.start], following, form):
        yield over_rows
    elif found:
        inside = _behind_number(matches, found, form)
        yield from (found, inside) if inside else (found,)
    elif after is not None and _MARKED.match(matches.text, line.start, line.end):
        over_lines = (
            _over_lines(matches, line.start, after.end, form) if _is_next(matches.text, line.end, after) else None
        )
        if over_lines is not None and over_lines.is_whole and over_lines.match.end > line.end:
            yield over_lines


def _is_last_head(text: str, line: PageLine, form: Form) -> bool:
    """Whether a line is the last head of a table with one cell a line: another stands above it, a number below."""
    if not _ROW_NUMBER.match(text, line.end) or text.find("\n", line.start, line.end) >= 0:
        return False
    above_end = text.rfind("\n", 0, line.start)
    above = text[text.rfind("\n", 0, max(above_end, 0)) + 1 : max(above_end, 0)]
    return folded(bare_label(above)) in column_words(form)


def _is_counted_row(text: str, start: int) -> bool:
    """Whether a line is the row of a table, and the line above the row with the number before."""
    begin = text.rfind("\n", 0, start) + 1
    here, above = _COUNTED_ROW.match(text, begin), _COUNTED_ROW.match(text, text.rfind("\n", 0, max(begin - 1, 0)) + 1)
    return here is not None and above is not None and whole(here[1]) == (whole(above[1]) or 0) + 1


def _is_row_above(text: str, start: int) -> bool:
    """Whether the line above ends in empty cells, or has cells."""
    end = text.rfind("\n", 0, start)
    return text.count("\t", text.rfind("\n", 0, max(end, 0)) + 1, max(end, 0)) > 1


def _behind_number(matches: Matches, found: FoundHeading, form: Form) -> FoundHeading | None:
    """The heading that an annex says behind its number: "Annex 1 Budget"."""
    number = _ANNEX_NUMBER.match(matches.text, found.match.end, found.line.end)
    if number is None or not form.blocks[found.block].is_attached:
        return None
    inner = worded_heading(matches, matches.line_start(number.end(), found.line.end), form)
    return inner._replace(line=found.line) if inner and inner.is_whole and inner.block else None


def _candidate(text: str, found: FoundHeading, form: Form) -> HeadingCandidate:
    """What may be a heading, with what tells whether it is."""
    start = found.line.start
    in_cell = text[start] == "|" or "\t" in text[text.rfind("\n", 0, start) + 1 : start]
    words = folded(text[found.match.start : found.match.end])
    number = _FIGURE.sub(_script, text[found.line.bare : found.line.words].strip(" *_#"))
    return HeadingCandidate(found, in_cell, words in _front_labels(form), words, number)


def _script(figure: re.Match[str]) -> str:
    """One figure for all of those of its script."""
    return "0" if figure[0].isascii() else "๐"


@cache
def _front_labels(form: Form) -> frozenset[str]:
    """The labels of a form's first block, as they are compared."""
    models = [reads.model for reads in form.blocks[0].readings if isinstance(reads, Labelled)]
    labels = (label for model in models for label in columns_with(model, Label).values())
    return frozenset(folded(name) for label in labels for name in label.names)
