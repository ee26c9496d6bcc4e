"""Load what every worker needs, before the first worker is forked. A module of its own, since it is loaded by name."""

import gc
from contextlib import suppress

from pipeline.startup import load_arrow, without_collector

with without_collector():
    load_arrow()
    import pipeline.archive.work  # noqa: F401 - the tasks call its functions
    from parsers import forms
    from pipeline.errors import DeclarationError

    with suppress(DeclarationError):  # the first document raises it where the run can tell of it
        forms()

gc.freeze()
"""Modules live as long as the process; so the collector does not touch memory that forks share."""
