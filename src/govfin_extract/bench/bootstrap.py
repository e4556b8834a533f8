"""How far an F1 would move had other documents been labelled: intervals by resampling whole documents.

Facts of a document are not independent (one wrong unit makes a whole table wrong), so documents are drawn, with
replacement; precision, recall and F1 are those of the drawn documents' facts together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govfin_extract.bench.score import Judgement, Level

SAMPLES = 1000
SEED = 20260101
FEWEST = 3  # documents; fewer say nothing of others
_MIDDLE = (2.5, 97.5)


class Counts(NamedTuple):
    """Facts of one document: right, predicted, labelled."""

    right: int
    predicted: int
    labelled: int


class Estimate(NamedTuple):
    """A figure with the interval that holds 95 % of its values over the samples; without one for very few documents."""

    value: float
    low: float | None
    high: float | None

    def __str__(self) -> str:
        return f"{self.value:.3f}" + ("" if self.low is None else f" ({self.low:.3f} to {self.high:.3f})")


def counts(names: Iterable[str], judgements: Iterable[Judgement], level: Level = Level.FACT) -> list[Counts]:
    """Right, predicted and labelled facts of each document of these names."""
    found = {name: [0, 0, 0] for name in names}
    for judgement in judgements:
        row = found[judgement.document]
        row[0] += judgement.gold is not None and judgement.level >= level
        row[1] += judgement.predicted is not None
        row[2] += judgement.gold is not None
    return [Counts(*row) for row in found.values()]


def f1(documents: Sequence[Counts], *, samples: int = SAMPLES) -> Estimate:
    """The F1 of documents together, with its interval; documents without any fact, as a slice may have, are left out.

    >>> f1([Counts(8, 10, 10)] * 20)
    Estimate(value=0.8, low=0.8, high=0.8)
    """
    table = np.array([document for document in documents if any(document)], dtype=np.float64).reshape(-1, 3)
    return _estimate(len(table), _f1(table.sum(axis=0)), _f1(_drawn(table, samples)))


def gain(before: Sequence[Counts], after: Sequence[Counts], *, samples: int = SAMPLES) -> Estimate:
    """How much more F1 a second system has on the same documents: both are measured on the same draws.

    >>> gain([Counts(5, 10, 10), Counts(1, 10, 10)] * 5, [Counts(6, 10, 10), Counts(2, 10, 10)] * 5)
    Estimate(value=0.1, low=0.1, high=0.1)
    """
    if len(before) != len(after):
        raise ValueError(f"the systems were run on {len(before)} and {len(after)} documents, not on the same")
    pair = [np.array(documents, dtype=np.float64).reshape(-1, 3) for documents in (before, after)]
    whole = _f1(pair[1].sum(axis=0)) - _f1(pair[0].sum(axis=0))
    return _estimate(len(before), whole, _f1(_drawn(pair[1], samples)) - _f1(_drawn(pair[0], samples)))


def _drawn(counts: NDArray[np.float64], samples: int) -> NDArray[np.float64]:
    """The counts of each sample; the draws depend on the number of documents and nothing else."""
    size = len(counts)
    draws = np.random.default_rng(SEED).integers(0, max(size, 1), size=(samples, size))
    drawn: NDArray[np.float64] = counts[draws].sum(axis=1)
    return drawn


def _f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """2 · right / (predicted + labelled), which is F1; 0 where nothing is predicted or labelled."""
    right, all_of_both = counts[..., 0], counts[..., 1] + counts[..., 2]
    return np.divide(2 * right, all_of_both, out=np.zeros_like(right), where=all_of_both > 0)


def _estimate(size: int, value: NDArray[np.float64], sampled: NDArray[np.float64]) -> Estimate:
    if size < FEWEST:
        return Estimate(round(float(value), 4), None, None)
    low, high = np.percentile(sampled, _MIDDLE)
    return Estimate(round(float(value), 4), round(float(low), 4), round(float(high), 4))
