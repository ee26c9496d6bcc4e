"""Lists: items behind markers, sub-heads and lead words; steps behind a word and a number; names in running text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice

from normalizers.digits import ANY_DIGIT, DIGIT, THAI, arabic, whole
from normalizers.fuzzy_match import CLOSE, FoldedText, folded
from normalizers.month_names import is_month
from normalizers.numbers import COUNTED, marker
from normalizers.quarters import QUARTER_HEAD, is_numbered_period, quarter_and_year
from normalizers.text import leads_in, paragraph
from parsers.base import Bullets, Calendar, Links, Steps
from parsers.phrases import Anchor
from pipeline.document.cells import TableCell, cells_of, without_number
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.tables import fields_of_table, find_table, heads_columns
from pipeline.document.scan import best_match
from pipeline.model import Field, Issue, RowId, Span

FEW = 3
"""So many numbers inside a line may be the list's first."""
SIDE_BY_SIDE = 2
"""So few sub-heads beside each other may head columns."""
LONG = 10
"""Letters of a joint between two names that is known though damaged."""
SHORT = 8
"""A sub-head of fewer letters begins other words too, unless something parts it from what follows."""
_CELL_MARKS = " \t|✓✔√●■/"
_BREAK = re.compile(r"<[Bb][Rr] ?/?>[ \t]*+")
SHORT_LINE = 0.6
"""The share of a full line up to which a line was not wrapped."""
LABEL_LENGTH = 40
"""A colon among so many first characters of a line makes it the next field."""

_ALONE = re.compile(rf"\**+({DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+)\.?\**+")
_GLUED = re.compile(rf"({DIGIT}{{1,2}}[.,]{DIGIT}{{1,2}})[ \t]*+(?!{COUNTED})(?=[ก-ฮเ-ไ])")
"""A number of two levels whose blank or dot was damaged."""
_FIRST = re.compile(rf"(?<=[ \t])\\?\(?(?:{DIGIT}{{1,2}}\.)?[1๑]\\?[.)](?=[ \t]*+[^\s0-9๐-๙.)])")
"""The first number of a list inside a line."""
_ROW_NUMBER = re.compile(rf"[ \t|*]*+({DIGIT}{{1,2}})[.)]?+[ \t*]*+\|[ \t]*+(?=\S)")
_POINT = re.compile(rf"[ \t*•\-]*+ข้อ(?:ที่)?[ \t]?({DIGIT}{{1,2}})[.):]?[ \t]++(?=\S)")
_EDGE_OF_VALUE = re.compile(r"[:：][ \t]|\t| {3}")
_FIELD_ON_LINE = re.compile(
    r"[ \t*•-]*+[ก-ฮเ-ไ](?:[^\s:：|0-9๐-๙]| (?! )){2,40}+([ \t]*+[:：](?=[ \t])|\t| {3,}+)[ \t]*+\S"
)
"""What stands between a label and its value; and a line that is both."""
LONGEST_HEAD = 24
"""Characters of a cell that heads a column of a list."""
_NUMBER_CELL = re.compile(rf"[ \t|]*+({DIGIT}{{1,2}})[.)]?[ \t]*+\|[ \t]*+")
_RULE_BELOW = re.compile(r"[ \t|]*+\r?+\n[ \t]*+(?:\|[ \t:]*+-{2,}+|\+[-=]{2,}+)")
_HEAD_ROW = re.compile(
    r"[ \t|*]*+(?:ที่|ลำดับ|ลำดับที่|ข้อ|ข้อที่)(?:[ \t*]*+\|[^|\n]{2,60}+[ \t|]*+|(?: ++\t| {2}|\t)[ \t]*+[^\s|][^|\t\n]{1,40})"
)
"""The row of a list in a table that names its two columns."""
_LETTERS = (tuple("กขคงจฉชซฌญ"), tuple("abcdefgh"), tuple("i ii iii iv v vi vii viii ix x".split()))
"""What numbers items in place of figures."""
_LETTER = re.compile(r"[\s*|]*+\(?([กขคงจฉชซฌญ]|[ivx]{1,4}|[a-h])[.)]\*{0,2}\s++(?=\S)")
_LETTER_AND_NUMBER = re.compile(rf"[\s*|]*+\(?([กขคงจฉชซ]\.{DIGIT}{{1,2}}+)[.)]?+\s++(?=[ก-ฮเ-ไ])")
_MARKS = re.compile(r"[\s*_#>|\\•–-]*+(?:\[[ xX]\]\s++)?+")
_SEPARATOR = re.compile(r"\)?+[ \t*\\_]*+(?:(?:[:：]|[.…]{3,}+)[ \t*\\_]*+)?+")
_GOES_ON = re.compile(r"[ \t*]*+(?:และ|แล้ว|ใช้|ได้|สามารถ|ไม่|หรือ|ของ|ใน|ให้|ที่|โดย|ซึ่ง|ตาม|เพื่อ|จาก|กับ|ต่อ|รวม|[^ก-ฮเ-ไ])")
"""What a line begins with that goes on with the one above."""
_CAN_END = re.compile(r"[^\s,:(ๆ]{2}[ \t]*+\Z")
_PARTED = re.compile(r"[*_]*+[ \t]*+(?:[:：|\n]|\t|[.…]{4}|\Z)|[ \t]{2}")
_STEP_NUMBER = re.compile(rf"[\s*\\]*+\(?({DIGIT}{{1,2}}+)(?!{DIGIT}|\s?[-–/.,]\s?{DIGIT})[\s*\\.:)_]*+")
_FIELD = re.compile(r"[^\n:：]{1,40}+[:：]")
_BLANKS = " \t\n,;-•"
_HEAD = r"\|[ *]*+(?:ที่|ลำดับ|ลำดับที่|ข้อ|รายการ|รายละเอียด|ข้อมูล|หัวข้อ|ประเภท|ประเด็น|ด้าน|คำอธิบาย|วัตถุประสงค์|เป้าหมาย)[ *]*+"
_HEAD_OF_LIST = re.compile(rf"\s*+((?:{_HEAD}){{2,4}}+\|)\s*+\|")
"""The head of a table in Markdown that has a list in its rows."""

