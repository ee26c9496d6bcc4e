"""Choose between readings of a damaged stretch: the one that words of the lexicon cover, if there is exactly one.

A stretch is a lattice: its letters as printed, and candidates of what may have stood there instead. Its reading is the path
through it with the fewest characters outside words; of those the one with the fewest words, then the fewest candidates.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from normalizers.lexicon import BEGINNING, WORD, Beginning, beginnings, is_common, is_rare

_OUTSIDE = frozenset(map(chr, (*range(128), ord("\N{NO-BREAK SPACE}"))))
"""What is no part of a word, and nothing that words must cover."""
_LONG = 6
"""Characters of a word that vouches for itself; a shorter one needs words around it, for it fits by chance."""
_MEAN = 3
"""Characters of a word in a line, on average; more and shorter words would be found in anything."""
_RARE_COUNTS = 3
"""As how many words a rare one counts: it stands for what is printed only in need, and for a changed reading never."""
NEAR, FAR, LINE, ALONE = 2, 6, 99, 100
"""How many pieces around a changed word must be words; in a line, all up to the blanks,
and words that are in use; alone, one long word must be all of the line."""


class Candidate(NamedTuple):
    """What may have stood in a span, how many words that reading must save, and how far words must stand around it."""

    start: int
    end: int
    text: str
    cost: int = 0
    around: int = NEAR


_Step = tuple[str, int, int | None]
"""One path on from a node of the lattice: the character, the node behind it, the number of the candidate that begins so.

No character where an candidate drops what was printed.
"""
_Steps = Sequence[Sequence[_Step]]
"""The steps from each node of the lattice."""


_Piece = tuple[int, str, str | None, int, tuple[int, ...]]
"""A word, or a character outside of words: the node where it ends, how it reads, what of that is covered, as how many
words it counts, and the candidates that it takes."""


class _Path(NamedTuple):
    """The best path to a node and its last piece; `disputed` are candidates about which an equally good path differs."""

    cost: tuple[int, int, int]
    before: "_Path | None"
    covered: str | None
    read: str
    taken: tuple[int, ...]
    all_taken: tuple[int, ...]
    disputed: frozenset[int]


class _Line(NamedTuple):
    """What stands between two blanks: how many pieces, how many characters, whether all are words in use."""

    pieces: int
    size: int
    is_in_use: bool


@lru_cache(maxsize=1 << 12)
def resolve(stretch: str, candidates: tuple[Candidate, ...]) -> tuple[int, ...]:
    """The numbers of the candidates that are resolve: words stand there and around, and no other reading is as good.

    Remembered, for what is damaged once is printed in every copy and in many reports on the form.

    >>> resolve("สานักงาน", (Candidate(1, 2, "ำ"), Candidate(6, 7, "ำ")))
    (0,)
    >>> resolve("นามาแสดง", (Candidate(1, 2, "ำ"), Candidate(3, 4, "ำ")))
    ()
    """
    main = _nodes(stretch, candidates)
    steps = _lattice(stretch, candidates, main)
    may_resolve = _may_be_words(stretch, candidates, steps) and _may_take(stretch, candidates, main, steps)
    return _settled(_best_path(steps, candidates), candidates) if may_resolve else ()


def _may_be_words(stretch: str, candidates: Sequence[Candidate], steps: _Steps) -> bool:
    """Whether words reach the end of the stretch, where it is one line and each candidate asks for nothing but words."""
    if any(candidate.around < LINE or not candidate.text for candidate in candidates) or not _OUTSIDE.isdisjoint(
        stretch
    ):
        return True
    reached = {0}
    for node in range(len(steps) - 1):
        if node in reached:
            reached.update([piece[0] for piece in _words_from(node, steps)])
    return len(steps) - 1 in reached


def _may_take(stretch: str, candidates: Sequence[Candidate], main: Sequence[int], steps: _Steps) -> bool:
    """Whether any candidate can be resolve at all; of most it is soon known that no word in use takes one.

    A character that is dropped needs no word, unless it is a blank, which costs nothing where it stands.
    """
    if any(not candidate.text and stretch[candidate.start : candidate.end] not in _OUTSIDE for candidate in candidates):
        return True
    root, offered = beginnings(), {candidate.start: steps[main[candidate.start]][1:] for candidate in candidates}
    last = max(offered, default=-1)
    for start in range(last + 1):
        place, beginning = start, root
        while place <= last:
            if place in offered and _may_end(beginning, offered[place], steps):
                return True
            printed = beginning[stretch[place]]
            if printed is None:
                break
            place, beginning = place + 1, printed
    return False


def _may_end(beginning: Beginning, onward: Sequence[_Step], steps: _Steps) -> bool:
    """Whether a word in use may end behind one of some steps or farther on."""
    paths = [(beginning, onward)]
    for known, here in paths:
        for letter, there, _ in here:
            longer = known[letter] if letter else known
            if longer is not None and longer.text:
                if letter and _is_in_use(longer):
                    return True
                paths.append((longer, steps[there]))
    return False


def _settled(end: _Path, candidates: Sequence[Candidate]) -> tuple[int, ...]:
    """The candidates that the best path takes, and that nothing speaks against."""
    pieces = _pieces(end)
    lines = _lines(pieces)
    kept, refused = set[int](), set(end.disputed)
    for place, path in enumerate(pieces):
        if path.taken:
            around = max(candidates[number].around for number in path.taken)
            is_certain = _stands_in(lines[place], around) if around >= LINE else _stands_among(pieces, place, around)
            (kept if is_certain and path.covered is not None else refused).update(path.taken)
    return tuple(sorted(kept - refused))


def _stands_among(pieces: Sequence[_Path], place: int, around: int) -> bool:
    """Whether the piece is a long word, or only words stand around it."""
    if around == NEAR and len(pieces[place].covered or "") >= _LONG:
        return True
    return all(piece.covered is not None for piece in pieces[max(0, place - around) : place + around + 1])


def _stands_in(line: _Line, around: int) -> bool:
    """Whether the piece's line consists of words in use, or is a single long word."""
    return line.is_in_use if around == LINE else line.pieces == 1 and line.size >= _LONG


