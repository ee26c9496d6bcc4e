"""How a converter writes a page changes nothing that it says: every sample gives the same rows in another dress."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT, SAMPLES
from tests.support.processing import plain_rows

Dress = Callable[[str], str]
OF_THE_TEXT = ("documents", "pages", "blocks", "unclaimed", "evidence", "findings")
"""Tables that say where text stands and how much there is."""
OTHER_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EM SPACE}\N{IDEOGRAPHIC SPACE} "


def other_spaces(text: str) -> str:
    random = Random(1)
    return re.sub(" ", lambda _: random.choice(OTHER_SPACES), text)


def blanks_at_line_ends(text: str) -> str:
    random = Random(2)
    return re.sub("(?=\r?\n)", lambda _: " " * random.choice((0, 1, 2, 5)), text)


def escapes(text: str) -> str:
    """As a converter to Markdown writes that takes no risk."""
    return re.sub(r"(?<!\\)([-.()!+])", r"\\\1", text)


def escaped_numbers(text: str) -> str:
    """As a converter to Markdown writes that fears a list of its own."""
    return re.sub(r"(?m)^([\s*#-]*[0-9๐-๙]+)([.)] )", r"\1\\\2", text)


def no_width(text: str) -> str:
    return text.replace(" ", " \N{ZERO WIDTH SPACE}")


def line_ends_of_windows(text: str) -> str:
    return re.sub("\r?\n", "\r\n", text)


def line_breaks(text: str) -> str:
    """As a converter to Markdown writes lines that are to stay lines."""
    random = Random(3)
    plain = r"(?m)^(?![ \t]*[#|])([^\r\n|]*[^\s\\|])(?=[ \t]*\r?\n)"
    return re.sub(plain, lambda found: found[1] + random.choice(("", "\\", "<br>", " <br/>")), text)


def bold_lines(text: str) -> str:
    plain = r"(?m)^(?![ ]*(?:[#|*•\u2500-\u257f-]|[0-9๐-๙]+-))([^\s|*][^\t\r\n\f|*]*[^\s|*])(?=\r?$)"
    return re.sub(plain, r"**\1**", text)


def html_in_lines(text: str) -> str:
    """As an engine writes that tells underlined and wide words by tags of HTML."""
    random = Random(4)
    plain = r"(?m)^(?![ ]*(?:[|*•\u2500-\u257f-]|[0-9๐-๙]+-))(#* ?)([^\s|*#<>][^\t\r\n\f|*<>]*[^\s|*<>])(?=\r?$)"
    wraps = ("{}{}", "{}<u>{}</u>", '{}<span lang="th">{}</span>', "{}&nbsp;{}", "{}{}&nbsp; ")
    return re.sub(plain, lambda found: random.choice(wraps).format(*found.groups()), text)


def indented_lines(text: str) -> str:
    return re.sub(r"(?m)^(?=[^\s|])", "   ", text)


def boxes(text: str) -> str:
    """As programs draw tables that have no Markdown; the line below the headings is drawn too."""
    rule = re.sub(
        r"(?m)^\|[ ]*:?-[-:| ]*\|$", lambda row: "├" + re.sub(r"[^|]", "─", row[0][1:-1]).replace("|", "┼") + "┤", text
    )
    return re.sub(r"(?m)^\|.*\|$", lambda row: row[0].replace("|", "│"), rule)


DRESSES = (
    other_spaces,
    blanks_at_line_ends,
    escapes,
    escaped_numbers,
    no_width,
    line_ends_of_windows,
    line_breaks,
    bold_lines,
    html_in_lines,
    indented_lines,
)


def said(text: str) -> dict[str, list[dict[str, object]]]:
    """The rows of a document's tables but for those of the text itself, without its id."""
    rows = plain_rows(text.encode(), name="sample.txt")
    return {table: list(map(told, found)) for table, found in rows.items() if found and table not in OF_THE_TEXT}


def told(row: Mapping[str, object]) -> dict[str, object]:
    of_document = ("document_id", "project_id", "row_key")
    return {name: value for name, value in row.items() if name not in of_document}


OF_TABLES = (boxes,)
"""Dresses of which only the samples with tables have something to change."""


@pytest.mark.parametrize("dress", [*DRESSES, *OF_TABLES], ids=lambda dress: dress.__name__)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.relative_to(ROOT / "samples").as_posix())
def test_a_sample_says_the_same_in_another_dress(sample: Path, dress: Dress) -> None:
    text = sample.read_bytes().decode()
    assert said(dress(text)) == said(text)


@pytest.mark.parametrize("dress", DRESSES, ids=lambda dress: dress.__name__)
def test_a_dress_changes_most_samples(dress: Dress) -> None:
    texts = [path.read_bytes().decode() for path in SAMPLES]
    assert sum(dress(text) == text for text in texts) <= len(texts) // 3


@pytest.mark.parametrize("dress", OF_TABLES, ids=lambda dress: dress.__name__)
def test_a_dress_of_tables_changes_several_samples(dress: Dress) -> None:
    texts = [path.read_bytes().decode() for path in SAMPLES]
    assert sum(dress(text) != text for text in texts) >= len(texts) // 5
