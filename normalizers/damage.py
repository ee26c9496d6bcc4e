"""What a whole text shows of its damage: a font's key and a scan's tears are everywhere in it, a slip stands alone.

Each question takes about as long as counting a letter, for it is asked of every text and sound ones are the rule. Of a
long text a sample answers.
"""

import re
from collections.abc import Sequence

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


def sample(text: str) -> str:
    """The text, or of a long one three stretches from its beginning, its middle and its end.

    >>> sample("กข"), len(sample("ก" * 1_000_000))
    ('กข', 18002)
    """
    if len(text) <= _SAMPLE * _SAMPLES:
        return text
    starts = (place * (len(text) - _SAMPLE) // (_SAMPLES - 1) for place in range(_SAMPLES))
    return "\n".join(text[start : start + _SAMPLE] for start in starts)


_OPEN_ENDED = re.compile(f"{_HAN_AKAT}(?![{_CONSONANT}{_TONE}])")
_TORN = (f" {_AA}", f"น{_TAIKHU} ", f"ป{_TAIKHU} ", "แ ", "เ ")


def is_torn(text: str) -> bool:
    """Whether shapes that no word has are spread over the text: a vowel behind a blank, or nothing behind a vowel.

    True of a short text, which cannot show that; false of one that lost nearly all its marks, for which nothing helps.

    >>> is_torn("เป้าหมายของแผนงาน " * 20), is_torn("เป้ าหมายของ แ ผนงาน " * 20)
    (False, True)
    """
    seen = sample(text)
    if len(text) > SHORT:
        tears = sum(1 for _ in _OPEN_ENDED.finditer(seen)) + sum(map(seen.count, _TORN))
        if tears < 2 or tears * _OFTEN < len(seen):
            return False
    return not _is_stripped(seen)


_LETTERS = re.compile(f"[{_CONSONANT}]")
_MARKS = re.compile(
    f"[{_HAN_AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}{_TAIKHU}-\N{THAI CHARACTER NIKHAHIT}]"
)


def _is_stripped(text: str) -> bool:
    """Whether hardly any mark is left on many consonants."""
    letters = len(_LETTERS.findall(text, 0, SHORT))
    return letters > 12 and len(_MARKS.findall(text, 0, SHORT)) * 25 < letters


def loses_rings(text: str) -> bool:
    """Whether SARA AM has lost its ring, throughout or in one of the text's fonts.

    >>> loses_rings("ประกาศกาหนด"), loses_rings("การจำหน่าย")
    (True, False)
    """
    seen = sample(text)
    rings = seen.count(_AM)
    return rings * 40 < seen.count(_AA) or _is_told(_WITHOUT_RING, seen, rings)


def draws_rings_as_tones(text: str) -> bool:
    """Whether SARA AM is drawn as MAI THO and SARA AA, throughout or in one of the text's fonts.

    >>> draws_rings_as_tones("จ้านวน"), draws_rings_as_tones("จำนวนด้าน")
    (True, False)
    """
    seen = sample(text)
    rings = seen.count(_AM)
    return rings * 10 < seen.count(_THO + _AA) or _is_told(_WITH_TONE, seen, rings)


_WITHOUT_RING = ("สานัก", "ดาเนิน", "จานวน", "ประจาปี", "อานาจ", "น้าท่วม")
_WITH_TONE = ("ส้านัก", "ด้าเนิน", "จ้านวน", "ประจ้าปี", "อ้านาจ")
"""Words of nearly every report, spelled as no word is; words that a ring or a tone makes sound are not among them."""


def _is_told(words: Sequence[str], text: str, rings: int) -> bool:
    """Whether some of the words stand in the text, and are more than slips among the rings that are there."""
    told = sum(map(text.count, words))
    return told > 1 and told * 100 > rings


def adds_rings(text: str) -> bool:
    """Whether SARA AA is printed as SARA AM: sound Thai has eight times as many of the one as of the other.

    >>> adds_rings("สำรสนเทศ"), adds_rings("สำนักงาน")
    (True, False)
    """
    seen = sample(text)
    return seen.count(_AM) > seen.count(_AA)


_UPPER = f"[{_HAN_AKAT}\N{THAI CHARACTER SARA I}-{_UEE}]"
_TONED = re.compile(f"{_UPPER}[{_TONE}]")
_UPPERS = re.compile(_UPPER)


def loses_tones(text: str) -> bool:
    """Whether the tones above upper vowels are lost; they are on every line of sound Thai.

    >>> loses_tones("โครงสร้างพืนฐาน"), loses_tones("พืนที่")
    (True, False)
    """
    seen = sample(text)
    return _II + _EK not in seen and len(_TONED.findall(seen)) * 50 < len(_UPPERS.findall(seen))


def has_replacements(text: str) -> bool:
    """Whether U+FFFD stands in the text.

    >>> has_replacements("จ�านวน"), has_replacements("จำนวน")
    (True, False)
    """
    return "\N{REPLACEMENT CHARACTER}" in text


def doubles_tones(text: str) -> bool:
    """Whether a tone stands twice before SARA AA.

    >>> doubles_tones("น" + "\N{THAI CHARACTER MAI THO}" * 2 + "ามัน"), doubles_tones("น้ามัน")
    (True, False)
    """
    return _THO + _THO + _AA in text or _EK + _EK + _AA in text


def has_phinthu(text: str) -> bool:
    """Whether PHINTHU stands in the text, as it does in Pali.

    >>> has_phinthu("โย" + "\N{THAI CHARACTER PHINTHU}" + "ธิน"), has_phinthu("โยธิน")
    (True, False)
    """
    return "\N{THAI CHARACTER PHINTHU}" in text


def has_symbol_font(text: str) -> bool:
    """Whether marks and leading vowels are printed as code points that are no letters, as one family of fonts does.

    >>> has_symbol_font("ส\u0e8bวน"), has_symbol_font("ส่วน")
    (True, False)
    """
    return any(sign in text for sign in "\u0e8b\u0e8c\u0e3c\u0e3d\u0e3e")
