"""Priced lines and the total: what is bought, how many at which price, never a figure that is not printed."""

from decimal import Decimal

import pytest

from parsers.base import Priced
from pipeline.document.read_fields.tables import read_priced
from pipeline.model import Field
from tests.support.small_proposal import FORM, block_of, proposal, rows_of, values
from tests.support.small_report import codes_of, project_of, tables_of
from tests.support.table_layouts import Layout, flattened, markdown, tabs

Line = tuple[object, ...]
READS = next(reads for block in FORM.blocks for reads in block.readings if isinstance(reads, Priced))
PAINT = ("ค่าสี", Decimal(2), "ถัง", Decimal(500), Decimal(1000))
BRUSHES = ("แปรง", Decimal(5), "อัน", Decimal(10), Decimal(50))
LISTED = "1. ค่าสี จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท\n2. แปรง จำนวน 5 อัน ๆ ละ 10 บาท เป็นเงิน 50 บาท"
TABLE = (
    ("รายการ", "จำนวน", "หน่วยละ", "เป็นเงิน"),
    ("ค่าสี", "2 ถัง", "500", "1,000"),
    ("แปรง", "5 อัน", "10", "50"),
    ("รวมทั้งสิ้น", "", "", "1,050"),
)


def lines(budget: str) -> list[Line]:
    """Each priced line of a budget: what, how many of what, at which price, and how much in all."""
    rows = rows_of("budget_items", budget=budget)
    return values(rows, "item", "quantity", "quantity_unit", "unit_price_baht", "amount_baht")


def total(budget: str) -> object:
    """The total that a budget states."""
    return project_of(proposal(budget=budget))["budget_received_baht"]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        pytest.param(
            "ค่าสี จำนวน 2 โรงเรียนๆ ละ 15,100.-บาท เป็นเงิน 30,200.-บาท",
            ("ค่าสี", Decimal(2), "โรงเรียน", Decimal(15100), Decimal(30200)),
            id="each",
        ),
        pytest.param(
            "ค่าสี จำนน 2 โรงเรียน ๆ ฉะ 15,100 บท เปนเงน 30,200 บาม",
            ("ค่าสี", Decimal(2), "โรงเรียน", Decimal(15100), Decimal(30200)),
            id="damaged words around figures that agree",
        ),
        pytest.param(
            "ค่าอาหาร 50 คน x 35 บาท = 1,750 บาท",
            ("ค่าอาหาร", Decimal(50), "คน", Decimal(35), Decimal(1750)),
            id="times",
        ),
        pytest.param(
            "ค่าสี จำนวน ๒ ถัง ๆ ละ ๕๐๐ บาท เป็นเงิน ๑,๐๐๐ บาท",
            ("ค่าสี", Decimal(2), "ถัง", Decimal(500), Decimal(1000)),
            id="Thai digits",
        ),
        pytest.param("ค่าเช่าเต็นท์ 500 บาท", ("ค่าเช่าเต็นท์", None, None, None, Decimal(500)), id="an amount"),
        pytest.param("ค่าแปรง เป็นเงิน 1,200.-บาท", ("ค่าแปรง", None, None, None, Decimal(1200)), id="in all"),
        pytest.param(
            "ค่าสีเบอร์ 5 เป็นเงิน 100 บาท", ("ค่าสีเบอร์ 5", None, None, None, Decimal(100)), id="a number of its own"
        ),
        pytest.param(
            "ค่าอาหาร 50 คน x 35 บาท x 2 มื้อ เป็นเงิน 3,500 บาท",
            ("ค่าอาหาร", Decimal(100), "คน", Decimal(35), Decimal(3500)),
            id="three factors",
        ),
        pytest.param(
            "ค่าวิทยากร 2 คน คนละ 3 ชั่วโมง ชั่วโมงละ 600 บาท เป็นเงิน 3,600 บาท",
            ("ค่าวิทยากร", None, None, None, Decimal(3600)),
            id="worked out by hand",
        ),
        pytest.param(
            "ค่าอาหาร (50 คน x 35 บาท x 2 มื้อ) 3,500 บาท",
            ("ค่าอาหาร", None, None, None, Decimal(3500)),
            id="factors that confirm the amount",
        ),
        pytest.param(
            "ค่าเช่า จำนวน 2 หลัง 5,000 บาท", ("ค่าเช่า", Decimal(2), "หลัง", None, Decimal(5000)), id="how many and in all"
        ),
        pytest.param(
            "สี 2 ถัง ๆ ละ 500 บาท = 1,000 บาท", ("สี", Decimal(2), "ถัง", Decimal(500), Decimal(1000)), id="one letter"
        ),
        pytest.param(
            "ค่าจ้าง 2 ชม. x 600 บาท = 1,200 บาท", ("ค่าจ้าง", Decimal(2), "ชม.", Decimal(600), Decimal(1200)), id="dots"
        ),
    ],
)
@pytest.mark.parametrize("mark", ["1. ", "- ", "๑) ", "• "])
def test_a_priced_line_says_how_many_at_which_price_and_how_much(mark: str, said: str, line: Line) -> None:
    assert lines(mark + said) == [line]


