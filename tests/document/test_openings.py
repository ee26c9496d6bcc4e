"""Where blocks open: headings whole, damaged and wrapped, numbered labels, and sentences that only quote them."""

from itertools import pairwise

import pytest

from pipeline.document.split.openings import openings
from tests.support.small_report import FORM, PLEDGE, pages_of

NAMES = [block.name for block in FORM.blocks]
RATIONALE, TARGETS = "1.3 หลักการและเหตุผล", "1.5 เป้าหมายของโครงการ"
LINKS = "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)"
Found = tuple[str, int | None, str]


def found(text: str) -> list[Found]:
    """The block, the number and the words of every opening."""
    pages = pages_of(text)
    return [
        (NAMES[opening.block], opening.number, pages.text[opening.start : opening.end])
        for opening in openings(pages, FORM)
    ]


def opened(text: str) -> list[str]:
    """The blocks that open."""
    return [name for name, _, _ in found(text)]


@pytest.mark.parametrize(
    ("heading", "block"),
    [
        ("1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ", "header"),
        ("1.1 รหัสโครงการและชื่อโครงการ", "header"),
        ("1.2 หน่วยงานที่รับผิดชอบ", "responsible"),
        (RATIONALE, "rationale"),
        ("1.4 วัตถุประสงค์ของโครงการ", "objectives"),
        (TARGETS, "targets"),
        (LINKS, "strategy_links"),
        ("2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ", "report_entry"),
    ],
)
def test_a_whole_heading_opens_its_block_and_is_taken_whole(heading: str, block: str) -> None:
    assert found(f"{heading}\nหนึ่ง") == [(block, None, heading)]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("**1.3 หลักการและเหตุผล**", id="bold"),
        pytest.param("## 1.3 หลักการและเหตุผล", id="a Markdown heading"),
        pytest.param("## **1\\.3 หลักการและเหตุผล**", id="both, and escaped"),
        pytest.param("- 1.3 หลักการและเหตุผล", id="a bullet"),
        pytest.param("| 1.3 หลักการและเหตุผล |", id="a cell"),
        pytest.param("1.3 หลักการและเหตุผล..", id="dots behind"),
        pytest.param("1.3หลักการและเหตุผล", id="no blank"),
        pytest.param("1. 3 หลักการและ เหตุผล", id="blanks inside"),
        pytest.param("๑.๓ หลักการและเหตุผล", id="Thai digits"),
        pytest.param("1.3. หลักการและเหตุผล :", id="a dot and a colon"),
    ],
)
def test_dress_does_not_matter(heading: str) -> None:
    assert found(f"{heading}\nหนึ่ง") == [("rationale", None, heading.replace("\\", ""))]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("1.3 หลักกรและเหตผล", id="letters and a mark lost"),
        pytest.param("1.3 หลีกการและเหตุพล", id="letters misread"),
        pytest.param("1.3 หลักการเละเหตุผลล", id="a letter doubled"),
        pytest.param("1.3 หลักกา รและเ หตุผล", id="blanks inside"),
        pytest.param("l.3 หลักการและเหตุผล", id="a letter for a digit of the number"),
        pytest.param("1,3 หลักการและเหตุผล", id="a comma in the number"),
        pytest.param("7.3 หลักการและเหตุผล", id="another number"),
        pytest.param("หลักการและเหตุผล", id="no number"),
        pytest.param(".3 หลักการและเหตุผล", id="half a number"),
        pytest.param("1.3 หลักการ", id="only its first words"),
    ],
)
def test_a_heading_whose_number_or_wording_is_damaged_opens_all_the_same(heading: str) -> None:
    assert found(f"{heading}\nหนึ่ง") == [("rationale", None, heading)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("โครงการนี้มีหลักการและเหตุผลตามที่สภากรุงเทพมหานครเห็นชอบ", id="inside a sentence"),
        pytest.param("หลักการและเหตุผลของการปลูกต้นไม้คือความร่มรื่นของเมืองและอากาศที่ดีขึ้นทุกปี", id="its first words"),
        pytest.param("3. เป้าหมายของเราคืออากาศสะอาด", id="another number and like words"),
        pytest.param("1.3 ปลูกต้นไม้ริมคลอง", id="the number with other words"),
        pytest.param("2.1.3 หลักการและเหตุผลอื่นตามระเบียบพัสดุ", id="a number of more levels"),
        pytest.param("ตามข้อ 1.3 หลักเกณฑ์การจ่ายเงิน", id="the number inside a sentence"),
        pytest.param("21.3 หลักการ", id="a longer number"),
    ],
)
def test_a_sentence_that_only_quotes_a_heading_opens_nothing(line: str) -> None:
    assert found(f"หนึ่ง\n{line}\nสอง") == []


