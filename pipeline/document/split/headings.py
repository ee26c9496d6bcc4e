"""Which declared heading a line is, among the phrases that it begins with: by wording, number and what stands behind.

Rules over matches, and nothing else: `scan` has compared the letters. A heading without a declared number is known by
its wording and fills its line, or leads its block's text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeVar

from normalizers.digits import ANY_DIGIT, DIGIT, whole
from normalizers.fuzzy_match import SLACK, folded
from normalizers.quarters import LONGEST_PERIOD, is_period, is_unfinished, quarter_and_year
from normalizers.text import behind, trimmed
from parsers.base import Form, Labelled
from parsers.openers import Heading, Numbered, NumberedName, Opener, Sentence
from parsers.phrases import heading_key, phrases_of, words_of
from pipeline.document.scan import ALIKE, LineStart, Match, Matches, best_match
from schemas.base import Label, StartsWith, columns_with
from schemas.documents import DocumentRow

LONGEST = 170
"""Characters of the longest line that is a heading, its period included."""
TITLE_LINES = 3
"""First lines of a document, of which one may be its title."""
REMNANT = 3
"""So few letters left behind a heading are its own damaged end."""
SHORTEST_TITLE = 10
"""Letters of the first words of a title that part it from a heading that begins so."""
SHORTEST_PLAIN = 8
"""Letters of the shortest heading that is one without its number, unless another or a hash sign stands before it."""
SHORTENED = 6
"""Letters that a heading must have left where a page prints only its first words."""

FULL = 0.8
"""The share of a full line from which on a line may have been wrapped."""
BEFORE_REMARK = 40
"""Characters of other words before brackets that say a heading."""
LONGEST_BOLD, LONG_HEADING = 100, 12
"""Characters of the longest bold line that is a heading, and letters of one that may go on with other words."""

_GOES_ON = re.compile(
    rf"(?:{DIGIT}|และ|หรือ|ของ|ที่|การ|ความ|ด้าน|ตาม|จาก|ให้|มี|เป็น|จำนวน|ต่อ|ใน|ละ|แต่ละ|ทุก|เพื่อ|โดย|กับ|แก่"
    r"|จึง|จะ|ซึ่ง|ได้|ไม่)[ \t]*+\Z"
)
"""What a line ends with that goes on in the next one."""
_PERIOD_ABOVE = re.compile(rf"(?:ที่|ไตรมาส|พ\.ศ\.|ประมาณ) ?{DIGIT}{{1,4}}[ \t]*+\Z")
"""What a heading of a period ends with."""

_ALL_BOLD = re.compile(r"[ \t#]*+\*\*[^*\n|]+\*\*[ \t]*+")
GAP = 20
"""Characters in which the blank line above a line stands."""
_GAP_ABOVE = re.compile(r"\n[ \t\r]*+\n[ \t\r]*+\Z")
_QUARTER_REMARK = re.compile(
    rf"[ \t]?\([ \t]?(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]?{DIGIT}(?:[ \t]?/[ \t]?{DIGIT}{{4}})?[ \t]?\)(?=[ \t]*+[:：])"
)
"""The quarter in brackets between a heading and its colon."""
_OTHER_CELL = re.compile(r"[ \t*]*+\|[^|\n]*[^|\n \t-][^|\n]*\|[ \t]*+")
"""What stands behind the first cell in a row of two."""
_COUNT_BEHIND = re.compile(rf"[ \t]*+{DIGIT}{{1,3}}(?!{DIGIT})")
"""The number behind the words that count a block."""
_UNIT = re.compile(r"\((?:หน่วย(?:นับ)?[ \t]*+:?[ \t]*+)?(?:ล้าน|พัน)?บาท\)[\s*_:.]*+")
"""The unit of the figures below a heading."""
_NAMED_PERSON = re.compile(r"\)?(?:นาย|นาง|ว่าที่)")
_DAMAGED_NUMBER = re.compile(r"[^\sก-๛]{1,4}+[ \t]++|[^\sก-\N{THAI CHARACTER YAMAKKAN}]{1,4}+[.,)][ \t]*+")
_TAIL = re.compile(r"[ \t.:：*\\_#|…-]*+")
LEADS = re.compile(r"[*\\_]*+(?:[ \t]*+[:：|]|\t|[ \t]{2})|[*_]{2}|\)?+[ \t]*+[.…_]{3}")
YEARS = re.compile(rf"\(?(?:พ\.? ?ศ\.? ?)?{DIGIT}{{4}} ?[-–] ?(?:พ\.? ?ศ\.? ?)?{DIGIT}{{4}}\)?[\s*_:.]*+")
"""The years of a plan behind the heading that names it."""
REMARK = re.compile(r"\([^()\n]{1,60}\)[\s*_:.]*+")
"""What may stand in brackets behind a heading; where it has no figures, it is part of the heading."""
_LAST_REMARK = re.compile(rf"{REMARK.pattern}\Z")
_LABELLED = re.compile(r":[ \t]*+\S")
"""A line that says something behind its label."""
_FIRST_CELL = re.compile(r"(?:[^\s:|]| (?![ \t]))++")
_BARS = re.compile(r"[ \t|]*+")
_ROW = re.compile(rf"[ \t]*+{DIGIT}{{1,2}}(?:[ \t]*+\||\t| {{3,}}+)")
_LETTERS = re.compile("[ก-ฮเ-ไA-Za-z]{2}")
"""What no dash or dot is."""
_BESIDE = re.compile(r"[ \t]{3,}+(\S[^\n]*?)(?:[ \t]{3}|$)", re.MULTILINE)
"""What wide blanks part from what stands before it."""
_CAN_LEAD = re.compile(rf"[:：\t|]|[ \t]{{2}}|[.…_]{{3}}|^[\s*#>(]*+{DIGIT}")
HEADING_TAIL = re.compile(r"[ \t.:*\\_]*+")
"""The dots, the stars and the colon behind a heading."""
_LABEL_EDGE = re.compile(r"\S ?[:：] \S")


OpenerKind = TypeVar("OpenerKind", bound=Opener)


Fixed = Heading | Numbered | Sentence


class FoundHeading(NamedTuple):
    """What a line, or the rest of one, opens: its opener and block, where its words stand, how alike they are."""

    score: float
    block: int
    opener: Fixed
    wording: str
    line: LineStart
    match: Match
    is_whole: bool = False
    """Whether nothing follows on the line."""
    rest: tuple[int, int] | None = None
    """Where its last words stand, if they are the first cell of the next line of a drawn table."""

    @property
    def has_period(self) -> bool:
        """Whether a quarter and a year may stand behind it."""
        return isinstance(self.opener, Heading) and self.opener.has_period

    @property
    def is_text(self) -> bool:
        """Whether it is part of what its block says."""
        return isinstance(self.opener, Sentence) or (isinstance(self.opener, Heading) and self.opener.is_text)

    @property
    def is_undamaged(self) -> bool:
        """Whether all of it is printed, the declared number too."""
        bonus = self.opener.tolerance.margin if isinstance(self.opener, Heading) else 0
        return self.score >= 100 + bonus and self.match.size == len(folded(self.wording))

    @property
    def is_alike(self) -> bool:
        """Whether other words say the same, as many an item does."""
        return self.match.words != folded(self.wording)

    @property
    def prints_its_words(self) -> bool:
        """Whether all its words are printed, though another number, or none, stands before them."""
        return self.match.score >= 100 and self.match.size == len(folded(self.wording))


@cache
def openers_of(form: Form, kind: type[OpenerKind]) -> Sequence[tuple[int, OpenerKind]]:
    """The openers of one kind, each with the place of its block."""
    return [(i, one) for i, block in enumerate(form.blocks) for one in block.opens if isinstance(one, kind)]


class _Declared(NamedTuple):
    """A wording of a heading, or of a label or title of the form, which are none (block -1)."""

    block: int
    opener: Heading
    wording: str
    longest: int
    """Letters of the longest plain line that it is."""


@cache
def _declared(form: Form) -> dict[str, tuple[_Declared, ...]]:
    """The headings without a declared number, and what else begins like one, by folded words."""
    models = [reads.model for block in form.blocks for reads in block.readings if isinstance(reads, Labelled)]
    labels = (name for model in models for label in columns_with(model, Label).values() for name in label.names)
    titles = (words for model in models for mark in columns_with(model, StartsWith).values() for words in mark.words)
    others = [(name, len(folded(name)) + REMNANT + SLACK) for name in labels]
    others += [(words, LONGEST) for words in titles if len(folded(words)) >= SHORTEST_TITLE]
    declared: dict[str, tuple[_Declared, ...]] = {
        folded(name): (_Declared(-1, Heading(()), name, longest),) for name, longest in others
    }
    for block, opener in openers_of(form, Heading):
        spare = LONGEST_PERIOD if opener.has_period else REMNANT
        for wording in opener.wordings if opener.number is None else ():
            words = folded(wording)
            same = tuple(one for one in declared.get(words, ()) if one.block >= 0)
            declared[words] = (*same, _Declared(block, opener, wording, len(words) + spare + SLACK))
        if opener.like:
            declared[heading_key(form, opener)] = (_Declared(block, opener, opener.wordings[0], LONGEST),)
    return declared


@cache
def label_words(form: Form) -> frozenset[str]:
    """The folded words of labels that are no heading."""
    return frozenset(words for words, known in _declared(form).items() if all(one.block < 0 for one in known))


@cache
def heading_words(form: Form) -> frozenset[str]:
    """The folded words of headings without a declared number."""
    return frozenset(words for words, known in _declared(form).items() if any(one.block >= 0 for one in known))


class _RankedHeading(NamedTuple):
    """A declared heading that a line may be, with how close it comes to being the whole line."""

    closeness: float
    match: Match
    declared: _Declared
    is_cell: bool = False
    """Whether it is all that the first of two cells says."""


def worded_heading(
    matches: Matches, line: LineStart, form: Form, following: LineStart | None = None
) -> FoundHeading | None:
    """The heading that a line is or begins with, if no heading of another block comes as close.

    `following`: the line behind it; a heading there sets one apart that other lines say as well.
    """
    found = matches.judged(_worded, line, form) or matches.judged(_in_remark, line, form)
    is_first = found is not None and line.start in islice(matches.lines, TITLE_LINES)
    title = best_match(line.matches, own_titles(form)) if is_first else None
    is_like = found is not None and found.is_alike and found.match.words.startswith(f"{form.name}:")
    is_title = title is not None and title.score >= ALIKE
    if found and title and is_title and (is_like or found.match.score < 100 or title.size > found.match.size):
        return None  # a title, which says more than the heading
    if found is None or not (isinstance(found.opener, Heading) and found.opener.is_set_apart):
        return found
    is_set_apart = _is_set_apart(matches, found) or _is_above(matches, line, following, form)
    is_set_apart = is_set_apart or matches.folded.between(found.match.end, line.end) in heading_words(form)
    is_shared = form.blocks[found.block].is_attached and found.is_whole and not matches.is_double_spaced
    is_set_apart = is_set_apart or (is_shared and is_below_gap(matches.text, line))
    is_set_apart = is_set_apart and not (found.has_period and _tells_of_period(matches.text, line, found.match))
    return found if found.match.score >= 100 and is_set_apart else None


def _in_remark(matches: Matches, line: LineStart, form: Form) -> FoundHeading | None:
    """The heading that brackets at the end of a numbered line say, which other words stand before."""
    remark = _LAST_REMARK.search(matches.text, line.words, line.end) if line.mark in ("number", "hash") else None
    letters = folded(remark[0].strip("() *_:.")) if remark and remark.start() - line.words <= BEFORE_REMARK else ""
    if remark is None or len(letters) < SHORTEST_PLAIN or letters not in _all_headings(form):
        return None
    match = Match(letters, line.words, remark.end(), 100.0, len(letters))
    return FoundHeading(100.0, *_all_headings(form)[letters], line, match, is_whole=True)


@cache
def _all_headings(form: Form) -> dict[str, tuple[int, Heading, str]]:
    """The headings of a form, those with a declared number too, by folded words: block, opener and wording."""
    found = ((block, opener, wording) for block, opener in openers_of(form, Heading) for wording in opener.wordings)
    return {folded(one[2]): one for one in found}


def heading_over_rows(
    matches: Matches, line: LineStart, following: LineStart | None, form: Form
) -> FoundHeading | None:
    """The heading that the first cells of two lines of a table say together, between which no line is drawn."""
    text, end = matches.text, _end_of_first_cell(matches.text, line)
    if following is None or not end or text[line.end : following.start].strip() or following.number:
        return None
    rest = trimmed(text, following.start, _end_of_first_cell(text, following), " \t|*")
    last_words = folded(text[slice(*rest)])
    if not last_words or last_words in head_words(form):
        return None
    letters = folded(text[line.words : end]) + last_words
    declared = next((one for one in _declared(form).get(letters, ()) if one.block >= 0), None)
    if declared is None:
        return None
    match = Match(letters, line.words, trimmed(text, line.words, end)[1], 100.0, len(letters))
    return FoundHeading(100.0, declared.block, declared.opener, declared.wording, line, match, True, rest)


def _end_of_first_cell(text: str, line: LineStart) -> int:
    """Where the first cell of a row ends; 0 where a line is none."""
    return max(0, text.find("|", line.start + 1, line.end)) if text.startswith("|", line.start) else 0


def _is_set_apart(matches: Matches, found: FoundHeading) -> bool:
    """Whether a number, a hash sign, bold letters all over its line or its period set a heading apart from the text."""
    text, line = matches.text, found.line
    is_bold = line.mark == "bold" and matches.has_plain_lines and _ALL_BOLD.fullmatch(text, line.start, line.end)
    is_marked = line.mark in ("number", "hash", "letter") or bool(is_bold)
    return is_marked or (found.has_period and _says_period(text, line, found.match))


def _worded(matches: Matches, line: LineStart, form: Form) -> FoundHeading | None:
    """The heading that a line says by its wording, whether or not anything sets it apart."""
    words = heading_words(form)
    if not any(match.words in words for match in line.matches):
        return None
    ranked = list(_ranked(matches, line, form))
    if not ranked:
        return None
    best = max(ranked, key=lambda one: (one.closeness, one.match.size))
    least, margin = best.declared.opener.tolerance.least, best.declared.opener.tolerance.margin
    alone = [one for one in ranked if one.closeness >= least and line.letters - one.match.size <= REMNANT]
    others = [one for one in ranked if one.match.words.startswith(best.match.words)]
    surely = [one for one in others if one.match.score >= least or best.match.score < 100]
    longer = [one for one in surely if one.declared.block != best.declared.block or one in alone]
    best = max(longer, key=lambda one: one.match.size, default=best)
    others = [one for one in ranked if not best.match.words.startswith(one.match.words)]
    rivals = [one for one in others if one.declared.block != best.declared.block]
    rivals = [one for one in rivals if one.declared.block < 0 or 2 * one.match.size > best.match.size]
    is_apart = best.match.score >= 100 or all(best.closeness - one.closeness >= margin / 2 for one in rivals)
    is_sure = best.closeness >= least - REMNANT and is_apart
    block, opener, wording, _ = best.declared
    is_longer = _goes_on_in_bold(matches.text, line, best.match) and matches.has_plain_lines
    ends_there = is_longer or _ends_there(matches, line, best)
    ends_there = ends_there or _is_above_heading(matches, line, best.match, best.declared, form)
    if block < 0 or not is_sure or not ends_there or _is_column(matches, line, best, form):
        return None
    is_other = opener.is_common and line.mark in ("plain", "bold") and _is_among_heads(matches, line, best.match, form)
    may_be_wrapped = line.mark == "plain" and (
        best.match.score < 100 or (opener.is_common and line.letters < LONG_HEADING)
    )
    if is_other or (may_be_wrapped and _is_wrapped(matches, line)):
        return None
    match = best.match._replace(end=line.end) if is_longer else best.match
    is_alone = behind(_TAIL, matches.text, match.end, line.end) >= line.end
    return FoundHeading(min(100.0, best.closeness), block, opener, wording, line, match, is_alone)


def _is_above(matches: Matches, line: LineStart, following: LineStart | None, form: Form) -> bool:
    """Whether a line says nothing but a heading, perhaps with its period, and the next line is one too."""
    if following is None or line.letters > LONG_HEADING + LONGEST_PERIOD or "|" in matches.text[line.start : line.end]:
        return False
    if any(name_in_order(matches, following, name) for _, name in openers_of(form, NumberedName)):
        return True
    counts = best_match(following.matches, _numbered_words(form))
    if counts and _COUNT_BEHIND.match(matches.text, counts.end, following.end):
        whole_lines = (one for one in line.matches if one.score >= 100)
        if any(not matches.text[one.end : line.end].strip(" \t:*") for one in whole_lines):
            return True
    return worded_heading(matches, following, form) is not None


@cache
def _numbered_words(form: Form) -> frozenset[str]:
    """What numbered blocks begin with, folded."""
    return frozenset(folded(words) for _, one in openers_of(form, Numbered) for words in (one.label, *one.shorter))


def _is_wrapped(matches: Matches, line: LineStart) -> bool:
    """Whether a line may be the end of a full one above it."""
    above = matches.text.rfind("\n", 0, max(0, line.start))
    is_next = above > 0 and not matches.text[above : line.start].strip() and matches.text[above - 1] not in "\n\r"
    end = matches.text[max(0, above - GAP) : above] if is_next else ""
    goes_on = _GOES_ON.search(end) is not None and _PERIOD_ABOVE.search(end) is None
    return goes_on and matches.column(above) >= FULL * matches.line_width


def _is_among_heads(matches: Matches, line: LineStart, match: Match, form: Form) -> bool:
    """Whether a line is a row of several values, or begins as a column's head does and one around it too."""
    text, words = matches.text, column_words(form)
    row = text[line.start : line.end]
    cells = [cell for cell in row.split("|") if cell.strip()]
    if len(cells) > 1:
        return not row.startswith("|") or len(cells) > 2 or folded(cells[1]) in head_words(form)
    value = _BESIDE.match(text, match.end, line.end)
    if match.words not in words or (value and folded(value[1]) not in words):
        return False
    above = text[max(0, line.start - LONGEST) : line.start].rstrip().rpartition("\n")[2:]
    below = text[line.end : line.end + LONGEST].lstrip().partition("\n")[:1]
    lines = [one.strip(" \t|*") for one in (*above, *below) if "|" not in one.strip(" \t|")]
    around = (_FIRST_CELL.match(one) for one in lines if not _LABELLED.search(one))
    return any(cell is not None and folded(cell[0]) in words for cell in around)


