"""Lists: items behind markers, sub-heads and lead words; steps behind a word and a number; names in running text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from normalizers.digits import ARABIC, DIGIT, THAI, arabic
from normalizers.fuzzy_match import CLOSE, FoldedText, folded, prefix_score
from normalizers.month_names import full_month, short_month
from normalizers.numbers import COUNTED, marker
from normalizers.text import paragraph
from parsers.base import Bullets, Calendar, Links, Steps
from pipeline.document.read_fields.cells import TableCell, cells_of
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.tables import fields_of_table, find_table
from pipeline.document.scan import Match
from pipeline.model import Field, Issue, RowId, Span

FEW = 3
"""So many numbers inside a line may be the list's first."""
BEGINNING = 4
"""First letters of a step's word of which half must be right: a sentence that speaks of the step begins with others."""
LONG = 10
"""Letters of a joint between two names that is known though damaged."""
LABEL_LENGTH = 40
"""A colon among so many first characters of a line makes it the next field."""

_ALONE = re.compile(rf"\**+({DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+)\.?\**+")
_GLUED = re.compile(rf"({DIGIT}{{1,2}}[.,]{DIGIT}{{1,2}})[ \t]*+(?!{COUNTED})(?=[ก-ฮเ-ไ])")
"""A number of two levels whose blank or dot was damaged."""
_FIRST = re.compile(rf"(?<=[ \t])\\?\(?(?:{DIGIT}{{1,2}}\.)?[1๑]\\?[.)](?=[ \t]*+[^\s0-9๐-๙.)])")
"""The first number of a list inside a line."""
_SEPARATOR = re.compile(r"[ \t*\\_]*+(?:[:：][ \t*\\_]*+)?+")
_STEP_MARKS = re.compile(r"[\s*_#>|\\•–-]*+")
_STEP_NUMBER = re.compile(rf"[\s*\\]*+\(?({DIGIT}{{1,2}}+)(?!{DIGIT}|\s?[-–/.,]\s?{DIGIT})[\s*\\.:)_]*+")
_FIELD = re.compile(r"[^\n:：]{1,40}+[:：]")
_BLANKS = " \t\n,;"

Below = Mapping[int, str]
"""The label of each level that lines below begin with next."""


@dataclass(slots=True)
class _Item:
    """A line of a list with the lines that belong to it."""

    kind: str | None
    label: str | None
    label_span: Span | None
    pieces: list[Span] = field(default_factory=list)


def read_bullets(reads: Bullets, joined: JoinedText) -> Iterator[Field]:
    """A row for each item, in order; none where a table stands in the list's place."""
    if reads.instead_of is not None and find_table(joined, reads.instead_of) is not None:
        return
    for ordinal, item in enumerate((item for item in _items(reads, joined) if item.pieces), 1):
        row = RowId(order=(item.kind, joined.block.period, ordinal))
        fields = list(_fields(reads, joined, item, row))
        if item.kind is not None:
            column = reads.model.column_of("kind")
            yield fields[-1]._replace(column=column, raw=item.kind, value=item.kind, is_inferred=True)
        yield from fields


def read_steps(reads: Steps, joined: JoinedText) -> Iterator[Field]:
    """A row for each step in order; text before the first one is a step without a number."""
    steps = [_Item(None, None, None)]
    for line in joined.lines():
        if begun := _step_in(joined, line, reads.words):
            label, label_span, start = begun
            steps.append(_Item(None, label, label_span))
            steps[-1].pieces += [(start, line[1])] if start < line[1] else []
        else:
            steps[-1].pieces.append(line)
    steps = [step for step in steps if step.label is not None or paragraph(_text_of(joined, step))]
    for ordinal, step in enumerate(steps, 1):
        yield from _fields(reads, joined, step, RowId(order=("step", joined.block.period, ordinal)))


