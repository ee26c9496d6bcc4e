"""Numbers as word processors print them in front of headings and items."""

from collections.abc import Callable

from normalizers.digits import THAI

THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters that number, in their order; ฃ, ฅ, ฆ, ฤ and ฦ never do."""
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST = 3999
"""Letters and Roman numbers end here; more are printed in digits."""
_TO_THAI = str.maketrans("0123456789", THAI)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def thai_digits(number: int) -> str:
    """A number in Thai digits.

    >>> thai_digits(15)
    '๑๕'
    """
    return str(number).translate(_TO_THAI)


def letters(number: int, alphabet: str) -> str:
    """A number in letters; behind the last one they are doubled.

    >>> letters(4, THAI_LETTERS), letters(28, LATIN_LETTERS), letters(0, LATIN_LETTERS)
    ('ง', 'bb', '0')
    """
    if not 0 < number <= MOST:
        return str(number)
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def roman(number: int) -> str:
    """A number in small Roman digits.

    >>> roman(14), roman(4000)
    ('xiv', '4000')
    """
    if not 0 < number <= MOST:
        return str(number)
    said = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        said += sign * times
    return said


NUMERALS: dict[str, Callable[[int], str]] = {
    "1": str,
    "01": lambda number: f"{number:02}",
    "๑": thai_digits,
    "ก": lambda number: letters(number, THAI_LETTERS),
    "a": lambda number: letters(number, LATIN_LETTERS),
    "A": lambda number: letters(number, LATIN_LETTERS).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "": lambda _: "",
}
"""The ways to print a number, by how they print the first one; nothing for a number that is not shown."""
BULLET = "•"
"""What stands for every sign in front of an item, of which many are in fonts without letters."""