def _says_period(text: str, line: LineStart, match: Match) -> bool:
    """Whether a line names a quarter and nothing stands before it; where it says nothing else, a year too."""
    quarter, year = quarter_and_year(text[match.start : line.end]) if match.start == line.bare else (None, None)
    return quarter is not None and (year is not None or match.size >= SHORTEST_PLAIN)


def _tells_of_period(text: str, line: LineStart, match: Match) -> bool:
    """Whether a line names a quarter, and behind a colon says something of it."""
    named, _, told = text[match.start : line.end].partition(":")
    return bool(told.strip(" \t*")) and quarter_and_year(named)[0] is not None and not is_period(told.strip(" \t*"))


@cache
def blocks_beginning_so(letters: str, form: Form) -> frozenset[int]:
    """The blocks of which a heading without a declared number begins with some folded letters, enough to tell."""
    known = ((words, one) for words, declared in _declared(form).items() for one in declared)
    return frozenset(
        one.block
        for words, one in known
        if len(letters) >= SHORTENED and words.startswith(letters) and one.block >= 0 and not one.opener.is_text
    )


def _goes_on_in_bold(text: str, line: LineStart, match: Match) -> bool:
    """Whether a line is bold from end to end, and says a long heading and more words, no figures and no field."""
    is_bold = line.end - line.start <= LONGEST_BOLD and _ALL_BOLD.fullmatch(text, line.start, line.end) is not None
    is_longer = is_bold and match.score >= 100 and len(match.words) >= LONG_HEADING
    is_longer = is_longer and text[match.end : match.end + 1].strip(" \t*:") != ""  # behind a blank it may be a value
    return is_longer and not (ANY_DIGIT.search(text, match.end, line.end) or ":" in text[match.end : line.end])


