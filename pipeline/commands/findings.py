"""`raingan findings`: what the codes of findings mean."""

from dataclasses import asdict

import typer

from pipeline.commands.terminal import AsJson, print_json


def findings(as_json: AsJson = False) -> None:
    """List the codes of findings: meaning, cause and advice."""
    from schemas.findings import CODES

    if as_json:
        print_json({name: asdict(code) for name, code in CODES.items()})
        return
    for name, code in CODES.items():
        typer.echo(
            f"{name} ({code.severity})\n    {code.meaning}\n"
            f"    Likely cause: {code.cause}\n    What to do: {code.advice}"
        )
