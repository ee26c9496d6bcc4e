"""Short damaged texts with their right spelling: a folder of cases that stands outside the repository."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.document.repair import repair

FOLDER = Path(os.environ.get("RAINGAN_CASES", Path(__file__).parents[3] / "shared" / "cases"))
FILE = FOLDER / "damaged.json"
Case = dict[str, str | list[str]]
CASES: list[Case] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
SKIP = pytest.mark.skipif(not CASES, reason=f"no cases: {FILE} is not there; RAINGAN_CASES names their folder")
ABSENT: list[Case] = [{"text": "", "expect": "", "decidable": ""}]
FLOORS = {"rules": 1.0, "dictionary": 79 / 82, "document": 1.0, "no": 1.0}
"""The shares that came out right when this was written, in each kind of decision."""


def plain(text: object) -> str:
    return unicodedata.normalize("NFC", str(text)).strip()


def right_answers(case: Case) -> list[str]:
    """Where words of this text alone cannot tell, leaving it as it is counts as right."""
    unchanged = [case["text"]] if case["decidable"] in ("document", "no") else []
    return [plain(answer) for answer in (case["expect"], *case.get("accept", []), *unchanged)]


def is_right(case: Case) -> bool:
    return plain(repair(str(case["text"])).text) in right_answers(case)


def named(case: Case) -> str:
    return f"{case.get('kind')}: {case['text']}"


@SKIP
@pytest.mark.parametrize("case", [case for case in CASES if case["decidable"] == "rules"] or ABSENT, ids=named)
def test_what_rules_settle_comes_out_right(case: Case) -> None:
    assert is_right(case)


@SKIP
@pytest.mark.parametrize("decidable", FLOORS)
def test_as_many_come_out_right_as_ever(decidable: str) -> None:
    cases = [case for case in CASES if case["decidable"] == decidable]
    wrong = [named(case) for case in cases if not is_right(case)]
    assert len(cases) - len(wrong) >= FLOORS[decidable] * len(cases), wrong


@SKIP
@pytest.mark.parametrize("case", CASES or ABSENT, ids=named)
def test_words_change_nothing_into_what_is_wrong(case: Case) -> None:
    by_rules = repair(str(case["text"]), word_fixes=()).text
    assert is_right(case) or repair(str(case["text"])).text == by_rules


@SKIP
@pytest.mark.parametrize("case", CASES or ABSENT, ids=named)
def test_a_repaired_text_stays(case: Case) -> None:
    repaired = repair(str(case["text"])).text
    assert repair(repaired).text == repaired


@SKIP
@pytest.mark.parametrize("case", [case for case in CASES if case["decidable"] != "rules"] or ABSENT, ids=named)
def test_what_rules_do_not_settle_comes_no_further_from_right(case: Case) -> None:
    def distance(text: object) -> int:
        return min(Levenshtein.distance(plain(text), answer) for answer in right_answers(case))

    assert distance(repair(str(case["text"])).text) <= distance(case["text"])
