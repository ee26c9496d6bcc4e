"""What became of every character: who claims it, and in a block whether it is a label, was read, or was not.

Two accounts hold. Blocks, furniture and what nobody claims have each character once; and each character of a block is
part of a label, heading, marker or separator, or of words that came out, or of what is told as not read.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import zip_longest
from operator import itemgetter
from typing import Literal, NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio

from normalizers.digits import ANY_DIGIT, DIGIT
from normalizers.fuzzy_match import CLOSE, folded
from normalizers.month_names import is_month
from normalizers.quarters import is_numbered_period
from normalizers.text import bare_label, behind, leads_in
from normalizers.text import line as one_line
from parsers import UNKNOWN, Form, compiled
from parsers.base import Entries, Labelled
from parsers.openers import Heading, OtherHeading, PhraseRole
from parsers.phrases import LONGEST_PHRASE, Anchor, patterns_of, phrases_of
from pipeline.document.merge_copies import Consensus
from pipeline.document.rows import Rows, RowValues
from pipeline.document.scan import REMEMBERED, Matches, index_of
from pipeline.errors import DocumentError
from pipeline.model import FURNITURE, Cell, CopyBlock, Issue, Source, Span, SplitDocument
from schemas.base import Label, columns_with

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that repair drops and Python does not count as blanks; they belong to the stretch before them."""
_NO_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))
LABELS: tuple[PhraseRole, ...] = (
    "title", "heading", "common", "numbered", "label", "sub_head", "step", "table_head", "total", "link", "joint",
)  # fmt: skip
"""The declared words that say what other words are; those of a choice, or the first ones of a name, are values."""
_BARS = "| \t"
"""What parts the cells of a row."""
LONGEST_LABELS = 400
"""Letters of the longest cell that may be labels alone, one after the other."""
DAMAGED = 60
"""How alike the sign that values end with must be: one of three letters may be wrong."""
LEAST_UNTOLD, SAME_WORDS, PIECE = 12, 85, 60
"""Letters from which on words of a copy must be told, how alike what is told must be, and to how many at once."""
PAGES = ("document_id", "page_number", "copy_number", "duplicate_of", "similarity", "char_start", "char_end")
BLOCKS = (
    "document_id", "ordinal", "page_number", "copy_number", "project_id", "block", "heading", "char_start", "char_end",
    "label_spans", "read_spans",
)  # fmt: skip
UNCLAIMED = ("document_id", "page_number", "char_start", "char_end", "text", "reason", "block")
"""The columns of the tables, in the order of the values of the rows below."""

_CELL = re.compile(r"[^|\s](?:[^|\t-\r ]| (?![ |]))*+")
_SIGNS = re.compile(r"(?:[^0-9A-Za-z\u0e01-\u0e5b]|(?<![0-9๐-๙])[0-9๐-๙]{1,2}+(?![0-9๐-๙]))*+")
"""What is no word: signs, and numbers so short that they number something."""

_MARKUP = re.compile(r"<[^<>\n]{1,200}+>|&[A-Za-z0-9#]{2,8}+;")
_LETTERS = re.compile(r"[0-9A-Za-zก-ะาำเ-ๆ๐-๙]+")
"""Letters without the marks above and below them."""
Use = Literal["label", "read", "not_read"]
"""What a block's text is: a label, heading, marker or separator; words that came out; words that did not."""
_QUARTER = re.compile(rf"(?<![ \t])[ \t]++(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]?{DIGIT}(?:[ \t]?/[ \t]?{DIGIT}{{4}})?[ \t]*+\Z")
"""The quarter behind a label."""
USES: tuple[Use, ...] = ("label", "read", "not_read")


class Owner(NamedTuple):
    """Who takes text: a block of a copy, furniture, or nobody, whose `name` is None."""

    name: str | None
    copy_number: int
    heading: str | None = None
    copy: int = 0
    """The index of the block's copy, 0 for what no block takes."""


@dataclass(slots=True)
class ClaimedText:
    """All adjoining text of one owner on one page, in the source."""

    owner: Owner
    page_number: int
    start: int
    end: int
    uses: list[tuple[int, Use]] = field(default_factory=list)
    """Where in the source each use of the text begins; it goes on to the next."""
    unread: Span | None = None
    """The first stretch of the repaired text that came out in no cell."""

    def spans(self, text: str) -> dict[Use, list[Span]]:
        """Where the text has each use, without the blanks behind it."""
        spans: dict[Use, list[Span]] = {use: [] for use in USES}
        for (start, use), (end, _) in zip(self.uses, [*self.uses[1:], (self.end, None)], strict=True):
            if size := len(text[start:end].rstrip()):
                spans[use].append((start, start + size))
        return spans


