"""Headings known by their wording: their dress, their damage, what may stand behind them, and what is none."""

import pytest

from parsers import Form, forms
from parsers.openers import NumberedName
from pipeline.document.scan import LineStart, Matches
from pipeline.document.split.headings import FoundHeading, name_in_order, openers_of, worded_heading
from pipeline.model import Pages, Repaired
from pipeline.sources.read import source_of
from tests.support.small_area_report import FORM as AREA
from tests.support.small_report import all_matches_of

PROPOSAL = next(form for form in forms() if form.name == "bma_project_proposal")
TARGETS, RATIONALE = "ความก้าวหน้าของเป้าหมายโครงการ", "หลักการและเหตุผล"
PERIODS = (
    "ประจำปีงบประมาณที่ ๒ ปีงบประมาณ ๒๕๖๗",
    "ประจำปีงบประมาณที่ 2 ปีงบประมาณ 2567",
    "ประจำไตรมาสที่ ๒",
    "ประจำไตรมาสที่ ๒ ปีงบประมาณ พ.ศ. ๒๕๖๗",
    "ประจำปีไตรมาสที่ ๒",
    "ไตรมาสที่ 2/2567",
    "",
)


def line_of(said: str) -> tuple[Matches, LineStart]:
    """A line as it stands, which no fix has seen."""
    pages = Pages(source_of(b"x", name="small.txt"), Repaired(said, said, ()), ())
    matches = all_matches_of(pages)
    return matches, matches.line_start(0, len(said))


def heading_in(said: str, form: Form) -> FoundHeading | None:
    """The heading that a line is or begins with."""
    return worded_heading(*line_of(said), form)


def area(said: str) -> str | None:
    """The block of an area office's report that a line opens."""
    found = heading_in(said, AREA)
    return AREA.blocks[found.block].name if found else None


def proposal(said: str) -> str | None:
    """The block of a proposal that a line opens."""
    found = heading_in(said, PROPOSAL)
    return PROPOSAL.blocks[found.block].name if found else None


def heading_of(said: str) -> FoundHeading:
    """The heading in a line of a proposal."""
    found = heading_in(said, PROPOSAL)
    assert found is not None
    return found


@pytest.mark.parametrize("hashes", ["#", "##", "###", "####", "#####", "######"])
def test_a_heading_is_one_at_every_level_of_markdown(hashes: str) -> None:
    found = heading_of(f"{hashes} {RATIONALE}")
    assert (found.line.mark, found.line.number, found.is_whole) == ("hash", "", True)
    assert (found.match.start, found.match.end) == (len(hashes) + 1, len(hashes) + 1 + len(RATIONALE))


@pytest.mark.parametrize(
    ("said", "mark", "number"),
    [
        (RATIONALE, "plain", ""),
        (f"- {RATIONALE}", "plain", ""),
        (f"• {RATIONALE}", "plain", ""),
        (f"| {RATIONALE} |", "plain", ""),
        (f"**{RATIONALE}**", "bold", ""),
        (f"**{RATIONALE} :**", "bold", ""),
        (f"## **{RATIONALE}**", "hash", ""),
        (f"1. {RATIONALE}", "number", "1"),
        (f"๑. {RATIONALE}", "number", "1"),
        (f"1.{RATIONALE}", "number", "1"),
        (f"๑) {RATIONALE}", "number", "1"),
        (f"(๑) {RATIONALE}", "number", "1"),
        (f"12. {RATIONALE}", "number", "12"),
        (f"๑.๒ {RATIONALE}", "number", "1.2"),
        (f"1 . 2 {RATIONALE}", "number", "1.2"),
        (f"๑.๒.๓ {RATIONALE}", "number", "1.2.3"),
        (f"## ๑. {RATIONALE}", "number", "1"),
        (f"**๑. {RATIONALE}**", "number", "1"),
        (f"**๑.** {RATIONALE}", "number", "1"),
        (f"- ๑. {RATIONALE}", "number", "1"),
    ],
)
def test_a_heading_tells_what_sets_it_apart(said: str, mark: str, number: str) -> None:
    found = heading_of(said)
    assert (found.line.mark, found.line.number, found.score) == (mark, number, 100)
    assert said[found.match.start : found.match.end] == RATIONALE


@pytest.mark.parametrize("tail", ["", " ", ":", " :", ".....", " …", "**", " |", " #"])
def test_a_heading_is_whole_where_only_ornament_stands_behind_it(tail: str) -> None:
    assert heading_of(RATIONALE + tail).is_whole


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("หลักการเละเหตุผล", id="a letter misread"),
        pytest.param("หลักกรและเหตผล", id="letters lost"),
        pytest.param("หลกการและเหตุผล", id="a mark lost"),
        pytest.param("หลักการและเหตุผลล", id="a letter doubled"),
        pytest.param("หลัก การ และ เหตุผล", id="blanks inside"),
        pytest.param("l. หลักการและเหตุผล", id="a letter for the number"),
        pytest.param("## ?. หลักการและเหตุผล", id="a sign for the number"),
    ],
)
def test_a_damaged_heading_is_found(said: str) -> None:
    assert proposal(said) == "rationale"
    assert heading_of(said).score >= 85


