"""What the commands read: files, folders and standard input, each file in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govfin_extract.cli.common import progress
from govfin_extract.errors import SettingError

if TYPE_CHECKING:
    from govfin_extract.document import Document
    from govfin_extract.readers.limits import Limits
    from govfin_extract.readers.walk import Inputs

limit_option = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="What one file may cost: bytes, unpacked_bytes, pages, cells or seconds. May be given several times.",
)


def collected(files: Iterable[Path], quiet: bool) -> Inputs:
    """The documents that files and folders hold; a usage error where they hold none."""
    from govfin_extract.readers.detect import SUFFIXES
    from govfin_extract.readers.walk import collect

    inputs = collect(files)
    counts = ", ".join(f"{count} {suffix}" for suffix, count in sorted(inputs.passed_over.items()))
    if not inputs.documents:
        held = f", only {counts}" if counts else ""
        read = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        raise click.UsageError(f"no {read} files{held}; name a file to read it whatever its suffix")
    if counts and not quiet:
        click.echo(f"govfin: left out of folders: {counts} (read: {', '.join(SUFFIXES)})", err=True)
    return inputs


def chosen_limits(said: Iterable[str]) -> Limits:
    """The limits that ``--limit`` sets; a usage error for one that there is not."""
    from govfin_extract.readers.limits import Limits

    values: dict[str, float] = {}
    for each in said:
        name, _, value = each.partition("=")
        try:
            values[name] = float(value) if name == "seconds" else int(value)
        except ValueError:
            raise click.BadParameter(f"{each!r} is not NAME=VALUE with a number", param_hint="--limit") from None
    try:
        return Limits(**values)  # type: ignore[arg-type]
    except (TypeError, SettingError) as error:
        names = ", ".join(Limits.__slots__)
        raise click.BadParameter(f"{error}; the limits are {names}", param_hint="--limit") from None


def documents(
    inputs: Inputs, read: Callable[..., Document], limits: Limits, workers: int, quiet: bool
) -> Iterator[Document | Exception]:
    """The documents of the inputs, each read in a process of its own by ``read(source, limits=…)``."""
    from govfin_extract.readers.walk import STANDARD_INPUT
    from govfin_extract.scale.local import outcomes

    paths = (item.path for item in inputs.documents)
    # One byte more than allowed: a stream may be endless, and is refused like any file that is too large.
    most = int(limits.bytes) + 1
    sources = (sys.stdin.buffer.read(most) if path == STANDARD_INPUT else path for path in paths)
    read = partial(read, limits=limits)
    workers = min(workers, len(inputs.documents))
    with progress(len(inputs.documents), quiet) as advance:
        for _, result in outcomes(read, sources, workers=workers, isolated=True, seconds=limits.seconds):
            yield result
            advance()
