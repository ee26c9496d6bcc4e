"""Sentences in the tone of an office, made of templates of our own and of one topic's phrases."""

from random import Random

from tests.synthesizer.words import MONTHS, Topic

_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai_digits(text: str) -> str:
    """The text with Thai digits in place of Arabic ones.

    >>> thai_digits("ครั้งที่ 12")
    'ครั้งที่ ๑๒'
    """
    return text.translate(_DIGITS)


RATIONALE = (
    (
        "ปัจจุบัน{problem}",
        "จากการสำรวจของ{office}ในปีที่ผ่านมา พบว่า{problem} โดยเฉพาะใน{place} จำนวน {count} แห่ง",
        "กรุงเทพมหานครได้รับเรื่องร้องเรียนผ่านช่องทางต่าง ๆ อย่างต่อเนื่อง ว่า{problem}",
    ),
    (
        "{office}มีหน้าที่โดยตรงในเรื่องดังกล่าว จึงได้ศึกษาแนวทางร่วมกับสำนักงานเขตและเครือข่ายประชาชน เพื่อ{purpose} (ระยะที่ {small})",
        "ตามแผนปฏิบัติราชการประจำปี {office}ได้รับมอบหมายให้{purpose} โดยให้{people}มีส่วนร่วมตั้งแต่ขั้นวางแผน",
        "คณะผู้บริหารมีนโยบายให้ทุกหน่วยงาน{purpose} และให้รายงานผลเป็นรายเดือน",
    ),
    (
        "การดำเนินงานที่ผ่านมายังไม่ครอบคลุม เนื่องจากอัตรากำลังมีจำกัด และ{people}ยังได้รับข้อมูลไม่ทั่วถึง",
        "ผลการทดลองใน {small} พื้นที่แสดงให้เห็นว่า เมื่อ{work}อย่างสม่ำเสมอ {benefit} และมีค่าใช้จ่ายต่อหน่วยต่ำกว่าวิธีเดิม",
        "หากไม่เร่งดำเนินการ ภาระค่าใช้จ่ายจะเพิ่มขึ้นทุกปี และความเชื่อมั่นของประชาชนจะลดลง",
    ),
    (
        "{office}จึงจัดทำโครงการ{name}ขึ้น โดย{work} ใน{place} เพื่อให้{benefit}",
        "ด้วยเหตุผลดังกล่าว จึงเห็นสมควรดำเนินโครงการ{name} ประจำปีงบประมาณ พ.ศ. {year} เพื่อ{purpose} อันจะทำให้{benefit}อย่างยั่งยืน",
    ),
)
OBJECTIVES = (
    "เพื่อ{purpose}",
    "เพื่อให้{people}มีความรู้และนำไปปฏิบัติได้จริง",
    "เพื่อสร้างเครือข่ายความร่วมมือระหว่าง{office}กับ{people}",
    "เพื่อจัดทำแนวทางปฏิบัติที่พื้นที่อื่นนำไปใช้ได้ ทั้งในระดับเขตและระดับกรุงเทพมหานคร",
    "เพื่อเก็บข้อมูลพื้นฐานสำหรับวางแผนในปีถัดไป",
    "เพื่อประชาสัมพันธ์ให้ประชาชนทราบว่า{benefit}",
)
LEADS = (
    "ดำเนินการใน{place} จำนวน {count} แห่ง ประกอบด้วย",
    "{people}ได้รับประโยชน์รวมทั้งสิ้น {total} คน จากงานต่อไปนี้",
)
QUANTITIES = (
    "{people} จำนวน {total} คน",
    "{place} จำนวน {count} แห่ง",
    "เจ้าหน้าที่ดำเนินการ จำนวน {small} คน และวิทยากร จำนวน {small} คน",
    "คู่มือการปฏิบัติงาน จำนวน {total} เล่ม",
    "{work} รวม {small} ครั้ง ครั้งละ {small} วัน",
    "รายงานสรุปผลการดำเนินงาน 1 ฉบับ",
)
QUALITIES = (
    "{people}มีความพึงพอใจไม่น้อยกว่าร้อยละ 80",
    "{benefit}",
    "ผู้เข้าร่วมโครงการผ่านเกณฑ์การประเมินที่กำหนด",
    "งานแล้วเสร็จตามแบบและระยะเวลาที่กำหนดไว้ในสัญญา",
    "มีข้อมูลที่ถูกต้องครบถ้วน สามารถนำไปใช้วางแผนได้",
)
ACTIVITIES = (
    "เสนอโครงการเพื่อขออนุมัติ และเตรียมขอเงินประจำงวดแรก",
    "ได้รับอนุมัติโครงการแล้ว อยู่ระหว่างจัดทำคำสั่งแต่งตั้งคณะทำงาน",
    "อยู่ระหว่างขั้นตอน...กำหนดขอบเขตของงานและราคากลาง",
    "ประชุมคณะทำงาน ครั้งที่ {small} เพื่อเตรียม{work} ณ ห้องประชุมชั้น {small}",
    "สำรวจ{place} จำนวน {count} แห่ง และบันทึกผลลงในระบบ BKK_Survey",
    "ประสานสำนักงานเขตเพื่อคัดเลือก{people}เข้าร่วมโครงการ",
    "จัดซื้อวัสดุอุปกรณ์ : ได้ผู้ขายแล้ว อยู่ระหว่างลงนามในใบสั่งซื้อ",
    "ประชาสัมพันธ์โครงการผ่านเสียงตามสาย แผ่นพับ และสื่อออนไลน์ (Facebook และ Line)",
    "ผู้รับจ้างเข้าดำเนินการตามสัญญาจ้างเลขที่ ส. {count}/{year}",
    "{work} เมื่อวันที่ {day} {month} {year} มีผู้เข้าร่วม {total} คน",
    "{work}ใน{place} แล้วเสร็จ {small} แห่ง จากทั้งหมด {count} แห่ง (คิดเป็นวงเงิน {price} บาท)",
    "อยู่ระหว่างตรวจรับพัสดุงวดที่ {small} และรวบรวมใบสำคัญเพื่อเบิก - จ่ายเงินแก่ผู้รับจ้าง",
    "ติดตามผลหลังดำเนินการ และสัมภาษณ์{people} จำนวน {count} ราย",
    "ประเมินความพึงพอใจของ{people} (แบบสอบถาม {total} ชุด)",
    "จัดทำรายงานสรุปผลการดำเนินงาน และเสนอผู้บริหารเพื่อทราบ",
)
"""In the order in which a project goes."""