def _fields(reads: Bullets | Steps, joined: JoinedText, item: _Item, row: RowId) -> Iterator[Field]:
    if item.label and item.label_span:
        column = reads.model.column_of("label")
        yield joined.field(reads.model, column, row, item.label_span)._replace(raw=item.label, value=item.label)
    spans = tuple(span for piece in item.pieces for span in joined.spans(*piece))
    yield Field(reads.model, reads.model.column_of("words"), joined.block.copy, row, _text_of(joined, item), spans)


def _text_of(joined: JoinedText, item: _Item) -> str:
    return "\n".join(joined.text[start:end] for start, end in item.pieces)


def _items(reads: Bullets, joined: JoinedText) -> list[_Item]:
    """The items, those that say nothing too."""
    text, items, kind = joined.text, [_Item(reads.kind, None, None)], reads.kind
    for start, end in _pieces(reads, joined):
        if reads.words and (step := _step_in(joined, (start, end), reads.words)):
            items.append(_Item(kind, step[0], step[1], _saying(text, (step[2], end))))
            continue
        label, size = _marker(text[start:end], items[-1].label)
        head = _sub_head(reads, joined, (start + size, end))
        if not reads.is_flat and label and _is_lower(label, items):
            items[-1].pieces.append((start, end))
        elif head:
            kind, behind = head
            items.append(_Item(kind, label, (start, start + size), _saying(text, (_behind(text, behind, end), end))))
        elif size or _begins_item(reads, text[start:end], items[-1]):
            items.append(_Item(kind, label, (start, start + size), _saying(text, (start + size, end))))
        else:
            items[-1].pieces.append((start, end))
    return items


def _saying(text: str, piece: Span) -> list[Span]:
    """The piece, if it says anything."""
    return [piece] if text[slice(*piece)].strip(" \t.:*\\_") else []


def _behind(text: str, position: int, end: int) -> int:
    """Where the text behind a sub-head begins, the colon and the Markdown between them left out."""
    between = _SEPARATOR.match(text, position, end)
    return between.end() if between else position


def _is_lower(label: str, items: Sequence[_Item]) -> bool:
    """Whether a marker has more levels than the first of the list: a step within a step."""
    first = next((item.label for item in items if item.label), None)
    return first is not None and label.count(".") > first.count(".")


def _marker(said: str, before: str | None) -> tuple[str | None, int]:
    """The marker that a line begins with; a bare number is one only where it is the next of the list."""
    label, size = marker(said)
    if label:
        return label, size
    rest = said[size:]
    alone = _ALONE.fullmatch(rest) or _GLUED.match(rest)
    bare, taken = (arabic(alone[1]).replace(",", "."), alone.end()) if alone else marker(rest, bare_numbers=True)
    is_next = bare is not None and (bare == _next(before) or bare.rpartition(".")[2] == "1")
    return (bare, size + taken) if is_next else (label, size)


def _next(label: str | None) -> str:
    if label is None:
        return "1"
    *upper, last = label.split(".")
    return ".".join([*upper, str(int(last) + 1)])


def _sub_head(reads: Bullets, joined: JoinedText, line: Span) -> tuple[str, int] | None:
    """The kind that a sub-head names, and where its words end."""
    kinds = _sub_heads(reads)
    if not kinds:
        return None
    start = line[0] + len(joined.text[slice(*line)]) - len(joined.text[slice(*line)].lstrip("#*\\_ "))
    near = [match for match in joined.starting_at(start, line[1]) if match.words in kinds and match.score >= CLOSE]
    best = max(near, key=lambda match: (match.score, match.size, kinds[match.words]), default=None)
    return (kinds[best.words], best.end) if best else None


@cache
def _sub_heads(reads: Bullets) -> dict[str, str]:
    """The kind that each sub-head names, by its folded words."""
    return {folded(words): kind for kind, forms in reads.sub_heads.items() for words in forms}


def _begins_item(reads: Bullets, said: str, current: _Item) -> bool:
    """Whether a line without a marker begins an item all the same: with the word that items of this list begin with."""
    if not reads.lead_word or not said.lstrip("*").startswith(reads.lead_word):
        return False
    return bool(current.pieces) and current.label is None


