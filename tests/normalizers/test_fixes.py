"""What the fixes mend, and above all what they leave alone."""

from collections.abc import Callable

import pytest

from normalizers.fixes import FIXES
from pipeline.document.repair import repair
from tests.support.growth import grows_too_fast

EK, THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
RING, AA, AM = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
II, U = "\N{THAI CHARACTER SARA II}", "\N{THAI CHARACTER SARA U}"
HAN, DEAD = "\N{THAI CHARACTER MAI HAN-AKAT}", "\N{THAI CHARACTER THANTHAKHAT}"
E = "\N{THAI CHARACTER SARA E}"
NBSP, ZWSP, ZWJ = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}"


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        pytest.param(f"งบ{ZWSP}ประ\N{SOFT HYPHEN}มาณ\N{ZERO WIDTH NO-BREAK SPACE}", "งบประมาณ", id="zero-width"),
        pytest.param(f"12{ZWJ}34", "1234", id="a joiner inside a number"),
        pytest.param("ป\uf701\uf713น", "ปิ่น", id="glyphs of Windows fonts"),
        pytest.param("ป\uf885\uf88aน", "ปิ่น", id="glyphs of Mac fonts"),
        pytest.param("วิ\uf70f\uf71aา\uf700ะ", "วิญฺาฐะ", id="letters without their tails"),
        pytest.param(f"น{RING}{THO}{AA}", f"น{THO}{AM}", id="tone behind the ring"),
        pytest.param(f"น{THO}{RING}{AA}", f"น{THO}{AM}", id="tone before the ring"),
        pytest.param(f"น{THO}{RING}{THO}{AA}", f"น{THO}{AM}", id="tone on both sides of the ring"),
        pytest.param(f"ก{RING}{RING}{AA}", f"ก{AM}", id="ring twice"),
        pytest.param(f"ส {RING}{AA}นัก", f"ส{AM}นัก", id="blank before the ring"),
        pytest.param(f"น{RING}{THO} {AA}", f"น{THO}{AM}", id="blank behind ring and tone"),
        pytest.param(f"ค{AM}{THO}", f"ค{THO}{AM}", id="tone after SARA AM"),
        pytest.param(f"ค{THO}{AM}{THO}", f"ค{THO}{AM}", id="tone on both sides of SARA AM"),
        pytest.param(f"ต{THO}{HAN}ง", f"ต{HAN}{THO}ง", id="tone before an upper vowel"),
        pytest.param(f"ก{EK}{U}", f"ก{U}{EK}", id="tone before a lower vowel"),
        pytest.param(f"พันธ{DEAD}{U}", f"พันธ{U}{DEAD}", id="THANTHAKHAT before a vowel"),
        pytest.param(f"กร{U}{THO}{U}ป", f"กร{U}{THO}ป", id="vowel on both sides of the tone"),
        pytest.param(f"ท{II}{EK}{II}{EK}", f"ท{II}{EK}", id="vowel and tone twice"),
        pytest.param(f"ศน{DEAD}{DEAD}{DEAD}", f"ศน{DEAD}", id="three times the same"),
        pytest.param(f"ด{AM}{AM}เนิน", f"ด{AM}เนิน", id="SARA AM twice"),
        pytest.param(f"ใช{THO}{THO}จ{EK}{EK}{AA}ย", f"ใช{THO}จ{EK}{AA}ย", id="tones twice on one line"),
        pytest.param(f"ล {THO}าน", f"ล{THO}าน", id="blank before a tone"),
        pytest.param(f"กรณ{NBSP}{II}", f"กรณ{II}", id="no-break space before a vowel"),
        pytest.param(f"ศูนย {DEAD} กลาง", f"ศูนย{DEAD} กลาง", id="blank before a THANTHAKHAT at a word's end"),
        pytest.param(f"ผ{U} {THO} เรียน", f"ผ{U}{THO} เรียน", id="blank between vowel and tone"),
        pytest.param(f"ท{EK} {II}", f"ท{II}{EK}", id="blank between tone and vowel"),
        pytest.param(f"ท {II} {EK}", f"ท{II}{EK}", id="two marks, each behind a blank"),
        pytest.param(f"{E}{E}ละ", "และ", id="two SARA E"),
        pytest.param("ค\N{LAO VOWEL SIGN A}แนน", "คะแนน", id="a Lao vowel"),
        pytest.param("ก\N{LAO VOWEL SIGN AM}หนด", "กำหนด", id="a Lao SARA AM"),
    ],
)
def test_damage_is_mended(damaged: str, sound: str) -> None:
    assert repair(damaged).text == sound


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ทะเบียน และ ทะเลาะ ๆ ฯลฯ น้ำ ซ้ำ ค่ำ ที่ ผู้ พันธุ์ สิทธิ์ เก็บ\r\nบรรทัดใหม่\r\n",
        "ราคา 1,250,000.00 บาท (naïve café)",
        pytest.param(f"{E} {E}กณฑ์", id="two SARA E with a blank between"),
        pytest.param(f"{E}{E}{E}ก {E}{E} ก", id="more than two SARA E, or no consonant behind"),
        pytest.param(f"พุทธ{RING} สรณ{RING}", id="NIKHAHIT in Pali"),
        pytest.param("โย\N{THAI CHARACTER PHINTHU}ธิน", id="PHINTHU in Pali"),
        pytest.param("\uf0b7 ข้อหนึ่ง \uf077\uf077", id="bullets of symbol fonts"),
        pytest.param("ป\U00100158งบ", id="glyphs of a subset font"),
        pytest.param(f"ก\n{II}", id="a mark on the next line"),
        pytest.param(f"ก  {II}", id="a mark behind a gap"),
        pytest.param(f"กี {II}", id="the place of the vowel is taken"),
        pytest.param(f"ที่ {THO}", id="the place on top is taken"),
        pytest.param(f"20 {THO} เล่ม ะ {EK}ก", id="no consonant before the blank"),
        pytest.param(f"บาท {THO} หนา", id="a tone that was lifted out of another word"),
        pytest.param(f"น{THO}{THO}{AA}", id="a second tone that may be a ring"),
        pytest.param(f"น{THO}{THO}{AA}\nศน{DEAD}", id="a sound line below a doubled tone"),
        pytest.param(f"น{EK}{THO}ย", id="two different tones"),
        pytest.param("ส\u0e8bวน หุ\u0e8cน", id="code points that only the font's key explains"),
        pytest.param("ไทยລາວไทย ลาວ ປະເທດ", id="Lao words, and a Lao letter at a word's end"),
        pytest.param("๒\u0ed5๖๑ ก\u0ed1ก", id="Lao digits"),
        pytest.param("ก\N{LAO LETTER NYO}ก ก\N{LAO VOWEL SIGN MAI KON}ก", id="Lao letters without a Thai twin"),
        pytest.param(f"क्{ZWJ}ष \U0001f469{ZWJ}\U0001f4bb", id="joiners of other scripts"),
        pytest.param("ส าน กงานเขตพ นท การศ กษา", id="nearly all marks are lost"),
    ],
)
def test_look_alikes_stay(text: str) -> None:
    assert repair(text).text is text


