"""A proposal on paper: drawn heading names, number scripts and tables, in pieces that know their cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from pythainlp.util import bahttext

from tests.synthesizer.pieces import Piece, Place, Stretch
from tests.synthesizer.proposals.proposal import Proposal, Purchase
from tests.synthesizer.prose import thai_digits

HEADINGS = {
    "rationale": ("หลักการและเหตุผล", "ความเป็นมา"),
    "objectives": ("วัตถุประสงค์", "วัตถุประสงค์ของโครงการ", "เป้าประสงค์"),
    "targets": ("เป้าหมาย", "เป้าหมายของโครงการ", "กลุ่มเป้าหมาย"),
    "nature": ("ลักษณะของโครงการ", "ลักษณะโครงการ"),
    "schedule": ("ระยะเวลาดำเนินการ", "ระยะเวลาและสถานที่ดำเนินการ"),
    "activities": ("แผนปฏิบัติการ", "วิธีดำเนินการ", "ขั้นตอนการดำเนินงาน"),
    "budget": ("งบประมาณ", "งบประมาณดำเนินการ", "งบประมาณและแหล่งที่มา"),
    "risks": ("ความเสี่ยงของโครงการและแนวทางการบริหารความเสี่ยง", "ความเสี่ยงของโครงการ"),
    "benefits": ("ประโยชน์ที่คาดว่าจะได้รับ", "ผลที่คาดว่าจะได้รับ"),
    "indicators": ("ตัวชี้วัดความสำเร็จ", "ตัวชี้วัด"),
    "monitoring": ("การติดตามประเมินผล", "การติดตามและประเมินผล", "การประเมินผล"),
}
LATE = ("risks", "benefits", "indicators", "monitoring")
"""Sections that come in any order."""
MONITORING = "ติดตามผลทุกเดือนและรายงานผู้บังคับบัญชา"
SOURCE = "งบประมาณรายจ่ายประจำปีของกรุงเทพมหานคร"
MONTH_NAMES = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
Grid = Literal["flat", "markdown", "tabs"]


@dataclass(frozen=True)
class ProposalLayout:
    """How one copy is printed."""

    names: dict[str, str]
    order: tuple[str, ...]
    marks: Literal["number", "hash", "bold"]
    digits: Literal["thai", "arabic", "mixed"]
    grid: Grid
    has_calendar: bool
    lists_prices: bool
    indent: str
    page_mark: str


def random_layout(random: Random) -> ProposalLayout:
    """Draw a layout."""
    late = list(LATE)
    random.shuffle(late)
    early = [name for name in HEADINGS if name not in LATE]
    return ProposalLayout(
        names={name: random.choice(words) for name, words in HEADINGS.items()},
        order=(*early, *late),
        marks=random.choice(("number", "number", "hash", "bold")),
        digits=random.choice(("thai", "arabic", "mixed")),
        grid=random.choice(("flat", "markdown", "tabs")),
        has_calendar=random.random() < 0.5,
        lists_prices=random.random() < 0.6,
        indent=random.choice(("", "\t\t", "   ")),
        page_mark=random.choice(("\f", "\n\n\n\n\n")),
    )


def place(table: str, column: str, row: int = 0) -> Place:
    """A cell of the truth."""
    return Place(table, row, column)


@dataclass(frozen=True)
class ProposalPress:
    """A proposal, a layout, and the chance that goes with it."""

    proposal: Proposal
    layout: ProposalLayout
    random: Random

    def number(self, text: str) -> str:
        """A marker or a count in the layout's digits."""
        is_thai = self.layout.digits == "thai" or (self.layout.digits == "mixed" and self.random.random() < 0.5)
        return thai_digits(text) if is_thai else text

    def heading(self, name: str) -> Stretch:
        """A section's heading with its number."""
        ordinal = self.number(str(self.layout.order.index(name) + 1))
        front, back = {"number": ("", ""), "hash": ("## ", ""), "bold": ("**", "**")}[self.layout.marks]
        pieces = [Piece(front, "markup"), Piece(f"{ordinal}. ", "value"), Piece(self.layout.names[name], "label")]
        return Stretch(tuple(p for p in (*pieces, Piece(back, "markup")) if p.text), "\n", "heading")

    def line(self, *pieces: Piece, before: str | None = None) -> Stretch:
        """A line of its own."""
        return Stretch(pieces, f"\n{self.layout.indent}" if before is None else before, "line")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Piece]]) -> Iterator[Stretch]:
        """A table with its headings, in the layout's way."""
        cells = [[Piece(head, "label") for head in heads], *rows]
        if self.layout.grid == "flat":
            for row in cells:
                yield from (Stretch((piece,), "\n\t", "line", "never") for piece in row)
                yield Stretch((), "\n")
            return
        front, between, back = ("| ", " | ", " |") if self.layout.grid == "markdown" else ("", "\t", "")
        for n, row in enumerate(cells):
            pieces = [Piece(front, "markup")] if front else []
            for k, piece in enumerate(row):
                pieces += [Piece(between, "markup")] * bool(k) + [piece]
            yield Stretch((*pieces, *([Piece(back, "markup")] if back else [])), "\n", "line", "never")
            if n == 0 and front:
                yield Stretch((Piece("|---" * len(heads) + "|", "markup"),), "\n", "", "never")


