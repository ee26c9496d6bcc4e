"""The fixes for damage to Thai code points, in the order they apply.

Each finds a sequence that sound Thai never has and that has one repair. What takes a word list, or the rest of the
document, to settle is left to `word_fixes`: a mark on the wrong letter, a blank inside a word, a lost SARA AM.
"""

import re

from normalizers.fix import Fix, Fixes
from normalizers.layout_fixes import LAYOUT_FIXES

_CONSONANT = "ก-ฮ"
_TONE = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
_NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
_YAMAKKAN = "\N{THAI CHARACTER YAMAKKAN}"
_VOWEL = (
    "\N{THAI CHARACTER MAI HAN-AKAT}"
    "\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}"
    "\N{THAI CHARACTER SARA U}-\N{THAI CHARACTER PHINTHU}"
    "\N{THAI CHARACTER MAITAIKHU}"
)
_TOP = _TONE + _THANTHAKHAT
_MARK = _VOWEL + _TOP + _NIKHAHIT + _YAMAKKAN
_SARA_AA = "\N{THAI CHARACTER SARA AA}"
_SARA_AM = "\N{THAI CHARACTER SARA AM}"
_BLANK = " \N{NO-BREAK SPACE}"
_THAI = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER PHINTHU}\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER YAMAKKAN}"

_fixes = Fixes()
fix = _fixes.fix

_TOPS = "".join(map(chr, range(0x0E48, 0x0E4D)))
_UPPER_VOWELS = "".join(map(chr, range(0x0E34, 0x0E38)))
_WINDOWS_GLYPHS = (  # U+F700 on: a letter without its tail, then marks moved left or down
    f"\N{THAI CHARACTER THO THAN}{_UPPER_VOWELS}{_TOPS}{_TOPS}\N{THAI CHARACTER YO YING}"
    f"\N{THAI CHARACTER MAI HAN-AKAT}{_NIKHAHIT}\N{THAI CHARACTER MAITAIKHU}{_TOPS}"
    "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER PHINTHU}"
)
_MAC_GLYPHS = (  # U+F884 on: each tone up left, down right, down left
    f"\N{THAI CHARACTER MAI HAN-AKAT}{_UPPER_VOWELS}\N{THAI CHARACTER MAITAIKHU}"
    f"{''.join(mark * 3 for mark in _TOPS)}{_NIKHAHIT}"
)
_PRIVATE_USE = dict(enumerate(_WINDOWS_GLYPHS, start=0xF700)) | dict(enumerate(_MAC_GLYPHS, start=0xF884))


_FOREIGN = "[\u0e81-\u0ecd\uf700-\uf899]"
"""Lao letters and private-use glyphs: one search tells of most texts that they have neither."""


@fix(r"[\uf700-\uf71a\uf884-\uf899]", hints=(_FOREIGN,))
def private_use_glyph(found: str) -> str:
    r"""Read the private-use glyphs of old Windows and Mac Thai fonts, which PDF text layers keep.

    Other private-use code points are left alone: symbol fonts draw bullets there, subset fonts anything.

    >>> "หน" + private_use_glyph("\uf70a") + "วย"
    'หน่วย'
    """
    return found.translate(_PRIVATE_USE)


# Without the digits, for a number is no place for a likeness; without SO TAM, NYO and HO TAM, which are drawn like
# another Thai letter than the one in their place; without the code points that only a font's own key explains.
_LAO = (
    "\u0e81\u0e82\u0e84\u0e87\u0e88\u0e94-\u0e97\u0e99-\u0e9f\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa\u0eab\u0ead"
    "\u0eb0-\u0eb9\u0ec0-\u0ec4\u0ec8-\u0ecd"
)


@fix(f"[{_LAO}](?<=[{_THAI}].)(?=[{_THAI}])", hints=(_FOREIGN,))
def lao_inside_thai(found: str) -> str:
    r"""Write one Lao letter or vowel between two Thai ones as its Thai twin, 128 code points below; OCR mixes them.

    Lao words, however short, are left alone, and so are digits.

    >>> "ค" + lao_inside_thai("\N{LAO VOWEL SIGN A}") + "แนน"
    'คะแนน'
    """
    return chr(ord(found) - 0x80)


_PLACES = re.compile(f"[{_VOWEL}{_NIKHAHIT}]"), re.compile(f"[{_TOP}{_YAMAKKAN}]")
_LIFTED_TONE = f"(?<=[{_CONSONANT}].)[{_TONE}]++(?![{_THAI}]|[{_BLANK}][{_MARK}])"


@fix(
    f"[{_CONSONANT}][{_MARK}]*+(?:[{_BLANK}](?!{_LIFTED_TONE})[{_MARK}]++)++",
    hints=tuple(f"{blank}[{_MARK}]" for blank in _BLANK),
)
def blank_before_mark(found: str) -> str:
    r"""Close a single blank in front of a mark, where the letter before it has no mark in that place; PDF text layers.

    Left alone: wider gaps and line breaks, marks that would be a letter's second tone or second vowel, and a tone by
    itself between blanks behind a bare consonant, for no word ends so: it was lifted out of a word elsewhere.

    >>> blank_before_mark("ณ " + "\N{THAI CHARACTER SARA II}")
    'ณี'
    >>> blank_before_mark("ที่ " + "\N{THAI CHARACTER MAI THO}") == "ที่ " + "\N{THAI CHARACTER MAI THO}"
    True
    """
    joined, *rest = re.split(f"([{_BLANK}])", found)
    while rest and _places(joined).isdisjoint(_places(rest[1])):
        joined, rest = joined + rest[1], rest[2:]
    return joined + "".join(rest)


