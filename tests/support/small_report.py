"""A minimal form in print, and the stages up to where a test looks: synthetic input of a few lines each."""

from collections.abc import Iterable, Mapping, Sequence

from normalizers.fuzzy_match import FoldedText
from parsers import UNKNOWN, forms
from pipeline.document.classify import classify
from pipeline.document.merge_copies import MergedProject, merge_copies
from pipeline.document.normalize import normalize
from pipeline.document.paginate import paginate
from pipeline.document.read_fields import read_fields
from pipeline.document.repair import repair
from pipeline.document.rows import Rows
from pipeline.document.scan import Matches, index_of, scan
from pipeline.document.split import split
from pipeline.model import Cell, Field, Issue, Pages, SplitDocument
from pipeline.sources.read import source_of
from tests.support.processing import PlainRows, plain_rows, process_bytes

FORM = next(form for form in forms() if form.name == "bma_progress_report")
TITLE = "** แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ **"
PLEDGE = "ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง"
ON_PLAN, ON_TARGET = "เป็นไปตามแผน", "เป็นไปตามเป้าหมาย"
HEADER = {
    "ชื่อโครงการ/กิจกรรม": "โครงการปลูกต้นไม้ริมคลอง",
    "รหัสโครงการ...": "11000000-0001",
    "ปีงบประมาณ พ.ศ.": "2561",
    "เริ่มต้นโครงการ": "2017-10-01 00:00:00",
    "งบประมาณที่ได้รับ": "100,000 บาท",
    "สิ้นสุดโครงการ": "2018-09-30 00:00:00",
    "งบประมาณที่ใช้ไป": "3,000 บาท",
}
RESPONSIBLE = {
    "หน่วยงานที่รับผิดชอบ.": "สำนักสวนตัวอย่าง / กองต้นไม้ / กลุ่มงานริมคลอง",
    "ชื่อผู้รับผิดชอบ...": "นางสาวสมมุติ ตัวอย่าง 1234",
    "ผู้ประสานงาน สยป": "นายสมมุติ ทดลอง 5678",
}
LINKS = {
    "ประเด็นยุทธศาสตร์": "ด้านที่ 2 - มหานครสีเขียว",
    "ประเด็นยุทธศาสตร์ย่อย": "2.2 - ร่มเงาริมทาง",
    "เป้าหมายที่": "2.2.1 ทางเท้ามีร่มเงา",
    "ตัวชี้วัด...": "มิติที่ 1 ร้อยละของทางเท้าที่มีร่มเงา",
}
OBJECTIVES = "1. เพื่อเพิ่มร่มเงาบนทางเท้า\n2. เพื่อทดแทนต้นไม้ที่ตาย"
TARGETS = "1. ด้านปริมาณ\nปลูกต้นไม้ จำนวน 90 ต้น\n2. ด้านคุณภาพ\nต้นไม้รอดตายร้อยละ 95"
RATIONALE = "ทางเท้าหลายสายไม่มีร่มเงา จึงควรปลูกต้นไม้เพิ่ม"
SIGNATURE = "ลงชื่อ นางสาวสมมุติ ตัวอย่าง (ผู้รับผิดชอบโครงการ)\nตำแหน่ง นักวิชาการตัวอย่าง"
DATES = ("29/12/2560", "30/3/2561", "29/6/2561", "14/9/2561")


def entry(
    number: int,
    *,
    label: str | None = None,
    date: str | None = None,
    activity: str = "ปลูกต้นไม้ตามแผนงาน",
    percent: str | None = None,
    amount: str = "1,500 บาท",
    statuses: Sequence[str] = (ON_PLAN, ON_TARGET),
) -> str:
    """One progress entry on four lines, as the form prints it."""
    printed = [
        f"{f'รายงานครั้งที่ {number}' if label is None else label} :: {date or DATES[(number - 1) % 4]} : {activity}",
        f":: ความก้าวหน้าของงานฯ = {percent or f'{min(25 * number, 100)}.00 %'}"
        f" : งบประมาณที่เบิกใช้ (ครั้งที่ {number}) = {amount}",
        *(f": {status}" for status in statuses),
    ]
    return "\n\n".join(printed)


