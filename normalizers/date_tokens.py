"""Cut a text about dates into tokens: figures, months, eras, the words for periods; the rest are words.

Figures and names in pieces are then joined, and figures that are no part of a date set apart. A token's kind is one
letter, so that a row of tokens is a string and the grammar of dates is a set of patterns over it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol, TypeVar

from normalizers.calendar_be import BUDDHIST, is_year
from normalizers.digits import arabic
from normalizers.month_names import (
    COLLOQUIAL_MONTHS,
    COLLOQUIAL_NAMES,
    ENGLISH_NAMES,
    LETTERS,
    MARKS,
    SHORT_NAMES,
    damaged_month,
    english_month,
    full_month,
    full_names,
    loose,
    short_month,
)
from normalizers.text import unescaped

_B, _FEW = "[ …]*+", " {0,2}"
_THAI = f"{LETTERS}{MARKS}"
"""The inside of a character class: all that a Thai word is written with."""
_II, _EK = "\N{THAI CHARACTER SARA II}", "\N{THAI CHARACTER MAI EK}"
_THI = f"ท(?:{_II}{_EK}?|{_EK}{_II}?)"
_CLOCK = "(?:[01]?[0-9]|2[0-4]){0}[0-5][0-9]"
_COLON, _POINT = _CLOCK.format(":"), _CLOCK.format("[.:]")
_YEAR4 = "(?:[0-9]{4}|[0-9]{3} [0-9](?![0-9:]|[.,/][0-9]))"
_YEAR2 = "[0-9]{2}(?!…| ?[0-9](?![0-9]?[:.][0-9]))"
_OCLOCK = f" ?(?:น[.]|นาฬิกา|น(?![{_THAI}]))"
_END = "(?![0-9A-Za-z:]|[.,][0-9])"
_LATIN, _NO_MORE = "(?<![A-Za-z])", "(?![A-Za-z])"
_MONTH_WORD, _YEAR_WORD = loose("เดือน"), f"ป ?{_II}"
FISCAL = rf"(?:{loose('ปีงบประมาณ')}|{_YEAR_WORD} ?(?:งปม[.]?|งบ(?!ป))|{_LATIN}(?i:fiscal year|FY)(?![A-Za-z]))"
"""A pattern of the words for a fiscal year."""
_QUARTER = f"(?:{loose('ไตรมาส')}(?: ?{_THI})?|{_LATIN}Q)"
_WEEKDAYS = "|".join([*map(loose, "จันทร์ อังคาร พฤหัสบดี พฤหัส ศุกร์ เสาร์ อาทิตย์".split()), "พุธ"])
_ENGLISH_WEEKDAYS = "(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?"
_HALF = f"(?:{'|'.join(map(loose, ('แรก', 'หลัง', 'สุดท้าย')))})"
_NO_HALF = f"(?![{_THAI}A-Za-z]|[ ….,:/()|-]*+[แหล])"  # nor what may be a damaged หลัง or แรก
_COUNT = "(?:1[0-2]|[1-9]|สาม|หก|เก้า|สิบสอง)"
_LABEL = "ครั้ง|งวด|ฉบับ|รุ่น|ลาดับ|เลข|ข้อ|หน้า|รอบ|กลุ่ม|มาตรา|ตอน|ส่วน|เล่ม|หมวด"

_YEAR_FIRST = (
    r"(?<![0-9]-)[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.])[0-9]{1,2}"
    r"(?:T(?=[0-9]{2}:)|(?![0-9A-Za-z:]|[.,/-][0-9]| [0-9]{1,2}(?![0-9:.])))"
)
_DASHED = f"(?<![0-9]-)[0-9]{{1,2}}-[0-9]{{1,2}}-(?:{_YEAR4}|{_YEAR2}){_END}(?!-[0-9])"
_SLASHED = f"[0-9]{{1,2}}{_FEW}/{_FEW}[0-9](?: ?[0-9])?{_FEW}/{_FEW}(?:{_YEAR4}|{_YEAR2}){_END}(?! ?/ ?[0-9])"
_DOTTED = (
    f"(?:[0-9]{{1,2}} ?[.] ?[0-9]{{1,2}} ?[.] ?{_YEAR4}"
    f"|[0-9]{{2}}[.][0-9]{{2}}[.](?=[4-9]){_YEAR2}){_END}"  # 1.2.10 is a section, and 08.30.15 a time
)

_WORK = "(?: ?(?:โครงการ|(?:การ)?ดาเนิน(?:การ|งาน)))?(?: ?[|])?"
_START = rf"(?:[0-9]|{full_names()}|{SHORT_NAMES})"

_PATTERNS = {
    "time": rf"(?:เวลา|เมื่อเวลา)?{_B}(?<![0-9.:/])(?:{_POINT}(?:{_OCLOCK})? ?(?:-|ถึง) ?{_POINT}{_OCLOCK}"
    rf"|{_COLON}(?::[0-5][0-9](?:[.,][0-9]++)?)?(?: ?- ?{_COLON}(?::[0-5][0-9])?)?(?: ?(?:AM|PM|น[.]?))?"
    r"(?:Z|(?: ?(?:GMT|UTC))? ?[+-][0-9]{2}:?[0-9]{2})?(?![0-9:])"
    rf"|{_POINT}{_OCLOCK}|(?:(?<=เวลา)|(?<=เวลา )){_POINT}(?![0-9.]))",
    "figures": rf"(?<![0-9/.,])(?:{_YEAR_FIRST}|{_DASHED}|{_SLASHED}|{_DOTTED})",
    "part": rf"{loose('รอบ')}(?: ?(?:{_THI}|ระยะเวลา|ระยะ))?{_B}{_COUNT}{_B}{_MONTH_WORD}(?:{_B}{_HALF}|{_NO_HALF})"
    rf"|(?<![0-9A-Za-z/.,-]){_COUNT}{_B}{_MONTH_WORD}{_B}{_HALF}|ครึ่ง(?:{_YEAR_WORD})?(?:งบประมาณ)?{_B}{_HALF}",
    "U": rf"(?<![0-9A-Za-z/.,-])[0-9]{{1,3}} ?(?:{_MONTH_WORD}(?! ?(?:[0-9]|{full_names()}|{SHORT_NAMES}))"
    rf"|{_YEAR_WORD}(?! ?(?:[0-9]|พ[.]?ศ|ค[.]?ศ|งบ))|วัน(?! ?(?:{_THI}|{_WEEKDAYS}))|สัปดาห์|ชั่วโมง|ชม[.]|นาที"
    rf"|(?i:years?|months?|days?|hours?){_NO_MORE})",
    "english": ENGLISH_NAMES,
    "S": rf"(?:ภาคเรียน|ภาคการศึกษา|ปีการศึกษา|ภาคต้น|ภาคปลาย|เทอม)(?:{_THI})?{_B}(?:พ[.]ศ[.] ?)?"
    rf"(?:[0-9]{{1,4}}(?: ?/ ?(?:{_YEAR4}|[0-9]{{2}}))?)?",
    "F": FISCAL,
    "quarter": rf"{_QUARTER}{_B}(?:[1-4](?![0-9])(?: ?/ ?(?:{_YEAR4}|[0-9]{{2}})(?![0-9])"
    rf"|{_B}(?:-|ถึง){_B}{_QUARTER}?{_B}[1-4](?![0-9/]| ?(?:{full_names()})))?|แรก|สุดท้าย)",
    "V": rf"(?:ต้น|กลาง|ปลาย|สิ้น|ก่อน|หลัง|ทุก)(?= ?(?:{_MONTH_WORD}|{_YEAR_WORD}|{full_names()}))|{_YEAR_WORD}ก่อน"
    rf"|ครึ่ง|สัปดาห์|ปักษ์|วัน(?:แรก|สุดท้าย|ทาการ)|{loose('รอบ')}(?={_B}{_COUNT}{_B}{_MONTH_WORD})",  # no "part"
    "label": rf"(?:(?:{_LABEL})(?: ?{_THI})?|{_THI}|{_LATIN}(?i:no[.]?)) ?[0-9]+"
    rf"(?: ?/ ?(?:{_YEAR4}|[0-9]+)|[.-][0-9]+)*+(?![0-9])",
    "weekday": rf"(?:วัน(?: ?{_THI})? ?)?(?:{_WEEKDAYS})(?: ?{_THI})?|{_LATIN}(?i:{_ENGLISH_WEEKDAYS}){_NO_MORE}[.]?",
    "w": rf"ว[{MARKS} ]{{0,3}}+น[{MARKS} ]{{0,3}}+ท(?=[{MARKS} ]{{0,2}}{_II})[{MARKS} ]{{0,3}}+(?!ส[{MARKS}]{{1,2}}นส)",
    "l": _MONTH_WORD,
    "month": full_names(),
    "h": COLLOQUIAL_NAMES,
    "short": SHORT_NAMES,
    "era": rf"{loose('พุทธศักราช')}|{loose('คริสต์ศักราช')}"
    rf"|พ ?[.,] ?ศ ?[.,]?|(?<![.])ค ?[.,] ?ศ ?[.,]?|[พค]ศ[.]?(?![{_THAI}])"
    rf"|{_LATIN}(?i:[BC][.]? ?E|A[.]? ?D){_NO_MORE}[.]?",
    "p": _YEAR_WORD,
    "t": rf"(?<=[0-9] )(?:[|•-] ?)*+(?:วัน(?:{_THI})? ?)?(?:{loose('สิ้นสุด')}|{loose('แล้วเสร็จ')}|{loose('เสร็จสิ้น')}){_WORK}"
    rf"|(?:{loose('เป็นต้นไป')} ?|ไป ?)?(?:จน ?)?ถ[{MARKS} ]{{1,3}}+ง|{_LATIN}(?i:to|until|through){_NO_MORE}",
    "since": rf"{loose('ตั้งแต่')}|(?:วัน(?:{_THI})? ?)?{loose('เริ่ม')}(?:{loose('ต้น')})?{_WORK}(?={_B}:?{_B}(?:ว|{_START}))"
    rf"|{_LATIN}(?i:from|since){_NO_MORE}",
    "o": loose("เป็นต้นไป"),
    "N": rf"{loose('ปัจจุบัน')}|{_LATIN}(?i:present|now){_NO_MORE}",
    "k": rf"{_LATIN}(?i:(?:(?:start|finish|end|due|begin|updated?) ?)?date|(?:on|in|at|as of|dated){_NO_MORE})"
    rf"|{loose('ประจา')}|รวม(?={_B}[0-9]{{1,3}} ?วัน)"
    rf"|{loose('ระหว่าง')}|(?:ใน|เป็น)?ช่วง(?:เวลา)?|ภายใน|ใน|ของ|ตลอด|ลง(?={_B}ว)|เมื่อ|ข้อมูล|แห่ง"
    rf"|(?<![{_THAI}])ณ(?![{_THAI}])|วัน(?= ?[0-9])|ลว[.]?(?={_B}[0-9])",
    "nothing": f":|{_LATIN}(?i:of|the){_NO_MORE}",
    "c": "และ|หรือ|&|;",
    "fraction": rf"(?<![0-9/.,A-Za-z])[0-9]{{1,2}} ?/ ?(?:{_YEAR4}|[0-9]{{1,2}})(?![0-9A-Za-z]| ?/|[.,][0-9])",
    "number": "[0-9]+(?:(?:st|nd|rd|th)(?![A-Za-z0-9])|(?![0-9A-Za-z%]|[.,/][0-9]| %))",
    "x": r"[0-9]+(?:[0-9A-Za-z]|[.,/](?=[0-9]))*+(?: ?%)?|(?<![A-Za-z])[A-Za-z]+[0-9][0-9A-Za-z]*+",
    "mark": r"[-.,/()|]",
}
"""What a token of each kind looks like; where two match at one place, the first wins."""


@cache
def scanner() -> re.Pattern[str]:
    """Give the pattern of any token, a group for each; made when first asked for, for it takes long to compile."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))


