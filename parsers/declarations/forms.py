"""Whether forms are declared rightly as wholes: how they are known, what their blocks have to do with each other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from normalizers.fuzzy_match import folded
from parsers.base import Bullets, Form, SingleField, Steps, SummaryLine, WholeText
from parsers.declarations.blocks import block_slips
from parsers.declarations.slips import Slip, Slips
from parsers.declarations.templates import missing, wrong_values
from parsers.declarations.types import misfits, nearest, shown
from parsers.openers import Heading, RepeatedLine, Start
from parsers.phrases import PhraseRole, phrases_of, wordings_of
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult

LEAST_HEADINGS = 8
"""So many blocks with headings must a form have that no title tells: many forms share a heading or two."""
LONGEST_PHRASE = 90
"""Letters in which the longest phrase ends; no more are compared."""
SHORTEST: Mapping[PhraseRole, int] = {"title": 6, "heading": 3, "sentence": 6}
"""Letters of the shortest phrases that are told from other words where a line begins with them."""
RESERVED = "furniture"
"""What table `blocks` calls running heads and numbers of pages, which are no block."""


def slips_of(known: Sequence[Form]) -> list[str]:
    """Every slip in forms, but for those in patterns; titles are compared once each form is sound."""
    alone = [slip.line(form.name) for form in known for slip in dict.fromkeys(_slips_of_form(form))]
    return alone or [slip.line(form.name) for form, slip in _shared_titles(known)]


def _slips_of_form(form: Form) -> Slips:
    """The slips of one form; what its blocks have to do with each other is looked at once each of them is sound."""
    ill_typed: dict[str, list[Slip]] = {}
    for path, text in misfits(form):
        owner, _, inner = path.partition("].") if path.startswith("blocks[") else ("", "", path)
        ill_typed.setdefault(owner, []).append(Slip(f"{inner}: {text}"))
    found = ill_typed.get("", [])
    for place, block in enumerate(form.blocks) if not any(slip.text.startswith("blocks:") for slip in found) else ():
        in_types = [slip._replace(block=str(block.name)) for slip in ill_typed.get(f"blocks[{place}", ())]
        found = found + (in_types or block_slips(block))
    yield from found
    for rule in _RULES if not found else ():
        yield from rule(form)


def _names(form: Form) -> Slips:
    for name, count in Counter(block.name for block in form.blocks).items():
        if count > 1:
            yield Slip(f"{count} blocks have this name; give each a name of its own", name)
        if not (name.isascii() and name.isidentifier() and name.islower()) or name == RESERVED:
            yield Slip(f"{name!r} cannot name a block; write a word in small Latin letters, but not {RESERVED!r}", name)


def _identity(form: Form) -> Slips:
    """How a document is known to be on the form."""
    worded = [block for block in form.blocks if any(map(wordings_of, block.opens))]
    if not form.blocks:
        yield Slip("blocks: there are none; write a Block(…) for each heading of the form")
    elif not form.titles and len(worded) < LEAST_HEADINGS:
        short = f"titles: there are none, and {len(worded)} blocks with headings are too few to know the form by"
        yield Slip(f"{short}; write its title, or {LEAST_HEADINGS} blocks with headings")
    if not 0 < form.least_blocks <= 1:
        yield Slip(f"least_blocks: {form.least_blocks} is no share of the blocks; write one above 0 and up to 1")
    for word in (word for word in (*form.keywords, *form.exclude_keywords) if not folded(word)):
        yield Slip(f"keywords: {word!r} has no letters; write a word, or leave it out")
    for word in (word for word in form.exclude_keywords if not word.startswith(form.keywords)):
        yield Slip(f"exclude_keywords: {word!r} begins with no keyword, so it excludes nothing; leave it out")


def _phrases(form: Form) -> Slips:
    """Words that no text can match, or match otherwise than meant."""
    for phrase in phrases_of(form):
        words, name = phrase.words, phrase.role.replace("_", " ")
        letters = folded(words)
        if not letters:
            yield Slip(f"{name} {words!r} has no letters; write the words that the form prints", phrase.owner)
        elif len(letters) < SHORTEST.get(phrase.role, 0):
            yield Slip(f"{name} {words!r} is too short to be told from other words; write more of it", phrase.owner)
        elif words.strip() != words or "  " in words or "\n" in words:
            yield Slip(f"{name} {words!r} has blanks too many; write {' '.join(words.split())!r}", phrase.owner)
        elif len(letters) > LONGEST_PHRASE:
            long = f"{name} {shown(words)} has {len(letters)} letters, of which {LONGEST_PHRASE} are compared"
            yield Slip(f"{long}; write its first words", phrase.owner)


def _headings(form: Form) -> Slips:
    """Headings that would open two blocks."""
    seen: dict[tuple[str, str | None], str] = {}
    for block in form.blocks:
        for opener in block.opens:
            number = opener.number if isinstance(opener, Heading) else None
            for words in wordings_of(opener):
                other = seen.setdefault((folded(words), number), block.name)
                if other != block.name:
                    same = f"heading {words!r} opens block {other} too, and nothing tells the two apart"
                    yield Slip(f"{same}; write other words, or the number that the form prints before it", block.name)


def _starts(form: Form) -> Slips:
    """What opens a report: the first block, and where headings come in any order nothing else."""
    starts = [block.name for block in form.blocks if any(isinstance(opener, Start) for opener in block.opens)]
    first = form.blocks[0].name if form.blocks else ""
    for name in starts:
        if name != first:
            yield Slip("Start() opens what a report begins with; move it to the first block", name)
    if not form.is_ordered and not form.holds_projects and first not in starts:
        yield Slip(
            "is_ordered=False: a report then begins at Start(); add Start() to what opens the first block", first
        )


def _repeated_lines(form: Form) -> Slips:
    for block in form.blocks:
        others = tuple(other.name for other in form.blocks if other is not block)
        for opener in block.opens:
            if isinstance(opener, RepeatedLine) and opener.block not in others:
                text = f"RepeatedLine: there is no other block {opener.block!r}"
                yield Slip(f"{text}; write {nearest(opener.block, others)}", block.name)


def _levels(form: Form) -> Slips:
    """What is said of projects where no block begins one."""
    for block in form.blocks if not form.holds_projects else ():
        if block.level != "part" or block.begins_period:
            what = f"level={block.level!r}" if block.level != "part" else "begins_period=True"
            text = f"{what} means nothing where no block begins a project"
            yield Slip(f"{text}; give level='project' to the block that does, or leave this out", block.name)


def _gifts(form: Form) -> Slips:
    """What groups give to the projects below them."""
    begins = [reads for block in form.blocks if block.level == "project" for reads in block.readings]
    takers = [reads.model for reads in begins if isinstance(reads, SingleField)]
    for block in (block for block in form.blocks if block.gives):
        if block.level != "group":
            yield Slip("gives: only a group gives values to the projects below it; write level='group'", block.name)
        elif not takers:
            text = "gives: a project takes them where its block is read as SingleField(…)"
            yield Slip(f"{text}; read the block with level='project' so", block.name)
        for model in takers:
            yield from (slip._replace(block=block.name) for slip in wrong_values(model, block.gives))


def _roles(form: Form) -> Slips:
    """Roles that point at nothing that the checks could look at."""
    for block in (block for block in form.blocks if block.role):
        is_kept = any(isinstance(reads, WholeText) for reads in block.readings)
        if not is_kept or block.repeats:
            wrong = "it comes more than once" if is_kept else "its text is kept nowhere"
            yield Slip(f"role={block.role!r}: {wrong}; read it as WholeText(…), without repeats", block.name)
        if block.role == "summary" and not form.summary:
            text = "role='summary': the form declares no lines to compare with the pages"
            yield Slip(f"{text}; write summary=(SummaryLine(…), …)", block.name)
    if form.summary and not form.blocks_with_role("summary"):
        yield Slip("summary: no block has role='summary'; give it to the block that prints these lines")
    for line in form.summary:
        yield from _summary_slips(line)


def _summary_slips(line: SummaryLine) -> Slips:
    if not line.words:
        yield Slip("summary: a SummaryLine has no words; write those that the form prints")
    for column in (line.total_of, line.share_of):
        yield from missing(QuarterlyResult, column) if column is not None else ()
    if line.status is not None:
        yield from wrong_values(Project, {"status": line.status})


def _lists_of_one_kind(form: Form) -> Slips:
    """Two lists whose rows have one identity, so that those of the second would be lost."""
    seen: dict[tuple[str, str | None], str] = {}
    for block in form.blocks:
        for reads in (reads for reads in block.readings if isinstance(reads, Bullets | Steps)):
            kind = reads.kind if isinstance(reads, Bullets) else "step"
            other = seen.setdefault((reads.model.table, kind), block.name)
            if other != block.name:
                same = f"block {other} lists rows of table {reads.model.table}, kind {kind!r}, as well"
                yield Slip(f"{same}; give each a kind of its own, or one block both headings", block.name)


def _shared_titles(known: Sequence[Form]) -> Iterator[tuple[Form, Slip]]:
    """Titles that two forms have."""
    seen: dict[str, str] = {}
    for form in known:
        for title in form.titles:
            if (other := seen.setdefault(folded(title), form.name)) != form.name:
                text = f"titles: {shown(title)} is a title of form {other} too"
                yield form, Slip(f"{text}; write words that tell the two apart")


_RULES: tuple[Callable[[Form], Slips], ...] = (
    _names, _identity, _phrases, _headings, _starts, _repeated_lines, _levels, _gifts, _roles, _lists_of_one_kind,
)  # fmt: skip
