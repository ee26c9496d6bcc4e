"""The product's source: nothing in it breaks inside Thai words, reads Lao digits, or hides a mark.

`\\w` and `\\b` break inside Thai words; `\\d` and `int()` accept Lao digits; a mark without a letter cannot be seen.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("normalizers", "schemas", "parsers", "pipeline", "raingan")
SOURCES = tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))
BANNED_CLASSES = re.compile(r"(?<!\\)(?:\\\\)*\\[wWdDbB]")
MARKS_ALONE = r"[^\w\x00-"
BARE_MARK = re.compile("(?:^|[^\u0e01-\u0e4f])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""A mark without a letter of its own, which nobody can see in an editor."""
BANNED_METHODS = {"isalpha", "isalnum", "isdigit", "isdecimal", "isnumeric", "isidentifier"}
METHODS_ALLOWED = {
    ("normalizers/figures.py", "isnumeric"): "finds numbers of other scripts, to refuse them",
    ("normalizers/date_tokens.py", "isnumeric"): "marks numbers of other scripts as foreign",
    ("normalizers/date_tokens.py", "isdecimal"): "sees a token's text, already in Arabic digits",
    ("pipeline/tools/review/serve.py", "isdecimal"): "a length in a header, asked for ASCII first",
}
NUMBERS_ALLOWED = {
    "normalizers/digits.py": "the one translation: only Arabic digits are left when int() sees them",
    "normalizers/lexicon.py": "counts of a list that comes with pythainlp",
    "normalizers/words.py": "numbers that words were counted to",
    "normalizers/figures.py": "the one grammar of figures: Arabic digits only, by its pattern",
    "normalizers/money.py": "groups of a pattern of Arabic and Thai digits, made Arabic; a scale, computed",
    "normalizers/dates.py": "groups of patterns of Arabic digits",
    "normalizers/date_tokens.py": "tokens of prepared text: Arabic digits only",
    "pipeline/tools/export.py": "an amount of a table, a Decimal, as Excel's number",
    "pipeline/sources/archive_files.py": "a size in Arabic digits, by its pattern",
    "pipeline/document/check/sections.py": "counts of our own, and shares that a pattern of digits matched",
    "pipeline/document/read_fields/lists.py": "a label, which `marker` made Arabic",
    "pipeline/commands/run.py": "an option, by a pattern of Arabic digits",
    "pipeline/archive/shards.py": "ids of ours, and counts",
    "pipeline/archive/engines.py": "cores that Ray counts",
    "pipeline/archive/report_groups.py": "ids of ours, and figures that Arrow wrote",
    "pipeline/tools/review/charts.py": "amounts and percentages of the tables",
    "pipeline/tools/review/serve.py": "a length in a header, of ASCII digits",
    "pipeline/archive/store.py": "numbers of states that we gave",
    "pipeline/archive/run.py": "how many parts there are, as we wrote it",
    "pipeline/archive/work.py": "a place in a batch that we wrote",
}


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def strings(path: Path) -> Iterator[ast.Constant]:
    """The texts of a module, those inside f-strings too, docstrings left out."""
    docs = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_pattern_breaks_inside_thai_words_or_reads_lao_digits(path: Path) -> None:
    """`MARKS_ALONE` wants what breaks inside words: the marks, which are no letters."""
    said = ((node, str(node.value).replace(MARKS_ALONE, "")) for node in strings(path))
    assert [f"{where(path, node)}: {node.value!r}" for node, pattern in said if BANNED_CLASSES.search(pattern)] == []


def test_the_lint_sees_what_is_banned() -> None:
    assert all(BANNED_CLASSES.search(pattern) for pattern in (r"\w+", r"x\b", r"[\d]", r"\\\d", r"(?:\W)"))
    assert not any(BANNED_CLASSES.search(pattern) for pattern in (r"\\w", r"\s", "w", r"\S+", "[0-9]"))
    assert BARE_MARK.search("[\N{THAI CHARACTER MAI EK}]")
    assert not BARE_MARK.search("ที่")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_combining_characters_are_named(path: Path) -> None:
    """In the source as it is written, where a named character is ASCII."""
    source = path.read_text(encoding="utf-8")
    found = [number for number, line in enumerate(source.split("\n"), 1) if BARE_MARK.search(line)]
    assert found == [], f"{path.name} has marks without a letter in these lines"


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name
            if name == "map" and node.args and isinstance(node.args[0], ast.Name):
                yield node, node.args[0].id


def test_no_method_is_asked_what_a_thai_letter_or_digit_is() -> None:
    found = [
        f"{where(path, node)}: .{name}()"
        for path in SOURCES
        for node, name in calls(path)
        if name in BANNED_METHODS and (path.relative_to(ROOT).as_posix(), name) not in METHODS_ALLOWED
    ]
    assert found == []


def test_int_sees_no_raw_text() -> None:
    """Also float() and Decimal(); a constant is no text."""
    found = [
        f"{where(path, node)}: {name}()"
        for path in SOURCES
        for node, name in calls(path)
        if name in ("int", "float", "Decimal") and node.args and not isinstance(node.args[0], ast.Constant)
        if path.relative_to(ROOT).as_posix() not in NUMBERS_ALLOWED
    ]
    assert found == []


def test_what_is_allowed_is_still_there() -> None:
    names = {path.relative_to(ROOT).as_posix(): {name for _, name in calls(path)} for path in SOURCES}
    assert [(path, method) for path, method in METHODS_ALLOWED if method not in names.get(path, ())] == []
    assert [path for path in NUMBERS_ALLOWED if not names.get(path, set()) & {"int", "float", "Decimal"}] == []
