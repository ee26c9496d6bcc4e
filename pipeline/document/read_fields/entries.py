"""Numbered entries: each value where its label stands, and the entry's number where the form is surest of it.

A label in front of a line may have slipped to the line above or below, and a page break may cut an entry anywhere. So
the text is first cut into parts that can only belong to one entry, then each part is numbered by the number inside
its amount ("(ครั้งที่ 7)"), else by its label, else by its place; parts of one number are one entry.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, zip_longest
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from normalizers.dates import BEFORE_DATE, loose_date
from normalizers.digits import ANY_DIGIT, DIGIT, whole
from normalizers.fuzzy_match import CLOSE, folded
from normalizers.prices import prices_in
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Entries, Grid
from parsers.phrases import Anchor
from pipeline.document.cells import TableCell
from pipeline.document.read_fields.find_labels import (
    FoundLabel,
    KnownLabels,
    end_of_value,
    known_labels,
    label_before,
    undamaged_labels,
)
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.tables import (
    FoundTable,
    TableAcross,
    find_across,
    find_beside_labels,
    find_flattened,
    find_labels_over_values,
    find_under_headings,
)
from pipeline.document.scan import best_match
from pipeline.model import Field, Issue, RowId, Span
from schemas.base import Choice, FirstInBlock, Label, Remainder, Table, columns_with

BACK = 60
"""Characters before an equals sign in which a damaged label is sought."""
HEAD = 80
"""Characters in which the date that leads an entry ends."""
LEAST_COLUMNS = 4
"""So many headings make a table of entries; a line of one entry may print two labels."""
LONG_LABEL = 9
"""Letters of a label that is one in the middle of a text too."""
PHRASE_LENGTH = 40
"""A phrase that we do not know is taken as a status up to this length; longer text is no status."""

_SEPARATORS = " \t\n:：=|*\\_"
_BEFORE = _SEPARATORS + ";.,"
_IN_BRACKETS = rf"\s?\(?[ \t]*+[^\s()=:0-9๐-๙]{{2,12}}?\s*+({DIGIT}{{1,3}}+)[ \t]*+\)?|\([^()=:\n]{{0,14}}\)"
_TO_EQUALS = r"(?:\s*+(?==))?"
"""A line break between a label and its equals sign is none."""
_TO_FIGURE = rf"(?:\s*+(?=(?:ร้อยละ[ \t]*+)?{DIGIT}))?"
"""A line break before a value is crossed only where a figure follows."""
_AFTER_LABEL = re.compile(rf"[ \t.*\\]*+(?:{_IN_BRACKETS})?{_TO_EQUALS}[ \t]*+(?:[=:：]++[ \t]*+)*+{_TO_FIGURE}")
_TO_SIGN = r"(?:(?:[^\s=:：0-9๐-๙]{1,3}|\([^()=:\n0-9๐-๙]{1,14}\))[ \t]*+(?=[=:：]))?"
"""A stray mark, or a unit in brackets, before the sign that a value stands behind."""
_AFTER_PLAIN_LABEL = re.compile(rf"[ \t.*\\]*+{_TO_SIGN}{_TO_EQUALS}(?:[=:：]++[ \t]*+)*+{_TO_FIGURE}")
_NUMBER_BEHIND = re.compile(
    rf"(?:\([^\s()0-9๐-๙]{{2,12}}\s*+{DIGIT}{{0,3}}+|[^\s()0-9๐-๙]{{2,12}}\s*+{DIGIT}{{1,3}}+)[ \t]*+\)?[ \t]*+$"
)
_OPENED = " \t\n(["
"""What is left of brackets around values."""
_REST_OF_CELL = re.compile(r"[^:：=\t\n|]*+")
_AFTER_DATE = r"(?=[ \t*\\)]*+(?:[:：\n\t|]|$))"
_CELL = re.compile(r"[^:：=\t\n|]++")
_WIDE_BLANK = re.compile(r"\t[ \t]*+| {2,}+")
_HEAD_EDGE = re.compile(r"[:：\n][ \t*]*+")
"""What parts the name of a column from what stands in it."""
_ENTRY_HEAD = re.compile(rf"(?:(?:การ)?รายงาน[ \t]*+)?(?:ครั้งที่|งวดที่)[ \t]*+({DIGIT}{{1,2}})")
"""What heads the column of an entry."""
LEAST_ACROSS = 2
"""So many of them stand beside each other, at least."""
_BULLETS = "-–•·"
_LABEL_ALONE = re.compile(rf"(?<=[\n])(?:[{_BULLETS}][ \t*]*+)?[ก-\N{{THAI CHARACTER YAMAKKAN}}]{{2,20}}+")
"""A word on a line that nothing but a colon and a value follow: what an office calls the value."""
_COLON = re.compile(r"[ \t*]*+:[ \t*]*+")
_SEPARATED = re.compile(r"[:：|\t][\s*\\]*+$")
_LAST_NUMBER = re.compile(rf"(?<![0-9๐-๙.,/])({DIGIT}{{1,3}})[\s.()*_|]*+\Z")
_SAYS = re.compile(r"[^\s\-.…_*|\\:=]")
_DASH = re.compile(r"[-–][ \t]++(?=\S)")
"""What stands for a status that is not given, before the next one."""
_NUMBER_OF_LINE = rf"(?:[•·\-–\[][ \t]*+)?(?:\(?(?:{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+|[ก-ฮ])[.)])?[ \t*]*+\Z"
_MARKER = re.compile(rf"(?:(?<=\n)|\A)[ \t*]*+{_NUMBER_OF_LINE}")
"""What numbers a value that has a line of its own."""
_BEGINS_CELL = re.compile(rf"(?:\A|(?<=[\n|/:=(\[])|(?<![ \t*])(?=\t| {{2}}))[ \t*]*+{_NUMBER_OF_LINE}")
_FRONT = re.compile(r"(?:\A|[\n|/:：=\t]|[ ]{2})[ \t*]{0,8}+([ก-ฮเ-ไ][ก-\N{THAI CHARACTER YAMAKKAN}]{0,6}+)\Z")
"""A short word that begins a cell."""
_SAID = re.compile(
    rf"(?:\A|(?<=[\n|/:=]))[ \t*•·]*+(?:\(?{DIGIT}{{1,2}}[.)] ?)?"
    r"(?P<words>[ก-ฮเ-ไ%](?:[ก-\N{THAI CHARACTER YAMAKKAN}/.%]| (?! )){5,60}+)"
    rf"(?=(?<=[ ะ]){DIGIT}|[ \t]*+(?:\([^()\n]{{1,14}}\))?[ \t]*+[:=]|[ ]*+\t[ \t]*+{DIGIT})"
)
"""What a cell says before a sign or a figure."""
_SHORT_LABEL = re.compile(rf"(?:แล้ว|จำนวน|เป็นเงิน|ร้อยละ|[ \t:=*])*+(?:\([^()=:\n0-9๐-๙]{{1,14}}\)[ \t:=]*+)?(?={DIGIT})")
"""What stands between a short label and its figure."""
_FIGURE = re.compile(r"[0-9๐-๙.,]++-?(?:[ \t]*+(?:%|เปอร์เซ็นต์|บาท))?+")
_ENDS_CELL = re.compile(r"[ \t]*+(?:[|,;/\n)\]]|\Z)|\t| {2}")
_FIGURE_WITH_SIGN = re.compile(r"[0-9๐-๙.,]++(?:-|[ \t]*+(?:%|เปอร์เซ็นต์|บาท))")

_WORK = re.compile(r"(?:(?:ผล)?(?:การ)?(?:ดำเนินงาน|ดำเนินการ|งาน|โครงการ)|ผล)?+[ \t]{0,3}+(?=เป็น|ต่ำ|สูง|ช้า|ล่า|เร็ว|ตาม)")
"""What stands before the statuses at the end of a text: what is as planned."""
_JOINT = re.compile(r"(?:[ \t\n/,;()\[\]•·☑☒■✓✔√●]|[xX](?=[\])])|-(?=[ \t])|และ|แต่)*+")
"""What may stand before a phrase, and between two."""
_BLANK, _SPACE = re.compile(r"[ \t]++"), re.compile(r"\s++")
_BOX = re.compile(r"(?P<empty>[☐□○◯❏❑]|\([ \t.…_]*+\)|\[[ \t.…_]*+\])|[☑☒■✓✔√●◉]|[(\[][ \t]*+[/xX✓✔√][ \t]*+[)\]]")


class EntryValue(NamedTuple):
    """A value in a block: its column, what it takes with its label, its own span, the number beside it."""

    column: str
    start: int
    end: int
    span: Span
    score: float = 100.0
    number: int | None = None
    label: str = ""


@dataclass(slots=True)
class _Part:
    """A stretch that belongs to one entry."""

    label: int | None
    label_span: Span | None
    joined: JoinedText
    start: int
    end: int
    values: dict[str, EntryValue] = field(default_factory=dict)
    leads: bool = False
    """Whether it has the value that stands first in an entry."""
    number: int | None = None

    @property
    def inner_number(self) -> int | None:
        """The number that stands inside a value."""
        return next((value.number for value in self.values.values() if value.number), None)

    def texts(self) -> Iterator[Span]:
        """What the part says beside its values."""
        for start, end in _between(sorted(self.values.values(), key=lambda value: value.start), self.start, self.end):
            begin, _ = self.joined.trimmed(start, end, _BEFORE)
            marker = _MARKER.search(self.joined.text, begin, end) if end < self.end else None
            text = self.joined.text
            start, stop = self.joined.trimmed(begin, marker.start() if marker else end, _SEPARATORS)
            piece = start, start + len(text[start:stop].rstrip(_OPENED))
            is_label = _LABEL_ALONE.fullmatch(text, *piece) and _COLON.match(text, piece[1], end)
            if text[slice(*piece)].strip("/") and not is_label:
                yield piece


def _between(values: Iterable[EntryValue], start: int, end: int) -> Iterator[Span]:
    """The stretches of a text that no value takes."""
    edges = [start, *(edge for value in values for edge in (value.start, value.end)), end]
    return zip(edges[::2], edges[1::2], strict=True)


def read_entries(reads: Entries, blocks: Sequence[JoinedText]) -> Iterator[Field | Issue]:
    """The fields of every entry of a copy, and issues with labels that stand where they should not."""
    parts: list[_Part] = []
    for joined in blocks:
        fields, left = _in_tables(reads, reads.grid, joined) if reads.grid else ([], joined)
        yield from fields
        parts += _parts(reads.model, left, _heads_of(reads.grid) if reads.grid else ()) if left else []
    _number(parts)
    yield from _label_issues(reads, parts)
    together: dict[int, list[_Part]] = {}
    for part in parts:
        if part.number is not None:
            together.setdefault(part.number, []).append(part)
    heads = _bare_heads(reads.grid, together.values()) if reads.grid else frozenset()
    for number, group in together.items():
        yield from _fields(reads, number, group, heads)


def _in_tables(reads: Entries, grid: Grid, joined: JoinedText) -> tuple[list[Field], JoinedText | None]:
    """The fields of a table of entries, or of one entry beside or below their labels; and what is left of the block."""
    number = joined.block.number
    if number is None and (across := find_across(joined, grid, _ENTRY_HEAD, LEAST_ACROSS)):
        return list(_columns_across(reads, across, joined)), joined.outside(across.start, across.end)
    if number is None:
        find = find_under_headings if joined.may_hold_rows(LEAST_COLUMNS) else find_flattened
        table = find(joined, grid)
        if table is None or table.width < LEAST_COLUMNS:
            return [], joined
        return list(_rows(reads, table, joined)), joined.outside(table.start, table.end)
    beside = find_beside_labels(joined, grid, may_wrap=True)
    if beside and not _leaves_values(reads, beside, joined):
        above = JoinedText(joined.block, joined.matches, tuple(one for one in joined.pieces if one[1] <= beside.start))
        fields = [*_number_field(reads, joined, number), *_in_row(reads, beside.rows[0], joined, number)]
        return fields, above if find_values(reads.model, above) else None
    if over := find_labels_over_values(joined, grid):
        fields = [*_number_field(reads, joined, number), *_columns(grid, over.rows[0], joined, RowId(number))]
        return fields, joined.outside(over.start, over.end)
    return [], joined


def _columns_across(reads: Entries, table: TableAcross, joined: JoinedText) -> Iterator[Field]:
    """The fields of a table with a column for each entry."""
    text, copy = joined.matches.text, joined.block.copy
    for number, head in table.heads.items():
        cells = {place: cell for entry, place, cell in table.cells if entry == number}
        printed = head.text(text)
        yield Field(reads.model, reads.number_column, copy, RowId(number), printed, head.spans, value=number)
        yield from _in_row(reads, cells, joined, number)


def _numbered(printed: str) -> int | None:
    """The number that a cell says, perhaps behind its label."""
    last = _LAST_NUMBER.search(printed)
    return whole(last[1]) if last else None


def _leaves_values(reads: Entries, table: FoundTable, joined: JoinedText) -> bool:
    """Whether a block says, from the first line of a table on its side on, what no line of it does."""
    taken = {column for place in table.rows[0] if reads.grid for column in reads.grid.columns[place].fills}
    left = (value for value in find_values(reads.model, joined) if value.column and value.column not in taken)
    return any(joined.position(value.start) >= table.start for value in left)


def _number_field(reads: Entries, joined: JoinedText, number: int) -> Iterator[Field]:
    """The number of an entry, in the heading of its block."""
    for heading in (joined.block.heading,) if joined.block.heading else ():
        row = RowId(number)
        yield Field(reads.model, reads.number_column, joined.block.copy, row, str(number), (heading,), value=number)


def _rows(reads: Entries, table: FoundTable, joined: JoinedText) -> Iterator[Field]:
    """The fields of entries that are rows of a table; a row without a number is none."""
    text, copy = joined.matches.text, joined.block.copy
    for cells in table.rows:
        printed = cells[0].text(text) if 0 in cells else ""
        if number := _numbered(printed):
            yield Field(reads.model, reads.number_column, copy, RowId(number), printed, cells[0].spans, value=number)
            yield from _in_row(reads, cells, joined, number)


def _in_row(reads: Entries, cells: Mapping[int, TableCell], joined: JoinedText, number: int) -> Iterator[Field]:
    """The fields of an entry that is a row of a table, and of what things cost that one of its cells says."""
    for one in _columns(reads.grid, cells, joined, RowId(number)) if reads.grid else ():
        yield one
        if reads.prices and one.column in columns_with(reads.model, Remainder):
            within = JoinedText(joined.block, joined.matches, one.spans)
            yield from _prices(reads.prices, number, [(within, (0, len(within.text)))])


def _columns(grid: Grid, cells: Mapping[int, TableCell], joined: JoinedText, row: RowId) -> Iterator[Field]:
    """The fields of an entry that is a row of a table, its number aside; a cell may say one phrase for each column."""
    text, copy = joined.matches.text, joined.block.copy
    choices = columns_with(grid.model, Choice)
    for place, cell in cells.items():
        fills = grid.columns[place].fills
        if len(fills) > 1 and set(fills) <= choices.keys():
            within = JoinedText(joined.block, joined.matches, cell.spans)
            for phrase in _phrases_of(choices, within, (0, len(within.text)), fills, ()):
                yield within.field(grid.model, phrase.column, row, phrase.span)
        else:
            for column in fills:
                yield Field(grid.model, column, copy, row, cell.text(text), cell.spans)


def _parts(model: type[Table], joined: JoinedText, heads: Collection[str]) -> list[_Part]:
    """Cut a block wherever a value comes that the part at hand already has, or a leading one after the figures."""
    block = joined.block
    heading = block.heading if block.number is not None else None
    parts = [_Part(block.number, heading, joined, 0, len(joined.text))]
    leading, labelled = columns_with(model, FirstInBlock), columns_with(model, Label)
    values = find_values(model, joined, heads)
    last_figures = max((value.start for value in values if value.column in labelled), default=0)
    for value in values:
        current = parts[-1]
        is_last = value.start > last_figures and current.label is not None and not current.leads
        has_figures = any(column in labelled for column in current.values) and not is_last
        label: tuple[int | None, Span | None] = (None, None)
        is_new = value.column in current.values or (value.column in leading and has_figures)
        if value.column in leading and current.values and not (has_figures or is_last or current.leads):
            label, current.label = (current.label, current.label_span), None
            is_new = True
        if is_new:
            current.end = value.start
            parts.append(_Part(*label, joined, value.start, len(joined.text)))
        parts[-1].values[value.column] = value
        parts[-1].leads |= value.column in leading
    return [part for part in parts if part.label or part.values or any(part.texts())]


def _number(parts: Sequence[_Part]) -> None:
    """Number each part: by its amount, else its label, else the parts around it; by two of them against the third."""
    sure = Counter[int | None](part.inner_number for part in parts if part.inner_number)
    slipped: int | None = None
    before: _Part | None = None
    for part in parts:
        part.number = _printed(part, slipped, sure)
        if part.label not in (None, part.number) and part.label not in sure:
            is_next = part.label == (before.number or 0) + 1 if before else part.label == 1
            part.number = part.label if is_next else part.number
        if part.number is None and before is not None and before.number is not None:
            adds = not (part.values.keys() & before.values.keys()) and not part.leads
            part.number = before.number if adds else before.number + 1
        has_slipped = part.label is not None and part.number != part.label
        slipped = part.label if has_slipped else None if part.number == slipped else slipped
        before = part if part.number is not None else before


def _printed(part: _Part, slipped: int | None, sure: Counter[int | None]) -> int | None:
    """The number in a part's amount, else its label, else the label that slipped away from here to the part above.

    A number that stands in several amounts gives way to a label that stands in none.
    """
    inner, label = part.inner_number, part.label
    if inner and (sure[inner] == 1 or label is None or sure[label]):
        return inner
    is_slip = (part.leads or not part.values) and slipped is not None and not sure[slipped]
    return slipped if label is None and is_slip else label


def _label_issues(reads: Entries, parts: Sequence[_Part]) -> Iterator[Issue]:
    """Labels that stand before more than one part, or before a part that another number claims."""
    labelled: dict[int, list[_Part]] = {}
    for part in parts:
        if part.label is not None:
            labelled.setdefault(part.label, []).append(part)
    for label, (part, *others) in labelled.items():
        row = (part.label_span, reads.model.table, reads.number_column, RowId(label))
        if others:
            text = f"the label of entry {label} stands {1 + len(others)} times"
            yield Issue("entry_number_repeated", text, *row)
        elif part.number == label and part.inner_number not in (None, label):
            text = f"the amount of entry {label} says that it is of entry {part.inner_number}"
            yield Issue("entry_label_misplaced", text, *row)
        elif part.number != label:
            text = f"the label of entry {label} stands before the figures of entry {part.number}"
            yield Issue("entry_label_misplaced", text, *row)


def _bare_heads(grid: Grid, entries: Iterable[Sequence[_Part]]) -> frozenset[str]:
    """The names of columns that stand before the text of several entries, with nothing but a blank behind them."""
    texts = [
        next((part.joined.text[slice(*piece)] for part in parts for piece in part.texts()), "") for parts in entries
    ]
    first = Counter(folded(words) for words, blank, _ in (text.partition(" ") for text in texts) if blank)
    return frozenset(words for words, times in first.items() if words in _heads_of(grid) and times > 1)


def _fields(reads: Entries, number: int, parts: Sequence[_Part], heads: frozenset[str]) -> Iterator[Field]:
    """The fields of one entry: of each column the first value, and all the text beside the values.

    `heads`: what stands before the text of most entries, and is none of it.
    """
    row, copy = RowId(number), parts[0].joined.block.copy
    yield Field(reads.model, reads.number_column, copy, row, str(number), _number_spans(parts), value=number)
    for column in dict.fromkeys(column for part in parts for column in part.values):
        part = next(part for part in parts if column in part.values)
        value, joined = part.values[column], part.joined
        spans = joined.spans(*value.span) or joined.spans(value.start, value.end)
        raw = joined.text[slice(*value.span)]
        yield Field(reads.model, column, copy, row, raw, spans, value.score, label=value.label)
    texts = [(part.joined, piece) for part in parts for piece in part.texts()]
    if texts and reads.grid:
        texts = [
            (joined, bare) for joined, piece in texts if (bare := _without_heads(joined, piece, reads.grid, heads))
        ]
    for column in columns_with(reads.model, Remainder) if texts else ():
        raw = "\n".join(joined.text[slice(*piece)] for joined, piece in texts)
        spans = tuple(span for joined, piece in texts for span in joined.spans(*piece))
        yield Field(reads.model, column, copy, row, raw, spans)
    if reads.prices:
        yield from _prices(reads.prices, number, texts)


def _without_heads(joined: JoinedText, piece: Span, grid: Grid, bare: frozenset[str]) -> Span | None:
    """A piece without the column's name before it, on a line of its own or with a colon; None if it is no more.

    `bare`: the names that stand there with only a blank behind them.
    """
    heads = _heads_of(grid)
    if folded(joined.text[slice(*piece)]) in heads:
        return None
    blank = joined.text.find(" ", *piece) if bare else -1
    if blank >= 0 and folded(joined.text[piece[0] : blank]) in bare:
        return joined.trimmed(blank, piece[1], _SEPARATORS)
    edge = _HEAD_EDGE.search(joined.text, *piece)
    is_head = edge is not None and folded(joined.text[piece[0] : edge.start()]).lstrip(_BULLETS) in heads
    return joined.trimmed(edge.end(), piece[1]) if edge and is_head else piece


@cache
def _heads_of(grid: Grid) -> frozenset[str]:
    """What the columns of entries are called, folded, those aside that hold figures and days."""
    choices = {**columns_with(grid.model, Remainder), **columns_with(grid.model, Choice)}
    return frozenset(folded(words) for one in grid.columns if set(one.fills) & set(choices) for words in one.headings)


def _prices(model: type[Table], entry: int, texts: Sequence[tuple[JoinedText, Span]]) -> Iterator[Field]:
    """What the text of an entry says that things cost: a row for each, with the entry's number."""
    place = 0
    for joined, (start, end) in texts:
        said = joined.text[start:end]
        for name, price in prices_in(said) if "บาท" in said or ".-" in said else ():
            place += 1
            row = RowId(order=("entry", entry, place))
            words = joined.field(model, model.column_of("words"), row, (start + name[0], start + name[1]))
            yield words
            yield words._replace(column=model.column_of("entry"), raw=str(entry), value=entry, is_inferred=True)
            for role in ("quantity", "unit", "unit_price", "amount"):
                yield joined.field(model, model.column_of(role), row, (start + price[0], start + price[1]))


