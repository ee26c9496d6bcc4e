"""The quarter and the fiscal year that stand behind a heading, on its line and on the next one."""

import re

from normalizers.calendar_be import FISCAL_YEARS
from normalizers.digits import ANY_DIGIT, DIGIT, arabic, whole
from normalizers.fuzzy_match import folded, prefix_score
from normalizers.text import behind

LONGEST = 80
"""Characters of a heading's end that are looked at."""
LONGEST_PERIOD = 64
"""Folded letters of the longest quarter and year behind a heading."""
PERIODS = (
    "ประจำปี",
    "ประจำไตรมาส",
    "ปีไตรมาส",
    "ไตรมาสที่",
    "ปีงบประมาณ",
    "งบประมาณ พ.ศ.",
    "ปี พ.ศ.",
    "รอบที่",
    "รอบ",
    "จำนวน",
    "ตามแผน",
)
SAME_PERIOD = 70
"""How alike the words behind a heading must be to those that begin a period."""

_FIGURES = re.compile(rf"(?<!{DIGIT}){DIGIT}{{1,4}}+(?!{DIGIT})")
_NUMBERED = re.compile(
    rf"\A[\s*_#>|]*+\(?{DIGIT}{{1,2}}+(?:(?:\.{DIGIT}{{1,2}}+)*+[.)]|(?:\.{DIGIT}{{1,2}}+)++)[ \t*]++(?=[ก-ฮเ-ไ])"
)
"""The number of a heading, which is none of its period."""
_NUMBERED_PERIOD = re.compile(rf"[\s*]*+(?:ไตรมาส|สัปดาห์|เดือน|งวด|Q)(?:ที่)?\s?{DIGIT}{{1,2}}[\s*]*+")
QUARTER = re.compile(rf"ไตรมาส(?:ที่)?[ \t]*+(?P<quarter>[1-4๑-๔])(?!{DIGIT})")
"""A quarter with its number."""
QUARTER_HEAD = re.compile(
    rf"(?:\A|(?<=\n))[ \t*_#>•–-]*+{QUARTER.pattern}"
    rf"(?:[ \t]*+(?:ปี[^\n:]{{0,30}}|/[ \t]?{DIGIT}{{4}}|\([^()\n]{{1,40}}\)))?+[ \t*]*+(?:[:：][ \t*]*+|(?=\n|\Z))"
)
"""A quarter that begins a line, a colon or nothing behind it: what follows is about it."""
_QUARTER_WORDS = re.compile(
    rf"(?<![ \t\n(])[ \t\n(]*+(?:ประจำ|ในรอบ|ใน|ของ)?(?:{QUARTER.pattern}(?:[ \t]?/[ \t]?{DIGIT}{{4}})?[ \t\n)]*+"
    r"|(?<=[ก-๛])(?:ไตรมาส|รอบ)(?:นี้|ที่รายงาน)?[ \t\n)]*+\Z)"
)
_QUARTERS = range(1, 5)
_UNFINISHED = re.compile(r"(?:ที่|ไตรมาส|รอบ|ปีงบประมาณ|พ\.ศ\.|จำนวน)[\s*]*+\Z")
_YEAR_BEHIND = re.compile(rf"{DIGIT}{{4}}[\s*\\_.)#]*+\Z")


