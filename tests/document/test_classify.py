"""A document's forms, by the titles that it prints and by its blocks, each with its own pages and its own project."""

from dataclasses import replace

import pytest

from parsers import UNKNOWN, Form
from pipeline.document.classify import MANY_BLOCKS, classify, score, scores
from pipeline.document.scan import scan
from tests.support.small_proposal import FORM as PROPOSAL
from tests.support.small_proposal import proposal
from tests.support.small_report import FORM as REPORT
from tests.support.small_report import TITLE, first_page, last_page, matches_of, middle_page, report, tables_of

PHOTOS = "ภาพถ่ายรั้วสนาม"
ONE, OTHER = report(), proposal()


def form_of(text: str) -> Form:
    """The form of a document that is all on one."""
    (region,) = classify(matches_of(text))
    return region.form


def test_a_report_is_known_by_its_title() -> None:
    assert form_of(report()) is REPORT


def test_a_report_that_repeats_its_title_is_the_same_form() -> None:
    assert form_of(f"{report()}\f{report()}") is REPORT


@pytest.mark.parametrize(
    "title",
    ["แบบแสดงรายงานดวามกาวหนาและข้อมูลเกียวกับโครงการ", "## แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครง การ"],
)
def test_a_damaged_title_names_the_form_too(title: str) -> None:
    assert form_of(f"{title}\n\nหนึ่ง") is REPORT


def test_a_title_that_stands_late_names_the_form_too() -> None:
    assert form_of(f"บันทึกข้อความ\nเรื่อง ส่งรายงาน\f{TITLE}\nหนึ่ง") is REPORT


@pytest.mark.parametrize(
    "text",
    [
        "บันทึกข้อความ\n\nเรื่อง ขออนุมัติโครงการ",
        "โครงการปลูกต้นไม้\n1. หลักการและเหตุผล",
        "ตามแบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการที่ส่งมาแล้วเมื่อปีก่อนนั้น หน่วยงานขอแจ้งว่าไม่มีการเปลี่ยนแปลง",
        "1",
        "Hello",
    ],
)
def test_a_document_without_a_title_that_is_declared_is_unknown(text: str) -> None:
    assert form_of(text) is UNKNOWN


def test_a_report_whose_title_is_lost_is_known_by_its_blocks() -> None:
    assert form_of(report().removeprefix(TITLE)) is REPORT


@pytest.mark.parametrize(
    "text",
    [
        "1.3 หลักการและเหตุผล\nทางเท้าไม่มีร่มเงา\n1.4 วัตถุประสงค์ของโครงการ\nเพื่อเพิ่มร่มเงา",
        "1. หลักการและเหตุผล\n2. วัตถุประสงค์ของโครงการ\n3. เป้าหมายของโครงการ\n4. งบประมาณ\n5. ผู้รับผิดชอบโครงการ",
        "สารบัญ\nหลักการและเหตุผล 1\nวัตถุประสงค์ของโครงการ 2\nเป้าหมายของโครงการ 3",
    ],
)
def test_a_few_headings_that_many_papers_have_do_not_make_a_form(text: str) -> None:
    assert form_of(text) is UNKNOWN


