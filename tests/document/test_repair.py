"""Offsets of repaired text: every character and every change leads back to the source."""

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalizers.fixes import FIXES, Fix
from pipeline.document.repair import repair
from pipeline.model import Repaired, SpanLocator

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


def to_source(repaired: Repaired, start: int, end: int) -> tuple[int, int]:
    """Where a span of the repaired text stood."""
    found = SpanLocator(repaired, [0]).locate(start, end)
    return found.start, found.end


def plain_spaces(text: str) -> str:
    """A text with every kind of space as the plain one."""
    return "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in text)


@given(TEXTS)
@settings(max_examples=1500)
@example("ก\N{THAI CHARACTER SARA I} \N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER SARA AA}")
@example("ก\N{THAI CHARACTER SARA I} \N{THAI CHARACTER YAMAKKAN}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}")
@example("\N{THAI CHARACTER SARA AM}" + "\N{THAI CHARACTER MAI EK}" * 5 + "\N{THAI CHARACTER SARA AA}")
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
            start, end = to_source(repaired, position, position + 1)
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
    (one, two), (three, four) = to_source(repaired, cuts[0], cuts[1]), to_source(repaired, cuts[1], cuts[2])
    assert 0 <= one <= two <= len(text)
    assert one <= three <= four <= len(text)
    assert two <= four
    assert cuts[0] == cuts[1] or one < two
    assert to_source(repaired, 0, len(repaired.text)) == (0, len(text))


@given(TEXTS)
@settings(max_examples=500)
def test_lines_lie_side_by_side_in_the_source(text: str) -> None:
    repaired = repair(text)
    ends = [match.end() for match in re.finditer("\n", repaired.text)]
    spans = [
        to_source(repaired, start, end) for start, end in zip([0, *ends], [*ends, len(repaired.text)], strict=True)
    ]
    assert "".join(text[start:end] for start, end in spans) == text


@given(TEXTS)
@settings(max_examples=500)
def test_every_hit_is_what_the_fix_makes_of_what_it_saw(text: str) -> None:
    text = plain_spaces(text)
    for fix in FIXES:
        repaired = repair(text, fixes=[fix], word_fixes=())
        for edit in repaired.edits:
            saw = text[edit.source_start : edit.source_end]
            assert repaired.text[edit.repaired_start : edit.repaired_end] == fix.replace(saw) != saw
            assert edit.fixes == (fix.name,)
        text = repaired.text


@given(TEXTS, st.data())
@settings(max_examples=500)
def test_edits_in_finds_what_a_search_through_all_edits_finds(text: str, data: st.DataObject) -> None:
    repaired = repair(text)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(repaired.text)), st.integers(0, len(repaired.text)))))
    source_start, source_end = to_source(repaired, start, end)
    wanted = [edit for edit in repaired.edits if edit.source_start < source_end and edit.source_end > source_start]
    if start < end:
        assert list(repaired.edits_in(start, end)) == wanted
    assert list(repaired.edits) == sorted(repaired.edits, key=lambda edit: (edit.source_start, edit.repaired_start))


def test_sound_text_comes_back_as_it_is() -> None:
    text = "งบประมาณ 1,250,000 บาท\r\nผู้รับผิดชอบ\r\n"
    assert repair(text) == Repaired(text, text, ())
    assert to_source(repair(text), 3, 8) == (3, 8)


def test_fixes_that_meet_on_one_letter_share_its_span() -> None:
    repaired = repair("น\N{THAI CHARACTER NIKHAHIT}\uf70bา")
    assert repaired.text == "น้ำ"
    assert [(edit.fixes, edit.source_start, edit.source_end) for edit in repaired.edits] == [
        (("private_use_glyph", "decomposed_sara_am"), 1, 4)
    ]
    assert repaired.edits_in(1, 2) == repaired.edits
    assert to_source(repaired, 2, 3) == (1, 4)
    assert repaired.edits_in(0, 1) == ()


def test_what_was_dropped_belongs_to_the_span_before_it() -> None:
    repaired = repair("\N{ZERO WIDTH SPACE}ก\N{ZERO WIDTH SPACE}ข")
    assert [to_source(repaired, 0, 1), to_source(repaired, 1, 2), to_source(repaired, 1, 1)] == [(0, 3), (3, 4), (3, 3)]
    assert to_source(repair("\N{ZERO WIDTH SPACE}"), 0, 0) == (0, 1)


def test_a_fix_of_the_callers_own_is_run_and_logged_like_the_others() -> None:
    longer = Fix("longer", re.compile("X"), lambda found: "-" + found + "-")
    shorter = Fix("shorter", re.compile("-b"), lambda found: found[:0])
    repaired = repair("aXb", fixes=[longer, shorter], word_fixes=())
    assert (repaired.text, repaired.edits[0][:4]) == ("a-X", (1, 3, 1, 3))
    assert [edit.fixes for edit in repaired.edits] == [("longer", "shorter")]


DAMAGED, SOUND = "ประกาศกาหนด", "ประกาศกำหนด"


def test_words_are_repaired_in_every_line() -> None:
    text = "\n".join([DAMAGED] * 3)
    repaired = repair(text)
    assert (repaired.text, repaired.source) == (text.replace(DAMAGED, SOUND), text)
    assert [edit.source_start for edit in repaired.edits] == [7, 19, 31]


def test_what_no_word_fix_repairs_comes_back_as_it_is() -> None:
    assert repair(DAMAGED, word_fixes=()) == Repaired(DAMAGED, DAMAGED, ())


def test_spans_lead_to_the_source_over_rules_and_words() -> None:
    text = f"\N{ZERO WIDTH SPACE}{DAMAGED}\n{DAMAGED}"
    repaired = repair(text)
    assert repaired.text == f"{SOUND}\n{SOUND}"
    for start, end in ((0, 11), (12, 23)):
        source_start, source_end = to_source(repaired, start, end)
        assert text[source_start:source_end].strip("\N{ZERO WIDTH SPACE}") == DAMAGED
    assert {name for edit in repaired.edits for name in edit.fixes} == {"zero_width", "ring_lost"}