def _number_spans(parts: Sequence[_Part]) -> tuple[Span, ...]:
    """Where the entry's number stands: in its amount, else in its label, else nowhere but in its place."""
    for part in parts:
        for value in part.values.values():
            if value.number == part.number:
                return part.joined.spans(value.start, value.span[0])
    labels = (part.label_span for part in parts if part.label == part.number and part.label_span)
    return (next(labels, None) or parts[0].joined.spans(parts[0].start, parts[0].end)[0],)


def find_values(model: type[Table], joined: JoinedText, heads: Collection[str] = ()) -> list[EntryValue]:
    """Every value that its label, its shape or its phrase gives away, in the order of the text, none inside another.

    `heads`: what else may stand before a phrase with a colon, folded.
    """
    labels, shapes = columns_with(model, Label), columns_with(model, FirstInBlock)
    found = _labelled(labels, joined)
    found = _apart([*found, *_dates(shapes, joined)])
    found = _apart([*found, *_lost_dates(shapes, joined, found)])
    found = _apart([*found, *_late_dates(shapes, joined, found)])
    choices = columns_with(model, Choice)
    found = _apart([*found, *_ticked(choices, joined)])
    found = _apart([*found, *_phrases(choices, joined, found, labels, heads)])
    return _apart([*found, *_last_phrases(choices, joined, found)])