class _HasKind(Protocol):
    @property
    def kind(self) -> str: ...


Part = TypeVar("Part", bound=_HasKind)


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


_NOTHING = Token("^", "")
"""What stands before the first token."""

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
    shown = _FOREIGN.sub(lambda match: "X" if match[0].isnumeric() else "", shown)
    return _BLANKS.sub(" ", _LEADER.sub("…", shown)).strip(" …")


_SOON_AN_ABBREVIATION = re.compile("[ก-ฮ][.]")
_ERA_OR_MONTH = re.compile(f"{_PATTERNS['era']}|{SHORT_NAMES}")
_LETTER_OF_A_WORD = re.compile(f"[{_THAI}.]")
_LAST = "\N{THAI CHARACTER YAMAKKAN}"
_CODE = re.compile(
    "(?:^|[^ก-" + _LAST + "])[ก-ฮ]{1,4}[.]?$|(?<![A-Za-z])(?:[A-Z]{1,8}|(?i:doc|ref|no|id|rev|ver|version|vol))[.]?$"
)
_MARK = re.compile(f"[{MARKS} ]+")
_FIGURE = re.compile("[0-9]+")
_NOT_BEFORE_A_SHORT_DATE = "W12xyf"
_COUNTS = {"สาม": 3, "หก": 6, "เก้า": 9, "สิบสอง": 12, "ครึ่ง": 6}


