"""Where pages part, and which lines of a page are furniture."""

import pytest

from pipeline.model import Pages
from tests.support.small_report import TITLE, pages_of

LOOP = "ปลูกต้นไม้เพิ่มอีก"


def said(pages: Pages) -> list[list[str]]:
    """The lines of each page."""
    return [[pages.text[line.start : line.end] for line in page.lines] for page in pages.pages]


def roles(text: str) -> dict[str, str]:
    """The role of each line of a text."""
    pages = pages_of(text)
    return {pages.text[line.start : line.end]: line.role for page in pages.pages for line in page.lines}


@pytest.mark.parametrize(
    "gap",
    [
        pytest.param("\f", id="form feed"),
        pytest.param("\n\f\n", id="form feed on a line of its own"),
        pytest.param("\n\n\n\n", id="three blank lines"),
        pytest.param("\n" * 9, id="many blank lines"),
        pytest.param("\n  \n \N{NO-BREAK SPACE}\n \n", id="lines of blanks"),
    ],
)
def test_a_page_ends_at_a_form_feed_or_a_run_of_blank_lines(gap: str) -> None:
    assert said(pages_of(f"หนึ่ง\nสอง{gap}สาม")) == [["หนึ่ง", "สอง"], ["สาม"]]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n", "  \n\t\n"])
def test_a_blank_line_or_two_are_no_page_break(gap: str) -> None:
    assert said(pages_of(f"หนึ่ง{gap}สอง")) == [["หนึ่ง", "สอง"]]


def test_a_repeated_title_begins_a_page_without_any_gap() -> None:
    assert said(pages_of(f"{TITLE}\nหนึ่ง\n{TITLE}\nสอง")) == [[TITLE, "หนึ่ง"], [TITLE, "สอง"]]


def test_several_signs_of_one_page_break_make_one_page() -> None:
    assert said(pages_of(f"หนึ่ง\n\n\n\n\n\f\n\n\n\n{TITLE}\nสอง")) == [["หนึ่ง"], [TITLE, "สอง"]]


def test_breaks_before_the_first_and_behind_the_last_line_make_no_page() -> None:
    assert said(pages_of("\f\n\n\n\n\nหนึ่ง\n\n\n\n\n\f\f")) == [["หนึ่ง"]]


def test_pages_cover_the_text_and_meet() -> None:
    pages = pages_of(f"\n หนึ่ง \f สอง\n\n\n\n\n{TITLE}\nสาม\n").pages
    assert [(page.number, page.start, page.end) for page in pages] == [
        (1, 0, pages[1].start),
        (2, pages[1].start, pages[2].start),
        (3, pages[2].start, len(f"\n หนึ่ง \f สอง\n\n\n\n\n{TITLE}\nสาม\n")),
    ]


def test_lines_are_without_the_blanks_around_them() -> None:
    assert said(pages_of("  หนึ่ง \t\n\t สอง  สาม \N{NO-BREAK SPACE}\n")) == [["หนึ่ง", "สอง  สาม"]]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ", id="plain"),
        pytest.param("**\\*\\* แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ \\*\\***", id="bold and escaped"),
        pytest.param("# แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ", id="a Markdown heading"),
        pytest.param("** แบบแสดงรายงานความกาวหนาและขอมูลเกี่ยวกับโครงการ **", id="marks lost"),
        pytest.param("** เเบบเเสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ **", id="two SARA E"),
        pytest.param("**แบบ แสดงราย งานความก้าวหน้า และข้อมูล เกี่ยวกับโครงการ**", id="blanks inside"),
        pytest.param("** แบบแสดงรายงานดวามก้าวหน้าและข้อมูลเกี่ยวกับโครงกาธ **", id="letters misread"),
    ],
)
def test_a_title_is_known_whatever_its_dress_and_damage(title: str) -> None:
    assert list(roles(f"{title}\nหนึ่ง").values()) == ["title", "text"]


@pytest.mark.parametrize(
    "line",
    [
        "ตามแบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ หน่วยงานได้ดำเนินการแล้วเสร็จทั้งสิ้นในปีนี้",
        "แบบแสดงรายงานความก้าวหน้า",
        "รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ",
    ],
)
def test_a_sentence_that_quotes_the_title_or_a_part_of_it_is_no_title(line: str) -> None:
    assert roles(f"{TITLE}\n{line}") == {TITLE: "title", line: "text"}


