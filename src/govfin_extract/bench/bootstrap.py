"""How sure a score is: documents are drawn again and again, and the score is computed on each draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govfin_extract.bench.score import Judgement, Level

DRAWS = 1000
SEED = 20260101


class Interval(NamedTuple):
    """A score and where it lies in 95 of 100 draws."""

    score: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.score:.3f} ({self.low:.3f} to {self.high:.3f})"


Counts = NDArray[np.float64]  # a document a row: right, predicted, labelled


def counts(judgements: Sequence[Judgement], level: Level = Level.FACT) -> dict[str, list[int]]:
    """Right, predicted and labelled facts by document."""
    found: dict[str, list[int]] = {}
    for judgement in judgements:
        row = found.setdefault(judgement.document, [0, 0, 0])
        row[0] += judgement.gold is not None and judgement.level >= level
        row[1] += judgement.predicted is not None
        row[2] += judgement.gold is not None
    return found


def f1(found: Mapping[str, Sequence[int]]) -> Interval:
    """F1 with its interval, documents drawn with replacement.

    >>> f1({"a": [9, 10, 10], "b": [9, 10, 10]})
    Interval(score=0.9, low=0.9, high=0.9)
    """
    table = np.array([found[name] for name in sorted(found)], dtype=float)
    return _interval(_f1(table.sum(axis=0)), [_f1(table[draw].sum(axis=0)) for draw in _draws(len(table))])


def gain(old: Mapping[str, Sequence[int]], new: Mapping[str, Sequence[int]]) -> Interval:
    """How much F1 is gained, both systems on the same draws.

    >>> gain({"a": [5, 10, 10], "b": [5, 10, 10]}, {"a": [9, 10, 10], "b": [9, 10, 10]}).low
    0.4
    """
    names = sorted(old)
    before, after = (np.array([side[name] for name in names], dtype=float) for side in (old, new))
    gains = [_f1(after[draw].sum(axis=0)) - _f1(before[draw].sum(axis=0)) for draw in _draws(len(names))]
    return _interval(_f1(after.sum(axis=0)) - _f1(before.sum(axis=0)), gains)


def _draws(size: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(0, size, (DRAWS, size))


def _f1(total: Counts) -> float:
    right, predicted, labelled = total
    return float(2 * right / (predicted + labelled)) if predicted + labelled else 0.0


def _interval(score: float, drawn: Sequence[float]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(round(score, 6), round(float(low), 6), round(float(high), 6))