def _apart(values: Sequence[EntryValue]) -> list[EntryValue]:
    """The values in order, each ended where the next begins."""
    ordered = sorted(values, key=lambda value: (value.start, value.end))
    apart = []
    for value, after in zip_longest(ordered, ordered[1:]):
        if after is None or value.end <= after.start:
            apart.append(value)
        elif after.start > value.start:
            start, end = value.span
            apart.append(value._replace(end=after.start, span=(min(start, after.start), min(end, after.start))))
    return apart


def _labelled(labels: Mapping[str, Label], joined: JoinedText) -> list[EntryValue]:
    """The values behind labels: whole ones anywhere, damaged ones where those have not `taken` the text."""
    known = known_labels(tuple((column, label.names) for column, label in labels.items()))
    ends, found = dict.fromkeys(labels, 0), list[EntryValue]()
    for label in sorted(undamaged_labels(joined, known), key=lambda label: (label.start, -label.end)):
        if label.start >= ends[label.key]:
            found.append(_behind(joined, _with_front(joined, label), labels[label.key]))
            ends[label.key] = label.end
    left = {column: label for column, label in labels.items() if not ends[column] and label.like}
    found += [_behind(joined, one, labels[one.key]) for one in _like_labels(left, joined)]
    taken = sorted((value.start, value.span[0]) for value in found)
    damaged = [_behind(joined, label, labels[label.key]) for label in _damaged(labels, joined, known, taken)]
    found += [value for value in damaged if not _overlaps(taken, (value.start, value.span[0]))]
    return found + list(_behind_short_labels(labels, joined, found))