def test_text_that_ran_on_behind_a_title_is_a_line_of_its_own() -> None:
    assert roles(f"{TITLE} ปลูกต้นไม้") == {TITLE: "title", "ปลูกต้นไม้": "text"}


@pytest.mark.parametrize(
    "line",
    ["- 2 -", "-2-", "– ๑๒ –", "— 3 —", "-  2  -", "**- 2 -**", "### หน้า 2", "หน้า 2", "หน้าที่ ๓", "หน้า 2/10", "Page 4"],
)
def test_a_page_number_is_furniture(line: str) -> None:
    assert roles(f"หนึ่ง\n{line}\nสอง")[line] == "page_number"


@pytest.mark.parametrize("line", ["2", "- 2", "- ปลูกต้นไม้ 2 -", "หน้า 2 ของเอกสารฉบับนี้", "-", "2561", "หน้าที่ 2 ดู", "**2**"])
def test_a_number_alone_or_among_words_is_no_page_number(line: str) -> None:
    assert roles(f"หนึ่ง\n{line}\nสอง")[line] == "text"


@pytest.mark.parametrize("line", ["+----+-----+", "|----|:---:|", "==========", "-----", "| --- | --- |"])
def test_a_table_frame_is_furniture(line: str) -> None:
    assert roles(f"หนึ่ง\n{line}\nสอง")[line] == "frame"


@pytest.mark.parametrize("line", ["---", "| ก | ข |", "- - ก -", "=1,500"])
def test_what_holds_letters_or_is_short_is_no_frame(line: str) -> None:
    assert roles(f"หนึ่ง\n{line}\nสอง")[line] == "text"


CATCHWORD = "(๘) กลุ่มสาระการเรียน ..."
CAUGHT = "(๘) กลุ่มสาระการเรียนรู้ศิลปะ"


def test_a_catchword_announces_the_next_page() -> None:
    assert roles(f"หนึ่ง\n{CATCHWORD}\f{CAUGHT}")[CATCHWORD] == "catchword"


def test_a_catchword_stands_also_before_a_page_number_and_a_title() -> None:
    assert roles(f"หนึ่ง\n{CATCHWORD}\n- 2 -\n{TITLE}\n{CAUGHT}")[CATCHWORD] == "catchword"


def test_a_catchword_finds_its_page_behind_a_page_number() -> None:
    assert roles(f"หนึ่ง\n{CATCHWORD}\f- 3 -\n{CAUGHT}")[CATCHWORD] == "catchword"


def test_a_catchword_is_known_where_pages_lie_out_of_order() -> None:
    assert roles(f"{CAUGHT}\nสาม\fหนึ่ง\n{CATCHWORD}\fสอง")[CATCHWORD] == "catchword"
    assert roles(f"หนึ่ง\n{CATCHWORD}\fสอง\f{CAUGHT}\nสาม")[CATCHWORD] == "catchword"


@pytest.mark.parametrize("line", ["(๘) กลุมสาระกาธเรียน ...", "(๘) วลุ่มสาระการเรียน ...", "๘) กลุ่มสาระการเรียน ..."])
def test_a_damaged_catchword_is_one(line: str) -> None:
    assert list(roles(f"หนึ่ง\n{line}\f{CAUGHT}").values())[1] == "catchword"


@pytest.mark.parametrize("dress", ["□ {}", "- {}", "• {}", "**{}**", "| {} |", "## {}", "* {}"])
def test_a_catchword_is_known_whatever_the_dress_of_the_line_that_it_announces(dress: str) -> None:
    for said in (CAUGHT, "1  มีข้อมูลที่ถูกต้องครบถ้วน สามารถนำไปใช้ได้"):
        line = f"{said[:20]} ..."
        assert roles(f"หนึ่ง\n{line}\f{TITLE}\n\n{dress.format(said)}")[line] == "catchword"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        pytest.param("ชุมชนที่มี ...", "ตลาดสดและตลาดนัด", id="another page follows"),
        pytest.param(CATCHWORD.rstrip(" ."), CAUGHT, id="no dots"),
        pytest.param("....", "....", id="nothing but dots"),
    ],
)
def test_a_line_that_announces_nothing_is_text(line: str, following: str) -> None:
    assert roles(f"หนึ่ง\n{line}\f{following}")[line] == "text"


def test_a_line_in_the_middle_of_a_page_is_no_catchword() -> None:
    assert roles(f"หนึ่ง\n{CATCHWORD}\nสอง\f{CAUGHT}")[CATCHWORD] == "text"


