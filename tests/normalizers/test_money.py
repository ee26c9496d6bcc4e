"""Amounts and percentages: every layout reads back, and what could be two things is unreadable, never guessed."""

import random
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import bahttext, num_to_thaiword

from normalizers import Observation, Unreadable
from normalizers.digits import ARABIC, THAI
from normalizers.money import baht, noticed_baht, percent, quantity_times_price
from normalizers.words import amount_words, number_words
from tests.support.growth import grows_too_fast

TO_THAI = str.maketrans(ARABIC, THAI)
satang = st.integers(0, 10**14).map(lambda n: Decimal(n).scaleb(-2)) | st.integers(0, 10**8).map(Decimal)
LAYOUTS = [
    "{:,.2f}",
    "{:.2f}",
    "{:,.2f} บาท",
    "{:,.2f}บาท",
    "{:,.2f} บาทถ้วน",
    "{:,.2f}.-",
    "**{:,.2f}** บาท",
    "| {:,.2f} บาท |",
    "งบประมาณ : {:,.2f} บาท",
    "(งบประมาณ {:,.2f} บาท)",
    "รวมเป็นเงิน {:,.2f} บาท (ตามสัญญา)",
    "{:,.2f} บา ท",
    "{:,.2f} บำท",
    "฿{:,.2f}",
    "{:,.2f} Baht",
    "งบที่ใช้ไป (บาท){:,.2f}",
    "1. ค่าวัสดุ {:,.2f} บาท",
    "{:,.2f} บาท คิดเป็นร้อยละ 12.50",
]


def differing(figures: Decimal, words: Decimal) -> Observation:
    """What is noticed where the words behind figures say another amount."""
    told = f"the digits say {figures:,.2f} baht, the words {words:,.2f} baht"
    return Observation("amount_in_words_differs", told)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(value=satang)
def test_an_amount_reads_back_from_its_layout(layout: str, value: Decimal) -> None:
    printed = layout.format(value)
    assert baht(printed) == baht(printed.translate(TO_THAI)) == value


@given(value=satang)
def test_blanks_around_commas_and_points_are_closed(value: Decimal) -> None:
    printed = f"{value:,.2f}"
    assert baht(printed.replace(",", " , ") + " บาท") == value
    assert baht(printed.replace(".", " . ") + " บาท") == value


@given(value=satang, place=st.integers(0, 30), mark=st.sampled_from(" ,.-"))
def test_a_stray_blank_or_mark_gives_no_other_amount(value: Decimal, place: int, mark: str) -> None:
    printed = f"{value:,.2f}"
    place = place % (len(printed) - 1) + 1
    with suppress(Unreadable):
        assert baht(f"{printed[:place]}{mark}{printed[place:]} บาท") == value


@given(value=st.integers(10**6, 10**12), place=st.integers(0, 30))
def test_a_lost_comma_or_inner_digit_gives_no_amount(value: int, place: int) -> None:
    printed = f"{value:,}"
    inner = printed.index(",") + place % (len(printed) - printed.index(","))
    with pytest.raises(Unreadable):
        baht(f"{printed[:inner]}{printed[inner + 1 :]} บาท")


@given(value=st.integers(0, 10**12))
def test_whole_baht_read_back_with_every_tail(value: int) -> None:
    for tail in ("", ".-", ",-", ".- บาท", ".-บาท", " บาทถ้วน", ".= บาท"):
        assert baht(f"{value:,}{tail}") == value


@given(value=st.integers(1, 10**13).map(lambda n: Decimal(n).scaleb(-2)))
def test_an_amount_in_words_reads_back(value: Decimal) -> None:
    words = bahttext(float(value))
    assert baht(f"({words})") == amount_words(words) == value
    assert noticed_baht(f"{value:,.2f} บาท ({words})") == (value, ())
    assert noticed_baht(f"{value + 1:,.2f} บาท ({words})") == (value + 1, (differing(value + 1, value),))


@given(value=st.integers(1, 10**15))
def test_number_words_read_back(value: int) -> None:
    words = num_to_thaiword(value)
    assert number_words(words) == number_words(" ".join(words)) == value


@given(value=st.integers(1, 10**12), place=st.integers(0, 200))
def test_a_lost_or_foreign_letter_in_number_words_gives_no_other_number(value: int, place: int) -> None:
    words = bahttext(value)
    damaged = words[: place % len(words)] + "ฟ" + words[place % len(words) :]
    with suppress(Unreadable):
        assert baht(damaged) in (None, value)


