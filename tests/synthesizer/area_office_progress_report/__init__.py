"""Print progress reports of education area offices that nobody wrote, with the truth of every page.

`synthesize(seed, rate=0.03)` gives the text and its truth; the same arguments give the same bytes anywhere.
"""

from tests.synthesizer.area_office_progress_report.scan import synthesize

__all__ = ["synthesize"]
