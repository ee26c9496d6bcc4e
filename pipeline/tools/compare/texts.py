"""The texts of a few documents of an archive, found by the names that they go by in the tables."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.sources.find import Inputs, find_inputs
from pipeline.sources.read import document_id, source_of
from pipeline.sources.unpack import members

INSIDE = "!/"
"""What stands between an archive's name and that of a member."""


def texts_of(wanted: Mapping[str, str], inputs: Inputs, *, out: Path) -> Iterator[tuple[str, str]]:
    """The id and the decoded text of each document whose bytes are still those of the id; `wanted` has ids by name."""
    files = {name.partition(INSIDE)[0] for name in wanted}
    for item in find_inputs(inputs, out=out, skipped=[]):
        for member in members(item.path, item.name) if item.name in files else ():
            if member.content is not None and wanted.get(member.name) == document_id(member.content):
                yield wanted[member.name], source_of(member.content, name=member.name).text
