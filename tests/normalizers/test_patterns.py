"""No pattern runs away, by its shape or on hostile texts: four times the text takes at most eight times as long.

A pattern that backtracks takes hours on a page that an OCR engine filled with one character.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest

from normalizers import Unreadable
from normalizers.fixes import FIXES
from pipeline.document.process import process
from pipeline.sources.read import source_of
from schemas import TABLES
from schemas.base import Normalizer
from tests.conftest import PROGRESS_REPORTS, ROOT
from tests.support.growth import grows_too_fast, is_slow
from tests.test_source import PACKAGES, SOURCES, tree


def modules() -> Iterator[ModuleType]:
    for package in map(import_module, PACKAGES):
        yield package
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield import_module(found.name)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module holds under a name, or in a tuple, a list or a mapping under a name."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                found |= {f"{module.__name__}.{name}{at}": pattern for at, pattern in _inside(value)}
    for fix in FIXES:
        found |= {f"fix {fix.name} hint {i}": hint for i, hint in enumerate(fix.hints)}
        found |= {f"fix {fix.name}": fix.pattern}
        found |= {f"fix {fix.name} line": fix.line_shows} if fix.line_shows else {}
    once = {id(pattern): (name, pattern) for name, pattern in sorted(found.items(), reverse=True)}
    return dict(once.values())


def _inside(value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield "", value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from ((f"[{key!r}]{at}", pattern) for at, pattern in _inside(held))
    elif isinstance(value, (tuple, list)) and len(value) < 200:
        for place, held in enumerate(value):
            yield from ((f"[{place}]{at}", pattern) for at, pattern in _inside(held))


@cache
def methods_used() -> dict[tuple[str, str], set[str]]:
    """For each module and name, which methods the module calls on it, also where a condition picks one of two names."""
    used: dict[tuple[str, str], set[str]] = {}
    for path in SOURCES:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute):
                branches = (node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else (node.value,)
                for branch in branches:
                    if isinstance(branch, ast.Name):
                        used.setdefault((module, branch.id), set()).add(node.attr)
    return used


SEARCHES = {"search", "finditer", "findall", "sub", "subn", "split"}


def is_anchored(name: str) -> bool:
    """Whether the pattern is only ever tried at one place of a text, so that it need not be quick to search for."""
    module, _, variable = name.rpartition(".")
    is_private = variable.startswith("_")
    used = [
        method
        for (place, found), methods in methods_used().items()
        if found == variable and (place == module or not is_private)
        for method in methods
    ]
    return bool(used) and SEARCHES.isdisjoint(used)


BOUNDED = {
    "normalizers.money._WORDS_IN": "sees expressions of at most figures.LONGEST characters",
    "normalizers.money._SPELLED_BEFORE": "sees expressions of at most figures.LONGEST characters",
    "normalizers.money._SATANG_BEHIND": "sees expressions of at most figures.LONGEST characters",
    "normalizers.money._EACH": "sees expressions of at most figures.LONGEST characters",
    "normalizers.money._BEFORE_SCALE": "sees expressions of at most figures.LONGEST characters",
    "normalizers.people._TRAILING": "is searched for in the last characters of a line only",
    "normalizers.date_reading._FAULTS": "sees a letter for each token of at most date_reading.LONGEST characters",
    "normalizers.people._SLASH": "sees a line, whose blanks are collapsed to one",
    "normalizers.numbers._DASHES": "sees a line, whose blanks are collapsed to one",
    "pipeline.document.paginate._CATCHWORD": "sees lines of at most CATCHWORD_LENGTH characters",
    "pipeline.document.read_fields.entries._SEPARATED": "sees the 12 characters before a cell",
}
"""Patterns that are quick only on short texts, and why they see no others; the tests of values below hold that."""
BOUND = 1000


def test_patterns_are_found() -> None:
    assert len(patterns()) > 80
    assert sum(map(is_anchored, patterns())) > 10


def nested(parsed: Iterable[tuple[object, Any]], *, inside: bool = False) -> bool:
    """Whether a repeat without an end stands in another, so that a text can be shared out between them in many ways."""
    for operator, argument in parsed:
        kind = str(operator)
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            is_endless = str(argument[1]) == "MAXREPEAT"
            found = (is_endless and inside) or nested(argument[2], inside=inside or is_endless)
        elif kind == "BRANCH":
            found = any(nested(branch, inside=inside) for branch in argument[1])
        elif kind in ("SUBPATTERN", "ATOMIC_GROUP", "POSSESSIVE_REPEAT", "ASSERT", "ASSERT_NOT"):
            body = argument if kind == "ATOMIC_GROUP" else argument[-1]
            found = nested(body, inside=inside and kind == "SUBPATTERN")
        else:
            found = False
        if found:
            return True
    return False


def parse(pattern: re.Pattern[str]) -> Iterable[tuple[object, Any]]:
    return list(import_module("re._parser").parse(pattern.pattern, pattern.flags))


def test_the_check_sees_nested_repeats() -> None:
    assert all(nested(parse(re.compile(bad))) for bad in ("(a+)+", "(?:a*b?)*", "(?:x|a+)*", "(?:(?:a+)b?){2,}"))
    assert not any(nested(parse(re.compile(good))) for good in ("(?:a++)+", "(?:a{1,3}b)*", "a+b+", "(?>(?:a+b)*+)"))


@pytest.mark.parametrize("name", patterns())
def test_no_repeat_stands_in_another(name: str) -> None:
    assert not nested(parse(patterns()[name])), patterns()[name].pattern


ATOMS = (
    *"1๑,./()[]:= \tก-.…_*\\#|%+", "\n", "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER NIKHAHIT}", "1,", "1.",
    "1/", "()", "[a](", "- ", "1 ", "1 - ", "บาท", "1 บาท ", "ล้าน", "หนึ่ง", "ยีสิบ", "ครั้งที่ 1 ",
    "(ครั้งที่ 1) ", "ร้อยละ ", "ม.ค. ", "1 มกราคม ", "พ.ศ. ", "2560 ", "ถึง ", "นาย", "โทร. ", "0-2", " / ",
    "<br>", "คนละ ", "x 5 ", "= ", "1.1 ", "ๆ", "a", "A1", "\u200b", f"ก {chr(0x0E48)}", "ก\N{LAO VOWEL SIGN A}",
    "\N{THAI CHARACTER SARA AM}", "เ", "ที่", "ลงชื่อ ", "ยกเลิก", "วัน",
)  # fmt: skip


def own_words(pattern: re.Pattern[str]) -> list[str]:
    """Stretches of the pattern's own letters, which get further into it than strange ones."""
    words = re.findall("[\u0e01-\u0e4e]{2,}|[0-9]|[A-Za-z]{3,}", pattern.pattern)
    return list(dict.fromkeys(words))[:25]


