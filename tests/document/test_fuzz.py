"""Mutated samples: no mutant crashes, runs away, loses a character or quotes what is not there."""

import time
from collections.abc import Callable
from random import Random

import pytest

from pipeline.archive.options import TIME_LIMIT
from pipeline.document.process import process
from pipeline.document.write import arrow_table
from pipeline.errors import DocumentError
from pipeline.sources.read import source_of
from tests.conftest import SAMPLES
from tests.support.must_hold import broken

TEXTS = tuple(path.read_text(encoding="utf-8") for path in SAMPLES)
SHORT_TEXTS = tuple(text for text in TEXTS if len(text) < 3600)
LINES = tuple(line for text in TEXTS for line in text.split("\n"))
STRANGE = (
    "".join(map(chr, range(0x0E01, 0x0E3B)))
    + "".join(map(chr, range(0x0E3F, 0x0E5C)))
    + "\N{LAO VOWEL SIGN A}\N{LAO TONE MAI EK}\N{LAO LETTER KO}\N{LAO DIGIT ONE}\N{LAO VOWEL SIGN AM}"
    + "\uf700\uf701\uf70a\uf710\uf71a\uf885\uf899\uf0b7\ufffd\uffff"
    + "\x00\x01\x07\x0b\x0c\r\x1b\x1c\x1f\x7f\x85\u2028\u2029"
    + "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff\u00a0\u3000 \t\n"
    + "0123456789.,/-:=()[]|*_#\\%<>&@\"'\u2026\u2013"
    + "\u0301\u0345\u0f73\U0001f600\U000e0041\U0010ffff\u0130\u00df\u01c5"
)
MARKUP = (*"<u> </u> <br> <br/> </p> &nbsp; &quot; \\ \\. ** # >".split(), "<span lang='th'>", "\\\n")
LONGEST = 100_000
"""Characters; mutations that repeat may follow one another."""
Mutate = Callable[[Random, str], str]


def _delete_characters(random: Random, text: str) -> str:
    start = random.randrange(len(text) or 1)
    return text[:start] + text[start + random.choice((1, 1, 2, 5, 20, 200)) :]


def _insert_characters(random: Random, text: str) -> str:
    for _ in range(random.choice((1, 3, 10, 40))):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(STRANGE) * random.choice((1, 1, 1, 2, 5)) + text[at:]
    return text


def _replace_characters(random: Random, text: str) -> str:
    signs = list(text)
    for _ in range(random.choice((1, 5, 30)) if signs else 0):
        signs[random.randrange(len(signs))] = random.choice(STRANGE)
    return "".join(signs)


def _insert_markup(random: Random, text: str) -> str:
    for _ in range(random.choice((1, 5, 30))):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(MARKUP) + text[at:]
    return text


def _swap_characters(random: Random, text: str) -> str:
    signs = list(text)
    for _ in range(random.choice((1, 5, 30)) if len(signs) > 1 else 0):
        at = random.randrange(len(signs) - 1)
        signs[at : at + 2] = signs[at + 1], signs[at]
    return "".join(signs)


def _repeat_character(random: Random, text: str) -> str:
    at = random.randrange(len(text) or 1)
    return text[:at] + text[at : at + 1] * random.choice((2, 3, 20, 300)) + text[at + 1 :]


def _on_lines(change: Callable[[Random, list[str]], object]) -> Mutate:
    def mutate(random: Random, text: str) -> str:
        lines = text.split("\n")
        for _ in range(random.choice((1, 1, 3, 8))):
            change(random, lines)
        return "\n".join(lines)

    mutate.__name__ = change.__name__
    return mutate


def _delete_lines(random: Random, lines: list[str]) -> None:
    start = random.randrange(len(lines))
    lines[start : start + random.choice((1, 1, 2, 10))] = [""] * random.randrange(2) or [" "]


def _insert_line(random: Random, lines: list[str]) -> None:
    lines.insert(random.randrange(len(lines) + 1), random.choice(LINES))


def _duplicate_lines(random: Random, lines: list[str]) -> None:
    start = random.randrange(len(lines))
    lines[start:start] = lines[start : start + random.choice((1, 1, 2, 10, 40))] * random.choice((1, 1, 2, 25))


