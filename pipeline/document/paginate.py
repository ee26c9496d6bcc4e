"""Text to pages, with each line's role: what is furniture, and what an OCR engine wrote over and over."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from normalizers.digits import DIGIT
from normalizers.fuzzy_match import CLOSE, prefix_score
from normalizers.look_alikes import end_of, folded
from parsers import forms
from pipeline.document.lines import showing
from pipeline.model import Line, Page, Pages, Repaired, Role, Source

BLANK_LINES = 4
"""Line ends in a row that part two pages."""
LOOP_DISTANCE, LOOP_REPEATS = 2, 20
"""A line that comes back within so many lines, so many times in a row, is an OCR engine's loop."""

_LINE = re.compile(r"\S.*+")
"""A line where only line feeds end one: a dot, which stands for all else, is found far faster than a set."""
_GAP = re.compile(r"(?:\r?+\n[ \u00a0]*+){4}|(?:\r[ \u00a0]*+){4}")
"""Blank lines that part two pages; lines of a tab alone are empty cells of a table."""
_FORM_FEED = re.compile("\f")
_EMPTY_CELL = re.compile(r"\n *+\t[\t ]*+\r?+\n")
"""What only a word processor leaves, which has no pages: its blank lines stand behind tables and above signatures."""
_PAGE_NUMBER = re.compile(
    rf"[*_#>\s]*+(?:[-\u2013\u2014]\s*+{DIGIT}{{1,4}}+\s*+[-\u2013\u2014]"
    rf"|หน้า(?:ที่)?\s*+{DIGIT}{{1,4}}+(?:\s*+(?:/|จาก)\s*+{DIGIT}{{1,4}}+)?|Page\s*+{DIGIT}{{1,4}}+)[*_\s]*+"
)
"""A printed page number, whatever Markdown made of its line."""
_BEFORE_NUMBER = frozenset("-\u2013\u2014หP*_#>")
"""What a printed page number begins with."""
_FRAME = re.compile(r"[|+=:_\s-]*+")
_CATCHWORD = re.compile(r"(.*?)(?:[.]{2}|\u2026)[.\u2026]*+[*_\\]*+")
_NUMBERED = re.compile(DIGIT)
DOTS = ".\u2026*_"
"""What a catchword ends in: dots, perhaps in bold."""
CATCHWORD_LENGTH, SHORTEST_CATCHWORD, SHORTEST_NUMBERED = 60, 4, 2
"""Characters of the longest catchword, and letters of one too short to announce the very next line, or its number."""
TITLE_REMNANT = 12
"""A title is the whole line where no more than one letter in so many is left behind it."""
FIRST_LETTERS = 3
"""Letters that a catchword and the page it announces must share, so that few pages are compared."""
PIECE = 8
"""Letters of a title of which some piece must stand in a line undamaged before the line is compared with titles."""
_TITLE_FRAME = re.compile(r"[\s*\\_#|•–-]*+")
_SHORT = 32


def paginate(source: Source, repaired: Repaired) -> Pages:
    """Cut a document into pages: its own, or at form feeds, runs of blank lines and before each title of a form."""
    text = repaired.text
    lines = [_line(match) for match in _LINE.finditer(text.replace("\r", "\n").replace("\f", "\n"))]
    lines = _with_announcements(text, _with_loops(text, _with_titles(text, lines)))
    groups, edges = _own_pages(text, lines) if source.has_pages else _printed_pages(text, lines)
    groups = _with_catchwords(text, groups)
    pages = zip([0, *edges], [*edges, len(text)], groups, strict=True) if groups else ()
    return Pages(source, repaired, tuple(Page(n, a, b, tuple(group)) for n, (a, b, group) in enumerate(pages, 1)))


def _own_pages(text: str, lines: list[Line]) -> tuple[list[list[Line]], list[int]]:
    """The lines between form feeds, of an empty page none, and where all pages but the first begin."""
    edges = [found.end() for found in _FORM_FEED.finditer(text)]
    groups: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        groups[bisect_right(edges, line.start)].append(line)
    return groups, edges


def _printed_pages(text: str, lines: list[Line]) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page that the text shows, and where all pages but the first begin."""
    has_gaps = _EMPTY_CELL.search(text) is None
    starts = [0] + [
        i
        for i, ((_, end, role), (start, _, follows)) in enumerate(pairwise(lines), 1)
        if (start - end > 1 or text[end] == "\f" or role != "text" or follows != "text")
        and _parts(text, lines, i, has_gaps=has_gaps)
    ]
    groups = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)] if lines else []
    return groups, [group[0].start for group in groups[1:]]


def _line(match: re.Match[str]) -> Line:
    said = match.group().rstrip()
    start = match.start()
    role: Role = "text"
    if said[0] in _BEFORE_NUMBER and len(said) <= _SHORT and _PAGE_NUMBER.fullmatch(said):
        role = "page_number"
    elif said[0] in "|+=-" and len(said) > 3 and _FRAME.fullmatch(said):
        role = "frame"
    return Line(start, start + len(said), role)


def _with_titles(text: str, lines: list[Line]) -> list[Line]:
    """Mark the printed titles of forms; text that OCR ran on behind a title is a line of its own."""
    titles = tuple(title for form in forms() for title in form.titles)
    pieces = {title[i : i + PIECE] for title in titles for i in range(0, len(title) - PIECE, PIECE)}
    marked, done = list[Line](), 0
    for i in showing(text, lines, pieces):
        line = lines[i]
        said = text[line.start : line.end]
        if any(piece in said for piece in pieces) and (end := _title_end(said, titles)):
            marked += (*lines[done:i], Line(line.start, line.start + end, "title"))
            if rest := said[end:].strip():
                marked.append(Line(line.end - len(rest), line.end))
            done = i + 1
    return marked + lines[done:]


@lru_cache(maxsize=1024)
def _title_end(said: str, titles: tuple[str, ...]) -> int:
    """How much of a line is a form's title: all of it, or what its printed stars enclose; 0 where it is none."""
    frame = _TITLE_FRAME.match(said)
    start = frame.end() if frame else 0
    printed = folded(said[start : start + 2 * max(map(len, titles))])
    score, size, title = max((*prefix_score(printed, folded(title)), title) for title in titles)
    if score < CLOSE:
        return 0
    end = end_of(said, start, size)
    after = _TITLE_FRAME.match(said, end)
    stop = after.end() if after else end
    is_framed = "*" in said[end:stop] and "*" in said[:start]
    is_whole = len(said) - stop <= len(said) // TITLE_REMNANT and fuzz.ratio(printed, folded(title)) >= CLOSE
    return len(said) if is_whole else len(said[:stop].rstrip()) if is_framed else 0


