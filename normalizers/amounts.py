"""One amount in figures inside its words: labels in front, scale and unit behind, products, totals, shares, rates."""

import re
from decimal import Decimal
from itertools import pairwise

from normalizers.figures import CLUSTER, plain, value
from normalizers.numbers import COUNTED, marker
from normalizers.words import MILLION, NUMERALS, SCALE, scale, skeleton

# Words in these patterns without tone marks (รอยละ, ลาน) are skeletons, as `words.skeleton` makes them.
_SATANG = Decimal("0.01")
FOREIGN = "เหรียญ|ดอลลา|ยูโร|เยน|ปอนด|หยวน|รูปี|ริงกิต|usd|eur|jpy|gbp|cny|[$€£¥₩₫]"
WORDS_IN = re.compile(rf"{NUMERALS}(?:บาท|สตางค)(?:{NUMERALS}สตางค)?+")
_BEFORE_BAD = re.compile(rf"(?:รอยละ|เปอรเซนต|ลบ|ถึง|จุด|(?<!ผูก)(?:สิบ|รอย|พัน|หมืน|แสน|{MILLION}))[(:=]?\Z")
GLUED_LETTER = re.compile(r"(?:^|[^ก-๛])[ก-ฮ]\Z|[A-Za-z](?<!baht)(?<!thb)\Z")
_SPELLED_BEFORE = re.compile(rf"\({WORDS_IN.pattern}(?:ถวน)?\)\Z|{WORDS_IN.pattern}(?:ถวน)?(?=\(\Z)")
_MONEY_WORD = re.compile(r"งบ|เงิน|ราคา|มูลคา|บาท|คาใช|คาจาง|baht|thb|฿")
_BEFORE_NO_MONEY = re.compile(rf"(?:ปีงบประมาณ|ปี|พ\.ศ\.|ที|รหัส|เลข|\()[:=]?\Z|{FOREIGN}")
_BEFORE_SCALE = re.compile(f"{SCALE}บาท")
_SCALE_OF_COLUMN = re.compile(rf"(?:^|[(:]|หนวย)({SCALE})บาท\)?[:=]?\Z")
_BEHIND = re.compile(
    rf"(?:[.,][-–—=]|\.)?+(?P<scale>(?:{SCALE})?+)(?P<english>(?:million|billion|thousand|trillion)?+)"
    r"(?P<unit>(?:บาท|บ\.$|baht|thb|฿|สตางค)?+)(?:ถวน|เทานัน)?+(?P<rest>.*)",
    re.DOTALL,
)
OPEN_END = re.compile(r"[-,.+*/×@~<>±^%#$€£¥−–—]\Z")
_THREE_DECIMALS = re.compile(r"\.[0-9]{3}\Z")
_ONLY_SCALE = re.compile(SCALE)
_YEAR = re.compile("2[456][0-9]{2}")
_LETTER = re.compile("[ก-๛A-Za-z]")
_ENGLISH = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNIT_IN_BRACKETS = re.compile(rf"\(((?:{SCALE})?บาท)\)")
_BRACKETS = re.compile(r"\(([^()]*+)(?:\)|\Z)")
_OTHER_UNIT = re.compile(f"{MILLION}|บาท|{FOREIGN}")
REST_BAD = re.compile(rf"^(?:[-–—−~+x×*=]|ถึง|หรือ|คูณ|ครึง|{NUMERALS}(?:ส|\Z))|บาท|สตางค|baht|{FOREIGN}")
_LABELS = re.compile(
    "(?:ครั้ง|งวด|ไตรมาส|กิจกรรม|รายการ|ข้อ|โครงการ|ลำดับ|ส่วน|แผน|ระยะ|รุ่น|ชุด)(?:หลัก|ย่อย)?"
    "ที่ ?[0-9]{1,2}(?=[ :)])(?! ?[-–,])"
    r"|(?:ปี|ปีงบประมาณ|พ\.ศ\.) ?2[45][0-9]{2}(?=[ :)])(?! ?[-–,])"
)
_WORDS_FOLLOW = re.compile(rf"(?!{COUNTED})[ก-ฮเ-ไ][ก-๛ ]{{3}}")
_SHARE = re.compile(r"(?:\(?(?:คิดเป็น ?)?ร้อยละ ?[0-9.]++ ?%?\)?|\([0-9.]++ ?%\))\Z")
_RATE = re.compile(r"(?<=บาท) ?(?:/|ต่อ) ?(?![^\n]*บาท)[0-9][0-9,.]*+ ?[ก-ฮเ-ไA-Za-z][^0-9]*+\Z")
_SATANG_BEHIND = re.compile(r"(?<![.0-9])([0-9][0-9,]*+) ?บาท ?([0-9]{1,2}) ?(?:สตางค์|สต\.)")
_EACH = re.compile(
    rf"(?P<count>{CLUSTER.pattern}) ?(?P<unit>[^0-9]+?)ละ ?[:=]? ?(?P<price>{CLUSTER.pattern})(?P<behind>[^0-9]*+)\Z"
)
_TOTAL = re.compile("(?:คิด|รวม)?เป็นเงิน(?:รวม)?(?:ทั้งสิ้น)?|รวมเงิน|=")
_OPERATOR = re.compile(r"[0-9][^0-9+x×*]*+[+x×*][^0-9]*+[0-9]")