_Claim = tuple[int, int, Owner, Use | None]
"""A span of the repaired text, who takes it, and what it is; None for a piece of a block, which is several things."""
_START = itemgetter(0)


def _confirmed_sums(rows: Rows) -> Iterator[Span]:
    """Where the sums stand that a page prints below rows, and that say what these come to: nothing more than that."""
    for project in rows.projects:
        for model, total in project.merged.totals.items():
            for column in total:
                found = project.merged.sums(model, column)
                cells = (found[0].cell, *found[0].others) if found and found[0].cell.value == found[1] else ()
                yield from (span for cell in cells if cell.value == cells[0].value for span in cell.field.spans)


class Uses:
    """What became of the words of blocks."""

    def __init__(self, matches: Matches, rows: Rows) -> None:
        """Take the phrases of a document, and the cells that came of it."""
        self._text, self._forms = matches.text, (*matches.shown, UNKNOWN)
        spans: set[tuple[int, bool, int, Use]] = set()
        for readings in rows.readings.values():
            for reading in readings.values():
                for cell in (one for one in (reading.cell, *reading.others) if not one.field.is_inferred):
                    is_silent = cell.value is None and not cell.issue  # as a dash is
                    use: Use = "label" if is_silent or cell.field.value is not None else "read"
                    is_shown = cell is reading.cell and cell.value is not None
                    use = "not_read" if use == "read" and not is_shown and _is_untold(cell, reading) else use
                    spans.update((start, use == "not_read", end, use) for start, end in cell.field.spans)
        spans.update((start, False, end, "label") for start, end in _confirmed_sums(rows))
        self._known, self._next = sorted(spans), 0

    def of(self, start: int, end: int) -> list[tuple[int, Use]]:
        """Where each use of a piece of a block begins; pieces are asked for in the order of the text."""
        position, known, cuts = start, self._known, list[tuple[int, Use]]()
        while self._next < len(known) and known[self._next][0] < end:
            first, _, last, use = known[self._next]
            self._next += 1
            if position < last:
                if position < first:
                    cuts += self._left(position, first)
                cuts.append((max(first, position), use))
                position = last
        if position < end:
            cuts += self._left(position, end)
        return cuts

    def _left(self, start: int, end: int) -> list[tuple[int, Use]]:
        """The uses of text that is in no cell, from its first letter on."""
        words = self._text[start:end]
        return [(start + at, use) for at, use in _uses_of(words, self._forms)] if not words.isspace() else []


@lru_cache(maxsize=REMEMBERED)
def _uses_of(text: str, known: tuple[Form, ...]) -> tuple[tuple[int, Use], ...]:
    """Where each use of a text begins that is in no cell.

    Remembered, for copies, and reports on one form, print the same between their values.
    """
    uses, position = list[tuple[int, Use]](), len(text) - len(text.lstrip())
    for cell in _CELL.finditer(text):
        printed = _MARKUP.sub("", cell[0])
        words = _QUARTER.sub("", printed[behind(_SIGNS, printed, 0) :])
        names_time = is_month(words) or is_numbered_period(words)
        is_silent = is_label(folded(words), known) or names_time or leads_in(words) or _is_like(words, known)
        if words and not is_silent:
            if text[position : cell.start()].strip():
                uses.append((position, "label"))
            uses.append((cell.start(), "not_read"))
            position = cell.end()
    if text[position:].strip():
        uses.append((position, "label"))
    return tuple(uses)


def _is_untold(cell: Cell, reading: Consensus) -> bool:
    """Whether a copy prints more words for a value than a finding tells, and the reading that won says others."""
    raw, value = cell.field.raw, cell.value if isinstance(cell.value, str) else ""  # which the alternatives tell
    if len(raw) < LEAST_UNTOLD + len(value) or (reading.cell.value is not None and raw == reading.cell.field.raw):
        return False
    words = "".join(_LETTERS.findall(raw))
    if len(words) < LEAST_UNTOLD + len("".join(_LETTERS.findall(value))):
        return False
    shown = [reading.cell.field.raw] if reading.cell.value is not None else []
    told = "\n".join("".join(_LETTERS.findall(one)) for one in (*shown, *reading.alternatives))
    pieces = (words[start : start + PIECE] for start in range(0, len(words), PIECE))
    return any(piece not in told and _likeness(piece, told) < SAME_WORDS for piece in pieces)


