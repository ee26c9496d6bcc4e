"""Blocks to fields: each reading that a form can declare, and how it finds columns in a block's text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from normalizers.calendar_be import FISCAL_YEARS
from normalizers.digits import DIGIT, whole
from normalizers.fuzzy_match import choice, folded
from normalizers.quarters import QUARTER, QUARTER_HEAD, quarter_and_year
from normalizers.text import paragraph
from parsers.base import (
    Bullets,
    Calendar,
    Entries,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    Reading,
    SingleField,
    Steps,
    Total,
    WholeText,
)
from parsers.openers import Heading
from parsers.phrases import wordings_of
from pipeline.document.read_fields.entries import read_entries
from pipeline.document.read_fields.find_labels import find_labels
from pipeline.document.read_fields.joined_text import JoinedText
from pipeline.document.read_fields.labels import (
    IN_QUARTER,
    LABEL_TWICE,
    names_of,
    read_labelled,
    read_labelled_rows,
    row_of,
    shorter_names_of,
)
from pipeline.document.read_fields.lists import read_bullets, read_calendar, read_links, read_steps
from pipeline.document.read_fields.tables import find_table, read_grid, read_priced, read_total
from pipeline.document.scan import Matches
from pipeline.model import Copy, CopyBlock, Field, Issue, Page, RowId, Span, SplitDocument
from schemas.base import Choice, Label, Table, columns_with
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult


class PrintedPeriod(NamedTuple):
    """What one heading prints."""

    period: int
    quarter: int | None
    year: int | None
    span: Span
    begins: bool = False
    """Whether what is reported on the quarter begins there."""


_QUARTER_AND_YEAR = re.compile(rf"{QUARTER.pattern}[ \t]?/[ \t]?{DIGIT}{{4}}(?!{DIGIT})")
_QUARTERS = re.compile(
    rf"{QUARTER.pattern}(?:[ \t]*+(?:และ|ถึง|,|[-–])[ \t]*+(?:ไตรมาส(?:ที่)?[ \t]*+)?(?P<last>[1-4๑-๔])(?![0-9๐-๙.,]))?"
)
"""A quarter, and another that is named with it."""
_FISCAL_YEAR = re.compile(rf"ปีงบประมาณ[^0-9๐-๙\n]{{0,16}}+({DIGIT}{{4}})(?!{DIGIT})")


_YEAR_OF_TITLE = re.compile(
    rf"^[ \t\f#*]*+(?:แบบ|สรุป|ผล|รายงาน|ประจำปี|ปีงบประมาณ)[^0-9๐-๙\n]{{0,120}}+(?<=[ .])"
    rf"(?P<year>{DIGIT}{{4}})(?!{DIGIT})",
    re.MULTILINE,
)
"""The year on a line that begins as titles do."""
_LAST_BRACKETS = re.compile(r"[\[(]([ก-๛ ]{4,40}+)[\])][ \t*]*+\Z")
"""Words in brackets at the end of a name."""
_NUMBER_OF_NEXT = re.compile(
    rf"\n[ \t*_#>|]{{0,8}}+\(?{DIGIT}{{1,2}}(?:(?:\.{DIGIT}{{1,2}})?[.)]|\.{DIGIT}{{1,2}})[\s*_]*+\Z"
)
"""The number of the label behind a value."""
_OTHER_LABEL = re.compile(r"\n[ \t]*+(?:[^\s:|]{2,30}+(?: (?! ))?){1,3}+(?:[ \t]*+:[ \t]|  )[ \t]*+\S")
"""A line that begins as labels do that no form declares: a colon or wide blanks part it from what it says."""
_AMOUNT = re.compile(rf"(?<![\s:=*])[\s:=*]*+{DIGIT}[0-9๐-๙,.]*+(?:-|\s)*+(?:บาท)?[\s.*]*+")
"""An amount of baht and nothing else."""
NEARLY_ALL = 0.75
"""Of the letters of a text so many stand in other rows that it says nothing more."""
LONGEST_NUMBER = 24
"""Characters in which it stands."""
LONGEST_CAPTION = 80
"""Characters of the line that says what the table below it is."""


class Context(NamedTuple):
    """What the whole document is about, where its headings say one thing: its year and its only quarter."""

    year: int | None
    quarter: int | None
    quarter_spans: tuple[Span, ...] = ()
    year_spans: tuple[Span, ...] = ()
    """Where the year is printed, in a heading or the title."""
    is_only_year: bool = False
    """Whether the headings print no other year, so that it is that of rows whose own headings print none."""
    year_of_quarter: int | None = None
    """The year that the title prints on the line of its quarter."""


def read_fields(matches: Matches, blocks: SplitDocument) -> list[Field | Issue]:
    """Every field of every copy, and an issue for text in a block that no field of it took."""
    found: list[Field | Issue] = []
    for (number, printing), group in groupby(blocks.copies, key=lambda copy: _report_of(copy, blocks)):
        copies = list(group)  # reports in one file may be about different years
        pages = blocks.regions[number].pages if blocks.regions else matches.pages.pages
        context = context_of(matches, copies, _own_pages(copies, pages) if printing else pages)
        found += [field for copy in copies for field in _read_copy(matches, copy, context)]
    return found


def _own_pages(copies: Sequence[Copy], pages: Sequence[Page]) -> Sequence[Page]:
    """The pages that a printing stands on."""
    places = [place for copy in copies for block in copy.blocks for place in (*block.headings, *block.pieces)]
    first, last = min(places, default=(0, 0))[0], max(places, default=(0, 0))[1]
    return [page for page in pages if page.start < last and first < page.end] or pages


def _report_of(copy: Copy, blocks: SplitDocument) -> tuple[int, int]:
    """What tells the report that a copy belongs to: its region, and its number where a report is on one project."""
    is_on_projects = not blocks.regions or blocks.regions[copy.region].form.holds_projects
    return copy.region, 0 if is_on_projects else copy.number


def _read_copy(matches: Matches, copy: Copy, context: Context) -> Iterator[Field | Issue]:
    in_periods: list[tuple[Field, int]] = []
    has_periods = any(block.period for block in copy.blocks)
    counts: Counter[str] = Counter()
    for declaration, group in groupby(copy.blocks, key=lambda block: block.declaration):
        blocks = list(group)
        headed = [(field, block.period) for block in blocks for field in _headed_cells(matches, block)]
        in_periods += [one for one in headed if one[1]]
        yield from (field for field, period in headed if not period)
        texts = [JoinedText(block, matches) for block in blocks if block.pieces or not block.cells]
        for reads in declaration.readings:
            if isinstance(reads, Entries):
                yield from read_entries(reads, texts)
                continue
            for joined in texts:
                counts[declaration.name] += 1
                for field in _in_block(joined, _read_block(reads, joined, counts[declaration.name])):
                    if joined.block.period and isinstance(field, Field):
                        in_periods.append((field, joined.block.period))
                    else:
                        yield field
    if has_periods:
        printed = printed_periods(matches, copy.blocks)
        in_periods, found = _by_printed_quarter(in_periods, printed, context)
        yield from (field for field, _ in in_periods)
        yield from period_fields(copy, in_periods, [*printed, *found], context)
    else:
        yield from _year_of_project(copy, (), context)


def _in_block(joined: JoinedText, found: Iterable[Field | Issue]) -> Iterator[Field | Issue]:
    """What a reading finds in a block, rows of lists told from those of other blocks: two lists are no copies."""
    place = joined.pieces[0][0] if joined.pieces else 0
    for one in found:
        if isinstance(one, Field) and one.row.order and one.model.column_of("words"):
            yield one._replace(row=RowId(order=(place, *one.row.order)))
        else:
            yield one


def _read_block(reads: Reading, joined: JoinedText, number: int) -> Iterable[Field | Issue]:
    """What one reading finds in a block, which is the `number`-th of its name."""
    if isinstance(reads, WholeText):
        return _whole_text(reads, joined, number)
    fields, moved = _READERS[type(reads)](reads, joined), _columns_of_amounts(reads.model)
    return (_in_its_column(one, moved) if isinstance(one, Field) else one for one in fields) if moved else fields


@cache
def _columns_of_amounts(model: type[Table]) -> dict[str, str]:
    """The columns of a template whose label may stand before an amount alone, each with the column that takes it."""
    return {column: one.amount_in for column, one in columns_with(model, Label).items() if one.amount_in}


def _in_its_column(field: Field, columns: Mapping[str, str]) -> Field:
    """A field, in the column of amounts where its label may stand before either and it is an amount alone."""
    is_amount = field.column in columns and _AMOUNT.fullmatch(field.raw)
    return field._replace(column=columns[field.column]) if is_amount else field


def _headed_cells(matches: Matches, block: CopyBlock) -> Iterator[Field]:
    """The columns of a block that stand in a table below heads that name them."""
    for cell in block.cells:
        in_quarter = RowId(block.period) if cell.model.column_of("quarter") else RowId()
        row = in_quarter if cell.row_start is None else RowId(order=(cell.row_start,))
        raw = "\n".join(matches.text[start:end] for start, end in cell.spans)
        amounts = _columns_of_amounts(cell.model)
        for column in cell.columns:
            yield _in_its_column(Field(cell.model, column, block.copy, row, raw, cell.spans), amounts)


def _by_printed_quarter(
    fields: Sequence[tuple[Field, int]], printed: Sequence[PrintedPeriod], context: Context
) -> tuple[list[tuple[Field, int]], list[PrintedPeriod]]:
    """The fields with their period; where a row of a table prints its quarter, that of the headings that print it.

    What stands below no quarter is about the document's own. Behind them what the rows print whose quarter no heading
    prints.
    """
    periods = {found.quarter: found.period for found in reversed(printed) if found.quarter}
    if context.quarter and not periods:
        periods[context.quarter] = min((period for _, period in fields), default=1)
    placed: list[tuple[Field, int]] = []
    found: dict[int, PrintedPeriod] = {}
    for field, period in fields:
        key = field.row.key
        if isinstance(key, str) and key.startswith(IN_QUARTER):
            quarter = whole(key.removeprefix(IN_QUARTER)) or 0
            if quarter not in periods:
                periods[quarter] = 1 + max((*periods.values(), *(other for _, other in fields)))
                found[quarter] = PrintedPeriod(periods[quarter], quarter, None, field.spans[0])
            period = periods[quarter]
            field = field._replace(row=RowId(period))
        placed.append((field, period))
    return placed, list(found.values())


def _single_field(reads: SingleField, joined: JoinedText) -> Iterator[Field]:
    """One column of the row of the project or the quarter, with what the group above says of it."""
    row, end = row_of(reads.model, joined), len(joined.text)
    for other in joined.block.declaration.readings:
        shorter = shorter_names_of(other.model) if isinstance(other, Labelled) else None
        if isinstance(other, Labelled) and (labels := find_labels(joined, names_of(other.model), shorter=shorter)):
            end = min(end, labels[0].start)
    if reads.column == reads.model.column_of("name") and (below := _OTHER_LABEL.search(joined.text, 0, end)):
        end = below.start()
    table = joined.text.find("\n|") if not joined.text.startswith("|") else -1
    start, stop = joined.trimmed(0, min(end, table) if table >= 0 else end, " \t\n:")
    first = start + len(joined.text[start:stop]) - len(joined.text[start:stop].lstrip("*"))
    label = next((first + len(one) for one in reads.label if joined.text.startswith(one, first)), start)
    twice = LABEL_TWICE.match(joined.text, label, stop)
    label = twice.end() if twice else label
    number = _NUMBER_OF_NEXT.search(joined.text, max(label, stop - LONGEST_NUMBER), stop)
    label, stop = joined.trimmed(label, number.start() if number else stop, " \t\n:")
    for beside, place in _in_brackets(reads, joined, (label, stop)):
        stop = joined.trimmed(label, place)[1]
        yield beside
    if reads.model.column_of("quarter") and (said := _by_quarter(joined, label, stop)):
        for quarter, piece in said:
            yield joined.field(reads.model, reads.column, RowId(f"{IN_QUARTER}{quarter}"), piece)
    else:
        yield joined.field(reads.model, reads.column, row, (label, stop))
    for one in joined.block.inherited:
        raw, spans = str(one.value), (one.span,)
        yield Field(reads.model, one.column, joined.block.copy, row, raw, spans, value=one.value, is_inferred=True)


def _in_brackets(reads: SingleField, joined: JoinedText, name: Span) -> Iterator[tuple[Field, int]]:
    """What brackets at the end of a name say that another reading has a closed vocabulary for, and where they begin."""
    said = _LAST_BRACKETS.search(joined.text, *name) if reads.column == reads.model.column_of("name") else None
    for other in joined.block.declaration.readings if said else ():
        for column, marked in columns_with(other.model, Choice).items() if isinstance(other, Labelled) else ():
            if said and choice(said[1], marked.phrases) in marked.phrases:
                yield joined.field(other.model, column, row_of(other.model, joined), said.span(1)), said.start()


def _by_quarter(joined: JoinedText, start: int, end: int) -> list[tuple[int, Span]]:
    """What a text says of each quarter, where its lines begin with quarters, the first of them too."""
    heads = list(QUARTER_HEAD.finditer(joined.text, start, end))
    if not heads or heads[0].start() > start:
        return []
    stops = [*(head.start() for head in heads[1:]), end]
    quarters = [whole(head["quarter"]) for head in heads]
    if None in quarters or len(set(quarters)) < len(quarters):
        return []
    pieces = (joined.trimmed(head.end(), stop, " \t\n:") for head, stop in zip(heads, stops, strict=True))
    return [(quarter, piece) for quarter, piece in zip(quarters, pieces, strict=True) if quarter]


def _whole_text(reads: WholeText, joined: JoinedText, number: int) -> Iterator[Field]:
    """What a block says beside the table that other rows are made of."""
    block, model = joined.block, reads.model
    for grid in reads.tables:
        table = find_table(joined, grid)
        if table and table.tells(grid):
            before = ((start, min(end, table.start)) for start, end in joined.pieces if start < table.start)
            after = (piece for piece in joined.pieces if piece[0] >= table.end)
            joined = JoinedText(block, joined.matches, (*before, *after))
    if paragraph(joined.text) is None or (reads.tables and _is_caption(joined)) or _is_said(reads, joined):
        return
    name = block.declaration.name
    row = RowId(order=(name, number)) if block.declaration.repeats else RowId(name)
    passage = joined.field(model, model.column_of("passage"), row, (0, len(joined.text)))
    for column, value in reads.constants.items():
        yield passage._replace(column=column, raw=value, value=value, is_inferred=True)
    if block.heading:
        heading = joined.matches.text[slice(*block.heading)]
        yield Field(model, model.column_of("heading"), block.copy, row, heading, (block.heading,))
    yield passage


def _is_said(reads: WholeText, joined: JoinedText) -> bool:
    """Whether other rows of the block say nearly all of its text."""
    rows = read_links(reads.unless, joined) if reads.unless else ()
    said = {span for row in rows if not row.is_inferred for span in row.spans}
    letters = sum(len(folded(joined.matches.text[slice(*span)])) for span in said)
    return bool(said) and letters >= NEARLY_ALL * len(folded(joined.text))


def _is_caption(joined: JoinedText) -> bool:
    """Whether what stands beside a block's tables is no more than its heading, and perhaps what they are called."""
    block = joined.block
    openers = [one for one in block.declaration.opens if isinstance(one, Heading) and one.is_text]
    words = tuple(folded(one) for opener in openers for one in wordings_of(opener))
    left = [line for line in joined.text.split("\n") if line.strip()]
    title = [line for line in left if not folded(line).lstrip("#-").startswith(words)]
    is_title = len(title) == 1 and title == left[1:] and len(title[0]) <= LONGEST_CAPTION and ":" not in title[0]
    is_told_apart = joined.pieces != block.pieces or len(left) == 1
    return is_told_apart and (not title or (is_title and joined.pieces[-1][1] < block.pieces[-1][0]))


