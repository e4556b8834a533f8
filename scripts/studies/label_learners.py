"""The learners that ``label_models.py`` compares, from the conditional logit of ``learn/fit.py`` to what could beat it.

The CRF needs python-crfsuite, which the library does not depend on.
"""

from __future__ import annotations

import importlib
import math
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from govfin_extract.learn.case import Candidate, Case
from govfin_extract.learn.features import LabelView
from govfin_extract.learn.fit import Labelled, Strength, _by_template, _ranked, _Rows
from govfin_extract.learn.fit import _logistic as logistic
from govfin_extract.learn.fit import conditional_logit as logit
from govfin_extract.learn.model import _sum
from govfin_extract.records import Fact
from govfin_extract.text.wordclass import LONGEST, first_word, last_word, word_classes

FOLDS = 5  # for numbers of figures that were not learned from
CRF_BACK, CRF_ROUNDS = 80, 60  # characters before a figure; rounds of training


class Group(NamedTuple):
    """A figure with the labels that it may have."""

    text: str
    case: Case
    candidates: Sequence[Candidate]
    previous: Fact | None


Score = Callable[[Group], Sequence[float]]
Extra = Callable[[Group], Any]  # a row of numbers for each candidate


class Training(NamedTuple):
    """The groups that a choice can be learned from, their features as rows, and which rows are right."""

    groups: list[Group]
    features: list[tuple[int, str]]
    matrix: Any
    right: Any
    sizes: Any
    counts: Any
    document: Any  # of each group: the number of its document

    def rows(self, groups: Any) -> Any:
        return np.repeat(groups, self.sizes)


def collect(documents: Sequence[Labelled]) -> Training:
    """As ``_fit_rank`` collects them."""
    rows, groups, right, counts, numbers = _Rows(), [], [], [], []
    for number, document in enumerate(documents):
        for item in _ranked(document):
            if any(item.right) and not all(item.right):
                group = Group(document.text, item.case, item.candidates, item.previous)
                view = LabelView(document.text, item.case, item.previous)
                for candidate in item.candidates:
                    rows.add(view.values(candidate), item.weight)
                groups.append(group)
                right += item.right
                counts.append(item.weight)
                numbers.append(number)
    features, matrix = rows.matrix(Strength().rare)
    sizes = np.array([len(group.candidates) for group in groups])
    return Training(groups, features, matrix, np.array(right), sizes, np.array(counts), np.array(numbers))


# a, b, c: the rules, and linear models


def rules(group: Group) -> list[float]:
    return [1.0, *([0.0] * (len(group.candidates) - 1))]


def linear(weights: Any, extra: Extra | None = None, slopes: Any = None) -> Score:
    """The sum of the weights of a candidate's words, where there are any, and of its numbers."""

    def score(group: Group) -> list[float]:
        added: list[float] = [0.0] * len(group.candidates) if extra is None else (extra(group) @ slopes).tolist()
        if weights is None:
            return added
        view = LabelView(group.text, group.case, group.previous)
        return [_sum(weights, view.values(one)) + other for one, other in zip(group.candidates, added, strict=True)]

    return score


def fit_linear(data: Training, chosen: Any = None, dense: Any = None) -> tuple[Any, Any]:
    """The conditional logit of some groups, with columns of numbers beside the words."""
    from scipy.sparse import csr_matrix, hstack

    groups = np.ones(len(data.groups), bool) if chosen is None else chosen
    matrix = data.matrix if dense is None else hstack([data.matrix, csr_matrix(dense)]).tocsr()
    rows = data.rows(groups)
    found = logit(matrix[rows], data.right[rows], data.sizes[groups], data.counts[groups], Strength().rank)
    width = len(data.features)
    return _by_template(data.features, found[:width], Strength().small), found[width:]


def fit_numbers(data: Training, dense: Any) -> Any:
    """The conditional logit of columns of numbers alone."""
    from scipy.sparse import csr_matrix

    return logit(csr_matrix(dense), data.right, data.sizes, data.counts, Strength().rank)


def fit_pointwise(data: Training) -> Any:
    counts = np.repeat(data.counts, data.sizes)
    coefficients, _ = logistic(data.matrix, data.right, counts, Strength().rank)
    return _by_template(data.features, coefficients[0], Strength().small)


def folds(data: Training) -> Iterator[tuple[Any, Any]]:
    """Which groups to learn from, and which to leave for later: whole documents."""
    for fold in range(FOLDS):
        yield data.document % FOLDS != fold, data.document % FOLDS == fold


def unseen(data: Training, make: Callable[[Any], Extra]) -> Any:
    """The numbers of every candidate from what was learned without its document."""
    found: list[Any] = [None] * len(data.groups)
    for learned, left in folds(data):
        extra = make(learned)
        for number in np.flatnonzero(left):
            found[number] = extra(data.groups[number])
    return np.vstack(found)


# d: gradient boosting

CLASSES = {name: number for number, name in enumerate(["", *sorted(set(word_classes().values()))])}
_PLACES = ("clause", "heading", "earlier")


def shape(group: Group, scores: Sequence[float]) -> Any:
    """A candidate in numbers."""
    text, case, found = group.text, group.case, []
    top, count, at = max(scores), len(scores), case.fact.start
    kind = ("amount", "ratio", "score", case.fact.kind).index(case.fact.kind)
    order = {place: rank for rank, place in enumerate(sorted(range(count), key=lambda one: -scores[one]))}
    for number, (start, end, how) in enumerate(group.candidates):
        origin = next((place for place, name in enumerate(_PLACES) if how.startswith(name)), len(_PLACES))
        words = text[start:end]
        row = [scores[number], scores[number] - top, order[number], number, count, end - start, at - end]
        row += [start - case.clause, start - case.sentence, start - (group.previous.end if group.previous else 0)]
        row += [origin, how.count("+"), how.count("-"), kind, len(case.fact.measure)]
        row += [CLASSES[last_word(text, start, end)[1]], CLASSES[first_word(text, start, end)[1]]]
        row += [CLASSES[first_word(text, end, end + 3)[1]], CLASSES[last_word(text, max(0, start - 3), start)[1]]]
        row += [words.count("，"), words.count("、"), words.count("的"), words.count("（")]
        found.append(row)
    return np.array(found, dtype=np.float32)


