"""The fixes for what stands around sound words and for damage to Thai code points, in the order they apply.

What exporters and converters wrote goes first. Each fix for damage finds a sequence that sound Thai never has and that
has one repair. What a word list or the rest of the document must decide is left to `word_fixes`: a mark on the wrong
letter, a blank inside a word, a lost SARA AM.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

Replace = Callable[[str], str]

_CONSONANT = "ก-ฮ"
_TONE = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
_NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
_YAMAKKAN = "\N{THAI CHARACTER YAMAKKAN}"
_VOWEL = (
    "\N{THAI CHARACTER MAI HAN-AKAT}"
    "\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}"
    "\N{THAI CHARACTER SARA U}-\N{THAI CHARACTER PHINTHU}"
    "\N{THAI CHARACTER MAITAIKHU}"
)
_TOP = _TONE + _THANTHAKHAT
_MARK = _VOWEL + _TOP + _NIKHAHIT + _YAMAKKAN
_SARA_AA = "\N{THAI CHARACTER SARA AA}"
_SARA_AM = "\N{THAI CHARACTER SARA AM}"
_BLANK = " \N{NO-BREAK SPACE}"
_THAI = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER PHINTHU}\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER YAMAKKAN}"


@dataclass(frozen=True, slots=True)
class Fix:
    """One kind of damage: its pattern finds it, its function returns what belongs there.

    A pattern is linear and never matches nothing. Every text with a match has one of the `signs`, if there are any, and
    matches one of the `hints`, all quick to search for. With `line_shows`, it applies only on lines that show that too.
    """

    name: str
    pattern: re.Pattern[str]
    replace: Replace
    signs: str = ""
    hints: tuple[re.Pattern[str], ...] = ()
    line_shows: re.Pattern[str] | None = None
    is_layout: bool = False
    """Whether it takes away what a converter wrote around sound words, which is no damage."""


_declared: list[Fix] = []


def fix(
    pattern: str,
    *,
    signs: str = "",
    hints: tuple[str, ...] = (),
    line_shows: str | None = None,
    is_layout: bool = False,
) -> Callable[[Replace], Replace]:
    """Declare a function as the next of FIXES, named as the function; it stays a plain function of the matched text."""

    def declare(replace: Replace) -> Replace:
        shown = None if line_shows is None else re.compile(line_shows)
        quick = tuple(map(re.compile, hints))
        _declared.append(Fix(replace.__name__, re.compile(pattern), replace, signs, quick, shown, is_layout))
        return replace

    return declare


# Joiners spell words in Arabic and Indic scripts and build emoji, so behind those they are sound.
_JOINED_SCRIPTS = "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_NO_WIDTH = "\u200b\u200c\u200d\u00ad\u2060\ufeff"


@fix(rf"[{_NO_WIDTH}](?<![{_JOINED_SCRIPTS}][\u200c\u200d])", signs=_NO_WIDTH)
def zero_width(_text: str) -> str:
    r"""Drop zero-width spaces and joiners, byte order marks and soft hyphens; exporters put them between Thai words.

    Joiners that other scripts need are left alone.

    >>> zero_width("\N{ZERO WIDTH SPACE}")
    ''
    """
    return ""


_NAMED = (
    r"</?(?i:a|b|big|center|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u)(?:[ \t][^<>\n]{0,200}+)?+/?>"
)
_HTML_BLANK = "&(?:nbsp|ensp|emsp);"
_TAG = f"(?:{_NAMED}|{_HTML_BLANK})"


@fix(
    rf"{_TAG}++(?: *+{_TAG})*+ *+[^\s<]{_TAG}*+|[^\s<](?:[ \t]*+{_TAG})++",
    signs="<&",
    hints=(_NAMED, _HTML_BLANK),
    is_layout=True,
)
def html_tag(text: str) -> str:
    """Drop the tags of HTML that some engines put around words; blanks behind words stay, those before them go.

    Tags of tables are left alone, and what stands alone on a line or before a tab.

    >>> html_tag("<u>ก</u>"), html_tag('ข</span> <span lang="th">'), html_tag("&nbsp;ค")
    ('ก', 'ข ', 'ค')
    """
    return re.sub(_TAG, lambda tag: " " * tag[0].startswith("&"), text).lstrip()


@fix("&(?:quot|apos|#39);", signs="&", is_layout=True)
def html_quote(text: str) -> str:
    """Write the quotes that stand in HTML's words as themselves.

    >>> html_quote("&quot;")
    '"'
    """
    return unescape(text)


@fix(r"\\(?<!\\\\)[-.()!+]", signs="\\", is_layout=True)
def markdown_escape(text: str) -> str:
    r"""Drop the backslash that converters to Markdown put before a sign of print: `2016\-10\-01`, `1\.`, `\(ต่อ\)`.

    It is no damage, but numbers, days and brackets are to be found as they were printed. Signs that Markdown would then
    take for its own are left alone: stars, hashes, bars, underscores and square brackets.

    >>> markdown_escape("\\-")
    '-'
    """
    return text[1]


@fix(
    r"[^\s\\][ \t]*+(?:\\|(?i:<br ?/?>){1,3}+)(?=[ \t]*+[\r\n])",
    signs="\\<",
    hints=(r"\\[ \t]*+[\r\n]", r"<[Bb][Rr] ?/?>[ \t]*+[\r\n]"),
    is_layout=True,
)
def markdown_line_break(text: str) -> str:
    r"""Drop what converters to Markdown write at the end of a line that is to stay one: a backslash, or `<br>`.

    Inside a line and alone on one they are left alone.

    >>> markdown_line_break("น <br>")
    'น'
    """
    return text[0]


@fix(
    r"(?i:<br ?/?>)(?![ \t]*+(?:[-•]|\(?[0-9๐-๙]{1,2}+[.)]|(?:เป้าหมาย)?(?:เชิง|ด้าน)(?:ปริมาณ|คุณภาพ)))"
    r"(?=[^\r\n|]{0,300}+\|)",
    signs="<",
    hints=(r"<[Bb][Rr] ?/?>",),
    is_layout=True,
)
def markdown_cell_break(_text: str) -> str:
    """Write a blank where a cell of a Markdown table goes on in a new line; before an item of a list it is left alone.

    >>> markdown_cell_break("<br>")
    ' '
    """
    return " "


_TOPS = "".join(map(chr, range(0x0E48, 0x0E4D)))
_UPPER_VOWELS = "".join(map(chr, range(0x0E34, 0x0E38)))
_WINDOWS_GLYPHS = (  # U+F700 on: a letter without its tail, then marks moved left or down
    f"\N{THAI CHARACTER THO THAN}{_UPPER_VOWELS}{_TOPS}{_TOPS}\N{THAI CHARACTER YO YING}"
    f"\N{THAI CHARACTER MAI HAN-AKAT}{_NIKHAHIT}\N{THAI CHARACTER MAITAIKHU}{_TOPS}"
    "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER PHINTHU}"
)
_MAC_GLYPHS = (  # U+F884 on: each tone up left, down right, down left
    f"\N{THAI CHARACTER MAI HAN-AKAT}{_UPPER_VOWELS}\N{THAI CHARACTER MAITAIKHU}"
    f"{''.join(mark * 3 for mark in _TOPS)}{_NIKHAHIT}"
)
_PRIVATE_USE = dict(enumerate(_WINDOWS_GLYPHS, start=0xF700)) | dict(enumerate(_MAC_GLYPHS, start=0xF884))
_FOREIGN = "[\u0e81-\u0ecd\uf700-\uf899]"
"""Lao letters and private-use glyphs: one search tells of most texts that they have neither."""


@fix(
    r'(?<![^\t\r\n])"[^"\t]{1,1000}+"(?=\t)|(?<=\t)"[^"\t]{1,1000}+"(?=[\r\n]|\Z)',
    signs='"',
    hints=('\t"', '"\t'),
    is_layout=True,
)
def quoted_cell(text: str) -> str:
    r"""Drop the quotes that spreadsheets put around a cell with a comma or a line break in it, and the line breaks.

    >>> quoted_cell('"1,250.00"'), quoted_cell('"1) สำรวจ\n2) จัดซื้อ"')
    ('1,250.00', '1) สำรวจ 2) จัดซื้อ')
    """
    return " ".join(text[1:-1].split("\n"))


@fix(r"[\uf700-\uf71a\uf884-\uf899]", hints=(_FOREIGN,))
def private_use_glyph(text: str) -> str:
    r"""Read the private-use glyphs of old Windows and Mac Thai fonts, which PDF text layers keep.

    Other private-use code points are left alone: symbol fonts draw bullets there, subset fonts anything.

    >>> "หน" + private_use_glyph("\uf70a") + "วย"
    'หน่วย'
    """
    return text.translate(_PRIVATE_USE)


# Without the digits, for a number is no place for a likeness; without SO TAM, NYO and HO TAM, which are drawn like
# another Thai letter than the one in their place; without the code points that only a font's own key explains.
_LAO = (
    "\u0e81\u0e82\u0e84\u0e87\u0e88\u0e94-\u0e97\u0e99-\u0e9f\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa\u0eab\u0ead"
    "\u0eb0-\u0eb9\u0ec0-\u0ec4\u0ec8-\u0ecd"
)


@fix(f"[{_LAO}](?<=[{_THAI}].)(?=[{_THAI}])", hints=(_FOREIGN,))
def lao_inside_thai(text: str) -> str:
    r"""Write one Lao letter or vowel between two Thai ones as its Thai twin, 128 code points below; OCR mixes them.

    Lao words, however short, are left alone, and so are digits.

    >>> "ค" + lao_inside_thai("\N{LAO VOWEL SIGN A}") + "แนน"
    'คะแนน'
    """
    return chr(ord(text) - 0x80)


_LEVELS = re.compile(f"[{_VOWEL}{_NIKHAHIT}]"), re.compile(f"[{_TOP}{_YAMAKKAN}]")
_LIFTED_TONE = f"(?<=[{_CONSONANT}].)[{_TONE}]++(?![{_THAI}]|[{_BLANK}][{_MARK}])"


@fix(
    f"[{_CONSONANT}][{_MARK}]*+(?:[{_BLANK}](?!{_LIFTED_TONE})[{_MARK}]++(?:(?<={_NIKHAHIT}){_SARA_AM})?+)++",
    hints=tuple(f"{blank}[{_MARK}]" for blank in _BLANK),
)
def blank_before_mark(text: str) -> str:
    r"""Close a single blank in front of a mark, where the letter before it has no mark in that place; PDF text layers.

    Left alone: wider gaps and line breaks, marks that would be a letter's second tone or second vowel, and a tone by
    itself between blanks behind a bare consonant, for no word ends so: it was lifted out of a word elsewhere.

    >>> blank_before_mark("ณ " + "\N{THAI CHARACTER SARA II}")
    'ณี'
    >>> blank_before_mark("ที่ " + "\N{THAI CHARACTER MAI THO}") == "ที่ " + "\N{THAI CHARACTER MAI THO}"
    True
    """
    joined, *rest = re.split(f"([{_BLANK}])", text)
    while rest and _levels(joined).isdisjoint(_levels(rest[1])):
        joined, rest = joined + rest[1], rest[2:]
    return joined + "".join(rest)


def _levels(marks: str) -> set[int]:
    """The levels above a letter that the marks take: the vowel's, the one on top; the ring of a SARA AM takes none."""
    marks = marks.replace(f"{_NIKHAHIT}{_SARA_AM}", "")
    return {number for number, level in enumerate(_LEVELS) if level.search(marks)}


