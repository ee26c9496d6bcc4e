"""The words behind a heading that say which quarter and year it is about, on its line and on the next one."""

import re

from normalizers.digits import DIGIT
from normalizers.look_alikes import folded
from pipeline.document.likeness import prefix_likeness, wording

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

_UNFINISHED = re.compile(r"(?:ที่|ไตรมาส|รอบ|ปีงบประมาณ|พ\.ศ\.|จำนวน)[\s*]*+\Z")
_YEAR_BEHIND = re.compile(rf"{DIGIT}{{4}}[\s*\\_.)#]*+\Z")
_ANY_DIGIT = re.compile(DIGIT)


def is_period(rest: str) -> bool:
    """Whether what stands behind a heading is a quarter, a year or a count, whole or damaged, and no sentence.

    >>> is_period("ประจำไตรมาสที่ ๒"), is_period("ของโรงเรียน")
    (True, False)
    """
    return _YEAR_BEHIND.search(rest) is not None or (
        (rest.startswith("(") or _begins(rest)) and _ANY_DIGIT.search(rest) is not None
    )


def is_unfinished(line: str) -> bool:
    """Whether a line ends in a word that a number follows.

    >>> is_unfinished("ประจำไตรมาสที่"), is_unfinished("ประจำไตรมาสที่ ๒")
    (True, False)
    """
    return _UNFINISHED.search(line) is not None


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
    return _begins(following) or (_begins(behind) and _ANY_DIGIT.match(following) is not None)


def _begins(rest: str) -> bool:
    printed = folded(rest)
    return any(prefix_likeness(printed, wording(word))[0] >= SAME_PERIOD for word in PERIODS)