def _with_front(joined: JoinedText, label: FoundLabel) -> FoundLabel:
    """A label with the few letters right before it, where they begin its cell: "เงิน" of "เงินงบประมาณที่เบิกจ่าย"."""
    front = _FRONT.search(joined.text, max(0, label.start - PHRASE_LENGTH), label.start)
    return label._replace(start=front.start(1)) if front else label


def _behind_short_labels(
    labels: Mapping[str, Label], joined: JoinedText, found: Sequence[EntryValue]
) -> Iterator[EntryValue]:
    """The values of columns whose labels stand nowhere, behind shorter ones, with a figure right behind those.

    Text says as much, so they count where a line or cell begins, or right behind another value.
    """
    ends = [joined.behind(_FIGURE, value.span[0]) for value in found]
    for column, label in labels.items():
        if label.heads and all(value.column != column for value in found):
            behind = (_behind(joined, one, label) for one in _short_labels(column, label, joined, ends))
            if value := next(behind, None) or _in_text(column, label, joined):
                ends.append(joined.behind(_FIGURE, value.span[0]))
                yield value


def _like_labels(labels: Mapping[str, Label], joined: JoinedText) -> Iterator[FoundLabel]:
    """The labels in other words that begin a cell, a sign or a figure behind them."""
    for said in _SAID.finditer(joined.text) if labels else ():
        words = bare_label(said["words"])
        for column, label in labels.items():
            if label.like and compiled(label.like).fullmatch(words):
                start, end = said.span("words")
                yield FoundLabel(column, said["words"], start, end, end, 100.0)
                break