def in_figures(shown: str) -> Decimal | None:
    """Read the one amount in figures of a prepared text: a worked-out total, N at X each, or what stands alone.

    >>> in_figures("งบฯ ที่ใช้ไป (บาท)120,000"), in_figures("2 ล้าน 5 แสนบาท"), in_figures("(1,200.00)")
    (Decimal('120000'), Decimal('2500000'), Decimal('-1200.00'))
    >>> in_figures("5 คน x 300 บาท = 1,500 บาท"), in_figures("31.01 - 33.00 บาท"), in_figures("4,866 เรื่อง")
    (Decimal('1500'), None, None)
    """
    head, total = split_total(shown)
    parts = units_at_price(head)
    if total or parts:
        return _single(total) if total else parts and parts[0] * parts[1]
    if shown[0] in "-−" and CLUSTER.match(shown, 1):
        return plain(shown)
    if shown[0] == "(" and shown.find(")") == len(shown) - 1:
        return _single(shown[1:-1].strip()) if _LETTER.search(shown) else plain(shown)
    return _single(shown)


def split_total(shown: str) -> tuple[str, str]:
    """Split a sum or a product from the total it is worked out to; no total is an empty string.

    >>> split_total("3 ชุดๆ ละ 50 บาท เป็นเงิน 150 บาท"), split_total("งวดที่ 5 = 0 บาท")
    (('3 ชุดๆ ละ 50 บาท', '150 บาท'), ('งวดที่ 5 = 0 บาท', ''))
    """
    signs = list(_TOTAL.finditer(shown))
    if len(signs) != 1:
        return shown, ""
    head, total = shown[: signs[-1].start()], shown[signs[-1].end() :].strip(" :")
    worked_out = CLUSTER.match(total) and (units_at_price(head.rstrip()) or _OPERATOR.search(head))
    return (head.rstrip(), total) if worked_out else (shown, "")


def units_at_price(head: str) -> tuple[Decimal, Decimal] | None:
    """Read "N units, each X", where nothing else has a number; None for any other text.

    >>> units_at_price("3 โรงเรียน โรงเรียนละ 1.5 ล้านบาท"), units_at_price("2 วัน คนละ 300 บาท")
    ((Decimal('3'), Decimal('1500000.0')), None)
    """
    head = _without_labels(head)
    match = _EACH.search(head)
    if match is None or CLUSTER.search(head[: match.start()]) or not _is_repeated(match["unit"]):
        return None
    count, price, unit = value(match["count"]), value(match["price"]), _unit(match["behind"])
    if count is None or price is None or unit is None or count >= 10**7:
        return None
    return count, price * unit[0]


def _is_repeated(unit: str) -> bool:
    """Whether a unit is named twice, by its sign or by the word itself."""
    words = unit.split()
    half = len(unit.strip()) // 2
    return bool(words) and (
        words[-1].endswith("ๆ")
        or (len(words) > 1 and words[-2].endswith(words[-1]))
        or (len(words) == 1 and words[0][:half] == words[0][half:])
    )


