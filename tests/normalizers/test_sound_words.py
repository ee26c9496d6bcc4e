"""Sound words stay as they are: every word of a dictionary, alone, and the phrases of offices."""

import pytest
from pythainlp.corpus import thai_words

from pipeline.document.repair import repair

WORDS = sorted(word for word in thai_words() if len(word) > 1 and " " not in word)
LEAST, LOT = 50_000, 8_000
PHRASES = (
    "หนังสือมอบอำนาจ คณะกรรมการจัดซื้อจัดจ้าง สำนักงานปลัดกระทรวง เงินเดือนและค่าจ้างประจำ ผู้บริหารท้องถิ่น "
    "พื้นที่รับผิดชอบ ระเบียบกระทรวงการคลัง รายละเอียดแนบท้าย การประชุมคณะทำงาน ประชาชนกลุ่มเป้าหมาย "
    "งานบำรุงรักษาทางและสะพาน ค่าตอบแทนวิทยากร ค่าอาหารว่างและเครื่องดื่ม แบบสำรวจความพึงพอใจ ปัญหาน้ำท่วมขัง "
    "ระบบสารสนเทศ นักเรียนชั้นมัธยมศึกษา การบริหารความเสี่ยง เครื่องปรับอากาศ ครุภัณฑ์คอมพิวเตอร์ "
    "พัฒนาคุณภาพชีวิต ส่งเสริมสุขภาพผู้สูงอายุ ป้องกันและแก้ไขปัญหายาเสพติด การมีส่วนร่วมของชุมชน "
    "สิ่งแวดล้อมและทรัพยากรธรรมชาติ ต้นไม้และพื้นที่สีเขียว ความปลอดภัยในชีวิตและทรัพย์สิน "
    "ศูนย์บริการสาธารณสุข ฝึกอบรมเชิงปฏิบัติการ เจ้าหน้าที่ผู้รับผิดชอบ ข้อเสนอแนะเพิ่มเติม "
    "ส่วนราชการที่เกี่ยวข้อง แผนพัฒนาเศรษฐกิจและสังคม ตรวจสอบและติดตามผล อนุมัติงบประมาณ ขั้นตอนการดำเนินงาน "
    "เสร็จสิ้นตามกำหนด หน่วยงานเจ้าของโครงการ วัสดุอุปกรณ์การเรียน กิจกรรมวันเด็กแห่งชาติ ซ่อมแซมทางเท้า "
    "จำนวนผู้เข้าร่วม ร้อยละความสำเร็จ ตัวชี้วัดผลผลิต ประเมินผลโครงการ ชุมชนริมคลอง สถานที่จัดกิจกรรม "
    "ค่าใช้จ่ายทั้งสิ้น ลงพื้นที่สำรวจ กำจัดวัชพืช ทะเบียนพัสดุ ชำรุดเสียหาย ทุนการศึกษา ค่าเช่าเครื่องเสียง "
    "ดูงานนอกสถานที่ ยกระดับมาตรฐาน ประกาศกรุงเทพมหานคร นโยบายผู้ว่าราชการ โรงเรียนในสังกัด แม่น้ำเจ้าพระยา "
    "พนักงานทำความสะอาด เครื่องสูบน้ำ อาสาสมัครสาธารณสุข รองรับผู้พิการ จ้างเหมาบริการ สัญญาจ้าง งวดงาน "
    "กำหนดส่งมอบ ใบเสร็จรับเงิน เบิกจ่ายเงินงบประมาณ เอกสารประกอบการเบิกจ่าย ฝ่ายเทศกิจ ฝ่ายพัฒนาชุมชน "
    "ฝ่ายสิ่งแวดล้อมและสุขาภิบาล "
).split()
FRAMES = (
    *("{}", "1. {}", "{} ก. ระยะที่ 1", "ก. {}", "ข) {}", "{} (ต่อ)", "โครงการ{}", "ด้าน{} ง. ตามแนบ"),
    *("{} จำนวน 1 ครั้ง", "ขอเสนอ{}", "รายการ ค. {}"),
)
"""What stands around a phrase: numbers, letters that number something, other words."""


def changed(texts: list[str]) -> list[tuple[str, str]]:
    """The texts that repair changes, and what it makes of them."""
    return [(text, said) for text in texts if (said := repair(text).text) != text]


def test_the_dictionary_has_words_enough() -> None:
    assert len(WORDS) >= LEAST


@pytest.mark.parametrize("first", range(0, len(WORDS), LOT))
def test_a_word_of_the_dictionary_stays(first: int) -> None:
    assert changed(WORDS[first : first + LOT]) == []


@pytest.mark.parametrize("frame", FRAMES)
def test_a_phrase_of_an_office_stays(frame: str) -> None:
    assert changed([frame.format(phrase) for phrase in PHRASES]) == []