def labelled(lines: Mapping[str, str | None]) -> str:
    """A line for each label; one whose value is None is not printed."""
    return "\n".join(f"{label} : {value}" for label, value in lines.items() if value is not None)


def first_page(header: Mapping[str, str | None] | None = None) -> str:
    """The title and 1.1 to 1.2."""
    return "\n\n".join(
        (
            TITLE,
            "1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ",
            "1.1 รหัสโครงการและชื่อโครงการ",
            labelled({**HEADER, **(header or {})}),
            "1.2 หน่วยงานที่รับผิดชอบ",
            labelled(RESPONSIBLE),
        )
    )


def middle_page(
    *, objectives: str = OBJECTIVES, targets: str = TARGETS, links: Mapping[str, str | None] = LINKS
) -> str:
    """1.3 to 1.6."""
    return "\n\n".join(
        (
            "1.3 หลักการและเหตุผล",
            RATIONALE,
            "1.4 วัตถุประสงค์ของโครงการ",
            objectives,
            "1.5 เป้าหมายของโครงการ..",
            targets,
            "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)",
            labelled(links),
        )
    )


def last_page(entries: Iterable[str] | None = None, *, signature: str = SIGNATURE) -> str:
    """2 and the certification."""
    printed = (entry(1), entry(2)) if entries is None else entries
    return "\n\n".join(("2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ", *printed, PLEDGE, signature))


def report(
    *,
    header: Mapping[str, str | None] | None = None,
    entries: Iterable[str] | None = None,
    objectives: str = OBJECTIVES,
    targets: str = TARGETS,
    links: Mapping[str, str | None] = LINKS,
    signature: str = SIGNATURE,
) -> str:
    """A whole report on one page, without anything to find fault with."""
    return "\n\n".join(
        (
            first_page(header),
            middle_page(objectives=objectives, targets=targets, links=links),
            last_page(entries, signature=signature),
        )
    )


def pages_of(text: str) -> Pages:
    """The pages of a text."""
    source = source_of(text.encode(), name="small.txt")
    return paginate(source, repair(source.text))


def matches_of(text: str) -> Matches:
    """The declared phrases in a text."""
    return scan(pages_of(text))


def all_matches_of(pages: Pages) -> Matches:
    """The declared phrases of every form in pages, also of those of which they print little."""
    folded, index = FoldedText(pages.text), index_of((*forms(), UNKNOWN))
    return Matches(pages, folded, index)


def split_of(text: str) -> SplitDocument:
    """The blocks of a text."""
    return _split(matches_of(text))


def fields_of(text: str) -> tuple[list[Field], list[Issue]]:
    """The fields of a text, and what no field took."""
    found = _read_fields(text)[1]
    return [one for one in found if isinstance(one, Field)], [one for one in found if isinstance(one, Issue)]


def cells_of(text: str) -> list[Cell]:
    """The normalized fields of a text."""
    return [cell for cell in normalize(_read_fields(text)[1]) if isinstance(cell, Cell)]


def projects_of(text: str) -> tuple[MergedProject, ...]:
    """The reports of a text, copies merged."""
    blocks, fields = _read_fields(text)
    return merge_copies(blocks, normalize(fields))


def _split(matches: Matches) -> SplitDocument:
    return split(matches, classify(matches))


def _read_fields(text: str) -> tuple[SplitDocument, list[Field | Issue]]:
    matches = matches_of(text)
    blocks = _split(matches)
    return blocks, read_fields(matches, blocks)


def processed(text: str) -> Rows:
    """All rows of a text."""
    return process_bytes(text.encode())


def tables_of(text: str) -> PlainRows:
    """All rows of a text as plain values."""
    return plain_rows(text.encode())


def only(rows: Sequence[dict[str, object]]) -> dict[str, object]:
    """The one row of a table."""
    assert len(rows) == 1, rows
    return rows[0]


def project_of(text: str) -> dict[str, object]:
    """The one project of a text."""
    return only(tables_of(text)["projects"])


def entries_of(text: str) -> dict[object, dict[str, object]]:
    """The entries of a text by number."""
    return {row["entry_number"]: row for row in tables_of(text)["report_entries"]}


def codes_of(text: str) -> set[object]:
    """The codes of the findings that a text raises."""
    return {row["code"] for row in tables_of(text)["findings"]}
