"""The options of `raingan run`, with what its help says of each."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Retry(StrEnum):
    """Which documents of an earlier run to try again."""

    FAILED = "failed"
    NONE = "none"


class EngineName(StrEnum):
    """Where work is done."""

    LOCAL = "local"
    RAY = "ray"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs, URLs; - for paths on standard input. Read are .txt .md .html .docx .odt, .pdf "
        "with a text layer, and archives of them: .zip .tar .gz and so on.",
    ),
]
Out = Annotated[
    Path, typer.Option("--out", "-o", help="Folder for the tables; those of an earlier run are brought up to date.")
]
MaxBytes = Annotated[int, typer.Option(help="Quarantine files that are larger.", min=1)]
MaxUnpacked = Annotated[int, typer.Option(help="Take no more than so many bytes out of one archive.", min=1)]
MaxMembers = Annotated[int, typer.Option(help="Take no more than so many files out of one archive.", min=1)]
MaxPages = Annotated[int, typer.Option(help="Quarantine PDFs of more pages.", min=1)]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", help="Processes; 0 reads in this one, for a debugger. Default: the cores.", min=0),
]
TimeLimit = Annotated[float, typer.Option(help="Seconds for one document; a slower one is quarantined.", min=0.001)]
MemoryLimit = Annotated[
    int, typer.Option(help="Megabytes of a process for one document; one that needs more is quarantined.", min=256)
]
Retried = Annotated[
    Retry, typer.Option(help="Whether to try again what an earlier run quarantined and has not changed since.")
]
Force = Annotated[bool, typer.Option("--force", help="Parse everything again, whatever an earlier run did.")]
Engine = Annotated[
    EngineName, typer.Option(help="Where the work is done: processes of this machine, or a Ray cluster.")
]
Address = Annotated[str | None, typer.Option(help="Of the Ray cluster; without it Ray begins one on this machine.")]
Shard = Annotated[
    str | None, typer.Option(metavar="I/N", help="Read part I of N of the inputs; `raingan merge` joins the parts.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and why; write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the content of run.json instead of a summary.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