def _with_loops(text: str, lines: list[Line]) -> list[Line]:
    """Mark the lines of a loop from its twentieth repeat on; they are left unclaimed, for they may be invented."""
    words = [text[start:end] for start, end, _ in lines]
    often = {said for said, times in Counter(words).items() if times > LOOP_REPEATS}
    last: dict[str, int] = {}
    chain: dict[str, int] = {}
    marked = list(lines)
    for i, said in enumerate(words) if often else ():
        if said in often:
            chain[said] = chain.get(said, 0) + 1 if i - last.get(said, -9) <= LOOP_DISTANCE else 0
            last[said] = i
            if chain[said] >= LOOP_REPEATS:
                marked[i] = lines[i]._replace(role="loop")
    return marked


def _parts(text: str, lines: list[Line], i: int, *, has_gaps: bool = True) -> bool:
    """Whether a page begins with line `i`; `has_gaps`: whether blank lines tell so."""
    before, here = lines[i - 1], lines[i]
    if here.role == "title" or before.role == "catchword":
        return True
    gap = text[before.end : here.start]
    return "\f" in gap or (has_gaps and len(gap) >= BLANK_LINES and _GAP.search(gap) is not None)


def _with_announcements(text: str, lines: list[Line]) -> list[Line]:
    """Mark each line that only announces the first words of the very next line: a page ended between the two."""
    marked = list(lines)
    for i in _breaking_off(text, lines):
        line, after = lines[i : i + 2]
        announced = _CATCHWORD.fullmatch(text[line.start : line.end])
        words = _catch(announced[1]) if announced else ""
        said = _catch(text[after.start : after.end])[: len(words)]
        shortest = SHORTEST_NUMBERED if _NUMBERED.match(words) else SHORTEST_CATCHWORD
        if len(words) > shortest and after.role == "text" and fuzz.ratio(words, said) >= CLOSE:
            marked[i] = line._replace(role="catchword")
    return marked


def _with_catchwords(text: str, groups: list[list[Line]]) -> list[list[Line]]:
    """Mark each line that only announces the first words of the next page."""
    flat = [line for group in groups for line in group]
    short = _breaking_off(text, flat)
    if not short:
        return groups
    heads: dict[str, set[str]] = {}
    for line in _page_heads(groups):
        head = _catch(text[line.start : line.end])[: 2 * CATCHWORD_LENGTH]
        for letters in _first_letters(head):
            heads.setdefault(letters, set()).add(head)
    found = {i for i in short if _is_catchword(text, flat, i, heads)}
    if not found:
        return groups
    marked = iter([line._replace(role="catchword") if i in found else line for i, line in enumerate(flat)])
    return [[next(marked) for _ in group] for group in groups]


def _page_heads(groups: list[list[Line]]) -> Iterator[Line]:
    """The first line of text of every page, also of one that only a printed page number parts from the one before."""
    for group in groups:
        is_head = True
        for line in group:
            if line.role == "text" and is_head:
                yield line
            is_head = line.role != "text" and (is_head or line.role == "page_number")


def _breaking_off(text: str, lines: Sequence[Line]) -> list[int]:
    """The places of the lines, but for the last, that are short and break off in dots."""
    return [
        i
        for i, (start, end, role) in enumerate(lines[:-1])
        if text[end - 1] in DOTS and end - start <= CATCHWORD_LENGTH and role == "text"
    ]


def _is_catchword(text: str, lines: list[Line], i: int, heads: Mapping[str, set[str]]) -> bool:
    """Whether a line at a page's foot breaks off in dots and some page, not always the next, begins with its words."""
    line = lines[i]
    announced = _CATCHWORD.fullmatch(text[line.start : line.end])
    if announced is None or not _ends_page(text, lines, i):
        return False
    words = _catch(announced[1])
    alike = set().union(*(heads.get(letters, ()) for letters in _first_letters(words)))
    return len(words) > 2 and any(fuzz.ratio(words, head[: len(words)]) >= CLOSE for head in alike)


def _ends_page(text: str, lines: list[Line], i: int) -> bool:
    return lines[i + 1].role in ("page_number", "title") or _parts(text, lines, i + 1)


def _catch(said: str) -> str:
    """A line as catchwords are compared: folded, without bullets and brackets, which engines lose first."""
    return folded(said).replace("(", "").replace(")", "").lstrip("-–•|□▪#*")


def _first_letters(words: str) -> tuple[str, str]:
    """Two ways to find words again though a letter of their beginning is damaged; the second says that it is one."""
    return words[:FIRST_LETTERS], " " + words[FIRST_LETTERS : 2 * FIRST_LETTERS]
