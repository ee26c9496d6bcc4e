"""Text to pages, with each line's role: what is furniture, and what an OCR engine wrote over and over."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise

from rapidfuzz import fuzz

from normalizers.digits import ANY_DIGIT, ARABIC, DIGIT, THAI, whole
from normalizers.fuzzy_match import CLOSE, end_of, folded, prefix_score
from parsers import forms
from parsers.openers import PhraseRole
from parsers.phrases import phrases_of
from pipeline.model import LineRole, Page, PageLine, Pages, Repaired, Source

BLANK_LINES = 4
"""Line ends in a row that part two pages."""
LOOP_DISTANCE, LOOP_REPEATS = 2, 20
"""A line that comes back within so many lines, so many times in a row, is an OCR engine's loop."""

_LINE = re.compile(r"\S.*+")
"""A line where only line feeds end one: a dot, which stands for all else, is found far faster than a set."""
_GAP = re.compile(r"(?:\r?+\n[ \u00a0]*+){4}|(?:\r[ \u00a0]*+){4}")
"""Blank lines that part two pages; lines of a tab alone are empty cells of a table."""
_SIGNED = re.compile(
    r"(?m)^[ \t*|]*+\(?(?:ลงชื่อ|ลงนาม|ลายมือชื่อ)|ผู้(?:อนุมัติ|เสนอ|เห็นชอบ)โครงการ[ \t*]*+$"
    r"|^[ \t]*+\((?:นาย|นาง)[^\n)]{4,40}+\)"
)
"""A line of a signature."""
_OF_LETTER = re.compile(r"(?m)^[ \t*]*+เรียน[ \t*]")
"""To whom a letter is, whose signature stands above the report."""
BELOW_SIGNATURE, LINES_OF_LETTER = 8, 25
"""Lines behind a signature in which another report may begin, and of the longest letter."""
_FORM_FEED = re.compile("\f")
_EMPTY_CELL = re.compile(r"\n *+\t[\t ]*+\r?+\n")
"""What only a word processor leaves, which has no pages: its blank lines stand behind tables and above signatures."""
_PAGE_NUMBER = re.compile(
    rf"[*_#>\s]*+(?:[-\u2013\u2014]\s*+{DIGIT}{{1,4}}+\s*+[-\u2013\u2014]"
    rf"|หน้า(?:ที่)?[\s|]*+{DIGIT}{{1,4}}+(?:\s*+(?:/|จาก|ของ)\s*+{DIGIT}{{1,4}}+)?|Page\s*+{DIGIT}{{1,4}}+|<page_number>[^<>\n]{{1,20}}</page_number>|<!--[^<>\n]{{0,20}}?{DIGIT}{{1,4}}+[^<>\n]{{0,20}}?-->)[*_\s]*+"
)
"""A printed page number, whatever Markdown made of its line."""
_PAGE_ALONE = re.compile(
    rf"[*_#\s]*+(?:[-\u2013\u2014(]\s*+|หน้า(?:ที่)?[\s|]*+|Page\s*+)?+({DIGIT}{{1,3}}+)"
    rf"(?:\s*+(?:/|จาก|ของ)\s*+{DIGIT}{{1,4}}+)?+\s*+[-\u2013\u2014)]?[*_\s]*+"
)
"""A page's number alone on its line, also a bare one."""
_PAGE_OF = re.compile(rf"หน้า(?:ที่)?\s*+{DIGIT}{{1,4}}+(?!{DIGIT})|{DIGIT}{{1,3}}+\s?/\s?{DIGIT}{{1,3}}+[*_\s]*+\Z")
"""A page's number among other words."""
_NUMBER = rf"{DIGIT}{{1,4}}+(?!{DIGIT})"
_PAGES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"หน้า(?:ที่)?\s*+{_NUMBER}(?:\s*+(?:/|จาก|ของ)\s*+{_NUMBER})?+",
        rf"แผ่น(?:ที่)?\s*+{_NUMBER}(?:\s*+(?:/|จาก|ของ)\s*+{_NUMBER})?+(?=[\]) \t\r*_]*+$)",
        rf"Page\s{_NUMBER}\sof\s{_NUMBER}",
        rf"   {_NUMBER} ?/ ?{_NUMBER}(?=[ \t\r*_]*+$)",
    )
)
"""A page's number as it stands among other words of a line."""
_PAGE_AT_RIGHT = re.compile(rf"\S(?: {{8,}}+|[ ]*+\t[ \t]*+)(?:หน้า(?:ที่)?|แผ่นที่|Page)\s?{DIGIT}")
"""A page's number on the right of a line."""
_LAST_NUMBER = re.compile(rf"(?<!{DIGIT})({DIGIT}{{1,3}}+)(?:[ \t]*+(?:/|จาก)[ \t]*+{DIGIT}{{1,3}}+)?[ \t*_-]*+\Z")
LONGEST_NUMBER = 5
_NUMBER_ALONE = re.compile(rf"[\[({{]?({DIGIT}{{1,3}}+)[\])}}]?")
FAR = " " * 12
"""What parts a bare page number on the right from the words of its line."""
_BARE_NUMBER = re.compile(rf"(?<=\S) {{12,}}+(?:[-–] ?)?+({DIGIT}{{1,3}})(?: ?[-–])?+(?=[ \t\r*]*+$)", re.MULTILINE)
_RUNNING = re.compile(rf"\S {{8,}}\S|พิมพ์(?:เมื่อ|วันที่|เมื่อวันที่)?\s*+{DIGIT}")
"""What the head or foot of a page looks like: words on its left and right, or the day of the print."""
_PARTED = re.compile(r"\t++| {8,}+| \| ?|\|")
"""What parts two cells of a line."""
_FIGURES = re.compile(rf"{DIGIT}[0-9๐-๙,.]{{3,}}+")
"""Figures longer than a page's number, which lines that come back have the same."""
_OF_ROWS: tuple[PhraseRole, ...] = ("label", "table_head", "choice", "sub_head", "numbered", "step", "total")
"""What the first cells of rows are, which are no running heads."""
LONGEST_RUNNING = 160
"""Characters of the longest line with a page's number."""
_NUMBERED = "\0"
"""What marks the words of a line that has a page's number."""
_BEFORE_HEADING = f"{ARABIC}{THAI}#|>(),•□■–-"
UNLIKE = {False: 50, True: 80}
"""How alike the words of two pages are at most that are no copies of one, however damaged; more where the head or foot
looks like one, for pages of one form have much in common."""
EDGE_LINES, BESIDE, LEAST_PAGES, SHORTEST_RUNNING = 2, 12, 3, 10
"""Lines of a running head or foot; lines beside it by which pages differ; how many such pages there must be, one fewer
with the page's number; and its letters."""
SHORTEST_BESIDE = 4
"""Letters of a line that comes back right behind such a head."""
_BEFORE_NUMBER = frozenset("-\u2013\u2014หP*_#><")
"""What a printed page number begins with."""
_HEAD_OF_LABELS = re.compile(
    r"\|[ \t*]*+(?:รายการ|หัวข้อ|ประเด็น|ข้อมูล|เรื่อง|ระดับ)[ \t*]*+\|[ \t*]*+(?:รายละเอียด|ข้อมูล|เนื้อหา|สาระ|คำอธิบาย)[ \t*]*+\|"
)
"""What stands above labels and their values, and says no more than that."""
_FRAME = re.compile(r"(?:\*\*)?[|+=:_\s-]++(?:\*\*)?|(?:\*[ \t]*+){4,}+")
_CATCHWORD = re.compile(r"(.*?)(?:[.]{2}|\u2026)[.\u2026]*+[*_\\]*+")
DOTS = ".\u2026*_"
"""What a catchword ends in: dots, perhaps in bold."""
CATCHWORD_LENGTH, SHORTEST_CATCHWORD, SHORTEST_NUMBERED = 60, 4, 2
"""Characters of the longest catchword, and letters of one too short to announce the very next line, or its number."""
TITLE_REMNANT = 12
"""A title is the whole line where no more than one letter in so many is left behind it."""
SHARE_OF_TITLE = 0.5
"""A running title says more than a heading that it begins with: so much of it at most is the heading."""
LONG_TITLE = 12
"""Letters of the first words of a title."""
FIRST_LETTERS = 3
"""Letters that a catchword and the page it announces must share, so that few pages are compared."""
PIECE = 8
"""Letters of a title of which some piece must stand in a line undamaged before the line is compared with titles."""
LOST = 8
"""Characters that a title may have lost before such a piece."""
_SMALL_LETTERS = re.compile("[a-z]++")
LONGEST_STRAY = 3
"""Small letters in a row that a speck looks like."""
_SHORT_LATIN = re.compile("(?<![A-Za-z])(?!x(?![a-z]))[a-z]{1,3}+(?![A-Za-z])")
_SAYS_SOMETHING = re.compile(f"[ก-\N{THAI CHARACTER THANTHAKHAT}]{{3}}|[A-Za-z]{{4}}|[A-Z]{{2}}|{DIGIT}{{2}}")
"""What a line of stray marks lacks: three letters of a Thai word, four of another, an abbreviation, a number."""
_THAI_LETTER = re.compile("[ก-ฮ]")
_CELLS = re.compile(r" {3,}+|[|\t][|\t ]*+")
LONGEST_TITLE = 200
"""Characters in which a title ends, and its frame."""
_TITLE_FRAME = re.compile(r"[\s*\\_#|•–-]*+")
_REMARK = re.compile(r"\([^()\n]{1,30}\)[\s*]*+")
"""What may stand behind a title: which of several reports it is."""
_SHORT = 32