Labels = Mapping[int, str]
"""The label of each level that lines below begin with next."""


@dataclass(slots=True)
class _Item:
    """A line of a list with the lines that belong to it."""

    kind: str | None
    label: str | None = None
    label_span: Span | None = None
    pieces: list[Span] = field(default_factory=list)
    quarter: Span | None = None
    """The line above it that says in which quarter it is done."""

    def text(self, joined: JoinedText) -> str:
        """What it says, its lines apart."""
        return "\n".join(joined.text[start:end] for start, end in self.pieces)


def read_bullets(reads: Bullets, joined: JoinedText) -> Iterator[Field]:
    """A row for each item, in order; none where a table stands in the list's place."""
    if reads.instead_of is not None and find_table(joined, reads.instead_of) is not None:
        return
    if head := _HEAD_OF_LIST.match(joined.text):
        spans = joined.spans(*head.span(1))
        joined = joined.outside(spans[0][0], spans[-1][1])
    items = [(text, item) for text in _by_column(reads, joined) for item in _items(reads, text) if item.pieces]
    if len(items) > 1 and reads.lead_word and _is_lead_in(items[0][1].text(items[0][0]), reads.lead_word):
        items = items[1:]
    for ordinal, (joined, item) in enumerate(items, 1):
        fields = list(_fields(reads, joined, item, ordinal))
        if item.kind is not None:
            column = reads.model.column_of("kind")
            yield fields[-1]._replace(column=column, raw=item.kind, value=item.kind, is_inferred=True)
        yield from fields


def _is_lead_in(text: str, lead_word: str) -> bool:
    """Whether a text is no item, but says that items follow."""
    return leads_in(text) and not text.startswith(lead_word)