def _likeness(piece: str, told: str) -> float:
    """How alike a piece is to some part of what is told, which must not be less than the piece."""
    return partial_ratio(piece, told) if len(told) >= len(piece) else ratio(piece, told)


def is_label(letters: str, known: tuple[Form, ...]) -> bool:
    """Whether folded letters say nothing, or only declared words of some forms, one after the other."""
    index, labels, rest = index_of(known), _label_words(known), letters
    while (rest := rest[behind(_SIGNS, rest, 0) :]) and rest not in labels:
        first = rest[:LONGEST_PHRASE]
        found = [*index.starting(first), *index.starting(first, Anchor.ITEM)]
        sizes = [size for words, score, size in found if score >= CLOSE and words in labels]
        sizes += [size for size in range(1, len(first) + 1) if rest[:size] in labels]
        sizes += [len(sign) for sign in _ends_of_values(known) if ratio(rest[: len(sign)], sign) >= DAMAGED]
        if not sizes or len(letters) > LONGEST_LABELS:
            head = letters.partition("(")[0] or letters  # behind which a unit may stand
            return not ANY_DIGIT.search(letters) and any(
                head in words or ratio(head, words, score_cutoff=CLOSE) for words in index.heads
            )
        rest = rest[max(sizes) :]
        if len(rest) == 1 and _LETTERS.fullmatch(rest) and not ANY_DIGIT.match(rest):
            break  # a letter that counts what the label says
    return True


def _is_like(words: str, known: tuple[Form, ...]) -> bool:
    """Whether some words are a label, or head something, in other words than the declared ones."""
    bare = bare_label(words.strip(" :：=*")) if len(words) <= LONGEST_PHRASE else ""
    return bool(bare) and any(pattern.fullmatch(bare) for pattern in _label_patterns(known))


@cache
def _label_patterns(known: tuple[Form, ...]) -> tuple[re.Pattern[str], ...]:
    patterns = (one for form in known for one in patterns_of(form))
    return tuple({one.pattern: compiled(one.pattern) for one in patterns if one.role != "first_words"}.values())


@cache
def _label_words(known: tuple[Form, ...]) -> frozenset[str]:
    """The declared words of some forms that are no values, folded."""
    return frozenset(folded(one.words) for form in known for one in phrases_of(form) if one.role in LABELS)


@cache
def _ends_of_values(known: tuple[Form, ...]) -> tuple[str, ...]:
    """The signs that values of some forms end with, such as what an amount is counted in, folded."""
    labelled = (
        one for form in known for block in form.blocks for one in block.readings if isinstance(one, Labelled | Entries)
    )
    labels = (label for one in labelled for label in columns_with(one.model, Label).values())
    return tuple(dict.fromkeys(folded(label.ends) for label in labels if label.ends))


def account(blocks: SplitDocument, uses: Uses | None = None) -> list[ClaimedText]:
    """All text of the source in order, with its owners; a `DocumentError` where a character is lost or taken twice."""
    locator, text, source = blocks.document.locator, blocks.document.text, blocks.document.source
    taken = sorted(_taken(blocks), key=_START)
    found: list[ClaimedText] = []
    for start, end, owner, use in sorted([*taken, *_left(blocks, taken)], key=_START):
        span = locator.locate(start, end)
        done = span.start
        if found and found[-1].owner is owner and found[-1].page_number == span.page_number:
            done = max(done, found[-1].end)
            found[-1].end = max(found[-1].end, span.end)
        else:
            found.append(ClaimedText(owner, span.page_number, span.start, span.end))
        cuts = [(start, use)] if use else uses.of(start, end) if uses else [(start, USES[1])]
        is_unchanged = len(cuts) == 1 or text[start:end] == source.text[span.start : span.end]
        for cut, one in cuts:
            done = max(done, cut - start + span.start if is_unchanged else locator.source_start(cut))
            if done < span.end and (one == "read" or not found[-1].uses or found[-1].uses[-1][1] != one):
                found[-1].uses.append((done, one))
                if one == "not_read" and found[-1].unread is None:
                    found[-1].unread = (cut, end)
    _close_gaps(found, source)
    if "<" in source.text or "&" in source.text:
        for claim in found:
            claim.uses = list(_with_markup(claim, source.text))
    return found


def _with_markup(claim: ClaimedText, text: str) -> Iterator[tuple[int, Use]]:
    """The uses of a text, where tags and entities inside words that came out are separators."""
    for (start, use), after in zip_longest(claim.uses, claim.uses[1:]):
        yield start, use
        for markup in _MARKUP.finditer(text, start, after[0] if after else claim.end) if use == "read" else ():
            yield markup.start(), "label"
            yield markup.end(), "read"


