"""Choose between readings of a damaged stretch: the one that words of the lexicon cover, if there is exactly one.

A stretch is a lattice: its letters as printed, and offers of what may have stood there instead. Its reading is the way
through it with the fewest characters outside words; of those the one with the fewest words, then the fewest offers.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from normalizers.lexicon import BEGINNING, NONE, RARE, WORD, is_common, look_up

_OUTSIDE = "".join(map(chr, range(128))) + "\N{NO-BREAK SPACE}"
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


class Offer(NamedTuple):
    """What may have stood in a span, how many words that reading must save, and how far words must stand around it."""

    start: int
    end: int
    text: str
    cost: int = 0
    around: int = NEAR


class _Step(NamedTuple):
    """One way on from a node of the lattice; no character where an offer drops what was printed."""

    character: str
    node: int
    offer: int | None


class _Way(NamedTuple):
    """The best way to a node and its last piece; `disputed` are offers about which an equally good way differs."""

    cost: tuple[int, int, int]
    before: "_Way | None"
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
def settled(stretch: str, offers: tuple[Offer, ...]) -> tuple[int, ...]:
    """The numbers of the offers that are settled: words stand there and around, and no other reading is as good.

    Remembered, for what is damaged once is printed in every copy and in many reports on the form.

    >>> settled("สานักงาน", (Offer(1, 2, "ำ"), Offer(6, 7, "ำ")))
    (0,)
    >>> settled("นามาแสดง", (Offer(1, 2, "ำ"), Offer(3, 4, "ำ")))
    ()
    """
    end = _best_way(_lattice(stretch, offers), offers)
    pieces = _pieces(end)
    lines = _lines(pieces)
    kept, refused = set[int](), set(end.disputed)
    for place, way in enumerate(pieces):
        if way.taken:
            around = max(offers[number].around for number in way.taken)
            is_certain = _stands_in(lines[place], around) if around >= LINE else _stands_among(pieces, place, around)
            (kept if is_certain and way.covered is not None else refused).update(way.taken)
    return tuple(sorted(kept - refused))


def _stands_among(pieces: Sequence[_Way], place: int, around: int) -> bool:
    """Whether the piece is a long word, or only words stand around it."""
    if around == NEAR and len(pieces[place].covered or "") >= _LONG:
        return True
    return all(piece.covered is not None for piece in pieces[max(0, place - around) : place + around + 1])


def _stands_in(line: _Line, around: int) -> bool:
    """Whether the piece's line consists of words in use, or is a single long word."""
    return line.is_in_use if around == LINE else line.pieces == 1 and line.size >= _LONG


def _lines(pieces: Sequence[_Way]) -> list[_Line]:
    """For each piece its line, the pieces between two blanks; a blank, or what is dropped, is a line of its own."""
    lines = list[_Line]()
    for is_blank, group in groupby((piece.covered for piece in pieces), key=lambda covered: covered == ""):
        words = list(group)
        size = sum(len(word or " ") for word in words)
        is_in_use = not is_blank and size >= _MEAN * len(words) and all(word and is_common(word) for word in words)
        lines += [_Line(len(words), size, is_in_use)] * len(words)
    return lines


def _pieces(way: _Way) -> list[_Way]:
    """The words and the characters between them, from the way's beginning on."""
    pieces = list[_Way]()
    while way.before is not None:
        pieces.append(way)
        way = way.before
    return pieces[::-1]


def _lattice(stretch: str, offers: Sequence[Offer]) -> list[list[_Step]]:
    """The steps from each node. The nodes inside an offer's text come right behind the node it starts from."""
    starting: dict[int, list[int]] = {}
    for number, offer in enumerate(offers):
        starting.setdefault(offer.start, []).append(number)
    main, size = list[int](), 0
    for position in range(len(stretch) + 1):
        main.append(size)
        size += 1 + sum(max(0, len(offers[number].text) - 1) for number in starting.get(position, ()))
    steps: list[list[_Step]] = [[] for _ in range(size)]
    for position, letter in enumerate(stretch):
        steps[main[position]].append(_Step(letter, main[position + 1], None))
        inner = main[position] + 1
        for number in starting.get(position, ()):
            inner = _add(steps, (main[position], inner, main[offers[number].end]), offers[number].text, number)
    return steps


def _add(steps: list[list[_Step]], nodes: tuple[int, int, int], text: str, number: int) -> int:
    """Add an offer's text between two nodes; returns the next free inner node."""
    start, inner, end = nodes
    here = start
    for place, letter in enumerate(text or [""]):
        there = end if place >= len(text) - 1 else inner
        steps[here].append(_Step(letter, there, None if place else number))
        here = there
        inner += there != end
    return inner


def _best_way(steps: Sequence[Sequence[_Step]], offers: Sequence[Offer]) -> _Way:
    best: list[_Way | None] = [None] * len(steps)
    best[0] = way = _Way((0, 0, 0), None, "", "", (), (), frozenset())
    for node, onward in enumerate(steps):
        way = best[node] or way
        if best[node] is None:
            continue
        for step in onward:
            if step.offer is None or not step.character:
                covered = "" if step.character in _OUTSIDE else None
                _reach(best, (way, step.node, step.character, covered), _taken(step), offers)
        for there, word, taken in _words_from(node, steps):
            _reach(best, (way, there, word, word), taken, offers)
    return way


def _words_from(node: int, steps: Sequence[Sequence[_Step]]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The words that begin at a node: where they end, how they read, which offers they take."""
    ways: list[tuple[int, str, tuple[int, ...]]] = [(node, "", ())]
    while ways:
        here, text, taken = ways.pop()
        for step in steps[here]:
            read = text + step.character
            known = look_up(read) if step.character else BEGINNING
            if known == NONE or not read:
                continue
            way = step.node, read, taken + _taken(step)
            ways.append(way)
            if known > BEGINNING and (not way[2] or (known == WORD and is_common(read))):
                yield way


def _taken(step: _Step) -> tuple[int, ...]:
    return () if step.offer is None else (step.offer,)


def _reach(
    best: list[_Way | None], piece: tuple[_Way, int, str, str | None], taken: tuple[int, ...], offers: Sequence[Offer]
) -> None:
    """Lengthen a way by a piece, and keep it if it is the best to its node.

    Where it is as good as another, what only one of the two takes is disputed.
    """
    way, node, text, covered = piece
    outside, words, count = way.cost
    words += _count(covered)
    for number in taken:
        words += offers[number].cost
    cost = outside + (covered is None), words, count + len(taken)
    other = best[node]
    if other is None or cost < other.cost:
        best[node] = _Way(cost, way, covered, way.read + text, taken, way.all_taken + taken, way.disputed)
    elif cost == other.cost and way.read + text != other.read:
        differ = frozenset(way.all_taken + taken) ^ frozenset(other.all_taken)
        best[node] = other._replace(disputed=other.disputed | way.disputed | differ)


def _count(covered: str | None) -> int:
    if not covered:
        return covered is None
    return _RARE_COUNTS if look_up(covered) == RARE else 1
