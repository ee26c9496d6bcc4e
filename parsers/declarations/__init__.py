"""Whether forms are declared rightly: looked at once when they are loaded, and every slip told with what to write.

A slip in a declaration would else go unseen, or show as a failure in some document. A module each for what values are,
for templates, blocks and forms; nothing here reads a document.
"""

from collections.abc import Iterable, Sequence

from normalizers import DeclarationError
from parsers.base import Form
from parsers.declarations.forms import slips_of
from parsers.declarations.patterns import compiled, pattern_slips
from parsers.declarations.slips import not_loaded


def check_forms(known: Sequence[Form], slips: Iterable[str] = ()) -> None:
    """See to it that forms are declared rightly, and that no other `slips` were found on the way.

    Raises:
        DeclarationError: they are not; it names every slip.

    """
    if lines := [*slips, *slips_of(known)]:
        raise DeclarationError(*lines)


__all__ = ["check_forms", "compiled", "not_loaded", "pattern_slips", "slips_of"]
