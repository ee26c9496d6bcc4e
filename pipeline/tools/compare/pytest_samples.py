"""Samples as tests of pytest: one for each, and one for each golden file without its sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.tools.compare.samples import check, is_case


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take samples, and golden files without one."""
    return SampleFile.from_parent(parent, path=file_path) if is_case(file_path) else None


class SampleFile(pytest.File):
    """A sample, which is one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one test."""
        yield SampleTest.from_parent(self, name="golden")


class SampleTest(pytest.Item):
    """Fails with what is not as the golden file says."""

    def runtest(self) -> None:
        """Compare the sample's rows with its golden file."""
        checked = check(self.path)
        if not checked.is_right:
            pytest.fail(checked.text(), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """How the heading of a failure names it."""
        return self.path, None, f"{self.path.parent.name}/{self.path.name}"