# Not behind a blank that stayed: without the ring the rest would fit on the letter before it, but is not its own.
@fix(
    f"[{_NIKHAHIT}{_TONE}](?<![{_BLANK}{_NIKHAHIT}{_TOP}{_YAMAKKAN}].)(?:(?<={_NIKHAHIT})|[{_TONE}]*+{_NIKHAHIT})"
    f"[{_NIKHAHIT}{_TONE}]*+[{_BLANK}]?{_SARA_AA}",
    signs=_NIKHAHIT,
)
def decomposed_sara_am(text: str) -> str:
    r"""Write NIKHAHIT and SARA AA as SARA AM, a tone on either side of the ring before it; typing and PDF text layers.

    A NIKHAHIT by itself is left alone, as Pali has it. Some documents print SARA AA so: the words tell, not the marks.

    >>> "น" + decomposed_sara_am("\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER SARA AA}")
    'น้ำ'
    """
    return text.rstrip(f"{_BLANK}{_SARA_AA}").replace(_NIKHAHIT, "") + _SARA_AM


_IN_PIECES = f"[{_SARA_AM}{_TONE}]{{0,9}}+{_SARA_AA}[{_SARA_AM}{_SARA_AA}{_TONE}]*+"


@fix(
    f"(?:(?<![{_BLANK}{_NIKHAHIT}]){_NIKHAHIT}++{_SARA_AM}(?:{_IN_PIECES}|[{_SARA_AM}{_TONE}]*+)|{_SARA_AM}(?<![{_BLANK}{_SARA_AM}].){_IN_PIECES})",
    hints=(f"{_NIKHAHIT}{_SARA_AM}", f"{_SARA_AM}[{_SARA_AM}{_TONE}]{{0,9}}+{_SARA_AA}"),
)
def sara_am_in_pieces(text: str) -> str:
    r"""Write SARA AM that has its ring once more before it, or its SARA AA once more behind it; no word has either.

    >>> "ก" + sara_am_in_pieces("\N{THAI CHARACTER SARA AM}\N{THAI CHARACTER SARA AA}") + "หนด"
    'กำหนด'
    """
    return re.sub(f"[^{_TONE}]", "", text) + _SARA_AM


