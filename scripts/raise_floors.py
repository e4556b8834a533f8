"""Write ``tests/corpus/floors.json``: what the library gets right in every labelled document, never to get less.

    python scripts/raise_floors.py [--reset]

A floor only rises; ``--reset`` writes what is measured now, for a change that costs one document a little and gives
others more (say so in the commit). Figures of a document whose labels changed start anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from govfin_extract.api import extract
from govfin_extract.bench import corpus
from govfin_extract.bench.score import judge, tally

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests/corpus/floors.json"
RIGHT = ("value", "label", "fact")

Floor = dict[str, int]
Floors = dict[str, dict[str, Floor]]


def folders() -> dict[str, Path]:
    """The labelled corpora: every split of ``corpora/src``, and the shared benchmark where it is present."""
    found = {folder.name: folder for folder in sorted((ROOT / "corpora/src").iterdir()) if folder.is_dir()}
    shared = Path(os.environ.get("GOVFIN_SHARED", ROOT.parent / "shared")) / "benchmark/docs"
    return {**found, "benchmark": shared} if shared.is_dir() else found


def measure(document: corpus.Gold) -> Floor:
    """How many facts are labelled, right at each level, and found where there are none."""
    judgements = judge(document, [fact.to_dict() for fact in extract(document.text).facts])
    count = tally(judgements).get("all", Counter())
    spurious = sum(judgement.gold is None for judgement in judgements)
    return {"gold": count.get("gold", 0), **{name: count.get(name, 0) for name in RIGHT}, "spurious": spurious}


def raised(old: Floor, new: Floor) -> Floor:
    """The better of both in every figure."""
    best = {name: max(old[name], new[name]) for name in RIGHT}
    return {"gold": new["gold"], **best, "spurious": min(old["spurious"], new["spurious"])}


def losses(floor: Floor, measured: Floor) -> str:
    """What fell below a floor, in words; empty where nothing did."""
    lost = [f"{key} {measured[key]} < {floor[key]}" for key in RIGHT if measured[key] < floor[key]]
    if measured["spurious"] > floor["spurious"]:
        lost.append(f"spurious {measured['spurious']} > {floor['spurious']}")
    return "; ".join(lost)


def read() -> Floors:
    floors: Floors = json.loads(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    return floors


def main(arguments: list[str]) -> int:
    old = read()
    # A corpus that is not here, as the shared benchmark may be, keeps its floors.
    new: Floors = {name: floors for name, floors in old.items() if name == "benchmark"}
    for name, folder in folders().items():
        new[name] = {}
        for document in corpus.load(folder):
            measured = measure(document)
            before = old.get(name, {}).get(document.name)
            if before is None or before["gold"] != measured["gold"] or "--reset" in arguments:
                new[name][document.name] = measured
            else:
                new[name][document.name] = raised(before, measured)
                if lost := losses(before, measured):
                    print(f"below its floor, which stays: {name}/{document.name}: {lost}")
        total = {key: sum(floor[key] for floor in new[name].values()) for key in ("gold", *RIGHT, "spurious")}
        print(f"{name:<10} {len(new[name])} documents  " + "  ".join(f"{key} {value}" for key, value in total.items()))
    TARGET.write_text(_lines(new), "utf-8")
    return 0


def _lines(floors: Floors) -> str:
    """JSON with a line a document, so that a change shows as one."""
    parts = []
    for name, documents in sorted(floors.items()):
        rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(floor)}" for key, floor in sorted(documents.items()))
        parts.append(f" {json.dumps(name)}: {{\n{rows}\n }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
