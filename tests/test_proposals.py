"""What proposals of other offices print in other ways, page by page."""

from tests.small_proposal import rows_of, values


def test_indicators_in_a_list_are_aims_of_that_kind() -> None:
    found = rows_of("objectives", indicators="10.1 ร้อยละ 80 ของรั้วทาสีแล้ว\n10.2 ผู้ใช้สนามพอใจ")
    assert values([row for row in found if row["kind"] == "indicator"], "label", "text") == [
        ("10.1", "ร้อยละ 80 ของรั้วทาสีแล้ว"),
        ("10.2", "ผู้ใช้สนามพอใจ"),
    ]


def test_a_table_of_indicators_is_no_list() -> None:
    table = "มีดังนี้\n| ตัวชี้วัด | ค่าเป้าหมาย |\n|---|---|\n| รั้วที่ทาสี | 2 ด้าน |"
    assert [row["name"] for row in rows_of("indicators", indicators=table)] == ["รั้วที่ทาสี"]
    assert "indicator" not in {row["kind"] for row in rows_of("objectives", indicators=table)}


def test_risks_without_a_table_are_kept_as_a_text() -> None:
    found = rows_of("sections", risks="ฝนอาจตก แก้ไขโดยเลื่อนวันทาสี")
    assert values(found, "section", "heading", "text") == [("other", "8. การบริหารความเสี่ยง", "ฝนอาจตก แก้ไขโดยเลื่อนวันทาสี")]
