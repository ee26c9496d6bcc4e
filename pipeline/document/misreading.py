"""How much of a document was misread, by the words that its form prints: of them, we know how they are spelt."""

from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from normalizers.fuzzy_match import CLOSE, folded
from parsers import UNKNOWN, forms
from parsers.phrases import phrases_of
from pipeline.document.scan import REMEMBERED, Matches

SHORTEST = 6
"""Letters of a phrase from which on a slip in it is no other word."""
SHORTEST_WORD = 3
"""So many wrong letters in a row are rather another word."""
LETTERS_A_SLIP = 6
"""A phrase with more than one slip in so many letters is rather another wording."""


def misreading(matches: Matches) -> float:
    """The share of letters that are wrong in the declared phrases that the lines of a document begin with."""
    letters = wrong = 0
    for line in matches.lines.values():
        first = line.matches[0] if line.matches else None
        if first and first.score >= CLOSE and first.size >= SHORTEST:
            raw = matches.text[first.start : first.end]
            letters += len(raw)
            wrong += slips(raw, first.words)
    return wrong / letters if letters else 0.0


@lru_cache(maxsize=REMEMBERED)
def slips(raw: str, words: str) -> int:
    """How many letters of a phrase are wrong that stands for folded words; 0 where it is rather other words.

    Engines misread letters anywhere; where the first or the last ones differ, the office may have worded it so.

    >>> words = folded("วัตถุประสงค์")
    >>> slips("วัตถุปะรสงค์", words), slips("**วัตถุประสงค์ :", words), slips("วัตถุประสงค์ที่", words)
    (2, 0, 0)
    """
    letters, spellings = _bare(raw), _spellings().get(words, {raw})  # other words that say the same are as they are
    edits = min((Levenshtein.editops(letters, _bare(one)) for one in spellings), key=len)
    is_inside = all(0 < edit.src_pos < len(letters) - 1 for edit in edits)
    places = [edit.src_pos for edit in edits]
    is_word = len(places) >= SHORTEST_WORD and places[-1] - places[0] < len(places)
    is_few = len(edits) * LETTERS_A_SLIP <= max(len(letters), LETTERS_A_SLIP)
    return len(edits) if is_inside and is_few and not is_word else 0


@cache
def _spellings() -> dict[str, set[str]]:
    """What is declared, by its folded letters."""
    spellings: dict[str, set[str]] = {}
    for form in (*forms(), UNKNOWN):
        for phrase in phrases_of(form):
            spellings.setdefault(folded(phrase.words), set()).add(phrase.words)
    return spellings


def _bare(text: str) -> str:
    """A text without blanks, and without emphasis and colons around it."""
    return "".join(text.split()).strip("*.:")
