"""OCR noise of a given rate: look-alikes, marks lost or doubled, blanks lost or won, lines merged and split.

Each glyph keeps its cell, and remembers what pure code-point rules make of it: of a mark printed twice they keep one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from normalizers.digits import ARABIC, THAI
from tests.synthesizer.pieces import Kind, Piece, Place

NIKHAHIT, SARA_AM = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AM}"
MARKS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA UE}"
    "\N{THAI CHARACTER SARA UEE}\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER MAITAIKHU}"
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
    "\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER NIKHAHIT}"
)
_MARK_GROUPS = (
    *("\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA UE}\N{THAI CHARACTER SARA UEE}",),
    *("\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER THANTHAKHAT}",),
    *("\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}\N{THAI CHARACTER MAI THO}",),
    *("\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}",),
    *("\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER MAITAIKHU}\N{THAI CHARACTER SARA I}",),
)
_LETTER_GROUPS = (
    *("คดต", "ชซข", "ฎฏฐ", "ถกภ", "บปษ", "พฟ", "ผฝย", "มน", "รธ", "ลส", "วา", "ใไโ", "เแ", "หทฑ", "ณญฌ", "ฉจ"),
    *("งว", "อฮ", "ฆม", "ฬพ", "ศค", "ะร", "ฯๆ", "าๅ", "lI1", "oOa", "ce", "nh", "uv", "rn", "BE", "SG", "PF"),
)
_DIGIT_TWINS = {
    group[0]: group[1:]
    for groups in ("0๐oO 1l7 27Z 38 49A 56S 6b8 71 83B 94g", "๐0o ๑๓ ๒๖ ๓๑ ๔๕ ๕๔ ๖๒ ๗ฑ ๘ฬ ๙ศ")
    for group in groups.split()
}
_SIGN_TWINS = {":": ";.", ".": ",", ",": ".", "(": "", ")": "", "=": "-", "%": "", "-": "", "/": "", "…": ""}
_DIGITS, _SIGNS = frozenset(_DIGIT_TWINS), frozenset(_SIGN_TWINS)


def _alike(groups: Sequence[str]) -> dict[str, str]:
    return {
        letter: "".join(other for group in groups if letter in group for other in group if other != letter)
        for letter in "".join(groups)
    }


FEW_DIGITS = 0.1
"""The share of the noise that digits have, unless more is asked: engines read them better than letters."""
LOOK_ALIKES = _alike((*_LETTER_GROUPS, *_MARK_GROUPS))
"""For each letter and mark, what an engine takes it for."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter on the page; a gap is one glyph however long. `mended`: what rules of code points make of it."""

    char: str
    mended: str
    kind: Kind
    place: Place | None = None


def glyphs(piece: Piece) -> Iterator[Glyph]:
    """The piece letter by letter, as it left the printer."""
    if piece.kind in ("gap", "page"):
        yield Glyph(piece.text, piece.text, piece.kind)
        return
    for char in piece.text:
        yield Glyph(char, char, piece.kind, piece.place)


def noisy(clean: Sequence[Glyph], *, rate: float, random: Random, digits: float = FEW_DIGITS) -> list[Glyph]:
    """The page as an engine reads it: `rate` of the letters wrong, and a share of it, `digits`, of digits in values.

    At the full rate a digit, or a sign between digits, is also lost, printed twice, or any other one.
    """
    if rate <= 0:
        return list(clean)
    # An engine that marks a heading has seen its line, so it cannot have run it together with the one before.
    before_heading = {n for n in range(len(clean) - 1) if clean[n].kind == "gap" and clean[n + 1].char == "#"}
    return [
        read
        for n, glyph in enumerate(clean)
        for read in ([glyph] if n in before_heading else _read(glyph, rate, random, digits))
    ]


def _read(glyph: Glyph, rate: float, random: Random, digits: float) -> list[Glyph]:
    """One glyph as read: usually itself."""
    change, share = _change(glyph, digits)
    if change is not None and random.random() < rate * share:
        return change(glyph, random)
    if share == 1.0 and glyph.kind != "gap" and random.random() < rate / 20:
        return [glyph, Glyph(" ", " ", glyph.kind, glyph.place)]
    return [glyph]


Change = Callable[[Glyph, Random], list[Glyph]]