def test_other_doubled_marks_count_on_their_own_line_only() -> None:
    doubled, other = f"น{THO}{THO}{AA}", f"ศน{DEAD}{DEAD}"
    assert repair(f"{doubled} {other}\r\n{doubled}").text == f"น{THO}{AA} ศน{DEAD}\r\n{doubled}"


def test_names_are_unique_and_no_fix_matches_nothing() -> None:
    assert len({fix.name for fix in FIXES}) == len(FIXES)
    assert not [fix.name for fix in FIXES if fix.pattern.search("")]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "ก" + THO * (4 * n), id="one tone"),
        pytest.param(lambda n: "ก" + THO * (4 * n) + AA, id="one tone before SARA AA"),
        pytest.param(lambda n: "ก" + (EK + THO) * (2 * n) + AA, id="tones in turn"),
        pytest.param(lambda n: "ก" + (EK + II) * (2 * n), id="tone and vowel in turn"),
        pytest.param(lambda n: "ก" + RING * (4 * n), id="rings"),
        pytest.param(lambda n: "ก" + (RING + EK) * (2 * n), id="ring and tone in turn"),
        pytest.param(lambda n: "ก" + AM * (4 * n), id="SARA AM"),
        pytest.param(lambda n: "ก" + (" " + EK) * (2 * n), id="blank and tone in turn"),
        pytest.param(lambda n: "ก " + EK * (4 * n), id="tones behind a blank"),
        pytest.param(lambda n: "ก" + EK * (2 * n) + " " + II * (2 * n), id="tones, a blank, vowels"),
        pytest.param(lambda n: f"น{THO}{THO}{AA}" * n, id="doubled tones before SARA AA on one line"),
        pytest.param(lambda n: f"น{THO}{THO}{AA}" * n + II * 2, id="the same, and another doubled mark"),
        pytest.param(lambda n: f"ก{II}{II}" * n, id="many doubled marks"),
        pytest.param(lambda n: f"ก{THO}{II}{THO}{II} {RING}{AA}{THO}{ZWSP}\uf70a" * (n // 2), id="everything at once"),
        pytest.param(lambda n: E * (4 * n), id="SARA E"),
        pytest.param(lambda n: " " * (4 * n), id="blanks"),
        pytest.param(lambda n: ZWJ * (4 * n), id="joiners"),
        pytest.param(lambda n: "ກ" * (4 * n), id="Lao"),
    ],
)
def test_hostile_text_takes_linear_time(make: Callable[[int], str]) -> None:
    assert not grows_too_fast(repair, make, 2000)
