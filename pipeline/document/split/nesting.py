"""A report on many projects: which openings are real, which project and which quarter each block belongs to.

A list inside a paragraph may look like the next project, and a sentence like a heading. What follows decides: a new
project, or a new quarter, goes back to the first blocks of the form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from parsers.base import Block as Declaration
from parsers.base import Form, Level
from pipeline.document.scan import Matches
from pipeline.document.split.block_starts import block_starts
from pipeline.model import Block, BlockStart, Copy, Inherited, Page

LEAST_OF_A_LIST = 2
"""So many names with numbers one after the other make a list."""
STEPS_AHEAD = 3
"""A project's number may be so far ahead where those between were not found."""


def real_openings(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """The openings without those that only look like one, in the order of the text."""
    return _in_order(_in_projects(_with_projects(_with_groups(_without_remarks(found, form), form), form), form), form)


def _level(form: Form, opening: BlockStart | None) -> Level:
    """What an opening is part of; where there is none, only the document is left."""
    return form.blocks[opening.block].level if opening else "document"


def _without_remarks(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """The openings without remarks inside a project: a part goes on with it behind them."""
    levels = [_level(form, opening) for opening in found]
    around = zip(found, ["", *levels], levels, [*levels[1:], ""], strict=False)
    return [opening for opening, *three in around if three != ["part", "document", "part"]]


def _with_projects(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Of each run of lines that may begin a project, those that do; where there are groups, none before the first."""
    in_group = not any(_level(form, opening) == "group" for opening in found)
    kept: list[BlockStart] = []
    expected = 1
    runs = [list(run) for _, run in groupby(found, key=lambda opening: _level(form, opening) == "project")]
    for run, after in zip(runs, [*(following[0] for following in runs[1:]), None], strict=False):
        if _level(form, run[0]) != "project":
            if any(_level(form, opening) == "group" for opening in run):
                expected, in_group = 1, True
            kept += run
        elif in_group and (after is None or _goes_back(form, kept, after)):
            real = _numbered_on(run, expected, is_reported=_level(form, after) == "part")
            if not real and (fallback := _unnumbered(run, expected)) and not _is_sentence(form, kept, fallback, after):
                real = [fallback]
            kept += real
            for opening in real:
                expected += 1 + (_steps_ahead(opening, expected) or 0)
    return kept


def _steps_ahead(opening: BlockStart, expected: int) -> int | None:
    """How many numbers before an opening's own were not found; None where its number is lost or cannot be right."""
    ahead = -1 if opening.number is None else opening.number - expected
    return ahead if 0 <= ahead <= STEPS_AHEAD else None


def _goes_back(form: Form, kept: Sequence[BlockStart], after: BlockStart) -> bool:
    """Whether what follows a run of names can follow a project: the form's first blocks, or none of a project's."""
    if _level(form, after) != "part" or form.blocks[after.block].begins_period:
        return True
    return not kept or _level(form, kept[-1]) != "part" or after.block < kept[-1].block


def _numbered_on(run: Sequence[BlockStart], expected: int, *, is_reported: bool) -> list[BlockStart]:
    """The names of a run whose numbers go on; of two with one number the later, for the earlier stands in a list.

    Where the last begins again and its report follows (`is_reported`), the names before were a list of contents.
    A number may be lost or misread where the one behind it goes on, or at the end of a list, and a few may not have
    been found at all.
    """
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
    """Whether a name without a number stands in a project's text, and nothing of another project follows it."""
    is_inside = bool(kept) and _level(form, kept[-1]) == "part"
    return name.number is None and is_inside and _level(form, after) in ("group", "document")


def _with_groups(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Groups count from the first that a project follows before the next: a summary lists them all."""
    groups = [i for i, opening in enumerate(found) if _level(form, opening) == "group"]
    for i, after in zip_longest(groups, groups[1:]):
        if i is not None and any(_shows_project(form, opening) for opening in found[i + 1 : after]):
            return [opening for place, opening in enumerate(found) if place >= i or place not in groups]
    return [opening for place, opening in enumerate(found) if place not in groups]


def _shows_project(form: Form, opening: BlockStart) -> bool:
    """Whether an opening is the first name of a list of projects, or begins what a project reports."""
    block = form.blocks[opening.block]
    return block.begins_period or (block.level == "project" and opening.number == 1)


def _in_projects(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Parts of a project stand behind its name; elsewhere the same words are text, as in a summary."""
    kept: list[BlockStart] = []
    for opening in found:
        if _level(form, opening) != "part" or _level(form, kept[-1] if kept else None) in ("project", "part"):
            kept.append(opening)
    return kept


def _in_order(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Drop a part that stands far ahead of the next one: a heading inside a paragraph."""
    kept: list[BlockStart] = []
    seen: set[int] = set()
    runs = [(number, list(run)) for number, run in groupby(found, key=lambda opening: opening.block)]
    for (number, run), (after, _) in zip(runs, [*runs[1:], (None, [])], strict=False):
        block = form.blocks[number]
        if block.level != "part" or (block.begins_period and any(other > number for other in seen)):
            seen = set()
        elif after is not None and after < number and after not in seen and _is_once(form.blocks[after]):
            continue
        seen.add(number)
        kept += run
    return kept


def _is_once(block: Declaration) -> bool:
    """Whether a block stands once in what a project reports on a quarter, and does not begin it."""
    return block.level == "part" and not block.begins_period and not block.repeats


@dataclass(slots=True)
class Walk:
    """The project and the quarter at hand while the openings go by."""

    form: Form
    project: int = 0
    period: int = 0
    is_outside_projects: bool = True
    seen: set[int] = field(default_factory=set)
    last: int | None = None

    def step(self, opening: BlockStart) -> Declaration:
        """Move on to the block that opens."""
        block = self.form.blocks[opening.block]
        if block.level == "project":
            self.project, self.period, self.is_outside_projects = self.project + 1, 0, False
            self.seen = set()
        elif block.level in ("group", "document"):
            self.period, self.is_outside_projects, self.seen = 0, True, set()
        elif self._begins_period(opening.block, block):
            self.period, self.seen = self.period + 1, set()
        if block.level == "part":
            self.seen.add(opening.block)
        self.last = opening.block
        return block

    def _begins_period(self, number: int, block: Declaration) -> bool:
        if self.period == 0:
            return True
        comes_back = number in self.seen and not block.repeats and number != self.last
        return comes_back or (block.begins_period and any(other > number for other in self.seen))


def nested(matches: Matches, pages: Sequence[Page], form: Form) -> Iterator[Copy]:
    """The projects of a printing, and what stands outside of them, each with its blocks."""
    found = real_openings(block_starts(matches, pages, form), form)
    walk, given = Walk(form), tuple[Inherited, ...]()
    copies: dict[tuple[int, bool], list[Block]] = {}
    for opening, after in zip_longest(found, found[1:]):
        is_again = opening.block == walk.last
        declaration = walk.step(opening)
        blocks = copies.setdefault((walk.project, walk.is_outside_projects), [])
        block = _block(matches, opening, after.start if after else pages[-1].end, form)
        if declaration.level == "group":
            where = block.heading or (0, 0)
            given = tuple(Inherited(column, value, where) for column, value in declaration.gives.items())
        block = block._replace(
            copy=len(copies), period=walk.period, given=given if declaration.level == "project" else ()
        )
        if is_again and blocks and declaration.level == "part" and not declaration.repeats:
            blocks[-1] = _joined(blocks[-1], block)
        else:
            blocks.append(block)
    for index, ((_, is_outside_projects), blocks) in enumerate(copies.items(), 1):
        yield Copy(index, 1, tuple(blocks), is_outside_projects=is_outside_projects)


def _block(matches: Matches, opening: BlockStart, stop: int, form: Form) -> Block:
    """The block that opens; of a project's name in the row of a table only the first cell."""
    declaration, text = form.blocks[opening.block], matches.text
    pieces = tuple(matches.pieces(opening.end, stop))
    if declaration.level == "project" and text.startswith("|", opening.start):
        bar = text.find("|", opening.end, stop)
        pieces = tuple(matches.pieces(opening.end, bar if bar >= 0 else stop))[:1]
    heading = (opening.start, opening.end) if opening.end > opening.start else None
    wordings = (opening.wording,) if opening.wording and heading else ()
    return Block(declaration, 0, heading, opening.number, pieces, (heading,) if heading else (), wordings)


def _joined(block: Block, again: Block) -> Block:
    """A block whose heading stands twice."""
    heading = again.heading if not block.pieces else block.heading
    headings, wordings = block.headings + again.headings, block.wordings + again.wordings
    return block._replace(heading=heading, pieces=block.pieces + again.pieces, headings=headings, wordings=wordings)