def _by_column(reads: Bullets, joined: JoinedText) -> list[JoinedText]:
    """The text, or where sub-heads stand side by side in a row of a table, the text of each column below its own."""
    if not reads.sub_heads or not joined.may_hold_rows(SIDE_BY_SIDE):
        return [joined]
    cells = [cell for cell in cells_of(joined.matches.text, joined.pieces, least=SIDE_BY_SIDE) if cell.spans]
    for _, row in groupby(cells, key=lambda cell: cell.row):
        heads = list(row)
        if len(heads) > 1 and all(_is_sub_head(reads, joined, cell) for cell in heads):
            break
    else:
        return [joined]
    columns = {head.place: list(head.spans) for head in heads}
    before = [cell for cell in cells if cell.spans[0] < heads[0].spans[0]]
    for cell in (cell for cell in cells if cell.spans[0] > heads[-1].spans[0]):
        place = max((place for place in columns if place <= cell.place), default=heads[0].place)
        columns[place] += cell.spans
    pieces = [[span for cell in before for span in cell.spans], *columns.values()]
    return [JoinedText(joined.block, joined.matches, tuple(sorted(one))) for one in pieces if one]


def _is_sub_head(reads: Bullets, joined: JoinedText, cell: TableCell) -> bool:
    """Whether a cell says a sub-head and nothing else."""
    letters = folded(cell.text(joined.matches.text))
    return joined.matches.whole(letters, tuple(_sub_heads(reads)), CLOSE) is not None


def read_steps(reads: Steps, joined: JoinedText) -> Iterator[Field]:
    """A row for each step in order, of a table or a list; text before the first one is a step without a number."""
    if reads.grid and joined.may_hold_rows(FEW) and (table := find_table(joined, reads.grid)):
        for field in fields_of_table(reads.grid, table, joined):
            yield field._replace(row=RowId(order=("step", joined.block.period, *field.row.order[1:])))
        joined = joined.outside(table.start, table.end)
    steps = _steps_of(reads, joined)
    steps = [step for step in steps if step.label is not None or paragraph(step.text(joined))]
    for ordinal, step in enumerate(steps, 1):
        yield from _fields(reads, joined, step, ordinal)


def _steps_of(reads: Steps, joined: JoinedText) -> list[_Item]:
    """The steps, the first of which is the text before them; a field set as they are, with its value, ends one."""
    steps, lines = [_Item("step")], list(_broken_lines(joined, reads.words))
    found = [_step_in(joined, line, reads.words, "step") for line in lines]
    has_words = any(found) or any(_begins_with(joined, line, reads.words) for line in lines)
    quarter: Span | None = None
    is_apart = False
    for line, worded in zip(lines, found, strict=True):
        step = worded if has_words else _marked_step(joined, line, steps)
        is_apart = step is None and (is_apart or _is_field_beside(joined, line, steps[-1]))
        if not is_apart and _is_quarter(joined, line):
            quarter = line
        elif step:
            step.quarter = quarter
            steps.append(step)
        elif not is_apart and (steps[1:] or not (reads.grid and heads_columns(joined, line, reads.grid))):
            steps[-1].pieces.append(line)
    return steps


def _is_field_beside(joined: JoinedText, line: Span, step: _Item) -> bool:
    """Whether a line below a step is set as the step is: a label, and its value behind a colon or wide blanks."""
    if step.label_span is None or not step.pieces:
        return False
    edge = _EDGE_OF_VALUE.search(joined.text, step.label_span[1], step.pieces[0][0])
    field = _FIELD_ON_LINE.match(joined.text, *line)
    return edge is not None and field is not None and (":" in edge[0]) == (":" in field[1])


def _broken_lines(joined: JoinedText, words: tuple[str, ...]) -> Iterator[Span]:
    """The lines, those of cells too; a cell whose line breaks were lost is cut where the next step begins."""
    for start, end in (piece for line in joined.lines() for piece in _between_breaks(joined.text, line)):
        place, number = start, 1
        is_cell = joined.text.startswith("|", start) or joined.is_behind_bar(start)
        for step in _counted_steps(words).finditer(joined.text, start, end) if is_cell else ():
            if whole(step[1]) == number + 1:
                yield place, step.start()
                place, number = step.start(), number + 1
        yield place, end


@cache
def _counted_steps(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[ \t])(?:{'|'.join(map(re.escape, words))})[ \t]?({DIGIT}{{1,2}})(?!{DIGIT}|[.,/]{DIGIT})")


def _begins_with(joined: JoinedText, line: Span, words: tuple[str, ...]) -> bool:
    """Whether a line begins with one of some words, undamaged."""
    return joined.text.startswith(words, joined.behind(_MARKS, *line), line[1])


