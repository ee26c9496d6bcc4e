"""The command. It loads nothing until it is called, for processes that do work import the script that calls it."""

import gc


def main() -> None:
    """Do what the arguments say."""
    from pipeline.commands.cli import app

    try:
        app()
    finally:
        gc.freeze()  # or Python would look for cycles among all that goes with the process anyway