def tokens(shown: str) -> list[Token]:
    """Cut a cleaned text; times and weekdays are left out, what nobody knows becomes words.

    >>> [token.kind for token in tokens("วันพุธที่ 5 - 6 ต.ค. 65 เวลา 12.00 น.")]
    ['w', '1', '-', '1', 'm', '2']
    >>> [(token.kind, token.values) for token in tokens("ไตรมาส 1/2567 31/10/2560")]
    [('Q', (1, 1, 2567)), ('D', (2560, 10, 31))]
    """
    row: list[Token] = []
    at = end = 0
    while match := scanner().search(shown, at):
        word = shown[end : match.start()].strip(" …")
        words = [Token("W", word)] if word else []
        token = _token(match, (words or row or [_NOTHING])[-1], touches=match.start() == end)
        if token is None:
            at = match.start() + 1
            continue
        row += [*words, token] if token.kind else words
        at = end = match.end()
    rest = shown[end:].strip(" …")
    return [*row, Token("W", rest)] if rest else row


def _token(match: re.Match[str], before: Token, *, touches: bool) -> Token | None:
    """Make the token of a match; None where the surroundings say that it is a piece of a word."""
    name, text = match.lastgroup or "", match[0]
    if name == "short":
        return _short(match, before, touches=touches)
    if name == "figures":
        return _figures(text, before)
    if name == "month":
        number = full_month(text)
        return None if number is None else Token("m", text.strip(), (number,))
    build = _BUILDERS.get(name)
    return build(text) if build else Token(name, text.strip())


