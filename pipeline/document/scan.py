"""Every declared phrase that a document prints, whole or damaged: found once, for all forms, by one index.

Later stages choose among the matches and compare no line with a phrase again. What a line begins with is found for all
lines in one pass; what stands elsewhere, behind a blank or before a separator, is found where a block is read.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import ceil
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import LCSseq
from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.fuzz import ratio

from normalizers.digits import ARABIC, DIGIT, THAI, arabic, roman
from normalizers.fuzzy_match import CLOSE, LEAST, MARGIN, SLACK, FoldedText, fold, folded, folded_pattern, prefix_score
from normalizers.text import bare_label, behind, trimmed, width
from parsers import UNKNOWN, Form, compiled, forms
from parsers.openers import PhraseRole
from parsers.phrases import LONGEST_PHRASE, Anchor, LikePhrase, Phrase, patterns_of, phrases_of
from pipeline.document.table_heads import blocks_of_tables
from pipeline.model import Pages, Span

PIECES = ((3, 16), (2, 9))
"""Letters in a row that a damaged phrase shares with the declared one, three or of a short one two, and in how many of
the first letters."""
LOT = 4
"""First letters that are searched together: a piece stands in the text about where it stands in the phrase."""
SHARED = (6, 9, 12)
"""Letters from which on a phrase is not short, and from which on it shares two such pieces, and three."""
LEADING = 10
"""First letters of a phrase in which such pieces are sought."""
ANYWHERE = 5
"""Letters of the shortest phrase that is known inside a line."""
SAME_NUMBER = 70.0
"""The least score at which letters begin with a heading: enough where its declared number stands before them."""
REMEMBERED = 4096
"""Stretches of which it is known what they begin with: copies, and reports on one form, print the same lines."""
BEGINNING = 4
"""First letters of a numbered label, or of a step's word, of which half must be right."""
FRONT, LONG_TITLE, LONG_COUNT = 400, 12, 10
"""First letters of a text in which an office's own title stands, and letters of one that is no other words, as of a
label that numbers blocks."""
LIKELY = 0.6
"""The share of the blocks that make a form known whose headings must stand undamaged, for others may be damaged."""

FULL_LINES, LONGEST_LINE = 3, 130
"""So many lines are full at least in a text that was wrapped, and the columns of the longest that was."""

Judged = TypeVar("Judged")

LineMark = Literal["number", "hash", "bold", "letter", "plain"]
"""What sets a line apart from the text around it, the surest first."""

_DECORATION = re.compile(r"[\s*_#>|\\•□■▪●○◆❖➢►»›✓✔☐☑☒–]*+(?:-[ \t]++)?+[\s*_#>|\\]*+")
_BEFORE_WORDS = f"{ARABIC}{THAI}#|>(),•□■–-"
"""What may stand before the words of a line, of what folding leaves."""
_ROW = re.compile(r"[|\t]|\S {3}")
_BRACKET = re.compile(r"\((?=[ก-ฮ])")
_NUMBER = re.compile(
    rf"(?:[(\[][ ]?)?({DIGIT}{{1,2}}+(?:\s?[.,]\s?{DIGIT}{{1,2}}+)*+)"
    rf"(?:[ \t]?+[.,)\]]++[\s*\\_]*+|[ \t*\\_]++|(?=[ก-ฮเ-ไ]))(?!{DIGIT})"
)
_PART = re.compile(rf"(?:ข้อ|ส่วน|หมวด|ตอน|กลุ่ม)(?:ที่?)?[ \t]*+(?=\(?{DIGIT})|[กขคงจฉชซ][.-](?={DIGIT}{{1,2}}[ \t])")
"""A word before a number: the part, or the point, that a heading begins."""
_ROMAN = re.compile(r"([IVX]{1,5}+)[.)][ \t*_]*+(?=[ก-ฮเ-ไ])")
LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณ"
"""The letters that number, in their order."""
_LETTERED = re.compile(
    rf"(?:\(?[{LETTERS}][.)]|(?:ข้อ|ส่วน|หมวด|ตอน)(?:ที่)?[ \t]?[{LETTERS}][.)]?+(?=[ \t]))[ \t*_]++(?=[ก-ฮเ-ไ])"
)
"""A number in Roman figures, and a letter in place of one."""
_SAID = re.compile(
    r"(?=[ก-ฮเ-ไ])(?:[^\s:：=|*(\n]| (?! )){4,80}+(?=[ \t]*+(?:[:：=|*]|\((?![0-9๐-๙]{1,2}\))|\t|\Z)| {2})"
)
"""What a line says before a separator, or at all."""
_REMARK = re.compile(r"[ \t]?\([^()\n0-9๐-๙]{1,30}\)")
"""What a heading says once more in brackets."""
_PERIOD = re.compile(r"(?<![ \t0-9๐-๙])[ \t]++(?:ประจำ|ใน|รอบ)?(?:ไตรมาส|ปี)|(?<!ประจำ)(?<!ราย)ไตรมาส")
"""What the period behind a heading begins with."""


