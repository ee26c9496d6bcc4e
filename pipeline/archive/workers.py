"""Load what every worker needs, before the first worker is forked. A module of its own, since it is loaded by name."""

import gc
from contextlib import suppress

from pipeline.startup import without_array_libraries

gc.disable()
with without_array_libraries():
    import pipeline.archive.report_groups
    import pipeline.archive.work  # noqa: F401 - the tasks call functions of both
    from parsers import forms
    from pipeline.errors import DeclarationError

    with suppress(DeclarationError):  # the first document raises it where the run can tell of it
        forms()

gc.freeze()
"""Modules live as long as the process; so the collector does not touch memory that forks share."""
gc.enable()