def _short(match: re.Match[str], before: Token, *, touches: bool) -> Token | None:
    """Take an abbreviation for a month unless it is a piece of a longer one (ก.ค.ศ., อ.ก.พ.) or of a word."""
    text, shown, start, end = match[0], match.string, match.start(), match.end()
    number = short_month(text)
    if number is None or (start and not touches and _LETTER_OF_A_WORD.match(shown, start - 1)):
        return None
    if before.kind == "." and _LETTER_OF_A_WORD.match(shown, max(start - 2, 0)):
        return None
    if "." not in text and _LETTER_OF_A_WORD.match(shown, end):
        return None
    if _SOON_AN_ABBREVIATION.match(shown, end) and not _ERA_OR_MONTH.match(shown, end):
        return None
    return Token("m", text, (number,))


def _figures(text: str, before: Token) -> Token:
    """Order the figures of a day; a number of a document, an area of land or a section is a plain number instead."""
    mark = "/" if "/" in text else "-" if "-" in text else "."
    first, second, third = text.replace(" ", "").rstrip("T").split(mark)
    if len(first) == 4:
        is_day = is_year(int(first)) and (mark == "-" or not _is_code(before))
        return Token("D" if is_day else "x", text, (int(first), int(second), int(third)))
    day, month, year = int(first), int(second), int(third)
    if month > 12 >= day and (mark == "/" or len(third) == 4):
        day, month = month, day
    if len(third) == 4:
        is_day = is_year(year) and not _is_code(before)
    else:
        is_area = mark == "-" and second in "0123" and before.kind != "w"
        is_alone = before.kind not in _NOT_BEFORE_A_SHORT_DATE
        is_day = day <= 31 and month <= 12 and is_alone and not is_area
    return Token("D" if is_day else "x", text, (year, month, day))


def _is_code(before: Token) -> bool:
    """Whether what stands before figures is the code of an office or a series, which makes them a document's number."""
    return before.kind == "W" and _CODE.search(before.text) is not None


