"""Read Thai text into values: pure functions, each doctested, none of which knows a table, a form or a page."""

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Unreadable(ValueError):  # noqa: N818 - a name of the vocabulary; what is unreadable is a value, not the program
    """The text says something, and it is no value that this normalizer can vouch for.

    `code` is the finding that the reader of the table should see.

    >>> raise Unreadable("'31/11/2562' is no day of the calendar", code="impossible_date")
    Traceback (most recent call last):
    normalizers.Unreadable: '31/11/2562' is no day of the calendar
    """

    def __init__(self, message: str, *, code: str = "unreadable_value") -> None:
        super().__init__(message)
        self.code = code


class DeclarationError(Exception):
    """Forms are declared wrongly. This is a mistake in our code, so the run stops; `slips` are all of them.

    No normalizer raises it. It stands here, below all that looks at declarations, and is loaded without a table.

    >>> print(DeclarationError("parsers/a.py: one", "parsers/a.py: two"))
    2 slips
    parsers/a.py: one
    parsers/a.py: two
    """

    def __init__(self, *slips: str) -> None:
        super().__init__(*slips)
        self.slips = slips

    def __str__(self) -> str:
        return self.slips[0] if len(self.slips) == 1 else "\n".join([f"{len(self.slips)} slips", *self.slips])


class Observation(NamedTuple):
    """Something odd about a value that its normalizer vouches for all the same; `code` says what."""

    code: str
    text: str


class Noticed(NamedTuple, Generic[Value]):
    """A value, with what its normalizer noticed on the way.

    >>> Noticed(69500, (Observation("amount_in_words_differs", "the words say 69,000"),)).value
    69500
    """

    value: Value | None
    observations: tuple[Observation, ...] = ()
