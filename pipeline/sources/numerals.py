"""Numbers as word processors print them before headings and list items."""

from collections.abc import Callable

from normalizers.digits import THAI

THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters used for numbering, in order; ฃ, ฅ, ฆ, ฤ and ฦ never are."""
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAX_NUMBER = 3999
"""The largest number printed in letters or Roman numerals; larger ones are printed in digits."""
_TO_THAI = str.maketrans("0123456789", THAI)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def letters(number: int, alphabet: str) -> str:
    """A number in letters; after the last letter they are doubled.

    >>> letters(4, THAI_LETTERS), letters(28, LATIN_LETTERS), letters(0, LATIN_LETTERS)
    ('ง', 'bb', '0')
    """
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1)


def roman(number: int) -> str:
    """A number in lower-case Roman numerals.

    >>> roman(14), roman(4000)
    ('xiv', '4000')
    """
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    numeral = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        numeral += sign * times
    return numeral


NUMERALS: dict[str, Callable[[int], str]] = {
    "1": str,
    "01": lambda number: f"{number:02}",
    "๑": lambda number: str(number).translate(_TO_THAI),
    "ก": lambda number: letters(number, THAI_LETTERS),
    "a": lambda number: letters(number, LATIN_LETTERS),
    "A": lambda number: letters(number, LATIN_LETTERS).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "": lambda _: "",
}
"""Functions that print a number, by how they print the first one; empty for numbers that are not shown."""
BULLET = "•"
"""Stands for every list symbol; many are in fonts without letters."""
