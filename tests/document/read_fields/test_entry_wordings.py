"""Entries in the words and signs of other offices: whatever stands around a value, the value is the same."""

import pytest

from tests.document.read_fields.test_entries import DONE, read, sound
from tests.support.small_report import DATES, ON_PLAN, ON_TARGET

NUMBERS = (1, 2, 3)
FIGURES = "ความก้าวหน้าของงาน = {n}0.00 % : งบประมาณที่เบิกใช้ = {n},000 บาท"
STATUSES = f": {ON_PLAN}\n: {ON_TARGET}"


def entries(head: str, figures: str, statuses: str) -> list[list[str]]:
    """Three entries printed in a way."""
    return [
        [part.format(n=n, day=DATES[n - 1], done=DONE[n - 1]) for part in (head, figures, statuses)] for n in NUMBERS
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "head",
    [
        "รายงานครั้งที่ {n} ({day})\n{done}",
        "รายงานครั้งที่ {n} เมื่อวันที่ {day}\n{done}",
        "รายงานครั้งที่ {n} ณ วันที่ {day} : {done}",
        "รายงานครั้งที่ {n} ลงวันที่ {day}\nกิจกรรมที่ดำเนินการ : {done}",
        "รายงานครั้งที่ {n} วันที่ {day}\nการดำเนินงาน : {done}",
        "รายงานครั้งที่ {n}/2561 วันที่ {day}\n{done}",
        "รายงานครั้งที่ {n}\n{day}\n- {done}",
        "**รายงานครั้งที่ {n}**\nวันที่รายงาน : {day}\nรายละเอียด : {done}",
        "## รายงานครั้งที่ {n} ({day})\n{done}",
        "### รายงานครั้งที่ {n}\n- **วันที่รายงาน:** {day}\n- **กิจกรรม:** {done}",
        "{n}. รายงานครั้งที่ {n} วันที่ {day}\n{done}",
        "๒.{n} รายงานครั้งที่ {n} วันที่ {day}\n{done}",
        "ครั้งที่ {n} วันที่ {day} {done}",
        "การรายงานครั้งที่ {n}\nวันที่ {day}\n{done}",
        "รายงานความก้าวหน้าครั้งที่ {n} วันที่ {day}\n{done}",
        "รายงานผลครั้งที่ {n} วันที่ {day}\n{done}",
    ],
)
def test_an_entry_may_begin_in_other_words(head: str, gap: str) -> None:
    assert read(entries(head, FIGURES, STATUSES), gap=gap) == sound(*NUMBERS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "figures",
    [
        "ความก้าวหน้าของงาน (ร้อยละ) : {n}0.00\nงบประมาณที่เบิกใช้ (บาท) : {n},000.00",
        "ความก้าวหน้า : {n}0.00 % / เบิกจ่าย : {n},000 บาท",
        "คืบหน้าร้อยละ {n}0.00 เบิกจ่ายแล้ว {n},000 บาท",
        "ความก้าวหน้าของโครงการ ร้อยละ {n}0.00\nเบิกจ่ายงบประมาณ {n},000 บาท",
        "ผลความก้าวหน้า {n}0.00 เปอร์เซ็นต์ งบประมาณที่ใช้ {n},000 บาท",
        "ร้อยละความก้าวหน้า : {n}0.00\nจำนวนเงินที่เบิกจ่าย : {n},000.- บาท",
        "(1) ความก้าวหน้าของงาน {n}0.00 %\n(2) งบประมาณที่เบิกใช้ {n},000 บาท",
        "ก. ความก้าวหน้าของงาน {n}0.00 %\nข. งบประมาณที่เบิกใช้ {n},000 บาท",
        "- ความก้าวหน้าของงาน : {n}0.00 %\n- งบประมาณที่เบิกใช้ : {n},000 บาท",
        "- **ความก้าวหน้า:** {n}0.00 %\n- **งบประมาณที่เบิกใช้:** {n},000 บาท",
        "ความก้าวหน้าของงาน\t{n}0.00 %\nงบประมาณที่เบิกใช้\t{n},000 บาท",
        "ความก้าวหน้าของงาน\t{n}0.00 %\nเบิกใช้งบประมาณ\t{n},000 บาท",
        "งบประมาณที่เบิกใช้ = {n},000 บาท : ความก้าวหน้าของงาน = {n}0.00 %",
    ],
)
def test_figures_may_stand_behind_other_words(figures: str, gap: str) -> None:
    assert read(entries("รายงานครั้งที่ {n} :: {day} : {done}", figures, STATUSES), gap=gap) == sound(*NUMBERS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "statuses",
    [
        "{plan} / {target}",
        "{plan}, {target}",
        "{plan} และ{target}",
        "({plan}) ({target})",
        "{plan}\t{target}",
        "- {plan}\n- {target}",
        "สถานะ : {plan} / {target}",
        "สถานะโครงการ : {plan} และ{target}",
        "แผน : {plan} เป้าหมาย : {target}",
        "เทียบแผน {plan} เทียบเป้าหมาย {target}",
        "เทียบกับแผน : {plan}\nเทียบกับเป้าหมาย : {target}",
        "☑ {plan}\n☑ {target}",
        "[/] {plan} [/] {target}",
        "☐ ช้ากว่าแผน ☑ {plan} ☐ เร็วกว่าแผน\n☐ ต่ำกว่าเป้าหมาย ☑ {target}",
        "(  ) ช้ากว่าแผน\n( / ) {plan}\n(  ) ต่ำกว่าเป้าหมาย\n( / ) {target}",
    ],
)
def test_statuses_may_stand_together_behind_words_and_boxes(statuses: str, gap: str) -> None:
    printed = statuses.format(plan=ON_PLAN, target=ON_TARGET)
    assert read(entries("รายงานครั้งที่ {n} :: {day} : {done}", FIGURES, printed), gap=gap) == sound(*NUMBERS)