_READERS: Mapping[type[Reading], Callable[[Any, JoinedText], Iterator[Field | Issue]]] = {
    Labelled: read_labelled,
    LabelledRows: read_labelled_rows,
    SingleField: _single_field,
    Bullets: read_bullets,
    Steps: read_steps,
    Links: read_links,
    Grid: read_grid,
    Priced: read_priced,
    Total: read_total,
    Calendar: read_calendar,
}
"""How each reading finds its columns in the text of one block, entries and whole texts aside."""


def printed_periods(matches: Matches, blocks: Iterable[CopyBlock]) -> list[PrintedPeriod]:
    """What the headings of a project print, in their order."""
    return [found for block in blocks if block.period for found in _printed_period(matches, block)]


def _printed_period(matches: Matches, block: CopyBlock) -> Iterator[PrintedPeriod]:
    """What a block's headings print, or the heads of a table above it."""
    if block.quarter:
        yield PrintedPeriod(block.period, block.quarter, None, (block.pieces or block.cells[0].spans)[0])
    elif any(isinstance(one, Heading) and one.has_period for one in block.declaration.opens):
        for span in block.headings or _quarters_in(matches, block):
            printed = quarter_and_year(matches.text[slice(*span)])
            yield PrintedPeriod(block.period, *printed, span, block.declaration.begins_period)
    else:  # another heading, with the quarter that its text is about
        for span in block.headings:
            if said := QUARTER.search(matches.text, *span):
                yield PrintedPeriod(block.period, whole(said["quarter"]), None, span)


