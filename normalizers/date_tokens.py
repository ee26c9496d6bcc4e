"""Cut a text about dates into tokens: figures, months, eras, the words for periods; the rest are words.

A token's kind is one letter, so that a row of tokens is a string and the grammar of dates is a set of patterns over it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from normalizers.calendar_be import is_year
from normalizers.date_vocabulary import PATTERNS, THAI, scanner
from normalizers.digits import arabic
from normalizers.month_names import MARKS, SHORT_NAMES, colloquial_month, english_month, full_month, short_month
from normalizers.text import unescaped


class Token(NamedTuple):
    """A stretch of the cleaned text; what its values mean depends on the kind.

    `1` `2` a number of one or two digits · `y` a year of four · `x` another number · `f` a/b · `D` a day in figures
    (year, month, day) · `m` `g` a Thai or English month · `h` a month without its ending · `e` an era (1 Buddhist, 0
    Gregorian) · `p` ปี · `l` เดือน · `w` วันที่ · `F` ปีงบประมาณ · `Q` quarters (first, last, year or -1) · `P` months of a
    fiscal year (first, last) · `U` a duration · `S` a school term or year · `V` a vague point · `L` a number of a list
    or document · `<` from · `t` to · `o` and later · `N` today · `k` changes nothing · `c` and · `s` a slash
    · `-` `.` `,` `(` `)` `|` themselves · `W` words.
    """

    kind: str
    text: str
    values: tuple[int, ...] = ()

    @property
    def value(self) -> int:
        """The first of the values."""
        return self.values[0]


_CLEAN: dict[int, str | int | None] = {
    **dict.fromkeys(map(ord, "\N{THAI CHARACTER NIKHAHIT}\u200b\u200c\u200d\u2060\ufeff\u00ad"), None),
    **dict.fromkeys(range(0xF700, 0xF71B), None),
    **dict(zip(range(0xF701, 0xF705), range(0x0E34, 0x0E38), strict=True)),
    **dict.fromkeys(map(ord, "\t\n\r\v\f\x85\u00a0\u2002\u2003\u2009\u202f\u2028\u2029*#`\"'“”‘’"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―−~˜～"), "-"),
    **{lao: lao - 0x80 for lao in (0x0EB1, *range(0x0EB4, 0x0EBA), *range(0x0EC8, 0x0ECD))},
    **str.maketrans("ำ_[]", "า…()"),
}
_FOREIGN = re.compile("[^\x00-\x7f\u0e00-\u0e7f…]")
_LOST = re.compile("(?<=[0-9]) ?\N{REPLACEMENT CHARACTER}|\N{REPLACEMENT CHARACTER}(?= ?[0-9])")
_BETWEEN_FIGURES = re.compile("(?<=[0-9])['\"*#|()…!ก-๛](?=[0-9])")
_LEADER = re.compile(r"\.(?: ?\.)++|…[…. ]*+")
_BLANKS = re.compile(" {2,}+")


def clean(text: str) -> str:
    r"""Prepare a text for cutting: Arabic digits, one kind of dash and blank, leaders as …, no marks that damage adds.

    The backslashes of Markdown go. Where a lost or foreign character, or a stray one between figures, could have been a
    digit an X stands, so that the number beside it is not believed.

    >>> clean("๓๑\tมกรําคม  ๒๕๖๑"), clean("วันที่.....5\ufffd ½"), clean(r"1\-2")
    ('31 มกราคม 2561', 'วันที่…5X X', '1-2')
    """
    shown = _LOST.sub("X", _BETWEEN_FIGURES.sub("X", arabic(unescaped(text))).translate(_CLEAN))
    shown = _FOREIGN.sub(lambda found: "X" if found[0].isnumeric() else "", shown)
    return _BLANKS.sub(" ", _LEADER.sub("…", shown)).strip(" …")


_SOON_AN_ABBREVIATION = re.compile("[ก-ฮ][.]")
_ERA_OR_MONTH = re.compile(f"{PATTERNS['era']}|{SHORT_NAMES}")
_LETTER_OF_A_WORD = re.compile(f"[{THAI}.]")
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_CODE = re.compile(
    "(?:^|[^ก-" + _LAST + "])[ก-ฮ]{1,4}[.]?$|(?<![A-Za-z])(?:[A-Z]{1,8}|(?i:doc|ref|no|id|rev|ver|version|vol))[.]?$"
)
_MARK = re.compile(f"[{MARKS} ]+")
_FIGURE = re.compile("[0-9]+")
_NOT_BEFORE_A_SHORT_DATE = "W12xyf"
_COUNTS = {"สาม": 3, "หก": 6, "เก้า": 9, "สิบสอง": 12, "ครึ่ง": 6}


def tokens(shown: str) -> tuple[Token, ...]:
    """Cut a cleaned text; times and weekdays are left out, what nobody knows becomes words.

    >>> [token.kind for token in tokens("วันพุธที่ 5 - 6 ต.ค. 65 เวลา 12.00 น.")]
    ['w', '1', '-', '1', 'm', '2']
    >>> [(token.kind, token.values) for token in tokens("ไตรมาส 1/2567 31/10/2560")]
    [('Q', (1, 1, 2567)), ('D', (2560, 10, 31))]
    """
    return tuple(_cut(shown))


def _cut(shown: str) -> Iterator[Token]:
    before: Token | None = None
    at = end = 0
    while match := scanner().search(shown, at):
        word = shown[end : match.start()].strip(" …")
        token = _token(match, Token("W", word) if word else before, touches=match.start() == end)
        if token is None:
            at = match.start() + 1
            continue
        if word:
            before = Token("W", word)
            yield before
        at = end = match.end()
        if token.kind:
            before = token
            yield token
    if rest := shown[end:].strip(" …"):
        yield Token("W", rest)


def _token(match: re.Match[str], before: Token | None, *, touches: bool) -> Token | None:
    """Make the token of a match; None where the surroundings say that it is a piece of a word."""
    name, found = match.lastgroup or "", match[0]
    if name == "short":
        return _short(match, before, touches=touches)
    if name == "figures":
        return _figures(found, before)
    if name == "month":
        number = full_month(found)
        return None if number is None else Token("m", found.strip(), (number,))
    build = _BUILDERS.get(name)
    return build(found) if build else Token(name, found.strip())


def _short(match: re.Match[str], before: Token | None, *, touches: bool) -> Token | None:
    """Take an abbreviation for a month unless it is a piece of a longer one (ก.ค.ศ., อ.ก.พ.) or of a word."""
    found, shown, start, end = match[0], match.string, match.start(), match.end()
    number = short_month(found)
    if number is None or (start and not touches and _LETTER_OF_A_WORD.match(shown, start - 1)):
        return None
    if before and before.kind == "." and _LETTER_OF_A_WORD.match(shown, max(start - 2, 0)):
        return None
    if "." not in found and _LETTER_OF_A_WORD.match(shown, end):
        return None
    if _SOON_AN_ABBREVIATION.match(shown, end) and not _ERA_OR_MONTH.match(shown, end):
        return None
    return Token("m", found, (number,))


def _figures(found: str, before: Token | None) -> Token:
    """Order the figures of a day; a number of a document, an area of land or a section is a plain number instead."""
    mark = "/" if "/" in found else "-" if "-" in found else "."
    first, second, third = found.replace(" ", "").rstrip("T").split(mark)
    if len(first) == 4:
        is_day = is_year(int(first)) and (mark == "-" or not _is_code(before))
        return Token("D" if is_day else "x", found, (int(first), int(second), int(third)))
    day, month, year = int(first), int(second), int(third)
    if month > 12 >= day and (mark == "/" or len(third) == 4):
        day, month = month, day
    if len(third) == 4:
        is_day = is_year(year) and not _is_code(before)
    else:
        is_area = mark == "-" and second in "0123" and (before is None or before.kind != "w")
        is_alone = before is None or before.kind not in _NOT_BEFORE_A_SHORT_DATE
        is_day = day <= 31 and month <= 12 and is_alone and not is_area
    return Token("D" if is_day else "x", found, (year, month, day))


def _is_code(before: Token | None) -> bool:
    """Whether what stands before figures is the code of an office or a series, which makes them a document's number."""
    return before is not None and before.kind == "W" and bool(_CODE.search(before.text))