def paginate(source: Source, repaired: Repaired) -> Pages:
    """Cut a document into pages: its own, or at form feeds, runs of blank lines and before each title of a form."""
    text = repaired.text
    lines = [_line(match) for match in _LINE.finditer(text.replace("\r", "\n").replace("\f", "\n"))]
    lines = _with_announcements(text, _with_stray_marks(text, _with_loops(text, _with_titles(text, lines))))
    if source.has_pages:
        edges = [found.end() for found in _FORM_FEED.finditer(text)]
    else:
        edges = _printed_edges(text, lines)
    starts = [line.start for line in lines]
    firsts = [0, *(bisect_left(starts, edge) for edge in edges)]
    lines = _with_running_lines(text, _with_counted_pages(text, lines, firsts), firsts)
    lines = _with_page_lines(text, lines, firsts)
    lines = _with_catchwords(text, lines, set(firsts))
    parts = zip([0, *edges], [*edges, len(text)], firsts, [*firsts[1:], len(lines)], strict=True)
    pages = [
        Page(number, start, end, tuple(lines[first:behind]))
        for number, (start, end, first, behind) in enumerate(parts, 1)
    ]
    return Pages(source, repaired, tuple(pages) if lines or source.has_pages else ())


def _line(match: re.Match[str]) -> PageLine:
    bare, start = match.group().rstrip(), match.start()
    role: LineRole = "text"
    if bare[0] in _BEFORE_NUMBER and len(bare) <= _SHORT and _PAGE_NUMBER.fullmatch(bare):
        role = "page_number"
    elif bare[0] in "|+=-*" and len(bare) > 3 and (_FRAME.fullmatch(bare) or _HEAD_OF_LABELS.fullmatch(bare)):
        role = "frame"
    elif bare.lstrip("*_ ").startswith("พิมพ์") and len(bare) <= LONGEST_RUNNING and _PAGE_OF.search(bare):
        role = "running"  # when it was printed, and which page it is
    return PageLine(start, start + len(bare), role)


