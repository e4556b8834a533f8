"""What the commands share: options, the log, the progress bar, how a failure is named."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govfin_extract.errors import GovfinError, ModelError

if TYPE_CHECKING:
    from govfin_extract.api import Model

Command = TypeVar("Command", bound=Callable[..., Any])

FAILED = 1


def document_options(command: Command) -> Command:
    """The options of every command that extracts documents."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Log what happens, and show where an error arose."),
        click.option("-q", "--quiet", is_flag=True, help="No progress bar and no notes; failures are still named."),
        click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to use."),
        click.option(
            "--model",
            default="default",
            show_default=True,
            metavar="none|default|PATH",
            help="Which model decides; none: rules alone.",
        ),
    ):
        command = option(command)
    return command


def chosen_model(name: str) -> Model:
    """The model that ``--model`` names; a usage error where it cannot be loaded."""
    from govfin_extract import api

    model = None if name == "none" else name
    try:
        api.extractor_for(model)
    except ModelError as error:
        raise click.BadParameter(str(error), param_hint="--model") from None
    return model


def write_utf8() -> None:
    """Both streams write UTF-8 whatever the locale; a lone surrogate, which has no UTF-8, as its backslash escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def log_to_stderr(verbose: bool) -> None:
    """The library's own log, which never holds document text."""
    if verbose:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        log = logging.getLogger("govfin_extract")
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)


def name_failure(document: object, error: Exception, verbose: bool) -> None:
    """One line on standard error for a document that failed."""
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    if isinstance(error, (GovfinError, OSError)):
        click.echo(f"govfin: {document}: {error}", err=True)
    else:
        about = f"{type(error).__name__}: {error}".splitlines()[0]
        click.echo(f"govfin: {document}: a bug in govfin: {about}; --verbose shows where", err=True)


@contextmanager
def progress(total: int, quiet: bool, unit: str = "documents") -> Iterator[Callable[[], None]]:
    """A function to call after each document or other unit; moves a bar where standard error is a terminal."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, total=total)
        yield lambda: bar.advance(task)
