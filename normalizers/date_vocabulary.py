"""The words, figures and marks that texts about dates are made of, as patterns for a cleaned text."""

import re
from functools import cache

from normalizers.month_names import COLLOQUIAL_NAMES, ENGLISH_NAMES, LETTERS, MARKS, SHORT_NAMES, full_names, loose

_B, _FEW = "[ …]*+", " {0,2}"
THAI = f"{LETTERS}{MARKS}"
"""The inside of a character class: all that a Thai word is written with."""
_I, _II, _EK = "\N{THAI CHARACTER SARA I}", "\N{THAI CHARACTER SARA II}", "\N{THAI CHARACTER MAI EK}"
_THI = f"ท(?:{_II}{_EK}?|{_EK}{_II}?)"
_CLOCK = "(?:[01]?[0-9]|2[0-4]){0}[0-5][0-9]"
_COLON, _POINT = _CLOCK.format(":"), _CLOCK.format("[.:]")
_YEAR4 = "(?:[0-9]{4}|[0-9]{3} [0-9](?![0-9:]|[.,/][0-9]))"
_YEAR2 = "[0-9]{2}(?!…| ?[0-9](?![0-9]?[:.][0-9]))"
_OCLOCK = f" ?(?:น[.]|นาฬิกา|น(?![{THAI}]))"
_END = "(?![0-9A-Za-z:]|[.,][0-9])"
_LATIN, _NO_MORE = "(?<![A-Za-z])", "(?![A-Za-z])"
_MONTH_WORD, _YEAR_WORD = loose("เดือน"), f"ป ?{_II}"
FISCAL = rf"(?:{loose('ปีงบประมาณ')}|{_YEAR_WORD} ?(?:งปม[.]?|งบ(?!ป))|{_LATIN}(?i:fiscal year|FY)(?![A-Za-z]))"
"""A pattern of the words for a fiscal year."""
_QUARTER = f"(?:{loose('ไตรมาส')}(?: ?{_THI})?|{_LATIN}Q)"
_WEEKDAYS = "|".join([*map(loose, "จันทร์ อังคาร พฤหัสบดี พฤหัส ศุกร์ เสาร์ อาทิตย์".split()), "พุธ"])
_ENGLISH_WEEKDAYS = "(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?"
_HALF = f"(?:{'|'.join(map(loose, ('แรก', 'หลัง', 'สุดท้าย')))})"
_NO_HALF = f"(?![{THAI}A-Za-z]|[ ….,:/()|-]*+[แหล])"  # nor what may be a damaged หลัง or แรก
_COUNT = "(?:1[0-2]|[1-9]|สาม|หก|เก้า|สิบสอง)"
_LABEL = "ครั้ง|งวด|ฉบับ|รุ่น|ลาดับ|เลข|ข้อ|หน้า|รอบ|กลุ่ม|มาตรา|ตอน|ส่วน|เล่ม|หมวด"

_YEAR_FIRST = (
    r"(?<![0-9]-)[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.])[0-9]{1,2}"
    r"(?:T(?=[0-9]{2}:)|(?![0-9A-Za-z:]|[.,/-][0-9]| [0-9]{1,2}(?![0-9:.])))"
)
_DASHED = f"(?<![0-9]-)[0-9]{{1,2}}-[0-9]{{1,2}}-(?:{_YEAR4}|{_YEAR2}){_END}(?!-[0-9])"
_SLASHED = f"[0-9]{{1,2}}{_FEW}/{_FEW}[0-9](?: ?[0-9])?{_FEW}/{_FEW}(?:{_YEAR4}|{_YEAR2}){_END}(?! ?/ ?[0-9])"
_DOTTED = (
    f"(?:[0-9]{{1,2}} ?[.] ?[0-9]{{1,2}} ?[.] ?{_YEAR4}"
    f"|[0-9]{{2}}[.][0-9]{{2}}[.](?=[4-9]){_YEAR2}){_END}"  # 1.2.10 is a section, and 08.30.15 a time
)

