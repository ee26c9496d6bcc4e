"""Priced lines: what is bought, how many at which price, and the amount; and the total that a text states for all."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from normalizers.digits import DIGIT
from normalizers.look_alikes import folded
from normalizers.numbers import marker
from normalizers.prices import THAI
from parsers.base import Grid, Priced, Total
from pipeline.document.likeness import wording
from pipeline.document.read_fields.cells import TableCell, numbered
from pipeline.document.read_fields.grids import is_total
from pipeline.document.read_fields.tables import FoundTable, find_table
from pipeline.document.read_fields.totals import begins_total
from pipeline.model import Block, Field, JoinedText, Span, passage

_AMOUNT = rf"(?<![0-9๐-๙,.]){DIGIT}[0-9๐-๙,.]*+"
_MONEY = re.compile(
    rf"{_AMOUNT}\s*+(?:[-–]\s*+)?(?:บาท|(?<=[.][-–]))|(?<![0-9๐-๙,.]){DIGIT}{{1,3}}+(?:,{DIGIT}{{3}})++|{_AMOUNT}[-–]"
)
_EXPRESSIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"จำนวน\s*+{DIGIT}",
        rf"{_AMOUNT}\s*+[ก-ฮเ-ไ][ก-๛.]{{0,20}}+\s*+(?:[xX×*@]|(?:[ก-๛]{{0,20}}?\s*+)?ละ|(?<=ๆ)|(?<=ๆ ))\s*+{DIGIT}",
        rf"(?<=[ \t]){DIGIT}[0-9๐-๙,]*+[ \t]*+(?!บาท|เป็นเงิน|รวม|คิด)[ก-ฮเ-ไ][ก-๛]{{0,20}}+[ \t]++{_AMOUNT}"
        r"\s*+(?:[-–]\s*+)?บาท",
        rf"(?:รวม|คิด)?เป็นเงิน|จำนวนเงิน|\s[=:]\s*+{DIGIT}",
        rf"{_AMOUNT}\s*+(?:[-–]\s*+)?บาท|{_AMOUNT}[-–]|(?<![0-9๐-๙,.]){DIGIT}{{1,3}}+(?:,{DIGIT}{{3}})++",
    )
)
"""Where the expression behind a name begins, the surest sign first."""
_IN_WORDS = re.compile(rf"{_AMOUNT}(?:\s*+[-–])?(?:\s*+[{THAI}]{{1,5}}+)?+\s*+\([{THAI} ]{{8,160}}\)")
_FIGURE = re.compile(_AMOUNT)
_WORD_AND_FIGURE = re.compile(rf"(?<![{THAI}])([{THAI}]{{2,8}}+)\s*+{DIGIT}")
_ENDS_IN_FIGURE = re.compile(rf"{DIGIT}[ \t]*+\Z")
COUNT, DAMAGED = "จำนวน", 60
"""The word before a quantity, and how alike a damaged one must be."""
FIGURES_OF_A_PRICE = 3
_SUMMED = re.compile(rf"(?:รวม|ทั้งสิ้น)[^0-9๐-๙\n]{{0,80}}+({_AMOUNT}(?:\s*+[-–])?(?:\s*+บาท)?)")
_IN_BAHT = re.compile(rf"{_AMOUNT}(?:\s*+[-–])?\s*+บาท")
_WORKED_OUT = re.compile("เป็นเงิน|=")
_FRAME = " \t\n*_|\\"
_JOINT = " \t\n*_|\\:=(–-,"
_NAMED = re.compile("[ก-ฮA-Za-z]")
LEAST_OF_A_LIST = 2
"""So many lines in a row that begin as priced lines do make a list, though no marker stands before them."""


def read_priced(reads: Priced, block: Block, text: str) -> Iterator[Field]:
    """A row for each priced line, of the table where the block has one, else of its list.

    Where a row of the table holds one priced line, the column of amounts says what it costs.
    """
    table = find_table(text, block.pieces, reads.grid)
    number = 0
    for spans, cells in _candidates(reads.grid, table, block, text):
        fields = list(_line(reads, passage(text, spans), block, number + 1)) if spans else []
        if fields and (amount := cells.get(reads.grid.place_of("amount_baht"))) is not None and amount.spans:
            fields = [*fields[:-1], fields[-1]._replace(raw=amount.said(text), spans=amount.spans)]
        fields = fields or list(_row(reads.grid, cells, block, text, number + 1))
        number += bool(fields)
        yield from fields


def _candidates(
    grid: Grid, table: FoundTable | None, block: Block, text: str
) -> Iterator[tuple[tuple[Span, ...], dict[int, TableCell]]]:
    """Lines that may be priced, and rows of the table that have none inside."""
    is_loose = table is not None and any(cell.is_loose for cells in table.rows for cell in cells.values())
    if table is None or is_loose:
        listed = _listed(grid, text, block.pieces)
        yield from ((part, {}) for part in listed)
        full = [cells for cells in table.rows if len(cells) == table.width] if table and not listed else []
        yield from (((), cells) for cells in full if not is_total(grid, cells, text))
        return
    item = grid.place_of("item")
    for cells in table.rows:
        if is_total(grid, cells, text):
            continue
        inside = [part for part, _ in _parts(grid, text, cells[item].spans)] if item in cells else []
        priced = [part for part in inside if _expression(passage(text, part).text) is not None]
        for part in priced:
            yield part, cells if len(priced) == 1 else {}
        if not priced:
            yield (), cells


def _listed(grid: Grid, text: str, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The lines behind markers; where none of them is priced, those that begin as priced lines do, if several."""
    parts = list(_parts(grid, text, spans))
    marked = [part for part, has_marker in parts if has_marker]
    if any(_expression(passage(text, part).text) is not None for part in marked):
        return marked
    begun: list[tuple[Span, ...]] = [(span,) for span in spans if _begins_price(grid, text[slice(*span)])]
    return begun if len(begun) >= LEAST_OF_A_LIST else marked


