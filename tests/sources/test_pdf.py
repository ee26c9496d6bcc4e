"""PDF files are read page by page, ruled tables as rows; pages without text are reported."""

import random
from collections.abc import Callable

import pytest

from pipeline.document.process import process
from pipeline.errors import DocumentError
from pipeline.sources.limits import DEFAULT, Limits
from pipeline.sources.linear import ExtractedText
from pipeline.sources.pdf import read
from pipeline.sources.read import source_of
from schemas.documents import DocumentRow
from schemas.findings import Finding
from schemas.pages import PageRow
from tests.support.pdfs import Page, pdf, printed, width

ENCRYPTED = (
    b"/ID [<" + b"00" * 16 + b"> <" + b"00" * 16 + b">] "
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >> "
)


def scan() -> Page:
    page = Page()
    page.picture()
    return page


def linear(*pages: Page) -> ExtractedText:
    return read(pdf(pages), "x.pdf", DEFAULT)


def test_lines_come_in_their_order_and_pages_end_in_form_feeds() -> None:
    found = linear(printed(["1. หลักการและเหตุผล", "งบประมาณ 1,200 บาท"]), printed(["2. วัตถุประสงค์"]))
    assert found.text == "1. หลักการและเหตุผล\nงบประมาณ 1,200 บาท\n\f2. วัตถุประสงค์\n"