def regions(text: str) -> list[tuple[str, list[int]]]:
    """The form and the page numbers of each region."""
    return [(region.form.name, [page.number for page in region.pages]) for region in classify(matches_of(text))]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param((ONE, OTHER), [(REPORT, [1]), (PROPOSAL, [2])], id="two forms"),
        pytest.param((OTHER, ONE), [(PROPOSAL, [1]), (REPORT, [2])], id="the other first"),
        pytest.param((OTHER, ONE, OTHER), [(PROPOSAL, [1]), (REPORT, [2]), (PROPOSAL, [3])], id="one around the other"),
        pytest.param(
            (first_page(), middle_page(), last_page(), OTHER),
            [(REPORT, [1, 2, 3]), (PROPOSAL, [4])],
            id="several pages",
        ),
        pytest.param((ONE, OTHER.replace("\n6. ", "\f6. ")), [(REPORT, [1]), (PROPOSAL, [2, 3])], id="cut in two"),
        pytest.param((ONE, PHOTOS, OTHER, PHOTOS), [(REPORT, [1, 2]), (PROPOSAL, [3, 4])], id="pages without a sign"),
        pytest.param((ONE, PHOTOS), [(REPORT, [1, 2])], id="one form and a page without a sign"),
        pytest.param((PHOTOS, ONE), [(REPORT, [1, 2])], id="a page without a sign first"),
        pytest.param((PHOTOS, PHOTOS), [(UNKNOWN, [1, 2])], id="no sign at all"),
    ],
)
def test_each_page_goes_to_the_form_that_it_shows_or_to_the_one_before(
    pages: tuple[str, ...], expected: list[tuple[object, list[int]]]
) -> None:
    found = classify(matches_of("\f".join(pages)))
    assert [(region.form, [page.number for page in region.pages]) for region in found] == expected


def test_regions_cover_every_page_once_and_in_order() -> None:
    text = "\f".join((PHOTOS, ONE, PHOTOS, OTHER, ONE, PHOTOS))
    assert [number for _, numbers in regions(text) for number in numbers] == [1, 2, 3, 4, 5, 6]


def test_a_document_without_pages_has_no_regions() -> None:
    pages = matches_of("ก").pages
    assert classify(scan(replace(pages, pages=()))) == ()


def test_each_form_in_a_document_gives_its_own_project() -> None:
    tables = tables_of(f"{ONE}\f{OTHER}")
    assert [row["project_name"] for row in tables["projects"]] == ["โครงการปลูกต้นไม้ริมคลอง", "โครงการทาสีรั้วสนาม"]
    assert tables["report_entries"]
    assert {row["project_id"] for row in tables["report_entries"]} == {tables["projects"][0]["project_id"]}


def test_a_form_reads_the_same_alone_and_beside_another() -> None:
    both = tables_of(f"{ONE}\f{OTHER}")
    for text, place in ((ONE, 0), (OTHER, 1)):
        (alone,) = tables_of(text)["projects"]
        beside = both["projects"][place]
        where = {"project_id", "document_id", "ordinal", "row_key"}
        assert {name: value for name, value in alone.items() if name not in where} == {
            name: value for name, value in beside.items() if name not in where
        }


def test_the_headings_of_a_titled_form_do_not_call_another() -> None:
    assert [name for name, _ in regions(f"{ONE}\f{ONE}")] == [REPORT.name]


ELSEWHERE = OTHER.replace("กรุงเทพมหานคร", "").replace("สำนักงานเขตตัวอย่าง", "เทศบาลตัวอย่าง")
"""Another office's proposal."""


def test_a_form_of_which_another_office_prints_nearly_all_headings_is_uncertain() -> None:
    matches = matches_of(ELSEWHERE)
    found = score(matches, matches.pages.pages, PROPOSAL)
    assert (found.has_keyword, found.claims) == (False, False)
    assert [(one.form, one.is_uncertain) for one in classify(matches)] == [(PROPOSAL, True)]


def test_a_form_of_which_another_office_prints_some_headings_claims_nothing() -> None:
    few = ELSEWHERE[: len(ELSEWHERE) // 2]
    assert score(matches_of(few), matches_of(few).pages.pages, PROPOSAL).printed < MANY_BLOCKS
    assert [name for name, _ in regions(few)] == [UNKNOWN.name]


def test_the_best_form_comes_first_and_every_form_is_scored() -> None:
    found = scores(matches_of(ONE))
    assert found[0].form is REPORT
    assert found[0].titles == 1
    assert len({one.form.name for one in found}) == len(found) > 2
    assert [one.claims for one in found] == [True, *[False] * (len(found) - 1)]


def test_a_share_is_of_the_blocks_that_have_words_of_their_own() -> None:
    for one in scores(matches_of(f"{TITLE}\n1.3 หลักการและเหตุผล\nรั้วเก่า")):
        assert one.blocks <= one.worded
        assert one.share == len(one.blocks) / len(one.worded)
