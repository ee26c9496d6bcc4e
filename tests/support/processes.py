"""Processes of this machine, by `/proc`."""

import os
from pathlib import Path


def unmeasured() -> dict[str, str]:
    """The environment of a process to be killed: coverage would leave half-written data behind."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def descendants(process: int) -> list[int]:
    """The processes below one, the nearest first."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = list(children.get(process, ()))
    for child in found:
        found += children.get(child, ())
    return found


def is_alive(process: int) -> bool:
    """Whether a process runs."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
