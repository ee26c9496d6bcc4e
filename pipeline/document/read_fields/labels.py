"""Values behind printed labels, whole or damaged, and values known by their first words or their shape.

A label is sought where labels stand: first at the start of a line, then anywhere in its undamaged form, then damaged
just before a colon or an equals sign, then behind a blank. Each is taken once, for a value may quote the label.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from rapidfuzz import fuzz

from normalizers.digits import ANY_DIGIT, DIGIT
from normalizers.fuzzy_match import CLOSE, MARGIN, folded
from normalizers.quarters import is_unfinished, quarter_and_year
from normalizers.text import bare_label, compact
from normalizers.text import line as one_line
from parsers import compiled
from parsers.base import Block, Column, Grid, Labelled, LabelledRows
from parsers.phrases import words_of
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.tables import (
    FoundTable,
    QuarterTable,
    find_flattened,
    find_headed,
    find_labels_over_values,
    find_quarters_across,
)
from pipeline.document.scan import Match, best_match
from pipeline.model import Field, RowId, Span
from schemas.base import BehindNumber, Label, Normalizer, Shape, StartsWith, Table, columns_with

HEAD = 90
"""Characters in which a label ends."""
REST = 65
"""How alike the line must go on to the rest of a label that begins with another label."""
LONG = 8
"""Letters that a damaged label must have to be believed where nothing but a blank parts it from the text before."""
FOLLOWED = 12
"""What a separator behind a label adds to its score: it tells "ประเด็น… :" from a longer label that begins so."""
PIECE = 3
"""Letters of a piece of a label."""
DAMAGED = 60
"""How alike the word behind a figure must be to the printed one; nothing else stands in that place of the form."""

IN_QUARTER = "quarter "
"""What the key of a row begins with that prints its own quarter, before it is known which report it belongs to."""
LEAST_CELLS, LEAST_HEADS = 3, 2
"""So many cells in a row may be headed by labels; two are a label and its value, where the first alone is a label."""
QUARTER = ("ไตรมาส", "ไตรมาสที่")
"""The head of a column of quarters."""
_DECORATION = re.compile(r"[\s*_#>|\\•□\-–]*+")
_NUMBER = rf"(?:\(?(?:{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})*+|[ก-ฮ])[.)]|{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,2}})++(?= ))"
_MARKS_OF_LINE = re.compile(rf"\n[ \t*_#>|\\•·\-–]*+(?:{_NUMBER}[ \t*_]*+)?")
"""What may stand on a line before a label."""
_SHORT_LABEL = re.compile(
    r"(?P<words>(?:[^\s:：=|0-9๐-๙(*.…]|\.(?!\.)| (?! |[-–] |[0-9๐-๙:：=|(]))++)(?: ?\([^()\n]{1,12}\))?_*+\**+"
    r"(?: *+[:：=|\t]|  | [-–](?= )|(?<=\*\*)|\.{3}|…| (?=[0-9๐-๙])| ?\Z)"
)
"""Words that are a line, or that a separator parts from the rest of it, or that a figure follows."""
_PERIOD = re.compile(r"(?<![ \t])[ \t]*+(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]*+\Z")
"""The quarter that a label prints, whose number follows."""
_PART_EDGE = re.compile(r"บาท[ \t,/*]*+|[ \t]/[ \t]++|\t++| {2,}+")
"""Where a line may go on with another label."""
_REST_OF_LABEL = re.compile(
    r"(?:[ก-๛/]| ?\()[^\n:：=0-9๐-๙|]{0,14}?[:：]| ?\([^()\n0-9๐-๙]{1,20}\)(?=[ \t]*+\|)"
    r"|(?!นา[งย]|ว่าที่)[ก-๛][^\s:：=0-9๐-๙|]{2,40}+(?:\t| {2})[ \t]*+(?=นา[งย]|ว่าที่)"
    r"|(?:\t| {2})[ \t]*+[ก-ฮเ-ไ][^\n:：=0-9๐-๙|]{2,30}+\n[ \t]*+(?=นา[งย]|ว่าที่)"
)
"""Further words of a label: they stand right behind it, and a colon, or the bar of a row, or a name behind them; or
what heads the next column, with the name in the next line."""
_REST_OF_BOLD = re.compile(r"(?!นา[งย]|ว่าที่)[ก-ฮเ-ไ][^*\n:0-9๐-๙]{1,60}\*\*[ \t]*+(?=\n)")
_OTHER_LABEL = re.compile(rf"{_MARKS_OF_LINE.pattern}(?!โทร|ตำแหน่ง|เบอร์|หมายเลข)[ก-ฮเ-ไ][^\n:：=0-9๐-๙|]{{1,30}}[:：]")
_NEXT_ROW = re.compile(r"\|[ \t]*+\n[ \t]*+\|[ \t*]*+(?=[^\s|])(?!โทร|ตำแหน่ง|เบอร์|หมายเลข)")
"""The end of a row, and the first cell of one that says something of its own."""
COLONS = 3
"""So many labels of a block have a colon behind them where each label has."""
_UNIT = r"(?:[ \t]?\((?:หน่วย[ \t]*+:?[ \t]*+)?(?:บาท|ร้อยละ|%)\)(?=[*\\]*+ *+(?:[|:=\t\n]|\Z)))?+"
_SIGNS = r"[ \t.,;*\\_\u2026]*+"
_DASH = r"(?:(?<=[ \t])[-–—][ \t]++(?!บาท)(?=\S))?+"
_CLOSED = r"(?:\.?\)(?=[ \t]*+[|:=\t]))?+"
_QUARTER = (
    rf"(?:[ \t]*+(?:ประจำ)?ไตรมาส(?:ที่)?[ \t]*+{DIGIT}(?!{DIGIT})"
    rf"(?:[ \t]?/[ \t]?{DIGIT}{{4}})?(?:(?= {{2}}|\t)|[ \t]*+(?=[:：=|])))?+"
)
_AFTER = re.compile(rf"{_CLOSED}{_QUARTER}{_UNIT}{_SIGNS}(?:\s{{0,80}}+(?=[:：]))?(?:[:=：|]+{_SIGNS})*+{_DASH}")
_AND = re.compile(r"[ \t*]*+(?:[-–/]|และ|ถึง)[ \t*]*+")
_LABEL_BESIDE = re.compile(r"(?<=\S) {3,}+(?=(?!โทร|หมายเลข)[ก-ฮเ-ไ][^\n:|]{1,30} ?:[ \t])")
"""What parts a value from a label behind it that no form declares; a telephone is part of who has it."""
_BEHIND = " \t\n.*:=：|"
_SEPARATOR = re.compile(r"[:=：|]")
_BLANK = re.compile(r"(?<=\S)[ \t]++(?=[^\s0-9๐-๙])")
_FRAME = " \t\n|*\\_#>"
_FIGURE = re.compile(rf"[ \t]*+{DIGIT}[0-9๐-๙.,]*+-?")
_CELL_BEFORE = re.compile(r"(?:\t| {2})\Z")
"""What stands before a cell inside a line."""
_NEXT_PART = re.compile(r"(?:\t| {2})[ \t]*+[ก-ฮเ-ไ]{3}")
"""What says something else behind a figure."""
_WORD = re.compile(r"[ \t]*+([^\s0-9๐-๙:=|]{1,8}+)")


class KnownLabels(NamedTuple):
    """What each label stands for, with the name that the form prints, by its folded words; and all these words."""

    by_words: Mapping[str, tuple[tuple[str, str], ...]]
    words: frozenset[str]


class ShorterLabels(NamedTuple):
    """What may stand alone before a separator in place of labels: by folded words, and by patterns of bare ones."""

    known: KnownLabels
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def of(self, printed: str) -> tuple[tuple[str, str], ...]:
        """The labels that some words are, each with its key."""
        if found := self.known.by_words.get(folded(printed)):
            return found
        bare = bare_label(printed) if self.patterns else ""
        return tuple((key, printed) for key, pattern in self.patterns if pattern.fullmatch(bare))[:1] if bare else ()


_NUMBER_BEHIND = re.compile(rf"[ \t]*+{DIGIT}")


class FoundLabel(NamedTuple):
    """A label: what it stands for, the declared name, where it stands, where its value begins, how alike it is."""

    key: str
    name: str
    start: int
    end: int
    value_start: int
    score: float


def read_labelled(reads: Labelled, joined: JoinedText) -> Iterator[Field]:
    """One row: behind each label the columns that it stands for."""
    model, row = reads.model, row_of(reads.model, joined)
    grid = _grid_of(model) if joined.may_hold_rows(LEAST_CELLS) else None
    pair = _grid_of(model) if grid is None and joined.may_hold_rows(LEAST_HEADS) else None
    if grid and model.column_of("quarter") and (across := find_quarters_across(joined, grid)):
        yield from _by_quarter(model, across, joined)
        joined = joined.outside(across.start, across.end)
    beside = _grids_beside(reads, joined.block.declaration) if grid else ()
    while table := (grid and find_headed(joined, grid, beside)) or find_labels_over_values(joined, grid or pair):
        yield from _under_heads(model, table, joined)
        joined = joined.outside(table.start, table.end)
    if grid is None and (table := find_flattened(joined, _grid_of(model))):
        yield from _under_heads(model, table, joined)
        joined = joined.outside(table.start, table.end)
    labels, columns, starts = columns_with(model, Label), _columns_by_label(model), columns_with(model, StartsWith)
    labelled = []
    begin_lines = {key for key in columns if labels[key].begins_line}
    found = find_labels(joined, names_of(model), begin_lines=begin_lines, shorter=shorter_names_of(model))
    for label in _with_heading(joined, found, names_of(model)):
        first_words = tuple(
            words for column in columns[label.key] if column in starts for words in starts[column].words
        )
        is_value = label.score < 100 and joined.text.startswith(first_words, label.start)
        is_value = is_value and not _is_followed(joined, label.end)
        labelled += [] if is_value else [label]  # the value's sound beginning: "โครงการ…" for "ชื่อโครงการ"
    has_colons = sum(":" in joined.text[label.end : label.value_start] for label in labelled) >= COLONS
    labelled = [_with_rest(joined, label) for label in labelled]
    shaped = list(_unlabelled(model, joined, {column for label in labelled for column in columns[label.key]}))
    yield from shaped
    edges = [*_lines_of(joined, shaped), *_in_lines(joined, shaped)]
    for label, end in _with_ends(joined, labelled, has_colons=has_colons):
        end = min([edge for edge in edges if label.value_start < edge < end], default=end)
        for column in columns[label.key]:
            stop, normalizer = end, model.normalizer(column)
            if not normalizer.spans_lines:
                line_end = _end_of_lines(joined, (label.value_start, end), normalizer)
                other = _LABEL_BESIDE.search(joined.text, label.value_start, line_end)
                line_end = other.start() if other else line_end
                stop, _ = end_of_value(joined, (label.value_start, line_end), labels[column].ends)
            stretch = (label.value_start, stop)
            raw, spans = joined.text[slice(*stretch)], joined.spans(*stretch)
            yield Field(model, column, joined.block.copy, row, raw, spans, label.score, label=label.name)


@cache
def _grids_beside(reads: Labelled, block: Block) -> tuple[Grid, ...]:
    """The columns of what else a block reads from labels."""
    return tuple(_grid_of(one.model) for one in block.readings if isinstance(one, Labelled) and one != reads)


@cache
def _grid_of(model: type[Table]) -> Grid:
    """The columns of a table that prints labels as its headings, the quarter's first where the rows have one."""
    labels, quarter = columns_with(model, Label), model.column_of("quarter")
    groups = [(labels[first], tuple(group)) for first, group in _columns_by_label(model).items()]
    columns = [Column((*label.names, *label.heads), fills=group, like=label.like) for label, group in groups]
    return Grid(model, ((Column(QUARTER, fills=(quarter,)),) if quarter else ()) + tuple(columns))


