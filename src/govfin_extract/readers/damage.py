"""What other libraries raise at a broken file, as this library's error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from govfin_extract.errors import DamagedFileError, GovfinError


@contextmanager
def reported_damage(what: str, remedy: str) -> Iterator[None]:
    """Raise whatever a parser raises inside as :class:`DamagedFileError`; our own errors pass as they are.

    Parsers of files raise what a broken part leads them to: KeyError, struct.error, anything.

    >>> with reported_damage("x.pdf is a broken PDF", "save it anew"):
    ...     {}["Root"]
    Traceback (most recent call last):
    govfin_extract.errors.DamagedFileError: [GF011] x.pdf is a broken PDF (KeyError); save it anew
    """
    try:
        yield
    except GovfinError:
        raise
    except Exception as error:
        raise DamagedFileError(f"{what} ({type(error).__name__}); {remedy}") from error
