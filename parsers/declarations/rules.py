"""What must hold in a form beside the types of its values: a rule is a function that yields the slips it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from inspect import get_annotations
from itertools import chain
from typing import Any, NamedTuple

from normalizers.digits import ARABIC
from normalizers.fuzzy_match import folded
from parsers.base import (
    Block,
    Bullets,
    Calendar,
    Column,
    Entries,
    Form,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    SingleField,
    Steps,
    Total,
    WholeText,
)
from parsers.declarations.types import misfits, nearest, shown, walk
from parsers.openers import Heading, Numbered, PhraseRole, RepeatedLine, Start
from parsers.phrases import LONGEST_PHRASE, phrases_of, wordings_of
from schemas import TABLES
from schemas.base import (
    ANNOTATIONS,
    READ_BY,
    Arrow,
    Choice,
    FirstInBlock,
    Label,
    Normalizer,
    OneOf,
    Shape,
    StartsWith,
    Table,
    columns_of,
    columns_with,
)
from schemas.projects import Project
from schemas.quarterly_results import QuarterlyResult

LEAST_HEADINGS = 8
"""So many blocks with headings must a form have that no title tells: many forms share a heading or two."""
LEAST_COLUMNS = 2
"""A table is known by so many of its headings."""
SHORTEST: Mapping[PhraseRole, int] = {"title": 6, "heading": 3, "common": 3, "sentence": 6}
"""Letters of the shortest phrases that are told from other words where a line begins with them."""


class Slip(NamedTuple):
    """Something that is declared wrongly: what to write instead, and where, as far as that is known."""

    text: str
    column: str = ""
    block: str = ""
    model: type[Table] | None = None
    """The template that has it, which is written in another file than the form."""

    def line(self, form: str) -> str:
        """The slip as a message tells it."""
        module = self.model.__module__ if self.model else ""
        module = module if module.startswith("schemas.forms.") else f"parsers.{form}"
        where = [f"{module.replace('.', '/')}.py", f"form {form}"]
        where += [f"block {self.block}"] * bool(self.block) + [f"column {self.column}"] * bool(self.column)
        return f"{', '.join(where)}: {self.text}"


Slips = Iterator[Slip]


def _missing(model: type[Table], column: str) -> Slips:
    """That a table lacks a column."""
    if column not in columns_of(model):
        others = ", ".join(one.table for one in TABLES if column in columns_of(one))
        known = f"table {model.table} has no such column" + (f" (that is a column of {others})" if others else "")
        yield Slip(f"{known}; write {nearest(column, columns_of(model))}", column)


def _unread(model: type[Table], column: str) -> Slips:
    """That a table lacks a column, or nothing says how the column's text is read."""
    yield from _missing(model, column)
    if column in columns_of(model) and not model.marks(column, Normalizer) and not model.marks(column, Choice):
        yield Slip("nothing says how its text is read; give it a type of schemas/columns.py", column)


def _wrong_value(model: type[Table], column: str, value: object) -> Slips:
    """That a table lacks a column, or the column does not take a word of ours."""
    table = _table_of(model) or model  # a template may say more of a column, and then has not all that its table says
    yield from _missing(model, column)
    allowed = table.marks(column, OneOf) if column in columns_of(table) else ()
    if allowed and value not in allowed[-1].words:
        known = f"{value!r} is no value of this column of table {model.table}"
        yield Slip(f"{known}; write {nearest(value, allowed[-1].words)}", column)


_FILLED = tuple(table for table in TABLES if table.row_name in columns_of(table) and not table.names_rows)
"""The tables of the contract that are read off pages."""


@cache
def _table_of(model: type[Table]) -> type[Table] | None:
    return next((table for table in model.__mro__ if table in _FILLED), None)


@cache
def template_slips(model: type[Table]) -> tuple[Slip, ...]:
    """The slips of a template, or of a table that is read into as it is."""
    table = _table_of(model)
    if table is None:
        names = ", ".join(table.table for table in _FILLED)
        return (Slip(f"{model.__name__} is no table that a form fills; write a class for one of {names}", model=model),)
    own = chain.from_iterable(get_annotations(base) for base in model.__mro__[: model.__mro__.index(table)])
    columns = [column for column in dict.fromkeys(own) if column in columns_of(model)]
    return tuple(slip._replace(model=model) for column in columns for slip in _template_column(model, table, column))