def test_blanks_between_words_may_be_as_wide_as_somebody_typed() -> None:
    assert lines(LISTED.replace(" ", "  ")) == [PAINT, BRUSHES]


def test_an_amount_that_is_not_printed_is_not_worked_out() -> None:
    assert lines("- ค่าอาหาร 50 คน x 35 บาท") == [("ค่าอาหาร", Decimal(50), "คน", Decimal(35), None)]


def test_an_amount_that_differs_from_the_product_stays_as_printed_and_is_told() -> None:
    budget = "1. ค่าสี จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,100 บาท"
    assert lines(budget) == [("ค่าสี", Decimal(2), "ถัง", Decimal(500), Decimal(1100))]
    assert codes_of(proposal(budget=budget)) == {"sum_of_items_differs"}


def test_a_broken_amount_is_null_and_told() -> None:
    budget = "1. ค่าสี เป็นเงิน 1,00,0 บาท"
    assert lines(budget) == [("ค่าสี", None, None, None, None)]
    assert codes_of(proposal(budget=budget)) == {"unreadable_value"}


@pytest.mark.parametrize("budget", ["1. ค่าสี\n2. ค่าแปรง", "1. ทาสีรั้ว ปี 2570", "ไม่ใช้งบประมาณ", "-", "1. 500 บาท"])
def test_what_has_no_price_or_no_name_is_no_line(budget: str) -> None:
    assert lines(budget) == []


def test_a_line_goes_on_up_to_the_next_marker() -> None:
    assert lines("1. ค่าสี\nจำนวน 2 ถัง ๆ ละ 500 บาท\nเป็นเงิน 1,000 บาท\n2. แปรง เป็นเงิน 50 บาท") == [
        PAINT,
        ("แปรง", None, None, None, Decimal(50)),
    ]


@pytest.mark.parametrize("words", ["รวมเป็นเงินทั้งสิ้น 1,050 บาท", "- รวม 1,050 บาท", "3. รวมเป็นเงิน 1,050.-บาท"])
def test_a_printed_sum_is_no_line_but_the_total(words: str) -> None:
    assert lines(f"{LISTED}\n{words}") == [PAINT, BRUSHES]
    assert total(f"{LISTED}\n{words}") == Decimal(1050)


@pytest.mark.parametrize("words", ["รวมเป็นเงินทั้งสิ้น 1,050 บาท", "รวเป็นเงินทั้งสิ้น 1,050 บาท", "ยอดรวม 1,050.-"])
def test_a_sum_below_the_last_line_is_not_its_amount(words: str) -> None:
    assert lines(f"{LISTED}\n{words}\nถัวจ่ายทุกรายการ") == [PAINT, BRUSHES]


