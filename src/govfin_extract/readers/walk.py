"""The inputs of a command: files as named, folders walked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from govfin_extract.readers.detect import SUFFIXES

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """A document to read and where its result belongs below an output folder."""

    path: Path
    relative: Path


@dataclass(slots=True)
class Inputs:
    """What a command line names: the documents in order, and how many files of other suffixes folders held."""

    documents: list[Input] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def collect(paths: Iterable[Path]) -> Inputs:
    """The documents behind ``paths``: a file counts whatever its suffix, a folder gives its documents, sorted.

    Hidden files and folders are left out; a document named twice counts once.
    """
    found = Inputs()
    seen: set[Path] = set()
    for path in paths:
        for document in _walk(path, found.passed_over) if path.is_dir() else [Input(path, Path(path.name))]:
            key = document.path if document.path == STANDARD_INPUT else document.path.resolve()
            if key not in seen:
                seen.add(key)
                found.documents.append(document)
    return found


def _walk(folder: Path, passed_over: Counter[str]) -> Iterable[Input]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_dir() or any(part.startswith(".") for part in relative.parts):
            continue
        if path.suffix.lower() in SUFFIXES:
            yield Input(path, relative)
        else:
            passed_over[path.suffix.lower() or "no suffix"] += 1
