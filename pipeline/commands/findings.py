"""`raingan findings`: what the codes of findings mean."""

import typer

from pipeline.commands.terminal import AsJson, print_json


def findings(as_json: AsJson = False) -> None:
    """List the codes of findings: meaning, cause and advice."""
    from schemas.findings import CODES

    if as_json:
        fields = ("severity", "meaning", "cause", "advice")
        print_json({name: {field: getattr(code, field) for field in fields} for name, code in CODES.items()})
        return
    for name, code in CODES.items():
        typer.echo(
            f"{name} ({code.severity})\n    {code.meaning}\n"
            f"    Likely cause: {code.cause}\n    What to do: {code.advice}"
        )