def _places(marks: str) -> set[int]:
    """Which places around a letter the marks take: the vowel's, the one on top."""
    return {number for number, place in enumerate(_PLACES) if place.search(marks)}


# Not behind a blank that stayed: without the ring the rest would fit on the letter before it, but is not its own.
@fix(
    f"[{_NIKHAHIT}{_TONE}](?<![{_BLANK}{_NIKHAHIT}{_TOP}{_YAMAKKAN}].)(?:(?<={_NIKHAHIT})|[{_TONE}]*+{_NIKHAHIT})"
    f"[{_NIKHAHIT}{_TONE}]*+[{_BLANK}]?{_SARA_AA}",
    signs=_NIKHAHIT,
)
def decomposed_sara_am(found: str) -> str:
    r"""Write NIKHAHIT and SARA AA as SARA AM, a tone on either side of the ring before it; typing and PDF text layers.

    A NIKHAHIT by itself is left alone, as Pali has it. Some documents print SARA AA so: the words tell, not the marks.

    >>> "น" + decomposed_sara_am("\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER SARA AA}")
    'น้ำ'
    """
    return found.rstrip(f"{_BLANK}{_SARA_AA}").replace(_NIKHAHIT, "") + _SARA_AM


@fix(f"{_SARA_AM}(?<![{_BLANK}{_SARA_AM}].){_SARA_AM}*+[{_TONE}][{_SARA_AM}{_TONE}]*+")
def tone_after_sara_am(found: str) -> str:
    r"""Put the tone before SARA AM, where it belongs though it is typed after it as often.

    >>> "ค" + tone_after_sara_am("\N{THAI CHARACTER SARA AM}\N{THAI CHARACTER MAI THO}") + "ประกัน"
    'ค้ำประกัน'
    """
    return found.replace(_SARA_AM, "") + _SARA_AM * found.count(_SARA_AM)


@fix(f"[{_TOP}](?![^{_TOP}{_VOWEL}])(?<![{_TOP}].)[{_TOP}]*+[{_VOWEL}][{_TOP}{_VOWEL}]*+")
def top_mark_before_vowel(found: str) -> str:
    r"""Put a vowel's mark before the tone or THANTHAKHAT on the same letter. NFC does not: upper vowels have no class.

    >>> "ต" + top_mark_before_vowel("\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI HAN-AKAT}") + "ง"
    'ตั้ง'
    """
    return re.sub(f"[{_TOP}]", "", found) + re.sub(f"[{_VOWEL}]", "", found)


def _several(marks: str) -> str:
    """The pattern of a mark more than once. It is tried at the first only, else a long run would be read from each."""
    return f"(?P<mark>[{marks}])(?=(?P=mark))(?<!(?P=mark)(?P=mark))(?P=mark)++"


_BEFORE_SARA_AA = f"(?=[{_BLANK}]?{_SARA_AA})"
_DOUBLED = f"{_several(_MARK + _SARA_AM)}(?!(?<=[{_TONE}]){_BEFORE_SARA_AA})"


@fix(_several(_TONE) + _BEFORE_SARA_AA, hints=(_DOUBLED,), line_shows=_DOUBLED)
def doubled_tone_before_sara_aa(found: str) -> str:
    r"""Keep one of a tone printed twice before SARA AA, on a line where other marks are printed twice too.

    On other lines the second tone may be the ring of a SARA AM, misread: left alone.

    >>> "เป" + doubled_tone_before_sara_aa("\N{THAI CHARACTER MAI THO}" * 2) + "าหมาย"
    'เป้าหมาย'
    """
    return found[0]


@fix(_DOUBLED, hints=(_DOUBLED,))
def doubled_mark(found: str) -> str:
    r"""Keep one of a mark or a SARA AM printed several times on a letter, also where a tone stood between them.

    Two different tones or vowels are left alone, for nothing says which is right; so are tones before SARA AA.

    >>> doubled_mark("\N{THAI CHARACTER SARA II}" * 2) == "\N{THAI CHARACTER SARA II}"
    True
    """
    return found[0]


@fix(f"เเ(?=[{_CONSONANT}])(?<!เเเ)")
def double_sara_e(_found: str) -> str:
    """Write two SARA E before a consonant as SARA AE, which looks the same. Three and more are left alone.

    >>> double_sara_e("เ" + "เ") + "ละ"
    'และ'
    """
    return "แ"


FIXES: tuple[Fix, ...] = (*LAYOUT_FIXES, *_fixes)
"""In the order they apply: what hides a neighbour first, then blanks, the order of marks, what is there twice."""
