"""How long a user waits in Chromium until the review site's index of many documents is there and sorted.

    python -m tests.benchmarks.review --count 5000

The documents are those of the samples, over and over under other names.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipeline.archive.run import run
from pipeline.tools.review.site import ASSETS, WORDS, IndexRow, Site, asset
from tests.benchmarks.measures import spread
from tests.support.chromium import CHROMIUM, FLAGS

COUNT = 5_000
SORTED = "() => document.querySelector('[data-sort=coverage]').closest('th').ariaSort === 'ascending'"


@dataclass(frozen=True)
class Larger(Site):
    """A site whose index lists every document many times."""

    count: int = COUNT

    @cached_property
    def documents(self) -> list[IndexRow]:
        """`count` documents, each with a name and an id of its own."""
        some = enumerate(islice(cycle(super().documents), self.count))
        return [one._replace(document_id=f"{place:016x}", source=f"{place:05}/{one.source}") for place, one in some]

    def write_index(self, folder: Path) -> Path:
        """The page of the index with what it needs, and no others."""
        (folder / "assets").mkdir(parents=True)
        for name in (*ASSETS, WORDS):
            (folder / "assets" / name).write_bytes(asset(name) or b"")
        page = folder / "index.html"
        page.write_text(self.index(), encoding="utf-8")
        return page


def seconds_until_sorted(browser: Browser, index: Path) -> float:
    """From the moment a page is asked for, by a browser that has kept nothing, until a click has sorted it."""
    page = browser.new_context().new_page()
    page.set_default_timeout(300_000)
    start = time.perf_counter()
    page.goto(index.as_uri(), wait_until="commit")
    page.click("[data-sort=coverage]")
    page.wait_for_function(SORTED)
    seconds = time.perf_counter() - start
    page.context.close()
    return seconds


def main() -> None:
    """Measure in one browser, and print the seconds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.review", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run([Path("samples")], Path(folder, "tables"))
        index = Larger(Path(folder, "tables"), count=options.count).write_index(Path(folder, "site"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        taken = [seconds_until_sorted(browser, index) for _ in range(options.rounds)]
        browser.close()
    print(f"index of {options.count:,} documents, seconds until it is sorted: {spread(taken)}")


if __name__ == "__main__":
    main()
