"""Printed labels in a passage: whole, damaged, glued, without a colon, and values that quote them."""

from collections.abc import Callable, Collection, Iterator, Mapping

import pytest

from normalizers.fuzzy_match import LOOK_ALIKES
from normalizers.text import line
from parsers import forms
from parsers.base import Labelled, LabelledRows
from pipeline.document.read_fields.find_labels import FoundLabel, find_labels
from schemas.base import Label, columns_with
from tests.support.small_proposal import block_of

LINK = {
    "issue": ("ประเด็นยุทธศาสตร์",),
    "sub_issue": ("ประเด็นยุทธศาสตร์ย่อย",),
    "goal": ("เป้าหมายที่", "เป้าหมาย"),
    "indicator": ("ตัวชี้วัด",),
}
HEADER = {
    "name": ("ชื่อโครงการ/กิจกรรม", "ชื่อโครงการ"),
    "code": ("รหัสโครงการ",),
    "start": ("เริ่มต้นโครงการ",),
    "end": ("สิ้นสุดโครงการ",),
    "received": ("งบประมาณที่ได้รับ",),
    "spent": ("งบประมาณที่ใช้ไป",),
}
PEOPLE = {
    "responsible": ("ชื่อผู้รับผิดชอบ", "ผู้รับผิดชอบ", "ชื่อผู้รับผิดชอบโครงการ", "ผู้รับผิดชอบโครงการ"),
    "coordinator": ("ผู้ประสานงาน สยป", "ผู้ประสานงาน"),
}
Names = Mapping[str, tuple[str, ...]]


def labels(text: str, names: Names = HEADER, *, begin_lines: Collection[str] = ()) -> list[FoundLabel]:
    """The labels in a text."""
    words = tuple(word for forms in names.values() for word in forms)
    return find_labels(block_of(text, words=words), names, begin_lines=begin_lines)


def values(text: str, names: Names = HEADER) -> dict[str, str | None]:
    """What stands behind each label, up to the next one."""
    hits = labels(text, names)
    said = block_of(text).text
    ends = [*(hit.start for hit in hits[1:]), len(said)]
    return {hit.key: line(said[hit.value_start : end]) for hit, end in zip(hits, ends, strict=False)}


def test_labels_on_lines_of_their_own() -> None:
    assert values("รหัสโครงการ : 1-1\nเริ่มต้นโครงการ : 1/10/2560") == {"code": "1-1", "start": "1/10/2560"}


@pytest.mark.parametrize("gap", [" ", "   ", "\t", " \t "])
def test_two_labels_on_a_line(gap: str) -> None:
    text = f"เริ่มต้นโครงการ : 1/10/2560{gap}งบประมาณที่ได้รับ : 5,000 บาท"
    assert values(text) == {"start": "1/10/2560", "received": "5,000 บาท"}


def test_all_labels_on_one_line() -> None:
    text = "รหัสโครงการ : 1-1 เริ่มต้นโครงการ : 1/10/2560 สิ้นสุดโครงการ : - งบประมาณที่ใช้ไป : 7 บาท"
    assert values(text) == {"code": "1-1", "start": "1/10/2560", "end": None, "spent": "7 บาท"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("รหัสโครงการ1-1", id="glued to the value"),
        pytest.param("รหัสโครงการ 1-1", id="no colon"),
        pytest.param("รหัสโครงการ... : 1-1", id="dots"),
        pytest.param("รหัสโครงการ: 1-1", id="colon without a blank"),
        pytest.param("รหัสโครงการ :1-1", id="value without a blank"),
        pytest.param("รหัสโครงการ :: 1-1", id="two colons"),
        pytest.param("รหัสโครงการ = 1-1", id="equals sign"),
        pytest.param("รหัสโครงการ : 1-1", id="full-width colon"),
        pytest.param("**รหัสโครงการ** : 1-1", id="bold"),
        pytest.param("- รหัสโครงการ : 1-1", id="a bullet"),
        pytest.param("| รหัสโครงการ | : 1-1", id="a cell"),
        pytest.param("รหัส โครงการ : 1-1", id="a blank inside"),
        pytest.param("รหัสโครงการ :\n1-1", id="the value on the next line"),
    ],
)
def test_the_dress_of_a_label_does_not_matter(text: str) -> None:
    found = values(text)
    assert list(found) == ["code"]
    assert (found["code"] or "").strip("| :") == "1-1"