def tried(name: str, pattern: re.Pattern[str]) -> Callable[[str], object]:
    if is_anchored(name):
        return lambda text: (pattern.match(text), pattern.fullmatch(text))
    return lambda text: sum(1 for _ in pattern.finditer(text))


def bound(name: str) -> str | None:
    return BOUNDED.get(name.partition("[")[0])


@pytest.mark.parametrize("name", [name for name in patterns() if not bound(name)])
def test_a_pattern_takes_four_times_as_long_for_four_times_the_text(name: str) -> None:
    pattern = patterns()[name]
    work = tried(name, pattern)
    slow = [
        (atom, end)
        for atom in [*ATOMS, *own_words(pattern)]
        for end in ("", "!")
        if grows_too_fast(work, lambda size: atom * (size // len(atom)) + end, 2 * BOUND)  # noqa: B023 - called at once
    ]
    assert slow == [], pattern.pattern


@pytest.mark.parametrize("name", [name for name in patterns() if bound(name)])
def test_a_pattern_for_short_texts_is_quick_on_them(name: str) -> None:
    pattern = patterns()[name]
    work = tried(name, pattern)
    texts = [atom * (BOUND // len(atom)) + "!" for atom in [*ATOMS, *own_words(pattern)]]
    slow = [text[:20] for text in texts if is_slow(work, text)]
    assert slow == [], pattern.pattern


def test_what_is_bounded_is_still_there() -> None:
    assert {name for name in BOUNDED if name not in {found.partition("[")[0] for found in patterns()}} == set()


@cache
def normalizers() -> dict[str, Callable[..., object]]:
    found: dict[str, Callable[..., object]] = {}
    for model in TABLES:
        for column in model.model_fields:
            for mark in model.marks(column, Normalizer):
                found[f"{mark.read.__module__}.{mark.read.__name__}"] = mark.read
    return found


@pytest.mark.parametrize("name", normalizers())
def test_a_normalizer_takes_four_times_as_long_for_four_times_the_text(name: str) -> None:
    """And whatever it is given, it returns a value or says that it is unreadable."""

    def work(text: str) -> None:
        with suppress(Unreadable):
            normalizers()[name](text)

    slow = [
        (before, atom, behind)
        for atom in ATOMS
        for before, behind in (("", ""), ("1 ", " บาท"), ("นาย ก 02", "1"), ("(", ")"))
        if grows_too_fast(work, lambda size: f"{before}{atom * (size // len(atom))}{behind}", 1500)  # noqa: B023
    ]
    assert slow == []


TITLE = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\n"
ENTRY = (
    "รายงานครั้งที่ {i} : 31/10/2560 : งานที่ {i} : ความก้าวหน้าของงานฯ = 10 % : "
    "งบประมาณที่เบิกใช้ (ครั้งที่ {i}) = 100 บาท : เป็นไปตามแผน : เป็นไปตามเป้าหมาย\n"
)
HOSTILE: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "".join(f"บรรทัดที่ {i}\n" for i in range(10 * n)),
    "headings in turn": lambda n: TITLE + "1.4 วัตถุประสงค์ของโครงการ\n1.5 เป้าหมายของโครงการ\n1.3 หลักการและเหตุผล\n" * n,
    "headings in one line": lambda n: TITLE + "1.4 วัตถุประสงค์ของโครงการ " * (3 * n),
    "entries": lambda n: TITLE + "".join(ENTRY.format(i=i) for i in range(1, n)),
    "entries on one line": lambda n: TITLE + "".join(ENTRY.format(i=i).strip() + " " for i in range(1, n // 2)),
    "labels of entries": lambda n: TITLE + "".join(f"รายงานครั้งที่ {i % 999}\nข้อ {i}\n" for i in range(2 * n)),
    "figures": lambda n: TITLE + "รายงานครั้งที่ 1\n" + "".join(f"ความก้าวหน้าของงานฯ = {i % 100} %\n" for i in range(n)),
    "items": lambda n: TITLE + "1.4 วัตถุประสงค์ของโครงการ\n" + "".join(f"{i}. เพื่อ {i}\n" for i in range(1, 2 * n)),
    "labels": lambda n: TITLE + "1.1 รหัสโครงการและชื่อโครงการ\n" + "".join(f"รหัสโครงการ : {i}\n" for i in range(2 * n)),
    "pages": lambda n: "".join(f"หน้า {i} ข้อความ\n\f" for i in range(5 * n)),
    "catchwords": lambda n: "".join(f"ข้อ{i} ความ...\n\f" for i in range(4 * n)),
    "zero-width spaces": lambda n: TITLE + "กข\u200b" * (20 * n),
    "Lao vowels": lambda n: TITLE + "ก\N{LAO VOWEL SIGN A}" * (20 * n),
    "repeated reports": lambda n: PROGRESS_REPORTS[0].read_text(encoding="utf-8") * (n // 60),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_takes_four_times_as_long_for_four_times_the_text(name: str) -> None:
    def work(text: str) -> object:
        return process(source_of(text.encode(), name="x.txt"))

    assert not grows_too_fast(work, HOSTILE[name], 250)