class Match(NamedTuple):
    """A declared phrase that letters of the text begin or end with: where it stands, and how alike the letters are."""

    words: str
    """The phrase as it is compared."""
    start: int
    end: int
    score: float
    size: int
    """How many of the printed letters it takes."""


def best_match(matches: Iterable[Match], phrases: Collection[str]) -> Match | None:
    """The best of some matches, which come in that order, that is close to one of certain folded phrases."""
    return next((match for match in matches if match.words in phrases and match.score >= CLOSE), None)


class LineStart(NamedTuple):
    """What a line begins with: where its words begin behind marks and a number, and the phrases that they may be."""

    start: int
    end: int
    bare: int
    """Where the line begins without the marks and bullets before it."""
    words: int
    """Where its words begin, behind the number."""
    number: str
    """The number in Arabic digits, empty where there is none."""
    mark: LineMark
    letters: int
    """How many letters its words have."""
    matches: tuple[Match, ...]


UNDAMAGED, ALIKE, SHORTEST = 100.0, 99.5, 3
"""The least score of a phrase that counts only undamaged, and letters of the shortest."""
_LEAST: Mapping[PhraseRole, float] = {"heading": SAME_NUMBER, "common": UNDAMAGED}
"""The least score at which letters begin with a phrase, if not that of others."""


class PhraseIndex:
    """Folded phrases, made ready to be found in folded letters: at their start, at their end, or anywhere.

    A damaged phrase is a candidate where it shares pieces of two or three letters with the text; one scorer
    (`prefix_score`) then judges each candidate. Phrases of `CLOSE` are seldom lost by that: none with one wrong letter.
    """

    def __init__(
        self, phrases: Iterable[Phrase], within: "PhraseIndex | None" = None, like: Iterable[LikePhrase] = ()
    ) -> None:
        """Take phrases; where they are some of those of another index, that one is not made again.

        `like`: patterns of what says the same as some of them.
        """
        patterns = list(like)
        self._headings = _LikePhrases([one for one in patterns if one.role == "heading"])
        folded_words = [one._replace(pattern=folded_pattern(one.pattern)) for one in patterns]
        self._first_words = _LikePhrases([one for one in folded_words if one.role == "first_words"])
        self._words: dict[Anchor, dict[str, float]] = {anchor: {} for anchor in Anchor}
        for phrase in phrases:
            least = _LEAST.get(phrase.role, CLOSE - MARGIN)
            for anchor in phrase.anchor:
                known, words = self._words[anchor], folded(phrase.words)
                known[words] = min(known.get(words, least), least)
        self.heads = tuple(self._words[Anchor.WHOLE])
        self._anywhere = [words for words in self._words[Anchor.ANYWHERE] if len(words) >= ANYWHERE]
        self._within = within

    @cached_property
    def _starts(self) -> "_Known":
        words = self._words[Anchor.START]
        prefixes = self._within._starts.prefixes if self._within else _Prefixes(words)
        return _Known(prefixes, {one: one for one in words})

    @cached_property
    def _items(self) -> "_Known":
        words = self._words[Anchor.ITEM]
        prefixes = self._within._items.prefixes if self._within else _Prefixes(words)
        return _Known(prefixes, {one: one for one in words})

    @cached_property
    def _ends(self) -> "_Known":
        backwards = {one: one[::-1] for one in self._words[Anchor.END]}
        prefixes = self._within._ends.prefixes if self._within else _Prefixes(dict.fromkeys(backwards.values(), LEAST))
        return _Known(prefixes, backwards)

    def starting(
        self, letters: str, anchor: Anchor = Anchor.START, among: frozenset[str] | None = None
    ) -> tuple[tuple[str, float, int], ...]:
        """The phrases of an anchor, or some of them, that letters begin with: phrase, score, letters taken; the best
        first.
        """
        if anchor is not Anchor.START:
            return self._items.of(letters, among)
        found, begun = self._starts.of(letters, among), self._first_words.beginning(letters)
        like = [(one.key, ALIKE, end) for one, end in begun if among is None or one.key in among]
        return tuple(sorted([*found, *like], key=lambda one: (-one[1], -one[2]))) if like else found

    def whole_heading(self, said: str, declared: Collection[str]) -> Iterator[str]:
        """The keys of the headings that other words say, which are all that is said.

        `declared`: the phrases that are all of it too; a form that has one of them has no other words for it.
        """
        begun = self._headings.beginning(said, is_whole=True)
        return (one.key for one, _ in begun if one.declared.isdisjoint(declared))

    def goes_on(self, letters: str) -> bool:
        """Whether a phrase begins with some letters and has more, which the next line may say."""
        return any(words.startswith(letters) and len(words) > len(letters) for words in self._words[Anchor.START])

    def ending(self, letters: str, among: frozenset[str] | None = None) -> tuple[tuple[str, float, int], ...]:
        """The phrases that letters end with, as `starting` has those that they begin with."""
        found = self._ends.of(letters[::-1], among)
        return tuple((words[::-1], score, size) for words, score, size in found)

    def undamaged(self, letters: str) -> list[tuple[int, str]]:
        """Every phrase that stands whole anywhere in letters, and where; shorter ones inside longer ones too."""
        found = []
        for words in self._anywhere:
            here = letters.find(words)
            while here >= 0:
                found.append((here, words))
                here = letters.find(words, here + 1)
        return sorted(found, key=itemgetter(0))