def _by_quarter(model: type[Table], table: QuarterTable, joined: JoinedText) -> Iterator[Field]:
    """The fields of a table that has a column for each quarter."""
    columns, quarter = _grid_of(model).columns, model.column_of("quarter")
    stated: set[int] = set()
    for number, place, cell in table.cells:
        row = RowId(f"{IN_QUARTER}{number}")
        if number not in stated:
            yield Field(model, quarter, joined.block.copy, row, str(number), cell.spans, value=number, is_inferred=True)
        stated.add(number)
        for column in columns[place].fills:
            yield Field(model, column, joined.block.copy, row, cell.text(joined.matches.text), cell.spans)


def _under_heads(model: type[Table], table: FoundTable, joined: JoinedText) -> Iterator[Field]:
    """The fields of values below their labels: of one row, or of one for each quarter."""
    text, columns, quarter = joined.matches.text, _grid_of(model).columns, model.column_of("quarter")
    has_quarters = any(columns[place].fills == (quarter,) for cells in table.rows for place in cells)
    totals = () if has_quarters else table.totals
    only = totals[-1:] or (table.rows if len(table.rows) == 1 else ())
    for cells in (*table.rows, *totals):
        filled = {column: cell for place, cell in cells.items() for column in columns[place].fills}
        printed, year = quarter_and_year(filled[quarter].text(text)) if quarter in filled else (None, None)
        if printed is None and cells not in only:
            continue  # of several rows without a quarter the total says what all come to
        row = RowId(f"{IN_QUARTER}{printed}") if printed else row_of(model, joined)
        if printed and year and (of_year := model.column_of("year")):
            yield Field(model, of_year, joined.block.copy, row, str(year), filled[quarter].spans, value=year)
        for column, cell in filled.items():
            value = printed if column == quarter else None
            if column != quarter or printed:
                yield Field(model, column, joined.block.copy, row, cell.text(text), cell.spans, value=value)


