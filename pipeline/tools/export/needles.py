"""Many words looked for in a text at once, in one pass whatever the words and the text are (Aho and Corasick, 1975)."""

from collections.abc import Iterable, Iterator

FEWEST = 5
"""Letters by which a word is known that a text breaks off inside of."""


class Needles:
    """Words as states: each state is the longest beginning of a word that the letters read so far end in."""

    def __init__(self, words: Iterable[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._depth = [0]
        self._longest = [0]
        for word in words:
            self._add(word)
        self._shorter = [0] * len(self._next)
        self._join()

    def spans(self, text: str, *, is_cut: bool) -> Iterator[tuple[int, int]]:
        """Where words stand, the longest of those that end at a place; of a cut text also one that its end cuts off."""
        state = 0
        for end, letter in enumerate(text, 1):
            while state and letter not in self._next[state]:
                state = self._shorter[state]
            state = self._next[state].get(letter, 0)
            if self._longest[state]:
                yield end - self._longest[state], end
        if is_cut and self._depth[state] >= FEWEST:
            yield len(text) - self._depth[state], len(text)

    def _add(self, word: str) -> None:
        state = 0
        for letter in word:
            if letter not in self._next[state]:
                self._next[state][letter] = len(self._next)
                self._next.append({})
                self._depth.append(self._depth[state] + 1)
                self._longest.append(0)
            state = self._next[state][letter]
        self._longest[state] = len(word)

    def _join(self) -> None:
        """Say of each state, nearest first, which one is left when the next letter does not go on from it."""
        states = list(self._next[0].values())
        for state in states:
            for letter, after in self._next[state].items():
                states.append(after)
                shorter = self._shorter[state]
                while shorter and letter not in self._next[shorter]:
                    shorter = self._shorter[shorter]
                self._shorter[after] = self._next[shorter].get(letter, 0)
                self._longest[after] = self._longest[after] or self._longest[self._shorter[after]]
