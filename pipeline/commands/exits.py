"""How a command ends: the exit codes, and the one line that says why."""

from typing import NoReturn

import typer

DONE, FAILED, WRONG_USE, STOPPED = 0, 1, 2, 3
"""`FAILED`: done, and something is not well: documents are quarantined, a check failed, two runs differ."""


def fail(message: str, exit_code: int) -> NoReturn:
    """End the command with a message on standard error."""
    typer.echo(f"raingan: {message}", err=True)
    raise typer.Exit(exit_code)