def read_labelled_rows(reads: LabelledRows, joined: JoinedText) -> Iterator[Field]:
    """A row for each label that says something, or for each cell of a table below the labels."""
    if joined.may_hold_rows(LEAST_CELLS) and (table := find_headed(joined, _grid_of_labels(reads))):
        yield from _rows_under_labels(reads, table, joined)
        joined = joined.outside(table.start, table.end)
    for label, end in _with_ends(joined, list(_of_rows(reads, joined))):
        key, score = label.key, label.score
        passage = joined.field(reads.model, reads.model.column_of("words"), RowId(key), (label.value_start, end))
        if passage.spans and one_line(passage.raw):
            yield passage._replace(column=reads.column, raw=key, value=key, is_inferred=True, score=score)
            yield passage._replace(score=score, label=label.name)


def _of_rows(reads: LabelledRows, joined: JoinedText) -> Iterator[FoundLabel]:
    """The labels that begin rows; the text begins with one that belongs to it."""
    names = {key: (*known, *reads.kept.get(key, ())) for key, known in reads.labels.items()}
    for label in find_labels(joined, names):
        if label.name not in reads.kept.get(label.key, ()):
            if _is_followed(joined, label.end) or not _line_before(joined.text, label.start):
                yield label
        elif _NUMBER_BEHIND.match(joined.text, label.end) and not _line_before(joined.text, label.start):
            yield label._replace(value_start=label.start)


