"""A report on many projects: which openings are real, and what each block belongs to.

A list inside a paragraph may look like the next project, and a sentence like a heading. What follows decides: a new
project, or a new quarter, goes back to the first blocks of the form.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise, takewhile, zip_longest

from normalizers.digits import DIGIT
from normalizers.quarters import quarter_and_year
from parsers import compiled
from parsers.base import Block, Form, Labelled, Level
from parsers.openers import Heading
from pipeline.document.scan import Matches
from pipeline.document.split.block_starts import block_starts
from pipeline.document.split.heading_style import STEPS_AHEAD
from pipeline.document.split.project_rows import joined, projects_of, sums_of
from pipeline.document.split.project_tables import ProjectTable, project_tables
from pipeline.document.split.quarter_tables import quarter_tables, with_quarter_tables
from pipeline.document.split.table_shapes import reshaped
from pipeline.model import BlockStart, Copy, CopyBlock, Inherited, Page, Span
from schemas.base import Label, columns_with

LEAST_OF_A_LIST = 2
"""So many names with numbers one after the other make a list."""
LEAST_PARTS = 3
"""So many parts behind a name are what a project reports."""
NEAR = 3
"""A part whose neighbours in the form, so many before it, are open may stand in another order."""

LONGEST_GROUP, LONGEST_RULE = 80, 160
"""Characters of the longest line that heads several projects, and before it in which a blank line must stand."""
_COUNT_OF_PROJECT = re.compile(rf"[ \t*#]*+(?:ลำดับ(?:ที่)?|โครงการที่|รายการที่)[ \t]*+{DIGIT}{{1,3}}[.):]?[ \t*]*+")
"""A line that counts the project below it."""
_FIRST_OF_CELLS = re.compile(rf"{DIGIT}{{1,3}}+[.)]?[ ]*+\t[^\t\n]++(?=\t[^\t\n]*+\t)")
"""The number and the name in the row of a table."""
_RULE = re.compile(r"[=_─━~*-]{4,}+")
"""A line drawn between parts."""
_PART_OF_DOCUMENT = re.compile(rf"^[ \t\f*#]*+(?:ตอนที่|ส่วนที่|บทที่)[ \t]*+{DIGIT}{{1,2}}(?!{DIGIT})", re.MULTILINE)
"""What heads a part of a document, behind which no group of projects above goes on."""
_MARKED_ITEM = re.compile(rf"[ \t]*+(?:[•▪*–-]|\(?{DIGIT}{{1,2}}+(?:\.{DIGIT}{{1,2}}+)*+[.)])[ \t]")
"""What an item of a list begins with."""
LETTER = re.compile("[ก-ฮ]")
_HASHES = re.compile(r"^[ \t]*+(#++)[ \t]", re.MULTILINE)
"""The hash signs before a heading, whose count is its depth."""


def real_openings(found: Sequence[BlockStart], form: Form, text: str = "") -> list[BlockStart]:
    """The openings without those that only look like one, in order.

    None behind a hash sign or that prints a quarter only looks so, nor one of several that each begin a row of a table,
    nor one that follows the same part in most projects, nor that of a block that stands anywhere.
    """
    kept = _in_projects(_with_projects(_with_groups(_without_remarks(found, form), form), form), form)
    sure = {one.start for one in kept if quarter_and_year(text[one.start : one.end])[0]}
    sure |= {one.start for one in kept if _depth(text, one)}
    sure |= _usual_neighbours(kept, form)
    sure |= {one.start for one in kept if form.blocks[one.block].is_attached}
    in_cells = [text.startswith("|", one.start) for one in kept]
    around = zip(kept, [False, *in_cells], in_cells, [*in_cells[1:], False], strict=False)
    sure |= {one.start for one, before, here, after in around if here and (before or after)}  # rows of one table
    return _in_order(kept, form, sure)


def _usual_neighbours(found: Sequence[BlockStart], form: Form) -> set[int]:
    """Where parts begin that follow the same part in more than half of the projects, of which there are several."""
    projects = sum(_level(form, one) == "project" for one in found)
    parts = [(one, two) for one, two in pairwise(found) if {_level(form, one), _level(form, two)} == {"part"}]
    times = Counter((one.block, two.block) for one, two in parts if one.block != two.block)
    return {two.start for one, two in parts if 2 * times[one.block, two.block] > max(projects, LEAST_OF_A_LIST)}


def _level(form: Form, opening: BlockStart | None) -> Level:
    """What an opening is part of; where there is none, only the document is left."""
    return form.blocks[opening.block].level if opening else "document"


def _without_remarks(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """The openings without remarks inside a project: a part goes on with it behind them."""
    levels = [_level(form, opening) for opening in found]
    around = zip(found, ["", *levels], levels, [*levels[1:], ""], strict=False)
    return [opening for opening, *three in around if three != ["part", "document", "part"]]


def _with_projects(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Of each run of lines that may begin a project, those that do.

    Where there are groups, only those before the first do that are reported on, as what heads their group may be lost.
    """
    in_group = not any(_level(form, opening) == "group" for opening in found)
    kept: list[BlockStart] = []
    expected, after_last, usual = 1, 1, None
    runs = [list(run) for _, run in groupby(found, key=lambda opening: _level(form, opening) == "project")]
    places = {opening: place for place, opening in enumerate(found)}

    def is_reported(after: BlockStart | None) -> bool:
        """Whether several parts of a project follow a run of names."""
        behind = found[places[after] :][:LEAST_PARTS] if after else ()
        return len({one.block for one in behind if _level(form, one) == "part"}) == LEAST_PARTS

    for run, after in zip(runs, [*(following[0] for following in runs[1:]), None], strict=False):
        if _level(form, run[0]) != "project":
            if any(_level(form, opening) == "group" for opening in run):
                expected, in_group = 1, True
            kept += run
        elif (in_group or is_reported(after)) and (after is None or _goes_back(form, kept, after, usual)):
            first = next((opening.number for opening in run if opening.number), None)
            counted = 1 + sum(_level(form, one) == "project" for one in kept)
            is_usual = usual is not None and after is not None and after.block == usual.block
            begins_again = is_usual and is_reported(after) and first == 1  # the projects of a chapter count from 1
            goes_on = first in (after_last, counted)  # the numbers may go on from group to group
            expected = first if first is not None and (goes_on or begins_again) else expected
            real = _numbered_on(run, expected, is_reported=_level(form, after) == "part")
            usual = usual or (after if real and _level(form, after) == "part" else None)
            if not real and (fallback := _unnumbered(run, expected)) and not _is_sentence(form, kept, fallback, after):
                real = [fallback]
            kept += real
            for opening in real:
                expected += 1 + (_steps_ahead(opening, expected) or 0)
            after_last = expected if real else after_last
    return kept