def _pieces(reads: Bullets, joined: JoinedText) -> Iterator[Span]:
    """The lines; where items run on, cut again before a marker that carries on the numbering inside a line."""
    text, lines = joined.text, joined.lines()
    if not reads.runs_on:
        yield from lines
        return
    marker_above: tuple[str, str] | None = None
    for (start, end), below in zip(lines, _below(reads, joined, lines), strict=True):
        label, size = _marker(text[start:end], None)
        first = None if label else _first_inside(text, (start, end), below, reads.lead_word, marker_above)
        if first:
            yield start, first
            start = first
            label, size = _marker(text[start:end], None)
        while label:
            marker_above = label, text[start : start + size]
            inner = _next_inside(text, (start + size, end), below, reads.lead_word, marker_above)
            if inner is None:
                break
            yield start, inner
            start = inner
            label, size = _marker(text[start:end], label)
        yield start, end


def _below(reads: Bullets, joined: JoinedText, lines: Sequence[Span]) -> list[Below]:
    """For each line the labels of each level that lines below it begin with next, up to the next sub-head."""
    found: list[Below] = []
    below: dict[int, str] = {}
    for start, end in reversed(lines):
        found.append(below)
        label, size = _marker(joined.text[start:end], None)
        if _sub_head(reads, joined, (start + size, end)):
            below = {}
        elif label:
            below = below | {label.count("."): label}
    return found[::-1]


def _next_inside(text: str, span: Span, below: Below, lead_word: str | None, above: tuple[str, str]) -> int | None:
    """Where the number behind the one `above` stands inside a line, in its style, if no line below begins with it."""
    label, style = above
    is_below = below.get(label.count(".")) == _next(label)
    return None if is_below else _following_marker(text, span, _next(label), style, lead_word)


def _first_inside(
    text: str, span: Span, below: Below, lead_word: str | None, above: tuple[str, str] | None
) -> int | None:
    """Where a line without a marker goes on with the list, or begins one behind the words that introduce it.

    A list that begins has a second number, which follows in the line or begins a line below.
    """
    if above and (inner := _next_inside(text, span, below, lead_word, above)):
        return inner
    for match in islice(_FIRST.finditer(text, *span), FEW):
        label, _ = marker(match[0] + "ก")
        if label and (
            below.get(label.count(".")) == _next(label)
            or _following_marker(text, (match.end(), span[1]), _next(label), match[0], lead_word)
        ):
            return match.start()
    return None


def _following_marker(text: str, span: Span, label: str, style: str, lead_word: str | None) -> int | None:
    """Where the next number stands inside a line in the style of the one before; a bare one needs the lead word."""
    style = style.strip(" \t-•*□").replace("\\", "")
    opening, closing = style[:1] if style[:1] == "(" else "", style[-1:] if style[-1:] in ".)" else ""
    figures = re.escape(label).translate(_EITHER_SCRIPT)
    is_bare = not closing and "." not in label
    behind = rf"[ \t]++(?={lead_word})" if is_bare else r"(?=[ \t]*+[^\s0-9๐-๙.)])"
    if is_bare and not lead_word:
        return None
    before, escape = (rf"\\?{re.escape(opening)}" if opening else ""), (r"\\?" if closing else "")
    pattern = rf"(?<=[ \t]){before}{figures}{escape}{re.escape(closing)}{behind}"
    match = re.compile(pattern).search(text, *span)
    return match.start() if match else None


_EITHER_SCRIPT = {ord(figure): f"[{figure}{thai}]" for figure, thai in zip("0123456789", THAI, strict=True)}


def _step_in(joined: JoinedText, line: Span, words: tuple[str, ...]) -> tuple[str, Span, int] | None:
    """The number of the step that a line begins, where it stands, and where the step's words begin."""
    marks = _STEP_MARKS.match(joined.text, *line)
    start = marks.end() if marks else line[0]
    wanted = set(map(folded, words))
    for match in joined.starting_at(start, line[1]):
        number = _STEP_NUMBER.match(joined.text, match.end, line[1])
        if match.words in wanted and match.score >= CLOSE and number and _begins_alike(joined, match):
            return arabic(number[1]), number.span(1), number.end()
    return None