def _short_labels(column: str, label: Label, joined: JoinedText, ends: Sequence[int]) -> Iterator[FoundLabel]:
    """The shorter words of a label that begin a cell or stand right behind a value, with a figure right behind them."""
    text = joined.text
    for words in _any_of(label.heads).finditer(text):
        start, between = words.start(), _SHORT_LABEL.match(text, words.end())
        is_first = _BEGINS_CELL.search(text, max(0, start - HEAD), start) is not None
        follows = any(end <= start and not text[end:start].strip(_BEFORE + "/") for end in ends)
        if between and (is_first or follows):
            has_sign = any(sign in between[0] for sign in (":", "=", "ร้อยละ"))
            is_alone = words[0] == "ร้อยละ" and _ENDS_CELL.match(text, joined.behind(_FIGURE, between.end()))
            if has_sign or is_alone or _FIGURE_WITH_SIGN.match(text, between.end()):
                yield FoundLabel(column, words[0], start, between.end(), between.end(), 100.0)


def _in_text(column: str, label: Label, joined: JoinedText) -> EntryValue | None:
    """The figure with a sign behind the one long label in running text; of several none is the entry's."""
    text = joined.text
    words = [one for one in _any_of(label.heads).finditer(text) if len(one[0]) >= LONG_LABEL]
    between = [(one, _SHORT_LABEL.match(text, one.end())) for one in words if text[one.start() - 1].isspace()]
    said = [(one, blank) for one, blank in between if blank]
    if len(said) != 1:
        return None
    one, blank = said[0]
    end = joined.behind(_FIGURE, blank.end())
    has_sign = "ร้อยละ" in blank[0] or _FIGURE_WITH_SIGN.match(text, blank.end()) is not None
    return EntryValue(column, one.start(), end, (blank.end(), end), label=one[0]) if has_sign else None


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of others that are in order and apart."""
    after = bisect_left(taken, span[1], key=lambda other: other[0])
    return after > 0 and taken[after - 1][1] > span[0]


def _behind(joined: JoinedText, found: FoundLabel, label: Label) -> EntryValue:
    """The value behind a label, up to the sign that it ends with or to the end of its cell."""
    text = joined.text
    after = (_AFTER_LABEL if label.is_numbered else _AFTER_PLAIN_LABEL).match(text, found.end)
    start = after.end() if after else found.end
    number = whole(after[1]) if after and label.is_numbered and after[1] else None
    value_end, end = end_of_value(joined, (start, joined.behind(_REST_OF_CELL, start)), label.ends)
    if label.ends and end == value_end:
        end = joined.behind(re.compile(rf"\s++{re.escape(label.ends)}"), end)
    return EntryValue(found.key, found.start, end, (start, value_end), found.score, number, found.name)


@cache
def _anchors(ends: tuple[str, ...]) -> re.Pattern[str]:
    """Where a label may stand before: an equals sign, or a figure with the sign that values end with."""
    signs = "|".join(map(re.escape, ends))
    figure = rf"(?<={DIGIT})(?<![0-9๐-๙.,=].)(?=[0-9๐-๙.,]{{0,20}}+[ \t]?(?:{signs}))"
    number_in_brackets = rf"(?<=\()(?=[^()=:\n0-9๐-๙]{{2,12}}{DIGIT}{{1,3}})"
    return re.compile(f"[=(0-9๐-๙](?:(?<==)|{number_in_brackets}|{figure})")


def _damaged(
    labels: Mapping[str, Label], joined: JoinedText, known: KnownLabels, taken: Sequence[Span]
) -> Iterator[FoundLabel]:
    """Labels that OCR damaged, sought before each equals sign and each figure with a sign behind it.

    Not sought in what a sound label and the signs behind it have `taken`. A label that has a number behind it, where it
    should, comes before one that should not.
    """
    text, numbered = joined.text, {column for column, label in labels.items() if label.is_numbered}
    for sign in _anchors(tuple(label.ends for label in labels.values() if label.ends)).finditer(text):
        if _overlaps(taken, (sign.start() - 1, sign.start())):
            continue
        begin = max(text.rfind("=", 0, sign.start()) + 1, sign.start() - BACK)
        inner = _NUMBER_BEHIND.search(text[begin : sign.start()])
        likelier = numbered if inner else labels.keys() - numbered
        end = begin + inner.start() if inner else sign.start()
        if found := label_before(joined, (begin, end), known, likelier=likelier):
            yield found


_WORDS_BEFORE = r"(?:(?:รายงาน)?+(?:เมื่อ|ลง|ณ[ \t]?)?+วันที่(?:รายงาน)?+[ \t:*]*+)?+"


@cache
def _date_patterns(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A date at the head of an entry, one between colons inside it, and one that begins a line."""
    between_colons, at_line_start = r"::|\n[ \t*\-]*+:", r"(?P<line>\n[ \t*\-]*+::)"
    return (
        compiled(rf"{BEFORE_DATE}({_WORDS_BEFORE}{pattern})"),
        compiled(rf"(?:{between_colons}|{at_line_start})[ \t]*+(?P<date>{pattern})(?(line)|{_AFTER_DATE})"),
        compiled(rf"\n[ \t*]*+({pattern})(?=[ \t*\\]*+(?:\n|[^\s0-9๐-๙]))"),
    )


