"""The command line: the group of commands, each in a module of its own that is loaded when the command is called."""

import sys
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

COMMANDS = ("run", "merge", "check", "golden", "diff", "explain", "correct", "review", "findings", "schema", "export")
"""The commands in the order of the help; `pipeline.commands.<name>` has a function of that name."""
SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}


class LazyGroup(TyperGroup):
    """Loads the module of a command when it is asked for, so that `raingan run` loads no other command."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - the base class passes it
        """All commands, loaded or not."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ARG002 - the base class passes it
        """A command by its name; None where there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            app = typer.Typer(**SETTINGS)
            app.command(cmd_name)(getattr(import_module(f"pipeline.commands.{cmd_name}"), cmd_name))
            self.commands[cmd_name] = typer.main.get_command(app)
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name; the error for an unknown one suggests those with similar names."""
        if args[0] not in COMMANDS:
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)


app = typer.Typer(name="raingan", cls=LazyGroup, no_args_is_help=True, **SETTINGS)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"raingan {version('raingan')}")
        raise typer.Exit


@app.callback()
def raingan(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn OCR'd Thai government reports into Parquet tables.

    Exit codes: 0 done, 1 done with quarantined documents or failed checks, 2 wrong use, 3 could not go on.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Thai letters must not stop a run
