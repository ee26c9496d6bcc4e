"""The fixes that a word list settles: each offers readings of what may be damaged, and words choose among them.

What may be damaged is often sound: nothing changes unless the whole text speaks for the damage, words cover the changed
reading, and no other reading is as good. A font's key and a scan's tears are everywhere in a text, a slip stands alone.
Every text is searched for all signs of damage and most are sound, so a search takes about as long as counting a letter.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from operator import itemgetter
from typing import NamedTuple

from normalizers.lattice import ALONE, FAR, LINE, NEAR, Candidate, resolve
from normalizers.lexicon import NAME, RARE, WORD, look_up

Readings = Callable[[re.Match[str]], Sequence[str]]

_CONSONANT = "ก-ฮ"
_LEADING = "เ-ไ"
_EK, _THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
_TONES = (_EK, _THO, "\N{THAI CHARACTER MAI TRI}", "\N{THAI CHARACTER MAI CHATTAWA}")
_TONE = "".join(_TONES)
_THANTHAKHAT, _NIKHAHIT = "\N{THAI CHARACTER THANTHAKHAT}", "\N{THAI CHARACTER NIKHAHIT}"
_PHINTHU = "\N{THAI CHARACTER PHINTHU}"
_HAN_AKAT, _TAIKHU = "\N{THAI CHARACTER MAI HAN-AKAT}", "\N{THAI CHARACTER MAITAIKHU}"
_II, _UEE = "\N{THAI CHARACTER SARA II}", "\N{THAI CHARACTER SARA UEE}"
_VOWELS = tuple(map(chr, (0xE31, *range(0xE34, 0xE3A), 0xE47)))
"""The vowels, and what shortens them, above and below a letter."""
_UPPER = f"{_HAN_AKAT}\N{THAI CHARACTER SARA I}-{_UEE}"
_MARK = f"{_UPPER}\N{THAI CHARACTER SARA U}-{_PHINTHU}{_TAIKHU}-{_NIKHAHIT}"
_AA, _AM = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
_LONE = f"{_CONSONANT}{_AA}\N{THAI CHARACTER SARA A}"
_BLANK = " \N{NO-BREAK SPACE}"
_AGAIN = "\N{THAI CHARACTER MAIYAMOK}"
_LOST = "\N{REPLACEMENT CHARACTER}"
_ABBREVIATION = f"[{_CONSONANT}]{{1,5}}[.)]"
_LETTERS_APART = re.compile(f"[{_CONSONANT}](?:[{_BLANK}]|$)|(?<=[{_BLANK}]..)")
_THAI = f"\N{THAI CHARACTER KO KAI}-{_PHINTHU}\N{THAI CHARACTER SARA E}-{_NIKHAHIT}"
_LONGEST = 200
"""Characters of a stretch that is read at once; longer ones are cut, so that the time stays linear."""
_STRETCH = re.compile(f"[{_THAI}\u0e80-\u0eff\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]++")
"""Thai, with code points that only a font's own key explains: a word beside them is not whole."""


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
    SHORT = auto()
    """The text is so short that it shows nothing but the place in question."""
    SYMBOL_FONT = auto()
    """Marks and leading vowels are printed as code points that are no letters, as one family of fonts does."""


@dataclass(frozen=True, slots=True)
class WordFix:
    """One kind of damage: where its pattern finds it, and what may have stood there.

    The whole text must show the `damage`. A reading must save `cost` words, and `around` so many words
    there must be nothing else: both are high where sound text looks the same.
    """

    name: str
    pattern: re.Pattern[str]
    readings: Readings
    damage: Damage
    cost: int
    around: int


_declared: list[WordFix] = []
_VISIBLE = 2


def word_fix(pattern: str, damage: Damage, *, cost: int = 0, around: int = NEAR) -> Callable[[Readings], Readings]:
    """Declare a function as the next of WORD_FIXES, named as the function; it stays a plain function of a match."""

    def declare(readings: Readings) -> Readings:
        _declared.append(WordFix(readings.__name__, re.compile(pattern), readings, damage, cost, around))
        return readings

    return declare