def _template_column(model: type[Table], table: type[Table], column: str) -> Slips:
    """What is wrong with a column that a template declares."""
    marks = model.model_fields[column].metadata
    slips = [Slip(text, column) for mark in marks for text in _wrong_in_mark(mark)]
    if column not in columns_of(table):
        slips = list(_missing(table, column))
    elif model.marks(column, Arrow)[-1:] != table.marks(column, Arrow)[-1:]:
        slips.append(Slip("the table keeps another type here; write the type that the table's module has", column))
    elif any(isinstance(mark, READ_BY) for mark in marks):
        slips += _unread(model, column)
    for choice in model.marks(column, Choice) if not slips else ():
        slips += [slip for key in choice.phrases for slip in _wrong_value(model, column, key)]
    yield from slips


def _wrong_in_mark(mark: object) -> Iterator[str]:
    """What is wrong with one annotation."""
    if isinstance(mark, type) and issubclass(mark, ANNOTATIONS):
        yield f"{mark.__name__} is not called; write {mark.__name__}(…)"
    elif not isinstance(mark, ANNOTATIONS):
        yield f"{shown(mark)} is no annotation; write Label({shown(mark)}), or another one of schemas/base.py"
    elif not isinstance(mark, Arrow | Normalizer):
        yield from (f"{type(mark).__name__}: {text}" for text in misfits([("", mark)]))


def block_slips(block: Block) -> list[Slip]:
    """The slips of one block."""
    inside = walk(block)
    if misfitting := [Slip(text) for text in misfits(inside)]:
        return misfitting
    readings = [one for _, one in inside if hasattr(one, "model")]
    if in_templates := [slip for model in {one.model: None for one in readings} for slip in template_slips(model)]:
        return in_templates
    slips = [slip for rule in (_openers, _filled_twice, _unread_grids) for slip in rule(block)]
    return slips + [slip for reads in readings for rule in _RULES[type(reads)] for slip in rule(reads)]


def _openers(block: Block) -> Slips:
    """Numbers that no page prints, and labels that come once though they are numbered."""
    for opener in block.opens:
        if isinstance(opener, Numbered) and not block.repeats:
            yield Slip("a numbered label opens it again and again; write repeats=True")
        number = opener.number if isinstance(opener, Heading) else None
        if number and not all(part and set(ARABIC).issuperset(part) for part in number.split(".")):
            yield Slip(f"number={number!r} is never found; write figures with dots between them, such as '1.3'")


def _filled_twice(block: Block) -> Slips:
    """Columns of one row that two readings of a block fill, and tables that two of them make rows of.

    A column may stand behind one label or another.
    """
    filled: dict[tuple[str, str], list[object]] = {}
    for reads in block.readings if len(block.readings) > 1 else ():
        columns: dict[str, object] = {reads.column: None} if isinstance(reads, SingleField | Total) else {"": None}
        if isinstance(reads, Labelled):
            labels = columns_with(reads.model, Label)
            columns = {one: labels.get(one) for kind in reads.looks_at for one in columns_with(reads.model, kind)}
        for column, label in columns.items():
            filled.setdefault((reads.model.table, column), []).append(label)
    for (table, column), ways in filled.items():
        count = len(ways)
        if count > 1 and (None in ways or len(set(ways)) < count):
            what = "fill this column" if column else "make rows"
            yield Slip(f"{count} readings {what} of table {table}; leave it to one of them", column)


def _unread_grids(block: Block) -> Slips:
    """Tables that are left out of a text, or stand for a list, and that nothing reads."""
    read = [getattr(reads, "grid", reads) for reads in block.readings]
    for reads in block.readings:
        grids = reads.tables if isinstance(reads, WholeText) else (getattr(reads, "instead_of", None),)
        if any(grid and grid not in read for grid in grids):
            yield Slip("without, instead_of: no reading of the block reads this table; add the Grid to reads")


def _row(reads: Any) -> Slips:
    """Tables that do not belong: without a column for what each row has, or other ones inside a reading."""
    name, model = type(reads).__name__, reads.model
    for role in reads.row_roles:
        if not model.column_of(role):
            tables = ", ".join(table.table for table in TABLES if table.column_of(role))
            yield Slip(f"{name}: table {model.table} has no column for the {role} of a row; these have: {tables}")
    for inner in ((getattr(reads, name, None) or reads).model for name in ("grid", "steps")):
        if inner.table != model.table:
            yield Slip(f"it makes rows of table {model.table}, and what is inside it of {inner.table}; fill one table")


def _marks(reads: Labelled | Entries) -> Slips:
    if not any(columns_with(reads.model, kind) for kind in reads.looks_at):
        text = f"{type(reads).__name__} reads nothing here; write a Label(…) on a column of a template of the table"
        yield Slip(text, model=reads.model)


def _row_names(reads: LabelledRows) -> Slips:
    return (slip for key in reads.labels for slip in _wrong_value(reads.model, reads.column, key))