@fix(f"{_SARA_AM}(?<![{_BLANK}{_SARA_AM}].){_SARA_AM}*+[{_TONE}][{_SARA_AM}{_TONE}]*+")
def tone_after_sara_am(text: str) -> str:
    r"""Put the tone before SARA AM, where it belongs though it is typed after it as often.

    >>> "ค" + tone_after_sara_am("\N{THAI CHARACTER SARA AM}\N{THAI CHARACTER MAI THO}") + "ประกัน"
    'ค้ำประกัน'
    """
    return text.replace(_SARA_AM, "") + _SARA_AM * text.count(_SARA_AM)


@fix(f"[{_TOP}](?![^{_TOP}{_VOWEL}])(?<![{_TOP}].)[{_TOP}]*+[{_VOWEL}][{_TOP}{_VOWEL}]*+")
def top_mark_before_vowel(text: str) -> str:
    r"""Put a vowel's mark before the tone or THANTHAKHAT on the same letter. NFC does not: upper vowels have no class.

    >>> "ต" + top_mark_before_vowel("\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI HAN-AKAT}") + "ง"
    'ตั้ง'
    """
    return re.sub(f"[{_TOP}]", "", text) + re.sub(f"[{_VOWEL}]", "", text)


def _several(marks: str) -> str:
    """The pattern of a mark more than once. It is tried at the first only, else a long run would be read from each."""
    return f"(?P<mark>[{marks}])(?=(?P=mark))(?<!(?P=mark)(?P=mark))(?P=mark)++"