def _steps_ahead(opening: BlockStart, expected: int) -> int | None:
    """How many numbers before an opening's own were not found; None where its number is lost or cannot be right."""
    ahead = -1 if opening.number is None else opening.number - expected
    return ahead if 0 <= ahead <= STEPS_AHEAD else None


def _goes_back(form: Form, kept: Sequence[BlockStart], after: BlockStart, usual: BlockStart | None) -> bool:
    """Whether what follows a run of names can follow a project: the form's first blocks, or none of a project's.

    In some offices it is another block that usually follows.
    """
    if usual is not None and after.block == usual.block:
        return True
    if _level(form, after) != "part" or form.blocks[after.block].begins_period:
        return True
    is_first = all(_level(form, one) != "project" for one in kept)  # a part before it stands on the cover
    return is_first or _level(form, kept[-1]) != "part" or after.block < kept[-1].block


def _numbered_on(run: Sequence[BlockStart], expected: int, *, is_reported: bool) -> list[BlockStart]:
    """The names of a run whose numbers go on; of two with one number the later, for the earlier stands in a list.

    Where the last begins again and its report follows (`is_reported`), the names before were a list of contents.
    A number may be lost or misread where the one behind it goes on, or at the end of a list, and a few may not have
    been found at all.
    """
    if len(run) >= LEAST_OF_A_LIST and all(one.number is None and one.end > one.start for one in run):
        return list(run)  # a list with bullets
    real: list[BlockStart] = []
    for place, opening in enumerate(run, 1):
        number, later = opening.number, [other.number for other in run[place:]]
        ahead = _steps_ahead(opening, expected)
        goes_on = later[:1] == [expected + 1] if ahead is None else ahead == 0 or expected not in later
        if goes_on:
            real.append(opening)
            expected += 1 + (ahead or 0)
        elif number is None and len(real) >= LEAST_OF_A_LIST and not later:
            real.append(opening)
        elif real and number == real[-1].number:
            real[-1] = opening
        elif is_reported and not later and number in {one.number for one in real}:
            real = [one for one in real if one.number is not None and one.number < (number or 0)] + [opening]
    return real


