"""An invented proposal with every field of the form, drawn from a seed; its sums add up."""

from dataclasses import dataclass
from random import Random

from tests.synthesizer import prose
from tests.synthesizer.words import MONTHS, TOPICS, Topic

DISTRICTS = ("บางรื่น", "ดอนกลาง", "ธาราใหม่", "คลองสาน้ำใส", "ทุ่งหลวง")
PLANS = (
    "ยุทธศาสตร์ชาติ (พ.ศ. 2561 - 2580) ด้านการพัฒนาทรัพยากรมนุษย์",
    "แผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี ระยะที่ 3",
    "แผนปฏิบัติราชการกรุงเทพมหานคร ประจำปี",
    "นโยบายผู้ว่าราชการกรุงเทพมหานคร เมืองน่าอยู่",
)
STEPS = ("ขออนุมัติโครงการ", "ประชุมชี้แจงผู้เกี่ยวข้อง", "จัดหาวัสดุและวิทยากร", "ดำเนินกิจกรรมตามแผน", "สรุปและรายงานผล")
PURCHASES = (
    *(("ค่าอาหารกลางวัน", "คน", 120), ("ค่าวิทยากร", "ชั่วโมง", 600), ("ค่าเอกสารประกอบการอบรม", "ชุด", 85)),
    *(("ค่าเช่ารถโดยสาร", "คัน", 9500), ("ค่าป้ายประชาสัมพันธ์", "ผืน", 750), ("ค่าวัสดุสาธิต", "ฐาน", 4200)),
)
DANGERS = (
    ("ผู้เข้าร่วมไม่ครบตามเป้าหมาย", "ปานกลาง", "ประชาสัมพันธ์ผ่านผู้นำชุมชน"),
    ("ฝนตกในวันจัดกิจกรรม", "น้อย", "เตรียมสถานที่ในร่มไว้สำรอง"),
    ("วิทยากรติดภารกิจ", "น้อย", "ประสานวิทยากรสำรองล่วงหน้า"),
    ("วัสดุมีราคาสูงขึ้น", "สูง", "สืบราคาจากผู้ขายหลายราย"),
)
MEASURES = (
    ("ผู้เข้าร่วมกิจกรรมครบตามเป้าหมาย", "ผลผลิต", "นับจากทะเบียนผู้เข้าร่วม"),
    ("ความพึงพอใจของผู้เข้าร่วม", "ผลลัพธ์", "แบบสอบถามหลังจบกิจกรรม"),
    ("ผู้ผ่านการทดสอบความรู้", "ผลผลิต", "แบบทดสอบก่อนและหลัง"),
)


@dataclass(frozen=True)
class Purchase:
    """A priced line."""

    item: str
    count: int
    unit: str
    price: int

    @property
    def amount(self) -> int:
        """The price of all."""
        return self.count * self.price


@dataclass(frozen=True)
class Danger:
    """A row of the table of risks."""

    risk: str
    likelihood: int
    impact: int
    level: str
    mitigation: str


@dataclass(frozen=True)
class Measure:
    """A row of the table of indicators."""

    name: str
    percent: int
    kind: str
    method: str


@dataclass(frozen=True)
class Proposal:
    """Every field of the form."""

    name: str
    offices: tuple[str, ...]
    year: int
    months: tuple[int, int]
    """First and last month, counted from October of the fiscal year, 0 to 11."""
    rationale: tuple[str, ...]
    objectives: tuple[str, ...]
    quantity: str
    quality: str
    plans: tuple[str, ...]
    steps: tuple[str, ...]
    purchases: tuple[Purchase, ...]
    dangers: tuple[Danger, ...]
    measures: tuple[Measure, ...]
    benefits: tuple[str, ...]
    place: str

    @property
    def total(self) -> int:
        """What all priced lines make."""
        return sum(purchase.amount for purchase in self.purchases)

    def month(self, place: int) -> tuple[str, int, int]:
        """The name, the number and the Buddhist year of a month counted from October."""
        number = (place + 9) % 12 + 1
        return MONTHS[number - 1], number, self.year - (number >= 10)


def random_proposal(random: Random) -> Proposal:
    """Draw a proposal."""
    topic = random.choice(TOPICS)
    year = random.randint(2565, 2571)
    first = random.randrange(8)
    district = random.choice(DISTRICTS)
    offices = (f"สำนักงานเขต{district}",) if random.random() < 0.5 else (f"สำนักงานเขต{district}", "ฝ่ายพัฒนาชุมชน")
    return Proposal(
        name=topic.name,
        offices=offices,
        year=year,
        months=(first, random.randrange(first + 1, 12)),
        rationale=prose.rationale(topic, year=year, random=random)[: random.randint(1, 3)],
        objectives=tuple(_said(template, topic, year, random) for template in random.sample(prose.OBJECTIVES, 2)),
        quantity=f"ประชาชนในเขต{district} จำนวน {random.randint(2, 9) * 10} คน เข้าร่วมกิจกรรม",
        quality=f"ผู้เข้าร่วมนำความรู้ไปใช้ และ{topic.benefit}",
        plans=tuple(random.sample(PLANS, random.randint(1, 3))),
        steps=tuple(sorted(random.sample(STEPS, random.randint(3, 5)), key=STEPS.index)),
        purchases=_purchases(random),
        dangers=tuple(
            Danger(risk, random.randint(1, 5), random.randint(1, 5), level, mitigation)
            for risk, level, mitigation in random.sample(DANGERS, random.randint(1, 3))
        ),
        measures=tuple(
            Measure(name, random.randint(7, 10) * 10, kind, method)
            for name, kind, method in random.sample(MEASURES, random.randint(1, 3))
        ),
        benefits=(topic.benefit, f"{topic.people}มีส่วนร่วมในการดูแลพื้นที่"),
        place=f"พื้นที่เขต{district}",
    )


def _said(template: str, topic: Topic, year: int, random: Random) -> str:
    return prose.sentence(template, topic, year=year, random=random)


def _purchases(random: Random) -> tuple[Purchase, ...]:
    drawn = random.sample(PURCHASES, random.randint(2, 4))
    return tuple(Purchase(item, random.randint(2, 60), unit, price) for item, unit, price in drawn)
