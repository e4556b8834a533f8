"""What could choose the label of a prose figure better than the conditional logit of ``learn/fit.py``.

    python -m venv --system-site-packages /tmp/crf && /tmp/crf/bin/pip install python-crfsuite==0.9.12
    export PYTHONPATH=src:scripts:/tmp/crf/lib/python3.11/site-packages
    python -m studies.label_models          # learned on corpora/src/train, measured on corpora/src/dev
    python -m studies.label_models crossed  # within corpora/src/train, by thirds: more figures, less noise

Of the prose figures that have labels, how many get an accepted one? Each document is read in its order, the labels
chosen before as earlier ones, as extraction does. Two answers: by the highest score, and behind the gate and the margin
of ``Settings``, as shipped; beside them how many figures were won and lost against the conditional logit, and the
processor time of a prose figure, its candidates included. python-crfsuite is no dependency of the library; without it
the CRF is left out. ``make test`` does not run this. Explained in ``docs/explanation/models-tried.md``.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from govfin_extract.bench import corpus
from govfin_extract.bench.training import prepare
from govfin_extract.learn.candidates import candidates_of
from govfin_extract.learn.case import Case
from govfin_extract.learn.features import LabelView
from govfin_extract.learn.fit import Example, Labelled, Strength, _fit_trust, _ranked
from govfin_extract.learn.model import EARLIER, Settings, _log_odds, _relabelled, _sum
from govfin_extract.records import Fact
from studies.label_learners import (
    Boosted,
    Extra,
    Group,
    Score,
    collect,
    fit_crf,
    fit_embedding,
    fit_linear,
    fit_numbers,
    fit_pointwise,
    linear,
    rules,
    unseen,
)

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3  # of timing; the quickest counts
THIRDS = 3


class Outcome(NamedTuple):
    right: list[bool]
    seconds: float  # for a prose figure


def decode(documents: Sequence[Labelled], score: Score, trust: Any = None) -> Outcome:
    """Choose the label of every figure in turn; with trust, behind the gate and the margin of the settings."""
    right, spent, prose = [], 0.0, 0
    for document in documents:
        earlier: list[tuple[int, int]] = []
        previous: Fact | None = None
        for example in document.examples:
            begun = time.process_time()
            fact = _chosen(document.text, example.case, previous, earlier, score, trust)
            if example.case.fact.source == "prose":
                spent, prose = spent + time.process_time() - begun, prose + 1
                if example.right_labels:
                    right.append(_is_right(example, fact))
            if fact.label is not None:
                place = (fact.label.start, fact.label.end)
                earlier = [place, *(other for other in earlier if other != place)][:EARLIER]
            previous = fact
    return Outcome(right, spent / prose)


def _is_right(example: Example, fact: Fact) -> bool:
    return fact.label is not None and example.accepts(fact.label.start, fact.label.end)


def _chosen(
    text: str, case: Case, previous: Fact | None, earlier: Sequence[tuple[int, int]], score: Score, trust: Any
) -> Fact:
    settings = Settings()
    if trust is not None and case.candidates:
        values = LabelView(text, case, previous).values(case.candidates[0])
        if trust[0] + _sum(trust[1], values) >= _log_odds(settings.gate):
            return case.fact
    candidates = candidates_of(text, case, earlier)
    if not candidates:
        return case.fact
    scores = score(Group(text, case, candidates, previous))
    best = max(range(len(scores)), key=scores.__getitem__)
    if trust is not None and case.candidates and scores[best] <= scores[0] + settings.label:
        best = 0
    return case.fact if case.candidates and best == 0 else _relabelled(case.fact, candidates[best])


class Learner(NamedTuple):
    name: str
    score: Score


def learners(train: Sequence[Labelled], dev: Sequence[Labelled]) -> Iterator[Learner]:
    """Everything that is compared, the conditional logit first."""
    data = collect(train)
    everything = np.ones(len(data.groups), bool)
    weights, _ = fit_linear(data)
    yield Learner("c conditional logit", linear(weights))
    yield Learner("a rules", rules)
    yield Learner("b pointwise logistic", linear(fit_pointwise(data)))
    boosted = Boosted(data, weights)
    print(f"trees alone, one call for all figures: {boosted.batched(collect(dev)) * 1e6:.0f} µs a figure", flush=True)
    yield Learner("d boosting", boosted)
    makers: dict[str, Callable[[Any], Extra]] = {
        "f embedding": lambda learned: fit_embedding(data, learned),
        "f embedding, 64 places": lambda learned: fit_embedding(data, learned, places_too=True),
    }
    if importlib.util.find_spec("pycrfsuite"):
        makers["e CRF"] = lambda learned: fit_crf(data, learned)
    for name, make in makers.items():
        whole, dense = make(everything), unseen(data, make)
        yield Learner(f"{name}, alone", linear(None, whole, fit_numbers(data, dense)))
        stacked, slopes = fit_linear(data, dense=dense)
        print(f"{name}: weights {slopes[:2].round(2)}", file=sys.stderr)
        yield Learner(f"{name}, with c", linear(stacked, whole, slopes))


class Line(NamedTuple):
    """What one learner got right, over all splits."""

    best: list[bool]
    gated: list[bool]
    seconds: list[float]
    gated_seconds: list[float]


def measure(line: Line, documents: Sequence[Labelled], learner: Learner, trust: Any) -> None:
    alone = [decode(documents, learner.score) for _ in range(ROUNDS)]
    line.best.extend(alone[0].right)
    line.seconds.append(min(outcome.seconds for outcome in alone))
    gated = [decode(documents, learner.score, trust) for _ in range(ROUNDS)]
    line.gated.extend(gated[0].right)
    line.gated_seconds.append(min(outcome.seconds for outcome in gated))


def _cell(right: Sequence[bool], base: Sequence[bool], seconds: Sequence[float]) -> str:
    pairs = list(zip(right, base, strict=True))
    won, lost = sum(new and not old for new, old in pairs), sum(old and not new for new, old in pairs)
    share = f"{100 * np.mean(right):.1f} % ({100 * (won - lost) / len(right):+.1f})"
    return f"| {share} | +{won} −{lost} | {1e6 * np.mean(seconds):.0f} µs "


def within_reach(documents: Sequence[Labelled]) -> float:
    """The share of prose figures that have an accepted label among their candidates: no choice can do better."""
    found = [any(item.right) for one in documents for item in _ranked(one) if item.case.fact.source == "prose"]
    every = sum(
        bool(example.right_labels) and example.case.fact.source == "prose"
        for document in documents
        for example in document.examples
    )
    return sum(found) / every


def main() -> None:
    train, dev = (
        [prepare(gold).labelled for gold in corpus.load(ROOT / "corpora" / "src" / split)] for split in ("train", "dev")
    )
    splits = [(train, dev)]
    if "crossed" in sys.argv:
        splits = [
            ([one for at, one in enumerate(train) if at % THIRDS != third], train[third::THIRDS])
            for third in range(THIRDS)
        ]
    lines: defaultdict[str, Line] = defaultdict(lambda: Line([], [], [], []))
    for number, (learned, held) in enumerate(splits, 1):
        trust, begun = _fit_trust(learned, Strength()), time.monotonic()
        for learner in learners(learned, held):
            measure(lines[learner.name], held, learner, trust)
            print(f"split {number}, {learner.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        print(f"within reach: {100 * within_reach(held):.1f} %")
    base = next(iter(lines.values()))
    print(f"{len(base.best)} prose figures\n\n| what | best score | | a figure | gated | | a figure |")
    for name, line in lines.items():
        best, gated = _cell(line.best, base.best, line.seconds), _cell(line.gated, base.gated, line.gated_seconds)
        print(f"| {name} {best}{gated}|")


if __name__ == "__main__":
    main()
