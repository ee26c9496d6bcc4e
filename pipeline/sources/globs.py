"""Paths with `*`, `?`, `[...]` and `**`: where to look, and what they match."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

_MAGIC = frozenset("*?[")


def is_glob(path: str) -> bool:
    """Whether a path has signs that stand for others."""
    return not _MAGIC.isdisjoint(path)


def root_and_parts(pattern: str) -> tuple[str, list[str]]:
    """The folder in front of the first part with a sign, and the parts from there on.

    >>> root_and_parts("scans/2561/**/*.txt"), root_and_parts("/*.md"), root_and_parts("zip://*.md")
    (('scans/2561', ['**', '*.txt']), ('/', ['*.md']), ('zip://', ['*.md']))
    """
    parts = pattern.split("/")
    first = next(place for place, part in enumerate(parts) if is_glob(part))
    root = "/".join(parts[:first])
    if root.endswith(":/"):
        root += "/"  # of a URL, whose store has no folder in front
    return root or ("/" if pattern.startswith("/") else "."), parts[first:]


def matches(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern matches a path or a folder above it; `**` stands for any number of folders.

    >>> [matches(path.split("/"), ["**", "*.txt"]) for path in ("a.txt", "b/c/a.txt", "a.txt/b.md", "a.md")]
    [True, True, True, False]
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(matches(path[start:], pattern[1:]) for start in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and matches(path[1:], pattern[1:])


def may_match_below(folder: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern may match something in a folder, so that no other is listed.

    >>> [may_match_below(folder.split("/"), ["25*", "*", "x.txt"]) for folder in ("2561", "2561/q1", "old", "old/2561")]
    [True, True, False, False]
    """
    if not folder or not pattern or pattern[0] == "**":
        return True
    return fnmatchcase(folder[0], pattern[0]) and may_match_below(folder[1:], pattern[1:])
