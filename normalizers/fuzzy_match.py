"""Text as an OCR engine sees it, and the one scorer of damaged letters against declared phrases.

Folded text has no blanks, dots and Markdown, none of the marks above and below the line that engines lose or double,
and letters that engines take for each other are one letter. Digits are never folded. It is for comparing printed words
with known ones, never for what goes into a table.
"""

import re
from bisect import bisect_left
from codecs import charmap_decode, charmap_encode, register_error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from encodings import cp874
from functools import lru_cache
from itertools import compress, islice

from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.fuzz import ratio

from normalizers.text import UNSAID, bare, line

CLOSE = 85.0
"""The least score, of 100, at which damaged letters still count as the phrase."""
MARGIN = 10.0
"""By how much the best phrase must beat every other one."""
LEAST = 65.0
"""Scores below this are never asked for, those of rivals included."""
SLACK = 3
"""Letters that OCR may have added to a phrase or lost from it."""
_HOPELESS = 50.0
"""Below this score no shift by the slack makes the letters match."""
_SHIFTED = (100 - LEAST / 2) * SLACK
"""What a shift by the slack can add to a score, times the letters of the phrase."""
_SHIFTS = tuple(sorted(range(-SLACK, SLACK + 1), key=abs))
"""Ends to try, the nearest to the phrase's own length first."""

LOOK_ALIKES = ("กภถฤ ขชซฃ คดตศฅ จฉ ญณฌฒ ฎฏ ธรฐ ทหฑ นมฆ บปษ ผฝพฟฬ ลส วงาๅ อฮ ใไโ เแ ฯๆ").split()
"""Thai letters whose printed shapes differ by a loop, a tail or a notch."""
_MARKS = "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
NO_MARKS = dict.fromkeys(map(ord, _MARKS))
"""What drops the marks above and below letters, as a table for `str.translate`."""
_LETTER = re.compile(f"[^{re.escape(UNSAID)}{_MARKS}][{_MARKS}]*+")
"""A letter that folding keeps, with the marks that it drops behind it."""
_FOLDING = (
    {ord(letter): group[0] for group in LOOK_ALIKES for letter in group}
    | {0x0E33: "ว"}
    | dict.fromkeys(map(ord, UNSAID + _MARKS))
)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A text as it is compared.

    >>> folded("ชื่อ ผู้รับ..")
    'ขอผธบ'
    """
    return fold(text)


def fold(text: str) -> str:
    """The same of a text so long, or seen so seldom, that it is not worth remembering.

    In a code page, where a character is a byte, folding takes a tenth of the time; not every text fits in one.

    >>> fold("ชื่อ ผู้รับ.."), fold("ชื่อ ⬛")
    ('ขอผธบ', 'ขอ⬛')
    """
    try:
        return _letters(charmap_encode(text, "strict", cp874.encoding_table)[0])
    except UnicodeEncodeError:
        return text.translate(_FOLDING)


def folded_pattern(pattern: str) -> str:
    """A pattern of Thai letters for folded ones; what a sign of the pattern counts must be a letter, or in brackets.

    >>> re.fullmatch(folded_pattern("(?:ชื่อ)?ผู้รับ"), folded("ผู้รับ")) is not None
    True
    """
    return pattern.translate({code: kept for code, kept in _FOLDING.items() if code > ord("ก") - 1})


def _letters(encoded: bytes) -> str:
    return charmap_decode(encoded.translate(_FOLDED_BYTES, _DROPPED_BYTES), "strict", cp874.decoding_table)[0]


def _byte(code: int) -> int:
    """What the byte of a code page becomes; itself where it stands for nothing, or is dropped."""
    kept = _FOLDING.get(ord(cp874.decoding_table[code]))
    return ord(kept.encode("cp874")) if kept else code


_FOLDED_BYTES = bytes(map(_byte, range(256)))
_DROPPED = frozenset(chr(code) for code, folded in _FOLDING.items() if folded is None)
_DROPPED_BYTES = "".join(_DROPPED).encode("cp874", "ignore")


def _stand_ins(error: UnicodeError) -> tuple[str, int]:
    """A blank for each character that folding drops and no code page has, a question mark for each other one."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join(" " if letter in _DROPPED else "?" for letter in unknown), error.end


_STAND_INS = "raingan.folded"
register_error(_STAND_INS, _stand_ins)