@word_fix(
    f"(?<![{_LEADING}{_AA}{_AM}])(?P<kept>[{_TONE}]?+)(?P<letter>[{_CONSONANT}{_LEADING}{_AA}])(?P<marks>[{_MARK}]++)"
    f"(?:[{_BLANK}](?=[{_THAI}])(?!{_ABBREVIATION})|(?<=[{_LEADING}{_AA}].)|(?<=[{_LEADING}{_AA}]..)"
    f"|(?![{_THAI}]))",
    Damage.DISPLACED_MARKS,
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
    f"(?P<marks>[{_MARK}][{_MARK}]{{0,2}}+)(?P<letter>[{_CONSONANT}])(?P=marks)(?:[{_BLANK}](?!{_ABBREVIATION})|(?![{_THAI}]))",
    Damage.DISPLACED_MARKS,
    cost=_VISIBLE,
)
def marks_on_both_letters(match: re.Match[str]) -> Sequence[str]:
    """Keep the first of marks that are printed on a letter and again on the next, which ends its syllable.

    >>> marks_on_both_letters(re.search("(?P<marks>.)(?P<letter>น)(?P=marks) ", "ต้น้ ไม้"))[0] == "ต้น"[1:]
    True
    """
    return (match["marks"] + match["letter"],)


@word_fix(f"{_AM}(?<![{_THAI}].)(?=น[{_AA}{_AM}ว]|เภอ)", Damage.DISPLACED_MARKS, cost=1)
def first_letter_lost(_match: re.Match[str]) -> Sequence[str]:
    """Put back the O ANG that a text layer lost where a frequent word begins with a SARA AM.

    >>> first_letter_lost(re.match("ำ", "ำนาจ"))
    ('อำ',)
    """
    return ("อ" + _AM,)


@word_fix(
    f"[{_BLANK}](?<=[{_THAI}].)(?=[{_THAI}])(?!{_ABBREVIATION})", Damage.DISPLACED_MARKS, cost=_VISIBLE + 1, around=FAR
)
def blank_in_word(_match: re.Match[str]) -> Sequence[str]:
    """Close a blank inside a word. Blanks between words are left alone, for they may be the writer's.

    >>> blank_in_word(re.search(" ", "สิงหาค ม"))
    ('',)
    """
    return ("",)


@word_fix(f"[{_BLANK}]{_AA}(?<=[{_CONSONANT}]..)", Damage.DISPLACED_MARKS)
def blank_for_mark(_match: re.Match[str]) -> Sequence[str]:
    """Read a blank before SARA AA as the ring or the tone that a text layer has lost there.

    >>> ["เท" + reading for reading in blank_for_mark(re.search(" า", "เท ากับ"))]
    ['เทำ', 'เท่า', 'เท้า', 'เท๊า', 'เท๋า']
    """
    return (_AM, *(tone + _AA for tone in _TONES))


@word_fix(
    f"[{_BLANK}](?:(?<=(?<![{_THAI}])[{_LONE}].)(?=[{_THAI}])(?!{_AA}[{_THAI}])"
    f"|(?<=[{_THAI}].)(?=[{_CONSONANT}](?![{_THAI}])|[{_LONE}][{_BLANK}]))(?!{_ABBREVIATION})",
    Damage.DISPLACED_MARKS,
    around=FAR,
)
def blank_beside_lone_letter(match: re.Match[str]) -> Sequence[str]:
    """Close the blank beside a letter that stands by itself, as in justified lines whose letters are set apart.

    It may also be what is left of a tone; where that makes a word as well, nothing says which.

    >>> [len(blank_beside_lone_letter(re.search(" ", text))) for text in ("ข อ ง", "ข อเสนอ")]
    [1, 5]
    """
    return ("", *_TONES) if _LETTERS_APART.match(match.string, match.end()) is None else ("",)


@word_fix(f"{_AA}(?<=[{_CONSONANT}{_TONE}].)", Damage.LOST_RINGS, around=LINE)
def ring_lost(_match: re.Match[str]) -> Sequence[str]:
    """Read SARA AA as SARA AM where the text loses the ring.

    >>> ring_lost(re.search("า", "อานาจ"))
    ('ำ',)
    """
    return (_AM,)


@word_fix(f"{_THO}{_AA}", Damage.RINGS_AS_TONES, around=LINE)
def tone_for_ring(_match: re.Match[str]) -> Sequence[str]:
    """Read MAI THO and SARA AA as SARA AM where the text draws the ring so.

    >>> tone_for_ring(re.search(".า", "จ้านวน"))
    ('ำ',)
    """
    return (_AM,)


@word_fix(f"(?P<tone>[{_TONE}])(?P=tone){_AA}", Damage.DOUBLED_TONES)
def second_tone_for_ring(match: re.Match[str]) -> Sequence[str]:
    """Read the second of two tones before SARA AA as the ring of a SARA AM, or as the tone typed twice.

    >>> ["น" + reading for reading in second_tone_for_ring(re.search("(?P<tone>.)(?P=tone)า", "น" + _THO * 2 + "า"))]
    ['น้ำ', 'น้า']
    """
    return match["tone"] + _AM, match["tone"] + _AA