@cache
def _titles() -> tuple[tuple[str, ...], dict[str, int], re.Pattern[str]]:
    """The titles of all forms, pieces of them with the places where these first stand, and a pattern for the pieces."""
    titles = tuple(title for form in forms() for title in form.titles)
    pieces: dict[str, int] = {}
    for title in titles:
        for i in range(0, len(title) - PIECE, PIECE):
            pieces[title[i : i + PIECE]] = min(i, pieces.get(title[i : i + PIECE], i))
    return titles, pieces, re.compile("|".join(map(re.escape, pieces)) or r"(?!)")


def _with_titles(text: str, lines: list[PageLine]) -> list[PageLine]:
    """Mark the printed titles of forms; text that OCR ran on behind a title is a line of its own."""
    titles, pieces, pattern = _titles()
    ends = [line.end for line in lines]
    marked, done = list[PageLine](), 0
    for match in pattern.finditer(text):
        i = bisect_right(ends, match.start())
        line = lines[i]
        start, end = _cell_around(text, line, match.start())
        behind = match.start() - start - pieces[match[0]]  # further to the left it is another line's
        if i >= done and -LOST <= behind <= LONGEST_TITLE and (size := _title_size(text[start:end], titles)):
            front = len(text[line.start : start].rstrip())
            before = [PageLine(line.start, line.start + front, "running")] if front else []
            marked += (*lines[done:i], *before, PageLine(start, start + size, "title"))
            if rest := text[start + size : line.end].strip():
                role: LineRole = "running" if before and any(pattern.search(rest) for pattern in _PAGES) else "text"
                marked.append(PageLine(line.end - len(rest), line.end, role))
            done = i + 1
    return marked + lines[done:]


def _cell_around(text: str, line: PageLine, position: int) -> tuple[int, int]:
    """The cell of a line that a position is in, all of the line where nothing parts cells."""
    first, last = max(line.start, position - LONGEST_TITLE), min(line.end, position + LONGEST_TITLE)
    start = max((gap.end() for gap in _CELLS.finditer(text, first, position)), default=line.start)
    gap = _CELLS.search(text, position, last)
    return start, gap.start() if gap else line.end


@lru_cache(maxsize=1024)
def _title_size(line: str, titles: tuple[str, ...]) -> int:
    """How much of a line is a form's title: all of it, or what its printed stars enclose; 0 where it is none."""
    frame = _TITLE_FRAME.match(line)
    start = frame.end() if frame else 0
    printed = folded(line[start : start + 2 * max(map(len, titles))])
    score, size, title = max((*prefix_score(printed, folded(title)), title) for title in titles)
    if score < CLOSE:
        return 0
    end = end_of(line, start, size)
    after = _TITLE_FRAME.match(line, end)
    stop = after.end() if after else end
    if _REMARK.fullmatch(line, stop):
        return len(line)
    is_framed = "*" in line[end:stop] and "*" in line[:start]
    is_whole = len(line) - stop <= len(line) // TITLE_REMNANT and fuzz.ratio(printed, folded(title)) >= CLOSE
    return len(line) if is_whole else len(line[:stop].rstrip()) if is_framed else 0


