"""OpenDocument texts are read as they are printed, list numbers included."""

import pytest

from pipeline.sources.limits import DEFAULT
from pipeline.sources.odt import read
from tests.support.office import o_list, o_paragraph, o_table, odt

THAI = "๑, ๒, ๓, ..."


def text_of(body: str, *, styles: str = "", master: str = "") -> str:
    return read(odt(body, styles=styles, master=master), "x.odt", DEFAULT).text


def list_style(*levels: str) -> str:
    """The style of lists, by how each level prints its first number; a bullet for `-`."""
    made = "".join(
        f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="x"/>'
        if first == "-"
        else f'<text:list-level-style-number text:level="{at}" style:num-format="{first}" style:num-suffix="." '
        f'text:display-levels="{at}"/>'
        for at, first in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="L">{made}</text:list-style>'


@pytest.mark.parametrize(
    ("first", "expected"), [("1", "2. "), (THAI, "๒. "), ("ก, ข, ค, ...", "ข. "), ("i", "ii. "), ("", ""), ("-", "• ")]
)
def test_an_item_has_the_number_of_its_list(first: str, expected: str) -> None:
    body = o_list([o_paragraph("ก"), o_paragraph("ข") + o_paragraph("ต่อ")])
    assert text_of(body, styles=list_style(first)).splitlines()[1:] == [f"{expected}ข", "ต่อ"]


def test_levels_count_within_those_above() -> None:
    inner = o_list([o_paragraph("ข"), o_paragraph("ค")], style="")
    body = o_list([o_paragraph("ก") + inner, o_paragraph("ง") + inner])
    assert text_of(body, styles=list_style("1", THAI)).splitlines() == [
        "1. ก",
        "1.๑. ข",
        "1.๒. ค",
        "2. ง",
        "2.๑. ข",
        "2.๒. ค",
    ]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [("", "1. ข"), ('text:continue-numbering="true"', "2. ข"), ('text:continue-list="one"', "2. ข")],
)
def test_a_list_after_a_list_restarts_unless_it_continues(extra: str, expected: str) -> None:
    body = o_list([o_paragraph("ก")], extra='xml:id="one"') + o_paragraph("x") + o_list([o_paragraph("ข")], extra=extra)
    assert text_of(body, styles=list_style("1")).splitlines() == ["1. ก", "x", expected]


def test_headings_have_the_numbers_of_their_outline() -> None:
    master = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = "".join(o_paragraph("ก", depth=depth) for depth in (1, 2, 2, 1, 2))
    assert text_of(body, master=master).splitlines() == ["1. ก", "1.1 ก", "1.2 ก", "2. ก", "2.1 ก"]


def test_tracked_deletions_and_remarks_are_left_out() -> None:
    deleted = f"<text:changed-region><text:deletion>{o_paragraph('เก่า')}</text:deletion></text:changed-region>"
    remark = f"<office:annotation>{o_paragraph('จด')}</office:annotation>"
    said = o_paragraph("ก", inside=f"{remark}<text:span>ข</text:span>ค")
    assert text_of(f"<text:tracked-changes>{deleted}</text:tracked-changes>{said}") == "กขค\n"


def test_blanks_tabs_and_breaks_are_kept() -> None:
    assert (
        text_of(o_paragraph("ก\n  ข", inside='<text:tab/>ค<text:s text:c="999999999"/>ง<text:line-break/>จ'))
        == "ก ข\tค ง\nจ\n"
    )


def test_a_table_gives_a_row_a_line_and_repeats_end() -> None:
    many = '<table:table-cell table:number-columns-repeated="16384"/>'
    table = o_table([["ที่", "กิจกรรม", ">"], ["1", "^", "ต.ค."]])
    empty = f'<table:table><table:table-row table:number-rows-repeated="1048576">{many}</table:table-row></table:table>'
    assert text_of(table + empty + o_paragraph("ข")) == "| ที่ | กิจกรรม |  |\n| 1 |  | ต.ค. |\n\nข\n"


def test_pages_end_in_form_feeds() -> None:
    styles = '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/></style:style>'
    body = o_paragraph("ก", style="B") + o_paragraph("ข", style="B") + "<text:soft-page-break/>" + o_paragraph("ค\fง")
    assert text_of(body, styles=styles) == "ก\n\f\nข\n\f\nคง\n\f\n"


def test_headers_come_first_notes_last_and_boxes_after_their_paragraph() -> None:
    inside = f"<text:note-citation>1</text:note-citation><text:note-body>{o_paragraph('หมายเหตุ')}</text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    box = f"<draw:frame><draw:text-box>{o_paragraph('ในกล่อง')}</draw:text-box></draw:frame>"
    master = f"<style:master-page><style:header>{o_paragraph('แบบรายงาน')}</style:header></style:master-page>"
    assert text_of(o_paragraph("ก", inside=note + box), master=master) == "แบบรายงาน\n\nก\nในกล่อง\n\f\nหมายเหตุ\n"
