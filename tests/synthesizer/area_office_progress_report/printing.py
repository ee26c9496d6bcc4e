"""The report as stretches: cover, summary, groups of projects, each quarter's report, back cover."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tests.synthesizer.area_office_progress_report.press import SUB_HEAD, AreaPress, Row, lettered
from tests.synthesizer.area_office_progress_report.report import (
    KINDS,
    STATUSES,
    Activity,
    AreaReport,
    Project,
    QuarterReport,
)
from tests.synthesizer.pieces import Piece, Place, Stretch
from tests.synthesizer.values import printed_amount
from tests.synthesizer.words import MONTHS

GROUPS = ("โครงการที่ดำเนินการเสร็จสิ้นแล้ว", "โครงการที่อยู่ระหว่างดำเนินการ", "โครงการที่ยังไม่ได้ดำเนินการ")
AIMS = ("เป้าหมายเชิงผลผลิต (Output)", "เป้าหมายเชิงผลลัพธ์ (Outcome)", "ดัชนีชี้วัดความสำเร็จ")
STRATEGY = "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนแม่บทภายใต้ยุทธศาสตร์ชาติและยุทธศาสตร์ชาติหลัก"
STRATEGIES = (
    "ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ",
    "ผลการดำเนินงานต่อเป้าหมายของแผนแม่บทประเด็น",
    "ผลการดำเนินงานต่อเป้าหมายของยุทธศาสตร์ชาติ",
    "ความก้าวหน้าของโครงการที่ดำเนินการกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13",
)
PLANNED, DISBURSED = "จำนวนเงินงบประมาณตามแผนการใช้จ่าย", "จำนวนเงินงบประมาณที่เบิกจ่ายจริง"
NOTE, OUTCOMES = "ผลการเบิกจ่ายงบประมาณ", ("results", "problems", "suggestions")
OUTCOME_HEADINGS = ("ผลการดำเนินงาน", "ปัญหาและอุปสรรคในการดำเนินงาน", "ข้อเสนอแนะ")
BACK, REMARK, SUMMARY = Place("back", 0, "text"), Place("remark", 0, "text"), Place("summary", 0, "text")
GROUP_NAME = "กลุ่มนโยบายและแผน"


def cover_title(report: AreaReport) -> tuple[str, str]:
    """The title in the two lines in which a cover may print it."""
    months = {2: 6, 3: 9}[report.quarter]
    return "รายงานความก้าวหน้าการดำเนินงานตามแผนปฏิบัติการ", f"ประจำปีงบประมาณ พ.ศ. {report.year} รอบ {months} เดือน"


def cover_place(part: str) -> Place:
    """The cell of one part of the cover: office, title, date or rest."""
    return Place("cover", 0, part)


def print_cover(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """Office, title, date, document number and department."""
    yield from press.text(report.office, cover_place("office"), "\n\n")
    first, second = cover_title(report)
    front = press.random.choice(("# ", "## ", ""))
    gap = "\n" if press.layout.is_title_wrapped else " "
    again = front if gap == "\n" else ""
    for n, (words, marks) in enumerate(((first, front), (second, again))):
        pieces = (Piece(marks, "markup"), Piece(press.say(words), "text", cover_place("title")))
        yield Stretch(tuple(p for p in pieces if p.text), gap if n else "\n\n", cut="never")
    day = report.as_of
    date = f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + 543}"
    label = Piece("ข้อมูล ณ วันที่ ", "label", cover_place("date"))
    yield Stretch((label, Piece(press.say(date), "value", cover_place("date"))), "\n\n", cut="never")
    for line in (f"เอกสารลำดับที่ {report.serial}/{report.year}", GROUP_NAME):
        yield Stretch((Piece(press.say(line), "text", cover_place("rest")),), "\n\n", cut="never")
    if press.layout.has_link:
        yield _link(cover_place("rest"))


def _link(place: Place) -> Stretch:
    """An address as a Markdown link; a reader keeps what it shows."""
    shown = Piece("www.area-office.example", "text", place)
    return Stretch((Piece("[", "markup"), shown, Piece("](http://www.area-office.example)", "markup")), "\n\n")


def print_summary(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """What the report says of itself, before the projects."""
    if press.layout.summary == "none":
        return
    plan, told = f"แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. {report.year}", report.summary
    months = {2: 6, 3: 9}[report.quarter]
    title = f"รายงานสรุปความก้าวหน้าของการดำเนินโครงการ ตาม{plan} รอบ {months} เดือน"
    yield replace(press.heading(title, "group"), cut="must")
    lead = f"โครงการตาม{plan} จำนวน {sum(told.counts)} โครงการ มีความก้าวหน้าการดำเนินการ ดังนี้"
    yield _line(press, lead)
    yield from _counts(report, press)
    money = f"การเบิกจ่ายงบประมาณประจำไตรมาสที่ {report.quarter} ปีงบประมาณ {report.year}"
    yield _line(press, f"{money} โครงการตาม{plan} จำนวน {told.reporting} โครงการ")
    yield _line(press, f"{PLANNED} {told.planned:,.2f} บาท")
    yield _line(press, f"{DISBURSED} {told.disbursed:,.2f} บาท คิดเป็นร้อยละ {told.share:.2f}")


def _line(press: AreaPress, words: str, gap: str = "\n\n") -> Stretch:
    return Stretch((Piece(press.say(words), "value", SUMMARY),), gap, cut="never")


def _counts(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """How many projects have which status, as lines or as a table."""
    told = report.summary
    rows = [
        (f"{n}. {group}", f"จำนวน {count} โครงการ", f"คิดเป็นร้อยละ {share:.2f}")
        for n, (group, count, share) in enumerate(zip(GROUPS, told.counts, told.percents, strict=True), 1)
    ]
    if press.layout.summary == "list":
        for row in rows:
            yield _line(press, " ".join(row))
        return
    for n, row in enumerate(rows):
        pieces = [Piece("| ", "markup")]
        for cell in row:
            pieces += [Piece(press.say(cell), "value", SUMMARY), Piece(" ", "gap"), Piece("| ", "markup")]
        yield Stretch(tuple(pieces), "\n" if n else "\n\n", cut="never")
        if n == 0:
            yield Stretch((Piece("| --- | --- | --- |", "markup"),), "\n", cut="never")


def print_projects(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """Each group of projects under its heading, numbered anew in each."""
    numbered = list(enumerate(report.projects))
    is_first = True
    for n, (status, group) in enumerate(zip(STATUSES, GROUPS, strict=True), 1):
        mine = [(at, project) for at, project in numbered if project.status == status]
        if not mine:
            continue
        ends = "ดังนี้" if n == 3 else "โดยมีรายละเอียด ดังนี้"
        heading = press.heading(f"{n}. {group} จำนวน {len(mine)} โครงการ {ends}", "group")
        yield replace(heading, cut="must") if is_first else heading
        is_first = False
        for place, (at, project) in enumerate(mine, 1):
            ordinal = f"3.{place}" if n == 3 else f"{place}."
            yield from _project(project, at, ordinal=ordinal, press=press, year=report.year)
    if report.remark:
        bold = press.random.choice(("**", ""))
        marks = (Piece(bold, "markup"),) if bold else ()
        words = press.text(report.remark, REMARK)
        first = (*marks, Piece("หมายเหตุ", "label"), *marks, Piece(" ", "gap"), *words[0].pieces)
        yield Stretch(first, "\n\n", "line")
        yield from words[1:]


def _project(project: Project, at: int, *, ordinal: str, press: AreaPress, year: int) -> Iterator[Stretch]:
    place = Row(at, 0).place("projects", "project_name")
    if not project.reports:
        yield from press.named(ordinal, project.name, place)
    else:
        yield from press.title(ordinal, project.name, place)
    for n, quarter in enumerate(project.reports):
        yield from _quarter(quarter, Row(at, n), press=press, year=year)


def _quarter(quarter: QuarterReport, row: Row, *, press: AreaPress, year: int) -> Iterator[Stretch]:
    def period(*, may_omit: bool, printed_year: int = year) -> str:
        return press.period(quarter.quarter, printed_year, may_omit=may_omit)

    yield press.heading(f"ความก้าวหน้าของเป้าหมายโครงการ {period(may_omit=True)}", "part")
    for n, (_, heading, texts) in enumerate(zip(KINDS, AIMS, quarter.aims, strict=True)):
        yield press.heading(heading, "section")
        numbers = range(n * 20, n * 20 + len(texts))
        yield from press.items(
            texts, [(row.place("objectives", "text", k), row.place("objectives", "label", k)) for k in numbers]
        )
    yield press.heading(f"ความก้าวหน้าของกิจกรรมที่ดำเนินการ {period(may_omit=True)}", "part")
    for n, activity in enumerate(quarter.activities):
        yield from _activity(activity, n, row=row, press=press)
    yield press.heading(STRATEGY, "part")
    for n, (heading, text) in enumerate(zip(STRATEGIES, quarter.strategies, strict=True)):
        if text is not None:
            yield press.heading(heading, "section" if n < 3 else "part")
            yield from press.text(text, row.place("sections", "text", n))
    odd = quarter.misread_year or year
    yield press.heading(f"การเบิกจ่ายงบประมาณ{period(may_omit=False, printed_year=odd)}", "part")
    yield from _money(quarter, row, press)
    yield press.heading(f"สรุปปัญหาและข้อเสนอแนะของโครงการ{period(may_omit=False, printed_year=odd)}", "part")
    yield from _conclusions(quarter, row, press)


def _conclusions(quarter: QuarterReport, row: Row, press: AreaPress) -> Iterator[Stretch]:
    texts = (quarter.results, quarter.problems, quarter.suggestions)
    for column, heading, words in zip(OUTCOMES, OUTCOME_HEADINGS, texts, strict=True):
        place = row.place("quarterly_results", column)
        yield press.heading(heading, "section")
        yield from press.items(words, [(place, place)] * len(words))


def _activity(activity: Activity, n: int, *, row: Row, press: AreaPress) -> Iterator[Stretch]:
    """The marker, the title in its line, and below it paragraphs and steps."""
    place = row.place("activities", "text", n)
    front, back = press.random.choice((("**", "**"), ("", ""), ("### ", "")))
    number = Piece(press.say(str(n + 1)), "value", row.place("activities", "label", n))
    marker = (Piece(front, "markup"), Piece("กิจกรรมหลักที่ ", "label"), number, Piece(back, "markup"))
    first, *others = press.text(activity.title, place)
    pieces = (*(p for p in marker if p.text), Piece(" ", "gap"), *first.pieces)
    yield replace(first, pieces=pieces, before="\n\n", opens="line")
    yield from others
    for paragraph in activity.paragraphs:
        yield from press.text(paragraph, place)
    if activity.steps:
        yield from _steps(activity.steps, place, press)


def _steps(steps: Sequence[str], place: Place, press: AreaPress) -> Iterator[Stretch]:
    """Steps under a heading that opens no block: all of it belongs to the activity."""
    marks = (Piece("#### ", "markup"),) if press.layout.headings == "levels" else ()
    yield Stretch((*marks, Piece(SUB_HEAD, "text", place)), "\n\n", "line")
    for k, step in enumerate(steps, 1):
        first, *rest = press.text(f"{k}) {step}", place)
        bullet = (Piece("- ", "markup"),) if press.layout.bullet else ()
        yield replace(first, pieces=(*bullet, *first.pieces), before="\n", opens="line")
        yield from rest


def _money(quarter: QuarterReport, row: Row, press: AreaPress) -> Iterator[Stretch]:
    for label, column, amount in (
        (PLANNED, "planned_baht", quarter.planned),
        (DISBURSED, "disbursed_baht", quarter.disbursed),
    ):
        value = Piece(press.say(_baht(amount, press)), "value", row.place("quarterly_results", column))
        pieces = (Piece(f"{label} ", "label"), value, Piece(" บาท", "label"))
        yield Stretch(pieces, press.layout.line_gap, "line")
    if quarter.note is not None:
        first, *rest = press.text(quarter.note, row.place("quarterly_results", "disbursement_note"))
        yield lettered(Piece(NOTE, "label"), first, press.layout.line_gap)
        yield from rest


def _baht(amount: Decimal, press: AreaPress) -> str:
    return printed_amount(amount, press.layout.amount)


def print_back(report: AreaReport, press: AreaPress) -> Iterator[Stretch]:
    """The back cover, which says again who issued the report."""
    if press.layout.has_back_cover:
        yield Stretch((Piece(GROUP_NAME, "text", BACK),), "\n\n", "heading", "must")
        yield Stretch((Piece(press.say(report.office), "text", BACK),), "\n\n", cut="never")
        if press.layout.has_link:
            yield _link(BACK)
