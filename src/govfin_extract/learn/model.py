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
from govfin_extract.learn.features import LabelView, Values, figure_values, words_before
from govfin_extract.records import Fact, Label, Metadata

Weights = Mapping[str, float]
ByTemplate = Sequence[Mapping[str, float]]
Matrix = NDArray[np.float32]

SLICES: dict[str, slice] = {}
WIDTH = 0
for _name, _values in OUTPUTS.items():
    SLICES[_name] = slice(WIDTH, WIDTH + len(_values))
    WIDTH += len(_values)
EARLIER = 3
_ITEM_MARKS = frozenset(("（类）", "（款）", "（项）"))  # a classification item spelled out is what it says
_EPSILON = 3e-4  # odds beyond 3,000 to 1 are not believed
_HUNDREDTHS = tuple(Decimal(number).scaleb(-2) for number in range(100))  # 1 is never reached


@dataclass(frozen=True, slots=True)
class Settings:
    """When the model overrules the rules; chosen on the development documents.

    Attributes:
        gate: with so much trust in the rules' label no other is looked at.
        label: by how much another label must outscore the rules' own.
        choice: how much more likely another kind, measure, basis or period must be, as a difference of probabilities.
        drop: below this probability a figure is no fact.
    """

    gate: float = 0.8
    label: float = 0.5
    choice: float = 0.5
    drop: float = 0.3


@dataclass(slots=True)
class Decided:
    """A decided figure with what its confidence is made of.

    Attributes:
        fact: as it was decided, its confidence still that of the rules.
        trust: the log-odds that the rules' label is right.
        ranked: the log-odds of the chosen label among all, where they were ranked.
        odds: the log-odds of what was chosen of each of ``OUTPUTS``.
        changed: what the rules had otherwise.
        confidence: how sure it is that all of the fact is right, 0 to 1 in hundredths.
    """

    case: Case
    fact: Fact
    trust: float
    ranked: float | None = None
    odds: tuple[float, ...] = ()
    changed: list[str] = field(default_factory=list)
    confidence: Decimal = Decimal(0)

    @property
    def said(self) -> str:
        """What the model adds to the evidence."""
        return f"; model: {', '.join(self.changed)}" if self.changed else ""