PATTERNS = {
    "time": rf"(?:เวลา|เมื่อเวลา)?{_B}(?<![0-9.:/])(?:{_POINT}(?:{_OCLOCK})? ?(?:-|ถึง) ?{_POINT}{_OCLOCK}"
    rf"|{_COLON}(?::[0-5][0-9](?:[.,][0-9]++)?)?(?: ?- ?{_COLON}(?::[0-5][0-9])?)?(?: ?(?:AM|PM|น[.]?))?"
    r"(?:Z|(?: ?(?:GMT|UTC))? ?[+-][0-9]{2}:?[0-9]{2})?(?![0-9:])"
    rf"|{_POINT}{_OCLOCK}|(?:(?<=เวลา)|(?<=เวลา )){_POINT}(?![0-9.]))",
    "figures": rf"(?<![0-9/.,])(?:{_YEAR_FIRST}|{_DASHED}|{_SLASHED}|{_DOTTED})",
    "part": rf"{loose('รอบ')}(?: ?(?:{_THI}|ระยะเวลา|ระยะ))?{_B}{_COUNT}{_B}{_MONTH_WORD}(?:{_B}{_HALF}|{_NO_HALF})"
    rf"|(?<![0-9A-Za-z/.,-]){_COUNT}{_B}{_MONTH_WORD}{_B}{_HALF}|ครึ่ง(?:{_YEAR_WORD})?(?:งบประมาณ)?{_B}{_HALF}",
    "U": rf"(?<![0-9A-Za-z/.,-])[0-9]{{1,3}} ?(?:{_MONTH_WORD}(?! ?(?:[0-9]|{full_names()}|{SHORT_NAMES}))"
    rf"|{_YEAR_WORD}(?! ?(?:[0-9]|พ[.]?ศ|ค[.]?ศ|งบ))|วัน(?! ?(?:{_THI}|{_WEEKDAYS}))|สัปดาห์|ชั่วโมง|ชม[.]|นาที"
    rf"|(?i:years?|months?|days?|hours?){_NO_MORE})",
    "english": ENGLISH_NAMES,
    "S": rf"(?:ภาคเรียน|ภาคการศึกษา|ปีการศึกษา|ภาคต้น|ภาคปลาย|เทอม)(?:{_THI})?{_B}(?:พ[.]ศ[.] ?)?"
    rf"(?:[0-9]{{1,4}}(?: ?/ ?(?:{_YEAR4}|[0-9]{{2}}))?)?",
    "F": FISCAL,
    "quarter": rf"{_QUARTER}{_B}(?:[1-4](?![0-9])(?: ?/ ?(?:{_YEAR4}|[0-9]{{2}})(?![0-9])"
    rf"|{_B}(?:-|ถึง){_B}{_QUARTER}?{_B}[1-4](?![0-9/]| ?(?:{full_names()})))?|แรก|สุดท้าย)",
    "V": rf"(?:ต้น|กลาง|ปลาย|สิ้น|ก่อน|หลัง|ทุก)(?= ?(?:{_MONTH_WORD}|{_YEAR_WORD}|{full_names()}))|{_YEAR_WORD}ก่อน"
    rf"|ครึ่ง|สัปดาห์|ปักษ์|วัน(?:แรก|สุดท้าย|ทาการ)|{loose('รอบ')}(?={_B}{_COUNT}{_B}{_MONTH_WORD})",  # no "part"
    "label": rf"(?:(?:{_LABEL})(?: ?{_THI})?|{_THI}|{_LATIN}(?i:no[.]?)) ?[0-9]+"
    rf"(?: ?/ ?(?:{_YEAR4}|[0-9]+)|[.-][0-9]+)*+(?![0-9])",
    "weekday": rf"(?:วัน(?: ?{_THI})? ?)?(?:{_WEEKDAYS})(?: ?{_THI})?|{_LATIN}(?i:{_ENGLISH_WEEKDAYS}){_NO_MORE}[.]?",
    "w": rf"ว[{MARKS} ]{{0,3}}+น[{MARKS} ]{{0,3}}+ท(?=[{MARKS} ]{{0,2}}{_II})[{MARKS} ]{{0,3}}+",
    "l": _MONTH_WORD,
    "month": full_names(),
    "h": COLLOQUIAL_NAMES,
    "short": SHORT_NAMES,
    "era": rf"พ ?[.,] ?ศ ?[.,]?|(?<![.])ค ?[.,] ?ศ ?[.,]?|[พค]ศ[.]?(?![{THAI}])"
    rf"|{_LATIN}(?i:[BC][.]? ?E|A[.]? ?D){_NO_MORE}[.]?",
    "p": _YEAR_WORD,
    "t": rf"(?:ไป ?)?(?:จน ?)?ถ[{MARKS} ]{{1,3}}+ง|{_LATIN}(?i:to|until|through){_NO_MORE}",
    "since": rf"{loose('ตั้งแต่')}|{_LATIN}(?i:from|since){_NO_MORE}",
    "o": loose("เป็นต้นไป"),
    "N": rf"{loose('ปัจจุบัน')}|{_LATIN}(?i:present|now){_NO_MORE}",
    "k": rf"{_LATIN}(?i:(?:(?:start|finish|end|due|begin|updated?) ?)?date|(?:on|in|at|as of|dated){_NO_MORE})"
    rf"|{loose('ประจา')}|{loose('ระหว่าง')}|(?:ใน|เป็น)?ช่วง(?:เวลา)?|ภายใน|ใน|ของ|ตลอด|ลง(?={_B}ว)|เมื่อ|ข้อมูล|แห่ง"
    rf"|(?<![{THAI}])ณ(?![{THAI}])|วัน(?= ?[0-9])|ลว[.]?(?={_B}[0-9])",
    "nothing": f":|{_LATIN}(?i:of|the){_NO_MORE}",
    "c": "และ|หรือ|&|;",
    "fraction": rf"(?<![0-9/.,A-Za-z])[0-9]{{1,2}} ?/ ?(?:{_YEAR4}|[0-9]{{1,2}})(?![0-9A-Za-z]| ?/|[.,][0-9])",
    "number": "[0-9]+(?:(?:st|nd|rd|th)(?![A-Za-z0-9])|(?![0-9A-Za-z%]|[.,/][0-9]| %))",
    "x": r"[0-9]+(?:[0-9A-Za-z]|[.,/](?=[0-9]))*+(?: ?%)?|(?<![A-Za-z])[A-Za-z]+[0-9][0-9A-Za-z]*+",
    "mark": r"[-.,/()|]",
}
"""What a token of each kind looks like; where two match at one place, the first wins."""


@cache
def scanner() -> re.Pattern[str]:
    """Give the pattern of any token, a group for each; made when first asked for, for it takes long to compile."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS.items()))
