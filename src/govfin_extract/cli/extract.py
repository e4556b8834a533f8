"""``govfin extract``: documents to facts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from govfin_extract.cli.common import FAILED, chosen_model, document_options, log_to_stderr, name_failure
from govfin_extract.cli.sources import chosen_limits, collected, documents, limit_option

if TYPE_CHECKING:
    from govfin_extract.document import Document
    from govfin_extract.readers.walk import Inputs

Write = Callable[[int, "Document"], None]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "jsonl", "table"]),
    default="json",
    show_default=True,
    help="json: one object a document; jsonl: one document a line; table: coloured, for the terminal.",
)
@click.option("-o", "--output", help="A file; for json also a folder (ends with / or exists), as several FILES need.")
@limit_option
@document_options
def extract(
    files: tuple[Path, ...],
    format_: str,
    output: str | None,
    limits: tuple[str, ...],
    model: str,
    workers: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Extract the facts of documents.

    FILES are PDF, Word, Excel, HTML or text files, folders of them, or - for standard input. Each is read in a
    process of its own, which is ended when it takes longer than the limit seconds.

    \b
    govfin extract report.pdf                  one JSON object on standard output
    govfin extract report.docx --format table  the same to read
    govfin extract reports/ -o facts/          facts/<stem>.json each, folders mirrored
    govfin extract reports/ --format jsonl     one document a line
    """
    log_to_stderr(verbose)
    from govfin_extract import api

    inputs = collected(files, quiet)
    reading = partial(api.read, model=chosen_model(model))
    failed = 0
    with _sink(inputs, format_, output) as write:
        for index, result in enumerate(documents(inputs, reading, chosen_limits(limits), workers, quiet)):
            try:
                if isinstance(result, Exception):
                    raise result
                write(index, result)
            except BrokenPipeError:
                raise
            except Exception as error:
                failed += 1
                name_failure(inputs.documents[index].path, error, verbose)
    sys.exit(FAILED if failed else 0)


@contextmanager
def _sink(inputs: Inputs, format_: str, output: str | None) -> Iterator[Write]:
    """Where documents go, by format and ``--output``; what cannot be is a usage error before anything is read."""
    from govfin_extract.writers.files import atomic

    several = len(inputs.documents) > 1
    if output is None:
        if several and format_ == "json":
            raise click.UsageError("several documents as json need -o FOLDER/; or use --format jsonl")
        yield _to_stdout(format_)
        return
    folder = output.endswith(("/", "\\")) or Path(output).is_dir()
    if format_ == "table":
        raise click.UsageError("--format table is for the terminal; leave out -o, or use json or jsonl")
    if format_ == "jsonl":
        if folder:
            raise click.UsageError(f"--format jsonl writes one file and {output} is a folder; name a file, or use json")
        _check_targets(inputs, [Path(output)])
        with atomic(Path(output)) as file:
            yield _to_file(file)
    else:
        targets = _targets(inputs, Path(output)) if several or folder else [Path(output)]
        _check_targets(inputs, targets)
        yield _to_targets(targets)


def _targets(inputs: Inputs, folder: Path) -> list[Path]:
    from govfin_extract.writers.files import plan

    return plan([item.relative for item in inputs.documents], folder)


def _check_targets(inputs: Inputs, targets: list[Path]) -> None:
    """A usage error where a result would overwrite an input or cannot be written."""
    from govfin_extract.writers.files import obstacle

    read = {item.path.resolve() for item in inputs.documents}
    for target in targets:
        if target.resolve() in read:
            raise click.UsageError(f"the result would overwrite its input {target}; name another -o")
    try:
        reason = obstacle(targets)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
    if reason:
        raise click.UsageError(f"-o cannot be written: {reason}; name another -o")


def _to_stdout(format_: str) -> Write:
    from govfin_extract.writers import jsonl

    if format_ == "table":
        from govfin_extract.writers.table import show

        return lambda _, document: show(document, sys.stdout)
    encode = jsonl.to_json if format_ == "json" else jsonl.to_line
    return lambda _, document: click.echo(encode(document), nl=False)


def _to_file(file: BinaryIO) -> Write:
    from govfin_extract.writers import jsonl

    def write(_: int, document: Document) -> None:
        file.write(jsonl.to_line(document))

    return write


def _to_targets(targets: list[Path]) -> Write:
    from govfin_extract.writers import files, jsonl

    def write(index: int, document: Document) -> None:
        content = jsonl.to_json(document)
        try:
            with files.atomic(targets[index]) as file:
                file.write(content)
        except OSError as error:
            raise OSError(f"cannot write {targets[index]}: {error.strerror or error}") from error

    return write
