"""Whether confidence means what it says: bins of it against how often facts are wholly right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govfin_extract.bench.score import Judgement, Level

Outcome = tuple[float, bool]
BINS = 10


class Bin(NamedTuple):
    """Facts of about the same confidence: how many, their mean confidence, the share that is wholly right."""

    facts: int
    confidence: float
    right: float


def outcomes(judgements: Sequence[Judgement]) -> list[Outcome]:
    """The confidence of each found fact that has one, and whether it is wholly right."""
    return [
        (float(judgement.predicted["confidence"]), judgement.gold is not None and judgement.level >= Level.FACT)
        for judgement in judgements
        if judgement.predicted is not None and "confidence" in judgement.predicted
    ]


def bins(found: Sequence[Outcome], number: int = BINS) -> list[Bin]:
    """The bins that hold anything, from the least to the most sure; a confidence of 1 is in the last.

    >>> bins([(0.95, True), (0.95, False), (0.2, False)])
    [Bin(facts=1, confidence=0.2, right=0.0), Bin(facts=2, confidence=0.95, right=0.5)]
    """
    grouped: dict[int, list[Outcome]] = {}
    for confidence, right in found:
        grouped.setdefault(min(int(confidence * number), number - 1), []).append((confidence, right))
    return [
        Bin(
            len(group),
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for _, group in sorted(grouped.items())
    ]


def expected_calibration_error(found: Sequence[Outcome], number: int = BINS) -> float:
    """The distance between confidence and share of right facts, averaged over the bins by their size.

    >>> expected_calibration_error([(0.75, True), (0.75, False)])
    0.25
    """
    if not found:
        return 0.0
    return sum(item.facts * abs(item.confidence - item.right) for item in bins(found, number)) / len(found)


def risk_coverage(found: Sequence[Outcome]) -> list[tuple[float, float]]:
    """For every share of the facts, the surest first: that share, and the share of these that is wrong.

    >>> risk_coverage([(0.5, False), (0.9, True)])
    [(0.5, 0.0), (1.0, 0.5)]
    """
    wrong = 0
    curve = []
    for number, (_, right) in enumerate(sorted(found, key=lambda outcome: -outcome[0]), 1):
        wrong += not right
        curve.append((number / len(found), wrong / number))
    return curve
