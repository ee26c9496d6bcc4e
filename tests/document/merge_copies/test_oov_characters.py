"""Which of two readings consists of words, judged only where they differ."""

import pytest

from pipeline.document.merge_copies import oov_characters

RIGHT = "เพื่อส่งเสริมการปลูกต้นไม้ในชุมชนริมคลอง"


@pytest.mark.parametrize(
    "wrong",
    [
        "เพื่อส่งเสริมการปลูกฃ้นไม้ในชุมชนริมคลอง",
        "เพื่อส่งเสริมการปลูกต้นไม้ในชุมฌฃนริมคลอง",
        "เพื่อส่งเสรฺิมการปลูกต้นไม้ในชุมชนริมคลอง",
        "เพอส่งเสริมการปลูกต้นไม้ในชุมชนริมคลอง",
    ],
)
def test_words_beat_what_is_no_word(wrong: str) -> None:
    assert oov_characters(RIGHT, wrong) < oov_characters(wrong, RIGHT)


def test_the_same_reading_has_nothing_unknown() -> None:
    assert oov_characters(RIGHT, RIGHT) == 0
    assert oov_characters("", "") == 0


def test_white_space_and_zero_width_characters_do_not_count() -> None:
    assert oov_characters("ปลูก ต้นไม้\N{ZERO WIDTH SPACE}", "ปลูกต้นไม้") == 0


def test_only_what_stands_near_the_difference_counts() -> None:
    noise = "ฆฌฌฆฌ"
    far = "และการดูแลรักษาอย่างต่อเนื่องตลอดทั้งปี"
    assert oov_characters(f"{noise}{far}ต้นไม้", f"{noise}{far}ฃ้นไม้") == oov_characters(f"{far}ต้นไม้", f"{far}ฃ้นไม้")


def test_an_empty_reading_is_no_better_than_words() -> None:
    assert oov_characters(RIGHT, "") == 0


def test_long_readings_are_judged_in_good_time() -> None:
    long = RIGHT * 200
    damaged = long.replace("ชุมชน", "ชุมฌฃน")
    assert oov_characters(long, damaged) < oov_characters(damaged, long)