def headings_at_start(line: LineStart, form: Form) -> list[FoundHeading]:
    """The undamaged headings without a declared number that a line begins with, the longest first."""
    declared = _declared(form)
    found = [
        FoundHeading(match.score, one.block, one.opener, one.wording, line, match)
        for match in line.matches
        if match.score >= 100 and match.start == line.words
        for one in declared.get(match.words, ())
        if one.block >= 0 and not one.opener.is_text
    ]
    return sorted(found, key=lambda one: one.match.size, reverse=True)


def _is_column(matches: Matches, line: LineStart, best: _RankedHeading, form: Form) -> bool:
    """Whether a line's first cell names a column of a table, of which a heading's words are only a part."""
    cell = _FIRST_CELL.match(matches.text, line.words, line.end) if best.match.score < 100 else None
    return cell is not None and folded(cell[0]) in column_words(form)


@cache
def column_words(form: Form) -> frozenset[str]:
    """What the columns of a form's tables are called, folded."""
    return frozenset(folded(one.words) for one in phrases_of(form) if one.role == "table_head")


@cache
def head_words(form: Form) -> frozenset[str]:
    """What stands above something in a form, folded."""
    roles = ("heading", "common", "sub_head", "table_head")
    return frozenset(folded(one.words) for one in phrases_of(form) if one.role in roles)


