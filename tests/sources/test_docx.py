"""Word documents are read as Word prints them, list numbers included."""

import pytest

from pipeline.sources.docx import read
from pipeline.sources.limits import DEFAULT
from pipeline.sources.packages import OfficePackage
from tests.support.office import docx, w_list, w_paragraph, w_run, w_table

PAGE = '<w:r><w:br w:type="page"/></w:r>'
SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>ก</w:t></w:r></w:p>"
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def text_of(body: str, **parts: str) -> str:
    numbering, styles = parts.pop("numbering", ""), parts.pop("styles", "")
    return read(docx(body, numbering=numbering, styles=styles, parts=parts), "x.docx", DEFAULT).text


def numbered(*places: tuple[int, int]) -> str:
    """A paragraph for each list and level."""
    return "".join(w_paragraph("ก", number=place) for place in places)


def labels(body: str, *lists: tuple[str, str], styles: str = "") -> list[str]:
    """The label of each paragraph."""
    numbering = "".join(one for one, _ in lists) + "".join(use for _, use in lists)
    return [line.removesuffix("ก") for line in text_of(body, numbering=numbering, styles=styles).splitlines()]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("decimal", "%1.", "1. "),
        ("decimalZero", "%1)", "01) "),
        ("thaiNumbers", "(%1)", "(๑) "),
        ("thaiLetters", "%1.", "ก. "),
        ("lowerLetter", "%1)", "a) "),
        ("upperRoman", "ส่วนที่ %1", "ส่วนที่ I "),
        ("thaiCounting", "%1.", "1. "),
        ("none", "", ""),
        ("bullet", "\uf0b7", "• "),
        ("bullet", "-", "- "),
        ("bullet", " ", ""),
    ],
)
def test_a_number_is_printed_in_the_format_of_its_list(kind: str, text: str, expected: str) -> None:
    assert labels(numbered((1, 0)), w_list(1, [(kind, text)])) == [expected]


def test_levels_count_within_those_above_and_begin_anew_with_them() -> None:
    found = w_list(1, [("decimal", "%1."), ("decimal", "%1.%2"), ("thaiLetters", "%3)")])
    places = [(1, level) for level in (0, 1, 2, 2, 1, 2, 0, 1)]
    assert labels(numbered(*places), found) == ["1. ", "1.1 ", "ก) ", "ข) ", "1.2 ", "ก) ", "2. ", "2.1 "]


def test_a_lower_level_without_a_higher_one_counts_from_its_start() -> None:
    found = w_list(1, [("thaiNumbers", "%1."), ("thaiNumbers", "%1.%2")])
    assert labels(numbered((1, 1), (1, 1)), found) == ["๑.๑ ", "๑.๒ "]


def test_two_uses_of_a_list_continue_unless_one_has_a_start() -> None:
    abstract, first = w_list(1, [("decimal", "%1.")])
    second = first.replace('numId="1"', 'numId="2"')
    anew = w_list(1, [("decimal", "%1.")], start=5)[1].replace('w:numId="1"', 'w:numId="3"')
    body = numbered((1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0))
    assert labels(body, (abstract, first), ("", second), ("", anew)) == ["1. ", "2. ", "3. ", "5. ", "6. ", "7. "]


def test_a_style_may_bring_the_number_and_a_paragraph_may_take_it_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = w_paragraph("ก", style="H1") + w_paragraph("ก", style="H2") + w_paragraph("ก", style="H1", number=(0, 0))
    assert labels(body, w_list(1, [("decimal", "%1.")]), styles=styles) == ["1. ", "2. ", ""]


def test_a_level_that_names_a_style_is_that_of_its_paragraphs() -> None:
    abstract, use = w_list(1, [("decimal", "%1."), ("decimal", "%1.%2")])
    abstract = abstract.replace('<w:lvlText w:val="%1.%2"/>', '<w:lvlText w:val="%1.%2"/><w:pStyle w:val="H2"/>')
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="H2">{properties}</w:style>'
    body = numbered((1, 0)) + w_paragraph("ก", style="H2")
    assert labels(body, (abstract, use), styles=styles) == ["1. ", "1.1 "]


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    assert text_of(w_paragraph("ก", style="A"), styles=styles) == "ก\n"


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    deleted = "<w:del><w:r><w:delText>เก่า</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>ย้าย</w:t></w:r></w:moveFrom>"
    inserted = f"<w:ins>{w_run('ใหม่')}</w:ins><w:moveTo>{w_run('มา')}</w:moveTo>"
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"
    assert text_of(w_paragraph("งบ ", inside=deleted + inserted) + gone + w_paragraph("ข")) == "งบ ใหม่มา\nข\n"


