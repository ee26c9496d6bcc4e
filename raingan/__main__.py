"""The command `raingan`. It loads nothing until it is called: worker processes import the script that calls it."""

import gc


def main() -> None:
    """Run the command that the arguments name."""
    from pipeline.commands.cli import app

    try:
        app()
    finally:
        gc.freeze()  # else Python would search all objects for cycles just before the process ends


if __name__ == "__main__":
    main()