def _change(glyph: Glyph, digits: float) -> tuple[Change | None, float]:
    """What can happen to a glyph, and how often as a share of the rate."""
    char = glyph.char
    if glyph.kind in ("markup", "page"):
        return None, 0.0
    if char.strip() == "":
        return (_line_break, 1.0) if "\n" in char else (_blank, 0.1 if glyph.kind == "value" else 1.0)
    if char in _DIGITS:
        return _twin if digits <= FEW_DIGITS else _digit, digits
    if char in _SIGNS:
        return _sign, digits if glyph.kind == "value" else max(0.5, digits)
    return (_mark if char in MARKS else _letter), 1.0


def _as(glyph: Glyph, char: str) -> Glyph:
    return Glyph(char, char, glyph.kind, glyph.place)


def _twin(glyph: Glyph, random: Random) -> list[Glyph]:
    return [_as(glyph, random.choice(_DIGIT_TWINS[glyph.char]))]


def _digit(glyph: Glyph, random: Random) -> list[Glyph]:
    """Taken for a look-alike or for any other digit, lost, or printed twice."""
    fate = random.random()
    if fate < 0.5:
        return _twin(glyph, random)
    if fate < 0.7:
        own = ARABIC if glyph.char in ARABIC else THAI
        return [_as(glyph, random.choice([digit for digit in own if digit != glyph.char]))]
    return [glyph, glyph] if fate < 0.85 else []


def _sign(glyph: Glyph, random: Random) -> list[Glyph]:
    twins = _SIGN_TWINS[glyph.char]
    return [_as(glyph, random.choice(twins))] if twins and random.random() < 0.5 else []


def _mark(glyph: Glyph, random: Random) -> list[Glyph]:
    """Lost, printed twice, or taken for another."""
    fate = random.random()
    if fate < 0.4:
        return []
    if fate < 0.7:
        return [glyph, Glyph(glyph.char, "", glyph.kind, glyph.place)]
    return [_as(glyph, random.choice(LOOK_ALIKES.get(glyph.char, glyph.char)))]


def _letter(glyph: Glyph, random: Random) -> list[Glyph]:
    """Taken for another; SARA AM and SARA AE also come in two halves, and a letter is lost now and then."""
    if glyph.char == SARA_AM:
        halves = [Glyph(NIKHAHIT, SARA_AM, glyph.kind, glyph.place), Glyph("า", "", glyph.kind, glyph.place)]
        return halves if random.random() < 0.6 else [_as(glyph, "า")]
    if glyph.char == "แ" and random.random() < 0.4:
        return [Glyph("เ", "แ", glyph.kind, glyph.place), Glyph("เ", "", glyph.kind, glyph.place)]
    alike = LOOK_ALIKES.get(glyph.char, "")
    return [_as(glyph, random.choice(alike))] if alike and random.random() < 0.93 else []


def _blank(glyph: Glyph, random: Random) -> list[Glyph]:
    """Lost; or the line is split here."""
    return [_as(glyph, "\n")] if random.random() < 0.35 else []


def _line_break(glyph: Glyph, random: Random) -> list[Glyph]:
    """Two lines run together, seldom without a blank."""
    return [_as(glyph, " ")] if random.random() < 0.8 else []


def damaged_label(text: str, random: Random) -> str:
    """The label with one letter lost, misread or swapped with the next, or a blank inside; digits are left alone."""
    places = [n for n in range(1, len(text) - 1) if text[n] in LOOK_ALIKES and text[n + 1] in LOOK_ALIKES]
    if not places:
        return text
    at = random.choice(places)
    before, here, after, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
    other = random.choice(LOOK_ALIKES[here])
    return before + random.choice((after, other + after, after + here, f"{here} {after}")) + rest


def mend(text: str) -> str:
    """What rules of code points make of any text: marks doubled or out of order, SARA AM and SARA AE in halves.

    >>> mend("เเก้้ไขคําส\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI HAN-AKAT}ง") == "แก้ไขคำสั่ง"
    True
    """
    tones, vowels = MARKS[8:13], MARKS[:8]
    kept: list[str] = []
    for char in text.replace("เเ", "แ"):
        last = kept[-1] if kept else ""
        if char in MARKS and char == last:
            continue
        if char in vowels and last and last in tones:
            kept[-1:] = [] if len(kept) > 1 and kept[-2] == char else [char, last]
            kept += [last] if kept[-1] != last else []
        elif char == "า" and last == NIKHAHIT:
            kept[-1] = SARA_AM
        elif char == "า" and last and last in tones and kept[-2:-1] == [NIKHAHIT]:
            kept[-2:] = [last, SARA_AM]
        else:
            kept.append(char)
    return "".join(kept)