@given(value=st.integers(0, 10000).map(lambda n: Decimal(n).scaleb(-2)))
def test_a_percentage_reads_back(value: Decimal) -> None:
    for layout in ("{} %", "{}%", "ร้อยละ {}", "(ร้อยละ {})", "{} เปอร์เซ็นต์", "คิดเป็นร้อยละ {} ของงบประมาณ", "{}"):
        printed = layout.format(value)
        assert percent(printed) == percent(printed.translate(TO_THAI)) == value


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "....", "..........บาท", "- บาท", "บาท", "(บาท)", "ล้านบาท", "ไม่มี", "ไม่ใช้งบประมาณ"]
)
def test_a_silent_page_is_none(text: str) -> None:
    assert baht(text) is None


UNREADABLE = """
1,25,000.00|1,2000 บาท|12,34 บาท|0,500 บาท|1,200,00 บาท|1.200.000 บาท|1.234,56 บาท|,200 ล้านบาท|007
5 20,000 บาท|6 1,439,640 บาท|100, 200 บาท|1, 200 บาท|15,000 200,000|1 000 000 บาท|1. 50 บาท|12.....500 บาท
31.01 - 33.00 บาท|100-200 บาท|100 ถึง 200 บาท|100 หรือ 200 บาท|100 บาท ถึงสองร้อยบาท|สี่ร้อย-ห้าร้อยบาท|500 –
1,000 + 500 บาท|5 คน x 300 บาท|1/2 ล้านบาท|2 วัน คนละ 500 บาท|เงินสด 500 บาท ธนาคาร 300 บาท|500 บาท/600 บาท
500 USD|US$ 500|$500|500 ดอลลาร์|35.50 บาทต่อดอลลาร์|งบประมาณ 500 เหรียญ|7 ยูโรเพียม|4,866 เรื่อง|500 ลาน|500 ล้านคน
S00 บาท|5O0 บาท|1O/11|O,500 บาท|ศ50,000 บาท|50,00ฬ บาท|໑250 บาท|½ ล้านบาท|１２ บาท|1,500² บาท
2.500 บาท|2,474.000|28 กันยายน 2561|พ.ศ. 2561|ปีงบประมาณ 2561|งบประมาณ 2561|10.30 น.|053 465 555|09000000-3863
ร้อยละ 5|ร้อยละ 5 ของเงิน 500 บาท|100%|500 กว่าบาท|500 บาทครึ่ง|ห้าบาทครึ่ง|ห้าร้อยกว่าบาท|500 บาทห้าสิบสตางค์
หมื่นห้าบาท|ห้าร้อยบาทหกร้อยบาท|สองรอัยห้าสิบบาท|ศูนย์|พันแสนบาท|สองสามบาท|เอ็ดบาท|21.50 บาท 25 สตางค์|2 หมื่นห้าพันบาท
ห้าสิบบาทยี่สิบสตาฟค์|ห้าสิบบาทยี่ฟสิบสตางค์|500 บาทยี่สิบสตาฟค์
1, 25, 000 บาท|300 ลบ.ม.
- 500 บาท|-500 บาท|(69,500.-)|งบประมาณ (500)|500 บาท (USD 15)|92,000.000.000.0092,000.000.00|1,500 บาท 1/
"""


@pytest.mark.parametrize("text", [text for row in UNREADABLE.strip().splitlines() for text in row.split("|")])
def test_what_could_be_two_things_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        baht(text)