def _with_loops(text: str, lines: list[PageLine]) -> list[PageLine]:
    """Mark the lines of a loop from its twentieth repeat on; they are left unclaimed, for they may be invented."""
    words = [text[start:end] for start, end, _ in lines]
    often = {printed for printed, times in Counter(words).items() if times > LOOP_REPEATS}
    last: dict[str, int] = {}
    chain: dict[str, int] = {}
    marked = list(lines)
    for i, printed in enumerate(words) if often else ():
        if printed in often:
            chain[printed] = chain.get(printed, 0) + 1 if i - last.get(printed, -9) <= LOOP_DISTANCE else 0
            last[printed] = i
            if chain[printed] >= LOOP_REPEATS:
                marked[i] = lines[i]._replace(role="loop")
    return marked


def _with_stray_marks(text: str, lines: list[PageLine]) -> list[PageLine]:
    """Mark the lines that an engine made of stamps and specks: "v la veo %ะ๕ ฆ". They are left unclaimed."""
    starts = [line.start for line in lines]
    short = (match.start() for match in _SMALL_LETTERS.finditer(text) if match.end() - match.start() <= LONGEST_STRAY)
    found = {bisect_right(starts, start) - 1 for start in short}
    stray = {i for i in found if lines[i].role == "text" and _is_stray(text[lines[i].start : lines[i].end])}
    return [line._replace(role="stray") if i in stray else line for i, line in enumerate(lines)] if stray else lines


def _is_stray(line: str) -> bool:
    """Whether short runs of small letters stand among lone Thai ones, or several alone, and nothing says anything."""
    runs = set(_SHORT_LATIN.findall(line))
    if not runs or len(line.split()) < 2 or _SAYS_SOMETHING.search(line):
        return False
    is_latin_alone = len(runs) > 1 and max(map(len, runs)) > 1 and not ANY_DIGIT.search(line)
    return is_latin_alone or _THAI_LETTER.search(line) is not None


def _with_announcements(text: str, lines: list[PageLine]) -> list[PageLine]:
    """Mark each line that only announces the first words of the very next line: a page ended between the two."""
    marked = list(lines)
    for i, words in _announced(text, lines):
        after = lines[i + 1]
        shortest = SHORTEST_NUMBERED if ANY_DIGIT.match(words) else SHORTEST_CATCHWORD
        below = _catch(text[after.start : after.end])
        follows = below[: len(words)]
        is_longer = len(below) > len(words) + shortest and not (ANY_DIGIT.match(words) and ANY_DIGIT.match(below))
        is_heading = is_longer and words.lstrip(_BEFORE_HEADING) in _beginnings("heading", "common")
        if len(words) > shortest and after.role == "text" and not is_heading and fuzz.ratio(words, follows) >= CLOSE:
            marked[i] = lines[i]._replace(role="catchword")
    return marked


def _announced(text: str, lines: Sequence[PageLine]) -> Iterator[tuple[int, str]]:
    """The lines, but for the last, that are short and break off in dots, and the words that they announce."""
    for i, (start, end, role) in enumerate(lines[:-1]):
        is_short = text[end - 1] in DOTS and end - start <= CATCHWORD_LENGTH and role == "text"
        if is_short and (announced := _CATCHWORD.fullmatch(text, start, end)):
            yield i, _catch(announced[1])


def _printed_edges(text: str, lines: list[PageLine]) -> list[int]:
    """Where all pages but the first begin, as the text shows: at titles, behind catchwords and at wide gaps.

    So they do at the printed numbers that count the pages; a gap before such a number is none where it is a foot.
    """
    counted = _counted_edges(text, lines)
    feet = {before.start for before, line in pairwise(lines) if before.role == "page_number" and line.start in counted}
    has_gaps = _EMPTY_CELL.search(text) is None
    counted += _headed_edges(text, lines) + _signed_edges(text, lines)
    return sorted({*counted, *(edge for edge in _parted_edges(text, lines, has_gaps=has_gaps) if edge not in feet)})


def _counted_edges(text: str, lines: Sequence[PageLine]) -> list[int]:
    """Where pages begin whose numbers stand alone on lines and go up by one: below their feet, or at their heads.

    They begin anew where a report is printed again in the file.
    The lines that stand above all numbers are heads too; so is a number with more blank lines above it than below.
    """
    places = [i for i, line in enumerate(lines) if line.role == "page_number"]
    numbers = [whole(found[1]) if (found := _PAGE_ALONE.fullmatch(text, *lines[i][:2])) else None for i in places]
    anew = [*(place for place, number in enumerate(numbers) if number == 1), len(numbers)]
    if (
        len(numbers) < 2
        or anew[0]
        or any(numbers[one:two] != list(range(1, two - one + 1)) or two - one < 2 for one, two in pairwise(anew))
    ):
        return []
    if places[-1] >= len(lines) - EDGE_LINES:
        return [lines[i + 1].start for i in places[:-1]]
    above = [[folded(text[slice(*line[:2])]) for line in lines[max(0, i - EDGE_LINES) : i]] for i in places]
    size = next((size for size in range(EDGE_LINES, 0, -1) if len({tuple(one[-size:]) for one in above}) == 1), 0)
    edges = [0, *(edge for line in lines for edge in line[:2]), len(text)]
    before, behind = (
        sum(text.count("\n", edges[2 * i + far], edges[2 * i + far + 1]) for i in places) for far in (0, 2)
    )
    if size or places[0] <= EDGE_LINES or before > behind:
        return [lines[i - size].start for i in places if i > size]
    return [lines[i + 1].start for i in places if i + 1 < len(lines)]


