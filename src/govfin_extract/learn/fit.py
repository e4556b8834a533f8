"""Fitting a model to labelled figures with scikit-learn; the result needs nothing but arrays.

A figure comes as an :class:`Example`: the rules' case and what the labels say of it. ``bench/training.py`` makes them
from labelled documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from govfin_extract.learn.candidates import candidates_of
from govfin_extract.learn.case import Candidate, Case
from govfin_extract.learn.choices import OUTPUTS
from govfin_extract.learn.features import FIGURE, LABEL, LabelView, figure_values, words_before
from govfin_extract.learn.model import EARLIER, SLICES, WIDTH, Decided, Matrix, Model, Settings, confidence_values
from govfin_extract.records import Fact, Metadata

_NEVER = -20.0


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

    trust: float = 0.3
    rank: float = 0.5
    figure: float = 0.1
    confidence: float = 1.0
    rare: int = 3
    small: float = 0.02


Feature = tuple[int, str]  # the number of its template, and the value


@dataclass(slots=True)
class _Rows:
    """Feature rows that are being collected."""

    features: list[list[Feature]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, values: Iterable[str], weight: float, bag: Iterable[str] = ()) -> None:
        """A row: a value for each template, then those of a bag, whose template is the next."""
        numbered = list(enumerate(values))
        self.features.append(numbered + [(len(numbered), value) for value in dict.fromkeys(bag)])
        self.weights.append(weight)

    def matrix(self, rare: int) -> tuple[list[Feature], Any]:
        """The features that more than a few rows have, sorted, and the rows as a sparse matrix of ones."""
        from sklearn.feature_extraction import DictVectorizer

        count = Counter(feature for row in self.features for feature in row)
        kept = [{feature: 1.0 for feature in row if count[feature] >= rare} for row in self.features]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(kept)
        return list(vectorizer.feature_names_), matrix


def fit(documents: Sequence[Labelled], *, name: str, settings: Settings, strength: Strength | None = None) -> Model:
    """A model of the documents; its confidence is that of a model without any (see :func:`fit_confidence`)."""
    strength = strength or Strength()
    bias, trust = _fit_trust(documents, strength)
    rank = _fit_rank(documents, strength)
    vocabulary, weights = _fit_figures(documents, strength)
    return Model(name, trust, bias, rank, vocabulary, weights, {"bias": 0.0}, settings)


def _fit_trust(documents: Sequence[Labelled], strength: Strength) -> tuple[float, list[dict[str, float]]]:
    """What tells whether the rules' label is right."""
    rows, targets = _Rows(), []
    for document in documents:
        for item in _ranked(document):
            if item.case.candidates:
                view = LabelView(document.text, item.case, item.previous)
                rows.add(view.values(item.case.candidates[0]), item.weight)
                targets.append(item.right[0])
    features, matrix = rows.matrix(strength.rare)
    coefficients, intercept = _logistic(matrix, np.array(targets), np.array(rows.weights), strength.trust)
    return float(intercept[0]), _by_template(features, coefficients[0], strength.small)


def _fit_rank(documents: Sequence[Labelled], strength: Strength) -> list[dict[str, float]]:
    """What tells which of a figure's labels is right: the likelihood that the right ones outweigh all others."""
    rows, right, sizes, counts = _Rows(), [], [], []
    for document in documents:
        for item in _ranked(document):
            if any(item.right) and not all(item.right):
                view = LabelView(document.text, item.case, item.previous)
                for candidate in item.candidates:
                    rows.add(view.values(candidate), item.weight)
                right += item.right
                sizes.append(len(item.right))
                counts.append(math.sqrt(item.weight))  # which words are nouns is learned from all alike
    if not sizes:
        return [{} for _ in LABEL]
    features, matrix = rows.matrix(strength.rare)
    weights = conditional_logit(matrix, np.array(right), np.array(sizes), np.array(counts), strength.rank)
    return _by_template(features, weights, strength.small)


def _by_template(features: Sequence[Feature], weights: Any, small: float) -> list[dict[str, float]]:
    found: list[dict[str, float]] = [{} for _ in LABEL]
    for (template, value), weight in zip(features, weights.tolist(), strict=True):
        if abs(weight) >= small:
            found[template][value] = weight
    return found


def conditional_logit(matrix: Any, right: Any, sizes: Any, counts: Any, strength: float) -> Any:
    """The weights under which the right rows of each group are the most likely, kept small.

    Args:
        matrix: a row for each alternative, the alternatives of a group side by side.
        right: which rows are right; of each group at least one.
        sizes, counts: how many rows each group has, and how much it counts.
        strength: the greater, the larger the weights may be.
    """
    from scipy.optimize import minimize

    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    group = np.repeat(np.arange(len(sizes)), sizes)
    turned = matrix.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        of_right = np.where(right, odds, 0.0)
        every, some = np.add.reduceat(odds, starts), np.add.reduceat(of_right, starts)
        slope = counts[group] * (odds / every[group] - of_right / some[group])
        surprise = float((counts * (np.log(every) - np.log(some))).sum())
        return surprise + weights @ weights / (2 * strength), turned @ slope + weights / strength

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x