def _quarters_in(matches: Matches, block: CopyBlock) -> list[Span]:
    """Where a block without a heading prints its quarter and year, behind its labels."""
    return [found.span() for piece in block.pieces if (found := _QUARTER_AND_YEAR.search(matches.text, *piece))]


def context_of(matches: Matches, copies: Sequence[Copy], pages: Sequence[Page]) -> Context:
    """The year that most headings of a region print, and its quarter where none prints another."""
    printed = [found for copy in copies for found in printed_periods(matches, copy.blocks)]
    years = Counter(found.year for found in printed if found.year)
    quarters = {found.quarter: found.span for found in reversed(printed) if found.quarter}
    year = years.most_common(1)[0][0] if years else None
    where = tuple(found.span for found in printed if year is not None and found.year == year)[:1]
    if year is None:
        year, where = _year_of_title(matches, copies, pages, is_report=bool(printed) or any(map(_is_tabled, copies)))
    with_year = None
    if not quarters:
        quarters = _quarter_of_title(matches, copies)
        beside = {quarter_and_year(matches.text[slice(*line)])[1] for line in quarters.values()}
        with_year = beside.pop() if len(beside) == 1 else None
    if _years_of_titles(matches, pages) - {year}:
        where = ()  # there is another report that is not told apart
    is_only_year = bool(where) and len(years) <= 1
    if len(quarters) != 1:
        return Context(year, None, year_spans=where, is_only_year=is_only_year)
    return Context(year, min(quarters), tuple(quarters.values()), where, is_only_year, with_year)


