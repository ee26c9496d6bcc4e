"""Tables that an OCR engine prints in HTML are read as those in Markdown are."""

from itertools import pairwise

import pytest

from normalizers.html_tables import as_markdown
from pipeline.document.repair import repair
from tests.support.small_proposal import proposal, rows_of, values
from tests.support.small_report import tables_of

PRICES = """<table border="1">
<thead><tr><th>ที่</th><th>รายการ</th><th>จำนวน</th><th>หน่วยละ</th><th>เป็นเงิน</th></tr></thead>
<tbody>
  <tr>
    <td>1</td>
    <td>สีทา
รั้ว</td>
    <td>2 ถัง</td><td>500</td><td>1,000</td>
  </tr>
  <tr><td>2</td><td>แปรง</td><td>3 ด้าม</td><td>50</td><td>150</td></tr>
  <tr><td colspan="4">รวมเป็นเงิน</td><td>1,150</td></tr>
</tbody>
</table>"""


def test_prices_in_an_html_table_are_items() -> None:
    tables = tables_of(proposal(budget=f"จำนวน 1,150 บาท\n\n{PRICES}\nถัวเฉลี่ยจ่าย"))
    assert values(tables["budget_items"], "item", "quantity", "unit_price_baht", "amount_baht") == [
        ("สีทา รั้ว", 2, 500, 1000),
        ("แปรง", 3, 50, 150),
    ]
    assert [row["text"] for row in tables["sections"] if row["section"] == "budget"] == ["จำนวน 1,150 บาท ถัวเฉลี่ยจ่าย"]
    assert "code_points_repaired" not in {row["code"] for row in tables["findings"]}


@pytest.mark.parametrize("end", ["</td>", ""])
def test_a_cell_over_two_rows_moves_no_cell_of_the_second(end: str) -> None:
    rows = [
        ["<td rowspan='2'>รั้ว", "<td>สี", "<td>2 ถัง", "<td>500", "<td>1,000"],
        ["<td>แปรง", "<td>3 ด้าม", "<td>50", "<td>150"],
    ]
    head = "<tr><td>กิจกรรม<td>รายการ<td>จำนวน<td>หน่วยละ<td>เป็นเงิน</tr>"
    body = "".join("<tr>" + "".join(cell + end for cell in row) + "</tr>" for row in rows)
    found = rows_of("budget_items", budget=f"<table>{head}{body}</table>")
    assert values(found, "item", "quantity", "amount_baht") == [("สี", 2, 1000), ("แปรง", 3, 150)]


def test_evidence_of_a_cell_is_its_words_without_the_tags() -> None:
    tables = tables_of(proposal(budget=PRICES))
    raw = {row["raw_text"] for row in tables["evidence"] if row["table_name"] == "budget_items"}
    assert {"แปรง", "3 ด้าม", "50", "150"} <= raw


@pytest.mark.parametrize("text", ["<td>1</td>", "ก < ข และ ค > ง", "</table>", "<tr><td>", "<tables>"])
def test_text_outside_of_a_table_stays(text: str) -> None:
    assert list(as_markdown(text)) == []


@pytest.mark.parametrize(
    "text",
    ["<table>" * 50, "<table><tr><td colspan=999 rowspan=999>x" * 50, "<table><td>a<td>b</table>c<tr>", "<table>\n\n"],
)
def test_broken_tables_come_back_in_order_and_no_longer_than_they_may(text: str) -> None:
    changes = list(as_markdown(text))
    assert all(one.end <= other.start for one, other in pairwise(changes))
    assert len(repair(text).text) < 200 * len(text)
    tables_of(text)


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_pages_part_before_and_behind_a_table(blank: str) -> None:
    gap = f"\n{blank}" * 5
    tables = tables_of(f"ก{gap}<table><tr><td>ข</td></tr></table>{gap}ค")
    assert [row["page_number"] for row in tables["pages"]] == [1, 2, 3]
    assert all(one["char_end"] == other["char_start"] for one, other in pairwise(tables["pages"]))