def _begins_alike(joined: JoinedText, match: Match) -> bool:
    """Whether half of the first letters are right."""
    slips = joined.matches.slips(joined.position(match.start), match.words[:BEGINNING])
    return slips <= BEGINNING // 2


def read_links(reads: Links, joined: JoinedText) -> Iterator[Field]:
    """A row for each name, up to the next one or to the line that begins another field."""
    text = joined.text
    starts = _starts(text, reads.names)
    ends = [*starts[1:], len(text)][: len(starts)]
    for number, (start, after) in enumerate(zip(starts, ends, strict=True), 1):
        end = _without_joint(text, start, _end(text, start, after, reads.ended_by), reads.joined_by)
        row = RowId(order=("link", number))
        spans = joined.spans(start, end)
        for column, value in reads.constants.items():
            yield Field(reads.model, column, joined.block.copy, row, value, spans, value=value, is_inferred=True)
        yield Field(reads.model, reads.model.column_of("words"), joined.block.copy, row, text[start:end], spans)


def _starts(text: str, names: tuple[str, ...]) -> list[int]:
    """Where names begin, as an OCR engine sees letters: not inside a longer name, nor with a number of its own."""
    whole = FoldedText(text)
    return [whole.position(match.start()) for match in _pattern(names).finditer(whole.letters)]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """The first words of names in a folded text; not "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ", nor "นโยบายที่ 9"."""
    words = "|".join(re.escape(folded(name)) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!{re.escape(folded('ภายใต้'))})(?:{words})(?!{re.escape(folded('ที่'))}{DIGIT})")


def _end(text: str, start: int, after: int, ended_by: tuple[str, ...]) -> int:
    """Where the name's paragraph ends, or something else is named, if that is before the next name."""
    rest = FoldedText(text[start:after])
    other = min((place for words in ended_by if (place := rest.letters.find(folded(words), 1)) > 0), default=0)
    after = start + rest.position(other) if other else after
    line = text.find("\n", start, after)
    while line >= 0:
        if text.startswith("\n", line + 1) or _FIELD.match(text, line + 1, min(after, line + 1 + LABEL_LENGTH)):
            return line
        line = text.find("\n", line + 1, after)
    return after


def _without_joint(text: str, start: int, end: int, joined_by: tuple[str, ...]) -> int:
    """The end of a name without the words that join it to the next one, whole or damaged."""
    end = start + len(text[start:end].rstrip(_BLANKS + "-•"))
    while joint := max((_joint_at(text, start, end, words) for words in joined_by), default=0):
        end = start + len(text[start : end - joint].rstrip(_BLANKS + "-•"))
    return end


def _joint_at(text: str, start: int, end: int, words: str) -> int:
    """How many characters a joint takes at the end of a name; 0 where there is none, damaged only if it is long."""
    if text.endswith(words, start, end):
        return len(words)
    begin = max(start + 1, end - 2 * len(words))
    rest = FoldedText(text[begin:end])
    score, size = prefix_score(rest.letters[::-1], folded(words)[::-1]) if len(words) >= LONG else (0.0, 0)
    return end - begin - rest.position(len(rest.letters) - size) if score >= CLOSE else 0


LEAST_MONTHS, LEAST_IN_A_ROW = 6, 3
"""So many cells with the name of a month and few others between make a calendar, or fewer with none between."""

_SERIAL = re.compile(rf"\s*+(?:\*\*)?({DIGIT}{{1,2}}+)[.)]?(?:\*\*)?\s*+")
_MARK = re.compile(r"[\s/xX×✓✔√●•○■□◼◄►←→↔⟷➔▶◀*+=_–—-]++")


def read_calendar(reads: Calendar, joined: JoinedText) -> Iterator[Field | Issue]:
    """A row for each step; an issue where months are printed and no step has a mark under any."""
    cells = cells_of(joined.matches.text, joined.pieces)
    months = _months(joined.matches.text, cells)
    if months:
        yield from _drawn(reads, joined, cells[months[-1] + 1 :], cells[months[0]].place)
    elif table := find_table(joined, reads.grid):
        yield from fields_of_table(reads.grid, table, joined)
    else:
        yield from read_bullets(reads.steps, joined)


