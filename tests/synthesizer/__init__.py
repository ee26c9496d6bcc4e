"""Print reports that nobody wrote: an invented report, a drawn layout, OCR noise, and the truth of the page.

`synthesize(seed, rate=0.03, copies=3)` gives the text and its truth; the same arguments give the same bytes anywhere.
"""

from tests.synthesizer.copies import Scan, synthesize

__all__ = ["Scan", "synthesize"]
