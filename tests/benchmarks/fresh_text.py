"""Fresh text: reports in which every topic, office and name is new, so that nothing a program remembers helps it.

The synthesizer prints them as always, with words drawn from the whole Thai word list in place of its dozen topics.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest.mock import patch

from tests.synthesizer import synthesizer_of, words
from tests.synthesizer.area_office_progress_report import words as area_words
from tests.synthesizer.proposals import proposal

Topic = TypeVar("Topic", words.Topic, area_words.Topic)
COPIES = {"bma_progress_report": (1, 2, 2, 3, 4)}
"""How many copies a document repeats, drawn for each; one of the forms that are not named."""
SHORTEST = 6
"""Minimum number of characters of a new phrase."""
THAI_WORD = re.compile("[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER YAMAKKAN}]{2,12}")


@cache
def _word_list() -> tuple[str, ...]:
    from pythainlp.corpus import thai_orst_words

    return tuple(sorted(word for word in thai_orst_words() if THAI_WORD.fullmatch(word)))


def _phrase(random: Random, size: int) -> str:
    text = ""
    while len(text) < max(size, SHORTEST):
        text += random.choice(_word_list())
    return text


def _new_topic(random: Random, topic: Topic) -> Topic:
    """A topic with phrases about as long as those of the given one."""
    phrases: dict[str, str | tuple[str, ...]] = {}
    for field in fields(topic):
        old = getattr(topic, field.name)
        is_one = isinstance(old, str)
        phrases[field.name] = _phrase(random, len(old)) if is_one else tuple(_phrase(random, len(one)) for one in old)
    if isinstance(topic, words.Topic):
        phrases["offices"] = tuple(f"{kind}{_phrase(random, 10)}" for kind in ("สำนัก", "กอง", "กลุ่มงาน"))
    else:  # the form has a project's name begin with this word
        phrases["name"] = tuple(f"{'โครงการ' * (not n)}{phrase}" for n, phrase in enumerate(phrases["name"]))
    return replace(topic, **phrases)  # type: ignore[arg-type]  # a phrase for a phrase, a tuple for a tuple


@contextmanager
def _new_words(random: Random) -> Iterator[None]:
    """The synthesizer's topics and surnames are new ones meanwhile."""
    topics = tuple(_new_topic(random, topic) for topic in words.TOPICS)
    changes = (
        (words, "TOPICS", topics),
        (proposal, "TOPICS", topics),
        (area_words, "TOPICS", tuple(_new_topic(random, topic) for topic in area_words.TOPICS)),
        (words, "FRONT", tuple(_phrase(random, 4) for _ in words.FRONT)),
        (words, "BACK", tuple(_phrase(random, 6) for _ in words.BACK)),
    )
    with ExitStack() as stack:
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        yield


def fresh_report(form: str, number: int, *, rate: float) -> str:
    """One report; of one number, the reports of all rates say the same."""
    random = Random(f"fresh/{form}/{number}")
    copies, is_hard = random.choice(COPIES.get(form, (1,))), random.random() < 0.2
    with _new_words(random):
        return synthesizer_of(form)(number, rate=rate, copies=copies, hard=is_hard).text


def write_reports(folder: Path, forms: Sequence[str], *, rate: float, megabytes: float) -> float:
    """Write reports into a folder, as many bytes of each form, and return how many megabytes there are."""
    folder.mkdir(parents=True)
    total = 0
    for share, form in enumerate(forms, 1):
        number = 0
        while total < megabytes * 1e6 * share / len(forms):
            content = fresh_report(form, number, rate=rate).encode()
            total += (folder / f"{form}-{number:04}.md").write_bytes(content)
            number += 1
    return total / 1e6