def test_a_damaged_heading_is_less_sure_than_a_whole_one() -> None:
    assert heading_of("หลักกรและเหตผล").score < heading_of(RATIONALE).score


@pytest.mark.parametrize(
    "said",
    [
        "",
        "-",
        "##",
        "1.",
        "๑.",
        "หลักการ",
        "เหตุผล",
        "โรงเรียนอยู่ไกล",
        "ตามหลักการและเหตุผลที่เสนอ",
        "หลักการและเหตุผลของโครงการคือน้ำไม่พอ",
        "หลักการและเหตุผล โรงเรียนขาดน้ำ",
        "งบประมาณของโครงการมาจากเขต",
        "งบประมาณ ๕๐๐ บาท",
        "วัตถุประสงค์ที่ตั้งไว้ยังไม่สำเร็จ",
        "เป้าหมายของเราคือน้ำสะอาดสำหรับทุกคน",
        "ลงชื่อเข้าร่วมกิจกรรมที่หน้างาน",
    ],
)
def test_the_words_of_a_heading_in_a_sentence_are_none(said: str) -> None:
    assert proposal(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "ผลการดำเนินงานของโครงการเป็นไปตามแผน",
        "ข้อเสนอแนะของครูคือจัดอบรมซ้ำ",
        "ข้อเสนอแนะ ๒ ข้อ",
        "ปัญหาและอุปสรรคที่พบคือฝนตก",
        "เป้าหมายเชิงผลผลิตของครูสูงขึ้น",
        "ตัวชี้วัดความสำเร็จเพิ่มขึ้นจากปีก่อน",
        f"{TARGETS}ดีขึ้นมาก",
    ],
)
def test_a_heading_without_a_period_or_a_lead_fills_its_line(said: str) -> None:
    assert area(said) is None


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("before", ["", "## ", "๑. ", "**"])
@pytest.mark.parametrize("gap", [" ", ""])
def test_a_period_may_stand_behind_a_heading(before: str, gap: str, period: str) -> None:
    said = f"{before}{TARGETS}{gap}{period}"
    found = heading_in(said, AREA)
    assert found is not None
    assert AREA.blocks[found.block].name == "targets"
    assert said[found.match.start : found.match.end] == TARGETS
    assert found.is_whole is not bool(period)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(
    ("heading", "block"),
    [
        ("ความก้าวหน้าของกิจกรรมที่ดำเนินการ", "activities"),
        ("สรุปปัญหาและข้อเสนอแนะของโครงการ", "conclusions"),
        ("การเบิกจ่ายงบประมาณประจำ", "disbursement"),
        ("โครงการที่ยังไม่ได้ดำเนินการ", "not_started"),
        ("โครงการที่อยู่ระหว่างดำเนินการ", "in_progress"),
        ("โครงการที่ดำเนินการแล้วเสร็จ", "completed"),
    ],
)
def test_every_heading_of_a_quarter_takes_every_period(heading: str, block: str, period: str) -> None:
    assert area(f"{heading}{period}") == block


def test_a_long_sentence_with_a_figure_is_no_period() -> None:
    said = "พบว่าครูร้อยละ ๙๐ ได้รับการพัฒนาตามที่กำหนดไว้ครบทุกโรงเรียนในเขตพื้นที่และผู้ปกครองพอใจมาก"
    assert area(f"{TARGETS} {said}") is None


def test_a_heading_that_takes_no_period_is_none_with_a_figure_behind_it() -> None:
    assert area("ผลการดำเนินงาน ๒") is None


