"""Offsets of repaired text: every character and every change leads back to the source."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalizers.fix import Fix
from normalizers.fixes import FIXES
from normalizers.text import plain_spaces
from pipeline.document.repair import apply, repair, repair_words
from pipeline.model import Repaired

MARKS = "".join(map(chr, [0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)]))
ALPHABET = (
    "กบทนปฐ" + MARKS * 2 + "\N{THAI CHARACTER SARA AA}\N{THAI CHARACTER SARA AM}\N{THAI CHARACTER SARA E}แๆะ"
    "    \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\n\r\t1๑a\\-."
    "\u200b\u200c\u200d\u00ad\ufeff\u2060\uf700\uf701\uf70a\uf710\uf711\uf71a\uf885\uf899\uf0b7\ufffd"
    "\u0e81\u0e8b\u0eb0\u0eb2\u0eb3\u0ec8\u0ecd\u0ed1क"
)
# A small alphabet meets itself more often: doubled marks, rings, blanks between.
KNOTS = (
    "กท\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA U}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}"
    "\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}\N{THAI CHARACTER SARA AM}"
    "\N{THAI CHARACTER SARA E}  \n\u200b\uf70a"
)
TEXTS = st.text(ALPHABET, max_size=40) | st.text(KNOTS, max_size=25)


@given(TEXTS)
@settings(max_examples=1500)
@example("ก\N{THAI CHARACTER SARA I} \N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER SARA AA}")
@example("ก\N{THAI CHARACTER SARA I} \N{THAI CHARACTER YAMAKKAN}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}")
def test_repair_by_rules_is_idempotent(text: str) -> None:
    """What words settle, the whole text decides, which a repair makes another; the cases hold that it stays."""
    repaired = repair(text, word_fixes=()).text
    assert repair(repaired, word_fixes=()).text is repaired


@given(TEXTS)
@settings(max_examples=500)
def test_characters_outside_any_change_map_to_themselves(text: str) -> None:
    repaired = repair(text)
    assert repaired.source == text
    for position, character in enumerate(repaired.text):
        if not repaired.edits_in(position, position + 1):
            start, end = repaired.to_source(position, position + 1)
            assert plain_spaces(text[start:end]) == character


@given(TEXTS)
@settings(max_examples=500)
def test_edits_alone_rebuild_the_repaired_text_and_never_cross_a_line(text: str) -> None:
    repaired, rebuilt, done = repair(text), "", 0
    for edit in repaired.edits:
        before = text[edit.source_start : edit.source_end]
        after = repaired.text[edit.repaired_start : edit.repaired_end]
        assert before
        assert "\n" not in before + after
        assert edit.source_start >= done
        rebuilt += plain_spaces(text[done : edit.source_start]) + after
        done = edit.source_end
    assert rebuilt + plain_spaces(text[done:]) == repaired.text


@given(TEXTS, st.data())
@settings(max_examples=500)
def test_spans_are_monotone_and_never_empty(text: str, data: st.DataObject) -> None:
    repaired = repair(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(repaired.text)), min_size=3, max_size=3)))
    (one, two), (three, four) = repaired.to_source(cuts[0], cuts[1]), repaired.to_source(cuts[1], cuts[2])
    assert 0 <= one <= two <= len(text)
    assert one <= three <= four <= len(text)
    assert two <= four
    assert cuts[0] == cuts[1] or one < two
    assert repaired.to_source(0, len(repaired.text)) == (0, len(text))


@given(TEXTS)
@settings(max_examples=500)
def test_lines_lie_side_by_side_in_the_source(text: str) -> None:
    repaired = repair(text)
    ends = [match.end() for match in re.finditer("\n", repaired.text)]
    spans = [repaired.to_source(start, end) for start, end in zip([0, *ends], [*ends, len(repaired.text)], strict=True)]
    assert "".join(text[start:end] for start, end in spans) == text


@given(TEXTS)
@settings(max_examples=500)
def test_every_hit_is_what_the_fix_makes_of_what_it_saw(text: str) -> None:
    for fix in FIXES:
        fixed, edits = apply(fix, text)
        for edit in edits:
            saw, made = text[edit.source_start : edit.source_end], fixed[edit.repaired_start : edit.repaired_end]
            assert made == fix.replace(saw) != saw
        text = fixed


@given(TEXTS, st.data())
@settings(max_examples=500)
def test_edits_in_finds_what_a_search_through_all_edits_finds(text: str, data: st.DataObject) -> None:
    repaired = repair(text)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(repaired.text)), st.integers(0, len(repaired.text)))))
    source_start, source_end = repaired.to_source(start, end)
    wanted = [edit for edit in repaired.edits if edit.source_start < source_end and edit.source_end > source_start]
    if start < end:
        assert list(repaired.edits_in(start, end)) == wanted
    assert list(repaired.hits) == sorted(repaired.hits, key=lambda hit: (hit.source_start, hit.repaired_start))


def test_sound_text_comes_back_as_it_is() -> None:
    text = "งบประมาณ 1,250,000 บาท\r\nผู้รับผิดชอบ\r\n"
    assert repair(text) == Repaired(text, text, ())
    assert repair(text).to_source(3, 8) == (3, 8)


def test_fixes_that_meet_on_one_letter_share_its_span() -> None:
    repaired = repair("น\N{THAI CHARACTER NIKHAHIT}\uf70bา")
    assert repaired.text == "น้ำ"
    assert [(hit.fix, hit.source_start, hit.source_end) for hit in repaired.hits] == [
        ("private_use_glyph", 1, 4),
        ("decomposed_sara_am", 1, 4),
    ]
    assert repaired.edits_in(1, 2) == repaired.edits
    assert repaired.to_source(2, 3) == (1, 4)
    assert repaired.edits_in(0, 1) == ()


def test_what_was_dropped_belongs_to_the_span_before_it() -> None:
    repaired = repair("\N{ZERO WIDTH SPACE}ก\N{ZERO WIDTH SPACE}ข")
    assert [repaired.to_source(0, 1), repaired.to_source(1, 2), repaired.to_source(1, 1)] == [(0, 3), (3, 4), (3, 3)]
    assert repair("\N{ZERO WIDTH SPACE}").to_source(0, 0) == (0, 1)


def test_a_fix_of_the_callers_own_is_run_and_logged_like_the_others() -> None:
    longer = Fix("longer", re.compile("X"), lambda found: "-" + found + "-")
    shorter = Fix("shorter", re.compile("-b"), lambda found: found[:0])
    repaired = repair("aXb", fixes=[longer, shorter], word_fixes=())
    assert (repaired.text, repaired.edits[0][:4]) == ("a-X", (1, 3, 1, 3))
    assert [hit.fix for hit in repaired.hits] == ["longer", "shorter"]


DAMAGED, SOUND = "ประกาศกาหนด", "ประกาศกำหนด"
THREE = "\n".join([DAMAGED] * 3)
LINES = [(0, 11), (12, 23), (24, 35)]


@pytest.mark.parametrize("mended", [[], [0], [1], [2], [0, 2], [0, 1, 2]])
def test_words_are_mended_only_within_what_somebody_reads(mended: list[int]) -> None:
    repaired = repair_words(repair(THREE, word_fixes=()), within=[LINES[line] for line in mended])
    assert repaired.text.split("\n") == [SOUND if line in mended else DAMAGED for line in range(3)]
    assert [hit.source_start for hit in repaired.hits] == [LINES[line][0] + 7 for line in mended]
    assert repaired.source == THREE


def test_words_are_mended_everywhere_where_nobody_says_what_is_read() -> None:
    assert repair_words(repair(THREE, word_fixes=())).text == repair(THREE).text == THREE.replace(DAMAGED, SOUND)


@pytest.mark.parametrize("within", [[], [(0, 5)], [(11, 12)]])
def test_what_nothing_mends_comes_back_as_it_is(within: list[tuple[int, int]]) -> None:
    repaired = repair(THREE, word_fixes=())
    assert repair_words(repaired, within=within) is repaired


def test_spans_lead_to_the_source_over_rules_and_words() -> None:
    text = f"\N{ZERO WIDTH SPACE}{DAMAGED}\n{DAMAGED}"
    repaired = repair_words(repair(text, word_fixes=()), within=[(12, 23)])
    assert repaired.text == f"{DAMAGED}\n{SOUND}"
    start, end = repaired.to_source(12, 23)
    assert text[start:end] == DAMAGED
    assert {hit.fix for hit in repaired.hits} == {"zero_width", "ring_lost"}