def _line_before(text: str, position: int) -> str:
    """What stands on a line before a position, marks aside."""
    return text[text.rfind("\n", 0, position) + 1 : position].strip(" \t•*▪–-()0123456789๐๑๒๓๔๕๖๗๘๙.")


@cache
def _grid_of_labels(reads: LabelledRows) -> Grid:
    """The columns of a table whose heads are labels that begin rows elsewhere."""
    return Grid(reads.model, tuple(Column(names, fills=(key,)) for key, names in reads.labels.items()))


def _rows_under_labels(reads: LabelledRows, table: FoundTable, joined: JoinedText) -> Iterator[Field]:
    """The rows of labels that head columns; what a cell says again belongs to the row above."""
    words, text, copy = reads.model.column_of("words"), joined.matches.text, joined.block.copy
    columns, said = _grid_of_labels(reads).columns, dict[str, list[str]]()
    for cells in table.rows:
        for place, cell in cells.items():
            (key,), name = columns[place].fills, columns[place].headings[0]
            known, raw = said.setdefault(key, []), cell.text(text)
            if one_line(raw) and raw not in known:
                row = RowId(key if not known else f"{key}/{len(known) + 1}")
                known.append(raw)
                yield Field(reads.model, reads.column, copy, row, key, cell.spans, value=key, is_inferred=True)
                yield Field(reads.model, words, copy, row, raw, cell.spans, label=name)


def _with_heading(
    joined: JoinedText, labels: Sequence[FoundLabel], names: Mapping[str, tuple[str, ...]]
) -> Sequence[FoundLabel]:
    """The labels, the block's heading among them where it is one and its value stands behind it, before any other."""
    found = {label.key for label in labels}
    first = labels[0].start if labels else len(joined.text)
    for key, one in ((key, one) for key, forms in names.items() for one in forms if key not in found):
        if one in joined.block.wordings and joined.text[:first].strip(_FRAME):
            return [FoundLabel(key, one, 0, 0, joined.behind(_AFTER, 0), 100.0), *labels]
    return labels


def row_of(model: type[Table], joined: JoinedText) -> RowId:
    """What identifies the row that a block adds to: its quarter's, where the table has quarters, else the project's."""
    return RowId(joined.block.period) if model.column_of("quarter") else RowId()


def names_of(model: type[Table]) -> dict[str, tuple[str, ...]]:
    """The labels of a template, by the first column that stands behind them."""
    labels = columns_with(model, Label)
    return {key: labels[key].names for key in _columns_by_label(model)}


@cache
def shorter_names_of(model: type[Table]) -> ShorterLabels:
    """The shorter labels of a template."""
    labels = {key: columns_with(model, Label)[key] for key in _columns_by_label(model)}
    words = known_labels(tuple((key, label.heads) for key, label in labels.items() if label.heads))
    return ShorterLabels(words, tuple((key, compiled(label.like)) for key, label in labels.items() if label.like))