def test_a_price_of_each_without_its_word_is_no_amount() -> None:
    budget = "1. ค่าสี 2 โรงเรียนๆ 15,400"
    assert lines(budget) == [("ค่าสี", None, None, None, None)]
    assert codes_of(proposal(budget=budget)) == {"unreadable_value"}


def test_lines_that_begin_as_costs_do_need_no_markers_but_one_alone_may_be_the_total() -> None:
    budget = "ค่าสี จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท\nค่าแปรง เป็นเงิน 50 บาท\nรวมเป็นเงิน 1,050 บาท"
    assert lines(budget) == [PAINT, ("ค่าแปรง", None, None, None, Decimal(50))]
    assert total(budget) == Decimal(1050)
    assert lines("ค่าใช้จ่ายของโครงการ เป็นเงิน 1,050 บาท") == []


def test_the_column_of_amounts_says_what_the_one_line_inside_a_row_costs() -> None:
    assert lines(markdown([("รายการ", "จำนวนเงิน"), ("ค่าสี 2 โรงเรียน 15,400", "30,800")])) == [
        ("ค่าสี 2 โรงเรียน", None, None, None, Decimal(30800))
    ]


def test_a_quantity_that_cannot_be_read_is_told() -> None:
    budget = markdown([TABLE[0], ("ค่าสี", "2 หรือ 3 ถัง", "500", "1,000")])
    assert lines(budget) == [("ค่าสี", None, None, Decimal(500), Decimal(1000))]
    assert codes_of(proposal(budget=budget)) == {"unreadable_value"}


def test_rows_of_a_table_that_lost_its_cells_are_read_where_every_column_is_there() -> None:
    rows = [("รายการ", "จำนวน", "จำนวนเงิน"), ("ค่าสี", "2 ถัง", "1,000"), ("แปรง", "50"), ("ไม้", "5 แผ่น", "300")]
    assert [line[0] for line in lines("\n\n".join("\n".join(row) for row in rows))] == ["ค่าสี", "ไม้"]


@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_a_table_of_prices_gives_a_line_for_each_row_but_its_sum(layout: Layout) -> None:
    assert lines(layout(TABLE)) == [PAINT, BRUSHES]


@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_the_sum_of_a_table_is_the_total(layout: Layout) -> None:
    assert total(layout(TABLE)) == Decimal(1050)


def test_lines_inside_a_flattened_cell_are_priced_and_the_sum_beside_them_is_none() -> None:
    inside = LISTED.replace("1. ", "- ").replace("2. ", "- ")
    rows = (("กิจกรรม", "รายการค่าใช้จ่าย", "จำนวนเงิน"), ("ทาสี", f"ค่าของใช้\n{inside}", "1,050.-"))
    assert lines(flattened(rows)) == [PAINT, BRUSHES]


@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_a_row_that_states_no_more_than_its_amount_gives_that(layout: Layout) -> None:
    assert lines(layout([("กิจกรรม", "รายการ", "จำนวนเงิน"), ("ทาสี", "ค่าของใช้", "1,050")])) == [
        ("ค่าของใช้", None, None, None, Decimal(1050))
    ]


@pytest.mark.parametrize("layout", [markdown, tabs, flattened])
def test_a_table_without_amounts_gives_no_lines(layout: Layout) -> None:
    assert lines(layout([("รายการ", "จำนวน"), ("สี", "2 ถัง"), ("แปรง", "5 อัน")])) == []


def test_the_text_of_the_budget_ends_where_its_table_begins() -> None:
    (section,) = rows_of("sections", budget=f"เบิกจากเงินรายได้\n{markdown(TABLE)}")
    assert section["text"] == "เบิกจากเงินรายได้"
    assert rows_of("sections", budget=markdown(TABLE)) == []