def test_a_heading_run_into_the_line_before_it_opens_where_it_stands() -> None:
    assert found(f"เพื่ออากาศที่ดี {RATIONALE}\nหนึ่ง") == [("rationale", None, RATIONALE)]


def test_a_damaged_heading_of_two_levels_opens_inside_a_line_too() -> None:
    assert found("เพื่ออากาศที่ดี 1.3 หลักการและเหตผล\nหนึ่ง") == [("rationale", None, "1.3 หลักการและเหตผล")]


def test_a_heading_with_its_text_on_the_same_line_takes_only_itself() -> None:
    assert found(f"{RATIONALE} ทางเท้าหลายสายไม่มีร่มเงา") == [("rationale", None, f"{RATIONALE} ")]


def test_two_headings_on_one_line_are_two_openings() -> None:
    assert opened("1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ 1.1 รหัสโครงการและชื่อโครงการ") == ["header", "header"]


@pytest.mark.parametrize("at", [len("1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-"), LINKS.index("กลยุทธ์")])
def test_a_long_heading_that_is_wrapped_over_two_lines_is_one(at: int) -> None:
    wrapped = f"{LINKS[:at]}\n{LINKS[at:]}"
    assert found(f"{wrapped}\nประเด็นยุทธศาสตร์ : ก") == [("strategy_links", None, wrapped)]


def test_a_wrapped_heading_may_be_damaged_on_both_lines() -> None:
    wrapped = "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ป (ยุทธศาสตร-ประเด็นยุทธศาสต\nร์-กลยุทธตามแผนฯ /ตวชี้วัด)"
    assert found(f"{wrapped}\nประเด็นยุทธศาสตร์ : ก") == [("strategy_links", None, wrapped)]


def test_the_line_behind_a_whole_heading_is_its_text() -> None:
    assert found(f"{LINKS}\nยุทธศาสตร์ตามแผนฯ ตัวชี้วัด")[0][2] == LINKS


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("รายงานครั้งที่ 7", 7),
        ("รายงานครั้งที่7", 7),
        ("รายงานครั้งที่ ๑๒", 12),
        ("รายงาน ครั้งที่ 7", 7),
        ("รายงานครงที่ 7", 7),
        ("- รายงานครั้งที่ 7", 7),
        ("**รายงานครั้งที่ 7**", 7),
    ],
)
def test_a_numbered_label_opens_with_its_number(label: str, number: int) -> None:
    assert [(block, n) for block, n, _ in found(f"{label} :: 31/10/2560 : ปลูก")] == [("report_entry", number)]


def test_a_numbered_label_without_a_number_opens_without_one() -> None:
    assert found("รายงานครั้งที่ :: 31/10/2560 : ปลูก") == [("report_entry", None, "รายงานครั้งที่")]


def test_a_date_behind_the_label_is_not_its_number() -> None:
    assert [number for _, number, _ in found("รายงานครั้งที่ 31/10/2560 : ปลูก")] == [None]


def test_another_number_is_never_taken_for_a_like_one() -> None:
    text = "\n".join(f"รายงานครั้งที่ {number} :: 31/10/2560 : ก" for number in (1, 11, 111))
    assert [number for _, number, _ in found(text)] == [1, 11, 111]


@pytest.mark.parametrize("behind", [" :: 31/10/2560 : ก", "\t31/10/2560 : ก", " 31/10/2560 ก", " : ก"])
def test_a_label_run_into_a_line_opens_before_a_colon_or_a_date(behind: str) -> None:
    assert [opening[:2] for opening in found(f": เป็นไปตามเป้าหมาย รายงานครั้งที่ 8{behind}")] == [("report_entry", 8)]


def test_a_sentence_that_speaks_of_an_entry_opens_none() -> None:
    assert found("ต่อเนื่องจากรายงานครั้งที่ 8 ของกองต้นไม้") == []
    assert found("ตามรายงานครั้งที่ 8 ของกองต้นไม้") == []


def test_a_phrase_opens_its_block_and_stays_text() -> None:
    assert found(f"{PLEDGE}\nลงชื่อ") == [("certification", None, "")]


def test_a_damaged_phrase_opens_its_block_too() -> None:
    assert opened("ขอรับรองวา ขอมูลที่ปรากฏในเอกสารฉบบนี้ หน่วยงานได้จัดพิมพ์") == ["certification"]


def test_furniture_opens_nothing() -> None:
    assert opened(f"หนึ่ง\n{TARGETS[:16]} ...\f{TARGETS}\nสอง") == ["targets"]


def test_openings_stand_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = f"{RATIONALE}\nก {TARGETS} ข\n{LINKS}\nรายงานครั้งที่ 1 :: ก รายงานครั้งที่ 2 :: ข"
    places = [(opening.start, opening.end) for opening in openings(pages_of(text), FORM)]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