@cache
def _columns_by_label(model: type[Table]) -> dict[str, list[str]]:
    """The columns that stand behind one label, under the first of them."""
    columns: dict[Label, list[str]] = {}
    for column, label in columns_with(model, Label).items():
        columns.setdefault(label, []).append(column)
    return {group[0]: group for group in columns.values()}


def _unlabelled(model: type[Table], joined: JoinedText, labelled: Collection[str]) -> Iterator[Field]:
    """Values known by their first words or their shape."""
    row = row_of(model, joined)
    stretches = {column: stretch for column in columns_with(model, BehindNumber) if (stretch := _behind_number(joined))}
    for column, starts in columns_with(model, StartsWith).items():
        if column not in stretches and (stretch := _first_lines(joined, starts)) is not None:
            stretches[column] = stretch
    for column, stretch in stretches.items():
        if column not in labelled:
            yield joined.field(model, column, row, stretch)
    for column, shape in columns_with(model, Shape).items():
        if column not in labelled and (match := compiled(shape.pattern).search(joined.text)):
            yield joined.field(model, column, row, match.span("value" if "value" in match.re.groupindex else 0))


LONGEST_WORD = 10
"""Letters of a first word that has a line of its own; longer ones are all that there is."""
_BARE_NUMBER = re.compile(rf"[\s*_#(]*+(?:โครงการที่)?[ \t]*+{DIGIT}{{1,2}}[.):]*+[\s*_:]*+")
"""A number without words of a heading."""
_OTHERS = re.compile(rf"\||{DIGIT}{{1,2}}[.)]|[^:\n]{{1,40}}+:|[^\n]{{2,40}}?(?:\t|   )")
"""A row of a table, or a label: no line that others go on with."""


def _behind_number(joined: JoinedText) -> Span | None:
    """The rest of the line behind a bare number that opens the block."""
    text = joined.matches.text
    bare = [end for start, end in joined.block.headings if _BARE_NUMBER.fullmatch(text, start, end)]
    lines = zip(joined.lines(), joined.pieces, strict=True)
    return next((joined.trimmed(*line, _FRAME) for line, piece in lines if piece[0] in bare), None)


def _first_lines(joined: JoinedText, starts: StartsWith) -> Span | None:
    """The first line that begins with certain words, and the lines that it goes on over."""
    found: Span | None = None
    words, continued_by = words_of(starts), frozenset(map(folded, starts.continued_by))
    for line, end in joined.lines():
        start, _ = joined.trimmed(line, end, _FRAME)
        alone = folded(joined.text[slice(*found)]) if found else ""  # the first word may have its own line
        is_alone = alone in words and len(alone) <= LONGEST_WORD and not _OTHERS.match(joined.text, line, end)
        is_wrapped = found is not None and is_unfinished(joined.text, *found)
        sought = continued_by if found else words
        if is_alone or is_wrapped or best_match(joined.starting_at(start, end, among=sought), sought):
            found = (found[0] if found else start, end)
        elif found:
            break
    return found


def _lines_of(joined: JoinedText, fields: Sequence[Field]) -> list[int]:
    """Where the lines end that stand before those of some fields."""
    starts = {span[0] for field in fields for span in field.spans}
    lines = zip(joined.lines(), joined.pieces, strict=True)
    return [line[0] - 1 for line, (first, last) in lines if any(first <= start < last for start in starts)]


def _in_lines(joined: JoinedText, fields: Sequence[Field]) -> Iterator[int]:
    """Where the cells begin, inside their lines, of some fields."""
    firsts = {field.spans[0][0] for field in fields if field.spans}
    for (line, _), (start, end) in zip(joined.lines(), joined.pieces, strict=True):
        places = (line + first - start for first in firsts if start < first < end)
        yield from (place for place in places if _CELL_BEFORE.search(joined.text, line, place))


def _with_rest(joined: JoinedText, label: FoundLabel) -> FoundLabel:
    """A label with the further words that a page prints behind it, up to their colon or the end of its bold letters."""
    is_bold = joined.text.endswith("**", 0, label.start) and joined.matches.has_plain_lines
    if is_bold and (bold := _REST_OF_BOLD.match(joined.text, label.end)):
        return label._replace(value_start=joined.behind(_AFTER, bold.end()))
    is_parted = _SEPARATOR.search(joined.text, label.end, label.value_start)
    rest = None if is_parted else _REST_OF_LABEL.match(joined.text, label.end)
    return label._replace(value_start=joined.behind(_AFTER, rest.end())) if rest else label


