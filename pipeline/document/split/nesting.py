"""A report on many projects: which openings are real, which project and which quarter each block belongs to.

A list inside a paragraph may look like the next project, and a sentence like a heading. What follows decides: a new
project, or a new quarter, goes back to the first blocks of the form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, zip_longest

from parsers.base import Block as Declaration
from parsers.base import Form
from pipeline.document.scan import Matches
from pipeline.document.split.block_starts import block_starts
from pipeline.model import Block, BlockStart, Copy, Inherited, Page, Span

LEAST_OF_A_LIST = 2
"""So many names with numbers one after the other make a list."""
STEPS_AHEAD = 3
"""A project's number may be so far ahead where those between were not found."""


def real_openings(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """The openings without those that only look like one, in the order of the text."""
    return _in_order(_in_projects(_with_projects(_with_groups(_without_remarks(found, form), form), form), form), form)


def _without_remarks(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """The openings without remarks inside a project: a part goes on with it behind them."""
    levels = [form.blocks[opening.block].level for opening in found]
    return [
        opening
        for opening, before, level, after in zip(
            found, ["document", *levels], levels, [*levels[1:], None], strict=False
        )
        if not (before == "part" and level == "document" and after == "part")
    ]


def _with_projects(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Of each run of lines that may begin a project, those that do; where there are groups, none before the first."""
    has_groups = any(form.blocks[opening.block].level == "group" for opening in found)
    in_group = not has_groups
    kept: list[BlockStart] = []
    expected = 1
    runs = [list(run) for _, run in groupby(found, key=lambda opening: _begins_project(form, opening))]
    for place, run in enumerate(runs):
        if not _begins_project(form, run[0]):
            if any(form.blocks[opening.block].level == "group" for opening in run):
                expected, in_group = 1, True
            kept += run
            continue
        if not in_group:
            continue
        after = runs[place + 1][0] if place + 1 < len(runs) else None
        if after is not None and not _goes_back(form, kept, after):
            continue
        is_reported = after is not None and form.blocks[after.block].level == "part"
        real = _numbered_on(run, expected, is_reported=is_reported)
        if not real and (fallback := _unnumbered(run, expected)) and not _is_sentence(form, kept, fallback, after):
            real = [fallback]
        kept += real
        expected = _after(real, expected)
    return kept


def _after(real: Sequence[BlockStart], expected: int) -> int:
    """The number that the next project should have."""
    for opening in real:
        is_sound = opening.number is not None and expected <= opening.number <= expected + STEPS_AHEAD
        expected = (opening.number if is_sound and opening.number else expected) + 1
    return expected


def _begins_project(form: Form, opening: BlockStart) -> bool:
    return form.blocks[opening.block].level == "project"


def _goes_back(form: Form, kept: Sequence[BlockStart], after: BlockStart) -> bool:
    """Whether what follows a run of names can follow a project: the form's first blocks, or none of a project's."""
    level = form.blocks[after.block].level
    if level != "part" or form.blocks[after.block].begins_period:
        return True
    before = kept[-1] if kept else None
    return before is None or form.blocks[before.block].level != "part" or after.block < before.block


def _numbered_on(run: Sequence[BlockStart], expected: int, *, is_reported: bool) -> list[BlockStart]:
    """The names of a run whose numbers go on; of two with one number the later, for the earlier stands in a list.

    Where the last begins again and its report follows (`is_reported`), the names before were a list of contents.
    A number may be lost or misread where the one behind it goes on, or at the end of a list, and a few may not have
    been found at all.
    """
    real: list[BlockStart] = []
    for place, opening in enumerate(run):
        later = [other.number for other in run[place + 1 :]]
        if opening.number == expected or _stands_for(opening, expected, later):
            real.append(opening)
            expected += 1
        elif (
            opening.number is not None and expected < opening.number <= expected + STEPS_AHEAD and expected not in later
        ):
            real.append(opening)
            expected = opening.number + 1
        elif opening.number is None and len(real) >= LEAST_OF_A_LIST and place == len(run) - 1:
            real.append(opening)
        elif real and opening.number == real[-1].number:
            real[-1] = opening
        elif is_reported and place == len(run) - 1 and opening.number in {one.number for one in real}:
            real = [one for one in real if one.number is not None and one.number < (opening.number or 0)] + [opening]
    return real


def _stands_for(opening: BlockStart, expected: int, later: Sequence[int | None]) -> bool:
    """Whether a name whose number cannot be right stands where the expected one is missing."""
    is_odd = opening.number is None or opening.number < expected or opening.number > expected + STEPS_AHEAD
    return is_odd and bool(later) and later[0] == expected + 1


def _unnumbered(run: Sequence[BlockStart], expected: int) -> BlockStart | None:
    """The last name of a run whose number is lost, misread, or ahead because a name before it was not found."""
    last = run[-1]
    is_ahead = last.number is not None and expected < last.number <= expected + STEPS_AHEAD
    return last if last.number is None or is_ahead or len(run) == 1 else None


def _is_sentence(form: Form, kept: Sequence[BlockStart], name: BlockStart, after: BlockStart | None) -> bool:
    """Whether a name without a number stands in a project's text, and nothing of another project follows it."""
    before = form.blocks[kept[-1].block].level if kept else "document"
    following = form.blocks[after.block].level if after else "document"
    return name.number is None and before == "part" and following in ("group", "document")


def _with_groups(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Groups count from the first that a project follows before the next: a summary lists them all."""
    groups = [i for i, opening in enumerate(found) if form.blocks[opening.block].level == "group"]
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
        before = form.blocks[kept[-1].block].level if kept else "document"
        if form.blocks[opening.block].level != "part" or before in ("project", "part"):
            kept.append(opening)
    return kept


def _in_order(found: Sequence[BlockStart], form: Form) -> list[BlockStart]:
    """Drop a part that stands far ahead of the next one: a heading inside a paragraph."""
    kept: list[BlockStart] = []
    seen: set[int] = set()
    for opening, after in zip(found, _next_blocks(found), strict=True):
        block = form.blocks[opening.block]
        if block.level != "part" or (block.begins_period and any(number > opening.block for number in seen)):
            seen = set()
        elif after is not None and _is_ahead(form, opening, after, seen):
            continue
        seen.add(opening.block)
        kept.append(opening)
    return kept


def _next_blocks(found: Sequence[BlockStart]) -> list[BlockStart | None]:
    """For each opening the next one of another block: a heading may come again and again inside a part."""
    following: list[BlockStart | None] = [None] if found else []
    for one, after in reversed(list(pairwise(found))):
        following.append(following[-1] if after.block == one.block else after)
    return following[::-1]


def _is_ahead(form: Form, opening: BlockStart, after: BlockStart, seen: set[int]) -> bool:
    following = form.blocks[after.block]
    goes_back = following.level == "part" and after.block < opening.block
    return goes_back and not following.begins_period and not following.repeats and after.block not in seen


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
    blocks = list(_blocks(matches, pages, form, real_openings(block_starts(matches, pages, form), form)))
    parts = [list(part) for _, part in groupby(blocks, key=lambda found: found[0])]
    for index, part in enumerate(parts, 1):
        (_, is_outside_projects), _block = part[0]
        yield Copy(
            index, 1, tuple(block._replace(copy=index) for _, block in part), is_outside_projects=is_outside_projects
        )


def _blocks(
    matches: Matches, pages: Sequence[Page], form: Form, found: Sequence[BlockStart]
) -> Iterator[tuple[tuple[int, bool], Block]]:
    """Every block with the project that it belongs to, or that comes before it, and whether it stands outside."""
    text = matches.text
    walk, given, open_block = Walk(form), tuple[Inherited, ...](), None
    for opening, after in zip_longest(found, found[1:]):
        last = walk.last
        block = walk.step(opening)
        heading = (opening.start, opening.end) if opening.end > opening.start else None
        if block.level == "group":
            given = tuple(Inherited(column, value, heading or (0, 0)) for column, value in block.gives.items())
        pieces = tuple(matches.pieces(opening.end, after.start if after else pages[-1].end))
        if block.level == "project" and text.startswith("|", opening.start):
            pieces = _first_cell(text, pieces)
        headings = (heading,) if heading else ()
        wordings = (opening.wording,) if opening.wording and heading else ()
        said = given if block.level == "project" else ()
        here = Block(block, 0, heading, opening.number, pieces, headings, wordings, walk.period, said)
        if open_block is not None and opening.block == last and not block.repeats and block.level == "part":
            open_block = (open_block[0], _joined(open_block[1], here))
            continue
        if open_block is not None:
            yield open_block
        open_block = ((walk.project, walk.is_outside_projects), here)
    if open_block is not None:
        yield open_block


def _first_cell(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The name in a row of a table, without the cells behind it."""
    return tuple(
        (start, text.find("|", start, end)) if "|" in text[start:end] else (start, end) for start, end in pieces[:1]
    )


def _joined(block: Block, again: Block) -> Block:
    """A block whose heading stands twice."""
    heading = again.heading if not block.pieces else block.heading
    headings, wordings = block.headings + again.headings, block.wordings + again.wordings
    return block._replace(heading=heading, pieces=block.pieces + again.pieces, headings=headings, wordings=wordings)
