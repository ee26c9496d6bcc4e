"""The word list answers as its plain definition does, though it is read and asked in quicker ways."""

import random
import re
from functools import cache

import pytest
from pythainlp.corpus import provinces, thai_family_names, thai_female_names, thai_male_names, thai_words, ttc

from normalizers import lexicon
from normalizers.lexicon import BEGINNING, LONGEST, NAME, NONE, RARE, TERMS, WORD, is_common, look_up, uncovered
from tests.commands.test_start_up import loaded

THAI = re.compile(f"[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER THANTHAKHAT}]{{2,{LONGEST}}}")
SHORT, FREQUENT = 5, 5


@cache
def words() -> frozenset[str]:
    return frozenset(filter(THAI.fullmatch, thai_words() | set(map(str, provinces())) | TERMS)) | frozenset("ณฯๆ")


@cache
def names() -> frozenset[str]:
    listed = thai_family_names() | thai_female_names() | thai_male_names()
    return frozenset(name for name in filter(THAI.fullmatch, listed) if len(name) >= 4) - words()


@cache
def listed() -> list[str]:
    return sorted(words() | names())


@cache
def beginnings() -> frozenset[str]:
    return frozenset(word[:size] for word in listed() for size in range(len(word)))


@cache
def rare() -> frozenset[str]:
    used = {word for word, count in ttc.unigram_word_freqs().items() if count >= FREQUENT}
    terms = TERMS | set(map(str, provinces()))
    return frozenset(word for word in words() if 1 < len(word) < SHORT) - used - terms | {"ณ"}


def plainly_known(text: str) -> int:
    if text in words():
        return RARE if text in rare() else WORD
    return NAME if text in names() else BEGINNING if text in beginnings() else NONE


def plainly_uncovered(text: str) -> int:
    best = list(range(len(text) + 1))
    for end in range(1, len(text) + 1):
        covered = [best[start] for start in range(max(0, end - LONGEST), end) if text[start:end] in words()]
        best[end] = min([best[end - 1] + 1, *covered])
    return best[-1]


def altered(text: str, chance: random.Random) -> str:
    """A text cut short, or with one character more that may be anything that stands in reports."""
    place = chance.randrange(len(text) + 1)
    letter = chance.choice("กขคงนมรสอเแ ่้ัาำ็ิี1.\n" + "\u0e4d\ufffd")
    return text[:place] + chance.choice(["", letter + text[place:]])


@pytest.mark.parametrize("seed", range(20))
def test_what_is_looked_up_is_what_the_lists_say(seed: int) -> None:
    chance = random.Random(seed)
    asked = [altered(word, chance) for word in chance.sample(listed(), 500)]
    assert [look_up(text) for text in asked] == [plainly_known(text) for text in asked]


def test_each_word_name_and_rare_word_is_known() -> None:
    assert [word for word in listed() if look_up(word) != plainly_known(word)] == []
    assert [word for word in words() if uncovered(word)] == []


@pytest.mark.parametrize("seed", range(20))
def test_words_cover_as_much_as_they_can(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        text = altered("".join(chance.sample(listed(), chance.randrange(1, 5))), chance)
        assert uncovered(text) == plainly_uncovered(text)


def test_what_was_asked_is_forgotten_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_MOST", 100)
    asked = random.Random(0).sample(listed(), 300)
    assert [look_up(word) for word in asked] == [plainly_known(word) for word in asked]
    lexicon.beginnings()
    assert lexicon._lexicon().size <= 100


def test_a_word_is_in_use_by_its_length_or_its_count() -> None:
    counts = ttc.unigram_word_freqs()
    terms = TERMS | set(map(str, provinces()))
    for word in random.Random(0).sample(listed(), 5000):
        often = counts.get(word, 0) >= (FREQUENT if len(word) == SHORT else 28)
        assert is_common(word) == (len(word) > SHORT or word in terms or often)


def test_the_lists_are_read_without_the_code_beside_them() -> None:
    assert loaded("from normalizers.lexicon import look_up\nlook_up('งบ')", "pythainlp numpy") == []
