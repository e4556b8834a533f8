"""The ``govfin`` command. What a command needs is imported when it runs, so that ``govfin --help`` answers at once."""

from __future__ import annotations

from typing import Any

import click

from govfin_extract._version import __version__
from govfin_extract.cli.audit import audit
from govfin_extract.cli.bench import bench
from govfin_extract.cli.common import write_utf8
from govfin_extract.cli.evaluate import evaluate
from govfin_extract.cli.extract import extract
from govfin_extract.cli.quantities import quantities
from govfin_extract.cli.train import train
from govfin_extract.errors import GovfinError


class _Group(click.Group):
    """Writes UTF-8; shows the errors that are no bugs, the library's own and the file system's, as one line, code 1."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        write_utf8()
        return super().main(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise
        except (GovfinError, OSError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="govfin", message="%(prog)s %(version)s")
def main() -> None:
    """Exact, traceable figures from Chinese government fiscal documents.

    Exit codes: 0 done, 1 some documents failed (each is named on standard error, the rest are written), 2 usage,
    3 (audit) there are findings.
    """


main.add_command(extract)
main.add_command(audit)
main.add_command(quantities)
main.add_command(evaluate)
main.add_command(train)
main.add_command(bench)
