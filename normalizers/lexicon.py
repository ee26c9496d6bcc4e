"""The words that a reading is judged by: a general dictionary, provinces, and what government forms print.

They are read when first asked for, from the lists beside the code of pythainlp: the code takes long to import, and the
lists need none of it.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

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
_MOST = 1 << 14
"""Beginnings that are remembered; a worker forgets them all and goes on, for it may read a large archive."""
_LETTER = "[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER THANTHAKHAT}]"
_OF_NAME = "\n"
"""The line end behind a name in the list marks it, and sorts it behind the same letters without one."""
_WORDS = re.compile(rf"^(?:{_LETTER}{{2,{LONGEST}}}|[ณฯๆ])(?=\n)", re.MULTILINE)
_NAMES = re.compile(rf"^{_LETTER}{{{_LONG - 2},{LONGEST}}}{_OF_NAME}", re.MULTILINE)


class Beginning(dict[str, "Beginning | None"]):
    """Letters that words begin with; its keys are the letters that may follow, None where no word goes on so.

    What follows is found when it is asked for. `known` says what the letters are by themselves, a WORD if they are a
    RARE one too: how often words are used is another list, which not every question needs.
    """

    __slots__ = ("known", "lexicon", "span", "text")

    def __init__(self, lexicon: "_Lexicon", text: str, span: tuple[int, int]) -> None:
        listed = lexicon.listed[span[0]]
        self.lexicon, self.text, self.span = lexicon, text, span
        self.known = WORD if text == listed else NAME if listed == text + _OF_NAME else BEGINNING
        lexicon.size += 1

    def __missing__(self, letter: str) -> "Beginning | None":
        text, listed, (first, end) = self.text + letter, self.lexicon.listed, self.span
        first = bisect_left(listed, text, first, end)
        found = None
        if first < end and listed[first].startswith(text) and letter != _OF_NAME:
            if not listed[end - 1].startswith(text):
                end = bisect_left(listed, text + "\uffff", first, end)
            found = Beginning(self.lexicon, text, (first, end))
        self[letter] = found
        return found


class _Lexicon:
    """All words and names in order, and how many beginnings were made of them."""

    def __init__(self) -> None:
        self.listed = sorted(_words() + _NAMES.findall(_names_as_printed()))
        self.size = 0
        self.beginning = Beginning(self, "", (0, len(self.listed)))


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


def beginnings() -> Beginning:
    """Where each word starts: no letter yet. From here a text is followed letter by letter.

    >>> beginnings()["ง"]["บ"].known == WORD, beginnings()["ง"]["ฌ"]
    (True, None)
    """
    lexicon = _lexicon()
    if lexicon.size > _MOST:
        lexicon.size, lexicon.beginning = 1, Beginning(lexicon, "", (0, len(lexicon.listed)))
    return lexicon.beginning


def look_up(text: str) -> int:
    """Whether the text is a WORD, a RARE one, a person's NAME, the BEGINNING of any, or NONE of these.

    A sound text has names, but nothing is repaired into one.

    >>> look_up("งบประมาณ") == WORD, look_up("งบประมา") == BEGINNING, look_up("งบประมาฌ") == NONE
    (True, True, True)
    """
    beginning: Beginning | None = beginnings()
    for letter in text:
        if beginning is not None:
            beginning = beginning[letter]
    if beginning is None:
        return NONE
    return RARE if beginning.known == WORD and is_rare(text) else beginning.known


def is_common(word: str) -> bool:
    """Whether a word is in everyday use, or so long that it fits nowhere by chance.

    >>> is_common("ที่"), is_common("ลี้"), is_common("งบประมาณ")
    (True, False, True)
    """
    if len(word) >= _LONG or word in _terms():
        return True
    return int(_uses().get(word, 0)) >= (_SELDOM if len(word) == _LONG - 1 else _COMMON)


@lru_cache(maxsize=1 << 12)
def is_rare(word: str) -> bool:
    """Whether hardly anybody uses a short word, as many abbreviations; NO NEN too, which seldom touches another.

    >>> is_rare("กี๋"), is_rare("ที่"), is_rare("ณ")
    (True, False, True)
    """
    if not 1 < len(word) < _LONG - 1 or word in _terms():
        return word == "ณ"
    return int(_uses().get(word, 0)) < _SELDOM


@lru_cache(maxsize=1 << 12)
def is_in_use(word: str) -> bool:
    """Whether a word is common and not rare, so that a damaged reading may be repaired into it.

    >>> is_in_use("ที่"), is_in_use("กี๋")
    (True, False)
    """
    return is_common(word) and not is_rare(word)


@lru_cache(maxsize=1 << 10)
def uncovered(text: str) -> int:
    """The least number of characters that are left when words cover the rest, none overlapping.

    Remembered, for one reading is weighed against each of the others.

    >>> uncovered("งบประมาณปี"), uncovered("ฌงบประมาณฌ")
    (0, 2)
    """
    root, best = beginnings(), list(range(len(text) + 1))
    closed = [*text, _OF_NAME]  # with which no word goes on
    for start in range(len(text)):
        left, end, beginning = best[start], start + 1, root[closed[start]]
        if left < best[end]:
            best[end] = min(best[end], left + 1)
        while beginning is not None:
            if left < best[end] and beginning.known == WORD:
                best[end] = left
            beginning = beginning[closed[end]]
            end += 1
    return best[-1]


def _words() -> list[str]:
    """The words that consist of Thai letters."""
    return _WORDS.findall("\n".join(["", _list("words_th.txt"), *_terms(), "ณ", "ฯ", "ๆ", ""]))


@cache
def _terms() -> frozenset[str]:
    provinces = _list("thailand_provinces_th.csv").splitlines()
    return TERMS | {line.partition(",")[0] for line in provinces}


@cache
def _uses() -> dict[str, str]:
    words_and_counts = _list("ttc_freq.txt").replace("\n", "\t").split("\t")
    return dict(zip(words_and_counts[::2], words_and_counts[1::2], strict=False))


def _names_as_printed() -> str:
    kinds = "family_names", "person_names_female", "person_names_male"
    return "\n".join([*(_list(f"{kind}_th.txt") for kind in kinds), ""])


def _list(name: str) -> str:
    """The text of one of pythainlp's lists."""
    package = find_spec("pythainlp")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pythainlp, which brings the word lists, is not installed")
    return Path(package.submodule_search_locations[0], "corpus", name).read_text(encoding="utf-8-sig")
