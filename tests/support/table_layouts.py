"""Tables of risks in every layout that a word processor leaves, and what is read of them."""

from collections.abc import Callable, Sequence

import pytest

from parsers.base import Grid
from parsers.tables import RISKS
from pipeline.document.read_fields.tables import read_grid
from tests.support.small_proposal import block_of, by_row

Layout = Callable[[Sequence[Sequence[str]]], str]
HEADINGS = ("ความเสี่ยง", "โอกาส", "ผลกระทบ", "ระดับ", "แนวทางแก้ไข")
PAINT = ("สีหมด", "2", "3", "ปานกลาง", "ซื้อเพิ่ม")
RAIN = ("ฝนตก", "1", "", "น้อย", "รอให้หยุด")
READ = [
    {"risk": "สีหมด", "likelihood": "2", "impact": "3", "level": "ปานกลาง", "mitigation": "ซื้อเพิ่ม"},
    {"risk": "ฝนตก", "likelihood": "1", "level": "น้อย", "mitigation": "รอให้หยุด"},
]


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows between bars."""
    said = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((said[0], "|" + "---|" * len(rows[0]), *said[1:]))


def bare_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells between bars, with none around them."""
    return "\n".join(" | ".join(row) for row in rows)


def tabs(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells between tabs."""
    return "\n".join("\t".join(row) for row in rows)


def flattened(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line, each behind a tab, as a word processor leaves a table that it lost."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def flattened_with_blanks(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line, with blanks behind each."""
    return flattened(rows).replace("\n", "  \n")


LAYOUTS = pytest.mark.parametrize("layout", [markdown, tabs, flattened])


def read(text: str, grid: Grid = RISKS) -> list[dict[str, str]]:
    """The raw cells of every row that a table gives."""
    return by_row(read_grid(grid, block_of(text)))