def _number(found: str) -> Token:
    figures = found.rstrip("stndrh")
    kind = str(len(figures)) if len(figures) <= 2 else "y" if len(figures) == 4 and is_year(int(figures)) else "x"
    return Token(kind, figures, (int(figures),) if len(figures) <= 4 else ())


def _fraction(found: str) -> Token:
    first, second = found.replace(" ", "").split("/")
    return Token("f", found, (int(first), int(second)))


def _quarter(found: str) -> Token:
    head, _, year = found.replace(" ", "").partition("/")
    quarters = [int(figure) for figure in _FIGURE.findall(head)] or [1 if found.endswith("แรก") else 4]
    return Token("Q", found, (quarters[0], quarters[-1], int(year) if year else -1))


def _part(found: str) -> Token:
    """Read months of a fiscal year (รอบ 6 เดือน, ครึ่งปีหลัง): those that reports are made for, the rest is vague."""
    figures = _FIGURE.search(found)
    count = int(figures[0]) if figures else max(months for word, months in _COUNTS.items() if word in found)
    is_late = _MARK.sub("", found).endswith(("หลง", "สดทาย"))
    if count not in (3, 6, 9, 12) or (is_late and count > 6):
        return Token("V", found)
    return Token("P", found, (13 - count, 12) if is_late else (1, count))


_BUILDERS = {
    "time": lambda found: Token("", found),
    "nothing": lambda found: Token("", found),
    "weekday": lambda found: Token("w" if found[-1] != "." and "ท" in found[-3:] else "", found),
    "english": lambda found: Token("g", found, (english_month(found),)),
    "h": lambda found: Token("h", found, (colloquial_month(found),)),
    "era": lambda found: Token("e", found, (int(found[0] in "พBb"),)),
    "since": lambda found: Token("<", found),
    "label": lambda found: Token("L", found),
    "mark": lambda found: Token("s" if found == "/" else found, found),
    "part": _part,
    "quarter": _quarter,
    "fraction": _fraction,
    "number": _number,
}