def _years_of_titles(matches: Matches, pages: Sequence[Page]) -> set[int | None]:
    """The fiscal years on lines that begin as titles do."""
    found = _YEAR_OF_TITLE.finditer(matches.text, pages[0].start, pages[-1].end) if pages else ()
    return {year for title in found if (year := whole(title["year"])) in FISCAL_YEARS}


def _above_headings(copies: Iterable[Copy]) -> list[Span]:
    """The lines above the first heading, where the title of a document stands."""
    fronts = (block for copy in copies for block in copy.blocks[:1] if copy.is_outside_projects and not block.heading)
    return [line for block in fronts for line in block.pieces]


def _quarter_of_title(matches: Matches, copies: Sequence[Copy]) -> dict[int, Span]:
    """The quarters that the lines above the first heading print, else a summary, each with the line that does."""
    outside = (block for copy in copies if copy.is_outside_projects for block in copy.blocks)
    summary = [line for block in outside if block.declaration.role == "summary" for line in block.pieces]
    for lines in (_above_headings(copies), summary):
        printed = ((line, said) for line in lines for said in _QUARTERS.finditer(matches.text, *line))
        found = [(whole(figure), line) for line, said in printed for figure in said.groups() if figure]
        if found:
            return {quarter: line for quarter, line in reversed(found) if quarter}
    return {}


