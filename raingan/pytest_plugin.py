"""`pytest --raingan samples/`: a test for each sample. Pytest always loads this module, so it imports nothing heavy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from raingan.errors import Error, require_own_packages


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option `--raingan`."""
    text = "Test the samples in the given folders: each against its golden file, as `raingan check` does."
    parser.getgroup("raingan").addoption("--raingan", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """End pytest with one sentence where the option is given and another package hides one of raingan's."""
    if config.getoption("--raingan"):
        try:
            require_own_packages()
        except Error as error:
            raise pytest.UsageError(str(error)) from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect samples, and golden files without a sample; nothing without the option."""
    if not parent.config.getoption("--raingan"):
        return None
    from pipeline.tools.check import is_sample

    return SampleFile.from_parent(parent, path=file_path) if is_sample(file_path) else None


class SampleFile(pytest.File):
    """A sample, which is one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield that test."""
        yield SampleTest.from_parent(self, name="golden")


class SampleTest(pytest.Item):
    """Fails where the sample's rows differ from its golden file, and shows the differences."""

    def runtest(self) -> None:
        """Compare the sample's rows with its golden file."""
        from pipeline.tools.check import check

        checked = check(self.path)
        if not checked.is_right:
            pytest.fail(checked.text(), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the sample in the heading of a failure."""
        return self.path, None, f"{self.path.parent.name}/{self.path.name}"
