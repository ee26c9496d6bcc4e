"""Where blocks start: headings whole, damaged and wrapped, numbered labels, sentences that only quote them.

Of the lines that say what a heading says, those are headings that are set apart as most of the document's are.
"""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from parsers import Form, forms
from parsers.openers import Heading
from pipeline.document.paginate import paginate
from pipeline.document.repair import repair
from pipeline.document.scan import LineMark, LineStart, Match
from pipeline.document.split.block_starts import block_starts
from pipeline.document.split.heading_style import HeadingCandidate, keep_dominant_style
from pipeline.document.split.headings import FoundHeading
from pipeline.model import BlockStart, Pages
from pipeline.sources.read import source_of
from tests.support.small_report import FORM as REPORT
from tests.support.small_report import PLEDGE, all_matches_of, pages_of
from tests.synthesizer import synthesizer_of

AREA = next(form for form in forms() if form.name == "area_office_progress_report")
PROPOSAL = next(form for form in forms() if form.name == "bma_project_proposal")
RATIONALE, TARGETS = "1.3 หลักการและเหตุผล", "1.5 เป้าหมายของโครงการ"
LINKS = "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)"
HEADINGS = ("หลักการและเหตุผล", "วัตถุประสงค์", "ระยะเวลาและสถานที่ดำเนินการ", "งบประมาณ", "การติดตามประเมินผล")
BLOCKS = ["rationale", "objectives", "schedule", "budget", "monitoring"]
Found = tuple[str, int | None, str]


def without_word_fixes(text: str) -> Pages:
    """The pages of a text whose damaged words nobody has repaired."""
    source = source_of(text.encode(), name="small.txt")
    return paginate(source, repair(source.text, word_fixes=()))


def starts_in(pages: Pages, form: Form) -> Sequence[BlockStart]:
    return block_starts(all_matches_of(pages), pages.pages, form)


def found(text: str) -> list[Found]:
    """The block, the number and the words of every start of a block in a progress report."""
    pages = without_word_fixes(text)
    return [
        (REPORT.blocks[start.block].name, start.number, pages.text[start.start : start.end])
        for start in starts_in(pages, REPORT)
    ]


def opened(text: str) -> list[str]:
    """The blocks that open in a progress report."""
    return [name for name, _, _ in found(text)]


def headings_of(text: str) -> list[str]:
    """The blocks that open in a proposal, the first aside."""
    return [PROPOSAL.blocks[start.block].name for start in starts_in(pages_of(text), PROPOSAL)][1:]


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
    places = [(start.start, start.end) for start in starts_in(pages_of(text), REPORT)]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def candidate(
    block: int,
    number: str = "",
    *,
    mark: LineMark | None = None,
    is_whole: bool = True,
    is_text: bool = False,
    in_cell: bool = False,
    is_label: bool = False,
) -> HeadingCandidate:
    """A line that may open a block."""
    line = LineStart(0, 10, 0, 0, number, "number" if number else mark or "plain", 10, ())
    heading = FoundHeading(
        100.0, block, Heading(("ก",), is_text=is_text), "ก", line, Match("ก", 0, 10, 100.0, 10), is_whole=is_whole
    )
    return HeadingCandidate(heading, in_cell, is_label)


def kept(*candidates: HeadingCandidate) -> list[int]:
    """The blocks of the candidates that are headings."""
    return [one.heading.block for one, fits in zip(candidates, keep_dominant_style(candidates), strict=True) if fits]


def proposal(style: str, *, between: str = "น้ำไม่พอ") -> str:
    """A proposal whose headings are dressed alike."""
    headings = (style.format(number, said) for number, said in enumerate(HEADINGS, 1))
    return "\n".join(("โครงการปลูกผัก", f"\n{between}\n".join(headings), "ตามแผน"))


def test_no_candidates_are_no_headings() -> None:
    assert keep_dominant_style([]) == []


def test_where_headings_are_numbered_plain_lines_are_none() -> None:
    found = (candidate(1, "1"), candidate(2, "2"), candidate(5), candidate(3, "3"))
    assert kept(*found) == [1, 2, 3]


@pytest.mark.parametrize("mark", ["hash", "bold"])
def test_where_headings_are_numbered_marks_alone_do_not_count(mark: LineMark) -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(5, mark=mark), candidate(3, "3")) == [1, 2, 3]


def test_two_numbered_headings_make_no_style() -> None:
    assert kept(candidate(1, "1"), candidate(5), candidate(2, "2")) == [1, 5, 2]


def test_numbers_of_a_lower_level_make_no_style_but_fit_into_one() -> None:
    assert kept(candidate(1, "1.1"), candidate(2, "1.2"), candidate(3, "1.3"), candidate(4)) == [1, 2, 3, 4]
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, "3"), candidate(4, "3.1")) == [1, 2, 3, 4]


def test_a_block_numbered_again_and_again_makes_no_style() -> None:
    assert kept(candidate(1, "1"), candidate(1, "2"), candidate(1, "3"), candidate(2)) == [1, 1, 1, 2]


def test_a_plain_line_stands_in_the_place_of_the_one_missing_number() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3), candidate(4, "4")) == [1, 2, 3, 4]


@pytest.mark.parametrize("after", ["3", "5", "6"])
def test_no_plain_line_fits_where_no_number_or_several_are_missing(after: str) -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3), candidate(4, after)) == [1, 2, 4]


def test_the_first_number_may_be_the_missing_one() -> None:
    assert kept(candidate(1), candidate(2, "2"), candidate(3, "3"), candidate(4, "4")) == [1, 2, 3, 4]


