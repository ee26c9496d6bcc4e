"""HTML is read as a browser shows it, in any encoding."""

import pytest

from pipeline.errors import DocumentError
from pipeline.sources.html import read
from pipeline.sources.limits import DEFAULT

THAI = "รายงานความก้าวหน้าโครงการปลูกต้นไม้ งบประมาณ ๑,๒๐๐ บาท"


def text_of(page: str) -> str:
    return read(page.encode(), "x.html", DEFAULT).text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>ก\n  ข</p><div>ค<b>ง</b><br>จ</div>", "ก ข\nคง\nจ\n"),
        ("<h1>ก</h1>ข<script>x()</script><style>p{}</style><p hidden>ค</p><p style='display: none'>ง</p>", "ก\nข\n"),
        ("ก<span style='visibility:hidden'>ข</span><span style='mso-hide:all'>ค</span>ง", "กง\n"),
        ("<ul><li>ก<li>ข<ol type='ก'><li>ค<li>ง</ol></ul>", "• ก\n• ข\nก. ค\nข. ง\n"),
        ("<ol start=3><li>ก<li><p>ข</p></ol>", "3. ก\n4. ข\n"),
        ("<ol style='list-style: thai'><li value=5>ก<li><ul style='list-style:none'><li>ข</ul></ol>", "๕. ก\n๖. ข\n"),
        ("<pre>ก\n  ข</pre>", "ก\nข\n"),
        ("ก<p style='PAGE-BREAK-BEFORE:always'>ข</p><br style='page-break-before:always'>ค", "ก\n\f\nข\n\f\nค\n"),
        ("&#3585;&nbsp;&amp;<!-- x --><p>&lt;b&gt;", "ก\xa0&\n<b>\n"),
    ],
    ids=["paragraphs", "unshown", "hidden", "lists", "start", "style", "pre", "pages", "entities"],
)
def test_what_is_shown_is_read(page: str, expected: str) -> None:
    assert text_of(page) == expected


def test_a_table_gives_a_row_a_line_with_empty_cells_where_others_cover_them() -> None:
    page = (
        "<table><thead><tr><th rowspan=2>ที่<th colspan=2>เดือน</thead><tr><td>ต.ค.<td>พ.ย."
        "<tr><td>1<td><p>ก</p><p>ข</p><td></table>"
    )
    assert text_of(page) == "| ที่ | เดือน | |\n|  | ต.ค. | พ.ย. |\n| 1 | ก ข |  |\n"


def test_a_layout_table_gives_its_paragraphs() -> None:
    assert text_of("<table><tr><td><p>ก</p><table><tr><td>ข<td>ค</table><td>ง</table>") == "ก\n| ข | ค |\n\nง\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
@pytest.mark.parametrize("said", ["utf-8", "windows-874", "iso-8859-1", ""])
def test_the_bytes_decide_the_encoding_whatever_the_page_declares(encoding: str, said: str) -> None:
    page = f'<meta charset="{said}"><p>{THAI}</p>' * 3
    assert read(page.encode(encoding), "x.html", DEFAULT).text == f"{THAI}\n" * 3


def test_the_declared_encoding_is_used_where_the_bytes_show_none() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Отчёт о работе</p>'
    found = read(page.encode("cp1251"), "x.html", DEFAULT)
    assert (found.text, found.encoding) == ("Отчёт о работе\n", "cp1251")
    for other in ("zip", "idna", "cp0", ""):
        with pytest.raises(DocumentError, match="the encoding is not"):
            read(page.replace("windows-1251", other).encode("cp1251"), "x.html", DEFAULT)


def test_a_damaged_page_is_not_decoded_with_the_declared_encoding() -> None:
    damaged = f'<meta charset="iso-8859-1"><p>{THAI}</p>'.encode() + b"\xe0" + THAI.encode()
    with pytest.raises(DocumentError, match="damaged"):
        read(damaged, "x.html", DEFAULT)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_a_page_nested_without_end_is_reported(tag: str) -> None:
    with pytest.raises((DocumentError, RecursionError)) as caught:
        text_of(f"<{tag}>" * 50_000 + "ก")
    assert isinstance(caught.value, RecursionError) or "nested too deeply" in str(caught.value)


def test_cells_that_say_they_cover_everything_cost_little() -> None:
    row = "<tr>" + "<td rowspan=999999999 colspan=999999999>ก" * 200
    assert len(text_of(f"<table>{row}{'<tr><td>ข' * 500}</table>")) < 10**6