class FoldedText:
    """A text as an OCR engine sees it, with the way back: where each folded letter stood.

    >>> folded_text = FoldedText("ชื่อ ผู้รับ..")
    >>> folded_text.letters, folded_text.span(0, 3)
    ('ขอผธบ', (0, 8))
    """

    __slots__ = ("_positions", "letters", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        encoded, _ = charmap_encode(text, _STAND_INS, cp874.encoding_table)
        self.letters = fold(text) if b"?" in encoded else _letters(encoded)
        self._positions = list(compress(range(len(text)), encoded.translate(_KEPT_BYTES)))

    def joined(self, pieces: Sequence[tuple[int, int]], starts: Sequence[int]) -> "FoldedText":
        """The same of pieces of the text, each of which begins at a place of its own in the new one, on a new line.

        >>> joined = FoldedText("ชื่อ 1 ผู้รับ").joined([(0, 4), (7, 13)], [0, 5])
        >>> joined.letters, joined.span(2, 3)
        ('ขอผธบ', (5, 8))
        """
        joined, text, letters, length = FoldedText(""), list[str](), list[str](), 0
        for (first, last), start in zip(pieces, starts, strict=True):
            begin, end = self.index(first), self.index(last)
            text += "\n" * (start - length), self.text[first:last]
            letters.append(self.letters[begin:end])
            joined._positions += [position - first + start for position in self._positions[begin:end]]
            length = start + last - first
        joined.text, joined.letters = "".join(text), "".join(letters)
        return joined

    def index(self, position: int) -> int:
        """How many letters stand before a position of the text."""
        return bisect_left(self._positions, position)

    def between(self, start: int, end: int) -> str:
        """The letters of a stretch of the text."""
        return self.letters[self.index(start) : self.index(end)]

    def position(self, index: int) -> int:
        """Where a letter stands."""
        return self._positions[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where some letters stand, with the marks that go with the last of them."""
        last = self._positions[end - 1] + 1
        if end == len(self._positions) or self._positions[end] > last:
            marks = _NO_MARKS.match(self.text, last)
            last = marks.end() if marks else last
        return self._positions[start], last


_NO_MARKS = re.compile(f"[{_MARKS}]*+")
_KEPT_BYTES = bytes(byte not in _DROPPED_BYTES for byte in range(256))


def places_of(text: str) -> list[int]:
    """Where each letter of the folded text stands.

    >>> places_of("ชื่อ ผู้รับ..")
    [0, 3, 5, 8, 10]
    """
    return [letter.start() for letter in _LETTER.finditer(text)]


def end_of(text: str, start: int, size: int) -> int:
    """Where a phrase ends that takes so many folded letters from a place on: behind the marks that go with the last.

    >>> end_of("ชื่อ ผู้รับ..", 0, 3)
    8
    """
    return next(islice(_LETTER.finditer(text, start), size - 1, None)).end()


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much damage a declared phrase bears before it counts as something else."""

    least: float = CLOSE
    """The least score, of 100."""
    margin: float = MARGIN
    """By how much it must beat every other phrase that may stand in its place."""


def prefix_score(letters: str, phrase: str) -> tuple[float, int]:
    """Score the beginning of folded letters against a folded phrase, 0-100, with how many letters the phrase takes.

    A damaged phrase ends, of the ends nearest to its own length, at the first with the fewest slips. No end can have
    fewer slips than it is letters away from there, so the search stops early.

    >>> prefix_score("หลกกวรและเหผลกวงเทพ", "หลกกวรและเหคผล")
    (96.2962962962963, 13)
    >>> prefix_score("งบบวมวน", "หลกกวรและเหคผล")
    (0.0, 0)
    """
    if letters.startswith(phrase):
        return 100.0, len(phrase)
    size, length = len(phrase), len(letters)
    if not ratio(letters[:size], phrase, score_cutoff=max(_HOPELESS, LEAST - _SHIFTED / size)):
        return 0.0, 0
    best, fewest = length, 2 * size + length
    for shift in _SHIFTS:
        if abs(shift) >= fewest:
            break
        end = size + shift
        if 0 < end <= length and (slips := distance(letters[:end], phrase, score_cutoff=fewest - 1)) < fewest:
            best, fewest = end, slips
    return ratio(letters[:best], phrase), best


_NEGATIONS = ("ไม่", "มิได้", "มิ")


def choice(text: str, phrases: Mapping[str, tuple[str, ...]]) -> str | None:
    """Name the phrase that the text prints, as sure as a label is: close to one and clearly closer than to the next.

    Anything else stays as shown, for a phrase that we do not know is worth more than a wrong name. A negation is
    never read as a misprint of its opposite, nor is a phrase with a letter too many in front: it may be what is left
    of one.

    >>> statuses = {"on_plan": ("เป็นไปตามแผน",), "behind_plan": ("ช้ากว่าแผน", "ล่าช้ากว่าแผน")}
    >>> choice(": เป็นไปตามแผ น", statuses), choice("ล่าชากว่าแผน", statuses), choice("-", statuses)
    ('on_plan', 'behind_plan', None)
    >>> choice("ไม่เป็นไปตามแผน", statuses)
    'ไม่เป็นไปตามแผน'
    """
    shown = line(text.strip(" \t:=|/"))
    if shown is None:
        return None
    ranked = sorted(((*_scores(shown, forms), name) for name, forms in phrases.items()), reverse=True)
    (best, folded_best, name), runner_up = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    return name if folded_best >= CLOSE and best - runner_up >= MARGIN else shown


@lru_cache(maxsize=1024)
def _scores(shown: str, forms: tuple[str, ...]) -> tuple[float, float]:
    """How alike the phrase is to the nearest form: as shown and folded together, and folded alone."""
    letters = folded(shown)
    scores = []
    for form in forms:
        known = folded(form)
        is_longer = distance(letters[1:], known) < distance(letters, known)
        score = ratio(letters, known) if not is_longer and _negates(shown) == _negates(form) else 0.0
        scores.append(((score + ratio(bare(shown), form)) / 2 if score else 0.0, score))
    return max(scores)


def _negates(text: str) -> bool:
    return any(word in text for word in _NEGATIONS) or folded(_NEGATIONS[0]) in folded(text)