def test_a_plain_line_behind_the_last_number_is_text() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, "3"), candidate(4)) == [1, 2, 3]


def test_a_block_that_has_its_number_needs_no_plain_line() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(2), candidate(4, "4")) == [1, 2, 4]


def test_a_line_with_words_behind_it_does_not_stand_for_a_number() -> None:
    found = (candidate(1, "1"), candidate(2, "2"), candidate(3, is_whole=False), candidate(4, "4"))
    assert kept(*found) == [1, 2, 4]


def test_a_cell_does_not_stand_for_a_number() -> None:
    assert kept(candidate(1, "1"), candidate(2, "2"), candidate(3, in_cell=True), candidate(4, "4")) == [1, 2, 4]


@pytest.mark.parametrize("mark", ["hash", "bold"])
def test_where_headings_share_a_mark_plain_lines_are_none(mark: LineMark) -> None:
    found = [candidate(block, mark=mark) for block in (1, 2, 3)]
    assert kept(*found[:2], candidate(5), found[2]) == [1, 2, 3]


@pytest.mark.parametrize(("mark", "other"), [("hash", "bold"), ("bold", "plain")])
def test_the_surer_mark_makes_the_style(mark: LineMark, other: LineMark) -> None:
    found = [candidate(block, mark=mark) for block in (1, 2, 3)]
    assert kept(*found, *(candidate(block, mark=other) for block in (4, 5, 6, 7))) == [1, 2, 3]


def test_a_number_fits_among_marks() -> None:
    assert kept(*(candidate(block, mark="hash") for block in (1, 2, 3)), candidate(4, "4")) == [1, 2, 3, 4]


def test_two_marked_headings_make_no_style() -> None:
    assert kept(candidate(1, mark="bold"), candidate(2), candidate(3, mark="bold")) == [1, 2, 3]


def test_where_nothing_sets_headings_apart_a_cell_is_none() -> None:
    assert kept(candidate(1), candidate(2, in_cell=True), candidate(3)) == [1, 3]


def test_where_nothing_sets_headings_apart_the_same_words_below_are_a_field() -> None:
    assert kept(candidate(1), candidate(2), candidate(2), candidate(3)) == [1, 2, 3]


def test_a_line_that_is_text_of_its_block_needs_no_style() -> None:
    numbered = [candidate(block, f"{block}") for block in (1, 2, 3)]
    marked = [candidate(block, mark="hash") for block in (1, 2, 3)]
    for headings in (numbered, marked, [candidate(1)]):
        assert kept(*headings, candidate(9, is_text=True, in_cell=True))[-1] == 9


def test_before_the_first_heading_a_label_is_a_label() -> None:
    assert kept(candidate(8, is_label=True), candidate(1), candidate(2)) == [1, 2]


def test_behind_the_first_heading_a_label_may_be_a_heading() -> None:
    assert kept(candidate(1), candidate(8, is_label=True), candidate(2)) == [1, 8, 2]


def test_only_labels_are_no_headings() -> None:
    assert kept(candidate(8, is_label=True), candidate(9, is_label=True)) == []


@pytest.mark.parametrize("style", ["{0}. {1}", "## {0}. {1}", "**{0}. {1}**", "# {1}", "#### {1}", "**{1}**", "{1}"])
def test_a_document_opens_its_blocks_in_its_own_style(style: str) -> None:
    assert headings_of(proposal(style)) == BLOCKS


@pytest.mark.parametrize("style", ["{0}. {1}", "## {1}", "**{1}**"])
def test_a_heading_out_of_style_is_text(style: str) -> None:
    assert headings_of(proposal(style, between="น้ำไม่พอ\nเป้าหมาย\nผักสด")) == BLOCKS


def test_a_field_below_its_heading_is_no_heading() -> None:
    text = proposal("{0}. {1}", between="ระยะเวลาดำเนินการ : ตุลาคม\nสถานที่ดำเนินการ : สวน")
    assert headings_of(text) == BLOCKS


def test_a_heading_that_lost_its_number_opens_its_block() -> None:
    assert headings_of(proposal("{0}. {1}").replace("3. ระยะเวลา", "ระยะเวลา")) == BLOCKS


def test_a_cell_of_a_table_is_no_heading() -> None:
    table = "| เป้าหมาย | ตัวชี้วัด |\n| ผักสด | ๑๐ กก. |"
    assert headings_of(proposal("{1}", between=table)) == BLOCKS
    assert headings_of(proposal("{1}", between="\tเป้าหมาย\n\tผักสด")) == BLOCKS


def test_thai_numbers_make_a_style_too() -> None:
    text = proposal("{0}. {1}").translate(dict(zip(map(ord, "123456789"), "๑๒๓๔๕๖๗๘๙", strict=True)))
    assert headings_of(text.replace("น้ำไม่พอ", "เป้าหมาย")) == BLOCKS


def test_a_field_that_a_plain_heading_names_is_no_heading() -> None:
    page = proposal("{1}", between="สถานที่ดำเนินการ : สนาม")
    assert headings_of(page) == [
        "rationale",
        "place",
        "objectives",
        "place",
        "schedule",
        "budget",
        "place",
        "monitoring",
    ]


def test_no_start_stands_inside_the_one_before_where_headings_go_on_over_lines() -> None:
    text = synthesizer_of("area_office_progress_report")(700376, rate=0.06).text
    found = starts_in(without_word_fixes(text), AREA)
    assert len(found) > len(AREA.blocks)
    assert all(one.end <= two.start for one, two in pairwise(found))
