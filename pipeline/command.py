"""The command. It loads nothing until it is called, for processes that do work import the script that calls it."""


def main() -> None:
    """Do what the arguments say."""
    from pipeline.cli import app

    app()
