"""The words that a reading is judged by: a general dictionary, provinces, and what government forms print.

Loading takes about a tenth of a second, so it waits until the first question.
"""

from bisect import bisect_left
from functools import cache, lru_cache

LONGEST = 24
"""Characters of the longest word that is looked for; longer ones are proverbs and full titles."""

# What the forms print and the dictionary lacks, or has in pieces that are words as well.
TERMS = frozenset(
    "ตัวชี้วัด ไม่ต่ำกว่า สำนักงานเขต เขตพื้นที่ เขตพื้นที่การศึกษา การดำเนินการ การดำเนินงาน ผลการดำเนินงาน แผนงาน "
    "แผนการดำเนินงาน ปีงบประมาณ งบประมาณรายจ่าย เงินงบประมาณ ผู้รับผิดชอบ ที่รับผิดชอบ ผู้ที่เกี่ยวข้อง ที่เกี่ยวข้อง "
    "เป้าหมาย ค่าเป้าหมาย ตำบล อำเภอ จังหวัด ยุทธศาสตร์ชาติ แผนแม่บท แผนปฏิบัติการ แผนปฏิบัติราชการ หน่วยนับ ร้อยละ "
    "วงเงิน ทั้งสิ้น รวมทั้งสิ้น ขั้นพื้นฐาน โครงสร้างพื้นฐาน ความเชื่อมโยง เชื่อมโยง ห่วงโซ่ มูลค่าเพิ่ม เบิกจ่าย ผลเบิกจ่าย "
    "จัดซื้อจัดจ้าง ครุภัณฑ์ ค่าตอบแทน ค่าใช้สอย ค่าจ้าง ลูกจ้าง อัตรากำลัง รายงานประจำปี ประจำปี ประจำเดือน ไตรมาส "
    "กำกับติดตาม ติดตามผล ขับเคลื่อน บูรณาการ ความเหลื่อมล้ำ ผู้มีรายได้น้อย ท้องถิ่น องค์กรปกครองส่วนท้องถิ่น "
    "คณะรัฐมนตรี รัฐวิสาหกิจ ข้าราชการ บุคลากร สถานศึกษา ชลประทาน น้ำเสีย น้ำท่วม ระบายน้ำ แหล่งน้ำ ลุ่มน้ำ คุณภาพน้ำ "
    "ต้นน้ำ น้ำหนัก ค่าน้ำหนัก ถ่วงน้ำหนัก น้ำมันเชื้อเพลิง ทำให้ จัดทำ นำไปใช้ ทั่วประเทศ ทั่วไป เพิ่มเติม แก้ไขเพิ่มเติม "
    "เพิ่มขึ้น ดังนี้ ดังต่อไปนี้ ทั้งนี้ อื่น รายได้อื่น หน่วยงาน ที่ดิน กองทุน ภาคีเครือข่าย ผู้สูงอายุ ผู้ด้อยโอกาส วัชพืช พันธุ์พืช "
    "มอบอำนาจ อาศัยอำนาจ ผู้มีอำนาจ ลงนาม คำสั่ง คำชี้แจง คำขอ ข้อกำหนด กำหนดการ กำหนดเวลา ครบกำหนด ชำระ ชำระคืน "
    "บางกอกน้อย กทม กศน สพฐ สพป สพม อบต อบจ สตง ปปช".split()
)

# Two consonants are mostly an abbreviation in a dictionary; with these in between, anything would be covered by words.
_PAIRS = frozenset(
    "กก กฎ กด กบ กล คง คด คน คบ คม งด งบ จด จน จบ จม ชก ชน ชม ดง ดม ตก ตน ตบ ตม ถก ถม ทน ทบ ทศ นก นม บท บน บด ปน ปม ผล "
    "ฝน พบ พล มด ยก ยม ยศ รก รถ รบ รส ลง ลด ลบ ลม วง วน ศพ สด สน สม หก หด หน หง องค์ อก อด อบ อม ธง งง ผม".split()
)
_ALONE = frozenset("ณ ฯ ๆ".split())

NONE, BEGINNING, WORD = 0, 1, 2


@cache
def words() -> frozenset[str]:
    """All words, without abbreviations of one or two consonants, and without what has other characters than Thai."""
    from pythainlp.corpus import provinces, thai_words  # slow to import, and most texts never need it

    listed = thai_words() | frozenset(map(str, provinces())) | TERMS
    return frozenset(word for word in listed if _is_kept(word)) | _ALONE


def _is_kept(word: str) -> bool:
    if not 2 <= len(word) <= LONGEST or not all("ก" <= letter <= "\N{THAI CHARACTER THANTHAKHAT}" for letter in word):
        return False
    return len(word) > 2 or word in _PAIRS or not all("ก" <= letter <= "ฮ" for letter in word)


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(words()))


@lru_cache(maxsize=1 << 16)
def look_up(text: str) -> int:
    """Whether the text is a WORD, the BEGINNING of one, or NONE of both.

    >>> look_up("งบประมาณ") == WORD, look_up("งบประมา") == BEGINNING, look_up("งบประมาฌ") == NONE
    (True, True, True)
    """
    if text in words():
        return WORD
    place = bisect_left(_in_order(), text)
    return BEGINNING if place < len(_in_order()) and _in_order()[place].startswith(text) else NONE


def uncovered(text: str) -> int:
    """The least number of characters that are left when words cover the rest, none overlapping.

    >>> uncovered("งบประมาณปี"), uncovered("งบประมาฌ")
    (0, 4)
    """
    known = words()
    best = [0]
    for end in range(1, len(text) + 1):
        starts = (start for start in range(max(0, end - LONGEST), end) if text[start:end] in known)
        best.append(min([best[end - 1] + 1, *(best[start] for start in starts)]))
    return best[-1]
