"""The benchmark from end to end: what is measured on which files of a checkout, and what is written where."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govfin_extract._version import __version__
from govfin_extract.bench import comparators, corpus, facts, page, plots, quantities, results, speed, words
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.results import Results
from govfin_extract.bench.systems import System, Trainer
from govfin_extract.errors import ReadError

PARTS = ("facts", "curve", "quantities", "words", "speed")
TRAIN, HELD_OUT = "train", ("dev", "test")
_BASELINE = "regular expression"

Note = Callable[[str], None]


@dataclass(frozen=True)
class Checkout:
    """Where the benchmark finds what it reads, and the shared conformance rows where they are present."""

    root: Path
    shared: Path

    @property
    def scripts(self) -> Path:
        return self.root / "scripts/bench"

    @property
    def environments(self) -> Path:
        return self.root / "build/bench"

    @property
    def sentences(self) -> Path:
        return self.root / "tests/data/quantities.jsonl"

    def documents(self) -> dict[str, list[Gold]]:
        """The labelled documents of each split that has any.

        Raises:
            ReadError: the folder is no checkout with labelled documents.
        """
        splits = {name: self.root / "corpora/src" / name for name in (TRAIN, *HELD_OUT)}
        found = {name: corpus.load(path) for name, path in splits.items() if any(path.glob("*.mark"))}
        if not set(HELD_OUT) <= found.keys():
            raise ReadError(f"{self.root} has no corpora/src/dev and test: the benchmark runs in a checkout")
        return found


def checkout(root: Path, shared: Path | None = None) -> Checkout:
    """A checkout, with the project's shared folder (``GOVFIN_SHARED``, or beside it)."""
    return Checkout(root, shared or Path(os.environ.get("GOVFIN_SHARED", root.resolve().parent / "shared")))


def run(
    place: Checkout,
    documents: Mapping[str, list[Gold]],
    *,
    systems: Mapping[str, System],
    trainer: Trainer,
    parts: Sequence[str] = PARTS,
    note: Note,
) -> Results:
    """Measure the parts that are asked for."""
    measured: Results = {"schema": results.SCHEMA, "library": __version__, "machine": _machine()}
    if "facts" in parts:
        for split in HELD_OUT:
            note(f"facts of {split}")
            measured.setdefault("facts", {})[split] = facts.compare(systems, documents[split])
    if "curve" in parts:
        measured["curve"] = _curve(documents, trainer, note)
    if "quantities" in parts:
        measured["quantities"] = _quantities(place, documents["test"], note)
    if "words" in parts:
        note("words")
        measured["words"] = words.measure(documents["test"], words.tokenizers())
    if "speed" in parts:
        note("speed")
        measured["speed"] = speed.measure([document.text for document in documents["test"]])
    return measured


def write(measured: Results, folder: Path) -> None:
    """Write ``benchmark.md``, and the record and the plots in ``benchmark/``."""
    results.save(measured, results.place(folder))
    pictures = plots.draw(measured, folder / "benchmark")
    (folder / "benchmark.md").write_text(page.render(measured, pictures), "utf-8", newline="\n")


def _machine() -> dict[str, Any]:
    system = f"{platform.system()} {platform.machine()}"
    return {"python": platform.python_version(), "system": system, "processors": os.cpu_count()}


def _curve(documents: Mapping[str, list[Gold]], trainer: Trainer, note: Note) -> list[dict[str, Any]]:
    if TRAIN not in documents:
        return []
    note("learning curve")
    return facts.learning_curve(trainer, documents[TRAIN], {split: documents[split] for split in HELD_OUT})


def _quantities(place: Checkout, documents: Sequence[Gold], note: Note) -> dict[str, Any]:
    tools = comparators.tools(place.scripts, place.environments)
    rows = place.shared / "conformance"
    baseline = next(tool for tool in tools if tool.name == _BASELINE)
    arabic = quantities.arabic_numbers(baseline, quantities.rewritten(rows))
    items = [
        *quantities.sentences(place.sentences),
        *quantities.expressions(documents),
        *quantities.conformance(rows, arabic),
    ]
    lines = [line for document in documents for line in document.text.splitlines() if line.strip()]
    measured = {}
    for tool in tools:
        note(f"quantities with {tool.name}")
        measured[tool.name] = quantities.measure(tool, items, lines)
    return measured
