"""Amounts in baht and percentages, in figures or words. What could be two things, or a part of one, is unreadable."""

import re
from decimal import Decimal
from functools import lru_cache

from normalizers import Noticed, Observation, Unreadable
from normalizers.amounts import GLUED_LETTER, OPEN_END, REST_BAD, WORDS_IN, in_figures, split_total, units_at_price
from normalizers.digits import arabic
from normalizers.figures import CLUSTER, is_foreign, plain, prepared, quoted, value
from normalizers.words import NUMERALS, SCALE, amount_words, number_words, skeleton

# Words in these patterns without tone marks (รอยละ, ถวน) are skeletons, as `words.skeleton` makes them.
_SATANG = Decimal("0.01")
_TOO_LARGE = Decimal(10**16)
_D = "[0-9๐-๙]"
_FIRST = f"(?:0|[1-9๑-๙]{_D}{{0,2}}(?:,{_D}{{3}}){{0,4}}|[1-9๑-๙]{_D}{{3,14}})"
_PLAIN_BAHT = re.compile(rf"\s*+({_FIRST}(?:\.{_D}{{1,2}})?+)(?: ?\.-)?+(?: ?บาท(?:ถ้วน)?)?+\s*+")
_PLAIN_PERCENT = re.compile(rf"\s*+((?:0|[1-9๑-๙]{_D}?)(?:\.{_D}{{1,2}})?+|100(?:\.[0๐]{{1,2}})?+) ?%?\s*+")

_SILENT = re.compile(
    rf"[-–—−.…:=()]*+(?:{SCALE})?+(?:บาท|baht)?+(?:ถวน)?+[-–—−.…:=()]*+|[-(]*+ไม(?:มี|ใช|ไดใช)(?:งบประมาณ|คาใชจาย)?[-)]*+"
)
_BEFORE_WORDS = re.compile(
    r"(?:^[-(:=]*|[(:=]|เงิน|ราคา|จานวน|รวม|ทังสิน|ทังหมด|ตัวอักษร|ประมาณ|ไมเกิน|เปน|คือ|มูลคา|[0-9][.,]?[-–—=]?(?:บาท)?)\Z"
)
_SILENT_SHARE = re.compile(r"[-–—.…:=()]*+(?:รอยละ)?+[-–—.…:=()]*+(?:%|เปอรเซนต)?+[.)]*+")
_BEHIND_WORDS = re.compile(r"(?:ถวน|เทานัน)?+(?:[).]++|(?=[(/]|ตอ)|\Z)")
_PERCENT_BEHIND = re.compile(r"(?P<sign>%|เปอร?เซน[ตท]?|percent)?+(?P<rest>.*)", re.DOTALL)
_PERCENT_WORDS = re.compile(rf"\(?(?:รอยละ({NUMERALS})|({NUMERALS})เปอรเซนต)\)?")


def baht(text: str) -> Decimal | None:
    """Read an amount in baht to the satang, None where the page is silent; scales such as ล้าน are multiplied out.

    Words in front and rates behind stay out of it; where words in brackets differ from the figures, the figures stand
    (`noticed_baht` tells). A range, a sum, a count, another currency, cells run together: unreadable. So is a broken
    group of thousands: it may have lost a digit.

    >>> baht("๑,๒๕๐,๐๐๐.- บาท"), baht("137.57 ล้านบาท"), baht("(หกหมื่นเก้าพันห้าร้อยบาทถ้วน)"), baht("-")
    (Decimal('1250000.00'), Decimal('137570000.00'), Decimal('69500.00'), None)
    >>> baht("1,25,000.00")
    Traceback (most recent call last):
    normalizers.Unreadable: '1,25,000.00' is not an amount in baht
    """
    return noticed_baht(text).value