def test_of_several_ticked_boxes_none_is_believed() -> None:
    printed = f"☑ ช้ากว่าแผน ☑ {ON_PLAN} ☐ เร็วกว่าแผน\n: {ON_TARGET}"
    found = read(entries("รายงานครั้งที่ {n} :: {day} : {done}", FIGURES, printed))
    assert [row[4] for row in found.values()] == [f"☑ ช้ากว่าแผน ☑ {ON_PLAN} ☐ เร็วกว่าแผน"] * 3


@pytest.mark.parametrize("said", ["เบิกจ่ายค่าจ้างงวดที่ 1 จำนวน 500 บาท", "จากนั้นจึงเบิกจ่าย 500 บาทให้ผู้รับจ้าง"])
def test_what_text_says_of_money_is_no_figure_of_the_entry(said: str) -> None:
    head = f"รายงานครั้งที่ {{n}} :: {{day}} : {{done}} {said}"
    found = read(entries(head, "ความก้าวหน้าของงาน = {n}0.00 %", STATUSES))
    assert [row[3] for row in found.values()] == [None] * 3


def test_a_label_and_its_value_are_no_damaged_heading() -> None:
    head = "รายงานครั้งที่ {n} วันที่ {day}\nผลการดำเนินงาน : {done}"
    assert read(entries(head, FIGURES, STATUSES)) == sound(*NUMBERS)


@pytest.mark.parametrize("blank", ["\t", "      "])
def test_labels_below_a_date_may_stand_left_of_what_they_say(blank: str) -> None:
    lines = ("ผลการดำเนินงาน", "{done}"), ("ความก้าวหน้าของงาน", "ร้อยละ {n}0"), ("เบิกใช้งบประมาณ", "{n},000 บาท")
    statuses = ("เทียบกับแผน", ON_PLAN), ("เทียบกับเป้าหมาย", ON_TARGET)
    figures, said = ("\n".join(f"   {label}{blank}{value}" for label, value in some) for some in (lines, statuses))
    assert read(entries("รายงานครั้งที่ {n}\tวันที่รายงาน {day}", figures, said), gap="\n") == sound(*NUMBERS)