def _marked_step(joined: JoinedText, line: Span, steps: Sequence[_Item]) -> _Item | None:
    """The step that a line begins whose marker is a number, the first or the next of the list, or a bullet."""
    label, size = _marker(joined.text[slice(*line)], steps[-1].label)
    is_first = len(steps) == 1 and not steps[0].pieces  # the list goes on from one quarter to the next
    is_next = label is None or is_first or label in ("1", _next(steps[-1].label)) or label.endswith(".1")
    piece = _saying(joined.text, (line[0] + size, line[1]))
    return _Item("step", label, (line[0], line[0] + size) if label else None, piece) if size and is_next else None


def _fields(reads: Bullets | Steps, joined: JoinedText, item: _Item, ordinal: int) -> Iterator[Field]:
    row, model = RowId(order=(item.kind, joined.block.period, ordinal)), reads.model
    if item.label and item.label_span:
        label = joined.field(model, model.column_of("label"), row, item.label_span)
        yield label._replace(raw=item.label, value=item.label)
    if item.quarter:
        said = joined.field(model, model.column_of("quarter"), row, item.quarter)
        yield said._replace(value=quarter_and_year(said.raw)[0])
    spans = tuple(span for piece in item.pieces for span in joined.spans(*piece))
    yield Field(model, model.column_of("words"), joined.block.copy, row, item.text(joined), spans)


def _items(reads: Bullets, joined: JoinedText) -> list[_Item]:
    """The items, those that say nothing too."""
    text, items, kind = joined.text, [_Item(reads.kind)], reads.kind
    for (start, end), quarter in _below_quarters(reads, joined):
        if reads.words and (step := _step_in(joined, (start, end), reads.words, kind)):
            items.append(step)
            continue
        label, size = _marker(text[start:end], items[-1].label)
        begin = start + size
        first = next((item.label for item in items if item.label), None)  # a step within a step has more levels
        is_lower = bool(first and label and not reads.is_flat and label.count(".") > first.count("."))
        head = None if is_lower else _sub_head(reads, joined, (begin, end))
        if head:
            kind, begin = head
        if head and any(label in letters for letters in _LETTERS):
            label = None
        number = (start, start + size)
        if head and (inside := _number_behind(text, (begin, end))):
            label, number = inside
            begin = number[1]
        elif not (head or size) and _heads_table(joined, (start, end)):
            continue
        is_new = _begins_item(reads, text[start:end], items[-1]) or _is_behind_short(joined, (start, end), items)
        if head or (size and not is_lower) or is_new:
            items.append(_Item(kind, label, number, _saying(text, (begin, end)), quarter))
        else:
            items[-1].pieces.append((start, end))
    return items


def _number_behind(text: str, line: Span) -> tuple[str, Span] | None:
    """The number behind a sub-head: that of the first item, which stands on its line, or one in a cell of its own."""
    begin, end = line
    if in_cell := _NUMBER_CELL.match(text, begin, end):
        return arabic(in_cell[1]), (in_cell.start(1), in_cell.end())
    first, size = _marker(text[begin:end], None)
    return (first, (begin, begin + size)) if first == "1" else None


def _heads_table(joined: JoinedText, line: Span) -> bool:
    """Whether a line is the head of a table: short cells without figures, and a line drawn below them."""
    text, (start, end) = joined.text, line
    cells = [cell.strip() for cell in text[start:end].strip("| \t").split("|")]
    is_short = len(cells) > 1 and max(map(len, cells)) <= LONGEST_HEAD and not ANY_DIGIT.search(text, start, end)
    return is_short and _RULE_BELOW.match(joined.matches.text, joined.position(end)) is not None


def _below_quarters(reads: Bullets, joined: JoinedText) -> Iterator[tuple[Span, Span | None]]:
    """The pieces that may say something, each with the line above it that says in which quarter it is done."""
    quarter: Span | None = None
    for piece in _pieces(reads, joined):
        if reads.has_quarters and _is_quarter(joined, piece):
            quarter = piece
        elif not _HEAD_ROW.fullmatch(joined.text, *piece):
            yield piece, quarter


def _is_quarter(joined: JoinedText, line: Span) -> bool:
    """Whether a line is a quarter and no more."""
    head = QUARTER_HEAD.match(joined.text, *line)
    return head is not None and not joined.text[head.end() : line[1]].strip(" \t*:")