@lru_cache(maxsize=1024)
def noticed_baht(text: str) -> Noticed[Decimal]:
    """Read an amount as `baht` does, and notice where the words behind the figures say another one.

    >>> noticed_baht("69,500 บาท (หกหมื่นเก้าพันบาทถ้วน)").observations[0].text
    'the digits say 69,500.00 baht, the words 69,000.00 baht'
    """
    sound = _PLAIN_BAHT.fullmatch(text)
    if sound:
        return Noticed(Decimal(arabic(sound[1]).replace(",", "")).quantize(_SATANG))
    found = _money(text)
    if found is None:
        return Noticed(None)
    exact = found.quantize(_SATANG)
    if exact != found:
        raise _unreadable(text, "an amount in baht")
    words = _words_that_differ(text)
    if words is None:
        return Noticed(exact)
    differing = f"the digits say {words[0]:,.2f} baht, the words {words[1]:,.2f} baht"
    return Noticed(exact, (Observation("amount_in_words_differs", differing),))


@lru_cache(maxsize=1024)
def percent(text: str) -> Decimal | None:
    """Read a percentage from 0 to 100, with its sign, with ร้อยละ, or bare; None where the page is silent.

    >>> percent("5.00 %"), percent("(ร้อยละ ๖๐)"), percent("๑๒.๕ เปอร์เซ็นต์"), percent("23.00"), percent("-")
    (Decimal('5.00'), Decimal('60.00'), Decimal('12.50'), Decimal('23.00'), None)
    >>> percent("120 %")
    Traceback (most recent call last):
    normalizers.Unreadable: '120 %' is not a percentage from 0 to 100
    """
    sound = _PLAIN_PERCENT.fullmatch(text)
    found = Decimal(arabic(sound[1])) if sound else _share(text)
    if found is None:
        return None
    exact = found.quantize(_SATANG)
    if exact != found:
        raise _unreadable(text, "a percentage to two decimals")
    return exact


def amount_in_words(text: str) -> Decimal | None:
    """Read the amount in words of an expression, whatever its figures say; None where it has no words.

    >>> amount_in_words("474.17 บาท (สี่ร้อยเจ็ดสิบสี่บาทสิบเจ็ดสตางค์)"), amount_in_words("474.17 บาท")
    (Decimal('474.17'), None)
    >>> amount_in_words("69,500 บาท (หกหมื่นเก้าพันห้ารอบบาทถ้วน)")
    Traceback (most recent call last):
    normalizers.Unreadable: '69,500 บาท (หกหมื่นเก้าพันห้ารอบบาทถ้วน)' has an amount in words that is none
    """
    shown = prepared(text)
    words = "" if is_foreign(shown) else skeleton(shown)
    found = _spelled(words)
    if found is None and any(re.search(NUMERALS, part) for part in re.findall(r"\(([^()0-9]*บาท[^()0-9]*)\)", words)):
        raise Unreadable(f"{quoted(text)} has an amount in words that is none")
    return found


def _words_that_differ(text: str) -> tuple[Decimal, Decimal] | None:
    """The figures and the words of one expression where both can be read and are not the same amount."""
    shown = prepared(text)
    if is_foreign(shown) or not CLUSTER.search(shown):
        return None
    words = _spelled(skeleton(shown))
    figures = None if words is None else in_figures(shown)  # few amounts are in words, and those are sooner read
    return None if words is None or figures is None or words == figures else (figures, words)


def quantity_times_price(text: str) -> tuple[Decimal, Decimal] | None:
    """Read quantity and unit price of "N at X each"; None for any other text.

    The unit must be repeated (ๆ, or the word itself) in front of ละ: "2 วัน คนละ 300" does not say how many people.

    >>> quantity_times_price("3 โรงเรียนๆ ละ 13,100.-บาท"), quantity_times_price("2 วัน คนละ 300 บาท")
    ((Decimal('3'), Decimal('13100')), None)
    """
    shown = prepared(text)
    return None if is_foreign(shown) else units_at_price(split_total(shown)[0])