@pytest.mark.parametrize(
    ("said", "baht"),
    [
        pytest.param("เป็นเงิน 48,600.-บาท (สี่หมื่นแปดพันหกร้อยบาทถ้วน)", 48600, id="with its words"),
        pytest.param("เป็นเงิน 48,600.-บาท (สีหมีนแปดพันหกวัอยบาถถวน)", 48600, id="with damaged words"),
        pytest.param("เป็นเงิน 48,600 บาท (ตามรายละเอียดแนบท้าย)", 48600, id="with other words"),
        pytest.param("ได้รับ 2,000 บาท ใช้ไป 1,500 บาท (หนึ่งพันห้าร้อยบาทถ้วน)", 1500, id="best the one in words"),
        pytest.param("จ่าย 500 บาท รวมทั้งสิ้น 1,500 บาท", 1500, id="else a sum"),
        pytest.param("งบประมาณจำนวน 2,000 บาท", 2000, id="else the first amount"),
        pytest.param("๔๘,๖๐๐ บาท", 48600, id="Thai digits"),
    ],
)
def test_the_total_is_read(said: str, baht: int) -> None:
    assert total(said) == Decimal(baht)


def test_words_that_say_another_amount_are_told() -> None:
    text = proposal(budget="เป็นเงิน 48,600.-บาท (สี่หมื่นบาทถ้วน)")
    assert codes_of(text) == {"amount_in_words_differs"}


@pytest.mark.parametrize("said", ["ไม่ใช้งบประมาณ", "เบิกจากงบประมาณ พ.ศ. 2570", "-", LISTED])
def test_without_a_stated_total_there_is_none(said: str) -> None:
    assert total(said) is None


def test_a_total_before_the_lines_is_the_total_and_no_line() -> None:
    budget = f"เบิกจากงบประมาณประจำปี เป็นเงิน 1,050.-บาท (หนึ่งพันห้าสิบบาทถ้วน) ดังนี้\n{LISTED}"
    assert (lines(budget), total(budget)) == ([PAINT, BRUSHES], Decimal(1050))
    assert codes_of(proposal(budget=budget)) == set()


def test_lines_that_do_not_sum_to_the_total_are_told() -> None:
    assert codes_of(proposal(budget=f"งบประมาณจำนวน 2,000 บาท\n{LISTED}")) == {"sum_of_items_differs"}


SUM = "งบประมาณจำนวน 1,050 บาท\n{listed}\nรวมเป็นเงินทั้งสิ้น {total} บาท"


@pytest.mark.parametrize("listed", [LISTED, markdown(TABLE)])
def test_a_sum_below_the_lines_is_compared_with_them(listed: str) -> None:
    right, wrong = (SUM.format(listed=listed, total=said) for said in ("1,050", "1,150"))
    if listed != LISTED:
        right, wrong = (
            f"งบประมาณจำนวน 1,050 บาท\n{listed}".replace("1,050", said).replace(said, "1,050", 1)
            for said in ("1,050", "1,150")
        )
    assert codes_of(proposal(budget=right)) == set()
    assert "sum_of_items_differs" in codes_of(proposal(budget=wrong))


@pytest.mark.parametrize("budget", [LISTED, markdown(TABLE), flattened(TABLE)])
def test_each_field_quotes_its_line(budget: str) -> None:
    for field in read_priced(READS, block_of(budget)):
        assert isinstance(field, Field)
        assert all(budget[start:end].strip() == budget[start:end] != "" for start, end in field.spans)
        assert "\n".join(budget[start:end] for start, end in field.spans) == field.raw


def test_the_evidence_of_a_price_is_the_expression_behind_the_name() -> None:
    rows = [row for row in tables_of(proposal(budget=LISTED))["evidence"] if row["table_name"] == "budget_items"]
    assert {row["raw_text"] for row in rows if row["column_name"] == "item"} == {"ค่าสี", "แปรง"}
    assert {row["raw_text"] for row in rows if row["column_name"] == "unit_price_baht"} == {
        "จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท",
        "จำนวน 5 อัน ๆ ละ 10 บาท เป็นเงิน 50 บาท",
    }


def test_a_unit_price_is_never_the_total() -> None:
    assert total("ค่าสี จำนวน 2 ถัง ๆ ละ 500 บาท เป็นเงิน 1,000 บาท") in (None, Decimal(1000))
