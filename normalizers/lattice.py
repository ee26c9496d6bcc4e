"""Choose between readings of a damaged stretch: the one that words of the lexicon cover, if there is exactly one.

A stretch is a lattice: its letters as printed, and candidates for what may have stood there instead. Its reading is
the path through it with the fewest characters outside words; of those the one with the fewest words, then candidates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from normalizers.lexicon import BEGINNING, LONGEST, WORD, Beginning, beginnings, is_common, is_in_use, is_rare

_OUTSIDE = frozenset(map(chr, (*range(128), ord("\N{NO-BREAK SPACE}"))))
"""What is no part of a word, and nothing that words must cover."""
_LONG = 6
"""Characters of a word that vouches for itself; a shorter one needs words around it, for it fits by chance."""
_MEAN = 3
"""Characters of a word in a line, on average; more and shorter words would be found in anything."""
NEAR, FAR, LINE, ALONE = 2, 6, 99, 100
"""How many pieces around a changed word must be words; in a line, all up to the blanks,
and words that are in use; alone, one long word must be all of the line."""


_UNCOVERED, _WORD_COSTS = 1 << 40, 1 << 20
"""What a path costs for a character outside words and for a word; a candidate costs 1."""
_RARE_COSTS = 3 * _WORD_COSTS
"""A rare word stands for what is printed only in need, and for a changed reading never."""


class Candidate(NamedTuple):
    """What may have stood in a span, how many words that reading must save, and how far words must stand around it."""

    start: int
    end: int
    text: str
    cost: int = 0
    around: int = NEAR


_Step = tuple[str, int, int | None]
"""One path on from a node of the lattice: the character, the node behind it, the candidate that begins so, by number.

