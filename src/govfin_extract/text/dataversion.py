"""The version of everything in ``data/``: lexicons, units, cues, taxonomy. It changes when any of them does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def lexicon_version() -> str:
    """A short digest of the data files, the same on every platform.

    >>> len(lexicon_version())
    12
    """
    total = hashlib.sha256()
    for name, content in sorted(_files(files("govfin_extract").joinpath("data"), "")):
        total.update(f"{name}\0{content}\0".encode())
    return total.hexdigest()[:12]


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        elif entry.name.endswith((".tsv", ".toml")):
            yield above + entry.name, entry.read_text(encoding="utf-8")