def _headed_edges(text: str, lines: Sequence[PageLine]) -> list[int]:
    """Where pages begin whose number stands on the right of a running head, the document's first line or last.

    They count from one; where a report is printed again in the file, they begin anew.
    """
    for outermost, further in ((0, 0), (-1, 1)):
        words = _numbered_words(text, lines[outermost]) if lines else ""
        places = [i for i, line in enumerate(lines if words else ()) if _is_like(_numbered_words(text, line), words)]
        numbers = [_number_at_right(text, lines[i]) for i in places]
        steps = all(two in (1, (one or 0) + 1) for one, two in pairwise(numbers))
        if len(places) > 1 and numbers[0] == 1 and steps:
            return [lines[i + further].start for i in places[1 - further : len(places) - further]]
    return []


def _signed_edges(text: str, lines: Sequence[PageLine]) -> list[int]:
    """Where a title stands behind blank lines not far below a signature, and another title above: another report."""
    if _SIGNED.search(text) is None:
        return []
    titles = tuple(words for words in _beginnings("first_words", "title") if len(words) >= LONG_TITLE)
    titled = [
        i
        for i, line in enumerate(lines)
        if line.role == "title" or folded(text[line.start : line.end]).lstrip(_BEFORE_HEADING).startswith(titles)
    ]
    found = (i for i in titled[1:] if text.count("\n", lines[i - 1].end, lines[i].start) > 1)
    return [
        lines[i].start
        for i in found
        if _SIGNED.search(text, _start_behind_feed(text, lines, i), lines[i].start)
        and not _OF_LETTER.search(text, lines[max(0, i - LINES_OF_LETTER)].start, lines[i].start)
    ]


def _start_behind_feed(text: str, lines: Sequence[PageLine], i: int) -> int:
    """Where the few lines above a line begin, those of a page before it left out."""
    start = lines[max(0, i - BELOW_SIGNATURE)].start
    return max(start, text.rfind("\f", start, lines[i].start))


def _is_like(one: str, other: str) -> bool:
    return one == other or (bool(one) and fuzz.ratio(one, other) >= CLOSE)


def _numbered_words(text: str, line: PageLine) -> str:
    """The words of a line with a page's number on its right, without figures; nothing for other lines."""
    if line.role != "text" or line.end - line.start > LONGEST_RUNNING or not _PAGE_AT_RIGHT.search(text, *line[:2]):
        return ""
    return ANY_DIGIT.sub("", folded(text[line.start : line.end]))


def _number_at_right(text: str, line: PageLine) -> int | None:
    """The last number of a line, or of two with a stroke between them the first."""
    found = _LAST_NUMBER.search(text, *line[:2])
    return whole(found[1]) if found else None


def _parted_edges(text: str, lines: Sequence[PageLine], *, has_gaps: bool) -> list[int]:
    return [
        line.start
        for before, line in pairwise(lines)
        if line.role == "title"
        or before.role == "catchword"
        or _is_wide(text[before.end : line.start], has_gaps=has_gaps)
    ]


def _is_wide(gap: str, *, has_gaps: bool = True) -> bool:
    """Whether what stands between two lines parts pages; `has_gaps`: whether blank lines do."""
    return "\f" in gap or (has_gaps and len(gap) >= BLANK_LINES and _GAP.search(gap) is not None)


def _with_running_lines(text: str, lines: list[PageLine], firsts: Sequence[int]) -> list[PageLine]:
    """Mark what comes back at the heads or feet of pages: a page's number among other words, or words of most pages.

    Copies of a page begin alike too, so the line beside must differ. A heading that a form declares is none.
    """
    marked = list(lines)
    ranges = list(pairwise([*firsts, len(lines)]))
    for edge in (0, -1) * EDGE_LINES if len(ranges) > 1 else ():
        found: dict[str, list[tuple[int, range]]] = {}
        for first, behind in ranges:
            inward = range(first, behind) if edge == 0 else range(behind - 1, first - 1, -1)
            if (outermost := next((i for i in inward if marked[i].role == "text"), None)) is not None:
                has_number = any(marked[i].role == "page_number" for i in (outermost - 1, outermost + 1) if i in inward)
                if words := _running_words(text, lines[outermost], has_number=has_number):
                    found.setdefault(words, []).append((outermost, inward))
        for words, places in found.items():
            beside = [_beside(text, marked, inward) for _, inward in places] if places[1:] else []
            if _is_running(words, beside, len(ranges)) and _stand_only_at(text, lines, [i for i, _ in places]):
                titles = (i for i in range(places[0][0] + 1) if _is_title(text, lines[i])) if edge == 0 else ()
                for i, _ in places[next(iter(titles), -1) == places[0][0] :]:
                    marked[i] = marked[i]._replace(role="running")
    return marked


