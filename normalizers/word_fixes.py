"""The fixes that a word list settles: each offers readings of what may be damaged, and words choose among them.

What may be damaged is often sound: nothing changes unless the whole text speaks for the damage, words cover the changed
reading, and no other reading is as good.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalizers.damage import (
    adds_rings,
    doubles_tones,
    draws_rings_as_tones,
    has_phinthu,
    has_replacements,
    has_symbol_font,
    is_torn,
    loses_rings,
    loses_tones,
)
from normalizers.readings import ALONE, FAR, LINE, NEAR

Readings = Callable[[re.Match[str]], Sequence[str]]
IsShown = Callable[[str], bool]

_CONSONANT = "ก-ฮ"
_LEADING = "เ-ไ"
_EK, _THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
_TONES = (_EK, _THO, "\N{THAI CHARACTER MAI TRI}", "\N{THAI CHARACTER MAI CHATTAWA}")
_TONE = "".join(_TONES)
_THANTHAKHAT, _NIKHAHIT = "\N{THAI CHARACTER THANTHAKHAT}", "\N{THAI CHARACTER NIKHAHIT}"
_PHINTHU = "\N{THAI CHARACTER PHINTHU}"
_HAN_AKAT, _TAIKHU = "\N{THAI CHARACTER MAI HAN-AKAT}", "\N{THAI CHARACTER MAITAIKHU}"
_UEE = "\N{THAI CHARACTER SARA UEE}"
_UPPER = f"{_HAN_AKAT}\N{THAI CHARACTER SARA I}-{_UEE}"
_MARK = f"{_UPPER}\N{THAI CHARACTER SARA U}-{_PHINTHU}{_TAIKHU}-{_NIKHAHIT}"
_AA, _AM = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
_LONE = f"{_CONSONANT}{_AA}\N{THAI CHARACTER SARA A}"
_BLANK = " \N{NO-BREAK SPACE}"
_LOST = "\N{REPLACEMENT CHARACTER}"
_THAI = f"\N{THAI CHARACTER KO KAI}-{_PHINTHU}\N{THAI CHARACTER SARA E}-{_NIKHAHIT}"


@dataclass(frozen=True, slots=True)
class WordFix:
    """One kind of damage: where its pattern finds it, and what may have stood there.

    `is_shown` says whether the whole text speaks for it. A reading must save `cost` words, and `around` so many words
    there must be nothing else: both are high where sound text looks the same.
    """

    name: str
    pattern: re.Pattern[str]
    readings: Readings
    is_shown: IsShown
    cost: int
    around: int


_declared: list[WordFix] = []
_VISIBLE = 2


def word_fix(pattern: str, is_shown: IsShown, *, cost: int = 0, around: int = NEAR) -> Callable[[Readings], Readings]:
    """Declare a function as the next of WORD_FIXES, named as the function; it stays a plain function of a match."""

    def declare(readings: Readings) -> Readings:
        _declared.append(WordFix(readings.__name__, re.compile(pattern), readings, is_shown, cost, around))
        return readings

    return declare


@word_fix(
    f"(?P<kept>[{_TONE}]?+)(?P<letter>[{_CONSONANT}{_LEADING}{_AA}])(?P<marks>[{_MARK}]++)"
    f"(?:[{_BLANK}](?=[{_THAI}])|(?<=[{_LEADING}{_AA}].)|(?<=[{_LEADING}{_AA}]..)"
    f"|(?<=[{_HAN_AKAT}{_TAIKHU}{_UEE}{_TONE}])(?![{_THAI}]))",
    is_torn,
    cost=_VISIBLE,
)
def mark_behind_next_letter(match: re.Match[str]) -> Sequence[str]:
    """Put marks back before the letter that slid in front of them, and close the blank that the slide left.

    Seen where a text layer places marks by their position on the page.

    >>> mark_behind_next_letter(re.match("(?P<kept>)(?P<letter>ท)(?P<marks>.) ", "ทู้"[:2] + " "))[0] == "ทู"[1] + "ท"
    True
    """
    marks, letter = match["marks"], match["letter"]
    if letter == _AA and _NIKHAHIT in marks:
        return (marks.replace(_NIKHAHIT, "") + _AM,)
    return (marks + match["kept"] + letter,)


@word_fix(
    f"(?P<marks>[{_MARK}][{_MARK}]{{0,2}}+)(?P<letter>[{_CONSONANT}])(?P=marks)(?:[{_BLANK}]|(?![{_THAI}]))",
    is_torn,
    cost=_VISIBLE,
)
def marks_on_both_letters(match: re.Match[str]) -> Sequence[str]:
    """Keep the first of marks that are printed on a letter and again on the next, which ends its syllable.

    >>> marks_on_both_letters(re.search("(?P<marks>.)(?P<letter>น)(?P=marks) ", "ต้น้ ไม้"))[0] == "ต้น"[1:]
    True
    """
    return (match["marks"] + match["letter"],)


@word_fix(f"{_AM}(?<![{_THAI}].)(?=น[{_AA}{_AM}ว]|เภอ)", is_torn, cost=1)
def first_letter_lost(_match: re.Match[str]) -> Sequence[str]:
    """Put back the O ANG that a text layer lost where a frequent word begins with a SARA AM.

    >>> first_letter_lost(re.match("ำ", "ำนาจ"))
    ('อำ',)
    """
    return ("อ" + _AM,)


@word_fix(f"[{_BLANK}](?<=[{_THAI}].)(?=[{_THAI}])", is_torn, cost=_VISIBLE + 1, around=FAR)
def blank_in_word(_match: re.Match[str]) -> Sequence[str]:
    """Close a blank inside a word. Blanks between words are left alone, for they may be the writer's.

    >>> blank_in_word(re.search(" ", "สิงหาค ม"))
    ('',)
    """
    return ("",)


@word_fix(f"[{_BLANK}]{_AA}(?<=[{_CONSONANT}]..)", is_torn)
def blank_for_mark(_match: re.Match[str]) -> Sequence[str]:
    """Read a blank before SARA AA as the ring or the tone that a text layer has lost there.

    >>> ["เท" + reading for reading in blank_for_mark(re.search(" า", "เท ากับ"))]
    ['เทำ', 'เท่า', 'เท้า', 'เท๊า', 'เท๋า']
    """
    return (_AM, *(tone + _AA for tone in _TONES))


@word_fix(
    f"[{_BLANK}](?:(?<=(?<![{_THAI}])[{_LONE}].)(?=[{_THAI}])(?!{_AA}[{_THAI}])"
    f"|(?<=[{_THAI}].)(?=[{_CONSONANT}](?![{_THAI}])|[{_LONE}][{_BLANK}]))",
    is_torn,
    around=FAR,
)
def blank_beside_lone_letter(_match: re.Match[str]) -> Sequence[str]:
    """Close the blank beside a letter that stands by itself, as in justified lines whose letters are set apart.

    >>> blank_beside_lone_letter(re.search(" ", "ข อ ง"))
    ('',)
    """
    return ("",)


@word_fix(f"{_AA}(?<=[{_CONSONANT}{_TONE}].)", loses_rings, around=LINE)
def ring_lost(_match: re.Match[str]) -> Sequence[str]:
    """Read SARA AA as SARA AM where the text loses the ring.

    >>> ring_lost(re.search("า", "อานาจ"))
    ('ำ',)
    """
    return (_AM,)


@word_fix(f"{_THO}{_AA}", draws_rings_as_tones, around=LINE)
def tone_for_ring(_match: re.Match[str]) -> Sequence[str]:
    """Read MAI THO and SARA AA as SARA AM where the text draws the ring so.

    >>> tone_for_ring(re.search(".า", "จ้านวน"))
    ('ำ',)
    """
    return (_AM,)


@word_fix(f"(?P<tone>[{_TONE}])(?P=tone){_AA}", doubles_tones)
def second_tone_for_ring(match: re.Match[str]) -> Sequence[str]:
    """Read the second of two tones before SARA AA as the ring of a SARA AM, or as the tone typed twice.

    >>> ["น" + reading for reading in second_tone_for_ring(re.search("(?P<tone>.)(?P=tone)า", "น" + _THO * 2 + "า"))]
    ['น้ำ', 'น้า']
    """
    return match["tone"] + _AM, match["tone"] + _AA


@word_fix(_AM, adds_rings)
def ring_added(_match: re.Match[str]) -> Sequence[str]:
    """Read SARA AM as SARA AA where the text prints both alike.

    >>> ring_added(re.search("ำ", "กำร"))
    ('า',)
    """
    return (_AA,)


@word_fix(f"[{_UPPER}](?![{_TONE}{_THANTHAKHAT}])", loses_tones, around=LINE)
def tone_lost(match: re.Match[str]) -> Sequence[str]:
    """Add a tone to an upper vowel where the text loses them.

    >>> ["พ" + reading + "น" for reading in tone_lost(re.search("(?<=พ).", "พืน"))]
    ['พื่น', 'พื้น']
    """
    return match[0] + _EK, match[0] + _THO


@word_fix(f"(?P<ring>{_NIKHAHIT}?+){_LOST}(?P<vowel>(?:{_NIKHAHIT}?+[{_AA}{_AM}])?+)", has_replacements)
def character_lost(match: re.Match[str]) -> Sequence[str]:
    """Read U+FFFD as a ring or a tone; behind or before a mark also as nothing.

    >>> character_lost(re.search("(?P<ring>)�(?P<vowel>า)", "จ�านวน"))[0]
    'ำ'
    """
    if match["vowel"] == _AA and not match["ring"]:
        return (_AM, *(tone + vowel for tone in _TONES for vowel in (_AA, _AM)))
    if match["ring"] or match["vowel"]:
        return (_AM, *(tone + _AM for tone in _TONES))
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return ("", *_TONES, _THANTHAKHAT) if _MARKED.search(around) else _TONES


_MARKED = re.compile(f"[{_MARK}{_AM}]")


@word_fix(f"[!-/:-@\\[-`{{-~0-9](?<=[{_CONSONANT}{_MARK}].)(?=[{_THAI}])", is_torn)
def ascii_for_mark(_match: re.Match[str]) -> Sequence[str]:
    """Read one ASCII sign or digit inside a Thai word as the mark that a font has in its place.

    >>> "ร" + ascii_for_mark(re.search("[)]", "ร)อยละ"))[1] + "อยละ"
    'ร้อยละ'
    """
    return (*_TONES, _THANTHAKHAT, _TAIKHU)


@word_fix(_PHINTHU, has_phinthu, cost=_VISIBLE, around=ALONE)
def phinthu_added(_match: re.Match[str]) -> Sequence[str]:
    """Drop a PHINTHU inside a Thai word. Pali in Thai letters is left alone, for its words are not in the list.

    >>> phinthu_added(re.search(_PHINTHU, "โย" + _PHINTHU + "ธิน"))
    ('',)
    """
    return ("",)


_SYMBOLS = {"\u0e8b": _EK, "\u0e8c": _THO, "\u0e3c": "เ", "\u0e3d": "แ", "\u0e3e": "โ", "฿": "ใ"} | {
    "เ": "ไ",
    "ไ": _EK,
    "\N{THAI CHARACTER LAKKHANGYAO}": _THO,
}


@word_fix("[" + "".join(_SYMBOLS) + "]", has_symbol_font)
def symbol_font(match: re.Match[str]) -> Sequence[str]:
    """Read the code points of one family of fonts by its key, part of which are Thai letters that stand for others.

    >>> symbol_font(re.match(".", "\u0e3cขา"))
    ('เ',)
    """
    return (_SYMBOLS[match[0]],)


WORD_FIXES: tuple[WordFix, ...] = tuple(_declared)
"""All apply at once: where several offer readings of one place, words choose between them too."""
