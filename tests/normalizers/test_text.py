"""Lines and paragraphs: Markdown and leaders go, words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text import bare, compact, line, paragraph

printed = st.text(st.sampled_from("กขคาำิ่้์เแ๑2. -…_*#\\|()\u200b\u00a0\t\n•[]"), max_size=40)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("**ชื่อ\\_โครงการ** \\*", "ชื่อ_โครงการ *"),
        ("### **๑\\. ชื่อ**", "๑. ชื่อ"),
        ("| ก | ข |", "ก | ข"),
        ("ก\u00a0\u200b ข", "ก ข"),
        ("ชื่อ............ ก ______", "ชื่อ ก"),
        ("ก . . . . . ข", "ก ข"),
        ("ขั้นตอน...แต่งตั้ง", "ขั้นตอน...แต่งตั้ง"),
        ("6*18", "6*18"),
        ("[www.a.th](http://www.a.th)", "www.a.th"),
        ("ก\\", "ก"),
        ("ก<br>ข", "ก ข"),
        ("- ก", "- ก"),
        ("#1", "#1"),
        ("ก…ข", "ก…ข"),
    ],
)
def test_a_line_is_freed_of_markdown_and_leaders(text: str, clean: str) -> None:
    assert line(text) == clean


@pytest.mark.parametrize("text", ["", " ", "-", "–", ".", "...", "……", "______", "| - |", "|---|---|", "\u200b", "**"])
def test_a_line_without_words_is_none(text: str) -> None:
    assert line(text) is None
    assert paragraph(f"{text}\n{text}") is None


@given(text=printed)
def test_cleaning_loses_no_letter_or_digit(text: str) -> None:
    def letters(some: str) -> str:
        return "".join(character for character in some if character in "กขคาำิ่้์เแ๑2")

    for clean in (line(text), paragraph(text)):
        assert letters(clean or "") == letters(text)
        assert clean is None or (clean == clean.strip() and "  " not in clean)


@given(text=printed)
def test_compact_keeps_what_tells_labels_apart(text: str) -> None:
    kept = compact(text)
    assert kept == "".join(character for character in text if character in kept)
    assert not set(kept) & set(" \t\n.…*\\_\u200b\u00a0")


@given(text=printed)
def test_bare_has_no_blanks(text: str) -> None:
    assert bare(text) == "".join(text.replace("\u200b", "").split())


def test_a_paragraph_joins_lines_and_drops_one_bullet() -> None:
    assert paragraph("□ เพื่อ  \n**ครู**\\\n\n- และนักเรียน") == "เพื่อ ครู - และนักเรียน"
    assert paragraph("❖เพื่อ") == paragraph("- เพื่อ") == paragraph("\uf0b7 เพื่อ") == "เพื่อ"
    assert paragraph("-เพื่อ") == "-เพื่อ"