def _ranked(matches: Matches, line: LineStart, form: Form) -> Iterator[_RankedHeading]:
    declared = _declared(form)
    known = [(match, one) for match in line.matches for one in declared.get(match.words, ())]
    if not known:
        return
    text = matches.text[line.start : line.end]
    is_marked = "#" in matches.text[line.start : line.words] or "**" in text
    can_lead = _CAN_LEAD.search(text) is not None
    remark = _LAST_REMARK.search(text) if line.mark != "plain" else None
    without_remark = line.letters - len(folded(remark[0])) if remark else line.letters
    for match, one in known:
        opener = one.opener
        letters = without_remark if match.score >= 100 and one.block >= 0 else line.letters
        may_go_on = is_marked or opener.begins_sentence or (opener.may_lead and can_lead)
        is_cell = _is_first_of_two(matches.text, line, match)
        may_go_on = may_go_on or is_cell or _is_above_heading(matches, line, match, one, form)
        is_near = match.score >= opener.tolerance.least - opener.tolerance.margin
        is_near = is_near and (match.score >= 100 or not _LABEL_EDGE.search(matches.text, match.start, match.end))
        if is_near and (letters <= one.longest or may_go_on):
            rest = 0 if opener.has_period or opener.may_lead or is_cell else letters - match.size
            yield _RankedHeading(match.score - min(rest, opener.tolerance.margin), match, one, is_cell)