def _taken(blocks: SplitDocument) -> Iterator[_Claim]:
    """What blocks take."""
    text, page_starts = blocks.document.text, [page.start for page in blocks.document.pages]
    for copy, block in blocks.blocks():
        heading = one_line(text[slice(*block.heading)]) if block.heading else None
        owner = Owner(block.declaration.name, copy.number, heading, copy.index)
        own = block.pieces if not block.above else [piece for piece in block.pieces if piece not in block.above]
        cells = [span for cell in block.cells for span in cell.spans]
        yield from ((start, end, owner, None) for start, end in _adjoining((*own, *cells), text, page_starts))
        for start, end in block.headings:
            yield start, end, owner, "label"


def _adjoining(pieces: Iterable[Span], text: str, page_starts: Sequence[int]) -> Iterator[Span]:
    """Pieces of a block, those of one page as one where only blanks stand between them."""
    first = last = -1
    for start, end in pieces:
        is_next = first >= 0 and start >= last and not text[last:start].strip()
        if not is_next or bisect_right(page_starts, start) > bisect_right(page_starts, last):
            if first >= 0:
                yield first, last
            first = start
        last = end
    if first >= 0:
        yield first, last


def _left(blocks: SplitDocument, taken: Sequence[_Claim]) -> Iterator[_Claim]:
    """Furniture, and the lines or parts of lines that no block took, save the bars beside the cells that one did."""
    text, first = blocks.document.text, 0
    for page in blocks.document.pages:
        copy_number = blocks.copy_of_page[page.number - 1]
        furniture, nobody = Owner("furniture", copy_number), Owner(None, copy_number)
        for line in page.lines:
            if line.role in FURNITURE:
                yield line.start, line.end, furniture, "label"
                continue
            while first < len(taken) and taken[first][1] <= line.start:
                first += 1
            left, following = line.start, first
            while left < line.end:
                start, end, *_ = taken[following] if following < len(taken) else (line.end, line.end)
                if bare := text[left : min(start, line.end)].strip():
                    begin = text.index(bare[0], left)
                    is_cell_behind, is_cell_before = start < line.end, left > line.start
                    if (is_cell_behind or is_cell_before) and not bare.strip(_BARS):
                        yield begin, begin + len(bare), taken[following - (not is_cell_behind)][2], "label"
                    else:
                        yield begin, begin + len(bare), nobody, "not_read"
                left, following = max(left, end), following + 1


def _close_gaps(found: Sequence[ClaimedText], source: Source) -> None:
    """Give zero-width characters between two stretches to the first, once it is sure that nothing else is there."""
    text, name = source.text, source.name
    if not found:
        reason = "the file holds nothing but invisible characters; fetch it again from where it came"
        raise DocumentError(f"{name}: {reason}")
    if _is_zero_width(text[: found[0].start], name):
        found[0].start, found[0].uses[0] = 0, (0, found[0].uses[0][1])
    for claim, following in zip_longest(found, found[1:]):
        if following is not None and following.start < claim.end:
            raise DocumentError(
                f"{name}: character {following.start} is claimed twice; please report this file as a bug"
            )
        gap = text[claim.end : following.start if following else None]
        if _is_zero_width(gap, name):
            claim.end += len(gap.rstrip())


def _is_zero_width(gap: str, name: str) -> bool:
    """Whether zero-width characters stand in a gap; a `DocumentError` if anything else but blanks does."""
    if not gap or gap.isspace():
        return False
    if residue := gap.translate(_NO_ZERO_WIDTH).strip():
        raise DocumentError(f"{name}: {residue[:40]!r} is in no block; please report this file as a bug")
    return True


def page_rows(blocks: SplitDocument) -> Iterator[RowValues]:
    """A row for each page."""
    for page, copy_number in zip(blocks.document.pages, blocks.copy_of_page, strict=True):
        span = blocks.document.locator.locate(page.start, page.end)
        repeat = blocks.repeats.get(page.number)
        same = (repeat.page_number, repeat.similarity) if repeat else (None, None)
        yield blocks.document.source.document_id, page.number, copy_number, *same, span.start, span.end


