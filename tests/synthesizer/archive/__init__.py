"""Write an archive as a ministry holds it: a tree of Thai names, archives in it, repeats, and files that are broken.

    python -m tests.synthesizer.archive 20000 FOLDER --seed 1

`write_archive` writes so many documents and says what a run should make of each; the same arguments write the same.
"""

from tests.synthesizer.archive.manifest import Expected, read_manifest, write_manifest, wrongly_ended
from tests.synthesizer.archive.writing import Mix, write_archive

__all__ = ["Expected", "Mix", "read_manifest", "write_archive", "write_manifest", "wrongly_ended"]
