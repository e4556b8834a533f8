"""Labelled documents from disk: built gold folders (``x.gold.json`` beside ``x.txt``) and ``.mark`` sources alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
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
    """The facts of ``<name>.json`` in ``folder`` for each document; a document without a file has none.

    Raises:
        ReadError: the folder does not exist.
        SchemaError: a file does not hold facts as the library writes them.
    """
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder; name one that holds the predictions as <name>.json files")
    found: dict[str, list[Record]] = {}
    for document in documents:
        path = folder / f"{document.name}.json"
        found[document.name] = _facts(path, json_object(path), _predicted_complaint) if path.exists() else []
    return found


def _marked(path: Path) -> Gold:
    try:
        labelled = markup.parse(_text(path), name=path.stem)
    except markup.MarkupError as error:
        raise SchemaError(f"{path}: {error}") from None
    return Gold(labelled.name, labelled.text, labelled.meta, tuple(labelled.facts))


def _built(path: Path) -> Gold:
    name = path.name.removesuffix(_GOLD)
    content = json_object(path)
    text = _text(path.with_name(f"{name}.txt"))
    meta = content.get("meta", {})
    if not isinstance(meta, dict):
        raise SchemaError(f"{path}: 'meta' must be an object of the document's own fields")
    facts = _facts(path, content, _gold_complaint)
    beyond = next((fact.get("id", fact) for fact in facts if fact["end"] > len(text)), None)
    if beyond is not None:
        raise SchemaError(f"{path}: fact {beyond!r} ends after the text's {len(text)} characters; is it another text?")
    return Gold(name, text, meta, tuple(facts))


def _facts(path: Path, content: Mapping[str, Any], complaint: Callable[[Record], str | None]) -> list[Record]:
    facts = content.get("facts")
    if not isinstance(facts, list):
        raise SchemaError(f"{path} holds no list 'facts'; a document without facts has an empty one")
    for number, fact in enumerate(facts, 1):
        wrong = complaint(fact) if isinstance(fact, dict) else "it must be an object"
        if wrong:
            raise SchemaError(f"{path}: fact {number} of 'facts': {wrong}")
    return facts


def _complaint(fact: Record) -> str | None:
    """What labelled and predicted facts share: a span, and names that are strings."""
    for key in ("start", "end"):
        if type(fact.get(key)) is not int:
            return f"{key!r} must be a whole number, not {fact.get(key)!r:.40}"
    if not 0 <= fact["start"] <= fact["end"]:
        return f"its span {fact['start']}:{fact['end']} runs backwards or starts before the text"
    for key in ("kind", "unit", "concept"):
        if not isinstance(fact.get(key), str | None):
            return f"{key!r} must be a string or null, not {fact[key]!r:.40}"
    return None


def _gold_complaint(fact: Record) -> str | None:
    labels, others = fact.get("labels", []), fact.get("concept_alt", [])
    if not isinstance(labels, list) or not all(_is_label(label) for label in labels):
        return "'labels' must be a list of objects with 'min' and 'max', each [start, end]"
    if not isinstance(others, list) or not all(isinstance(name, str) for name in others):
        return "'concept_alt' must be a list of strings"
    return _complaint(fact) or (None if fact.get("kind") else "'kind' must be given")


def _is_label(label: object) -> bool:
    ends = [label.get("min"), label.get("max")] if isinstance(label, dict) else [None]
    return all(isinstance(end, list) and [type(offset) for offset in end] == [int, int] for end in ends)


def _predicted_complaint(fact: Record) -> str | None:
    label = fact.get("label")
    if label and not isinstance(label, dict):
        return f"'label' must be an object or null, not {label!r:.40}"
    if label and label.get("start") is None and not isinstance(label.get("text"), str):
        return "'label' must have 'start' and 'end', or 'text'"
    if label and label.get("start") is not None and [type(label.get(key)) for key in ("start", "end")] != [int, int]:
        return "'start' and 'end' of 'label' must be whole numbers"
    return _complaint(fact)


def json_object(path: Path) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises:
        ReadError: it cannot be read.
        SchemaError: it holds something else.
    """
    try:
        content = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
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
