"""Days and periods, on expressions of our own: what reads, what is refused, and that damage never misleads."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers import Unreadable
from normalizers.calendar_be import fiscal_year_span
from normalizers.dates import (
    DATE_PATTERN,
    YEAR_FIRST,
    fiscal_year,
    noticed_date,
    noticed_weekdays,
    thai_date,
    thai_period,
)
from normalizers.digits import ARABIC, THAI
from normalizers.month_names import ENGLISH_MONTHS, THAI_MONTHS
from tests.support.dates import date_or_period
from tests.support.growth import grows_too_fast

SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
TO_THAI = str.maketrans(ARABIC, THAI)
LETTERS = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))]

DAYS = {
    "31ต.ค.60": "2017-10-31",
    "๓๑ ตุลาคม พุทธศักราช ๒๕๖๐": "2017-10-31",
    "31 ต.ค. คริสต์ศักราช 2017": "2017-10-31",
    "สิ้นสุดวันที่ 31 ตุลาคม 2560": "2017-10-31",
    "2017\\-10\\-31 00:00:00": "2017-10-31",
    "2017-10-31  00:00:00": "2017-10-31",
    "31-ต.ค.-60": "2017-10-31",
    "31/ต.ค./2560": "2017-10-31",
    "31 / 10 / 2560": "2017-10-31",
    "31/1 0/256 0": "2017-10-31",
    "๓๑ มค ๒๕๖๑": "2018-01-31",
    "วันที่...5...เดือน...ตุลาคม...พ.ศ...2566...": "2023-10-05",
    "วันที่ 5 เดือน 10 พ.ศ. 2566": "2023-10-05",
    "ลว. 5 ต.ค. 66": "2023-10-05",
    "5 มกราคม พ.ศ. 2567 (ค.ศ. 2024)": "2024-01-05",
    "5 ม.ค. 2567 (5/1/2567)": "2024-01-05",
    "รายงานครั้งที่ 3/2567 เมื่อวันที่ 5 ม.ค. 67 เวลา 09.30 - 12.00 น.": "2024-01-05",
    "วันศุกร์ที่ 5 มกราคม 2567": "2024-01-05",
    "January 5, 2024": "2024-01-05",
    "5th of Jan. 2024": "2024-01-05",
    "5-Jan-67": "2024-01-05",
    "2024-01-05T08:30:00+07:00": "2024-01-05",
    "2567/1/5": "2024-01-05",
    "1/13/2567": "2024-01-13",
    "| ** 5 ม.ค. 67 ** |": "2024-01-05",
    "1. 15 มกราคม 2567": "2024-01-15",
    "0 5 มกราคม 2567": "2024-01-05",
    "14 ตุลา 2516": "1973-10-14",
    "13 กรกฏาคม 2566": "2023-07-13",
    "13 พฤศจกิ ายน 2566": "2023-11-13",
    "13 มถิ ุนายน 25 66": "2023-06-13",
    "13 มกราดม 2566": "2023-01-13",
    "29 กุมภาพันธ์ 2563": "2020-02-29",
    "31 มีนาคม 2482": "1940-03-31",
    "1 เมษายน 2483": "1940-04-01",
    "1 มกราคม 2484": "1941-01-01",
}

PERIODS = {
    "เริ่มต้นวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567 รวม 366 วัน": ("2023-10-01", "2024-09-30"),
    "เริ่มต้น : 1 ตุลาคม 2566 สิ้นสุด : 30 กันยายน 2567": ("2023-10-01", "2024-09-30"),
    "วันเริ่มต้น 1 ต.ค. 2566\n วันสิ้นสุด 30 ก.ย. 2567": ("2023-10-01", "2024-09-30"),
    "เริ่ม ตุลาคม 2566 แล้วเสร็จ กันยายน 2567": ("2023-10-01", "2024-09-30"),
    "- เริ่มดำเนินการ วันที่ 1 ตุลาคม 2566\n- แล้วเสร็จ วันที่ 30 กันยายน 2567": ("2023-10-01", "2024-09-30"),
    "1 ตุลาคม 2566 เป็นต้นไป จนถึงวันที่ 30 กันยายน 2567": ("2023-10-01", "2024-09-30"),
    "เริ่มต้น | 1 ตุลาคม 2566 |\n| สิ้นสุด | 30 กันยายน 2567": ("2023-10-01", "2024-09-30"),
    "1 ต.ค.65-30 ก.ย.66": ("2022-10-01", "2023-09-30"),
    "1/10/2565-30/9/2566": ("2022-10-01", "2023-09-30"),
    "1/10 - 31/12/2560": ("2017-10-01", "2017-12-31"),
    "1-31/10/2560": ("2017-10-01", "2017-10-31"),
    "1 ตุลาคม 2566 - 31 ธันวาคม": ("2023-10-01", "2023-12-31"),
    "วันจันทร์ที่ 5 - วันศุกร์ที่ 9 มิถุนายน 2566": ("2023-06-05", "2023-06-09"),
    "5 ม.ค. 66 เวลา 09.00 น. ถึง 6 ม.ค. 66 เวลา 16.30 น.": ("2023-01-05", "2023-01-06"),
    "เดือน 10/2566": ("2023-10-01", "2023-10-31"),
    "ต.ค.-65": ("2022-10-01", "2022-10-31"),
    "Oct - Dec 2023": ("2023-10-01", "2023-12-31"),
    "ตุลาคม ปีงบประมาณ 2566": ("2022-10-01", "2022-10-31"),
    "ไตรมาสที่ 1 (ตุลาคม - ธันวาคม) ปีงบประมาณ 2567": ("2023-10-01", "2023-12-31"),
    "ไตรมาส 2/2567": ("2024-01-01", "2024-03-31"),
    "ไตรมาสที่ 1 - 2 ปีงบประมาณ 2567": ("2023-10-01", "2024-03-31"),
    "ไตรมาสที่ 4/2566 - ไตรมาสที่ 1/2567": ("2023-07-01", "2023-12-31"),
    "รอบ 6 เดือนหลัง ปีงบประมาณ 2567": ("2024-04-01", "2024-09-30"),
    "รอบ ๑๒ เดือน ปีงบประมาณ ๒๕๖๗": ("2023-10-01", "2024-09-30"),
    "ครึ่งปีแรก ปีงบประมาณ 2567": ("2023-10-01", "2024-03-31"),
    "ปีงบประมาณ 2567 (1 ตุลาคม 2566 - 31 มีนาคม 2567)": ("2023-10-01", "2024-03-31"),
    "ปีงบ 66-70": ("2022-10-01", "2027-09-30"),
    "ปี 2566 - 2570": ("2023-01-01", "2027-12-31"),
    "แผน 5 ปี (พ.ศ. 2566 - 2570)": ("2023-01-01", "2027-12-31"),
    "พ.ศ. 2480": ("1937-04-01", "1938-03-31"),
    "ธันวาคม 2482 - มกราคม 2482": ("1939-12-01", "1940-01-31"),
    "1 ตุลาคม 2565 - ปัจจุบัน": ("2022-10-01", None),
    "ตั้งแต่เดือนตุลาคม 2566 เป็นต้นไป": ("2023-10-01", None),
    "ถึงเดือนกันยายน 2566": (None, "2023-09-30"),
}

REFUSED = """\
15 ม.ย. 2566|15 มิ.ค. 2566|15 มราคม 2566|13 มันาคม 2566|15 ก.ค.ศ. 2566|อ.ก.ค.ศ. 2566|5 พ.ศ. 2566
5 ม.ค. 2566 และ 6 ม.ค. 2566|5, 6 และ 7 ม.ค. 2566|5,12 ม.ค. 2566|1 ม.ค. 62 1 ก.พ. 62|5 ม.ค. 2566 2567
1 1 มกราคม 2566|5. มกราคม 2566|ที่ 5 มกราคม 2566|งวดที่ 1 - 5 มกราคม 2566|27 มีนาคม 10 เมษายน 2565
1/2567|ครั้งที่ 1/2567|คำสั่งที่ 12/3/2564|ABC 12/3/2564|กท 04/12/2564|บ้านเลขที่ 12/3/45|1.2.10|12-2-50|20231001
5 มกราคม|มกราคม|ไตรมาส 3|25 ธ.ค.|5 มกราคม 25..|พ.ศ. 25....|มกราคม 256|31/10/25 6O|5 ตุลาคม 10 ราย|ต.ค. 10 ครั้ง
5 มกราคม ค.ศ. 2567|5 มกราคม พ.ศ. 2024|31-Mar-24|Q1 2024|ครึ่งปีแรก 2567|กลางเดือนมีนาคม 2566|ปีการศึกษา 2566
พฤศจิกายน 2566 - มกราคม|30 กันยายน 2566 - 1 ตุลาคม 2565|1 ตุลาคม 2565 ถึง|1 ต.ค. 2565 - 30 กันยาXX 2566|5 - 6 - 7 ม.ค. 2566
ปีงบประมาณ 2566 (ตุลาคม 2566 - มีนาคม 2567)|ไตรมาสที่ 2 (ตุลาคม 2566)|ประจำปีงบประมาณที่ 2 ปีงบประมาณ 2567
พระราชบัญญัติ พ.ศ. 2527|2565 2566|l มกราคม 2566|ต มกราคม 2566|l5 มกราคม 2566|ระยะเวลา 3 เดือน ตุลาคม - ธันวาคม 2566
5 มกราคม คริสต์ศักราช 2567|3ก5/10/2560|31/10/25ก60|ไม่มี|ประมาณ 3 เดือน|ขึ้น 15 ค่ำ เดือน 6
"""

IMPOSSIBLE = "31/11/2562|29/2/2566|31 เมษายน 2565|13/13/2562|0/1/2566|มกราคม 2483|1 ม.ค. 2561 - 31 มิ.ย. 2564|2018-13-10"


def shown(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(str(end) if end else None for end in value)
    return str(value) if value else None


def reading(text: str) -> object:
    try:
        return date_or_period(text)
    except Unreadable:
        return None


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_printed_day_reads(text: str, day: str) -> None:
    assert shown(thai_date(text)) == shown(date_or_period(text)) == day


@pytest.mark.parametrize(("text", "ends"), PERIODS.items())
def test_a_printed_period_reads(text: str, ends: tuple[str | None, str | None]) -> None:
    assert shown(thai_period(text)) == shown(date_or_period(text)) == ends
    with pytest.raises(Unreadable, match="period"):
        thai_date(text)


@pytest.mark.parametrize("text", REFUSED.rstrip().replace("\n", "|").split("|"))
def test_what_is_not_sure_is_refused_with_its_text_and_a_reason(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        date_or_period(text)
    assert repr(text) in str(caught.value)
    assert caught.value.code == "unreadable_value"


@pytest.mark.parametrize("text", IMPOSSIBLE.split("|"))
def test_a_day_that_never_was_is_a_finding_of_its_own(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        date_or_period(text)
    assert caught.value.code == "impossible_date"


@pytest.mark.parametrize("text", ["", " ", "-", " – ", ".....", "…", "\u200b", "_____"])
def test_a_blank_cell_is_null(text: str) -> None:
    assert [read(text) for read in (thai_date, thai_period, date_or_period, fiscal_year)] == [None] * 4


def test_two_figures_of_a_year_take_the_era_that_the_fiscal_year_proves() -> None:
    assert thai_date("31/10/60", fiscal_year_be=2561) == date(2017, 10, 31)
    assert thai_date("10/01/18", fiscal_year_be=2561) == date(2018, 1, 10)
    assert thai_date("31-Mar-18", fiscal_year_be=2561) == date(2018, 3, 31)
    assert thai_period("ต.ค. 60 - ก.ย. 61", fiscal_year_be=2561) == fiscal_year_span(2561)
    with pytest.raises(Unreadable) as caught:
        thai_date("31/10/40", fiscal_year_be=2561)
    assert caught.value.code == "year_out_of_context"
    assert thai_date("31/10/2540", fiscal_year_be=2561) == date(1997, 10, 31)


def test_an_open_end_is_none_in_a_period_and_no_matter_for_a_day() -> None:
    since, until = "ตั้งแต่วันที่ 5 ม.ค. 2567 เป็นต้นไป", "ถึงวันที่ 5 ม.ค. 2567"
    assert thai_period(since) == (date(2024, 1, 5), None)
    assert thai_period(until) == (None, date(2024, 1, 5))
    assert thai_date(since) == thai_date(until) == date(2024, 1, 5)


@pytest.mark.parametrize(
    "text", ["ปีงบประมาณ พ.ศ. : 2561", "ประจาํ ปงี บประมาณ ๒๕๖๑", "25 61", "(พ.ศ. 2561)", "ปี 2561", "พุทธศักราช ๒๕๖๑"]
)
def test_a_fiscal_year_reads(text: str) -> None:
    assert fiscal_year(text) == 2561


@pytest.mark.parametrize(
    "text", ["2018", "61", "256", "25611", "2461", "2661", "2561 - 2562", "ปีการศึกษา 2561", "256X", "๒๕๖\ufffd"]
)
def test_what_is_no_fiscal_year_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        fiscal_year(text)


def test_a_weekday_that_the_date_did_not_have_is_noticed_in_the_words_that_say_it() -> None:
    text = "ประชุมวันพุธที่\n17 มีนาคม 2563 และวันอังคารที่ 17 มี.ค. 2563 อาทิตย์ที่ 2 มกราคม 2566 จันทร์ที่ 31/2/2563"
    (noticed,) = noticed_weekdays(text)
    assert noticed.code == "weekday_contradicts_date"
    assert noticed.text == r"'พุธที่\n17 มีนาคม 2563': 2020-03-17 was a Tuesday, not a Wednesday"


@pytest.mark.parametrize("text", ["2018-2-10", "2018-02-10 00:00:00", "๒๐๑๘-๒-๑๐", " 2018-02-10T08:30 "])
def test_a_gregorian_year_that_stands_first_is_noticed_and_the_day_read(text: str) -> None:
    day, (noticed,) = noticed_date(text)
    assert (day, noticed.code) == (date(2018, 2, 10), YEAR_FIRST)


@pytest.mark.parametrize("text", [*DAYS, "2561-02-10", "10-02-2018", "-"])
def test_of_other_days_nothing_is_noticed(text: str) -> None:
    if not text.startswith("2017-"):
        assert noticed_date(text) == (thai_date(text), ())


def test_looking_for_weekdays_is_linear() -> None:
    assert noticed_weekdays("วันพุธที่ 17 " * 10_000) == ()
    assert not grows_too_fast(noticed_weekdays, lambda size: "วันพุธที่ 17 " * size, 10_000)


def test_the_pattern_finds_days_and_no_half_of_one() -> None:
    pattern = re.compile(DATE_PATTERN)
    assert pattern.groups == 0
    text = "(1) 31/10/2560 : ๕ ม.ค. ๖๗ | 2018-2-10 00:00:00; 1.7.2567, 5 มกราคม พ.ศ. 256 7"
    found = "31/10/2560|๕ ม.ค. ๖๗|2018-2-10 00:00:00|1.7.2567|5 มกราคม พ.ศ. 256 7"
    assert pattern.findall(text) == found.split("|")
    assert not pattern.search("12/31/10/2560 2 7 เมษายน 2566 1.2.3 4-2-0 31/10/25601")


def printings(day: date) -> list[str]:
    """Print a day in the ways that forms do, in the year that the calendar of its time had."""
    year = day.year + 543 - (day.month < 4 and day.year < 1941)
    padded = f"{day.day:02}/{day.month:02}/{year}"
    printed = [
        f"{day.day}/{day.month}/{year}",
        padded,
        padded.translate(TO_THAI),
        f"{day.day}-{day.month}-{year}",
        f"{day.day}.{day.month}.{year}",
        f"{year}-{day.month:02}-{day.day:02} 00:00:00",
        f"วันที่ {day.day} {THAI_MONTHS[day.month - 1]} พ.ศ. {year}",
        f"{day.day}{SHORT[day.month - 1]}{year}".translate(TO_THAI),
        f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {THAI_MONTHS[day.month - 1]} {str(year)[:3]} {str(year)[3:]}",
    ]
    if year in range(2526, 2600):
        printed += [f"{day.day}/{day.month}/{year % 100}", f"{day.day} {SHORT[day.month - 1]} {year % 100}"]
    return printed


days = st.dates(date(1900, 1, 1), date(2057, 12, 31))


@given(days)
def test_every_printing_of_a_day_reads_back(day: date) -> None:
    for text in printings(day):
        assert thai_date(text) == date_or_period(text) == day, text


@given(days, st.integers(1, 900))
def test_every_range_of_days_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for start, end in zip(printings(first)[:10], printings(last)[:10], strict=True):
        for dash in (" - ", "–", " ถึง ", " ถึงวันที่ "):
            if "-" not in start + end or dash == " ถึง ":
                assert thai_period(f"{start}{dash}{end}") == (first, last), (start, dash, end)


@given(st.sampled_from(range(12)), st.data())
@settings(max_examples=300)
def test_a_damaged_month_is_that_month_or_null(number: int, data: st.DataObject) -> None:
    name = THAI_MONTHS[number]
    place = data.draw(st.integers(0, len(name)))
    other = data.draw(st.sampled_from(LETTERS))
    for damaged in (
        name[:place] + name[place + 1 :],
        name[:place] + other + name[place + 1 :],
        name[:place] + other + name[place:],
        name[:place] + " " + name[place:],
        name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
    ):
        assert reading(f"15 {damaged} 2566") in (None, date(2023, number + 1, 15))
        assert reading(f"วันที่ 9 เดือน{damaged} พ.ศ. 2566") in (None, date(2023, number + 1, 9))


CLOSED = [*DAYS, *(text for text, ends in PERIODS.items() if None not in ends and "งบ" not in text)]


@given(st.sampled_from(CLOSED), st.data())
@settings(max_examples=300)
def test_a_stray_sign_never_makes_another_date(text: str, data: st.DataObject) -> None:
    sound = date_or_period(text)
    place = data.draw(st.integers(0, len(text)))
    for sign in "|()X…":
        assert reading(text[:place] + sign + text[place:]) in (None, sound)


ANY = st.text(st.sampled_from([*LETTERS, *THAI, *" .-/(),:|0123456789TQXx\n…–\ufffd໑½"]))
WORDS = "1 25 2566 31/10/2560 - ถึง พ.ศ. ปี ปีงบประมาณ ไตรมาส รอบ เดือน วันที่ ที่ ( ) , . / :".split()
PIECES = st.lists(st.sampled_from([*THAI_MONTHS, *SHORT, *WORDS]))


@given(ANY | PIECES.map(" ".join) | PIECES.map("".join))
@settings(max_examples=400)
def test_any_text_reads_or_is_unreadable(text: str) -> None:
    reading(text)
    noticed_weekdays(text)
    for read in (thai_date, thai_period, fiscal_year):
        try:
            read(text)
        except Unreadable as error:
            assert error.code in {"unreadable_value", "impossible_date", "year_out_of_context"}  # noqa: PT017 - the code


@pytest.mark.parametrize("piece", ["1 ", "พ.", "๑ ต.ค. ", "วนท ", "1/", "ไตรมาส 1 - ", "25 ", "เดือน", "ป ี", "(", "ก"])
def test_long_repetition_takes_no_long_time(piece: str) -> None:
    assert reading(piece * (1000 // len(piece))) is None
    assert not grows_too_fast(reading, lambda size: piece * size, 25_000)