@dataclass(slots=True)
class Model:
    """Weights and settings.

    Attributes:
        trust: the weights of the values of the rules' label, template by template: is it right? trust_bias: where the
            sum of them starts.
        rank: the weights of the values of every label that a figure may have: which is right?
        vocabulary: the row of each value of a figure in ``weights``, template by template, the bag last; a column for
            each of ``OUTPUTS``.
        confidence: weights of what makes a fact wholly right.
    """

    name: str
    trust: ByTemplate
    trust_bias: float
    rank: ByTemplate
    vocabulary: Sequence[Mapping[str, int]]
    weights: Matrix
    confidence: Weights
    settings: Settings = field(default_factory=Settings)

    def __repr__(self) -> str:
        labels = sum(map(len, self.rank))
        return f"<Model {self.name}: {labels} features of labels, {len(self.weights)} of figures>"

    def __call__(self, text: str, cases: Sequence[Case], about: Metadata) -> list[Decided]:
        """The decided figures of a document, each with its confidence; what is no fact is left out."""
        found = [item for item in self.decide(text, cases, about) if self.is_fact(item)]
        for item in found:
            item.confidence = self._confidence(item)
        return found

    def is_fact(self, item: Decided) -> bool:
        """Whether a figure is sure enough to be a fact."""
        return item.odds[0] >= _log_odds(self.settings.drop)

    def decide(self, text: str, cases: Sequence[Case], about: Metadata) -> list[Decided]:
        """Every figure with the odds of what was chosen, those that are no facts as well."""
        known = (about.doc_type or "", about.fiscal_year or "")
        found = self._labelled(text, cases)
        if found:
            self._choose(found, self._scores(text, found, known), known[1])
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
                del earlier[EARLIER:]
        return found

    def _with_label(self, text: str, case: Case, previous: Fact | None, earlier: Sequence[tuple[int, int]]) -> Decided:
        if not case.is_worded:
            return Decided(case, case.fact, 0.0)
        view, trust = LabelView(text, case, previous), -math.inf
        if case.candidates:
            trust = self.trust_bias + _sum(self.trust, view.values(case.candidates[0]))
            official = text[case.candidates[0].end - 3 : case.candidates[0].end] in _ITEM_MARKS
            if official or trust >= _log_odds(self.settings.gate):
                return Decided(case, case.fact, trust)
        candidates = candidates_of(text, case, earlier)
        if not candidates:
            return Decided(case, case.fact, trust)
        scores = [_sum(self.rank, view.values(candidate)) for candidate in candidates]
        best = max(range(len(scores)), key=scores.__getitem__)
        if case.candidates and scores[best] <= scores[0] + self.settings.label:
            best = 0
        rest = sum(math.exp(score - scores[best]) for at, score in enumerate(scores) if at != best)
        ranked = -math.log(rest + _EPSILON)
        if case.candidates and best == 0:
            return Decided(case, case.fact, trust, ranked)
        chosen = candidates[best]
        return Decided(case, _relabelled(case.fact, chosen), trust, ranked, changed=[f"label: {chosen.how}"])

    # all else

    def _scores(self, text: str, found: Sequence[Decided], about: tuple[str, str]) -> Matrix:
        """A row of log-odds for each figure: one sum over the rows of its features."""
        vocabulary, bag = self.vocabulary[:-1], self.vocabulary[-1]
        rows: list[int] = []
        starts: list[int] = []
        previous: Fact | None = None
        for item in found:
            starts.append(len(rows))
            values = figure_values(text, item.case, item.fact, previous, about)
            rows += [
                row for known, value in zip(vocabulary, values, strict=True) if (row := known.get(value)) is not None
            ]
            rows += [row for pair in words_before(text, item.case) if (row := bag.get(pair)) is not None]
            previous = item.fact
        return np.add.reduceat(self.weights[rows], starts, axis=0)

    def _choose(self, found: Sequence[Decided], scores: Matrix, year: str) -> None:
        """Take what is likelier than the rules' own, choice by choice."""
        for choice, values in OUTPUTS.items():
            chances = np.exp(scores[:, SLICES[choice]])
            chances /= chances.sum(axis=1, keepdims=True)
            for item, row in zip(found, chances.tolist(), strict=True):
                self._choose_one(item, choice, values, row, year)

    def _choose_one(self, item: Decided, choice: str, values: tuple[str, ...], row: list[float], year: str) -> None:
        rules = said_by_rules(item.fact, choice)
        own = row[values.index(rules)] if rules in values else 1.0
        open_to_choice = choice != "fact" and item.case.fact.source == "prose"  # in a table the columns decide
        if open_to_choice and max(row) > own + self.settings.choice:
            options = allowed(item.fact, choice, year)
            best = max(options, key=lambda value: row[values.index(value)]) if rules in options else rules
            if best != rules and row[values.index(best)] > own + self.settings.choice:
                item.fact = with_choice(item.fact, choice, best, year)
                item.changed.append(f"{choice}: {best}")
                own = row[values.index(best)]
        item.odds += (_log_odds(own),)

    def _confidence(self, item: Decided) -> Decimal:
        weights, score = self.confidence, 0.0
        for name, value in confidence_values(item):
            score += weights.get(name, 0.0) * value
        return _HUNDREDTHS[min(int(_chance(score) * 100 + 0.5), len(_HUNDREDTHS) - 1)]


def confidence_values(item: Decided) -> Iterable[tuple[str, float]]:
    """What makes a fact wholly right: the odds of its parts, how its label was found, where it stands."""
    fact = item.fact
    yield "bias", 1.0
    if not item.case.is_worded:
        yield "structure", 1.0
    elif item.ranked is None:
        yield "trust", _bounded(item.trust)
    else:
        yield "ranked", 1.0
        yield "ranked trust", _bounded(item.trust)
        yield "ranked odds", _bounded(item.ranked)
    yield from zip(OUTPUTS, item.odds, strict=True)
    yield f"source {fact.source}", 1.0
    yield f"kind {fact.kind}", 1.0
    yield f"how {item.case.how}", 1.0
    yield f"basis {fact.basis}", 1.0
    if item.changed:
        yield "changed", float(len(item.changed))


def _bounded(score: float) -> float:
    return max(-8.0, min(8.0, score))


def _log_odds(chance: float) -> float:
    if chance >= 1 + _EPSILON:
        return math.inf  # a bound that nothing reaches
    return math.log((chance + _EPSILON) / (1 - chance + _EPSILON))


def _sum(weights: ByTemplate, values: Values) -> float:
    return sum([known[value] for known, value in zip(weights, values, strict=True) if value in known])


def _relabelled(fact: Fact, chosen: Candidate) -> Fact:
    """The fact with another label; the rules' own becomes the first alternative."""
    old = (fact.label,) if fact.label else ()
    rest = tuple(other for other in fact.alternatives if (other.start, other.end) != (chosen.start, chosen.end))
    return replace(fact, label=Label(chosen.start, chosen.end, ""), alternatives=old + rest)


def _chance(score: float) -> float:
    if score < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-min(score, 30.0)))