def _swap_lines(random: Random, lines: list[str]) -> None:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _join_lines(random: Random, lines: list[str]) -> None:
    start = random.randrange(len(lines))
    lines[start : start + 2] = [random.choice(("", " ", "\t", " : ")).join(lines[start : start + 2])]


def _split_line(random: Random, lines: list[str]) -> None:
    at = random.randrange(len(lines))
    cut = random.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:cut], *[""] * random.choice((0, 0, 1, 5)), lines[at][cut:]]


def _move_block(random: Random, lines: list[str]) -> None:
    """A block goes elsewhere, or comes twice."""
    start, size = random.randrange(len(lines)), random.choice((40, 120))
    block = lines[start : start + size]
    if random.random() < 0.5 and len(block) < len(lines):
        del lines[start : start + size]
    at = random.randrange(len(lines) + 1)
    lines[at:at] = block


def _shuffle_lines(random: Random, lines: list[str]) -> None:
    random.shuffle(lines)


def _move_lines(random: Random, lines: list[str]) -> None:
    start = random.randrange(len(lines))
    moved = lines[start : start + 15]
    del lines[start : start + 15]
    at = random.randrange(len(lines) + 1)
    lines[at:at] = moved


def _cut(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] if random.random() < 0.6 else text[at:]


def _glue(random: Random, text: str) -> str:
    other = random.choice(SHORT_TEXTS)
    return random.choice(("", "\n", "\f", "\n" * 5)).join((text, other) if random.random() < 0.5 else (other, text))


def _other_line_ends(random: Random, text: str) -> str:
    return text.replace("\n", random.choice(("\r\n", "\r", "\f", " ", "\u2028", "\n\n\n\n\n", "\x0b", "")))


MUTATIONS: tuple[Mutate, ...] = (
    _delete_characters, _insert_characters, _replace_characters, _swap_characters, _repeat_character, _insert_markup,
    *map(_on_lines, (_delete_lines, _insert_line, _duplicate_lines, _swap_lines, _join_lines, _split_line)),
    *map(_on_lines, (_move_lines, _move_block, _shuffle_lines)), _cut, _glue, _other_line_ends,
)  # fmt: skip


def mutant(seed: int, texts: tuple[str, ...] = TEXTS) -> bytes:
    """A sample after one to four mutations; one in twenty is damaged in its bytes too."""
    random = Random(seed)
    text = random.choice(texts)
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        text = random.choice(MUTATIONS)(random, text)[:LONGEST]
    content = text.encode("utf-8", "replace")
    if random.random() < 0.05:
        at = random.randrange(len(content) + 1)
        content = content[:at] + random.randbytes(random.choice((1, 1, 4, 100)))
    return content


def issue(content: bytes) -> str | None:
    """What goes wrong with a mutant; None for one that is parsed with all that must hold, or refused with a reason."""
    started = time.process_time()
    try:
        source = source_of(content, name="mutant.txt")
        rows = process(source)
        for found in rows.by_table.values():
            arrow_table(found)
    except DocumentError as error:
        return str(error) if "mistake is ours" in str(error) else None
    except Exception as error:  # noqa: BLE001 - any crash is a failure, told with the mutant that causes it
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - started
    return f"took {took:.1f} s" if took > TIME_LIMIT else "; ".join(broken(rows, source.text)[:3]) or None


def troubled(seeds: range, texts: tuple[str, ...]) -> dict[int, str]:
    return {seed: said for seed in seeds if (said := issue(mutant(seed, texts))) is not None}


def test_a_few_hundred_mutants_are_parsed_or_refused_with_a_reason() -> None:
    assert troubled(range(100), SHORT_TEXTS) == {}
    assert troubled(range(100, 300), TEXTS) == {}


@pytest.mark.slow
def test_ten_thousand_mutants_are_parsed_or_refused_with_a_reason() -> None:
    assert troubled(range(1000, 11_000), TEXTS) == {}


def test_a_seed_gives_the_same_mutant() -> None:
    assert mutant(7) == mutant(7) != mutant(8)
