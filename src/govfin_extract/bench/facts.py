"""Facts of systems against labelled ones, by kind, source and genre; what learning from more documents brings."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govfin_extract.bench import bootstrap, reliability
from govfin_extract.bench.bootstrap import Counts
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.score import LEVELS, Judgement, Level, Ratio, judge, levels, spurious, tally
from govfin_extract.bench.systems import System, Trainer

SURE = 0.9
SHARES = (0.125, 0.25, 0.5, 1.0)


class Run(NamedTuple):
    """What a system made of documents: the judgements of each."""

    documents: Sequence[Gold]
    judgements: Sequence[Sequence[Judgement]]

    def tallies(self) -> list[dict[str, Counter[str]]]:
        """Counts of each document by slice: ``all``, ``kind:…``, ``source:…`` and ``genre:…``."""
        return [_slices(*pair) for pair in zip(self.documents, self.judgements, strict=True)]

    def counts(self, key: str = "all") -> list[Counts]:
        """Whole facts of each document in a slice."""
        return [_counts(slices.get(key)) for slices in self.tallies()]


def run(system: System, documents: Sequence[Gold]) -> Run:
    """Have a system read documents."""
    return Run(documents, [judge(document, system(document.text)) for document in documents])


def compare(systems: Mapping[str, System], documents: Sequence[Gold]) -> dict[str, Any]:
    """Every system on the same documents, and what each gains over the first."""
    runs = {name: run(system, documents) for name, system in systems.items()}
    first, *others = runs
    return {
        "documents": len(documents),
        "characters": sum(len(document.text) for document in documents),
        "systems": {name: _record(done) for name, done in runs.items()},
        "gains": [
            {"of": name, "over": first, "f1": list(bootstrap.gain(runs[first].counts(), runs[name].counts()))}
            for name in others
        ],
    }


def learning_curve(
    train: Trainer,
    documents: Sequence[Gold],
    held_out: Mapping[str, Sequence[Gold]],
    shares: Sequence[float] = SHARES,
) -> list[dict[str, Any]]:
    """F1 on held-out documents, by the name of their split, of what is trained on a growing share of the documents.

    The documents are shuffled once, and a larger share holds the smaller ones: what changes is their number alone.
    """
    shuffled = sorted(documents, key=lambda document: document.name)
    random.Random(bootstrap.SEED).shuffle(shuffled)
    sizes = sorted({max(1, round(share * len(shuffled))) for share in shares})
    return [_point(train, shuffled[:size], held_out) for size in sizes]


def _point(train: Trainer, documents: Sequence[Gold], held_out: Mapping[str, Sequence[Gold]]) -> dict[str, Any]:
    system = train(documents)
    reached = {split: list(bootstrap.f1(run(system, unseen).counts())) for split, unseen in held_out.items()}
    labelled = sum(not fact.get("optional") for document in documents for fact in document.facts)
    return {"documents": len(documents), "facts": labelled, "f1": reached}


def _slices(document: Gold, judgements: Sequence[Judgement]) -> dict[str, Counter[str]]:
    counts = {key: count for key, count in tally(judgements).items() if not key.startswith("doc:")}
    if "all" in counts:
        counts[f"genre:{document.meta.get('doc_type', 'other')}"] = counts["all"]
    return counts


def _counts(count: Counter[str] | None) -> Counts:
    return Counts(count["fact"], count["pred"], count["gold"]) if count else Counts(0, 0, 0)


def _record(done: Run) -> dict[str, Any]:
    judgements = [judgement for document in done.judgements for judgement in document]
    return {
        "table": dict(_rows(done.tallies())),
        "confidence": _confidence(reliability.outcomes(judgements)),
        "right": _right(judgements),
        "spurious": {name: len(places) for name, places in spurious(judgements).items()},
    }


def _confidence(found: Sequence[reliability.Outcome]) -> dict[str, Any]:
    """Whether confidence means what it says; the curve by hundredths of the facts."""
    sure = [right for confidence, right in found if confidence >= SURE]
    curve = reliability.risk_coverage(found)
    step = max(1, len(curve) // 100)
    return {
        "bins": [[item.facts, round(item.confidence, 4), round(item.right, 4)] for item in reliability.bins(found)],
        "error": round(reliability.expected_calibration_error(found), 4),
        "sure": [len(sure), sum(sure), len(found)],
        "risk": [[round(share, 4), round(wrong, 4)] for share, wrong in curve[step - 1 :: step]],
    }


def _rows(documents: Sequence[Mapping[str, Counter[str]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of each slice over all documents."""
    for key in sorted({key for slices in documents for key in slices}):
        counts = [_counts(slices.get(key)) for slices in documents]
        total = sum((slices[key] for slices in documents if key in slices), Counter[str]())
        whole = Ratio(total["fact"], total["pred"], total["gold"])
        yield (
            key,
            {
                "gold": whole.labelled,
                "pred": whole.predicted,
                "right": whole.right,
                "precision": round(whole.precision, 4),
                "recall": round(whole.recall, 4),
                "f1": list(bootstrap.f1(counts)),
                "levels": {level.name.lower(): _f1(total, level) for level in LEVELS},
            },
        )


def _f1(total: Counter[str], level: Level) -> float:
    return round(Ratio(total[level.name.lower()], total["pred"], total["gold"]).f1, 4)


def _right(judgements: Sequence[Judgement]) -> dict[str, str]:
    """By document the places of the facts that are wholly right, one string each to keep the record readable."""
    return {
        document: " ".join(place for place, level in places.items() if level == Level.FACT)
        for document, places in levels(judgements).items()
    }
