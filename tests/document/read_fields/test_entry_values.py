"""The values of an entry: behind damaged labels, by their shape, or as one of a few phrases; the rest stays text."""

from decimal import Decimal
from itertools import pairwise

import pytest

from pipeline.document.read_fields.entries import find_values
from schemas.forms.bma_progress_report import Entry
from tests.support.small_proposal import block_of
from tests.support.small_report import ON_PLAN, ON_TARGET, codes_of, entries_of, entry, report

DAY = "29/12/2560"


def values(text: str) -> dict[str, str]:
    """The raw text of each value."""
    joined = block_of(text)
    return {value.column: joined.text[slice(*value.span)] for value in find_values(Entry, joined)}


def figures(text: str) -> tuple[object, object]:
    """Percent and amount of an entry with this second line."""
    row = entries_of(report(entries=[f"รายงานครั้งที่ 1 :: {DAY} : ปลูกต้นไม้\n{text}\n: {ON_PLAN}\n: {ON_TARGET}"]))[1]
    assert row["activity"] == "ปลูกต้นไม้"
    assert (row["plan_status"], row["target_status"]) == ("on_plan", "on_target")
    return row["progress_percent"], row["disbursed_baht"]


HALF = Decimal("50.00"), Decimal("1500.00")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท", id="as printed"),
        pytest.param("ความก้าวหน้าของงานฯ = 50.00 %\nงบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท", id="two lines"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00% : งบประมาณที่เบิกใช้ (ครั้งที่1) = 1,500บาท", id="no blanks"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท", id="no percent sign"),
        pytest.param(":: ความก้าวหน้าของงานฯ 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) 1,500 บาท", id="no equals sign"),
        pytest.param(":: ความก้าวหน้าของงานฯ : 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) : 1,500 บาท", id="colons"),
        pytest.param(":: ความก้าวหน้าของงานฯ = ๕๐.๐๐ % : งบประมาณที่เบิกใช้ (ครั้งที่ ๑) = ๑,๕๐๐ บาท", id="Thai digits"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500.00 บาท", id="other decimals"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500.- บาท", id="dot and dash"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท", id="no colon between"),
        pytest.param(":: ความก้าวหน้าของงานฯ =\n50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) =\n1,500 บาท", id="values a line down"),
        pytest.param(
            "ความก้าวหน้าของงานฯ\n= 50.00 %\nงบประมาณที่เบิกใช้ (ครั้งที่ 1)\n= 1,500 บาท", id="equals sign a line down"
        ),
        pytest.param("ความก้าวหน้าของงานฯ = 50.00 %\nงบประมาณที่เบิกใช้\n(ครั้งที่ 1) = 1,500 บาท", id="its number a line down"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500\nบาท", id="baht a line down"),
        pytest.param(":: ความกาวหนาของงานฯ = 50.00 % : งบประมาณทีเบิกใช (ครังที 1) = 1,500 บาท", id="marks lost"),
        pytest.param(":: ดวามก้าวหน้าของงาบฯ = 50.00 % : งบปธะมาณที่เปิกใช้ (ดรั้งที่ 1) = 1,500 บาท", id="letters misread"),
        pytest.param(":: ความก้าวหน้าขอ งงานฯ = 50.00 % : งบประมาณ ที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท", id="blanks inside"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1 = 1,500 บาท", id="a bracket lost"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ ครั้งที่ 1) = 1,500 บาท", id="the other lost"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาห", id="a damaged baht"),
        pytest.param(":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บท", id="a letter of it lost"),
        pytest.param(":: ความก้าวหน้าของงาน = 50.00 % : งบประมาณที่เบิกจ่าย (ครั้งที่ 1) = 1,500 บาท", id="other words"),
        pytest.param(
            ":: ความก้าวหน้าของงานฯ = 50.00 % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 1,500 บาท (หนึ่งพันห้าร้อยบาทถ้วน)",
            id="in words too",
        ),
    ],
)
def test_figures_are_read_whatever_became_of_their_labels(line: str) -> None:
    assert figures(line) == HALF


def test_a_hundred_percent_with_and_without_decimals() -> None:
    for printed in ("100.00 %", "100.0%", "100 %", "100.00", "๑๐๐%"):
        assert entries_of(report(entries=[entry(1, percent=printed)]))[1]["progress_percent"] == 100


@pytest.mark.parametrize("amount", ["- บาท", "-", "..... บาท", "บาท", ""])
def test_a_silent_amount_is_null_without_a_finding(amount: str) -> None:
    text = report(entries=[entry(1, amount=amount)], header={"งบประมาณที่ใช้ไป": "-"})
    row = entries_of(text)[1]
    assert (row["disbursed_baht"], row["progress_percent"]) == (None, 25)
    assert (row["plan_status"], row["target_status"]) == ("on_plan", "on_target")
    assert row["activity"] == "ปลูกต้นไม้ตามแผนงาน"
    assert codes_of(text) == set()


@pytest.mark.parametrize("amount", ["1,50O0 บาท", "15,00 บาท", "1.500.00 บาท", "หลายพัน บาท"])
def test_an_amount_that_cannot_be_read_is_null_with_a_finding(amount: str) -> None:
    text = report(entries=[entry(1, amount=amount)], header={"งบประมาณที่ใช้ไป": "-"})
    assert entries_of(text)[1]["disbursed_baht"] is None
    assert "unreadable_value" in codes_of(text)


@pytest.mark.parametrize("percent", ["150.00 %", "5O.OO %", "-5 %", "50.00.00 %"])
def test_a_percentage_that_cannot_be_read_is_null_with_a_finding(percent: str) -> None:
    text = report(entries=[entry(1, percent=percent)])
    found = entries_of(text)[1]["progress_percent"]
    assert found is None or (percent.startswith("5O") and found == 50)
    assert found is not None or "unreadable_value" in codes_of(text)


@pytest.mark.parametrize(
    "day",
    [
        "29/12/2560",
        "29/12/60",
        "๒๙/๑๒/๒๕๖๐",
        "29 ธ.ค. 2560",
        "29 ธันวาคม พ.ศ. 2560",
        "2017-12-29",
        "2017-12-29 00:00:00",
        "29-12-2560",
    ],
)
def test_a_date_leads_an_entry_in_any_form(day: str) -> None:
    row = entries_of(report(entries=[entry(1, date=day)]))[1]
    assert (str(row["report_date"]), row["activity"]) == ("2017-12-29", "ปลูกต้นไม้ตามแผนงาน")


FRONTS, BEHINDS = (
    (" :: ", " : ", " .: ", " :; ", " ; ", ": ", "::", "\t", "   "),
    (" :: ", ": ", "\n", " ; ", ". ", "  "),
)


@pytest.mark.parametrize(
    ("front", "behind"), [*((front, " : ") for front in FRONTS), *((" :: ", behind) for behind in BEHINDS)]
)
def test_the_signs_around_a_date_do_not_matter(front: str, behind: str) -> None:
    figures = entry(1).split("\n\n", 1)[1]
    row = entries_of(report(entries=[f"รายงานครั้งที่ 1{front}29/12/2560{behind}ปลูกต้นไม้\n{figures}"]))[1]
    assert (str(row["report_date"]), row["activity"]) == ("2017-12-29", "ปลูกต้นไม้")


@pytest.mark.parametrize("label", ["รายงานครั้งที่ 2 ", ""])
@pytest.mark.parametrize("day", ["2018-03-30  00:00:00", "30/3/2561", "30 มีนาคม พ.ศ. 2561", "30 มี.ค. 61"])
def test_a_date_without_a_colon_behind_it_is_taken_whole(label: str, day: str) -> None:
    figures = entry(2).split("\n\n", 1)[1]
    row = entries_of(report(entries=[entry(1), f"{label}:: {day}  ส่งมอบงาน\n{figures}"]))[2]
    assert (str(row["report_date"]), row["activity"]) == ("2018-03-30", "ส่งมอบงาน")


@pytest.mark.parametrize("day", ["30 มีนาคม\nพ.ศ. 2561", "30\nมีนาคม 2561", "2018-03-30\n00:00:00"])
def test_a_date_cut_by_a_line_break_is_read_or_told(day: str) -> None:
    text = report(entries=[entry(1), entry(2, date=day)])
    row = entries_of(text)[2]
    assert str(row["report_date"]) == "2018-03-30" or "unreadable_value" in codes_of(text)
    assert row["activity"] == "ปลูกต้นไม้ตามแผนงาน"


@pytest.mark.parametrize("day", ["30 มีนาดม พ.ศ. 2561", "30 มีน าคม พ.ศ. 2561", "3O มีนาคม 2561", "30 มนคม 2561"])
def test_a_date_whose_month_is_damaged_is_read_or_told_and_no_part_of_the_activity(day: str) -> None:
    text = report(entries=[entry(1), entry(2, date=day)])
    row = entries_of(text)[2]
    assert str(row["report_date"]) == "2018-03-30" or "unreadable_value" in codes_of(text)
    assert row["activity"] == "ปลูกต้นไม้ตามแผนงาน"


@pytest.mark.parametrize("day", ["31/11/2560", "3l/1A/2560"])
def test_a_date_that_is_none_is_null_with_a_finding_and_no_part_of_the_activity(day: str) -> None:
    text = report(entries=[entry(1, date=day)])
    row = entries_of(text)[1]
    assert row["report_date"] is None
    assert row["activity"] == "ปลูกต้นไม้ตามแผนงาน"
    assert codes_of(text) & {"impossible_date", "unreadable_value"}


def test_a_date_inside_the_activity_is_not_the_entrys() -> None:
    text = report(entries=[entry(1, activity="ลงนามเมื่อ 15/12/2560 และเริ่มงาน 20/12/2560")])
    row = entries_of(text)[1]
    assert str(row["report_date"]) == "2017-12-29"
    assert row["activity"] == "ลงนามเมื่อ 15/12/2560 และเริ่มงาน 20/12/2560"


def test_an_entry_without_a_date_has_none_though_its_activity_names_one() -> None:
    text = report(entries=["รายงานครั้งที่ 1 :: - : ลงนามเมื่อ 15/12/2560 แล้ว\n" + entry(1).split("\n\n", 1)[1]])
    row = entries_of(text)[1]
    assert row["report_date"] is None
    assert "15/12/2560" in str(row["activity"])


KNOWN = {
    "เป็นไปตามแผน": "on_plan",
    "ล่าช้ากว่าแผน": "behind_plan",
    "ช้ากว่าแผน": "behind_plan",
    "เร็วกว่าแผน": "ahead_of_plan",
}


@pytest.mark.parametrize(("words", "status"), KNOWN.items())
def test_a_known_status_is_named(words: str, status: str) -> None:
    row = entries_of(report(entries=[entry(1, statuses=(words, ON_TARGET))]))[1]
    assert (row["plan_status"], row["target_status"]) == (status, "on_target")


@pytest.mark.parametrize("words", ["เป็นไปตามแฝน", "เปนไปตามแผน", "เป็น ไปตามแผน", "เป็นไปตามแผ น", "เป็นไปตามแผนน"])
def test_a_damaged_status_is_named(words: str) -> None:
    assert entries_of(report(entries=[entry(1, statuses=(words, ON_TARGET))]))[1]["plan_status"] == "on_plan"


@pytest.mark.parametrize("words", ["อยู่ระหว่างทบทวนแผน", "ปรับแผนแล้ว", "รอผลการพิจารณา"])
def test_words_that_are_no_known_status_stay_as_printed(words: str) -> None:
    row = entries_of(report(entries=[entry(1, statuses=(words, ON_TARGET))]))[1]
    assert (row["plan_status"], row["target_status"]) == (words, "on_target")
    assert row["activity"] == "ปลูกต้นไม้ตามแผนงาน"


@pytest.mark.parametrize(
    "words",
    [
        "ไม่เป็นไปตามแผน",
        "ไมเป็นไปตามแผน",
        "ไม่เป็นไปตามแฝน",
        "ไม่ เป็นไปตามแผน",
        "ใม่เป็นไปตามแผน",
        "ยังไม่เป็นไปตามแผน",
        "มิได้เป็นไปตามแผน",
    ],
)
def test_a_negated_status_is_never_read_as_its_opposite(words: str) -> None:
    row = entries_of(report(entries=[entry(1, statuses=(words, ON_TARGET))]))[1]
    assert row["plan_status"] == words
    assert row["target_status"] == "on_target"


@pytest.mark.parametrize(
    "words", ["ไม่เป็นไปตามเป้าหมาย", "ไม่เปนไปตามเปาหมาย", "ยังไม่เป็นไปตามเป้าหมาย", "มิได้เป็นไปตามเป้าหมาย"]
)
def test_a_negated_target_is_never_read_as_its_opposite(words: str) -> None:
    row = entries_of(report(entries=[entry(1, statuses=(ON_PLAN, words))]))[1]
    assert (row["plan_status"], row["target_status"]) == ("on_plan", words)


@pytest.mark.parametrize("silence", ["-", "....", ""])
@pytest.mark.parametrize("front", [": ", ""])
def test_a_silent_status_does_not_lose_the_other(silence: str, front: str) -> None:
    lines = [f"รายงานครั้งที่ 1 :: {DAY} : ปลูกต้นไม้", entry(1).split("\n\n")[1]]
    first = "\n".join([*lines, f"{front}{silence}", f"{front}{ON_TARGET}"])
    row = entries_of(report(entries=[first]))[1]
    assert (row["plan_status"], row["target_status"], row["activity"]) == (None, "on_target", "ปลูกต้นไม้")
    second = "\n".join([*lines, f"{front}{ON_PLAN}", f"{front}{silence}"])
    row = entries_of(report(entries=[second]))[1]
    assert (row["plan_status"], row["target_status"], row["activity"]) == ("on_plan", None, "ปลูกต้นไม้")


def test_a_dash_before_a_status_stands_for_the_other() -> None:
    lines = [f"รายงานครั้งที่ 1 :: {DAY} : ปลูกต้นไม้", entry(1).split("\n\n")[1]]
    row = entries_of(report(entries=[" ".join([*lines, "-", ON_TARGET])]))[1]
    assert (row["plan_status"], row["target_status"], row["activity"]) == (None, "on_target", "ปลูกต้นไม้")


def test_both_statuses_may_stand_on_one_line() -> None:
    for text in (
        f": {ON_PLAN} : {ON_TARGET}",
        f"{ON_PLAN} {ON_TARGET}",
        f"{ON_PLAN}{ON_TARGET}",
        f": {ON_PLAN}\t{ON_TARGET}",
    ):
        row = entries_of(report(entries=[entry(1, statuses=()) + "\n" + text]))[1]
        assert (row["plan_status"], row["target_status"]) == ("on_plan", "on_target")


@pytest.mark.parametrize(
    "said",
    ["งานเป็นไปตามแผนที่วางไว้ทุกประการ", "สำรวจแล้วพบว่างานช้ากว่าแผน 10 วัน", "ไม่เป็นไปตามเป้าหมายที่ตั้งไว้ในปีก่อน"],
)
def test_an_activity_that_speaks_of_the_plan_is_no_status(said: str) -> None:
    row = entries_of(report(entries=[entry(1, activity=said, statuses=("ช้ากว่าแผน", ON_TARGET))]))[1]
    assert (row["activity"], row["plan_status"], row["target_status"]) == (said, "behind_plan", "on_target")


@pytest.mark.parametrize(
    "said",
    [
        "เบิกจ่ายแล้ว 20,000 บาท",
        "แล้วเสร็จร้อยละ 30",
        "งานก้าวหน้า 30 % ของทั้งหมด",
        "งบประมาณ = 500 บาท ต่อคน",
        "วงเงิน (20,000 บาท)",
    ],
)
def test_figures_of_the_activity_are_not_the_entrys(said: str) -> None:
    row = entries_of(report(entries=[entry(1, activity=said)]))[1]
    assert (row["progress_percent"], row["disbursed_baht"], row["activity"]) == (Decimal(25), Decimal(1500), said)


def test_a_value_knows_the_number_beside_it() -> None:
    found = find_values(Entry, block_of("งบประมาณที่เบิกใช้ (ครั้งที่ 12) = 1,500 บาท"))
    assert [(value.column, value.number) for value in found] == [("disbursed_baht", 12)]


def test_no_value_stands_inside_another() -> None:
    text = entry(1).removeprefix("รายงานครั้งที่ 1")
    found = find_values(Entry, block_of(text))
    assert [value.column for value in found] == [
        "report_date", "progress_percent", "disbursed_baht", "plan_status", "target_status",
    ]  # fmt: skip
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("text", ["", " : ", "\n\n", "ปลูกต้นไม้", "= : =", "((("])
def test_text_without_values_has_none(text: str) -> None:
    assert values(text) == {}
