"""A run of the benchmark as a record on disk, and what one run gained and lost against another."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from govfin_extract.bench.corpus import Gold, json_object
from govfin_extract.bench.report import around
from govfin_extract.errors import SchemaError

SCHEMA = "govfin-benchmark/1"
UNSEEN = "test"
"""The split of which a comparison shows numbers and no facts: nobody is to work towards its errors."""

Results = dict[str, Any]
_FLAT = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")


def place(folder: Path) -> Path:
    """Where the record of a run stands beside its page."""
    return folder / "benchmark/results.json"


def nothing() -> Results:
    """The record of no run."""
    return {"schema": SCHEMA}


def load(path: Path) -> Results:
    """An earlier run.

    Raises:
        ReadError: the file cannot be read.
        SchemaError: it holds no run of the benchmark.
    """
    content = json_object(path)
    if content.get("schema") != SCHEMA:
        raise SchemaError(
            f"{path} has the schema {content.get('schema')!r}, not {SCHEMA!r}; move it away and run again"
        )
    return content


def save(results: Results, path: Path) -> None:
    """Write a run, lists of figures on one line each, so that a difference of two runs can be read."""
    text = json.dumps(results, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_FLAT.sub(_on_one_line, text) + "\n", "utf-8", newline="\n")


def differences(old: Results, new: Results, documents: Mapping[str, list[Gold]]) -> Iterator[str]:
    """Facts gained and lost by split, system and document; of the test split how many."""
    for split, measured in sorted(new.get("facts", {}).items()):
        texts = {document.name: document.text for document in documents.get(split, ())}
        for system, record in measured["systems"].items():
            before = old.get("facts", {}).get(split, {}).get("systems", {}).get(system)
            if before is None:
                yield f"{split}, {system}: not in the last run"
                continue
            f1 = [run["table"]["all"]["f1"][0] for run in (before, record)]
            yield f"{split}, {system}: fact F1 {f1[0]:.4f} → {f1[1]:.4f}"
            yield from _by_document(before, record, texts, counts_only=split == UNSEEN)


def _by_document(
    before: Mapping[str, Any], after: Mapping[str, Any], texts: Mapping[str, str], *, counts_only: bool
) -> Iterator[str]:
    had, has = ({*run["right"], *run["spurious"]} for run in (before, after))
    for word, names in (("new", has - had), ("gone", had - has)):
        if names:
            yield f"  documents that are {word}: {len(names)}"
    for name in sorted(had & has):
        old, new = (Counter(run["right"].get(name, "").split()) for run in (before, after))
        gained, lost = sorted(new - old, key=_place), sorted(old - new, key=_place)
        spurious = after["spurious"].get(name, 0) - before["spurious"].get(name, 0)
        if gained or lost or spurious:
            yield f"  {name}: {len(gained)} gained, {len(lost)} lost, {spurious:+d} spurious"
        if not counts_only:
            yield from (f"    gained {place} {around(texts.get(name, ''), place)}" for place in gained)
            yield from (f"    lost {place} {around(texts.get(name, ''), place)}" for place in lost)


def _place(place: str) -> tuple[int, str]:
    return int(place.partition(":")[0]), place


def _on_one_line(match: re.Match[str]) -> str:
    return "[" + re.sub(r",\s+", ", ", match[1]) + "]"
