"""Progress entries that say that work stopped, though all is on plan."""

import pytest

from tests.support.small_report import codes_of, entry, report


def on_plan(said: str) -> str:
    """A report of which the second entry says something, and that all is on plan."""
    return report(entries=[entry(1), entry(2, activity=said)])


@pytest.mark.parametrize("said", ["ยกเลิกการจัดงาน", "ขอระงับโครงการไว้ก่อน", "ไม่สามารถดำเนินการได้", "ชะลอโครงการ"])
def test_words_that_say_that_work_stopped_are_known(said: str) -> None:
    assert codes_of(on_plan(said)) == {"status_contradicts_activity"}


@pytest.mark.parametrize("said", ["ไม่ยกเลิก", "ดำเนินการได้ตามปกติ", "ระงับเหตุเพลิงไหม้ได้", "สามารถดำเนินการได้"])
def test_words_that_only_look_like_them_are_not(said: str) -> None:
    assert codes_of(on_plan(said)) == set()