def print_proposal(press: ProposalPress) -> list[Stretch]:
    """The proposal as one roll of paper."""
    printers = {
        "rationale": _rationale, "objectives": _objectives, "targets": _targets, "nature": _nature,
        "schedule": _schedule, "activities": _activities, "budget": _budget, "risks": _risks,
        "benefits": _benefits, "indicators": _indicators, "monitoring": _monitoring,
    }  # fmt: skip
    stretches = [*_front(press)]
    for name in press.layout.order:
        stretches += [press.heading(name), *printers[name](press)]
    return [*stretches, *_signatures(press)]


def _front(press: ProposalPress) -> Iterator[Stretch]:
    proposal = press.proposal
    gap = Piece("\t", "gap")
    yield Stretch(
        (Piece("ชื่อโครงการ", "label"), gap, Piece(proposal.name, "text", place("projects", "project_name"))), ""
    )
    offices: list[Piece] = []
    for n, (column, office) in enumerate(zip(("agency", "division"), proposal.offices, strict=False)):
        offices += [Piece(" / ", "markup")] * bool(n) + [Piece(office, "text", place("projects", column))]
    yield press.line(Piece("หน่วยงานที่รับผิดชอบ", "label"), gap, *offices, before="\n")
    year = Piece(press.number(str(proposal.year)), "value", place("projects", "fiscal_year_be"))
    yield press.line(Piece("ปีงบประมาณ", "label"), gap, Piece("พ.ศ. ", "label"), year, before="\n")


def _rationale(press: ProposalPress) -> Iterator[Stretch]:
    for sentence in press.proposal.rationale:
        yield press.line(Piece(sentence, "text", place("sections", "text", 1)))


def _items(press: ProposalPress, name: str, texts: Sequence[str], first: int) -> Iterator[Stretch]:
    top = press.layout.order.index(name) + 1
    for n, text in enumerate(texts, 1):
        marker = Piece(press.number(f"{top}.{n}"), "value", place("objectives", "label", first + n))
        yield press.line(marker, Piece(" ", "gap"), Piece(text, "text", place("objectives", "text", first + n)))


def _objectives(press: ProposalPress) -> Iterator[Stretch]:
    yield from _items(press, "objectives", press.proposal.objectives, 0)


def _targets(press: ProposalPress) -> Iterator[Stretch]:
    for n, (head, text) in enumerate((("ด้านปริมาณ", press.proposal.quantity), ("ด้านคุณภาพ", press.proposal.quality))):
        yield press.line(Piece(head, "label"))
        yield press.line(Piece(text, "text", place("objectives", "text", 100 + n)))


def _nature(press: ProposalPress) -> Iterator[Stretch]:
    pieces = [Piece("เป็นโครงการต่อเนื่อง สอดคล้องกับ", "text", place("lead", "text"))]
    for n, plan in enumerate(press.proposal.plans):
        pieces += [Piece(" และ", "text", place("joint", "text", n))] * bool(n)
        pieces += [Piece(plan, "text", place("strategy_links", "text", n))]
    yield press.line(*pieces)


def _schedule(press: ProposalPress) -> Iterator[Stretch]:
    first, last = (press.proposal.month(number) for number in press.proposal.months)
    period = f"{first[0]} {first[2]} - {last[0]} {last[2]}"
    yield press.line(Piece(period, "value", place("projects", "start_date")))
    yield press.line(Piece(f"ดำเนินการใน{press.proposal.place}", "text", place("where", "text")))


