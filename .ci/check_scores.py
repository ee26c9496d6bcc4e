"""Hold the scores of a run to the floor kept in floor.json: F1, expected findings not raised, false alarms.

Each document is scored by itself, for its own F1 over all tables. Exits 1 when one is below its floor; prints all.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.json")


@dataclass(frozen=True)
class Score:
    """What is held: `f1` may not fall, the two counts may not rise."""

    f1: float
    findings_not_raised: int
    false_alarms: int

    def __str__(self) -> str:
        counts = f"{self.findings_not_raised} expected findings not raised, {self.false_alarms} false alarms"
        return f"F1 {self.f1:.4f}, {counts}"

    def holds(self, floor: "Score") -> bool:
        """Whether this score is nowhere worse than the floor."""
        return (
            self.f1 >= floor.f1
            and self.findings_not_raised <= floor.findings_not_raised
            and self.false_alarms <= floor.false_alarms
        )


def main() -> int:
    """Print each document's score beside its floor; 1 when one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the output folder of a run")
    parser.add_argument("--score", type=Path, required=True, help="score.py")
    parser.add_argument("--truth", type=Path, required=True, help="folder of the labelled documents")
    options = parser.parse_args()
    held = True
    for name, floor in json.loads(FLOOR.read_text(encoding="utf-8")).items():
        score, errors = score_of(options.out, options.truth / f"{name}.json", scorer=options.score)
        holds = score.holds(Score(**floor))
        print(f"{name}: {score}: {'holds' if holds else f'BELOW THE FLOOR of {Score(**floor)}'}")
        if not holds:
            print(errors)
        held = held and holds
    return 0 if held else 1


def score_of(out: Path, truth: Path, *, scorer: Path) -> tuple[Score, str]:
    """One document's score, and what the scorer printed about it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(truth, folder)
        report = Path(folder) / "report" / "score.json"
        report.parent.mkdir()
        command = [sys.executable, str(scorer), str(out), folder, "--json", str(report)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not report.exists():
            sys.exit(f"{scorer} failed on {truth}:\n{done.stdout}{done.stderr}")
        scored = json.loads(report.read_text(encoding="utf-8"))
    findings = scored["findings"]
    not_raised = findings["expected"] - findings["raised"]
    return Score(scored["overall"]["f1"], not_raised, findings["false_alarms"]), done.stdout


if __name__ == "__main__":
    sys.exit(main())
