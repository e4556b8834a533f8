"""From labelled documents to a model: what the rules propose is held against the labels, and the rest is fitting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.bench.corpus import Gold, Record
from govfin_extract.bench.score import Level, judge, pairs
from govfin_extract.errors import SettingError
from govfin_extract.learn.case import Case
from govfin_extract.learn.choices import COUNTED, period_choice
from govfin_extract.learn.fit import Example, Labelled, Strength, fit, fit_confidence
from govfin_extract.learn.model import Decided, Model, Settings
from govfin_extract.pipeline import propose, record_of
from govfin_extract.text.offsets import View

FOLDS = 5
FEWEST = 5  # documents: fewer cannot be decided by models that have not seen them
_CHANGES = ("change", "growth")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled document with what the rules propose for it."""

    gold: Gold
    view: View
    labelled: Labelled


def prepare(gold: Gold) -> Prepared:
    """Run the rules over a labelled document and hold what they propose against its labels."""
    proposed = propose(gold.text)
    view, year = proposed.view, proposed.about.fiscal_year or ""
    places = [view.span(case.fact.start, case.fact.end) for case in proposed.cases]
    records = [
        {"start": place.start, "end": place.end, "kind": case.fact.kind}
        for place, case in zip(places, proposed.cases, strict=True)
    ]
    partner = {predicted: gold.facts[labelled] for labelled, predicted in pairs(gold.facts, records)}
    weight = float(gold.meta.get("weight", 1))
    examples = [_example(case, partner.get(number), view, year) for number, case in enumerate(proposed.cases)]
    for example in examples:
        example.weight = weight
    return Prepared(gold, view, Labelled(gold.name, view.text, proposed.about, examples))


def _example(case: Case, gold: Record | None, view: View, year: str) -> Example:
    if gold is None:
        return Example(case, (), {"fact": "no"})
    answers = {} if gold.get("optional") else {"fact": "yes"}
    if case.fact.kind in COUNTED and gold["kind"] in COUNTED:
        answers["kind"] = gold["kind"]
    if (case.fact.kind in COUNTED) == (gold["kind"] in COUNTED):
        answers["measure"] = _measure(gold)
        answers["basis"] = gold.get("basis") or "actual"
    period = period_choice(gold.get("period"), year, case.fact.period)
    if period is not None:
        answers["period"] = period
    return Example(case, tuple(_places(gold, view)), answers)


def _measure(gold: Record) -> str:
    measure: str = gold.get("measure") or "level"
    if measure not in _CHANGES:
        return measure
    value = gold.get("value")
    return measure + ("-" if value is not None and Decimal(value) < 0 else "+")


def _places(gold: Record, view: View) -> Iterator[tuple[int, int, int, int]]:
    """The accepted labels in the view: the ends of the shortest phrase, then those of the longest."""
    for label in gold.get("labels", ()):
        (first, last), (low, high) = label["min"], label["max"]
        yield (
            view.to_view(first),
            view.to_view(last - 1) + 1,
            view.to_view(low),
            view.to_view(high - 1) + 1,
        )


def outcomes(prepared: Prepared, decided: Sequence[Decided]) -> Iterator[tuple[Decided, bool]]:
    """Each decided figure that is kept, and whether it is wholly right; optional ones are left out."""
    records = [record_of(item.fact, prepared.view) for item in decided]
    numbers = {id(record): number for number, record in enumerate(records)}
    for judgement in judge(prepared.gold, records):
        if judgement.predicted is None:
            continue
        item = decided[numbers[id(judgement.predicted)]]
        if judgement.gold is None and _touches_optional(prepared.gold, judgement.predicted):
            continue
        yield item, judgement.level >= Level.FACT


def _touches_optional(gold: Gold, record: Record) -> bool:
    return any(
        fact.get("optional") and fact["start"] < record["end"] and record["start"] < fact["end"] for fact in gold.facts
    )


def train(
    documents: Sequence[Prepared],
    *,
    name: str,
    settings: Settings | None = None,
    strength: Strength | None = None,
    step: Callable[[], None] = lambda: None,
) -> Model:
    """A model of the documents.

    Its confidence is fitted to how right figures were that models decided which had not seen their documents.

    Args:
        step: called after each of the ``FOLDS + 1`` fits.

    Raises:
        SettingError: there are fewer than ``FEWEST`` documents.
    """
    if len(documents) < FEWEST:
        raise SettingError(f"{len(documents)} labelled documents; training needs at least {FEWEST}")
    settings = settings or Settings()
    unseen = list(crossed(documents, name=name, settings=settings, strength=strength, step=step))
    model = fit([document.labelled for document in documents], name=name, settings=settings, strength=strength)
    step()
    kept = [pair for pair in unseen if model.is_fact(pair[0])]
    return fit_confidence(model, kept, strength)


def digest(documents: Sequence[Gold]) -> str:
    """The SHA-256 of documents with their labels, in the order of their names."""
    found = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.name):
        content = [document.name, document.text, dict(document.meta), list(document.facts)]
        found.update(json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return found.hexdigest()


def crossed(
    documents: Sequence[Prepared],
    *,
    name: str,
    settings: Settings,
    strength: Strength | None,
    step: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Decided, bool]]:
    """Every figure as a model decides it that learned from the other folds only."""
    for fold in range(FOLDS):
        rest = [document.labelled for at, document in enumerate(documents) if at % FOLDS != fold]
        model = fit(rest, name=name, settings=settings, strength=strength)
        step()
        for document in documents[fold::FOLDS]:
            cases = [example.case for example in document.labelled.examples]
            decided = model.decide(document.labelled.text, cases, document.labelled.about)
            yield from outcomes(document, decided)
