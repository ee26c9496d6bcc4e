"""One line or one paragraph of printed words, freed of Markdown, dot leaders and stray blanks. No word is changed."""

import re
import sys
import unicodedata
from functools import cache, lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKUP = (
    ("#", re.compile(r"\A[\s|]*+#{1,6}+(?=[\s*])"), ""),
    ("\\", re.compile(r"(?<!\\)\\++\s*+\Z"), ""),
    ("[", re.compile(r"\[([^\[\]]*+)\]\([^()\s]*+\)"), r"\1"),
    ("<", re.compile(r"<br ?/?>", re.IGNORECASE), " "),
    ("\\", _ESCAPED, r"\1"),
    ("**", re.compile(r"\*{2,}+"), ""),
)
"""What Markdown adds: the sign that shows it, its pattern, and what is left of it; in the order in which it goes."""
_LEADER = re.compile(r"[._…·‥](?:(?: ?[._…·‥]){3,}+|(?<=…)…++)")
_SILENT = re.compile(r"[-\u2010-\u2015−.…·‥_| ]*+")
_BULLETS = "•▪▫■□●○◦◆◇►▸‣☞★❏❑❖➢➤✓✔»›\u2011\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8"
BULLET = rf"(?:[{_BULLETS}](?:[-{_BULLETS}]*+)\s*+|[-*–—+]\s++(?:\[[ xX]\]\s++)?+)"
"""A pattern for one bullet and the blanks behind it; dash and star need a blank, or they belong to the word."""
_LEADING_BULLET = re.compile(BULLET)
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""All white space; none lies beyond the ideographic space."""
UNSAID = _BLANKS + ".…*\\_\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What never tells labels apart: blanks, dots, stars, backslashes, underscores, and what has no width."""
_IN_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_WITHOUT_UNSAID = dict.fromkeys(map(ord, UNSAID))


@lru_cache(maxsize=2048)
def line(text: str) -> str | None:
    r"""Make one clean line; None where nothing is printed but a dash, dots or blanks.

    Headings, bold, escapes, links and cell frames of Markdown go, and leaders of four or more dots or underscores;
    three dots inside the words stay, as do single asterisks (`6*18`), bullets and numbers.

    >>> line("| **1\\. งบประมาณ** ........ ๕๐๐   บาท |")
    '1. งบประมาณ ๕๐๐ บาท'
    >>> line("ขั้นตอน...แต่งตั้ง"), line(" - "), line("......")
    ('ขั้นตอน...แต่งตั้ง', None, None)
    """
    clean = " ".join(_unmarked(_visible(unicodedata.normalize("NFC", text))).split())
    return None if _SILENT.fullmatch(clean) else clean


def _visible(text: str) -> str:
    """Drop what has no width, which is never printable; most texts are, and that is soon known."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def _unmarked(text: str) -> str:
    """Drop what Markdown and dotted form lines add; blanks are left for the caller to collapse."""
    for sign, pattern, left in _MARKUP:
        if sign in text:
            text = pattern.sub(left, text)
    return _LEADER.sub(" ", text).strip().strip("|")


def unescaped(text: str) -> str:
    r"""Drop the backslashes that Markdown puts before signs; everything else stays.

    >>> unescaped(r"2016\-10\-01"), unescaped(r"ก\ข")
    ('2016-10-01', 'ก\\ข')
    """
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


@lru_cache(maxsize=512)
def paragraph(text: str) -> str | None:
    r"""Join several lines by one space, each cleaned as by `line`; the bullet in front of the first one goes.

    A line break is taken for a blank even where it split a word: only a dictionary could tell. Bullets of later
    lines stay, since they may part items.

    >>> paragraph("- เพื่อพัฒนา  \nครู\\\nและนักเรียน"), paragraph(" \n-\n")
    ('เพื่อพัฒนา ครู และนักเรียน', None)
    """
    lines = [clean for printed in text.splitlines() if (clean := line(printed)) is not None]
    joined = " ".join(lines)
    return joined[behind(_LEADING_BULLET, joined, 0) :] or None


def unstarred(text: str) -> str | None:
    """A paragraph without the asterisks that a form prints around it.

    >>> unstarred("* งานประจำ *"), unstarred("6*18"), unstarred(" * ")
    ('งานประจำ', '6*18', None)
    """
    return (paragraph(text) or "").strip("* ") or None


def bare(text: str) -> str:
    """Drop white space and zero-width characters, to compare two readings; nothing else is touched.

    >>> bare(" น้ำ ตาล\\u200bทราย\\n")
    'น้ำตาลทราย'
    """
    return _visible("".join(text.split()))


def compact(text: str) -> str:
    r"""Drop what never tells labels apart.

    >>> compact("**ปี พ.ศ.** \\_")
    'ปีพศ'
    """
    return text.translate(_WITHOUT_UNSAID)


def bare_label(text: str) -> str:
    """Give the words of a label: without what stands in brackets, and what never tells labels apart.

    >>> bare_label("**งบประมาณที่ได้รับ (บาท)**")
    'งบประมาณที่ได้รับ'
    """
    return compact(_IN_BRACKETS.sub("", text))


def trimmed(text: str, start: int, end: int, blanks: str | None = None) -> tuple[int, int]:
    """Where a stretch of a text stands without the blanks, or other characters, around it; an empty one ends at `end`.

    >>> trimmed("ก  ข \\n ค", 1, 6), trimmed("* ก", 0, 3, "* "), trimmed("   ", 0, 2)
    ((3, 4), (2, 3), (2, 2))
    """
    stretch = text[start:end]
    kept = stretch.lstrip(blanks)
    first = start + len(stretch) - len(kept)
    return first, first + len(kept.rstrip(blanks))


_LEAD_IN = re.compile(r"(?:ดังนี้|ดังต่อไปนี้)[ \t.:]*+\Z")


def leads_in(text: str) -> bool:
    """Whether a text ends as sentences do that only say that a list follows.

    >>> leads_in("มีวัตถุประสงค์ ดังนี้"), leads_in("ดังนี้จึงเสนอ")
    (True, False)
    """
    return _LEAD_IN.search(text, max(0, len(text) - 20)) is not None


def behind(pattern: re.Pattern[str], text: str, start: int, end: int = sys.maxsize) -> int:
    """Where a text goes on behind what a pattern skips at a place, perhaps nothing.

    >>> behind(re.compile("-+"), "a--b", 1), behind(re.compile("-+"), "a--b", 0)
    (3, 0)
    """
    match = pattern.match(text, start, end)
    return match.end() if match else start


TAB = 8
"""Columns that a tab takes before a line."""


def width(text: str) -> int:
    """How many columns of a page letters take; what stands above or below the line takes none.

    >>> width("น้ำ 1"), width("\\tก")
    (4, 9)
    """
    return sum(map(_width, text))


@cache
def _width(letter: str) -> int:
    return TAB if letter == "\t" else 0 if unicodedata.category(letter) in ("Mn", "Cf") else 1