CLOSING = (
    "ดำเนินโครงการแล้วเสร็จตามวัตถุประสงค์ เบิกจ่ายครบถ้วนแล้ว",
    "ส่งมอบงานงวดสุดท้าย และปิดโครงการเรียบร้อยแล้ว",
)
CANCELLED = (
    "ได้รับอนุมัติให้ยกเลิกโครงการ เนื่องจากไม่สามารถดำเนินการได้ทันภายในปีงบประมาณ",
    "ขอยกเลิกกิจกรรมที่ {small} {work} เนื่องจากพื้นที่อยู่ระหว่างการก่อสร้างของหน่วยงานอื่น",
)


def sentence(template: str, topic: Topic, *, year: int, random: Random) -> str:
    """One template with the topic's phrases and figures that fit it; nothing is left open."""
    return template.format(
        name=topic.name,
        purpose=topic.purpose,
        work=topic.work,
        people=topic.people,
        place=topic.place,
        problem=topic.problem,
        benefit=topic.benefit,
        office=topic.offices[0],
        year=year,
        small=random.randint(2, 9),
        count=random.randint(10, 60),
        total=random.randrange(80, 900, 10),
        price=f"{random.randrange(4, 60) * 500:,}",
        day=random.randint(1, 28),
        month=random.choice(MONTHS),
    )


def rationale(topic: Topic, *, year: int, random: Random) -> tuple[str, ...]:
    """Two to four paragraphs: what is wrong, whose task it is, what was learnt, hence the project."""
    chosen = [random.choice(group) for group in RATIONALE]
    if random.random() < 0.4:
        del chosen[random.choice((1, 2))]
    return tuple(sentence(template, topic, year=year, random=random) for template in chosen)


def activity(topic: Topic, *, year: int, stage: float, random: Random) -> tuple[str, ...]:
    """What was done in a month: one sentence, or a lead with numbered steps, in one script of digits.

    `stage` is how far the project has come, 0 to 1.
    """
    steps = 1 if random.random() < 0.65 else random.randint(2, 4)
    first = min(max(round(stage * len(ACTIVITIES)) - 2, 0), len(ACTIVITIES) - 5)
    near = sorted(random.sample(range(first, first + 5), steps))
    lines = [sentence(ACTIVITIES[n], topic, year=year, random=random) for n in near]
    if steps > 1:
        marker = random.choice(("{}.", "{})", "({})"))
        lines = [f"{marker.format(n)} {line}" for n, line in enumerate(lines, 1)]
        if random.random() < 0.5:
            lines.insert(0, "ในเดือนนี้ได้ดำเนินงาน ดังนี้")
    return tuple(map(thai_digits, lines)) if random.random() < 0.35 else tuple(lines)