def quarter_and_year(text: str) -> tuple[int | None, int | None]:
    """Read the quarter and the fiscal year of a heading; what it does not print, or prints twice, is None.

    Forms print "ปีงบประมาณที่ 2" where they mean the second quarter, so the figure decides and not the word before it.

    >>> quarter_and_year("ประจำปีไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๗"), quarter_and_year("ประจำปีงบประมาณที่ 1 ปีงบประมาณ 2567")
    ((2, 2567), (1, 2567))
    >>> quarter_and_year("๓. การเบิกจ่าย (ไตรมาสที่ ๔ ปีงบประมาณ ๒๕๖๕)")
    (4, 2565)
    >>> quarter_and_year("ไตรมาสที่ ๑ ปีงบประมาณ ๒๕๖๘ (ตุลาคม - ธันวาคม ๒๕๖๗)")
    (1, 2568)
    >>> quarter_and_year("ไตรมาสที่ ๑ (ตุลาคม - ธันวาคม ๒๕๖๗)"), quarter_and_year("ไตรมาสที่ ๑ (ปีงบประมาณ ๒๕๖๘)")
    ((1, None), (1, 2568))
    >>> quarter_and_year("ประจำปีงบประมาณ ๒๕๖๗"), quarter_and_year("ฉบับที่ ๑๓"), quarter_and_year("")
    ((None, 2567), (None, None), (None, None))
    """
    shown = text[behind(_NUMBERED, text, 0) :][:LONGEST]
    if not ANY_DIGIT.search(shown):
        return None, None
    outer, _, inner = shown.partition("(")
    for part in (outer, shown):
        numbers = [whole(arabic(found)) for found in _FIGURES.findall(part)]
        quarters = {number for number in numbers if number in _QUARTERS}
        years = {number for number in numbers if number in FISCAL_YEARS}
        if quarters and (years or "ปี" not in inner):  # the months in brackets may be of the year before
            break
    return (quarters.pop() if len(quarters) == 1 else None, years.pop() if len(years) == 1 else None)


def year_of(text: str) -> int | None:
    """Read the one Buddhist year of a heading, whatever else it counts; None where there is none, or several.

    >>> year_of("2567 รอบ 6 เดือน"), year_of("รอบ ๖ เดือน")
    (2567, None)
    """
    return quarter_and_year(text)[1]


def is_period(rest: str) -> bool:
    """Whether what stands behind a heading is a quarter, a year or a count, whole or damaged, and no sentence.

    >>> is_period("ประจำไตรมาสที่ ๒"), is_period("ของโรงเรียน")
    (True, False)
    """
    return _YEAR_BEHIND.search(rest) is not None or (
        (rest.startswith("(") or _begins(rest)) and ANY_DIGIT.search(rest) is not None
    )


def is_numbered_period(text: str) -> bool:
    """Whether a text is a quarter, a month or a week by its number: what plans are drawn over.

    >>> is_numbered_period("ไตรมาส ๑"), is_numbered_period("**สัปดาห์ที่ 4**"), is_numbered_period("ไตรมาส ๑ ปี ๒๕๖๘")
    (True, True, False)
    """
    return _NUMBERED_PERIOD.fullmatch(text) is not None


def is_unfinished(text: str, start: int, end: int) -> bool:
    """Whether a line of a text ends in a word that a number follows.

    >>> is_unfinished("ประจำไตรมาสที่ ๒", 0, 14), is_unfinished("ประจำไตรมาสที่ ๒", 0, 16)
    (True, False)
    """
    return _UNFINISHED.search(text, start, end) is not None


def goes_on(behind: str, following: str) -> bool:
    """Whether a line goes on with the period of a heading, of which the line above prints what stands `behind`.

    A year alone does, or a number and a year, where the line above has begun to say which.

    >>> goes_on("", "ประจำไตรมาสที่ ๒ ปีงบประมาณ ๒๕๖๗"), goes_on("ประจำไตรมาสที่", "๒ ปีงบประมาณ ๒๕๖๗")
    (True, True)
    >>> goes_on("", "๒๕๖๗"), goes_on("ประจำไตรมาสที่ ๒", "ประชุมครูในปี ๒๕๖๗")
    (False, False)
    """
    if len(folded(behind + following)) > LONGEST_PERIOD or _YEAR_BEHIND.search(following) is None:
        return False
    return _begins(following) or (_begins(behind) and ANY_DIGIT.match(following) is not None)


def _begins(rest: str) -> bool:
    printed = folded(rest)
    return any(prefix_score(printed, folded(word))[0] >= SAME_PERIOD for word in PERIODS)


def without_quarter(text: str) -> str:
    """What the head of a column says beside its quarter.

    >>> without_quarter("แผน (ไตรมาสที่ 1)"), without_quarter("ไตรมาสที่ ๒/๒๕๖๗ เบิกจ่าย"), without_quarter("ไตรมาสที่ 3")
    ('แผน', 'เบิกจ่าย', '')
    >>> without_quarter("กิจกรรมในไตรมาส"), without_quarter("ผลในไตรมาสนี้"), without_quarter("ไตรมาส")
    ('กิจกรรม', 'ผล', 'ไตรมาส')
    """
    return _QUARTER_WORDS.sub("", text)
