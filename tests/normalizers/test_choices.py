"""A phrase that is one of a few: named when it is surely one of them, else kept as printed."""

import pytest

from normalizers.fuzzy_match import choice

PLAN = {
    "on_plan": ("เป็นไปตามแผน",),
    "behind_plan": ("ช้ากว่าแผน", "ล่าช้ากว่าแผน", "ต่ำกว่าแผน"),
    "ahead_of_plan": ("เร็วกว่าแผน", "สูงกว่าแผน"),
}
TARGET = {
    "on_target": ("เป็นไปตามเป้าหมาย",),
    "below_target": ("ต่ำกว่าเป้าหมาย",),
    "above_target": ("สูงกว่าเป้าหมาย",),
}


@pytest.mark.parametrize(("name", "phrase"), [(name, phrase) for name in PLAN for phrase in PLAN[name]])
def test_every_declared_phrase_has_its_name(name: str, phrase: str) -> None:
    for printed in (phrase, f": {phrase}", f"**{phrase}**", f" {phrase} .", f"| {phrase} |", f":: {phrase}"):
        assert choice(printed, PLAN) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("เปนไปตามแผน", "on_plan"),
        ("เป็นไปตามแฝน", "on_plan"),
        ("เป็น ไป ตามแผ น", "on_plan"),
        ("เป็นไปตามแผนน", "on_plan"),
        ("เป็นไปดามแผน", "on_plan"),
        ("ลาชากวาแผน", "behind_plan"),
        ("เร็วกว่แผน", "ahead_of_plan"),
    ],
)
def test_a_damaged_phrase_has_its_name(printed: str, name: str) -> None:
    assert choice(printed, PLAN) == name


@pytest.mark.parametrize("word", ["ไม่", "ไม", "ใม่", "ไม่ ", "ยังไม่", "ไม่ได้", "มิ", "มิได้", "ม่", "ไ", "ยังมิได้", "หาไม่"])
@pytest.mark.parametrize("phrases", [PLAN, TARGET], ids=["plan", "target"])
def test_a_negated_phrase_is_never_read_as_its_opposite(word: str, phrases: dict[str, tuple[str, ...]]) -> None:
    for forms in phrases.values():
        for phrase in forms:
            assert choice(word + phrase, phrases) == word + phrase


def test_a_negation_that_is_declared_is_named() -> None:
    phrases = {**PLAN, "off_plan": ("ไม่เป็นไปตามแผน",)}
    assert choice("ไมเป็นไปตามแผน", phrases) == "off_plan"
    assert choice("เป็นไปตามแผน", phrases) == "on_plan"


@pytest.mark.parametrize("printed", ["อยู่ระหว่างดำเนินการ", "แผน", "เป็นไปตาม", "กว่าแผน", "xyz", "เป็นไปตามเป้าหมาย"])
def test_anything_else_stays_as_printed(printed: str) -> None:
    assert choice(f": {printed}", PLAN) == printed


def test_a_phrase_as_near_to_another_stays_as_printed() -> None:
    near = {"high": ("สูงกว่าเกณฑ์ก",), "higher": ("สูงกว่าเกณฑ์ข",)}
    assert choice("สูงกว่าเกณฑ์ค", near) == "สูงกว่าเกณฑ์ค"
    assert choice("สูงกว่าเกณฑ์ข", {"only": ("สูงกว่าเกณฑ์ข",)}) == "only"


@pytest.mark.parametrize("printed", ["", " ", "-", ": -", "......", "| |", "**"])
def test_silence_is_none(printed: str) -> None:
    assert choice(printed, PLAN) is None
