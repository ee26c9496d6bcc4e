"""Choose between readings of a damaged stretch: the one that words of the lexicon cover, if there is exactly one.

A stretch is a lattice: its letters as printed, and offers of what may have stood there instead. The way through it with
the fewest characters outside words is its reading, of those the one with the fewest words, then the fewest offers taken.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalizers.lexicon import NONE, WORD, look_up

_BLANKS = " \N{NO-BREAK SPACE}"
_LONG = 6
"""Characters of a word that vouches for itself; a shorter one needs words on both sides, for it fits by chance."""


class Offer(NamedTuple):
    """What may have stood in a span of the stretch, and how many words more that reading must save."""

    start: int
    end: int
    text: str
    cost: int = 0


class _Step(NamedTuple):
    """One way on from a node of the lattice; no character where an offer drops what was printed."""

    character: str
    node: int
    offer: int | None


class _Way(NamedTuple):
    """The best way to a node so far; `disputed` are offers that an equally good way takes otherwise."""

    cost: tuple[int, int, int]
    before: "_Way | None"
    covered: str | None
    taken: tuple[int, ...]
    all_taken: tuple[int, ...]
    disputed: frozenset[int]


def settled(stretch: str, offers: Sequence[Offer]) -> list[Offer]:
    """Which offers are settled: words cover them and their neighbours, and no other reading is as good.

    >>> settled("เท ากับ", [Offer(2, 4, "่า"), Offer(2, 4, "ำ")])
    [Offer(start=2, end=4, text='่า', cost=0)]
    >>> settled("น�ำ", [Offer(1, 2, ""), Offer(1, 2, "้")])
    []
    """
    end = _best_way(_lattice(stretch, offers), offers)
    pieces = list(_pieces(end))
    kept = set[int]()
    refused = set(end.disputed)
    for place, way in enumerate(pieces):
        neighbours = [pieces[i] for i in (place - 1, place + 1) if 0 <= i < len(pieces)]
        if _is_certain(way, neighbours):
            kept |= set(way.taken)
        else:
            refused |= set(way.taken)
    return [offers[number] for number in sorted(kept - refused)]


def _is_certain(way: _Way, neighbours: Sequence[_Way]) -> bool:
    if way.covered is None:
        return False
    return len(way.covered) >= _LONG or all(neighbour.covered is not None for neighbour in neighbours)


def _pieces(end: _Way) -> Iterator[_Way]:
    """The words and the uncovered characters of a way, from its beginning on."""
    ways = list[_Way]()
    way = end
    while way.before is not None:
        ways.append(way)
        way = way.before
    return reversed(ways)


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
    here, taken = start, number
    for place, letter in enumerate(text or [""]):
        there = end if place >= len(text) - 1 else inner
        steps[here].append(_Step(letter, there, taken))
        here, taken = there, None
        inner += there != end
    return inner


def _best_way(steps: Sequence[Sequence[_Step]], offers: Sequence[Offer]) -> _Way:
    best: list[_Way | None] = [None] * len(steps)
    best[0] = start = _Way((0, 0, 0), None, "", (), (), frozenset())
    for node in range(len(steps) - 1):
        way = best[node]
        if way is None:
            continue
        for step in steps[node]:
            if step.offer is None or not step.character:
                covered = "" if not step.character or step.character in _BLANKS else None
                _reach(best, step.node, _onward(way, covered, () if step.offer is None else (step.offer,), offers))
        for there, word, taken in _words_from(node, steps):
            _reach(best, there, _onward(way, word, taken, offers))
    return best[-1] or start


def _words_from(node: int, steps: Sequence[Sequence[_Step]]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The words that begin at a node: where they end, how they read, which offers they take."""
    ways: list[tuple[int, str, tuple[int, ...]]] = [(node, "", ())]
    while ways:
        here, text, taken = ways.pop()
        for step in steps[here]:
            known = look_up(text + step.character) if step.character else NONE
            if known == NONE and (step.character or not text):
                continue
            way = step.node, text + step.character, taken if step.offer is None else (*taken, step.offer)
            ways.append(way)
            if known == WORD:
                yield way


def _onward(way: _Way, covered: str | None, taken: tuple[int, ...], offers: Sequence[Offer]) -> _Way:
    outside, words, weight = way.cost
    words += (covered is None or bool(covered)) + sum(offers[number].cost for number in taken)
    cost = outside + (covered is None), words, weight + len(taken)
    return _Way(cost, way, covered, taken, way.all_taken + taken, way.disputed)


def _reach(best: list[_Way | None], node: int, way: _Way) -> None:
    """Keep the better of two ways to a node; where they are equally good, what only one of them takes is disputed."""
    other = best[node]
    if other is None or way.cost < other.cost:
        best[node] = way
    elif way.cost == other.cost and (way.all_taken != other.all_taken or way.disputed != other.disputed):
        differ = frozenset(way.all_taken) ^ frozenset(other.all_taken)
        best[node] = other._replace(disputed=other.disputed | way.disputed & frozenset(other.all_taken) | differ)
