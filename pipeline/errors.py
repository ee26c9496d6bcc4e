"""Errors that end work early; everything else that looks odd is a finding."""

from pathlib import Path

from normalizers import DeclarationError

__all__ = ["DeclarationError"]

NO_TABLES = "no tables found; give the folder that raingan run -o wrote"


class DocumentError(Exception):
    """This document cannot be read. It is quarantined with the message, and the run goes on.

    `code` is the code of the finding that reports it too, if there is one.
    """

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class GoldenError(Exception):
    """A golden file cannot be read."""

    def __init__(self, golden: Path, line: int, reason: str) -> None:
        super().__init__(f"{golden}, line {line}: {reason}; write it again with raingan golden --force")


class LockedError(Exception):
    """Another run is writing to the output folder."""

    def __init__(self, out: Path, holder: str) -> None:
        super().__init__(f"{holder} is writing to {out}; wait until it has finished, or choose another output folder")


class UnreachableError(DocumentError):
    """The system cannot read the file now; it may succeed later, though the file does not change."""


class CorrectionError(Exception):
    """A correction is invalid, or its column cannot hold the value."""


class OutputError(Exception):
    """A folder has no readable tables of a run."""

    def __init__(self, out: Path, reason: str = NO_TABLES) -> None:
        super().__init__(f"{out}: {reason}")


class NoRowError(Exception):
    """The table, row or column does not exist."""


class MergeError(Exception):
    """The tables of a part cannot be merged with the others."""

    def __init__(self, part: Path, reason: str) -> None:
        super().__init__(f"{part}: {reason}")


class ShareError(Exception):
    """The output folder has the tables of other inputs than the part to be read."""

    def __init__(self, out: Path, wanted: str, held: str) -> None:
        existing = f"part {held}" if held else "a run over all inputs"
        super().__init__(
            f"{out} has the tables of {existing}, which a run over part {wanted} would remove; "
            "use a separate output folder for each part"
        )


class ExportError(Exception):
    """The tables cannot be written in another format."""


class WorkerError(Exception):
    """The worker processes fail, whatever the document."""