def _is_first_of_two(text: str, line: LineStart, match: Match) -> bool:
    """Whether some words are all that the first of two cells says, undamaged."""
    is_cell = match.score >= 100 and text.startswith("|", line.start)
    return is_cell and _OTHER_CELL.fullmatch(text, match.end, line.end) is not None


def _is_above_heading(matches: Matches, line: LineStart, match: Match, declared: _Declared, form: Form) -> bool:
    """Whether the words of an attachment stand before those of another heading, which end the line."""
    if not (declared.opener.is_set_apart and form.blocks[declared.block].is_attached and match.score >= 100):
        return False
    return matches.folded.between(match.end, line.end) in heading_words(form)


def _ends_there(matches: Matches, line: LineStart, best: _RankedHeading) -> bool:
    """Whether the heading's words are the line, or what follows can stand behind a heading."""
    text, end, opener = matches.text, best.match.end, best.declared.opener
    rest = text[behind(_TAIL, text, end, line.end) : line.end]
    left = len(folded(rest))
    if opener.heads_row:
        return _ROW.match(text, end, line.end) is not None
    if (left <= REMNANT and not ANY_DIGIT.search(rest)) or YEARS.fullmatch(rest):
        return True
    is_begun = is_unfinished(text, best.match.start, end) and ANY_DIGIT.match(rest) is not None
    if opener.has_period and left <= LONGEST_PERIOD and (is_begun or is_period(rest)):
        return True
    if _UNIT.fullmatch(rest) or (line.mark != "plain" and REMARK.fullmatch(rest)):
        return True
    leads = LEADS.match(text, behind(_QUARTER_REMARK, text, end, line.end), line.end) is not None
    has_blank = text.startswith((" ", "\t", ") "), end) or _NAMED_PERSON.match(text, end) is not None
    if best.is_cell:
        return True
    if opener.may_lead and (leads or ((line.number or opener.begins_sentence) and has_blank)):
        return True
    before = text[line.start : line.words]
    is_marked = "#" in before or ("**" in before and text.startswith("**", end))
    return is_marked and (leads or text.startswith(" ", end))