def test_wide_gaps_and_tabs_part_cells() -> None:
    assert baht("3,5 13,000 บาท") == 3513000
    for gap in ("\t", "  ", "\n", " | "):
        with pytest.raises(Unreadable):
            baht(f"3,5{gap}13,000 บาท")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500 ล้ำนบำท", "500000000"),
        ("12.5 ลบ.", "12500000"),
        ("1, 250, 000 บาท", "1250000"),
        ("๒, ๘๐๐, ๐๐๐.๐๐", "2800000"),
        ("500 ล้านบาทถ้วน", "500000000"),
        ("3.78 ล้านล้านบาท", "3780000000000"),
        ("2 ล้าน 5 แสนบาท", "2500000"),
        ("5 หมื่นบาท", "50000"),
        ("15.4 million baht", "15400000"),
        ("8 พันล้าน", "8000000000"),
        ("มูลค่า (ล้านบาท) 500", "500000000"),
        ("500 (ล้านบาท)", "500000000"),
        ("หน่วย : พันบาท 1,250.5", "1250500"),
        ("งบประมาณที่เบิกใช้ (ครั้งที่ 5) = 0 บาท", "0"),
        ("งวดที่ 2 : 4,500 บาท", "4500"),
        ("งบปี 2561 จำนวน 7,000 บาท", "7000"),
        ("จำนวน 3 ชุดๆ ละ 50 บาท เป็นเงิน 150 บาท", "150"),
        ("3 คน คนละ 500 บาท", "1500"),
        ("ค่าวิทยากร ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท", "7200"),
        ("ค่าวิทยากร 2 คนๆ ละ 6 ชั่วโมง ชั่วโมงละ 600 บาท เป็นเงิน 7,200 บาท", "7200"),
        ("5 คน x 30 บาท = 150 บาท", "150"),
        ("21 บาท 5 สตางค์", "21.05"),
        ("50 สตางค์", "0.50"),
        ("เก้าสิบเก้าสตางค์", "0.99"),
        ("ศูนย์บาทถ้วน", "0"),
        ("ห้าร้อยบาทถ้วน (500 บาท)", "500"),
        ("รวมเป็นเงินหกหมื่นบาทถ้วน", "60000"),
        ("ไม่เกินห้าร้อยบาท", "500"),
        ("สองรอ้ ยหา้ สิบบาท", "250"),
        ("ร้อยเอ็ดบาท", "101"),
        ("พันห้าร้อยบาท", "1500"),
        ("ลบห้าร้อยบาท", "-500"),
        ("(1,200.00)", "-1200"),
        ("(1,200 บาท)", "1200"),
        ("๖๙,5๐๐.-", "69500"),
        ("1,S00 บาท", "1500"),
        ("9,614 บาท/คน/เดือน", "9614"),
    ],
)
def test_scales_products_totals_and_words_are_worked_out(text: str, value: str) -> None:
    assert baht(text) == Decimal(value)


def test_figures_stand_where_words_differ() -> None:
    text = "69,500 บาท (หกหมื่นเก้าพันบาทถ้วน)"
    assert baht(text) == 69500
    assert noticed_baht(text) == (Decimal(69500), (differing(Decimal(69500), Decimal(69000)),))


def test_a_fraction_of_a_satang_is_not_rounded() -> None:
    with pytest.raises(Unreadable):
        baht("0.7145 บาท/หน่วย")
    assert baht("137.5700 ล้านบาท") == 137570000


@pytest.mark.parametrize(
    "text", ["-5%", "120 %", "52,83 %", "60-70 %", "ร้อยละ 60-70", "5 บาท", "1O %", "(60)", "60 คน", "> 80%"]
)
def test_what_is_no_percentage_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        percent(text)


@pytest.mark.parametrize("text", ["2 วัน คนละ 300 บาท", "3 ร้อยละ 5", "500 บาท", "10 คนๆ ละ 300 บาท จำนวน 2 วัน", ""])
def test_only_a_repeated_unit_makes_a_product(text: str) -> None:
    assert quantity_times_price(text) is None


ALPHABET = [
    *"กขงนมรลสหบทาิีุู่้๊์ำเแโไๆฯ0123456789๐๑๒๕๙,.- ()/%*|#_\\:=+xolISO\n\t\u200b…",
    "บาท",
    "ล้าน",
    "พัน",
    "ร้อยละ",
    "สิบ",
    "หนึ่ง",
    "สตางค์",
    "ถ้วน",
    "ๆ ละ ",
    "เป็นเงิน",
    "1,200",
    "๒๕๖๑",
    "....",
    "ครั้งที่ ",
    "จุด",
    "ศูนย์",
    "๑,๒๐๐.๐๐",
    "เอ็ด",
]


def test_random_text_raises_nothing_but_unreadable() -> None:
    draw = random.Random(20)
    for _ in range(3000):
        text = "".join(draw.choices(ALPHABET, k=draw.randint(0, 14)))
        for read in (baht, percent, noticed_baht, quantity_times_price):
            with suppress(Unreadable):
                read(text)


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "(", "สิบ", "บาท", "|", "\\", "3 คนๆ ละ ", "1 = ", "[", "#", "."])
def test_long_text_is_read_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        with suppress(Unreadable):
            baht(text)

    assert not grows_too_fast(work, lambda size: piece * size, 2500)