def _begins_price(grid: Grid, said: str) -> bool:
    return said.lstrip(_FRAME).startswith(grid.lead_words) and _expression(said) is not None


def _parts(grid: Grid, text: str, spans: Sequence[Span]) -> Iterator[tuple[tuple[Span, ...], bool]]:
    """Lines grouped by the markers that begin them, and whether one does; a total is no part of the line above it."""
    group: list[Span] = []
    has_marker = False
    for start, end in spans:
        _, size = marker(text[start:end])
        if group and (size or begins_total(grid, text[start:end])):
            yield tuple(group), has_marker
            group = []
        if not group:
            has_marker = size > 0
        group.append((start, end))
    if group:
        yield tuple(group), has_marker


def _expression(said: str) -> int | None:
    """Where the expression of a priced line begins, None where the line has no price."""
    if not _MONEY.search(said) and len(_FIGURE.findall(said)) < FIGURES_OF_A_PRICE:
        return None
    if damaged := _damaged_count(said):
        return damaged
    return next((match.start() for pattern in _EXPRESSIONS for match in [pattern.search(said)] if match), None)


def _damaged_count(said: str) -> int | None:
    """Where a damaged "จำนวน" stands between a name and the first figure of a line with several."""
    match = _WORD_AND_FIGURE.search(said)
    if match is None or not _NAMED.search(said, 0, match.start(1)) or len(_FIGURE.findall(said)) < FIGURES_OF_A_PRICE:
        return None
    if _ENDS_IN_FIGURE.search(said, 0, match.start(1)):
        return None  # a word behind a figure is what it counts
    return match.start(1) if fuzz.ratio(folded(match[1]), wording(COUNT)) >= DAMAGED else None


def _line(reads: Priced, said: JoinedText, block: Block, number: int) -> Iterator[Field]:
    """The fields of a priced line: its name, and the expression behind it for every column that it fills."""
    begin = _expression(said.text)
    if begin is None:
        return
    _, size = marker(said.text)
    name = said.text[size:begin].rstrip(_JOINT)
    if not _NAMED.search(name) or begins_total(reads.grid, name):
        return
    row = ("row", number)
    yield Field(reads.model, "item", block.copy, row, name, said.spans(size, size + len(name)))
    end = _end_of_expression(said.text, begin)
    raw, spans = said.text[begin:end], said.spans(begin, end)
    for column in ("quantity", "quantity_unit", "unit_price_baht", "amount_baht"):
        yield Field(reads.model, column, block.copy, row, raw, spans)


def _end_of_expression(said: str, begin: int) -> int:
    """The end of the line on which the amount stands; what follows is the next cell of a table that lost its cells."""
    worked_out = _WORKED_OUT.search(said, begin)
    amount = _MONEY.search(said, worked_out.end() if worked_out else begin)
    end = said.find("\n", amount.end()) if worked_out and amount else -1
    return end if end >= 0 else len(said)


def _row(grid: Grid, cells: dict[int, TableCell], block: Block, text: str, number: int) -> Iterator[Field]:
    """The fields of a table's row that states an amount or a price."""
    by_use = sorted(cells.items(), key=lambda one: -len(grid.columns[one[0]].fills))  # a column of units knows best
    columns = {column: cell for place, cell in by_use for column in grid.columns[place].fills}
    if "item" in columns and columns.keys() & set(grid.tells):
        columns["item"] = numbered(text, columns["item"]).cell
        for column, cell in columns.items():
            yield Field(grid.model, column, block.copy, ("row", number), cell.said(text), cell.spans)


def read_total(reads: Total, block: Block, text: str) -> Iterator[Field]:
    """The total that the block states: best the one that stands in words too, else a sum, else the only amount."""
    said = passage(text, block.pieces)
    table = find_table(text, block.pieces, reads.grid)
    first = min((part[0][0] for part in _listed(reads.grid, text, block.pieces)), default=None)
    ends = [end for end in (first, table.start if table else None) if end is not None]
    before = passage(text, [span for span in block.pieces if not ends or span[0] < min(ends)])
    amounts = list(_IN_BAHT.finditer(before.text))
    only = amounts[0] if len(amounts) == 1 else None
    for where, match, group in (
        (said, _IN_WORDS.search(said.text), 0),
        (said, _SUMMED.search(said.text), 1),
        (before, only, 0),
    ):
        if match is not None:
            raw, spans = match[group].strip(_FRAME), where.spans(*match.span(group))
            yield Field(reads.model, reads.column, block.copy, (), raw, spans)
            return
    if table and (cell := _summed_up(reads.grid, table, text)):
        yield Field(reads.model, reads.column, block.copy, (), cell.said(text), cell.spans)


def _summed_up(grid: Grid, table: FoundTable, text: str) -> TableCell | None:
    """The last cell of the table's last total."""
    totals = [cells for cells in table.rows if is_total(grid, cells, text)]
    cells = [cell for cell in totals[-1].values() if _FIGURE.search(cell.said(text))] if totals else []
    return cells[-1] if cells else None