@word_fix(f"{_AA}{{2}}", Damage.SHORT)
def vowel_twice(_match: re.Match[str]) -> Sequence[str]:
    """Read SARA AA that is printed twice as one, or as a SARA AM without its ring.

    >>> vowel_twice(re.search("า{2}", "อาานาจ"))
    ('ำ', 'า')
    """
    return _AM, _AA


@word_fix(
    f"(?P<letter>[{_CONSONANT}])(?P<marks>[{_MARK}]++)(?=[{_CONSONANT}{_LEADING}{_AA}])", Damage.SHORT, cost=_VISIBLE
)
def marks_one_letter_on(match: re.Match[str]) -> Sequence[str]:
    """Put marks back before the letter that they slid over, where nothing else shows it.

    >>> marks_one_letter_on(re.search("(?P<letter>อ)(?P<marks>.)", "เดอ" + _UEE + "น"))[0] == _UEE + "อ"
    True
    """
    return (match["marks"] + match["letter"],)


@word_fix(f"[{_TONE}](?<=[{_CONSONANT}{_MARK}].)(?=[{_THAI}])", Damage.SHORT, cost=_VISIBLE, around=FAR)
def mark_added(_match: re.Match[str]) -> Sequence[str]:
    """Drop a mark that makes no word of the letters around it.

    >>> mark_added(re.search(_THO, "วัชพื้ช"))
    ('',)
    """
    return ("",)


@word_fix(_AM, Damage.ADDED_RINGS)
def ring_added(_match: re.Match[str]) -> Sequence[str]:
    """Read SARA AM as SARA AA where the text prints both alike.

    >>> ring_added(re.search("ำ", "กำร"))
    ('า',)
    """
    return (_AA,)


@word_fix(f"[{_UPPER}](?![{_TONE}{_THANTHAKHAT}])", Damage.LOST_TONES, around=LINE)
def tone_lost(match: re.Match[str]) -> Sequence[str]:
    """Add a tone to an upper vowel where the text loses them.

    >>> ["พ" + reading + "น" for reading in tone_lost(re.search("(?<=พ).", "พืน"))]
    ['พื่น', 'พื้น']
    """
    return match[0] + _EK, match[0] + _THO


@word_fix(f"(?P<ring>{_NIKHAHIT}?+){_LOST}(?P<vowel>(?:{_NIKHAHIT}?+[{_AA}{_AM}])?+)", Damage.LOST_CHARACTERS)
def character_lost(match: re.Match[str]) -> Sequence[str]:
    """Read U+FFFD as a ring, a tone or a vowel's mark; behind or before a mark also as nothing.

    >>> character_lost(re.search("(?P<ring>)�(?P<vowel>า)", "จ�านวน"))[0]
    'ำ'
    """
    if match["vowel"] == _AA and not match["ring"]:
        return (_AM, *(tone + vowel for tone in _TONES for vowel in (_AA, _AM)))
    if match["ring"] or match["vowel"]:
        return (_AM, *(tone + _AM for tone in _TONES))
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return ("", *_TONES, *_VOWELS, _THANTHAKHAT) if _MARKED.search(around) else (*_TONES, *_VOWELS)


_MARKED = re.compile(f"[{_MARK}{_AM}]")


@word_fix(f"[!-\\-/:-@\\[-`{{-~0-9](?<=[{_CONSONANT}{_MARK}].)(?=[{_THAI}])", Damage.DISPLACED_MARKS)
def ascii_for_mark(_match: re.Match[str]) -> Sequence[str]:
    """Read one ASCII sign or digit inside a Thai word as the mark that a font has in its place.

    >>> "ร" + ascii_for_mark(re.search("[)]", "ร)อยละ"))[1] + "อยละ"
    'ร้อยละ'
    """
    return (*_TONES, _THANTHAKHAT, _TAIKHU)


@word_fix(_PHINTHU, Damage.PHINTHU, cost=_VISIBLE, around=ALONE)
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


@word_fix("[" + "".join(_SYMBOLS) + "]", Damage.SYMBOL_FONT)
def symbol_font(match: re.Match[str]) -> Sequence[str]:
    """Read the code points of one family of fonts by its key, part of which are Thai letters that stand for others.

    >>> symbol_font(re.match(".", "\u0e3cขา"))
    ('เ',)
    """
    return (_SYMBOLS[match[0]],)