def _with_counted_pages(text: str, lines: list[PageLine], firsts: Sequence[int]) -> list[PageLine]:
    """Mark the numbers alone on their lines that count the pages, and the words with which all pages begin or end.

    Where the numbers go up from page to page none stands there twice, so that what begins alike is a running head.
    """
    edges = {1: sorted({first - 1 for first in firsts[1:]} | {len(lines) - 1}), 0: sorted({0, *firsts})}
    for is_foot, places in edges.items() if len(firsts) > 1 else ():
        printed = [(i, _PAGE_ALONE.fullmatch(text, *lines[i][:2])) for i in places if i < len(lines)]
        numbers = {i: whole(number[1]) or 0 for i, number in printed if number}
        if len(numbers) > 1 and all(two == one + 1 for one, two in pairwise(numbers.values())):
            marked = list(lines)
            for i in numbers:
                marked[i] = lines[i]._replace(role="page_number")
            pages = [
                range(*pair)
                for pair in pairwise([0] * is_foot + [i + is_foot for i in numbers] + [len(lines)])
                if pair[0] < pair[1]
            ]
            for i in (i for side in (1, -1) for i in _alike_at(text, marked, [page[::side] for page in pages])):
                marked[i] = lines[i]._replace(role="running")
            return marked
    return lines


def _alike_at(text: str, lines: Sequence[PageLine], pages: Sequence[range]) -> list[int]:
    """The first lines of text of all pages, where they say the same; the report's title is kept once."""
    first = [i for page in pages for i in islice((i for i in page if lines[i].role == "text"), 1)]
    words = {_running_words(text, lines[i], has_number=True) for i in first}
    if len(words) > 1 or len(first) < len(pages) or "" in words:
        return []
    is_title = words.pop().lstrip(_BEFORE_HEADING).startswith(_beginnings("first_words"))
    return first[is_title:]


def _with_page_lines(text: str, lines: list[PageLine], firsts: Sequence[int]) -> list[PageLine]:
    """Mark lines with the page's number among the same words, wherever they come back: no page was cut there.

    So are lines that come back behind them, or head the document; and at the edges of pages, a line with the number on
    its right, even where it does not come back.
    """
    edges = {edge for first in firsts for edge in range(first - EDGE_LINES, first + EDGE_LINES)}
    found: dict[str, list[int]] = {}
    numbers: dict[int, str] = {}
    known = set[int]()
    starts = [line.start for line in lines]
    for number in (number for pattern in _PAGES for number in pattern.finditer(text)):
        i = bisect_right(starts, number.start()) - 1
        start, end, role = lines[i]
        is_word = number[0][0] == " " or not "ก" <= text[number.start() - 1 : number.start()] <= "๛"  # no "ก้าวหน้าที่ 2"
        is_line = is_word and number.end() <= end and end - start <= LONGEST_RUNNING
        if role == "running" and is_line:
            known.add(i)
            numbers[i] = number[0].strip()
        elif role == "text" and is_line:
            words = ANY_DIGIT.sub("", folded(text[start : number.start()] + text[number.end() : end]))
            found.setdefault(words, []).append(i)
            numbers[i] = number[0].strip()
    known |= _numbered_on(text, lines) | _beside_numbers(text, lines) | _in_two_parts(text, lines)
    known |= _above_numbers(text, lines)
    known |= {
        i
        for words, places in found.items()
        if len(places) > 1
        and (
            len(words) >= SHORTEST_RUNNING
            or all(_PAGE_AT_RIGHT.search(text, *lines[i][:2]) for i in places)
            or _count_pages([numbers[i] for i in places])
        )
        for i in places
    }
    at_edges = (i for places in found.values() for i in places if i in edges)
    known |= {i for i in at_edges if _PAGE_AT_RIGHT.search(text, lines[i].start, lines[i].end)}
    return _with_lines_beside(text, lines, known, numbers) if known or _has_page_number(lines) else lines


def _has_page_number(lines: Sequence[PageLine]) -> bool:
    return any(line.role == "page_number" for line in lines)


def _count_pages(numbers: Sequence[str]) -> bool:
    """Whether numbers count pages, all of which they name: "1/4", "2/4"."""
    pairs = [[whole(part.strip()) or 0 for part in number.split("/")] for number in numbers]
    total, counts = {pair[-1] for pair in pairs if len(pair) > 1}, {pair[0] for pair in pairs}
    return len(total) == 1 and len(counts) > 1 and counts <= set(range(1, 1 + max(total)))