@pytest.mark.parametrize(
    "label",
    [
        pytest.param("รหสโครงการ", id="a mark lost"),
        pytest.param("รหััสโครงการ", id="a mark doubled"),
        pytest.param("รหัสโดรงการ", id="a letter misread"),
        pytest.param("รหัสโครงกร", id="a letter lost"),
        pytest.param("รหสัโครงการ", id="letters swapped"),
        pytest.param("ร หัสโค รงการ", id="blanks inside"),
        pytest.param("รหัสไครงกาธ", id="two letters misread"),
    ],
)
def test_a_damaged_label_is_known(label: str) -> None:
    assert values(f"{label} : 1-1") == {"code": "1-1"}
    assert values(f"เริ่มต้นโครงการ : 1/10/2560 {label} : 1-1") == {"start": "1/10/2560", "code": "1-1"}


def test_a_label_that_begins_as_another_is_not_taken_for_it() -> None:
    text = "ประเด็นยุทธศาสตร์ : ด้านที่ 2\nประเด็นยุทธศาสตร์ย่อย : 2.2"
    assert values(text, LINK) == {"issue": "ด้านที่ 2", "sub_issue": "2.2"}


@pytest.mark.parametrize("label", ["ประเด็นยุทธศาสตร์ยอย", "ประเด็นยุทธศาตร์ย่อย", "ประเดนยุทธศาสตรย่อย", "ประเด็นยุทธศาสตร์ ย่อย"])
def test_the_longer_of_two_labels_is_known_when_damaged(label: str) -> None:
    assert values(f"{label} : 2.2", LINK) == {"sub_issue": "2.2"}


@pytest.mark.parametrize("label", ["ประเด็นยุทธศาสตร", "ประเดนยุทธศาสตร์", "ประเด็นยุทธศาตร์", "ประเด็น ยุทธศาสตร์"])
def test_the_shorter_of_two_labels_is_known_when_damaged(label: str) -> None:
    assert values(f"{label} : ด้านที่ 2", LINK) == {"issue": "ด้านที่ 2"}


@pytest.mark.parametrize("value", ["ยอดเยี่ยม", "ย่านการค้า", "ด้านที่ 2 - มหานคร", "เมืองน่าอยู่"])
def test_a_glued_value_is_not_taken_for_the_rest_of_a_longer_label(value: str) -> None:
    assert values(f"ประเด็นยุทธศาสตร์ {value}", LINK) == {"issue": value}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ผู้ประสานงานนายบดินทร์ สมมุติ", "นายบดินทร์ สมมุติ"),
        ("ผู้ประสานงาน สยปนายบดินทร์ สมมุติ", "นายบดินทร์ สมมุติ"),
        ("ผู้ประสานงานนางสาวยุพิน สมมุติ", "นางสาวยุพิน สมมุติ"),
        ("ผู้ประสานงาน สยบ นางรุจิ สมมุติ", "นางรุจิ สมมุติ"),
    ],
)
def test_a_name_glued_to_a_label_keeps_its_first_letters(text: str, name: str) -> None:
    assert values(text, PEOPLE) == {"coordinator": name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ชื่อผู้รับผิดชอบ...ดร.ภัทรา สมมุติ", "ดร.ภัทรา สมมุติ"),
        ("ชื่อผู้รับผิดชอบนายเดชา สมมุติ", "นายเดชา สมมุติ"),
        ("ผู้รับผิดชอบโครงการนายเดชา สมมุติ", "นายเดชา สมมุติ"),
        ("ชื่อผู้รับผิดชอบโครงกร : นายเดชา สมมุติ", "นายเดชา สมมุติ"),
        ("ชื่อผู้รับผิดชอบ... : กรองกาญจน์ สมมุติ", "กรองกาญจน์ สมมุติ"),
        ("ผู้รับผิดชอบ ผศ.ปรีชา สมมุติ", "ผศ.ปรีชา สมมุติ"),
    ],
)
def test_a_title_glued_to_a_label_is_kept(text: str, name: str) -> None:
    assert values(text, PEOPLE) == {"responsible": name}


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("ประเด็นยุทธศาสตร์ : ยอดเยี่ยม", LINK, {"issue": "ยอดเยี่ยม"}),
        ("ชื่อโครงการ : กิจกรรมเดินวิ่ง", HEADER, {"name": "กิจกรรมเดินวิ่ง"}),
        ("ชื่อผู้รับผิดชอบ : โครงการพิเศษ", PEOPLE, {"responsible": "โครงการพิเศษ"}),
        ("ผู้ประสานงาน : สยาม สมมุติ", PEOPLE, {"coordinator": "สยาม สมมุติ"}),
        ("เป้าหมาย : ที่ดินของเมือง", LINK, {"goal": "ที่ดินของเมือง"}),
    ],
)
def test_a_label_ends_at_its_colon_though_the_value_goes_on_as_a_longer_one(
    text: str, names: Names, found: dict[str, str]
) -> None:
    assert values(text, names) == found


