"""`pytest --raingan samples/`: a test for each sample. Pytest loads this module always, so it imports nothing heavy."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    said = "Test the samples in the folders given: each text against its golden file, as `raingan check` does."
    parser.getgroup("raingan").addoption("--raingan", action="store_true", help=said)


def pytest_configure(config: pytest.Config) -> None:
    """Collect samples, where they are asked for."""
    if config.getoption("--raingan"):
        from pipeline.tools.compare import pytest_samples

        config.pluginmanager.register(pytest_samples, "raingan-samples")