No character where a candidate drops what was printed.
"""
_Graph = Sequence[Sequence[_Step]]
"""The steps from each node of the lattice."""
_Piece = tuple[int, str, str | None, int, tuple[int, ...]]
"""A word, a character outside words, or nothing where one is dropped: the node where it ends, how it reads, what of
that is covered, what it costs, and the candidates that it takes."""


@dataclass(slots=True)
class _Path:
    """The best path to a node and its last piece. Another path, as good, differs about the candidates `disputed`."""

    cost: int
    text: str = ""
    before: "_Path | None" = None
    covered: str | None = None
    taken: tuple[int, ...] = ()
    all_taken: tuple[int, ...] = ()
    disputed: frozenset[int] = frozenset()


class _WordLine(NamedTuple):
    """What stands between two blanks: how many pieces, how many characters, whether all are words in use."""

    pieces: int
    size: int
    is_in_use: bool


@lru_cache(maxsize=1 << 12)
def resolve(stretch: str, candidates: tuple[Candidate, ...]) -> tuple[int, ...]:
    """The numbers of the candidates that words decide for: words stand there and around, no other reading is as good.

    Remembered, for what is damaged once is printed in every copy and in many reports on the form.

    >>> resolve("สานักงาน", (Candidate(1, 2, "ำ"), Candidate(6, 7, "ำ")))
    (0,)
    >>> resolve("นามาแสดง", (Candidate(1, 2, "ำ"), Candidate(3, 4, "ำ")))
    ()
    """
    main = _nodes(stretch, candidates)
    steps = _lattice(stretch, candidates, main)
    takeable = {number: candidates[number] for number in _takeable(stretch, candidates, main, steps)}
    segments = _segments(stretch, takeable.values()) if takeable else []
    lattice, paths = _Lattice(steps, takeable), dict[tuple[int, int], _Path | None]()
    for start, end in segments:
        if here := [candidate for candidate in takeable.values() if start <= candidate.start < end]:
            must_be_words = all(candidate.around >= LINE and candidate.text for candidate in here)
            paths[start, end] = lattice.best_path(main[start], main[end], must_be_words=must_be_words)
    if not any(path and path.all_taken for path in paths.values()):
        return ()
    all_paths = [paths.get((start, end)) or lattice.best_path(main[start], main[end]) for start, end in segments]
    return _certain([path for path in all_paths if path], candidates)


def _takeable(stretch: str, candidates: Sequence[Candidate], main: Sequence[int], steps: _Graph) -> set[int]:
    """The candidates that may be taken; of most it is soon known that no word in use takes them.

    A character that is dropped needs no word, unless it is a blank, which costs nothing where it stands.
    """
    takeable = set[int]()
    for number, (start, end, text, *_) in enumerate(candidates):
        if not text and stretch[start:end] not in _OUTSIDE:
            takeable.add(number)
    branches = {candidate.start: steps[main[candidate.start]][1:] for candidate in candidates}
    root, open_words, done = beginnings(), list[Beginning](), 0
    for position in sorted(branches):
        if position - done > LONGEST:
            open_words, done = [], position - LONGEST
        for letter in stretch[done:position]:
            open_words.append(root)
            open_words = [longer for beginning in open_words if (longer := beginning[letter]) is not None]
        for beginning in (root, *open_words):
            _take_words(beginning, branches[position], steps, takeable)
        done = position
    for node in set(range(len(steps))).difference(main) if takeable else ():
        _take_words(root, steps[node], steps, takeable)
    return takeable


def _take_words(beginning: Beginning, onward: Sequence[_Step], steps: _Graph, takeable: set[int]) -> None:
    """Add the candidates that words in use take which go on from a beginning."""
    paths: list[tuple[Beginning, Sequence[_Step], tuple[int, ...]]] = [(beginning, onward, ())]
    for known, here, taken in paths:
        for letter, there, number in here:
            longer = known[letter] if letter else known
            if longer is not None and longer.text:
                takes = taken if number is None else (*taken, number)
                if letter and longer.known == WORD and is_in_use(longer.text):
                    takeable.update(takes)
                paths.append((longer, steps[there], takes))


def _segments(stretch: str, candidates: Iterable[Candidate]) -> list[tuple[int, int]]:
    """The stretch, cut on both sides of what is no part of a word: each path comes by there, so each part has its own.

    What a candidate changes is not cut.
    """
    changed = {position for start, end, *_ in candidates for position in range(start, end)}
    cuts = [position for position, letter in enumerate(stretch) if letter in _OUTSIDE and position not in changed]
    return list(pairwise(sorted({0, len(stretch), *cuts, *(cut + 1 for cut in cuts)})))


def _certain(paths: Sequence[_Path], candidates: Sequence[Candidate]) -> tuple[int, ...]:
    """The candidates that the best paths take, and that nothing speaks against."""
    pieces = [piece for path in paths for piece in _pieces(path)]
    lines = _lines(pieces)
    kept, refused = set[int](), set[int]().union(*(path.disputed for path in paths))
    for index, piece in enumerate(pieces):
        if piece.taken:
            around = max(candidates[number].around for number in piece.taken)
            is_certain = _stands_in(lines[index], around) if around >= LINE else _stands_among(pieces, index, around)
            (kept if is_certain and piece.covered is not None else refused).update(piece.taken)
    return tuple(sorted(kept - refused))


def _stands_among(pieces: Sequence[_Path], place: int, around: int) -> bool:
    """Whether the piece is a long word, or only words stand around it."""
    if around == NEAR and len(pieces[place].covered or "") >= _LONG:
        return True
    return all(piece.covered is not None for piece in pieces[max(0, place - around) : place + around + 1])


def _stands_in(line: _WordLine, around: int) -> bool:
    """Whether the piece's line consists of words in use, or is a single long word."""
    return line.is_in_use if around == LINE else line.pieces == 1 and line.size >= _LONG


def _lines(pieces: Sequence[_Path]) -> list[_WordLine]:
    """For each piece its line, the pieces between two blanks; a blank, or what is dropped, is a line of its own."""
    lines = list[_WordLine]()
    for is_blank, group in groupby((piece.covered for piece in pieces), key=lambda covered: covered == ""):
        words = list(group)
        size = sum(len(word or " ") for word in words)
        is_in_use = not is_blank and size >= _MEAN * len(words) and all(word and is_common(word) for word in words)
        lines += [_WordLine(len(words), size, is_in_use)] * len(words)
    return lines


def _pieces(path: _Path) -> list[_Path]:
    """The words and the characters between them, from the path's beginning on."""
    pieces = list[_Path]()
    while path.before is not None:
        pieces.append(path)
        path = path.before
    return pieces[::-1]