def _with_ends(
    joined: JoinedText, labels: Sequence[FoundLabel], *, has_colons: bool = False
) -> Iterator[tuple[FoundLabel, int]]:
    """Each label with the place where its value ends: at the next label or at the end, less blanks and cell frames.

    `has_colons`: then a line that has one behind a few words says something else.
    """
    for label, after in zip_longest(labels, labels[1:]):
        value = joined.text[label.value_start : after.start if after else None]
        line = value.rfind("\n") if after else -1
        value = value[:line] if line >= 0 and _MARKS_OF_LINE.fullmatch(value, line) else value
        first = len(value) - len(value.lstrip())
        is_row = joined.text.startswith("|", joined.text.rfind("\n", 0, label.start) + 1)
        other = _NEXT_ROW.search(value, first) if is_row else _OTHER_LABEL.search(value, first) if has_colons else None
        value = value[: other.start()] if other else value
        if after and _AND.fullmatch(joined.text, label.end, after.start):  # one value stands behind both
            start, _ = joined.trimmed(after.value_start, len(joined.text))
            label, value = label._replace(value_start=start), joined.text[start:].partition("\n")[0]
        yield label, label.value_start + len(value.rstrip(_FRAME))


def _end_of_lines(joined: JoinedText, span: Span, normalizer: Normalizer) -> int:
    """The end of the first line that says something, or of the last of those on which the value goes on."""
    text, (start, end) = joined.text, span
    stop = text.find("\n", joined.trimmed(start, end)[0], end)
    if stop < 0:
        return end
    while normalizer.goes_on is not None and stop < end and not text[start:stop].rstrip().endswith("|"):
        below = text.find("\n", stop + 1, end)
        below = end if below < 0 else below
        if not normalizer.goes_on(text[start:stop], text[stop + 1 : below]):
            break
        stop = below
    return stop


def end_of_value(joined: JoinedText, span: Span, sign: str | None) -> Span:
    """Where the value ends, and where the text goes on behind its sign; a damaged sign is no part of the value."""
    start, end = span
    if sign is None:
        return end, end
    if match := _with_words(sign).search(joined.text, start, end):
        return match.end(), match.end()
    figure = _FIGURE.match(joined.text, start, end)
    if figure and _NEXT_PART.match(joined.text, figure.end(), end):
        return figure.end(), figure.end()
    word = _WORD.match(joined.text, figure.end(), end) if figure else None
    if figure and word and fuzz.ratio(folded(word[1]), folded(sign)) >= DAMAGED:
        return figure.end(), word.end()
    return end, end


@cache
def _with_words(sign: str) -> re.Pattern[str]:
    """The sign with blanks anywhere, and behind it the same amount in words."""
    words = r"[ \t]*+".join(map(re.escape, sign))
    return re.compile(rf"{words}(?:[ \t]*+ถ้วน)?(?:[ \t]*+\([^()\n]{{0,160}}{words}[^()\n]{{0,40}}\))?")


def find_labels(
    joined: JoinedText,
    names: Mapping[str, tuple[str, ...]],
    *,
    begin_lines: Collection[str] = (),
    shorter: ShorterLabels | None = None,
) -> list[FoundLabel]:
    """The labels in a block, each once, in the order of the text; those of `begin_lines` only where a line, or part of
    one between wide blanks, begins; `shorter` ones only where they are all that a line says before a separator.
    """
    found: dict[str, FoundLabel] = {}
    known = known_labels(tuple(names.items()))
    possible = set(names)
    for step in ("sound_line_start", "alone", "line_start", "undamaged", "before_separator", "at_blank", "glued"):
        inside = step not in ("sound_line_start", "alone", "line_start")
        if step == "before_separator":
            possible = {key for key in names if any(_may_stand(joined.folded.letters, name) for name in names[key])}
        left = {key for key in possible if key not in found}
        if not left:
            continue
        for label in _alone(joined, shorter) if step == "alone" else _STEPS[step](joined, known):
            is_apart = all(label.start >= one.value_start or one.start >= label.end for one in found.values())
            is_apart = is_apart and not (inside and label.key in begin_lines and not _begins_part(joined.text, label))
            if label.key in left and label.key not in found and is_apart:
                found[label.key] = label
    return sorted(found.values(), key=lambda label: label.start)


def _begins_part(text: str, label: FoundLabel) -> bool:
    """Whether wide blanks stand before a label, and a colon or blanks behind it."""
    return text.endswith(("   ", "\t"), 0, label.start) and text.startswith((":", " :", "  ", "\t"), label.end)


