"""Area reports under the headings and labels of other offices: the same rows, quarter by quarter."""

from random import Random

import pytest

from tests.support.small_report import tables_of

COVER = (
    "รายงานความก้าวหน้าการดำเนินโครงการตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2567\n"
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1\nข้อมูล ณ วันที่ 31 มีนาคม 2567"
)
PARTS = {
    "group": "โครงการที่ดำเนินการเสร็จสิ้นแล้ว",
    "name": "{n}. โครงการ{name}",
    "who": "ผู้รับผิดชอบโครงการ : นางสาวสมมุติ ตัวอย่าง โทร. 1234",
    "quarter": "ความก้าวหน้าของเป้าหมายโครงการ ประจำไตรมาสที่ {q}",
    "outputs": "เป้าหมายเชิงผลผลิต (Output)",
    "output": "ครูได้รับการอบรม จำนวน 40 คน",
    "outcomes": "เป้าหมายเชิงผลลัพธ์ (Outcome)",
    "outcome": "ครูนำความรู้ไปใช้ได้จริง",
    "indicators": "ดัชนีชี้วัดความสำเร็จ",
    "indicator": "ร้อยละ 80 ของครูผ่านการประเมิน",
    "activities": "ความก้าวหน้าของกิจกรรมที่ดำเนินการ ประจำไตรมาสที่ {q}",
    "activity": "กิจกรรมหลักที่ 1 อบรมครู\nกิจกรรมหลักที่ 2 นิเทศติดตาม",
    "strategy": "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนแม่บทภายใต้ยุทธศาสตร์ชาติและยุทธศาสตร์ชาติหลัก",
    "strategy_results": "ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ",
    "strategy_result": "นักเรียนอ่านออกเขียนได้มากขึ้น",
    "disbursement": "การเบิกจ่ายงบประมาณประจำไตรมาสที่ {q}",
    "money": (
        "จำนวนเงินงบประมาณตามแผนการใช้จ่าย 50,000 บาท\nจำนวนเงินงบประมาณที่เบิกจ่ายจริง 48,500 บาท\n"
        "ผลการเบิกจ่ายงบประมาณ เป็นไปตามแผน"
    ),
    "conclusions": "สรุปปัญหาและข้อเสนอแนะของโครงการ",
    "results": "ผลการดำเนินงาน",
    "result": "อบรมครูครบทุกโรงเรียน",
    "problems": "ปัญหาและอุปสรรค",
    "problem": "ครูบางส่วนติดภารกิจ",
    "suggestions": "ข้อเสนอแนะ",
    "suggestion": "ควรจัดอบรมออนไลน์",
}
OF_PROJECT = ("name", "who")
COLUMNS = {
    "projects": ("project_name", "status", "fiscal_year_be", "responsible_person", "responsible_phone"),
    "objectives": ("kind", "fiscal_quarter", "text"),
    "activities": ("fiscal_quarter", "label", "text"),
    "quarterly_results": (
        *("fiscal_quarter", "planned_baht", "disbursed_baht", "disbursement_note"),
        *("results", "problems", "suggestions"),
    ),
    "sections": ("section", "text"),
}


