"""Mend a row of date tokens: figures and names in pieces are joined, figures that are no part of a date set apart."""

import re
from collections.abc import Callable, Sequence

from normalizers.calendar_be import BUDDHIST, is_year
from normalizers.date_tokens import Token
from normalizers.month_names import damaged_month

Tokens = Sequence[Token]
_Build = Callable[[Tokens], Tokens]

_COUNTED = re.compile(
    "คน|ราย|บาท|ครั้ง|แห่ง|เรื่อง|คะแนน|วัน|เดือน|ปี|ชั่วโมง|นาที|หน่วย|ร้อยละ|โรง|โครงการ|หลัง|ต้น|เครื่อง|ชุด|ตัว|ฉบับ|เล่ม|"
    "กิโล|เมตร|ตาราง|ไร่|งาน|ล้าน|แสน|หมื่น|พัน|ร้อย|เปอร์|%|องค์|ชุมชน|หมู่|เขต|จังหวัด|อาเภอ|ตาบล|ห้อง|รุ่น|กลุ่ม|ทีม|ข้อ|"
    "รายการ|กิจกรรม|แผน|สาย|แปลง|ถัง|ลูก|ใบ|แผ่น|ขวด|กล่อง|ตัน|ลิตร|หลักสูตร|ศูนย์|สถาน|ครัวเรือน|ท่าน|คู่|คัน|จุด|ด้าน|หลอด|ตอน"
)
_LAND = re.compile("ไร่|งาน|ตาราง|ตร|วา")
_LAST_DAY_NUMBER = 31


def mend(row: Tokens) -> Tokens:
    """Apply each mend once, in order.

    >>> from normalizers.date_tokens import clean, tokens
    >>> [token.text for token in mend(tokens(clean("วันที่ 2 9 มีนาดม 256 2")))]
    ['วันที่', '29', 'มีนาดม', '2562']
    """
    for pattern, build in _MENDS:
        row = _rewrite(row, pattern, build)
    return row


def _rewrite(row: Tokens, pattern: re.Pattern[str], build: _Build) -> Tokens:
    kinds = "".join(token.kind for token in row)
    mended: list[Token] = []
    end = 0
    for match in pattern.finditer(kinds):
        mended += row[end : match.start()]
        mended += build(row[match.start() : match.end()])
        end = match.end()
    return [*mended, *row[end:]] if end else row


def _as_other(found: Tokens) -> Tokens:
    """Take the first token for a number that is no part of a date."""
    return [Token("x", found[0].text), *found[1:]]


def _dropped(_: Tokens) -> Tokens:
    return []


def _without_last(found: Tokens) -> Tokens:
    return found[:-1]


def _month(found: Tokens) -> Tokens:
    """Take a word between a day and a year for the month that it is damaged from, or without its ending."""
    word = found[0]
    number = word.value if word.kind == "h" else damaged_month(word.text.replace(" ", ""))
    return [Token("W", word.text) if number is None else Token("m", word.text, (number,))]


def _year_in_pieces(found: Tokens) -> Tokens:
    """Join pieces to a year of four figures, if they make one; 20 23 could be two numbers, 25 67 hardly."""
    for count in range(2, len(found) + 1):
        pieces = [token.text for token in found[:count]]
        figures = "".join(pieces)
        if len(figures) < 4:
            continue
        if len(figures) > 4 or set(figures) - set("0123456789") or not is_year(int(figures)):
            break
        if [len(piece) for piece in pieces] == [2, 2] and int(figures) not in BUDDHIST:
            break
        return [Token("y", figures, (int(figures),)), *found[count:]]
    return found


def _day_in_pieces(found: Tokens) -> Tokens:
    figures = found[0].text + found[1].text
    is_day = figures[0] == "0" or 10 <= int(figures) <= _LAST_DAY_NUMBER
    return [Token("2", figures, (int(figures),))] if is_day else found


def _zero_and_day(found: Tokens) -> Tokens:
    return _day_in_pieces(found) if found[0].text == "0" else found


def _unless_land(found: Tokens) -> Tokens:
    return _as_other(found) if _LAND.match(found[1].text) else found


def _unless_counted(found: Tokens) -> Tokens:
    """Take two figures before a counter ("5 ต.ค. 10 ราย") for a count, not for a year."""
    return _as_other(found) if _COUNTED.match(found[1].text) else found


def _quantity(found: Tokens) -> Tokens:
    """Set a number apart that counts something (1 ครั้ง, 1,200 บาท), wherever no date can want it."""
    return [Token("k", found[0].text), found[1]] if _COUNTED.match(found[1].text) else found


def _unless_long(found: Tokens) -> Tokens:
    """Doubt a label of one figure before a day of one figure: ที่ 2 9 มีนาคม may end a damaged วันที่ and begin 29."""
    return found if found[0].text[-2:].isdecimal() else _as_other(found)


def _unless_named(found: Tokens) -> Tokens:
    """Doubt a bare ที่ 5 before เดือน: it may end a damaged วันที่."""
    return _as_other(found) if found[0].text.startswith("ท") else found


def _unless_day(found: Tokens) -> Tokens:
    """Take two figures that could be a day, where more follows, for no year: the next date may begin there."""
    return _as_other(found) if found[0].value <= _LAST_DAY_NUMBER else found


def _unless_day_of_month(found: Tokens) -> Tokens:
    return [*found[:-1], *_unless_day(found[-1:])]


_MENDS = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        ("(?<=[12lt<-])[hW](?=[ep]*[y12x])|(?<=l)W", _month),  # a misread name counts only where a month is due
        ("h", lambda found: [Token("W", found[0].text)]),
        (r"(?:^|(?<=[mgepF<t-]))[12x]{2,4}", _year_in_pieces),
        (r"(?<=w)11(?=l?[mg]|[-t])|(?<=[-t])11(?=l?[mg])", _day_in_pieces),  # elsewhere 3 1 may be row 3, day 1
        (r"(?<![12xyf])11(?=l?[mg])", _zero_and_day),
        (r"(?<=w)[12]\.(?=l?[mg])", _without_last),
        (r"^\(?[12][.)](?=w?[12]l?[mg]|w?D)", _dropped),  # the number of a list
        (r"L(?=[mgt-])|(?<=F)L", _as_other),  # ที่ 5 มกราคม: a day, or an ordinal?
        ("L(?=1l?[mg])", _unless_long),
        ("L(?=l)", _unless_named),
        ("(?<=w)U", lambda found: [Token("f", found[0].text, (0, 0))]),
        ("(?<!w)(?<![12]-)[12](?=l[mg])", _as_other),  # 3 เดือน is a duration, unless วันที่ says otherwise
        ("DW", _unless_land),
        ("(?<=[mg])2W", _unless_counted),
        ("(?:^|(?<=[^mgwl<t-]))[12x]W", _quantity),
        ("(?<=m)2(?=[^),.|o])|(?<=g)2(?!,?y)(?=.)", _unless_day),
        (r"(?:^|(?<=[^12l]))l?[mg]2(?!,?y)", _unless_day_of_month),
    )
)
