"""Extracted facts against labelled ones, by section 6 of the annotation guide, with the level that each fact reaches.

A fact reaches ``detect`` where a prediction of its kind overlaps it, ``value`` where value and unit are right as well,
``label`` where the label is, ``fact`` where measure, basis, period and full mark are, too.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import Any

from govfin_extract.bench.corpus import Gold, Record


class Level(IntEnum):
    """How far a prediction gets with a labelled fact."""

    MISSED = -1
    OVERLAP = 0
    DETECT = 1
    VALUE = 2
    LABEL = 3
    FACT = 4

    @property
    def lacks(self) -> str:
        """What is wrong first, in words.

        >>> Level.VALUE.lacks
        'label'
        """
        return ("missed", "kind", "value", "label", "measure/basis/period/max", "")[self + 1]


LEVELS = (Level.DETECT, Level.VALUE, Level.LABEL, Level.FACT)
COLUMNS = ("span", *(level.name.lower() for level in LEVELS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A labelled fact with its partner, or a prediction that has none (``gold`` is None: spurious)."""

    document: str
    gold: Record | None
    predicted: Record | None
    level: Level

    @property
    def exact(self) -> bool:
        """Whether kind and span are the labelled ones."""
        if self.gold is None or self.predicted is None:
            return False
        return self.level >= Level.DETECT and _ends(self.gold) == _ends(self.predicted)

    @property
    def why(self) -> str:
        return "spurious" if self.gold is None else self.level.lacks


def judge(document: Gold, predicted: Sequence[Record]) -> list[Judgement]:
    """What became of every labelled fact that is not optional, and every prediction without a partner."""
    partner = dict(pairs(document.facts, predicted))
    judgements = []
    for index, gold in enumerate(document.facts):
        if gold.get("optional"):
            continue
        found = predicted[partner[index]] if index in partner else None
        level = Level.MISSED if found is None else _level(gold, found, document.text)
        judgements.append(Judgement(document.name, gold, found, level))
    paired = set(partner.values())
    spurious = (fact for index, fact in enumerate(predicted) if index not in paired)
    return judgements + [Judgement(document.name, None, fact, Level.MISSED) for fact in spurious]


