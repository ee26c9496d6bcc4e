"""How much one file may ask of a run, so that no file takes the run along."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken from one file; more is a reason to quarantine it, never to stop."""

    size_limit: int = 64 * 2**20
    """Bytes of one document, also unpacked: a few thousand reports glued together, and ten times as much memory."""
    unpacked_limit: int = 16 * 2**30
    """Bytes that one archive may unpack to, those of archives inside it included."""
    ratio_limit: int = 250
    """How many times its own size an archive may unpack to; text packs to a tenth, a loop of OCR to a hundredth."""
    member_limit: int = 100_000
    """Files in one archive, those of archives inside it included."""
    depth_limit: int = 3
    """Archives inside each other."""
    page_limit: int = 2_000
    """Pages of one PDF."""


DEFAULT = Limits()
