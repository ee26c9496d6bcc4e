"""Write an archive, and beside it a manifest of what a run should make of every file.

`python -m tests.synthesizer.archive N FOLDER --seed S` writes FOLDER and FOLDER.manifest.jsonl.
"""

import argparse
from collections import Counter
from pathlib import Path

from tests.synthesizer.archive import write_archive, write_manifest


def main() -> None:
    """Write the archive and its manifest, and print what there is."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthesizer.archive", description=__doc__)
    parser.add_argument("count", type=int, help="how many documents, broken ones included")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    expected = write_archive(options.folder, options.count, seed=options.seed)
    write_manifest(options.folder.with_name(f"{options.folder.name}.manifest.jsonl"), expected)
    for (outcome, kind), count in sorted(Counter((one.outcome, one.kind) for one in expected).items()):
        print(f"{count:7,} {outcome}: {kind}")


if __name__ == "__main__":
    main()