def block_rows(
    document_id: str, claims: Iterable[ClaimedText], text: str, project_of_copy: Mapping[int, str | None]
) -> Iterator[RowValues]:
    """A row for each block, and for furniture, on each page, in the order of the text."""
    for ordinal, claim in enumerate((claim for claim in claims if claim.owner.name), 1):
        name, copy_number, heading, copy = claim.owner
        numbers = (ordinal, claim.page_number, copy_number)
        spans = claim.spans(text)
        known = ([{"char_start": start, "char_end": end} for start, end in spans[use]] for use in USES[:2])
        yield document_id, *numbers, project_of_copy.get(copy), name, heading, claim.start, claim.end, *known


def unread(claims: Iterable[ClaimedText], text: str) -> Iterator[tuple[ClaimedText, list[Span]]]:
    """What nobody claimed, and of each block the words that came out in no cell."""
    for claim in claims:
        if any(use == "not_read" for _, use in claim.uses) and (spans := claim.spans(text)["not_read"]):
            yield claim, spans


def unclaimed_rows(document_id: str, left: Iterable[tuple[ClaimedText, list[Span]]], text: str) -> Iterator[RowValues]:
    """A row for each stretch that nobody claimed, and for each that a block claimed and no cell, nor label, took."""
    for claim, spans in left:
        reason = "not_read" if claim.owner.name else "no_block"
        for start, end in spans:
            yield document_id, claim.page_number, start, end, text[start:end], reason, claim.owner.name


def unread_issues(left: Iterable[tuple[ClaimedText, list[Span]]], text: str, blocks: SplitDocument) -> Iterator[Issue]:
    """An issue for each block with words that came out in no cell, and for each stretch of a form that no block has.

    Lines that an engine repeats, and stray marks, are no words of the form.
    """
    is_on_form = any(region.form is not UNKNOWN for region in blocks.regions)
    lines = (line for page in blocks.document.pages for line in page.lines)
    no_words = {line.start for line in lines if line.role in ("loop", "stray")}
    for claim, spans in left:
        name, words = claim.owner.name, " … ".join(text[start:end] for start, end in spans)
        size = sum(_visible(text, *span) for span in spans)
        if name:
            told = f"{size} characters of block {name} came out in no cell"
            yield Issue("text_not_read", told, claim.unread, printed=words, copy=claim.owner.copy)
        elif is_on_form and claim.unread and claim.unread[0] not in no_words:
            told = f"{size} characters stand in no block of the form"
            yield Issue("text_unclaimed", told, claim.unread, printed=words, copy=claim.owner.copy)


def empty_blocks(blocks: SplitDocument, claims: Iterable[ClaimedText]) -> Iterator[Issue]:
    """An issue for each heading below which a copy has no word that came out, nor one that is told as not read.

    A heading that prints a period, or that no form declares, may stand above others, as any does above a block that
    begins with its own first words; one with a dash says that there is nothing.
    """
    text = blocks.document.text
    saying = {(claim.owner.copy, claim.owner.name) for claim in claims if any(use != "label" for _, use in claim.uses)}
    for copy in blocks.copies:
        told: set[str] = set()
        for block, below in zip_longest(copy.blocks, copy.blocks[1:]):
            name = block.declaration.name
            opens = block.declaration.opens
            is_above = block.declaration.may_be_empty or (below is not None and _goes_on(block, below))
            is_above = is_above or any(
                isinstance(one, OtherHeading) or (isinstance(one, Heading) and one.has_period) for one in opens
            )
            if block.heading and block.declaration.readings and not (block.pieces or is_above or name in told):
                told.add(name)
                if (copy.index, name) not in saying and not text[slice(*block.heading)].endswith(("-", "–")):
                    words = f"nothing stands below the heading of block {name}"
                    yield Issue("block_without_rows", words, block.heading, copy=copy.index)


def _goes_on(block: CopyBlock, below: CopyBlock) -> bool:
    """Whether the block below a heading begins with its own first words, and fills a table that the heading's does."""
    tables, others = ({reads.model for reads in one.declaration.readings} for one in (block, below))
    return not below.heading and bool(below.pieces) and not tables.isdisjoint(others)


def coverage(claims: Iterable[ClaimedText], left: Iterable[tuple[ClaimedText, list[Span]]], text: str) -> float:
    """The share of non-blank characters outside of furniture that were read, or are labels."""
    total = sum(_visible(text, claim.start, claim.end) for claim in claims if claim.owner.name != "furniture")
    lost = sum(_visible(text, start, end) for _, spans in left for start, end in spans)
    return round((total - lost) / total, 6) if total else 0.0


def _visible(text: str, start: int, end: int) -> int:
    """How many characters of a stretch are not blank."""
    return len("".join(text[start:end].split()))