def _number(text: str) -> Token:
    figures = text.rstrip("stndrh")
    kind = str(len(figures)) if len(figures) <= 2 else "y" if len(figures) == 4 and is_year(int(figures)) else "x"
    return Token(kind, figures, (int(figures),) if len(figures) <= 4 else ())


def _quarter(text: str) -> Token:
    head, _, year = text.replace(" ", "").partition("/")
    quarters = [int(figure) for figure in _FIGURE.findall(head)] or [1 if text.endswith("แรก") else 4]
    return Token("Q", text, (quarters[0], quarters[-1], int(year) if year else -1))


def _part(text: str) -> Token:
    """Read months of a fiscal year (รอบ 6 เดือน, ครึ่งปีหลัง): those that reports are made for, the rest is vague."""
    figures = _FIGURE.search(text)
    count = int(figures[0]) if figures else max(months for word, months in _COUNTS.items() if word in text)
    is_late = _MARK.sub("", text).endswith(("หลง", "สดทาย"))
    if count not in (3, 6, 9, 12) or (is_late and count > 6):
        return Token("V", text)
    return Token("P", text, (13 - count, 12) if is_late else (1, count))


_BUILDERS = {
    "time": lambda text: Token("", text),
    "nothing": lambda text: Token("", text),
    "weekday": lambda text: Token("w" if text[-1] != "." and "ท" in text[-3:] else "", text),
    "english": lambda text: Token("g", text, (english_month(text),)),
    "h": lambda text: Token("h", text, (COLLOQUIAL_MONTHS[text],)),
    "era": lambda text: Token("e", text, (int(text[0] in "พBb"),)),
    "since": lambda text: Token("<", text),
    "label": lambda text: Token("L", text),
    "mark": lambda text: Token("s" if text == "/" else text, text),
    "part": _part,
    "quarter": _quarter,
    "fraction": lambda text: Token("f", text, tuple(map(int, text.replace(" ", "").split("/")))),
    "number": _number,
}


Tokens = Sequence[Token]

_COUNTED = re.compile(
    "คน|ราย|บาท|ครั้ง|แห่ง|เรื่อง|คะแนน|วัน|เดือน|ปี|ชั่วโมง|นาที|หน่วย|ร้อยละ|โรง|โครงการ|หลัง|ต้น|เครื่อง|ชุด|ตัว|ฉบับ|เล่ม|"
    "กิโล|เมตร|ตาราง|ไร่|งาน|ล้าน|แสน|หมื่น|พัน|ร้อย|เปอร์|%|องค์|ชุมชน|หมู่|เขต|จังหวัด|อาเภอ|ตาบล|ห้อง|รุ่น|กลุ่ม|ทีม|ข้อ|"
    "รายการ|กิจกรรม|แผน|สาย|แปลง|ถัง|ลูก|ใบ|แผ่น|ขวด|กล่อง|ตัน|ลิตร|หลักสูตร|ศูนย์|สถาน|ครัวเรือน|ท่าน|คู่|คัน|จุด|ด้าน|หลอด|ตอน"
)
_LAND = re.compile("ไร่|งาน|ตาราง|ตร|วา")
_LAST_DAY_NUMBER = 31


def repair(row: Tokens) -> Tokens:
    """Apply each repair once, in order.

    >>> [token.text for token in repair(tokens(clean("วันที่ 2 9 มีนาดม 256 2")))]
    ['วันที่', '29', 'มีนาดม', '2562']
    """
    for pattern, build in _REPAIRS:
        if pattern.search("".join(token.kind for token in row)):  # few do, and this is sooner known
            row = [token for match, found in stretches(row, pattern) for token in (build(found) if match else found)]
    return row


def stretches(row: Sequence[Part], pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str] | None, Sequence[Part]]]:
    """Cut a row by a pattern over its kinds: what each match found, and, with None, what stands between.

    >>> [(match and match[0], len(found)) for match, found in stretches(tokens("5 - 6 ต.ค. 65"), re.compile("-"))]
    [(None, 1), ('-', 1), (None, 3)]
    """
    end = 0
    for match in pattern.finditer("".join(part.kind for part in row)):
        yield None, row[end : match.start()]
        yield match, row[match.start() : match.end()]
        end = match.end()
    yield None, row[end:]


