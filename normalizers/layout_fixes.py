"""The fixes for what exporters and converters put around and between sound words, in the order they apply."""

import re
from html import unescape

from normalizers.fix import Fix, Fixes

_fixes = Fixes()
fix = _fixes.fix


# Joiners spell words in Arabic and Indic scripts and build emoji, so behind those they are sound.
_JOINED_SCRIPTS = "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"


_NO_WIDTH = "\u200b\u200c\u200d\u00ad\u2060\ufeff"


@fix(rf"[{_NO_WIDTH}](?<![{_JOINED_SCRIPTS}][\u200c\u200d])", signs=_NO_WIDTH)
def zero_width(_found: str) -> str:
    r"""Drop zero-width spaces and joiners, byte order marks and soft hyphens; exporters put them between Thai words.

    Joiners that other scripts need are left alone.

    >>> zero_width("\N{ZERO WIDTH SPACE}")
    ''
    """
    return ""


_NAMED = (
    r"</?(?i:a|b|big|center|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u)(?:[ \t][^<>\n]{0,200}+)?+/?>"
)
_BLANK = "&(?:nbsp|ensp|emsp);"
_TAG = f"(?:{_NAMED}|{_BLANK})"


@fix(
    rf"{_TAG}++(?: *+{_TAG})*+ *+[^\s<]{_TAG}*+|[^\s<](?:[ \t]*+{_TAG})++",
    signs="<&",
    hints=(_NAMED, _BLANK),
    is_layout=True,
)
def html_tag(found: str) -> str:
    """Drop the tags of HTML that some engines put around words; blanks behind words stay, those before them go.

    Tags of tables are left alone, and what stands alone on a line or before a tab.

    >>> html_tag("<u>ก</u>"), html_tag('ข</span> <span lang="th">'), html_tag("&nbsp;ค")
    ('ก', 'ข ', 'ค')
    """
    return re.sub(_TAG, lambda tag: " " * tag[0].startswith("&"), found).lstrip()


@fix("&(?:quot|apos|#39);", signs="&", is_layout=True)
def html_quote(found: str) -> str:
    """Write the quotes that stand in HTML's words as themselves.

    >>> html_quote("&quot;")
    '"'
    """
    return unescape(found)


@fix(r"\\(?<!\\\\)[-.()!+]", signs="\\", is_layout=True)
def markdown_escape(found: str) -> str:
    r"""Drop the backslash that converters to Markdown put before a sign of print: `2016\-10\-01`, `1\.`, `\(ต่อ\)`.

    It is no damage, but numbers, days and brackets are to be found as they were printed. Signs that Markdown would then
    take for its own are left alone: stars, hashes, bars, underscores and square brackets.

    >>> markdown_escape("\\-")
    '-'
    """
    return found[1]


@fix(
    r"[^\s\\][ \t]*+(?:\\|(?i:<br ?/?>){1,3}+)(?=[ \t]*+[\r\n])",
    signs="\\<",
    hints=(r"\\[ \t]*+[\r\n]", r"<[Bb][Rr] ?/?>[ \t]*+[\r\n]"),
    is_layout=True,
)
def markdown_line_break(found: str) -> str:
    r"""Drop what converters to Markdown write at the end of a line that is to stay one: a backslash, or `<br>`.

    Inside a line and alone on one they are left alone.

    >>> markdown_line_break("น <br>")
    'น'
    """
    return found[0]


LAYOUT_FIXES: tuple[Fix, ...] = tuple(_fixes)
"""What has no width goes first, for it hides a neighbour."""