def test_hidden_text_and_the_codes_of_fields_are_left_out_and_their_results_read() -> None:
    inside = (
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>ลับ</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{w_run('3')}"
        f'<w:hyperlink>{w_run(" เว็บ")}</w:hyperlink><w:fldSimple w:instr="DATE">{w_run(" วันนี้")}</w:fldSimple>'
    )
    assert text_of(w_paragraph("หน้า ", inside=inside)) == "หน้า 3 เว็บ วันนี้\n"


def test_tabs_breaks_and_signs_of_fonts_without_letters_are_kept() -> None:
    inside = '<w:r><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert text_of(w_paragraph("ก", inside=inside)) == "ก\tข\nค☑\n"


def test_a_table_gives_a_row_a_line_with_empty_cells_where_others_cover_them() -> None:
    rows = [["ที่", "กิจกรรม", ">"], ["1", "ประชุม", "ต.ค."], ["^", "อบรม\nสองวัน", "a|b"], ["รวม", ">", ">"]]
    assert text_of(w_table(rows) + w_paragraph("ข")).splitlines() == [
        "| ที่ | กิจกรรม | |",
        "| 1 | ประชุม | ต.ค. |",
        "|  | อบรม สองวัน | a/b |",
        "รวม",
        "",
        "ข",
    ]


def test_a_layout_table_gives_its_paragraphs() -> None:
    inner = w_table([["ก", "ข"]])
    outer = f"<w:tbl><w:tr><w:tc>{w_paragraph('1. หัวข้อ')}{inner}</w:tc><w:tc>{w_paragraph('ค')}</w:tc></w:tr></w:tbl>"
    assert text_of(outer) == "1. หัวข้อ\n| ก | ข |\n\nค\n"
    assert text_of(w_table([["วัตถุประสงค์", "1. หนึ่ง\n2. สอง"]])) == "วัตถุประสงค์\n1. หนึ่ง\n2. สอง\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (w_paragraph("ก", inside=PAGE) + w_paragraph("ข"), "ก\n\f\nข\n"),
        (w_paragraph("ก") + w_paragraph("", inside=RENDERED + w_run("ข")), "ก\n\f\nข\n"),
        (w_paragraph("ก", inside=RENDERED + w_run("ข")) + w_paragraph("ค"), "กข\n\f\nค\n"),
        (w_paragraph("ก") + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>ข</w:t></w:r></w:p>", "ก\n\f\nข\n"),
        (w_paragraph("ก") + "<w:p><w:pPr><w:pageBreakBefore w:val='0'/></w:pPr></w:p>" + w_paragraph("ข"), "ก\n\nข\n"),
        (SECTION + w_paragraph("ข") + "<w:sectPr/>", "ก\n\f\nข\n"),
        (SECTION + w_paragraph("ข") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', "ก\nข\n"),
    ],
    ids=["break", "rendered in front", "rendered inside", "before", "not before", "section", "continuous"],
)
def test_pages_end_in_form_feeds_and_never_inside_a_paragraph(body: str, expected: str) -> None:
    assert text_of(body) == expected


def test_blank_paragraphs_give_one_blank_line() -> None:
    assert text_of(w_paragraph("ก") + w_paragraph() * 7 + w_paragraph("ข")) == "ก\n\nข\n"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{w_paragraph('ในกล่อง')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(w_paragraph("ก", inside=both) + w_paragraph("ข")) == "ก\nในกล่อง\nข\n"


def test_headers_come_first_footers_and_notes_last_and_page_numbers_are_left_out() -> None:
    separator = f'<w:footnote w:type="separator">{w_paragraph("---")}</w:footnote>'
    notes = f"{separator}<w:footnote>{w_paragraph('หมายเหตุ')}</w:footnote>"
    header, footer = w_paragraph("แบบรายงาน"), w_paragraph("หน้า 2 จาก 5")
    text = text_of(w_paragraph("เนื้อหา"), header=header, footer=footer, footnotes=notes)
    assert text == "แบบรายงาน\n\nเนื้อหา\n\f\nหมายเหตุ\n"


def test_paragraphs_rows_and_cells_inside_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    row = w_table([["ก", "ข"]]).removeprefix("<w:tbl>").removesuffix("</w:tbl>")
    assert text_of(control(w_paragraph("ค")) + f"<w:tbl>{control(row)}</w:tbl>") == "ค\n| ก | ข |\n"


def test_a_document_with_another_part_name_or_namespace_is_read() -> None:
    content = docx(w_paragraph("ก"), main="document2")
    assert read(content, "x.docx", DEFAULT).text == "ก\n"
    package = OfficePackage(content, "x.docx", DEFAULT)
    assert package.part("word/document.xml") is None


def test_absurd_column_widths_cost_nothing() -> None:
    wide = w_table([["ก", "ข"]]).replace('gridSpan w:val="1"', 'gridSpan w:val="999999999"')
    assert len(text_of(wide)) < 1000
