"""The heads of tables with a row for each project: what stands below each of them, damaged ones too."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from normalizers.fuzzy_match import CLOSE, MARGIN, folded
from normalizers.quarters import quarter_and_year, without_quarter
from normalizers.text import bare_label
from parsers import compiled
from parsers.base import Form, Labelled
from parsers.openers import Heading, NumberedName
from pipeline.document.split.headings import openers_of
from pipeline.document.table_heads import CELL_EDGES, LONGEST_HEADING
from schemas.base import Label, Table, columns_with

LEAST_HEADS = 3
"""So many cells of a line must head something of a project, its name among them."""
SHORTEST_HEAD = 6
"""Letters of the shortest head that is known though damaged."""
_UNIT = r"[ \t]?\(?บาท\)?\Z"
"""The unit behind a head, of whose brackets one may be lost."""
_NUMBER_HEADS = frozenset(map(folded, ("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "ข้อที่", "No")))
"""What stands above the numbers of rows."""


class HeadedColumn(NamedTuple):
    """What stands below a head: the name of the project, a quarter, a block, or columns that a block fills."""

    block: int
    model: type[Table] | None = None
    columns: tuple[str, ...] = ()
    is_name: bool = False
    is_text: bool = False
    """Whether the head is part of what the block says."""
    quarter: int | None = None
    is_quarter: bool = False
    """Whether the cells print the quarter that the others of their row are about."""
    is_of_list: bool = False
    """Whether each row belongs to a list, of which a project has several."""

    @property
    def is_periodic(self) -> bool:
        """Whether what stands there is about a quarter."""
        return self.model is not None and bool(self.model.column_of("year") and self.model.column_of("quarter"))


@cache
def _heads(form: Form) -> Mapping[str, HeadedColumn]:
    """What each declared head stands above, by its folded words: a label before a heading, for it says more."""
    heads: dict[str, HeadedColumn] = {}
    for place, opener in openers_of(form, NumberedName):
        heads |= {folded(words): HeadedColumn(place, is_name=True) for words in opener.heads}
    for place, model, column, label in _labels(form):
        for words in map(folded, (*label.names, *label.heads)):
            known = heads.setdefault(words, HeadedColumn(place, model))
            if known.model is model:
                heads[words] = known._replace(columns=(*known.columns, column))
    for place, opener in openers_of(form, Heading):
        if form.blocks[place].level == "part":
            for words in map(folded, opener.wordings):
                is_quarter = form.blocks[place].begins_period and quarter_and_year(f"{words} 1")[0] == 1
                heads.setdefault(words, HeadedColumn(place, is_text=opener.is_text, is_quarter=is_quarter))
    return heads


def _labels(form: Form) -> Iterator[tuple[int, type[Table], str, Label]]:
    """The labels of what is told of a project, each with its block and column."""
    for place, block in enumerate(form.blocks):
        for reads in block.readings if block.level in ("project", "part") else ():
            if isinstance(reads, Labelled):
                labels = columns_with(reads.model, Label).items()
                yield from ((place, reads.model, column, label) for column, label in labels)


def headed_column(printed: str, form: Form) -> HeadedColumn | None:
    """What some words head, in those of the form or in others that say the same."""
    words = bare_label(compiled(_UNIT).sub("", printed)) if len(printed) <= LONGEST_HEADING else ""
    if not words or (known := _heads(form).get(folded(words)) or _damaged_head(folded(words), form)):
        return known if words else None
    for place, model, column, label in _labels(form):
        if label.like and compiled(label.like).fullmatch(words):
            same = (name for _, one, name, other in _labels(form) if one is model and other is label)
            return HeadedColumn(place, model, tuple(same) or (column,))
    alike = (
        HeadedColumn(place, is_text=one.is_text)
        for place, one in openers_of(form, Heading)
        if one.like and form.blocks[place].level == "part" and compiled(one.like).fullmatch(words)
    )
    return next(alike, None)


@lru_cache(maxsize=1024)
def _damaged_head(letters: str, form: Form) -> HeadedColumn | None:
    """What long letters head that come close to one declared head, and to none of another column."""
    if len(letters) < SHORTEST_HEAD:
        return None
    close = process.extract(letters, _heads(form).keys(), scorer=ratio, score_cutoff=CLOSE - MARGIN, limit=None)
    best = next((_heads(form)[words] for words, score, _ in close if score >= CLOSE), None)
    nearest = next((score for words, score, _ in close if best and _heads(form)[words] != best), 0.0)
    return best if close and close[0][1] - nearest >= MARGIN / 2 else None


def blocks_of_project_tables(lines: Iterable[str], form: Form) -> frozenset[int]:
    """The blocks that tables of projects fill."""
    return frozenset(one.block for line in (lines if _names(form) else ()) for one in heads_in(line, form))


def heads_in(line: str, form: Form) -> list[HeadedColumn]:
    """What the cells of a line head, if it is the head of a table of projects."""
    cells = [words for cell in CELL_EDGES.split(line) if (words := cell.strip(" *_"))]
    if len(cells) < LEAST_HEADS or not any(_is_name(folded(bare_label(cell)), form) for cell in cells):
        return []
    heads = (headed_column(without_quarter(cell), form) or quarter_alone(cell) for cell in cells)
    found = [one for one in heads if one is not None]
    is_numbered = folded(bare_label(cells[0])) in _NUMBER_HEADS
    return found if len(found) + is_numbered >= LEAST_HEADS else []


def numbered_heads_in(line: str, form: Form) -> list[HeadedColumn]:
    """What the cells of a line head behind one that heads numbers, if all are about a quarter: the head of no list."""
    first, *others = [words for cell in CELL_EDGES.split(line) if (words := cell.strip(" *_"))] or [""]
    if len(others) < LEAST_HEADS - 1 or folded(bare_label(first)) not in _NUMBER_HEADS or not _names(form):
        return []
    heads = (headed_column(without_quarter(cell), form) or quarter_alone(cell) for cell in others)
    found = [one for one in heads if one is not None and (one.is_periodic or one.quarter)]
    return found if len(found) == len(others) else []


def _is_name(letters: str, form: Form) -> bool:
    """Whether letters say what stands above the names of projects."""
    head = None if letters in _names(form) else _damaged_head(letters, form)
    return head.is_name if head else letters in _names(form)


@cache
def _names(form: Form) -> frozenset[str]:
    """What stands above the names of projects, folded."""
    return frozenset(words for words, head in _heads(form).items() if head.is_name)


def quarter_alone(cell: str) -> HeadedColumn | None:
    """A quarter that stands above the heads of several columns."""
    quarter = quarter_and_year(cell)[0]
    return HeadedColumn(0, quarter=quarter) if quarter and not without_quarter(cell) else None