_REST_OF_BRACKETS = re.compile(r"[ \t]*+\)")


def _dates(shapes: Mapping[str, FirstInBlock], joined: JoinedText) -> Iterator[EntryValue]:
    """A date at the head of the text, whole or damaged, and one that stands between colons further on."""
    for column, shape in shapes.items():
        at_head, inside, _ = _date_patterns(shape.pattern)
        head_text = joined.text[:HEAD].replace("\n", " ")
        head = at_head.match(head_text) or loose_date(head_text)
        if head:
            start, end = head.span(1)
            closed = _REST_OF_BRACKETS.match(joined.text, end) if head_text.endswith("(", 0, start) else None
            taken = (start - 1, closed.end()) if closed else (start, end)
            yield EntryValue(column, *taken, (start, end))
        for match in inside.finditer(joined.text, head.end() if head else 0):
            yield EntryValue(column, *match.span("date"), match.span("date"))


def _lost_dates(
    shapes: Mapping[str, FirstInBlock], joined: JoinedText, found: Sequence[EntryValue]
) -> Iterator[EntryValue]:
    """A date that begins a line between the figures of two entries: it leads the second, whose label is lost."""
    figures = sorted(value.start for value in found if value.column not in shapes)
    for column, shape in shapes.items():
        last = max((value.start for value in found if value.column == column), default=-1)
        for match in _date_patterns(shape.pattern)[2].finditer(joined.text, max(last, 0)):
            before = bisect_left(figures, match.start())
            if before and figures[before - 1] > last and before < len(figures):
                last = match.start()
                yield EntryValue(column, *match.span(1), match.span(1))


