"""How much of each kind of damage a word list mends, at every place of the phrases of offices where it can stand."""

import re
from collections.abc import Callable, Iterator

import pytest

from pipeline.document.repair import repair
from tests.normalizers.test_sound_words import PHRASES

AA, AM, LOST = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}", "\N{REPLACEMENT CHARACTER}"
TONE = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
VOWEL = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER MAITAIKHU}"
)
MARK = f"{VOWEL}{TONE}\N{THAI CHARACTER THANTHAKHAT}"
Place = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
KINDS: dict[str, tuple[Place, float]] = {
    "a mark behind the next letter, and a blank": (
        (re.compile(f"([{MARK}]+)([ก-ฮ])(?![{MARK}{AM}])"), lambda found: f"{found[2]}{found[1]} "), 0.94,
    ),
    "a mark behind the next letter": (
        (re.compile(f"([{MARK}]+)([ก-ฮ])(?![{MARK}{AM}])"), lambda found: found[2] + found[1]), 0.92,
    ),
    "a mark again on the next letter": (
        (re.compile(f"([{MARK}]+)([ก-ฮ])(?![{MARK}{AA}{AM}])"), lambda found: f"{found[1]}{found[2]}{found[1]} "), 0.94,
    ),
    "a vowel lost": ((re.compile(f"[{VOWEL}]"), lambda _: LOST), 0.96),
    "a tone lost": ((re.compile(f"[{TONE}]"), lambda _: LOST), 0.92),
    "SARA AM without its ring, its SARA AA twice": ((re.compile(AM), lambda _: AA + AA), 0.92),
    "SARA AM with its SARA AA twice": ((re.compile(AM), lambda _: AM + AA), 0.98),
    "a blank before SARA AA for its ring": ((re.compile(AM), lambda _: f" {AA}"), 0.83),
}  # fmt: skip
"""Where each kind can stand, what it makes of that, and the share that is mended at least."""


def damaged(phrase: str, place: Place) -> Iterator[str]:
    """The phrase with the damage at each of its places."""
    pattern, damage = place
    for found in pattern.finditer(phrase):
        yield f"{phrase[: found.start()]}{damage(found)}{phrase[found.end() :]}".strip()


@pytest.mark.parametrize("kind", KINDS)
def test_damage_that_a_word_list_decides_is_mended(kind: str) -> None:
    place, least = KINDS[kind]
    tried = [(printed, phrase) for phrase in PHRASES for printed in damaged(phrase, place)]
    wrong = [(printed, repair(printed).text) for printed, phrase in tried if repair(printed).text.strip() != phrase]
    assert len(tried) > len(PHRASES) // 8
    assert len(wrong) <= (1 - least) * len(tried), (len(wrong) / len(tried), wrong)
