"""The command `raingan`. It loads nothing until it is called: worker processes import the script that calls it."""

import gc
import os
import sys


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # Arrow's own one takes 20 MiB more
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # they are sought in every installed package
    gc.set_threshold(200_000)  # more objects than a start makes, nearly all of which live as long as the command
    from raingan.errors import Error, require_own_packages

    try:
        require_own_packages()
    except Error as error:
        sys.stderr.write(f"raingan: {error}\n")
        sys.exit(3)
    from pipeline.commands.cli import app

    try:
        app()
    finally:
        gc.freeze()  # else Python would search all objects for cycles just before the process ends


if __name__ == "__main__":
    main()
