"""The fixes that a word list settles: each offers readings of what may be damaged, and words choose among them.

What may be damaged is often sound: nothing is changed unless words cover the changed reading and no other as well.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Offered = Sequence[str]
Offers = Callable[[re.Match[str]], Offered]
IsShown = Callable[[str], bool]

_CONSONANT = "ก-ฮ"
_LEADING = "เ-ไ"
_TONE = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_EK, _THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
_TRI, _CHATTAWA = "\N{THAI CHARACTER MAI TRI}", "\N{THAI CHARACTER MAI CHATTAWA}"
_THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
_NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
_PHINTHU = "\N{THAI CHARACTER PHINTHU}"
_HAN_AKAT = "\N{THAI CHARACTER MAI HAN-AKAT}"
_TAIKHU = "\N{THAI CHARACTER MAITAIKHU}"
_UEE = "\N{THAI CHARACTER SARA UEE}"
_UPPER = f"{_HAN_AKAT}\N{THAI CHARACTER SARA I}-{_UEE}"
_MARK = f"{_UPPER}\N{THAI CHARACTER SARA U}-{_PHINTHU}{_TAIKHU}-{_NIKHAHIT}"
_AA, _AM = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
_BLANK = " \N{NO-BREAK SPACE}"
_LOST = "\N{REPLACEMENT CHARACTER}"
THAI = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER PHINTHU}\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER NIKHAHIT}"
_TONES = (_EK, _THO, _TRI, _CHATTAWA)


@dataclass(frozen=True, slots=True)
class WordFix:
    """One kind of damage: where its pattern finds it, what may have stood there, and how many words that must save.

    `is_shown` says whether the whole text speaks for this damage; what is sound elsewhere is not even looked at.
    """

    name: str
    pattern: re.Pattern[str]
    offers: Offers
    cost: int
    is_shown: IsShown


_declared: list[WordFix] = []


def word_fix(pattern: str, *, is_shown: IsShown, cost: int = 0) -> Callable[[Offers], Offers]:
    """Declare a function as the next of WORD_FIXES, named as the function."""

    def declare(offers: Offers) -> Offers:
        _declared.append(WordFix(offers.__name__, re.compile(pattern), offers, cost, is_shown))
        return offers

    return declare


SHORT = 1000
"""Characters of a text that is too short to show by itself whether its font or its scan damages words."""
_SHARE = 1000
"""A damage that is seen less than once in so many characters is an engine's slip, and stays as it was printed."""
_VISIBLE = 2
"""Words that a reading must save where the damage cannot be told from sound spelling by the whole text."""

_IMPOSSIBLE = re.compile(
    f"{_HAN_AKAT}(?![{_CONSONANT}{_TONE}])|[{_LEADING}][{_MARK}{_BLANK}]|{_AA}[{_MARK}]|{_UEE}[{_TONE}]?[{_BLANK}]"
    f"|[{_BLANK}][{_AA}{_AM}]|(?<!ก){_TAIKHU}[{_BLANK}]"
)
"""What no sound word has: a mark on a vowel, a vowel with nothing behind it that must have a consonant there."""


def is_torn(text: str) -> bool:
    """Whether shapes that no word has are spread over the text, or it is too short to tell."""
    return len(text) <= SHORT or _is_frequent(_IMPOSSIBLE, text)