def amount(text: str, kind: str) -> Decimal | None:
    """Read a text as the kind that is asked for, with all its decimals: money, percent or number; none tries them all.

    >>> amount("15,400.00 ล้านบาท", "money"), amount("100.0%", "percent"), amount("1,0OO", "number")
    (Decimal('15400000000.00'), Decimal('100.0'), Decimal('1000'))
    >>> amount("..........บาท", "none") is None
    True
    """
    if kind == "money":
        return _money(text)
    if kind == "percent":
        return _share(text)
    shown = prepared(text)
    found = plain(shown)
    if kind == "none" and found is None:
        found = _expression(shown)
        return _proportion(shown) if found is None else found
    if found is None and shown:
        raise _unreadable(text, "a number")
    return found


def _unreadable(text: str, wanted: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} is not {wanted}")


def _money(text: str) -> Decimal | None:
    """Read an amount with all its decimals."""
    shown = prepared(text)
    if _SILENT.fullmatch(skeleton(shown).lower()):
        return None
    found = _expression(shown)
    if found is None:
        raise _unreadable(text, "an amount in baht")
    return found


def _expression(shown: str) -> Decimal | None:
    """Read a prepared text as an amount in figures or, where it has none, in words; None where it is no amount."""
    if is_foreign(shown):
        return None
    found = in_figures(shown) if CLUSTER.search(shown) else _in_words(skeleton(shown))
    return found if found is not None and abs(found) < _TOO_LARGE else None


def _in_words(words: str) -> Decimal | None:
    """Read an amount in words, with a unit or as nothing but a number, in a skeleton without digits."""
    alone = words.strip("()").removesuffix("ถวน")
    return number_words(alone) if "บาท" not in words and "สตางค" not in words else _spelled(words)


def _spelled(words: str) -> Decimal | None:
    """Read the one amount in words of a skeleton; None where it has none or more, or where its start is not sure."""
    found = WORDS_IN.search(words)
    if found is None or not _BEFORE_WORDS.search(words[: found.start()]):
        return None
    ending = _BEHIND_WORDS.match(words, found.end())
    if ending is None:
        return None
    behind = words[ending.end() :]
    if not CLUSTER.search(words) and ("บาท" in words[: found.start()] or REST_BAD.search(behind)):
        return None
    return None if WORDS_IN.search(behind) else amount_words(found[0])


def _share(text: str) -> Decimal | None:
    """Read a percentage with all its decimals."""
    shown = prepared(text)
    if _SILENT_SHARE.fullmatch(skeleton(shown)):
        return None
    found = _proportion(shown)
    if found is None:
        raise _unreadable(text, "a percentage from 0 to 100")
    return found


def _proportion(shown: str) -> Decimal | None:
    """Read a prepared text as a percentage; None where it is none, or is not between 0 and 100."""
    found = list(CLUSTER.finditer(shown))
    if is_foreign(shown) or len(found) > 1:
        return None
    if not found:
        match = _PERCENT_WORDS.fullmatch(skeleton(shown))
        share = number_words(match[1] or match[2]) if match else None
    else:
        share = value(found[0][0]) if _is_share(shown[: found[0].start()], shown[found[0].end() :]) else None
    return share if share is not None and 0 <= share <= 100 else None


def _is_share(before: str, behind: str) -> bool:
    """Whether figures between these words are a percentage: by its sign, by ร้อยละ, or by nothing else being there."""
    words = skeleton(before).rstrip("(:=")
    match = _PERCENT_BEHIND.fullmatch(skeleton(behind).lower())
    if match is None or OPEN_END.search(before.rstrip()) or GLUED_LETTER.search(before):
        return False
    if match["sign"] or words.endswith("รอยละ"):
        return not REST_BAD.search(match["rest"]) and not match["rest"].startswith("/")
    return not match["rest"] and (not before or before.rstrip().endswith((":", "=")))