def _with_lines_beside(text: str, lines: list[PageLine], known: set[int], numbers: Mapping[int, str]) -> list[PageLine]:
    """Mark some lines as running heads, and the lines behind them that come back on pages of other `numbers`."""
    beside: dict[str, list[int]] = {}
    titles = _beginnings("first_words")
    alone = {i: text[line.start : line.end].strip() for i, line in enumerate(lines) if line.role == "page_number"}
    numbers = alone | dict(numbers)
    for i in sorted({0, *(i + 1 for i in known | alone.keys())} - known - alone.keys()):
        if i < len(lines) and lines[i].role == "text":
            words = _running_words(
                text, lines[i], has_number=True, shortest=SHORTEST_BESIDE if i - 1 in numbers else None
            )
            is_title = words.lstrip(_BEFORE_HEADING).startswith(titles)
            if words and (is_title or i == 0 or i - 1 in known):  # a page that stands there twice begins alike too
                beside.setdefault(words, []).append(i)
    running = set(known)
    for words, places in beside.items():
        is_title = words.lstrip(_BEFORE_HEADING).startswith(titles)
        is_same_page = len({numbers.get(i - 1, str(i)) for i in places}) < len(places)
        is_cover = 0 in places and 2 * len(places) < len(alone)  # that of a copy
        running |= set(places[is_title:]) if len(places) > 1 and not (is_same_page or is_cover) else set()
    return [line._replace(role="running") if i in running else line for i, line in enumerate(lines)]


def _in_two_parts(text: str, lines: Sequence[PageLine]) -> set[int]:
    """The lines that come back, apart from rows of tables, and say a long thing left and another right."""
    found: dict[str, list[int]] = {}
    for i, (start, end, role) in enumerate(lines):
        if role == "text" and end - start <= LONGEST_RUNNING and len(list(_PARTED.finditer(text, start, end))) == 1:
            words, figures = folded(text[start:end]), _FIGURES.findall(text, start, end)
            same = (one for one, places in found.items() if figures == _FIGURES.findall(text, *lines[places[0]][:2]))
            alike = (one for one in same if fuzz.ratio(one, words) >= CLOSE)
            found.setdefault(words if words in found else next(alike, words), []).append(i)
    known: set[int] = set()
    for places in found.values():
        first = folded(_PARTED.split(text[slice(*lines[places[0]][:2])].strip())[0])
        of_rows = (one for one in _beginnings(*_OF_ROWS) if 2 * len(one) > len(first) and first.startswith(one))
        if len(places) > 1 and len(first) >= 2 * SHORTEST_RUNNING and not any(of_rows):
            pairs = (pair for i in places for pair in ((i - 1, i), (i, i + 1)) if pair[0] >= 0 and pair[1] < len(lines))
            adjoining = ((one, two) for one, two in pairs if text.count("\n", lines[one].end, lines[two].start) == 1)
            beside = {near for pair in adjoining for near in pair} - set(places)
            known |= set() if any(_PARTED.search(text, *lines[near][:2]) for near in beside) else set(places)
    return known


def _numbered_on(text: str, lines: Sequence[PageLine]) -> set[int]:
    """The lines of the same words with a bare number far behind them on the right, which counts them."""
    found: dict[str, list[tuple[int, int]]] = {}
    starts = [line.start for line in lines]
    for number in _BARE_NUMBER.finditer(text) if FAR in text else ():
        i = bisect_right(starts, number.start()) - 1
        words = folded(text[lines[i].start : number.start()])
        if lines[i].role == "text" and len(words) >= SHORTEST_RUNNING:
            found.setdefault(words, []).append((i, whole(number[1]) or 0))
    steps = ((places, {two[1] - one[1] for one, two in pairwise(places)}) for places in found.values())
    return {i for places, by in steps if 1 in by <= {0, 1} for i, _ in places}  # a page may stand there twice


def _beside_numbers(text: str, lines: Sequence[PageLine]) -> set[int]:
    """The lines of nothing but a number that counts the pages, with the same words above each, or below each."""
    short = ((i, line) for i, line in enumerate(lines) if line.end - line.start <= LONGEST_NUMBER)
    printed = ((i, _NUMBER_ALONE.fullmatch(text, line.start, line.end)) for i, line in short)
    alone = {i: whole(number[1]) or 0 for i, number in printed if number}
    marked: set[int] = set()
    for step in (-1, 1):
        found: dict[str, list[int]] = {}
        for i in (i for i in alone if 0 <= i + step < len(lines) and lines[i + step].role == "text"):
            words = folded(text[lines[i + step].start : lines[i + step].end])
            if len(words) >= SHORTEST_RUNNING:
                found.setdefault(words, []).append(i)
        for places in found.values():
            if len(places) > 1 and all(alone[two] == alone[one] + 1 for one, two in pairwise(places)):
                marked |= {place for i in places for place in (i, i + step)}
    return marked


def _above_numbers(text: str, lines: Sequence[PageLine]) -> set[int]:
    """The lines that come back, each right above a line of another page's number; the document's first is its head.

    One that stands elsewhere too is what the report says again and again.
    """
    found: dict[str, list[int]] = {}
    for i, (line, below) in enumerate(pairwise(lines[1:]), 1):
        if below.role == "page_number" and line.role == "text":
            words = _running_words(text, line, has_number=True)
            found.setdefault(words, []).append(i)
    numbers = {words: {text[slice(*lines[i + 1][:2])] for i in places} for words, places in found.items() if words}
    known = [places for words, places in found.items() if len(numbers.get(words, ())) == len(places) > 1]
    return {i for places in known if _stand_only_at(text, lines, places) for i in places}