class Boosted:
    """Trees over the numbers of a candidate, its score by the conditional logit among them."""

    def __init__(self, data: Training, whole: Any) -> None:
        from sklearn.ensemble import HistGradientBoostingClassifier

        rows = unseen(data, lambda learned: self._shapes(fit_linear(data, learned)[0]))
        self.shapes = self._shapes(whole)
        self.learner = HistGradientBoostingClassifier(
            max_iter=150, learning_rate=0.08, max_leaf_nodes=15, l2_regularization=5.0, random_state=0
        )
        self.learner.fit(rows, data.right, sample_weight=np.repeat(data.counts / data.sizes, data.sizes))

    @staticmethod
    def _shapes(weights: Any) -> Extra:
        score = linear(weights)
        return lambda group: shape(group, score(group))

    def __call__(self, group: Group) -> list[float]:
        found: list[float] = self.learner.decision_function(self.shapes(group)).tolist()
        return found

    def batched(self, data: Training) -> float:
        """The seconds that the trees alone take for a figure, all figures in one call."""
        rows = np.vstack([self.shapes(group) for group in data.groups])
        begun = time.process_time()
        self.learner.decision_function(rows)
        return (time.process_time() - begun) / len(data.groups)


# e: a CRF over characters


def _window(group: Group) -> tuple[int, int]:
    return max(0, group.case.fact.start - CRF_BACK), group.case.fact.start


def characters(group: Group) -> list[list[str]]:
    """What a CRF sees of the characters before a figure."""
    low, high = _window(group)
    text, found, classes = group.text[low:high], [], word_classes()
    kind = group.case.fact.kind + group.case.fact.measure
    for at, char in enumerate(text):
        left = high - low - at
        size = next((size for size in range(LONGEST, 0, -1) if text[at : at + size] in classes), 0)
        own = "own" if low + at >= group.case.clause else "near" if low + at >= group.case.sentence else "far"
        commas = text.count("，", at)
        found.append(
            [
                "b",
                f"0{char}",
                f"-1{text[at - 1 : at]}",
                f"+1{text[at + 1 : at + 2]}",
                f"-10{text[max(0, at - 1) : at + 1]}",
                f"0+1{text[at : at + 2]}",
                f"-2{text[max(0, at - 2) : at]}",
                f"+2{text[at + 1 : at + 3]}",
                f"c{classes.get(text[at : at + size], '') if size else ''}{size}",
                f"d{left if left < 8 else 8 + int(math.log2(left))}",
                f"o{own}",
                f"k{own}{kind}",
                f"m{min(commas, 5)}{kind}",
            ]
        )
    return found


def tags(group: Group, start: int, end: int) -> list[str]:
    low, high = _window(group)
    if not low <= start < end <= high:
        return ["O"] * (high - low)
    return ["O"] * (start - low) + ["B"] + ["I"] * (end - start - 1) + ["O"] * (high - end)


def fit_crf(data: Training, learned: Any) -> Extra:
    """For each candidate, how likely the tagging is that marks it alone; for those out of sight, that marks none."""
    crfsuite = importlib.import_module("pycrfsuite")
    trainer = crfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": CRF_ROUNDS, "feature.minfreq": 3})
    starts = np.concatenate(([0], np.cumsum(data.sizes)))
    for number in np.flatnonzero(learned):
        group = data.groups[number]
        if group.case.fact.source == "prose" and group.case.fact.start:
            first = group.candidates[int(np.argmax(data.right[starts[number] : starts[number + 1]]))]
            trainer.append(characters(group), tags(group, first.start, first.end))
    tagger = crfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/crf")
        tagger.open(f"{folder}/crf")

    def extra(group: Group) -> Any:
        if group.case.fact.source != "prose" or not group.case.fact.start:
            return np.zeros((len(group.candidates), 2))
        tagger.set(characters(group))
        taggings = [tags(group, one.start, one.end) for one in group.candidates]
        chances = [max(-8.0, math.log(tagger.probability(one) + 1e-9)) for one in taggings]
        return np.array([[chance / 4, float("B" not in one)] for chance, one in zip(chances, taggings, strict=True)])

    return extra


# f: embeddings of character n-grams


def fit_embedding(data: Training, learned: Any, *, places_too: bool = False, size: int = 64) -> Extra:
    """How like the accepted labels a candidate is, and how like the rejected ones; its place itself, if asked for."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    rows = np.flatnonzero(data.rows(learned))
    every = [group.text[one.start : one.end] for group in data.groups for one in group.candidates]
    words, right = [every[row] for row in rows], data.right[rows]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    labels = vectorizer.fit_transform([word for word, good in zip(words, right, strict=True) if good])
    svd = TruncatedSVD(size, random_state=0).fit(labels)
    places = normalize(svd.transform(vectorizer.transform(words)))
    centres = normalize(np.array([places[right].mean(axis=0), places[~right].mean(axis=0)])).T

    def extra(group: Group) -> Any:
        found = vectorizer.transform([group.text[one.start : one.end] for one in group.candidates])
        place = normalize(svd.transform(found))
        likeness = place @ centres
        return np.hstack((likeness, place)) if places_too else likeness

    return extra