WORD_FIXES: tuple[WordFix, ...] = tuple(_declared)
"""All apply at once: where several offer readings of one place, words choose between them too."""


class WordRepair(NamedTuple):
    """A span of the text, what belongs there, and the fix that says so."""

    start: int
    end: int
    text: str
    fix: str


def find_repairs(text: str, fixes: Iterable[WordFix] = WORD_FIXES) -> list[WordRepair]:
    """What words settle in the text, in its order; nothing in a text that shows no damage.

    >>> find_repairs("ประกาศกาหนด")
    [WordRepair(start=7, end=8, text='ำ', fix='ring_lost')]
    """
    damage = damage_in(text)
    sound = _listed(text) if Damage.SHORT in damage else ()
    offered = [
        (WordRepair(*match.span(), reading, fix.name), fix)
        for fix in fixes
        if fix.damage in damage
        for match in fix.pattern.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in sound)
        for reading in fix.readings(match)
    ]
    offered.sort(key=itemgetter(0))
    starts = [repair.start for repair, _ in offered]
    found, first = list[WordRepair](), 0
    for start, end in _stretches(text, [repair for repair, _ in offered]) if offered else ():
        behind = bisect_left(starts, end, first)
        here = [one for one in offered[first:behind] if one[0].end <= end]
        first = behind
        candidates = tuple(
            Candidate(repair.start - start, repair.end - start, repair.text, fix.cost, fix.around)
            for repair, fix in here
        )
        found += [here[number][0] for number in resolve(text[start:end], candidates)]
    return found


def _listed(text: str) -> list[tuple[int, int]]:
    """Where a word stands by itself that is in a list, however seldom it is used."""
    runs = (match.span() for match in _STRETCH.finditer(text))
    return [run for run in runs if look_up(text[slice(*run)].rstrip(_AGAIN)) in (RARE, NAME, WORD)]


def _stretches(text: str, offered: Sequence[WordRepair]) -> Iterator[tuple[int, int]]:
    """Runs of Thai that offers touch or join, cut where they get too long."""
    runs = [(*match.span(), False) for match in _STRETCH.finditer(text)]
    touching = [(repair.start, repair.end, True) for repair in offered]
    start, end, is_touched = 0, 0, False
    for first, last, is_offer in [*sorted(runs + touching), (len(text) + 1, 0, False)]:
        if first > end:
            if is_touched:
                yield from ((cut, min(end, cut + _LONGEST)) for cut in range(start, end, _LONGEST))
            start, is_touched = first, False
        end, is_touched = max(end, last), is_touched or is_offer


SHORT = 200
"""Characters of a text that is too short to show anything but the place in question."""
_SAMPLE, _SAMPLES = 6000, 3
_OFTEN = 8000
"""A tear that is seen less than once in so many characters is a slip, and stays as it was printed."""
_WITHOUT_RING = ("สานัก", "ดาเนิน", "จานวน", "ประจาปี", "อานาจ", "น้าท่วม")
_WITH_TONE = ("ส้านัก", "ด้าเนิน", "จ้านวน", "ประจ้าปี", "อ้านาจ")
"""Words of nearly every report, spelled as no word is; words that a ring or a tone makes sound are not among them."""
_UPPERS, _TONED = re.compile(f"[{_UPPER}]"), re.compile(f"[{_UPPER}][{_TONE}]")
_OPEN_ENDED = re.compile(f"{_HAN_AKAT}(?![{_CONSONANT}{_TONE}])")
_TORN = (f" {_AA}", f"น{_TAIKHU} ", f"ป{_TAIKHU} ", "แ ", "เ ")
_LETTERS = re.compile(f"[{_CONSONANT}]")
_MARKS = re.compile(
    f"[{_HAN_AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}{_TAIKHU}-\N{THAI CHARACTER NIKHAHIT}]"
)
_SYMBOL_FONT = "\u0e8b\u0e8c\u0e3c\u0e3d\u0e3e"


def damage_in(text: str) -> Damage:
    """All that a text shows of its damage; a short text may show what is sound elsewhere.

    >>> any_text = Damage.DISPLACED_MARKS | Damage.SHORT
    >>> damage_in("การจำหน่ายที่") == any_text, damage_in("ประกาศกาหนดที่") & ~any_text
    (True, <Damage.LOST_RINGS: 2>)
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
        Damage.SHORT: len(text) <= SHORT,
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
