"""The card of a model: what it is for, how it was measured, where it fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from govfin_extract.bench.bootstrap import counts, f1, gain
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.reliability import expected_calibration_error, outcomes
from govfin_extract.bench.score import LEVELS, Judgement, judge
from govfin_extract.pipeline import Extractor

_KINDS = ("amount", "ratio", "event", "staffing", "score", "asset", "institution", "grade")


def card(folder: Path, test: Sequence[Gold]) -> str:
    """The card's text, for the model in a folder, scored on labelled documents; without any it has no scores."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    trained = manifest["trained_on"]
    lines = [
        f"# {manifest['name']} {manifest['version']}",
        "",
        "Decides between what the rules of govfin_extract propose: whether a figure is a fact, its kind, which words",
        "are its label, its measure, basis and period; and says how sure that is. Linear weights over characters,",
        "words and structure; where it is not sure enough of another choice, the rules' own stands.",
        "",
        f"Trained on {trained['documents']} documents with {trained['facts']} labelled facts.",
        "",
        "Not for documents of another language or of companies; it decides nothing that the rules did not find.",
    ]
    return "\n".join([*lines, *(_scores(folder, test) if test else ())]) + "\n"


def _scores(folder: Path, test: Sequence[Gold]) -> list[str]:
    names = [document.name for document in test]
    rules, model = (judged(Extractor(model=name), test) for name in (None, folder))
    lines = [
        "",
        f"## Scores on {len(test)} test documents",
        "",
        "F1 with 95 % intervals (documents drawn 1,000 times).",
        "",
        "| level | rules alone | with the model | gain |",
        "| --- | --- | --- | --- |",
    ]
    for level in LEVELS:
        old, new = (counts(names, found, level) for found in (rules, model))
        lines.append(f"| {level.name.lower()} | {f1(old)} | {f1(new)} | {gain(old, new)} |")
    lines += ["", "| kind | facts | rules alone | with the model |", "| --- | --- | --- | --- |"]
    for kind in _KINDS:
        before, after = ([item for item in found if _kind(item) == kind] for found in (rules, model))
        labelled = sum(item.gold is not None for item in after)
        if labelled:
            without, with_it = (f1(counts(names, found)) for found in (before, after))
            lines.append(f"| {kind} | {labelled} | {without.value:.3f} | {with_it.value:.3f} |")
    sure = outcomes(model)
    high = [right for confidence, right in sure if confidence >= 0.9]
    lines += [
        "",
        f"Of {len(sure)} facts {len(high) / len(sure):.1%} have a confidence of 0.9 or more; of these"
        f" {sum(high) / max(1, len(high)):.1%} are wholly right.",
        f"Expected calibration error in 10 bins: {expected_calibration_error(sure):.3f}.",
    ]
    return lines


def judged(extractor: Extractor, test: Sequence[Gold]) -> list[Judgement]:
    """What became of the labelled facts of documents."""
    return [
        judgement
        for document in test
        for judgement in judge(document, [fact.to_dict() for fact in extractor(document.text).facts])
    ]


def _kind(judgement: Judgement) -> str:
    record = judgement.gold or judgement.predicted or {}
    return str(record.get("kind"))