def test_a_value_may_quote_its_own_label_and_others() -> None:
    text = "ชื่อโครงการ : พัฒนารหัสโครงการของเมือง\nรหัสโครงการ : 1-1\nเริ่มต้นโครงการ : -"
    assert values(text) == {"name": "พัฒนารหัสโครงการของเมือง", "code": "1-1", "start": None}


def test_a_label_is_taken_once() -> None:
    text = "ตัวชี้วัด : จำนวนตัวชี้วัดที่ผ่าน ตัวชี้วัด : ร้อยละ"
    assert [hit.key for hit in labels(text, LINK)] == ["indicator"]
    assert values(text, LINK) == {"indicator": "จำนวนตัวชี้วัดที่ผ่าน ตัวชี้วัด : ร้อยละ"}


@pytest.mark.parametrize("line_", ["งบประมาณที่ได้ไป : 5", "งบประมาณที่ : 5", "โครงการ : 5", "ชื่อ : 5"])
def test_a_label_as_near_to_another_is_refused(line_: str) -> None:
    assert values(line_) == {}


@pytest.mark.parametrize("text", ["", "\n", "ปลูกต้นไม้ริมคลอง", ": 5", "5,000 บาท"])
def test_text_without_a_label_has_none(text: str) -> None:
    assert values(text) == {}


def test_hits_say_how_alike_the_label_is() -> None:
    whole, damaged = (labels(f"{label} : 1-1")[0] for label in ("รหัสโครงการ", "รหัสโดรงกร"))
    assert whole.score == 100
    assert 85 <= damaged.score < 100


def test_a_hit_says_where_label_and_value_stand() -> None:
    text = "** รหัสโครงการ... ** : 1-1"
    hit = labels(text)[0]
    assert text[hit.start : hit.end] == "รหัสโครงการ"
    assert text[hit.value_start :] == "1-1"


def test_digits_are_never_fuzzy() -> None:
    names = {"one": ("กิจกรรมที่ 1",), "eleven": ("กิจกรรมที่ 11",), "seven": ("กิจกรรมที่ 7",)}
    assert values("กิจกรรมที่ 7 : ก\nกิจกรรมที่ 1 : ข\nกิจกรรมที่ 11 : ค", names) == {
        "seven": "ก",
        "one": "ข",
        "eleven": "ค",
    }
    assert values("กิจกรรมที่ 4 : ก", names) == {}


def declared() -> Iterator[Names]:
    """The labels of every block whose values stand behind labels, one key for each label."""
    for reads in (reads for form in forms() for block in form.blocks for reads in block.readings):
        match reads:
            case LabelledRows(labels=labels):
                yield dict(labels)
            case Labelled(model):
                by_label = {label: column for column, label in columns_with(model, Label).items()}
                yield {column: label.names for label, column in by_label.items()}


def misread(label: str) -> Iterator[str]:
    """The label with each one of its letters taken for a look-alike, and with each of its marks lost."""
    for at, letter in enumerate(label):
        group = next((group for group in LOOK_ALIKES if letter in group), letter)
        yield (
            label[:at] + (group[1] if group[0] == letter else group[0]) + label[at + 1 :] if group != letter else label
        )
        if "\N{THAI CHARACTER MAI HAN-AKAT}" <= letter <= "\N{THAI CHARACTER THANTHAKHAT}":
            yield label[:at] + label[at + 1 :]


def lacking(label: str) -> Iterator[str]:
    """The label with each one of its letters lost."""
    for at, letter in enumerate(label):
        if "ก" <= letter <= "ฮ":
            yield label[:at] + label[at + 1 :]


@pytest.mark.parametrize("tail", [" : 5", " 5", "ก"])
@pytest.mark.parametrize(("damage", "refused"), [(misread, 0.02), (lacking, 0.05)])
def test_every_declared_label_is_known_with_any_one_letter_damaged(
    damage: Callable[[str], Iterator[str]], refused: float, tail: str
) -> None:
    tried = [
        (key, printed, [hit.key for hit in labels(printed + tail, names)])
        for names in declared()
        for key in names
        for name in names[key]
        for printed in damage(name)
    ]
    unknown = [(key, printed, found) for key, printed, found in tried if found != [key]]
    assert len(unknown) <= refused * len(tried), unknown
    wrong = [printed for _, printed, found in unknown if found]
    assert wrong == [] or (damage is lacking and ":" not in tail), wrong  # "ประเด็น…ย่อ ก" may be either label