class _LikePhrases:
    """Patterns of what says the same as some phrases; most text is none of them, which one pattern of all shows."""

    def __init__(self, phrases: Sequence[LikePhrase]) -> None:
        self._phrases = phrases

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return compiled("|".join(f"(?:{one.pattern})" for one in self._phrases) or r"(?!)")

    def beginning(self, text: str, *, is_whole: bool = False) -> list[tuple[LikePhrase, int]]:
        """Those that a text begins with, or is as a whole, each with where it ends."""
        if not (self._any.fullmatch(text) if is_whole else self._any.match(text)):
            return []
        patterns = ((one, compiled(one.pattern)) for one in self._phrases)
        found = ((one, pattern.fullmatch(text) if is_whole else pattern.match(text)) for one, pattern in patterns)
        return [(one, match.end()) for one, match in found if match]


class _Prefixes:
    """Phrases that letters may begin with."""

    def __init__(self, phrases: Mapping[str, float]) -> None:
        """Take phrases, each with the least score at which letters begin with it."""
        self._phrases: list[tuple[str, float, int, int]] = []
        self._numbers = {one: number for number, one in enumerate(phrases)}
        self._needed = [0, 0, 0]
        self._pieces = [dict[str, int]() for _ in range(0, PIECES[0][1], LOT)]
        self._whole: dict[str, list[tuple[int, str]]] = {}
        for number, (one, least) in enumerate(phrases.items()):
            if least >= UNDAMAGED:
                self._whole.setdefault(one[:SHORTEST], []).append((number, one))
            size, slack = len(one), min(SLACK, len(one) // 3)
            # The letters to compare, and how many of them must come in its order: fewer cannot score the least.
            self._phrases.append((one, least, size + slack, ceil(least * (2 * size - slack) / 200)))
            if least >= UNDAMAGED:
                continue
            piece = 3 if size >= SHARED[0] else 2
            lost = max(SLACK, size // 4)  # so many letters its start may lack
            self._needed[max(0, bisect_right(SHARED, size) - 1)] |= 1 << number
            for here in range(min(size - piece + 1, LEADING + lost)):
                letters = one[here : here + piece]
                for lot in self._pieces[max(0, here - lost) // LOT : (here + SLACK) // LOT + 1]:
                    lot[letters] = lot.get(letters, 0) | 1 << number
        self.of = lru_cache(maxsize=REMEMBERED)(self._of)

    def bits(self, phrases: Iterable[str]) -> int:
        """A bit for each of some of them."""
        return sum(1 << self._numbers[one] for one in phrases)

    def _of(self, letters: str, among: int) -> tuple[tuple[str, float, int], ...]:
        """Those of some of them that letters begin with: phrase, score, letters taken; the best first."""
        once = twice = thrice = 0  # a bit for each phrase that shares a piece with the letters, or two, or three
        for piece, last in PIECES:
            last = min(len(letters) - piece + 1, last)
            for lot, first in zip(self._pieces, range(0, last, LOT), strict=False):
                for here in range(first, min(first + LOT, last)):
                    if phrases := lot.get(letters[here : here + piece]):
                        thrice |= twice & phrases
                        twice |= once & phrases
                        once |= phrases
        candidates = among & (once & self._needed[0] | twice & self._needed[1] | thrice & self._needed[2])
        found = [
            (-UNDAMAGED, -len(phrase), phrase)
            for number, phrase in self._whole.get(letters[:SHORTEST], ())
            if among >> number & 1 and letters.startswith(phrase)
        ]
        while candidates:
            number = candidates.bit_length() - 1
            candidates ^= 1 << number
            phrase, least, size, in_order = self._phrases[number]
            if LCSseq.similarity(letters[:size], phrase, score_cutoff=in_order):
                score, taken = prefix_score(letters, phrase)
                if score >= least:
                    found.append((-score, -taken, phrase))
        return tuple([(phrase, -score, -taken) for score, taken, phrase in sorted(found)])


class _Known:
    """The phrases of one anchor that an index has, of those that its prefixes know."""

    def __init__(self, prefixes: _Prefixes, words: Mapping[str, str]) -> None:
        """Take folded phrases, each with the letters that its prefix has."""
        self.prefixes, self._words = prefixes, words
        self._bits: dict[frozenset[str] | None, int] = {None: prefixes.bits(words.values())}

    def of(self, letters: str, among: frozenset[str] | None) -> tuple[tuple[str, float, int], ...]:
        """Those, or some of them, that letters begin with."""
        if among is not None and among not in self._bits:
            self._bits[among] = self.prefixes.bits(self._words[one] for one in self._words.keys() & among)
        return self.prefixes.of(letters, self._bits[among])


@cache
def index_of(known: tuple[Form, ...]) -> PhraseIndex:
    """The index of the phrases of some forms, made once; of forms that are read always, part of that of all."""
    every = (*forms(), UNKNOWN)
    within = index_of(every) if known != every and set(known) <= set(every) else None
    phrases = (phrase for form in known for phrase in phrases_of(form))
    return PhraseIndex(phrases, within, [pattern for form in known for pattern in patterns_of(form)])


class Matches:
    """The declared phrases in one document; `lines`: what each line of text begins with, by where the line starts."""

    def __init__(self, pages: Pages, folded_text: FoldedText, index: PhraseIndex, shown: tuple[Form, ...] = ()) -> None:
        """Take a document, the index of the phrases that it may print, and the forms that have these."""
        self.pages, self.text, self.folded, self.shown = pages, pages.text, folded_text, shown
        self._judged: dict[tuple[object, str, int, int], Any] = {}
        self._index = index
        self._undamaged = [
            Match(words, *folded_text.span(first, first + len(words)), 100.0, len(words))
            for first, words in index.undamaged(folded_text.letters)
        ]
        self._undamaged_starts = [match.start for match in self._undamaged]
        self._text_lines = [(line.start, line.end) for page in pages.pages for line in page.text_lines]
        self.lines = {
            line.start: self.line_start(line.start, line.end)
            for page in pages.pages
            for line in page.lines
            if line.role in ("text", "title")
        }

    def judged(self, judge: "Callable[[Matches, LineStart, Form], Judged]", line: LineStart, form: Form) -> Judged:
        """What a rule says of a line of a form: asked once, for forms are told, and split, by the same lines."""
        key = (judge, form.name, line.start, line.end)
        if key not in self._judged:
            self._judged[key] = judge(self, line, form)
        verdict: Judged = self._judged[key]
        return verdict

    @cached_property
    def is_double_spaced(self) -> bool:
        """Whether blank lines stand between most lines, where they tell nothing."""
        lines = [line for page in self.pages.pages for line in page.text_lines]
        gaps = sum(self.text.count("\n", one.end, two.start) > 1 for one, two in pairwise(lines))
        return 2 * gaps > len(lines)

    @cached_property
    def has_plain_lines(self) -> bool:
        """Whether bold letters set lines apart: not where most lines are bold."""
        bold = sum(self.text.startswith("**", line.bare - 2) for line in self.lines.values())
        return 2 * bold < len(self.lines)

    def column(self, position: int) -> int:
        """The column of the page in which a character stands."""
        return width(self.text[self.text.rfind("\n", 0, position) + 1 : position])

    @cached_property
    def line_width(self) -> int:
        """The column in which a full line ends; a large number where no line was wrapped.

        Lines of tables tell nothing; of the others some of the longest are full.
        """
        ends = (end for start, end in self._text_lines if not _ROW.search(self.text, start, end))
        sizes = sorted(map(self.column, ends), reverse=True)[:FULL_LINES]
        return sizes[-1] if len(sizes) == FULL_LINES and sizes[-1] <= LONGEST_LINE else LONGEST_LINE * FULL_LINES

    def pieces(self, start: int, stop: int) -> Iterator[Span]:
        """The lines of text between two positions, or the parts of them, without blanks around them."""
        first = max(0, bisect_left(self._text_lines, (start,)) - 1)
        for line_start, line_end in self._text_lines[first : bisect_left(self._text_lines, (stop,))]:
            piece = trimmed(self.text, max(line_start, start), min(line_end, stop))
            if piece[0] < piece[1]:
                yield piece

    def starting_at(
        self,
        position: int,
        stop: int,
        anchor: Anchor = Anchor.START,
        *,
        within: FoldedText | None = None,
        among: frozenset[str] | None = None,
    ) -> tuple[Match, ...]:
        """The phrases, or some of them, that a stretch of the text, or of one made of its lines, begins with, the best
        first.
        """
        text = within or self.folded
        return self._starting_at(text, text.index(position), text.index(stop), anchor, among)

    def _starting_at(
        self, text: FoldedText, first: int, last: int, anchor: Anchor, among: frozenset[str] | None = None
    ) -> tuple[Match, ...]:
        found = self._index.starting(text.letters[first : min(last, first + LONGEST_PHRASE)], anchor, among)
        return tuple([Match(words, *text.span(first, first + size), score, size) for words, score, size in found])

    def ending_at(
        self, position: int, start: int, *, within: FoldedText, among: frozenset[str] | None = None
    ) -> tuple[Match, ...]:
        """The phrases that the stretch before a position ends with, the best first, in a text made of some lines."""
        last = within.index(position)
        letters = within.letters[max(within.index(start), last - LONGEST_PHRASE) : last]
        found = self._index.ending(letters, among)
        return tuple([Match(words, *within.span(last - size, last), score, size) for words, score, size in found])

    def undamaged(self, start: int, end: int) -> list[Match]:
        """The phrases that stand whole in a stretch of the text, though perhaps in look-alike letters."""
        first, last = bisect_left(self._undamaged_starts, start), bisect_left(self._undamaged_starts, end)
        return [match for match in self._undamaged[first:last] if match.end <= end]

    def whole(self, letters: str, phrases: tuple[str, ...], least: float) -> tuple[str, float] | None:
        """The phrase that letters as a whole come closest to, and how close; None where none is close."""
        found = process.extractOne(letters, phrases, scorer=ratio, score_cutoff=least)
        return (found[0], found[1]) if found else None

    def shortened(self, line: LineStart, words: str) -> Match | None:
        """A phrase of which a line prints only the first words."""
        first, last = self.folded.index(line.words), self.folded.index(line.end)
        score = ratio(self.folded.letters[first:last], words[: last - first])
        return Match(words, *self.folded.span(first, last), score, last - first) if score >= LEAST else None

    def begins_alike(self, position: int, words: str) -> bool:
        """Whether half of a phrase's first letters stand at a position: a sentence about it begins with others."""
        first, beginning = self.folded.index(position), words[:BEGINNING]
        return distance(self.folded.letters[first : first + len(beginning)], beginning) <= BEGINNING // 2

    def line_start(self, start: int, end: int) -> LineStart:
        """What a line, or the rest of one, begins with."""
        text = self.text
        bare = behind(_DECORATION, text, start, end)
        numbered = _NUMBER.match(text, behind(_PART, text, bare, end), end)
        number = arabic("".join(numbered[1].replace(",", ".").split())) if numbered else ""
        words = numbered.end() if numbered else bare
        if not numbered and (numbered := _ROMAN.match(text, bare, end)):
            number, words = str(roman(numbered[1])), numbered.end()
        lettered = None if numbered else _LETTERED.match(text, bare, end)
        words = behind(_BRACKET, text, lettered.end() if lettered else words, end)
        before = text[start:bare]
        mark: LineMark = "number" if number else "hash" if "#" in before else "bold" if "**" in before else "plain"
        mark = "letter" if lettered and mark == "plain" else mark
        first, last = self.folded.index(words), self.folded.index(end)
        found = self._starting_at(self.folded, first, last, Anchor.START)
        if like := self._like_headings(words, end, found):
            found = tuple(sorted((*found, *like), key=lambda match: (-match.score, -match.size)))
        return LineStart(start, end, bare, words, number, mark, last - first, found)

    def _like_headings(self, start: int, end: int, found: Iterable[Match]) -> list[Match]:
        """The headings that other words say before a separator, or on the whole of a line, where none is declared."""
        said = _SAID.match(self.text, start, end)
        if said is None:
            return []
        period = _PERIOD.search(self.text, start, said.end())
        start, stop = trimmed(self.text, start, period.start() if period else said.end())
        remark = _REMARK.match(self.text, stop, end)
        last = remark.end() if remark else stop
        words, size = bare_label(self.text[start:stop]), self.folded.index(last) - self.folded.index(start)
        declared = [one.words for one in found if one.end >= stop and one.score >= UNDAMAGED]
        headings = list(self._index.whole_heading(words, declared)) if words else []
        if headings and self._index.goes_on(self.folded.between(start, stop)):
            return []
        return [Match(one, start, last, UNDAMAGED, size) for one in headings]


def scan(pages: Pages) -> Matches:
    """Find the declared phrases in a document, of forms of which enough stands undamaged."""
    folded_text = FoldedText(pages.text)
    has_title = any(line.role == "title" for page in pages.pages for line in page.lines)
    titled = tuple(form for form in forms() if has_title and form.titles)
    words = (pages.text, folded_text.letters)
    shown = tuple(form for form in forms() if form in titled or _is_shown(form, *words, titled))
    return Matches(pages, folded_text, index_of((*shown, UNKNOWN)), shown)


def prints_heading(text: str) -> bool:
    """Whether a line begins with a heading of some form, which is undamaged as phrases are compared."""
    return any(fold(line).lstrip(_BEFORE_WORDS).startswith(_headings()) for line in text.splitlines())


@cache
def _headings() -> tuple[str, ...]:
    roles = ("title", "heading", "numbered", "sentence", "name")
    every = (phrase for form in (*forms(), UNKNOWN) for phrase in phrases_of(form))
    return tuple({folded(phrase.words): None for phrase in every if phrase.role in roles})


def _is_shown(form: Form, text: str, letters: str, titled: tuple[Form, ...]) -> bool:
    """Whether a text has enough headings of a form, those aside that forms with a title print, or a table of its.

    Or a long label that numbers its blocks, more than once.
    """
    blocks, others = _heading_words(form).values(), _printed_words(titled)
    like = (folded_pattern(one.pattern) for one in patterns_of(form) if one.role == "first_words")
    if any(compiled(pattern).search(letters[:FRONT]) for pattern in like):
        return True
    if any(letters.count(label) > 1 for label in _long_counts(form)):
        return True
    shown = sum(any(one in letters and one not in others for one in words) for words in blocks)
    if any(words in letters[:FRONT] and words not in others for words in _own_titles(form)):
        return True
    return shown >= LIKELY * form.least_blocks * len(blocks) or bool(blocks_of_tables(text.splitlines(), form))


@cache
def _long_counts(form: Form) -> frozenset[str]:
    """The long labels that number blocks, folded."""
    found = (folded(phrase.words) for phrase in phrases_of(form) if phrase.role == "numbered")
    return frozenset(words for words in found if len(words) >= LONG_COUNT)


@cache
def _own_titles(form: Form) -> frozenset[str]:
    """The long first words of values, as of titles that offices print, folded."""
    first = (folded(phrase.words) for phrase in phrases_of(form) if phrase.role == "first_words")
    return frozenset(words for words in first if len(words) >= LONG_TITLE)


@cache
def _printed_words(known: tuple[Form, ...]) -> str:
    """All words that forms print, folded, those of blocks aside that stand with other forms too."""
    shared = {(form.name, block.name) for form in known for block in form.blocks if block.is_attached}
    phrases = (phrase for form in known for phrase in phrases_of(form))
    return "\n".join(folded(phrase.words) for phrase in phrases if (phrase.form, phrase.owner) not in shared)


@cache
def _heading_words(form: Form) -> dict[str, set[str]]:
    """The headings of each block of its own, folded, without those that stand in a text by chance."""
    found: dict[str, set[str]] = {}
    own = {block.name for block in form.blocks if not block.is_attached}
    for phrase in phrases_of(form):
        if phrase.owner in own and phrase.role in ("heading", "common", "numbered", "sentence"):
            words = found.setdefault(phrase.owner, set())
            words |= {folded(phrase.words)} if len(folded(phrase.words)) >= ANYWHERE else set()
    return found
