"""A progress report under the headings of other offices, and its strategy told in tables: the same rows."""

import pytest

from tests.support.small_report import (
    LINKS,
    OBJECTIVES,
    PLEDGE,
    RATIONALE,
    SIGNATURE,
    TARGETS,
    entry,
    first_page,
    labelled,
    tables_of,
)

HEADINGS = {
    "rationale": "1.3 หลักการและเหตุผล",
    "objectives": "1.4 วัตถุประสงค์ของโครงการ",
    "targets": "1.5 เป้าหมายของโครงการ",
    "links": "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี",
    "entries": "2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ",
}
OTHERS = [
    *(
        ("rationale", words)
        for words in (
            "ความเป็นมาและความสำคัญ",
            "ที่มาของโครงการ",
            "ความจำเป็นของโครงการ",
            "สภาพปัญหา",
            "หลักการและเหตุผลความจำเป็น",
        )
    ),
    *(("objectives", words) for words in ("จุดประสงค์", "จุดมุ่งหมาย", "ความมุ่งหมาย", "วัตถุประสงค์ในการดำเนินงาน")),
    *(("targets", words) for words in ("เป้าหมายการดำเนินงาน", "เป้าหมายของงาน", "เป้าหมาย/ผลผลิต", "เป้าหมายผลผลิต")),
    *(
        ("links", words)
        for words in ("ความสอดคล้องกับยุทธศาสตร์", "ยุทธศาสตร์ที่เกี่ยวข้อง", "สอดคล้องกับแผนพัฒนากรุงเทพมหานคร", "ความสอดคล้องกับแผน")
    ),
    *(
        ("entries", words)
        for words in ("ผลความก้าวหน้า", "ความก้าวหน้าในการดำเนินงาน", "ผลการดำเนินโครงการ", "รายละเอียดความก้าวหน้า")
    ),
]
NUMBERS = dict(zip(HEADINGS, ("1.3 ", "1.4 ", "1.5 ", "1.6 ", "2. "), strict=True))


def said(strategy: str = labelled(LINKS), **headings: str) -> dict[str, list[tuple[object, ...]]]:
    """What stands below each heading."""
    heads = {**HEADINGS, **headings}
    text = "\n".join(
        (
            first_page(),
            *(heads["rationale"], RATIONALE, heads["objectives"], OBJECTIVES, heads["targets"], TARGETS),
            *(heads["links"], strategy, heads["entries"], entry(1), entry(2), PLEDGE, SIGNATURE),
        )
    )
    tables = tables_of(text)
    columns = {
        "objectives": ("kind", "text"),
        "strategy_links": ("level", "text"),
        "sections": ("section", "text"),
        "report_entries": ("entry_number", "report_date", "activity", "disbursed_baht"),
    }
    return {name: [tuple(row[one] for one in wanted) for row in tables[name]] for name, wanted in columns.items()}


@pytest.mark.parametrize("style", ["{number}{words}", "{words}", "ค. {words}", "**{words}**"])
@pytest.mark.parametrize(("block", "words"), OTHERS)
def test_a_block_opens_under_another_heading(block: str, words: str, style: str) -> None:
    assert said(**{block: style.format(number=NUMBERS[block], words=words)}) == said()


@pytest.mark.parametrize(
    "strategy",
    [
        "\n".join(f"| {label} | {value} |" for label, value in LINKS.items()),
        "\n".join(f"{label}\t{value}" for label, value in LINKS.items()),
        "\n".join(f"{number}) {label} : {value}" for number, (label, value) in enumerate(LINKS.items(), 1)),
        f"| {' | '.join(LINKS)} |\n|---|---|---|---|\n| {' | '.join(LINKS.values())} |",
    ],
    ids=["beside", "tabs", "numbered", "across"],
)
def test_a_strategy_may_be_told_in_a_table(strategy: str) -> None:
    assert said(strategy) == said()


def test_a_table_of_a_strategy_has_a_row_for_each_other_cell() -> None:
    heads, values = list(LINKS), list(LINKS.values())
    second = [*values[:3], "มิติที่ 2 จำนวนต้นไม้"]
    rows = "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * 4, values, second))
    assert said(rows)["strategy_links"] == [*said()["strategy_links"], ("indicator", "มิติที่ 2 จำนวนต้นไม้")]
