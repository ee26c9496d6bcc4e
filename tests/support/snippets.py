"""Code that the documentation shows, taken out and run."""

import re
from contextlib import chdir
from pathlib import Path
from runpy import run_path
from tempfile import NamedTemporaryFile
from typing import Any


def snippets(text: str, language: str) -> list[str]:
    """The blocks of code in one language that a Markdown text shows."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def run_snippet(code: str, folder: Path) -> dict[str, Any]:
    """Run Python code as a program in a folder, and return the names that it gives."""
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".py") as file, chdir(folder):
        file.write(code)
        file.flush()
        return run_path(file.name)
