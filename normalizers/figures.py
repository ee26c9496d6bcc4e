"""The one grammar of printed figures: what is one number, what is several run together, and what has lost a digit."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from normalizers import Unreadable, Value
from normalizers.digits import ARABIC, arabic
from normalizers.text import line
from normalizers.words import number_words, skeleton

LONGEST = 1000
"""No cell with a number is longer than this many characters; what is, is running text."""

CLUSTER = re.compile("[0-9](?:[ ,.]*+[0-9])*+")
"""A stretch of digits, commas, points and blanks in a text from `prepared`: one number, or several run together."""
_PRINTED = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})++|[1-9][0-9]*+)(?:\.[0-9]++)?+")
_SPACED = re.compile(
    r"[1-9][0-9]{0,2}(?: ?, ?[0-9] ?[0-9] ?[0-9])++(?: ?\. ?[0-9]{2})?+|(?:0|[1-9][0-9]*+) \. [0-9]{2}"
)
_LIST_COMMA = re.compile(r"[0-9], [1-9]")
_NO_LIST = re.compile(r"[1-9][0-9]{0,2}(?:(?:, [0-9]{3}){2,}|(?:, [0-9]{3})*, 0[0-9]{2})(?:\.[0-9]{2})?")
"""A blank behind each comma, and three groups or one that begins with a nought, as no number of a list does."""
_INNER_BLANK = re.compile(r"[0-9] [0-9]")
_SOUND_GROUP = re.compile(r", ?[0-9]{3}(?![0-9 ]*+[0-9])")
_FIGURE = "0-9๐-๙OolIS"
_GAP = re.compile(rf"(?<! ) *+[\t\n\r\f\v]\s*+|(?<=[{_FIGURE}.,–-])\s{{2,}}+(?=[(–-]?[{_FIGURE}])")
"""What parts cells: tabs and line ends, and wide blanks between figures; beside words they are what somebody typed."""
_TWINS = re.compile("(?<![A-Za-z0-9,.])(?:[0-9][0-9OolIS]{0,2}|[lI][0-9]{0,2})(?:,[0-9OolIS]{3})++(?![A-Za-z0-9,])")
_TWIN_DIGITS = str.maketrans("OolIS", "00115")
_OTHER = re.compile("[^\x00-\x7f\u0e00-\u0e7f]")


@lru_cache(maxsize=512)
def prepared(text: str) -> str:
    """Make a text ready for `CLUSTER`: a clean line in Arabic digits, where gaps between figures and tabs part cells.

    Letters read for digits are settled only in a number whose full groups of three prove how many digits there are.

    >>> prepared("๑,0OO  บาท"), prepared("5  20,000"), prepared("-  500"), prepared("S00 บาท"), prepared("..........")
    ('1,000 บาท', '5 | 20,000', '- | 500', 'S00 บาท', '')
    """
    if len(text) > LONGEST:
        text = line(text) or ""
    clean = arabic(line(_GAP.sub(" | ", text.strip())) or "")
    return _TWINS.sub(_settled, clean)


def _settled(match: re.Match[str]) -> str:
    found = match[0]
    return found if set(ARABIC).isdisjoint(found) else found.translate(_TWIN_DIGITS)


def is_foreign(shown: str) -> bool:
    """Whether a prepared text is too long for a number, or has digits of a third script: damage.

    >>> is_foreign("໑,250"), is_foreign("½ ล้าน"), is_foreign("1,250 บาท")
    (True, True, False)
    """
    return len(shown) > LONGEST or any(found.isnumeric() for found in _OTHER.findall(shown))


def value(cluster: str) -> Decimal | None:
    """Read one cluster as one number; None where it is several, or where a group of thousands is broken.

    Blanks are closed around commas and points and inside later groups, where nothing else is possible: "5 20,000"
    may be two cells, and "100, 200" a list.

    >>> value("3,5 13,000"), value("251,000 . 00"), value("1 , 900 , 000")
    (Decimal('3513000'), Decimal('251000.00'), Decimal('1900000'))
    >>> value("5 20,000"), value("100, 200"), value("1,25,000.00"), value("1.200.000"), value("0,500")
    (None, None, None, None, None)
    """
    if not _PRINTED.fullmatch(cluster) and not _is_closed(cluster):
        return None
    figures = cluster.replace(",", "").replace(" ", "")
    return Decimal(figures) if len(figures) <= 18 and len(figures.partition(".")[0]) <= 16 else None


def _is_closed(cluster: str) -> bool:
    """Whether the blanks of a cluster can stand inside one number and nowhere else."""
    if not _SPACED.fullmatch(cluster):
        return False
    if _LIST_COMMA.search(cluster) and " ," not in cluster and not _NO_LIST.fullmatch(cluster):
        return False
    return not _INNER_BLANK.search(cluster) or bool(_SOUND_GROUP.search(cluster))


def plain(shown: str) -> Decimal | None:
    """Read a prepared text that is a number and nothing else; None where it is not.

    >>> plain("-5"), plain("(5)"), plain("ห้า"), plain("5 คน")
    (Decimal('-5'), Decimal('-5'), Decimal('5'), None)
    """
    if is_foreign(shown):
        return None
    figures, sign = shown, 1
    if shown[:1] == "(" and shown[-1:] == ")":
        figures, sign = shown[1:-1].strip(), -1
    elif shown[:1] in ("-", "−"):
        figures, sign = shown[1:], -1
    if CLUSTER.fullmatch(figures):
        found = value(figures)
        return None if found is None else sign * found
    return number_words(shown.strip("()")) if shown == figures or shown[:1] == "(" else None


def read_value(
    text: str, reads: Callable[[str], Value | None], wanted: str, *, silent: re.Pattern[str] | None = None
) -> Value | None:
    """Read a value from a prepared text; None where nothing is printed, or where its skeleton is a silent one.

    >>> read_value("๕ คน", plain, "a number")
    Traceback (most recent call last):
    normalizers.Unreadable: '๕ คน' is not a number
    """
    shown = prepared(text)
    if not shown or (silent and silent.fullmatch(skeleton(shown).lower())):
        return None
    found = reads(shown)
    if found is None:
        raise Unreadable(f"{quoted(text)} is not {wanted}")
    return found


def quoted(text: str) -> str:
    """Quote a text for a message, cut where it is long.

    >>> quoted("ก" * 100) == repr("ก" * 60 + "…")
    True
    """
    return repr(text if len(text) <= 60 else text[:60] + "…")