def _constants(reads: WholeText | Links) -> Slips:
    """Words of ours that a column does not take, and columns that only such words fill."""
    for column, value in reads.constants.items():
        yield from _wrong_value(reads.model, column, value)
    for column in columns_with(_table_of(reads.model) or reads.model, OneOf).keys() - reads.constants:
        yield Slip(f"nothing fills it; write {{{column!r}: …}} behind {reads.model.__name__}", column)


def _kinds(reads: Bullets) -> Slips:
    """Kinds of rows that a table does not know."""
    kinds = dict.fromkeys([*([] if reads.kind is None else [reads.kind]), *reads.sub_heads])
    column = reads.model.column_of("kind")
    if bool(kinds) != bool(column):
        without = f"kind: table {reads.model.table} has no column for it; leave it out"
        yield Slip("nothing fills it; write kind='…'" if column else without, column)
    yield from (slip for kind in kinds if column for slip in _wrong_value(reads.model, column, kind))


def _printed_table(grid: Grid) -> Slips:
    """Columns that a table lacks, or that are filled twice or, though no row is kept without them, by none."""
    if len(grid.columns) < LEAST_COLUMNS:
        yield Slip(f"Grid: a table is known by {LEAST_COLUMNS} headings; write a Column(…) for each that is printed")
    filled = Counter(column for printed in grid.columns for column in printed.fills)
    for column in filled:
        yield from (_missing if column == grid.model.column_of("label") else _unread)(grid.model, column)
    for fills, count in Counter(column.fills for column in grid.columns if column.fills).items():
        if count > 1:
            yield Slip(f"Grid: {count} Columns fill it; write one with all of their headings", ", ".join(fills))
    for column in (column for column in grid.tells if column not in filled):
        yield Slip(f"tells: no Column of the grid fills it; write {nearest(column, tuple(filled))}", column)
    for column in filter(None, map(grid.model.column_of, ("words", "amount"))):
        if column not in filled:
            yield Slip("Grid: no Column fills it, and rows without it are not kept; add one", column)


_RULES: Mapping[type, tuple[Callable[[Any], Iterable[Slip]], ...]] = {
    Labelled: (_marks,), Entries: (_marks, lambda reads: _missing(reads.model, reads.number_column)),
    SingleField: (lambda reads: _unread(reads.model, reads.column),),
    Total: (lambda reads: _unread(reads.model, reads.column),),
    LabelledRows: (_row, _row_names), WholeText: (_row, _constants), Links: (_row, _constants), Bullets: (_row, _kinds),
    Steps: (_row,), Priced: (_row,), Calendar: (_row,), Grid: (_printed_table,),
}  # fmt: skip


def _names(form: Form) -> Slips:
    for name, count in Counter(block.name for block in form.blocks).items():
        if count > 1:
            yield Slip(f"{count} blocks have this name; give each a name of its own", block=name)


def _phrases(form: Form) -> Slips:
    """Words that no text can match or that many match, and too few of them."""
    worded = {phrase.owner for phrase in phrases_of(form) if phrase.role in ("heading", "numbered", "sentence")}
    if not form.titles and len(worded) < LEAST_HEADINGS:
        short = f"titles: there are none, and {len(worded)} blocks with headings are too few to know the form by"
        yield Slip(f"{short}; write its title, or {LEAST_HEADINGS} blocks with headings")
    for phrase in phrases_of(form):
        size, least = len(folded(phrase.words)), SHORTEST.get(phrase.role, 1)
        if not least <= size <= LONGEST_PHRASE:
            text = f"{phrase.role.replace('_', ' ')} {shown(phrase.words)} has {size} letters"
            yield Slip(f"{text}; write {least} to {LONGEST_PHRASE} of them", block=phrase.owner)


def _headings(form: Form) -> Slips:
    """Headings that would open two blocks."""
    seen: dict[tuple[str, str | None], str] = {}
    for name, opener in ((block.name, opener) for block in form.blocks for opener in block.opens):
        for words in wordings_of(opener):
            key = (folded(words), opener.number if isinstance(opener, Heading) else None)
            if (other := seen.setdefault(key, name)) != name:
                same = f"heading {words!r} opens block {other} too, and nothing tells the two apart"
                yield Slip(f"{same}; write other words, or the number that the form prints before it", block=name)


