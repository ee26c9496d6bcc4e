"""Short damaged texts with their right spelling: a folder of cases that stands outside the repository."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.repair import repair

FOLDER = Path(os.environ.get("RAINGAN_CASES", Path(__file__).parents[2] / "shared" / "cases"))
FILE = FOLDER / "damaged.json"
CASES: list[dict[str, str | list[str]]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
SKIP = pytest.mark.skipif(not CASES, reason=f"no cases: {FILE} is not there; RAINGAN_CASES names their folder")
ABSENT = [{"text": "", "expect": "", "decidable": ""}]


def plain(text: object) -> str:
    return unicodedata.normalize("NFC", str(text)).strip()


def right_answers(case: dict[str, str | list[str]]) -> list[str]:
    return [plain(answer) for answer in (case["expect"], *case.get("accept", []))]


def named(case: dict[str, str | list[str]]) -> str:
    return f"{case.get('kind')}: {case['text']}"


@SKIP
@pytest.mark.parametrize("case", [case for case in CASES if case["decidable"] == "rules"] or ABSENT, ids=named)
def test_what_rules_settle_comes_out_right(case: dict[str, str | list[str]]) -> None:
    assert plain(repair(str(case["text"])).text) in right_answers(case)


@SKIP
@pytest.mark.parametrize("case", [case for case in CASES if case["decidable"] != "rules"] or ABSENT, ids=named)
def test_what_rules_do_not_settle_comes_no_further_from_right(case: dict[str, str | list[str]]) -> None:
    def distance(text: object) -> int:
        return min(Levenshtein.distance(plain(text), answer) for answer in right_answers(case))

    assert distance(repair(str(case["text"])).text) <= distance(case["text"])