def said(**others: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a report on two projects and two quarters each, some of its lines printed in another way."""
    parts = {**PARTS, **others}
    lines = [COVER, parts["group"]]
    for n, name in enumerate(("อ่านคล่องเขียนคล่อง", "สวนผักในโรงเรียน"), 1):
        lines += [parts[part].format(n=n, name=name) for part in OF_PROJECT]
        for q in (1, 2):
            lines += [parts[part].format(q=q) for part in PARTS if part not in ("group", *OF_PROJECT)]
    tables = tables_of("\n".join(lines))
    return {table: [tuple(row[one] for one in wanted) for row in tables[table]] for table, wanted in COLUMNS.items()}


OTHERS = {
    "group": ("โครงการที่แล้วเสร็จ", "โครงการที่เสร็จสิ้นแล้ว", "โครงการที่ดำเนินการเรียบร้อยแล้ว", "ส่วนที่ 1 โครงการที่ดำเนินการเสร็จสิ้น"),
    "name": ("ลำดับที่ {n} โครงการ{name}", "โครงการที่ {n} โครงการ{name}", "โครงการลำดับที่ {n}\nโครงการ{name}"),
    "who": ("เจ้าหน้าที่ผู้รับผิดชอบ : นางสาวสมมุติ ตัวอย่าง โทร. 1234", "ผู้รับผิดชอบ นางสาวสมมุติ ตัวอย่าง (โทร. 1234)"),
    "quarter": (
        *("ไตรมาสที่ {q}", "**ไตรมาสที่ {q}**", "ไตรมาส {q} (ต.ค. - ธ.ค. 66)", "ไตรมาสที่ {q}/2567"),
        *("ความก้าวหน้าการดำเนินงาน ไตรมาสที่ {q}", "ผลการดำเนินงานตามเป้าหมาย ไตรมาส {q}", "เป้าหมาย ประจำไตรมาสที่ {q}"),
    ),
    "outputs": ("ผลผลิต", "เชิงผลผลิต", "ผลผลิตของโครงการ", "Output", "- เป้าหมายเชิงผลผลิต"),
    "outcomes": ("ผลลัพธ์", "เชิงผลลัพธ์", "ผลลัพธ์ที่ได้รับ", "Outcome"),
    "indicators": ("ตัวชี้วัด", "ดัชนีชี้วัด", "ตัวชี้วัดและค่าเป้าหมาย", "KPI"),
    "activities": ("กิจกรรม", "กิจกรรมของโครงการ", "การดำเนินงาน", "รายละเอียดกิจกรรมที่ดำเนินการ"),
    "activity": (
        *("1. อบรมครู\n2. นิเทศติดตาม", "กิจกรรม 1 อบรมครู\nกิจกรรม 2 นิเทศติดตาม", "กิจกรรมที่ ๑ อบรมครู\nกิจกรรมที่ ๒ นิเทศติดตาม"),
        "| ที่ | กิจกรรม |\n|---|---|\n| 1 | อบรมครู |\n| 2 | นิเทศติดตาม |",
        "| กิจกรรมที่ | รายละเอียด |\n|---|---|\n| 1 | อบรมครู |\n| 2 | นิเทศติดตาม |",
    ),
    "strategy": ("ความสอดคล้องกับยุทธศาสตร์ชาติและแผนแม่บท", "ความก้าวหน้าตามแผนแม่บท"),
    "strategy_results": ("ผลการดำเนินงานที่สอดคล้องกับยุทธศาสตร์ชาติ", "ผลต่อเป้าหมายแผนแม่บท"),
    "disbursement": (
        *("การเบิกจ่ายงบประมาณ ไตรมาสที่ {q}", "การเบิกจ่าย ไตรมาสที่ {q}", "งบประมาณที่ใช้ไตรมาสที่ {q}"),
        *("ข้อมูลการเบิกจ่ายงบประมาณ", "รายงานการเบิกจ่ายงบประมาณ ไตรมาสที่ {q}", "การเบิกจ่ายงบประมาณ ไตรมาสที่ {q} (หน่วย : บาท)"),
    ),
    "money": (
        "แผน 50,000 บาท เบิกจ่าย 48,500 บาท\nผลการเบิกจ่ายงบประมาณ เป็นไปตามแผน",
        "จำนวนเงินตามแผน = 50,000 บาท\nจำนวนเงินที่เบิกจ่าย = 48,500 บาท\nผลการเบิกจ่าย = เป็นไปตามแผน",
        "วงเงินตามแผน 50,000 บาท\nเบิกจ่ายแล้ว 48,500 บาท\nผลการเบิกจ่าย เป็นไปตามแผน",
        "แผนใช้จ่าย\t50,000\nเบิกจ่ายจริง\t48,500\nผลการเบิกจ่าย\tเป็นไปตามแผน",
        "| จำนวนเงินตามแผน | 50,000 |\n| เบิกจ่ายจริง | 48,500 |\n| ผลการเบิกจ่าย | เป็นไปตามแผน |",
    ),
    "conclusions": ("สรุป", "สรุปผลและข้อเสนอแนะ", "สรุปผลการดำเนินงาน ปัญหาอุปสรรค และข้อเสนอแนะ"),
    "results": ("ผลที่เกิดขึ้น", "ผลสำเร็จ", "ผลการดำเนินโครงการ"),
    "problems": ("ปัญหา", "อุปสรรค", "ปัญหาและอุปสรรคที่พบ", "ข้อจำกัด"),
    "suggestions": ("แนวทางการแก้ไข", "แนวทางแก้ไขปัญหา", "ข้อคิดเห็นและข้อเสนอแนะ", "ข้อเสนอแนะ/แนวทางการแก้ไข"),
}


@pytest.mark.parametrize(("part", "words"), [(part, one) for part, words in OTHERS.items() for one in words])
def test_a_report_says_the_same_in_other_words(part: str, words: str) -> None:
    assert said(**{part: words}) == said()


def test_the_year_of_months_in_brackets_is_no_fiscal_year() -> None:
    assert {row[2] for row in said(quarter="ไตรมาสที่ {q} (ตุลาคม - ธันวาคม 2566)")["projects"]} == {2567}


def test_the_year_of_a_day_behind_a_quarter_is_no_fiscal_year() -> None:
    told = "ไตรมาส 1 : ประชุมเมื่อวันที่ 9 ตุลาคม 2565"
    assert {row[2] for row in said(result=told)["projects"]} == {2567}


def test_what_a_quarter_before_a_colon_tells_belongs_to_the_row_of_that_quarter() -> None:
    told = ("อบรมครูรุ่นแรก", "อบรมครูรุ่นหลัง")
    results = said(result="\n".join(f"ไตรมาส {n} : {text}" for n, text in enumerate(told, 1)))["quarterly_results"]
    assert [(row[0], row[4]) for row in results] == [*enumerate(told, 1)] * 2


@pytest.mark.parametrize("head", ["ลำดับที่ {n}", "----------\nโครงการที่กำลังเดินหน้า\n----------"], ids=["a count", "rules"])
def test_what_stands_above_the_next_project_is_no_end_of_the_text_before(head: str) -> None:
    assert said(name=f"{head}\n{PARTS['name']}")["quarterly_results"] == said()["quarterly_results"]


OF_NO_QUARTER = {
    "quarter": "ความก้าวหน้าของเป้าหมายโครงการ",
    "activities": "ความก้าวหน้าของกิจกรรมที่ดำเนินการ",
    "disbursement": "การเบิกจ่ายงบประมาณ",
}


def report(*lines: str, title: str = COVER) -> dict[str, list[dict[str, object]]]:
    """The tables of a report, with rows of its first project alone; some lines stand below the name of that."""
    others = [words.format(n=2, name="วิทยุชุมชน") for words in {**PARTS, **OF_NO_QUARTER}.values()]
    tables = tables_of("\n".join((title, PARTS["group"], PARTS["name"].format(n=1, name="รั้วริมน้ำ"), *lines, *others)))
    return {
        name: [row for row in rows if str(row.get("project_id")).endswith("-001")] if name != "projects" else rows
        for name, rows in tables.items()
    }


def test_a_sentence_about_counted_projects_is_no_name_of_one() -> None:
    note = "หมายเหตุ\nโครงการที่ 5 และโครงการที่ 6 เลื่อนไปปีหน้า\nโครงการลำดับที่ 6 กำหนดดำเนินการในไตรมาสที่ 3"
    assert len(report(PARTS["who"], PARTS["outputs"], PARTS["output"], note)["projects"]) == 2


@pytest.mark.parametrize("drawn", ["", "- - - - - - - - - -\n"])
def test_a_report_that_stands_twice_is_two_copies_whatever_is_drawn_above(drawn: str) -> None:
    parts = [PARTS[part].format(n=1, name="รั้วริมน้ำ", q=2) for part in PARTS]
    once = "\n".join((COVER, *parts))
    tables = tables_of(f"{once}\n\f{drawn}{once}")
    assert ([row["copy_count"] for row in tables["documents"]], len(tables["projects"])) == ([2], 1)


MONEY = "| ไตรมาสที่ | แผนการใช้จ่าย (บาท) | เบิกจ่ายจริง (บาท) | ผลการดำเนินงาน |\n|---|---|---|---|"
QUARTERS = ("| 1 | 5,000 | 4,900 | ประกาศรับสมัคร |", "| 2 | 7,000 | 7,000 | ตัดสินผลงาน |")
MEASURED = "| ตัวชี้วัดความสำเร็จ | ค่าเป้าหมาย | วิธีการวัด |\n|---|---|---|\n| จำนวนผลงาน | 30 ผลงาน | ทะเบียนรับ |"


def test_tables_of_a_part_open_their_blocks_without_a_heading() -> None:
    steps = "| กิจกรรมหลัก | กิจกรรมที่ 1 อบรมครู<br>กิจกรรมที่ 2 นิเทศติดตาม |"
    tables = report(PARTS["who"], steps, "", MEASURED, "", MONEY, *QUARTERS)
    assert [row["text"] for row in tables["activities"]] == ["อบรมครู", "นิเทศติดตาม"]
    assert [(row["name"], row["target"]) for row in tables["indicators"]] == [("จำนวนผลงาน", "30 ผลงาน")]
    money = [(row["fiscal_quarter"], str(row["disbursed_baht"])) for row in tables["quarterly_results"]]
    assert sorted(money) == [(1, "4900.00"), (2, "7000.00")]


@pytest.mark.parametrize(("named", "quarter"), [("ไตรมาสที่ 1 และ 2", None), ("ไตรมาสที่ 1-2", None), ("ไตรมาสที่ 2", 2)])
def test_of_two_quarters_that_a_title_names_none_is_that_of_the_rows(named: str, quarter: int | None) -> None:
    tables = report(PARTS["who"], PARTS["outputs"], PARTS["output"], title=f"{COVER}\nผลการดำเนินงาน {named}")
    assert [row["fiscal_quarter"] for row in tables["objectives"]] == [quarter]


def test_the_number_of_a_label_below_a_name_is_no_part_of_it() -> None:
    project, _ = report("   1.1 หน่วยงานที่รับผิดชอบ : กลุ่มนโยบายและแผน", "   1.2 ผู้รับผิดชอบโครงการ : นายทดลอง ตัวอย่าง")[
        "projects"
    ]
    assert project["project_name"] == "โครงการรั้วริมน้ำ"


def test_the_row_of_a_table_is_no_name_where_parts_of_projects_stand_below_it() -> None:
    row = "2\tโครงการสนามเด็กเล่น\tกลุ่มนโยบายและแผน\tนายทดลอง ตัวอย่าง\t20,000.00"
    names = [row["project_name"] for row in report(PARTS["outputs"], PARTS["output"], row)["projects"]]
    assert names == ["โครงการรั้วริมน้ำ", "โครงการสนามเด็กเล่น", "โครงการวิทยุชุมชน"]


def test_each_report_of_a_file_has_the_year_of_its_own_title() -> None:
    words = {**PARTS, **OF_NO_QUARTER}
    reports = [
        "\n".join((COVER.replace("2567", year), *(words[part].format(n=1, name=name) for part in PARTS)))
        for year, name in (("2567", "รั้วริมน้ำ"), ("2568", "วิทยุชุมชน"))
    ]
    tables = tables_of("\n\f".join(reports))
    assert [row["fiscal_year_be"] for row in tables["projects"]] == [2567, 2568]
    assert [row["fiscal_year_be"] for row in tables["quarterly_results"]] == [2567, 2568]


@pytest.mark.parametrize(
    ("office", "years"),
    [("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาทดลอง\n", [2567, 2568]), ("", [None, None])],
    ids=["with an office", "without"],
)
def test_of_two_reports_that_are_not_told_apart_neither_gives_its_year(office: str, years: list[int | None]) -> None:
    words = {**PARTS, **OF_NO_QUARTER}
    one, two = ("\n".join(words[part].format(n=1, name=name) for part in PARTS) for name in ("รั้วริมน้ำ", "วิทยุชุมชน"))
    tables = tables_of(f"{COVER}\n{one}\n\f{office}รายงานผลการดำเนินงาน ปีงบประมาณ 2568\n{two}")
    assert [row["fiscal_year_be"] for row in tables["projects"]] == years


def test_quarters_apart_on_one_line_of_the_front_are_not_one_quarter() -> None:
    words = {**PARTS, **OF_NO_QUARTER}
    front = "เอกสารนี้สรุปผลของไตรมาสที่ 1 (ต.ค. - ธ.ค. 2566) และของไตรมาสที่ 2 (ม.ค. - มี.ค. 2567)"
    lines = [COVER, front, *(words[part].format(n=1, name="รั้วริมน้ำ") for part in PARTS)]
    rows = tables_of("\n".join(lines))["quarterly_results"]
    assert [row["fiscal_quarter"] for row in rows] == [None]


def test_the_quarter_in_the_heading_of_problems_is_that_of_the_results_on_it() -> None:
    results = "ผลการดำเนินงาน\nไตรมาส 1 : สำรวจแล้ว\nไตรมาส 2 : สร้างแล้ว\nปัญหาและอุปสรรค (ไตรมาส 2) : ฝนตก"
    text = f"{COVER}\n1. โครงการรั้วริมน้ำ\nผลผลิต : รั้ว 2 แห่ง\nกิจกรรม : สร้างรั้ว\n{results}\nข้อเสนอแนะ (ไตรมาส 2) : รอฝน"
    rows = tables_of(text)["quarterly_results"]
    told = [(row["fiscal_quarter"], row["results"], row["problems"], row["suggestions"]) for row in rows]
    assert told == [(1, "สำรวจแล้ว", None, None), (2, "สร้างแล้ว", "ฝนตก", "รอฝน")]


def test_a_new_part_of_the_document_ends_the_group_above() -> None:
    again = PARTS["name"].format(n=2, name="สนามเด็กเล่น")
    part = (PARTS["outputs"], PARTS["output"])
    tables = report(*part, "ตอนที่ 4 รายละเอียดโครงการ", again, *part)
    assert [row["status"] for row in tables["projects"]] == ["completed", None, "completed"]


def test_a_word_that_ends_a_wrapped_line_is_no_heading() -> None:
    long = "โรงเรียนทุกแห่งในพื้นที่จัดกิจกรรมพัฒนาผู้เรียนร่วมกับชุมชนและผู้ปกครองอย่างน้อยภาคเรียนละ 2"
    texts = [row[2] for row in said(indicator=f"{long}\nกิจกรรม")["objectives"] if row[0] == "indicator"]
    assert set(texts) == {f"{long} กิจกรรม"}


@pytest.mark.parametrize("seed", range(40))
def test_a_report_says_the_same_in_many_other_words_at_once(seed: int) -> None:
    random = Random(seed)
    others = {part: random.choice(words) for part, words in OTHERS.items() if random.random() < 0.4}
    assert said(**others) == said()


OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาทุ่งสมมุติ"
ROWS = ("โครงการสนามเด็กเล่นจากยางเก่า", "20,000", "12,500"), ("โครงการวิทยุเสียงตามสาย", "15,000", "9,000")


@pytest.mark.parametrize("title", ["รายงานผลการดำเนินงานโครงการ ไตรมาสที่ 2", "สรุปผลการดำเนินงานโครงการ"])
@pytest.mark.parametrize("row", ["{}\t{}\t{}\t{}", "| {} | {} | {} | {} |"])
def test_an_office_a_title_and_one_table_of_projects_are_a_report(title: str, row: str) -> None:
    lines = [("ที่", "โครงการ", "แผนการใช้จ่าย", "ผลการเบิกจ่าย"), *((n, *cells) for n, cells in enumerate(ROWS, 1))]
    text = "\n".join([OFFICE, title, "", *(row.format(*cells) for cells in lines)])
    tables = tables_of(text)
    assert [row["form"] for row in tables["documents"]] == ["area_office_progress_report"]
    assert [row["project_name"] for row in tables["projects"]] == [name for name, *_ in ROWS]
    money = [(str(row["planned_baht"]), str(row["disbursed_baht"])) for row in tables["quarterly_results"]]
    assert money == [("20000.00", "12500.00"), ("15000.00", "9000.00")]


def test_a_table_of_projects_without_an_office_is_no_report_of_it() -> None:
    text = "รายงานผลการดำเนินงานโครงการ\n\nที่\tโครงการ\tแผนการใช้จ่าย\tผลการเบิกจ่าย\n1\tโครงการรั้วริมน้ำ\t5\t4"
    assert [row["form"] for row in tables_of(text)["documents"]] == ["unknown"]


GROUP = "โครงการที่อยู่ระหว่างดำเนินการ"
HEADS = "ที่\tชื่อโครงการ\tแผนการใช้จ่าย (บาท)\tผลการเบิกจ่าย (บาท)\tผลการดำเนินงาน"
DONE = "โครงการที่ดำเนินการเสร็จสิ้นแล้ว"
SWING = "1\tโครงการสนามเด็กเล่นจากยางเก่า\t20,000\t12,500\tติดตั้งแล้ว 4 แห่ง"
RADIO = "2\tโครงการวิทยุเสียงตามสาย\t15,000\t9,000\tอบรมแล้ว 35 คน"


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        pytest.param((HEADS, DONE, SWING, GROUP, RADIO), ["completed", "in_progress"], id="sound"),
        pytest.param(
            (HEADS.replace("ผลการเบิก", "ผสการเบิก"), DONE, SWING, GROUP, RADIO), ["completed", "in_progress"], id="head"
        ),
        pytest.param(
            (HEADS.replace("(บาท)", "บาท)", 1), DONE, SWING, GROUP, RADIO), ["completed", "in_progress"], id="bracket"
        ),
        pytest.param(
            (HEADS, DONE, SWING, f"{GROUP} {RADIO}"), ["completed", "in_progress"], id="group before a number"
        ),
        pytest.param((HEADS, DONE, f"{SWING} {GROUP}", RADIO), ["completed", None], id="group behind a cell"),
        pytest.param(
            (HEADS, DONE, SWING.replace("แล้ว ", "แล้ว\n"), GROUP, RADIO), ["completed", "in_progress"], id="cut cell"
        ),
        pytest.param(
            (HEADS, DONE, SWING, GROUP, RADIO.removeprefix("2\t")), ["completed", "in_progress"], id="no number"
        ),
    ],
)
def test_a_damaged_table_of_projects_loses_no_row_and_gives_no_wrong_status(
    lines: tuple[str, ...], statuses: list[str | None]
) -> None:
    tables = tables_of("\n".join((OFFICE, "รายงานผลการดำเนินงานโครงการ ไตรมาสที่ 2", "", *lines)))
    assert [row["status"] for row in tables["projects"]] == statuses
    money = [(str(row["planned_baht"]), str(row["disbursed_baht"])) for row in tables["quarterly_results"]]
    assert money == [("20000.00", "12500.00"), ("15000.00", "9000.00")]


def test_a_row_of_dashes_is_no_report_on_a_quarter() -> None:
    tables = tables_of(
        "\n".join((OFFICE, "รายงานผลการดำเนินงานโครงการ ไตรมาสที่ 2", "", HEADS, SWING, "2\tโครงการรั้ว\t-\t-\t-"))
    )
    assert len(tables["projects"]) == 2
    assert len(tables["quarterly_results"]) == 1
