"""``govfin quantities``: every quantity of a text."""

from __future__ import annotations

import json
import sys

import click


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("text")
def quantities(text: str) -> None:
    """Print every quantity of TEXT as a JSON array.

    Quantities are found whether or not they report a fact; - reads standard input.

    \b
    govfin quantities "约1.2亿元，增长百分之三"
    """
    from govfin_extract import api
    from govfin_extract.readers.source import load

    if text == "-":
        text = load(sys.stdin.buffer.read()).text
    found = [quantity.to_dict() for quantity in api.find_quantities(text)]
    output = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    click.echo(output.encode("utf-8", "backslashreplace"), nl=False)