_SAID_OF_COUNTED = "และ|กับ|หรือ|ถึง|ซึ่ง|ที่|กำหนด|อยู่ระหว่าง|ยัง|ได้|จะ|ไม่|ดำเนินการ"
"""What a sentence about a counted project goes on with, and no name begins with."""


@cache
def _counted(word: str) -> re.Pattern[str]:
    """A name that is counted before it is given, on its line or the next: "โครงการที่ 2 โครงการ…"."""
    name = re.escape(word)
    before_name = rf"[ \t:]++(?:ชื่อ{name}[ \t:]++)?(?=[ก-ฮเ-ไ])(?!{_SAID_OF_COUNTED})"
    labelled = rf"ชื่อ{name}[ \t*]*+[|:][ \t*|:]*+(?P<named>{DIGIT}{{1,2}})[.)]?[ \t|]*+(?={name})"
    counted = rf"{name}(?:ลำดับ)?(?:ที่)?[ \t]*+(?P<one>{DIGIT}{{1,2}})[.:)]?+(?:{before_name}|[ \t:*]*+\Z)"
    return re.compile(rf"{labelled}|{counted}|ลำดับ(?:ที่)?[ \t]*+(?P<other>{DIGIT}{{1,2}})[.:)]?+[ \t]++(?={name})")