def _single(shown: str) -> Decimal | None:
    """Read the one amount of an expression; numbers that belong to labels, shares and rates are left out."""
    found = list(CLUSTER.finditer(shown))
    if len(found) > 1:
        shown = _SATANG_BEHIND.sub(_joined, _RATE.sub("", _SHARE.sub("", _without_labels(shown))))
        found = list(CLUSTER.finditer(shown))
    if not found:
        return None
    before, unit = shown[: found[0].start()], _unit(shown[found[-1].end() :])
    if unit is None or not _may_stand_before(before, found[0][0], explicit=unit[1]):
        return None
    if unit[0] > 1 and not unit[1] and MILLION in skeleton(shown) and "ล้าน" not in shown.replace(" ", ""):
        return None
    outer = None if unit[1] or unit[0] != 1 else _SCALE_OF_COLUMN.search(skeleton(before))
    factor = scale(outer[1]) if outer else unit[0]
    return _sum(shown, found, factor) if len(found) > 1 else _scaled(found[0][0], factor, explicit=unit[1])


def _without_labels(shown: str) -> str:
    """Drop the marker that words follow, and the numbers of instalments, quarters and years."""
    _, length = marker(shown)
    return _LABELS.sub("", shown[length:] if _WORDS_FOLLOW.match(shown, length) else shown)


def _joined(match: re.Match[str]) -> str:
    """Write "21 บาท 5 สตางค์" as "21.05 บาท"."""
    return f"{match[1]}.{match[2].zfill(2)} บาท"


def _scaled(figures: str, factor: Decimal | int, *, explicit: bool) -> Decimal | None:
    """Multiply figures by their scale. Three decimals of a baht are thousands behind a point, where a comma says so."""
    if factor == 1 and _THREE_DECIMALS.search(figures):
        figures = figures.replace(".", ",") if explicit and "," in figures else ""
    found = value(figures)
    return None if found is None else found * factor


def _sum(shown: str, found: list[re.Match[str]], last: Decimal | int) -> Decimal | None:
    """Add up "2 ล้าน 5 แสน": whole numbers, each with a scale, each less than one of the scale before."""
    gaps = [skeleton(shown[one.end() : two.start()]) for one, two in pairwise(found)]
    numbers = [number for match in found if (number := value(match[0])) is not None and number % 1 == 0]
    if last == 1 or len(numbers) < len(found) or not all(_ONLY_SCALE.fullmatch(gap) for gap in gaps):
        return None
    sizes = [*map(scale, gaps), last]
    terms = [number * size for number, size in zip(numbers, sizes, strict=True)]
    falls = all(term < size for term, size in zip(terms[1:], sizes, strict=False))
    return sum(terms, Decimal(0)) if falls else None


def _unit(behind: str) -> tuple[Decimal, bool] | None:
    """Read what stands behind figures: the factor of its scale, whether baht are named; None where it is no money."""
    words = _UNIT_IN_BRACKETS.sub(r"\1", skeleton(behind).lower())
    words = _BRACKETS.sub(_remark, words)
    match = _BEHIND.fullmatch(words)
    if match is None or (match["english"] and not match["unit"]):
        return None
    if REST_BAD.search(match["rest"]) if match["unit"] else match["rest"]:
        return None
    factor = Decimal(scale(match["scale"]) * _ENGLISH[match["english"]])
    return factor * (_SATANG if match["unit"].startswith("สต") else 1), bool(match["unit"])


def _remark(match: re.Match[str]) -> str:
    """Drop brackets with the amount in words or a remark; keep those that may change the amount."""
    return match[0] if _OTHER_UNIT.search(match[1]) and not WORDS_IN.search(match[1]) else ""


def _may_stand_before(before: str, figures: str, *, explicit: bool) -> bool:
    """Whether the words in front leave the figures whole and, where no baht are named behind, make them money."""
    words = _SPELLED_BEFORE.sub("", skeleton(before).lower())
    if OPEN_END.search(before.rstrip()) or GLUED_LETTER.search(before.lower()) or _BEFORE_BAD.search(words):
        return False
    if _BEFORE_SCALE.search(words) and (explicit or not _SCALE_OF_COLUMN.search(words)):
        return False
    if not explicit and words and _YEAR.fullmatch(figures):
        return False
    return explicit or not words.strip(":=") or bool(_MONEY_WORD.search(words) and not _BEFORE_NO_MONEY.search(words))
