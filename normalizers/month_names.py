"""Names of months, Thai and English, full and short, whole or damaged; and patterns that find them."""

import re
from functools import cache

MARKS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}"
    "\N{THAI CHARACTER MAITAIKHU}-\N{THAI CHARACTER YAMAKKAN}"
)
"""The inside of a character class: what stands above or below a Thai letter."""

LETTERS = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER SARA A}\N{THAI CHARACTER SARA AA}-\N{THAI CHARACTER SARA AM}เ-ๆ"
"""The inside of a character class: what stands on the line in a Thai word."""

THAI_MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_COLLOQUIAL = "มกรา กุมภา มีนา เมษา พฤษภา มิถุนา กรกฎา สิงหา กันยา ตุลา พฤศจิกา ธันวา".split()

_MAY_BE_DAMAGED = range(5, 14)
_FIGURES, _LONGEST = "0123456789๐๑๒๓๔๕๖๗๘๙", 16
_EDITS_IN_LONG_NAME, _LONG_NAME, _MARGIN = 2, 8, 2

_NO_MARKS = re.compile(f"[{MARKS} ]+")
_TWINS = str.maketrans("ฏษส", "ฎศศ")
_CLASS_OF_TWIN = {"ฎ": "[ฎฏ]", "ศ": "[ศษส]", "ษ": "[ศษส]", "า": "[าำ]"}


_MARK, _MARK_OR_BLANK = r"[^\w\x00-/:-@\[-`{-\x7f]{0,3}+", r"[^\w\x00-\x1f!-/:-@\[-`{-\x7f]{0,3}+"
"""Marks by what they are not, a letter, a figure or a sign of ASCII; their ranges take far longer to compile."""


def _skeleton(name: str) -> str:
    return _NO_MARKS.sub("", name).replace("ำ", "า").translate(_TWINS)


_BY_SKELETON = {_skeleton(name): number for number, name in enumerate(THAI_MONTHS, start=1)}
_MARKS_IN = {number: set("".join(_NO_MARKS.findall(name))) for number, name in enumerate(THAI_MONTHS, start=1)}
_BY_SHORT = {name.replace(".", ""): number for number, name in enumerate(SHORT_MONTHS, start=1)}
COLLOQUIAL_MONTHS = {name: number for number, name in enumerate(_COLLOQUIAL, start=1)}
"""The numbers of months by their names without the ending, such as เมษา."""


def loose(word: str, *, blanks: bool = True) -> str:
    """Make a pattern that finds a Thai word by its letters, whatever marks (and blanks) damage put between them.

    >>> bool(re.fullmatch(loose("ธันวาคม"), "ธนั วาคม")), bool(re.fullmatch(loose("ธันวาคม"), "มกราคม"))
    (True, False)
    """
    letters = [_CLASS_OF_TWIN.get(letter, letter) for letter in _NO_MARKS.sub("", word)]
    return (_MARK_OR_BLANK if blanks else _MARK).join(letters) + _MARK


def full_names(*, blanks: bool = True) -> str:
    """Make the pattern of a full Thai month name, damaged marks included; blanks inside it only where asked for."""
    return "|".join(loose(name, blanks=blanks) for name in THAI_MONTHS)


COLLOQUIAL_NAMES = f"(?:{'|'.join(_COLLOQUIAL)})(?![{LETTERS}{MARKS}])"
ENGLISH_NAMES = (
    "(?<![A-Za-z])(?i:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in ENGLISH_MONTHS) + "|Sept)(?![A-Za-z])[.]?"
)
SHORT_NAMES = f"(?:เ ?)?[กตธพมส][{MARKS} ]{{0,3}}+[.,]?[{MARKS} ]{{0,3}}+[คพย][{MARKS}]{{0,2}}+(?: ?[.])?"


def full_month(name: str) -> int | None:
    """Number a month by its full Thai name; lost or displaced marks and blanks inside do not matter.

    A mark that the name does not have is damage of another kind: มันาคม is as near to ธันวาคม as some misread มีนาคม.

    >>> full_month("ธนั วาคม"), full_month("กรกฏาคม"), full_month("มันาคม"), full_month("คม")
    (12, 7, None, None)
    """
    number = _BY_SKELETON.get(_skeleton(name))
    if number is None or _MARKS_IN[number].issuperset("".join(_NO_MARKS.findall(name)).replace(" ", "")):
        return number
    return damaged_month(name.replace(" ", ""))


def short_month(name: str) -> int | None:
    """Number a month by its abbreviation; a letter or mark that fits no month or two is not guessed at.

    >>> short_month("มี.ค."), short_month("ม.ค."), short_month("ตค"), short_month("ม.ย."), short_month("มิ.ค.")
    (3, 1, 10, None, None)
    """
    if " " in name and "." not in name:
        return None
    return _BY_SHORT.get(re.sub("[ .,]", "", name))


def is_month(text: str) -> bool:
    """Whether a text is the name of a month, perhaps with its year.

    >>> is_month("**ต.ค.**"), is_month("มีนาคม พ.ศ. 2562"), is_month("มี")
    (True, True, False)
    """
    name = text.strip(" *\\_").rstrip(_FIGURES).rstrip().removesuffix("พ.ศ.").rstrip()
    return len(name) <= _LONGEST and (short_month(name) is not None or full_month(name) is not None)


def english_month(name: str) -> int:
    """Number a month by the first three letters of its English name.

    >>> english_month("Sept."), english_month("MAY")
    (9, 5)
    """
    return [month[:3] for month in ENGLISH_MONTHS].index(name[:3].title()) + 1


@cache
def damaged_month(name: str) -> int | None:
    """Number a month by a misread full name; only where one month is near and every other is clearly farther.

    >>> damaged_month("มกราดม"), damaged_month("พฤศจิกายม")
    (1, 11)
    >>> damaged_month("มราคม"), damaged_month("มิถุนาคม"), damaged_month("ตุลาการ")
    (None, None, None)
    """
    if len(name) not in _MAY_BE_DAMAGED:
        return None
    from rapidfuzz.distance import Levenshtein

    ranked = sorted((Levenshtein.distance(name, month), number) for number, month in enumerate(THAI_MONTHS, start=1))
    (best, number), (second, _) = ranked[:2]
    limit = _EDITS_IN_LONG_NAME if len(name) >= _LONG_NAME else 1
    return number if best <= limit and second - best >= _MARGIN else None