def _activities(press: ProposalPress) -> Iterator[Stretch]:
    steps = [
        (Piece(press.number(str(n)), "value", place("activities", "label", n)),
         Piece(". ", "value"), Piece(text, "text", place("activities", "text", n)))
        for n, text in enumerate(press.proposal.steps, 1)
    ]  # fmt: skip
    if not press.layout.has_calendar:
        yield from (press.line(*pieces) for pieces in steps)
        return
    yield from (Stretch((Piece(month, "value"),), "\n\t", "line", "never") for month in MONTH_NAMES)
    for pieces in steps:
        yield Stretch(pieces, "\n\n\t", "line", "never")
        yield Stretch((), "\n\t" * len(MONTH_NAMES), "", "never")


def _budget(press: ProposalPress) -> Iterator[Stretch]:
    total = press.proposal.total
    words = f"{total:,} บาท ({bahttext(float(total))})"
    amount = Piece(words, "value", place("projects", "budget_received_baht"))
    yield press.line(Piece(f"{SOURCE} เป็นเงิน ", "text", place("source", "text")), amount)
    if press.layout.lists_prices:
        for n, purchase in enumerate(press.proposal.purchases, 1):
            yield press.line(Piece("- ", "markup"), *_priced(purchase, n))
        return
    rows = [_price_row(purchase, n) for n, purchase in enumerate(press.proposal.purchases, 1)]
    yield from press.table(("รายการ", "จำนวน", "หน่วยละ", "เป็นเงิน"), rows)


def _priced(purchase: Purchase, n: int) -> tuple[Piece, ...]:
    said = f"จำนวน {purchase.count} {purchase.unit} ๆ ละ {purchase.price:,} บาท เป็นเงิน {purchase.amount:,} บาท"
    item = Piece(purchase.item, "text", place("budget_items", "item", n))
    return item, Piece(" ", "gap"), Piece(said, "value", place("budget_items", "amount_baht", n))


def _price_row(purchase: Purchase, n: int) -> tuple[Piece, ...]:
    return (
        Piece(purchase.item, "text", place("budget_items", "item", n)),
        Piece(f"{purchase.count} {purchase.unit}", "value", place("budget_items", "quantity", n)),
        Piece(f"{purchase.price:,}", "value", place("budget_items", "unit_price_baht", n)),
        Piece(f"{purchase.amount:,}", "value", place("budget_items", "amount_baht", n)),
    )


def _risks(press: ProposalPress) -> Iterator[Stretch]:
    heads = ("ความเสี่ยง", "โอกาสที่จะเกิด", "ผลกระทบ", "ระดับของความเสี่ยง", "แนวทางการบริหารความเสี่ยง")
    rows = [
        (
            Piece(danger.risk, "text", place("risks", "risk", n)),
            Piece(str(danger.likelihood), "value", place("risks", "likelihood", n)),
            Piece(str(danger.impact), "value", place("risks", "impact", n)),
            Piece(danger.level, "text", place("risks", "level", n)),
            Piece(danger.mitigation, "text", place("risks", "mitigation", n)),
        )
        for n, danger in enumerate(press.proposal.dangers, 1)
    ]
    yield from press.table(heads, rows)


def _benefits(press: ProposalPress) -> Iterator[Stretch]:
    yield from _items(press, "benefits", press.proposal.benefits, 200)


def _indicators(press: ProposalPress) -> Iterator[Stretch]:
    heads = ("ตัวชี้วัด", "ค่าเป้าหมาย", "ประเภทตัวชี้วัด", "วิธีการคำนวณ", "ระยะเวลา")
    rows = [
        (
            Piece(measure.name, "text", place("indicators", "name", n)),
            Piece(f"ร้อยละ {measure.percent}", "value", place("indicators", "target", n)),
            Piece(measure.kind, "text", place("indicators", "indicator_type", n)),
            Piece(measure.method, "text", place("indicators", "method", n)),
            Piece(f"ปีงบประมาณ {press.proposal.year}", "text", place("indicators", "period", n)),
        )
        for n, measure in enumerate(press.proposal.measures, 1)
    ]
    yield from press.table(heads, rows)


def _monitoring(press: ProposalPress) -> Iterator[Stretch]:
    yield press.line(Piece(MONITORING, "text", place("sections", "text", 5)))


def _signatures(press: ProposalPress) -> Iterator[Stretch]:
    for n, role in enumerate(("ผู้เสนอโครงการ", "ผู้อนุมัติโครงการ")):
        said = f"(ลงชื่อ){'.' * 40}{role}"
        yield press.line(Piece(said, "text", place("sections", "text", 6)), before="\n\n" if n == 0 else "\n\n\n")