def _may_stand(letters: str, name: str) -> bool:
    """Whether half of the pieces of a label stand somewhere in folded letters: a damaged one keeps as many."""
    pieces = _pieces(name)
    return 2 * sum(piece in letters for piece in pieces) >= len(pieces)


@cache
def _pieces(name: str) -> tuple[str, ...]:
    words = folded(name)
    return tuple(words[start : start + PIECE] for start in range(0, len(words) - PIECE + 1, PIECE))


@cache
def known_labels(names: tuple[tuple[str, tuple[str, ...]], ...]) -> KnownLabels:
    """The labels of a reading, made ready to be found."""
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, forms in names:
        for name in forms:
            known[folded(name)] = (*known.get(folded(name), ()), (key, name))
    return KnownLabels(known, frozenset(known))


def _label(joined: JoinedText, key: str, name: str, match: Match) -> FoundLabel:
    """A label with its separators, dots and Markdown taken off the value."""
    return FoundLabel(key, name, match.start, match.end, joined.behind(_AFTER, match.end), match.score)


def _at_line_starts(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels that lines begin with, those before a separator first: what is left of a heading has none."""
    starts = (joined.behind(_DECORATION, *line) for line in joined.lines())
    labels = [label for start in starts if (label := _starting(joined, start, known))]
    yield from sorted(labels, key=lambda label: (not _is_followed(joined, label.end), label.start))


def _sound_at_line_starts(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """The undamaged ones of the labels that lines begin with."""
    return (label for label in _at_line_starts(joined, known) if label.score >= 100)


def _alone(joined: JoinedText, known: ShorterLabels | None) -> Iterator[FoundLabel]:
    """Labels that are all that a line says before a separator, or at all; those with a separator first."""
    yield from sorted(_saying(joined, known), key=lambda label: not _is_followed(joined, label.end))


def _saying(joined: JoinedText, known: ShorterLabels | None) -> Iterator[FoundLabel]:
    for start, end in joined.lines() if known else ():
        first = joined.behind(_MARKS_OF_LINE, start - 1) if start else joined.behind(_DECORATION, start)
        for place in (first, *(edge.end() for edge in _PART_EDGE.finditer(joined.text, first, end))):
            if words := _SHORT_LABEL.match(joined.text, place, min(end, place + HEAD)):
                behind = words.end("words")
                found = known.of(words["words"]) if known else ()
                if known and not found and ANY_DIGIT.search(joined.text, start, first):  # there one blank is enough
                    behind = place + len(words["words"].partition(" ")[0])
                    found = known.of(joined.text[place:behind])
                if known and not found and (period := _PERIOD.search(words["words"])):
                    behind = place + period.start()
                    found = known.of(joined.text[place:behind])
                for key, name in found:
                    yield FoundLabel(key, name, place, behind, joined.behind(_AFTER, behind), 100.0)


def _undamaged(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line with a blank or a separator behind them, those with a separator first."""
    labels = [label for label in _glued(joined, known) if not joined.text[label.end : label.end + 1].strip(_BEHIND)]
    yield from sorted(labels, key=lambda label: not _is_followed(joined, label.end))


def _before_separators(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels just before a separator."""
    for separator in _SEPARATOR.finditer(joined.text):
        begin = max(joined.text.rfind("\n", 0, separator.start()) + 1, separator.start() - HEAD)
        if label := label_before(joined, (begin, separator.start()), known):
            value_start = joined.behind(_AFTER, separator.start())
            yield label._replace(end=separator.start(), value_start=value_start)


def _at_blanks(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Damaged labels that two printed columns or a lost line end left inside a line, without a separator."""
    for blank in _BLANK.finditer(joined.text):
        if label := _starting(joined, blank.end(), known, least=LONG):
            yield label


def _glued(joined: JoinedText, known: KnownLabels) -> Iterator[FoundLabel]:
    """Labels inside a line whatever stands behind them, longer ones first."""
    yield from sorted(undamaged_labels(joined, known), key=lambda label: (label.start - label.end, label.start))


_STEPS: Mapping[str, Callable[[JoinedText, KnownLabels], Iterator[FoundLabel]]] = {
    "sound_line_start": _sound_at_line_starts,
    "line_start": _at_line_starts,
    "undamaged": _undamaged,
    "before_separator": _before_separators,
    "at_blank": _at_blanks,
    "glued": _glued,
}
"""Where labels are sought, the surest places first."""


def undamaged_labels(joined: JoinedText, known: KnownLabels) -> list[FoundLabel]:
    """Labels as printed, anywhere in a line."""
    return [
        _label(joined, key, name, match)
        for match in joined.undamaged()
        for key, name in known.by_words.get(match.words, ())
        if match.score == 100 and _is_printed(joined.text[match.start : match.end], name)
    ]


def _is_printed(raw: str, name: str) -> bool:
    """Whether letters are those of a label as declared, blanks and marks aside."""
    return raw == name or compact(raw) == compact(name)


class _Ranked(NamedTuple):
    """A declared label against the start of a line, folded and as printed."""

    match: Match
    key: str
    name: str
    as_printed: float
    is_followed: bool
    is_bounded: bool
    """Whether a blank or a separator stands behind it, so that no value is glued to it."""

    def lead(self) -> float:
        """What ranks it among others."""
        return (self.match.score + self.as_printed) / 2 + FOLLOWED * self.is_followed

    def rivals(self, best: "_Ranked") -> bool:
        """Whether the line may be this label instead: not where one begins the other or it ends inside a word."""
        one, other = self.match.words, best.match.words
        is_beginning = one.startswith(other) or other.startswith(one)
        return self.key != best.key and not is_beginning and (self.is_bounded or self.match.size >= best.match.size)

    def margin(self, other: "_Ranked") -> float:
        """How much closer than another label: folded, or letter by letter where folding makes the two alike."""
        closer = max(self.match.score - other.match.score, self.as_printed - other.as_printed)
        return closer + FOLLOWED * (self.is_followed - other.is_followed)


def _starting(joined: JoinedText, start: int, known: KnownLabels, *, least: int = 1) -> FoundLabel | None:
    """The label that begins at a place, if it is clearly closer than the others; none goes over a separator."""
    separator = _SEPARATOR.search(joined.text, start, start + HEAD)
    stop = separator.start() if separator else min(start + HEAD, len(joined.text))
    ranked = [
        _rank(joined, match, key, name)
        for match in joined.starting_at(start, stop, among=known.words)
        if match.score >= CLOSE - MARGIN
        for key, name in known.by_words.get(match.words, ())
    ]
    if not ranked:
        return None
    first = max(ranked, key=lambda one: (one.lead(), one.match.words, one.key))
    best = max((_longer(joined, first, one) for one in ranked), key=lambda one: len(one.match.words))
    is_sure = all(best.margin(one) >= MARGIN for one in ranked if one.rivals(best))
    is_label = best.match.score >= CLOSE and is_sure and best.match.size >= least
    return _label(joined, best.key, best.name, best.match) if is_label else None


def _rank(joined: JoinedText, match: Match, key: str, name: str) -> _Ranked:
    is_followed = _is_followed(joined, match.end)
    is_bounded = is_followed or not joined.text[match.end : match.end + 1].strip(_BEHIND)
    raw = joined.text[match.start : match.end]
    as_printed = 100.0 if raw == name else fuzz.ratio(compact(raw), compact(name))
    return _Ranked(match, key, name, as_printed, is_followed, is_bounded)


def _is_followed(joined: JoinedText, end: int) -> bool:
    """Whether a separator stands behind a label."""
    return _SEPARATOR.search(joined.text, end, joined.behind(_AFTER, end)) is not None


def _longer(joined: JoinedText, one: _Ranked, other: _Ranked) -> _Ranked:
    """The longer of two labels of which one begins the other, where the line goes on as the longer one does."""
    rest = other.match.words[len(one.match.words) :]
    if not rest or not other.match.words.startswith(one.match.words) or other.match.score < CLOSE:
        return one
    goes_on = fuzz.ratio(folded(joined.text[one.match.end : other.match.end]), rest)
    return other if goes_on >= (REST if other.is_bounded else 100) else one


def label_before(
    joined: JoinedText, stretch: Span, known: KnownLabels, *, likelier: Collection[str] = ()
) -> FoundLabel | None:
    """The label that a stretch ends with, if no other comes as close; those of `likelier` keys have a lead."""
    ranked = sorted(
        (
            (match.score + (MARGIN if key in likelier else 0), match.size, key, name, match)
            for match in joined.ending_at(stretch[1], stretch[0], known.words)
            for key, name in known.by_words.get(match.words, ())
        ),
        reverse=True,
    )
    if not ranked:
        return None
    lead, _, key, name, match = ranked[0]
    is_close = lead >= CLOSE and match.score >= CLOSE - MARGIN
    is_sure = all(lead - other[0] >= MARGIN for other in ranked if other[2] != key)
    return _label(joined, key, name, match) if is_close and is_sure else None
