"""Codes of projects: figures and dashes in either script, and nothing that would have to be guessed."""

import pytest

from normalizers import Unreadable
from normalizers.numbers import code


@pytest.mark.parametrize(
    "printed",
    [
        "09000000-3863",
        " : 09000000-3863 ",
        "๐๙๐๐๐๐๐๐-๓๘๖๓",
        "09000000 - 3863",
        "09000000–3863",
        "09000000—3863",
        "09000000−3863",
        "09000000‐3863",
        "**09000000-3863**",
        "| 09000000-3863 |",
        "09000000-3863 ....",
        "๐๙000000-3863",
    ],
)
def test_a_code_is_read_in_arabic_digits_with_a_plain_dash(printed: str) -> None:
    assert code(printed) == "09000000-3863"


@pytest.mark.parametrize("printed", ["1", "123.456", "61/2", "1-2-3-4"])
def test_other_shapes_of_codes_stay_as_they_are(printed: str) -> None:
    assert code(printed) == printed


@pytest.mark.parametrize("printed", ["", "-", "....", " : ", "_____", "**"])
def test_silence_is_none(printed: str) -> None:
    assert code(printed) is None


@pytest.mark.parametrize(
    "printed",
    [
        "O9000000-3863",
        "0900000O-3863",
        "รหัส 09000000-3863",
        "09000000-",
        "-3863",
        "09000000-38 63",
        "໐໑-໒",
        "1--2",
        "1-2-",
    ],
)
def test_what_holds_anything_else_is_unreadable(printed: str) -> None:
    with pytest.raises(Unreadable, match="not a code"):
        code(printed)


def test_a_message_quotes_what_stood_there() -> None:
    with pytest.raises(Unreadable, match="'O9-1'"):
        code("O9-1")


def test_a_long_text_does_not_run_away() -> None:
    with pytest.raises(Unreadable):
        code("1-" * 50_000 + "x")