@pytest.mark.parametrize("before", [b"\r\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_bytes_before_the_pdf_header_are_ignored(before: bytes) -> None:
    assert source_of(before + pdf([printed(["โครงการ"])]), name="x.pdf").text == "โครงการ\n"


def test_words_on_one_line_are_one_line_however_far_apart() -> None:
    page = Page()
    page.text(70, 70, "ชื่อโครงการ")
    page.text(300, 70, "ปลูกต้นไม้")
    assert linear(page).text == "ชื่อโครงการ ปลูกต้นไม้\n"


@pytest.mark.parametrize("words", ["1", "ก", "a", "๑"])
def test_a_single_letter_is_read_with_or_without_its_font_in_the_file(words: str) -> None:
    page = Page()
    for x, said in ((70, "ระดับ"), (200, words), (300, "คะแนน"), (400, words)):
        page.text(x, 70, said)
    page.text(70, 100, words)
    for has_font in (True, False):
        found = read(pdf([page], has_font=has_font), "x.pdf", DEFAULT)
        assert found.text == f"ระดับ {words} คะแนน {words}\n{words}\n"


def test_a_line_that_is_written_letter_by_letter_is_whole() -> None:
    page, words = Page(), "งบประมาณปีนี้ที่ 1,200 บาทขึ้นไป"
    for place, letter in enumerate(words):
        page.text(70 + width(words[:place]), 70, letter)
    for has_font in (True, False):
        assert read(pdf([page], has_font=has_font), "x.pdf", DEFAULT).text == f"{words}\n"


def test_a_page_written_out_of_order_is_read_from_top_to_bottom() -> None:
    page = Page()
    places = [(x, y) for y in range(12) for x in range(2)]
    random.Random(3).shuffle(places)
    for x, y in places:
        page.text(70 + 200 * x, 70 + 22 * y, f"{'ซข'[x]}{y}")
    assert linear(page).text.splitlines() == [f"ซ{y} ข{y}" for y in range(12)]


def test_two_columns_written_one_after_the_other_are_read_in_that_order() -> None:
    page = printed([f"ซ้าย {y}" for y in range(10)])
    for y in range(10):
        page.text(330, 81 + 22 * y, f"ขวา {y}")
    assert linear(page).text.splitlines() == [f"ซ้าย {y}" for y in range(10)] + [f"ขวา {y}" for y in range(10)]


def ruled(xs: list[float], ys: list[float]) -> Page:
    page = Page()
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    return page


def test_a_ruled_table_gives_a_row_a_line_and_wrapped_cells_whole() -> None:
    page = ruled([60, 140, 300, 400], [100, 120, 160])
    page.text(60, 60, "ก่อน")
    for x, y, words in ((64, 115, "ที่"), (144, 115, "ความเสี่ยง"), (304, 115, "โอกาส"), (64, 135, "1"), (144, 135, "ฝนตก"),
                        (144, 152, "ในวันงาน"), (304, 135, "3")):  # fmt: skip
        page.text(x, y, words)
    page.text(60, 190, "หลัง")
    assert linear(page).text == "ก่อน\n\n| ที่ | ความเสี่ยง | โอกาส |\n| 1 | ฝนตก ในวันงาน | 3 |\n\nหลัง\n"


def test_cells_without_a_line_between_them_are_one() -> None:
    page = Page()
    for x0, y0, x1, y1 in (
        (60, 100, 300, 100), (60, 120, 300, 120), (140, 140, 300, 140), (60, 160, 300, 160),
        (60, 100, 60, 160), (140, 120, 140, 160), (220, 120, 220, 160), (300, 100, 300, 160),
    ):  # fmt: skip
        page.line(x0, y0, x1, y1)
    for x, y, words in (
        (64, 115, "แผน"),
        (64, 135, "กก"),
        (144, 135, "ขข"),
        (224, 135, "คค"),
        (144, 155, "งง"),
        (224, 155, "จจ"),
    ):
        page.text(x, y, words)
    assert linear(page).text == "แผน\n| กก | ขข | คค |\n|  | งง | จจ |\n"


def test_a_page_frame_and_underlines_are_not_a_table() -> None:
    page = printed(["กก", "ขข"])
    for x0, y0, x1, y1 in (
        (20, 20, 570, 20),
        (20, 800, 570, 800),
        (20, 20, 20, 800),
        (570, 20, 570, 800),
        (70, 72, 200, 72),
    ):
        page.line(x0, y0, x1, y1)
    assert linear(page).text.split() == ["กก", "ขข"]


def test_a_chart_of_thousands_of_lines_ends_soon_and_leaves_its_words() -> None:
    page = printed(["แผนที่"])
    for number in range(6000):
        page.line(10 + number % 500, 10, 10 + number % 500, 700)
    assert linear(page).text == "แผนที่\n"


def test_a_scan_needs_ocr() -> None:
    stamped = printed(["หน้า 1"])
    stamped.picture()
    for pages in ([scan()], [scan(), scan()], [stamped], [Page()]):
        with pytest.raises(DocumentError, match="scan without a text layer") as caught:
            linear(*pages)
        assert caught.value.code == "needs_ocr"


def test_pages_keep_their_numbers_and_a_scanned_page_gives_a_finding() -> None:
    pages = [printed(["โครงการ ก"]), Page(), scan(), printed(["โครงการ ข", "", "", "", "", "ค"])]
    rows = process(source_of(pdf(pages), name="x.pdf")).by_table
    assert [row.model_dump()["page_number"] for row in rows[PageRow]] == [1, 2, 3, 4]
    assert rows[DocumentRow][0].model_dump()["page_count"] == 4
    [finding] = [row for row in map(dict, rows[Finding]) if row["code"] == "needs_ocr"]
    assert finding["page_number"] == 3
    assert "x.pdf, page 3" in str(finding["message"])


def test_a_picture_beside_text_is_not_a_scan() -> None:
    page = printed(["รายงานความก้าวหน้าของโครงการปลูกต้นไม้ริมทางเท้า"] * 3)
    page.picture()
    assert linear(page).unread_pages == ()


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (lambda: pdf([printed(["ก"])] * 30), Limits(page_limit=20), "30 pages are more than the limit of 20"),
        (lambda: pdf([printed(["ก"])], encrypt=ENCRYPTED), DEFAULT, "is encrypted; save it without a password"),
        (lambda: b"%PDF-1.7\nnothing", DEFAULT, "is damaged or incomplete"),
        (lambda: pdf([printed(["ก"])])[:400], DEFAULT, "is damaged or incomplete"),
    ],
    ids=["pages", "encrypted", "no PDF", "cut"],
)
def test_an_unreadable_file_is_reported(content: Callable[[], bytes], limits: Limits, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read(content(), "x.pdf", limits)


def said(content: bytes) -> str:
    """The text, or the reason why it cannot be read."""
    try:
        return read(content, "x.pdf", DEFAULT).text
    except DocumentError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(40))
def test_any_changed_bytes_give_a_text_or_a_reason(seed: int) -> None:
    noise = random.Random(seed)
    content = bytearray(pdf([ruled([60, 140, 300], [100, 120, 160]), printed(["โครงการ", "งบประมาณ"])]))
    for _ in range(6):
        content[noise.randrange(8, len(content))] = noise.randrange(256)
    assert said(bytes(content))