def _is_month(text: str) -> bool:
    """Whether a cell is the name of a month, perhaps with its year."""
    name = text.strip(" *\\_").rstrip(THAI + ARABIC).rstrip().removesuffix("พ.ศ.").rstrip()
    return len(name) <= 16 and (short_month(name) is not None or full_month(name) is not None)


def _count(cells: Sequence[TableCell]) -> int:
    """How many cells say something."""
    return sum(bool(cell.spans) for cell in cells)


def _months(text: str, cells: Sequence[TableCell]) -> list[int]:
    """The cells that name the months of a calendar, none where the text has no calendar."""
    months = [i for i, cell in enumerate(cells) if _is_month(cell.text(text))]
    if len(months) >= LEAST_MONTHS and 3 * len(months) > 2 * _count(cells[months[0] : months[-1] + 1]):
        return months
    run: list[int] = []
    for i in months:
        run = [*run, i] if run and not _count(cells[run[-1] + 1 : i]) else [i]
        if len(run) >= LEAST_IN_A_ROW and cells[i].row == cells[run[0]].row:
            following = [later for later in months if later > i]
            if not following or following[0] != i + 1:
                return run
    return []


def _drawn(
    reads: Calendar, joined: JoinedText, cells: Sequence[TableCell], first_month: int
) -> Iterator[Field | Issue]:
    """The steps of a calendar: each cell that says something begins one, and what stands in the others are marks."""
    text, has_marks, ordinal = joined.matches.text, False, 0
    number: TableCell | None = None
    for cell in _steps(text, cells):
        words = cell.text(text)
        if not words or (_MARK.fullmatch(words) and (cell.row is None or cell.place != 0) and cell.kind != "loose"):
            has_marks = has_marks or bool(words.strip(" *\\_"))
        elif cell.row is not None and cell.place >= max(first_month, 1):
            continue
        elif _SERIAL.fullmatch(words):
            number = cell
        else:
            ordinal += 1
            yield from _step(reads, joined, cell, number, ordinal)
            number = None
    if ordinal and not has_marks:
        text = f"the plan prints months and {ordinal} steps, and no mark that says when"
        span = joined.block.heading or cells[0].spans[0]
        yield Issue("schedule_marks_lost", text, span, reads.steps.model.table, copy=joined.block.copy)


def _steps(text: str, cells: Sequence[TableCell]) -> Iterator[TableCell]:
    """The cells; where nothing parts them and steps have numbers, lines without one join the step above."""
    loose = [cell for cell in cells if cell.kind == "loose"]
    if not any(marker(cell.text(text))[0] for cell in loose):
        yield from cells
        return
    steps: list[TableCell] = []
    for cell in loose:
        if not steps or marker(cell.text(text))[0]:
            steps.append(cell)
        else:
            steps[-1] = steps[-1]._replace(spans=(*steps[-1].spans, *cell.spans))
    yield from steps


def _step(
    reads: Calendar, joined: JoinedText, cell: TableCell, number: TableCell | None, ordinal: int
) -> Iterator[Field]:
    """The fields of a step; its number may stand in a cell of its own."""
    model, copy, row, text = (
        reads.steps.model,
        joined.block.copy,
        RowId(order=("step", 0, ordinal)),
        joined.matches.text,
    )
    (start, end), *rest = cell.spans
    label, size = marker(text[start:end])
    if number is not None and not label and (serial := _SERIAL.fullmatch(number.text(text))):
        yield Field(
            model, model.column_of("label"), copy, row, number.text(text), number.spans, value=arabic(serial[1])
        )
    elif label:
        yield Field(model, model.column_of("label"), copy, row, label, ((start, start + size),), value=label)
    spans = tuple(span for span in ((start + size, end), *rest) if text[slice(*span)].strip())
    yield Field(model, model.column_of("words"), copy, row, "\n".join(text[a:b] for a, b in spans), spans)
