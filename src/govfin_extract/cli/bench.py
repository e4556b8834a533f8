"""``govfin bench``: the benchmark of a checkout, with tables, plots and what changed since the last run."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)
_PARTS = ("facts", "curve", "quantities", "words", "speed")


@click.command()
@click.argument("checkout", type=_FOLDER, default=".")
@click.option("--part", "parts", type=click.Choice(_PARTS), multiple=True, help="Measure this part alone; repeatable.")
@click.option("--diff", is_flag=True, help="Print facts gained and lost since the last run, by document.")
@click.option("-o", "--output", type=_FOLDER, metavar="DIR", help="Where to write.  [default: CHECKOUT/docs]")
@click.option("--shared", type=_FOLDER, metavar="DIR", help="Holds conformance/.  [default: CHECKOUT/../shared]")
@click.option("-q", "--quiet", is_flag=True, help="Do not name what is being measured.")
def bench(
    checkout: Path, parts: tuple[str, ...], diff: bool, output: Path | None, shared: Path | None, quiet: bool
) -> None:
    """Measure the library beside others on a checkout's labelled documents.

    Writes benchmark.md, and benchmark/ with results.json and the plots. Parts that are not measured keep
    the figures of the last run. Needs the extra bench; scripts/bench/install.py installs the other libraries.

    \b
    govfin bench --diff
    govfin bench --part facts --diff -o build/
    """
    from govfin_extract.bench import plots, results, run, systems

    plots.require()
    place = run.checkout(checkout, shared)
    target = output or checkout / "docs"
    documents = place.documents()
    # what is compared with are the last figures there are: those of the folder, else the checkout's own
    kept = next((path for folder in (target, checkout / "docs") if (path := results.place(folder)).exists()), None)
    last = results.load(kept) if kept else results.nothing()
    measured = run.run(
        place,
        documents,
        systems=systems.systems(),
        trainer=systems.train,
        parts=parts or _PARTS,
        note=partial(_note, quiet),
    )
    run.write({**last, **measured}, target)
    if diff:
        for line in results.differences(last, measured, documents):
            click.echo(line)


def _note(quiet: bool, line: str) -> None:
    if not quiet:
        click.echo(f"govfin: {line}", err=True)