def pairs(gold: Sequence[Record], predicted: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """One-to-one pairs of overlapping facts: the greatest overlap first, then equal spans, then equal kinds."""
    overlaps = []
    by_start = sorted(range(len(predicted)), key=lambda index: int(predicted[index]["start"]))
    for left, fact in enumerate(gold):
        for right in by_start:
            other = predicted[right]
            if other["start"] >= fact["end"]:
                break
            shared = min(fact["end"], other["end"]) - max(fact["start"], other["start"])
            if shared > 0:
                other_span, other_kind = _ends(fact) != _ends(other), fact.get("kind") != other.get("kind")
                overlaps.append((-shared, other_span, other_kind, left, right))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for *_, left, right in sorted(overlaps):
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            yield left, right


def _level(gold: Record, predicted: Record, text: str) -> Level:
    if gold["kind"] != predicted.get("kind"):
        return Level.OVERLAP
    if not _same_value(gold, predicted):
        return Level.DETECT
    if not _same_label(gold, predicted.get("label"), text):
        return Level.VALUE
    return Level.FACT if _same_rest(gold, predicted) else Level.LABEL


def _same_value(gold: Record, predicted: Record) -> bool:
    keys = ("low", "high") if gold.get("value") is None else ("value",)
    same = all(_number(gold.get(key)) == _number(predicted.get(key)) for key in keys)
    return same and _unit(gold) == _unit(predicted)


def _same_label(gold: Record, label: Record | None, text: str) -> bool:
    if not label:
        return False
    return any(_accepts(entry, label, text) for entry in gold.get("labels", ()))


def _accepts(entry: Record, label: Record, text: str) -> bool:
    (start, end), (first, last) = entry["min"], entry["max"]
    if label.get("start") is not None:
        return bool(first <= label["start"] <= start and end <= label["end"] <= last)
    return text[start:end] in label["text"] and label["text"] in text[first:last]


def _same_rest(gold: Record, predicted: Record) -> bool:
    return (
        (gold.get("measure") or "level") == (predicted.get("measure") or "level")
        and (gold.get("basis") or "actual") == (predicted.get("basis") or "actual")
        and gold.get("period") == predicted.get("period")
        and _number(gold.get("max_score")) == _number(predicted.get("max_score"))
    )


def _ends(fact: Record) -> tuple[int, int]:
    return fact["start"], fact["end"]


def _number(value: object) -> Decimal | str | None:
    """A decimal; a grade's word, compared after NFKC."""
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return unicodedata.normalize("NFKC", str(value))
    return number if number.is_finite() else str(number)


def _unit(fact: Record) -> str:
    return unicodedata.normalize("NFKC", fact.get("unit") or "").replace(" ", "")


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and F1 of right facts among those predicted and those labelled.

    >>> Ratio(right=3, predicted=4, labelled=6)
    Ratio(right=3, predicted=4, labelled=6, precision=0.75, recall=0.5, f1=0.6)
    """

    right: int
    predicted: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def rounded(self) -> list[float]:
        return [round(figure, 4) for figure in (self.precision, self.recall, self.f1)]

    def __repr__(self) -> str:
        figures = f"precision={self.precision}, recall={self.recall}, f1={round(self.f1, 4)}"
        return f"Ratio(right={self.right}, predicted={self.predicted}, labelled={self.labelled}, {figures})"


def tally(judgements: Iterable[Judgement]) -> dict[str, Counter[str]]:
    """Counts by slice: ``all``, ``kind:…``, ``source:…`` and ``doc:…``."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for judgement in judgements:
        if judgement.gold is not None:
            for key in _slices(judgement.document, judgement.gold):
                counts[key]["gold"] += 1
                counts[key]["span"] += judgement.exact
                for level in LEVELS:
                    counts[key][level.name.lower()] += judgement.level >= level
        if judgement.predicted is not None:
            for key in _slices(judgement.document, judgement.predicted):
                counts[key]["pred"] += 1
    return dict(counts)


def _slices(document: str, fact: Record) -> tuple[str, ...]:
    return "all", f"kind:{fact.get('kind')}", f"source:{fact.get('source') or 'prose'}", f"doc:{document}"


def links(judgements: Iterable[Judgement]) -> Counter[str]:
    """How many concepts and codes are right, and how many links wrong, where the value is right."""
    count: Counter[str] = Counter()
    for judgement in judgements:
        gold, predicted = judgement.gold, judgement.predicted
        if gold is None or predicted is None or judgement.level < Level.VALUE:
            continue
        if "concept" not in gold and "code" not in gold:
            continue
        accepted = {gold.get("concept"), *gold.get("concept_alt", ())}
        right = predicted.get("concept") in accepted
        if gold.get("concept") is not None:
            count["concepts"] += 1
            count["concepts_right"] += right
        count["links_wrong"] += predicted.get("concept") is not None and not right
        if gold.get("code"):
            count["codes"] += 1
            count["codes_right"] += predicted.get("code") == gold["code"]
    return count


def table(judgements: Iterable[Judgement]) -> dict[str, dict[str, Any]]:
    """Precision, recall and F1 of every level by slice, and the counts."""
    return {
        key: {
            **{column: Ratio(count[column], count["pred"], count["gold"]).rounded() for column in COLUMNS},
            "gold": count["gold"],
            "pred": count["pred"],
        }
        for key, count in sorted(tally(judgements).items())
    }


def levels(judgements: Iterable[Judgement]) -> dict[str, dict[str, int]]:
    """The level of every labelled fact by document and place (``start:end``, which outlives a renumbering)."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for judgement in judgements:
        if judgement.gold is not None:
            place = f"{judgement.gold['start']}:{judgement.gold['end']}"
            facts = found[judgement.document]
            while place in facts:
                place += "+"
            facts[place] = int(judgement.level)
    return dict(found)


def spurious(judgements: Iterable[Judgement]) -> dict[str, list[str]]:
    """Predictions without a partner by document: place, kind and text."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for judgement in judgements:
        if judgement.gold is None and judgement.predicted is not None:
            fact = judgement.predicted
            found[judgement.document].append(f"{fact['start']}:{fact['end']} {fact.get('kind')} {fact.get('text')}")
    return dict(found)


def right_fields(meta: Mapping[str, str], found: Mapping[str, Any]) -> dict[str, bool]:
    """Which of the document's own fields are as labelled.

    >>> right_fields({"organization": "甲局", "fiscal_year": "2023"}, {"organization": "甲局", "fiscal_year": "2022"})
    {'organization': True, 'fiscal_year': False}
    """
    fields = ("organization", "fiscal_year", "doc_type", "region")
    return {name: found.get(name) == meta[name] for name in fields if meta.get(name)}
