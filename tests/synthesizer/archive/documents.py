"""The documents of an archive by their number: each is a report printed from a stencil, or a letter without a form.

`Documents(seed)[n]` depends on nothing but the seed and the number, so that a repeat needs no memory of the first.
"""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

from tests.synthesizer import FORMS, prose, synthesizer_of, words
from tests.synthesizer.archive.stencils import Stencil, Values, cut

Kind = Literal["bma_progress_report", "area_office_progress_report", "bma_project_proposal", "letter"]
KINDS: tuple[Kind, ...] = ("bma_progress_report", "area_office_progress_report", "bma_project_proposal", "letter")
WEIGHTS = (84, 6, 6, 4)
"""How often each kind is drawn, in percent."""
PRINTED = {"bma_progress_report": (150, 3), "area_office_progress_report": (30, 1), "bma_project_proposal": (30, 3)}
"""How many reports of each form are really printed, and how many copies of each."""
FIRST_PRINTED = 4
"""Of how many prints the first documents are made; one more for every ten, so that a small archive is soon written."""
RATES = (0.0, 0.005, 0.01, 0.02)
"""Shares of misread letters, in turn over the reports that are printed."""
LATER = 4
"""Years between a printed report and the other one made of it."""
ENCODINGS = ("utf-8", "cp874", "utf-16", "utf-8-sig")
ENCODED = (91, 3, 3, 3)
"""How often each encoding is drawn, in percent."""
CODES_OF_OFFICE = 9000
"""Codes that differ in their last four digits alone."""


@dataclass(frozen=True)
class Document:
    """One sound document: what it is, its text, and how the text is written."""

    number: int
    kind: Kind
    folder: str
    text: str
    encoding: str = "utf-8"
    line_end: str = "\n"

    @property
    def content(self) -> bytes:
        """The bytes of the file; UTF-8 where the encoding lacks a sign of the text."""
        text = self.text.replace("\n", self.line_end)
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.encode()


@dataclass(frozen=True)
class Documents:
    """As many documents as one asks for, all with other bytes and other values."""

    seed: int

    def __getitem__(self, number: int) -> Document:
        """The document of a number."""
        return self._printed(number, is_second=False)

    def printed_anew(self, number: int) -> Document:
        """The same report in other bytes: other copies of it where there are several, other ends of lines."""
        return self._printed(number, is_second=True)

    def _printed(self, number: int, *, is_second: bool) -> Document:
        random = Random(f"archive/{self.seed}/{number}")
        kind = random.choices(KINDS, WEIGHTS)[0]
        encoding = random.choices(ENCODINGS, ENCODED)[0]
        if kind == "letter":
            folder, text = "หนังสือเวียน", _letter(number, random)
        else:
            folder, text = self._report(kind, number, random=random, is_second=is_second)
        return Document(number, kind, folder, text, encoding, "\r\n" if is_second else "\n")

    def _report(self, form: str, number: int, *, random: Random, is_second: bool) -> tuple[str, str]:
        """A folder and a report's text."""
        printed, copies = PRINTED[form]
        base = random.randrange(min(printed, FIRST_PRINTED + number // 10))
        years = random.choice((0, LATER))
        first = random.sample(range(copies), min(copies, random.choice((1, 2, 2, 3))))
        chosen = [n for n in range(copies) if n not in first] or first if is_second else sorted(first)
        text = _stencil(self.seed, form, base, years).text(_values(number, random), chosen)
        return f"{FOLDERS[form]}/{random.choice(words.TOPICS).offices[0]}/ปีที่ {base % 5 + 1}", text


FOLDERS = dict(zip(FORMS, ("รายงานความก้าวหน้า", "สำนักงานเขตพื้นที่การศึกษา", "ข้อเสนอโครงการ"), strict=True))


@cache
def _stencil(seed: int, form: str, base: int, years: int) -> Stencil:
    if years:
        return _stencil(seed, form, base, 0).later(years)
    _, copies = PRINTED[form]
    scan = synthesizer_of(form)(seed * 1000 + base, rate=RATES[base % len(RATES)], copies=copies)
    return cut(scan)


def _values(number: int, random: Random) -> Values:
    """Values that no other number has: the code, and what ends the name."""
    people = [f"{random.choice(words.MEN)} {random.choice(words.FRONT)}{random.choice(words.BACK)}" for _ in range(2)]
    office, serial = divmod(number, CODES_OF_OFFICE)
    return Values(
        code=f"{10 + office:02}000000-{1000 + serial}",
        name_ends=f" รุ่นที่ {number + 1}",
        factor=random.randint(1, 9),
        responsible=people[0],
        coordinator=people[1],
        phone=str(random.randint(1000, 9899)),
    )


def _letter(number: int, random: Random) -> str:
    """A letter of an office in some paragraphs."""
    topic, year = random.choice(words.TOPICS), random.randint(2560, 2567)
    lines = [f"ที่ กท {1000 + number}/{random.randint(1, 999)}", f"เรื่อง ขอความร่วมมือในการ{topic.work}", "เรียน ผู้อำนวยการ"]
    for _ in range(random.randint(2, 8)):
        lines += prose.rationale(topic, year=year, random=random)
    return "\n\n".join((*lines, "จึงเรียนมาเพื่อโปรดทราบ")) + "\n"