@pytest.mark.parametrize(
    "label", ["ประเด็นยุทธศาสคร์ย่อย :", "ประเด็นยุทธศาสตรยอย", "ประเด็นยุทธศาสตร์ย่ฮย :", "ประเดนยุทธศาสตร์ย่อย"]
)
def test_a_damaged_label_inside_a_line_that_begins_as_another_is_known(label: str) -> None:
    text = f"ประเด็นยุทธศาสตร์ : ด้านที่ 2 : Green and Walkable {label} 2.1"
    assert values(text, LINK) == {"issue": "ด้านที่ 2 : Green and Walkable", "sub_issue": "2.1"}


def test_a_label_whose_last_letter_is_damaged_is_taken_whole() -> None:
    assert values("ประเด็นยุทธศาสตร์ย่อย : 2.1\nเป้าหมายหี่ : 2.1.1", LINK) == {"sub_issue": "2.1", "goal": "2.1.1"}
    assert values("ประเด็นยุทธศาสตร์ย่อย : 2.1 เป้าหมายหี์ : 2.1.1", LINK) == {"sub_issue": "2.1", "goal": "2.1.1"}


def test_a_value_a_line_down_may_keep_the_colon() -> None:
    assert values("ตัวชี้วัด...\n: ร้อยละ 5", LINK) == {"indicator": "ร้อยละ 5"}
    assert values("หน่วยงานที่รับผิดชอบ.\n: กองต้นไม้", {"agency": ("หน่วยงานที่รับผิดชอบ",)}) == {"agency": "กองต้นไม้"}


def test_words_of_a_heading_are_not_taken_for_the_label_that_stands_before_a_colon_below() -> None:
    text = "รหัสโครวการแสรชื่อโครงาร\nชื่อโครงการ : ปลูกต้นไม้\nรหัสโครงการ : 1-1"
    found = values(text)
    assert (found["name"], found["code"]) == ("ปลูกต้นไม้", "1-1")


def test_a_label_cut_by_a_line_break_is_taken_whole() -> None:
    assert values("ผู้ประสานงาน\nสยป นางรุ่ง สมมุติ", PEOPLE) == {"coordinator": "นางรุ่ง สมมุติ"}
    assert values("ผู้ประสานงาน\nสยป : นางรุ่ง สมมุติ", PEOPLE) == {"coordinator": "นางรุ่ง สมมุติ"}


BEGINS = {"year": ("ปีงบประมาณ",), "name": ("ชื่อโครงการ",)}


@pytest.mark.parametrize("before", ["", "- ", "**", "## ", "| "])
def test_a_label_that_begins_lines_is_known_at_the_start_of_one_whatever_its_dress(before: str) -> None:
    hits = labels(f"{before}ปีงบประมาณ : 2570", BEGINS, begin_lines={"year"})
    assert [hit.key for hit in hits] == ["year"]


@pytest.mark.parametrize(
    "said", ["ตามปีงบประมาณ : 2570", "ทาสีรั้ว ปีงบประมาณ 2570", "ทาสีรั้ว ปีงบประมฌ : 2570", "ทาสีรั้วปีงบประมาณ2570"]
)
def test_a_label_that_begins_lines_is_not_sought_inside_one(said: str) -> None:
    assert [hit.key for hit in labels(f"ชื่อโครงการ : {said}", BEGINS, begin_lines={"year"})] == ["name"]


def test_other_labels_are_sought_inside_lines_though_one_begins_lines() -> None:
    hits = labels("ปีงบประมาณ : 2570 ชื่อโครงการ : ทาสีรั้ว", BEGINS, begin_lines={"year"})
    assert [hit.key for hit in hits] == ["year", "name"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (("เป้าหมาย", "กลุ่มเป้าหมาย"), "เป้าหมาย"),
        (("ปีงบประมาณ พ.ศ.", "ปีงบประมาณ"), "ปีงบประมาณ"),
        (("งบประมาณที่ได้รับ", "งบประมาณที่ได้รับจัดสรร"), "งบประมาณที่ได้รับ"),
    ],
)
def test_of_several_forms_of_a_label_the_one_as_printed_is_named(words: tuple[str, ...], printed: str) -> None:
    assert [hit.name for hit in labels(f"{printed} : 5", {"key": words})] == [printed]
