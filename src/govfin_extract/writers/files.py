"""Where results go: names below an output folder, and files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def plan(documents: Sequence[Path], folder: Path, suffix: str = ".json") -> list[Path]:
    """A target below ``folder`` for each document, given relative to the folder that was walked.

    >>> [target.as_posix() for target in plan([Path("a/x.txt"), Path("y.txt"), Path("y.pdf")], Path("out"))]
    ['out/a/x.json', 'out/y.txt.json', 'out/y.pdf.json']

    Of documents that clash even so (``a/x.txt b/x.txt`` named one by one) the later ones are numbered.
    """
    names = [path.name if str(path) != "-" else "stdin" for path in documents]
    short = [path.with_name(f"{Path(name).stem}{suffix}") for path, name in zip(documents, names, strict=True)]
    count = Counter(_folded(target) for target in short)
    taken: set[str] = set()
    targets = []
    for path, name, target in zip(documents, names, short, strict=True):
        chosen = target if count[_folded(target)] == 1 else path.with_name(f"{name}{suffix}")
        number = 1
        while _folded(chosen) in taken:
            number += 1
            chosen = path.with_name(f"{name}.{number}{suffix}")
        taken.add(_folded(chosen))
        targets.append(folder / chosen)
    return targets


def _folded(path: Path) -> str:
    """A key that holds on file systems that do not tell X from x, too."""
    return str(path).casefold()


def obstacle(targets: Iterable[Path]) -> str | None:
    """Why one of the targets cannot be written, naming what is in the way; None where all can. Leaves nothing behind.

    >>> obstacle([Path("new/folder/x.json")]) is None
    True
    """
    tried: set[Path] = set()
    for target in targets:
        if target.is_dir():
            return f"{target} is a folder"
        if target.exists() and not target.is_file():
            return f"{target} is no ordinary file"
        above = next(folder for folder in target.parents if os.path.lexists(folder))
        if above not in tried and (reason := _unusable(above)):
            return reason
        tried.add(above)
    return None


def _unusable(folder: Path) -> str | None:
    if not folder.is_dir():
        return f"{folder} is no folder but a file"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"no file can be made in {folder} ({error.strerror})"


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its place only when the block ends well; folders are made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
