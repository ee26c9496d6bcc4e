"""Which code made a row: another code may read a document otherwise, so that its rows no longer hold."""

import hashlib
from functools import cache
from pathlib import Path

from pipeline.document.build_rows import PARSER_VERSION

PACKAGES = ("normalizers", "schemas", "parsers", "pipeline")


@cache
def code_version() -> str:
    """The version of the parsers, and a digest of their code, which changes between versions while one works on it."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{PARSER_VERSION} {digest.hexdigest()[:12]}"