def _late_dates(
    shapes: Mapping[str, FirstInBlock], joined: JoinedText, found: Sequence[EntryValue]
) -> Iterator[EntryValue]:
    """A date on a line of its own in a labelled entry which has none elsewhere."""
    for column, shape in shapes.items() if joined.block.number is not None else ():
        if not any(value.column == column for value in found):
            own_line = rf"(?m:^)[ \t*•-]*+({_WORDS_BEFORE}{shape.pattern})(?=[ \t*\\]*+(?:\n|\Z))"
            if match := compiled(own_line).search(joined.text):
                yield EntryValue(column, match.start(1), match.end(1), match.span(1))


def _phrases(
    choices: Mapping[str, Choice],
    joined: JoinedText,
    found: Sequence[EntryValue],
    labels: Mapping[str, Label],
    heads: Collection[str],
) -> Iterator[EntryValue]:
    """The phrases of a choice, each filling its cell; right behind the figures also a phrase that we do not know.

    One that we do not know is none where a known one of its column stands in the same entry.
    """
    waiting: list[str] = []
    seen: set[str] = set()
    unknown: EntryValue | None = None
    done = 0
    values = sorted([*found, *_cells(joined, found, heads)], key=lambda value: value.start)
    for value, after in zip_longest(values, values[1:]):
        if value.column in choices:
            waiting = [column for column in waiting if column != value.column]
        elif value.column:
            is_next = value.column not in labels or value.column in seen
            seen = {*(() if is_next else seen), value.column}
            yield from [unknown] if unknown and is_next else []
            unknown = None if is_next else unknown
            waiting = list(choices) if value.column in labels else []
        elif value.start < done:
            continue
        elif not _SAYS.search(joined.text, *value.span):
            is_bullet = after is not None and _begins_with(choices, joined, (value.end, after.end), waiting[:1])
            waiting = waiting[not is_bullet :]
        else:
            cell = value.span
            if after and not after.column and _is_wrapped(choices, joined, cell, after.span):
                cell = (cell[0], after.end)
            phrases = _phrases_of(choices, joined, cell, waiting, heads)
            yield from phrases
            taken = {phrase.column for phrase in phrases}
            unknown = None if unknown and unknown.column in taken else unknown
            if not phrases and not unknown and _may_be_phrase(joined.text, cell, waiting):
                unknown = EntryValue(waiting[0], cell[0], cell[1], cell)
                taken = {unknown.column}
            waiting = [column for column in waiting if column not in taken] if taken else []
            done = cell[1] if taken else done
    yield from [unknown] if unknown else []


def _may_be_phrase(text: str, cell: Span, waiting: Sequence[str]) -> bool:
    """Whether a cell behind the figures may say a phrase that we do not know."""
    letters = folded(text[slice(*cell)])
    is_short = bool(waiting) and ":" in text[max(0, cell[0] - 4) : cell[0]] and 1 < len(letters) <= PHRASE_LENGTH
    return is_short and not ANY_DIGIT.search(letters)


def _last_phrases(
    choices: Mapping[str, Choice], joined: JoinedText, found: Sequence[EntryValue]
) -> Iterator[EntryValue]:
    """The phrases, one of each choice and all undamaged, with which a running text ends that has none elsewhere."""
    if not choices or any(value.column in choices for value in found):
        return
    columns, (first, end) = _columns_of_phrases(tuple(choices.items())), joined.trimmed(0, len(joined.text))
    first = max(first, end - len(choices) * PHRASE_LENGTH)
    for blank in _SPACE.finditer(joined.text, first, end):
        start, said = joined.behind(_WORK, blank.end(), end), list[EntryValue]()
        while match := best_match(joined.starting_at(start, end, Anchor.ITEM), columns):
            if match.score < 100 or joined.text[start : match.start].strip():
                break
            begin = match.start if said else blank.end()
            said.append(EntryValue(columns[match.words], begin, match.end, (match.start, match.end)))
            start = joined.behind(_JOINT, match.end, end)
        if start == end and {value.column for value in said} == choices.keys():
            yield from said
            return