def _is_behind_short(joined: JoinedText, line: Span, items: Sequence[_Item]) -> bool:
    """Whether a line of a list without markers begins an item, for the line above it ends long before its margin."""
    text, matches, above = joined.text, joined.matches, items[-1].pieces[-1:]
    if not above or any(item.label for item in items) or _GOES_ON.match(text, *line):
        return False
    end, start = joined.position(above[0][1]), joined.position(line[0])
    is_next = matches.text[end:start].strip(" \t\r") == "\n" and _CAN_END.search(text, *above[0]) is not None
    return is_next and matches.column(end) < SHORT_LINE * matches.line_width


def _saying(text: str, piece: Span) -> list[Span]:
    """The piece without the cells of marks behind it, if it says anything."""
    start, end = piece
    end = start + len(text[start:end].rstrip(_CELL_MARKS)) if text.startswith("|", end - 1) else end
    return [(start, end)] if text[start:end].strip(" \t.:*\\_") else []


def _marker(text: str, before: str | None) -> tuple[str | None, int]:
    """The marker that a line begins with; a bare number is one only where it is the next of the list."""
    label, size = marker(text)
    if label:
        return label, size
    if row := _ROW_NUMBER.match(text):
        return arabic(row[1]), row.end()
    if (point := _POINT.match(text)) and arabic(point[1]) in ("1", _next(before)):
        return arabic(point[1]), point.end()
    rest = text[size:]
    if (lettered := _LETTER.match(rest)) and lettered[1] in (_next(before), *(letters[0] for letters in _LETTERS)):
        return lettered[1], size + lettered.end()
    if both := _LETTER_AND_NUMBER.match(rest):
        return arabic(both[1]), size + both.end()
    alone = _ALONE.fullmatch(rest) or _GLUED.match(rest)
    bare, taken = (arabic(alone[1]).replace(",", "."), alone.end()) if alone else marker(rest, bare_numbers=True)
    is_next = bare is not None and (bare == _next(before) or bare.rpartition(".")[2] == "1")
    return (bare, size + taken) if is_next else (label, size)


def _next(label: str | None) -> str:
    if label is None:
        return "1"
    for letters in _LETTERS:
        if label in letters:
            return letters[min(letters.index(label) + 1, len(letters) - 1)]
    *upper, last = label.split(".")
    return ".".join([*upper, str(int(last) + 1)])


def _sub_head(reads: Bullets, joined: JoinedText, line: Span) -> tuple[str, int] | None:
    """The kind that a sub-head names, and where the text behind it begins."""
    start, end = line
    kinds = _sub_heads(reads)
    head = best_match(joined.starting_at(joined.behind(_MARKS, start, end), end, Anchor.ITEM), kinds) if kinds else None
    if head is None or (len(head.words) < SHORT and not _PARTED.match(joined.text, head.end)):
        return None
    return kinds[head.words], joined.behind(_SEPARATOR, head.end, end)


@cache
def _sub_heads(reads: Bullets) -> dict[str, str]:
    """The kind that each sub-head names, by its folded words."""
    return {folded(words): kind for kind, forms in reads.sub_heads.items() for words in forms}


def _begins_item(reads: Bullets, text: str, current: _Item) -> bool:
    """Whether a line without a marker begins an item all the same: with the word that items of this list begin with."""
    is_lead = reads.lead_word is not None and text.lstrip("*").startswith(reads.lead_word)
    return is_lead and bool(current.pieces) and current.label is None


def _pieces(reads: Bullets, joined: JoinedText) -> Iterator[Span]:
    """The lines; where items run on, cut again before a marker that carries on the numbering inside a line."""
    text, lines = joined.text, [piece for line in joined.lines() for piece in _between_breaks(joined.text, line)]
    if not reads.runs_on:
        yield from lines
        return
    above: tuple[str, str] | None = None
    for (start, end), below in zip(lines, _labels_below(reads, joined, lines), strict=True):
        inner: int | None = start
        while inner is not None:
            start = inner
            label, size = _marker(text[start:end], above[0] if above else None)
            above = (label, text[start : start + size]) if label else above
            rest = (start + max(size, 1), end)
            inner = _next_inside(text, rest, below, reads.lead_word, above) if above else None
            if inner is None and not label:
                inner = _first_inside(text, rest, below, reads.lead_word)
            yield start, end if inner is None else inner


