"""Labelled documents from disk: built gold folders (``x.gold.json`` beside ``x.txt``) and ``.mark`` sources alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govfin_extract.bench import markup
from govfin_extract.errors import ReadError, SchemaError

Record = Mapping[str, Any]

_GOLD = ".gold.json"


@dataclass(frozen=True, slots=True, repr=False)
class Gold:
    """A labelled document: its text, what it says of itself, and its facts as the annotation guide writes them."""

    name: str
    text: str
    meta: Mapping[str, str]
    facts: tuple[Record, ...]

    def __repr__(self) -> str:
        return f"<Gold {self.name}: {len(self.text)} characters, {len(self.facts)} facts>"


def load(folder: Path) -> list[Gold]:
    """The labelled documents of a folder, sorted by file name.

    Raises:
        ReadError: the folder does not exist or holds none.
        SchemaError: a document does not follow its format.
    """
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder; name one that holds *{_GOLD} beside *.txt, or *.mark files")
    paths = [path for path in sorted(folder.iterdir()) if path.name.endswith((_GOLD, ".mark"))]
    if not paths:
        raise ReadError(f"{folder} holds no labelled document, neither *{_GOLD} nor *.mark")
    return [_marked(path) if path.suffix == ".mark" else _built(path) for path in paths]


def predictions(folder: Path, documents: Iterable[Gold]) -> dict[str, list[Record]]:
    """The facts of ``<name>.json`` in ``folder`` for each document; a document without a file has none."""
    found = {}
    for document in documents:
        path = folder / f"{document.name}.json"
        found[document.name] = _json(path).get("facts", []) if path.exists() else []
    return found


def _marked(path: Path) -> Gold:
    try:
        labelled = markup.parse(_text(path), name=path.stem)
    except markup.MarkupError as error:
        raise SchemaError(str(error)) from None
    return Gold(labelled.name, labelled.text, labelled.meta, tuple(labelled.facts))


def _built(path: Path) -> Gold:
    name = path.name.removesuffix(_GOLD)
    content = _json(path)
    return Gold(name, _text(path.with_name(f"{name}.txt")), content.get("meta", {}), tuple(content.get("facts", ())))


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(path))
    except ValueError as error:
        raise SchemaError(f"{path} is no JSON: {error}") from None
    if not isinstance(content, dict):
        raise SchemaError(f"{path} holds no JSON object")
    return content


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read {path}: {error}") from None
