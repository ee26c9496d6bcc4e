"""Limits on single files, so that no file can stop a run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file. A file over a limit is quarantined; the run goes on."""

    size_limit: int = 64 * 2**20
    """Bytes of one document, unpacked: a few thousand reports. Reading one needs ten times as much memory."""
    unpacked_limit: int = 16 * 2**30
    """Bytes of all files of one archive, nested archives included."""
    ratio_limit: int = 250
    """Unpacked size of an archive in multiples of its own. Text shrinks to a tenth, an OCR loop to a hundredth."""
    member_limit: int = 100_000
    """Files in one archive, nested archives included."""
    depth_limit: int = 3
    """Levels of nested archives."""
    page_limit: int = 2_000
    """Pages of one PDF."""


DEFAULT = Limits()
