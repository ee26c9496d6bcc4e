"""The command. It loads nothing before it is called, for every process that does work imports the script that calls it."""


def main() -> None:
    """Do what the arguments say."""
    from pipeline.cli import app

    app()