def _stand_only_at(text: str, lines: Sequence[PageLine], places: Sequence[int]) -> bool:
    """Whether no other line says what the lines at some places do, to the letter."""
    printed = {text[lines[i].start : lines[i].end] for i in places}
    return sum(text[line.start : line.end] in printed for line in lines) <= len(places)


def _is_running(words: str, beside: Sequence[str], pages: int) -> bool:
    """Whether words stand at an edge of enough pages, other lines being beside them on some."""
    others, is_numbered = list[str](), words.endswith(_NUMBERED)
    for other in beside:
        if all(fuzz.ratio(other, one) < UNLIKE[is_numbered] for one in others):
            others.append(other)
    return len(others) >= LEAST_PAGES - is_numbered and (is_numbered or 2 * len(beside) > pages)


def _beside(text: str, lines: Sequence[PageLine], inward: range) -> str:
    """The words of the lines of text beside the outermost one of a page."""
    beside = islice((lines[i] for i in inward if lines[i].role == "text"), 1, 1 + BESIDE)
    return "".join(folded(text[line.start : line.end]) for line in beside)


def _is_title(text: str, line: PageLine) -> bool:
    """Whether a line begins as the titles do that offices print, and has no page's number."""
    titles = tuple(words for words in _beginnings("first_words") if len(words) >= LONG_TITLE)
    printed = text[line.start : line.end]
    return folded(printed).lstrip(_BEFORE_HEADING).startswith(titles) and not _PAGE_OF.search(printed)


def _running_words(text: str, line: PageLine, *, has_number: bool, shortest: int | None = None) -> str:
    """The words of a line that may stand on every page, without the numbers where it has the page's; else nothing.

    `has_number`: whether the page's number stands on a line beside it, which what looks like a head need not have.
    `shortest`: the letters that it must have where such a line is a head itself; it may then begin as a heading does.
    """
    printed = text[line.start : line.end]
    words = folded(printed)
    if len(words) < (shortest or SHORTEST_RUNNING):
        return ""
    is_shaped = _RUNNING.search(printed) is not None
    roles: tuple[PhraseRole, ...] = ("label",) if is_shaped else ("heading", "common", "label")
    bare = words.lstrip(_BEFORE_HEADING)
    begun = (one for one in _beginnings_with(bare[:FIRST_LETTERS], *roles) if bare.startswith(one))
    longest = max(map(len, begun), default=0)
    is_other = longest < SHARE_OF_TITLE * len(bare) and (shortest or bare.startswith(_beginnings("first_words")))
    if longest and not is_other:
        return ""
    if _PAGE_OF.search(printed):
        return ANY_DIGIT.sub("", words) + _NUMBERED
    return words + _NUMBERED if has_number or is_shaped else words


@cache
def _beginnings(*roles: PhraseRole) -> tuple[str, ...]:
    """What lines of forms begin with, folded; titles aside."""
    return tuple({folded(one.words) for form in forms() for one in phrases_of(form) if one.role in roles})


@cache
def _beginnings_with(letters: str, *roles: PhraseRole) -> tuple[str, ...]:
    """Those that begin with some letters, or are no longer."""
    return tuple(one for one in _beginnings(*roles) if one.startswith(letters) or letters.startswith(one))


def _with_catchwords(text: str, lines: list[PageLine], firsts: set[int]) -> list[PageLine]:
    """Mark each line at a page's foot that breaks off in dots where some page, not always the next, begins so."""
    announced = list(_announced(text, lines))
    if not announced:
        return lines
    heads: dict[str, set[str]] = {}
    for line in _page_heads(lines, firsts):
        head = _catch(text[line.start : line.end])[: 2 * CATCHWORD_LENGTH]
        for letters in _first_letters(head):
            heads.setdefault(letters, set()).add(head)
    marked = list(lines)
    for i, words in announced:
        after = lines[i + 1]
        is_foot = after.role in ("page_number", "title") or _is_wide(text[lines[i].end : after.start])
        alike = set().union(*(heads.get(letters, ()) for letters in _first_letters(words)))
        if is_foot and len(words) > 2 and any(fuzz.ratio(words, head[: len(words)]) >= CLOSE for head in alike):
            marked[i] = lines[i]._replace(role="catchword")
    return marked


def _page_heads(lines: Sequence[PageLine], firsts: set[int]) -> Iterator[PageLine]:
    """The first line of text of every page, also of one that only a printed page number parts from the one before."""
    is_head = False
    for number, line in enumerate(lines):
        is_head = is_head or number in firsts
        if line.role == "text" and is_head:
            yield line
        is_head = line.role != "text" and (is_head or line.role == "page_number")


def _catch(line: str) -> str:
    """A line as catchwords are compared: folded, without bullets and brackets, which engines lose first."""
    return folded(line).replace("(", "").replace(")", "").lstrip("-–•|□▪#*/")


def _first_letters(words: str) -> tuple[str, str]:
    """Two ways to find words again though a letter of their beginning is damaged; the second says that it is one."""
    return words[:FIRST_LETTERS], " " + words[FIRST_LETTERS : 2 * FIRST_LETTERS]
