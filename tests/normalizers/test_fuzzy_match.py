"""Text as an OCR engine sees it: what is folded together, what never is, and the way back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from normalizers.fuzzy_match import LEAST, LOOK_ALIKES, SLACK, FoldedText, end_of, fold, folded, places_of, prefix_score
from tests.support.growth import seconds

MOST_SECONDS = 3.0
MARKS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER THANTHAKHAT}"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ชื่อผู้รับผิดชอบ", "ซือผูรับผิดซอบ"),
        ("งบประมาณที่ได้รับ", "งบประมาฌทีไดรับ"),
        ("แผน", "เผน"),
        ("ใช้ไป", "ไช้โป"),
        ("กำหนด", "กาหนด"),
        ("ปีงบประมาณ พ.ศ.", "ปงบประมาณพศ"),
        ("**ข้อ\\_มูล**", "ขอมูล"),
        ("รหัส โครงการ...", "รหสัโครงการ"),
    ],
)
def test_what_an_engine_takes_for_each_other_is_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ครั้งที่ 1", "ครั้งที่ 7"), ("ครั้งที่ 1", "ครั้งที่ 11"), ("๑", "๓"), ("1", "๑"), ("0", "O"), ("ด้านปริมาณ", "ด้านคุณภาพ")],
)
def test_digits_and_other_words_are_never_the_same(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_every_kept_character_knows_its_place() -> None:
    text = "** ชื่อ\tผู้ รับ... 12 **"
    letters, places = folded(text), places_of(text)
    assert len(letters) == len(places)
    assert places == sorted(set(places))
    assert [folded(text[place]) for place in places] == list(letters)


def test_a_letter_is_in_one_group_only() -> None:
    letters = "".join(LOOK_ALIKES)
    assert len(set(letters)) == len(letters)


def test_folding_twice_changes_nothing_more() -> None:
    once = folded("แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ")
    assert folded(once) == once


@pytest.mark.parametrize("text", ["", " \n\t", "...", "**", MARKS])
def test_what_tells_nothing_apart_folds_to_nothing(text: str) -> None:
    assert (folded(text), places_of(text)) == ("", [])


def test_a_phrase_ends_behind_the_marks_of_its_last_letter() -> None:
    assert end_of("ที่ 1", 0, 1) == 3
    assert end_of("รหัส", 0, 3) == 4
    assert end_of("(ก)", 1, 1) == 2


THAI_TEXT = st.text(st.sampled_from([*map(chr, range(0x0E01, 0x0E3B)), *map(chr, range(0x0E3F, 0x0E5C)), *" \n.*_#1a"]))


@given(THAI_TEXT | st.text())
def test_a_folded_text_knows_where_each_letter_stands(text: str) -> None:
    whole = FoldedText(text)
    assert whole.letters == fold(text) == folded(text)
    positions = [whole.position(index) for index in range(len(whole.letters))]
    assert positions == places_of(text)
    assert [whole.index(position) for position in positions] == list(range(len(positions)))


@given(THAI_TEXT, st.data())
def test_letters_lead_back_to_the_text_that_folds_to_them(text: str, data: st.DataObject) -> None:
    whole = FoldedText(text)
    if whole.letters:
        first = data.draw(st.integers(0, len(whole.letters) - 1))
        last = data.draw(st.integers(first + 1, len(whole.letters)))
        start, end = whole.span(first, last)
        assert folded(text[start:end]) == whole.between(start, end) == whole.letters[first:last]
        assert end == end_of(text, start, last - first)


@st.composite
def damaged(draw: st.DrawFn, phrase: str) -> str:
    """The phrase with letters lost, added or taken for others, and what stands behind it."""
    letters = list(phrase)
    for _ in range(draw(st.integers(0, len(phrase) // 2))):
        at = draw(st.integers(0, len(letters)))
        letters[at : at + draw(st.integers(0, 1))] = draw(st.text("กขคงซ", max_size=1))
    return "".join(letters) + draw(st.text("กขคง", max_size=20))


@given(st.text("กขคงจวอบ", min_size=15, max_size=30), st.data())
@settings(max_examples=500)
def test_a_long_phrase_is_not_turned_away_before_its_end_was_sought(declared: str, data: st.DataObject) -> None:
    printed = data.draw(damaged(declared))
    ends = range(len(declared) - SLACK, len(declared) + SLACK + 1)
    if max(fuzz.ratio(printed[:end], declared) for end in ends) >= LEAST:
        assert prefix_score(printed, declared)[0] > 0


def test_many_lines_are_joined_in_little_time() -> None:
    """Letters that are added to one text again and again would take many times as long."""
    line = "ชื่อ ผู้รั\n"
    starts = range(0, 150_000 * len(line), len(line))
    folded_text, pieces = FoldedText(line * len(starts)), [(start, start + len(line) - 1) for start in starts]
    joined: list[FoldedText] = []
    assert seconds(lambda _: joined.append(folded_text.joined(pieces, starts)), "") < MOST_SECONDS
    assert joined[0].letters == folded_text.letters
