"""A trained model: which label, which kind, measure, basis and period, whether it is a fact, and how sure that is.

Inference is look-ups and sums: no scikit-learn, no pickle. See ``learn/store.py`` for its folder.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from govfin_extract.learn.candidates import candidates_of
from govfin_extract.learn.case import Candidate, Case
from govfin_extract.learn.choices import OUTPUTS, allowed, said_by_rules, with_choice
from govfin_extract.learn.features import fact_features, label_features
from govfin_extract.records import Fact, Label, Metadata

Weights = Mapping[str, float]
Matrix = NDArray[np.float32]

SLICES: dict[str, slice] = {}
WIDTH = 0
for _name, _values in OUTPUTS.items():
    SLICES[_name] = slice(WIDTH, WIDTH + len(_values))
    WIDTH += len(_values)
_EARLIER = 3
_MOST_SURE = Decimal("0.99")


@dataclass(frozen=True, slots=True)
class Settings:
    """When the model overrules the rules; chosen on the development documents.

    Attributes:
        gate: with so much trust in the rules' label no other is looked at.
        label: how much more likely another label must be than the rules' own, as a difference of log-odds.
        choice: how much more likely another kind, measure, basis or period must be, as a difference of probabilities.
        drop: below this probability a figure is no fact.
    """

    gate: float = 0.97
    label: float = 1.0
    choice: float = 0.3
    drop: float = 0.3


@dataclass(slots=True)
class Decided:
    """A decided figure with the probabilities that its confidence is made of."""

    case: Case
    fact: Fact
    label: float
    chances: dict[str, float] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Model:
    """Weights and settings.

    Attributes:
        label: weights of a label's features.
        vocabulary: the row of each feature of a figure in ``weights``; a column for each of ``OUTPUTS``.
        confidence: weights of what makes a fact wholly right.
    """

    name: str
    label: Weights
    vocabulary: Mapping[str, int]
    weights: Matrix
    confidence: Weights
    settings: Settings = field(default_factory=Settings)

    def __repr__(self) -> str:
        return f"<Model {self.name}: {len(self.label)} label features, {len(self.vocabulary)} figure features>"

    def __call__(self, text: str, cases: Sequence[Case], about: Metadata) -> list[Fact]:
        """The facts of a document's figures, each with its confidence; what is no fact is left out."""
        found = self.decide(text, cases, about)
        return [self._sure(item) for item in found if item.chances["fact"] >= self.settings.drop]

    def decide(self, text: str, cases: Sequence[Case], about: Metadata) -> list[Decided]:
        """Every figure with the chances of what was chosen, those that are no facts as well."""
        known = (about.doc_type or "", about.fiscal_year or "")
        found = self._labelled(text, cases)
        if not found:
            return []
        scores = self._scores(text, found, known)
        for item, row in zip(found, scores, strict=True):
            self._choose(item, row, known[1])
        return found

    # labels

    def _labelled(self, text: str, cases: Sequence[Case]) -> list[Decided]:
        found: list[Decided] = []
        earlier: list[tuple[int, int]] = []
        for case in cases:
            previous = found[-1].fact if found else None
            item = self._with_label(text, case, previous, earlier)
            found.append(item)
            label = item.fact.label
            if label is not None:
                place = (label.start, label.end)
                if place in earlier:
                    earlier.remove(place)
                earlier.insert(0, place)
                del earlier[_EARLIER:]
        return found

    def _with_label(self, text: str, case: Case, previous: Fact | None, earlier: Sequence[tuple[int, int]]) -> Decided:
        rules = case.candidates[0] if case.candidates else None
        own = self.label_score(text, case, rules, previous) if rules else -math.inf
        if _chance(own) >= self.settings.gate:
            return Decided(case, case.fact, own)
        scored = [
            (self.label_score(text, case, candidate, previous), -number, candidate)
            for number, candidate in enumerate(candidates_of(text, case, earlier))
        ]
        best = max(scored, default=None)
        if best is None or best[2] == rules or best[0] < own + self.settings.label:
            return Decided(case, case.fact, own)
        score, _, chosen = best
        return Decided(case, _relabelled(case.fact, chosen), score, changed=[f"label: {chosen.how}"])

    def label_score(self, text: str, case: Case, candidate: Candidate, previous: Fact | None) -> float:
        """The log-odds that a candidate is the label."""
        weights = self.label
        return sum(weights.get(name, 0.0) for name in label_features(text, case, candidate, previous)) + weights["bias"]

    # all else

    def _scores(self, text: str, found: Sequence[Decided], about: tuple[str, str]) -> Matrix:
        """A row of log-odds for each figure: one sum over the rows of its features."""
        vocabulary = self.vocabulary
        rows: list[int] = []
        starts: list[int] = []
        previous: Fact | None = None
        for item in found:
            starts.append(len(rows))
            names = fact_features(text, item.case, item.fact, previous, about)
            rows += [row for name in names if (row := vocabulary.get(name)) is not None]
            previous = item.fact
        return np.add.reduceat(self.weights[rows], starts, axis=0)

    def _choose(self, item: Decided, row: NDArray[np.float32], year: str) -> None:
        for choice, values in OUTPUTS.items():
            chances = _softmax(row[SLICES[choice]])
            rules = said_by_rules(item.fact, choice)
            options = allowed(item.fact, choice, year)
            if choice == "fact" or len(options) < 2 or rules not in options:
                item.chances[choice] = chances[values.index("yes")] if choice == "fact" else 1.0
                continue
            total = sum(chances[values.index(value)] for value in options)
            by_value = {value: chances[values.index(value)] / total for value in options}
            best = max(options, key=lambda value: by_value[value])
            if by_value[best] > by_value[rules] + self.settings.choice:
                item.fact = with_choice(item.fact, choice, best, year)
                item.changed.append(f"{choice}: {best}")
            else:
                best = rules
            item.chances[choice] = by_value[best]

    def _sure(self, item: Decided) -> Fact:
        weights = self.confidence
        score = sum(weights.get(name, 0.0) * value for name, value in confidence_features(item))
        sure = min(Decimal(f"{_chance(score):.2f}"), _MOST_SURE)
        evidence = item.fact.evidence
        if item.changed:
            evidence += f"; model: {', '.join(item.changed)}"
        return replace(item.fact, confidence=sure, evidence=evidence)


def confidence_features(item: Decided) -> Iterable[tuple[str, float]]:
    """What makes a fact wholly right: the chances of its parts, how its label was found, where it stands."""
    fact = item.fact
    yield "bias", 1.0
    yield "label", max(-8.0, min(8.0, item.label))
    for choice, chance in item.chances.items():
        yield choice, max(-8.0, min(8.0, math.log((chance + 1e-6) / (1 - chance + 1e-6))))
    yield f"source {fact.source}", 1.0
    yield f"kind {fact.kind}", 1.0
    yield f"how {item.case.how}", 1.0
    yield f"basis {fact.basis}", 1.0
    yield f"changed {len(item.changed)}", 1.0


def _relabelled(fact: Fact, chosen: Candidate) -> Fact:
    """The fact with another label; the rules' own becomes the first alternative."""
    old = (fact.label,) if fact.label else ()
    rest = tuple(other for other in fact.alternatives if (other.start, other.end) != (chosen.start, chosen.end))
    return replace(fact, label=Label(chosen.start, chosen.end, ""), alternatives=old + rest)


def _chance(score: float) -> float:
    if score < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-min(score, 30.0)))


def _softmax(scores: NDArray[np.float32]) -> list[float]:
    top = float(scores.max())
    found = [math.exp(float(score) - top) for score in scores]
    total = sum(found)
    return [chance / total for chance in found]
