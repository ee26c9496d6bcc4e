"""The ways in which work ends early; everything else that looks odd is a finding."""

from pathlib import Path

NO_TABLES = "no run wrote tables there; name the folder that raingan run -o wrote"


class DocumentError(Exception):
    """This document cannot be read; it is quarantined with the message, and the run goes on.

    `code` is that of the finding which tells it too, where there is one.
    """

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class DeclarationError(Exception):
    """A form is declared wrongly: our own mistake, so the run stops."""


class GoldenError(Exception):
    """A golden file does not hold rows."""

    def __init__(self, golden: Path, line: int, reason: str) -> None:
        super().__init__(f"{golden}, line {line}: {reason}; write it anew with raingan golden --force")


class LockedError(Exception):
    """Another run writes the output folder."""

    def __init__(self, out: Path, holder: str) -> None:
        super().__init__(f"{out} is being written by {holder}; wait for it, or choose another output folder")


class UnreachableError(DocumentError):
    """The system does not give the file now; it may do so another time, though the file does not change."""


class CorrectionError(Exception):
    """A correction is none, or its column takes no such value."""


class OutputError(Exception):
    """A folder holds no tables of a run, or none that can be read."""

    def __init__(self, out: Path, reason: str = NO_TABLES) -> None:
        super().__init__(f"{out}: {reason}")


class NoRowError(Exception):
    """There is no such table, row or column."""


class MergeError(Exception):
    """The tables of a part cannot be merged with those of others."""

    def __init__(self, part: Path, reason: str) -> None:
        super().__init__(f"{part}: {reason}")


class ShareError(Exception):
    """The output folder holds the tables of other inputs than of the part that is to be read."""

    def __init__(self, out: Path, wanted: str, held: str) -> None:
        there = f"part {held}" if held else "a run over all inputs"
        super().__init__(
            f"{out} holds the tables of {there}, whose rows a run over part {wanted} would remove; "
            "give each part an output folder of its own"
        )


class ExportError(Exception):
    """The tables cannot be written in another format."""


class WorkerError(Exception):
    """The processes that should do the work cannot, whatever the document."""
