"""Load what every worker needs, before the first worker is forked. A module of its own, since it is loaded by name."""

from contextlib import suppress

from pipeline.startup import without_array_libraries, without_collector

with without_collector(), without_array_libraries():
    import pipeline.archive.report_groups
    import pipeline.archive.work  # noqa: F401 - the tasks call functions of both
    from normalizers.date_tokens import scanner
    from normalizers.lexicon import beginnings
    from parsers import UNKNOWN, forms
    from pipeline.document.scan import index_of
    from pipeline.errors import DeclarationError
    from schemas import TABLES

    with suppress(DeclarationError):  # the first document raises it where the run can tell of it
        index_of((*forms(), UNKNOWN)).starting("")
    scanner(), beginnings()  # made once here, they need not be made in every worker
    for model in TABLES:
        model.model_rebuild()
