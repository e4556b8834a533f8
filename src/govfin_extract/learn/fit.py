"""Fitting a model to labelled figures with scikit-learn; the result needs nothing but arrays.

A figure comes as an :class:`Example`: the rules' case and what the labels say of it. ``bench/training.py`` makes them
from labelled documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from govfin_extract.learn.candidates import candidates_of
from govfin_extract.learn.case import Case
from govfin_extract.learn.choices import OUTPUTS
from govfin_extract.learn.features import fact_features, label_features
from govfin_extract.learn.model import SLICES, WIDTH, Decided, Matrix, Model, Settings, confidence_features
from govfin_extract.records import Fact, Metadata

_EARLIER = 3


@dataclass(slots=True)
class Example:
    """A figure with its answers.

    Attributes:
        right_labels: the places that are accepted as its label; empty where it is no fact.
        answers: the right choice of each of ``OUTPUTS`` that is known.
        weight: how much it counts.
    """

    case: Case
    right_labels: tuple[tuple[int, int, int, int], ...]
    answers: Mapping[str, str]
    weight: float = 1.0

    def accepts(self, start: int, end: int) -> bool:
        """Whether the words are accepted as the label: they hold a shortest phrase and lie in its longest."""
        return any(low <= start <= first and last <= end <= high for first, last, low, high in self.right_labels)


@dataclass(slots=True)
class Labelled:
    """A document's figures with their answers, in the order of the text; offsets are those of the view."""

    name: str
    text: str
    about: Metadata
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Strength:
    """How the weights are kept small, and which features are left out: those of fewer than ``rare`` figures."""

    label: float = 0.3
    figure: float = 0.1
    confidence: float = 1.0
    rare: int = 3
    small: float = 0.02


@dataclass(slots=True)
class _Rows:
    """Feature rows that are being collected."""

    names: list[list[str]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, names: Iterable[str], weight: float) -> None:
        self.names.append(list(dict.fromkeys(names)))
        self.weights.append(weight)

    def matrix(self, rare: int) -> tuple[dict[str, int], Any]:
        """The vocabulary, sorted, and the rows as a sparse matrix of ones; features of few rows are left out."""
        from sklearn.feature_extraction import DictVectorizer

        count = Counter(name for row in self.names for name in row)
        kept = [{name: 1.0 for name in row if count[name] >= rare} for row in self.names]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(kept)
        return vectorizer.vocabulary_, matrix


def fit(documents: Sequence[Labelled], *, name: str, settings: Settings, strength: Strength | None = None) -> Model:
    """A model of the documents; its confidence is that of a model without any (see :func:`fit_confidence`)."""
    strength = strength or Strength()
    label = _fit_labels(documents, strength)
    vocabulary, weights = _fit_figures(documents, strength)
    return Model(name, label, vocabulary, weights, {"bias": 0.0}, settings)


def _fit_labels(documents: Sequence[Labelled], strength: Strength) -> dict[str, float]:
    rows, targets = _Rows(), []
    for document in documents:
        earlier: list[tuple[int, int]] = []
        previous: Fact | None = None
        for example in document.examples:
            case = example.case
            candidates = candidates_of(document.text, case, earlier)
            right = [example.accepts(candidate.start, candidate.end) for candidate in candidates]
            if any(right):
                for candidate, accepted in zip(candidates, right, strict=True):
                    rows.add(label_features(document.text, case, candidate, previous), example.weight)
                    targets.append(accepted)
                chosen = candidates[right.index(True)]
                earlier = [(chosen.start, chosen.end), *(p for p in earlier if p != (chosen.start, chosen.end))][
                    :_EARLIER
                ]
            elif case.fact.label is not None:
                place = (case.fact.label.start, case.fact.label.end)
                earlier = [place, *(p for p in earlier if p != place)][:_EARLIER]
            previous = case.fact
    vocabulary, matrix = rows.matrix(strength.rare)
    coefficients, intercept = _logistic(matrix, np.array(targets), np.array(rows.weights), strength.label)
    found = {"bias": float(intercept[0])}
    for feature, at in sorted(vocabulary.items()):
        if abs(weight := float(coefficients[0, at])) >= strength.small:
            found[feature] = weight
    return found


def _fit_figures(documents: Sequence[Labelled], strength: Strength) -> tuple[dict[str, int], Matrix]:
    rows, answers = _Rows(), []
    for document in documents:
        about = (document.about.doc_type or "", document.about.fiscal_year or "")
        previous: Fact | None = None
        for example in document.examples:
            fact = example.case.fact
            rows.add(fact_features(document.text, example.case, fact, previous, about), example.weight)
            answers.append(example.answers)
            previous = fact
    vocabulary, matrix = rows.matrix(strength.rare)
    counts = np.array(rows.weights)
    weights = np.zeros((len(vocabulary), WIDTH))
    for choice, values in OUTPUTS.items():
        known = [at for at, answer in enumerate(answers) if answer.get(choice) in values]
        targets = np.array([values.index(answers[at][choice]) for at in known])
        seen = np.unique(targets)
        if len(seen) < 2:
            continue
        coefficients, intercept = _logistic(matrix[known], targets, counts[known], strength.figure)
        first = SLICES[choice].start
        if len(seen) == 2:  # one row of weights: for the second class
            coefficients = np.vstack((-coefficients / 2, coefficients / 2))
            intercept = np.array((-intercept[0] / 2, intercept[0] / 2))
        for row, value in enumerate(seen):
            weights[:, first + value] = coefficients[row]
            weights[vocabulary["bias"], first + value] += intercept[row]
        for value in set(range(len(values))) - set(seen.tolist()):
            weights[vocabulary["bias"], first + value] = -20.0  # never seen
    kept = [at for at in range(len(vocabulary)) if np.abs(weights[at]).max() >= strength.small]
    names = sorted(vocabulary)
    return {names[at]: row for row, at in enumerate(kept)}, weights[kept].astype(np.float32)


def fit_confidence(model: Model, decided: Sequence[tuple[Decided, bool]], strength: Strength | None = None) -> Model:
    """The model with the confidence that figures decided without having been learned from support.

    Args:
        decided: figures that other models decided than those that learned from them, and whether each was wholly right.
    """
    rows: list[dict[str, float]] = [dict(confidence_features(item)) for item, _ in decided]
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    right = np.array([right for _, right in decided])
    strength = strength or Strength()
    coefficients, intercept = _logistic(matrix, right, np.ones(len(right)), strength.confidence)
    found = {name: float(weight) for name, weight in zip(names, coefficients[0], strict=True)}
    found["bias"] += float(intercept[0])
    return Model(model.name, model.label, model.vocabulary, model.weights, found, model.settings)


def _logistic(matrix: Any, targets: Any, weights: Any, strength: float) -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression

    learner = LogisticRegression(C=strength, max_iter=2000, solver="lbfgs", tol=1e-5)
    learner.fit(matrix, targets, sample_weight=weights)
    return learner.coef_, learner.intercept_


def log_loss(chance: float, right: bool) -> float:
    """The surprise of an outcome, in nats."""
    return -math.log(max(chance if right else 1 - chance, 1e-9))