def _year_of_title(
    matches: Matches, copies: Sequence[Copy], pages: Sequence[Page], *, is_report: bool
) -> tuple[int | None, tuple[Span, ...]]:
    """The one fiscal year that the lines above the first heading print, else the first page, and where.

    Of what is no report on quarters or on a table of projects, only what stands above its projects counts.
    """
    if not pages:
        return None, ()
    start, end = pages[0].start, pages[0].end
    ends = [end] if is_report else [_first_place(copy) for copy in copies if not copy.is_outside_projects]
    places = [_above_headings(copies), [(start, min(ends, default=end))]]
    for pieces in places:
        printed = (match for line in pieces for match in _FISCAL_YEAR.finditer(matches.text, *line))
        found = [(year, match.span(1)) for match in printed if (year := whole(match[1])) in FISCAL_YEARS]
        if len({year for year, _ in found}) == 1:
            return found[0][0], (found[0][1],)
    return None, ()


def _first_place(copy: Copy) -> int:
    """Where the first heading or text of a project stands."""
    return min((place for block in copy.blocks for place, _ in (*block.headings, *block.pieces)), default=0)


def period_fields(
    copy: Copy, in_periods: Sequence[tuple[Field, int]], printed: Sequence[PrintedPeriod], context: Context
) -> Iterator[Field | Issue]:
    """The quarter and the year of every row of a project that stands in a quarter; fields come with their period.

    `printed`: what the headings of the project print, and the rows whose quarter none of them prints.
    """
    yield from _year_of_project(copy, printed, context)
    rows: dict[tuple[object, RowId], tuple[Field, int]] = {}
    for field, period in in_periods:
        if field.model.column_of("quarter"):
            rows.setdefault((field.model, field.row), (field, period))
    stated = {(field.model, field.row) for field, _ in in_periods if field.column == field.model.column_of("quarter")}
    for field, period in rows.values():
        here = [found for found in printed if found.period == period]
        if _is_before(field, here, context):
            continue
        quarter, where = _most([(found.quarter, found.span) for found in here], context.quarter)
        if (field.model, field.row) not in stated:
            yield from _stated(field, "quarter", quarter, where or context.quarter_spans)
        dated = here if (field.model, field.row) not in stated or any(found.year for found in here) else printed
        voted = _most([(found.year, found.span) for found in dated], context.year)
        yield from _stated(field, "year", *(voted if voted[1] else _year_of_context(copy, here, context)))
    for found in printed:
        if found.year and context.year and found.year != context.year:
            text = f"a heading prints the fiscal year {found.year}, the report is about {context.year}"
            table, column = QuarterlyResult.table, QuarterlyResult.column_of("year")
            yield Issue("year_out_of_context", text, found.span, table, column, RowId(found.period), copy.index)


