"""A printed report cut at some of its values, so that other reports are printed from it at the price of a join."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import NamedTuple

from tests.synthesizer import Scan
from tests.synthesizer.copies import Copy
from tests.synthesizer.noise import Glyph
from tests.synthesizer.pieces import Place
from tests.synthesizer.prose import thai_digits

EXCHANGED = frozenset(
    {
        *(("projects", "project_name"), ("projects", "project_code")),
        *(("projects", "responsible_person"), ("projects", "responsible_phone")),
        *(("projects", "coordinator"), ("projects", "coordinator_phone")),
        *(("projects", "budget_received_baht"), ("projects", "budget_spent_baht")),
        ("report_entries", "disbursed_baht"),
    }
)
"""Table and column of the values that a stencil leaves open."""

_AMOUNT = re.compile(r"([0-9][0-9,]*+(?:\.[0-9]{2})?+)((?:\.-)?+)")
_YEAR = re.compile("(?<![0-9๐-๙])(?:25[5-8][0-9]|๒๕[๕-๘][๐-๙]|20[12][0-9](?=-))(?![0-9๐-๙])")
_SHORT_YEAR = re.compile("(?<![0-9/])([0-9]{1,2}/[0-9]{1,2}/)([0-9]{2})(?![0-9/])")


class Values(NamedTuple):
    """What is printed in place of a report's own values; `factor` multiplies its amounts, so that sums stay true."""

    code: str
    name_ends: str
    """Words behind the name of every project."""
    factor: int
    responsible: str
    coordinator: str
    phone: str


class Part(NamedTuple):
    """A stretch of a copy; where a value stands that is exchanged, its column."""

    text: str
    column: str = ""
    ends_value: bool = False
    """Whether no more of this value follows in the copy: names go over several lines."""


@dataclass(frozen=True)
class Stencil:
    """The copies of one report, in parts."""

    copies: tuple[tuple[Part, ...], ...]

    def text(self, values: Values, copies: Sequence[int]) -> str:
        """The report with other values, in some of its copies."""
        return "".join(_filled(part, values) for n in copies for part in self.copies[n]) + "\n"

    def later(self, years: int) -> "Stencil":
        """The same report, that many years later; a multiple of four, so that no 29 February is lost."""
        return Stencil(tuple(tuple(_shifted(part, years) for part in copy) for copy in self.copies))


def cut(scan: Scan) -> Stencil:
    """Cut a scan at the values that are exchanged; what stands between its sheets is a part of its own."""
    copies, at = list[tuple[Part, ...]](), 0
    for copy in scan.copies:
        parts, at = _cut_copy(copy, scan.text, at)
        copies.append(parts)
    return Stencil(tuple(copies))


def _cut_copy(copy: Copy, text: str, at: int) -> tuple[tuple[Part, ...], int]:
    """The parts of a copy that begins at an offset of the text, and the offset of its end."""
    placed: list[tuple[Place | None, str]] = []
    for sheet in copy.sheets:
        printed = "".join(glyph.char for glyph in sheet.read)
        begins = text.index(printed, at)
        placed += [(None, text[at:begins]), *_placed(sheet.read)]
        at = begins + len(printed)
    last = {place: n for n, (place, _) in enumerate(placed)}
    return tuple(
        Part(words, place.column if place else "", last[place] == n) for n, (place, words) in enumerate(placed)
    ), at


def _placed(glyphs: Sequence[Glyph]) -> Iterator[tuple[Place | None, str]]:
    """The print in as few stretches as the values need that are exchanged."""
    for place, group in groupby(glyphs, key=_exchanged):
        yield place, "".join(glyph.char for glyph in group)


def _exchanged(glyph: Glyph) -> Place | None:
    place = glyph.place
    return place if place and (place.table, place.column) in EXCHANGED else None


def _filled(part: Part, values: Values) -> str:
    match part.column:
        case "":
            return part.text
        case "project_name":
            return part.text + values.name_ends if part.ends_value else part.text
        case "project_code":
            return values.code
        case "responsible_person":
            return values.responsible
        case "coordinator":
            return values.coordinator
        case "responsible_phone" | "coordinator_phone":
            return values.phone
        case _:
            return multiplied(part.text, values.factor)


def multiplied(text: str, factor: int) -> str:
    """A printed amount times a whole number, printed the same way; what is none is left alone.

    >>> multiplied("12,500.-", 3), multiplied("900.50", 2), multiplied("9OO", 2)
    ('37,500.-', '1,801.00', '9OO')
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text
    return f"{Decimal(found[1].replace(',', '')) * factor:,}{found[2]}"


def _shifted(part: Part, years: int) -> Part:
    return part if part.column else part._replace(text=shifted(part.text, years))


def shifted(text: str, years: int) -> str:
    """The text with every year so many years later, Buddhist or Gregorian, in the digits it had.

    >>> shifted("31/10/2560, ๒๕๖๑, 2018-02-01, 1/2/61 และ 2,561 บาท", 4)
    '31/10/2564, ๒๕๖๕, 2022-02-01, 1/2/65 และ 2,561 บาท'
    """
    text = _YEAR.sub(partial(_later_year, years=years), text)
    return _SHORT_YEAR.sub(lambda found: f"{found[1]}{int(found[2]) + years:02}", text)


def _later_year(found: re.Match[str], *, years: int) -> str:
    year = str(int(found[0]) + years)
    return thai_digits(year) if found[0][0] == "๒" else year
