"""Print one report of our own making, or its truth.

`python -m tests.synthesizer --seed 7 --rate 0.03 --copies 3 [--truth]`
"""

import argparse
import json
import sys

from tests.synthesizer import FORMS, synthesizer_of


def main() -> None:
    """Write the report, or its truth as JSON, to standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthesizer", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=0.0, help="share of letters misread, 0.03 for 3 %%")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--form", choices=FORMS, default=FORMS[0])
    parser.add_argument("--hard", action="store_true", help="pages missing, swapped or scanned twice; metrics lost")
    parser.add_argument("--truth", action="store_true", help="print the truth as JSON instead of the report")
    parser.add_argument("--layouts", action="store_true", help="print the layout of each copy instead of the report")
    options = parser.parse_args()
    synthesize = synthesizer_of(options.form)
    scan = synthesize(options.seed, rate=options.rate, copies=options.copies, hard=options.hard)
    output = scan.text
    if options.truth:
        output = json.dumps(scan.truth.as_json(), ensure_ascii=False, indent=1) + "\n"
    elif options.layouts:
        output = "".join(f"{copy.layout}\n" for copy in scan.copies)
    sys.stdout.buffer.write(output.encode())


if __name__ == "__main__":
    main()