def _year_of_context(
    copy: Copy, here: Sequence[PrintedPeriod], context: Context
) -> tuple[int | None, tuple[Span, ...]]:
    """The year that the document prints beside the quarter of a row, or above all its projects."""
    if context.year_of_quarter and not any(found.quarter for found in here):
        return context.year_of_quarter, context.quarter_spans
    is_above = context.year_spans and (context.is_only_year or _is_tabled(copy))
    return (context.year, context.year_spans) if is_above else (None, ())


def _is_before(field: Field, here: Sequence[PrintedPeriod], context: Context) -> bool:
    """Whether a row stands above the headings of the quarters that a project reports on, and is about none of them."""
    first = next((found for found in here if found.quarter), None)
    is_single = context.quarter is not None or field.model.column_of("year")
    is_above = first is not None and first.begins and bool(field.spans) and field.spans[0] < first.span
    return is_above and not is_single


def _is_tabled(copy: Copy) -> bool:
    """Whether tables of several projects tell of a project: no heading of its own prints its year."""
    return any(block.cells for block in copy.blocks)


def _year_of_project(copy: Copy, printed: Sequence[PrintedPeriod], context: Context) -> Iterator[Field]:
    """The year that most headings of a project print; where none does, that of the document."""
    year, where = _most([(found.year, found.span) for found in printed], context.year)
    spans = where if where or copy.is_outside_projects else context.year_spans
    if year is not None and spans:
        column, is_inferred = Project.column_of("year"), not where
        yield Field(Project, column, copy.index, RowId(), str(year), spans, value=year, is_inferred=is_inferred)


def _most(printed: Sequence[tuple[int | None, Span]], context: int | None) -> tuple[int | None, tuple[Span, ...]]:
    """The value that most headings print, at a tie the document's own, and the first heading that prints it."""
    votes = Counter(value for value, _ in printed if value is not None)
    if not votes:
        return context, ()
    leaders = [value for value, count in votes.items() if count == max(votes.values())]
    value = context if context in leaders else leaders[0] if len(leaders) == 1 else None
    return value, tuple(span for stated, span in printed if stated == value)[:1]


def _stated(like: Field, role: str, value: int | None, spans: tuple[Span, ...]) -> Iterator[Field]:
    """A quarter or a year of the row that a field belongs to; a table with years prints both, others imply them."""
    if value is not None and (column := like.model.column_of(role)):
        is_inferred = not like.model.column_of("year")
        yield Field(like.model, column, like.copy, like.row, str(value), spans, value=value, is_inferred=is_inferred)
