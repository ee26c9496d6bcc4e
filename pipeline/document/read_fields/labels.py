"""Values behind printed labels, and those known by their first words or their shape; rows that labels begin."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest

from normalizers.digits import DIGIT
from normalizers.fuzzy_match import folded
from normalizers.quarters import is_unfinished, quarter_and_year
from normalizers.text import line as one_line
from parsers import compiled
from parsers.base import Block, Column, Grid, Labelled, LabelledRows
from parsers.phrases import words_of
from pipeline.document.read_fields.find_labels import (
    AFTER_LABEL,
    MARKS_OF_LINE,
    SEPARATOR,
    FoundLabel,
    ShorterLabels,
    end_of_value,
    find_labels,
    headings_of_all,
    is_followed,
    known_labels,
)
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.tables import (
    FoundTable,
    TableAcross,
    find_flattened,
    find_headed,
    find_labels_over_values,
    find_quarters_across,
)
from pipeline.document.scan import best_match
from pipeline.document.table_heads import columns_by_label, grid_of
from pipeline.model import Field, RowId, Span
from schemas.base import BehindNumber, Label, Normalizer, Shape, StartsWith, Table, columns_with

IN_QUARTER = "quarter "
"""What the key of a row begins with that prints its own quarter, before it is known which report it belongs to."""
LEAST_CELLS, LEAST_HEADS = 3, 2
"""So many cells in a row may be headed by labels; two are a label and its value, where the first alone is a label."""
_REST_OF_LABEL = re.compile(
    r"(?:[ก-๛/]| ?\()[^\n:：=0-9๐-๙|]{0,14}?[:：]| ?\([^()\n0-9๐-๙]{1,20}\)(?=[ \t]*+\|)"
    r"|(?!นา[งย]|ว่าที่)[ก-๛][^\s:：=0-9๐-๙|]{2,40}+(?:\t| {2})[ \t]*+(?=นา[งย]|ว่าที่)"
    r"|(?:\t| {2})[ \t]*+[ก-ฮเ-ไ][^\n:：=0-9๐-๙|]{2,30}+\n[ \t]*+(?=นา[งย]|ว่าที่)"
)
"""Further words of a label: they stand right behind it, and a colon, or the bar of a row, or a name behind them; or
what heads the next column, with the name in the next line."""
_REST_OF_BOLD = re.compile(r"(?!นา[งย]|ว่าที่)[ก-ฮเ-ไ][^*\n:0-9๐-๙]{1,60}\*\*[ \t]*+(?=\n)")
_OTHER_LABEL = re.compile(rf"{MARKS_OF_LINE.pattern}(?!โทร|ตำแหน่ง|เบอร์|หมายเลข)[ก-ฮเ-ไ][^\n:：=0-9๐-๙|]{{1,30}}[:：]")
_NEXT_ROW = re.compile(r"\|[ \t]*+\n[ \t]*+\|[ \t*]*+(?=[^\s|])(?!โทร|ตำแหน่ง|เบอร์|หมายเลข)")
"""The end of a row, and the first cell of one that says something of its own."""
_NEXT_CELLS = re.compile(r"\|[ \t*]*+(?!โทร|ตำแหน่ง|เบอร์|หมายเลข)[ก-ฮเ-ไ][^\n|0-9๐-๙]{1,60}\|[ \t*]*+(?=[^\s|])")
"""A cell behind that of a value, which has a value of its own behind it."""
LEAST_OF_HEADING = 8
"""So many letters has a heading that ends a value of several lines; shorter words may be part of it."""
COLONS = 2
"""So many labels of a block have a colon behind them where each label has."""
_AND = re.compile(r"[ \t*]*+(?:[-–/]|และ|ถึง)[ \t*]*+")
_LABEL_BESIDE = re.compile(
    r"(?<=\S) {3,}+(?=(?!โทร|หมายเลข)[ก-ฮเ-ไ](?:[^\n:|]{1,30} ?:[ \t]|(?:[^\s:|]| (?! )){1,40} {3,}+[^\s:|]))"
)
"""What parts a value from a label behind it that no form declares; a telephone is part of who has it."""
_COLON_BESIDE = re.compile(r"(?<=\S)(?: {3,}|\t)[ \t]*+(?=(?!โทร|หมายเลข)[ก-ฮเ-ไ][^\n:|]{1,30} ?:[ \t])")
"""What parts a value of several lines from a label behind it that no form declares."""
_FRAME = " \t\n|*\\_#>"
_CELL_BEFORE = re.compile(r"(?:\t| {2})\Z")
"""What stands before a cell inside a line."""


_NO_ROW = ""
"""The key of labels that begin no row."""
_NUMBER_BEHIND = re.compile(rf"[ \t]*+{DIGIT}")
_NUMBER_NEXT = re.compile(rf" ?{DIGIT}")


def read_labelled(reads: Labelled, joined: JoinedText) -> Iterator[Field]:
    """One row: behind each label the columns that it stands for."""
    model, row = reads.model, row_of(reads.model, joined)
    grid = grid_of(model) if joined.may_hold_rows(LEAST_CELLS) else None
    pair = grid_of(model) if grid is None and joined.may_hold_rows(LEAST_HEADS) else None
    if grid and model.column_of("quarter") and (across := find_quarters_across(joined, grid)):
        yield from _by_quarter(model, across, joined)
        joined = joined.outside(across.start, across.end)
    beside = _grids_beside(reads, joined.block.declaration) if grid else ()
    while table := (grid and find_headed(joined, grid, beside)) or find_labels_over_values(joined, grid or pair):
        yield from _under_heads(model, table, joined)
        joined = joined.outside(table.start, table.end)
    if grid is None and (table := find_flattened(joined, grid_of(model))):
        yield from _under_heads(model, table, joined)
        joined = joined.outside(table.start, table.end)
    joined = joined.with_cells_apart()
    labels, columns, starts = columns_with(model, Label), columns_by_label(model), columns_with(model, StartsWith)
    labelled = []
    begin_lines = {key for key in columns if labels[key].begins_line}
    found = find_labels(joined, names_of(model), begin_lines=begin_lines, shorter=shorter_names_of(model))
    for label in _with_heading(joined, found, names_of(model)):
        first_words = tuple(
            words for column in columns[label.key] if column in starts for words in starts[column].words
        )
        is_value = label.score < 100 and joined.text.startswith(first_words, label.start)
        is_value = is_value and not is_followed(joined, label.end)
        labelled += [] if is_value else [label]  # the value's sound beginning: "โครงการ…" for "ชื่อโครงการ"
    has_colons = sum(":" in joined.text[label.end : label.value_start] for label in labelled) >= COLONS
    labelled = [_with_rest(joined, label) for label in labelled]
    shaped = list(_unlabelled(model, joined, {column for label in labelled for column in columns[label.key]}))
    yield from shaped
    edges = [*_lines_of(joined, shaped), *_in_lines(joined, shaped)]
    for label, end in _with_ends(joined, labelled, has_colons=has_colons):
        end = min([edge for edge in edges if label.value_start < edge < end], default=end)
        for column in columns[label.key]:
            stop = _end_of(joined, (label.value_start, end), model.normalizer(column), labels[column].ends)
            stretch = (label.value_start, stop)
            raw, spans = joined.text[slice(*stretch)], joined.spans(*stretch)
            yield Field(model, column, joined.block.copy, row, raw, spans, label.score, label=label.name)


def _end_of(joined: JoinedText, span: Span, normalizer: Normalizer, sign: str | None) -> int:
    """Where a value ends that goes on to the next label at most; `sign`: what ends it, such as its unit."""
    start, end = span
    if normalizer.spans_lines:
        other = _COLON_BESIDE.search(joined.text, start, end)
        return _before_heading(joined, start, other.start() if other else end)
    line_end = _end_of_lines(joined, span, normalizer)
    other = _LABEL_BESIDE.search(joined.text, start, line_end)
    return end_of_value(joined, (start, other.start() if other else line_end), sign)[0]


def _before_heading(joined: JoinedText, start: int, end: int) -> int:
    """Where a value ends below whose first line another one says nothing but a heading of some form."""
    stop = joined.text.find("\n", joined.trimmed(start, end)[0], end)
    for line in re.finditer(r"[^\n]++", joined.text[stop:end]) if stop >= 0 else ():
        words = folded(line[0].strip(_FRAME + ":"))
        if len(words) >= LEAST_OF_HEADING and words in headings_of_all():
            return stop + line.start()
    return end


@cache
def _grids_beside(reads: Labelled, block: Block) -> tuple[Grid, ...]:
    """The columns of what else a block reads from labels."""
    return tuple(grid_of(one.model) for one in block.readings if isinstance(one, Labelled) and one != reads)


def _by_quarter(model: type[Table], table: TableAcross, joined: JoinedText) -> Iterator[Field]:
    """The fields of a table that has a column for each quarter."""
    columns, quarter = grid_of(model).columns, model.column_of("quarter")
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
    text, columns, quarter = joined.matches.text, grid_of(model).columns, model.column_of("quarter")
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
    labels = list(_of_rows(reads, joined))
    has_colons = len(joined.block.declaration.readings) > 1  # then other lines say other things
    for label, end in _with_ends(joined, labels, has_colons=has_colons):
        key, score = label.key, label.score
        if key == _NO_ROW:
            continue
        passage = joined.field(reads.model, reads.model.column_of("words"), RowId(key), (label.value_start, end))
        if passage.spans and one_line(passage.raw):
            yield passage._replace(column=reads.column, raw=key, value=key, is_inferred=True, score=score)
            yield passage._replace(score=score, label=label.name)


def _of_rows(reads: LabelledRows, joined: JoinedText) -> Iterator[FoundLabel]:
    """The labels that begin rows, or that end one; the text begins with one that belongs to it."""
    kept = {**reads.kept, _NO_ROW: reads.aside}
    keys = dict.fromkeys((*reads.labels, *kept))
    names = {key: tuple(dict.fromkeys((*reads.labels.get(key, ()), *kept.get(key, ())))) for key in keys}
    found = find_labels(joined, names)
    have_labels = any(label.name not in kept.get(label.key, ()) for label in found)  # then all others are labels too
    for label in found:
        begins_line = not _line_before(joined.text, label.start)
        is_label = label.name in reads.labels.get(label.key, ())
        has_number = (_NUMBER_NEXT if is_label else _NUMBER_BEHIND).match(joined.text, label.end) is not None
        has_number = has_number and not (is_label and have_labels)
        if label.name in kept.get(label.key, ()) and has_number and begins_line:
            yield label._replace(value_start=label.start)
        elif is_label and (begins_line or is_followed(joined, label.end)):
            yield label


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
    for key, one in ((key, one) for key, known in names.items() for one in known if key not in found):
        if one in joined.block.wordings and joined.text[:first].strip(_FRAME):
            return [FoundLabel(key, one, 0, 0, joined.behind(AFTER_LABEL, 0), 100.0), *labels]
    return labels


def row_of(model: type[Table], joined: JoinedText) -> RowId:
    """What identifies the row that a block adds to: its quarter's, where the table has quarters, else the project's."""
    return RowId(joined.block.period) if model.column_of("quarter") else RowId()


def names_of(model: type[Table]) -> dict[str, tuple[str, ...]]:
    """The labels of a template, by the first column that stands behind them."""
    labels = columns_with(model, Label)
    return {key: labels[key].names for key in columns_by_label(model)}


@cache
def shorter_names_of(model: type[Table]) -> ShorterLabels:
    """The shorter labels of a template."""
    labels = {key: columns_with(model, Label)[key] for key in columns_by_label(model)}
    words = known_labels(tuple((key, label.heads) for key, label in labels.items() if label.heads))
    return ShorterLabels(words, tuple((key, compiled(label.like)) for key, label in labels.items() if label.like))


def _unlabelled(model: type[Table], joined: JoinedText, labelled: Collection[str]) -> Iterator[Field]:
    """Values known by their first words or their shape."""
    row = row_of(model, joined)
    stretches = {column: stretch for column in columns_with(model, BehindNumber) if (stretch := _behind_number(joined))}
    for column, starts in columns_with(model, StartsWith).items():
        if column not in stretches and (stretch := _first_lines(joined, starts)) is not None:
            twice = LABEL_TWICE.match(joined.text, *stretch)
            stretches[column] = (twice.end(), stretch[1]) if twice else stretch
    for column, stretch in stretches.items():
        if column not in labelled:
            label = _label_beside(model).search(joined.text, *stretch)
            yield joined.field(model, column, row, (stretch[0], label.start()) if label else stretch)
    for column, shape in columns_with(model, Shape).items():
        is_free = column not in labelled and column not in stretches
        if is_free and (match := compiled(shape.pattern).search(joined.text)):
            yield joined.field(model, column, row, match.span("value" if "value" in match.re.groupindex else 0))


@cache
def _label_beside(model: type[Table]) -> re.Pattern[str]:
    """The wide blanks that part a value from a label of the template behind it."""
    names = sorted({name for one in columns_with(model, Label).values() for name in one.names}, key=len, reverse=True)
    return re.compile(rf"(?<=\S) {{3,}}+(?={'|'.join(map(re.escape, names)) or '(?!)'})")


LABEL_TWICE = re.compile(
    r"([ก-๛]{3,20}+)[ ]*+(?:(?:\t|[:：|]| {2})[ \t:：|]*+(?=\1)|\t?(?:[:：]|[.…]{4,}+)[ \t]++(?=[ก-ฮเ-ไ]))"
)
"""A label whose word the value begins with again, or that a colon or dots part from it."""
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
        return label._replace(value_start=joined.behind(AFTER_LABEL, bold.end()))
    is_parted = SEPARATOR.search(joined.text, label.end, label.value_start)
    rest = None if is_parted else _REST_OF_LABEL.match(joined.text, label.end)
    return label._replace(value_start=joined.behind(AFTER_LABEL, rest.end())) if rest else label


def _with_ends(
    joined: JoinedText, labels: Sequence[FoundLabel], *, has_colons: bool = False
) -> Iterator[tuple[FoundLabel, int]]:
    """Each label with the place where its value ends: at the next label or at the end, less blanks and cell frames.

    `has_colons`: then a line that has one behind a few words says something else.
    """
    for label, after in zip_longest(labels, labels[1:]):
        value = joined.text[label.value_start : after.start if after else None]
        line = value.rfind("\n") if after else -1
        value = value[:line] if line >= 0 and MARKS_OF_LINE.fullmatch(value, line) else value
        first = len(value) - len(value.lstrip())
        is_row = joined.text.startswith("|", joined.text.rfind("\n", 0, label.start) + 1)
        others = (_NEXT_ROW, _NEXT_CELLS) if is_row else (_OTHER_LABEL,) if has_colons else ()
        ends = (other.start() for one in others if (other := one.search(value, first)))
        value = value[: min(ends, default=None)]
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
