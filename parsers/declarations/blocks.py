"""Whether a block can be opened, and read as it says."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, combinations

from normalizers.fuzzy_match import LEAST, folded
from normalizers.text import compact
from parsers.base import (
    Block,
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
from parsers.declarations.slips import Slip, Slips
from parsers.declarations.templates import READ_BY, missing, same_words, table_of, template_slips, unread, wrong_values
from parsers.declarations.types import nearest
from parsers.openers import Heading, Numbered, Opener, RepeatedLine, Start
from parsers.phrases import wordings_of
from schemas import TABLES
from schemas.base import (
    Choice,
    FirstInBlock,
    Label,
    OneOf,
    Remainder,
    Shape,
    StartsWith,
    Table,
    columns_of,
    columns_with,
)

LEAST_COLUMNS = 2
"""A table is known by so many of its headings."""
_LOOKS_AT: Mapping[type, tuple[type, ...]] = {
    Labelled: (Label, StartsWith, Shape),
    Entries: (Label, FirstInBlock, Choice, Remainder),
}
"""The annotations that a reading looks at; the other readings look at none."""
_ROLES: Mapping[type, tuple[str, ...]] = {
    LabelledRows: ("words",),
    WholeText: ("passage", "heading"),
    Bullets: ("words", "label"),
    Steps: ("words", "label"),
    Links: ("words",),
    Priced: ("words", "quantity", "unit", "unit_price", "amount"),
    Calendar: ("words", "label"),
}
"""What a row of a reading has, and a table must have a column for."""
BEST = 100.0
"""The score of an undamaged phrase."""
_NO_WORDS = "there are no words to look for; write those that the form prints"


def block_slips(block: Block) -> list[Slip]:
    """The slips of one block whose values have the right types."""
    found = [] if block.opens else [Slip("nothing opens it; write opens=(heading(…),)")]
    found += chain.from_iterable(map(_opener_slips, block.opens))
    if any(isinstance(opener, Numbered) for opener in block.opens) and not block.repeats:
        found.append(Slip("a numbered label opens it again and again; write repeats=True"))
    models = dict.fromkeys(chain.from_iterable(map(_models, block.readings)))
    in_templates = [slip for model in models for slip in template_slips(model)]
    found += in_templates
    if not in_templates:
        found += chain.from_iterable(map(_reading_slips, block.readings))
        rules = (_columns_filled_twice, _tables_made_twice, _same_labels, _unread_grids)
        found += chain.from_iterable(rule(block) for rule in rules)
    return [slip._replace(block=block.name) for slip in found]


def _opener_slips(opener: Opener) -> Slips:
    if not isinstance(opener, Start | RepeatedLine):
        least, margin = opener.tolerance.least, opener.tolerance.margin
        if not LEAST <= least <= BEST or not 0 <= margin <= BEST - LEAST:
            text = f"tolerance: a score of {least}, and {margin} more than others, cannot be asked for"
            yield Slip(f"{text}; write {LEAST} to {BEST}, and 0 to {BEST - LEAST}")
    if isinstance(opener, Heading):
        if not opener.wordings:
            yield Slip(f"heading(): {_NO_WORDS}")
        if opener.number is not None and not _is_number(opener.number):
            yield Slip(f"number={opener.number!r} is never found; write figures with dots between them, such as '1.3'")
    for one, other in combinations(wordings_of(opener), 2):
        if compact(one) == compact(other):
            yield Slip(f"the words {one!r} are declared twice; leave one of them out")


def _is_number(number: str) -> bool:
    return all(part.isascii() and part.isdigit() and len(part) <= 2 for part in number.split("."))


def _columns_filled_twice(block: Block) -> Slips:
    """Columns of one row that two readings of a block fill."""
    filled: Counter[tuple[str, str]] = Counter()
    for reads in block.readings:
        if isinstance(reads, Labelled):
            marked = {column for kind in _LOOKS_AT[Labelled] for column in columns_with(reads.model, kind)}
            filled.update((reads.model.table, column) for column in marked)
        elif isinstance(reads, SingleField | Total):
            filled[reads.model.table, reads.column] += 1
    for (table, column), count in filled.items():
        if count > 1:
            yield Slip(f"{count} readings fill this column of table {table}; leave it to one of them", column=column)


def _tables_made_twice(block: Block) -> Slips:
    """Tables that two readings of a block make rows of."""
    of_one_row = Labelled | SingleField | Total
    tables = Counter(reads.model.table for reads in block.readings if not isinstance(reads, of_one_row))
    for table, count in tables.items():
        if count > 1:
            yield Slip(f"{count} readings make rows of table {table}; leave that to one of them")


def _same_labels(block: Block) -> Slips:
    """Labels that stand before two values, where not all of their words are the same."""
    seen: dict[str, tuple[str, Label]] = {}
    for reads in block.readings:
        for column, label in columns_with(reads.model, Label).items() if isinstance(reads, Labelled | Entries) else ():
            for name in label.names:
                other, same = seen.setdefault(folded(name), (column, label))
                if same != label:
                    text = f"label {name!r} stands before column {other} too"
                    yield Slip(f"{text}; give both the same Label, or other words", column=column, model=reads.model)


def _unread_grids(block: Block) -> Slips:
    """Tables that are left out of a text, or stand for a list, and that nothing reads."""
    read = [grid for reads in block.readings if not isinstance(reads, WholeText | Bullets) for grid in grids_of(reads)]
    for reads in block.readings:
        if isinstance(reads, WholeText | Bullets) and any(grid not in read for grid in grids_of(reads)):
            name = "without" if isinstance(reads, WholeText) else "instead_of"
            yield Slip(f"{name}: no reading of the block reads this table; add the Grid to reads, or leave it out here")


def grids_of(reads: Reading) -> Iterator[Grid]:
    """The tables that a reading declares."""
    match reads:
        case Grid():
            yield reads
        case WholeText(without=Grid() as grid) | Bullets(instead_of=Grid() as grid):
            yield grid
        case Priced(grid=grid) | Total(grid=grid) | Calendar(grid=grid):
            yield grid


def _models(reads: Reading) -> Iterator[type[Table]]:
    """The tables that a reading and what is inside it fill."""
    yield reads.model
    yield from (grid.model for grid in grids_of(reads))
    if isinstance(reads, Calendar):
        yield reads.steps.model


def _reading_slips(reads: Reading) -> Slips:
    name, model = type(reads).__name__, reads.model
    for role in _ROLES.get(type(reads), ()):
        if not model.column_of(role):
            tables = ", ".join(one.table for one in TABLES if one.column_of(role))
            yield Slip(f"{name}: table {model.table} has no column for the {role} of a row; these have: {tables}")
    if looks_at := _LOOKS_AT.get(type(reads)):
        yield from _unseen_marks(name, model, looks_at)
    yield from _word_slips(reads)
    yield from _kind_slips(reads) if isinstance(reads, Bullets) else _column_slips(reads)
    yield from _row_slips(reads)
    if isinstance(reads, Calendar):
        yield from _reading_slips(reads.steps)
    yield from chain.from_iterable(map(_grid_slips, grids_of(reads)))


def _unseen_marks(name: str, model: type[Table], looks_at: tuple[type, ...]) -> Slips:
    """Annotations that a reading does not look at, and that there is none at which it does."""
    marks = [(column, mark) for column, field in model.model_fields.items() for mark in field.metadata]
    for column, mark in marks:
        if isinstance(mark, READ_BY) and not isinstance(mark, looks_at):
            text = f"{name} does not look at {type(mark).__name__}; write another annotation"
            yield Slip(text, column=column, model=model)
    if not any(isinstance(mark, looks_at) for _, mark in marks):
        yield Slip(
            f"{name} reads nothing here: no column has a Label(…); write one in a template of the table", model=model
        )


def _word_slips(reads: Reading) -> Slips:
    """Words that a reading needs and does not have."""
    match reads:
        case LabelledRows(labels=named) | Bullets(sub_heads=named):
            empty = [key for key, words in named.items() if not words]
            yield from (Slip(f"{key!r} has no words; write those that the form prints") for key in empty)
            yield from map(Slip, same_words(named))
            if isinstance(reads, LabelledRows) and not named:
                yield Slip(f"LabelledRows: {_NO_WORDS}")
        case Steps(words=()) | Links(names=()):
            yield Slip(f"{type(reads).__name__}: {_NO_WORDS}")
    if isinstance(reads, Bullets) and reads.lead_word is not None and not folded(reads.lead_word):
        yield Slip(f"lead_word={reads.lead_word!r} has no letters; write the word, or leave it out")


def _kind_slips(reads: Bullets) -> Slips:
    """Kinds of rows that a table does not know."""
    kinds = dict.fromkeys([*([] if reads.kind is None else [reads.kind]), *reads.sub_heads])
    column = reads.model.column_of("kind")
    if kinds and not column:
        yield Slip(f"kind: table {reads.model.table} has no column for it; leave it out")
    if column and not kinds:
        yield Slip("nothing fills it; write kind='…'", column=column)
    for kind in kinds if column else ():
        yield from wrong_values(reads.model, {column: kind})


def _column_slips(reads: Reading) -> Slips:
    """Columns that a table lacks or cannot take, and words of ours that a column does not take."""
    model = reads.model
    match reads:
        case LabelledRows(column=column, labels=labels):
            yield from dict.fromkeys(slip for key in labels for slip in wrong_values(model, {column: key}))
        case WholeText(constants=constants) | Links(constants=constants):
            yield from wrong_values(model, constants)
            for column in columns_with(table_of(model) or model, OneOf).keys() - constants:
                yield Slip(f"nothing fills it; write {{{column!r}: …}} behind {model.__name__}", column=column)
        case Entries(number_column=column):
            yield from missing(model, column)
        case SingleField(column=column) | Total(column=column):
            yield from unread(model, column) if column in columns_of(model) else missing(model, column)


def _row_slips(reads: Reading) -> Slips:
    """Tables inside a reading that fill another table, or whose rows are not kept."""
    match reads:
        case Grid() as grid:
            yield from _lacking(grid, "words")
        case Priced(grid=grid):
            yield from _other_table(reads.model, grid.model)
            yield from _lacking(grid, "words", "amount")
        case Calendar(grid=grid, steps=steps):
            yield from _other_table(reads.model, grid.model)
            yield from _other_table(reads.model, steps.model)
            yield from _lacking(grid, "words")


def _lacking(grid: Grid, *roles: str) -> Slips:
    """Columns that no column of a printed table fills, and without which its rows are not kept."""
    filled = {one for printed in grid.columns for one in printed.fills}
    for column in dict.fromkeys(map(grid.model.column_of, roles)):
        if column and column not in filled:
            yield Slip("Grid: no Column fills it, and rows without it are not kept; add one", column=column)


def _other_table(model: type[Table], inner: type[Table]) -> Slips:
    if model.table != inner.table:
        yield Slip(f"it makes rows of table {model.table}, and what is inside it of {inner.table}; fill one table")


@cache
def _grid_slips(grid: Grid) -> tuple[Slip, ...]:
    """The slips of a printed table, which several blocks may read."""
    return (*_grid_column_slips(grid), *_grid_word_slips(grid))


def _grid_column_slips(grid: Grid) -> Slips:
    filled = tuple(dict.fromkeys(one for column in grid.columns for one in column.fills))
    for name in filled:
        yield from missing(grid.model, name)
        if name in columns_of(grid.model) and name != grid.model.column_of("label"):
            yield from unread(grid.model, name)
    for fills, count in Counter(column.fills for column in grid.columns if column.fills).items():
        if count > 1:
            yield Slip(f"Grid: {count} Columns fill it; write one with all of their headings", column=", ".join(fills))
    for name in (name for name in grid.tells if name not in filled):
        yield Slip(f"tells: no Column of the grid fills it; write {nearest(name, filled)}", column=name)


def _grid_word_slips(grid: Grid) -> Slips:
    """What is wrong with the words that a printed table is known by."""
    if len(grid.columns) < LEAST_COLUMNS:
        yield Slip(f"Grid: a table is known by {LEAST_COLUMNS} headings; write a Column(…) for each that is printed")
    for column in grid.columns:
        name = ", ".join(column.fills)
        if not column.headings or not all(map(folded, column.headings)):
            text = "Grid: a Column has no headings, or one without letters; write those that the form prints"
            yield Slip(text, column=name)
        if column.shape == "":
            yield Slip("Grid: shape='' fits nothing; leave it out", column=name)
    if not all(map(folded, grid.lead_words)):
        yield Slip("lead_words: one of them has no letters, so that every line begins with it; leave it out")
    headings = {f"Column {place}": column.headings for place, column in enumerate(grid.columns, 1)}
    yield from (Slip(f"Grid: {text}") for text in same_words(headings))
