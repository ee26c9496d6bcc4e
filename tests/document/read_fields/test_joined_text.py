"""The text of a block: its lines joined, the way back to the page, and phrases that go on over what stands between."""

from pipeline.document.read_fields.joined_text import JoinedText
from tests.support.small_proposal import block_of
from tests.support.small_report import TITLE, entries_of, project_of, report, tables_of

LINES = "หนึ่ง สอง\nสาม\n\nสี่"


def without_line(text: str, number: int) -> JoinedText:
    """A block of all lines of a text but one."""
    whole = block_of(text)
    pieces = (*whole.pieces[:number], *whole.pieces[number + 1 :])
    return JoinedText(whole.block, whole.matches, pieces)


def test_an_empty_line_keeps_a_paragraph_apart() -> None:
    assert block_of(LINES).text == LINES
    assert block_of("หนึ่ง  \n สอง\n\n\nสาม").text == "หนึ่ง\nสอง\n\nสาม"


def test_a_stretch_has_a_span_for_each_line_without_blanks() -> None:
    joined = block_of(LINES)
    stretch = (LINES.index(" สอง"), LINES.index("สี่") + 1)
    assert [LINES[slice(*span)] for span in joined.spans(*stretch)] == ["สอง", "สาม", "ส"]


def test_a_phrase_may_go_on_behind_a_line_that_is_none_of_the_block() -> None:
    joined = without_line("ผู้ประสานงาน\nแนบท้าย\nสยป นางรุ่ง", 1)
    whole = [match for match in joined.starting_at(0, len(joined.text)) if match.score == 100]
    found = max(whole, key=lambda match: match.size)
    assert joined.text[found.start : found.end].split() == ["ผู้ประสานงาน", "สยป"]


GAP = f"\n- 1 -\n\f{TITLE}\n"


def test_a_label_that_a_page_break_cuts_is_known() -> None:
    text = report().replace("งบประมาณที่ได้รับ", f"งบประมาณ{GAP}ที่ได้รับ").replace("ผู้ประสานงาน สยป", f"ผู้ประสานงาน{GAP}สยป")
    row = project_of(text)
    assert (row["budget_received_baht"], row["coordinator"]) == (100_000, "นายสมมุติ ทดลอง")


def test_the_longer_of_two_labels_is_known_though_a_page_break_cuts_it() -> None:
    text = report().replace("ประเด็นยุทธศาสตร์ย่อย", f"ประเด็นยุทธศาสตร์{GAP}ย่อย")
    levels = [row["level"] for row in tables_of(text)["strategy_links"]]
    assert levels == ["issue", "sub_issue", "goal", "indicator"]


def test_a_label_inside_an_entry_that_a_page_break_cuts_is_known() -> None:
    text = report().replace("งบประมาณที่เบิกใช้", f"งบประมาณ{GAP}ที่เบิกใช้")
    assert [row["disbursed_baht"] for row in entries_of(text).values()] == [1500, 1500]
