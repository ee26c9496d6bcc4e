"""A document of a file or an archive, or what stands where one was expected."""

from typing import NamedTuple

from pipeline.errors import DocumentError, UnreachableError
from pipeline.sources.storage import unreadable


class Member(NamedTuple):
    """A document, or what stands where one was expected; `name` is `archive.zip!/path` for a member of an archive."""

    name: str
    content: bytes | None = None
    reason: str | None = None
    """Why a member, or what is left of an archive, cannot be read."""
    locator: str | None = None
    """How `content_at` gets the bytes again, None where that would need a pass over an archive."""
    is_unreachable: bool = False
    """Whether it may be readable another time, though it does not change."""
    is_skipped: bool = False
    """Whether it is a link, or no document by its suffix; folders skip such files too."""


def failed(error: Exception, *, name: str) -> Member:
    """What stands for a file that cannot be read, or for the rest of an archive."""
    if isinstance(error, OSError) and error.errno:
        error = unreadable(error, name=name)
    if isinstance(error, DocumentError):
        return Member(name, reason=str(error), is_unreachable=isinstance(error, UnreachableError))
    what = str(error).partition(" for file ")[0].rstrip(".") or "it ends too early"
    advice = "only what stood before the damage can be read, fetch it again"
    return Member(name, reason=f"{name}: is damaged or cut short: {what}; {advice}")