class _Item(NamedTuple):
    """A labelled figure with the labels that it may have, and which of them are accepted."""

    case: Case
    candidates: list[Candidate]
    right: list[bool]
    previous: Fact | None
    weight: float


def _ranked(document: Labelled) -> Iterator[_Item]:
    """The figures that have a label, each with the right labels of those before it as earlier ones."""
    earlier: list[tuple[int, int]] = []
    previous: Fact | None = None
    for example in document.examples:
        case = example.case
        candidates = candidates_of(document.text, case, earlier)
        right = [example.accepts(candidate.start, candidate.end) for candidate in candidates]
        if example.right_labels and candidates and case.is_worded:
            yield _Item(case, candidates, right, previous, example.weight)
        place = None if case.fact.label is None else (case.fact.label.start, case.fact.label.end)
        if any(right):
            chosen = candidates[right.index(True)]
            place = (chosen.start, chosen.end)
        if place is not None:
            earlier = [place, *(other for other in earlier if other != place)][:EARLIER]
        previous = case.fact


def _fit_figures(documents: Sequence[Labelled], strength: Strength) -> tuple[list[dict[str, int]], Matrix]:
    rows, answers = _Rows(), []
    for document in documents:
        about = (document.about.doc_type or "", document.about.fiscal_year or "")
        previous: Fact | None = None
        for example in document.examples:
            case, fact = example.case, example.case.fact
            values = figure_values(document.text, case, fact, previous, about)
            rows.add(values, example.weight, words_before(document.text, case))
            answers.append(example.answers)
            previous = fact
    features, matrix = rows.matrix(strength.rare)
    counts = np.array(rows.weights)
    weights = np.zeros((len(features), WIDTH))
    bias = features.index((0, ""))
    for choice, values in OUTPUTS.items():
        known = [at for at, answer in enumerate(answers) if answer.get(choice) in values]
        targets = np.array([values.index(answers[at][choice]) for at in known])
        if not known:
            continue
        _fit_choice(weights, bias, SLICES[choice], matrix[known], targets, counts[known], strength.figure)
    kept = [at for at in range(len(features)) if np.abs(weights[at]).max() >= strength.small]
    vocabulary: list[dict[str, int]] = [{} for _ in range(len(FIGURE) + 1)]
    for row, at in enumerate(kept):
        template, value = features[at]
        vocabulary[template][value] = row
    return vocabulary, weights[kept].astype(np.float32)


def _fit_choice(
    weights: Any, bias: int, columns: slice, matrix: Any, targets: Any, counts: Any, strength: float
) -> None:
    """Fill in the columns of one choice; an answer that was never seen is never given."""
    seen = np.unique(targets)
    weights[bias, columns] = _NEVER
    if len(seen) == 1:
        weights[bias, columns.start + seen[0]] = 0.0
        return
    coefficients, intercept = _logistic(matrix, targets, counts, strength)
    if len(seen) == 2:  # one row of weights: for the second answer
        coefficients = np.vstack((-coefficients / 2, coefficients / 2))
        intercept = np.array((-intercept[0] / 2, intercept[0] / 2))
    for row, value in enumerate(seen):
        weights[:, columns.start + value] = coefficients[row]
        weights[bias, columns.start + value] += intercept[row]


def fit_confidence(model: Model, decided: Sequence[tuple[Decided, bool]], strength: Strength | None = None) -> Model:
    """The model with the confidence that figures decided without having been learned from support.

    Args:
        decided: figures that other models decided than those that learned from them, and whether each was wholly right.
    """
    if not decided:
        return model
    rows: list[dict[str, float]] = [dict(confidence_values(item)) for item, _ in decided]
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    right = np.array([right for _, right in decided])
    strength = strength or Strength()
    coefficients, intercept = _logistic(matrix, right, np.ones(len(right)), strength.confidence)
    found = {name: float(weight) for name, weight in zip(names, coefficients[0], strict=True)}
    found["bias"] += float(intercept[0])
    return replace(model, confidence=found)


def _logistic(matrix: Any, targets: Any, weights: Any, strength: float) -> tuple[Any, Any]:
    """Weights and intercept; where only one answer was seen, an intercept that gives it."""
    from sklearn.linear_model import LogisticRegression

    seen = np.unique(targets)
    if len(seen) < 2:
        return np.zeros((1, matrix.shape[1])), np.array([-_NEVER if seen.any() else _NEVER])
    learner = LogisticRegression(C=strength, max_iter=2000, solver="lbfgs", tol=1e-5)
    learner.fit(matrix, targets, sample_weight=weights)
    return learner.coef_, learner.intercept_