def _between_breaks(text: str, line: Span) -> Iterator[Span]:
    """The parts of a line that tags of HTML break, as items of one cell are."""
    breaks = [edge for found in _BREAK.finditer(text, *line) for edge in found.span()]
    edges = [line[0], *breaks, line[1]]
    yield from (piece for piece in zip(edges[::2], edges[1::2], strict=True) if piece[0] < piece[1] or not breaks)


def _labels_below(reads: Bullets, joined: JoinedText, lines: Sequence[Span]) -> list[Labels]:
    """For each line the labels of each level that lines below it begin with next, up to the next sub-head."""
    found: list[Labels] = []
    below: dict[int, str] = {}
    for start, end in reversed(lines):
        found.append(below)
        label, size = _marker(joined.text[start:end], None)
        if _sub_head(reads, joined, (start + size, end)):
            below = {}
        elif label:
            below = below | {label.count("."): label}
    return found[::-1]


def _first_inside(text: str, span: Span, below: Labels, lead_word: str | None) -> int | None:
    """Where a line begins a list behind the words that introduce it.

    The list has a second number, which follows in the line or begins a line below.
    """
    for match in islice(_FIRST.finditer(text, *span), FEW):
        label, _ = marker(match[0] + "ก")
        if label and (
            below.get(label.count(".")) == _next(label)
            or _next_inside(text, (match.end(), span[1]), {}, lead_word, (label, match[0]))
        ):
            return match.start()
    return None


def _next_inside(text: str, span: Span, below: Labels, lead_word: str | None, above: tuple[str, str]) -> int | None:
    """Where the number behind the one `above` stands inside a line, in its style, if no line below begins with it.

    A bare number needs the lead word behind it.
    """
    label, style = _next(above[0]), above[1].strip(" \t-•*□").replace("\\", "")
    opening = r"\\?\(" if style.startswith("(") else ""
    closing = rf"\\?{re.escape(style[-1])}" if style.endswith((".", ")")) else ""
    is_bare = not closing and "." not in label
    if (is_bare and not lead_word) or below.get(label.count(".")) == label:
        return None
    figures = re.escape(label).translate(_EITHER_SCRIPT)
    follows = rf"[ \t]++(?={lead_word})" if is_bare else r"(?=[ \t]*+[^\s0-9๐-๙.)])"
    match = re.compile(rf"(?<=[ \t]){opening}{figures}{closing}{follows}").search(text, *span)
    return match.start() if match else None


_EITHER_SCRIPT = {ord(figure): f"[{figure}{thai}]" for figure, thai in zip("0123456789", THAI, strict=True)}


def _step_in(joined: JoinedText, line: Span, words: tuple[str, ...], kind: str | None) -> _Item | None:
    """The step that a line begins."""
    start, end = joined.behind(_MARKS, *line), line[1]
    match = best_match(joined.starting_at(start, end, Anchor.ITEM), set(map(folded, words)))
    number = _STEP_NUMBER.match(joined.text, match.end, end) if match else None
    if not (match and number and joined.matches.begins_alike(joined.position(match.start), match.words)):
        return None
    return _Item(kind, arabic(number[1]), number.span(1), _saying(joined.text, (number.end(), end)))


def read_links(reads: Links, joined: JoinedText) -> Iterator[Field]:
    """A row for each name, up to the next one or to the line that begins another field."""
    model, seen = reads.model, joined.folded
    found = {seen.position(match.start()) for match in _names(reads.names).finditer(seen.letters)}
    starts = sorted({*found, *(line.start(1) for line in _PLAN.finditer(joined.text))} if found else ())
    for number, (start, after) in enumerate(zip(starts, [*starts[1:], len(joined.text)], strict=False), 1):
        end = _without_joint(joined, (start, _end(seen, start, after, reads.ended_by)), reads.joined_by)
        passage = joined.field(model, model.column_of("words"), RowId(order=("link", number)), (start, end))
        for column, value in reads.constants.items():
            yield passage._replace(column=column, raw=value, value=value, is_inferred=True)
        yield passage


