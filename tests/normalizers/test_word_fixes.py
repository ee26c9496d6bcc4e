"""What words settle, and above all what they leave alone."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from normalizers import lattice
from normalizers.lattice import resolve
from normalizers.lexicon import NONE, look_up
from normalizers.word_fixes import SHORT, WORD_FIXES, WordFix, find_repairs
from pipeline.document.repair import repair
from pipeline.model import Repaired
from tests.conftest import PROGRESS_REPORTS
from tests.normalizers.test_patterns import ATOMS, nested, own_words, parse
from tests.support.growth import grows_too_fast

EK, THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
UPPER = "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}"
PHINTHU, RING = "\N{THAI CHARACTER PHINTHU}", "\N{THAI CHARACTER NIKHAHIT}"
SOUND = "กรมชลประทานได้ดำเนินงานตามแผนที่กำหนดไว้ในปีงบประมาณนี้ครบถ้วนทั้งสิ้นและจำนวนน้ำเพิ่มขึ้น "


def fixes_of(repaired: Repaired) -> list[str]:
    return [name for edit in repaired.edits for name in edit.fixes]


@pytest.mark.parametrize(
    ("damaged", "sound", "fix"),
    [
        pytest.param("พฒั นา", "พัฒนา", "mark_behind_next_letter", id="a mark one letter too late"),
        pytest.param("ใชไ้ ด้", "ใช้ได้", "mark_behind_next_letter", id="a tone on a leading vowel"),
        pytest.param(f"ทา{RING} งาน", "ทำงาน", "mark_behind_next_letter", id="a ring behind its SARA AA"),
        pytest.param("นักั เรียน", "นักเรียน", "marks_on_both_letters", id="a mark on both letters"),
        pytest.param("เจ้ าหน้ าที่", "เจ้าหน้าที่", "blank_in_word", id="blanks in a word"),
        pytest.param("ด าเนินการ", "ดำเนินการ", "blank_for_mark", id="a blank for a ring"),
        pytest.param("เท ากับ", "เท่ากับ", "blank_for_mark", id="a blank for a tone"),
        pytest.param("จ ำ น ว น", "จำนวน", "blank_beside_lone_letter", id="letters set apart"),
        pytest.param("ตาแหน่งพนักงาน", "ตำแหน่งพนักงาน", "ring_lost", id="a lost ring"),
        pytest.param("จ้ากัด", "จำกัด", "tone_for_ring", id="a tone for a ring"),
        pytest.param(f"น{THO}{THO}าประปา", "น้ำประปา", "second_tone_for_ring", id="two tones for a ring"),
        pytest.param("กำรศึกษำ", "การศึกษา", "ring_added", id="rings where there are none"),
        pytest.param("เครืองมือ", "เครื่องมือ", "tone_lost", id="a lost tone"),
        pytest.param("ท�างาน", "ทำงาน", "character_lost", id="a lost ring with a sign in its place"),
        pytest.param("เพื�อ", "เพื่อ", "character_lost", id="a lost tone with a sign in its place"),
        pytest.param("ก)อสร้าง", "ก่อสร้าง", "ascii_for_mark", id="a bracket for a tone"),
        pytest.param(f"อุตสา{PHINTHU}หกรรม", "อุตสาหกรรม", "phinthu_added", id="a stray PHINTHU"),
        pytest.param("หน\u0e8bวยงาน", "หน่วยงาน", "symbol_font", id="a font's own code points"),
    ],
)
def test_words_mend(damaged: str, sound: str, fix: str) -> None:
    repaired = repair(damaged)
    assert repaired.text == sound
    assert fix in fixes_of(repaired)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("นาข้าวและนาเกลือ", id="as many words with a ring as without"),
        pytest.param("ข้าราชการด้านการค้า ถ้าช้า", id="MAI THO and SARA AA in sound words"),
        pytest.param("น�ำ", id="two words fit"),
        pytest.param(f"น{THO}{THO}า", id="two words fit the second tone"),
        pytest.param(f"กิต{PHINTHU}ติ วณ{PHINTHU}โณ", id="Pali"),
        pytest.param("ที่ 9 และ 10 ข้อ (ก) และ (ข)", id="signs and digits between words"),
        pytest.param("มาตรา9และ", id="a digit that is a digit"),
        pytest.param("นางสาวชาลี อาซิม", id="persons' names"),
        pytest.param("บ้านหนองกุง ตำบลนาดี", id="a blank between words, of which one is in no list"),
        pytest.param("ประหยัด งบประมาณ", id="a blank between words"),
        pytest.param("โรงเร ยนส งก ดกร งเทพมหานคร การประเม นค ณภาพ", id="nearly all marks are lost"),
        pytest.param("ป\U00100158งบประมาณ", id="glyphs of a subset font"),
    ],
)
def test_what_words_do_not_settle_stays(text: str) -> None:
    assert repair(text).text is text


@pytest.mark.parametrize("slip", ["สานักงาน", "เจ้ าหน้าที่", "พืนฐาน", "ร)อยละ", "พฒันา", "จ้านวน"])
def test_a_slip_in_a_sound_text_stays_as_it_was_printed(slip: str) -> None:
    text = SOUND * 40 + slip + "\n" + SOUND * 40
    assert repair(text).text is text


@pytest.mark.parametrize(
    ("damage", "hit"),
    [
        (lambda text: text.replace("ำ", "า"), "ring_lost"),
        (lambda text: text.replace("ำ", THO + "า").replace(THO * 2, THO), "tone_for_ring"),
        (lambda text: text.replace("า", "ำ"), "ring_added"),
        (lambda text: re.sub(f"(?<=[{UPPER}])[{EK}{THO}]", "", text), "tone_lost"),
        (lambda text: text.replace("ชลประทาน", "ชลประ ทาน").replace("เพิ่ม", "เ พิ่ม"), "blank_in_word"),
    ],
)
def test_damage_throughout_a_long_text_is_mended(damage: Callable[[str], str], hit: str) -> None:
    damaged = "\n".join([damage(SOUND)] * 20)
    assert len(damaged) > SHORT
    assert fixes_of(repair(damaged)).count(hit) >= 20


def test_sound_text_asks_no_dictionary() -> None:
    resolve.cache_clear()
    assert repair(SOUND * 100).edits == ()
    assert resolve.cache_info().misses == 0


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text.replace("ำ", "า"), id="lost rings"),
        pytest.param(lambda text: text.replace("า", "ำ"), id="added rings"),
        pytest.param(lambda text: re.sub(f"[{EK}{THO}]", "", text), id="lost tones"),
        pytest.param(lambda text: re.sub("(.{5})", r"\1 ", text), id="blanks"),
        pytest.param(lambda text: re.sub(f"(..)([{UPPER}])(.)", r"\1\3\2 ", text), id="marks behind the next letter"),
        pytest.param(lambda text: re.sub("(.{7}).", "\\1\ufffd", text), id="lost characters"),
        pytest.param(lambda text: re.sub("(.{9})", rf"\1{PHINTHU}", text), id="a stray PHINTHU"),
    ],
)
def test_what_is_given_up_early_would_settle_nothing(
    damage: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = damage(PROGRESS_REPORTS[0].read_text(encoding="utf-8"))
    resolve.cache_clear()
    early = find_repairs(text)
    resolve.cache_clear()
    monkeypatch.setattr(lattice, "_takeable", lambda _stretch, candidates, *_: set(range(len(candidates))))
    monkeypatch.setattr(lattice, "_segments", lambda stretch, _: [(0, len(stretch))])
    search = lattice._Lattice._search
    monkeypatch.setattr(lattice._Lattice, "best_path", lambda *span, **_: search(*span, words_only=False))
    assert find_repairs(text) == early
    resolve.cache_clear()


def test_every_change_is_logged_and_leads_back() -> None:
    text = "หมํายควํามว่ํา"
    repaired = repair(text)
    assert repaired.text == "หมายความว่า"
    for edit in repaired.edits:
        assert text[edit.source_start : edit.source_end] != repaired.text[edit.repaired_start : edit.repaired_end]
    assert set(fixes_of(repaired)) == {"decomposed_sara_am", "ring_added"}


def test_names_are_unique_and_no_fix_matches_nothing() -> None:
    assert len({fix.name for fix in WORD_FIXES}) == len(WORD_FIXES)
    assert not [fix.name for fix in WORD_FIXES if fix.pattern.search("")]
    assert look_up("ฌฌฌ") == NONE


@pytest.mark.parametrize("fix", WORD_FIXES, ids=lambda fix: fix.name)
def test_a_pattern_does_not_run_away(fix: WordFix) -> None:
    pattern = fix.pattern
    assert not nested(parse(pattern))
    slow = [atom for atom in [*ATOMS, *own_words(pattern)] if grows_too_fast(count(pattern), partial(long, atom), 2000)]
    assert slow == []


def count(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def long(atom: str, size: int) -> str:
    return atom * (size // len(atom))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("ก า", id="blanks before SARA AA"),
        pytest.param("ก ", id="lone letters"),
        pytest.param("สานักงาน", id="lost rings without a blank"),
        pytest.param("ก\ufffdา", id="lost characters"),
        pytest.param(f"น{THO}{THO}า ", id="two tones"),
        pytest.param("กั ", id="marks before blanks"),
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert not grows_too_fast(repair, partial(long, piece), 12_000)