def _starts(form: Form) -> Slips:
    """What opens a report, or a block as another one does, and is not found there."""
    first, names = form.blocks[0].name, tuple(block.name for block in form.blocks)
    starts = [block.name for block in form.blocks if any(isinstance(opener, Start) for opener in block.opens)]
    if any(name != first for name in starts):
        yield Slip("Start() opens what a report begins with; move it to the first block", block=starts[-1])
    if not form.is_ordered and not form.holds_projects and first not in starts:
        text = "is_ordered=False: a report then begins at Start(); add Start() to what opens the first block"
        yield Slip(text, block=first)
    for name, line in ((block.name, opener) for block in form.blocks for opener in block.opens):
        others = [one for one in names if one != name]
        said = (line.block,) if isinstance(line, RepeatedLine) else line.behind if isinstance(line, Heading) else ()
        for unknown in (one for one in said if one not in others):
            text = f"{type(line).__name__}: there is no other block {unknown!r}; write {nearest(unknown, others)}"
            yield Slip(text, block=name)


def _gifts(form: Form) -> Slips:
    """What groups give to the projects below them."""
    readings = [reads for block in form.blocks if block.level == "project" for reads in block.readings]
    takers = [reads.model for reads in readings if isinstance(reads, SingleField)]
    for block in (block for block in form.blocks if block.gives):
        if block.level != "group" or not takers:
            text = "gives: only a group gives values, and only to a project whose block is read as SingleField(…)"
            yield Slip(f"{text}; write level='group' here, and read the project so", block=block.name)
        for model, column in ((model, column) for model in takers for column in block.gives):
            for slip in _wrong_value(model, column, block.gives[column]):
                yield slip._replace(block=block.name)


def _roles(form: Form) -> Slips:
    """Roles that point at nothing that the checks could look at."""
    for block in (block for block in form.blocks if block.role):
        if block.repeats or not any(isinstance(reads, WholeText) for reads in block.readings):
            text = f"role={block.role!r}: its text must be kept, once; read it as WholeText(…), without repeats"
            yield Slip(text, block=block.name)
    if bool(form.summary) != bool(form.blocks_with_role("summary")):
        yield Slip("role='summary' and summary=(SummaryLine(…), …) mean nothing without each other; write both")
    for line in form.summary:
        for column in filter(None, (line.total_of, line.share_of)):
            yield from _missing(QuarterlyResult, column)
        yield from _wrong_value(Project, "status", line.status) if line.status else ()


def _lists_of_one_kind(form: Form) -> Slips:
    """Two lists whose rows have one identity, so that those of the second would be lost."""
    seen: dict[tuple[str, str | None], str] = {}
    for name, reads in ((block.name, reads) for block in form.blocks for reads in block.readings):
        if isinstance(reads, Bullets | Steps):
            kind = reads.kind if isinstance(reads, Bullets) else "step"
            if (other := seen.setdefault((reads.model.table, kind), name)) != name:
                same = f"block {other} lists rows of table {reads.model.table}, kind {kind!r}, as well"
                yield Slip(f"{same}; give each a kind of its own, or one block both headings", block=name)


FORM_RULES = (_names, _phrases, _headings, _starts, _gifts, _roles, _lists_of_one_kind)
"""Rules of a form, each of whose blocks is sound."""


def pattern_slips(form: Form) -> Slips:
    """The slips in the patterns of a form."""
    if form.office_like is not None and (wrong := wrong_in_pattern(form.office_like)):
        yield Slip(wrong, "office_like")
    for block in form.blocks:
        patterns: list[tuple[str, Slip]] = []
        for _, one in walk(block):
            if isinstance(one, Column) and one.shape is not None:
                patterns.append((one.shape, Slip("", ", ".join(one.fills), block.name)))
            if isinstance(one, Column) and one.like is not None:
                patterns.append((one.like, Slip("", ", ".join(one.fills), block.name)))
            if isinstance(one, Heading) and one.like is not None:
                patterns.append((one.like, Slip("", one.wordings[0], block.name)))
            starts = columns_with(one.model, StartsWith) if hasattr(one, "model") else {}
            likes = [(mark.like, column) for column, mark in starts.items() if mark.like is not None]
            patterns += [(like, Slip("", column, block.name, one.model)) for like, column in likes]
            for kind in (FirstInBlock, Shape) if hasattr(one, "model") else ():
                marks = columns_with(one.model, kind).items()
                patterns += [(mark.pattern, Slip("", column, block.name, one.model)) for column, mark in marks]
        yield from (slip._replace(text=wrong) for pattern, slip in patterns if (wrong := wrong_in_pattern(pattern)))


def wrong_in_pattern(pattern: str) -> str:
    """What is wrong with a pattern, empty where nothing is."""
    try:
        made = re.compile(pattern)
    except re.error as error:
        place = (error.pos or 0) + 1
        return f"the pattern {shown(pattern)} is wrong at character {place}: {error.msg}; correct it there"
    if made.groups > ("value" in made.groupindex):
        return f"the pattern {shown(pattern)} has a group; write (?:…) in place of (…)"
    return f"the pattern {shown(pattern)} fits an empty text; have it ask for a character" if made.fullmatch("") else ""