@cache
def _how_many(word: str) -> re.Pattern[str]:
    """What says how many of the named there are: "โครงการทั้งหมด : 3 โครงการ"."""
    return re.compile(
        rf"[^:：\n]{{1,80}}+[:：][ \t*]*+(?:จำนวน)?[ \t]*+{DIGIT}{{1,3}}+[ \t]*+{re.escape(word)}(?![ก-๛])"
    )


def begin_of_counted(matches: Matches, line: LineStart, word: str) -> int | None:
    """Where the name begins that a line counts before it gives it, None where it counts none."""
    counted = _counted(word).match(matches.text, line.words, line.end) if word and not line.number else None
    return counted.end() if counted else None


def name_in_order(matches: Matches, line: LineStart, opener: NumberedName) -> tuple[int | None, int] | None:
    """The number of a name in order, None where none can be read, and where the name begins; None where it is none."""
    begin, found = line.words, line.matches
    if not line.number and (damaged := _DAMAGED_NUMBER.match(matches.text, line.bare, line.end)):
        begin, found = damaged.end(), matches.starting_at(damaged.end(), line.end)
    word = folded(opener.word)
    if not line.number and (counted := _counted(opener.word).match(matches.text, line.words, line.end)):
        return whole(counted["named"] or counted["one"] or counted["other"]), counted.end()
    is_name = any(match.words == word and match.score >= opener.tolerance.least for match in found)
    if not is_name or (opener.word and _how_many(opener.word).match(matches.text, begin, line.end)):
        return None
    return whole(line.number.rpartition(".")[2]), behind(_BARS, matches.text, begin, line.end)


@cache
def own_titles(form: Form) -> frozenset[str]:
    """What the titles begin with that a document on a form may print in place of the form's, folded."""
    models = (reads.model for block in form.blocks for reads in block.readings if isinstance(reads, Labelled))
    titles = (
        mark for model in models if issubclass(model, DocumentRow) for mark in columns_with(model, StartsWith).values()
    )
    return frozenset(words for mark in titles for words in words_of(mark))


def is_below_gap(text: str, line: LineStart) -> bool:
    """Whether a blank line stands above a line."""
    return _GAP_ABOVE.search(text, max(0, line.start - GAP), line.start) is not None


def heading_end(text: str, end: int, stop: int) -> int:
    """Where a heading ends on its line: behind its tail, and behind its own damaged last letters."""
    words_end = end
    end = behind(HEADING_TAIL, text, behind(_QUARTER_REMARK, text, end, stop), stop)
    has_value = ":" in text[words_end:end] and _LETTERS.match(text, end, stop) is not None
    if YEARS.fullmatch(text, end, stop) or (
        REMARK.fullmatch(text, end, stop) and not ANY_DIGIT.search(text, end, stop)
    ):
        return stop
    is_remnant = stop - end <= REMNANT + 1 and not has_value and not ANY_DIGIT.search(text, end, stop)
    return stop if is_remnant else end