LONGEST_MARKER = 24
"""Characters in which the number of the next name stands, on its own line."""
_NEXT_MARKER = re.compile(rf"\n[ \t]*+\(?{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+[.)]?[ \t]*+\Z")


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """The first words of names in a folded text; not "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ", nor "นโยบายที่ 9"."""
    words = "|".join(re.escape(folded(name)) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!{re.escape(folded('ภายใต้'))})(?:{words})(?!{re.escape(folded('ที่'))}{DIGIT})")


def _end(seen: FoldedText, start: int, after: int, ended_by: tuple[str, ...]) -> int:
    """Where the name's paragraph ends, or something else is named, if that is before the next name."""
    text, inside = seen.text, (seen.index(start) + 1, seen.index(after))
    others = (seen.letters.find(folded(words), *inside) for words in ended_by)
    after = min((seen.position(index) for index in others if index >= 0), default=after)
    line = text.find("\n", start, after)
    while line >= 0:
        if text.startswith("\n", line + 1) or _FIELD.match(text, line + 1, min(after, line + 1 + LABEL_LENGTH)):
            return line
        line = text.find("\n", line + 1, after)
    return after


def _without_joint(joined: JoinedText, span: Span, joined_by: tuple[str, ...]) -> int:
    """The end of a name without the words that join it to the next one; only long ones are known though damaged."""
    text, (start, end) = joined.text, span
    next_marker = _NEXT_MARKER.search(text, max(start, end - LONGEST_MARKER), end)
    end = next_marker.start() if next_marker else end
    long = {folded(words) for words in joined_by if len(words) >= LONG}
    while True:
        end = start + len(text[start:end].rstrip(_BLANKS))
        size = max((len(words) for words in joined_by if text.endswith(words, start, end)), default=0)
        damaged = best_match(joined.ending_at(end, start), long)
        if not (size or damaged):
            return end
        end = min(end - size, damaged.start if damaged else end)


_PLAN = re.compile(r"^[ \t*0-9๐-๙.)•-]*+((?:แผน|นโยบาย|ยุทธศาสตร์)[ก-ฮเ-ไ])", re.MULTILINE)
"""A line that begins with what links name, whatever plan it is."""
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


def _months(text: str, cells: Sequence[TableCell]) -> list[int]:
    """The cells that name the months of a calendar, none where the text has no calendar."""
    full = [i for i, cell in enumerate(cells) if cell.spans]
    months = [i for i in full if is_month(cells[i].text(text))]
    months = months or [i for i in full if is_numbered_period(cells[i].text(text))]
    if len(months) >= LEAST_MONTHS and 3 * len(months) > 2 * sum(months[0] <= i <= months[-1] for i in full):
        return months
    runs = [list(run) for _, run in groupby(full, key=lambda i: (i in months, cells[i].row))]
    return next((run for run in runs if run[0] in months and len(run) >= LEAST_IN_A_ROW), [])


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


def _steps(text: str, cells: Sequence[TableCell]) -> Sequence[TableCell]:
    """The cells; where nothing parts them and steps have numbers, lines without one join the step above."""
    loose = [cell for cell in cells if cell.kind == "loose"]
    labels = [marker(cell.text(text))[0] for cell in loose]
    if not any(labels):
        return cells
    steps: list[TableCell] = []
    for cell, label in zip(loose, labels, strict=True):
        if label or not steps:
            steps.append(cell)
        else:
            steps[-1] = steps[-1]._replace(spans=(*steps[-1].spans, *cell.spans))
    return steps


def _step(
    reads: Calendar, joined: JoinedText, cell: TableCell, number: TableCell | None, ordinal: int
) -> Iterator[Field]:
    """The fields of a step; its number may stand in a cell of its own."""
    model, copy, row = reads.steps.model, joined.block.copy, RowId(order=("step", 0, ordinal))
    text, column = joined.matches.text, model.column_of("label")
    label, span, cell = without_number(text, cell)
    if label:
        yield Field(model, column, copy, row, label, (span,), value=label)
    elif number is not None and (serial := _SERIAL.fullmatch(number.text(text))):
        yield Field(model, column, copy, row, number.text(text), number.spans, value=arabic(serial[1]))
    yield Field(model, model.column_of("words"), copy, row, cell.text(text), cell.spans)