def _unnumbered(run: Sequence[BlockStart], expected: int) -> BlockStart | None:
    """The last name of a run whose number is lost, misread, or ahead because a name before it was not found."""
    last = run[-1]
    return last if last.number is None or _steps_ahead(last, expected) or len(run) == 1 else None


def _is_sentence(form: Form, kept: Sequence[BlockStart], name: BlockStart, after: BlockStart | None) -> bool:
    """Whether a name without a number stands in a text and nothing of a project follows it."""
    is_inside = bool(kept) and _level(form, kept[-1]) in ("part", "document")
    return name.number is None and is_inside and _level(form, after) in ("group", "document")


def _with_groups(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Groups count from the first that a project follows before the next: a summary lists them all."""
    groups = [i for i, opening in enumerate(found) if _level(form, opening) == "group"]
    for i, after in zip(groups, [*groups[1:], None], strict=False):
        inside = found[i + 1 : after]
        levels = [_level(form, opening) for opening in inside]
        reports = ("project", "part") in pairwise(levels)
        if reports or any(_shows_project(form, opening) for opening in inside) or _lists_projects(form, inside):
            return [opening for place, opening in enumerate(found) if place >= i or place not in groups]
    return [opening for place, opening in enumerate(found) if place not in groups]


def _shows_project(form: Form, opening: BlockStart) -> bool:
    """Whether an opening is the first name of a list of projects, or begins what a project reports."""
    block = form.blocks[opening.block]
    return block.begins_period or (block.level == "project" and opening.number == 1)


def _lists_projects(form: Form, inside: Sequence[BlockStart]) -> bool:
    """Whether what stands below a heading is a list of names with bullets."""
    names = [one for one in inside if _level(form, one) == "project" and one.number is None and one.end > one.start]
    return len(names) >= LEAST_OF_A_LIST and len(names) == len(inside)


def _in_projects(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Parts of a project stand behind its name; elsewhere the same words are text, as in a summary."""
    kept: list[BlockStart] = []
    for opening in found:
        if _level(form, opening) != "part" or _level(form, kept[-1] if kept else None) in ("project", "part"):
            kept.append(opening)
    return kept


def _in_order(found: Sequence[BlockStart], form: Form, sure: Collection[int]) -> list[BlockStart]:
    """Drop a part far ahead of the next one that comes back behind it, or has no neighbour: a heading in a text.

    None that is `sure` to be a heading.
    """
    kept: list[BlockStart] = []
    seen: set[int] = set()
    parts = ((i, block) for i, block in enumerate(form.blocks) if block.level == "part")
    once = {i for i, block in parts if not (block.begins_period or block.repeats)}  # in what is reported on a quarter
    begins = _beginning_periods(found, form)
    runs = [(number, list(run)) for number, run in groupby(found, key=lambda opening: opening.block)]
    here = -1
    for (number, run), (after, _) in zip(runs, [*runs[1:], (None, [])], strict=False):
        block, here = form.blocks[number], here + 1
        if block.level != "part" or (number in begins and any(other > number for other in seen)):
            seen = set()
        elif after is not None and after < number and after not in seen and after in once:
            following = takewhile(lambda run: form.blocks[run[0]].level == "part", runs[here + 1 :])
            inside = {i for i in seen if form.blocks[i].level == "part"}
            is_alone = bool(inside) and inside.isdisjoint(range(number - NEAR, number))
            is_text = is_alone or any(other == number for other, _ in following)
            if is_text and not any(opening.start in sure for opening in run):
                continue
        seen.add(number)
        kept += run
    return kept


def _beginning_periods(found: Sequence[BlockStart], form: Form) -> set[int]:
    """The blocks that begin what is reported on a quarter: another one where it follows most names of projects."""
    behind_names = Counter(
        after.block
        for name, after in pairwise(found)
        if _level(form, name) == "project" and _level(form, after) == "part"
    )
    usual, times = behind_names.most_common(1)[0] if behind_names else (0, 0)
    declared = {i for i, block in enumerate(form.blocks) if block.begins_period}
    return {usual} if usual not in declared and 2 * times > behind_names.total() else declared


@dataclass(slots=True)
class Walk:
    """The project and the quarter at hand while the openings go by."""

    form: Form
    project: int = 0
    period: int = 0
    is_outside_projects: bool = True
    seen: set[int] = field(default_factory=set)
    last: int | None = None
    quarter: int | None = None
    """The one that headings of the period print."""

    def step(self, opening: BlockStart, quarter: int | None = None) -> Block:
        """Move on to the block that opens, whose heading may print a quarter."""
        block = self.form.blocks[opening.block]
        if block.level == "project":
            self.project, self.period, self.is_outside_projects = self.project + 1, 0, False
            self.seen, self.quarter = set(), None
        elif block.level in ("group", "document"):
            self.period, self.is_outside_projects, self.seen, self.quarter = 0, True, set(), None
        elif self._begins_period(opening.block, block, quarter):
            self.period, self.seen, self.quarter = self.period + 1, set(), quarter
        if block.level == "part":
            self.seen.add(opening.block)
            self.quarter = self.quarter or quarter
        self.last = opening.block
        return block

    def _begins_period(self, number: int, block: Block, quarter: int | None) -> bool:
        """Whether the project has no period yet, or has this block, or a later one and another quarter is printed."""
        has_other_quarter = quarter is not None and self.quarter not in (None, quarter)
        is_again = number in self.seen and not block.repeats
        comes_back = is_again and (number != self.last or has_other_quarter)
        goes_back = any(other > number for other in self.seen)
        is_other = has_other_quarter and (block.begins_period or goes_back)
        return self.period == 0 or comes_back or is_other


def nested(matches: Matches, pages: Sequence[Page], form: Form) -> Iterator[Copy]:
    """The projects of a printing, and what stands outside of them; tables may tell of them too."""
    starts = block_starts(matches, pages, form)
    printed = project_tables(matches, pages, form, [one for one in starts if _level(form, one) == "project"])
    tables = [reshaped(matches.text, table, form) for table in printed]
    across = [one for one in quarter_tables(matches, pages, form) if not any(map(one.overlaps, tables))]
    outside = [one for one in starts if not any(table.start <= one.start < table.end for table in (*tables, *across))]
    found = real_openings(outside, form, matches.text)
    if tables and all(_level(form, one) != "part" for one in found):
        found = [one for one in outside if _level(form, one) == "document"]  # only tables tell of projects
    copies = _walked(matches, found, pages[-1].end, form, [*tables, *across])
    copies = with_quarter_tables(matches, copies, across, form)
    if tables:
        copies = joined(matches, copies, projects_of(matches, tables, form), sums_of(matches, tables, form))
    yield from copies


def _walked(
    matches: Matches, found: Sequence[BlockStart], end: int, form: Form, tables: Sequence[ProjectTable]
) -> list[Copy]:
    """The projects whose names and parts stand outside of tables, and what stands outside of projects."""
    walk, inherited = Walk(form), tuple[Inherited, ...]()
    copies: dict[tuple[int, bool], list[CopyBlock]] = {}
    above = {span[0] for table in tables for _, _, span in table.groups}
    chapters = _chapters(matches, found, form)
    for opening, after in zip_longest(found, found[1:]):
        is_again = opening.block == walk.last
        prints_period = any(isinstance(one, Heading) and one.has_period for one in form.blocks[opening.block].opens)
        printed = matches.text[opening.start : opening.end] if prints_period else ""
        declaration = walk.step(opening, quarter_and_year(printed)[0])
        blocks = copies.setdefault((walk.project, walk.is_outside_projects), [])
        heading = (opening.start, opening.end) if opening.end > opening.start else None
        if declaration.level == "group":
            given = declaration.gives.items()
            inherited = tuple(Inherited(column, value, heading or (0, 0)) for column, value in given)
        behind = after.start if after else end
        is_headed = opening.end > opening.start and _depth(matches.text, opening) > 0
        is_ended = is_headed or declaration.level in ("project", "part")
        ends = (*(table.start for table in tables), *(chapters if is_ended else ()))
        stop = min([behind, *(place for place in ends if place > opening.start)])
        pieces = _pieces(matches, declaration, opening, stop)
        pieces = tuple(piece for piece in pieces if piece[0] not in above)
        pieces = _before_projects(matches, pieces, after) if _level(form, after) == "project" else pieces
        headings = (heading,) if heading else ()
        wordings = (opening.wording,) if heading and opening.wording else ()
        shown = inherited if declaration.level == "project" else ()
        at = (heading, opening.number)
        block = CopyBlock(declaration, len(copies), *at, pieces, headings, wordings, walk.period, shown)
        if stop < behind or _PART_OF_DOCUMENT.search(matches.text, opening.end, behind):
            inherited = ()
        is_again = is_again and bool(blocks) and blocks[-1].period == walk.period
        if is_again and declaration.level in ("part", "document") and not declaration.repeats:
            blocks[-1] = _joined(blocks[-1], block)
        else:
            blocks.append(block)
    if groups := _groups_of(tables, found):
        copies.setdefault((0, True), []).extend(groups)
    parts: list[Copy] = []
    for index, ((_, is_outside), blocks) in enumerate(copies.items(), 1):
        own = blocks if is_outside else _with_labels(matches, blocks, form)
        parts.append(Copy(index, 1, tuple(own), is_outside_projects=is_outside))
    return parts


def _chapters(matches: Matches, found: Sequence[BlockStart], form: Form) -> list[int]:
    """Where headings stand behind fewer hash signs than every name of a project: they end the project before."""
    fewest = min((_depth(matches.text, one) for one in found if _level(form, one) == "project"), default=0)
    return [line.start() for line in _HASHES.finditer(matches.text) if len(line[1]) < fewest] if fewest else []


def _depth(text: str, opening: BlockStart) -> int:
    """How many hash signs stand before an opening on its line."""
    hashes = _HASHES.match(text, text.rfind("\n", 0, opening.start + 1) + 1)
    return len(hashes[1]) if hashes else 0


def _groups_of(tables: Sequence[ProjectTable], found: Sequence[BlockStart]) -> list[CopyBlock]:
    """The headings of groups that tables print, but for those that blocks begin with."""
    groups = dict.fromkeys((block, span) for table in tables for _, block, span in table.groups)
    alone = ((block, span) for block, span in groups if not any(span[0] <= one.start < span[1] for one in found))
    return [CopyBlock(block, 1, span, None, (), (span,)) for block, span in alone]


def _before_projects(matches: Matches, pieces: tuple[Span, ...], project: BlockStart | None) -> tuple[Span, ...]:
    """What a block says above the name of a project, without the line that heads or counts the projects behind it."""
    if project is None or not pieces or (len(pieces) == 1 and not _is_above_rule(matches, pieces[-1])):
        return pieces
    is_count = _COUNT_OF_PROJECT.fullmatch(matches.text, *pieces[-1]) is not None
    return pieces[:-1] if is_count or _stands_alone(matches, pieces[-1], project.start) else pieces


def _is_above_rule(matches: Matches, line: Span) -> bool:
    """Whether a line is drawn right below a line, and another, or a blank line, stands above it."""
    above = matches.text[max(0, line[0] - LONGEST_RULE) : line[0]]
    below = matches.text[line[1] : line[1] + LONGEST_RULE].lstrip()
    is_apart = above[len(above.rstrip()) :].count("\n") > 1 or _RULE.fullmatch(above.rstrip().rpartition("\n")[2])
    return _RULE.match(below) is not None and bool(is_apart)


def _stands_alone(matches: Matches, line: Span, following: int) -> bool:
    """Whether a short line has blank lines above and below, where most lines of the document have none."""
    text, (start, end) = matches.text, line
    above = _RULE.sub("", text[max(0, start - LONGEST_RULE) : start])
    is_apart = all(gap.count("\n") > 1 for gap in (above[len(above.rstrip()) :], text[end:following]))
    is_short = end - start <= LONGEST_GROUP and not _MARKED_ITEM.match(text, start, end) and "|" not in text[start:end]
    return is_apart and is_short and not matches.is_double_spaced


def _with_labels(matches: Matches, blocks: Sequence[CopyBlock], form: Form) -> Sequence[CopyBlock]:
    """The blocks of a project, with the lines given to it that a label of its own begins behind its parts."""
    pattern = compiled(_labels_of_project(form))
    found: dict[int, list[Span]] = {}
    for i, block in enumerate(blocks):
        if block.period and not any(isinstance(one, Labelled) for one in block.declaration.readings):
            lines = [piece for piece in block.pieces if pattern.match(matches.text, *piece)]
            found |= {i: lines} if lines else {}
    project = next((i for i, block in enumerate(blocks) if block.declaration.level == "project"), None)
    if not found or project is None:
        return blocks
    left = {i: tuple(piece for piece in blocks[i].pieces if piece not in lines) for i, lines in found.items()}
    given = tuple(span for lines in found.values() for span in lines)
    left[project] = (*blocks[project].pieces, *given)
    return [block._replace(pieces=left.get(i, block.pieces)) for i, block in enumerate(blocks)]


@cache
def _labels_of_project(form: Form) -> str:
    """What a line begins with that a label of a project heads, with its separator; nothing where it has none."""
    readings = [reads for block in form.blocks if block.level == "project" for reads in block.readings]
    models = [reads.model for reads in readings if isinstance(reads, Labelled)]
    names = {name for model in models for one in columns_with(model, Label).values() for name in one.names}
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return rf"[ \t|*•–-]*+(?:{words})[ \t*]*+[:：|][ \t|]*+\S" if names else r"(?!)"


def _pieces(matches: Matches, declaration: Block, opening: BlockStart, stop: int) -> tuple[Span, ...]:
    """What a block says that opens; of a project's name in the row of a table only the first cell."""
    heading = matches.text[opening.start : opening.end]
    if declaration.level == "project" and heading.startswith("|") and not LETTER.search(heading):
        bar = matches.text.find("|", opening.end, stop)
        return tuple(matches.pieces(opening.end, bar if bar >= 0 else stop))[:1]
    if declaration.level == "project" and (row := _FIRST_OF_CELLS.match(matches.text, opening.start, stop)):
        return tuple(matches.pieces(opening.end, max(opening.end, row.end())))[:1]
    return tuple(matches.pieces(opening.end, stop))


def _joined(block: CopyBlock, again: CopyBlock) -> CopyBlock:
    """A block whose heading stands twice."""
    heading = again.heading if not block.pieces else block.heading
    headings, wordings = block.headings + again.headings, block.wordings + again.wordings
    return block._replace(heading=heading, pieces=block.pieces + again.pieces, headings=headings, wordings=wordings)
