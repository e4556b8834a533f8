"""What is right in each format's files once it keeps being right: ``floors.json``, by format and document.

    python -m tests.formats.floors [--reset]

A floor only rises; ``--reset`` writes what is measured now. Formats whose program is not installed keep their floors.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.formats.gold import Score
from tests.formats.material import FORMATS, documents, made, missing, scores

TARGET = Path(__file__).parent / "floors.json"

Floors = dict[str, dict[str, dict[str, int]]]


def read() -> Floors:
    """The floors as they stand."""
    floors: Floors = json.loads(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    return floors


def losses(floor: dict[str, int], measured: Score) -> str:
    """What fell below a floor, in words; empty where nothing did.

    >>> losses({"gold": 9, "fact": 8, "spurious": 0}, Score(gold=9, fact=7, spurious=1))
    'fact 7 < 8; spurious 1 > 0'
    """
    lost = []
    if measured.gold != floor["gold"]:
        lost.append(f"the labels changed from {floor['gold']} to {measured.gold}: run python -m tests.formats.floors")
    if measured.fact < floor["fact"]:
        lost.append(f"fact {measured.fact} < {floor['fact']}")
    if measured.spurious > floor["spurious"]:
        lost.append(f"spurious {measured.spurious} > {floor['spurious']}")
    return "; ".join(lost)


def raised(floor: dict[str, int] | None, measured: Score) -> dict[str, int]:
    """The better of both in every figure."""
    if floor is None or floor["gold"] != measured.gold:
        return measured._asdict()
    fact, spurious = max(floor["fact"], measured.fact), min(floor["spurious"], measured.spurious)
    return {"gold": measured.gold, "fact": fact, "spurious": spurious}


def main(arguments: list[str]) -> int:
    old = read()
    new: Floors = {}
    for form in FORMATS:
        if missing(form):
            print(f"{form.name:<14} keeps its floors: {missing(form)}")
            new[form.name] = old.get(form.name, {})
            continue
        before = {} if "--reset" in arguments else old.get(form.name, {})
        with tempfile.TemporaryDirectory() as folder:
            measured = scores(made(form, documents(), Path(folder)))
        new[form.name] = {name: raised(before.get(name), score) for name, score in measured.items()}
        total = Score(*(sum(figures) for figures in zip(*measured.values(), strict=True)))
        print(f"{form.name:<14} {len(measured)} documents  {total}  F1 {total.f1:.4f}")
    TARGET.write_text(_lines(new), "utf-8")
    return 0


def _lines(floors: Floors) -> str:
    """JSON with a line a document, so that a change shows as one."""
    parts = []
    for name, by_document in floors.items():
        rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(floor)}" for key, floor in sorted(by_document.items()))
        parts.append(f" {json.dumps(name)}: {{\n{rows}\n }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