def _as_other(row: Tokens) -> Tokens:
    """Take the first token for a number that is no part of a date."""
    return [Token("x", row[0].text), *row[1:]]


def _month(row: Tokens) -> Tokens:
    """Take a word between a day and a year for the month that it is damaged from, or without its ending."""
    word = row[0]
    number = word.value if word.kind == "h" else damaged_month(word.text.replace(" ", ""))
    return [Token("W", word.text) if number is None else Token("m", word.text, (number,))]


def _year_in_pieces(row: Tokens) -> Tokens:
    """Join pieces to a year of four figures, if they make one; 20 23 could be two numbers, 25 67 hardly."""
    for count in range(2, len(row) + 1):
        pieces = [token.text for token in row[:count]]
        figures = "".join(pieces)
        if len(figures) < 4:
            continue
        if len(figures) > 4 or set(figures) - set("0123456789") or not is_year(int(figures)):
            break
        if [len(piece) for piece in pieces] == [2, 2] and int(figures) not in BUDDHIST:
            break
        return [Token("y", figures, (int(figures),)), *row[count:]]
    return row


def _day_in_pieces(row: Tokens) -> Tokens:
    figures = row[0].text + row[1].text
    is_day = figures[0] == "0" or 10 <= int(figures) <= _LAST_DAY_NUMBER
    return [Token("2", figures, (int(figures),))] if is_day else row


def _quantity(row: Tokens) -> Tokens:
    """Set a number apart that counts something (1 ครั้ง, 1,200 บาท), wherever no date can want it."""
    return [Token("k", row[0].text), row[1]] if _COUNTED.match(row[1].text) else row


def _unless_long(row: Tokens) -> Tokens:
    """Doubt a label of one figure before a day of one figure: ที่ 2 9 มีนาคม may end a damaged วันที่ and begin 29."""
    return row if row[0].text[-2:].isdecimal() else _as_other(row)


def _unless_day(row: Tokens) -> Tokens:
    """Take two figures that could be a day, where more follows, for no year: the next date may begin there."""
    return _as_other(row) if row[0].value <= _LAST_DAY_NUMBER else row


_REPAIRS = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        ("(?<=[12lt<-])[hW](?=[ep]*[y12x])|(?<=l)W", _month),  # a misread name counts only where a month is due
        ("h", lambda row: [Token("W", row[0].text)]),
        (r"(?:^|(?<=[mgepF<t-]))[12x]{2,4}", _year_in_pieces),
        (r"(?<=w)11(?=l?[mg]|[-t])|(?<=[-t])11(?=l?[mg])", _day_in_pieces),  # elsewhere 3 1 may be row 3, day 1
        (r"(?<![12xyf])11(?=l?[mg])", lambda row: _day_in_pieces(row) if row[0].text == "0" else row),
        (r"(?<=w)[12]\.(?=l?[mg])", lambda row: row[:-1]),
        (r"^\(?[12][.)](?=w?[12]l?[mg]|w?D)", lambda _: []),  # the number of a list
        (r"L(?=[mgt-])|(?<=F)L", _as_other),  # ที่ 5 มกราคม: a day, or an ordinal?
        ("L(?=1l?[mg])", _unless_long),
        ("L(?=l)", lambda row: _as_other(row) if row[0].text.startswith("ท") else row),  # ที่ 5 may end a damaged วันที่
        ("(?<=w)U", lambda row: [Token("f", row[0].text, (0, 0))]),
        ("(?<!w)(?<![12]-)[12](?=l[mg])", _as_other),  # 3 เดือน is a duration, unless วันที่ says otherwise
        ("DW", lambda row: _as_other(row) if _LAND.match(row[1].text) else row),
        ("(?<=[mg])2W", lambda row: _as_other(row) if _COUNTED.match(row[1].text) else row),  # 5 ต.ค. 10 ราย
        ("(?:^|(?<=[^mgwl<t-]))[12x]W", _quantity),
        ("(?<=m)2(?=[^),.|o])|(?<=g)2(?!,?y)(?=.)", _unless_day),
        (r"(?:^|(?<=[^12l]))l?[mg]2(?!,?y)", lambda row: [*row[:-1], *_unless_day(row[-1:])]),
    )
)
