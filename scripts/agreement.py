"""How far two people agree who labelled the same documents independently: ``corpora/second`` against ``corpora/src``.

    python scripts/agreement.py

Of the facts that either calls one, optional ones left out: how many have the same place and kind, value, label, and all
else. Two labels agree where the shortest phrase of each lies in the longest of the other. Prints a table of F1 by level
and document, and every fact on which the two differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from govfin_extract.bench import corpus
from govfin_extract.bench.score import pairs

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("span and kind", "value and unit", "label", "measure, basis, period, full mark")

Fact = Mapping[str, Any]


def level(one: Fact, other: Fact) -> int:
    """How many of ``LEVELS`` two labellings of a figure share, in their order."""
    if one["kind"] != other["kind"]:
        return 0
    if any(one.get(key) != other.get(key) for key in ("value", "low", "high", "unit")):
        return 1
    if not any(_agree(first, second) for first in one["labels"] for second in other["labels"]):
        return 2
    return 4 if all(one.get(key) == other.get(key) for key in ("measure", "basis", "period", "max_score")) else 3


def _agree(one: Mapping[str, list[int]], other: Mapping[str, list[int]]) -> bool:
    return _lies_in(one["min"], other["max"]) and _lies_in(other["min"], one["max"])


def _lies_in(inner: list[int], outer: list[int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def compare(first: corpus.Gold, second: corpus.Gold) -> tuple[Counter[str], list[str]]:
    """The counts of a document, and what the two differ in."""
    count: Counter[str] = Counter()
    differ = []
    partner = dict(pairs(first.facts, second.facts))
    for number, fact in enumerate(first.facts):
        other = second.facts[partner[number]] if number in partner else None
        if fact.get("optional") or (other is not None and other.get("optional")):
            continue
        count["first"] += 1
        if other is None:
            differ.append(f"{first.name}: only the first has {fact['text']!r} at {fact['start']}")
            continue
        count["second"] += 1
        reached = level(fact, other)
        for name in LEVELS[:reached]:
            count[name] += 1
        if reached < len(LEVELS):
            differ.append(f"{first.name}: {LEVELS[reached]} of {fact['text']!r} at {fact['start']}")
    alone = set(range(len(second.facts))) - set(partner.values())
    for number in sorted(alone):
        if not second.facts[number].get("optional"):
            count["second"] += 1
            differ.append(f"{first.name}: only the second has {second.facts[number]['text']!r}")
    return count, differ


def compared() -> Iterator[tuple[str, Counter[str], list[str]]]:
    """Every document that was labelled twice."""
    splits = (folder for folder in sorted((ROOT / "corpora/src").iterdir()) if folder.is_dir())
    first = {document.name: document for folder in splits for document in corpus.load(folder)}
    for second in corpus.load(ROOT / "corpora/second"):
        yield second.name, *compare(first[second.name], second)


def agreement(count: Counter[str], name: str) -> float:
    """F1 of one level."""
    return 2 * count[name] / (count["first"] + count["second"])


def main() -> None:
    total: Counter[str] = Counter()
    differences = []
    for name, count, differ in compared():
        total += count
        differences += differ
        print(f"{name:<32}{count['first']:>5}" + "".join(f"{agreement(count, level):>8.3f}" for level in LEVELS))
    print(f"{'all':<32}{total['first']:>5}" + "".join(f"{agreement(total, level):>8.3f}" for level in LEVELS))
    print("\n".join(differences))


if __name__ == "__main__":
    main()
