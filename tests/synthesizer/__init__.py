"""Print reports that nobody wrote: an invented report, a drawn layout, OCR noise, and the truth of the page.

`synthesize(seed, rate=0.03, copies=3)` gives the text and its truth; the same arguments give the same bytes anywhere.
"""

from importlib import import_module
from typing import Protocol

from tests.synthesizer.copies import Scan, synthesize
from tests.synthesizer.noise import FEW_DIGITS

FORMS = ("bma_progress_report", "area_office_progress_report", "bma_project_proposal")
"""The forms that can be printed."""
_PACKAGES = {"area_office_progress_report": "area_office_progress_report", "bma_project_proposal": "proposals"}
"""The package beside this one that prints a form; the first form is printed here."""


class Synthesizer(Protocol):
    """What prints one report of a form."""

    def __call__(
        self, seed: int, *, rate: float = 0.0, digits: float = FEW_DIGITS, copies: int = 1, hard: bool = False
    ) -> Scan:
        """Print the report of a seed."""


def synthesizer_of(form: str) -> Synthesizer:
    """The function that prints reports of a form."""
    if form not in _PACKAGES:
        return synthesize
    found: Synthesizer = import_module(f"tests.synthesizer.{_PACKAGES[form]}").synthesize
    return found


__all__ = ["FORMS", "Scan", "Synthesizer", "synthesize", "synthesizer_of"]