def test_a_line_repeated_over_and_over_is_a_loop_from_its_twentieth_repeat_on() -> None:
    lines = pages_of("\n".join(["หนึ่ง", *[LOOP] * 50, "สอง"])).pages[0].lines
    assert [line.role for line in lines] == ["text"] * 21 + ["loop"] * 30 + ["text"]


def test_two_lines_that_take_turns_are_a_loop() -> None:
    lines = pages_of("\n".join([LOOP, "ดูแลต้นไม้"] * 40)).pages[0].lines
    assert [line.role for line in lines] == ["text"] * 40 + ["loop"] * 40


def test_a_line_that_comes_back_now_and_then_is_no_loop() -> None:
    text = "\n".join(f"{LOOP}\nงวดที่ {number}\nตรวจรับงานงวด {number}" for number in range(40))
    assert "loop" not in roles(text).values()


@pytest.mark.parametrize("line", ["v la veo %ะ๕ ฆ", "oe ae .", "| ee | oo ๑ ข |", "~ ร a"])
def test_what_an_engine_made_of_specks_is_stray(line: str) -> None:
    assert roles(f"๑. ดูแลต้นไม้\n{line}\n๒. รดน้ำ") == {"๑. ดูแลต้นไม้": "text", line: "stray", "๒. รดน้ำ": "text"}


@pytest.mark.parametrize(
    "line", ["ม.6 x 3", "5 kg x 3 m", "A4 x 2", "pH 7", "12 cm", "a", "x x x", "ใช้ QR code", "ค่า pm 2.5"]
)
def test_units_and_marks_are_not_stray(line: str) -> None:
    assert roles(f"ดูแลต้นไม้\n{line}\nรดน้ำ")[line] == "text"


def test_the_status_lines_of_many_entries_are_no_loop() -> None:
    entries = (f"รายงานครั้งที่ {number}\n: เป็นไปตามแผน\n: เป็นไปตามเป้าหมาย" for number in range(1, 60))
    assert "loop" not in roles("\n".join(entries)).values()


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("7. งบประมาณ...", "7. งบประมาณที่ใช้"),
        ("7. งบประมาณ...", " 7.  งบประมาณ"),
        ("รูปแบบ...", "\tรูปแบบโครงการ : ทาสีรั้ว"),
        ("๑๐. การติดตาม ...", "**๑๐. การติดตามผล**"),
        ("7. งบปรมาณ...", "7. งบประมาณที่ใช้"),
    ],
)
def test_a_line_that_announces_the_very_next_one_ends_a_page(line: str, following: str) -> None:
    text = f"หนึ่ง\n{line}\n{following}\nสอง"
    assert said(pages_of(text)) == [["หนึ่ง", line], [following.strip(), "สอง"]]
    assert roles(text)[line] == "catchword"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        pytest.param("7. งบประมาณ", "7. งบประมาณที่ใช้", id="no dots"),
        pytest.param("7. งบประมาณ...", "8. ความเสี่ยง", id="another line follows"),
        pytest.param("7. งบประมาณ...", "สอง\n7. งบประมาณที่ใช้", id="a line between"),
        pytest.param("งบ...", "งบประมาณ", id="too short to tell"),
        pytest.param("..........", "..........", id="nothing but dots"),
        pytest.param("(ลงชื่อ)........ผู้เสนอ", "(ลงชื่อ)........ผู้อนุมัติ", id="words behind the dots"),
    ],
)
def test_a_line_that_does_not_announce_the_next_one_ends_no_page(line: str, following: str) -> None:
    assert len(said(pages_of(f"หนึ่ง\n{line}\n{following}\nสาม"))) == 1


@pytest.mark.parametrize("gap", ["\n\t" * 5 + "\n", "\n\t\t" * 12 + "\n", "\n\n\t\n\n\t\n\n", "\n \t \n\t\n \t\n\t\n"])
def test_lines_of_a_tab_alone_are_empty_cells_and_end_no_page(gap: str) -> None:
    assert said(pages_of(f"\tหนึ่ง{gap}\tสอง")) == [["หนึ่ง", "สอง"]]


def test_blank_lines_end_no_page_of_a_word_processors_text() -> None:
    text = "\tหนึ่ง\n\t\n\t\n\n\n\n\n\nสอง\n\n\n\n\n\n(ลงชื่อ)........"
    assert len(said(pages_of(text))) == 1
    assert len(said(pages_of(text.replace("\t", "")))) == 3