def _is_wrapped(choices: Mapping[str, Choice], joined: JoinedText, cell: Span, below: Span) -> bool:
    """Whether a cell says, or ends with, the beginning of a phrase, and the line below it the rest."""
    if joined.text[cell[1] : below[0]].strip():
        return False
    here, rest = (joined.text[slice(*one)].split() for one in (cell, below))
    ends, beginnings = ({folded(words[place]), folded("".join(words))} for words, place in ((here, -1), (rest, 0)))
    phrases = _columns_of_phrases(tuple(choices.items()))
    pairs = [(end, begin) for end in ends for begin in beginnings if end and begin and len(end) <= PHRASE_LENGTH]
    return any(ratio(end + begin, one) >= CLOSE and ratio(end, one) < CLOSE for end, begin in pairs for one in phrases)


def _cells(joined: JoinedText, found: Sequence[EntryValue], heads: Collection[str]) -> Iterator[EntryValue]:
    """The stretches between separators that no value takes, as values of no column, without the blanks around them.

    What a column is called is none, nor is it part of the cell before it.
    """
    for stretch in _between(found, 0, len(joined.text)):
        for match in _CELL.finditer(joined.text, *stretch):
            begin, end = joined.trimmed(*_before_head(joined.text, match, heads))
            after_dash = joined.behind(_DASH, begin, end)
            if after_dash > begin:
                yield EntryValue("", begin, begin + 1, (begin, begin + 1))
            if after_dash < end:
                yield EntryValue("", after_dash, end, (after_dash, end))


def _before_head(text: str, cell: re.Match[str], heads: Collection[str]) -> Span:
    """A cell up to what the column behind it is called; an empty stretch where it says nothing else."""
    start, end = cell.span()
    last = max((blank.end() for blank in _WIDE_BLANK.finditer(text, start, end)), default=start)
    return (
        (start, last)
        if heads and text.startswith((":", " :"), end) and folded(text[last:end]) in heads
        else (start, end)
    )


def _begins_with(choices: Mapping[str, Choice], joined: JoinedText, cell: Span, columns: Sequence[str]) -> bool:
    """Whether a cell begins with a phrase of some columns, and no line ends before it."""
    match = best_match(joined.starting_at(*cell, Anchor.ITEM), _columns_of_phrases(tuple(choices.items())))
    is_beside = match is not None and not joined.text[cell[0] : match.start].strip(" \t")
    return match is not None and is_beside and _columns_of_phrases(tuple(choices.items()))[match.words] in columns


def _phrases_of(
    choices: Mapping[str, Choice],
    joined: JoinedText,
    cell: Span,
    waiting: Sequence[str],
    heads: Collection[str],
) -> list[EntryValue]:
    """The phrases that a cell says, whole or damaged."""
    start, end = cell
    letters = folded(joined.text[start:end])
    if not letters or len(letters) > 3 * PHRASE_LENGTH:
        return []
    before = joined.text[max(0, start - 12) : start]
    phrases: list[EntryValue] = []
    columns = _columns_of_phrases(tuple(choices.items()))
    while start < end and (waiting or _SEPARATED.search(before)):
        first = _behind_joint(joined, (start, end), heads)
        match = best_match(joined.starting_at(first, end, Anchor.ITEM), columns)
        if match is None or any(phrase.column == columns[match.words] for phrase in phrases):
            break
        phrases.append(EntryValue(columns[match.words], start, match.end, (match.start, match.end), match.score))
        start = match.end
    if phrases and (waiting or len(folded(joined.text[start:end])) <= 1):
        rest = joined.behind(_JOINT, start, end)
        return [*phrases[:-1], phrases[-1]._replace(end=rest)] if rest == end else phrases
    return []


def _behind_joint(joined: JoinedText, cell: Span, heads: Collection[str]) -> int:
    """Where a cell goes on behind marks, a word that joins two phrases, and what a column is called."""
    start, end = joined.behind(_WORK, joined.behind(_JOINT, *cell), cell[1]), cell[1]
    for blank in _BLANK.finditer(joined.text, start, min(end, start + PHRASE_LENGTH)):
        if folded(joined.text[start : blank.start()]) in heads:
            return joined.behind(_JOINT, blank.end(), end)
    return start


class _Ticked(NamedTuple):
    """A box, ticked or not, and the phrase behind it."""

    column: str
    start: int
    span: Span
    is_ticked: bool


def _ticked(choices: Mapping[str, Choice], joined: JoinedText) -> Iterator[EntryValue]:
    """The phrases behind ticked boxes, where empty ones stand before others of the same choice."""
    boxes = list(_BOX.finditer(joined.text))
    if not any(box["empty"] for box in boxes):
        return
    columns, found = _columns_of_phrases(tuple(choices.items())), list[_Ticked]()
    for box, after in zip_longest(boxes, boxes[1:]):
        match = best_match(
            joined.starting_at(box.end(), after.start() if after else len(joined.text), Anchor.ITEM), columns
        )
        if match and not joined.text[box.end() : match.start].strip():
            found.append(_Ticked(columns[match.words], box.start(), (match.start, match.end), not box["empty"]))
    for column, group in groupby(found, key=lambda one: one.column):
        offered = list(group)
        ticked = [one.span for one in offered if one.is_ticked]
        stretch = (offered[0].start, offered[-1].span[1])
        yield EntryValue(column, *stretch, ticked[0] if len(ticked) == 1 else stretch)


@cache
def _columns_of_phrases(choices: tuple[tuple[str, Choice], ...]) -> dict[str, str]:
    """The column of each phrase by its folded words."""
    return {folded(form): column for column, one in choices for forms in one.phrases.values() for form in forms}