def _lines(pieces: Sequence[_Path]) -> list[_Line]:
    """For each piece its line, the pieces between two blanks; a blank, or what is dropped, is a line of its own."""
    lines = list[_Line]()
    for is_blank, group in groupby((piece.covered for piece in pieces), key=lambda covered: covered == ""):
        words = list(group)
        size = sum(len(word or " ") for word in words)
        is_in_use = not is_blank and size >= _MEAN * len(words) and all(word and is_common(word) for word in words)
        lines += [_Line(len(words), size, is_in_use)] * len(words)
    return lines


def _pieces(path: _Path) -> list[_Path]:
    """The words and the characters between them, from the path's beginning on."""
    pieces = list[_Path]()
    while path.before is not None:
        pieces.append(path)
        path = path.before
    return pieces[::-1]


def _nodes(stretch: str, candidates: Sequence[Candidate]) -> list[int]:
    """The node of each place in the stretch. Those inside an candidate's text come right behind the one it starts from."""
    sizes = [1] * len(stretch)
    for candidate in candidates:
        sizes[candidate.start] += max(0, len(candidate.text) - 1)
    return [0, *accumulate(sizes)]


def _lattice(stretch: str, candidates: Sequence[Candidate], main: Sequence[int]) -> list[list[_Step]]:
    """The steps from each node."""
    steps: list[list[_Step]] = [[] for _ in range(main[-1] + 1)]
    for letter, here, there in zip(stretch, main, main[1:], strict=False):
        steps[here] = [(letter, there, None)]
    inner: dict[int, int] = {}
    for number, candidate in enumerate(candidates):
        nodes = main[candidate.start], inner.get(candidate.start, main[candidate.start] + 1), main[candidate.end]
        inner[candidate.start] = _add(steps, nodes, candidate.text, number)
    return steps


def _add(steps: list[list[_Step]], nodes: tuple[int, int, int], text: str, number: int) -> int:
    """Add an candidate's text between two nodes; returns the next free inner node."""
    start, inner, end = nodes
    here = start
    for place, letter in enumerate(text or [""]):
        there = end if place >= len(text) - 1 else inner
        steps[here].append((letter, there, None if place else number))
        here = there
        inner += there != end
    return inner


def _words_from(node: int, steps: _Steps) -> list[_Piece]:
    """The words that begin at a node; one that takes an candidate must be in use."""
    found = list[_Piece]()
    paths: list[tuple[int, Beginning, tuple[int, ...]]] = [(node, beginnings(), ())]
    while paths:
        here, beginning, taken = paths.pop()
        onward = steps[here]
        while len(onward) == 1:  # as nearly everywhere: nothing is offered, and nothing to remember
            letter, here, _ = onward[0]
            printed = beginning[letter]
            if printed is None:
                break
            beginning, onward = printed, steps[here]
            if beginning.known > BEGINNING:
                _add_word(found, here, beginning, taken)
        else:
            for letter, there, number in onward:
                longer = beginning[letter] if letter else beginning
                if longer is not None and longer.text:
                    takes = taken if number is None else (*taken, number)
                    paths.append((there, longer, takes))
                    if letter and longer.known > BEGINNING:
                        _add_word(found, there, longer, takes)
    return found


def _add_word(found: list[_Piece], end: int, word: Beginning, taken: tuple[int, ...]) -> None:
    text, is_known_word = word.text, word.known == WORD
    is_rare_word = is_known_word and is_rare(text)
    if not taken or (is_known_word and not is_rare_word and is_common(text)):
        found.append((end, text, text, _RARE_COUNTS if is_rare_word else 1, taken))


def _is_in_use(word: Beginning) -> bool:
    return word.known == WORD and is_common(word.text) and not is_rare(word.text)


def _best_path(steps: _Steps, candidates: Sequence[Candidate]) -> _Path:
    best: list[_Path | None] = [None] * len(steps)
    best[0] = path = _Path((0, 0, 0), None, "", "", (), (), frozenset())
    for node, onward in enumerate(steps):
        here = best[node]
        if here is None:
            continue
        path = here
        for letter, there, number in onward:
            if number is None:
                covered = "" if letter in _OUTSIDE else None
                _reach(best, path, (there, letter, covered, covered is None, ()), candidates)
            elif not letter:
                _reach(best, path, (there, "", "", 0, (number,)), candidates)
        for piece in _words_from(node, steps):
            _reach(best, path, piece, candidates)
    return path


def _reach(best: list[_Path | None], path: _Path, piece: _Piece, candidates: Sequence[Candidate]) -> None:
    """Lengthen a path by a piece, and keep it if it is the best to its node.

    Where it is as good as another, what only one of the two takes is disputed.
    """
    node, text, covered, counts, taken = piece
    outside, words, count = path.cost
    for number in taken:
        counts += candidates[number].cost
    cost = outside + (covered is None), words + counts, count + len(taken)
    other = best[node]
    if other is None or cost < other.cost:
        best[node] = _Path(cost, path, covered, path.read + text, taken, path.all_taken + taken, path.disputed)
    elif cost == other.cost and path.read + text != other.read:
        differ = frozenset(path.all_taken + taken) ^ frozenset(other.all_taken)
        best[node] = other._replace(disputed=other.disputed | path.disputed | differ)