def test_a_short_heading_with_its_number_announces_the_very_next_line() -> None:
    pages = pages_of("6. สถานที่\nสนาม\n7. แผน...\n7. แผนปฏิบัติการ\nทาสี")
    assert said(pages) == [["6. สถานที่", "สนาม", "7. แผน..."], ["7. แผนปฏิบัติการ", "ทาสี"]]
    assert pages.pages[0].lines[-1].role == "catchword"
    assert len(said(pages_of("- ครู...\n- ครูและนักเรียน"))) == 1


@pytest.mark.parametrize("catchword", ["7. งบประมาณ…", "7. งบประมาณ...", "**7. งบประมาณ...**"])
def test_a_catchword_ends_its_page(catchword: str) -> None:
    assert len(said(pages_of(f"หนึ่ง\n{catchword}\n7. งบประมาณที่ใช้\nสอง"))) == 2


PAGES = ("ปลูกไม้ยืนต้นริมคลอง", "ทาสีรั้วโรงเรียน", "ขุดลอกท่อหน้าตลาด", "ซ่อมหลังคาศาลา")
"""What four pages say."""


def furniture(*pages: str) -> list[str]:
    found = pages_of("\f".join(pages))
    return [found.text[line.start : line.end] for page in found.pages for line in page.lines if line.role == "running"]


def test_a_line_with_the_pages_number_at_the_edge_of_pages_is_furniture() -> None:
    heads = [f"สำนักตัวอย่าง  พิมพ์เมื่อวันที่ ๗ ตุลาคม ๒๕๖๒  หน้า {number}/๔" for number in "๑๒"]
    assert furniture(*(f"{head}\n{words}\nจบ" for head, words in zip(heads, PAGES, strict=False))) == heads


@pytest.mark.parametrize("place", ["{0}\n{1}\nจบ", "เริ่ม\n{1}\n{0}"], ids=["a head", "a foot"])
def test_a_line_that_stands_on_most_pages_is_furniture(place: str) -> None:
    assert furniture(*(place.format("รายงานของสำนักตัวอย่าง", words) for words in PAGES)) == ["รายงานของสำนักตัวอย่าง"] * 4


def test_copies_begin_alike_and_have_no_running_head() -> None:
    assert furniture(*["ปลูกไม้ยืนต้นริมคลอง\nทาสีรั้วโรงเรียน\nจบ"] * 4) == []


def test_a_heading_of_a_form_on_most_pages_is_no_running_head() -> None:
    assert furniture(*(f"1.3 หลักการและเหตุผล\n{words}\nจบ" for words in PAGES)) == []


def test_what_stands_on_a_page_or_two_of_many_is_text() -> None:
    pages = [
        f"{'รายงานของสำนักตัวอย่าง' if number < 2 else f'ข้อที่ {words}'}\n{words}\nจบ" for number, words in enumerate(PAGES)
    ]
    assert furniture(*pages) == []


def test_pages_that_feet_count_end_there_in_each_copy() -> None:
    page = "สำนักงานเขตตัวอย่าง          แบบ ๐๒\n{words}\nหน้า {n} จาก 3\n"
    text = "".join(page.format(words=words, n=n) for n, words in enumerate(PAGES[:3], 1))
    pages = pages_of(text * 2).pages
    assert [[text[line.start : line.end] for line in page.text_lines] for page in pages[:3]] == [
        [one] for one in PAGES[:3]
    ]
    assert len(pages) == 6


@pytest.mark.parametrize(("again", "feet"), [("", 2), ("เป็นไปตามเป้าหมาย", 0)], ids=["only there", "elsewhere too"])
def test_a_line_above_page_numbers_is_a_foot_where_it_stands_nowhere_else(again: str, feet: int) -> None:
    said = (*PAGES, *(words.removesuffix("น") + "ใหม่" for words in PAGES))
    pages = [f"{words}\nจบ\nจึง{words}\nหน้า {n} / 8\n" for n, words in enumerate(said, 1)]
    for n in (0, 1):
        pages[n] = f"{PAGES[n]}\nจบ\nเป็นไปตามเป้าหมาย\nหน้า {n + 1} / 8\n"
    pages[3] = f"{PAGES[3]}\n{again or 'จบ'}\nจึง{PAGES[3]}\nหน้า 4 / 8\n"
    assert furniture("".join(pages)) == ["เป็นไปตามเป้าหมาย"] * feet
