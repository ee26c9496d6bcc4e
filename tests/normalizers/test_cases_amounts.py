"""Amounts with right answers, kept beside the repository: each comes out right, or null where null is right too."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from normalizers import Unreadable
from normalizers.money import baht, percent, quantity_times_price
from normalizers.numbers import number

CASES = Path(os.environ.get("RAINGAN_CASES", Path(__file__).parents[3] / "shared" / "cases")) / "amounts.json"


def cases() -> list[Any]:
    found = json.loads(CASES.read_text(encoding="utf-8")) if CASES.is_file() else []
    return [pytest.param(case, id=case["text"]) for case in found]


READERS: dict[str, tuple[Callable[[str], Decimal | None], ...]] = {
    "money": (baht,),
    "percent": (percent,),
    "number": (number,),
    "none": (number, baht, percent),
}


def read(case: dict[str, Any]) -> Decimal | None:
    for reader in READERS[case["kind"]]:
        with suppress(Unreadable):
            if (found := reader(case["text"])) is not None:
                return found
    return None


@pytest.mark.skipif(not CASES.is_file(), reason="no amounts.json; name its folder in RAINGAN_CASES")
def test_the_cases_are_found() -> None:
    assert cases()


@pytest.mark.parametrize("case", cases())
def test_an_amount_is_right_or_null_where_null_is_right(case: dict[str, Any]) -> None:
    answers = [case["expect"], *case.get("accept", [])]
    assert read(case) in [None if answer is None else Decimal(answer) for answer in answers]


@pytest.mark.parametrize("case", [case for case in cases() if "parts" in case.values[0]])
def test_quantity_and_unit_price_are_those_of_the_text(case: dict[str, Any]) -> None:
    parts = case["parts"]
    assert quantity_times_price(case["text"]) == (Decimal(parts["qty"]), Decimal(parts["unit_price"]))
