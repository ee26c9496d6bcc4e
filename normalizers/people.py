"""Who answers for a project: a person or an office, the telephone number behind it, and the offices above it."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers import Unreadable
from normalizers.digits import arabic
from normalizers.figures import is_foreign, quoted
from normalizers.fuzzy_match import folded
from normalizers.text import behind, line

_OFFICIAL = "กเทศ|กรัฐ|กสมาคม|กองค์|กสภา|ก อบ|ทะเบียน|อำเภอ|ช่าง|ร้อย|แพทย์|ทหาร|จ้าง|หน้า|ด่าน|สถานี|ตรวจ|เรือ"
TITLE = (
    rf"(?:นางสาว|นาง|นาย(?!{_OFFICIAL})|น\. ?ส\.|ว่าที่ ?(?:ร้อย|พัน|ร\.|พ\.|เรือ)|เด็กชาย|เด็กหญิง|ด\.[ชญ]\."
    r"|ดร\.|ผศ\.|รศ\.|ศ\. ?ดร\.|นพ\.|พญ\.|ทพ\.|ม\.[รล]\.ว?|(?:พล|พัน|ร้อย|จ่าสิบ|สิบ)(?:ตำรวจ)?(?:เอก|โท|ตรี)"
    r"|พระครู|พระมหา|คุณ(?!ภาพ|ธรรม|วุฒิ|ค่า|ลักษณะ))"
)
_RANKED = rf"{TITLE}(?:(?<=[ยนอ])(?:ตำรวจ|อากาศ)?(?:เอก|โท|ตรี)|(?<=\.)[ก-ฮ]\.)?[ .]{{0,3}}"
TITLES = rf"{_RANKED}(?:(?<=[ .]){_RANKED})*+"
"""Titles with the rank behind ว่าที่ and the blanks behind them; a second one begins behind a blank or a dot."""
_TITLED = re.compile(rf"(?:^|[ .:]){TITLE}")
_LABEL = re.compile(
    r"[ .:|-]*+(?:(?:ชื่อ)?ผู้(?:รับผิดชอบ|ประสาน|เสนอ|จัดทำ|ดำเนิน|ติดต่อ|รายงาน|ให้ข้อมูล)|ชื่อ|โดย)"
    rf"(?:[^0-9:]{{0,40}}?(?={TITLE})|[^0-9:]{{0,40}}+:)[ .:-]*+"
)
_NUMBER = re.compile(rf"\(?[0-9๐-๙]{{1,2}}(?:\.[0-9๐-๙]{{1,2}}){{0,2}}+[.)]?[ ]{{1,8}}+(?={TITLE})")
"""The number of a name in a list."""
_BEHIND_NAME = re.compile(r"(?:^|[ (,])ตำแหน่ง")
_POSITION = re.compile(
    rf"{TITLE} ?\S++ \S++(?= (?:หัวหน้า|ผู้อำนวยการ|รองผู้|ผู้ช่วย|เจ้าพนักงาน|เจ้าหน้าที่|นักวิชาการ|นักพัฒนา|นักจัดการ|นักวิเคราะห์|นักสังคม"
    r"|ศึกษานิเทศก์|พนักงาน|ครู(?:ชำนาญ|ผู้ช่วย|[ (]|\Z)|ผอ\.|พัฒนาก[ารณ]|เกษตร(?:อำเภอ|ตำบล)|ปลัด|นายช่าง|วิศวกร"
    r"|สถาปนิก|สาธารณสุขอำเภอ|พยาบาลวิชาชีพ|นิติกร|บรรณารักษ์|เภสัชกร|สัตวแพทย์|นายสัตวแพทย์|โภชนากร|อาจารย์))"
)
"""A title, a name and a surname that a position follows."""
_CALL = re.compile(
    r"(?:(?<![ก-๛])โทร(?!สาร|ทัศน์|คม|เลข)|โทร(?:ศัพท์|\.)?(?=[ .:]*+[0-9+(])|เบอร์(?:โทร)?(?:ศัพท์)?(?=[ .:]*+[0-9+(])"
    r"|มือถือ|[Tt]el(?:ephone)?(?=[ .:])|TEL(?=[ .:])|☎"
    r"|(?<=[ )])(?:ต่อ|ภายใน|หมายเลข(?:โทรศัพท์)?(?:ภายใน)?)(?=[ .:]*+[0-9]))(?:ศัพท์)?[ .]*+(?:ภายใน|มือถือ|ฯ)?[ .:…(]*+"
)
_HEAD_OF_PHONES = re.compile(
    rf"(?:หมายเลข(?:โทรศัพท์|ติดต่อ|ภายใน)?|เบอร์(?:โทร(?:ศัพท์)?|ติดต่อ)?|โทร(?:ศัพท์)?(?:ติดต่อ|ภายใน)?)[ .:]*+(?={TITLE})"
)
"""What a column of telephones is called, printed above it and so before the name."""
_TRAILING = re.compile(r"[0-9+](?:[ ,/–-]{0,3}[0-9])*+[ ).]{0,9}\Z")
_FARTHEST = 80
_IN_HOUSE = re.compile("[0-9๐-๙]{3,5}")
_PLACE = re.compile(r"(?:เขต|ที่|หมู่|ชั้น|กลุ่ม|งาน|ฝ่าย|ปี|พ\.ศ\.|/) ?\Z")
_NUMBER_OF_PLACE = re.compile("[0-9]{1,3}(?![0-9])[ –-]*+")
_LONG = re.compile("[0-9]{4}")
_FIGURES = re.compile(r"[0-9]++(?: ?[ –-] ?[0-9]++)*+")
_BEYOND = re.compile(
    r"(?:[ ,;/().–-]|[0-9]|ต่อ|หรือ|และ|ถึง|ภายใน|สายตรง|มือถือ|โทร(?:ศัพท์)?(?!สาร)|(?:โทรสาร|แฟกซ์|[Ff]ax|FAX)[^ก-๛]*+)*+\Z"
)
_ABROAD = re.compile(r"\+66[ -]?(?:\(0\))?[ -]?")
OFFICE_WORD = r"(?:สำนัก|สถาบัน|สถานี|กอง|กลุ่ม|ฝ่าย|งาน|ส่วน|ศูนย์|หน่วย|โรงเรียน|คณะ|กรม|กระทรวง|เขต|สพ[ปมฐ]\.|มหาวิทยาลัย|วิทยาลัย)"
_BARS = re.compile(r" ?(?:[|] ?)++")
"""What stands between the lines of a cell."""
_YEAR_BEHIND = re.compile(r" \(?(?:ประจำ)?ปี(?:งบประมาณ|การศึกษา) ?(?:พ\.ศ\.)? ?[0-9๐-๙]{4}\)?\Z")
"""The year that a title prints behind the office."""
_SLASH = re.compile(rf"(?<!/) / |(?:(?<!/) )?/ ?(?={OFFICE_WORD}|-(?: |\Z))")
"""A slash between offices: one with a blank on either side, or one before what begins as offices do, or a dash."""
_BETWEEN_CELLS = re.compile(rf"(?<![ \t])(?:[ ]*+\t[ \t]*+| {{3,}}+)(?={OFFICE_WORD})")


_NO_SURNAME = re.compile(rf"(?:^|[ .:]){TITLES}[ก-๛]++\Z")
_NO_NAME = rf"ผู้|หัวหน้า|รอง|ตำแหน่ง|เจ้าหน้าที่|เจ้าพนักงาน|นัก|ครู|พนักงาน|ศึกษานิเทศก์|ข้าราชการ|โทร|หมาย|วันที่|{OFFICE_WORD}|{TITLE}"
"""What a line that has no surname begins with: a position, an office, another person."""
_SURNAME = re.compile(rf"(?!{_NO_NAME})[ก-ฮเ-ไ][ก-๛]*+(?: *+[0-9() –-]{{3,20}}+)?")
_PHONE_ALONE = re.compile(r"(?:(?:หมายเลข|เบอร์)?(?:โทร)?(?:ศัพท์)?[ .:]*+)?(?:ภายใน[ .:]*+)?[0-9(][0-9() –-]{2,20}+")


def goes_on(said: str, following: str) -> bool:
    """Whether the line below a name has its surname, its position, or nothing but its telephone number.

    >>> goes_on("นางสาวก", "ขค 3484"), goes_on("นางสาวก ข", "3484"), goes_on("นางสาวก ข", "โทร. 0 2437 6631")
    (True, True, True)
    >>> goes_on("นางสาวก ข", "ตำแหน่ง ครู"), goes_on("นางสาวก ข ตำแหน่ง ครู", "โทร. 3484")
    (True, True)
    >>> goes_on("นางสาวก", "ผู้อำนวยการ"), goes_on("นางสาวก ข", "คง"), goes_on("นางสาวก ข 3484", "1546")
    (False, False, False)
    """
    name, below = arabic(line(said) or "").strip(" .,:;|-"), arabic(line(following) or "")
    if _NO_SURNAME.search(name):
        return _SURNAME.fullmatch(below) is not None
    is_name = _TITLED.search(name) is not None and name[-1:] not in "0123456789"
    has_position = _BEHIND_NAME.search(name) is not None
    is_position = not has_position and _BEHIND_NAME.match(below.lstrip("(")) is not None
    return is_name and (is_position or _PHONE_ALONE.fullmatch(below) is not None)


@lru_cache(maxsize=256)
def person(text: str) -> str | None:
    """Read the name of a person or an office, with its title, without label, position and telephone; None where silent.

    Small numbers belong to the name of an office ("เขต 2"). Two people with a number each are unreadable:
    one of them would be lost.

    >>> person("นางสาวก ข 3484"), person("ผู้รับผิดชอบนายค ง โทร. ๑๕๔๖"), person("กลุ่มงานแผน เขต 2"), person("-")
    ('นางสาวก ข', 'นายค ง', 'กลุ่มงานแผน เขต 2', None)
    >>> person("13.1 นางสาวก ข"), person("(๑) นายค ง")
    ('นางสาวก ข', 'นายค ง')
    >>> person("กลุ่มงานเคลื่อนที่ 8381"), person("นางสาวก ข หัวหน้าฝ่ายการศึกษา โทร 1546"), person("หัวหน้าฝ่ายโยธา")
    ('กลุ่มงานเคลื่อนที่', 'นางสาวก ข', 'หัวหน้าฝ่ายโยธา')
    """
    shown = line(text) or ""
    head, figures = _split(shown)
    name = _without_label(head[behind(_NUMBER, head, 0) :]).strip(" .,:;(|/-–—")
    name = _without_damaged_call(name) if figures else name
    if figures and not _is_beyond(figures):
        raise Unreadable(f"{quoted(text)} has words behind a telephone number: perhaps a second name")
    if is_foreign(shown) or _is_crowded(name):
        raise Unreadable(f"{quoted(text)} is not a name")
    return name or None


@lru_cache(maxsize=256)
def phone(text: str) -> str | None:
    """Read the first whole telephone number as Arabic digits alone; None where the page gives none.

    Numbers behind it are left out: further ones, the end of a span ("6631-5"), an extension (ต่อ). It must have as many
    digits as Thai numbers have: 9 or 10 from 0 on, 3 to 5 inside a house. Without โทร it must end the text, and have 4
    where no titled name stands in front.

    >>> phone("นางสาวก ข 3484"), phone("นายค ง โทร ๑๕๔๖"), phone("โทร. 0 2437 6631-5 ต่อ 3427"), phone("นายค ง")
    ('3484', '1546', '024376631', None)
    >>> phone("โทร. 0 2437 663")
    Traceback (most recent call last):
    normalizers.Unreadable: 'โทร. 0 2437 663' has no whole telephone number
    """
    shown = line(text) or ""
    head, figures = ("", arabic(shown)) if _IN_HOUSE.fullmatch(shown) else _split(shown)
    if not figures.strip(" .-–—(_"):
        return None
    found = _first_number(figures)
    if found is None or is_foreign(shown) or not _is_beyond(figures) or _is_crowded(_without_label(head)):
        raise Unreadable(f"{quoted(text)} has no whole telephone number")
    return found


@lru_cache(maxsize=256)
def offices(text: str) -> tuple[str | None, str | None, str | None]:
    """Split "agency / division / unit"; a dash is None, and more than three parts stay joined in the third.

    A slash without a blank on either side parts offices only where the next one begins as offices do; so does what
    parts two cells.

    >>> offices("สำนักการศึกษา / - / กลุ่มงานแผน"), offices("สำนักการศึกษา/กองคลัง")
    (('สำนักการศึกษา', None, 'กลุ่มงานแผน'), ('สำนักการศึกษา', 'กองคลัง', None))
    >>> offices("กลุ่มงานแผน/งบประมาณ"), offices("สำนักการศึกษา / กองคลัง / "), offices("-")
    (('กลุ่มงานแผน/งบประมาณ', None, None), ('สำนักการศึกษา', 'กองคลัง', None), (None, None, None))
    >>> offices("สำนักการศึกษา\\tกองคลัง\\tกลุ่มงานแผน"), offices("โรงเรียนวัดกลาง ปีงบประมาณ 2567")
    (('สำนักการศึกษา', 'กองคลัง', 'กลุ่มงานแผน'), ('โรงเรียนวัดกลาง', None, None))
    """
    shown = _YEAR_BEHIND.sub("", _BARS.sub(" ", line(_BETWEEN_CELLS.sub(" / ", text)) or "")).rstrip("/ ")
    first, second, *rest = [*_SLASH.split(shown), "", ""]
    third = " / ".join(filter(None, rest))
    return line(first.strip("/")), line(second), line(third)


def agency(text: str) -> str | None:
    """Read the first of the offices.

    >>> agency("สำนักการศึกษา / กองคลัง / กลุ่มงานแผน")
    'สำนักการศึกษา'
    """
    return offices(text)[0]


def division(text: str) -> str | None:
    """Read the second of the offices.

    >>> division("สำนักการศึกษา / กองคลัง / กลุ่มงานแผน")
    'กองคลัง'
    """
    return offices(text)[1]


def unit(text: str) -> str | None:
    """Read the third of the offices, with what follows it.

    >>> unit("สำนักการศึกษา / กองคลัง / กลุ่มงานแผน")
    'กลุ่มงานแผน'
    """
    return offices(text)[2]


def _without_damaged_call(name: str) -> str:
    """Drop a last short word before the number that looks like โทร: a name has no such word there.

    >>> _without_damaged_call("นายก ขาวดี โทะ"), _without_damaged_call("นายก ขาวดี")
    ('นายก ขาวดี', 'นายก ขาวดี')
    """
    words = name.split(" ")
    is_call = len(words) > 2 and len(words[-1]) <= 4 and fuzz.ratio(folded(words[-1]), folded("โทร")) >= 65
    return " ".join(words[:-1]) if is_call else name


def _without_label(name: str) -> str:
    """Drop a label glued in front, which a title or a colon must end, and a position behind."""
    label = _LABEL.match(name)
    name = name[label.end() :] if label else name
    if titled := _POSITION.match(name.lstrip()):
        return titled[0]
    position = _BEHIND_NAME.search(name)
    return name[: position.start()] if position and position.start() else name


@lru_cache(maxsize=256)
def _split(shown: str) -> tuple[str, str]:
    """Split a line into the name, as printed, and what stands behind โทร or ends it as four digits or more."""
    shown = shown[behind(_HEAD_OF_PHONES, shown, 0) :]
    figures = arabic(shown)
    call = _CALL.search(figures)
    if call:
        return shown[: call.start()], figures[call.end() :]
    trailing = _TRAILING.search(figures, max(0, len(figures) - _FARTHEST))
    if trailing is None:
        return shown, ""
    start = trailing.start()
    if _PLACE.search(figures, 0, start):
        start = behind(_NUMBER_OF_PLACE, figures, start)
    fewest = 1 if _TITLED.search(figures, 0, start) else 4
    if len(re.findall("[0-9]", figures[start:])) < fewest:
        return shown, ""
    return shown[:start], figures[start:]


def _is_crowded(name: str) -> bool:
    """Whether a name still has digits that are no small number of an office: those of a second telephone."""
    digits = arabic(name)
    return bool(_LONG.search(digits) or (_TITLED.match(digits) and re.search("[0-9]", digits)))


def _first_number(figures: str) -> str | None:
    """Put together the groups of the first number, if they add up to a whole one."""
    match = _FIGURES.match(_ABROAD.sub("0", figures.lstrip(" .:(-")))
    if match is None:
        return None
    groups = re.split("[ –-]+", match[0])
    if groups[0][0] != "0":
        is_one = len(groups) == 1 or (len(groups) == 2 and len(groups[1]) < len(groups[0]) - 1)
        return groups[0] if is_one and 3 <= len(groups[0]) <= 5 else None
    joined = ""
    for group in groups:
        joined += group
        wanted = 10 if joined[1:2] in ("6", "8", "9") else 9
        if len(joined) >= wanted:
            return joined if len(joined) == wanted and len(group) >= 3 else None
    return None


def _is_beyond(figures: str) -> bool:
    """Whether behind a label there is nothing but numbers, and words that join or name numbers."""
    return bool(_BEYOND.fullmatch(_ABROAD.sub("0", figures)))


_LONGEST_TITLES = 40


@cache
def _only_for_export() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Titles in front, titles behind, and words of offices alone: compiled where persons are masked."""
    offices = re.compile(rf"(?:(?:{OFFICE_WORD}[^ ]*+|[0-9๐-๙]++)(?: |\Z))++")
    return re.compile(TITLES), re.compile(rf"{TITLES}\Z"), offices


def untitled(name: str) -> str:
    """A person's name without its titles; the name of an office as it is.

    >>> untitled("ว่าที่ร้อยตรี ดร. ก ข"), untitled("นางสาวก ข"), untitled("กองคลัง"), untitled("นายช่างโยธา")
    ('ก ข', 'ก ข', 'กองคลัง', 'นายช่างโยธา')
    """
    in_front, _, _ = _only_for_export()
    return name[behind(in_front, name, 0) :]


def is_office(name: str) -> bool:
    """Whether a name is surely that of an office: each of its words begins as offices do, or is a number.

    >>> is_office("กลุ่มงานแผน เขต 2"), is_office("กองแก้ว ใจดี"), is_office("นายก ข")
    (True, False, False)
    """
    *_, offices = _only_for_export()
    return offices.fullmatch(name) is not None


def titles_before(text: str, end: int) -> int:
    """Where the titles begin that stand before a name, or its own place where it has none.

    >>> titles_before("โดย นาย ก", 8), titles_before("โดย ก", 4)
    (4, 4)
    """
    first, (_, titles, _) = max(0, end - _LONGEST_TITLES), _only_for_export()
    found = titles.search(text[first:end])
    return first + found.start() if found else end