def _nodes(stretch: str, candidates: Sequence[Candidate]) -> list[int]:
    """The node of each position in the stretch. Those inside a candidate's text come right behind where it starts."""
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
    """Add a candidate's text between two nodes; returns the next free inner node."""
    start, inner, end = nodes
    here = start
    for place, letter in enumerate(text or [""]):
        there = end if place >= len(text) - 1 else inner
        steps[here].append((letter, there, None if place else number))
        here = there
        inner += there != end
    return inner


class _Lattice:
    """The steps from each node, and the pieces from those that a path has come to."""

    def __init__(self, steps: _Graph, takeable: Mapping[int, Candidate]) -> None:
        self._steps, self._takeable = steps, takeable
        self._pieces: dict[int, list[_Piece]] = {}

    def best_path(self, start: int, end: int, *, must_be_words: bool = False) -> _Path | None:
        """The best path between two nodes: of words alone if they reach the end; None where they must and do not."""
        path = self._search(start, end, words_only=True)
        return path if path or must_be_words else self._search(start, end, words_only=False)

    def _search(self, start: int, end: int, *, words_only: bool) -> _Path | None:
        """The best path. Where another is as good but reads otherwise, what only one of them takes is disputed."""
        paths: list[_Path | None] = [None] * (end - start + 1)
        paths[0] = _Path(0)
        for node in range(start, end):
            path = paths[node - start]
            if path is None:
                continue
            for behind, text, covered, cost, taken in self._pieces.get(node) or self._find_pieces(node):
                if words_only and covered is None:
                    continue
                cost += path.cost
                other = paths[behind - start]
                if other is None or cost < other.cost:
                    all_taken = path.all_taken + taken if taken else path.all_taken
                    reading = path.text + text
                    paths[behind - start] = _Path(cost, reading, path, covered, taken, all_taken, path.disputed)
                elif cost == other.cost and path.text + text != other.text:
                    differ = frozenset(path.all_taken + taken) ^ frozenset(other.all_taken)
                    other.disputed |= path.disputed | differ
        return paths[-1]

    def _find_pieces(self, node: int) -> list[_Piece]:
        """The pieces that begin at a node; a word that takes a candidate must be in use."""
        pieces = list[_Piece]()
        for letter, behind, number in self._steps[node]:
            if number is None:
                covered = "" if letter in _OUTSIDE else None
                pieces.append((behind, letter, covered, _UNCOVERED if covered is None else 0, ()))
            elif not letter and number in self._takeable:
                pieces.append((behind, "", "", self._cost_of((number,)), (number,)))
        for behind, beginning, taken in _words_from(node, self._steps):
            word, is_word = beginning.text, beginning.known == WORD
            if not taken:
                pieces.append((behind, word, word, _RARE_COSTS if is_word and is_rare(word) else _WORD_COSTS, ()))
            elif is_word and is_in_use(word):
                pieces.append((behind, word, word, _WORD_COSTS + self._cost_of(taken), taken))
        self._pieces[node] = pieces
        return pieces

    def _cost_of(self, taken: Sequence[int]) -> int:
        return len(taken) + _WORD_COSTS * sum(self._takeable[number].cost for number in taken)


def _words_from(node: int, steps: _Graph) -> list[tuple[int, Beginning, tuple[int, ...]]]:
    """The words that begin at a node: where each ends, what it is, and the candidates that it takes."""
    found = list[tuple[int, Beginning, tuple[int, ...]]]()
    paths: list[tuple[int, Beginning, tuple[int, ...]]] = [(node, beginnings(), ())]
    while paths:
        here, beginning, taken = paths.pop()
        onward = steps[here]
        while len(onward) == 1:  # as nearly everywhere: no choice, and nothing to remember
            letter, here, _ = onward[0]
            printed = beginning[letter]
            if printed is None:
                break
            beginning, onward = printed, steps[here]
            if beginning.known > BEGINNING:
                found.append((here, beginning, taken))
        else:
            for letter, there, number in onward:
                longer = beginning[letter] if letter else beginning
                if longer is not None and longer.text:
                    takes = taken if number is None else (*taken, number)
                    paths.append((there, longer, takes))
                    if letter and longer.known > BEGINNING:
                        found.append((there, longer, takes))
    return found
