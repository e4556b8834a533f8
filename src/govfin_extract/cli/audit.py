"""``govfin audit``: what the figures of documents say of each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govfin_extract.cli.common import FAILED, chosen_model, document_options, log_to_stderr, name_failure
from govfin_extract.cli.sources import chosen_limits, collected, documents, limit_option

if TYPE_CHECKING:
    from govfin_extract.document import Document
    from govfin_extract.readers.walk import Input

FINDINGS = 3


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="text: a coloured report; json: the documents with their findings, one a line where there are several.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write instead of standard output.")
@click.option("--rules", type=click.Path(path_type=Path), help="A TOML file with relations of your own.")
@limit_option
@document_options
def audit(
    files: tuple[Path, ...],
    format_: str,
    output: Path | None,
    rules: Path | None,
    limits: tuple[str, ...],
    model: str,
    workers: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check the arithmetic of documents.

    FILES as for extract. Sums, shares, growth, completion, scores, staff, and tables against prose are computed again
    within what the printed decimals allow. Exit code 3: there are findings.

    \b
    govfin audit report.pdf                       a report to read
    govfin audit reports/ --format csv -o all.csv one finding a row
    govfin audit report.pdf --rules mine.toml     with relations of your own
    """
    log_to_stderr(verbose)
    inputs = collected(files, quiet)
    _check(rules, output, inputs.documents)
    reading = partial(_audited, model=chosen_model(model), rules=rules)
    failed = found = 0
    done: list[tuple[str, Document]] = []
    for index, result in enumerate(documents(inputs, reading, chosen_limits(limits), workers, quiet)):
        path = inputs.documents[index].path
        if isinstance(result, Exception):
            failed += 1
            name_failure(path, result, verbose)
        else:
            found += bool(result.findings)
            done.append((str(path), result))
    _write(done, format_, output)
    sys.exit(FAILED if failed else FINDINGS if found else 0)


def _audited(source: object, **options: object) -> Document:
    """A document, read and audited."""
    from govfin_extract import api

    rules = options.pop("rules")
    document = api.read(source, **options)  # type: ignore[arg-type]
    document.audit(rules=rules)  # type: ignore[arg-type]
    return document


def _check(rules: Path | None, output: Path | None, inputs: Sequence[Input]) -> None:
    """A usage error, before anything is read, for rules that cannot be used and an output that cannot be written."""
    from govfin_extract.audit import load_rules
    from govfin_extract.errors import GovfinError
    from govfin_extract.writers.files import obstacle

    if rules is not None:
        try:
            load_rules(rules)
        except GovfinError as error:
            raise click.BadParameter(str(error), param_hint="--rules") from None
    if output is not None:
        read = {item.path.resolve() for item in inputs}
        if output.resolve() in read:
            raise click.UsageError(f"the result would overwrite its input {output}; name another -o")
        if reason := obstacle([output]):
            raise click.UsageError(f"-o cannot be written: {reason}; name another -o")


def _write(done: list[tuple[str, Document]], format_: str, output: Path | None) -> None:
    from govfin_extract.writers import audit_files, audit_text
    from govfin_extract.writers.files import atomic

    if format_ == "text" and output is None:
        for name, document in done:
            audit_text.show(name, document, sys.stdout)
        return
    content = audit_text.plain(done) if format_ == "text" else audit_files.encode(done, format_)
    if output is None:
        click.echo(content, nl=False)
        return
    with atomic(output) as file:
        file.write(content)