@pytest.mark.parametrize(
    ("said", "block"),
    [
        ("ผลการดำเนินงาน", "results"),
        ("ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ", "strategy_results"),
        ("ผลการดำเนินงานต่อเป้าหมายของแผนแม่บทประเด็น", "strategy_results"),
        ("เป้าหมายเชิงผลผลิต", "outputs"),
        ("เป้าหมายเชิงผลผลิต (Output)", "outputs"),
        ("เป้าหมายเชิงผลลัพธ์", "outcomes"),
        ("เป้าหมายเชิงผลลัพธ์ (Outcome)", "outcomes"),
        ("ปัญหาและอุปสรรค", "problems"),
        ("ปัญหาและอุปสรรคในการดำเนินงาน", "problems"),
        ("ดัชนีชี้วัดความสำเร็จ", "indicators"),
        ("โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "completed"),
        ("โครงการที่ยังไม่ดำเนินการ", "not_started"),
    ],
)
def test_the_longest_heading_that_a_line_prints_is_it(said: str, block: str) -> None:
    assert area(said) == block


@pytest.mark.parametrize(
    ("said", "block"),
    [
        ("ตัวชี้วัด", "indicators"),
        ("ตัวชี้วัดความสำเร็จของโครงการ", "indicators"),
        ("ระยะเวลาและสถานที่ดำเนินการ", "schedule"),
        ("สถานที่ดำเนินการ", "place"),
        ("การประเมินผลโครงการ", "monitoring"),
        ("ประโยชน์ที่คาดว่าจะได้รับ", "benefits"),
        ("หน่วยงานที่รับผิดชอบ", "office"),
        ("ผู้รับผิดชอบ", "responsible"),
    ],
)
def test_a_block_goes_by_several_names(said: str, block: str) -> None:
    assert proposal(said) == block


@pytest.mark.parametrize("dress", ["{}", "## {}", "**{}**", "๔. {}"])
@pytest.mark.parametrize(
    "label", ["ผลการเบิกจ่ายงบประมาณ", "จำนวนเงินงบประมาณตามแผนการใช้จ่าย", "จำนวนเงินงบประมาณที่เบิกจ่ายจริง"]
)
def test_a_label_of_the_form_is_no_heading_that_it_resembles(label: str, dress: str) -> None:
    assert area(dress.format(label)) is None


@pytest.mark.parametrize("behind", [" : น้ำไม่พอ", ": น้ำไม่พอ", "\tน้ำไม่พอ", "  น้ำไม่พอ", "....น้ำไม่พอ"])
def test_a_blocks_first_words_may_stand_behind_a_heading_that_leads(behind: str) -> None:
    found = heading_of(RATIONALE + behind)
    assert (found.match.end, found.is_whole) == (len(RATIONALE), False)


@pytest.mark.parametrize("before", ["๑. ", "## "])
def test_one_blank_parts_the_first_words_from_a_heading_that_is_set_apart(before: str) -> None:
    assert proposal(f"{before}{RATIONALE} น้ำไม่พอ") == "rationale"


def test_bold_ends_where_the_first_words_begin() -> None:
    assert proposal(f"**{RATIONALE}** น้ำไม่พอ") == "rationale"


def test_a_heading_that_may_not_lead_has_nothing_behind_it() -> None:
    assert area("สรุปปัญหาและข้อเสนอแนะของโครงการ") == "conclusions"
    assert area("สรุปปัญหาและข้อเสนอแนะของโครงการ : จัดอบรมซ้ำ") is None


@pytest.mark.parametrize("said", ["หมายเหตุ", "หมายเหตุ : ข้อมูลไม่ครบ", "หมายเหตุ ข้อมูลไม่ครบ", "**หมายเหตุ** ข้อมูลไม่ครบ"])
def test_no_other_sentence_begins_like_a_remark(said: str) -> None:
    assert area(said) == "remark"


@pytest.mark.parametrize("said", ["ลงชื่อ", "ลงชื่อ....................", "ลงชื่อ : ", "(ลงชื่อ)...................."])
def test_a_place_to_sign_is_found_with_its_dots(said: str) -> None:
    assert proposal(said) == "certification"


@pytest.mark.parametrize(
    ("said", "number", "name"),
    [
        ("๑. โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("1. โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("๑.โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("๑) โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("(๑) โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("๑ โครงการอ่านออก", 1, "โครงการอ่านออก"),
        ("## ๑๒. โครงการอ่านออก", 12, "โครงการอ่านออก"),
        ("**๑๒. โครงการอ่านออก**", 12, "โครงการอ่านออก**"),
        ("- ๑๒. โครงการอ่านออก", 12, "โครงการอ่านออก"),
        ("๓.๑๐ โครงการอ่านออก", 10, "โครงการอ่านออก"),
        ("3.10. โครงการอ่านออก", 10, "โครงการอ่านออก"),
        ("๑. โครงกรอ่านออก", 1, "โครงกรอ่านออก"),
        ("๑. โคงรการอ่านออก", 1, "โคงรการอ่านออก"),
        ("โครงการอ่านออก", None, "โครงการอ่านออก"),
        ("l. โครงการอ่านออก", None, "โครงการอ่านออก"),
        ("? โครงการอ่านออก", None, "โครงการอ่านออก"),
    ],
)
def test_a_name_in_order_has_its_last_number(said: str, number: int | None, name: str) -> None:
    found = name_in_order(*line_of(said), NumberedName("โครงการ"))
    assert found is not None
    assert (found[0], said[found[1] :]) == (number, name)


@pytest.mark.parametrize(
    "said", ["", "๑.", "๑. กิจกรรมอ่านออก", "การจัดโครงการ", "๑. อบรมตามโครงการ", "๒๕๖๗ โครงการอ่านออก"]
)
def test_a_line_that_does_not_begin_with_the_word_is_no_name(said: str) -> None:
    assert name_in_order(*line_of(said), NumberedName("โครงการ")) is None


def test_only_a_form_with_names_in_order_has_openers_of_that_kind() -> None:
    assert [AREA.blocks[block].name for block, _ in openers_of(AREA, NumberedName)] == ["project"]
    assert openers_of(PROPOSAL, NumberedName) == []
