"""The words that a reading is judged by: a general dictionary, provinces, and what government forms print.

Loading takes about a tenth of a second, so it waits until the first question.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache

LONGEST = 24
"""Characters of the longest word that is looked for; longer ones are proverbs and full titles."""

# What the forms print and the dictionary lacks, or has in pieces that are words as well.
TERMS = frozenset(
    "ตัวชี้วัด ไม่ต่ำกว่า เขตพื้นที่ เขตพื้นที่การศึกษา การดำเนินการ การดำเนินงาน แผนการดำเนินงาน งบดำเนินงาน งบลงทุน "
    "งบรายจ่ายอื่น งบประมาณรายจ่าย เงินงบประมาณ ที่รับผิดชอบ ผู้ที่เกี่ยวข้อง ที่เกี่ยวข้อง ค่าเป้าหมาย ยุทธศาสตร์ชาติ "
    "แผนปฏิบัติการ แผนปฏิบัติราชการ หน่วยนับ รวมทั้งสิ้น ความเชื่อมโยง ห่วงโซ่ เบิกจ่าย ผลเบิกจ่าย อัตรากำลัง กำกับติดตาม "
    "ติดตามผล ผู้มีรายได้น้อย ระบายน้ำ คุณภาพน้ำ ลำน้ำ สูบน้ำ สถานีสูบน้ำ ค่าน้ำหนัก ถ่วงน้ำหนัก แก้ไขเพิ่มเติม ภาคีเครือข่าย "
    "อาศัยอำนาจ คำขอ กำหนดเวลา ระยะเวลาดำเนินการ สถานที่ดำเนินการ สิ่งก่อสร้าง ผลสัมฤทธิ์ งบ "
    "กทม กศน สพฐ สพป สพม อบต อบจ สตง ปปช".split()
)

NONE, BEGINNING, RARE, NAME, WORD = range(5)

_LONG = 6
"""Characters of a word that fits nowhere by chance; shorter ones count fully only if they are in use."""
_COMMON, _SELDOM = 28, 5
"""Times that a word of up to four characters stands in a corpus of running text, at least, and one of five."""
_FIRST = frozenset(map(chr, (*range(ord("ก"), ord("ฯ") + 1), *range(ord("เ"), ord("ไ") + 1), ord("ๆ"))))
"""What words begin with: no mark, and no vowel that stands behind its consonant."""
_THAI = re.compile(f"[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER THANTHAKHAT}]{{2,{LONGEST}}}")


@cache
def words() -> frozenset[str]:
    """All words that consist of Thai letters."""
    from pythainlp.corpus import thai_words  # slow to import, and most texts never need it

    return frozenset(filter(_THAI.fullmatch, thai_words() | _terms())) | frozenset("ณฯๆ")


@cache
def _uses() -> dict[str, int]:
    from pythainlp.corpus import ttc

    return dict(ttc.unigram_word_freqs())


def is_common(word: str) -> bool:
    """Whether a word is in everyday use, or so long that it fits nowhere by chance.

    >>> is_common("ที่"), is_common("ลี้"), is_common("งบประมาณ")
    (True, False, True)
    """
    if len(word) >= _LONG or word in _terms():
        return True
    return _uses().get(word, 0) >= (_SELDOM if len(word) == _LONG - 1 else _COMMON)


@cache
def _rare() -> frozenset[str]:
    """Short words that hardly anybody uses, many of them abbreviations; NO NEN too, which seldom touches another."""
    short = (word for word in words() if 1 < len(word) < _LONG - 1)
    return frozenset(word for word in short if _uses().get(word, 0) < _SELDOM) - _terms() | {"ณ"}


@cache
def _terms() -> frozenset[str]:
    from pythainlp.corpus import provinces

    return TERMS | frozenset(map(str, provinces()))


@cache
def _names() -> frozenset[str]:
    """Persons' names: a sound text has them, but nothing is repaired into one."""
    from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

    listed = thai_family_names() | thai_female_names() | thai_male_names()
    return frozenset(name for name in filter(_THAI.fullmatch, listed) if len(name) >= _LONG - 2) - words()


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(words() | _names()))


@lru_cache(maxsize=1 << 16)
def look_up(text: str) -> int:
    """Whether the text is a WORD, a RARE one, a person's NAME, the BEGINNING of any, or NONE of these.

    >>> look_up("งบประมาณ") == WORD, look_up("งบประมา") == BEGINNING, look_up("งบประมาฌ") == NONE
    (True, True, True)
    """
    if text in words():
        return RARE if text in _rare() else WORD
    if text in _names():
        return NAME
    listed = _in_order()
    place = bisect_left(listed, text)
    return BEGINNING if place < len(listed) and listed[place].startswith(text) else NONE


def uncovered(text: str) -> int:
    """The least number of characters that are left when words cover the rest, none overlapping.

    >>> uncovered("งบประมาณปี"), uncovered("ฌงบประมาณฌ")
    (0, 2)
    """
    known, size = words(), len(text)
    best = list(range(size + 1))
    for start, letter in enumerate(text):
        left = best[start]
        best[start + 1] = min(best[start + 1], left + 1)
        for end in range(start + 1, min(size, start + LONGEST) + 1) if letter in _FIRST else ():
            if left < best[end] and text[start:end] in known:
                best[end] = left
    return best[-1]
