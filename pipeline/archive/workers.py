"""What every process that does work has loaded, before the first is forked: a module, for these are loaded by name."""

import gc

from pipeline.startup import load_arrow, without_collector

with without_collector():
    load_arrow()
    import pipeline.archive.work  # noqa: F401  # for the tasks, whose work is its functions
    from parsers import forms

    forms()

gc.freeze()
"""What is loaded lives as long as the process, so that the collector need not touch what forks share."""
