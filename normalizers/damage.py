"""What a whole text shows of its damage: a font's key and a scan's tears are everywhere in it, a slip stands alone.

Each sign takes about as long as counting a letter, for every text is asked for all of them and sound ones are the rule.
Of a long text a sample answers.
"""

import re
from collections.abc import Sequence
from enum import Flag, auto

_CONSONANT = "ก-ฮ"
_EK, _THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
_TONE = f"{_EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_HAN_AKAT, _TAIKHU = "\N{THAI CHARACTER MAI HAN-AKAT}", "\N{THAI CHARACTER MAITAIKHU}"
_II, _UEE = "\N{THAI CHARACTER SARA II}", "\N{THAI CHARACTER SARA UEE}"
_AA, _AM = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"

SHORT = 200
"""Characters of a text that is too short to show anything but the place in question."""
_SAMPLE, _SAMPLES = 6000, 3
_OFTEN = 8000
"""A tear that is seen less than once in so many characters is a slip, and stays as it was printed."""
_WITHOUT_RING = ("สานัก", "ดาเนิน", "จานวน", "ประจาปี", "อานาจ", "น้าท่วม")
_WITH_TONE = ("ส้านัก", "ด้าเนิน", "จ้านวน", "ประจ้าปี", "อ้านาจ")
"""Words of nearly every report, spelled as no word is; words that a ring or a tone makes sound are not among them."""
_UPPER = f"[{_HAN_AKAT}\N{THAI CHARACTER SARA I}-{_UEE}]"
_UPPERS, _TONED = re.compile(_UPPER), re.compile(f"{_UPPER}[{_TONE}]")
_OPEN_ENDED = re.compile(f"{_HAN_AKAT}(?![{_CONSONANT}{_TONE}])")
_TORN = (f" {_AA}", f"น{_TAIKHU} ", f"ป{_TAIKHU} ", "แ ", "เ ")
_LETTERS = re.compile(f"[{_CONSONANT}]")
_MARKS = re.compile(
    f"[{_HAN_AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}{_TAIKHU}-\N{THAI CHARACTER NIKHAHIT}]"
)
_SYMBOL_FONT = "\u0e8b\u0e8c\u0e3c\u0e3d\u0e3e"


class Damage(Flag):
    """What a text layer, a font or a scan did throughout a text."""

    DISPLACED_MARKS = auto()
    """Marks and letters stand apart or in the wrong order, in shapes that no word has."""
    LOST_RINGS = auto()
    """SARA AM has lost its ring, throughout or in one of the text's fonts."""
    RINGS_AS_TONES = auto()
    """SARA AM is drawn as MAI THO and SARA AA, throughout or in one of the text's fonts."""
    ADDED_RINGS = auto()
    """SARA AA is printed as SARA AM: sound Thai has eight times as many of the one as of the other."""
    LOST_TONES = auto()
    """The tones above upper vowels are lost; they are on every line of sound Thai."""
    DOUBLED_TONES = auto()
    """A tone stands twice before SARA AA."""
    LOST_CHARACTERS = auto()
    """U+FFFD stands in the text."""
    PHINTHU = auto()
    """PHINTHU stands in the text, as it does in Pali."""
    SYMBOL_FONT = auto()
    """Marks and leading vowels are printed as code points that are no letters, as one family of fonts does."""


def damage_in(text: str) -> Damage:
    """All that a text shows of its damage; a short text may show what is sound elsewhere.

    >>> damage_in("การจำหน่ายที่"), damage_in("ประกาศกาหนดที่") & ~Damage.DISPLACED_MARKS
    (<Damage.DISPLACED_MARKS: 1>, <Damage.LOST_RINGS: 2>)
    >>> Damage.RINGS_AS_TONES in damage_in("จ้านวน"), Damage.ADDED_RINGS in damage_in("สำรสนเทศ")
    (True, True)
    >>> Damage.LOST_TONES in damage_in("โครงสร้างพืนฐาน"), Damage.LOST_CHARACTERS in damage_in("จ�านวน")
    (True, True)
    """
    seen = _sample(text)
    rings, plain, toned = seen.count(_AM), seen.count(_AA), seen.count(_THO + _AA)
    shown = {
        Damage.DISPLACED_MARKS: has_displaced_marks(seen, is_short=len(text) <= SHORT),
        Damage.LOST_RINGS: rings * 40 < plain or _has_several(_WITHOUT_RING, seen, rings),
        Damage.RINGS_AS_TONES: rings * 10 < toned or _has_several(_WITH_TONE, seen, rings),
        Damage.ADDED_RINGS: rings > plain,
        Damage.LOST_TONES: _II + _EK not in seen and len(_TONED.findall(seen)) * 50 < len(_UPPERS.findall(seen)),
        Damage.DOUBLED_TONES: _THO + _THO + _AA in text or _EK + _EK + _AA in text,
        Damage.LOST_CHARACTERS: "\N{REPLACEMENT CHARACTER}" in text,
        Damage.PHINTHU: "\N{THAI CHARACTER PHINTHU}" in text,
        Damage.SYMBOL_FONT: any(sign in text for sign in _SYMBOL_FONT),
    }
    damage = Damage(0)
    for kind, is_shown in shown.items():
        damage |= kind if is_shown else Damage(0)
    return damage


def _sample(text: str) -> str:
    """The text, or of a long one three stretches from its beginning, its middle and its end."""
    if len(text) <= _SAMPLE * _SAMPLES:
        return text
    starts = (number * (len(text) - _SAMPLE) // (_SAMPLES - 1) for number in range(_SAMPLES))
    return "\n".join(text[start : start + _SAMPLE] for start in starts)


def has_displaced_marks(text: str, *, is_short: bool = False) -> bool:
    """Whether shapes that no word has are spread over the text: a vowel behind a blank, or nothing behind a vowel.

    True of a short text, which cannot show that; false of one that lost nearly all its marks, for which nothing helps.

    >>> has_displaced_marks("เป้าหมายของแผนงาน " * 20), has_displaced_marks("เป้ าหมายของ แ ผนงาน " * 20)
    (False, True)
    """
    if not is_short:
        tears = sum(1 for _ in _OPEN_ENDED.finditer(text)) + sum(map(text.count, _TORN))
        if tears < 2 or tears * _OFTEN < len(text):
            return False
    letters = len(_LETTERS.findall(text, 0, SHORT))
    return letters <= 12 or len(_MARKS.findall(text, 0, SHORT)) * 25 >= letters


def _has_several(words: Sequence[str], text: str, rings: int) -> bool:
    """Whether some of the words stand in the text, and are more than slips among the rings that are there."""
    count = sum(map(text.count, words))
    return count > 1 and count * 100 > rings