_BEFORE_SARA_AA = f"(?=[{_BLANK}]?{_SARA_AA})"
_DOUBLED = f"{_several(_MARK + _SARA_AM)}(?!(?<=[{_TONE}]){_BEFORE_SARA_AA})"


@fix(_several(_TONE) + _BEFORE_SARA_AA, hints=(_DOUBLED,), line_shows=_DOUBLED)
def doubled_tone_before_sara_aa(text: str) -> str:
    r"""Keep one of a tone printed twice before SARA AA, on a line where other marks are printed twice too.

    On other lines the second tone may be the ring of a SARA AM, misread: left alone.

    >>> "เป" + doubled_tone_before_sara_aa("\N{THAI CHARACTER MAI THO}" * 2) + "าหมาย"
    'เป้าหมาย'
    """
    return text[0]


@fix(_DOUBLED, hints=(_DOUBLED,))
def doubled_mark(text: str) -> str:
    r"""Keep one of a mark or a SARA AM printed several times on a letter, also where a tone stood between them.

    Two different tones or vowels are left alone, for nothing says which is right; so are tones before SARA AA.

    >>> doubled_mark("\N{THAI CHARACTER SARA II}" * 2) == "\N{THAI CHARACTER SARA II}"
    True
    """
    return text[0]


@fix(f"เเ(?=[{_CONSONANT}])(?<!เเเ)")
def double_sara_e(_text: str) -> str:
    """Write two SARA E before a consonant as SARA AE, which looks the same. Three and more are left alone.

    >>> double_sara_e("เ" + "เ") + "ละ"
    'และ'
    """
    return "แ"


FIXES: tuple[Fix, ...] = tuple(_declared)
"""In the order they apply: what hides a neighbour first, then blanks, the order of marks, what is there twice."""
