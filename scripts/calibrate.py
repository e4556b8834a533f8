"""How often each rule is wholly right, on labelled documents: the figures behind ``data/confidence.toml``.

    python scripts/calibrate.py GOLD_DIR…

Prints, for each way in which a part of a fact was decided, how many facts it decided, the share that is wholly right,
and the confidence that they carry on average. The table is edited by hand, as new rules come and go: a row should
stand near the share that is measured on documents from which no rule was made.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from govfin_extract.api import extract
from govfin_extract.bench import corpus
from govfin_extract.bench.score import Level, judge
from govfin_extract.records import Fact

FEW = 8  # shares of fewer facts say nothing


def parts(fact: Fact) -> Iterator[tuple[str, str]]:
    """What decided a fact: the rows of the table that its confidence is made of."""
    how = next((part[len("label: ") :] for part in fact.evidence.split("; ") if part.startswith("label: ")), "none")
    yield from (("label", how), ("kind", fact.kind), ("basis", fact.basis), ("modifier", fact.modifier))
    yield "confidence", f"{fact.confidence:.1f}"


def main(folders: list[str]) -> int:
    if not folders:
        print(__doc__)
        return 2
    seen: dict[tuple[str, str], list[tuple[bool, float]]] = defaultdict(list)
    for folder in folders:
        for document in corpus.load(Path(folder)):
            facts = extract(document.text).facts
            for judgement in judge(document, [fact.to_dict() for fact in facts]):
                if judgement.predicted is None:
                    continue
                fact = Fact.from_dict(judgement.predicted)
                for decided in parts(fact):
                    seen[decided].append((judgement.level >= Level.FACT, float(fact.confidence)))
    for (part, name), outcomes in sorted(seen.items()):
        if len(outcomes) >= FEW:
            right, stated = mean(right for right, _ in outcomes), mean(stated for _, stated in outcomes)
            print(f"{part:<11}{name:<32}{len(outcomes):>6}  right {right:.3f}  stated {stated:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
