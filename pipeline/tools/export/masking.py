"""Texts with the names and telephone numbers of some persons masked, and all figures in the shape of such numbers.

Names are compared as OCR sees them: without blanks, marks and titles, look-alike letters as one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from normalizers.digits import ARABIC, arabic
from normalizers.look_alikes import fold, places_of
from normalizers.people import TITLE, titles_before, untitled
from pipeline.tools.export.needles import FEWEST, Needles

MASK = "███"
"""What stands in the place of a name or a number; it tells no length."""

_JOINING = "-–()"
_UNJOINED = dict.fromkeys(map(ord, _JOINING))
_CUT = re.compile("…")
"""Where a message breaks off what it quotes."""
_MARKS_BEHIND = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*+")

_GAP = r"(?: ?[–-] ?|\) ?|[ .])?"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][.,/–-])(?:\+66{_GAP}(?:\(0\){_GAP})?|\(?0(?: ?[–-] ?| )?)"
    rf"(?:[2-9]{_GAP}(?:[0-9]{{3}}{_GAP}[0-9]{{4}}|[0-9]{{4}}{_GAP}[0-9]{{3,4}})"
    rf"|[2-9][0-9]{_GAP}(?:[0-9]{{3}}{_GAP}[0-9]{{3,4}}|[0-9]{{4}}{_GAP}[0-9]{{3}})"
    rf"|[2-9][0-9]{{3}}{_GAP}[0-9]{{4}})(?![0-9A-Za-z]|[.,][0-9])"
    r"(?:[,/–-][0-9]{1,2}(?![0-9]))?(?: ?ต่อ ?[0-9]{1,5}(?![0-9])(?:[,/–-][0-9]{1,5}(?![0-9]))?)?"
)
"""A whole number as Thai numbers are printed, with the end of its span and its extension; no date has these groups."""
_CALLED = re.compile(
    r"(?<![ก-๛])(?:โทร(?:ศัพท์|สาร)?|เบอร์(?:โทร(?:ศัพท์)?)?|มือถือ|[Tt]el|TEL)(?:ภายใน)?[ .:]{0,4}"
    r"([0-9](?:[ –-]?[0-9]){2,11})(?![0-9]|[.,][0-9]| ?(?:บาท|เครื่อง|เลขหมาย|%))"
)
"""Figures behind the word for a telephone."""
_SIGNED = re.compile(r"ลงชื่อ\)?[ .…:_]{0,80}+((?!ผู้|หัวหน้า|ตำแหน่ง|วันที่|กรรมการ|ประธาน)[ก-๛]{2,40} {1,3}[ก-๛]{2,40})")
_BRACKETED = re.compile(rf"\( ?((?={TITLE})[^()\n]{{3,80}})\)")
"""A name printed below a signature."""

_AND = re.compile(rf"[,/;]| ?และ ?(?={TITLE})|(?<= )(?={TITLE})")
_PART_BEFORE = re.compile("(?:[0-9A-Za-z]|[0-9][.,/:–-])\\Z")
_PART_BEHIND = re.compile("[0-9A-Za-z]|[.,/:–-][0-9]")
_CALL_BEFORE = re.compile(r"(?:โทร|ต่อ|เบอร์|มือถือ|ภายใน|[Tt]el|TEL)[^0-9]{0,16}\Z")
_YEAR = re.compile("(?:2[456]|19|20)[0-9]{2}")
_OF_QUANTITY = re.compile(r" ?[ก-ฮเ-ไ%]|[.,]-")
_NEAR = 16
_LONG = 9
"""Digits of a number that needs no context."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Mask:
    """What to mask in the texts of one document: names as printed, telephone numbers as Arabic digits."""

    values: frozenset[str]

    @cached_property
    def _needles(self) -> Needles:
        return Needles(needle for value in self.values for needle in _needles(value))

    def masked(self, text: str, *, with_short_numbers: bool = True) -> str:
        """The text with a mask over every value, and over what has the shape of a number or of a signature.

        A number inside a house has three to five digits: it is masked behind a name or a word for a telephone, and
        alone, but not where it may be a year or a quantity. Without short numbers it stays, for texts of amounts.
        """
        shown = arabic(text)
        spans = [match.span(match.re.groups) for pattern in _SHAPES for match in pattern.finditer(shown)]
        spans += self._values(shown, with_short_numbers=with_short_numbers)
        if not spans:
            return text
        parts, done = [], 0
        for start, end in _merged(spans):
            parts += [text[done:start], MASK]
            done = end
        return "".join((*parts, text[done:]))

    def _values(self, shown: str, *, with_short_numbers: bool) -> Iterator[Span]:
        if not self.values:
            return
        first, named = 0, -_NEAR - 1
        for cut in (*(match.start() for match in _CUT.finditer(shown)), len(shown)):
            for start, end in self._found(shown[first:cut], is_cut=cut < len(shown)):
                start, end = first + start, first + end
                if shown[start] not in ARABIC:
                    start = titles_before(shown, start)
                elif not _is_number(shown, start, end, named) or not (with_short_numbers or end - start >= _LONG):
                    continue
                named = end
                yield start, end
            first = cut

    def _found(self, piece: str, *, is_cut: bool) -> Iterator[Span]:
        found = list(self._needles.spans(_folded(piece), is_cut=is_cut))
        places = [place for place in places_of(piece) if piece[place] not in _JOINING] if found else []
        for start, end in found:
            behind = _MARKS_BEHIND.match(piece, places[end - 1] + 1)
            yield places[start], behind.end() if behind else places[end - 1] + 1


_SHAPES = (_PHONE, _CALLED, _SIGNED, _BRACKETED)


def _folded(text: str) -> str:
    return fold(text).translate(_UNJOINED)


def _needles(value: str) -> Iterator[str]:
    """What a value is looked for as: figures as they are, each of several titled names, the whole without its title.

    Of a very short name the title is part; a short one without is not looked for.
    """
    if not value.strip(ARABIC):
        yield from filter(None, [value])
        return
    for name in {value, *(part for part in map(str.strip, _AND.split(value)) if untitled(part) != part)}:
        needles = (_folded(arabic(untitled(name))), _folded(arabic(name)))
        yield from [needle for needle in needles if len(needle) >= FEWEST][:1]


def _is_number(shown: str, start: int, end: int, named: int) -> bool:
    """Whether figures are a telephone number; `named` is where the last value ended."""
    is_long = end - start >= _LONG
    if _PART_BEFORE.search(shown[max(0, start - 2) : start]):
        return False
    if is_long:
        return shown[end : end + 1] not in tuple(ARABIC)
    if _PART_BEHIND.match(shown, end) or shown[start:end].strip(ARABIC):
        return False
    if _CALL_BEFORE.search(shown[max(0, start - 2 * _NEAR) : start]) or _is_near(shown, start, named):
        return True
    return not (_YEAR.fullmatch(shown, start, end) or _OF_QUANTITY.match(shown, end))


def _is_near(shown: str, start: int, named: int) -> bool:
    """Whether a value ended shortly before, without figures between."""
    return start - named <= _NEAR and set(ARABIC).isdisjoint(shown[named:start])


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in their order, those that touch as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
