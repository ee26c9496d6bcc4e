"""A sample as other programs would save it: as a Word or OpenDocument file, a web page, or a PDF."""

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from tests.support.office import docx, o_list, o_paragraph, o_table, odt, w_list, w_paragraph, w_table
from tests.support.pdfs import HEIGHT, Page, pdf, width

_NUMBER = re.compile(r"([0-9]+)\. (.+)")
_GAP = re.compile("\n{4,}|\n*\f\n*")
_FRAME = re.compile(r"[|: -]+")

SMALL = 6
"""Points of the letters in tables."""
Line = str | list[list[str]]
"""A line of text, or the rows of a table."""


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a sample, the rows of a table taken together; a form feed begins a page."""
    text = _GAP.sub("\n\f", text.replace("**", ""))
    for is_row, lines in groupby(text.split("\n"), key=_is_row):
        if is_row:
            yield [_cells(line) for line in lines if not _FRAME.fullmatch(line)]
        else:
            yield from lines


def _is_row(line: str) -> bool:
    return line.startswith("|") or line.count("\t") > 1


def _cells(line: str) -> list[str]:
    inside = line.strip("|").split("|") if line.startswith("|") else line.split("\t")
    return [cell.strip() for cell in inside]


def as_docx(text: str) -> bytes:
    """Headings lose their numbers to a list, where they are numbered in turn."""
    body = []
    for line, is_heading in _with_headings(text):
        if isinstance(line, list):
            body.append(w_table(line))
        else:
            body.append(w_paragraph(line, number=(1, 0) if is_heading else None))
    abstract, use = w_list(1, [("decimal", "%1.")])
    return docx("".join(body), numbering=abstract + use)


def as_odt(text: str) -> bytes:
    """Headings lose their numbers to a list, which goes on after each interruption."""
    body = []
    for line, is_heading in _with_headings(text):
        if isinstance(line, list):
            body.append(o_table(line))
        elif is_heading:
            body.append(o_list([o_paragraph(line)], extra='text:continue-numbering="true"'))
        else:
            body.append(o_paragraph(line))
    level = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    return odt("".join(body), styles=f'<text:list-style style:name="L">{level}</text:list-style>')


def _with_headings(text: str) -> Iterator[tuple[Line, bool]]:
    """Every line, and whether its number was taken off, for a list to print it."""
    expected = 1
    for line in lines_of(text):
        found = _NUMBER.fullmatch(line) if isinstance(line, str) else None
        if found and int(found[1]) == expected and f"**{found[1]}. " in text:
            expected += 1
            yield found[2], True
        else:
            yield line, False


def as_html(text: str) -> bytes:
    """A page as a word processor saves it, in the encoding of old Thai pages."""
    body = []
    for line in lines_of(text):
        if isinstance(line, str):
            style = ' style="page-break-before: always"' if line.startswith("\f") else ""
            body.append(f"<p{style}>{escape(line.strip()) or '&nbsp;'}</p>")
        else:
            rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in line)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    page = f'<html><head><meta charset="windows-874"><title>x</title></head><body>{"".join(body)}</body></html>'
    return page.encode("cp874", "xmlcharrefreplace")


def as_pdf(text: str, *, has_font: bool = True) -> bytes:
    """Pages with ruled tables, whose cells wrap where they are full."""
    pages = [Page()]
    top = 60.0
    for line in lines_of(text):
        height = 20.0 if isinstance(line, str) else sum(20.0 * _height(row) for row in line)
        if top + height > HEIGHT - 60 or line[:1] == "\f":
            pages.append(Page())
            top = 60.0
        if isinstance(line, str):
            pages[-1].text(60, top, line.strip("\f"), 10)
        else:
            _ruled(pages[-1], top, line)
        top += height
    return pdf(pages, has_font=has_font)


def _ruled(page: Page, top: float, rows: list[list[str]]) -> None:
    """A table in small print, its columns as wide as what they hold asks for."""
    sizes = [max(width(row[place], SMALL) for row in rows if place < len(row)) for place in range(len(rows[0]))]
    sizes = [max(min(size, 150) + 4, 20) for size in sizes]
    edges = [60 + sum(sizes[:place]) for place in range(len(sizes) + 1)]
    tops = [top - 14]
    for row in rows:
        tops.append(tops[-1] + 20.0 * _height(row))
        for left, cell in zip(edges, row, strict=False):
            for number, part in enumerate(_wrapped(cell)):
                page.text(left + 2, tops[-2] + 14 + 20 * number, part, SMALL)
    for y in tops:
        page.line(edges[0], y, edges[-1], y)
    for x in edges:
        page.line(x, tops[0], x, tops[-1])


def _height(row: list[str]) -> int:
    return max(len(_wrapped(cell)) for cell in row)


def _wrapped(cell: str) -> list[str]:
    """A cell's lines, broken at blanks only."""
    lines = [""]
    for word in cell.split(" "):
        if lines[-1] and width(f"{lines[-1]} {word}", SMALL) > 150:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


KINDS: dict[str, Callable[[str], bytes]] = {"docx": as_docx, "odt": as_odt, "html": as_html, "pdf": as_pdf}
"""The ways to save a text, by suffix."""
