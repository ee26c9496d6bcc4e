"""Every case of dates in a folder of cases: RAINGAN_CASES, else the one beside the repository, else skipped."""

import json
import os
from pathlib import Path

import pytest

from normalizers import Unreadable
from tests.support.dates import date_or_period

FOLDER = Path(os.environ.get("RAINGAN_CASES") or Path(__file__).parents[3] / "shared" / "cases")
FILE = FOLDER / "dates.json"
CASES = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []


@pytest.mark.skipif(not CASES, reason="no dates.json in RAINGAN_CASES nor in ../shared/cases")
@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_case_reads_as_it_should(case: dict[str, object]) -> None:
    accepted = case.get("accept", [])
    assert isinstance(accepted, list)
    assert _read(str(case["text"])) in [case["expect"], *accepted]


def _read(text: str) -> object:
    try:
        found = date_or_period(text)
    except Unreadable:
        return None
    if isinstance(found, tuple):
        return [end and end.isoformat() for end in found]
    return found and found.isoformat()