def _is_frequent(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern is found at least once in _SHARE characters; the search ends when that is clear."""
    return sum(1 for _ in pattern.finditer(text)) * _SHARE >= len(text)


def loses_rings(text: str) -> bool:
    """Whether SARA AM has lost its ring: hardly any is there among many SARA AA, or words without it that are none."""
    rings, all_aa = text.count(_AM), text.count(_AA)
    return rings * 40 < all_aa or _is_told(_WITHOUT_RING, text, rings)


def draws_rings_as_tones(text: str) -> bool:
    """Whether SARA AM is drawn as MAI THO and SARA AA."""
    rings, toned = text.count(_AM), text.count(_THO + _AA)
    return rings * 10 < toned or _is_told(_WITH_TONE, text, rings)


def _is_told(words: Sequence[str], text: str, rings: int) -> bool:
    return sum(map(text.count, words)) * 20 > rings


_WITHOUT_RING = "สานัก จานวน ดาเนิน กาหนด ประจาปี อานาจ อาเภอ สาหรับ สาคัญ สาเร็จ จาเป็น".split()
_WITH_TONE = "จ้านวน ส้านัก ด้าเนิน ก้าหนด ประจ้าปี อ้าเภอ อ้านาจ ส้าหรับ ส้าคัญ จ้าเป็น".split()


def adds_rings(text: str) -> bool:
    """Whether SARA AA is printed as SARA AM: in sound Thai it is eight times as frequent."""
    return text.count(_AM) * 2 > text.count(_AA)


def loses_tones(text: str) -> bool:
    """Whether tones above upper vowels are lost: hardly any is there."""
    return _EK_ON_II not in text and sum(1 for _ in _TONE_ON_UPPER.finditer(text)) * 50 < text.count(_UEE) + 1


_EK_ON_II = "\N{THAI CHARACTER SARA II}" + _EK
_TONE_ON_UPPER = re.compile(f"[{_TONE}](?<=[{_UPPER}].)")


def has_lost_characters(text: str) -> bool:
    """Whether U+FFFD stands in the text."""
    return _LOST in text


def doubles_tones(text: str) -> bool:
    """Whether two tones stand before SARA AA."""
    return any(tone + tone + _AA in text for tone in _TONES)


def has_symbol_font(text: str) -> bool:
    """Whether tones are printed as two Lao code points that are no letters, as one family of fonts does."""
    return any(sign in text for sign in _SYMBOLS)


_SYMBOLS = {"\u0e8b": _EK, "\u0e8c": _THO, "\u0e3c": "เ", "\u0e3d": "แ", "\u0e3e": "โ"}
_SYMBOLS_ALSO = {"฿": "ใ", "เ": "ไ", "ไ": _EK, "\N{THAI CHARACTER LAKKHANGYAO}": _THO}


@word_fix(
    f"(?P<letter>[{_CONSONANT}{_LEADING}{_AA}])(?P<marks>[{_MARK}]++)"
    f"(?:[{_BLANK}](?=[{THAI}])|(?<=[{_LEADING}{_AA}].)|(?<=[{_LEADING}{_AA}]..)|(?![{THAI}]))",
    is_shown=is_torn,
    cost=_VISIBLE,
)
def mark_behind_next_letter(match: re.Match[str]) -> Offered:
    r"""Put marks before the letter that slid in front of them, and close the blank that the slide left.

    >>> found = re.search("ั", "สานักงาน")
    """
    letter, marks = match["letter"], match["marks"]
    if letter == _AA and _NIKHAHIT in marks:
        return (marks.replace(_NIKHAHIT, "") + _AM,)
    return (marks + letter,)


@word_fix(
    f"(?P<marks>[{_MARK}]++)(?P<letter>[{_CONSONANT}])(?P=marks)[{_BLANK}]?+", is_shown=is_torn, cost=_VISIBLE
)
def marks_on_both_letters(match: re.Match[str]) -> Offered:
    """Keep the first of marks printed on a letter and again on the next."""
    return (match["marks"] + match["letter"],)


@word_fix(f"[{_BLANK}](?<=[{THAI}].)(?=[{THAI}])", is_shown=is_torn, cost=_VISIBLE)
def blank_in_word(_match: re.Match[str]) -> Offered:
    """Close a blank inside a word."""
    return ("",)


@word_fix(f"[{_BLANK}]{_AA}(?<=[{_CONSONANT}]..)", is_shown=is_torn, cost=1)
def blank_for_mark(_match: re.Match[str]) -> Offered:
    """Read a blank before SARA AA as the ring or the tone that a text layer lost there."""
    return (_AM, *(tone + _AA for tone in _TONES))


@word_fix(f"[{_BLANK}](?<=[{_CONSONANT}].)(?=[{_CONSONANT}])", is_shown=is_torn, cost=_VISIBLE)
def blank_for_tone(_match: re.Match[str]) -> Offered:
    """Read a blank between consonants as a tone or vowel that a text layer lost there."""
    return _TONES


@word_fix(f"{_AA}(?<=[{_CONSONANT}{_TONE}].)", is_shown=loses_rings)
def lost_ring(_match: re.Match[str]) -> Offered:
    """Read SARA AA as SARA AM where the whole text loses the ring."""
    return (_AM,)


@word_fix(f"{_THO}{_AA}", is_shown=draws_rings_as_tones)
def tone_for_ring(_match: re.Match[str]) -> Offered:
    """Read MAI THO and SARA AA as SARA AM where the whole text draws the ring so."""
    return (_AM,)


@word_fix(f"(?P<tone>[{_TONE}])(?P=tone){_AA}", is_shown=doubles_tones)
def second_tone_for_ring(match: re.Match[str]) -> Offered:
    """Read the second of two tones before SARA AA as the ring of a SARA AM, or as the tone typed twice."""
    return match["tone"] + _AM, match["tone"] + _AA


@word_fix(_AM, is_shown=adds_rings)
def surplus_ring(_match: re.Match[str]) -> Offered:
    """Read SARA AM as SARA AA where the whole text prints both alike."""
    return (_AA,)


@word_fix(f"[{_UPPER}](?![{_TONE}{_THANTHAKHAT}])", is_shown=loses_tones)
def lost_tone(match: re.Match[str]) -> Offered:
    """Add a tone to an upper vowel where the whole text has lost them."""
    return match[0] + _EK, match[0] + _THO


@word_fix(
    f"{_NIKHAHIT}?+{_LOST}(?:{_NIKHAHIT}?+[{_AA}{_AM}])?+", is_shown=has_lost_characters
)
def lost_character(match: re.Match[str]) -> Offered:
    """Read U+FFFD as a ring or a tone, or as nothing."""
    before, _, behind = match[0].partition(_LOST)
    if not behind and not before:
        return ("", *_TONES, _THANTHAKHAT)
    if behind == _AA and not before:
        return (_AM, *(tone + vowel for tone in _TONES for vowel in (_AA, _AM)))
    return (_AM, *(tone + _AM for tone in _TONES))


@word_fix(f"(?<=[{_CONSONANT}{_MARK}])[!-/:-@\\[-`{{-~0-9](?=[{THAI}])", is_shown=is_torn)
def ascii_for_mark(_match: re.Match[str]) -> Offered:
    """Read one ASCII sign or digit inside a Thai word as the mark whose place in the font it has."""
    return (*_TONES, _THANTHAKHAT, _TAIKHU)


@word_fix(_PHINTHU, is_shown=lambda text: _PHINTHU in text)
def stray_phinthu(_match: re.Match[str]) -> Offered:
    """Drop a PHINTHU that is not of Pali."""
    return ("",)


@word_fix(
    "[" + "".join(_SYMBOLS) + "".join(_SYMBOLS_ALSO) + "]", is_shown=has_symbol_font
)
def symbol_font(match: re.Match[str]) -> Offered:
    """Read the signs of a family of fonts by its key."""
    return ((_SYMBOLS | _SYMBOLS_ALSO)[match[0]],)


WORD_FIXES: tuple[WordFix, ...] = tuple(_declared)
